"""Which groups of lines are headings, and of which level."""

import re
from collections import Counter

NUMBERED = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+\S")


def mark_headings(groups, outline):
    """`outline`: titles of the file's bookmarks to their levels, which are believed over the size of the type."""
    sizes = Counter()
    for group in groups:
        for line in group.lines:
            sizes[_rounded(line.size)] += len(line.text)
    if not sizes:
        return
    body = sizes.most_common(1)[0][0]
    lines = [line for group in groups for line in group.lines]
    # Where much is bold, bold says nothing.
    bold_tells = sum(len(line.text) for line in lines if line.bold) < 0.3 * sum(len(line.text) for line in lines)
    found = [
        group
        for group in groups
        if group.kind in ("paragraph", "list_item") and _is_heading(group, body, outline, bold_tells)
    ]
    ranks = {size: at + 1 for at, size in enumerate(sorted({_size(group) for group in found if _size(group) > body * 1.04}, reverse=True))}
    smallest = max(ranks.values(), default=0) + 1
    for group in found:
        group.kind = "heading"
        known = outline.get(plain(group.text))
        group.level = min(6, known or ranks.get(_size(group), smallest + _depth(group.text)))


def _is_heading(group, body, outline, bold_tells):
    text = group.text.strip()
    if len(group.lines) > 3 or len(text) > 200 or not re.search(r"[^\W\d_]", text):
        return False
    if re.search(r" … ?[\divxlc]*$", text):
        return False  # Of the table of contents.
    if plain(text) in outline:
        return True
    first = group.lines[0]
    if group.kind == "list_item" and not NUMBERED.match(text):
        return False
    if first.size >= 1.15 * body:
        return len(text) <= 150 and not text.endswith((",", ";"))
    alone = len(group.lines) == 1 and len(text) <= 100 and not re.search(r"[.,;:!?]$", text)
    return bold_tells and first.bold and alone and len(text) > 2


def plain(text):
    """A title without its number, case and marks: as it is in bookmarks and in the text alike."""
    return re.sub(r"[\W_]+", " ", re.sub(r"^[\d.]+\s+", "", text.strip())).strip().lower()


def _depth(text):
    number = NUMBERED.match(text)
    return number.group(1).count(".") if number else 0


def _size(group):
    return _rounded(group.lines[0].size)


def _rounded(size):
    return round(size * 2) / 2
