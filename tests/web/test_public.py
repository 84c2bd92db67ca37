"""What readers see without logging in, and how it gets there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from claims.models import FactCheck, Publication
from claims.services import publishing, ratings
from tests.web import factories

NASTY = "</script><!--\u2028<img src=x onerror=alert(1)>&amp;"


@pytest.fixture
def factcheck(story: dict[str, Any]) -> FactCheck:
    row = factories.signed_off(story)
    factories.source(row)
    factories.source(row, title="SECRET aide", on_record=False)
    factories.letter(row)
    return row


@pytest.fixture
def publication(factcheck: FactCheck, user: User) -> Publication:
    return publishing.publish(factcheck, user)


def page(client: Client, address: str, **headers: str) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def address(publication: Publication) -> str:
    return f"/published/{publication.slug}/"


class _Scripts(HTMLParser):
    """The contents of the page's scripts, as a browser finds them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[dict[str, str | None], str]] = []
        self._attributes: dict[str, str | None] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._attributes = dict(attrs) if tag == "script" else None

    def handle_data(self, data: str) -> None:
        if self._attributes is not None:
            self.found.append((self._attributes, data))
            self._attributes = None


def claim_review(html: str) -> dict[str, Any]:
    reader = _Scripts()
    reader.feed(html)
    ((attributes, text),) = reader.found
    assert attributes == {"type": "application/ld+json"}
    return json.loads(text)


def test_anybody_reads_what_is_published(client: Client, publication: Publication) -> None:
    html = page(client, address(publication))
    for words in (
        "Will the ministry buy twelve radars?",
        "<mark>12 radars</mark>",
        "Northern Courier",
        "Harbour Post",
        "Imprecise",
        "Twelve is the most it may buy.",
        "Budget of the ministry",
        "Press office of the ministry",
        "Ada Brook",
        "Signed off by <bdi>Ivo Marsh</bdi>",
    ):
        assert words in html
    assert "SECRET" not in html
    assert html.count("<h1") == 1


def test_the_figures_compared_are_drawn_on_one_axis(client: Client, publication: Publication) -> None:
    html = page(client, address(publication))
    drawn = html[html.index('<figure class="axis">') : html.index("</figure>", html.index('class="axis"'))]
    for each in publication.snapshot["values"]:
        assert each["label"] in drawn
        assert each["quote"] in drawn
    assert "workbench/axis.css" in html


def test_the_page_sets_no_cookie_and_may_be_kept(client: Client, publication: Publication) -> None:
    for where in (address(publication), "/published/", "/published/scale/", "/published/feed/"):
        response = client.get(where)
        assert response.status_code == 200, where
        assert not response.cookies
        assert "Cookie" not in response.get("Vary", "")
        assert "public" in response["Cache-Control"]
        assert "max-age" in response["Cache-Control"]


def test_the_page_is_the_same_for_somebody_who_is_logged_in(
    client: Client, client_in: Client, publication: Publication
) -> None:
    assert page(client, address(publication)) == page(client_in, address(publication))
    assert "rosa" not in page(client_in, address(publication))


def test_a_page_that_was_seen_is_not_sent_again(client: Client, publication: Publication) -> None:
    first = client.get(address(publication))
    assert client.get(address(publication), headers={"If-None-Match": first["ETag"]}).status_code == 304
    since = {"If-Modified-Since": first["Last-Modified"]}
    assert client.get(address(publication), headers=since).status_code == 304
    publishing.withdraw(publication, "Misread.", publication.published_by)
    again = client.get(address(publication), headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again["ETag"] == first["ETag"]) == (200, False)


def test_the_page_needs_no_script_and_runs_none(client: Client, publication: Publication) -> None:
    response = client.get(address(publication))
    html = response.content.decode()
    assert html.count("<script") == 1  # the data for search engines, which nothing runs
    assert "style=" not in html
    assert not re.search(r"\son\w+=", html)
    assert "unsafe-inline" not in response["Content-Security-Policy"]


