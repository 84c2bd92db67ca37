"""What changed from one revision of a text to another: paragraphs aligned, words marked, values that moved.

The words are compared with the standard library's difflib (Ratcliff and Obershelp's matching blocks).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from itertools import zip_longest

from claims.models import Claim, Revision

from . import highlight

_WORDS = re.compile(r"\s+|\w+(?:[.,'’]\w+)*|[^\w\s]")
#: Two paragraphs with less in common are another paragraph in the place of one.
_SAME = 0.3
#: Words of one paragraph up to which they are compared one by one: matching takes the square of it.
_WORDS_COMPARED = 4_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; ``sort`` is "same", "added" or "removed"."""

    sort: str
    text: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A claim whose value is another in the later revision; None where it is no longer, or newly, there."""

    before: Claim | None
    after: Claim | None


@dataclass(slots=True)
class Part:
    """A paragraph as it was and is. ``sort``: "same", "changed", "added" or "removed"."""

    sort: str
    pieces: list[Piece]
    moved: list[Moved] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Run:
    """Paragraphs in a row, either all the same or each one another."""

    same: bool
    parts: list[Part]


def compare(
    old: Revision, new: Revision, claims_old: Sequence[Claim], claims_new: Sequence[Claim]
) -> tuple[Part, list[Run]]:
    """The headline, and the paragraphs in runs, from the ``old`` revision to the ``new``."""
    headline = _part(old.title, new.title)
    headline.moved = _moved([c for c in claims_old if c.headline], [c for c in claims_new if c.headline])
    a, b = _paragraphs(old.body), _paragraphs(new.body)
    in_a, in_b = _by_paragraph(a, claims_old), _by_paragraph(b, claims_new)
    parts: list[Part] = []
    matcher = SequenceMatcher(None, [text for _, text in a], [text for _, text in b], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            parts += [Part("same", [Piece("same", text)]) for _, text in a[i1:i2]]
            continue
        for i, j in _aligned([text for _, text in a[i1:i2]], [text for _, text in b[j1:j2]]):
            part = _part(a[i1 + i][1] if i is not None else "", b[j1 + j][1] if j is not None else "")
            before = in_a[i1 + i] if i is not None else []
            after = in_b[j1 + j] if j is not None else []
            part.moved = _moved(before, after)
            parts.append(part)
    return headline, _runs(parts)


def _paragraphs(body: str) -> list[tuple[int, str]]:
    return [(start, body[start:].partition("\n")[0]) for start in highlight.starts(body)]


def _by_paragraph(paragraphs: Sequence[tuple[int, str]], claims: Sequence[Claim]) -> dict[int, list[Claim]]:
    starts = [start for start, _ in paragraphs]
    found: dict[int, list[Claim]] = defaultdict(list)
    for claim in claims:
        if not claim.headline:
            found[max(0, bisect_right(starts, claim.start) - 1)].append(claim)
    return found


def _aligned(a: Sequence[str], b: Sequence[str]) -> list[tuple[int | None, int | None]]:
    """Which paragraph became which, in order; those with too little in common stand alone."""
    pairs: list[tuple[int | None, int | None]] = []
    j = 0
    for i, text in enumerate(a):
        best = max((k for k in range(j, len(b))), key=lambda k: _alike(text, b[k]), default=None)
        if best is None or _alike(text, b[best]) < _SAME:
            pairs.append((i, None))
            continue
        pairs += [(None, k) for k in range(j, best)]
        pairs.append((i, best))
        j = best + 1
    return pairs + [(None, k) for k in range(j, len(b))]


def _alike(a: str, b: str) -> float:
    """How much of the words of two paragraphs is the same, in whatever order: quick, for aligning."""
    return SequenceMatcher(None, _WORDS.findall(a), _WORDS.findall(b), autojunk=False).quick_ratio()


def _part(old: str, new: str) -> Part:
    if old == new:
        return Part("same", [Piece("same", new)] if new else [])
    if not old or not new:
        return Part("added" if new else "removed", [Piece("added" if new else "removed", old or new)])
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(a), len(b)) > _WORDS_COMPARED:
        return Part("changed", [Piece("removed", old), Piece("added", new)])
    pieces: list[Piece] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(a[i1:i2])))
            continue
        if i2 > i1:
            pieces.append(Piece("removed", "".join(a[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("added", "".join(b[j1:j2])))
    return Part("changed", pieces)


def _moved(before: Sequence[Claim], after: Sequence[Claim]) -> list[Moved]:
    """Claims of one paragraph on one thing whose values differ, paired in the order of the text."""
    found: list[Moved] = []
    things: dict[tuple[str, str], tuple[list[Claim], list[Claim]]] = {}
    for side, claims in enumerate((before, after)):
        for claim in claims:
            if claim.value is not None:
                things.setdefault((claim.kind, claim.noun or claim.unit), ([], []))[side].append(claim)
    for was, now in things.values():
        kept = [_told(c) for c in now]
        gone = [c for c in was if _told(c) not in kept]
        stood = [_told(c) for c in was]
        new = [c for c in now if _told(c) not in stood]
        found += [Moved(a, b) for a, b in zip_longest(gone, new)]
    return found


def _told(claim: Claim) -> tuple[object, ...]:
    return claim.value, claim.unit, claim.modifier


def _runs(parts: Sequence[Part]) -> list[Run]:
    runs: list[Run] = []
    for part in parts:
        same = part.sort == "same"
        if not runs or runs[-1].same != same:
            runs.append(Run(same, []))
        runs[-1].parts.append(part)
    return runs
