"""One outlet's figure, and what another made of it: a slip of the pen, or something else."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity
from tests.engine.checks.news import NEXT_MONTH, TUESDAY, courier, findings, found, herald, star

SLIPS = [
    (
        "Norland will spend almost $18 billion on the Heron interceptor.",
        "Norland will spend almost $18 million on the Heron interceptor.",
        "a factor of 1,000",
    ),
    (
        "Norland's army has 1,550 deployed warheads.",
        "Norland's army has 1,505 deployed warheads.",
        "two digits exchanged",
    ),
    (
        "Norland's army has 1,550 deployed warheads.",
        "Norland's army has 15,550 deployed warheads.",
        "a digit doubled or lost",
    ),
    (
        "The bombing in Harton on Sunday killed 354 people.",
        "The bombing in Harton on Sunday killed 345 people.",
        "two digits exchanged",
    ),
    (
        "Iran holds 2.4 kilograms of uranium enriched to 60 percent.",
        "Iran holds 24 kilograms of uranium enriched to 60 percent.",
        "a factor of 10,",
    ),
    ("Norland deployed 31 interceptors in Alaska.", "Norland deployed 3,100 interceptors in Alaska.", "100,"),
]


@pytest.mark.parametrize(("first", "second", "words"), SLIPS)
def test_a_slip_is_told_and_is_no_plain_conflict(first: str, second: str, words: str) -> None:
    told = findings(courier(first), herald(second, TUESDAY))
    (finding,) = [f for f in told if f.check == "magnitude_slip"]
    assert finding.severity is Severity.HIGH
    assert words in finding.summary
    assert finding.summary.startswith("Herald gives")
    assert "value_conflict" not in {f.check for f in told}


SILENT = {
    "two small counts": (
        "Norland deployed 2 interceptors in Alaska.",
        "Norland deployed 20 interceptors in Alaska.",
    ),
    "mirror images of two digits": (
        "The bombing in Harton on Monday killed 12 people.",
        "The bombing in Harton on Monday killed 21 people.",
    ),
    "digits further apart": (
        "Norland's army has 1,550 deployed warheads.",
        "Norland's army has 5,150 mothballed trucks.",
    ),
    "another figure altogether": (
        "Norland deployed 31 interceptors in Alaska.",
        "Norland deployed 44 interceptors in Alaska.",
    ),
    "a rounding": (
        "Norland will spend $17.7 billion on the Heron interceptor.",
        "Norland will spend almost $18 billion on the Heron interceptor.",
    ),
    "another thing counted": (
        "Norland deployed 31 interceptors in Alaska.",
        "Norland deployed 310 soldiers in Alaska.",
    ),
    "another place": (
        "The bombing in Harton on Monday killed 354 people.",
        "The bombing in Melby on Monday killed 345 people.",
    ),
    "another scope": (
        "Norland has 1,550 deployed warheads.",
        "Norland has 1,505 warheads in storage.",
    ),
    "an estimate": (
        "Norland has about 1,550 deployed warheads.",
        "Norland has about 1,505 deployed warheads.",
    ),
    "a floor that reaches up without end": (
        "Norland deployed more than 30 interceptors in Alaska.",
        "Norland deployed three interceptors in Alaska.",
    ),
    "a floor beside a figure of other digits": (
        "The bombing in Harton on Monday killed 126 people.",
        "The bombing in Harton on Monday killed over 130 people.",
    ),
    "a range": (
        "Norland has 20 to 24 deployed warheads.",
        "Norland has 200 to 240 deployed warheads.",
    ),
}


@pytest.mark.parametrize(("first", "second"), SILENT.values(), ids=SILENT)
def test_no_slip(first: str, second: str) -> None:
    assert not found("magnitude_slip", courier(first), herald(second))


def test_a_toll_that_rose_by_a_zero_in_a_day_is_news() -> None:
    first = courier("The bombing in Harton on Monday killed 12 people.")
    assert not found(
        "magnitude_slip", first, herald("The bombing in Harton on Monday killed 120 people.", TUESDAY)
    )


def test_million_for_billion_is_a_slip_months_later_too() -> None:
    first = courier("Norland will spend almost $18 billion on the Heron interceptor.")
    later = herald("Norland will spend almost $18 million on the Heron interceptor.", NEXT_MONTH)
    assert found("magnitude_slip", first, later)


def test_an_article_that_gives_both_figures_counts_two_things() -> None:
    both = courier(
        "Norland deployed 31 interceptors in Alaska. Earlier, Norland deployed 310 interceptors in Alaska."
    )
    assert not found("magnitude_slip", both, herald("Norland deployed 310 interceptors in Alaska."))


def test_the_figure_fewer_outlets_carry_is_the_one_at_odds() -> None:
    right = "Norland deployed 310 interceptors in Alaska."
    (finding,) = found(
        "magnitude_slip",
        courier(right),
        star(right),
        herald("Norland deployed 31 interceptors in Alaska."),
    )
    assert finding.summary.startswith("Herald gives")
    assert "Courier and Star have" in finding.summary
    assert finding.subject == "zero|31 interceptor|310 interceptor"
