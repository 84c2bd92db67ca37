from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction
from django.utils import timezone as clock

from claims.models import Assignment, Finding, Hold, Review, Skip
from claims.services import queueing, reviewing
from claims.services.reviewing import Refused
from tests.web import factories


@pytest.fixture
def finding(db: None) -> Finding:
    return factories.finding()


@pytest.fixture
def other(db: None) -> User:
    return User.objects.create_user("ivo", password="a long pass phrase")


def refused(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)  # type: ignore[operator]
    assert caught.value.detail
    return caught.value.code


def waiting(person: User) -> list[int]:
    return [row.pk for row in Finding.objects.awaiting(person).by_rank()]


# --- the order ---


def test_the_most_urgent_comes_first_and_the_rest_follows_after_any_of_them(user: User) -> None:
    rows = [factories.finding(rank=rank) for rank in (10, 90, 50, 50)]
    order = list(Finding.objects.awaiting(user).by_rank())
    assert [row.rank for row in order] == [90, 50, 50, 10]
    for i, row in enumerate(order):
        assert list(Finding.objects.awaiting(user).by_rank().after(row)) == order[i + 1 :]
    assert set(order) == set(rows)


# --- holds ---


def test_others_see_who_has_a_finding_open_and_oneself_does_not(
    finding: Finding, user: User, other: User
) -> None:
    queueing.hold(finding, other)
    queueing.hold(finding, other)
    assert queueing.holders(user) == {finding.pk: [other]}
    assert queueing.holders(other) == {}
    assert queueing.holders(user, among=[finding.pk + 1]) == {}


def test_a_hold_that_is_not_renewed_ends_and_one_that_is_let_go_ends_at_once(
    finding: Finding, user: User, other: User
) -> None:
    queueing.hold(finding, other)
    Hold.objects.update(until=clock.now() - timedelta(seconds=1))
    assert queueing.holders(user) == {}
    queueing.hold(finding, other)
    assert queueing.holders(user)
    queueing.release(finding.pk, other)
    assert queueing.holders(user) == {}


def test_a_hold_keeps_nobody_from_deciding(finding: Finding, user: User, other: User) -> None:
    queueing.hold(finding, other)
    reviewing.decide(finding, reviewer=user, decision="confirm")
    assert finding.decision == "confirmed"


# --- skipping ---


def test_what_is_skipped_is_gone_from_ones_own_queue_only(finding: Finding, user: User, other: User) -> None:
    queueing.skip(finding, user)
    assert waiting(user) == []
    assert waiting(other) == [finding.pk]
    assert list(Finding.objects.skipped_by(user)) == [finding]


def test_what_is_skipped_comes_back(finding: Finding, user: User) -> None:
    queueing.skip(finding, user)
    Skip.objects.update(until=clock.now() - timedelta(seconds=1))
    assert waiting(user) == [finding.pk]


def test_it_comes_back_at_six_in_the_readers_morning() -> None:
    late = datetime(2026, 11, 22, 23, 50, tzinfo=timezone(timedelta(hours=9)))
    back = queueing.tomorrow_morning(late)
    assert back == datetime(2026, 11, 22, 21, 0, tzinfo=UTC)


def test_skipping_lets_go_of_it(finding: Finding, user: User, other: User) -> None:
    queueing.hold(finding, user)
    queueing.skip(finding, user)
    assert queueing.holders(other) == {}


# --- assigning ---


def test_who_gave_it_to_whom_is_kept(finding: Finding, user: User, other: User) -> None:
    queueing.assign(finding, user, other)
    queueing.assign(finding, other, None)
    finding.refresh_from_db()
    assert finding.assignee is None
    history = [(row.person, row.before, row.assignee) for row in Assignment.objects.all()]
    assert history == [(user, None, other), (other, other, None)]


def test_giving_it_to_whom_it_belongs_changes_nothing(finding: Finding, user: User) -> None:
    assert queueing.assign(finding, user, user) is not None
    assert queueing.assign(finding, user, user) is None
    assert Assignment.objects.count() == 1


