"""What a time in a sentence means on the day it was published."""

from __future__ import annotations

from datetime import date

import pytest

from claims.engine.times import find_times
from claims.engine.tokens import tokenize

MONDAY = date(2021, 5, 3)


def _days(
    text: str, published: date | None, future: bool = False
) -> list[tuple[str, str | None, str | None]]:
    tokens = tokenize(text)
    return [
        (
            text[tokens[t.first].start : tokens[t.last - 1].end],
            t.start.isoformat() if t.start else None,
            t.end.isoformat() if t.end else None,
        )
        for t in find_times(tokens, published, future)
    ]


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("on Wednesday", "Wednesday", "2021-04-28", "2021-04-28"),
        ("on Monday", "Monday", "2021-05-03", "2021-05-03"),
        ("last Monday", "last Monday", "2021-04-26", "2021-04-26"),
        ("earlier this month", "earlier this month", "2021-05-01", "2021-05-03"),
        ("last week", "last week", "2021-04-26", "2021-05-02"),
        ("this week", "this week", "2021-05-03", "2021-05-09"),
        ("next week", "next week", "2021-05-10", "2021-05-16"),
        ("last month", "last month", "2021-04-01", "2021-04-30"),
        ("last year", "last year", "2020-01-01", "2020-12-31"),
        ("late last year", "late last year", "2020-09-01", "2020-12-31"),
        ("yesterday", "yesterday", "2021-05-02", "2021-05-02"),
        ("in April", "April", "2021-04-01", "2021-04-30"),
        ("in November", "November", "2020-11-01", "2020-11-30"),
        ("on April 15", "April 15", "2021-04-15", "2021-04-15"),
        ("15 April 2021", "15 April 2021", "2021-04-15", "2021-04-15"),
        ("April 15, 2021", "April 15, 2021", "2021-04-15", "2021-04-15"),
        ("the 15th of April", "15th of April", "2021-04-15", "2021-04-15"),
        ("2021-04-15", "2021-04-15", "2021-04-15", "2021-04-15"),
        ("15.04.2021", "15.04.2021", "2021-04-15", "2021-04-15"),
        ("25/12/2020", "25/12/2020", "2020-12-25", "2020-12-25"),
        ("12-14 April", "12-14 April", "2021-04-12", "2021-04-14"),
        ("in 2016", "2016", "2016-01-01", "2016-12-31"),
        ("in 2014-15", "2014-15", "2014-01-01", "2015-12-31"),
        ("two weeks ago", "two weeks ago", "2021-04-19", "2021-04-25"),
        ("three days ago", "three days ago", "2021-04-30", "2021-04-30"),
        ("the 1990s", "the 1990s", "1990-01-01", "1999-12-31"),
    ],
)
def test_a_time_is_resolved_against_the_day_of_publication(
    text: str, words: str, start: str, end: str
) -> None:
    assert _days(f"It came {text} to them", MONDAY) == [(words, start, end)]


def test_a_month_in_a_plan_is_the_next_one() -> None:
    assert _days("They will meet in September", MONDAY, future=True)[0][1:] == ("2021-09-01", "2021-09-30")


def test_day_or_month_first_stays_open_where_it_cannot_be_told() -> None:
    assert _days("on 03/05/2021", MONDAY) == [("03/05/2021", None, None)]


def test_without_a_publication_date_only_full_dates_are_resolved() -> None:
    assert _days("on Wednesday and on 15 April 2021", None) == [
        ("Wednesday", None, None),
        ("15 April 2021", "2021-04-15", "2021-04-15"),
    ]


@pytest.mark.parametrize(
    "text", ["It may rain", "They march on", "2000 soldiers came", "about 1950 warheads"]
)
def test_verbs_and_counts_are_no_times(text: str) -> None:
    assert _days(text, MONDAY) == []


@pytest.mark.parametrize(
    "text", ["in the 99999 century", "31 February 2021", "last last last", "Monday Monday", "1 ago"]
)
def test_impossible_times_do_no_harm(text: str) -> None:
    _days(text, MONDAY)
    _days(text, date.min)
    _days(text, date.max)
