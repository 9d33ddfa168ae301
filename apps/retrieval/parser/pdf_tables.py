"""Tables by the lines around their cells, or by the alignment of these: rows of runs that fall into the same columns."""

from bisect import bisect
from statistics import mean, median

from inline_text import join_runs
from markdown_table import table_from_rows
from pdf_rows import rows_of
from pdf_rules import grids

# In sizes of the type: what parts two columns at least.
GUTTER = 0.6


class Table:
    __slots__ = ("rows", "x0", "y0", "x1", "y1")

    def __init__(self, rows, segments):
        self.rows = rows
        self.x0, self.y0 = min(s.x0 for s in segments), min(s.y0 for s in segments)
        self.x1, self.y1 = max(s.x1 for s in segments), max(s.y1 for s in segments)


def take_tables(segments, rules):
    """The tables of a page, and the segments that are in none."""
    tables, used = [], set()
    for xs, ys in grids(rules):
        inside = [s for s in segments if xs[0] - 2 <= _middle(s)[0] <= xs[-1] + 2 and ys[0] - 2 <= _middle(s)[1] <= ys[-1] + 2]
        table = _ruled(xs, ys, [s for s in inside if id(s) not in used])
        if table:
            tables.append(table)
            used.update(map(id, inside))
    rest = [segment for segment in segments if id(segment) not in used]
    aligned, rest = _aligned_tables(rest)
    return tables + aligned, rest


def _ruled(xs, ys, segments):
    """A table with lines around its cells."""
    cells = {}
    for segment in segments:
        x, y = _middle(segment)
        cells.setdefault((bisect(ys, y), bisect(xs, x)), []).append(segment)
    rows = sorted({row for row, _ in cells})
    if len({column for _, column in cells}) < 2 or len(cells) < 3:
        return None
    records = []
    for row in rows:
        texts = [_cell_text(cells.get((row, column), [])) for column in range(1, len(xs))]
        inside = [s for (at, _), own in cells.items() if at == row for s in own]
        records.append((texts, _box(inside)))
    used = [at for at in range(len(xs) - 1) if any(texts[at] for texts, _ in records)]
    return Table([([texts[at] for at in used], box) for texts, box in records], segments)


def _cell_text(segments):
    return join_runs([segment.text for row in rows_of(segments) for segment in row])


def _middle(segment):
    return ((segment.x0 + segment.x1) / 2, (segment.y0 + segment.y1) / 2)


def _box(segments):
    return [min(s.x0 for s in segments), min(s.y0 for s in segments), max(s.x1 for s in segments), max(s.y1 for s in segments)]


def _aligned_tables(segments):
    """Tables without lines."""
    rows = rows_of(segments)
    tables, used, at = [], set(), 0
    while at < len(rows):
        end = _grow(rows, at)
        table = _table(rows[at:end]) if end - at >= 3 else None
        if table:
            tables.append(table)
            used.update(id(segment) for row in rows[at:end] for segment in row)
            at = end
        else:
            at += 1
    return tables, [segment for segment in segments if id(segment) not in used]


def _grow(rows, start):
    """How far the rows from here on keep falling into the same columns."""
    if len(rows[start]) < 2:
        return start
    end = start + 1
    columns = _columns(rows[start:end])
    while end < len(rows):
        row, before = rows[end], rows[end - 1]
        size = max(segment.size for segment in row)
        if row[0].y0 - before[0].y1 > 2.5 * size or (len(row) == 1 and not _continues(rows, end)):
            break
        wider = _columns(rows[start : end + 1])
        # A line that runs across what were columns is no row of this table.
        fitting = [segment for segment in row if len(_covered(wider, segment)) <= 1]
        if len(wider) < 2 or len(wider) < len(columns) or len(fitting) * 2 < len(row):
            break
        columns, end = wider, end + 1
    while end > start and len(rows[end - 1]) < 2:
        end -= 1
    return end


def _continues(rows, at):
    """A lone run between rows of cells: the second line of a cell, or a group's name."""
    return any(len(row) > 1 for row in rows[at + 1 : at + 3])


def _columns(rows):
    """The columns as x ranges, by the rows with most cells; ranges that touch are one."""
    most = max(map(len, rows))
    for least in (most - 1, most):
        full = [row for row in rows if len(row) >= max(2, least)]
        gutter = GUTTER * median(segment.size for row in full for segment in row)
        merged = []
        for x0, x1 in sorted((segment.x0, segment.x1) for row in full for segment in row):
            if merged and x0 - merged[-1][1] < gutter:
                merged[-1][1] = max(merged[-1][1], x1)
            else:
                merged.append([x0, x1])
        if len(merged) >= most:
            break
    return merged


def _covered(columns, segment):
    """Which columns it stands in with more than its edge."""
    return [at for at, (x0, x1) in enumerate(columns) if min(x1, segment.x1) - max(x0, segment.x0) > 0.2 * (x1 - x0)]


def _table(rows):
    columns = _columns(rows)
    full = [row for row in rows if len(row) > 1]
    if len(columns) < 2 or len(full) < 3 or _is_prose(columns, rows):
        return None
    # Columns of a listing are made with blanks, and are kept as such.
    if mean(segment.mono for row in rows for segment in row) > 0.8:
        return None
    records = []
    pitch = median(max(s.y1 for s in b) - max(s.y1 for s in a) for a, b in zip(rows, rows[1:]))
    bottom = None
    for row in rows:
        cells = [""] * len(columns)
        for segment in row:
            # A merged cell is repeated in all it covers, when that is a name and not a text.
            covered = _covered(columns, segment) if len(segment.text) < 40 else []
            for at in covered if len(covered) > 1 else [_column(columns, segment)]:
                cells[at] = join_runs([cells[at], segment.text])
        box = _box(row)
        tight = bottom is not None and box[3] - bottom < 0.85 * pitch
        if records and not cells[0] and tight:
            _append(records[-1], cells, box)
        else:
            records.append((cells, box))
        bottom = box[3]
    return Table(records, [segment for row in rows for segment in row])


def _append(record, cells, box):
    """The second line of a row's cells."""
    for at, cell in enumerate(cells):
        record[0][at] = join_runs([record[0][at], cell])
    record[1][0], record[1][2] = min(record[1][0], box[0]), max(record[1][2], box[2])
    record[1][3] = box[3]


def _column(columns, segment):
    return max(range(len(columns)), key=lambda at: min(columns[at][1], segment.x1) - max(columns[at][0], segment.x0))


def _is_prose(columns, rows):
    """Two columns of running text stand beside each other like cells, but fill their width line after line."""
    filled = 0
    for at, (x0, x1) in enumerate(columns):
        cells = [s for row in rows for s in row if _column(columns, s) == at]
        wide = mean((s.x1 - s.x0) / max(1, x1 - x0) for s in cells)
        if len(cells) >= 0.7 * len(rows) and wide > 0.7 and mean(len(s.text) for s in cells) > 25:
            filled += 1
    return filled >= 2 and filled >= len(columns) - 1
