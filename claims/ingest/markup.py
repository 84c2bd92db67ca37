"""HTML as it comes from outside, rewritten into HTML that is safe to parse.

Parsers have inputs on which they take minutes (lxml: 100,000 attributes on one tag; html.parser: unclosed
comments). So nothing from outside reaches them: one pass over the page, linear in its length, writes a new
page that holds only text, the tags that give it shape, a handful of attributes and a bounded depth.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import escape

from claims.ingest.errors import Unreadable

MAX_ELEMENTS = 25_000  # tags kept; the largest news pages seen have some 6,000
MAX_DEPTH = 100  # deeper tags are left out, their text is kept; libxml2 itself stops at 256
MAX_ATTRIBUTE = 4_000  # characters of a value
MAX_DATA_BLOCKS = 20  # JSON-LD blocks read

KEPT_ATTRIBUTES = frozenset((
    "id", "class", "role", "itemprop", "itemtype", "href", "content", "name", "property",
    "datetime", "pubdate", "rel", "lang", "hidden", "aria-hidden", "http-equiv",
))  # fmt: skip
VOID = frozenset((
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
))  # fmt: skip
# Left out with everything in them: no text of the story is ever in there.
DROPPED = frozenset((
    "script", "style", "svg", "template", "iframe", "object", "canvas", "audio", "video",
    "noframes", "noembed", "math", "map", "select", "datalist",
))  # fmt: skip
# Text up to the matching end tag, whatever stands in it.
RAW_TEXT = frozenset(["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"])
# Left out as tags, their text kept: they only change how words look.
UNWRAPPED = frozenset((
    "b", "i", "em", "strong", "font", "u", "small", "big", "s", "strike", "tt", "kbd", "samp",
    "var", "dfn", "abbr", "acronym", "cite", "ins", "mark", "bdi", "bdo", "ruby", "rb", "nobr",
    "o:p", "picture", "figure", "hgroup", "html", "head", "body", "data",
))  # fmt: skip
RENAMED = {"figcaption": "p", "center": "div"}
INLINE = frozenset(["a", "span", "q", "sub", "sup", "time", "code"])
# A start tag that ends an open one of the same kind.
SELF_CLOSING_KIN = {
    "p": ("p",),
    "li": ("li", "p"),
    "tr": ("tr", "td", "th", "p"),
    "td": ("td", "th", "p"),
    "th": ("td", "th", "p"),
    "dt": ("dt", "dd", "p"),
    "dd": ("dt", "dd", "p"),
    "option": ("option",),
}
BLOCKS_END_P = frozenset((
    "div", "article", "section", "aside", "header", "footer", "nav", "main", "ul", "ol", "dl",
    "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "address", "figure", "p",
))  # fmt: skip

TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9:_-]{0,30})")
ATTRIBUTE_NAME = re.compile(r"[\s/]*([^\s/>=]{1,100})\s*(=?)\s*")
UNQUOTED = re.compile(r"[^\s>]*")


@dataclass(slots=True)
class Rewritten:
    """A page safe to parse, and the JSON-LD blocks found in it."""

    html: str
    data: list[str] = field(default_factory=list)


def rewrite(page: str) -> Rewritten:
    """A page of the same text and shape that is safe to parse; raises Unreadable("too_complex")."""
    writer = _Writer()
    position = 0
    while True:
        opening = page.find("<", position)
        if opening < 0:
            writer.text(page[position:])
            break
        writer.text(page[position:opening])
        position = _markup(page, opening, writer)
    return writer.finish()


def _markup(page: str, at: int, writer: _Writer) -> int:
    """Handle what begins with the "<" at ``at``; returns where to go on."""
    end = len(page)
    if page.startswith("<!--", at):
        closing = page.find("-->", at + 4)
        return closing + 3 if closing >= 0 else end
    if page.startswith(("<!", "<?"), at):
        closing = page.find(">", at)
        return closing + 1 if closing >= 0 else end
    tag = TAG.match(page, at)
    if tag is None:
        writer.text("<")
        return at + 1
    name = tag[1].lower()
    if page[at + 1] == "/":
        closing = page.find(">", tag.end())
        writer.end(name)
        return closing + 1 if closing >= 0 else end
    attributes, position = _attributes(page, tag.end())
    if name in RAW_TEXT:
        closing_tag = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(page, position)
        inner = page[position : closing_tag.start()] if closing_tag else page[position:]
        writer.raw(name, attributes, inner)
        if not closing_tag:
            return end
        closing = page.find(">", closing_tag.end())
        return closing + 1 if closing >= 0 else end
    writer.start(name, attributes)
    return position


def _attributes(page: str, position: int) -> tuple[dict[str, str], int]:
    """The kept attributes of a start tag, and where it ends. An unclosed quotation runs to the page's end."""
    found: dict[str, str] = {}
    end = len(page)
    while position < end:
        name = ATTRIBUTE_NAME.match(page, position)
        if name is None:
            closing = re.compile(r"[\s/=]*(>?)").match(page, position)
            position = closing.end() if closing else position + 1
            if closing and closing[1]:
                return found, position
            if closing and closing.end() == closing.start():
                position += 1
            continue
        position = name.end()
        value = ""
        if name[2]:
            quote = page[position : position + 1]
            if quote in ("'", '"') and quote:
                closing_quote = page.find(quote, position + 1)
                if closing_quote < 0:
                    return found, end
                value, position = page[position + 1 : closing_quote], closing_quote + 1
            else:
                bare = UNQUOTED.match(page, position)
                value, position = (bare[0], bare.end()) if bare else ("", position)
        key = name[1].lower()
        if key in KEPT_ATTRIBUTES:
            found.setdefault(key, value[:MAX_ATTRIBUTE])
        elif key == "type":
            found.setdefault("type", value[:100])
        elif key == "style" and re.search(
            r"display\s*:\s*none|visibility\s*:\s*hidden", value[:500], re.IGNORECASE
        ):
            found.setdefault("hidden", "")
    return found, end


