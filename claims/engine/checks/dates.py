"""What the checks on dates ask of dated claims: relative words, dates moved on purpose, copied sentences."""

from __future__ import annotations

import re
from datetime import date

from claims.engine import lexicons
from claims.engine.records import PlacedClaim, When
from claims.engine.wording import align, words

#: Dates a day apart are one: the day of the act and the day of the news, or two sides of the globe.
ONE_DAY = 1
#: Share of the words that must stand in both sentences, in order, for one to be the other's copy; sentences
#: of fewer words are alike by chance.
_COPIED, _LEAST = 0.8, 8

_LISTS = lexicons.load("checking")["dates"]
_RELATIVE = re.compile(rf"\b(?:{'|'.join(_LISTS['relative'])})\b", re.IGNORECASE)
_MOVED = re.compile(rf"\b(?:{'|'.join(_LISTS['moved'])})", re.IGNORECASE)


def is_relative(when: When) -> bool:
    """Whether the words tell the day only beside the day of publication: "earlier this month", "Monday"."""
    return bool(_RELATIVE.search(when.text))


def is_moved(member: PlacedClaim) -> bool:
    """Whether the sentence says that the date is another than it was: extended, postponed."""
    return bool(_MOVED.search(member.claim.sentence.of(member.text)))


def dated(member: PlacedClaim) -> tuple[date, date] | None:
    """The first and last day a claim's date can mean, or None."""
    when = member.claim.when
    return (when.start, when.end) if when and when.start and when.end else None


def copies(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether one sentence is the other's copy, or both articles have one origin and the sentences one date
    in one wording."""
    if not a.claim.when or not b.claim.when:
        return False
    if a.claim.when.text.casefold() != b.claim.when.text.casefold():
        return False
    if a.article.origin is not None and a.article.origin == b.article.origin:
        return True
    one, other = (m.claim.sentence.of(m.text) for m in (a, b))
    return min(len(words(one)), len(words(other))) >= _LEAST and align(one, other).share >= _COPIED
