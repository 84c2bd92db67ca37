"""Intervals on one axis: what is drawn where."""

from __future__ import annotations

from decimal import Decimal

from claims.web import axis
from claims.web.wording import Bounds
from tests.web.factories import between


def interval(bounds: Bounds, value: int | None = None, **fields: object) -> axis.Interval:
    number = None if value is None else Decimal(value)
    return axis.Interval("Harbour Post", "12 radars", bounds, number, "radar", **fields)  # type: ignore[arg-type]


def percent(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


def test_nothing_is_drawn_without_a_number() -> None:
    assert axis.draw([]) is None
    assert axis.draw([interval(between(None, None))]) is None


def test_larger_values_stand_further_right() -> None:
    drawn = axis.draw(
        [interval(between(10, 10), 10), interval(between(24, 99), 24), interval(between(31, 31), 31)]
    )
    assert drawn is not None
    ten, dozens, thirty = drawn.bars
    assert percent(ten.dot) < percent(dozens.x1) < percent(thirty.dot) < percent(dozens.x2)
    assert ten.point
    assert not dozens.point


def test_a_bound_that_is_missing_runs_to_the_edge_with_an_arrow() -> None:
    drawn = axis.draw([interval(between(None, 31), 31, soft=True), interval(between(31, None, "()"), 31)])
    assert drawn is not None
    up_to, more_than = drawn.bars
    assert (up_to.x1, up_to.unbounded_left, up_to.soft) == ("0%", True, True)
    assert (more_than.x2, more_than.unbounded_right, more_than.open_left) == ("100%", True, True)


def test_one_value_alone_stands_in_the_middle() -> None:
    drawn = axis.draw([interval(between(31, 31), 31)])
    assert drawn is not None
    assert percent(drawn.bars[0].dot) == 50


def test_zero_alone_can_be_drawn() -> None:
    drawn = axis.draw([interval(between(0, 0), 0)])
    assert drawn is not None
    assert drawn.ticks


def test_values_far_apart_get_steps_of_ten_times() -> None:
    drawn = axis.draw([interval(between(5, 5), 5), interval(between(5000, 5000), 5000)])
    assert drawn is not None
    assert drawn.logarithmic
    assert [t.label for t in drawn.ticks] == ["10", "100", "1,000"]


def test_ticks_are_round_numbers_inside_the_axis() -> None:
    drawn = axis.draw([interval(between(12, 12), 12), interval(between(40, 40), 40)])
    assert drawn is not None
    assert [t.label for t in drawn.ticks] == ["20", "30", "40"]
    assert all(0 <= percent(t.x) <= 100 for t in drawn.ticks)


def test_each_claim_has_its_own_line_and_words() -> None:
    drawn = axis.draw([interval(between(12, 12), 12), interval(between(None, 12), 12, soft=True)])
    assert drawn is not None
    assert drawn.bars[0].y < drawn.bars[1].y < drawn.line_y < drawn.height
    assert drawn.bars[1].words == "Harbour Post: 12 radars (up to 12 radars, loosely)"
