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
