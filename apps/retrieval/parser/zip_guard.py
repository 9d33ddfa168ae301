"""Looks into a zipped document before anything reads it: what it is, and that it is no bomb."""

import re
import zipfile
from xml.parsers import expat

from failure import Failure

MAX_ENTRIES = 20_000
MAX_DEPTH = 500
PIECE = 1 << 20
ENTITY = re.compile(rb"<!ENTITY|<\0!\0E\0N\0T\0I\0T\0Y|\0<\0!\0E\0N\0T\0I\0T\0Y", re.IGNORECASE)
TYPES = (
    (b"wordprocessingml.document.main", "docx"),
    (b"wordprocessingml.template.main", "docx"),
    (b"ms-word.document.macroEnabled.main", "docx"),
    (b"ms-word.template.macroEnabledTemplate.main", "docx"),
    (b"presentationml.presentation.main", "pptx"),
    (b"presentationml.slideshow.main", "pptx"),
    (b"presentationml.template.main", "pptx"),
    (b"ms-powerpoint.presentation.macroEnabled.main", "pptx"),
    (b"ms-powerpoint.slideshow.macroEnabled.main", "pptx"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main", "xlsx"),
    (b"ms-excel.template.macroEnabled.main", "xlsx"),
)
MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.text-template": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.spreadsheet-template": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
    b"application/vnd.oasis.opendocument.presentation-template": "odp",
    b"application/epub+zip": "epub",
}


def zipped_format(path, max_unpacked):
    """The format of the document in the archive."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_sizes(entries, max_unpacked)
            kind = _kind(archive)
            _check_parts(archive, entries, max_unpacked)
            return kind
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise Failure("corrupt", "The file is damaged: the archive it consists of cannot be read to its end.") from None
    except Exception as error:  # zlib.error has no name of its own to import where zlib is missing
        if type(error).__module__ == "zlib":
            raise Failure("corrupt", "The file is damaged: a part of it cannot be unpacked.") from None
        raise


def _check_sizes(entries, max_unpacked):
    if len(entries) > MAX_ENTRIES:
        raise _bomb(f"it has {len(entries)} entries")
    if any(entry.flag_bits & 1 for entry in entries):
        raise Failure("encrypted", "The file is protected with a password. Save it without one and upload it again.")
    if sum(entry.file_size for entry in entries) > max_unpacked:
        raise _bomb(f"unpacked it is larger than {max_unpacked >> 20} MB")
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.header_offset < end:
            # A bomb of this kind unpacks to too much, which is known already; the rest is damage.
            raise Failure("corrupt", "The file is damaged: entries of the archive it consists of overlap.")
        end = entry.header_offset + 30 + entry.compress_size


def _kind(archive):
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        declared = _head(archive, "[Content_Types].xml", PIECE)
        for mark, kind in TYPES:
            if mark in declared:
                return kind
    if "mimetype" in names:
        kind = MIMETYPES.get(_head(archive, "mimetype", 200).strip())
        if kind and b"encryption-data" in _manifest(archive, names):
            raise Failure("encrypted", "The file is protected with a password. Save it without one and upload it again.")
        if kind:
            return kind
    raise Failure("unsupported_type", "The file is an archive and no document: unpack it and upload what is in it.")


def _manifest(archive, names):
    return _head(archive, "META-INF/manifest.xml", PIECE) if "META-INF/manifest.xml" in names else b""


def _head(archive, name, size):
    with archive.open(name) as part:
        return part.read(size)


def _check_parts(archive, entries, max_unpacked):
    """What an entry says of its size may be a lie, so those that will be read are unpacked once and counted."""
    total = 0
    for entry in entries:
        if not entry.filename.lower().endswith((".xml", ".rels", ".xhtml", ".html", ".opf", ".ncx", ".vml")):
            continue
        with archive.open(entry) as part:
            tail = b""
            while piece := part.read(PIECE):
                total += len(piece)
                if total > max_unpacked:
                    raise _bomb(f"unpacked it is larger than {max_unpacked >> 20} MB")
                if ENTITY.search(tail + piece):
                    raise Failure("xml_bomb", "The file declares XML entities, which documents do not need and bombs are made of.")
                tail = piece[-32:]


def check_depth(path):
    """Says so when a part is nested deeper than any reader follows: asked when reading failed."""
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            if entry.filename.lower().endswith(".xml"):
                with archive.open(entry) as part:
                    _check_part_depth(part)


def _check_part_depth(part):
    depth = 0

    def open_element(_name, _attributes):
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise Failure("xml_bomb", f"The file is nested more than {MAX_DEPTH} levels deep, which no document needs.")

    def close_element(_name):
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = open_element, close_element
    try:
        parser.ParseFile(part)
    except expat.ExpatError:
        pass  # Damaged, which is said already.


def _bomb(why):
    return Failure("zip_bomb", f"The file is made to fill the memory of whoever opens it: {why}.")
