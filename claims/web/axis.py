"""Every reading's interval on one axis: readings in, the geometry of a drawing out (the template draws it).

The drawing says with form what the words around a number do, so that it can be read without colour:

- a dot is a number taken for exactly what it says;
- a bar is a stretch of values that all fit alike, its ends closed by a stroke or open with a ring;
- a slope, highest at the number and falling in steps, is a bound that people take loosely: "as many as 31"
  means 31 or not far below, "about 30" falls to both sides;
- an arrow goes on beyond the drawing;
- a line through all rows is an authority's value.

Across, everything is in percent of the width, so that one drawing fits every screen without distortion;
down, in pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from . import wording
from .scale import LOGARITHMIC_FROM, Scale, day, scale

__all__ = ["LOGARITHMIC_FROM", "Axis", "Bar", "Interval", "Step", "Tick", "draw"]

HEIGHT = 34  # of one row, in pixels
MIDDLE = 17
STEPS = (22, 16, 10, 5)  # heights of a slope, from the number outwards
FLAT = 12  # height of a bar all of whose values fit alike
SLOPE = 20.0  # percent of the width that a slope without an end takes
NARROWEST = 3.0  # percent: a narrower stretch would not be seen
#: Rows of docs/numbers.md whose interval falls off from the number on.
_FALLING = frozenset({"about", "up_to", "more_than", "almost"})


@dataclass(frozen=True, slots=True)
class Interval:
    """One reading to be drawn. ``bounds`` as wording.Bounds; ``value`` is the number as written.

    ``rule`` is the row of docs/numbers.md; ``key`` a letter that names the reading elsewhere on the page;
    ``reading`` what it means in words; ``reference`` says that it is an authority's value. ``days`` says
    that numbers are ordinals of dates.
    """

    label: str
    quote: str
    bounds: wording.Bounds
    value: Decimal | None
    unit: str
    soft: bool = False
    rule: str = ""
    key: str = ""
    reading: str = ""
    reference: bool = False
    days: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A rectangle of a bar or slope: percent across, pixels down."""

    x: str
    width: str
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class Bar:
    """One row. Where something stands is in percent; "" where there is nothing of the sort."""

    interval: Interval
    words: str
    steps: tuple[Step, ...] = ()
    dot: str = ""  # a number taken for exactly what it says
    notch: str = ""  # the number in the midst of what it allows
    closed: tuple[str, ...] = ()  # ends that belong to it
    open: tuple[str, ...] = ()  # ends that do not
    tails: tuple[tuple[str, str], ...] = ()  # thin lines to an edge of the drawing
    unbounded_left: bool = False
    unbounded_right: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    x: str
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The rows from the top down, the marks, and what is to be said about the axis."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    lines: tuple[str, ...] = ()  # authorities' values
    breaks: tuple[str, ...] = ()
    said: str = ""
    logarithmic: bool = False
    height: int = HEIGHT
    middle: int = MIDDLE
    left_out: tuple[str, ...] = field(default=())  # readings that cannot be drawn here, in words


def draw(intervals: Sequence[Interval], left_out: Sequence[str] = ()) -> Axis | None:
    """The drawing of ``intervals`` from the top down; None when there is no finite number to draw."""
    numbers = [n for interval in intervals for n in _anchors(interval)]
    if not numbers:
        return None
    days = intervals[0].days
    values = [i.value for i in intervals if i.value is not None]
    on = scale([*numbers, *_room(intervals, numbers)], values, days=days)
    unit = intervals[0].unit if intervals[0].unit in wording.CURRENCIES else ""
    ticks = tuple(
        Tick(_percent(on.at(t)), day(t) if days else wording.amount(_rounded(t), unit), _anchor(on.at(t)))
        for t in on.ticks()
    )
    return Axis(
        bars=tuple(_bar(interval, on) for interval in intervals),
        ticks=ticks,
        lines=tuple(_percent(on.at(i.value)) for i in intervals if i.reference and i.value is not None),
        breaks=tuple(_percent(x) for x in on.breaks),
        said=on.said,
        logarithmic=on.said.startswith("Each"),
        left_out=tuple(left_out),
    )


def _anchors(interval: Interval) -> Iterator[Decimal]:
    """The numbers that must be seen. "Up to 31" includes nought on paper, but nobody means it: the slope
    goes there without the axis having to."""
    low, high = interval.bounds.lower, interval.bounds.upper
    for number in (low, high, interval.value):
        nought = number == 0 and low == 0 and high != 0
        if number is not None and number.is_finite() and not nought:
            yield number


