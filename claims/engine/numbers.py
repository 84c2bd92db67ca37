"""Figures and number words at a place in a sentence.

"18", "1,550", "31.5", "1.234.567,8", "2.998×10−8", "2 1/4", "ten", "two hundred and five", "1.2 million", "a
dozen", "half a million", "dozens", "hundreds of thousands", "two-thirds", "one in five". Words are read in
number_words.py, parts of a whole in parts.py; units, ranges and modifiers elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from claims.engine import lexicons
from claims.engine.number_words import VAGUE, read_spelled, read_vague
from claims.engine.numerals import (
    ABBREVIATED,
    LETTERS,
    ONES,
    SCALES,
    TENS,
    Numeral,
    grain_of,
    low_of,
    read_scales,
)
from claims.engine.parts import read_mixed, read_share
from claims.engine.tokens import Token, touching

__all__ = ["ABBREVIATED", "LETTERS", "LONGEST_FIGURE", "STARTS", "Numeral", "grain_of", "read_numeral"]

_LISTS = lexicons.grammar("numbers")
_GLYPHS = {
    "½": "0.5", "¼": "0.25", "¾": "0.75", "⅓": "0.3333333333", "⅔": "0.6666666667", "⅕": "0.2", "⅖": "0.4",
    "⅗": "0.6", "⅘": "0.8", "⅙": "0.1666666667", "⅚": "0.8333333333", "⅛": "0.125", "⅜": "0.375",
    "⅝": "0.625", "⅞": "0.875", "⅑": "0.1111111111", "⅒": "0.1",
}  # fmt: skip
_SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-", strict=True))
#: Longer runs of digits are identifiers, not amounts.
LONGEST_FIGURE = 16
#: Powers of ten beyond these are no quantity of this world.
_LARGEST_POWER = 30

STARTS = frozenset({*ONES, *TENS, *VAGUE, *_GLYPHS}) | _LISTS["starts"]


def read_numeral(tokens: Sequence[Token], i: int) -> Numeral | None:
    """The number that starts at token ``i``, as long as it can be, or None."""
    t = tokens[i]
    if t.kind == "figure":
        return _figure(tokens, i)
    low = t.low
    if low not in STARTS:
        return None
    if low in _GLYPHS:
        value = Decimal(_GLYPHS[low])
        return Numeral(i, i + 1, value, value, "digits", share=True)
    return read_share(tokens, i) or read_vague(tokens, i) or read_spelled(tokens, i)


def _figure(tokens: Sequence[Token], i: int) -> Numeral | None:
    digits, k = _digits(tokens, i)
    if len(digits) > LONGEST_FIGURE:
        return None
    value, whole = Decimal(digits), "." not in digits
    grain: Decimal | None = None
    power = _power_of_ten(tokens, k)
    if power:
        k, exponent = power
        return Numeral(
            i,
            k,
            value.scaleb(exponent),
            grain_of(digits).scaleb(exponent),
            "digits",
            True,
            decimals=not whole,
        )
    glyph = _GLYPHS.get(low_of(tokens, k))
    if glyph:
        value, k, grain = value + Decimal(glyph), k + 1, Decimal(glyph)
    elif whole:
        part = _written_fraction(tokens, i, k - 1) if k == i + 1 else None
        if part is not None:
            return Numeral(i, k + 2, part, part, "digits", share=True)
        part = _written_fraction(tokens, k, k) if k < len(tokens) and len(digits) <= 4 else None
        if part is not None:
            value, k, grain = value + part, k + 3, part  # "2 1/4"
    k, scale = read_scales(tokens, k)
    if scale == 1:
        word = low_of(tokens, k)
        if word in ("hundred", "dozen", "dozens"):
            k, scale = k + 1, 100 if word == "hundred" else 12
    elif whole and scale > 1:
        mixed = read_mixed(tokens, k)
        if mixed and low_of(tokens, mixed[1]) not in SCALES:
            value, k, grain = value + mixed[0], mixed[1], Decimal("0.1")
    grain = grain_of(digits, scale) if grain is None else grain * scale
    return Numeral(i, k, value * scale, grain, "digits", scaled=scale > 1, decimals=not whole)


def _digits(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """The figure at ``i`` with its thousands taken together and a point for decimals, and the index after."""
    key = tokens[i].key
    digits, k = "".join(c for c in key if c.isdigit() or c == "."), i + 1
    after = low_of(tokens, k)
    if after == "." and touching(tokens, k) and _point_groups(key):
        joined, end = _groups_behind(tokens, k, ".")
        if end > k:
            digits, k = digits.replace(".", "") + joined, end  # "1.234.567"
            if low_of(tokens, k) == "," and _is_figure(tokens, k + 1, touching_both=k):
                return f"{digits}.{tokens[k + 1].key}", k + 2
        return digits, k
    if after == "," and key.isdigit() and len(key) <= 3 and _decimal_comma(tokens, k):
        return f"{digits}.{tokens[k + 1].key}", k + 2
    if key.isdigit() and len(key) <= 3 and not key.startswith("0") and k < len(tokens):
        return _spaced(tokens, i, digits)
    return digits, k


def _point_groups(key: str) -> bool:
    whole, _, group = key.partition(".")
    return 0 < len(whole) <= 3 and len(group) == 3


def _is_figure(tokens: Sequence[Token], k: int, touching_both: int) -> bool:
    return (
        k < len(tokens)
        and tokens[k].kind == "figure"
        and touching(tokens, touching_both)
        and touching(tokens, k)
    )


def _groups_behind(tokens: Sequence[Token], k: int, mark: str) -> tuple[str, int]:
    """The groups of three digits that ``mark`` joins from ``k`` on: (their digits, index after them)."""
    joined = ""
    while low_of(tokens, k) == mark and _is_figure(tokens, k + 1, touching_both=k) and len(joined) < 12:
        key = tokens[k + 1].key
        if len(key) != 3 or not key.isdigit():
            break
        joined, k = joined + key, k + 2
    return joined, k


def _decimal_comma(tokens: Sequence[Token], k: int) -> bool:
    """Whether the comma at ``k`` is a decimal one: "1,5 million", "0,7%", "€2,5bn"; not a list."""
    if not _is_figure(tokens, k + 1, touching_both=k):
        return False
    key, after = tokens[k + 1].key, low_of(tokens, k + 2)
    if not key.isdigit() or len(key) > 2:
        return False
    return after in SCALES or after in ABBREVIATED or after in _LISTS["after_decimals"]


def _spaced(tokens: Sequence[Token], i: int, digits: str) -> tuple[str, int]:
    """Thousands set apart by plain spaces: "1 234 567", "40 000"; not two figures side by side."""
    groups: list[str] = []
    k = i + 1
    while k < len(tokens) and tokens[k].kind == "figure" and len(groups) < 4:
        group = tokens[k].key
        if len(group.partition(".")[0]) != 3 or tokens[k].start != tokens[k - 1].end + 1 or "," in group:
            break
        groups.append(group)
        k += 1
        if "." in group:
            break
    if not groups or (i and tokens[i - 1].kind == "figure"):
        return digits, i + 1
    if len(groups) == 1 and not groups[0].startswith("0") and not _counts_on(tokens, i, k):
        return digits, i + 1
    return digits + "".join(groups), k


def _counts_on(tokens: Sequence[Token], i: int, k: int) -> bool:
    """Whether "1 500" stands where one figure does: "flew 1 500 sorties", not "Table 1 500 people"."""
    before, after = tokens[i - 1] if i else None, tokens[k] if k < len(tokens) else None
    if before is None or before.capital or before.kind != "word" or before.low in _LISTS["numbered"]:
        return False
    return after is not None and after.kind == "word" and not after.capital and not touching(tokens, k)


def _written_fraction(tokens: Sequence[Token], above: int, first: int) -> Decimal | None:
    """The value of "3/4" whose numerator is token ``above``; a date or a score ("9/11", "2/0") is none."""
    slash, below = above + 1, above + 2
    if low_of(tokens, slash) not in ("/", "⁄") or not _is_figure(tokens, below, touching_both=slash):
        return None
    top, bottom = tokens[above].key, tokens[below].key
    if not top.isdigit() or bottom not in _DENOMINATORS or not 0 < int(top) < int(bottom):
        return None
    if first == above and above and touching(tokens, above) and tokens[above - 1].kind != "sign":
        return None
    return None if low_of(tokens, below + 1) == "/" else Decimal(top) / Decimal(bottom)


_DENOMINATORS = frozenset({"2", "3", "4", "5", "6", "8", "10", "16", "32", "100"})


def _power_of_ten(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """(index after, power) of "×10−8", "x 10^6", "×10⁶" from ``k`` on."""
    if low_of(tokens, k) not in ("×", "x", "*", "·") or low_of(tokens, k + 1) != "10" or k + 2 >= len(tokens):
        return None
    k += 2
    written = ""
    while k < len(tokens) and tokens[k].key in _SUPERSCRIPTS and len(written) < 4:
        written += _SUPERSCRIPTS[tokens[k].key]
        k += 1
    if not written:
        k += tokens[k].key == "^"
        if k < len(tokens) and tokens[k].key in ("-", "−", "–", "+"):
            written = "" if tokens[k].key == "+" else "-"
            k += 1
        if k >= len(tokens) or tokens[k].kind != "figure" or not touching(tokens, k):
            return None
        written += tokens[k].key
        k += 1
    try:
        power = int(written)
    except ValueError:
        return None
    return (k, power) if abs(power) <= _LARGEST_POWER else None
