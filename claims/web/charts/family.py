"""A number's family tree: value over time by outlet, with who took it from whom and what each made of it.

Two drawings of one thing. The wide one has days across and values up; the stacked one, for a telephone, has
the tellings in their order downwards and values across. Both are in pixels of their own box, which the page
scales; a label never lies on another label or on a mark.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from claims.engine.changes import Change
from claims.engine.lineage import Step, Way

from .. import wording
from ..scale import Scale, scale
from .glyphs import GLYPHS, Glyph
from .placing import Box, place, shortened, text_width

WIDE, TALL = 960.0, 290.0
LEFT, RIGHT, TOP, FOOT = 84.0, 16.0, 30.0, 34.0
NARROW, GUTTER = 340.0, 40.0
ROW = 74.0
#: Marks of one drawing at most; what is left out is counted beneath it and stands in the table.
MOST = 26
SIZE = 13.0  # of a label's letters
LINE = 16.0
#: The wider of a label's lines at most.
LABEL = 205.0
_NEAR = 17.0  # marks closer than this are moved apart
_RUNGS = 6  # lines side by side in the gutter of the stacked drawing


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling as the chart knows it; ``low`` and ``high`` are None where there is no bound."""

    key: str
    outlet: str
    said: str
    day: date | None
    change: Change
    way: Way
    before: str | None
    words: str
    address: str
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    low_open: bool = False
    high_open: bool = False
    vague: bool = False
    folded: int = 0  # further tellings of the same that share this mark

    @property
    def glyph(self) -> Glyph:
        return GLYPHS[self.change]

    @property
    def is_interval(self) -> bool:
        return self.value is not None and (self.low is None or self.high is None or self.low != self.high)


@dataclass(frozen=True, slots=True)
class Line:
    """An authority's value: a line through the whole drawing."""

    label: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class End:
    """``sort`` is "cap", "ring" or "head on"; a ring has no path."""

    sort: str
    x: float
    y: float
    path: str


def _end(x: float, y: float, sort: str, way: tuple[int, int]) -> End:
    dx, dy = way
    if sort == "open":
        return End("ring", x, y, "")
    if sort == "closed":
        return End("cap", x, y, f"M{x - 5 * abs(dy):.1f} {y - 5 * abs(dx):.1f}l{10 * abs(dy)} {10 * abs(dx)}")
    a, b = (-5 * abs(dy) - 9 * dx, -5 * abs(dx) - 9 * dy)
    return End("head on", x, y, f"M{x:.1f} {y:.1f}l{a} {b}l{10 * abs(dy)} {10 * abs(dx)}z")


@dataclass(frozen=True, slots=True)
class Bar:
    """The values a telling allows, from end to end. An end is "closed", "open", or goes "on" (an arrow)."""

    x1: float
    y1: float
    x2: float
    y2: float
    start: str
    end: str
    vague: bool

    @property
    def ends(self) -> tuple[End, End]:
        """Both ends as they are drawn."""
        upright = self.x1 == self.x2
        return (
            _end(self.x1, self.y1, self.start, (0, -1) if upright else (-1, 0)),
            _end(self.x2, self.y2, self.end, (0, 1) if upright else (1, 0)),
        )


@dataclass(frozen=True, slots=True)
class Mark:
    telling: Telling
    x: float
    y: float
    label: Box
    lines: tuple[str, str]
    anchor_x: float
    bar: Bar | None = None
    leader: tuple[float, float, float, float] | None = None

    @property
    def first_line(self) -> float:
        return self.label.y + 12

    @property
    def second_line(self) -> float:
        return self.label.y + 12 + LINE


@dataclass(frozen=True, slots=True)
class Arrow:
    """From the telling that was there to the one that follows; ``form`` names how it is drawn."""

    path: str
    form: str  # "credited", "inferred", "own" or "compared"
    head: str
    words: str


@dataclass(frozen=True, slots=True)
class Tick:
    at: float
    label: str
    x: float = 0.0  # where the label stands, if not beside its mark
    y: float = 0.0


