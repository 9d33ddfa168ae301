"""The compiled reader of docling-rs without its Python wrapper, which needs 250 MB of packages to hold the result."""

import importlib.util
import json
import os
import sys
import types

from failure import Failure


def _native():
    folder = os.path.dirname(importlib.util.find_spec("docling_rs").origin)
    # A package that stands for the real one, so that its __init__ is not run.
    package = types.ModuleType("docling_rs")
    package.__path__ = [folder]
    sys.modules["docling_rs"] = package
    import docling_rs._native as native

    return native


NATIVE = _native()
CONVERTER = NATIVE.DocumentConverter(
    do_ocr=False,
    do_table_structure=False,
    keep_picture_images=False,
    image_sources="none",
    max_images=0,
    list_attachments=True,
    metadata="json",
)


def convert(data, name):
    """docling-core's JSON (DoclingDocument 1.10) of the bytes."""
    try:
        result = CONVERTER.convert_bytes(name, data)
    except (NATIVE.EncryptionError, NATIVE.PasswordRequiredError, NATIVE.WrongPasswordError):
        raise Failure("encrypted", "The file is protected with a password. Save it without one and upload it again.") from None
    except (NATIVE.ConversionError, ValueError) as error:
        raise Failure("corrupt", f"The file is damaged or not what it says it is: {_plain(error)}") from None
    return json.loads(result.document_json)


def _plain(error):
    text = " ".join(str(error).split())
    return text.removeprefix("parse error: ")[:200]
