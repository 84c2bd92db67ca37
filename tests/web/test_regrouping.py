"""Deciding on the page of a group which claims belong together: with plain forms, refused, and undone."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from claims.engine import records
from claims.models import Claim, ClaimGroup, GroupDecision
from claims.services import ingestion, pipeline, regrouping

TANKS = "Norway will deploy {} tanks in the north."


def hand_in(outlet: str, sentence: str) -> None:
    told = records.Document(
        raw=f"{sentence}\n\nThe {outlet} asked the neighbours of the old {outlet} bridge.".encode(),
        content_type="text/plain",
        outlet=outlet,
        title=f"{outlet} on the plan",
        published=date(2021, 5, 3),
    )
    pipeline.run(ingestion.accept(told, source="file").document.pk)


@pytest.fixture
def tanks(db: None) -> ClaimGroup:
    """A group of three claims, and another group of the same sort beside it."""
    for outlet, number in (("Alder", "as many as 40"), ("Birch", "40"), ("Cedar", "45")):
        hand_in(outlet, TANKS.format(number))
    hand_in("Dogwood", "Sweden sold 12 boats to Finland.")
    group = claims()[0].group
    assert group is not None
    return group


def claims() -> list[Claim]:
    return list(Claim.objects.standing().filter(kind="count").order_by("pk").select_related("group"))


def post(client: Client, group: ClaimGroup, decision: str, *ticked: Claim, **more: Any) -> Any:
    said = {"decision": decision, "claims": [c.pk for c in ticked], "reason": "", **more}
    said.setdefault("seen", regrouping.version_of(group))
    return client.post(f"/groups/{group.pk}/decide/", said)


def page(client: Client, group: ClaimGroup) -> str:
    return client.get(f"/groups/{group.pk}/").content.decode()


def test_ticked_claims_are_split_off_and_the_split_is_undone(client_in: Client, tanks: ClaimGroup) -> None:
    response = post(client_in, tanks, "split", claims()[2], reason="Tanks <in store>.")
    assert response["Location"] == f"/groups/{tanks.pk}/"
    assert claims()[2].group != tanks
    said = page(client_in, tanks)
    assert "split off claims" in said
    assert "Tanks &lt;in store&gt;." in said
    assert "put here by a person" in said
    decision = GroupDecision.objects.get()
    assert str(decision.target_id) in said
    client_in.post(f"/groups/{tanks.pk}/undo/", {"decision": decision.pk})
    assert claims()[2].group == tanks
    assert "undone by Rosa" in page(client_in, tanks)
    again = client_in.post(f"/groups/{tanks.pk}/undo/", {"decision": decision.pk})
    assert again.status_code == 409
    assert "undone already" in again.content.decode()


def test_claims_are_moved_to_a_group_found_by_words_and_number(client_in: Client, tanks: ClaimGroup) -> None:
    boats = claims()[3].group
    assert boats is not None
    assert str(boats.pk) in client_in.get(f"/groups/{tanks.pk}/?find=boat+12").content.decode()
    post(client_in, tanks, "move", *claims()[1:3], target=boats.pk)
    assert [claim.group == boats for claim in claims()] == [False, True, True, True]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("boats", True),
        ("BOA", True),
        ("12", True),
        ("boats 12", True),
        ("boats 13", False),
        ("zebra", False),
        ("& | ! :*", False),
        ("", False),
        ("12" * 400, False),
    ],
)
def test_groups_to_merge_with_are_found_as_one_types(
    client_in: Client, tanks: ClaimGroup, typed: str, found: bool
) -> None:
    boats = claims()[3].group
    assert boats is not None
    answer = client_in.get(f"/groups/{tanks.pk}/others/", {"find": typed})
    assert answer.status_code == 200
    said = answer.content.decode()
    assert (str(boats.pk) in said) is found
    assert f'id="to-{tanks.pk}"' not in said
    assert "<html" not in said


def test_looking_for_another_group_without_scripts_keeps_what_was_ticked(
    client_in: Client, tanks: ClaimGroup
) -> None:
    answer = post(client_in, tanks, "find", claims()[2], find="boats", reason="They float.")
    said = answer.content.decode()
    assert str(claims()[3].group_id) in said
    assert "They float." in said
    assert f'value="{claims()[2].pk}" id="pick-{claims()[2].pk}" checked' in said
    assert not GroupDecision.objects.exists()


def test_another_group_is_merged_into_this_one(client_in: Client, tanks: ClaimGroup) -> None:
    boats = claims()[3].group
    assert boats is not None
    post(client_in, tanks, "merge", target=boats.pk)
    assert {claim.group for claim in claims()} == {tanks}
    assert client_in.get(f"/groups/{boats.pk}/")["Location"] == f"/groups/{tanks.pk}/"


def test_a_group_is_confirmed_as_a_whole(client_in: Client, tanks: ClaimGroup) -> None:
    post(client_in, tanks, "confirm")
    assert [claim.pinned_group for claim in claims()] == [tanks, tanks, tanks, None]


@pytest.mark.parametrize(
    ("decision", "status", "words"),
    [
        ("split", 422, "Choose at least one claim."),
        ("move", 422, "Choose the other group"),
        ("merge", 422, "Choose the other group"),
        ("burn", 422, "not one of the available choices"),
    ],
)
def test_what_is_incomplete_is_refused_on_the_page(
    client_in: Client, tanks: ClaimGroup, decision: str, status: int, words: str
) -> None:
    response = post(client_in, tanks, decision, reason="Because.")
    said = response.content.decode()
    assert response.status_code == status
    assert words in said
    assert "Because." in said
    assert not GroupDecision.objects.exists()


def test_a_group_that_changed_meanwhile_is_shown_anew_with_what_was_ticked(
    client_in: Client, tanks: ClaimGroup
) -> None:
    seen = regrouping.version_of(tanks)
    hand_in("Elm", TANKS.format("40"))
    response = post(client_in, tanks, "split", claims()[2], seen=seen, reason="Because.")
    said = response.content.decode()
    assert response.status_code == 409
    assert "has changed since you looked" in said
    assert f'value="{claims()[2].pk}" id="pick-{claims()[2].pk}" checked' in said


def test_a_claim_that_was_never_there_is_refused(client_in: Client, tanks: ClaimGroup) -> None:
    response = post(client_in, tanks, "split", claims()[3])
    assert response.status_code == 422
    assert "Not in this group" in response.content.decode()


def test_only_members_decide(client: Client, tanks: ClaimGroup) -> None:
    assert "/login/" in post(client, tanks, "confirm")["Location"]
    assert not GroupDecision.objects.exists()


def test_an_article_is_withdrawn_with_a_reason_and_counts_again(client_in: Client, tanks: ClaimGroup) -> None:
    address = f"/articles/{claims()[0].revision.article_id}/"
    client_in.post(f"{address}withdraw/", {"reason": ""})
    assert "Say why it is withdrawn" in client_in.get(address).content.decode()
    client_in.post(f"{address}withdraw/", {"reason": "It is <satire>."})
    said = client_in.get(address).content.decode()
    assert "It is &lt;satire&gt;." in said
    assert len(claims()) == 3
    client_in.post(f"{address}restore/")
    assert "It counts again." in client_in.get(address).content.decode()
    assert len(claims()) == 4


def test_withdrawn_articles_are_found_in_the_list_and_say_who_and_why(
    client_in: Client, tanks: ClaimGroup
) -> None:
    article = claims()[0].revision.article_id
    link = f'href="/articles/{article}/"'
    client_in.post(f"/articles/{article}/withdraw/", {"reason": "It is <satire>."})
    assert link not in client_in.get("/articles/").content.decode()
    listed = client_in.get("/articles/?state=withdrawn").content.decode()
    assert link in listed
    assert listed.count('class="what"') == 1
    client_in.post(f"/articles/{article}/restore/")
    said = client_in.get(f"/articles/{article}/").content.decode()
    assert "withdrew it" in said
    assert "let it count again" in said
    assert said.count("<strong>Rosa</strong>") == 2
    assert "It is &lt;satire&gt;." in said
    assert "No article is withdrawn" in client_in.get("/articles/?state=withdrawn").content.decode()


def test_an_undo_that_is_refused_says_why_at_the_top(client_in: Client, tanks: ClaimGroup) -> None:
    post(client_in, tanks, "split", claims()[2])
    decision = GroupDecision.objects.get()
    client_in.post(f"/groups/{tanks.pk}/undo/", {"decision": decision.pk})
    again = client_in.post(f"/groups/{tanks.pk}/undo/", {"decision": decision.pk})
    said = again.content.decode()
    assert again.status_code == 409
    assert said.index('class="note error"') < said.index("<h1>")
    assert "undone already" in said


def test_an_undo_says_what_it_undoes(client_in: Client, tanks: ClaimGroup) -> None:
    post(client_in, tanks, "split", claims()[2])
    assert 'aria-label="Undo: Rosa split off claims"' in page(client_in, tanks)
