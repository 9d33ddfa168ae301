"""A PDF's text with its structure, pages and the place of each line."""

from statistics import median

import pypdfium2.raw as pdfium

from failure import Failure
from pdf_chars import page_segments
from pdf_furniture import drop_furniture
from pdf_headings import mark_headings, plain
from pdf_lines import TableGroup, group_lines, join_lines, lines_of
from pdf_open import open_pdf
from pdf_order import reading_regions
from pdf_tables import take_tables

USUAL_PITCH = 1.25
METADATA = {"Author": "author", "Subject": "subject", "Keywords": "keywords", "Creator": "creator", "CreationDate": "created", "ModDate": "modified"}


def read_pdf(path, max_pages):
    document = open_pdf(path)
    if len(document) > max_pages:
        raise Failure("too_large", f"The PDF has {len(document)} pages; {max_pages} is the most that is read.")
    document.init_forms()
    pages, contents, drawn, pictures, unreadable, letters = [], [], [], [], 0, 0
    for index in range(len(document)):
        page = _load(document, index)
        width, height = page.get_size()
        segments, rules, unknown = page_segments(page)
        has_text = any(len(segment.text) for segment in segments)
        pages.append({"number": index + 1, "width": round(width, 2), "height": round(height, 2), "hasText": has_text})
        contents.append((height, segments))
        drawn.append(rules)
        letters += sum(len(segment.text) for segment in segments)
        unreadable += unknown
        if not has_text and _has_picture(page):
            pictures.append(index + 1)
        page.close()
    _check_text(pages, pictures, unreadable, letters)
    outline = _outline(document)
    groups = _groups([*zip(pages, drop_furniture(contents), drawn)])
    mark_headings(groups, outline)
    return {
        **_described(document, groups),
        "blocks": [_block(group, pages) for group in _joined_over_pages(groups)],
        "pages": pages,
        "warnings": _warnings(document, pictures, unreadable, letters),
    }


def _load(document, index):
    try:
        page = document[index]
    except Exception:  # pypdfium2 raises its own error for a page that cannot be loaded
        raise Failure("corrupt", f"The PDF is damaged: page {index + 1} cannot be read.") from None
    # What was typed into a form's fields becomes text like any other.
    if document.formenv:
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    return page


def _has_picture(page):
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_SHADING)
    return any(pdfium.FPDFPageObj_GetType(pdfium.FPDFPage_GetObject(page, at)) in kinds for at in range(pdfium.FPDFPage_CountObjects(page)))


def _check_text(pages, pictures, unreadable, letters):
    count = len(pages)
    if not any(page["hasText"] for page in pages):
        many = f"all {count} pages are pictures" if count > 1 else "its page is a picture"
        if pictures:
            raise Failure("scanned_no_text", f"The PDF holds no text: {many}. Run text recognition (OCR) over it first.")
        raise Failure("no_text", f"The PDF holds no text on its {count} page{'s' if count > 1 else ''}.")
    if unreadable > 0.5 * letters:
        raise Failure("no_text", "The PDF's fonts do not say which letters they show, so its text cannot be read. Export it anew.")


def _groups(pages):
    placed = []
    for page, segments, rules in pages:
        upright = [segment for segment in segments if not segment.turned]
        tables, rest = take_tables(upright, rules)
        for number, region in enumerate(reading_regions([*rest, *tables])):
            placed += _in_order(region, page["number"], (page["number"], number))
    pitch = _pitch([line for kind, lines in placed if kind == "lines" for line in lines])
    groups = []
    for kind, content in placed:
        groups += group_lines(content, pitch) if kind == "lines" else [content]
    return groups


def _in_order(region, page, key):
    """Runs of lines, and tables between them."""
    tables = sorted((item for item in region if not hasattr(item, "text")), key=lambda each: each.y0)
    segments = [item for item in region if hasattr(item, "text")]
    placed, top = [], float("-inf")
    for table in [*tables, None]:
        bottom = table.y0 if table else float("inf")
        lines = lines_of([s for s in segments if top <= (s.y0 + s.y1) / 2 < bottom], page, key)
        if lines:
            placed.append(("lines", lines))
        if table:
            placed.append(("table", TableGroup(table, page)))
        top = bottom
    return placed


