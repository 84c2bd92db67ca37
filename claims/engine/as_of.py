"""The time a figure holds for, told in the sentence beside it: "As of 1 September, Russia had 1,549 warheads.
The United States had 1,420." and "It holds 480 warheads. That was the figure in May."
"""

from __future__ import annotations

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.framing import Frame
from claims.engine.records import Status, When

_LISTS = lexicons.grammar("as_of")
#: How many words of a sentence are looked at for what it points back to.
_OPENING = 4


def time_beside(article: Article, sentence: Sentence, f: Frame) -> When | None:
    """The time of a figure that has none of its own; only a state has one, not an act."""
    if f.status is not Status.DONE or f.action not in (None, "possess"):
        return None
    if f.predicate is not None and f.predicate.base not in _LISTS["states"]:
        return None
    at = sentence.at
    if at and article.sentences[at - 1].paragraph == sentence.paragraph:
        found = _as_of(article.sentences[at - 1])
        if found is not None:
            return found
    if at + 1 < len(article.sentences) and article.sentences[at + 1].paragraph == sentence.paragraph:
        return _pointing_back(article.sentences[at + 1])
    return None


def _as_of(sentence: Sentence) -> When | None:
    """The time behind "as of" or "as at"."""
    for time in sentence.times:
        if sentence.low(time.first - 2) == "as" and sentence.low(time.first - 1) in ("of", "at"):
            return sentence.when(time)
    return None


def _pointing_back(sentence: Sentence) -> When | None:
    """The time in "That was the figure in May", "The figures are from 2023"."""
    if sentence.readings or not sentence.times:
        return None
    opening = sentence.lows[:_OPENING]
    points = opening[0] in _LISTS["pointing"] and bool(_LISTS["be"] & set(opening[1:3]))
    named = opening[0] in ("the", "these", "those") and bool(_LISTS["figures"] & set(opening[1:3]))
    told = not _LISTS["figures"].isdisjoint(sentence.lows)
    return sentence.when(sentence.times[0]) if named or (points and told) else None
