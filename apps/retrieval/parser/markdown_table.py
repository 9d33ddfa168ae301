"""Tables as Markdown: header, rule, one line a row, so that each row reads by itself."""


def table_from_rows(rows):
    rows = [[_cell(cell) for cell in row] for row in rows]
    rows = [row for row in rows if any(row)]
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = [_line(row, width) for row in rows]
    return "\n".join([lines[0], "|" + " - |" * width, *lines[1:]])


def table_from_cells(data):
    rows, columns = int(data.get("num_rows") or 0), int(data.get("num_cols") or 0)
    if rows * columns > 20_000_000:
        rows = 20_000_000 // columns
    grid = [[""] * columns for _ in range(rows)]
    for cell in data.get("table_cells", ()):
        # A merged cell is repeated in all it covers: each row then says what it is about.
        for row in range(cell["start_row_offset_idx"], min(rows, cell["end_row_offset_idx"])):
            for column in range(cell["start_col_offset_idx"], min(columns, cell["end_col_offset_idx"])):
                grid[row][column] = cell.get("text") or ""
    return table_from_rows(grid)


def _cell(text):
    return " ".join(str(text).replace("|", "\\|").split())


def _line(row, width):
    return "| " + " | ".join(row + [""] * (width - len(row))) + " |"
