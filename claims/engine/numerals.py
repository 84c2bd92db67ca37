"""What every reader of numbers shares: the record of a number read, its grain, and the words of scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.engine import lexicons
from claims.engine.tokens import HYPHENS, Token, hyphenated

_NUMBERS = lexicons.load("words")["numbers"]

ONES = {word: i for i, word in enumerate(lexicons.load("words")["units"])} | dict.fromkeys(
    _NUMBERS["naught"], 0
)
TENS = {word: 10 * (i + 2) for i, word in enumerate(lexicons.load("words")["tens"])} | {"fourty": 40}
#: Words that multiply what stands before them ("million"), their plurals and abbreviations ("bn").
SCALES: dict[str, int] = {word: 10**power for word, power in _NUMBERS["scales"].items()}
ABBREVIATED: dict[str, int] = {word: 10**power for word, power in _NUMBERS["abbreviated"].items()}
#: Scales of one letter ("$1.2m"), only where money or a counted noun says so.
LETTERS: dict[str, int] = {word: 10**power for word, power in _NUMBERS["letters"].items()}
#: Parts of a whole by their denominator: "third", "thirds".
PARTS: dict[str, int] = _NUMBERS["parts"]
#: A larger product of scale words is a slip of the pen.
LARGEST_SCALE = 10**18


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
        return Decimal(scale) / 2 if stripped == "1" and scale > 1 else Decimal(scale)
    grain = Decimal(scale).scaleb(zeros)
    return grain / 2 if stripped.lstrip("0") == "1" else grain


def low_of(tokens: Sequence[Token], i: int) -> str:
    """The lower-case word at ``i``, "" outside the sentence."""
    return tokens[i].low if 0 <= i < len(tokens) else ""


def read_scales(tokens: Sequence[Token], k: int) -> tuple[int, int]:
    """(index after, factor) of the scale words from ``k`` on: "million", "hundred thousand", "-billion",
    "bn".
    """
    scale = 1
    while k < len(tokens) and scale < LARGEST_SCALE:
        word = low_of(tokens, k)
        at = k
        if word in HYPHENS and hyphenated(tokens, k):
            at, word = k + 1, low_of(tokens, k + 1)
            if word not in SCALES:
                break
        factor = SCALES.get(word) or ABBREVIATED.get(word)
        if factor is None and word == "hundred" and low_of(tokens, at + 1) in SCALES:
            factor = 100
        if factor is None:
            break
        scale *= factor
        k = at + 1
    return k, scale
