"""One page of a PDF as a PNG, for the picture behind a citation."""

import struct
import zlib

import pypdfium2 as pdfium

from failure import Failure
from pdf_open import open_pdf


def render_page(path, number, width):
    document = open_pdf(path)
    if not 1 <= number <= len(document):
        raise Failure("corrupt", f"The file has {len(document)} pages; there is no page {number}.")
    page = document[number - 1]
    scale = min(width / page.get_width(), 4000 / page.get_height())
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=pdfium.raw.FPDFBitmap_BGRx)
    return _png(bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride)


def _png(pixels, width, height, stride):
    rows = bytearray()
    for y in range(height):
        line = pixels[y * stride : y * stride + width * 4]
        rgb = bytearray(width * 3)
        rgb[0::3], rgb[1::3], rgb[2::3] = line[0::4], line[1::4], line[2::4]
        rows += b"\0" + rgb
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 6)), (b"IEND", b""))
    chunks = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)
