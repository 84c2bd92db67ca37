from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from claims.engine.records import ArticleText, Document
from claims.ingest.datelines import date_in_address, dates_in, iso_date
from claims.ingest.reading import read

STORY = (
    "Nine clerks left Askel on Friday, a day before they had to go, and two more will follow them in June."
)


def dated(line: str, **declared: object) -> ArticleText:
    raw = f"Nine clerks leave Askel\n\n{line}\n\n{STORY}\n\nThey took 14 crates with them.".encode()
    return read(Document(raw, **declared))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "line",
    [
        "2021-05-04",
        "2021/05/04 10:15",
        "Tuesday, 04 May 2021 6:10 AM",
        "May 4, 2021",
        "May 4th, 2021 at 9:30 am EDT",
        "TUE MAY 4 2021",
        "4 May 2021",
        "4th of May, 2021",
        "04.05.2021",
        "Tue 04/05/2021",
        "2021-05-04T23:59:00+03:00",
        "Published: 4 May 2021",
        "Posted on May 4, 2021 by Ada Brook",
        "Ada Brook | May 4, 2021 | 3 comments",
        "Abroad 2021-05-04, by Closed 0",
        "Updated: 06-05-2021 09:58 | Created: 2021-05-04 09:58",
        "Published: May 4, 2021\nUpdated: May 9, 2021",
        "Updated: May 9, 2021\nPublished: May 4, 2021",
        "Askel, May 4, 2021 (AFP)",
    ],
)
def test_many_ways_of_writing_one_day(line: str) -> None:
    article = dated(line)
    assert article.published == date(2021, 5, 4)
    assert article.published_as_written
    assert article.published_as_written in line


@pytest.mark.parametrize(
    "line", ["Updated 4 May 2021", "Last modified on: May 4, 2021", "Last updated: 2021-05-04 10:00"]
)
def test_the_day_of_a_change_is_not_the_day_of_publication(line: str) -> None:
    article = dated(line)
    assert article.published is None
    assert any("only the date of a change: 4 May 2021" in notice for notice in article.notices)


def test_a_date_with_two_readings_is_said() -> None:
    article = dated("04/05/2021")
    assert article.published == date(2021, 5, 4)
    assert any("4 May 2021, not 5 April 2021" in notice for notice in article.notices)


def test_an_american_outlet_puts_the_month_first() -> None:
    article = dated("04/05/2021", outlet="The Hill")
    assert article.published == date(2021, 4, 5)
    assert article.notices == ()


def test_a_day_after_the_fetch_decides_between_two_readings() -> None:
    article = dated("05/04/2021", fetched_at=datetime(2021, 4, 20, tzinfo=UTC))
    assert article.published == date(2021, 4, 5)
    article = dated("04/05/2021", fetched_at=datetime(2021, 4, 20, tzinfo=UTC))
    assert article.published == date(2021, 4, 5)


def test_a_wrong_weekday_is_said() -> None:
    article = dated("Sunday, 4 May 2021")
    assert article.published == date(2021, 5, 4)
    assert any("was a Tuesday" in notice for notice in article.notices)


def test_the_address_gives_the_day_where_the_page_does_not() -> None:
    article = dated("", url="https://echo.askel.example/2021/05/04/clerks.html")
    assert article.published == date(2021, 5, 4)
    assert any("address" in notice for notice in article.notices)


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        (
            "ASKEL, May 4, 2021 (AFP) - Nine clerks left Askel on Friday, a day before they had to go.",
            date(2021, 5, 4),
        ),
        (
            "04.05.2021 Nine clerks left Askel on Friday, a day before they had to go to Lund.",
            date(2021, 5, 4),
        ),
        (
            "Clerks leave Askel AFP Tuesday 4 May 2021 Nine clerks left Askel on Friday, a day early.",
            date(2021, 5, 4),
        ),
        ("On 4 May 2021 nine clerks left Askel, a day before they had to go to Lund.", None),
        ("ASKEL - The accord of 4 May 2021 gave the nine clerks a year to leave for Lund.", None),
    ],
)
def test_a_dateline_counts_and_a_day_in_a_sentence_does_not(opening: str, day: date | None) -> None:
    assert read(Document(opening.encode())).published == day


def test_impossible_days_are_no_dates() -> None:
    assert list(dates_in("31/31/2021, 30 February 2020, 2021-13-40")) == []


def test_dates_inside_longer_numbers_are_no_dates() -> None:
    assert list(dates_in("version 1.2021-05-04x, ip 10.1.2.2021.7, order 992021-05-0412")) == []


def test_dates_of_machines_and_addresses() -> None:
    assert iso_date("2021-05-04T01:00:00Z") == date(2021, 5, 4)
    assert iso_date("20210504") == date(2021, 5, 4)
    assert iso_date("May 4") is None
    assert date_in_address("https://a.example/x-2021-05-04-y") is None
    assert date_in_address("https://a.example/2021/05/04/") == date(2021, 5, 4)
