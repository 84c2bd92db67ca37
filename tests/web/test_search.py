"""The search page; our own sentences."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web import factories
from tests.web.test_draft import stored


def ask(client: Client, **asked: str) -> str:
    answer = client.get(reverse("search"), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


@pytest.fixture
def news(db: None) -> None:
    stored(
        "The Norwegian army bought 40 tanks for $310 million.", title="Tanks for Norway", outlet="The Fjord"
    )
    stored("Norway's army bought 40 tanks.", title="A purchase", outlet="Harbour Post")


def test_an_empty_search_shows_examples_that_are_links(client_in: Client) -> None:
    page = ask(client_in)
    assert 'href="?q=interceptors%2030-40"' in page
    assert "autofocus" in page


def test_words_find_articles_with_the_words_marked(client_in: Client, news: None) -> None:
    page = ask(client_in, q="tanks")
    assert "<mark>Tanks</mark> for Norway" in page
    assert 'Articles <span class="soft">2</span>' in page


def test_a_number_opens_the_claims_and_becomes_a_chip(client_in: Client, news: None) -> None:
    page = ask(client_in, q="tanks 30-45")
    assert "<mark>40 tanks</mark>" in page
    assert 'href="?q=tanks" aria-label="Remove the filter value 30-45"' in page


def test_what_is_chosen_beside_is_a_chip_too(client_in: Client, news: None) -> None:
    page = ask(client_in, q="tanks", outlet="the-fjord", kind="count", since="2021-01-01")
    for chip in ("outlet The Fjord", "kind Count", "when since 2021-01-01"):
        assert f"Remove the filter {chip}" in page
    assert "Harbour Post</bdi></span>" not in page


def test_groups_say_how_many_tell_them(client_in: Client, news: None) -> None:
    page = ask(client_in, q="tanks", tab="groups")
    assert "2 outlets" in page
    assert "2 claims of 2 found" in page


def test_nothing_found_says_where_else_there_is_something(client_in: Client, news: None) -> None:
    assert "No claims found" in ask(client_in, q="announcement zebra", tab="claims")
    page = ask(client_in, q="tanks Narvik", tab="claims")
    assert "No claims found" in page


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999", "9" * 40, "²"])
def test_any_page_is_answered(client_in: Client, news: None, page: str) -> None:
    ask(client_in, q="tanks", page=page)


@pytest.mark.parametrize(
    "typed", ["<script>alert(1)</script>", "\x00", "a" * 5000, '" onfocus="alert(1)', "''"]
)
def test_what_is_typed_is_escaped(client_in: Client, news: None, typed: str) -> None:
    page = ask(client_in, q=typed)
    assert "<script>alert" not in page
    assert ' onfocus="' not in page


def test_texts_of_strangers_are_escaped(client_in: Client) -> None:
    factories.revision("Say <b>tanks</b> & <script>x</script>.", title="<i>tanks</i>", at="<u>Post</u>")
    page = ask(client_in, q="tanks")
    for markup in ("<b>tanks", "<i>", "<u>Post", "<script>x"):
        assert markup not in page


def test_pages_are_kept_in_the_address(client_in: Client) -> None:
    for i in range(23):
        factories.revision(f"Tanks again, no. {i}.", title=f"Tanks {i}")
    assert "page=2" in ask(client_in, q="tanks", sort="best")
    assert "Page 2 of 2" in ask(client_in, q="tanks", page="2")


@pytest.mark.parametrize("tab", ["articles", "claims", "groups"])
def test_a_search_takes_few_queries(client_in: Client, news: None, tab: str) -> None:
    with CaptureQueriesContext(connection) as asked:
        ask(client_in, q="tanks 30-45", tab=tab, outlet="the-fjord")
    assert len(asked) <= 12


def test_strangers_log_in_first(client: Client, db: Any) -> None:
    assert client.get(reverse("search")).status_code == 302
