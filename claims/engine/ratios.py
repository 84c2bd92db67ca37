"""Ratios and shares in words: "three times as many", "doubled", "half of", "one in five"."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal

from claims.engine import lexicons
from claims.engine.numbers import Numeral
from claims.engine.parts import read_one_in
from claims.engine.readings import Draft, Reading, Words
from claims.engine.tokens import hyphenated
from claims.engine.units import read_per

_LISTS = lexicons.grammar("quantities")
FACTORS: dict[str, Decimal] = {
    word: Decimal(factor) for word, factor in lexicons.load("words")["factors"].items()
}


def read_times(s: Words, d: Draft, k: int) -> Reading:
    """ "three times as many" is a ratio; "three times" is how often."""
    after = s.low(k + 1)
    d.unit, d.end, d.kind = "times", k + 1, "frequency"
    if after in _LISTS["compared"]:
        d.kind = "ratio"
        if after == "as":
            d.end = min(k + 3, len(s.tokens))
        elif after not in ("the", "its", "that", "what"):
            d.end = k + 2
    else:
        rate = read_per(s.tokens, d.end)
        if rate:
            d.per, d.end = rate
            d.unit = f"times per {d.per}"
    return d.done(s)


def read_factor(s: Words, i: int) -> Reading | None:
    """ "doubled", "more than tripled", "twice as many"; not "scored twice", "a double agent"."""
    word, after = s.lows[i], s.low(i + 1)
    if hyphenated(s.tokens, i + 1):
        return None  # "double-digit"
    d = Draft(i, i + 1, (i, i + 1), FACTORS[word], Decimal(1), "ratio", "times")
    if word in ("twice", "thrice"):
        if after not in ("as", "the", "its", "that", "what"):
            return None
        if after == "as":
            compared = s.tokens[i + 2] if i + 2 < len(s.tokens) else None
            if compared is None or compared.kind != "word" or compared.capital or compared.low in _NO_DEGREES:
                return None  # "scored twice as the visitors won"
            d.end = min(i + 3, len(s.tokens))
    elif word in ("double", "triple", "quadruple", "doubles"):
        owned = after in ("the", "its", "their", "that", "what")
        d.look_before(s)
        if not owned and s.low(d.first - 1) not in ("to", "will", "would", "could", "may", "might", "than"):
            return None
    d.look_before(s)
    return d.done(s)


_NO_DEGREES = lexicons.words("determiners") | lexicons.words("pronouns") | lexicons.words("prepositions")


def read_part(s: Words, n: Numeral) -> Reading | None:
    """ "half of", "two-thirds", "one in five", "nine out of 10" as percent, to the nearest whole percent."""
    if not n.share and n.style == "digits" and n.value < 1000 and n.value == int(n.value):
        out_of = read_one_in(s.tokens, n.first, int(n.value), n.last)
        if out_of is not None and s.low(n.last) != "in":
            n = out_of
    if not n.share or (s.lows[n.first] == "half" and s.low(n.last) not in _LISTS["halved"]):
        return None
    percent = n.value * 100
    whole = percent.to_integral_value(ROUND_FLOOR)
    exact = whole == percent
    d = Draft(
        n.first,
        n.last,
        (n.first, n.last),
        percent if exact else percent.quantize(Decimal("0.01")),
        Decimal(10),
    )
    d.kind, d.unit, d.family = "share", "percent", "fraction"
    d.look_before(s)
    if d.row is None:
        d.row = "fraction"
        if not exact:
            d.low, d.high = whole, whole + 1
    return d.done(s)
