# Pairs of texts as JSON on stdin -> the share of words they have in common and in order, as JSON.
import difflib
import json
import sys

pairs = json.load(sys.stdin)
print(json.dumps([difflib.SequenceMatcher(None, a.split(), b.split(), autojunk=False).ratio() for a, b in pairs]))
