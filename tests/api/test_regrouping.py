"""Confirming, splitting, merging and moving over HTTP; what each does, tests/services says."""

from __future__ import annotations

import uuid

import pytest

from claims.models import Claim, ClaimGroup, ClaimLink

from . import factories
from .conftest import fields_at_fault, problem

pytestmark = pytest.mark.django_db
GROUPS, CLAIMS, DECISIONS = "/api/v1/groups", "/api/v1/claims", "/api/v1/group-decisions"


@pytest.fixture
def tanks() -> ClaimGroup:
    """A group of three linked claims of three outlets."""
    claims = [factories.claim(factories.revision(name)) for name in ("One", "Two", "Three")]
    for n, (a, b) in enumerate(((0, 1), (0, 2), (1, 2))):
        ends = sorted((claims[a].pk, claims[b].pk))
        ClaimLink.objects.create(
            first_id=ends[0],
            second_id=ends[1],
            score=0.9 - n / 10,
            reasons=["same noun"],
            agree=True,
            spread=n,
        )
    return factories.group(*claims)


def members(api, group) -> list[int]:
    return [claim["id"] for claim in api.get(f"{GROUPS}/{group}").json()["claims"]]


def post(api, address, **sent):
    return api.post(address, sent, format="json")


def test_links_are_shown_with_scores_and_reasons_strongest_first(api, tanks):
    rows = api.get(f"{GROUPS}/{tanks.pk}/links").json()["results"]
    assert [row["score"] for row in rows] == [0.9, 0.8, 0.7]
    assert rows[0]["reasons"] == ["same noun"]
    assert set(rows[0]["claims"]) < set(members(api, tanks.pk))
    assert fields_at_fault(api.get(f"{GROUPS}/{tanks.pk}/links", {"kind": "x"})) == {"kind"}


def test_a_split_can_be_listed_and_undone(api, user, tanks):
    before = api.get(f"{GROUPS}/{tanks.pk}").json()
    chosen = before["claims"][0]["id"]
    said = post(
        api, f"{GROUPS}/{tanks.pk}/split", claims=[chosen], reason="Other tanks.", seen=before["version"]
    )
    assert said.status_code == 201, said.content
    made = said.json()
    assert (made["kind"], made["reviewer"], made["reason"]) == ("split", user.username, "Other tanks.")
    assert members(api, made["target"]) == [chosen]
    assert api.get(f"{CLAIMS}/{chosen}").json()["pinned_group"] == made["target"]

    assert api.get(f"{GROUPS}/{made['target']}/decisions").json()["results"] == [made]
    undone = post(api, f"{DECISIONS}/{made['id']}/undo", reason="No.").json()
    assert (undone["kind"], undone["undoes"]) == ("undo", made["id"])
    assert len(members(api, tanks.pk)) == 3
    listed = api.get(DECISIONS, {"group": tanks.pk, "claim": chosen}).json()["results"]
    assert [(row["id"], row["undone_by"]) for row in listed] == [
        (undone["id"], None),
        (made["id"], undone["id"]),
    ]
    problem(post(api, f"{DECISIONS}/{made['id']}/undo"), 422, "undone")


def test_confirming_merging_and_moving(api, tanks):
    boats = factories.group(factories.claim(factories.revision("Four")), label="boats")
    first, *_ = members(api, tanks.pk)
    assert post(api, f"{GROUPS}/{tanks.pk}/confirm").status_code == 201
    assert post(api, f"{CLAIMS}/{first}/move", group=str(boats.pk)).json()["target"] == str(boats.pk)
    assert first in members(api, boats.pk)
    assert post(api, f"{GROUPS}/{tanks.pk}/merge", groups=[str(boats.pk)]).status_code == 201
    assert len(members(api, tanks.pk)) == 4
    assert api.get(f"{GROUPS}/{boats.pk}").json()["merged_into"] == str(tanks.pk)


def test_a_stale_view_is_a_409(api, tanks):
    problem(post(api, f"{GROUPS}/{tanks.pk}/confirm", seen="another"), 409, "stale")
    claim = members(api, tanks.pk)[0]
    boats = factories.group(factories.claim(factories.revision("Four")), label="boats")
    problem(post(api, f"{CLAIMS}/{claim}/move", group=str(boats.pk), seen="another"), 409, "stale")


def test_what_cannot_be_is_refused_in_words(api, tanks):
    every = members(api, tanks.pk)
    problem(post(api, f"{GROUPS}/{tanks.pk}/split", claims=every), 422, "nothing_left")
    problem(post(api, f"{GROUPS}/{tanks.pk}/split", claims=[]), 422, "nothing_chosen")
    problem(post(api, f"{GROUPS}/{tanks.pk}/split", claims=[every[0] + 10**6]), 422, "elsewhere")
    problem(post(api, f"{GROUPS}/{tanks.pk}/merge", groups=[str(tanks.pk)]), 422, "same_group")
    problem(post(api, f"{GROUPS}/{tanks.pk}/merge", groups=[]), 422, "nothing_chosen")
    assert fields_at_fault(post(api, f"{GROUPS}/{tanks.pk}/merge", groups=[str(uuid.uuid4())])) == {"groups"}
    assert fields_at_fault(post(api, f"{CLAIMS}/{every[0]}/move", group=str(uuid.uuid4()))) == {"group"}
    assert fields_at_fault(post(api, f"{GROUPS}/{tanks.pk}/split", claims=["x"])) == {"claims.0"}
    problem(post(api, f"{GROUPS}/{uuid.uuid4()}/confirm"), 404, "not_found")
    Claim.objects.filter(pk=every[0]).update(retired_at="2024-03-05T00:00Z")
    problem(post(api, f"{GROUPS}/{tanks.pk}/split", claims=[every[0]]), 422, "retired")


def test_nobody_decides_without_a_token(anonymous, tanks):
    problem(post(anonymous, f"{GROUPS}/{tanks.pk}/confirm"), 401, "not_authenticated")
