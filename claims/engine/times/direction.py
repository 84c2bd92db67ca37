"""Whether the clause around a time speaks of what is to come or of what has been."""

from __future__ import annotations

from collections.abc import Sequence

from claims.engine import lexicons
from claims.engine.times.lexicon import FUTURE, NOT_PAST, PAST, STOPS
from claims.engine.tokens import Token

#: How many words left and right of a time are asked: within the clause, and bounded.
LEFT, RIGHT = 18, 12
_IRREGULAR = frozenset(forms[0] for forms in lexicons.load("words")["irregular_verbs"].values()) - NOT_PAST


def direction(tokens: Sequence[Token], first: int, last: int, left: int = LEFT) -> str:
    """ "future", "past" or "" for a time in tokens ``first``..``last`` (exclusive).

    The nearest verb before it in the clause tells, or else the nearest after it.
    """
    if first and tokens[first - 1].low == "since":
        return "past"
    for k in range(first - 1, max(first - 1 - left, -1), -1):
        t = tokens[k]
        if t.key in STOPS:
            break
        found = _tense(tokens, k)
        if found:
            return found
    for k in range(last, min(last + RIGHT, len(tokens))):
        t = tokens[k]
        if t.key in STOPS:
            break
        found = _tense(tokens, k)
        if found:
            return found
    return ""


def _tense(tokens: Sequence[Token], k: int) -> str:
    t = tokens[k]
    if t.kind != "word":
        return ""
    low = t.low
    before = tokens[k - 1].low if k else ""
    if low in FUTURE:
        return "" if low == "due" and before not in _BE else "future"
    if low in PAST:
        return "past"
    if low in _SET_TO:
        return "future" if k + 1 < len(tokens) and tokens[k + 1].low == "to" else ""
    if low in _IRREGULAR or (low.endswith("ed") and not t.capital and low not in NOT_PAST and len(low) > 3):
        return "" if before in _TIMELESS else "past"
    return ""


#: "is set to resume".
_SET_TO = frozenset({"set"})
_BE = frozenset({"is", "are", "was", "were", "be", "been", ","})
#: "to be paid", "is heard": the participle says nothing of the past.
_TIMELESS = frozenset({"be", "is", "are", "being", "to", "the", "a"})
