"""Which words of one text are not in another: two texts in, the stretches that differ out.

Words are aligned by difflib. What is the same in another dress ("bn" and "billion", "ten" and "10") is no
difference, and neither is one of articles and prepositions alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A number with its separators, a word with what is joined to it, a sign of currency or percent.
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\bper\s+cent\b|[^\W\d_]+(?:['’][^\W\d_]+)*|[$€£¥%]", re.IGNORECASE)
_SAME = {
    "bn": "billion", "b": "billion", "m": "million", "mn": "million", "tn": "trillion",
    "%": "percent", "kg": "kilogram", "km": "kilometre", "kilometer": "kilometre", "kt": "kiloton",
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12", "dozen": "12", "twenty": "20", "thirty": "30",
    "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
}  # fmt: skip
#: Words that carry no meaning of their own here; "no" and "not" are not among them.
_EMPTY = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "and",
        "to",
        "in",
        "on",
        "at",
        "by",
        "for",
        "with",
        "its",
        "his",
        "her",
        "their",
        "that",
        "which",
        "is",
        "are",
        "was",
        "were",
    ]
)
_SCALES = frozenset(["thousand", "million", "billion", "trillion", "percent"])
#: Two texts that have fewer words in common than this are told apart by more than wording.
ALIKE_FROM = 0.55
#: Longer texts are not aligned: it takes the square of their length. The longest real sentence has 200 words.
LONGEST = 400


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, where it stands, and what it counts as."""

    text: str
    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A stretch of one text (``here``, at ``start`` to ``end``) against what the other has in its place.

    ``here`` is "" where the text lacks something; ``start`` and ``end`` then are the place where it would be.
    ``sort`` is "number", "qualifier", "unit" or "words".
    """

    here: str
    there: str
    start: int
    end: int
    sort: str


def words(text: str) -> list[Word]:
    """The words of a text, in order."""
    return [Word(m.group(), m.start(), m.end(), _key(m.group())) for m in _WORD.finditer(text)]


def alike(a: str, b: str) -> bool:
    """Whether two texts are one text in two wordings, so that all their words can be held side by side."""
    first, second = [w.key for w in words(a)], [w.key for w in words(b)]
    if not first or not second or max(len(first), len(second)) > LONGEST:
        return False
    return _matcher(first, second).ratio() >= ALIKE_FROM


def differences(
    here: str, there: str, qualifiers: Iterable[str] = (), units: Iterable[str] = ()
) -> list[Difference]:
    """Where ``here`` says something else than ``there``, from the first word on.

    ``qualifiers`` are words such as "as many as", known to bound the number; ``units`` what it counts. Texts
    of more than :data:`LONGEST` words are not aligned: there is no difference to show.
    """
    own, other = words(here), words(there)
    if max(len(own), len(other), 1) > LONGEST:
        return []
    bounding = {w.key for phrase in qualifiers for w in words(phrase)} - _EMPTY
    measures = {w.key for unit in units for w in words(unit)}
    found = []
    matcher = _matcher([w.key for w in own], [w.key for w in other])
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal" or _says_nothing([*own[a:b], *other[c:d]]):
            continue
        start, end = (own[a].start, own[b - 1].end) if b > a else _gap(own, a)
        found.append(
            Difference(
                here[start:end] if b > a else "",
                there[other[c].start : other[d - 1].end] if d > c else "",
                start,
                end,
                _sort([*own[a:b], *other[c:d]], bounding, measures),
            )
        )
    return found


def holds(text: str, phrase: str) -> bool:
    """Whether a text has the words of a phrase, one after the other."""
    wanted, had = [w.key for w in words(phrase)], [w.key for w in words(text)]
    return any(had[i : i + len(wanted)] == wanted for i in range(len(had) - len(wanted) + 1))


def _matcher(a: Sequence[str], b: Sequence[str]) -> SequenceMatcher[str]:
    return SequenceMatcher(None, a, b, autojunk=False)


def _key(word: str) -> str:
    low = word.casefold().replace("’", "'")
    if low[0].isdigit():
        # "1,500" and "1500" are one number; "1.5" stays what it is.
        return re.sub(r",(?=\d{3}(?:\D|$))", "", low)
    low = "percent" if low.startswith("per") and low.endswith("cent") else low.removesuffix("'s")
    singular = low[:-1] if len(low) > 3 and low.endswith("s") and not low.endswith("ss") else low
    return _SAME.get(low) or _SAME.get(singular) or singular


def _gap(own: Sequence[Word], at: int) -> tuple[int, int]:
    """The place before the word at an index; after the last word where there is none."""
    if not own:
        return 0, 0
    return (own[at].start, own[at].start) if at < len(own) else (own[-1].end, own[-1].end)


def _says_nothing(differing: Iterable[Word]) -> bool:
    return all(word.key in _EMPTY for word in differing)


def _sort(differing: Sequence[Word], bounding: set[str], measures: set[str]) -> str:
    if any(word.key in bounding for word in differing):
        return "qualifier"
    if any(word.key[0].isdigit() or word.key in _SCALES or word.key in "$€£¥" for word in differing):
        return "number"
    return "unit" if any(word.key in measures for word in differing) else "words"
