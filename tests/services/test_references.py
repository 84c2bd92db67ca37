from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError

from claims.models import Finding, Reference
from claims.services import references

from .conftest import TakeIn

EVENT = {
    "kind": "event",
    "authority": "Register of the harbour",
    "title": "Russian diplomats expelled",
    "actor": "United States",
    "action": "expel",
    "object": "Russian diplomats",
    "starts_on": date(2021, 4, 15),
}
EXPELLED = "The United States expelled 10 Russian diplomats earlier this month."


def stale() -> list[Finding]:
    return list(Finding.objects.standing().filter(check_id="stale_date"))


def test_a_reference_stored_later_checks_the_groups_it_speaks_about(take_in: TakeIn, user: User) -> None:
    take_in(EXPELLED)
    assert stale() == []
    reference = references.add(**EVENT, user=user)
    assert reference.created_by == user
    assert len(stale()) == 1


def test_a_reference_stored_before_is_used(take_in: TakeIn) -> None:
    references.add(**EVENT)
    take_in(EXPELLED)
    assert len(stale()) == 1


def test_a_reference_to_something_else_raises_nothing(take_in: TakeIn) -> None:
    take_in(EXPELLED)
    references.add(**{**EVENT, "object": "Swedish farmers", "action": "invite"})
    assert stale() == []


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "event", "starts_on": None},
        {"kind": "value", "value": None},
        {"kind": "rumour"},
        {"authority": " "},
        {"ends_on": date(2021, 4, 1)},
        {"url": "not an address"},
        {"low": Decimal(4)},
        {"kind": "value", "value": Decimal(4), "low": Decimal(5)},
        {"kind": "value", "value": Decimal(4), "high": Decimal(3)},
    ],
)
def test_an_incomplete_reference_is_refused(db: None, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        references.add(**{**EVENT, **wrong})
    assert Reference.objects.count() == 0


def test_a_value_on_record_is_held_against_the_figures_of_articles(take_in: TakeIn) -> None:
    take_in("Russia has 3,000 warheads.", published=date(2021, 5, 3))
    value = {
        "kind": "value",
        "authority": "Register of the harbour",
        "title": "Warheads of the powers",
        "actor": "Russia",
        "object": "warheads",
        "value": Decimal(3700),
        "low": Decimal(3600),
        "starts_on": date(2021, 4, 15),
        "edition": "2021",
    }
    references.add(**value)
    row = Finding.objects.standing().get(check_id="reference_mismatch")
    assert row.evidence["reference"]["reads_as"] == "3,600 to 3,700"
    references.add(**{**value, "edition": "2011", "starts_on": date(2011, 4, 15)})
    assert Finding.objects.standing().filter(check_id="reference_mismatch").count() == 1


def test_the_same_edition_twice_is_refused(db: None) -> None:
    references.add(**EVENT, edition="2021")
    with pytest.raises(ValidationError):
        references.add(**EVENT, edition="2021")
    references.add(**EVENT, edition="2022")


def test_the_same_edition_stored_at_the_same_moment_is_refused_as_if_it_came_later(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole_check, looked = Reference.full_clean, []

    def somebody_is_quicker(self: Reference) -> None:
        whole_check(self)
        if not looked:
            looked.append(1)
            Reference.objects.create(**EVENT)

    monkeypatch.setattr(Reference, "full_clean", somebody_is_quicker)
    with pytest.raises(ValidationError, match="already exists"):
        references.add(**EVENT)


def test_a_value_is_kept_exactly(db: None) -> None:
    made = references.add(
        kind="value", authority="Yearbook", title="Stock", unit="kg", value=Decimal("17.75"), object="uranium"
    )
    made.refresh_from_db()
    assert made.value == Decimal("17.75")
