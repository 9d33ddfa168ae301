"""The straight lines drawn on a page, and the grids that they form."""

import ctypes

import pypdfium2.raw as pdfium

# Drawings of maps and plots have tens of thousands, and no tables.
MAX_OBJECTS = 5_000
THIN = 2.5
REACH = 3.0


class Rules:
    """`vertical`: (x, y0, y1); `horizontal`: (y, x0, x1)."""

    def __init__(self, vertical, horizontal):
        self.vertical, self.horizontal = vertical, horizontal

    def between(self, left, right, y):
        """Whether a line stands upright between two characters."""
        return any(left - 1 <= x <= right + 1 and y0 <= y <= y1 for x, y0, y1 in self.vertical)


def page_rules(page, place):
    vertical, horizontal = [], []
    count = pdfium.FPDFPage_CountObjects(page)
    box = [ctypes.c_float() for _ in range(4)]
    for index in range(count if count <= MAX_OBJECTS else 0):
        item = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(item) != pdfium.FPDF_PAGEOBJ_PATH or pdfium.FPDFPath_CountSegments(item) > 6:
            continue
        if not pdfium.FPDFPageObj_GetBounds(item, *map(ctypes.byref, box)):
            continue
        x0, y0, x1, y1 = place(*(each.value for each in box))
        if x1 - x0 <= THIN and y1 - y0 > 6:
            vertical.append(((x0 + x1) / 2, y0, y1))
        elif y1 - y0 <= THIN and x1 - x0 > 6:
            horizontal.append(((y0 + y1) / 2, x0, x1))
        elif _is_frame(item) and x1 - x0 > 6 and y1 - y0 > 6:
            vertical += [(x0, y0, y1), (x1, y0, y1)]
            horizontal += [(y0, x0, x1), (y1, x0, x1)]
    return Rules(vertical, horizontal)


def _is_frame(path):
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    return bool(stroke.value) and pdfium.FPDFPath_CountSegments(path) >= 4


def grids(rules):
    """(xs, ys) of each grid: where its columns and rows are parted, edges included."""
    found = []
    for vertical, horizontal in _connected(rules):
        xs, ys = _distinct(x for x, *_ in vertical), _distinct(y for y, *_ in horizontal)
        # Two cells at least; more than a table ever has is a drawing.
        if len(xs) >= 3 and len(ys) >= 2 and len(xs) <= 60 and len(ys) <= 400:
            found.append((xs, ys))
    return found


def _connected(rules):
    """Lines that touch, in groups."""
    groups = []
    for kind, lines in enumerate((rules.vertical, rules.horizontal)):
        for line in lines:
            box = (line[0], line[1], line[0], line[2]) if kind == 0 else (line[1], line[0], line[2], line[0])
            touching = [group for group in groups if _touch(group[0], box)]
            merged = (box, [], [])
            for group in touching:
                merged = (_around(merged[0], group[0]), merged[1] + group[1], merged[2] + group[2])
                groups.remove(group)
            merged[1 + kind].append(line)
            groups.append(merged)
    return [(vertical, horizontal) for _, vertical, horizontal in groups if vertical and horizontal]


def _touch(a, b):
    return a[0] - REACH <= b[2] and b[0] - REACH <= a[2] and a[1] - REACH <= b[3] and b[1] - REACH <= a[3]


def _around(a, b):
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))


def _distinct(values):
    """Sorted, those closer than a line is thick being one."""
    kept = []
    for value in sorted(values):
        if not kept or value - kept[-1] > REACH:
            kept.append(value)
    return kept
