"""Things on a page that stand on one line."""

from statistics import median


def rows_of(items):
    """From top to bottom; each row from left to right."""
    rows = []
    for item in sorted(items, key=lambda each: (each.y0 + each.y1, each.x0)):
        if rows and _beside(rows[-1], item):
            rows[-1].append(item)
        else:
            rows.append([item])
    for row in rows:
        row.sort(key=lambda each: each.x0)
    return rows


def _beside(row, item):
    top, bottom = median(each.y0 for each in row), median(each.y1 for each in row)
    return min(bottom, item.y1) - max(top, item.y0) > 0.5 * min(bottom - top, item.y1 - item.y0)
