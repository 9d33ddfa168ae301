"""docling-core's JSON to a flat list of blocks in reading order."""

import re

from inline_text import join_runs
from markdown_table import table_from_cells

KINDS = {
    "title": "heading",
    "section_header": "heading",
    "list_item": "list_item",
    "code": "code",
    "caption": "caption",
    "formula": "paragraph",
}
CHECKBOXES = {"checkbox_selected": "[x]", "checkbox_unselected": "[ ]"}
# A speaker's cues are one paragraph up to about this many characters, and to the end of a sentence.
CUES_LENGTH = 600
SPEECH = "WebVTT cue span"


def blocks_of(document, keep_furniture=False):
    return _Walk(document, keep_furniture).result()


class _Walk:
    def __init__(self, document, keep_furniture):
        self.document = document
        self.hidden = {"background", "invisible"} if keep_furniture else {"furniture", "background", "invisible"}
        self.blocks = []
        self.seen = set()
        self.page_title = None
        self.voice = None
        self.slide = None

    def result(self):
        for child in self.document["body"].get("children", ()):
            self.visit(child["$ref"], 0)
        metadata = self.document.get("metadata") or {}
        title = metadata.get("title") or self.page_title or next((b["text"] for b in self.blocks if b["kind"] == "heading"), None)
        return {
            "title": title,
            "language": metadata.get("language"),
            "metadata": _plain_metadata(metadata),
            "blocks": self.blocks,
            "pages": self.slides(),
            "warnings": [],
        }

    def slides(self):
        """Of a presentation, whose parts say on which slide they are."""
        on = {block["page"] for block in self.blocks if "page" in block}
        sizes = {int(number): page.get("size") or {} for number, page in (self.document.get("pages") or {}).items()}
        return [
            {"number": at, "width": _points(sizes, at, "width"), "height": _points(sizes, at, "height"), "hasText": at in on}
            for at in range(1, max([*on, *(sizes if on else ())], default=0) + 1)
        ]

    def node(self, ref):
        # A file may point at itself; each node is read once.
        if ref in self.seen:
            return None
        self.seen.add(ref)
        return self.peek(ref)

    def peek(self, ref):
        at = self.document
        for part in ref.split("/")[1:]:
            at = at[int(part)] if isinstance(at, list) else at[part]
        return at

    def visit(self, ref, depth):
        node = self.node(ref)
        if node is None:
            return
        label = node.get("label")
        if label == "title" and node.get("content_layer") == "furniture":
            self.page_title = self.page_title or node.get("text")
            return
        if node.get("content_layer") in self.hidden:
            return
        if label == "field_item":
            return self.add("paragraph", self.flat(node), None)
        if ref.startswith("#/tables/"):
            return self.table(node)
        if ref.startswith("#/pictures/"):
            return self.picture(node, depth)
        if label == "inline":
            first = self.peek(node["children"][0]["$ref"]) if node.get("children") else {}
            return self.say(first, self.inline(node))
        if ref.startswith("#/texts/"):
            return self.text(node, label, depth)
        if label == "chapter" and re.fullmatch(r"slide-\d+", node.get("name") or ""):
            self.slide = int(node["name"][6:]) + 1
        if label == "sheet" and node.get("name"):
            self.add("heading", node["name"], 2)
        if label in ("list", "ordered_list"):
            return self.items(node, depth + 1)
        self.children(node, depth)

    def items(self, group, depth):
        number = 0
        for child in group.get("children", ()):
            item = self.peek(child["$ref"])
            if item.get("label") == "list_item" and item.get("enumerated"):
                number = _number(item) or number + 1
                item["marker"] = item.get("marker") or f"{number}."
            self.visit(child["$ref"], depth)

    def text(self, node, label, depth):
        text = node.get("text") or ""
        children = [child["$ref"] for child in node.get("children", ())]
        if not text and children and self.is_inline(children[0]):
            text = self.inline(self.node(children.pop(0)))
        kind = KINDS.get(label, "paragraph")
        level = None
        if kind == "heading":
            level = 1 if label == "title" else min(6, int(node.get("level", 1)) + 1)
        elif kind == "list_item":
            level = max(1, depth)
            text = f"{_marker(node)} {text}" if text else ""
        elif label in CHECKBOXES:
            kind, level, text = "list_item", 1, f"- {CHECKBOXES[label]} {text}"
        elif label == "formula" and text:
            text = f"$${text}$$"
        if kind == "paragraph":
            self.say(node, text)
        else:
            self.add(kind, text, level)
        for child in children:
            self.visit(child, depth)

    def children(self, node, depth):
        for child in node.get("children", ()):
            self.visit(child["$ref"], depth)

    def is_inline(self, ref):
        return ref.startswith("#/groups/") and self.document["groups"][int(ref.split("/")[2])].get("label") == "inline"

    def inline(self, group):
        """The runs of one paragraph, which the format cut where its style changes."""
        if group is None:
            return ""
        runs = []
        for child in group.get("children", ()):
            node = self.node(child["$ref"])
            if node is None:
                continue
            if node.get("label") == "inline":
                runs.append(self.inline(node))
            else:
                runs.append(_run(node))
        if group.get("name") == SPEECH:
            return "".join(runs).strip()
        return join_runs(runs)

    def say(self, node, text):
        """A paragraph. Of subtitles: who speaks, once for all that follows of the same voice."""
        track = next((source for source in node.get("source") or () if source.get("kind") == "track"), None)
        if track is None:
            return self.add("paragraph", text, None)
        voice = track.get("voice")
        last = self.blocks[-1]["text"] if self.blocks else ""
        if last and voice == self.voice and text and not (len(last) > CUES_LENGTH and last[-1] in ".?!。？！"):
            self.blocks[-1]["text"] = join_runs([last, text.strip()])
        else:
            self.add("paragraph", f"{voice}: {text}" if voice and text else text, None)
        self.voice = voice

    def table(self, node):
        for caption in node.get("captions", ()):
            self.visit(caption["$ref"], 0)
        data = node.get("data") or {}
        for cell in data.get("table_cells", ()):
            if "ref" in cell:
                cell["text"] = _cell_text(self.flat(self.node(cell["ref"]["$ref"]))) or cell.get("text")
        if int(data.get("num_rows") or 0) * int(data.get("num_cols") or 0) == 1:
            # A frame around a title is no table.
            self.add("paragraph", data["table_cells"][0].get("text") or "" if data.get("table_cells") else "", None)
        else:
            self.add("table", table_from_cells(data), None)
        # What stands in its cells is told by the table; it must not come a second time.
        self.flat(node)

    def flat(self, node):
        """All text of a node and what is below it in one line: a cell's list, a form's label and value."""
        if node is None:
            return ""
        if node.get("label") == "inline":
            return self.inline(node)
        own = _run(node)
        if node.get("label") == "list_item":
            own = f"{_marker(node)} {own}"
        elif node.get("label") in CHECKBOXES:
            own = f"{CHECKBOXES[node['label']]} {own}"
        elif node.get("label") == "field_key" and own:
            own = f"{own}:"
        below = [self.flat(self.node(child["$ref"])) for child in node.get("children", ())]
        return join_runs([own.strip(), *below])

    def picture(self, node, depth):
        for caption in node.get("captions", ()):
            self.visit(caption["$ref"], depth)
        described = ((node.get("meta") or {}).get("description") or {}).get("text")
        if described:
            self.add("caption", described, None)
        self.chart(node)
        self.children(node, depth)

    def chart(self, node):
        data = ((node.get("meta") or {}).get("tabular_chart") or {}).get("chart_data")
        if data:
            self.add("table", table_from_cells(data), None)

    def add(self, kind, text, level):
        # Kept as it is in code, where blanks at the start of a line mean something.
        text = text.strip("\n") if kind == "code" else text.strip()
        if not text.strip():
            return
        block = {"kind": kind, "text": text}
        if level is not None:
            block["level"] = level
        if self.slide:
            block["page"] = self.slide
        self.blocks.append(block)


def _points(sizes, at, side):
    """Slides are measured in EMU, 12700 to the point."""
    return round(sizes.get(at, {}).get(side, 0) / 12700, 2)


def _cell_text(text):
    """A list of one item is a word with a mark before it."""
    return text[2:] if text.startswith("- ") and " - " not in text else text


def _run(node):
    text = node.get("text") or ""
    if node.get("label") == "formula" and text:
        return f"${text}$"
    return f"`{text}`" if node.get("label") == "code" and text and "`" not in text else text


def _number(item):
    digits = (item.get("marker") or "").strip(" .)")
    return int(digits) if digits.isdecimal() and len(digits) < 9 else None


def _marker(node):
    marker = (node.get("marker") or "").strip()
    if node.get("enumerated"):
        return marker or "-"
    return "-"


def _plain_metadata(metadata):
    flat = {}
    for name, value in {**(metadata.get("properties") or {}), **metadata}.items():
        if isinstance(value, (str, int, float)) and str(value).strip():
            flat[name] = str(value)
        elif name == "authors" and isinstance(value, list):
            flat["author"] = ", ".join(map(str, value))
    return flat