def _room(intervals: Sequence[Interval], numbers: Sequence[Decimal]) -> list[Decimal]:
    """Numbers beyond the outermost ones, so that what goes on without an end is seen to go on."""
    low, high = min(numbers), max(numbers)
    span, out = high - low, []
    if low > 0 and high / low >= LOGARITHMIC_FROM:
        return []
    for interval in intervals:
        bounds = interval.bounds
        if bounds.lower in (None, 0) and bounds.upper is not None and bounds.upper - low < span / 5:
            out.append(max(low - span * 3 / 10, Decimal(0)) if low >= 0 else low - span * 3 / 10)
        if bounds.upper is None and bounds.lower is not None and high - bounds.lower < span / 5:
            out.append(high + span * 3 / 10)
    return out


def _bar(interval: Interval, on: Scale) -> Bar:
    low, high = interval.bounds.lower, interval.bounds.upper
    reading = interval.reading or wording.bounds(interval.bounds, interval.unit, interval.soft)
    words = f"{interval.label}: {interval.quote} ({reading})"
    if low is not None and low == high:
        return Bar(interval, words, dot=_percent(on.at(low)))
    if low == 0 and high is not None and high > 0:
        low = None  # a ceiling on a count
    if low is None and high is None:
        return Bar(interval, words, tails=(("0%", "100%"),), unbounded_left=True, unbounded_right=True)
    if low is not None and high is not None:
        return _two_sided(interval, words, on, low, high)
    if low is not None:
        return _one_sided(interval, words, on.at(low), 1, interval.bounds.lower_inc)
    assert high is not None  # noqa: S101 - one of the two is there, or it was answered above
    return _one_sided(interval, words, on.at(high), -1, interval.bounds.upper_inc)


def _one_sided(interval: Interval, words: str, at: float, way: int, closed: bool) -> Bar:
    """From a number to the edge, downwards (``way`` -1) or upwards (1)."""
    edge = 0.0 if way < 0 else 100.0
    length = min(SLOPE, abs(edge - at) * 0.8)
    steps = _slope(at, way, length) if interval.soft else _flat(*sorted((at, edge - way * 2.2)))
    return Bar(
        interval,
        words,
        steps=steps,
        closed=(_percent(at),) if closed else (),
        open=() if closed else (_percent(at),),
        tails=((_percent(min(at + way * length, edge)), _percent(edge)),) if interval.soft else (),
        unbounded_left=way < 0,
        unbounded_right=way > 0,
    )


def _two_sided(interval: Interval, words: str, on: Scale, low: Decimal, high: Decimal) -> Bar:
    x1, x2 = on.at(low), on.at(high)
    value = interval.value if interval.value is not None and low <= interval.value <= high else None
    if x2 - x1 < NARROWEST:  # its ends and its fall would lie on one another: one small bar, its middle right
        spread = (NARROWEST - (x2 - x1)) / 2
        return Bar(interval, words, _flat(x1 - spread, x2 + spread))
    within = value is not None and low < value < high
    at = on.at(value) if value is not None and within else x2 if value == high else x1
    ends = [(x1, interval.bounds.lower_inc), (x2, interval.bounds.upper_inc)]
    if interval.rule in _FALLING and value is not None:
        # The bounds of "about" are soft: only an end that is the number itself is drawn as an end.
        steps = (*_slope(at, -1, at - x1), *_slope(at, 1, x2 - at))
        ends = [] if within else [end for end in ends if end[0] == at]
        notch, dot = _percent(at) if within else "", ""
    else:
        steps, notch = _flat(x1, x2), ""
        dot = _percent(at) if within and interval.rule in ("grain", "point", "part") else ""
    return Bar(
        interval,
        words,
        steps,
        dot=dot,
        notch=notch,
        closed=tuple(_percent(x) for x, closed in ends if closed),
        open=tuple(_percent(x) for x, closed in ends if not closed),
    )


def _flat(x1: float, x2: float) -> tuple[Step, ...]:
    return (Step(_percent(x1), _percent(x2 - x1), MIDDLE - FLAT // 2, FLAT),)


def _slope(at: float, way: int, length: float) -> tuple[Step, ...]:
    """Rectangles that fall from ``at`` over ``length``, each lower than the one before."""
    if length <= 0:
        return ()
    width = length / len(STEPS)
    return tuple(
        Step(
            _percent(at + i * width if way > 0 else at - (i + 1) * width),
            _percent(width),
            MIDDLE - height // 2,
            height,
        )
        for i, height in enumerate(STEPS)
    )


def _rounded(number: Decimal) -> Decimal:
    """A mark between two round ones ("30.5" of a stretch of one value) without a tail of digits."""
    return number if number == number.to_integral_value() else round(number, 2)


def _percent(x: float) -> str:
    return f"{x:.2f}%"


def _anchor(x: float) -> str:
    return "start" if x < 8 else "end" if x > 92 else "middle"
