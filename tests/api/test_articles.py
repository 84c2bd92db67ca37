"""Reading articles. Handing them in: test_handing_in.py."""

from __future__ import annotations

from datetime import date

import pytest

from claims.models import Document, Origin, Revision

from . import factories
from .conftest import fields_at_fault, problem

pytestmark = pytest.mark.django_db
LIST = "/api/v1/articles"


def titles(response):
    assert response.status_code == 200, response.content
    return [row["title"] for row in response.json()["results"]]


def test_the_list_shows_current_revisions_newest_first(api):
    old = factories.revision(title="Old news", published=date(2024, 1, 1))
    factories.revision(title="News", published=date(2024, 2, 1))
    Revision.objects.filter(pk=old.pk).update(is_current=False)
    Revision.objects.create(
        article=old.article, number=2, title="Old news, corrected", body="Other.", body_hash="x"
    )
    said = api.get(LIST)
    assert titles(said) == ["News", "Old news, corrected"]
    assert said.json()["count"] == 2


def test_a_row_says_who_wrote_what_and_when(api):
    made = factories.claim().revision
    row = api.get(LIST).json()["results"][0]
    assert row["id"] == made.article_id
    assert row["outlet"] == "The Fjord Courier"
    assert row["published"] == "2024-03-05"
    assert row["address"] == made.article.address
    assert row["claim_count"] == 1
    assert row["finding_count"] == 0
    assert "body" not in row


def test_articles_are_filtered_by_outlet_day_and_words(api):
    factories.revision("Meadow Times", title="Harvest", published=date(2024, 1, 5))
    factories.revision("The Fjord Courier", title="Launch", published=date(2024, 2, 5))
    assert titles(api.get(LIST, {"outlet": "meadow times"})) == ["Harvest"]
    assert titles(api.get(LIST, {"outlet": "meadow-times"})) == ["Harvest"]
    assert titles(api.get(LIST, {"published_after": "2024-01-06"})) == ["Launch"]
    assert titles(api.get(LIST, {"published_before": "2024-01-05"})) == ["Harvest"]
    assert titles(api.get(LIST, {"q": "launch"})) == ["Launch", "Harvest"]  # the bodies hold launchers
    assert titles(api.get(LIST, {"q": "harvest officials"})) == ["Harvest"]
    assert titles(api.get(LIST, {"q": "harvest elephants"})) == []


def test_articles_are_ordered_as_asked(api):
    for title in ("B", "A", "C"):
        factories.revision(title=title)
    assert titles(api.get(LIST, {"ordering": "title"})) == ["A", "B", "C"]
    assert titles(api.get(LIST, {"ordering": "-title"})) == ["C", "B", "A"]
    assert fields_at_fault(api.get(LIST, {"ordering": "weight"})) == {"ordering"}


def test_an_article_shows_its_body_and_every_claim_fits_it(api):
    finding = factories.story()
    article = finding.shown_claims[0].revision
    said = api.get(f"{LIST}/{article.article_id}").json()
    assert said["body"] == article.body
    claim = said["claims"][0]
    assert said["body"][claim["span"]["start"] : claim["span"]["end"]] == claim["quote"]
    sentence = claim["sentence"]
    assert said["body"][sentence["start"] : sentence["end"]] == claim["context"]
    assert said["finding_count"] == 1


def test_an_article_shows_its_revisions_and_notices(api):
    made = factories.revision()
    factories.document(revision=made, state=Document.State.CHECKED, notices=["No date was found."])
    factories.document(revision=made, state=Document.State.CHECKED, notices=["No date was found."])
    said = api.get(f"{LIST}/{made.article_id}").json()
    assert said["notices"] == ["No date was found."]
    assert [row["number"] for row in said["revisions"]] == [1]
    assert len(said["revisions"][0]["documents"]) == 2


def test_an_article_shows_those_it_shares_an_origin_with(api):
    origin = Origin.objects.create()
    first = factories.revision("Meadow Times", origin=origin)
    second = factories.revision(origin=origin)
    factories.revision("The Other One")
    said = api.get(f"{LIST}/{first.article_id}").json()
    assert said["origin"]["id"] == str(origin.pk)
    assert [row["id"] for row in said["origin"]["articles"]] == [first.article_id, second.article_id]


def test_an_article_without_known_origin_says_null(api):
    assert api.get(f"{LIST}/{factories.revision().article_id}").json()["origin"] is None


def test_an_unknown_article_is_a_404_problem(api):
    problem(api.get(f"{LIST}/404404"), 404, "not_found")
    problem(api.get(f"{LIST}/{'9' * 18}"), 404, "not_found")
    problem(api.get(f"{LIST}/{'9' * 400}"), 404, "not_found")
    problem(api.get(f"{LIST}/elephant"), 404, "not_found")


def test_an_article_is_withdrawn_and_restored(api, user):
    revision = factories.claim().revision
    address = f"{LIST}/{revision.article_id}"
    problem(api.post(f"{address}/withdraw", {"reason": " "}, format="json"), 422, "no_reason")
    said = api.post(f"{address}/withdraw", {"reason": "It is satire."}, format="json")
    assert said.status_code == 201, said.content
    assert (said.json()["kind"], said.json()["reviewer"]) == ("withdraw", user.username)
    assert api.get(LIST).json()["count"] == 0
    shown = api.get(address).json()
    assert shown["withdrawn_at"] is not None
    (word,) = shown["withdrawals"]
    assert (word["kind"], word["reviewer"], word["reason"]) == ("withdraw", user.username, "It is satire.")
    assert shown["claims"] == []
    problem(api.post(f"{address}/withdraw", {"reason": "Again."}, format="json"), 422, "withdrawn")
    assert api.post(f"{address}/restore").status_code == 201
    assert api.get(address).json()["withdrawn_at"] is None
    problem(api.post(f"{address}/restore"), 422, "not_withdrawn")


def test_withdrawn_articles_are_listed_when_asked_for(api):
    kept, gone = factories.claim().revision, factories.claim().revision
    api.post(f"{LIST}/{gone.article_id}/withdraw", {"reason": "It is satire."}, format="json")

    def listed(state):
        return [row["id"] for row in api.get(f"{LIST}{state}").json()["results"]]

    assert listed("?state=withdrawn") == [gone.article_id]
    assert listed("") == listed("?state=standing") == [kept.article_id]
    problem(api.get(f"{LIST}?state=burnt"), 400, "invalid")
