"""Large workbooks, one row at a time: what docling builds of every cell takes a kilobyte of memory."""

import posixpath
import re
import zipfile
from datetime import datetime, timedelta
from xml.parsers import expat

from failure import Failure
from markdown_table import table_from_rows

# Of all sheets' XML together.
LARGE = 16 << 20
DATE_FORMATS = {*range(14, 23), *range(45, 48)}
MAX_COLUMNS = 200


def is_large(path):
    with zipfile.ZipFile(path) as archive:
        return sum(e.file_size for e in archive.infolist() if e.filename.startswith("xl/worksheets/")) > LARGE


def read_large(path):
    try:
        with zipfile.ZipFile(path) as archive:
            strings = _shared_strings(archive)
            dates = _date_styles(archive)
            blocks = []
            for name, part in _sheets(archive):
                table = table_from_rows(_rows(archive, part, strings, dates))
                if table:
                    blocks += [{"kind": "heading", "level": 2, "text": name}, {"kind": "table", "text": table}]
    except (KeyError, ValueError, IndexError, expat.ExpatError) as error:
        raise Failure("corrupt", f"The workbook is damaged: {' '.join(str(error).split())[:200]}.") from None
    return {"title": None, "language": None, "metadata": {}, "blocks": blocks, "pages": [], "warnings": []}


def _events(archive, name, start, end=None, text=None):
    """Calls back for each element (its name without namespace) of a part."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, values: start(tag.rpartition(":")[2], values)
    if end:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    if text:
        parser.CharacterDataHandler = text
    with archive.open(name) as part:
        parser.ParseFile(part)


def _sheets(archive):
    targets, sheets = {}, []
    _events(archive, "xl/_rels/workbook.xml.rels", lambda tag, v: targets.update({v["Id"]: v["Target"]}) if tag == "Relationship" else None)
    _events(archive, "xl/workbook.xml", lambda tag, v: sheets.append(v) if tag == "sheet" else None)
    for sheet in sheets:
        target = targets[next(value for name, value in sheet.items() if name.endswith(":id"))]
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if sheet.get("state", "visible") == "visible" and "worksheets/" in part:
            yield sheet["name"], part


def _shared_strings(archive):
    strings, pieces, inside = [], [], [False]
    if "xl/sharedStrings.xml" not in archive.namelist():
        return strings

    def start(tag, _values):
        if tag == "si":
            pieces.clear()
        # `rPh` repeats in another script how the text is said.
        inside[0] = tag == "t"

    def end(tag):
        inside[0] = False
        if tag == "si":
            strings.append("".join(pieces))

    _events(archive, "xl/sharedStrings.xml", start, end, lambda data: pieces.append(data) if inside[0] else None)
    return strings


def _date_styles(archive):
    """Which of the cells' styles show a number as a date."""
    custom, styles, inside = set(), [], [False]
    if "xl/styles.xml" not in archive.namelist():
        return set()

    def start(tag, values):
        if tag == "numFmt" and re.search(r"[ymdh]", re.sub(r'"[^"]*"|\[[^\]]*\]', "", values.get("formatCode", "")), re.IGNORECASE):
            custom.add(int(values["numFmtId"]))
        elif tag == "cellXfs":
            inside[0] = True
        elif tag == "xf" and inside[0]:
            styles.append(int(values.get("numFmtId", 0)))

    def end(tag):
        if tag == "cellXfs":
            inside[0] = False

    _events(archive, "xl/styles.xml", start, end)
    return {at for at, number in enumerate(styles) if number in DATE_FORMATS or number in custom}


def _rows(archive, part, strings, dates):
    rows, row, cell, text, inside = [], [], [], [], [False]

    def start(tag, values):
        if tag == "row":
            row.clear()
        elif tag == "c":
            cell[:] = [_column(values.get("r", ""), len(row)), values.get("t", "n"), int(values.get("s", 0))]
            text.clear()
        inside[0] = tag in ("v", "t")

    def end(tag):
        inside[0] = False
        if tag == "c" and text and cell[0] < MAX_COLUMNS:
            row.extend([""] * (cell[0] + 1 - len(row)))
            row[cell[0]] = _shown("".join(text), cell[1], cell[2] in dates, strings)
        elif tag == "row" and any(row):
            rows.append(list(row))

    _events(archive, part, start, end, lambda data: text.append(data) if inside[0] else None)
    return rows


def _shown(value, kind, is_date, strings):
    if kind == "s":
        return strings[int(value)]
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    if kind != "n":
        return value
    if is_date:
        moment = datetime(1899, 12, 30) + timedelta(days=min(max(float(value), 0), 2_958_465))
        return moment.strftime("%Y-%m-%d %H:%M").removesuffix(" 00:00")
    # 0.1 + 0.2 is written with all its digits and shown with fifteen.
    return f"{float(value):.15g}" if "." in value or "E" in value else value


def _column(reference, otherwise):
    number = 0
    for char in reference:
        if not "A" <= char <= "Z":
            break
        number = number * 26 + ord(char) - 64
    return number - 1 if number else otherwise
