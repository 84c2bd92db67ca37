from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from claims.models import ClaimGroup, Finding, Rating, Review
from claims.services import ratings
from claims.services.reviewing import Refused, decide, undo


@pytest.fixture
def finding(db: None) -> Finding:
    group = ClaimGroup.objects.create(label="How many tanks did Norway deploy?", kind="count")
    return Finding.objects.create(
        fingerprint="f", check_id="c", severity="medium", summary="s", group=group, engine_version="1"
    )


@pytest.fixture
def other(db: None) -> User:
    return User.objects.create_user("ove", password="a long pass phrase")


def decision(finding: Finding) -> str:
    finding.refresh_from_db()
    return finding.decision


def refused(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert caught.value.detail
    return caught.value.code


def test_confirming_marks_the_finding(finding: Finding, user: User) -> None:
    review = decide(finding, reviewer=user, decision="confirm", verdict="misleading")
    assert decision(finding) == "confirmed"
    assert (review.verdict, review.reviewer) == ("misleading", user)


def test_dismissing_needs_a_reason(finding: Finding, user: User) -> None:
    assert refused(decide, finding, reviewer=user, decision="dismiss", reason="  ") == "no_reason"
    decide(finding, reviewer=user, decision="dismiss", reason="Two plans.")
    assert decision(finding) == "dismissed"


def test_a_comment_changes_nothing_and_needs_words(finding: Finding, user: User) -> None:
    assert refused(decide, finding, reviewer=user, decision="comment") == "no_reason"
    decide(finding, reviewer=user, decision="comment", reason="I asked the ministry.")
    assert decision(finding) == "none"


def test_who_has_not_seen_the_last_decision_is_told_so(finding: Finding, user: User, other: User) -> None:
    first = decide(finding, reviewer=user, decision="confirm")
    assert refused(decide, finding, reviewer=other, decision="dismiss", reason="No.") == "stale"
    decide(finding, reviewer=other, decision="dismiss", reason="No.", seen=first.pk)
    assert decision(finding) == "dismissed"


def test_a_comment_in_between_is_no_decision(finding: Finding, user: User, other: User) -> None:
    decide(finding, reviewer=other, decision="comment", reason="Looking at it.")
    decide(finding, reviewer=user, decision="confirm")
    assert decision(finding) == "confirmed"


def test_reopening_what_is_open_is_refused(finding: Finding, user: User) -> None:
    assert refused(decide, finding, reviewer=user, decision="reopen") == "nothing_to_reopen"


@pytest.mark.parametrize(("field", "code"), [("decision", "decision"), ("verdict", "verdict")])
def test_words_off_the_scale_are_refused(finding: Finding, user: User, field: str, code: str) -> None:
    given = {"decision": "confirm"} | {field: "perhaps"}
    assert refused(decide, finding, reviewer=user, **given) == code
    assert Review.objects.count() == 0


def test_undoing_gives_back_what_was_before(finding: Finding, user: User, other: User) -> None:
    first = decide(finding, reviewer=other, decision="confirm")
    second = decide(finding, reviewer=user, decision="dismiss", reason="No.", seen=first.pk)
    undone = undo(second, reviewer=user)
    assert decision(finding) == "confirmed"
    assert (undone.undoes, undone.decision) == (second, "reopen")


def test_an_undoing_can_be_undone(finding: Finding, user: User) -> None:
    first = decide(finding, reviewer=user, decision="confirm")
    undo(undo(first, reviewer=user), reviewer=user)
    assert decision(finding) == "confirmed"


def test_only_ones_own_last_decision_can_be_undone_and_once(
    finding: Finding, user: User, other: User
) -> None:
    first = decide(finding, reviewer=user, decision="confirm")
    assert refused(undo, first, reviewer=other) == "not_yours"
    second = decide(finding, reviewer=other, decision="dismiss", reason="No.", seen=first.pk)
    assert refused(undo, first, reviewer=user) == "stale"
    undo(second, reviewer=other)
    assert refused(undo, second, reviewer=other) == "undone"


def test_a_rating_that_was_retired_is_not_given_any_more(finding: Finding, user: User, other: User) -> None:
    other.is_staff = True
    other.save()
    ratings.retire(ratings.named("misleading"), by=other)
    assert refused(decide, finding, reviewer=user, decision="confirm", verdict="misleading") == "verdict"


def test_every_slug_of_the_scale_fits_the_column() -> None:
    assert Rating._meta.get_field("slug").max_length <= Review._meta.get_field("verdict").max_length
