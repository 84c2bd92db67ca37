"""What no person sends: each address that takes a form or a filter answers clearly, and never with 500."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from tests.web import world
from tests.web.test_nothing_runs import Fields

MILLION = "7" * 1_000_000
ABSURD = {
    "nul": "a\x00b",
    "million": MILLION,
    "surrogate": "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
    "reordered": "\u202e\u2066\u2067 12 radars \u202c",
    "marks": "e" + "\u0301" * 100_000,
    "huge number": "9" * 30,
    "negative": "-1",
    "no number": "NaN",
    "infinite": "1e999999999",
    "digit of another script": "\u0663\u00b2",
    "first day": "0001-01-01",
    "last day": "9999-12-31",
    "day before all": "0000-00-00",
    "empty": "",
}
#: Names that no form on the pages sends, but views or libraries read.
ALSO = ("page", "next", "seen", "version", "sort", "order", "q", "person", "due_on", "round", "slug")


@pytest.fixture
def asked(db: None) -> tuple[Client, world.World, list[str]]:
    """Somebody who may do everything, and all names that forms and links on the pages send."""
    built = world.build()
    client = Client(raise_request_exception=False)
    client.force_login(built.people["mara"])
    pages = world.pages(built, client)
    names = sorted(set(ALSO).union(*(Fields(page).names for page in pages.values())))
    assert len(names) > 60
    return client, built, names


def failures(answer: Any, address: str, sort: str, method: str) -> list[str]:
    return [f"{method} {address} {sort}: {answer.status_code}"] if answer.status_code >= 500 else []


@pytest.mark.django_db
def test_no_form_fails_on_absurd_input(asked: tuple[Client, world.World, list[str]]) -> None:
    client, built, names = asked
    wrong: list[str] = []
    for address in sorted({address.split("?")[0] for _, address in built.addresses} - {"/logout/"}):
        for sort, value in ABSURD.items():
            # Half a million at most in one of them, so that the whole is not refused for its size unread.
            sent = {name: value[: 1_000_000 if number == 0 else 20_000] for number, name in enumerate(names)}
            with transaction.atomic():
                wrong += failures(client.post(address, sent), address, sort, "POST")
                transaction.set_rollback(True)
            client.force_login(built.people["mara"])
    assert wrong == []


@pytest.mark.django_db
def test_no_filter_fails_on_absurd_input(asked: tuple[Client, world.World, list[str]]) -> None:
    client, built, names = asked
    wrong: list[str] = []
    for address in sorted({address.split("?")[0] for _, address in built.addresses} - {"/logout/"}):
        for sort, value in ABSURD.items():
            sent = dict.fromkeys(names, value[:5000])
            wrong += failures(client.get(address, sent), address, sort, "GET")
    assert wrong == []


@pytest.mark.django_db
def test_no_interface_fails_on_surrogates_and_nul(asked: tuple[Client, world.World, list[str]]) -> None:
    client, _built, _names = asked
    wrong = []
    for body in (
        r'{"text": "\ud800 12 radars", "name": "\udfff"}',
        r'{"text": "a\u0000b"}',
        "[" * 100_000,
        "9" * 9_999,
    ):
        for name in ("documents", "references", "reviews", "group-decisions", "tokens"):
            answer = client.post(f"/api/v1/{name}", body, content_type="application/json")
            wrong += failures(answer, name, body[:20], "POST")
    assert wrong == []
