"""What a typed query is understood as."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.services.asking import chosen, understand

TODAY = date(2021, 6, 1)


@pytest.mark.parametrize(
    ("typed", "words", "low", "high", "unit"),
    [
        ("interceptors 30-40", "interceptors", 30, 40, ""),
        ("between 17 and 18 billion dollars", "", 17 * 10**9, 18 * 10**9, "USD"),
        ("> $10bn", "", 10**10, None, "USD"),
        ("tanks >=40", "tanks", 40, None, ""),
        ("<5kg uranium", "uranium", None, 5, "kilogram"),
        ("31 interceptors", "interceptors", 31, 31, ""),
        ("at most 12 jets", "jets", None, 12, ""),
        ("uranium 60%", "uranium", 60, 60, "percent"),
        ("=20 tanks", "tanks", 20, 20, ""),
        ("10,000-20,000 soldiers", "soldiers", 10_000, 20_000, ""),
    ],
)
def test_numbers_are_read_as_in_an_article(
    typed: str, words: str, low: int | None, high: int | None, unit: str
) -> None:
    query = understand(typed, TODAY)
    [value] = query.of("value")
    assert query.words == words
    assert value.quantity is not None
    assert (value.quantity.low, value.quantity.high) == (
        None if low is None else Decimal(low),
        None if high is None else Decimal(high),
    )
    assert value.quantity.unit == unit


@pytest.mark.parametrize(
    ("typed", "since", "until"),
    [
        ("tanks 2021", date(2021, 1, 1), date(2021, 12, 31)),
        ("tanks in April 2021", date(2021, 4, 1), date(2021, 4, 30)),
        ("tanks since 2020", date(2020, 1, 1), None),
        ("tanks before 2021", None, date(2021, 1, 1)),
        ("tanks last week", date(2021, 5, 24), date(2021, 5, 30)),
    ],
)
def test_times_are_read_as_in_an_article(typed: str, since: date | None, until: date | None) -> None:
    query = understand(typed, TODAY)
    [day] = query.of("date")
    assert (query.words, day.since, day.until) == ("tanks", since, until)


def test_named_filters_take_words_or_a_phrase() -> None:
    query = understand('outlet:harbour-post source:"Ada Brandt" WHO:Iran tanks')
    assert [(f.name, f.text) for f in query.filters] == [
        ("outlet", "harbour-post"),
        ("source", "Ada Brandt"),
        ("entity", "Iran"),
    ]
    assert query.words == "tanks"


@pytest.mark.parametrize("typed", ["F-35 jets", '"17 tanks" and a phrase', "outlet:", "New START", "-test"])
def test_what_is_no_filter_stays_a_word(typed: str) -> None:
    query = understand(typed, TODAY)
    assert query.words == typed
    assert query.filters == ()


def test_a_filter_can_be_taken_out_of_the_query() -> None:
    query = understand("tanks > 40 since 2020 outlet:fjord", TODAY)
    assert [f.removed_from(query.typed) for f in query.filters] == [
        "tanks since 2020 outlet:fjord",
        "tanks > 40 outlet:fjord",
        "tanks > 40 since 2020",
    ]


def test_chosen_filters_are_read_and_nonsense_is_none() -> None:
    assert chosen("since", "2020-02-30") is None
    assert chosen("outlet", " ") is None
    since = chosen("since", "2020-02-29")
    assert since is not None
    assert since.since == date(2020, 2, 29)


@given(st.text(max_size=80))
def test_any_text_is_understood_as_something(typed: str) -> None:
    query = understand(typed, TODAY)
    for each in query.filters:
        assert 0 <= each.start < each.end <= len(query.typed)


@given(
    st.lists(st.sampled_from([">", "<", "=", "≥", " ", "5", "km", "-", "outlet:", '"', "2021"]), max_size=12)
)
def test_any_heap_of_signs_is_understood_as_something(parts: list[str]) -> None:
    understand("".join(parts), TODAY)
