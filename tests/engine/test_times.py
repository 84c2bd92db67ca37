"""What a time in a sentence means on the day it was published."""

from __future__ import annotations

from datetime import date

import pytest

from claims.engine.article import read_article
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


def test_a_date_that_tells_day_and_month_apart_tells_it_for_those_behind_it() -> None:
    text = "The first tests were on 25/03/2021. Others came on 03/04/2021."
    days = [t.start for s in read_article(text, MONDAY).sentences for t in s.times]
    assert days == [date(2021, 3, 25), date(2021, 4, 3)]


def test_an_outlet_that_writes_the_month_first_is_taken_at_its_word() -> None:
    text = "The tests were on 03/04/2021."
    days = [t.start for s in read_article(text, MONDAY, month_first=True).sentences for t in s.times]
    assert days == [date(2021, 3, 4)]


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("It fell the day before last Tuesday", "the day before last Tuesday", "2021-04-26", "2021-04-26"),
        ("It fell two days before 9 April 2021", "two days before 9 April 2021", "2021-04-07", "2021-04-07"),
        ("It fell in the week of 9 March 2021", "the week of 9 March 2021", "2021-03-08", "2021-03-14"),
        ("It fell in June last year", "June last year", "2020-06-01", "2020-06-30"),
        ("It fell in May nineteen ninety-eight", "May nineteen ninety-eight", "1998-05-01", "1998-05-31"),
        ("It fell in the year two thousand", "the year two thousand", "2000-01-01", "2000-12-31"),
        ("They had been due to leave on Friday", "Friday", "2021-04-30", "2021-04-30"),
        ("They agreed in June to leave", "June", "2020-06-01", "2020-06-30"),
        ("They agreed to leave in June", "June", "2021-06-01", "2021-06-30"),
        ("The list is to be published on 20 May", "20 May", "2021-05-20", "2021-05-20"),
        ("The arms could go as soon as Friday", "Friday", "2021-05-07", "2021-05-07"),
        ("They have until 9 a.m. Friday", "9 a.m. Friday", "2021-05-07", "2021-05-07"),
        ("The work will start in 2025", "2025", "2025-01-01", "2025-12-31"),
        ("The talks end in June", "June", "2021-06-01", "2021-06-30"),
        ("The pact was made by the end of June 2020", "end of June 2020", "2020-06-20", "2020-06-30"),
    ],
)
def test_the_clause_and_the_words_around_a_time_place_it(text: str, words: str, start: str, end: str) -> None:
    assert _days(text, MONDAY) == [(words, start, end)]


def test_the_name_of_a_programme_tells_no_time() -> None:
    assert _days("The envoy told the reporters of This Week that all was well", MONDAY) == []


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
