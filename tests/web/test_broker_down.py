"""The broker is away: what is handed in is stored, and the page says how it stands."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import pytest
from django.test import Client

from claims.models import Document
from claims.services import hints


@pytest.mark.django_db(transaction=True)
def test_an_article_is_accepted_while_the_broker_is_away_and_the_page_says_so(
    client_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(documents: Iterable[UUID]) -> None:
        raise ConnectionRefusedError("no broker")

    monkeypatch.setattr(hints, "send", away)
    monkeypatch.setattr(hints, "_resting_until", 0.0)
    response = client_in.post("/ingest/?way=paste", {"text": "The ministry will buy 12 radars."}, follow=True)
    page = response.content.decode()
    assert "1 document accepted and stored" in page
    assert "The message broker cannot be reached just now" in page
    assert Document.objects.get().state == "received"
