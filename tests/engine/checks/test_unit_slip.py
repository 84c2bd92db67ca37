"""One outlet's figure, and what another made of its unit."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity
from tests.engine.checks.news import TUESDAY, courier, findings, found, herald

RANGE = "Norland's Heron missile has a range of {}."
SLIPS = [
    (RANGE.format("5,500 kilometres"), RANGE.format("5,500 miles"), "“5,500 miles” is 8,851 kilometres"),
    (RANGE.format("500 feet"), RANGE.format("500 metres"), "“500 metres” is 1,640 feet"),
    (
        "Iran holds 120 kilograms of enriched uranium.",
        "Iran holds 120 pounds of enriched uranium.",
        "“120 pounds” is 54.4 kilograms",
    ),
    (
        "Norland shipped 700 tonnes of explosives.",
        "Norland shipped 700 short tons of explosives.",
        "“700 short tons” is 635 tonnes",
    ),
]


@pytest.mark.parametrize(("first", "second", "shown"), SLIPS)
def test_one_number_with_two_units_shows_what_it_comes_to(first: str, second: str, shown: str) -> None:
    told = findings(courier(first), herald(second, TUESDAY))
    assert [f.check for f in told] == ["unit_slip"]
    assert shown in told[0].summary
    assert told[0].severity is Severity.HIGH


def test_the_number_of_one_unit_printed_with_the_other() -> None:
    first, second = courier(RANGE.format("5,500 kilometres")), herald(RANGE.format("3,400 kilometres"))
    (finding,) = findings(first, second)
    assert finding.check == "unit_slip"
    assert "5,500 kilometres are 3,418 miles" in finding.summary
    assert finding.severity is Severity.MEDIUM


def test_one_amount_in_two_currencies() -> None:
    first = courier("Norland will spend €18 billion on the Heron interceptor.")
    second = herald("Norland will spend $18 billion on the Heron interceptor.", TUESDAY)
    (finding,) = findings(first, second)
    assert finding.check == "unit_slip"
    assert finding.clears == "It would agree if Herald's figure were in EUR."


SILENT = {
    "a right conversion": (RANGE.format("5,500 kilometres"), RANGE.format("3,400 miles")),
    "a right conversion, finely": (RANGE.format("5,500 kilometres"), RANGE.format("3,418 miles")),
    "both units given": (RANGE.format("5,500 kilometres"), RANGE.format("5,500 kilometres (3,400 miles)")),
    "one unit spelt in two ways": (RANGE.format("5,500 kilometres"), RANGE.format("5,500 km")),
    "any of three tons": (
        "Norland shipped 700 tonnes of explosives.",
        "Norland shipped 700 tons of explosives.",
    ),
    "other amounts in other currencies": (
        "Norland will spend €16 billion on the Heron interceptor.",
        "Norland will spend $18 billion on the Heron interceptor.",
    ),
    "a range of another missile": (
        RANGE.format("5,500 kilometres"),
        "Sudmark's Osprey torpedo has a range of 5,500 miles.",
    ),
    "a dollar of another country": (
        "Norland will spend A$18 billion on the Heron interceptor.",
        "Norland will spend $18 billion on the Heron interceptor.",
    ),
}


@pytest.mark.parametrize(("first", "second"), SILENT.values(), ids=SILENT)
def test_no_slip_of_unit(first: str, second: str) -> None:
    assert not found("unit_slip", courier(first), herald(second, TUESDAY))


def test_figures_rightly_converted_agree() -> None:
    assert not findings(courier(RANGE.format("5,500 kilometres")), herald(RANGE.format("3,400 miles")))
