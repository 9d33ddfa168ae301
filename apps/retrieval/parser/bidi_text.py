"""Characters of one line, known by their places, in the order they are read in."""

import unicodedata

# In sizes of the type: what parts two words.
WORD_GAP = 0.17
JOINERS = set(".,:/-'’+")


def has_rtl(chars):
    return any(_side(char) == "R" for char, *_ in chars)


def logical_text(chars):
    """`chars`: (char, x0, x1, size). Files hold them in any order where the script runs from right to left."""
    rtl = sum(_side(char) == "R" for char, *_ in chars) >= sum(_side(char) == "L" for char, *_ in chars)
    across = sorted(chars, key=lambda each: each[1] + each[2])
    line = across[::-1] if rtl else across
    # What runs against the line (numbers and foreign words, or words of the right-to-left script) is turned back.
    runs, against = [], "L" if rtl else "R"
    for index, each in enumerate(line):
        side = _against(line, index, against)
        if runs and runs[-1][0] == side:
            runs[-1][1].append(each)
        else:
            runs.append((side, [each]))
    ordered = [each for side, run in runs for each in (run[::-1] if side else run)]
    text = ""
    for before, each in zip([None, *ordered], ordered):
        if before and _gap(before, each) > WORD_GAP * each[3]:
            text += " "
        text += each[0]
    return text


def _against(line, index, against):
    char = line[index][0]
    side = _side(char)
    if side == against:
        return True
    if side or not 0 < index < len(line) - 1 or (char not in JOINERS and against == "L"):
        return False
    return _side(line[index - 1][0]) == against and _side(line[index + 1][0]) == against


def _gap(before, each):
    return max(each[1] - before[2], before[1] - each[2])


def _side(char):
    kind = unicodedata.bidirectional(char)
    if kind in ("R", "AL", "NSM"):
        return "R"
    return "L" if kind in ("L", "EN", "AN") else ""
