"""Dates of one event or deadline at odds between outlets, and relative dates gone stale."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity

from .histories import between, told

FIRST = "The New START treaty expires on 5 February 2026."


@pytest.mark.parametrize(
    ("other", "severity"),
    [
        ("New START will expire on 9 February 2026.", Severity.MEDIUM),
        ("The New START treaty expires on 4 February 2026.", Severity.LOW),
        ("The New START treaty expires in March 2026.", Severity.MEDIUM),
    ],
)
def test_two_dates_of_one_deadline_are_at_odds(other: str, severity: Severity) -> None:
    (finding,) = between(
        "date_conflict", told("The Courier", "2025-11-03", FIRST), told("The Post", "2025-11-04", other)
    )
    assert finding.severity is severity
    assert "expiry of New START" in finding.summary
    assert len(finding.claims) == 2


@pytest.mark.parametrize(
    ("published", "other"),
    [
        ("2025-11-04", "The New START treaty will expire on February 5, 2026."),
        ("2025-11-04", "The New START treaty expires in February 2026."),
        ("2025-11-04", "The New START treaty expires in 2026."),
        ("2025-11-04", "The New START treaty entered into force on 5 February 2011."),
        ("2025-11-04", "The Open Skies treaty expires on 9 February 2026."),
        ("2025-11-04", "New START expires on 5 February 2026 after it was extended from 5 February 2021."),
        ("2020-11-04", "The New START treaty expires on 5 February 2021."),
        (
            "2025-11-04",
            "The New START treaty, first to run out on 9 February 2025, was extended to 9 February 2026.",
        ),
    ],
)
def test_dates_that_agree_or_are_of_other_things_are_passed_over(published: str, other: str) -> None:
    assert not between(
        "date_conflict", told("The Courier", "2025-11-03", FIRST), told("The Post", published, other)
    )


EXPELLED = "Russia expelled ten Latvian diplomats"


def test_two_dates_of_one_event_are_at_odds() -> None:
    (finding,) = between(
        "date_conflict",
        told("The Courier", "2024-06-12", f"{EXPELLED} on 2 June 2024."),
        told("The Post", "2024-06-13", f"{EXPELLED} on 9 June 2024."),
    )
    assert finding.severity is Severity.LOW
    assert finding.evidence["days_off"] == 7


@pytest.mark.parametrize("other", ["on 3 June 2024", "earlier this month", "this year", "in June"])
def test_dates_of_an_event_with_a_day_in_common_or_next_to_it_agree(other: str) -> None:
    assert not between(
        "date_conflict",
        told("The Courier", "2024-06-12", f"{EXPELLED} on 2 June 2024."),
        told("The Post", "2024-06-13", f"{EXPELLED} {other}."),
    )


COPIED = "Russia expelled ten Latvian diplomats earlier this month, in answer to an order of the spring."


def test_a_relative_date_copied_into_the_next_month_is_stale() -> None:
    articles = told("The Courier", "2024-05-29", COPIED), told("The Post", "2024-06-04", COPIED)
    (finding,) = between("stale_date", *articles)
    assert finding.severity is Severity.MEDIUM
    assert finding.claims[0].startswith("The Post")
    assert "1 to 4 June 2024" in finding.summary
    assert not between("date_conflict", *articles)


@pytest.mark.parametrize(
    ("published", "other"),
    [
        ("2024-05-30", COPIED),
        ("2024-06-04", "Russia expelled ten Latvian diplomats in May, in answer to an order of the spring."),
        (
            "2024-06-04",
            "Russia expelled ten Latvian diplomats last month, in answer to an order of the spring.",
        ),
        ("2024-10-04", COPIED),
    ],
)
def test_a_relative_date_that_still_means_its_days_is_fresh(published: str, other: str) -> None:
    articles = told("The Courier", "2024-05-29", COPIED), told("The Post", published, other)
    assert not between("stale_date", *articles)


def test_another_act_of_the_next_month_is_none_of_the_first() -> None:
    again = "This month Russia sent home Latvian diplomats once more: ten of them left earlier this month."
    articles = told("The Courier", "2024-05-29", COPIED), told("The Post", "2024-06-04", again)
    assert not between("stale_date", *articles)
