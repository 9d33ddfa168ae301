"""Headers, footers and page numbers: what stands at the same place of most pages."""

import re
from collections import Counter
from statistics import median

from pdf_rows import rows_of

EDGE = 0.17


def drop_furniture(pages):
    """`pages`: for each its height and segments. Answers the segments that are the page's own."""
    pages = [(height, _unnumbered(segments, height, index + 1)) for index, (height, segments) in enumerate(pages)]
    if len(pages) < 2:
        return [segments for _, segments in pages]
    seen = {}
    for number, (height, segments) in enumerate(pages):
        for segment in segments:
            key = _key(segment, height)
            if key:
                seen.setdefault(key, set()).add(number)
    # Of two pages only what is alike at their very edge.
    least = max(3, 0.5 * len(pages)) if len(pages) > 2 else 2
    common = {key for key, numbers in seen.items() if len(numbers) >= least and (len(pages) > 2 or _at_edge(key))}
    # A header that names the chapter, or of left and right pages, is on fewer.
    common |= {key for key, numbers in seen.items() if len(numbers) >= 5 and _dense(numbers)}
    heads = _running_heads(pages)
    return [[s for s in segments if _key(s, height) not in common and id(s) not in heads] for height, segments in pages]


def _running_heads(pages):
    """What stands alone at the same height of most pages, whatever it says: chapters' names above the text."""
    heads = [_head(segments, height) for height, segments in pages]
    places = Counter(place for place, _ in filter(None, heads))
    place, count = places.most_common(1)[0] if places else (None, 0)
    if count < max(4, 0.6 * len(pages)):
        return set()
    return {id(s) for head in heads if head and head[0] == place for s in head[1]}


def _head(segments, height):
    """(its height, its segments) of the first row, when it is small and parted from what follows."""
    rows = rows_of(segments)
    if len(rows) < 3 or rows[0][0].y1 > 0.12 * height:
        return None
    size, usual = max(s.size for s in rows[0]), median(s.size for s in segments)
    parted = min(s.y0 for s in rows[1]) - max(s.y1 for s in rows[0]) > 1.2 * size
    return (round(rows[0][0].y1 / height * 100), rows[0]) if parted and size <= 1.1 * usual else None


def _unnumbered(segments, height, number):
    """Without the page's own number alone in its last line, also where there are too few pages to compare."""
    last = max(segments, key=lambda each: each.y1, default=None)
    if last and len(segments) > 1 and last.y0 > 0.8 * height and last.text.strip("-–— ") == str(number):
        return [segment for segment in segments if segment is not last]
    return segments


def _key(segment, height):
    middle = (segment.y0 + segment.y1) / 2 / height
    if EDGE < middle < 1 - EDGE:
        return None
    text = re.sub(r"\d+", "#", segment.text.lower())
    if re.fullmatch(r"[-–—|\s]*[ivxlc]+[-–—|\s]*", text):
        text = "#"
    # At the same height; a page number moves from side to side.
    return (text, round(middle * 50))


def _at_edge(key):
    return not 0.06 * 50 < key[1] < 0.94 * 50


def _dense(numbers):
    return len(numbers) / (max(numbers) - min(numbers) + 1) >= 0.4
