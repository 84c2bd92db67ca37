"""The page of a group: its drawing, its table in any order, what may not belong, and what it costs.

Deciding on it (splits, merges, refusals that keep what was ticked) is in test_regrouping.py.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.engine.changes import Change
from claims.models import Claim, ClaimGroup
from claims.services import counting
from tests.web import factories

OUTLETS = (("Alder", "40 radars", 40), ("Birch", "12 radars", 12), ("Cedar", "31 radars", 31))


def telling(group: ClaimGroup, outlet: str, quote: str, value: int, day: int) -> Claim:
    revision = factories.revision(
        f"{outlet} was told that they will buy {quote} for the coast.",
        at=outlet,
        title=f"{outlet} on the radars",
        published=date(2021, 5, 1) + timedelta(days=day),
    )
    return factories.claim(
        revision, quote, value=value, bounds=factories.between(value, value, "[]"), group=group
    )


@pytest.fixture
def radars(db: None) -> ClaimGroup:
    group = factories.group()
    for day, (outlet, quote, value) in enumerate(OUTLETS):
        telling(group, outlet, quote, value, day)
    counting.refresh([group.pk])
    return group


def page(client: Client, group: ClaimGroup, query: str = "") -> str:
    response = client.get(f"/groups/{group.pk}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_drawing_says_in_words_what_it_shows(client_in: Client, radars: ClaimGroup) -> None:
    html = page(client_in, radars)
    drawing = re.search(r"<svg[^>]*role=\"(?:img|group|graphics-document)\"[^>]*>.*?</svg>", html, re.DOTALL)
    assert drawing is not None
    title, said = (
        re.search(rf"<{tag}[^>]*>(.+?)</{tag}>", drawing[0], re.DOTALL) for tag in ("title", "desc")
    )
    assert title is not None
    assert said is not None
    assert all(outlet in drawing[0] for outlet, *_ in OUTLETS)


@pytest.mark.parametrize(
    ("query", "outlets"),
    [
        ("", ["Alder", "Birch", "Cedar"]),
        ("?sort=value", ["Birch", "Cedar", "Alder"]),
        ("?sort=value&way=down", ["Alder", "Cedar", "Birch"]),
        ("?sort=outlet&way=down", ["Cedar", "Birch", "Alder"]),
        ("?sort=zebra", ["Alder", "Birch", "Cedar"]),
    ],
)
def test_the_table_stands_in_the_order_asked_for(
    client_in: Client, radars: ClaimGroup, query: str, outlets: list[str]
) -> None:
    rows = client_in.get(f"/groups/{radars.pk}/{query}").context["rows"]
    assert [row.claim.revision.article.outlet.name for row in rows] == outlets


def test_a_column_that_orders_the_table_says_so_and_turns_it_round(
    client_in: Client, radars: ClaimGroup
) -> None:
    html = page(client_in, radars, "?sort=value&find=boats")
    head = re.search(r"<th[^>]*aria-sort=\"ascending\"[^>]*>.*?</th>", html, re.DOTALL)
    assert head is not None
    assert "Value" in head[0]
    link = re.search(r'href="([^"]+)"', head[0])
    assert link is not None
    for part in ("sort=value", "way=down", "find=boats"):
        assert part in link[1]
    assert html.count("aria-sort=") == 1


def test_claims_that_hang_on_by_little_are_offered_weakest_first(
    client_in: Client, radars: ClaimGroup
) -> None:
    claims = list(radars.claims.order_by("pk"))
    for claim, score in zip(claims, (0.65, 0.95, 0.52), strict=True):
        Claim.objects.filter(pk=claim.pk).update(link_score=score)
    weak = client_in.get(f"/groups/{radars.pk}/").context["weak"]
    assert [row.claim.pk for row in weak] == [claims[2].pk, claims[0].pk]
    html = page(client_in, radars)
    assert html.index(f'id="weak-{claims[2].pk}"') < html.index(f'id="weak-{claims[0].pk}"')
    Claim.objects.filter(pk=claims[2].pk).update(pinned_group=radars)  # a person has put it here
    assert [row.claim.pk for row in client_in.get(f"/groups/{radars.pk}/").context["weak"]] == [claims[0].pk]


def test_a_page_of_many_tellings_asks_no_more_than_one_of_few(client_in: Client, radars: ClaimGroup) -> None:
    def asked() -> int:
        page(client_in, radars)
        with CaptureQueriesContext(connection) as queries:
            page(client_in, radars)
        return len(queries)

    few = asked()
    for number in range(20):
        telling(radars, f"Outlet {number}", f"{50 + number} radars", 50 + number, number)
    counting.refresh([radars.pk])
    assert asked() == few <= 15


def test_a_large_group_shows_its_first_rows_those_at_odds_among_them_and_all_on_request(
    client_in: Client, radars: ClaimGroup
) -> None:
    for number in range(70):
        telling(radars, f"Outlet {number:02}", "40 radars", 40, number // 10)
    last = telling(radars, "Yew", "40 radars", 40, 8)
    Claim.objects.filter(pk=last.pk).update(record={**last.record, "negated": True})
    counting.refresh([radars.pk])
    html = page(client_in, radars, "?copies=apart&sort=outlet")
    shown = client_in.get(f"/groups/{radars.pk}/?copies=apart&sort=outlet").context["rows"]
    outlets = [row.claim.revision.article.outlet.name for row in shown]
    assert len(shown) == 50
    assert outlets == sorted(outlets)
    assert outlets[:5] == ["Alder", "Birch", "Cedar", "Outlet 00", "Outlet 01"]
    assert outlets[-1] == "Yew"
    assert shown[-1].step.change is Change.AT_ODDS
    link = re.search(r'href="([^"]+)">Show all 74 claims</a>', html)
    assert link is not None
    for part in ("all=1", "copies=apart", "sort=outlet"):
        assert part in link[1]
    whole = page(client_in, radars, "?copies=apart&all=1")
    for claim in radars.claims.all():
        assert f'id="pick-{claim.pk}"' in whole
    assert f'id="pick-{last.pk}"' in page(client_in, radars, "?copies=apart")
    assert "Show all" not in whole


def test_what_was_ticked_far_down_is_still_there_after_a_refusal(
    client_in: Client, radars: ClaimGroup
) -> None:
    for number in range(70):
        telling(radars, f"Outlet {number:02}", "40 radars", 40, number // 10)
    counting.refresh([radars.pk])
    whole = client_in.get(f"/groups/{radars.pk}/?all=1").context["rows"]
    ticked = whole[-1].claim.pk
    assert f'id="pick-{ticked}"' not in page(client_in, radars)
    refused = client_in.post(
        f"/groups/{radars.pk}/decide/", {"decision": "move", "claims": [ticked], "seen": ""}
    )
    assert refused.status_code in (409, 422)
    assert re.search(rf'id="pick-{ticked}" checked', refused.content.decode())
