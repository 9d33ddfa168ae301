"""Headers, footers and page numbers: what stands at the same place of most pages."""

import re

EDGE = 0.17


def drop_furniture(pages):
    """`pages`: for each its height and segments. Answers the segments that are the page's own."""
    pages = [(height, _unnumbered(segments, height, index + 1)) for index, (height, segments) in enumerate(pages)]
    if len(pages) < 3:
        return [segments for _, segments in pages]
    seen = {}
    for number, (height, segments) in enumerate(pages):
        for segment in segments:
            key = _key(segment, height)
            if key:
                seen.setdefault(key, set()).add(number)
    common = {key for key, numbers in seen.items() if len(numbers) >= max(3, 0.5 * len(pages))}
    # A header that names the chapter, or of left and right pages, is on fewer.
    common |= {key for key, numbers in seen.items() if len(numbers) >= 5 and _dense(numbers)}
    return [[s for s in segments if _key(s, height) not in common] for height, segments in pages]


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


def _dense(numbers):
    return len(numbers) / (max(numbers) - min(numbers) + 1) >= 0.4
