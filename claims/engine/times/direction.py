"""Whether the clause around a time speaks of what is to come or of what has been."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claims.engine import lexicons
from claims.engine.times.lexicon import DIRECTION, FUTURE, NOT_PAST, PAST, STOPS
from claims.engine.tokens import Token

#: How many words left and right of a time are asked: within the clause, and bounded.
LEFT, RIGHT = 18, 12
_IRREGULAR = frozenset(forms[0] for forms in lexicons.load("words")["irregular_verbs"].values()) - NOT_PAST

#: The words, besides those in -ed, that can tell a direction.
_TELLING = FUTURE | PAST | DIRECTION["before_to"] | _IRREGULAR


def direction(tokens: Sequence[Token], first: int, last: int, left: int = LEFT) -> str:
    """ "future", "past" or "" for a time in tokens ``first``..``last`` (exclusive).

    The nearest verb before it in the clause tells, or else the nearest after it.
    """
    before = tokens[first - 1].low if first else ""
    if before == "since":
        return "past"
    if before == "as" and first > 1 and tokens[first - 2].low in DIRECTION["as_soon"]:
        return "future"
    leftwards = range(first - 1, max(first - 1 - left, -1), -1)
    rightwards = range(last, min(last + RIGHT, len(tokens)))
    return _nearest_tense(tokens, leftwards) or _nearest_tense(tokens, rightwards)


def _nearest_tense(tokens: Sequence[Token], places: Iterable[int]) -> str:
    """What the first telling word of ``places`` says, "" for none before the clause stops."""
    for k in places:
        t = tokens[k]
        if t.key in STOPS:
            break
        if (t.low in _TELLING or t.low.endswith("ed")) and (found := _tense(tokens, k)):
            return found
    return ""


def _tense(tokens: Sequence[Token], k: int) -> str:
    t = tokens[k]
    if t.kind != "word":
        return ""
    low = t.low
    before = tokens[k - 1].low if k else ""
    after = tokens[k + 1].low if k + 1 < len(tokens) else ""
    if low in FUTURE:
        if (low == "due" and before not in DIRECTION["be"]) or (
            low in DIRECTION["plan_nouns"] and after == "for"
        ):
            return ""
        return "past" if before in DIRECTION["between"] and _was_over(tokens, k) else "future"
    if low in PAST:
        return "past"
    if low in DIRECTION["before_to"] and after == "to":
        return "past" if before in DIRECTION["between"] and _was_over(tokens, k) else "future"
    if low in _IRREGULAR or (low.endswith("ed") and not t.capital and low not in NOT_PAST and len(low) > 3):
        if before == "be" and k > 1 and tokens[k - 2].low == "to":
            return "future"  # "guidelines to be published"
        return "" if before in DIRECTION["timeless"] else "past"
    return ""


def _was_over(tokens: Sequence[Token], k: int) -> bool:
    """Whether "had" stands before the plan at ``k``: "had previously been scheduled"."""
    j = k - 1
    while j > max(k - 4, 0) and tokens[j].low in DIRECTION["between"]:
        j -= 1
    return tokens[j].low in DIRECTION["plan_over"]
