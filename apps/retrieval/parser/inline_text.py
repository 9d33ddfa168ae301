"""Pieces of one line put together again: a blank between them, except where a reader would see none."""

import unicodedata

CLOSING = set(".,;:!?)]}»”’…%")
OPENING = set("([{«“‘")


def join_runs(runs):
    text = ""
    for run in runs:
        if not run:
            continue
        text += run if not text or _touches(text[-1], run[0]) else " " + run
    return text


def _touches(before, after):
    if before.isspace() or after.isspace() or before in OPENING or after in CLOSING:
        return True
    return is_unspaced(before) and is_unspaced(after)


def is_unspaced(char):
    """Of a script that is written without blanks between words."""
    return unicodedata.east_asian_width(char) in "WF" or "\u0e00" <= char <= "\u0eff"
