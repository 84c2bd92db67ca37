"""How outlets behave: counted, stored, and shown with its uncertainty."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.models import Finding, OriginLink, Outlet, OutletAccount
from claims.services import accounts
from tests.web import factories


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def account(name: str) -> dict[str, Any]:
    accounts.refresh()
    return OutletAccount.objects.get(outlet__name=name).content


def copied(first: Any, second: Any, **fields: Any) -> None:
    one, two = sorted((first, second), key=lambda revision: revision.pk)
    OriginLink.objects.create(first=one, second=two, kind="copy", containment=0.9, **fields)


def test_a_finding_counts_where_the_passage_at_odds_stands(story: dict[str, Any]) -> None:
    assert account("Northern Courier")["checks"] == {
        "qualifier_dropped": {"none": 1, "confirmed": 0, "dismissed": 0}
    }
    assert account("Harbour Post")["checks"] == {}
    Finding.objects.update(decision="confirmed")
    assert account("Northern Courier")["checks"]["qualifier_dropped"]["confirmed"] == 1


def test_what_was_resolved_before_anybody_decided_does_not_count(story: dict[str, Any]) -> None:
    Finding.objects.update(resolved_at="2024-04-01T00:00Z")
    assert account("Northern Courier")["checks"] == {}


def test_who_printed_it_earlier_gave_and_who_later_took(story: dict[str, Any]) -> None:
    copied(story["one"], story["two"])
    giver, taker = account("Harbour Post"), account("Northern Courier")
    assert (giver["texts"]["given"], giver["texts"]["taken"]) == (1, 0)
    assert (taker["texts"]["given"], taker["texts"]["taken"]) == (0, 1)
    assert taker["taken_from"] == [{"name": "Harbour Post", "slug": "harbour-post", "articles": 1}]
    assert giver["given_to"][0]["slug"] == "northern-courier"


def test_of_one_day_or_one_agency_nobody_took(story: dict[str, Any]) -> None:
    third = factories.revision("The same text.", at="Third Post", published=date(2024, 3, 8))
    copied(story["two"], third)
    copied(story["one"], third, wire="Northlight")
    assert account("Northern Courier")["texts"] == {"agency": 0, "taken": 0, "given": 0, "same_day": 1}
    assert account("Third Post")["texts"] == {"agency": 1, "taken": 0, "given": 0, "same_day": 0}


def test_changes_after_publication_are_counted_and_their_notes(story: dict[str, Any]) -> None:
    factories.revision("Correction: it will buy 10 radars.", article=story["one"].article)
    factories.revision("It will buy 10 radars.", article=story["two"].article)
    assert (account("Harbour Post")["changed"], account("Harbour Post")["noted"]) == (1, 1)
    assert (account("Northern Courier")["changed"], account("Northern Courier")["noted"]) == (1, 0)


@pytest.mark.parametrize(
    ("found", "of", "wanted"),
    [
        (0, 10, (0, 0, 27.8)),
        (5, 10, (50, 23.7, 76.3)),
        (10, 10, (100, 72.2, 100)),
        (1, 1000, (0.1, 0.02, 0.56)),
    ],
)
def test_a_rate_says_how_uncertain_it_is(found: int, of: int, wanted: tuple[float, ...]) -> None:
    assert accounts.rate(found, of) == pytest.approx(wanted, abs=0.06)


def test_none_of_none_has_no_rate() -> None:
    assert accounts.rate(0, 0) is None


def test_outlets_are_listed_and_found(client_in: Client, story: dict[str, Any]) -> None:
    factories.outlet("Without Articles")
    html = page(client_in, "/outlets/")
    assert "Harbour Post" in html
    assert "not a score of truth" in html
    assert "Without Articles" not in html
    html = page(client_in, "/outlets/?q=harb")
    assert ("Harbour Post" in html, "Northern Courier" in html) == (True, False)
    assert "No outlet has that" in page(client_in, "/outlets/?q=zebra")


def test_a_profile_shows_what_was_found_with_caution(client_in: Client, story: dict[str, Any]) -> None:
    Finding.objects.update(decision="confirmed")
    html = page(client_in, "/outlets/northern-courier/")
    assert "not a score of truth" in html
    assert "do not compare outlets by it" in html
    assert story["finding"].summary in html.replace("&quot;", '"')
    assert "check=qualifier_dropped" in html
    assert client_in.get("/outlets/nothing/").status_code == 404


def test_an_outlet_that_came_after_the_last_count_is_counted_at_once(
    client_in: Client, story: dict[str, Any]
) -> None:
    accounts.refresh()
    factories.revision("A story.", at="Коммерсантъ Ё")
    new = Outlet.objects.get(name="Коммерсантъ Ё")
    assert "Коммерсантъ" in page(client_in, f"/outlets/{new.slug}/")
    assert OutletAccount.objects.filter(outlet=new).exists()


def test_the_pages_cost_few_queries_however_many_outlets(client_in: Client, story: dict[str, Any]) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            client_in.get(address)
        return len(seen)

    accounts.refresh()
    before = queries("/outlets/"), queries("/outlets/northern-courier/")
    for n in range(12):
        copied(story["one"], factories.revision(f"Text {n}.", at=f"Outlet {n}"))
    accounts.refresh()
    after = queries("/outlets/"), queries("/outlets/northern-courier/")
    assert after == before
    assert max(after) <= 15


def test_outlets_are_for_members(client: Client, db: None) -> None:
    assert client.get("/outlets/")["Location"].startswith("/login/")
