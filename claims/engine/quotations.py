"""Words in quotation marks: straight, typographic, angular; over several paragraphs; with others inside.

A paragraph that opens a quotation and does not close it is continued by a next paragraph that opens again, as
English typography has it. Double marks may be written as two single ones (''...'', ``...''). Single marks,
straight or typographic, look like apostrophes: they count only within a paragraph, when opened before a word
and closed before a space or punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine.records import Span

#: Fewer words are a phrase in quotes ("a 'killer'"), not a statement of its own.
FEWEST_WORDS = 4
_CLOSING = {"“": "”", "«": "»", "„": "“", "``": "''"}
_MARK = re.compile(r"[“”«»„\"＂]|''|``|(?<![\w'‘])['‘](?=[^\W\d_]|[\"“$£€])")
#: Words that begin with an apostrophe.
_ELIDED = re.compile(r"['‘](?:em|til|tis|twas|cause|round|bout|n|cos|neath)\b", re.IGNORECASE)
#: What may close a single quotation, and the next opening, at which the search for it ends.
_SINGLE_END = {
    "'": re.compile(r"(?P<end>(?<=[\w.,!?…)\"”])'(?=[\s,.;:!?)\]—–-]|$))|(?<!\w)'(?=\w)"),
    "‘": re.compile(r"(?P<end>(?<=[\w.,!?…)\"”])’(?=[\s,.;:!?)\]—–-]|$))|(?<!\w)‘(?=\w)"),
}
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words: ``inner`` without the marks (and a comma before the closing one), ``outer`` with them."""

    inner: Span
    outer: Span
    closed: bool

    def words(self, text: str) -> int:
        """How many words are quoted, counted up to 100."""
        count = 0
        for _ in _WORD.finditer(text, self.inner.start, self.inner.end):
            count += 1
            if count >= 100:
                break
        return count


def find_quotations(text: str, paragraphs: Sequence[Span]) -> list[Quotation]:
    """The quotations of a text in order, joined over paragraphs, none inside another."""
    found: list[Quotation] = []
    pending: tuple[int, str, int] | None = (
        None  # start of an unclosed quotation, its mark, end of its paragraph
    )
    for paragraph in paragraphs:
        opened: tuple[int, str] | None = None
        depth = 0
        if pending is not None:
            mark = pending[1]
            first = text[paragraph.start : paragraph.start + len(mark)]
            if first == mark:
                opened = (pending[0], pending[1])
            else:
                found.append(_quotation(text, pending[0], pending[2], closed=False))
            start = paragraph.start + len(mark) * (first == mark)
            pending = None
        else:
            start = paragraph.start
        passed = start
        for m in _MARK.finditer(text, start, paragraph.end):
            mark = '"' if m.group() == "＂" else m.group()
            if m.start() < passed:
                continue
            if opened is None:
                if mark in _SINGLE_END:
                    end = _single_end(text, m.start(), paragraph.end)
                    if end:
                        found.append(_quotation(text, m.start(), end, closed=True))
                        passed = end
                    continue
                if mark in _EVEN and not _opens(text, m, paragraph.start):
                    continue
                if mark in _CLOSING or mark in _EVEN:
                    opened, depth = (m.start(), mark), 0
                continue
            closing = _CLOSING.get(opened[1], opened[1])
            if mark == opened[1] and mark not in _EVEN:
                depth += 1
            elif mark == closing:
                if depth:
                    depth -= 1
                    continue
                if m.start() > opened[0] + len(opened[1]):
                    found.append(_quotation(text, opened[0], m.end(), closed=True))
                opened = None
        if opened is not None and paragraph.end > opened[0] + len(opened[1]):
            pending = (opened[0], opened[1], paragraph.end)
    if pending is not None:
        found.append(_quotation(text, pending[0], pending[2], closed=False))
    return [q for q in found if q.inner.start < q.inner.end]


def _single_end(text: str, start: int, end: int) -> int:
    """Where the single quotation that opens at ``start`` is closed (0: it is an apostrophe).

    A mark behind punctuation or another letter than "s" closes it; one behind "s" may be a possessive, and
    closes it only if no better one comes before the next opening.
    """
    if _ELIDED.match(text, start):
        return 0
    possessive = 0
    for m in _SINGLE_END[text[start]].finditer(text, start + 1, end):
        if m["end"] is None:
            break
        if text[m.start() - 1] not in "sS":
            return m.end()
        possessive = possessive or m.end()
    return possessive


#: Marks that look the same at both ends.
_EVEN = frozenset({'"', "''"})


def _opens(text: str, mark: re.Match[str], start: int) -> bool:
    """Whether a straight mark can open: nothing, a space or a bracket before it. One that stands on a word or
    a full stop with a space behind it closes, even where what it closes was never opened."""
    at = mark.start()
    if at > start and not text[at - 1].isspace() and text[mark.end() : mark.end() + 1].isspace():
        return False
    return at == start or text[at - 1].isspace() or text[at - 1] in "([{—–-:,.\"'‘“"


def _quotation(text: str, start: int, end: int, *, closed: bool) -> Quotation:
    wide = 2 if text.startswith(("''", "``"), start) else 1
    first, last = start + wide, end - wide if closed else end
    while last > first and (text[last - 1].isspace() or text[last - 1] == ","):
        last -= 1
    while first < last and text[first].isspace():
        first += 1
    inner = Span(first, last) if first < last else Span(start, start + 1)
    return Quotation(inner, Span(start, end), closed)