@dataclass(frozen=True, slots=True)
class Drawing:
    width: float
    height: float
    plot: Box
    marks: tuple[Mark, ...]
    arrows: tuple[Arrow, ...]
    values: tuple[Tick, ...]
    days: tuple[Tick, ...]
    references: tuple[Tick, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Family:
    wide: Drawing
    stacked: Drawing
    glyphs: tuple[Glyph, ...]  # those that occur, for the legend
    forms: frozenset[str]  # of arrows that occur
    left_out: int
    has_values: bool
    has_bars: bool
    unit: str  # what the values count, where it does not stand with them


def draw(tellings: Sequence[Telling], references: Sequence[Line] = (), unit: str = "") -> Family | None:
    """The drawings of some tellings, given in their order; None for none."""
    if not tellings:
        return None
    shown, left_out = _chosen(_folded(tellings))
    numbers = [n for t in shown for n in (t.value, t.low, t.high) if n is not None and n.is_finite()]
    values = [t.value for t in shown if t.value is not None]
    lines = [line for line in references if line.value.is_finite()] if values else []
    on = scale([*numbers, *(line.value for line in lines)], values) if values else None
    wide = _wide(shown, lines, on, unit)
    stacked = _stacked(shown, lines, on, unit)
    used = {t.change for t in shown}
    return Family(
        wide,
        stacked,
        tuple(glyph for change, glyph in GLYPHS.items() if change in used),
        frozenset(arrow.form for arrow in wide.arrows),
        left_out,
        bool(values),
        any(t.is_interval for t in shown),
        "" if unit in wording.CURRENCIES or unit == "percent" or on is None else wording.plural(unit),
    )


def _folded(tellings: Sequence[Telling]) -> list[Telling]:
    """Copies of one telling that nobody copied further, from one week: one mark with their number."""
    parents = {t.before for t in tellings}
    found: list[Telling] = []
    home: dict[tuple[object, ...], int] = {}
    for telling in tellings:
        alike = telling.change in (Change.COPIED, Change.INDEPENDENT) and telling.key not in parents
        week = telling.day.toordinal() // 7 if telling.day else None
        key = (telling.before, telling.change, telling.way, week)
        if not alike or len(tellings) <= MOST // 2:
            found.append(telling)
        elif key in home:
            kept = found[home[key]]
            words = f"{kept.words}; {telling.words}"
            found[home[key]] = replace(kept, folded=kept.folded + 1, words=words)
        else:
            home[key] = len(found)
            found.append(telling)
    return found


def _chosen(tellings: Sequence[Telling]) -> tuple[list[Telling], int]:
    """The tellings that are drawn: the first, the last and those at odds; then those that change something;
    then those that cannot be held against another; then those that carry on."""
    rank = {Change.AT_ODDS: 0, Change.APART: 2, Change.COPIED: 3, Change.INDEPENDENT: 3}
    ends = (0, len(tellings) - 1)
    ranked = sorted(
        range(len(tellings)), key=lambda i: (0 if i in ends else rank.get(tellings[i].change, 1), i)
    )
    kept = sorted(ranked[:MOST])
    left = sum(1 + tellings[i].folded for i in ranked[MOST:])
    return [tellings[i] for i in kept], left


# -- the wide drawing --------------------------------------------------------------------------------------


def _wide(shown: Sequence[Telling], lines: Sequence[Line], on: Scale | None, unit: str) -> Drawing:
    height = TALL + 12 * max(len(shown) - 6, 0) if on else 150.0 + 14 * len(shown)
    while True:
        drawing = _try(shown, lines, on, unit, height)
        if drawing is not None:
            return drawing
        height *= 1.3


def _try(
    shown: Sequence[Telling], lines: Sequence[Line], on: Scale | None, unit: str, height: float
) -> Drawing | None:
    plot = Box(LEFT, TOP, WIDE - LEFT - RIGHT, height - TOP - FOOT)
    inner = Box(LEFT + 14, TOP, plot.width - 28, plot.height)
    across = _Days([t.day for t in shown], inner)

    def up(value: Decimal) -> float:
        assert on is not None  # noqa: S101 - asked only of tellings with a value
        return plot.bottom - plot.height * on.at(value) / 100

    spots = _apart([(across.at(t.day), _height(t, on, plot)) for t in shown], inner)
    lettered = [_lettered(t) for t in shown]
    sizes = [(max(text_width(line, SIZE) for line in pair) + 4, 2 * LINE) for pair in lettered]
    dots = [Box(x - 9, y - 9, 18, 18) for x, y in spots]
    named = [_named(line, plot, up(line.value), dots) for line in lines]
    boxes = place(
        [(x, y, *size) for (x, y), size in zip(spots, sizes, strict=True)],
        Box(LEFT + 2, 2, plot.width - 2, plot.bottom - 4),
        [*dots, *named],
    )
    if boxes is None:
        return None
    marks = tuple(
        Mark(
            t, x, y, box, pair, box.x + 2,
            bar=_upright(t, x, plot, up) if t.is_interval else None,
            leader=_leader(box, x, y),
        )
        for t, (x, y), box, pair in zip(shown, spots, boxes, lettered, strict=True)
    )  # fmt: skip
    ticks = tuple(Tick(up(n), _tick(n, unit)) for n in on.ticks()) if on else ()
    return Drawing(
        WIDE,
        height,
        plot,
        marks,
        tuple(_arrows(marks)),
        ticks,
        across.ticks(),
        tuple(
            Tick(up(line.value), line.label, x=box.x, y=box.y + 12)
            for line, box in zip(lines, named, strict=True)
        ),
        on.said if on else "",
    )


def _named(line: Line, plot: Box, y: float, dots: Sequence[Box]) -> Box:
    """Where the name of an authority's line stands: along it, as far right as no mark is in the way."""
    width = text_width(line.label, 12)
    last = plot.right - 4 - width
    places = [Box(x, y + by, width, 15) for by in (-18, 5) for x in (last - n * 20 for n in range(60))]
    fit = (box for box in places if box.x > plot.x and not any(box.overlaps(dot) for dot in dots))
    return next(fit, Box(last, y - 16, width, 15))


def _height(telling: Telling, on: Scale | None, plot: Box) -> float:
    if on is None or telling.value is None:
        return plot.y + plot.height / 2
    return plot.bottom - plot.height * on.at(telling.value) / 100


def _lettered(telling: Telling) -> tuple[str, str]:
    more = f" +{telling.folded}" if telling.folded else ""
    outlet = shortened(telling.outlet, LABEL - text_width(more, SIZE), SIZE) + more
    word = f" · {telling.glyph.word}"
    return outlet, shortened(telling.said, LABEL - text_width(word, SIZE), SIZE) + word


def _tick(number: Decimal, unit: str) -> str:
    return wording.amount(round(number, 4), unit if unit in wording.CURRENCIES or unit == "percent" else "")


def _leader(box: Box, x: float, y: float) -> tuple[float, float, float, float] | None:
    """A thin line from a mark to its label, where the label does not stand right beside it."""
    if box.y <= y <= box.bottom and (abs(box.x - x) < 14 or abs(box.right - x) < 14):
        return None
    to_x = min(max(x, box.x), box.right)
    to_y = box.bottom if box.bottom < y else box.y if box.y > y else y
    length = math.hypot(to_x - x, to_y - y)
    if length < 14:
        return None
    share = 9 / length
    return (
        round(x + (to_x - x) * share, 1),
        round(y + (to_y - y) * share, 1),
        round(to_x, 1),
        round(to_y, 1),
    )


def _upright(telling: Telling, x: float, plot: Box, up: Callable[[Decimal], float]) -> Bar:
    low = plot.bottom if telling.low is None else up(telling.low)
    high = plot.y if telling.high is None else up(telling.high)
    return Bar(
        x,
        round(high, 1),
        x,
        round(low, 1),
        "on" if telling.high is None else "open" if telling.high_open else "closed",
        "on" if telling.low is None else "open" if telling.low_open else "closed",
        telling.vague,
    )


def _apart(spots: Sequence[tuple[float, float]], room: Box) -> list[tuple[float, float]]:
    """The same spots, those too close to one before them moved sideways as far as they must."""
    found: list[tuple[float, float]] = []
    for x, y in spots:
        tries = [x] + [x + way * n * _NEAR for n in range(1, 80) for way in (1, -1)]
        free = (
            each
            for each in tries
            if room.x <= each <= room.right
            and all(abs(each - a) >= _NEAR or abs(y - b) >= _NEAR for a, b in found)
        )
        found.append((round(next(free, x), 1), round(y, 1)))
    return found


class _Days:
    """Where a day stands; tellings without one stand at the end."""

    def __init__(self, days: Sequence[date | None], room: Box) -> None:
        known = sorted({day for day in days if day})
        self.undated = None in days
        self.room = room
        self.first = known[0] if known else None
        self.span = (known[-1] - known[0]).days if known else 0
        self.known = known
        self.right = room.right - (90 if self.undated and known else 0)

    def at(self, day: date | None) -> float:
        if day is None or self.first is None:
            return self.room.right - 30 if self.known else self.room.x + self.room.width / 2
        if not self.span:
            return self.room.x + self.room.width * 0.3
        left, right = self.room.x + 12, self.right - 130
        return left + (right - left) * (day - self.first).days / self.span

    def ticks(self) -> tuple[Tick, ...]:
        """The days that occur where they fit, the first and the last at least."""
        found: list[Tick] = []
        years = len({day.year for day in self.known}) > 1
        last: float | None = None
        ends = self.known[-1:] if self.known else []
        for day in [*self.known[:-1], *ends]:
            x = self.at(day)
            if last is not None and x - last < 92:
                if day is not self.known[-1]:
                    continue
                found.pop()
            first = not found
            found.append(
                Tick(round(x, 1), f"{day.day} {day:%b}" + (f" {day.year}" if years or first else ""))
            )
            last = x
        if self.undated:
            found.append(Tick(round(self.at(None), 1), "no date"))
        return tuple(found)


# -- arrows ------------------------------------------------------------------------------------------------

_FORMS = {Way.CREDITED: "credited", Way.INFERRED: "inferred", Way.SHARED: "inferred", Way.OWN: "own"}


def form_of(telling: Telling) -> str | None:
    """How the line back from a telling is drawn; None where there is nothing to draw."""
    if telling.way is Way.NONE:
        plain = (Change.INDEPENDENT, Change.APART, Change.FIRST)
        return None if telling.change in plain else "compared"
    return _FORMS[telling.way]


def _arrows(marks: Sequence[Mark]) -> list[Arrow]:
    there = {mark.telling.key: mark for mark in marks}
    found = []
    for mark in marks:
        source = there.get(mark.telling.before or "")
        form = form_of(mark.telling)
        if source is None or form is None or (source.x, source.y) == (mark.x, mark.y):
            continue
        path, head = _curve(source.x, source.y, mark.x, mark.y)
        found.append(Arrow(path, form, head if form in ("credited", "inferred") else "", mark.telling.words))
    return found


def _curve(x1: float, y1: float, x2: float, y2: float) -> tuple[str, str]:
    """An arc from mark to mark, and its head."""
    dx, dy = x2 - x1, y2 - y1
    length = math.hypot(dx, dy)
    bulge = min(34.0, length * 0.2)
    cx, cy = (x1 + x2) / 2 + bulge * dy / length, (y1 + y2) / 2 - bulge * abs(dx) / length
    start = _toward(x1, y1, cx, cy, 10)
    end = _toward(x2, y2, cx, cy, 11)
    path = f"M{start[0]} {start[1]}Q{cx:.1f} {cy:.1f} {end[0]} {end[1]}"
    return path, _head(*end, math.atan2(end[1] - cy, end[0] - cx))


def _toward(x: float, y: float, to_x: float, to_y: float, by: float) -> tuple[float, float]:
    length = math.hypot(to_x - x, to_y - y) or 1.0
    share = min(by / length, 0.45)
    return round(x + (to_x - x) * share, 1), round(y + (to_y - y) * share, 1)


def _head(x: float, y: float, angle: float) -> str:
    points = [(x, y)] + [
        (x - 9 * math.cos(angle + turn), y - 9 * math.sin(angle + turn)) for turn in (0.42, -0.42)
    ]
    return "M" + "L".join(f"{a:.1f} {b:.1f}" for a, b in points) + "Z"


# -- the stacked drawing -----------------------------------------------------------------------------------


def _stacked(shown: Sequence[Telling], lines: Sequence[Line], on: Scale | None, unit: str) -> Drawing:
    row = ROW if on else 52.0
    plot = Box(GUTTER, 6, NARROW - GUTTER - 6, row * len(shown))
    height = plot.bottom + (30 if on else 4) + (18 * len(lines))

    def across(value: Decimal) -> float:
        assert on is not None  # noqa: S101
        return plot.x + plot.width * on.at(value) / 100

    marks = []
    for place_, telling in enumerate(shown):
        top = plot.y + place_ * row
        y = top + 54 if on else top + 18
        x = across(telling.value) if on and telling.value is not None else GUTTER + 10
        left = GUTTER if on else GUTTER + 24
        outlet, said = _rows_of(telling, NARROW - left)
        bar = _lying(telling, y, plot, across) if telling.is_interval and on else None
        box = Box(left, top + 4, NARROW - left, 2 * LINE + 2)
        marks.append(Mark(telling, round(x, 1), y, box, (outlet, said), left, bar))
    ticks = tuple(Tick(round(across(n), 1), _tick(n, unit)) for n in _sparse(on)) if on else ()
    return Drawing(
        NARROW,
        height,
        plot,
        tuple(marks),
        tuple(_rungs(marks)),
        ticks,
        (),
        tuple(Tick(round(across(line.value), 1), line.label) for line in lines),
        on.said if on else "",
    )


def _sparse(on: Scale) -> list[Decimal]:
    ticks = on.ticks()
    return ticks if len(ticks) <= 3 else ticks[:: (len(ticks) + 2) // 3]


def _rows_of(telling: Telling, width: float) -> tuple[str, str]:
    day = f"{telling.day.day} {telling.day:%b} {telling.day.year}" if telling.day else "no date"
    more = f" +{telling.folded}" if telling.folded else ""
    tail = f"{more} · {day}"
    word = f" · {telling.glyph.word}"
    outlet = shortened(telling.outlet, width - text_width(tail, SIZE), SIZE) + tail
    return outlet, shortened(telling.said, width - text_width(word, SIZE), SIZE) + word


def _lying(telling: Telling, y: float, plot: Box, across: Callable[[Decimal], float]) -> Bar:
    low = plot.x if telling.low is None else across(telling.low)
    high = plot.right if telling.high is None else across(telling.high)
    return Bar(
        round(low, 1),
        y,
        round(high, 1),
        y,
        "on" if telling.low is None else "open" if telling.low_open else "closed",
        "on" if telling.high is None else "open" if telling.high_open else "closed",
        telling.vague,
    )


def _rungs(marks: Sequence[Mark]) -> list[Arrow]:
    """Lines down the gutter, each in the first column that is free over its length."""
    there = {mark.telling.key: mark for mark in marks}
    free: list[float] = []
    found = []
    for mark in marks:
        source = there.get(mark.telling.before or "")
        form = form_of(mark.telling)
        if source is None or form is None or source is mark:
            continue
        low, high = sorted((source.y, mark.y))
        column = next((i for i, until in enumerate(free) if until <= low), len(free))
        if column == len(free):
            free.append(0.0)
        free[column] = high
        x = GUTTER - 10 - 5 * (column % _RUNGS)
        path = f"M{GUTTER - 4} {source.y}H{x}V{mark.y}H{GUTTER - 4}"
        head = _head(GUTTER, mark.y, 0.0) if form in ("credited", "inferred") else ""
        found.append(Arrow(path, form, head, mark.telling.words))
    return found


def telling_of(step: Step, **fields: object) -> Telling:
    """What the chart takes from a step; ``fields`` are those that the page knows."""
    return Telling(
        key=step.key, change=step.change, way=step.way, before=step.before, **fields  # type: ignore[arg-type]
    )  # fmt: skip
