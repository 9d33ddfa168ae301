"""The characters of a page, as runs that stand together on one line."""

import ctypes
import math
import re
import unicodedata

import pypdfium2.raw as pdfium

from bidi_text import has_rtl, logical_text
from pdf_rules import page_rules

# A wider gap, in sizes of the type, parts two columns or cells and not two words.
COLUMN_GAP = 1.0
MARKER = re.compile(r"^([-–—•‣▪▫●○◦■□➢➤✓✔·*]|\(?(\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]|\d{1,2}(\.\d{1,2}){1,4}\.?)$")
MONO = re.compile(r"mono|courier|consol|typewriter|cmtt|sftt|ectt|menlo|inconsolata|nimbusmon|fixed|hack|fira ?code", re.IGNORECASE)
BOLD = re.compile(r"bold|black|heavy|semibold|demi|-bd|cmbx", re.IGNORECASE)
FIXED_PITCH = 1
RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class Segment:
    """A run of characters; places in points from the top left of the page as it is shown."""

    __slots__ = ("text", "x0", "y0", "x1", "y1", "size", "bold", "mono", "rtl", "turned")

    def __init__(self, text, box, style):
        self.text = text
        self.x0, self.y0, self.x1, self.y1 = box
        self.size, self.bold, self.mono, self.turned = style
        self.rtl = _mostly_rtl(text)


def page_segments(page):
    """The page's segments in the order of the file, its drawn lines, and how many characters have no letter behind them."""
    textpage = page.get_textpage()
    raw, count = textpage.raw, textpage.count_chars()
    place = _placing(page)
    rules = page_rules(page, place)
    box, rect = pdfium.FS_RECTF(), None
    styles, style, last_object = {}, None, None
    builder = _Builder(rules)
    for index in range(count):
        char = chr(pdfium.FPDFText_GetUnicode(raw, index))
        if char in "\r\n":
            builder.flush()
            continue
        if char == " ":
            builder.space()
            continue
        last_object_now = pdfium.FPDFText_GetTextObject(raw, index)
        key = ctypes.cast(last_object_now, ctypes.c_void_p).value
        if key != last_object:
            last_object = key
            style = styles.get(key)
            if style is None:
                style = styles[key] = _style(raw, index, last_object_now, place.turn)
        if not pdfium.FPDFText_GetLooseCharBox(raw, index, ctypes.byref(box)):
            continue
        rect = place(box.left, box.bottom, box.right, box.top)
        builder.add(char, rect, style)
    builder.flush()
    textpage.close()
    return merge_markers(builder.segments), rules, builder.unreadable


class _Builder:
    def __init__(self, rules):
        self.segments = []
        self.unreadable = 0
        self.rules = rules
        self.text, self.chars, self.box, self.style, self.last = [], [], None, None, None
        self.pending_space = False

    def space(self):
        self.pending_space = bool(self.text)

    def add(self, char, rect, style):
        if char == "\ufffe" or char == "\x02":
            char = "\u00ad"  # pdfium's mark for a hyphen at a line's end
        category = unicodedata.category(char)
        if category in ("Cc", "Cs"):
            return
        if char == "\ufffd" or category in ("Co", "Cn"):
            self.unreadable += 1
        if self.text and self.apart(rect, style):
            self.flush()
        if self.pending_space:
            self.text.append(" ")
            self.pending_space = False
        # Ligatures and the joined forms of Arabic letters are shapes, not letters.
        char = unicodedata.normalize("NFKC", char) if "\ufb00" <= char <= "\ufefc" else char
        self.text.append(char)
        self.chars.append((char, rect[0], rect[2], style[0]))
        if self.box is None:
            self.box, self.style = list(rect), list(style) + [0, 0, 0.0]
        box = self.box
        box[0], box[1] = min(box[0], rect[0]), min(box[1], rect[1])
        box[2], box[3] = max(box[2], rect[2]), max(box[3], rect[3])
        self.style[4] += style[1]
        self.style[5] += style[2]
        self.style[0] = max(self.style[0], style[0])
        self.last = rect

    def apart(self, rect, style):
        """Of another line, column or cell than the character before."""
        last, size = self.last, max(style[0], self.style[0])
        if style[0] < 0.8 * self.style[0]:
            return True
        overlap = min(last[3], rect[3]) - max(last[1], rect[1])
        if overlap < 0.4 * min(last[3] - last[1], rect[3] - rect[1]):
            return True
        gap = max(rect[0] - last[2], last[0] - rect[2])
        if gap > COLUMN_GAP * size or style[3] != self.style[3]:
            return True
        left, right = (last[2], rect[0]) if rect[0] >= last[0] else (rect[2], last[0])
        return gap > 0.25 * size and self.rules.between(left, right, (rect[1] + rect[3]) / 2)

    def flush(self):
        self.pending_space = False
        text = "".join(self.text).strip()
        if text:
            if has_rtl(self.chars):
                text = logical_text(self.chars)
            letters = len(self.chars)
            style = (self.style[0], self.style[4] > letters * 0.6, self.style[5] > letters * 0.8, self.style[3])
            self.segments.append(Segment(text, self.box, style))
        self.text, self.chars, self.box = [], [], None


