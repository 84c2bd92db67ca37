"""Where a number stands on a drawn axis: numbers in, percent of the width out, and round marks to read it by.

Three sorts, chosen by :func:`scale`: equal steps; steps of ten times where the largest value is many times
the smallest; and an axis with a break where a few values lie far from the others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Protocol

LEFT, RIGHT = 5.0, 95.0  # percent: room beyond the outermost value for a slope or an arrow
# From this ratio of largest to smallest on, equal steps would squeeze the small values into one dot.
LOGARITHMIC_FROM = 50
# A gap this many times all other distances together is left out, or what lies close would be one dot.
BREAK_FROM = 12
BREAK = 8.0  # percent that a break takes
_DAYS = (1, 2, 7, 14, 30, 61, 91, 183, 365, 730, 1826, 3652, 9131, 36525)


class Scale(Protocol):
    """A mapping of numbers to percent of the width. ``said`` tells what is unusual about it, or is ""."""

    said: str

    def at(self, number: Decimal) -> float:
        """Where a number stands, in percent; outside the range at its edge."""

    def ticks(self) -> list[Decimal]:
        """Round numbers inside the range, two to five of them where there are that many."""

    @property
    def breaks(self) -> tuple[float, ...]:
        """Where the axis is broken, in percent."""


def scale(numbers: Iterable[Decimal], values: Iterable[Decimal] = (), *, days: bool = False) -> Scale:
    """The scale that shows ``numbers`` (one at least) best; ``days`` says that they are ordinals of dates.

    ``values`` are those of the numbers that are to be told apart; the others are the ends of intervals.
    """
    points, told = sorted(set(numbers)), sorted(set(values))
    low, high = points[0], points[-1]
    gaps = sorted(b - a for a, b in pairwise(told))
    if len(told) > 2 and gaps[-1] >= BREAK_FROM * sum(gaps[:-1]) and not days:
        wide = max(pairwise(told), key=lambda pair: pair[1] - pair[0])
        return Broken(points, (wide[0] + wide[1]) / 2)
    if low > 0 and high / low >= LOGARITHMIC_FROM and not days:
        return Logarithmic(low, high)
    whole = bool(told) and all(number == number.to_integral_value() for number in told)
    return Linear(low, high, days=days, whole=whole)


class Linear:
    """Equal steps; ``whole`` asks for marks at whole numbers only: there is no half diplomat."""

    said = ""
    breaks: tuple[float, ...] = ()

    def __init__(
        self,
        low: Decimal,
        high: Decimal,
        *,
        left: float = LEFT,
        right: float = RIGHT,
        days: bool = False,
        whole: bool = False,
    ) -> None:
        if low == high:
            room = Decimal(3) if days else abs(low) / 5 or Decimal(1)
            low, high = low - room, high + room
        self.low, self.high, self.left, self.right = low, high, left, right
        self.days, self.whole = days, whole

    def at(self, number: Decimal) -> float:
        share = float((number - self.low) / (self.high - self.low))
        return self.left + (self.right - self.left) * min(max(share, 0.0), 1.0)

    def ticks(self) -> list[Decimal]:
        span = self.high - self.low
        if self.days:
            step = next((Decimal(d) for d in _DAYS if span / d <= 4), Decimal(_DAYS[-1]))
        else:
            step = Decimal(10) ** math.floor((span / 3).log10())
            step *= next((f for f in (1, 2, 5) if span / (step * f) <= 4), 10)
            step = max(step, Decimal(1)) if self.whole else step
        first = (self.low / step).to_integral_value(rounding="ROUND_CEILING") * step
        if self.days:
            first = self.low.to_integral_value(rounding="ROUND_CEILING")
        out = []
        while first <= self.high:
            out.append(first)
            first += step
        return out


class Logarithmic:
    """Each step ten times the one before. ``low`` is above nought."""

    said = "Each mark of the axis is ten times, or a power of ten times, the one before."
    breaks: tuple[float, ...] = ()

    def __init__(self, low: Decimal, high: Decimal) -> None:
        self.low, self.high = low, high

    def at(self, number: Decimal) -> float:
        if number <= self.low:
            return LEFT
        share = float((number / self.low).log10() / (self.high / self.low).log10())
        return LEFT + (RIGHT - LEFT) * min(share, 1.0)

    def ticks(self) -> list[Decimal]:
        powers = range(math.ceil(self.low.log10()), math.floor(self.high.log10()) + 1)
        return [Decimal(10) ** p for p in powers][:: max(1, math.ceil(len(powers) / 4))]


class Broken:
    """Two stretches of equal steps, the wide gap between them left out."""

    def __init__(self, points: Sequence[Decimal], cut: Decimal) -> None:
        below, above = [p for p in points if p < cut], [p for p in points if p >= cut]
        # A stretch of one value needs little room; one of several the more.
        share = 0.78 if len(below) > len(above) else 0.22 if len(below) < len(above) else 0.5
        middle = LEFT + (RIGHT - LEFT) * share
        self.below = Linear(below[0], below[-1], right=middle - BREAK / 2)
        self.above = Linear(above[0], above[-1], left=middle + BREAK / 2)
        self.last, self.breaks = below[-1], (middle,)
        self.said = "The axis is broken where the two strokes stand: the values right of them lie far away."

    def at(self, number: Decimal) -> float:
        return (self.below if number <= self.last else self.above).at(number)

    def ticks(self) -> list[Decimal]:
        return [t for part in (self.below, self.above) for t in _few(part)]


def _few(part: Linear) -> list[Decimal]:
    """Of a stretch that stands for one value that value, else two or three marks."""
    middle = (part.low + part.high) / 2
    if part.right - part.left < 30:
        return [middle]
    return part.ticks()[:: max(1, len(part.ticks()) // 3)]


def day(number: Decimal) -> str:
    """An ordinal as the day it stands for: "3 May 2021"."""
    return f"{date.fromordinal(int(number)):%-d %b %Y}"