def test_claim_review_has_what_search_engines_require(
    client: Client, publication: Publication, settings: Settings
) -> None:
    settings.PUBLISHER_NAME, settings.PUBLISHER_URL = "Example News", "https://news.example"
    data = claim_review(page(client, address(publication)))
    assert (data["@context"], data["@type"]) == ("https://schema.org", "ClaimReview")
    assert data["url"] == f"http://testserver{address(publication)}"
    assert data["claimReviewed"] == "The ministry will buy 12 radars, officials say."
    assert data["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Imprecise",
        "ratingExplanation": ratings.named("imprecise").meaning,
        "ratingValue": 4,
        "bestRating": 5,
        "worstRating": 1,
    }
    assert data["author"] == {
        "@type": "Organization",
        "name": "Example News",
        "url": "https://news.example",
    }
    said = data["itemReviewed"]
    assert (said["@type"], said["author"]) == (
        "Claim",
        {"@type": "Organization", "name": "Northern Courier"},
    )
    assert said["datePublished"] == "2024-03-08"
    assert said["appearance"]["@type"] == "CreativeWork"
    assert data["datePublished"] == data["dateModified"] == publication.published_at.isoformat()


def test_a_rating_without_a_number_says_its_words_only(
    client: Client, story: dict[str, Any], user: User
) -> None:
    row = factories.signed_off(story)
    FactCheck.objects.filter(pk=row.pk).update(rating=ratings.named("unverifiable"))
    html = page(client, address(publishing.publish(row, user)))
    assert set(claim_review(html)["reviewRating"]) == {"@type", "alternateName", "ratingExplanation"}


def test_nothing_in_a_text_can_end_the_script_or_run(
    client: Client, story: dict[str, Any], user: User
) -> None:
    story["bare"].revision.article.outlet.__class__.objects.filter(name="Northern Courier").update(name=NASTY)
    row = factories.signed_off(story, question=NASTY, conclusion=NASTY, meaning=NASTY)
    factories.source(row, title=NASTY, says=NASTY)
    factories.letter(row, whom=NASTY, asked=NASTY, reply=NASTY)
    html = page(client, address(publishing.publish(row, user)))
    assert claim_review(html)["name"] == NASTY
    assert claim_review(html)["itemReviewed"]["author"]["name"] == NASTY
    assert "<img" not in html
    assert "<!--" not in html
    assert html.count("</script>") == 1
    script = html[html.index("<script") : html.index("</script>")]
    assert "\u2028" not in script


def test_a_correction_shows_on_both_editions(
    client: Client, publication: Publication, factcheck: FactCheck, user: User
) -> None:
    FactCheck.objects.filter(pk=factcheck.pk).update(state="signed_off", conclusion="Thirteen at most.")
    publishing.correct(publication, "We had written twelve.", user)
    html = page(client, address(publication))
    assert "Thirteen at most." in html
    assert "We had written twelve." in html
    data = claim_review(html)
    assert data["datePublished"] == publication.published_at.isoformat() < data["dateModified"]
    old = client.get(f"{address(publication)}1/")
    assert "An earlier edition." in old.content.decode()
    assert "Twelve is the most it may buy." in old.content.decode()
    assert "ld+json" not in old.content.decode()
    assert old["X-Robots-Tag"] == "noindex"
    assert f'rel="canonical" href="http://testserver{address(publication)}"' in old.content.decode()


def test_what_is_withdrawn_stays_and_says_so(client: Client, publication: Publication, user: User) -> None:
    publishing.withdraw(publication, "The source was misread.", user)
    response = client.get(address(publication))
    html = response.content.decode()
    assert response.status_code == 200
    assert "The source was misread." in html
    assert "Withdrawn on" in html
    assert '<meta name="robots" content="noindex">' in html
    assert response["X-Robots-Tag"] == "noindex"
    assert "ld+json" not in html
    assert "Withdrawn" in page(client, "/published/")


def test_the_list_is_newest_first_and_in_pages(client: Client, story: dict[str, Any], user: User) -> None:
    for n in range(23):
        row = factories.signed_off(story, question=f"Question number {n:02}?")
        publishing.publish(row, user)
    first, second = page(client, "/published/"), page(client, "/published/?page=2")
    shown = re.findall(r"Question number (\d\d)", first)
    assert shown == sorted(shown, reverse=True)
    assert (len(shown), len(re.findall(r"Question number", second))) == (20, 3)
    assert 'href="/published/?page=2"' in first
    assert 'rel="canonical" href="http://testserver/published/?page=2"' in second
    with CaptureQueriesContext(connection) as seen:
        client.get("/published/")
    assert len(seen) <= 3


def test_a_desk_that_published_nothing_says_so(client: Client, db: None) -> None:
    assert "Nothing has been published yet." in page(client, "/published/")


