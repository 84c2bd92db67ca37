"""How many days, weeks or years: the number before a unit of time, and durations in TIMEX3 terms."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from claims.engine.times.lexicon import FIGURELESS, NUMBERS, ORDINALS, TENS
from claims.engine.tokens import Token

_ROUND = {"hundred": 100, "thousand": 1000, "dozen": 12}
_FIXED = {"couple": Fraction(2), "half": Fraction(1, 2)}
#: What a unit's code is written as, and how many of it make one.
_AS: dict[str, tuple[str, int]] = {"E": ("Y", 10), "C": ("Y", 100), "F": ("W", 2)}
_FINER = {"TH": ("TM", 60), "TM": ("TS", 60), "Y": ("M", 12), "D": ("TH", 24)}


def amount(tokens: Sequence[Token], first: int, last: int) -> Fraction | None:
    """The number that tokens ``first``..``last`` (exclusive) say; None for "a few", "several".

    "a", "24", "2.5", "5 1/2", "twenty-four", "three hundred", "a couple of", "half a", "one and a half".
    """
    total: Fraction = Fraction(0)
    seen = False
    lows = [t.low for t in tokens[first:last]]
    if not FIGURELESS.isdisjoint(lows):
        return None
    if "/" in lows and len(lows) == 4 and lows[3] != "0":
        return Fraction(lows[0]) + Fraction(int(lows[1]), int(lows[3]))
    if lows[-3:] == ["and", "a", "half"]:
        return Fraction(NUMBERS.get(lows[0], 1)) + Fraction(1, 2)
    for t, low in zip(tokens[first:last], lows, strict=True):
        if t.kind == "figure":
            total, seen = Fraction(t.key.replace(",", "")), True
        elif low in _FIXED:
            total, seen = _FIXED[low], True
            if low == "half":
                return total
        elif low in _ROUND:
            total, seen = (total or Fraction(1)) * _ROUND[low], True
        elif low in TENS:
            total, seen = total + TENS[low], True
        elif low in NUMBERS:
            total, seen = total + NUMBERS[low], True
    return total if seen else Fraction(1)


def ordinal(tokens: Sequence[Token], at: int) -> int | None:
    """The number of "third" or "21st"."""
    t = tokens[at]
    if t.kind == "figure":
        return int(t.key) if t.key.isascii() and t.key.isdigit() else None
    return ORDINALS.get(t.low)


def length_value(number: Fraction | None, code: str) -> str:
    """A duration as TIMEX3 writes it: P3D, PT30M, P18M, PXW; decades and centuries in years."""
    if number is None:
        return f"PTX{code[1:]}" if code.startswith("T") else f"PX{code}"
    unit, factor = _AS.get(code, (code, 1))
    number = number * factor
    if number.denominator > 1 and unit == "TH" and (number * 60).denominator == 1 and number > 1:
        hours, minutes = divmod(number * 60, 60)
        return f"PT{hours}H{minutes}M"
    if number.denominator == 2 and unit in ("Y", "TM") and number > 1:
        whole = int(number)
        return f"P{whole}Y6M" if unit == "Y" else f"PT{whole}M30S"
    if number.denominator > 1 and unit in _FINER:
        unit, factor = _FINER[unit]
        number = number * factor
    written = str(number) if number.denominator == 1 else f"{float(number):g}"
    if unit == "WE":
        return f"P{written}WE"
    return f"PT{written}{unit[1:]}" if unit.startswith("T") else f"P{written}{unit}"
