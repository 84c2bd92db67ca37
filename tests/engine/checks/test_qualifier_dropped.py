"""A figure with its qualifier, and what another outlet made of it."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity
from tests.engine.checks.news import MONDAY, NEXT_MONTH, TUESDAY, courier, findings, found, herald, star

PLAN = "Norland plans to install {} in Alaska."
UP_TO, FLAT = PLAN.format("as many as 31 new interceptors"), PLAN.format("31 new interceptors")
DROPPED = [
    (UP_TO, FLAT, "as many as", Severity.MEDIUM),
    (PLAN.format("up to 31 new interceptors"), FLAT, "up to", Severity.MEDIUM),
    (PLAN.format("at least 31 new interceptors"), FLAT, "at least", Severity.LOW),
    (PLAN.format("more than 31 new interceptors"), FLAT, "more than", Severity.LOW),
    ("Norland has 1,357 deployed warheads.", "Norland has 1,357 warheads.", "deployed", Severity.LOW),
    (
        "Norland has 24 planned launchers in Eastmark.",
        "Norland has 24 launchers in Eastmark.",
        "planned",
        Severity.MEDIUM,
    ),
    (
        "Norland will buy 40 fighters from Sudmark, including options.",
        "Norland will buy 40 fighters from Sudmark.",
        "including options",
        Severity.LOW,
    ),
]


@pytest.mark.parametrize(("first", "second", "missing", "severity"), DROPPED)
def test_a_qualifier_lost_by_the_later_outlet(
    first: str, second: str, missing: str, severity: Severity
) -> None:
    (finding,) = findings(courier(first), herald(second, TUESDAY))
    assert finding.check == "qualifier_dropped"
    assert finding.severity is severity
    assert finding.summary.startswith("Herald gives")
    assert f"“{missing}” is gone" in finding.summary


@pytest.mark.parametrize(("first", "second", "missing", "severity"), DROPPED)
def test_without_an_order_it_counts_as_dropped(
    first: str, second: str, missing: str, severity: Severity
) -> None:
    (finding,) = findings(courier(first), herald(second))
    assert finding.check == "qualifier_dropped"


def test_one_who_credits_the_other_took_it_from_there() -> None:
    credit = herald(f"{FLAT[:-1]}, the Courier reported.", MONDAY)
    assert found("qualifier_dropped", courier(UP_TO, TUESDAY), credit)


SILENT = {
    "the same qualifier": (UP_TO, UP_TO),
    "the same qualifier in other words": (UP_TO, PLAN.format("up to 31 new interceptors")),
    "another figure": (UP_TO, PLAN.format("25 new interceptors")),
    "qualified elsewhere in the article": (
        UP_TO,
        f"{FLAT} It said up to 31 interceptors would be installed.",
    ),
    "another thing": (UP_TO, PLAN.format("31 new radars")),
    "another place": (UP_TO, "Sudmark plans to install 31 new interceptors in Eastmark."),
    "deployed, said by the verb": (
        "Norland has 1,357 deployed warheads.",
        "Norland has deployed 1,357 warheads.",
    ),
    "style": (
        "Norland has some 24 launchers in Eastmark.",
        "Norland has 24 launchers in Eastmark.",
    ),
    "a limit is a ceiling in itself": (
        "The treaty limits Norland to no more than 800 launchers.",
        "The treaty limits Norland to 800 launchers.",
    ),
}


@pytest.mark.parametrize(("first", "second"), SILENT.values(), ids=SILENT)
def test_nothing_dropped(first: str, second: str) -> None:
    assert not found("qualifier_dropped", courier(first), herald(second, TUESDAY))


def test_a_month_later_it_is_another_story() -> None:
    assert not found("qualifier_dropped", courier(UP_TO), herald(FLAT, NEXT_MONTH))


def test_a_flat_figure_of_another_day_may_be_exact_by_then() -> None:
    first = courier("The bombing in Harton on Monday killed at least 58 people.")
    assert not found(
        "qualifier_dropped", first, herald("The bombing in Harton on Monday killed 64 people.", TUESDAY)
    )


def test_each_outlet_that_drops_it_is_told_once() -> None:
    told = found("qualifier_dropped", courier(UP_TO), herald(f"{FLAT} {FLAT}", TUESDAY), star(FLAT, TUESDAY))
    assert [f.subject for f in told] == ["a-Herald|31 interceptor|up_to", "a-Star|31 interceptor|up_to"]
