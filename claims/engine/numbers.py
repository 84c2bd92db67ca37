"""Figures and number words at a place in a sentence.

"18", "1,550", "31.5", "ten", "two hundred and five", "1.2 million", "a dozen", "half a million", "dozens",
"hundreds of thousands", "two-thirds", "one in five". Units, ranges and modifiers are read elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.engine import lexicons
from claims.engine.tokens import HYPHENS, Token, hyphenated, touching

_LISTS = lexicons.grammar("numbers")

_ONES = {word: i for i, word in enumerate(lexicons.load("words")["units"])}
_TENS = {word: 10 * (i + 2) for i, word in enumerate(lexicons.load("words")["tens"])}
_TENS["fourty"] = 40
_SCALES = {
    "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12, "lakh": 10**5, "lakhs": 10**5,
    "crore": 10**7, "crores": 10**7, "millions": 10**6, "billions": 10**9, "trillions": 10**12,
    "milliard": 10**9, "quadrillion": 10**15,
}  # fmt: skip
#: Abbreviated scales; those of one letter only where money or a counted noun says so.
ABBREVIATED = {
    "mn": 10**6,
    "mln": 10**6,
    "mil": 10**6,
    "bn": 10**9,
    "bln": 10**9,
    "tn": 10**12,
    "trn": 10**12,
}
LETTERS = {"k": 10**3, "m": 10**6, "b": 10**9, "t": 10**12}
_VAGUE = {
    # The least and the most that the plural of a scale word is taken to mean.
    "dozens": (24, 99), "scores": (40, 99), "tens": (20, 99), "hundreds": (200, 999),
    "thousands": (2000, 9999),
    "millions": (2 * 10**6, 10**9 - 1), "billions": (2 * 10**9, 10**12 - 1),
    "trillions": (2 * 10**12, 10**15 - 1),
}  # fmt: skip
_PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "eighth": 8, "eighths": 8, "ninth": 9,
    "tenth": 10, "tenths": 10, "twentieth": 20, "hundredth": 100,
}  # fmt: skip
_GLYPHS = {
    "½": "0.5",
    "¼": "0.25",
    "¾": "0.75",
    "⅓": "0.3333333333",
    "⅔": "0.6666666667",
    "⅕": "0.2",
    "⅛": "0.125",
}
#: Longer runs of digits are identifiers, not amounts.
LONGEST_FIGURE = 18

STARTS = frozenset({*_ONES, *_TENS, *_VAGUE, *_GLYPHS}) | _LISTS["starts"]
_NOT_A_WHOLE = _LISTS["not_a_whole"]
_HALVED = _LISTS["halved"]


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in tokens ``first``..``last`` (exclusive).

    ``grain`` is the size of its last digit as written; ``low``/``high`` are set where the words alone leave
    it open ("dozens"); ``share`` marks a part of a whole ("two-thirds"); ``style`` is digits, words or
    vague; ``decimals`` says that it was written with a decimal point.
    """

    first: int
    last: int
    value: Decimal
    grain: Decimal
    style: str
    scaled: bool = False
    low: Decimal | None = None
    high: Decimal | None = None
    share: bool = False
    decimals: bool = False


def grain_of(digits: str, scale: int | Decimal = 1) -> Decimal:
    """The size of the last digit of ``digits`` as written: 17.7 -> 0.1, 354 -> 1, 500 -> 100.

    A single 1 before zeros is read on the half-way scale (50, 100, 150): 100 -> 50. Krifka (2002, 2009).
    """
    plain = digits.replace(",", "")
    whole, _, fraction = plain.partition(".")
    if fraction:
        return Decimal(scale).scaleb(-len(fraction))
    stripped = whole.rstrip("0")
    zeros = len(whole) - len(stripped)
    if zeros == 0 or not stripped:
        return Decimal(scale)
    grain = Decimal(scale).scaleb(zeros)
    return grain / 2 if stripped.lstrip("0") == "1" else grain