def _pitch(lines):
    distances = [
        (below.y1 - above.y1) / below.size
        for above, below in zip(lines, lines[1:])
        if below.region == above.region and abs(below.size - above.size) < 0.5
    ]
    usual = [distance for distance in distances if 0.8 < distance < 2.6]
    return max(1.0, median(usual)) if len(usual) > 4 else USUAL_PITCH


def _joined_over_pages(groups):
    """A paragraph that goes on in the next column or page is one, and so is a table on the next page."""
    joined = []
    for group in groups:
        before = joined[-1] if joined else None
        if before and before.kind == group.kind == "table" and before.go_on(group):
            continue
        if before and before.kind == group.kind == "paragraph" and _goes_on(before.lines[-1], group.lines[0]):
            before.lines += group.lines
        else:
            joined.append(group)
    return joined


def _goes_on(last, first):
    same = abs(last.size - first.size) < 0.5 and last.bold == first.bold and last.region != first.region
    open_end = last.text[-1:] not in ".!?:;。！？…”\""
    return same and open_end and (first.text[:1].islower() or last.text.endswith(("-", "\u00ad", ",")))


def _block(group, pages):
    if group.kind == "table":
        lines = [_line(text, page, box, pages) for text, box, page in group.row_lines()]
        return {"kind": "table", "text": "", "page": group.rows[0][2], "lines": lines}
    lines = [
        _line(text, line.page, (line.x0, line.y0, line.x1, line.y1), pages)
        for text, line in join_lines(group.lines, group.kind == "code")
    ]
    block = {"kind": group.kind, "text": "", "page": group.lines[0].page, "lines": lines}
    if group.level:
        block["level"] = group.level
    return block


def _line(text, page, box, pages):
    width, height = pages[page - 1]["width"], pages[page - 1]["height"]
    scaled = (box[0] / width, box[1] / height, box[2] / width, box[3] / height)
    return {"text": text, "page": page, "box": [round(min(1, max(0, part)), 4) for part in scaled]}


def _outline(document):
    titles = {}
    try:
        for bookmark in document.get_toc(max_depth=6):
            titles.setdefault(plain(bookmark.get_title() or ""), min(6, bookmark.level + 1))
    except Exception:  # Bookmarks that point at each other or nowhere are not worth a document.
        pass
    titles.pop("", None)
    return titles


def _described(document, groups):
    info = document.get_metadata_dict(skip_empty=True)
    heading = next((group.text.strip() for group in groups if group.kind == "heading"), None)
    language = pdfium.FPDFCatalog_GetLanguage if hasattr(pdfium, "FPDFCatalog_GetLanguage") else None
    return {
        "title": info.get("Title") or heading,
        "language": _language(document, language),
        "metadata": {ours: info[theirs] for theirs, ours in METADATA.items() if theirs in info},
    }


def _language(document, get):
    if get is None:
        return None
    import ctypes

    size = get(document, None, 0)
    if size <= 2 or size > 100:
        return None
    buffer = (ctypes.c_ushort * (size // 2))()
    get(document, buffer, size)
    return bytes(buffer).decode("utf-16-le").rstrip("\0") or None


def _warnings(document, pictures, unreadable, letters):
    warnings = []
    if pictures:
        listed = ", ".join(map(str, pictures[:20])) + (", …" if len(pictures) > 20 else "")
        many = "Pages" if len(pictures) > 1 else "Page"
        warnings.append(f"{many} {listed} show pictures without text: text recognition (OCR) would be needed.")
    if unreadable > 0.02 * letters:
        warnings.append(f"{unreadable} characters have no letter behind them in the file and cannot be read.")
    if document.count_attachments():
        warnings.append("Attached files are not read: upload those that matter.")
    return warnings
