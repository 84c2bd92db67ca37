"""Articles for the service tests: our own sentences, handed in by the front door."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

import pytest

from claims.engine import records
from claims.models import Document
from claims.services import ingestion, pipeline

_WORDS = [
    "harbour",
    "ledger",
    "garden",
    "council",
    "window",
    "morning",
    "painter",
    "river",
    "quiet",
    "market",
    "bridge",
    "sailor",
    "candle",
    "orchard",
    "letter",
    "meadow",
    "kitchen",
    "winter",
    "lantern",
    "fiddle",
    "baker",
    "valley",
    "pepper",
    "cottage",
    "ribbon",
    "thunder",
    "saddle",
    "willow",
]


def filler(outlet: str | None) -> str:
    """Text without a claim, the same for one outlet and another for every other: articles are no copies."""
    chance = random.Random(outlet)
    sentences = (" ".join(chance.sample(_WORDS, 14)).capitalize() + "." for _ in range(4))
    return " ".join(sentences)


def story(
    *sentences: str,
    outlet: str | None = "The Fjord",
    title: str = "Plan for the north is published",
    published: date | None = date(2021, 5, 3),
    url: str | None = None,
) -> records.Document:
    """A plain article: the sentences, each a paragraph, and a little text around them."""
    body = "\n\n".join([*sentences, filler(outlet)])
    return records.Document(
        raw=body.encode(), content_type="text/plain", outlet=outlet, title=title, published=published, url=url
    )


TakeIn = Callable[..., Document]


@pytest.fixture
def take_in(db: None) -> TakeIn:
    """Hands a story in and takes it as far as it will go; gives the document back."""

    def take(*sentences: str, **declared: object) -> Document:
        row = ingestion.accept(story(*sentences, **declared), source="file").document
        pipeline.run(row.pk)
        row.refresh_from_db()
        return row

    return take
