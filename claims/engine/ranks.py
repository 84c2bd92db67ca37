"""Ranks: "first major defence procurement initiative", "second-largest arsenal", "sixth nuclear test".

Not "for the first time", "at first", "the first half", "third-country", "a third", dates, or "was first
reported".
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from claims.engine import lexicons
from claims.engine.nouns import NounPhrase, singular
from claims.engine.tokens import HYPHENS, Token, hyphenated, touching
from claims.engine.verbs import is_verb_form

_LISTS = lexicons.grammar("ranks")
ORDINALS = {word: i + 1 for i, word in enumerate(lexicons.load("words")["ordinals"])}
_NOT_RANKED, _OWNERS, _VERBS = _LISTS["not_ranked"], _LISTS["owners"], _LISTS["verbs"]
_ENDS = (
    lexicons.words("prepositions")
    | lexicons.words("determiners")
    | lexicons.words("conjunctions")
    | lexicons.words("pronouns")
    | lexicons.words("time_words")
    | frozenset(lexicons.load("hedges")["auxiliaries"])
    | _VERBS
    | {"'s"}
)
_SUFFIXES = ("st", "nd", "rd", "th")


def is_ordinal(tokens: Sequence[Token], i: int) -> bool:
    """Whether an ordinal stands at token ``i``: "first", "21st"."""
    t = tokens[i]
    if t.kind == "figure":
        return i + 1 < len(tokens) and tokens[i + 1].low in _SUFFIXES and touching(tokens, i + 1)
    return t.low in ORDINALS


def read_rank(tokens: Sequence[Token], i: int) -> tuple[Decimal, int, NounPhrase] | None:
    """The rank told by the ordinal at token ``i``: (its place, index after the ordinal, what is ranked), or
    None.
    """
    if tokens[i].kind == "figure":
        if len(tokens[i].key) > 4 or not tokens[i].key.isdigit():
            return None
        place, end = Decimal(tokens[i].key), i + 2
    else:
        place, end = Decimal(ORDINALS[tokens[i].low]), i + 1
    if end >= len(tokens) or (tokens[i].capital and i > 0) or not _owned(tokens, i, place):
        return None
    k = end
    if tokens[end].key in HYPHENS:
        if not hyphenated(tokens, end) or not tokens[end + 1].low.endswith("est"):
            return None
        k = end + 2  # "third-largest"
    if k >= len(tokens) or tokens[k].kind != "word" or (tokens[k].low in _NOT_RANKED and k == end):
        return None
    if singular(tokens[k].low) in _LISTS["spoken"] and k + 1 < len(tokens) and tokens[k + 1].low == "of":
        return None  # "the first secretary of the embassy"
    if tokens[i].kind == "figure" and k == end and tokens[k].capital and _ends_a_name(tokens, k):
        return None  # "the 82nd Airborne"
    head = _head(tokens, k)
    if head is None or (k == end and head == k and singular(tokens[head].low) in _LISTS["spoken"]):
        return None
    return place, end, NounPhrase(k, head + 1, head, singular(tokens[head].low))


def _ends_a_name(tokens: Sequence[Token], k: int) -> bool:
    """Whether a capital behind "82nd" ends a name: no noun in small letters follows."""
    return k + 1 >= len(tokens) or tokens[k + 1].kind != "word" or tokens[k + 1].low in _ENDS


def _owned(tokens: Sequence[Token], i: int, place: Decimal) -> bool:
    """Whether an article or owner stands before: "the first", "its sixth", "the states' first"."""
    if i == 0:
        return False
    before = tokens[i - 1]
    if before.key in HYPHENS and touching(tokens, i):
        return False
    if before.low == "a" and place == 3:
        return False  # a third
    if before.key in "’'" and i >= 2:
        return touching(tokens, i - 1) and tokens[i - 2].low.endswith("s")
    return before.low in _OWNERS


def _head(tokens: Sequence[Token], k: int) -> int | None:
    """The last noun of the phrase from token ``k`` on."""
    head = None
    j = k
    while j < min(len(tokens), k + 8):
        low = tokens[j].low
        if tokens[j].kind != "word":
            if not hyphenated(tokens, j):
                break
        elif (
            low in _ENDS
            or (low.endswith("ed") and low not in ("nuclear-armed", "guided"))
            or (head is not None and (low.endswith("ly") or is_verb_form(low)))
        ):
            break
        else:
            head = j
        j += 1
    return head
