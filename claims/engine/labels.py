"""Figures that count nothing: names, labels, telephone numbers, scores, addresses, list numbers.

S-400, G20, 9M729, P5+1, Article 5, Flight 370, 555-0100, 3-1, 10 Downing Street, "1." and "[3]".
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation

from claims.engine import lexicons
from claims.engine.nouns import is_model, is_plural
from claims.engine.numbers import LETTERS, STARTS, Numeral
from claims.engine.tokens import HYPHENS, Token, touching
from claims.engine.units import currency_after, currency_before, read_unit

_LISTS = lexicons.grammar("labels")
#: Nouns before a figure that make it a label; those in lower case too.
_LABELS, _LABELS_IN_LOWER_CASE = _LISTS["labels"], _LISTS["labels_in_lower_case"]
_NAMES_BEFORE, _INDEXES = _LISTS["names_before"], _LISTS["indexes"]
_STREETS = _LISTS["streets"]
_GLUED_WORDS = _LISTS["glued"]
_SCALES = frozenset({"million", "billion", "trillion", "thousand", "bn", "tn", "mn"})


def is_label(tokens: Sequence[Token], n: Numeral) -> bool:
    """Whether a number is part of a name or a label and so counts nothing."""
    return (
        _glued_before(tokens, n.first)
        or _labelled(tokens, n)
        or (tokens[n.first].kind == "figure" and (_glued_after(tokens, n) or _listed(tokens, n)))
    )


def end_of_label(tokens: Sequence[Token], n: Numeral) -> int:
    """The index after everything that touches a label ("9M729", "555-0100")."""
    k = n.last
    while k < len(tokens) and touching(tokens, k):
        if tokens[k].kind == "sign" and tokens[k].key not in HYPHENS and tokens[k].key not in "/.:":
            break
        k += 1
    return k


def _glued_before(tokens: Sequence[Token], i: int) -> bool:
    """G20, S-400, #3, 1.2.3, P5+1."""
    if not touching(tokens, i):
        return False
    before = tokens[i - 1]
    if before.kind == "word":
        return currency_before(tokens, i) is None
    if before.key in "#§@&/_=*":
        return currency_before(tokens, i) is None
    if i < 2 or not touching(tokens, i - 1):
        return False
    left = tokens[i - 2]
    if before.key in HYPHENS:
        # After a figure it is the tail of a score or telephone number: a range has been read whole before.
        return left.kind == "figure" or (
            left.kind == "word" and left.low not in ("plus", "minus", "over", "sub")
        )
    return before.key == "+" or (before.key == "." and left.kind != "sign")


def _named_model(tokens: Sequence[Token], n: Numeral) -> bool:
    """Whether a small bare number ends a name: "the Apple Watch 5 to see", "in Iron Dome 2, which"."""
    i, end = n.first, n.last
    if n.scaled or n.decimals or len(tokens[i].key) > 3 or tokens[i - 1].low in _NOT_NAMES:
        return False
    if tokens[i - 1].kind != "word":
        return False
    if any(c.isupper() for c in tokens[i - 1].key[1:]) and not tokens[i - 1].key.isupper():
        return True  # "the base iPhone 11"
    if not tokens[i - 1].capital:
        return False
    if not (tokens[i - 2].capital or tokens[i - 2].low in ("the", "a", "an")) or tokens[i - 2].kind != "word":
        return False
    return (
        end >= len(tokens)
        or tokens[end].low in _CLOSED
        or (tokens[end].key in ",.;:)?!" and (end + 1 >= len(tokens) or not touching(tokens, end + 1)))
    )


#: Numbers that are called for help.
_EMERGENCY = frozenset({911, 999, 112})
_CLOSED = (
    lexicons.words("prepositions")
    | lexicons.words("conjunctions")
    | frozenset({"is", "was", "are", "will", "has"})
) - {"of", "per", "out"}
_NOT_NAMES = lexicons.words("months") | lexicons.words("weekdays") | lexicons.words("prepositions")


def _glued_after(tokens: Sequence[Token], n: Numeral) -> bool:
    """9M729, 9/11, 3:1, 3-1, 555-0100, "the 10's"."""
    end = n.last
    if end >= len(tokens) or not touching(tokens, end):
        return False
    after = tokens[end]
    following = tokens[end + 1] if end + 1 < len(tokens) else None
    figure_follows = following is not None and following.kind == "figure" and touching(tokens, end + 1)
    if after.low == "'s":
        return not n.scaled
    if after.kind == "word":
        if figure_follows and not read_unit(tokens, end, True):
            return True
        return not _unit_like(tokens, end)
    if after.key in ":." and figure_follows:
        return True
    if after.key == "/" and following is not None and following.kind == "figure":
        return True
    return after.key in HYPHENS and figure_follows and _no_range(tokens, n.first, end)


