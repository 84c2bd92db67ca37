from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import Error, transaction

from claims.engine.version import ENGINE_VERSION
from claims.models import Claim, ClaimGroup, ClaimLink, Document, Finding, GroupDecision
from claims.services import extraction, linking, pipeline, regrouping, reviewing
from claims.services.isolation import in_process
from claims.services.reviewing import Refused

from .conftest import TakeIn

PAGE = "https://strait.example/1"
QUALIFIED = "Norway will deploy as many as 40 tanks in the north."
FLAT = "Norway will deploy 40 tanks in the north."
OTHER = "Norway will deploy 45 tanks in the north, the ministry said."


def counts() -> list[Claim]:
    return list(Claim.objects.standing().filter(kind="count").order_by("pk").select_related("group"))


@pytest.fixture
def three(take_in: TakeIn) -> list[Claim]:
    """One group of three claims, of three outlets."""
    take_in(QUALIFIED, outlet="A")
    take_in(FLAT, outlet="The Strait", url=PAGE)
    take_in(OTHER, outlet="C")
    claims = counts()
    assert len({claim.group_id for claim in claims}) == 1
    return claims


def grouped() -> set[frozenset[str]]:
    found: dict[object, set[str]] = {}
    for claim in counts():
        found.setdefault(claim.group_id, set()).add(claim.quote)
    return {frozenset(group) for group in found.values()}


def again(document: Document) -> None:
    """Everything after reading once more, as a newer engine would."""
    extraction.store(document, extraction.prepare(document, in_process), in_process)
    linking.store(document, None, in_process)


TOGETHER = {frozenset({"as many as 40 tanks", "40 tanks", "45 tanks"})}
APART = {frozenset({"as many as 40 tanks", "40 tanks"}), frozenset({"45 tanks"})}


# -- split -------------------------------------------------------------------------------------------------


def test_a_split_pins_both_halves_and_survives_a_new_run(three: list[Claim], user: User) -> None:
    group = three[0].group
    decision = regrouping.split(group, [three[2].pk], reviewer=user, reason="Another plan.")
    assert grouped() == APART
    assert counts()[0].group == group
    assert counts()[2].group == decision.target != group
    assert all(claim.pinned_group == claim.group for claim in counts())
    for document in Document.objects.all():
        again(document)
    assert grouped() == APART
    assert counts()[2].group == decision.target


def test_undoing_a_split_brings_group_and_pins_back(three: list[Claim], user: User) -> None:
    group = three[0].group
    decision = regrouping.split(group, [three[2].pk], reviewer=user)
    back = regrouping.undo(decision, reviewer=user, reason="I misread it.")
    assert grouped() == TOGETHER
    assert {claim.group for claim in counts()} == {group}
    assert not Claim.objects.filter(pinned_group__isnull=False).exists()
    decision.target.refresh_from_db()
    assert decision.target.survivor == group
    assert (back.kind, back.undoes, back.reason) == ("undo", decision, "I misread it.")


def test_findings_follow_a_split_and_come_back_with_their_decisions(three: list[Claim], user: User) -> None:
    group = three[0].group
    across = Finding.objects.standing().filter(group=group, check_id="value_conflict").first()
    within = Finding.objects.standing().get(group=group, check_id="qualifier_dropped")
    assert across is not None
    reviewing.decide(across, reviewer=user, decision="dismiss", reason="Two plans.")
    reviewing.decide(within, reviewer=user, decision="confirm")
    decision = regrouping.split(group, [three[0].pk, three[1].pk], reviewer=user)
    across.refresh_from_db()
    within.refresh_from_db()
    assert across.resolved_at is not None
    assert (within.group, within.resolved_at, within.decision) == (decision.target, None, "confirmed")
    regrouping.undo(decision, reviewer=user)
    across.refresh_from_db()
    within.refresh_from_db()
    assert (across.resolved_at, across.decision) == (None, "dismissed")
    assert (within.group, within.resolved_at, within.decision) == (group, None, "confirmed")


# -- merge, move, confirm ----------------------------------------------------------------------------------


@pytest.fixture
def two(take_in: TakeIn) -> list[Claim]:
    """Two groups of one claim each, that no link joins."""
    take_in(FLAT, outlet="A")
    take_in("Sweden sold 12 boats to Finland.", outlet="B")
    claims = counts()
    assert claims[0].group != claims[1].group
    return claims


