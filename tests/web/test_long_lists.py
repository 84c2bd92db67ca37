"""Lists that are too long to be counted."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from claims.web import paging
from tests.web import factories


@pytest.fixture
def sixty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "COUNTED", 30)
    for number in range(60):
        factories.revision(f"Text {number}.", title=f"Story {number}")


def pager(client: Client, address: str) -> str:
    html = client.get(address).content.decode()
    nav = html[html.index('<nav class="pager"') :]
    return " ".join(re.sub(r"<[^>]+>", " ", nav[: nav.index("</nav>")]).split())


def test_a_list_says_that_there_are_more_than_it_counted(client_in: Client, sixty: None) -> None:
    assert pager(client_in, "/articles/") == "1 to 25 of 30 articles and more Page 1 Next page"


@pytest.mark.parametrize("far", [20, 200])
def test_one_pages_on_beyond_what_was_counted_to_the_last_row(
    client_in: Client, sixty: None, monkeypatch: pytest.MonkeyPatch, far: int
) -> None:
    monkeypatch.setattr(paging, "FAR", far)  # from where on ids are looked up first
    second, third = (pager(client_in, f"/articles/?page={number}") for number in (2, 3))
    assert second == "26 to 50 of 30 articles and more Earlier page Page 2 Next page"
    assert third == "51 to 60 of 30 articles and more Earlier page Page 3"
    shown = [
        row.pk for number in (1, 2, 3) for row in client_in.get(f"/articles/?page={number}").context["page"]
    ]
    assert len(set(shown)) == 60


def test_every_page_leads_to_those_beside_it(client_in: Client, sixty: None) -> None:
    for number in range(60, 100):
        factories.revision(f"Text {number}.", title=f"Story {number}")
    assert pager(client_in, "/articles/?page=4") == "76 to 100 of 30 articles and more Earlier page Page 4"


@pytest.mark.parametrize("page", ["4", "99999999", "9" * 40])
def test_a_page_that_is_not_there_is_the_last_that_was_counted(
    client_in: Client, sixty: None, page: str
) -> None:
    assert "Page 2" in pager(client_in, f"/articles/?page={page}")


def test_a_list_that_was_counted_to_its_end_says_so(client_in: Client, story: dict[str, Any]) -> None:
    assert pager(client_in, "/articles/") == "2 articles"


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("u.s.", 1),
        ("long-range", 1),
        ("iran's", 1),
        ("'", 0),
        ("missiles 'x", 0),
        ("\\ & | ! : *", 0),
        ("mis", 1),
    ],
)
def test_words_of_a_title_are_taken_as_typed(client_in: Client, typed: str, found: int) -> None:
    factories.revision("A text.", title="U.S. weighs Iran's long-range missiles")
    assert len(client_in.get("/articles/", {"q": typed}).context["page"]) == found
