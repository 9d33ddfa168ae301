"""docling-core's JSON to a flat list of blocks in reading order."""

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
SPEECH = "WebVTT cue span"


def blocks_of(document):
    return _Walk(document).result()


class _Walk:
    def __init__(self, document):
        self.document = document
        self.blocks = []
        self.seen = set()

    def result(self):
        for child in self.document["body"].get("children", ()):
            self.visit(child["$ref"], 0)
        metadata = self.document.get("metadata") or {}
        title = metadata.get("title") or next((b["text"] for b in self.blocks if b["kind"] == "heading"), None)
        return {
            "title": title,
            "language": metadata.get("language"),
            "metadata": _plain_metadata(metadata),
            "blocks": self.blocks,
            "pages": [],
            "warnings": [],
        }

    def node(self, ref):
        # A file may point at itself; each node is read once.
        if ref in self.seen:
            return None
        self.seen.add(ref)
        at = self.document
        for part in ref.split("/")[1:]:
            at = at[int(part)] if isinstance(at, list) else at[part]
        return at

    def visit(self, ref, depth):
        node = self.node(ref)
        if node is None or node.get("content_layer") in ("furniture", "background", "invisible"):
            return
        label = node.get("label")
        if ref.startswith("#/tables/"):
            return self.table(node)
        if ref.startswith("#/pictures/"):
            return self.picture(node, depth)
        if label == "inline":
            return self.add("paragraph", self.inline(node), None)
        if ref.startswith("#/texts/"):
            return self.text(node, label, depth)
        if label == "sheet" and node.get("name"):
            self.add("heading", node["name"], 2)
        inside_list = label in ("list", "ordered_list")
        self.children(node, depth + 1 if inside_list else depth)

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
        elif label in ("checkbox_selected", "checkbox_unselected"):
            text = f"{'[x]' if label == 'checkbox_selected' else '[ ]'} {text}"
        elif label == "formula" and text:
            text = f"$${text}$$"
        self.add(kind, self.spoken(node, text), level)
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
                text = node.get("text") or ""
                runs.append(f"${text}$" if node.get("label") == "formula" and text else text)
        if group.get("name") == SPEECH:
            return "".join(runs).strip()
        return join_runs(runs)

    def spoken(self, node, text):
        voice = next((s.get("voice") for s in node.get("source") or () if s.get("voice")), None)
        return f"{voice}: {text}" if voice and text else text

    def table(self, node):
        for caption in node.get("captions", ()):
            self.visit(caption["$ref"], 0)
        data = node.get("data") or {}
        self.add("table", table_from_cells(data), None)
        # What stands in its cells is told by the table; it must not come a second time.
        self.mark_seen(node)

    def mark_seen(self, node):
        for child in node.get("children", ()):
            inner = self.node(child["$ref"])
            if inner is not None:
                self.mark_seen(inner)

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
        self.blocks.append(block)


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
