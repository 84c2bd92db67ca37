"""What one outlet hedges, and another tells as done."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity
from tests.engine.checks.news import NEXT_MONTH, TUESDAY, courier, findings, found, herald

DONE = "Norland bought 12 radars from Sudmark."
HEDGED = {
    "plans to": ("Norland plans to buy 12 radars from Sudmark.", Severity.MEDIUM, "planned"),
    "allegedly": ("Norland allegedly bought 12 radars from Sudmark.", Severity.LOW, "alleged"),
    "could": ("Norland could buy 12 radars from Sudmark.", Severity.LOW, "possible"),
    "denied": ("Norland denied having bought 12 radars from Sudmark.", Severity.LOW, "denied"),
}


@pytest.mark.parametrize(("hedged", "severity", "name"), HEDGED.values(), ids=HEDGED)
def test_a_hedge_that_is_gone(hedged: str, severity: Severity, name: str) -> None:
    (finding,) = findings(courier(hedged), herald(DONE, TUESDAY))
    assert finding.check == "hedge_dropped"
    assert finding.severity is severity
    assert finding.summary.startswith("Herald tells “12 radars” as done; in Courier it is " + name)


def test_with_the_source_gone_too_it_is_medium() -> None:
    credited = courier("Ada Brandt said that Norland had allegedly bought 12 radars from Sudmark.")
    (finding,) = findings(credited, herald(DONE, TUESDAY))
    assert finding.severity is Severity.MEDIUM
    assert "Ada Brandt is credited" in finding.summary


SILENT = {
    "hedged alike": (HEDGED["plans to"][0], HEDGED["plans to"][0]),
    "hedged otherwise": (HEDGED["plans to"][0], HEDGED["could"][0]),
    "credited instead": (HEDGED["allegedly"][0], "Ada Brandt said Norland bought 12 radars from Sudmark."),
    "hedged elsewhere in the article": (HEDGED["plans to"][0], f"{DONE} {HEDGED['plans to'][0]}"),
    "another figure": (HEDGED["plans to"][0], "Norland bought 14 radars from Sudmark."),
    "another buyer": (HEDGED["plans to"][0], "Westmark bought 12 radars from Sudmark."),
    "another act": (HEDGED["plans to"][0], "Norland destroyed 12 radars of Sudmark."),
}


@pytest.mark.parametrize(("first", "second"), SILENT.values(), ids=SILENT)
def test_no_hedge_dropped(first: str, second: str) -> None:
    assert not found("hedge_dropped", courier(first), herald(second, TUESDAY))


def test_a_plan_may_be_done_a_month_later() -> None:
    assert not found("hedge_dropped", courier(HEDGED["plans to"][0]), herald(DONE, NEXT_MONTH))
