from __future__ import annotations

import uuid

import pytest

from claims.models import ClaimGroup, Origin

from . import factories
from .conftest import fields_at_fault, problem

pytestmark = pytest.mark.django_db
LIST = "/api/v1/groups"


def labels(response):
    assert response.status_code == 200, response.content
    return [row["label"] for row in response.json()["results"]]


def test_a_group_counts_claims_outlets_and_independent_origins(api):
    origin = Origin.objects.create()
    names = ["One", "Two", "Three"]
    claims = [factories.claim(factories.revision(n, origin=origin if n != "One" else None)) for n in names]
    factories.group(*claims)
    row = api.get(LIST).json()["results"][0]
    assert (row["claim_count"], row["outlet_count"], row["origin_count"]) == (3, 3, 2)


def test_a_group_shows_its_claims_and_findings(api):
    finding = factories.story()
    said = api.get(f"{LIST}/{finding.group_id}").json()
    assert {claim["quote"] for claim in said["claims"]} == {"40 launchers", factories.QUOTE}
    assert said["claims"][0]["link_reasons"] == ["same noun"]
    assert [row["id"] for row in said["findings"]] == [finding.pk]
    assert said["finding_count"] == 1


def test_groups_are_filtered(api):
    finding = factories.story()
    other = factories.group(factories.claim(factories.revision("Hill Gazette")), label="soldiers, train")
    both = {other.label, finding.group.label}
    assert labels(api.get(LIST, {"outlets_min": 2})) == [finding.group.label]
    assert labels(api.get(LIST, {"q": "soldiers train"})) == [other.label]
    assert labels(api.get(LIST, {"outlet": "hill gazette"})) == [other.label]
    article = finding.shown_claims[0].revision.article_id
    assert labels(api.get(LIST, {"article": article})) == [finding.group.label]
    assert set(labels(api.get(LIST, {"unit": "launcher", "kind": "count"}))) == both
    assert labels(api.get(LIST, {"ordering": "label"})) == sorted(both)
    assert fields_at_fault(api.get(LIST, {"outlets_min": "two"})) == {"outlets_min"}


def test_a_merged_group_is_not_listed_but_says_where_it_went(api):
    survivor = factories.group(factories.claim(), label="survivor")
    gone = ClaimGroup.objects.create(label="gone", kind="count", merged_into=survivor)
    assert labels(api.get(LIST)) == ["survivor"]
    assert api.get(f"{LIST}/{gone.pk}").json()["merged_into"] == str(survivor.pk)


def test_a_wrong_id_is_a_404_problem(api):
    problem(api.get(f"{LIST}/{uuid.uuid4()}"), 404, "not_found")
    problem(api.get(f"{LIST}/not-a-uuid"), 404, "not_found")