class _Writer:
    """Writes the new page: every tag closed, none too deep."""

    def __init__(self) -> None:
        self._out: list[str] = ["<html><body>"]
        self._open: list[str] = []
        self._count: dict[str, int] = {}
        self._elements = 0
        self._dropping: str | None = None
        self._drop_depth = 0
        self._data: list[str] = []

    def text(self, text: str) -> None:
        if text and self._dropping is None:
            self._out.append(text.replace("<", "&lt;"))

    def raw(self, name: str, attributes: dict[str, str], inner: str) -> None:
        if name == "script":
            if "ld+json" in attributes.get("type", "").lower() and len(self._data) < MAX_DATA_BLOCKS:
                self._data.append(inner)
        elif name == "title" and self._dropping is None:
            # A title inside <svg> was dropped with it; the page's own becomes an ordinary element.
            self._element("meta", {"name": "page-title", "content": " ".join(inner.split())[:MAX_ATTRIBUTE]})

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._dropping is not None:
            self._drop_depth += name == self._dropping
            return
        if name in DROPPED:
            self._dropping, self._drop_depth = name, 1
            return
        name = RENAMED.get(name, name)
        if name in UNWRAPPED:
            return
        if name in VOID:
            if name in ("br", "hr", "meta", "link"):
                self._element(name, attributes)
            return
        for kin in SELF_CLOSING_KIN.get(name, ("p",) if name in BLOCKS_END_P else ()):
            if self._open and self._open[-1] == kin:
                self._close()
        if len(self._open) < MAX_DEPTH:
            self._element(name, attributes)
            self._open.append(name)
            self._count[name] = self._count.get(name, 0) + 1

    def end(self, name: str) -> None:
        if self._dropping is not None:
            self._drop_depth -= name == self._dropping
            if self._drop_depth == 0:
                self._dropping = None
            return
        name = RENAMED.get(name, name)
        if not self._count.get(name):
            return
        if name in INLINE:
            # An inline end tag never closes a block: only what is inline and on top.
            if self._open[-1] == name:
                self._close()
            return
        while self._open:
            if self._close() == name:
                return

    def _close(self) -> str:
        name = self._open.pop()
        self._count[name] -= 1
        self._out.append(f"</{name}>")
        return name

    def _element(self, name: str, attributes: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MAX_ELEMENTS:
            raise Unreadable(
                "too_complex",
                "Too much markup",
                f"The page holds more than {MAX_ELEMENTS:,} tags, more than any article. "
                "Copy the article's text and paste it instead.",
            )
        # Character references in values are decoded by the parser, so "&" stays.
        written = "".join(
            f' {key}="{escape(value, quote=True).replace("&amp;", "&")}"'
            for key, value in attributes.items()
            if key != "type"
        )
        self._out.append(f"<{name}{written}>")

    def finish(self) -> Rewritten:
        while self._open:
            self._close()
        self._out.append("</body></html>")
        return Rewritten("".join(self._out), self._data)