def test_a_merge_survives_a_new_run_and_leads_on(two: list[Claim], user: User) -> None:
    first, second = (claim.group for claim in two)
    regrouping.merge(second, [first], reviewer=user)
    assert {claim.group for claim in counts()} == {second}
    first.refresh_from_db()
    assert first.survivor == second
    for document in Document.objects.all():
        again(document)
    assert {claim.group for claim in counts()} == {second}


def test_undoing_a_merge_brings_both_groups_back_under_their_ids(two: list[Claim], user: User) -> None:
    first, second = (claim.group for claim in two)
    decision = regrouping.merge(second, [first], reviewer=user)
    regrouping.undo(decision, reviewer=user)
    assert [claim.group for claim in counts()] == [first, second]
    assert {group.pk for group in ClaimGroup.objects.living()} >= {first.pk, second.pk}


def test_what_led_to_a_merged_group_leads_there_again_after_an_undo(
    three: list[Claim], take_in: TakeIn, user: User
) -> None:
    group = three[0].group
    young = regrouping.split(group, [three[2].pk], reviewer=user)
    regrouping.undo(young, reviewer=user)
    take_in("Sweden sold 12 boats to Finland.", outlet="D")
    boats = counts()[3].group
    merged = regrouping.merge(boats, [group], reviewer=user)
    assert ClaimGroup.objects.get(pk=young.target_id).survivor == boats
    regrouping.undo(merged, reviewer=user)
    assert ClaimGroup.objects.get(pk=young.target_id).survivor == group


def test_a_merged_group_stands_for_its_survivor(two: list[Claim], user: User) -> None:
    first, second = (claim.group for claim in two)
    regrouping.merge(second, [first], reviewer=user)
    decision = regrouping.split(first, [two[0].pk], reviewer=user)
    assert decision.group == second
    assert counts()[0].group == decision.target


def test_a_moved_claim_stays_where_it_was_put(three: list[Claim], take_in: TakeIn, user: User) -> None:
    take_in("Sweden sold 12 boats to Finland.", outlet="D")
    boats, tanks = counts()[3].group, three[0].group
    decision = regrouping.move([three[2].pk], boats, reviewer=user)
    assert counts()[2].group == counts()[3].group == boats
    for document in Document.objects.all():
        again(document)
    assert counts()[2].group == boats
    assert {claim.group for claim in counts()[:2]} == {tanks}
    regrouping.undo(decision, reviewer=user)
    assert [claim.group for claim in counts()] == [tanks, tanks, tanks, boats]


def test_what_was_confirmed_stays_together_when_the_links_are_gone(three: list[Claim], user: User) -> None:
    group = three[0].group
    regrouping.confirm(group, reviewer=user)
    ClaimLink.objects.all().delete()
    with transaction.atomic():
        from claims.services import grouping

        grouping.settle([claim.pk for claim in three], in_process)
    assert {claim.group for claim in counts()} == {group}
    with pytest.raises(Refused) as refused:
        regrouping.confirm(group, reviewer=user)
    assert refused.value.code == "nothing_to_do"


def test_new_claims_still_join_a_confirmed_group(three: list[Claim], take_in: TakeIn, user: User) -> None:
    regrouping.confirm(three[0].group, reviewer=user)
    take_in(FLAT, outlet="D")
    assert counts()[3].group == three[0].group
    assert counts()[3].pinned_group is None


# -- pins outlive rows -------------------------------------------------------------------------------------


def test_pins_are_carried_to_a_new_revision_and_can_be_undone_there(
    three: list[Claim], take_in: TakeIn, user: User
) -> None:
    group = three[0].group
    decision = regrouping.split(group, [three[1].pk], reviewer=user)
    take_in("The weather was fine.", FLAT, outlet="The Strait", url=PAGE)
    new = counts()[2]
    assert (new.quote, new.pk != three[1].pk) == ("40 tanks", True)
    assert new.group == new.pinned_group == decision.target
    assert Claim.objects.get(pk=three[1].pk).pinned_group is None
    regrouping.undo(decision, reviewer=user)
    assert {claim.group for claim in counts()} == {group}
    assert counts()[2].pinned_group is None


