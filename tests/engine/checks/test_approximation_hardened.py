"""An approximation, and the exact figure another outlet made of it."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity
from tests.engine.checks.news import NEXT_MONTH, TUESDAY, courier, findings, found, herald, star

COST = "Norland will spend {} on the Heron interceptor."
HARDENED = [
    (COST.format("almost $18 billion"), COST.format("$18 billion")),
    (COST.format("nearly $18 billion"), COST.format("$18bn")),
    ("Norland bought about 24 launchers from Sudmark.", "Norland bought 24 launchers from Sudmark."),
    ("Norland bought roughly 24 launchers from Sudmark.", "Norland bought 24 launchers from Sudmark."),
    (
        "Iran holds nearly 3,000 kilograms of enriched uranium.",
        "Iran holds 3,000 kilograms of enriched uranium.",
    ),
]


@pytest.mark.parametrize(("first", "second"), HARDENED)
def test_an_approximation_told_as_exact(first: str, second: str) -> None:
    (finding,) = findings(courier(first), herald(second, TUESDAY))
    assert finding.check == "approximation_hardened"
    assert finding.severity is Severity.LOW
    assert finding.summary.startswith("Herald gives")


def test_where_the_source_shows_that_it_is_not_exact_it_is_medium() -> None:
    source = star(COST.format("$17.7 billion"))
    told = found(
        "approximation_hardened", source, courier(HARDENED[0][0]), herald(COST.format("$18 billion"), TUESDAY)
    )
    (finding,) = told
    assert finding.severity is Severity.MEDIUM
    assert "Star has “$17.7 billion”" in finding.summary
    assert finding.evidence["exact"] == "$17.7 billion"


SILENT = {
    "both approximate": (COST.format("almost $18 billion"), COST.format("about $18 billion")),
    "the exact figure": (COST.format("almost $18 billion"), COST.format("$17.7 billion")),
    "another figure": (COST.format("almost $18 billion"), COST.format("$20 billion")),
    "approximate elsewhere in the article": (
        COST.format("almost $18 billion"),
        f"{COST.format('$18 billion')} {COST.format('almost $18 billion')}",
    ),
    "a habit of style": (
        "Norland bought some 24 launchers from Sudmark.",
        "Norland bought 24 launchers from Sudmark.",
    ),
    "softened, not hardened": (COST.format("$18 billion"), COST.format("almost $18 billion")),
    "another thing": (COST.format("almost $18 billion"), "Norland will spend $18 billion on new roads."),
}


@pytest.mark.parametrize(("first", "second"), SILENT.values(), ids=SILENT)
def test_nothing_hardened(first: str, second: str) -> None:
    assert not found("approximation_hardened", courier(first), herald(second, TUESDAY))


def test_a_month_later_it_is_another_story() -> None:
    first, second = HARDENED[0]
    assert not found("approximation_hardened", courier(first), herald(second, NEXT_MONTH))


def test_an_outlet_that_tells_two_approximations_is_named_once() -> None:
    told = found(
        "approximation_hardened",
        courier(COST.format("almost $18 billion")),
        star(COST.format("about $18 billion")),
        herald(COST.format("$18 billion"), TUESDAY),
    )
    assert [f.subject for f in told] == ["a-Herald|18000000000 USD"]
