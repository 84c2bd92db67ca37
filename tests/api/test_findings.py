from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from claims.models import Finding, Origin

from . import factories
from .conftest import fields_at_fault, problem

pytestmark = pytest.mark.django_db
LIST = "/api/v1/findings"


def ids(response):
    assert response.status_code == 200, response.content
    return [row["id"] for row in response.json()["results"]]


def test_findings_come_worst_first(api):
    made = {
        severity: factories.finding(severity=severity).pk for severity in ("low", "high", "info", "medium")
    }
    assert ids(api.get(LIST)) == [made[s] for s in ("high", "medium", "low", "info")]


def test_findings_are_ordered_by_age_when_asked(api):
    now = timezone.now()
    older = factories.finding(last_changed_at=now - timedelta(days=2)).pk
    newer = factories.finding(last_changed_at=now).pk
    assert ids(api.get(LIST, {"ordering": "last_changed_at"})) == [older, newer]
    assert ids(api.get(LIST, {"ordering": "-last_changed_at"})) == [newer, older]
    assert fields_at_fault(api.get(LIST, {"ordering": "mood"})) == {"ordering"}


def test_findings_are_filtered_by_state(api):
    made = {
        "open": factories.finding(),
        "resolved": factories.finding(resolved_at=timezone.now()),
        "confirmed": factories.finding(decision="confirmed"),
        "dismissed": factories.finding(decision="dismissed", resolved_at=timezone.now()),
    }
    for state, finding in made.items():
        said = api.get(LIST, {"state": state})
        assert ids(said) == [finding.pk]
        assert said.json()["results"][0]["state"] == state
    assert fields_at_fault(api.get(LIST, {"state": "lost"})) == {"state"}


def test_findings_are_filtered_by_the_sort_of_thing_they_are_about(api):
    article = factories.revision("Hill Gazette").article
    made = {
        "group": factories.finding(),
        "origin": factories.finding(origin=Origin.objects.create()),
        "article": factories.finding(article=article),
    }
    for over, finding in made.items():
        assert ids(api.get(LIST, {"over": over})) == [finding.pk]
    shown = api.get(LIST, {"over": "article"}).json()["results"][0]
    assert (shown["article"], shown["group"], shown["origin"]) == (article.pk, None, None)
    assert fields_at_fault(api.get(LIST, {"over": "sentence"})) == {"over"}


def test_findings_are_filtered_by_what_they_are_about(api):
    finding = factories.story()
    article = factories.revision("Hill Gazette")
    single = factories.finding(check_id="single_origin", origin=Origin.objects.create(), severity="info")
    single.articles.add(article.article)
    assert ids(api.get(LIST, {"check": "single_origin"})) == [single.pk]
    assert ids(api.get(LIST, {"severity": "medium"})) == [finding.pk]
    assert ids(api.get(LIST, {"outlet": "meadow times"})) == [finding.pk]
    assert ids(api.get(LIST, {"outlet": "hill-gazette"})) == [single.pk]
    assert ids(api.get(LIST, {"article": article.article_id})) == [single.pk]
    assert ids(api.get(LIST, {"group": str(finding.group_id)})) == [finding.pk]
    first = finding.shown_claims[0].revision.article_id
    assert ids(api.get(LIST, {"article": first, "state": "open"})) == [finding.pk]


def test_a_finding_shows_its_evidence_and_its_claims_the_one_at_odds_first(api):
    finding = factories.story()
    said = api.get(f"{LIST}/{finding.pk}").json()
    assert said["evidence"] == {"qualifier": "as many as", "values": ["40", "40"]}
    assert [claim["quote"] for claim in said["claims"]] == ["40 launchers", factories.QUOTE]
    assert said["claims"][0]["context"] == "The army ordered 40 launchers."
    assert {row["outlet"] for row in said["articles"]} == {"Meadow Times", "The Fjord Courier"}
    assert said["reviews"] == []
    assert said["last_review"] == 0


def test_a_confirmation_is_recorded(api, user):
    finding = factories.story()
    said = api.post(f"{LIST}/{finding.pk}/reviews", {"decision": "confirm", "seen": 0}, format="json")
    assert said.status_code == 201, said.content
    assert said.json()["reviewer"] == user.username
    page = api.get(f"{LIST}/{finding.pk}").json()
    assert page["state"] == "confirmed"
    assert page["last_review"] == said.json()["id"]
    assert [row["decision"] for row in page["reviews"]] == ["confirm"]


def test_a_dismissal_without_a_reason_is_refused(api):
    finding = factories.story()
    said = api.post(f"{LIST}/{finding.pk}/reviews", {"decision": "dismiss"}, format="json")
    problem(said, 422, "no_reason")
    assert api.get(f"{LIST}/{finding.pk}").json()["state"] == "open"


def test_a_decision_on_what_changed_meanwhile_is_a_conflict(api, user):
    finding = factories.story()
    address = f"{LIST}/{finding.pk}/reviews"
    assert api.post(address, {"decision": "confirm", "seen": 0}, format="json").status_code == 201
    late = {"decision": "dismiss", "reason": "same press release", "seen": 0}
    problem(api.post(address, late, format="json"), 409, "stale")
    last = api.get(f"{LIST}/{finding.pk}").json()["last_review"]
    assert api.post(address, {**late, "seen": last}, format="json").status_code == 201
    assert Finding.objects.get(pk=finding.pk).state == "dismissed"


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, "decision"),
        ({"decision": "burn"}, "decision"),
        ({"decision": "confirm", "seen": -1}, "seen"),
        ({"decision": "confirm", "seen": 10**40}, "seen"),
        ({"decision": "confirm", "seen": "yesterday"}, "seen"),
        ({"decision": "comment", "reason": "nul\x00byte"}, "reason"),
        ({"decision": "confirm", "verdict": "pants on fire"}, "verdict"),
        ({"decision": "confirm", "resaon": "mistyped"}, "resaon"),
    ],
)
def test_a_wrong_review_is_a_400_that_names_the_field(api, sent, wrong):
    finding = factories.story()
    assert fields_at_fault(api.post(f"{LIST}/{finding.pk}/reviews", sent, format="json")) == {wrong}


def test_an_unknown_finding_is_a_404_problem(api):
    problem(api.get(f"{LIST}/404404"), 404, "not_found")
    problem(api.post(f"{LIST}/404404/reviews", {"decision": "confirm"}, format="json"), 404, "not_found")
