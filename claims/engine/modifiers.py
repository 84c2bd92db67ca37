"""Words around a figure that change what it means: "more than", "as many as", "or so", "including".

The words are in lexicons/modifiers.toml, each under the row of bounds (claims/engine/bounds.py) it calls.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claims.engine import lexicons
from claims.engine.lexicons import Phrases
from claims.engine.nouns import is_plural
from claims.engine.tokens import HYPHENS, Token, tokenize, touching

_MODIFIERS = lexicons.load("modifiers")


def _phrases(table: Mapping[str, Sequence[str]]) -> Phrases[str]:
    return Phrases([([t.low for t in tokenize(p)], row) for row, phrases in table.items() for p in phrases])


_BEFORE = _phrases(_MODIFIERS["before"])
_AFTER = _phrases(_MODIFIERS["after"])
_PART = _phrases(_MODIFIERS["part"])


def modifier_before(lows: Sequence[str], first: int) -> tuple[int, str] | None:
    """The modifier that ends before token ``first``: (index of its first token, row of bounds), or None.

    Of several in a row the outer one decides ("up to about 30"), unless it adds nothing ("just over 30").
    """
    found = _BEFORE.before(lows, first)
    if not found:
        return None
    start, row = found
    outer = _BEFORE.before(lows, start)
    if outer and lows[start] not in ("over", "above", "under", "below"):
        start, outer_row = outer
        row = outer_row if outer_row != "exactly" else row
        third = _BEFORE.before(lows, start)
        if third and third[1] == "exactly":
            start = third[0]
    return start, row


def modifier_after(tokens: Sequence[Token], lows: Sequence[str], k: int) -> tuple[int, str] | None:
    """The modifier that begins at token ``k``, behind a figure: (index after it, row of bounds), or None."""
    if k >= len(lows):
        return None
    found = _AFTER.at(lows, k)
    return found if found and _belongs(tokens, lows, k, found[0]) else None


def _belongs(tokens: Sequence[Token], lows: Sequence[str], start: int, end: int) -> bool:
    """Whether words behind a figure are about it: "10+", "or more", but not the "maximum" of what follows."""
    word = lows[start]
    over = end >= len(tokens)
    if word == "+":
        return touching(tokens, start) and not (
            not over and tokens[end].kind == "figure" and touching(tokens, end)
        )
    if word in ("plus", "odd") or word in HYPHENS:
        return touching(tokens, start) or (not over and tokens[end].kind == "word" and is_plural(lows[end]))
    if word in ("maximum", "minimum", "max", "tops", "approximately", "approx", "roughly", "upwards", "ish"):
        return over or tokens[end].kind == "sign"
    return True


def part_before(lows: Sequence[str], first: int) -> str | None:
    """The words before token ``first`` that make a figure a part of the one before ("including"), or None."""
    found = _PART.before(lows, first)
    return " ".join(lows[found[0] : first]) if found else None
