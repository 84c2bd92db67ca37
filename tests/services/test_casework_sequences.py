"""Whatever people do in whatever order, nothing is signed off past the rules and no blind verdict is told."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from claims.models import Claim, FactCheck
from claims.services import blinding, casework, ratings, sources
from claims.services.refusal import Refused
from claims.services.steps import TRANSITIONS, UNDOABLE

from .conftest import TakeIn

NAMES = ("ada", "ivo", "mara")
Step = Callable[[FactCheck, list[User], Any], object]


def _give(slug: str) -> Step:
    def give(row: FactCheck, who: list[User], _: Any) -> object:
        # The reasons name their giver, so that a leak can be told from an allowed sight.
        return casework.give_verdict(
            row, person=who[0], rating=ratings.named(slug), reasoning=f"secret of {who[0].username}"
        )

    return give


def _ask(blind: bool, named: bool) -> Step:
    return lambda row, who, _: casework.request_second_review(
        row, person=who[0], reviewer=who[1] if named else None, blind=blind
    )


def _letter(row: FactCheck, who: list[User], _: Any) -> object:
    if letter := row.correspondence.open().first():
        return casework.record_reply(letter, person=who[0], reply="Twelve.")
    return casework.ask(row, person=who[0], whom="Ministry", asked="How many?")


def _source(row: FactCheck, who: list[User], _: Any) -> object:
    used = row.sources.in_use().first()
    removed = row.sources.exclude(removed_at=None).first()
    if removed is not None:
        return casework.restore_source(removed, person=who[0])
    return casework.remove_source(used, person=who[0]) if used else None


STEPS: dict[str, Step] = {
    "accurate": _give("accurate"),
    "misleading": _give("misleading"),
    "imprecise": _give("imprecise"),
    "ask blind": _ask(True, True),
    "ask openly": _ask(False, True),
    "ask anybody": _ask(False, False),
    "ask anybody blind": _ask(True, False),
    "sign off": lambda row, who, _: casework.sign_off(row, person=who[0]),
    "send back": lambda row, who, _: casework.another_round(row, person=who[0], reason="Look again."),
    "undo": lambda row, who, _: casework.undo(row, person=who[0]),
    "conclude": lambda row, who, _: casework.edit(
        row, person=who[0], changes={"conclusion": f"secret of {who[0].username}"}
    ),
    "conclude nothing": lambda row, who, _: casework.edit(row, person=who[0], changes={"conclusion": ""}),
    "comment": lambda row, who, _: casework.comment(
        row, person=who[0], reason=f"secret of {who[0].username}"
    ),
    "assign": lambda row, who, _: casework.assign(row, who[1], person=who[0]),
    "begin": lambda row, who, _: casework.begin(row, person=who[0]),
    "drop": lambda row, who, _: casework.drop(row, person=who[0], reason="Small."),
    "reopen": lambda row, who, _: casework.reopen(row, person=who[0], reason="Large."),
    "publish": lambda row, who, _: casework.mark_published(row, person=who[0]),
    "letter": _letter,
    "go on": lambda row, who, _: casework.go_on(row, person=who[0], reason="No reply."),
    "source": _source,
}
#: The way to sign-off, from which the sequences stray.
USUAL = ["accurate", "ask blind", "accurate", "ask openly", "sign off", "publish", "reopen", "begin"]
PAIRS = st.permutations(range(3)).map(lambda order: tuple(order[:2]))
BEGINNINGS = st.sampled_from(
    [
        [],
        [("accurate", (0, 1)), ("ask blind", (0, 1))],
        [("accurate", (0, 1)), ("ask openly", (0, 1))],
        [("accurate", (0, 1)), ("ask blind", (0, 1)), ("misleading", (1, 0)), ("ask openly", (1, 2))],
    ]
)
STRAYING = st.lists(
    st.tuples(st.one_of(st.sampled_from(USUAL), st.sampled_from(sorted(STEPS))), PAIRS),
    min_size=1,
    max_size=20,
)
SEQUENCES = st.builds(lambda first, then: first + then, BEGINNINGS, STRAYING)


@pytest.fixture
def start(take_in: TakeIn) -> tuple[FactCheck, list[User]]:
    """In check, with two sources and a conclusion, in the first person's hands."""
    take_in("The ministry will buy 12 radars for the coast.", outlet="Harbour Post")
    claim = Claim.objects.standing().get(quote="12 radars")
    people = [User.objects.create_user(name) for name in NAMES]
    User.objects.filter(pk=people[1].pk).update(is_staff=True, is_superuser=True)
    row = casework.take_up(claim, person=people[0], question="How many?")
    casework.assign(row, people[0], person=people[0])
    casework.begin(row, person=people[0])
    for name in ("Ministry", "Court"):
        casework.add_source(row, person=people[0], use="primary", title=name, origin=name)
    return casework.edit(row, person=people[0], changes={"conclusion": "Twelve."}), people


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(sequence=SEQUENCES)
def test_no_sequence_of_steps_gets_round_the_rules(
    start: tuple[FactCheck, list[User]], sequence: list[tuple[str, tuple[int, int]]]
) -> None:
    row, people = start
    point = transaction.savepoint()
    try:
        for name, order in sequence:
            before = FactCheck.objects.get(pk=row.pk)
            try:
                with transaction.atomic():
                    STEPS[name](before, [people[order[0]], people[order[1]]], None)
            except Refused:
                assert FactCheck.objects.get(pk=row.pk).version == before.version
                continue
            after = FactCheck.objects.get(pk=row.pk)
            event(after.state)
            moved_as_the_table_says(before, after, undone=name == "undo")
            if after.state == "signed_off" and before.state != "signed_off":
                signed_off_by_the_rules(after)
            nobody_is_told(after, people)
    finally:
        transaction.savepoint_rollback(point)


