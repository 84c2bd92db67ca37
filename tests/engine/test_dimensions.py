from __future__ import annotations

from decimal import Decimal

import pytest

from claims.engine.dimensions import converted, dimension
from tests.engine.by_hand import quantity


def test_miles_are_kilometres_with_their_bounds():
    found = converted(quantity(100, "mile", "about"), "kilometre")
    assert found
    assert (found.value, found.unit) == (Decimal("160.934400"), "kilometre")
    assert found.low
    assert found.low < found.value


def test_the_same_unit_under_another_name_keeps_its_value():
    found = converted(quantity(5, "km"), "kilometres")
    assert found
    assert found.value == 5


@pytest.mark.parametrize(("a", "b"), [("USD", "EUR"), ("km", "kg"), ("launcher", "km"), ("ton", "tonne")])
def test_what_does_not_measure_the_same_is_not_converted(a, b):
    assert converted(quantity(5, a), b) is None


def test_counted_nouns_and_money_have_no_dimension():
    assert dimension("launcher") is None
    assert dimension("USD") is None
    assert dimension("square kilometre") == "area"


@pytest.mark.parametrize(
    ("value", "unit", "other", "expected"),
    [
        (2, "megaton", "kiloton", "2000"),
        (10, "short ton", "tonne", "9.0718474"),
        (1, "nautical mile", "kilometre", "1.852"),
        (36, "kilometre per hour", "metre per second", "10"),
        (1, "square mile", "hectare", "258.9988110336"),
        (2, "barrel", "litre", "317.974589856"),
        (3, "gigawatt", "megawatt", "3000"),
        (2, "tonne", "kg", "2000"),
    ],
)
def test_units_are_worth_what_they_are_defined_as(value, unit, other, expected):
    found = converted(quantity(value, unit), other)
    assert found
    assert abs(found.value - Decimal(expected)) < Decimal("1e-9")


@pytest.mark.parametrize(("unit", "other"), [("degree Celsius", "degree Fahrenheit"), ("point", "percent")])
def test_what_has_no_common_zero_or_is_no_physical_unit_is_not_converted(unit, other):
    assert converted(quantity(5, unit), other) is None


def test_percent_and_percentage_points_are_compared_as_they_are():
    found = converted(quantity(5, "percentage point"), "percent")
    assert found
    assert found.value == 5