def _style(textpage, index, text_object, page_turn):
    """Size in points, bold, of fixed pitch, turned (not upright on the page as it is shown)."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFPageObj_GetMatrix(text_object, ctypes.byref(matrix))
    size = pdfium.FPDFText_GetFontSize(textpage, index) * (math.hypot(matrix.c, matrix.d) or 1)
    flags, name = ctypes.c_int(), ctypes.create_string_buffer(200)
    pdfium.FPDFText_GetFontInfo(textpage, index, name, 200, ctypes.byref(flags))
    font = name.value.decode("utf-8", "replace")
    weight = pdfium.FPDFText_GetFontWeight(textpage, index)
    angle = math.degrees(math.atan2(matrix.b, matrix.a)) - page_turn
    turned = abs((angle + 180) % 360 - 180) > 20
    mono = bool(MONO.search(font)) or bool(flags.value & FIXED_PITCH)
    return (max(size, 0.5), weight >= 600 or bool(BOLD.search(font)), mono, turned)


class _placing:
    """From the file's coordinates to those of the page as it is shown."""

    def __init__(self, page):
        left, bottom, right, top = page.get_bbox()
        self.left, self.bottom, self.width, self.height = left, bottom, right - left, top - bottom
        self.turn = page.get_rotation()

    def __call__(self, left, bottom, right, top):
        u0, v0, u1, v1 = left - self.left, bottom - self.bottom, right - self.left, top - self.bottom
        if self.turn == 90:
            return (v0, u0, v1, u1)
        if self.turn == 180:
            return (self.width - u1, v0, self.width - u0, v1)
        if self.turn == 270:
            return (self.height - v1, self.width - u1, self.height - v0, self.width - u0)
        return (u0, self.height - v1, u1, self.height - v0)


def merge_markers(segments):
    """A bullet that stands before its text is part of it, however wide the gap, and so is the note's number behind it."""
    merged = []
    for segment in segments:
        before = merged[-1] if merged else None
        if before and _raised(before, segment):
            before.text += segment.text.translate(RAISED)
            before.x1 = segment.x1
        elif before and MARKER.match(before.text) and _follows(before, segment):
            before.text = f"{before.text} {segment.text}"
            before.x1, before.y0, before.y1 = segment.x1, min(before.y0, segment.y0), max(before.y1, segment.y1)
            before.bold, before.mono, before.size = segment.bold, segment.mono, segment.size
        else:
            merged.append(segment)
    return merged


def _raised(before, segment):
    """A small number that touches what is before it."""
    small = segment.size < 0.8 * before.size and segment.text.isdecimal() and before.y0 - 2 < segment.y0 < before.y1
    return small and -1 <= segment.x0 - before.x1 < 0.3 * before.size and segment.y1 < before.y1


def _follows(before, segment):
    overlap = min(before.y1, segment.y1) - max(before.y0, segment.y0)
    near = 0 <= segment.x0 - before.x1 < 4 * segment.size
    return near and overlap > 0.4 * min(before.y1 - before.y0, segment.y1 - segment.y0)


def _mostly_rtl(text):
    marks = [unicodedata.bidirectional(char) for char in text]
    return marks.count("R") + marks.count("AL") > marks.count("L")