def test_an_assignment_that_one_has_not_seen_is_not_written_over(
    finding: Finding, user: User, other: User
) -> None:
    queueing.assign(finding, other, other, seen=0)
    assert refused(queueing.assign, finding, user, user, seen=0) == "stale"
    queueing.assign(finding, user, user, seen=other.pk)
    assert finding.assignee == user


def test_nobody_gets_work_whose_account_is_switched_off(finding: Finding, user: User, other: User) -> None:
    other.is_active = False
    assert refused(queueing.assign, finding, user, other) == "inactive"


def test_an_assignment_is_never_altered(finding: Finding, user: User) -> None:
    row = queueing.assign(finding, user, user)
    assert row is not None
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Assignment.objects.filter(pk=row.pk).update(assignee=None)


# --- several at once ---


def test_several_are_dismissed_for_one_reason_and_undone_at_once(user: User) -> None:
    rows = [factories.finding() for _ in range(3)]
    result = queueing.dismiss_all({row.pk: 0 for row in rows}, reviewer=user, reason="One event told twice.")
    assert set(result.done) == {row.pk for row in rows}
    assert waiting(user) == []
    assert set(Review.objects.values_list("reason", flat=True)) == {"One event told twice."}
    action = queueing.undo(user)
    assert set(action.findings) == {row.pk for row in rows}
    assert set(waiting(user)) == {row.pk for row in rows}
    assert Review.objects.count() == 6


def test_of_several_what_somebody_decided_meanwhile_is_left(user: User, other: User) -> None:
    mine, theirs, gone = factories.finding(), factories.finding(), 987654
    reviewing.decide(theirs, reviewer=other, decision="confirm")
    result = queueing.dismiss_all({mine.pk: 0, theirs.pk: 0, gone: 0}, reviewer=user, reason="No.")
    assert result.done == (mine.pk,)
    assert set(result.refused) == {theirs.pk, gone}
    assert "ivo" in result.refused[theirs.pk]
    theirs.refresh_from_db()
    assert theirs.decision == "confirmed"


@pytest.mark.parametrize(
    ("picked", "reason", "code"),
    [
        ({1: 0}, "  ", "no_reason"),
        ({}, "Why not.", "nothing_picked"),
        (dict.fromkeys(range(101), 0), "Why not.", "too_many"),
    ],
)
def test_several_are_not_dismissed_without_reason_or_bound(
    user: User, picked: dict[int, int], reason: str, code: str
) -> None:
    assert refused(queueing.dismiss_all, picked, reviewer=user, reason=reason) == code


# --- undo ---


def test_undo_goes_back_step_by_step_whatever_the_steps_were(user: User) -> None:
    one, two, three = (factories.finding() for _ in range(3))
    queueing.skip(one, user)
    queueing.assign(two, user, user)
    reviewing.decide(three, reviewer=user, decision="confirm")
    assert [queueing.undo(user).kind for _ in range(3)] == ["review", "assignment", "skip"]
    assert len(waiting(user)) == 3
    two.refresh_from_db()
    assert two.assignee is None
    assert refused(queueing.undo, user) == "nothing"


def test_undo_leaves_alone_what_somebody_else_built_upon(user: User, other: User) -> None:
    one, two = factories.finding(), factories.finding()
    queueing.skip(one, user)
    reviewing.decide(two, reviewer=user, decision="confirm")
    reviewing.decide(two, reviewer=other, decision="reopen", seen=Review.objects.latest("id").pk)
    action = queueing.last_action(user)
    assert action is not None
    assert (action.kind, action.findings) == ("skip", (one.pk,))


def test_undo_never_touches_what_others_did(finding: Finding, user: User, other: User) -> None:
    queueing.assign(finding, other, user)
    reviewing.decide(finding, reviewer=other, decision="confirm")
    assert queueing.last_action(user) is None


def test_a_comment_is_no_action_to_undo(finding: Finding, user: User) -> None:
    reviewing.decide(finding, reviewer=user, decision="comment", reason="Asked them.")
    assert queueing.last_action(user) is None
