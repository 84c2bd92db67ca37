from __future__ import annotations

import uuid

import pytest

from claims.models import Document

from . import factories
from .conftest import problem

pytestmark = pytest.mark.django_db
LIST = "/api/v1/documents"
JOURNEY = [
    {"from": "received", "state": "parsed", "at": "2024-03-05T10:00:00Z", "seconds": 0.2, "attempt": 1}
]


def test_a_document_shows_its_journey(api, user):
    made = factories.document(
        state="checked",
        revision=factories.revision(),
        submitted_by=user,
        journey=JOURNEY,
    )
    said = api.get(f"{LIST}/{made.pk}").json()
    assert said["state"] == "checked"
    assert said["finished"] is True
    assert said["journey"] == [{**JOURNEY[0], "by": None}]
    assert said["article"] == made.revision.article_id
    assert said["links"]["article"].endswith(f"/api/v1/articles/{made.revision.article_id}")
    assert said["submitted_by"] == user.username
    assert said["error"] is None
    assert "raw" not in said


def test_a_failed_document_says_why(api):
    made = factories.document(state="rejected", error_code="empty", error_detail="There is nothing in it.")
    said = api.get(f"{LIST}/{made.pk}").json()
    assert said["error"] == {"code": "empty", "detail": "There is nothing in it.", "raised": ""}
    assert said["article"] is None


def test_an_error_of_the_program_is_told_in_a_sentence_and_as_it_was_raised(api):
    made = factories.document(
        state="quarantined", error_code="step_failed", error_detail="It broke.\nKeyError: 1"
    )
    said = api.get(f"{LIST}/{made.pk}").json()["error"]
    assert (said["detail"], said["raised"]) == ("It broke.", "KeyError: 1")


def test_documents_are_listed_newest_first_and_filtered(api):
    factories.document()
    failed = factories.document(state="quarantined", error_code="crash", error_detail="It broke.")
    assert api.get(LIST).json()["results"][0]["id"] == str(failed.pk)
    said = api.get(LIST, {"state": "quarantined", "source": "api"}).json()
    assert [row["id"] for row in said["results"]] == [str(failed.pk)]


def test_a_quarantined_document_may_be_retried(api, user):
    failed = {"from": "parsed", "state": "quarantined", "at": "2024-03-05T10:00:09Z", "attempt": 5}
    made = factories.document(
        state="quarantined",
        error_code="crash",
        error_detail="It broke.",
        revision=factories.revision(),
        journey=[*JOURNEY, failed],
    )
    said = api.post(f"{LIST}/{made.pk}/retry")
    assert said.status_code == 202, said.content
    assert (said.json()["state"], said.json()["error"]) == ("parsed", None)
    assert said.json()["journey"][-1]["by"] == user.username
    assert Document.objects.get(pk=made.pk).state == "parsed"


def test_what_is_not_in_quarantine_cannot_be_retried(api):
    made = factories.document(state="rejected", error_code="empty", error_detail="Nothing.")
    said = problem(api.post(f"{LIST}/{made.pk}/retry"), 409, "not_retryable")
    assert said["document"] == str(made.pk)


def test_a_wrong_id_is_a_404_problem(api):
    problem(api.get(f"{LIST}/{uuid.uuid4()}"), 404, "not_found")
    problem(api.get(f"{LIST}/123"), 404, "not_found")
