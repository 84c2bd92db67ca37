"""Paragraphs and sentences of a body, as spans.

A paragraph ends at an empty line, or at a line end after closing punctuation or a short line (a headline);
other line ends are wrapped text. A sentence ends at . ! ? followed by a space and something that can begin
one, unless the word before is a known abbreviation or an initial. A sentence longer than :data:`LONGEST` is
cut at a space, so that nothing later is slow on text without full stops.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claims.engine import lexicons
from claims.engine.records import Span

_LISTS = lexicons.grammar("sentences")

LONGEST = 1500  # characters; prose sentences are shorter, lists without punctuation are not
SHORT_LINE = 60  # characters; wrapped text is wider
NARROW_LINE = 16  # characters; a column of text is at least as wide, and goes on in lower case

_LINE = re.compile(r"[^\n\r\u2028\u2029]+")
_UNSEEN = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff"  # marks without a width
_END = re.compile(rf"[.!?…]+(?:[\"'”’»)\]{_UNSEEN}]|\[\d{{1,3}}\])*(?=\s)")
_CLOSED = (".", "!", "?", '"', "”", ":", ";", "’", ")", "…")
_OPENER = re.compile(rf"[{_UNSEEN}\"'`＂“‘«(\[]*[A-Z0-9À-ÞА-Я$€£¥\-–—•]|[\"“‘«＂]|''|``")
_ABBREVIATIONS = _LISTS["abbreviations"]
#: Abbreviations after which a capital does begin a sentence as often as not.
_MAY_END = _LISTS["may_end"]
_STARTERS = _LISTS["starters"]
_WORD_BEFORE = re.compile(r"[^\W_][\w.’']*$")


def paragraphs(text: str, within: Span | None = None) -> list[Span]:
    """The paragraphs of ``text`` (or of a part of it), in order, without the white space around them."""
    found: list[Span] = []
    start = end = -1
    last = -1  # end of the line before, with white space
    for line in _LINE.finditer(text, *((within.start, within.end) if within else ())):
        stripped = line.group().strip()
        if not stripped:
            continue
        first = line.start() + len(line.group()) - len(line.group().lstrip())
        if start >= 0:
            gap = text[end : line.start()]
            breaks = gap.count("\n") or gap.count("\r") or 1
            tail = text[max(start, end - 1) : end]
            narrow = end - last < SHORT_LINE and not (stripped[0].islower() and end - last >= NARROW_LINE)
            if breaks > 1 or tail.endswith(_CLOSED) or narrow or stripped[0] in "•*-–—":
                found.append(Span(start, end))
                start = first
        else:
            start = first
        last, end = first, first + len(stripped)
    if start >= 0:
        found.append(Span(start, end))
    return found


def sentences(text: str, within: Span) -> Iterator[Span]:
    """The sentences of the paragraph ``within``, in order."""
    start = within.start
    for m in _END.finditer(text, within.start, within.end):
        after = m.end()
        while after < within.end and text[after].isspace():
            after += 1
        if after >= within.end:
            break
        if _ends(text, m, start, after):
            yield from _cut(text, start, m.end())
            start = after
    if start < within.end:
        yield from _cut(text, start, within.end)


def _ends(text: str, m: re.Match[str], start: int, after: int) -> bool:
    if not _OPENER.match(text, after):
        return False
    if m.group()[0] != ".":
        return True
    if len(m.group().rstrip("\"'”’»)]")) > 1 and text[after].islower():
        return False
    before = _WORD_BEFORE.search(text, max(start, m.start() - 20), m.start())
    if not before or len(m.group()) > 1:
        return True
    word = before.group().lower()
    if word in _MAY_END:
        following = re.match(r"[^\W\d_]+", text[after : after + 12])
        return bool(following and following.group().lower() in _STARTERS) or text[after] in '"“‘'
    if word in _ABBREVIATIONS:
        return False
    initial = len(word) == 1 and before.group().isupper() and before.group() != "I"
    return not initial


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST:
        at = text.rfind(" ", start + LONGEST // 2, start + LONGEST)
        at = at if at > 0 else start + LONGEST
        yield Span(start, at)
        start = at
        while start < end and text[start].isspace():
            start += 1
    if start < end:
        yield Span(start, end)