def test_what_is_not_there_is_not_found(client: Client, publication: Publication) -> None:
    assert client.get("/published/nothing-7/").status_code == 404
    assert client.get(f"{address(publication)}9/").status_code == 404
    assert client.get(f"{address(publication)}99999999999999999999/").status_code == 404
    assert client.post(address(publication)).status_code == 405


def test_the_scale_is_explained(client: Client, db: None) -> None:
    html = page(client, "/published/scale/")
    for rating in ratings.scale():
        assert rating.label in html
        assert rating.meaning in html


def entries(client: Client) -> Iterator[dict[str, str]]:
    atom = "{http://www.w3.org/2005/Atom}"
    for entry in ElementTree.fromstring(client.get("/published/feed/").content).iter(f"{atom}entry"):
        yield {child.tag.removeprefix(atom): child.text or "" for child in entry}


def test_the_feed_tells_of_publications_corrections_and_withdrawals(
    client: Client, publication: Publication, factcheck: FactCheck, user: User
) -> None:
    (entry,) = entries(client)
    assert entry["title"] == "Will the ministry buy twelve radars? Imprecise"
    assert entry["id"] == f"http://testserver{address(publication)}"
    FactCheck.objects.filter(pk=factcheck.pk).update(state="signed_off")
    second = publishing.correct(publication, "A word \x0b was wrong.", user)
    (entry,) = entries(client)
    assert entry["title"].startswith("Corrected: ")
    assert entry["summary"].startswith("A word  was wrong.")
    publishing.withdraw(second, "Misread.", user)
    (entry,) = entries(client)
    assert (entry["title"].startswith("Withdrawn: "), entry["summary"]) == (True, "Misread.")


def test_a_look_before_publishing(client_in: Client, factcheck: FactCheck) -> None:
    html = page(client_in, f"/fact-checks/{factcheck.pk}/publish/")
    assert "not published yet" in html
    assert "Twelve is the most it may buy." in html
    assert "SECRET" not in html
    assert not Publication.objects.exists()


def test_publishing_correcting_and_withdrawing_on_the_pages(client_in: Client, factcheck: FactCheck) -> None:
    base = f"/fact-checks/{factcheck.pk}"
    done = client_in.post(f"{base}/publish/", {"seen": 1}, follow=True)
    made = Publication.objects.get()
    assert address(made) in done.content.decode()
    assert "published as it stands" in page(client_in, f"{base}/correct/")
    FactCheck.objects.filter(pk=factcheck.pk).update(state="signed_off")
    assert client_in.post(f"{base}/correct/", {"seen": 2, "note": ""}).status_code == 422
    client_in.post(f"{base}/correct/", {"seen": 2, "note": "We had written twelve."})
    assert Publication.objects.newest().get().note == "We had written twelve."
    assert client_in.post(f"{base}/withdraw/", {"reason": ""}).status_code == 422
    client_in.post(f"{base}/withdraw/", {"reason": "Misread."})
    assert Publication.objects.newest().get().withdrawal_reason == "Misread."
    client_in.post(f"{base}/withdraw/", {"reason": "Read rightly.", "back": "1"})
    assert Publication.objects.newest().get().withdrawn_at is None


def test_who_was_slower_sees_the_fact_check_as_it_stands_now_and_keeps_the_note(
    client_in: Client, publication: Publication, factcheck: FactCheck
) -> None:
    FactCheck.objects.filter(pk=factcheck.pk).update(state="signed_off", version=7)
    sent = {"seen": 6, "note": "We had written twelve."}
    response = client_in.post(f"/fact-checks/{factcheck.pk}/correct/", sent)
    html = response.content.decode()
    assert response.status_code == 409
    assert "changed this fact-check since you looked" in html
    assert "We had written twelve." in html
    assert 'name="seen" value="7"' in html


def test_only_members_publish(client: Client, factcheck: FactCheck) -> None:
    for what in ("publish", "correct", "withdraw"):
        response = client.post(f"/fact-checks/{factcheck.pk}/{what}/", {"seen": 1})
        assert response.status_code == 302
        assert response["Location"].startswith("/login/")
    assert not Publication.objects.exists()


def test_a_blind_reviewer_meets_nothing_of_it_before_it_is_signed_off(
    client_in: Client, factcheck: FactCheck
) -> None:
    FactCheck.objects.filter(pk=factcheck.pk).update(state="second_review")
    html = page(client_in, f"/fact-checks/{factcheck.pk}/publish/")
    assert "Not ready" in html
    assert "Imprecise" not in html
    assert "Twelve is the most" not in html
