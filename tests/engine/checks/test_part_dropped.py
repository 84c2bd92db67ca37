"""A total with the part stated of it, and the total alone."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity
from tests.engine.checks.news import NEXT_MONTH, TUESDAY, courier, findings, found, herald

PLAN = "Norland plans to install 31 new interceptors in Alaska{}."
WITH, WITHOUT = PLAN.format(", including 10 for testing"), PLAN.format("")
DROPPED = [
    (WITH, WITHOUT, Severity.MEDIUM),
    (
        "Norland will receive 24 new ships, six of them for training.",
        "Norland will receive 24 new ships.",
        Severity.MEDIUM,
    ),
    (
        "Norland will receive 24 new ships, including six for training.",
        "Norland will receive 24 new ships.",
        Severity.MEDIUM,
    ),
    (
        "The bombing in Harton on Monday killed 58 people, including 11 children.",
        "The bombing in Harton on Monday killed 58 people.",
        Severity.INFO,
    ),
]


@pytest.mark.parametrize(("first", "second", "severity"), DROPPED)
def test_a_total_without_its_part(first: str, second: str, severity: Severity) -> None:
    (finding,) = findings(courier(first), herald(second))
    assert finding.check == "part_dropped"
    assert finding.severity is severity
    assert finding.summary.startswith("Herald gives")


SILENT = {
    "both state it": (WITH, WITH),
    "stated elsewhere": (WITH, f"{WITHOUT} Of these, 10 for testing will stand in the east."),
    "another total": (WITH, "Norland plans to install 25 new interceptors in Alaska."),
    "another part": (WITH, PLAN.format(", including 12 for training")),
    "another place": (WITH, "Sudmark plans to install 31 new interceptors in Eastmark."),
    "what happened to some": (
        "The bombing in Harton on Monday hit 31 soldiers, killing 11 of them.",
        "The bombing in Harton on Monday hit 31 soldiers.",
    ),
    "another thing": (WITH, "Norland plans to install 31 new radars in Alaska."),
}


@pytest.mark.parametrize(("first", "second"), SILENT.values(), ids=SILENT)
def test_no_part_dropped(first: str, second: str) -> None:
    assert not found("part_dropped", courier(first), herald(second, TUESDAY))


def test_a_month_later_it_is_another_story() -> None:
    assert not found("part_dropped", courier(WITH), herald(WITHOUT, NEXT_MONTH))