def _unit_like(tokens: Sequence[Token], k: int) -> bool:
    t = tokens[k]
    return (
        t.low in LETTERS
        or t.low in ("st", "nd", "rd", "th", "p", "x")
        or t.key in _GLUED_WORDS
        or read_unit(tokens, k, True) is not None
        or currency_after(tokens, k) is not None
    )


def _no_range(tokens: Sequence[Token], i: int, dash: int) -> bool:
    """Whether figures joined by a hyphen are no range: more than two of them, falling, or with a leading
    zero.
    """
    if (
        dash + 3 < len(tokens)
        and tokens[dash + 2].key in HYPHENS
        and tokens[dash + 3].kind == "figure"
        and touching(tokens, dash + 2)
        and touching(tokens, dash + 3)
    ):
        return True
    first, second = tokens[i].key.replace(",", ""), tokens[dash + 1].key.replace(",", "")
    if second.startswith("0") and len(second) > 1 and "." not in second:
        return True
    try:
        falls = Decimal(first) >= Decimal(second)
    except InvalidOperation:
        return True
    return falls and not (dash + 2 < len(tokens) and tokens[dash + 2].low in _SCALES)


def _listed(tokens: Sequence[Token], n: Numeral) -> bool:
    """ "1. " or "2) " that opens a sentence, "[3]", "+1 202 555 0100"."""
    i, end = n.first, n.last
    before = tokens[i - 1] if i else None
    after = tokens[end] if end < len(tokens) else None
    if before is None:
        if after is not None and after.capital and after.kind == "word" and len(tokens[0].key) <= 2:
            return not touching(tokens, end) and not n.scaled  # a line of a list: "3 Marco Rubio"
        return (
            after is not None
            and after.key in (".", ")")
            and touching(tokens, 1)
            and len(tokens) > 2
            and not touching(tokens, 2)
            and len(tokens[0].key) <= 3
        )
    if before.key == "[" and after is not None and after.key == "]":
        return True
    if before.key == "(" and after is not None and after.key == ")" and i >= 2 and not n.scaled:
        return tokens[i - 2].capital and len(tokens[i].key) <= 3  # "striker Jane Doe (9)"
    if before.kind == "figure" and ((i >= 2 and tokens[i - 2].kind == "figure") or is_model(tokens, i)):
        return True
    if after is not None and after.kind == "figure" and not n.scaled:
        return before.kind == "figure" or (before.key == "+" and len(tokens[i].key) <= 3)
    return False


def _labelled(tokens: Sequence[Token], n: Numeral) -> bool:
    """Article 5, Flight 370, FTSE 100, 10 Downing Street."""
    i, end = n.first, n.last
    digits = tokens[i].kind == "figure"
    before = tokens[i - 1] if i else None
    if before is not None and before.key == "." and i >= 2 and touching(tokens, i - 1):
        return digits and tokens[i - 2].low in ("no", "nos", "art", "sec", "fig", "vol")
    if before is not None and before.kind == "word" and not touching(tokens, i):
        if before.low in _LABELS and (before.capital or before.low in _LABELS_IN_LOWER_CASE):
            opens = i == 1 and before.low in ("part", "order", "no")  # "No 10 people", "Part 3" are rare
            if (digits or (before.capital and before.low not in ("no", "number"))) and not opens:
                return True
        if digits and before.low in STARTS and is_model(tokens, i):
            return True
        if digits and before.low in _INDEXES and n.value >= 30:
            return True
        if digits and i >= 2 and before.capital and before.low in _NAMES_BEFORE:
            return True
        if digits and i >= 2 and _named_model(tokens, n):
            return True
    if digits and n.value in _EMERGENCY:
        return (before is not None and before.low in _LISTS["emergency"]) or (
            end < len(tokens) and tokens[end].low in _LISTS["emergency"]
        )
    if not digits or n.scaled or end >= len(tokens):
        return False
    if tokens[end].low == "zip" or (n.value <= 3 and tokens[end].low in _LISTS["books"]):
        return True
    if tokens[end].low in ("p", "i") and touching(tokens, end) and str(n.value) in _LISTS["resolutions"]:
        return True  # "1080p video"
    if end + 1 < len(tokens) and tokens[end].key in HYPHENS and tokens[end + 1].kind == "figure":
        end += 2  # "16-18 Industrial Avenue"
    if end >= len(tokens) or not tokens[end].capital:
        return False
    if before is not None and before.low in ("own", "the", "'s", "new") and not is_plural(tokens[end].low):
        return len(tokens[i].key) == 3 and not tokens[end].key.isupper()  # "its own 787 Dreamliner"
    for k in range(end + 1, min(end + 4, len(tokens))):
        if not (tokens[k].kind == "word" and tokens[k].capital):
            return False
        if tokens[k].low in _STREETS:
            return True
    return False
