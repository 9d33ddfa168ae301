"""Comma- and otherwise separated values as one table."""

import csv
import io

from failure import Failure
from markdown_table import table_from_rows

# Of equals the first: where a semicolon parts, a comma is in the numbers.
DELIMITERS = ";\t|,"


def read_csv(data):
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    csv.field_size_limit(len(text) + 1)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text[:65536]), skipinitialspace=True)
    try:
        table = table_from_rows(row for row in rows if row)
    except csv.Error as error:
        raise Failure("corrupt", f"Line {rows.line_num} of the file cannot be read: {error}.") from None
    blocks = [{"kind": "table", "text": table}] if table else []
    return {"title": None, "language": None, "metadata": {}, "blocks": blocks, "pages": [], "warnings": []}


def _delimiter(sample):
    """The one that cuts most lines into the same number of cells, the most of them."""
    lines = [line for line in sample.split("\n")[:200] if line.strip()]
    best, best_score = ",", 0
    for delimiter in DELIMITERS:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter, skipinitialspace=True)]
        usual = max(set(widths), key=widths.count, default=0)
        score = widths.count(usual) / max(1, len(widths)) * min(usual, 50) if usual > 1 else 0
        if score > best_score:
            best, best_score = delimiter, score
    return best
