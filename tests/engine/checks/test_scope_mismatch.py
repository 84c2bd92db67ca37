"""Two figures that differ because they do not count the same."""

from __future__ import annotations

import pytest

from claims.engine.checks.scopes import opposed
from claims.engine.records import PlacedClaim, Severity
from tests.engine.checks.news import NEXT_MONTH, Article, courier, findings, found, herald

SHOOTING = "The shooting at a school in Harton on Monday killed {}."
MISMATCHES = [
    ("Norland has 1,357 deployed warheads.", "Norland has 3,750 warheads in its stockpile.", "stockpile"),
    ("Norland has 1,357 deployed warheads.", "Norland has 900 warheads in storage.", "a total would count"),
    (
        "Norland ordered 24 launchers from Sudmark.",
        "Norland received 10 launchers from Sudmark.",
        "what was ordered",
    ),
    (
        SHOOTING.format("five people, including the gunman"),
        SHOOTING.format("four people, not counting the gunman"),
        "the attacker as well",
    ),
    (
        SHOOTING.format("five people, including the gunman"),
        SHOOTING.format("four people"),
        "the attacker as well",
    ),
    (
        SHOOTING.format("four people before he was shot by police"),
        SHOOTING.format("five people"),
        "only the victims",
    ),
    (
        "Norland will buy 40 fighters from Sudmark, including options.",
        "Norland will buy 30 fighters from Sudmark.",
        "the options as well",
    ),
]


@pytest.mark.parametrize(("first", "second", "clears"), MISMATCHES)
def test_another_scope_is_no_contradiction(first: str, second: str, clears: str) -> None:
    told = findings(courier(first), herald(second))
    assert [f.check for f in told] == ["scope_mismatch"]
    assert told[0].severity in (Severity.LOW, Severity.INFO)
    assert clears in told[0].clears


SILENT = {
    "figures that agree": (
        SHOOTING.format("five people, including the gunman"),
        SHOOTING.format("five people"),
    ),
    "one scope": ("Norland has 1,357 deployed warheads.", "Norland has 1,400 deployed warheads."),
    "a scope only one side names": (
        "Norland has 1,357 deployed warheads.",
        "Norland has 1,400 warheads.",
    ),
    "a scope said of something else": (
        "Norland has 24 launchers; it keeps its trucks in storage.",
        "Norland has 30 launchers on duty.",
    ),
    "another place": (
        SHOOTING.format("five people, including the gunman"),
        "The shooting at a school in Melby on Monday killed four people.",
    ),
    "intervals that meet": (
        "Norland has more than 1,300 deployed warheads.",
        "Norland has 1,357 warheads in its stockpile.",
    ),
    "another thing": ("Norland has 1,357 deployed warheads.", "Norland has 400 launchers in storage."),
}


@pytest.mark.parametrize(("first", "second"), SILENT.values(), ids=SILENT)
def test_no_mismatch_of_scope(first: str, second: str) -> None:
    assert not found("scope_mismatch", courier(first), herald(second))


CONTRADICTIONS = {
    "more than attackers between them": (
        SHOOTING.format("nine people, including the gunman"),
        SHOOTING.format("four people"),
    ),
    "fewer with the attacker than without": (
        SHOOTING.format("four people, including the gunman"),
        SHOOTING.format("five people, not counting the gunman"),
    ),
    "a stockpile smaller than what is deployed of it": (
        "Norland has 3,750 deployed warheads.",
        "Norland has 1,357 warheads in its stockpile.",
    ),
}


@pytest.mark.parametrize(("first", "second"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_a_scope_that_does_not_explain_the_difference_hides_no_contradiction(first: str, second: str) -> None:
    assert "scope_mismatch" not in {f.check for f in findings(courier(first), herald(second))}


def test_later_figures_are_news_of_their_own() -> None:
    first = courier("Norland has 1,357 deployed warheads.")
    assert not found("scope_mismatch", first, herald("Norland has 900 warheads in storage.", NEXT_MONTH))


def test_an_article_that_gives_both_scopes_has_told_them_apart() -> None:
    both = courier("Norland has 1,357 deployed warheads. Norland has 900 warheads in storage.")
    assert not found("scope_mismatch", both, herald("Norland has 900 warheads in storage."))


def _only(article: Article) -> PlacedClaim:
    (claim,) = [c for c in article.claims() if c.claim.quantity]
    return claim


def test_opposition_is_symmetric_but_for_the_sides() -> None:
    here, there = _only(courier(MISMATCHES[0][0])), _only(herald(MISMATCHES[0][1]))
    one, other = opposed(here, there), opposed(there, here)
    assert one is not None
    assert one.turned() == other
    assert (one.axis, one.here, one.there) == ("deployment", ("deployed",), ("stockpiled",))


def test_figures_counted_together_are_a_scope_of_their_own() -> None:
    together = _only(courier("Norland may have 800 deployed and non-deployed launchers."))
    deployed = _only(herald("Norland may have 700 deployed launchers."))
    found = opposed(together, deployed)
    assert found is not None
    assert found.here == ("deployed", "stored")
