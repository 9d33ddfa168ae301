"""One request to parse: what the file is, what must be looked at first, which reader."""

from csv_table import read_csv
from docling_blocks import blocks_of
from docling_native import convert
from failure import Failure
from html_clean import clean_page
from mail_message import read_mail
from ole_format import ole_format
from xlsx_stream import is_large, read_large
from zip_guard import check_depth, zipped_format

OFFICE = "application/vnd.openxmlformats-officedocument."
OPEN = "application/vnd.oasis.opendocument."
# Of the formats that are found here; those of texts are known before.
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": OFFICE + "wordprocessingml.document",
    "pptx": OFFICE + "presentationml.presentation",
    "xlsx": OFFICE + "spreadsheetml.sheet",
    "odt": OPEN + "text",
    "ods": OPEN + "spreadsheet",
    "odp": OPEN + "presentation",
    "epub": "application/epub+zip",
    "msg": "application/vnd.ms-outlook",
    "doc": "application/msword",
    "xls": "application/vnd.ms-excel",
    "ppt": "application/vnd.ms-powerpoint",
    "rtf": "application/rtf",
}


def read_document(request):
    path, kind = request["path"], request["format"]
    if kind == "pdf":
        from pdf_document import read_pdf

        document = read_pdf(path, request["maxPages"])
    else:
        if kind == "zip":
            kind = zipped_format(path, request["maxUnpackedBytes"])
        with open(path, "rb") as file:
            data = file.read()
        if kind == "ole":
            kind = ole_format(data)
        document = _read(kind, data, request)
    if kind in MEDIA_TYPES:
        document["mediaType"] = MEDIA_TYPES[kind]
    return document


def _read(kind, data, request):
    if kind == "csv":
        return read_csv(data)
    if kind == "xlsx" and is_large(request["path"]):
        return read_large(request["path"])
    if kind == "html":
        return _read_page(data.decode("utf-8", "replace"))
    if kind == "eml":
        return read_mail(data, lambda html: _read_page(html)["blocks"])
    # The engine chooses by ending; the user's own name says nothing it needs.
    try:
        return blocks_of(convert(data, f"document.{kind}"), keep_furniture=kind == "epub")
    except Failure as failure:
        if failure.code == "corrupt" and request["format"] == "zip":
            check_depth(request["path"])
        raise


def _read_page(source):
    page = clean_page(source)
    # The engine takes all before the first heading for furniture; that is gone by now.
    document = blocks_of(convert(page.html.encode("utf-8", "replace"), "document.html"), keep_furniture=True)
    return {**document, "language": page.language, "metadata": {**page.metadata, **document["metadata"]}}
