"""Which of the formats before 2007 an OLE container holds, or that it is an encrypted one of today."""

from failure import Failure


def ole_format(data):
    # Names in its directory are UTF-16; their sectors may lie anywhere.
    def has(name):
        return name.encode("utf-16-le") in data

    if has("EncryptedPackage") or has("EncryptionInfo"):
        raise Failure("encrypted", "The file is protected with a password. Save it without one and upload it again.")
    if has("__substg1.0_") or has("__properties_version1.0"):
        return "msg"
    if has("WordDocument"):
        return "doc"
    if has("PowerPoint Document"):
        return "ppt"
    if has("Workbook") or has("Book\0"):
        return "xls"
    raise Failure("unsupported_type", "The file is of an office program whose format cannot be read.")