def test_a_pin_waits_for_its_claim_to_come_back(three: list[Claim], take_in: TakeIn, user: User) -> None:
    decision = regrouping.split(three[0].group, [three[1].pk], reviewer=user)
    take_in("Nothing is known about the plan.", outlet="The Strait", url=PAGE)
    assert len(counts()) == 2
    take_in("Once more.", FLAT, outlet="The Strait", url=PAGE)
    new = next(claim for claim in counts() if claim.quote == "40 tanks")
    assert new.group == decision.target


def test_ids_and_pins_survive_a_newer_engine(
    three: list[Claim], user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    regrouping.split(three[0].group, [three[2].pk], reviewer=user)
    before = {claim.pk: claim.group_id for claim in counts()}
    newer = str(int(ENGINE_VERSION) + 1)
    for module in (pipeline, extraction):
        monkeypatch.setattr(module, "ENGINE_VERSION", newer)
    pipeline.sweep()
    for pk in Document.objects.under_way().values_list("pk", flat=True):
        assert pipeline.run(pk) == "checked"
    assert {claim.pk: claim.group_id for claim in counts()} == before
    assert {claim.engine_version for claim in counts()} == {newer}


# -- what is refused ---------------------------------------------------------------------------------------


def code_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    assert refused.value.detail
    return refused.value.code


def test_impossible_decisions_are_refused_in_words(three: list[Claim], take_in: TakeIn, user: User) -> None:
    take_in("Sweden sold 12 boats to Finland.", outlet="D")
    tanks, boats = three[0].group, counts()[3].group
    every = [claim.pk for claim in three]
    wrong = [
        ("nothing_chosen", lambda: regrouping.split(tanks, [], reviewer=user)),
        ("nothing_left", lambda: regrouping.split(tanks, every, reviewer=user)),
        ("elsewhere", lambda: regrouping.split(tanks, [counts()[3].pk], reviewer=user)),
        ("elsewhere", lambda: regrouping.split(tanks, [10**9], reviewer=user)),
        ("same_group", lambda: regrouping.merge(tanks, [tanks], reviewer=user)),
        ("nothing_chosen", lambda: regrouping.merge(tanks, [], reviewer=user)),
        ("same_group", lambda: regrouping.move([three[0].pk], tanks, reviewer=user)),
    ]
    for code, act in wrong:
        with pytest.raises(Refused) as refused:
            act()
        assert code_of(refused) == code
    take_in("Nothing is known about the plan.", outlet="The Strait", url=PAGE)
    for act in (
        lambda: regrouping.split(tanks, [three[1].pk], reviewer=user),
        lambda: regrouping.move([three[1].pk], boats, reviewer=user),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert code_of(refused) == "retired"
    assert not GroupDecision.objects.exists()


def test_a_decision_about_a_group_that_changed_is_refused(
    three: list[Claim], take_in: TakeIn, user: User
) -> None:
    group = three[0].group
    seen = regrouping.version_of(group)
    take_in(FLAT, outlet="D")
    with pytest.raises(Refused) as refused:
        regrouping.split(group, [three[2].pk], reviewer=user, seen=seen)
    assert code_of(refused) == "stale"
    seen = regrouping.version_of(group)
    regrouping.split(group, [three[2].pk], reviewer=user, seen=seen)
    with pytest.raises(Refused):
        regrouping.confirm(group, reviewer=user, seen=seen)


def test_only_the_last_decision_about_a_claim_can_be_undone(three: list[Claim], user: User) -> None:
    first = regrouping.split(three[0].group, [three[2].pk], reviewer=user)
    second = regrouping.move([three[1].pk], first.target, reviewer=user)
    with pytest.raises(Refused) as refused:
        regrouping.undo(first, reviewer=user)
    assert code_of(refused) == "later"
    back = regrouping.undo(second, reviewer=user)
    assert grouped() == APART
    regrouping.undo(first, reviewer=user)
    assert grouped() == TOGETHER
    for decision, code in ((first, "undone"), (back, "an_undo")):
        with pytest.raises(Refused) as refused:
            regrouping.undo(decision, reviewer=user)
        assert code_of(refused) == code


def test_a_decision_cannot_be_altered_or_deleted(three: list[Claim], user: User) -> None:
    decision = regrouping.confirm(three[0].group, reviewer=user)
    decision.reason = "something else"
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        decision.save()
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        decision.delete()
