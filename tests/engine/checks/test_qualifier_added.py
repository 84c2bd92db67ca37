"""A flat figure, and the qualifier another outlet gave it."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity
from tests.engine.checks.news import MONDAY, NEXT_MONTH, TUESDAY, courier, findings, found, herald, star

PLAN = "Norland plans to install {} in Alaska."
UP_TO, FLAT = PLAN.format("as many as 31 new interceptors"), PLAN.format("31 new interceptors")
ADDED = [
    (FLAT, UP_TO, "as many as", Severity.LOW),
    (FLAT, PLAN.format("up to 31 new interceptors"), "up to", Severity.LOW),
    (FLAT, PLAN.format("at least 31 new interceptors"), "at least", Severity.INFO),
    ("Norland has 1,357 warheads.", "Norland has 1,357 deployed warheads.", "deployed", Severity.LOW),
    (
        "Norland will buy 40 fighters from Sudmark.",
        "Norland will buy 40 fighters from Sudmark, including options.",
        "including options",
        Severity.LOW,
    ),
]


@pytest.mark.parametrize(("first", "second", "added", "severity"), ADDED)
def test_a_qualifier_the_earlier_outlet_had_not(
    first: str, second: str, added: str, severity: Severity
) -> None:
    (finding,) = findings(courier(first), herald(second, TUESDAY))
    assert finding.check == "qualifier_added"
    assert finding.severity is severity
    assert finding.claims[0].startswith("a-Herald")
    assert f"“{added}” is new" in finding.summary


def test_one_who_credits_the_other_added_it() -> None:
    credit = herald(f"{UP_TO[:-1]}, the Courier reported.", MONDAY)
    (finding,) = findings(courier(FLAT), credit)
    assert finding.check == "qualifier_added"
    assert finding.evidence["credits"] == ["Courier"]


SILENT = {
    "the same qualifier": (UP_TO, UP_TO),
    "an approximation": (FLAT, PLAN.format("about 31 new interceptors")),
    "another figure": (FLAT, PLAN.format("up to 40 new interceptors")),
    "another thing": (FLAT, PLAN.format("up to 31 new radars")),
    "qualified by both": (f"{FLAT} It said up to 31 interceptors would be installed.", UP_TO),
    "both deployed": ("Norland has deployed 1,357 warheads.", "Norland has 1,357 deployed warheads."),
}


@pytest.mark.parametrize(("first", "second"), SILENT.values(), ids=SILENT)
def test_nothing_added(first: str, second: str) -> None:
    assert not found("qualifier_added", courier(first), herald(second, TUESDAY))


def test_without_an_order_nothing_is_added() -> None:
    assert not found("qualifier_added", courier(FLAT), herald(UP_TO))
    assert not found("qualifier_added", courier(FLAT, None), herald(UP_TO, None))


def test_a_month_later_it_is_another_story() -> None:
    assert not found("qualifier_added", courier(FLAT), herald(UP_TO, NEXT_MONTH))


def test_what_another_outlet_had_from_the_start_was_not_added() -> None:
    told = findings(courier(FLAT), star(UP_TO), herald(UP_TO, TUESDAY))
    assert [f.check for f in told] == ["qualifier_dropped"]


def test_never_both_for_a_pair() -> None:
    for first, second, _, _ in ADDED:
        assert len(findings(courier(first), herald(second, TUESDAY))) == 1
        assert len(findings(courier(second), herald(first, TUESDAY))) == 1
