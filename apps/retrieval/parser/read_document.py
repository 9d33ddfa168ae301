"""One request to parse: which reader, and what must be looked at first."""

from docling_blocks import blocks_of
from docling_native import convert
from failure import Failure

# Ours to docling's; PDFs are read by our own code.
DOCLING_FORMATS = {
    "docx": "docx",
    "pptx": "pptx",
    "xlsx": "xlsx",
    "odt": "odf",
    "ods": "odf",
    "odp": "odf",
    "html": "html",
    "md": "md",
    "asciidoc": "asciidoc",
    "csv": "csv",
    "vtt": "vtt",
    "eml": "email",
    "msg": "email",
}


def read_document(request):
    with open(request["path"], "rb") as file:
        data = file.read()
    kind = request["format"]
    # The engine chooses by ending; the user's own name says nothing it needs.
    return blocks_of(convert(data, f"document.{kind}", None))
