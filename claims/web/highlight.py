"""Claims marked inside the text they stand in: spans in, safe HTML out.

Everything that comes from an article is escaped here, once, and never touched again.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

_PARAGRAPH = re.compile(r"[^\n]*\S[^\n]*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text to be marked. ``css`` are class names of ours.

    ``anchor``, ``href`` and ``title`` may be empty. ``anchor`` becomes the id of the mark's first element, so
    that a link can jump to it.
    """

    start: int
    end: int
    css: str
    anchor: str = ""
    href: str = ""
    title: str = ""

    def order(self) -> tuple[int, int, str, str]:
        """Outer before inner: earlier starts first, longer first, then a stable tie-break."""
        return self.start, -self.end, self.anchor, self.css


def paragraphs(body: str, marks: Iterable[Mark]) -> list[SafeString]:
    """The paragraphs of ``body`` (a line with something on it is one) with the marks set in them.

    A mark that runs over a paragraph's end is closed and taken up again in the next.
    """
    pending = sorted(marks, key=Mark.order)
    setter = _Setter(body)
    out: list[SafeString] = []
    carried: list[Mark] = []
    next_mark = 0
    for line in _PARAGRAPH.finditer(body):
        start, end = line.span()
        while next_mark < len(pending) and pending[next_mark].start < end:
            carried.append(pending[next_mark])
            next_mark += 1
        carried = [m for m in carried if m.end > start]
        out.append(setter.set(start, end, carried))
    return out


def starts(body: str) -> list[int]:
    """Where each of :func:`paragraphs` begins, counted in characters (code points) of the body."""
    return [line.start() for line in _PARAGRAPH.finditer(body)]


def passage(text: str, marks: Iterable[Mark], offset: int = 0) -> SafeString:
    """One stretch of text with marks in it; ``offset`` is where it begins in the body the marks count from"""
    shifted = [
        Mark(max(m.start - offset, 0), min(m.end - offset, len(text)), m.css, m.anchor, m.href, m.title)
        for m in marks
        if m.end > offset and m.start < offset + len(text)
    ]
    return _Setter(text).set(0, len(text), shifted)


class _Setter:
    """Sets marks into ranges of one text; remembers which marks have begun, for anchors and tab stops."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.anchored: set[Mark] = set()
        self.linked: set[Mark] = set()

    def set(self, start: int, end: int, marks: Sequence[Mark]) -> SafeString:
        parts: list[str] = []
        stack: list[Mark] = []
        for a, b, active in _pieces(start, end, marks):
            keep = 0
            while keep < min(len(stack), len(active)) and stack[keep] == active[keep]:
                keep += 1
            parts += ["</mark>"] * (len(stack) - keep)
            for mark in active[keep:]:
                parts.append(self._open(mark))
            stack = list(active)
            parts.append(self._text(self.text[a:b], stack[-1] if stack else None))
        parts += ["</mark>"] * len(stack)
        return mark_safe("".join(parts))  # noqa: S308 - every part above is escaped

    def _open(self, mark: Mark) -> str:
        first = mark not in self.anchored
        self.anchored.add(mark)
        if first and mark.anchor:
            return format_html('<mark class="{}" id="{}">', mark.css, mark.anchor)
        return format_html('<mark class="{}">', mark.css)

    def _text(self, text: str, innermost: Mark | None) -> str:
        if innermost is None or not innermost.href or not text.strip():
            return escape(text)
        first = innermost not in self.linked
        self.linked.add(innermost)
        # One tab stop for each claim: later pieces of the same mark can be clicked, not tabbed to.
        return format_html(
            '<a href="{}"{}{}>{}</a>',
            innermost.href,
            format_html(' title="{}"', innermost.title) if innermost.title else "",
            "" if first else mark_safe(' tabindex="-1"'),
            text,
        )


def _pieces(start: int, end: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int, tuple[Mark, ...]]]:
    """The range cut at every mark's edge, each piece with the marks that cover it, outermost first."""
    opening = sorted(marks, key=lambda m: max(m.start, start))
    edges = {start, end}
    for mark in marks:
        edges.update((max(mark.start, start), min(mark.end, end)))
    cuts = sorted(edges)
    active: list[Mark] = []
    coming = 0
    for a, b in pairwise(cuts):
        active = [m for m in active if m.end > a]
        while coming < len(opening) and max(opening[coming].start, start) <= a:
            if opening[coming].end > a:
                insort(active, opening[coming], key=Mark.order)
            coming += 1
        yield a, b, tuple(active)