def moved_as_the_table_says(before: FactCheck, after: FactCheck, *, undone: bool) -> None:
    if after.state == before.state:
        return
    if undone:
        back = (after.state, before.state)
        assert back in UNDOABLE or set(back) == {"triaged", "assigned"}
    else:
        assert after.state in TRANSITIONS[before.state]


def signed_off_by_the_rules(row: FactCheck) -> None:
    signer = row.events.filter(kind="state", after="signed_off").last().person
    given = list(row.verdicts.filter(round=row.round).order_by("pk"))
    assert row.rating is not None
    assert row.conclusion
    assert any(v.rating_id == row.rating_id and v.person_id != signer.pk for v in given)
    assert given[0].person_id != signer.pk != row.assignee_id
    assert sources.independent_origins(row) >= 2 or row.few_origins_reason
    wording = row.events.filter(kind="edit", before="conclusion").last()
    assert wording.person_id != signer.pk
    assert len({v.person_id for v in given}) == len(given)
    if len({v.rating_id for v in given[:2]}) == 2:
        assert given[2].role == "adjudication"
        assert row.rating_id == given[2].rating_id
    if row.round not in blinding.opened_rounds(row.events.all()):
        assert len(given) > 1


def nobody_is_told(row: FactCheck, people: list[User]) -> None:
    """While a blind second verdict is awaited, only its giver sees the first and what tells it."""
    given = list(row.verdicts.filter(round=row.round))
    opened = row.round in blinding.opened_rounds(row.events.all())
    if row.state != "second_review" or len(given) != 1 or opened:
        return
    assert row.rating is None
    for person in people:
        seen = blinding.sight(row, person)
        if person.pk == given[0].person_id:
            assert given[0] in seen.verdicts
            continue
        assert given[0] not in seen.verdicts
        assert not seen.conclusion
        since = row.events.filter(kind="verdict", before=str(row.round)).get().pk
        secret = f"secret of {given[0].person.username}"
        assert secret not in [each.reason for each in seen.events if each.pk >= since]
