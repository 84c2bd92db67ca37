"""Figures held against the values of an authority."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from claims.engine.records import Finding, ReferenceValue, Severity

from .histories import between, told


def value(**fields: Any) -> ReferenceValue:
    base: dict[str, Any] = {
        "key": "r1",
        "authority": "The Register",
        "title": "Warheads of the powers",
        "kind": "value",
        "actor": "Russia",
        "object": "warheads",
        "unit": "warhead",
        "value": Decimal(3700),
        "start": date(2024, 2, 1),
        "edition": "Yearbook 2024",
        "definition": "Warheads in the military stockpile, retired ones left out",
    }
    return ReferenceValue(**(base | fields))


def held(body: str, published: str = "2024-03-07", **fields: Any) -> list[Finding]:
    return between("reference_mismatch", told("The Courier", published, body), references=(value(**fields),))


def test_a_figure_beside_the_record_is_found_with_edition_and_definition() -> None:
    (finding,) = held("Russia has 4,200 warheads.")
    assert finding.severity is Severity.MEDIUM
    assert finding.summary == (
        "The Courier gives “4,200 warheads”; The Register (Yearbook 2024) has 3,700 as of 1 February 2024."
    )
    assert "retired ones left out" in finding.clears
    assert finding.subject == "r1|4200 warhead"


@pytest.mark.parametrize(
    ("body", "published", "fields"),
    [
        ("Russia has 3,700 warheads.", "2024-03-07", {}),
        ("Russia has about 3,800 warheads.", "2024-03-07", {}),
        ("Russia has more than 3,500 warheads.", "2024-03-07", {}),
        ("Russia has 4,200 warheads.", "2024-03-07", {"high": Decimal(4500)}),
        ("Russia has 4,200 warheads.", "2024-09-07", {}),
        ("Russia had 4,200 warheads in 2011.", "2024-03-07", {}),
        ("Norland has 4,200 warheads.", "2024-03-07", {}),
        ("Russia has 4,200 launchers.", "2024-03-07", {}),
        ("Russia plans to have 4,200 warheads by 2030.", "2024-03-07", {}),
        ("Russia does not have 4,200 warheads.", "2024-03-07", {}),
        ("Russia has 4,000 warheads.", "2024-03-07", {"value": Decimal(3967)}),
    ],
)
def test_a_figure_that_fits_or_is_of_something_else_is_passed_over(
    body: str, published: str, fields: dict[str, Any]
) -> None:
    assert held(body, published, **fields) == []


def test_a_narrower_count_weighs_less() -> None:
    (finding,) = held("Russia has 1,710 operational warheads.")
    assert finding.severity is Severity.LOW


def test_another_unit_is_converted_and_shown() -> None:
    stock = {"actor": "Iran", "object": "uranium", "unit": "kilogram", "value": Decimal(3000)}
    (finding,) = held("Iran holds 4.2 tonnes of uranium.", **stock)
    assert "(4,150 to 4,250 kilogram)" in finding.summary
    assert held("Iran holds 3 tonnes of uranium.", **stock) == []


def test_a_limit_holds_from_its_day_on() -> None:
    limit = {
        "actor": None,
        "action": "limit",
        "object": "deployed strategic warheads",
        "value": Decimal(1550),
        "start": date(2018, 2, 5),
    }
    (finding,) = held("The treaty limits each side to 1,700 deployed strategic warheads.", **limit)
    assert finding.severity is Severity.MEDIUM
    assert held("The treaty limits each side to 1,550 deployed strategic warheads.", **limit) == []
    assert (
        held("The treaty limits each side to 1,700 deployed strategic warheads.", "2017-03-07", **limit) == []
    )
