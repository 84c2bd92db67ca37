"""Deciding about a finding: with htmx and without, undone, refused, and overtaken by somebody else."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Finding, Review
from claims.services import ratings

HTMX = {"HX-Request": "true"}


@pytest.fixture
def finding(story: dict[str, Any]) -> Finding:
    row: Finding = story["finding"]
    return row


def decide(client: Client, finding: Finding, decision: str, *, htmx: bool = False, **fields: Any) -> Any:
    seen = Review.objects.filter(finding=finding).order_by("-id").values_list("id", flat=True).first()
    return client.post(
        f"/findings/{finding.id}/decide/",
        {"decision": decision, "reason": "", "seen": seen or 0, **fields},
        headers=HTMX if htmx else {},
    )


def state(finding: Finding) -> str:
    return Finding.objects.get(id=finding.id).state


def test_confirming_needs_no_words(client_in: Client, finding: Finding) -> None:
    response = decide(client_in, finding, "confirm")
    assert response["Location"] == f"/findings/{finding.id}/"
    assert state(finding) == "confirmed"
    assert "Recorded." in client_in.get(response["Location"]).content.decode()


def test_dismissing_without_a_reason_is_refused_on_the_page(client_in: Client, finding: Finding) -> None:
    response = decide(client_in, finding, "dismiss")
    page = response.content.decode()
    assert response.status_code == 422
    assert "Say why it is dismissed" in page
    assert "<!doctype html>" in page
    assert state(finding) == "open"


def test_a_reason_is_kept_word_for_word_in_the_history(client_in: Client, finding: Finding) -> None:
    decide(client_in, finding, "dismiss", reason="The ministry said <12>\nin March.")
    page = client_in.get(f"/findings/{finding.id}/").content.decode()
    assert state(finding) == "dismissed"
    assert "The ministry said &lt;12&gt;\nin March." in page
    assert "Rosa" in page


def test_htmx_gets_the_part_alone_and_the_new_state(client_in: Client, finding: Finding) -> None:
    response = decide(client_in, finding, "dismiss", htmx=True, reason="Both say the same.")
    part = response.content.decode()
    assert response.status_code == 200
    assert "<html" not in part
    assert "Both say the same." in part
    assert '<span id="finding-state" hx-swap-oob="true">' in part
    assert "dismissed" in part


def test_undo_brings_the_finding_back_and_keeps_the_history(client_in: Client, finding: Finding) -> None:
    decide(client_in, finding, "dismiss", reason="A mistake of mine.")
    review = Review.objects.get()
    client_in.post(f"/findings/{finding.id}/undo/", {"review": review.id})
    assert state(finding) == "open"
    page = client_in.get(f"/findings/{finding.id}/").content.decode()
    assert "A mistake of mine." in page
    assert "(undone)" in page


def test_undo_is_offered_for_ones_own_last_decision_alone(
    client_in: Client, other_client: Client, finding: Finding
) -> None:
    address = f"/findings/{finding.id}/"
    decide(client_in, finding, "confirm")
    assert "/undo/" in client_in.get(address).content.decode()
    assert "/undo/" not in other_client.get(address).content.decode()
    decide(other_client, finding, "reopen")
    assert "/undo/" not in client_in.get(address).content.decode()


def test_a_comment_does_not_stand_in_the_way_of_undoing(
    client_in: Client, other_client: Client, finding: Finding
) -> None:
    decide(client_in, finding, "confirm")
    decide(other_client, finding, "comment", reason="I doubt it.")
    confirmed = Review.objects.get(decision="confirm")
    page = client_in.get(f"/findings/{finding.id}/").content.decode()
    assert f'name="review" value="{confirmed.id}"' in page
    client_in.post(f"/findings/{finding.id}/undo/", {"review": confirmed.id})
    assert state(finding) == "open"


def test_nobody_undoes_what_somebody_else_decided(
    client_in: Client, other_client: Client, finding: Finding
) -> None:
    decide(client_in, finding, "confirm")
    response = other_client.post(f"/findings/{finding.id}/undo/", {"review": Review.objects.get().id})
    assert response.status_code == 409
    assert "Only the person who decided can undo it" in response.content.decode()
    assert state(finding) == "confirmed"


@pytest.mark.parametrize("review", ["", "x", "99", "-1", "9" * 40])
def test_undoing_what_is_not_there_is_not_found(client_in: Client, finding: Finding, review: str) -> None:
    assert client_in.post(f"/findings/{finding.id}/undo/", {"review": review}).status_code == 404


@pytest.mark.parametrize("htmx", [True, False])
def test_a_decision_that_came_too_late_shows_the_other_one_and_loses_nothing(
    client_in: Client, other_client: Client, finding: Finding, htmx: bool
) -> None:
    decide(other_client, finding, "dismiss", reason="The source gives no limit.")
    late = decide(client_in, finding, "confirm", htmx=htmx, seen=0, reason="I spent an hour on <this>.")
    part = late.content.decode()
    assert late.status_code == 409
    assert "ivo has decided since you looked" in part
    assert "The source gives no limit." in part
    assert "I spent an hour on &lt;this&gt;.</textarea>" in part
    assert '<li class="new">' in part
    assert state(finding) == "dismissed"


def test_after_looking_at_the_other_decision_ones_own_goes_through(
    client_in: Client, other_client: Client, finding: Finding
) -> None:
    decide(other_client, finding, "dismiss", reason="The source gives no limit.")
    late = decide(client_in, finding, "reopen", seen=0)
    assert late.status_code == 409
    decide(client_in, finding, "reopen", seen=late.context["seen"], reason="It does.")
    assert state(finding) == "open"


def test_a_comment_changes_nothing_but_the_history(client_in: Client, finding: Finding) -> None:
    decide(client_in, finding, "comment", reason="Asked the ministry.")
    assert state(finding) == "open"
    assert "Asked the ministry." in client_in.get(f"/findings/{finding.id}/").content.decode()


def test_a_comment_without_words_is_refused(client_in: Client, finding: Finding) -> None:
    assert decide(client_in, finding, "comment", reason="  ").status_code == 422


def test_a_verdict_is_kept_beside_the_decision(client_in: Client, finding: Finding) -> None:
    value, words = ratings.scale()[0].slug, ratings.scale()[0].label
    decide(client_in, finding, "confirm", verdict=value)
    assert Review.objects.get().verdict == value
    assert words in client_in.get(f"/findings/{finding.id}/").content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "applaud"},
        {"decision": ""},
        {"seen": "x"},
        {"seen": "-1"},
        {"verdict": "zebra"},
        {"reason": "x" * 10_001},
    ],
)
def test_a_form_that_was_tampered_with_is_refused_in_words(
    client_in: Client, finding: Finding, fields: dict[str, str]
) -> None:
    response = client_in.post(
        f"/findings/{finding.id}/decide/", {"decision": "confirm", "reason": "", "seen": "0", **fields}
    )
    assert response.status_code == 422
    assert 'id="refusal"' in response.content.decode()
    assert state(finding) == "open"


def test_a_finding_whose_cause_is_gone_says_so(client_in: Client, finding: Finding) -> None:
    Finding.objects.filter(id=finding.id).update(resolved_at="2024-04-01T00:00Z", decision="confirmed")
    page = client_in.get(f"/findings/{finding.id}/").content.decode()
    assert "The cause is gone since" in page


def test_every_member_may_decide(client_in: Client, user: User, finding: Finding) -> None:
    assert not user.is_staff
    decide(client_in, finding, "confirm")
    assert Review.objects.get().reviewer == user
