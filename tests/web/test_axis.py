"""Readings on one axis: what is drawn where, and how the sorts of number are told apart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from claims.web import axis
from claims.web.axis import Axis
from claims.web.wording import Bounds
from tests.web.factories import between


def interval(bounds: Bounds, value: int | None = None, **fields: object) -> axis.Interval:
    number = None if value is None else Decimal(value)
    return axis.Interval("Harbour Post", "12 radars", bounds, number, "radar", **fields)  # type: ignore[arg-type]


def drawn(*intervals: axis.Interval) -> Axis:
    found = axis.draw(intervals)
    assert found is not None
    return found


def percent(text: str) -> float:
    assert text.endswith("%")
    return float(text[:-1])


EXACT = interval(between(31, 31), 31, rule="point")
UP_TO = interval(between(None, 31), 31, soft=True, rule="up_to")
ABOUT = interval(between(27, 33), 30, rule="about")


def test_nothing_is_drawn_without_a_number() -> None:
    assert axis.draw([]) is None
    assert axis.draw([interval(between(None, None))]) is None


def test_larger_values_stand_further_right() -> None:
    found = drawn(interval(between(10, 10), 10), interval(between(24, 99), 24), interval(between(31, 31), 31))
    ten, dozens, thirty = found.bars
    left, right = (percent(x) for x in dozens.closed)
    assert percent(ten.dot) < left < percent(thirty.dot) < right


def test_an_exact_number_a_ceiling_and_an_approximation_have_different_forms() -> None:
    exact, ceiling, approximate = drawn(EXACT, UP_TO, ABOUT).bars
    assert exact.dot
    assert not exact.steps
    assert not ceiling.dot
    assert ceiling.closed == (exact.dot,)
    assert ceiling.unbounded_left
    assert approximate.notch
    assert not approximate.closed
    assert not approximate.open


def test_a_ceiling_falls_off_below_its_number_and_an_approximation_to_both_sides() -> None:
    _, ceiling, approximate = drawn(EXACT, UP_TO, ABOUT).bars
    at = percent(ceiling.closed[0])
    assert all(percent(s.x) + percent(s.width) <= at + 0.1 for s in ceiling.steps)
    assert [s.height for s in ceiling.steps] == sorted((s.height for s in ceiling.steps), reverse=True)
    middle = percent(approximate.notch)
    assert any(percent(s.x) < middle - 1 for s in approximate.steps)
    assert any(percent(s.x) >= middle for s in approximate.steps)


def test_a_ceiling_written_as_from_nought_does_not_squeeze_the_others() -> None:
    """ "Up to 31" includes nought on paper; an axis from nought would make 29 and 31 one dot."""
    found = drawn(interval(between(29, 29), 29), interval(between(0, 31), 31, soft=True, rule="up_to"))
    assert percent(found.bars[1].closed[0]) - percent(found.bars[0].dot) > 50


def test_a_hard_limit_is_flat_to_the_edge() -> None:
    limit = drawn(interval(between(None, 700), 700, rule="at_most"), interval(between(650, 650), 650)).bars[0]
    assert len(limit.steps) == 1
    assert limit.closed
    assert limit.unbounded_left
    assert not limit.tails


def test_an_end_that_is_left_out_is_open() -> None:
    almost = interval(between(17, 18, "[)"), 18, rule="almost")
    bar = drawn(almost, interval(between(18, 18), 18)).bars[0]
    assert bar.open
    assert not bar.closed
    assert bar.steps[0].height > bar.steps[-1].height


def test_a_stretch_too_narrow_to_see_is_drawn_wider() -> None:
    found = drawn(interval(between(1000, 1001), 1000, rule="range"), interval(between(2000, 2000), 2000))
    assert percent(found.bars[0].steps[0].width) >= 2.9


def test_one_value_alone_stands_in_the_middle() -> None:
    assert percent(drawn(EXACT).bars[0].dot) == 50


def test_zero_alone_can_be_drawn() -> None:
    assert drawn(interval(between(0, 0), 0)).ticks


def test_values_far_apart_get_steps_of_ten_times_and_say_so() -> None:
    found = drawn(interval(between(5, 5), 5), interval(between(5000, 5000), 5000))
    assert found.logarithmic
    assert "ten times" in found.said
    assert [t.label for t in found.ticks] == ["10", "100", "1,000"]


def test_one_value_far_from_many_breaks_the_axis_and_says_so() -> None:
    near = [interval(between(n, n), n) for n in (30, 31, 33)]
    found = drawn(*near, interval(between(5000, 5000), 5000))
    xs = [percent(bar.dot) for bar in found.bars]
    assert xs[1] - xs[0] > 10
    assert "broken" in found.said
    assert xs[2] < percent(found.breaks[0]) < xs[3]
    assert found.ticks[-1].label == "5,000"


def test_negative_values_far_apart_are_drawn() -> None:
    found = drawn(interval(between(-5, -5), -5), interval(between(4000, 4000), 4000))
    assert percent(found.bars[0].dot) < percent(found.bars[1].dot)


def test_ticks_are_round_numbers_inside_the_axis() -> None:
    found = drawn(interval(between(12, 12), 12), interval(between(40, 40), 40))
    assert [t.label for t in found.ticks] == ["20", "30", "40"]
    assert all(0 <= percent(t.x) <= 100 for t in found.ticks)


def test_each_reading_has_its_words() -> None:
    bar = drawn(EXACT, UP_TO).bars[1]
    assert bar.words == "Harbour Post: 12 radars (up to 31 radars, loosely)"


def test_an_authoritys_value_is_a_line_through_all_rows() -> None:
    found = drawn(EXACT, interval(between(30, 30), 30, reference=True))
    assert found.lines == (found.bars[1].dot,)


def test_days_are_marked_as_days() -> None:
    def day(*d: date) -> axis.Interval:
        return interval(between(d[0].toordinal(), d[-1].toordinal()), days=True)

    found = drawn(day(date(2021, 5, 1), date(2021, 5, 4)), day(date(2021, 4, 15)))
    assert found.ticks[0].label == "15 Apr 2021"
    assert percent(found.bars[1].dot) < percent(found.bars[0].closed[0])
