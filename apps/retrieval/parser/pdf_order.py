"""The order in which a page is read: columns from left to right, between what spans them."""

from statistics import median


def reading_regions(items):
    """The page's items (segments, tables) as a list of regions, each one column wide, in reading order."""
    if len(items) < 8:
        return [items] if items else []
    gutter = _best_gutter(items)
    if gutter is None:
        return [items]
    left = [i for i in items if i.x1 <= gutter]
    right = [i for i in items if i.x0 >= gutter]
    spanning = sorted((i for i in items if i.x0 < gutter < i.x1), key=lambda each: each.y0)
    regions, top = [], float("-inf")
    for divider in [*spanning, None]:
        bottom = (divider.y0 + divider.y1) / 2 if divider else float("inf")
        # Text written from right to left has its first column on the right.
        sides = (right, left) if _rtl(items) else (left, right)
        for side in sides:
            band = [i for i in side if top <= (i.y0 + i.y1) / 2 < bottom]
            regions += reading_regions(band)
        if divider:
            if regions and regions[-1] and regions[-1][-1] in spanning and _close(regions[-1][-1], divider):
                regions[-1].append(divider)
            else:
                regions.append([divider])
        top = bottom
    return regions


def _rtl(items):
    marks = [item.rtl for item in items if hasattr(item, "rtl")]
    return sum(marks) * 2 > len(marks)


def _close(above, below):
    return hasattr(above, "text") and hasattr(below, "text") and below.y0 - above.y1 < 2 * below.size


def _best_gutter(items):
    """The middle of the best gap that parts the items into two columns, or None."""
    sizes = [item.size for item in items if hasattr(item, "size")]
    if not sizes:
        return None
    half = 0.35 * median(sizes)
    left_edge, right_edge = min(i.x0 for i in items), max(i.x1 for i in items)
    margin = 0.15 * (right_edge - left_edge)
    best, best_score = None, 0
    # Every two points of a usual page, and no more places than that on one of any size.
    stride = max(2, int((right_edge - left_edge) / 300))
    for step in range(int(left_edge + margin), int(right_edge - margin), stride):
        score = _score(items, step, half)
        if score > best_score:
            best, best_score = step, score
    return best


def _score(items, middle, half):
    left = [i for i in items if i.x1 <= middle - half]
    right = [i for i in items if i.x0 >= middle + half]
    across = len(items) - len(left) - len(right)
    fewer = min(len(left), len(right))
    if fewer < 4 or across > 0.35 * len(items) or not (_fills(left) and _fills(right)):
        return 0
    top = max(min(i.y0 for i in left), min(i.y0 for i in right))
    bottom = min(max(i.y1 for i in left), max(i.y1 for i in right))
    if bottom - top < 0.3 * min(_height(left), _height(right)):
        return 0
    return fewer - 2 * across + 0.001


def _fills(side):
    """Lines of running text are mostly as wide as their column; labels and figures are not."""
    width = max(i.x1 for i in side) - min(i.x0 for i in side)
    return median(i.x1 - i.x0 for i in side) > 0.5 * width


def _height(items):
    return max(i.y1 for i in items) - min(i.y0 for i in items)
