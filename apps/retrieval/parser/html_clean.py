"""A page without what is not its content: menus, scripts, footers. Says too what the page says of itself."""

from html.parser import HTMLParser

DROPPED = {"script", "style", "noscript", "template", "iframe", "svg", "nav", "footer", "button", "select", "dialog", "object"}
DROPPED_ROLES = {"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
DESCRIBING = {"description", "author", "keywords", "date"}
# A `main` with less than this is a shell that scripts fill.
LEAST_MAIN = 200


class CleanPage:
    __slots__ = ("html", "language", "metadata")

    def __init__(self, html, language, metadata):
        self.html, self.language, self.metadata = html, language, metadata


def clean_page(source):
    cleaner = _Cleaner(DROPPED)
    cleaner.run(source)
    if cleaner.skipping:
        # Never closed: it would take the rest of the page with it.
        cleaner = _Cleaner({"script", "style"})
        cleaner.run(source)
    main = "".join(cleaner.main)
    html = main if cleaner.main_length >= LEAST_MAIN else "".join(cleaner.kept)
    return CleanPage(f"<html>{cleaner.head()}<body>{html}</body></html>", cleaner.language, cleaner.metadata)


class _Cleaner(HTMLParser):
    def __init__(self, dropped):
        super().__init__(convert_charrefs=False)
        self.dropped = dropped
        self.kept, self.main = [], []
        self.main_depth, self.main_length = 0, 0
        self.skipping, self.skip_depth = None, 0
        self.title, self.in_title = [], False
        self.language, self.metadata = None, {}

    def run(self, source):
        self.feed(source)
        self.close()

    def head(self):
        title = "".join(self.title).strip()
        return f"<head><title>{title}</title></head>" if title else ""

    def handle_starttag(self, tag, attributes):
        values = {name: value or "" for name, value in attributes}
        if tag == "html":
            self.language = values.get("lang", "").strip() or None
        elif tag == "meta" and values.get("name", "").lower() in DESCRIBING and values.get("content"):
            self.metadata[values["name"].lower()] = values["content"].strip()[:1000]
        if tag == "title" and not self.title:
            self.in_title = True
        if tag in ("html", "head", "body", "title", "meta", "link", "base"):
            return
        if self.skipping:
            self.skip_depth += tag == self.skipping
        elif tag not in VOID and self.is_dropped(tag, values):
            self.skipping, self.skip_depth = tag, 1
        else:
            if tag == "main":
                self.main_depth += 1
            self.keep(self.get_starttag_text())

    def is_dropped(self, tag, values):
        hidden = "hidden" in values or values.get("aria-hidden") == "true" or "display:none" in values.get("style", "").replace(" ", "")
        return tag in self.dropped or (len(self.dropped) > 2 and (hidden or values.get("role") in DROPPED_ROLES))

    def handle_startendtag(self, tag, attributes):
        if tag in VOID:
            self.handle_starttag(tag, attributes)
        elif not self.skipping and tag not in self.dropped:
            self.keep(self.get_starttag_text())

    def handle_endtag(self, tag):
        if tag == "title":
            self.in_title = False
        if tag in ("html", "head", "body", "title"):
            return
        if self.skipping:
            self.skip_depth -= tag == self.skipping
            if self.skip_depth == 0:
                self.skipping = None
            return
        self.keep(f"</{tag}>")
        if tag == "main" and self.main_depth:
            self.main_depth -= 1

    def handle_data(self, data):
        if self.in_title:
            self.title.append(data)
        elif not self.skipping:
            self.keep(data)
            if self.main_depth:
                self.main_length += len(data.strip())

    def handle_entityref(self, name):
        self.handle_data(f"&{name};")

    def handle_charref(self, name):
        self.handle_data(f"&#{name};")

    def keep(self, text):
        self.kept.append(text)
        if self.main_depth:
            self.main.append(text)
