from __future__ import annotations

import pytest
from django.contrib.auth.models import User

from . import factories
from .conftest import problem

pytestmark = pytest.mark.django_db
LIST = "/api/v1/reviews"


def decide(api, finding, **sent):
    said = api.post(f"/api/v1/findings/{finding.pk}/reviews", sent, format="json")
    assert said.status_code == 201, said.content
    return said.json()["id"]


def test_reviews_are_listed_newest_first_and_filtered(api, user):
    finding = factories.story()
    first = decide(api, finding, decision="comment", reason="looking into it")
    second = decide(api, finding, decision="confirm", seen=first)
    assert [row["id"] for row in api.get(LIST).json()["results"]] == [second, first]
    said = api.get(LIST, {"decision": "comment", "finding": finding.pk, "reviewer": user.username})
    assert [row["reason"] for row in said.json()["results"]] == ["looking into it"]
    assert api.get(f"{LIST}/{second}").json()["finding"] == finding.pk


def test_undoing_a_decision_opens_the_finding_again(api):
    finding = factories.story()
    made = decide(api, finding, decision="dismiss", reason="one press release")
    said = api.post(f"{LIST}/{made}/undo")
    assert said.status_code == 201, said.content
    assert said.json()["undoes"] == made
    assert api.get(f"/api/v1/findings/{finding.pk}").json()["state"] == "open"
    problem(api.post(f"{LIST}/{made}/undo"), 422, "undone")


def test_nobody_undoes_somebody_elses_decision(api):
    finding = factories.story()
    theirs = factories.review(finding, User.objects.create_user("max"))
    problem(api.post(f"{LIST}/{theirs.pk}/undo"), 422, "not_yours")
