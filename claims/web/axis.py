"""Every claim's interval on one axis: claims in, the geometry of a drawing out (the template draws it).

Across, everything is in percent of the width, so that one drawing fits every screen without distortion;
down, in pixels.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from . import wording

ROW_HEIGHT = 40
TOP = 8
FOOT = 26
LEFT, RIGHT = 3.0, 97.0  # percent: room for arrows and for half a label at each end
LABEL = 48  # characters that fit a telephone; the whole stands in the bar's title
# From this ratio of largest to smallest on, equal steps would squeeze the small values into one dot.
LOGARITHMIC_FROM = 200


@dataclass(frozen=True, slots=True)
class Interval:
    """One claim to be drawn. ``bounds`` as wording.Bounds; ``value`` is the number as written."""

    label: str
    quote: str
    bounds: wording.Bounds
    value: Decimal | None
    unit: str
    soft: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    words: str
    text_y: int
    y: int
    x1: str
    x2: str
    dot: str  # where the value as written stands; "" if nowhere
    point: bool
    soft: bool
    open_left: bool
    open_right: bool
    unbounded_left: bool
    unbounded_right: bool


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Axis:
    height: int
    line_y: int
    label_y: int
    logarithmic: bool
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]


def draw(intervals: Sequence[Interval]) -> Axis | None:
    """The drawing of ``intervals`` from the top down; None when there is no finite number to draw."""
    finite = [
        n
        for i in intervals
        for n in (i.bounds.lower, i.bounds.upper, i.value)
        if n is not None and n.is_finite()
    ]
    if not finite:
        return None
    scale = _Scale(finite)
    bars = tuple(_bar(interval, row, scale) for row, interval in enumerate(intervals))
    line_y = TOP + ROW_HEIGHT * len(bars)
    unit = intervals[0].unit
    ticks = tuple(
        Tick(scale.x(t), wording.amount(t, unit if unit in wording.CURRENCIES else ""), scale.anchor(t))
        for t in scale.ticks()
    )
    return Axis(line_y + FOOT, line_y, line_y + 18, scale.logarithmic, bars, ticks)


def _bar(interval: Interval, row: int, scale: _Scale) -> Bar:
    low, high = interval.bounds.lower, interval.bounds.upper
    label = f"{interval.label}: {interval.quote}"
    return Bar(
        label=label if len(label) <= LABEL else f"{label[: LABEL - 1].rstrip()}…",
        words=f"{label} ({wording.bounds(interval.bounds, interval.unit, interval.soft)})",
        text_y=TOP + row * ROW_HEIGHT + 12,
        y=TOP + row * ROW_HEIGHT + 26,
        x1=scale.x(low) if low is not None else "0%",
        x2=scale.x(high) if high is not None else "100%",
        dot=scale.x(interval.value) if interval.value is not None else "",
        point=low is not None and low == high,
        soft=interval.soft,
        open_left=low is not None and not interval.bounds.lower_inc,
        open_right=high is not None and not interval.bounds.upper_inc,
        unbounded_left=low is None,
        unbounded_right=high is None,
    )


class _Scale:
    """Where a number stands between LEFT and RIGHT."""

    def __init__(self, numbers: Iterable[Decimal]) -> None:
        numbers = list(numbers)
        low, high = min(numbers), max(numbers)
        self.logarithmic = low > 0 and high / low >= LOGARITHMIC_FROM
        if low == high:
            room = abs(low) / 10 or Decimal(1)
            low, high = low - room, high + room
        self.low, self.high = low, high

    def x(self, number: Decimal) -> str:
        return f"{self._percent(number):.2f}%"

    def anchor(self, number: Decimal) -> str:
        percent = self._percent(number)
        return "start" if percent < 8 else "end" if percent > 92 else "middle"

    def _percent(self, number: Decimal) -> float:
        low, high, at = float(self.low), float(self.high), float(number)
        if self.logarithmic:
            low, high, at = math.log10(low), math.log10(high), math.log10(at)
        share = (at - low) / (high - low)
        return LEFT + (RIGHT - LEFT) * min(max(share, 0.0), 1.0)

    def ticks(self) -> list[Decimal]:
        """Round numbers inside the range, two to five of them where there are that many."""
        if self.logarithmic:
            powers = range(math.ceil(self.low.log10()), math.floor(self.high.log10()) + 1)
            return [Decimal(10) ** p for p in powers][:: max(1, len(powers) // 4)]
        span = self.high - self.low
        step = Decimal(10) ** math.floor((span / 3).log10())
        for factor in (1, 2, 5, 10):
            if span / (step * factor) <= 4:
                step *= factor
                break
        first = (self.low / step).to_integral_value(rounding="ROUND_CEILING") * step
        out = []
        while first <= self.high:
            out.append(first)
            first += step
        return out
