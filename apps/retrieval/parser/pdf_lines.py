"""Lines of a region, and the paragraphs, list items and listings they form."""

import re

from inline_text import join_runs
from markdown_table import table_from_rows
from pdf_rows import rows_of

MARKER = re.compile(r"^([-–—•‣▪▫●○◦■□➢➤✓✔·*]|\(?(\d{1,3}|[a-zA-Z])[.)])\s+\S")
BULLET = re.compile(r"^[–—•‣▪▫●○◦■□➢➤✓✔·*]\s+")
# The dots of a table of contents.
LEADER = re.compile(r"\s*(?:\.\s?){5,}\s*")
SENTENCE_END = re.compile(r"[.!?:;。！？…][\"'”’)\]]*$")


class Line:
    __slots__ = ("text", "x0", "y0", "x1", "y1", "size", "bold", "mono", "rtl", "page", "region")

    def __init__(self, row, page, region):
        ordered = sorted(row, key=lambda s: -s.x0) if sum(s.rtl for s in row) * 2 > len(row) else row
        self.mono = all(segment.mono for segment in row)
        self.text = _spaced(ordered) if self.mono else LEADER.sub(" … ", join_runs([s.text for s in ordered]))
        self.x0, self.y0 = min(s.x0 for s in row), min(s.y0 for s in row)
        self.x1, self.y1 = max(s.x1 for s in row), max(s.y1 for s in row)
        longest = max(row, key=lambda s: len(s.text))
        self.size, self.rtl = longest.size, longest.rtl
        self.bold = all(segment.bold for segment in row)
        self.page, self.region = page, region


def _spaced(row):
    """Of fixed pitch: gaps are as many blanks as fit."""
    text, end = "", None
    for segment in row:
        width = (segment.x1 - segment.x0) / max(1, len(segment.text)) or 1
        if end is not None:
            text += " " * max(1, min(80, round((segment.x0 - end) / width)))
        text, end = text + segment.text, segment.x1
    return text


def lines_of(segments, page, region):
    return [Line(row, page, region) for row in rows_of(segments)]


class Group:
    """Lines that belong together."""

    __slots__ = ("kind", "lines", "level")

    def __init__(self, kind, lines, level=None):
        self.kind, self.lines, self.level = kind, lines, level

    @property
    def text(self):
        return "".join(text for text, _ in join_lines(self.lines, self.kind == "code"))


class TableGroup:
    """A table among the groups; `rows` are (cells, box, page)."""

    kind, level, lines = "table", None, ()

    def __init__(self, table, page):
        self.rows = [(cells, box, page) for cells, box in table.rows if any(cell.strip() for cell in cells)]

    def go_on(self, other):
        """Takes the rows of its continuation on the next page, which may repeat the header. False when it is none."""
        header, first = self.rows[0][0], other.rows[0]
        if len(first[0]) != len(header) or first[2] != self.rows[-1][2] + 1:
            return False
        self.rows += other.rows[1:] if first[0] == header else other.rows
        return True

    def row_lines(self):
        """(text, box, page) of each row; together the table in Markdown."""
        whole = table_from_rows([cells for cells, *_ in self.rows]).split("\n")
        texts = ["\n".join(whole[:2]), *whole[2:]]
        return [(text + "\n", box, page) for text, (_, box, page) in zip(texts, self.rows)]


def group_lines(lines, pitch):
    """`pitch` is the usual distance of two lines of one paragraph, in sizes of the type."""
    groups = []
    right = max((line.x1 for line in lines), default=0)
    for line in lines:
        group = groups[-1] if groups else None
        if group and _belongs(group, line, pitch, right):
            group.lines.append(line)
        else:
            kind = "list_item" if MARKER.match(line.text) else "code" if line.mono else "paragraph"
            groups.append(Group(kind, [line], 1 if kind == "list_item" else None))
    return groups


def _belongs(group, line, pitch, right):
    last, first = group.lines[-1], group.lines[0]
    size = max(last.size, line.size)
    distance = (line.y1 - last.y1) / size
    if group.kind == "code" or (line.mono and not _runs_on(group, line, distance, pitch)):
        return group.kind == "code" and line.mono and distance < 3.2 and line.region == last.region
    if line.region != last.region or abs(line.size - last.size) > 0.08 * size or line.bold != last.bold:
        return False
    if distance > 1.25 * pitch or distance < -0.5 or _starts_item(group, line):
        return False
    if line.rtl:
        return True
    indent = (line.x0 - last.x0) / size
    if group.kind == "list_item":
        return (line.x0 - first.x0) / size > -0.3
    if len(group.lines) > 1 and not -0.8 < indent < 0.8:
        return False
    short = last.x1 + _next_word(line) < right
    # Two paragraphs of a line each, or the second line of one that hangs.
    if len(group.lines) == 1 and indent > 0.8 and (short or SENTENCE_END.search(last.text)):
        return False
    # A line on which the next word had room ends a paragraph, when it also ends a sentence.
    return not (short and SENTENCE_END.search(last.text) and line.text[:1].isupper())


def _runs_on(group, line, distance, pitch):
    """A name in type of fixed pitch that fills a line of a sentence is no listing."""
    last = group.lines[-1]
    level = abs(line.x0 - last.x0) < 0.8 * line.size or len(group.lines) == 1
    return not MARKER.match(line.text) and level and distance < 1.25 * pitch and not SENTENCE_END.search(last.text)


def _starts_item(group, line):
    marker = MARKER.match(line.text)
    if not marker or not marker.group(1)[0].isalnum() or group.kind == "list_item":
        return bool(marker)
    # "… LEN !=" and "0. With this …": a sentence that goes on with a number.
    last = group.lines[-1]
    return bool(SENTENCE_END.search(last.text)) or abs(line.x0 - last.x0) > 0.8 * line.size


def _next_word(line):
    return (len(line.text.split(" ")[0]) + 2) * line.size * 0.6


def join_lines(lines, keep):
    """(text, line) of each; joined they read as one paragraph, or as they stand when `keep`."""
    if keep:
        return _listing(lines)
    pieces = []
    for at, line in enumerate(lines):
        text = BULLET.sub("- ", line.text) if at == 0 else line.text
        following = lines[at + 1].text if at + 1 < len(lines) else ""
        if text.endswith("\u00ad") or re.search(r"[^\W\d_]-$", text):
            # "compli-" and "cated" are one word; "well-" and "Known" keep what parts them.
            soft = text.endswith("\u00ad")
            text = text[:-1] if following[:1].islower() else text[:-1] + "-" if soft else text
        elif following:
            # Of two neighbours of a script without blanks nothing is left between.
            text = join_runs([text, following[0]])[:-1]
        pieces.append((text, line))
    return pieces


def _listing(lines):
    left = min(line.x0 for line in lines)
    pieces = []
    for at, line in enumerate(lines):
        wide = (line.x1 - line.x0) / max(1, len(line.text)) or line.size * 0.6
        blank = "\n" if at and (line.y1 - lines[at - 1].y1) > 2 * line.size else ""
        pieces.append((blank + " " * min(80, round((line.x0 - left) / wide)) + line.text + "\n", line))
    return pieces
