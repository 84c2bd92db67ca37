"""Figures that change over time, and the number that stays behind."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity

from .histories import between, told

OLD = "Iran holds 2,100 kg of enriched uranium, the IAEA said."
NEW = "Iran holds 2,400 kg of enriched uranium, the IAEA said."


def severities(*articles: tuple[str, str, str]) -> list[Severity]:
    return sorted(f.severity for f in between("updated_figure", *(told(*article) for article in articles)))


FIRST, SECOND = ("The Courier", "2024-02-10", OLD), ("The Post", "2024-05-10", NEW)


def test_a_figure_of_another_month_is_a_timeline() -> None:
    assert severities(FIRST, SECOND) == [Severity.INFO]


def test_the_older_figure_of_a_source_given_after_its_newer_one_is_stale() -> None:
    findings = between("updated_figure", told(*FIRST), told(*SECOND), told("The Star", "2024-05-20", OLD))
    (stale,) = [f for f in findings if f.severity is Severity.LOW]
    assert stale.claims[0].startswith("The Star")
    assert "still gives “2,100 kg" in stale.summary


@pytest.mark.parametrize(
    "third",
    [
        ("The Star", "2024-05-20", NEW),
        ("The Star", "2024-05-11", OLD),
        ("The Star", "2024-05-20", "Iran held 2,100 kg of enriched uranium in February 2024, the IAEA said."),
        ("The Star", "2024-05-20", "Iran holds 2,100 kg of enriched uranium, Tehran said."),
        ("The Star", "2024-05-20", f"{NEW} Until then it was another figure. {OLD}"),
    ],
)
def test_a_figure_that_is_new_dated_or_of_another_source_is_not_stale(third: tuple[str, str, str]) -> None:
    assert Severity.LOW not in severities(FIRST, SECOND, third)


def test_tolls_of_unknown_days_are_no_timeline() -> None:
    first = ("The Courier", "2024-02-10", "An air strike killed 10 people in Aleppo.")
    assert severities(first, ("The Post", "2024-02-13", "An air strike killed 40 people in Aleppo.")) == []