def _low(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def read_numeral(tokens: Sequence[Token], i: int) -> Numeral | None:
    """The number that starts at token ``i``, as long as it can be, or None."""
    t = tokens[i]
    if t.kind == "figure":
        return _figure(tokens, i)
    if t.low not in STARTS:
        return None
    return _share_words(tokens, i) or _vague(tokens, i) or _spelled(tokens, i)


def _figure(tokens: Sequence[Token], i: int) -> Numeral | None:
    t = tokens[i]
    digits = "".join(c for c in t.key if c.isdigit() or c == ".")
    if len(digits) > LONGEST_FIGURE:
        return None
    value = Decimal(digits)
    k, scale = i + 1, 1
    glyph = _GLYPHS.get(_low(tokens, k))
    if glyph and touching(tokens, k):
        value += Decimal(glyph)
        k += 1
    if _low(tokens, k) == "/" and touching(tokens, k) and k + 1 < len(tokens) and touching(tokens, k + 1):
        denominator = tokens[k + 1].key
        if denominator in ("2", "3", "4", "5", "8") and digits.isdigit() and int(digits) < int(denominator):
            part = value / Decimal(denominator)
            return Numeral(i, k + 2, part, part, "digits", share=True)
    k, scale = _scales(tokens, k)
    if scale == 1 and _low(tokens, k) == "hundred":
        k, scale = k + 1, 100
    if scale == 1 and _low(tokens, k) == "dozen":
        k, scale = k + 1, 12
    return Numeral(
        i, k, value * scale, grain_of(digits, scale), "digits", scaled=scale > 1, decimals="." in digits
    )


def _scales(tokens: Sequence[Token], k: int) -> tuple[int, int]:
    """(index after, factor) of the scale words from ``k`` on: "million", "hundred thousand", "-billion",
    "bn".
    """
    scale = 1
    while k < len(tokens) and scale < 10**15:
        word = _low(tokens, k)
        at = k
        if word in HYPHENS and hyphenated(tokens, k):
            at, word = k + 1, _low(tokens, k + 1)
            if word not in _SCALES:
                break
        factor = _SCALES.get(word) or ABBREVIATED.get(word)
        if factor is None and word == "hundred" and _low(tokens, at + 1) in _SCALES:
            factor = 100
        if factor is None:
            break
        scale *= factor
        k = at + 1
    return k, scale


def _spelled(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ten; twenty-eight thousand six hundred (and) forty-two; a hundred; half a million; one and a half
    million.
    """
    word = _low(tokens, i)
    if word in _GLYPHS:
        return Numeral(i, i + 1, Decimal(_GLYPHS[word]), Decimal(_GLYPHS[word]), "digits", share=True)
    if word == "half" and _low(tokens, i + 1) in ("a", "an"):
        scale = 12 if _low(tokens, i + 2) == "dozen" else _SCALES.get(_low(tokens, i + 2))
        if scale:
            value = Decimal(scale) / 2
            return Numeral(i, i + 3, value, value / 5, "words", scaled=True)
        return None
    if word in ("a", "an"):
        following = _low(tokens, i + 1)
        if following in ("dozen", "hundred", "thousand", "million", "billion", "trillion"):
            k, scale = i + 1, 12 if following == "dozen" else 1
            if following == "dozen":
                k = i + 2
            elif following == "hundred":
                k, more = _scales(tokens, i + 2)
                scale = 100 * more
            else:
                k, scale = _scales(tokens, i + 1)
            return Numeral(i, k, Decimal(scale), grain_of(str(scale)), "words", scaled=True)
        return None
    total, current, k, last, used_scale = 0, 0, i, i, False
    previous = 10**18
    while k < len(tokens):
        word = _low(tokens, k)
        if word in HYPHENS:
            if not hyphenated(tokens, k) or (
                _low(tokens, k - 1) not in _TENS
                and _low(tokens, k + 1) not in _SCALES
                and _low(tokens, k + 1) != "hundred"
            ):
                break
            k += 1
            continue
        if word == "and":
            if (
                last == i
                or _low(tokens, k - 1) not in ("hundred", "thousand", "million")
                or _low(tokens, k + 1) not in {*_ONES, *_TENS}
            ):
                break
            if current % 100 and current:
                break
            k += 1
            continue
        if word in _ONES:
            if (
                current % 10
                or (current % 100 and _ONES[word] > 9)
                or (current % 100 == 0 and current % 1000 == 0 and current)
            ):
                break
            if last > i and current % 100 == 0 and not current and not used_scale:
                break
            current += _ONES[word]
        elif word in _TENS:
            if current % 100:
                break
            current += _TENS[word]
        elif word == "hundred":
            if current > 99 or (k == i):
                if k != i:
                    break
                current = 1
            current = max(current, 1) * 100
        elif word == "dozen":
            if k == i or current > 99:
                break
            current *= 12
            last = k + 1
            used_scale = True
            break
        elif word in _SCALES and not word.endswith("s"):
            if k == i or _SCALES[word] >= previous or not current:
                break
            previous = _SCALES[word]
            total += current * _SCALES[word]
            current = 0
            used_scale = True
        else:
            break
        k += 1
        last = k
    if last == i:
        return None
    value = Decimal(total + current)
    # "one and a half million", "two and a half years"
    if (
        _low(tokens, last) == "and"
        and _low(tokens, last + 1) in ("a", "one")
        and _low(tokens, last + 2) == "half"
    ):
        end, scale = _scales(tokens, last + 3)
        value = (value + Decimal("0.5")) * scale
        return Numeral(i, end, value, value / 10, "words", scaled=scale > 1)
    plain = format(value, "f")
    scaled = used_scale or value >= 100
    return Numeral(i, last, value, grain_of(plain), "words", scaled=scaled)


def _vague(tokens: Sequence[Token], i: int) -> Numeral | None:
    """dozens; hundreds of; tens of thousands; several hundred; a few thousand; a couple of."""
    word = _low(tokens, i)
    if word in ("a", "several", "few", "couple"):
        k = i + (word == "a")
        if _low(tokens, k) == "couple":
            k += 1
            k += _low(tokens, k) == "of"
            scale = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6}.get(_low(tokens, k))
            if scale:
                return Numeral(
                    i,
                    k + 1,
                    Decimal(2 * scale),
                    Decimal(scale),
                    "vague",
                    True,
                    Decimal(2 * scale),
                    Decimal(3 * scale),
                )
            return None
        if _low(tokens, k) not in ("several", "few"):
            return None
        bounds = _VAGUE.get(_low(tokens, k + 1) + "s")  # "several hundred" is hundreds
        if not bounds:
            return None
        k += 1
        if _low(tokens, k) == "hundred" and _low(tokens, k + 1) in _SCALES:
            factor = _SCALES[_low(tokens, k + 1)]
            return _vague_numeral(i, k + 2, 200 * factor, 1000 * factor - 1)
        return _vague_numeral(i, k + 1, *bounds)
    if word not in _VAGUE:
        return None
    low, high = _VAGUE[word]
    if _low(tokens, i + 1) == "of" and _low(tokens, i + 2) in (
        "thousands",
        "millions",
        "billions",
        "trillions",
    ):
        factor = {"thousands": 10**3, "millions": 10**6, "billions": 10**9, "trillions": 10**12}[
            _low(tokens, i + 2)
        ]
        return _vague_numeral(i, i + 3, low * factor, (high + 1) * factor - 1)
    if word in ("tens", "scores") and _low(tokens, i + 1) != "of":
        return None
    return _vague_numeral(i, i + 1, low, high)


def _vague_numeral(first: int, last: int, low: int, high: int) -> Numeral:
    return Numeral(first, last, Decimal(low), Decimal(low), "vague", True, Decimal(low), Decimal(high))


def _share_words(tokens: Sequence[Token], i: int) -> Numeral | None:
    """half; a third; two-thirds; three quarters; one in five; nine out of 10."""
    word = _low(tokens, i)
    if word == "half" and _low(tokens, i + 1) in _HALVED:
        return Numeral(i, i + 1, Decimal("0.5"), Decimal("0.1"), "words", share=True)
    k, count = i, 0
    if word in ("a", "an"):
        count, k = 1, i + 1
    elif word in _ONES and 0 < _ONES[word] < 20:
        count, k = _ONES[word], i + 1
        k += hyphenated(tokens, k)
    elif word == "quarter" and _low(tokens, i + 1) == "of" and _low(tokens, i + 2) in ("the", "its", "all"):
        count = 1
    else:
        return None
    parts = _PARTS.get(_low(tokens, k))
    if parts:
        plural = _low(tokens, k).endswith("s")
        after = _low(tokens, k + 1)
        if (
            plural == (count > 1)
            and (after in ("of", "the", "its", "in") or count > 1)
            and after not in HYPHENS
        ):
            if after == "of" and _low(tokens, k + 2) in ("a", "an") and _low(tokens, k + 3) in _SCALES:
                end, scale = _scales(tokens, k + 3)
                value = Decimal(count * scale) / parts
                return Numeral(i, end, value, value / 5, "words", scaled=True)
            value = Decimal(count) / parts
            return Numeral(i, k + 1, value, Decimal("0.1"), "words", share=True)
        return None
    return read_one_in(tokens, i, count, k)


def read_one_in(tokens: Sequence[Token], i: int, count: int, k: int) -> Numeral | None:
    """ "in five" or "out of (every) 10" after ``count``, as a share, or None."""
    if _low(tokens, k) == "out" and _low(tokens, k + 1) == "of":
        k += 2
    elif _low(tokens, k) == "in":
        k += 1
    else:
        return None
    k += _low(tokens, k) == "every"
    if k >= len(tokens):
        return None
    whole = tokens[k].key if tokens[k].kind == "figure" else str(_ONES.get(_low(tokens, k), ""))
    if (
        not whole.isascii()
        or not whole.isdigit()
        or len(whole) > 4
        or not count < int(whole)
        or int(whole) > 1000
    ):
        return None
    if _low(tokens, k + 1) in _NOT_A_WHOLE:
        return None
    return Numeral(i, k + 1, Decimal(count) / int(whole), Decimal("0.1"), "words", share=True)
