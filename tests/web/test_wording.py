"""Numbers, bounds and credits in words."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.web import wording
from tests.web.factories import between


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("18000000000", "USD", "$18 billion"),
        ("17700000000.000000000000", "USD", "$17.7 billion"),
        ("17712345678", "USD", "$17,712,345,678"),
        ("-2500000", "EUR", "-€2.5 million"),
        ("31", "interceptor", "31 interceptors"),
        ("1", "interceptor", "1 interceptor"),
        ("1550", "deployed warhead", "1,550 deployed warheads"),
        ("20.000", "percent", "20%"),
        ("3.67", "%", "3.67%"),
        ("5500", "km", "5,500 km"),
        ("2", "facility", "2 facilities"),
        ("3", "person", "3 people"),
        ("10", "", "10"),
        ("0", "diplomat", "0 diplomats"),
        ("0.5", "tonne", "0.5 tonnes"),
        ("1000000000000", "USD", "$1 trillion"),
        ("100", "", "100"),
        ("1", "rank", "1st"),
        ("12", "rank", "12th"),
        ("23", "rank", "23rd"),
    ],
)
def test_an_amount_reads_as_people_write_it(value: str, unit: str, words: str) -> None:
    assert wording.amount(Decimal(value), unit) == words


@pytest.mark.parametrize(
    ("bounds", "soft", "words"),
    [
        (None, False, ""),
        (between(31, 31), False, "exactly 31 radars"),
        (between(0, 31), True, "up to 31 radars, loosely"),
        (between(31, None), False, "31 radars or more"),
        (between(31, None, "()"), False, "more than 31 radars"),
        (between(None, 31, "(]"), True, "up to 31 radars, loosely"),
        (between(None, 31, "()"), False, "less than 31 radars"),
        (between(24, 99), False, "24 radars to 99 radars"),
        (between(17, 18, "[)"), False, "17 radars to just under 18 radars"),
        (between(17, 18, "(]"), False, "just over 17 radars to 18 radars"),
        (between(None, None), False, "any value"),
    ],
)
def test_bounds_read_as_a_sentence_part(bounds: wording.Bounds | None, soft: bool, words: str) -> None:
    assert wording.bounds(bounds, "radar", soft) == words


@pytest.mark.parametrize(
    ("mode", "source", "details", "words"),
    [
        ("none", "", {}, "the outlet itself"),
        ("direct", "Ada Brandt", {"told": "reporters"}, "Ada Brandt, to reporters"),
        ("unnamed", "", {}, "an unnamed source"),
        ("paraphrase", "", {"document": "a report last week"}, "in a report last week"),
        ("paraphrase", "", {"source_text": "the colonel"}, "the colonel"),
        ("paraphrase", "its analysts", {"document": "a study by its analysts"}, "a study by its analysts"),
        ("direct", "", {"told": None, "document": 3}, "the outlet itself"),
    ],
)
def test_a_credit_names_whom_the_article_names(
    mode: str, source: str, details: dict[str, object], words: str
) -> None:
    assert wording.attribution(mode, source, details) == words


def test_a_count_of_one_is_singular() -> None:
    assert wording.counted(1, "story", "stories") == "1 story"
    assert wording.counted(1204, "story", "stories") == "1,204 stories"
    assert wording.counted(0, "claim") == "0 claims"
