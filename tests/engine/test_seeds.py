"""Every claim of the gold file for the two seed articles is found as it stands there."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from claims.engine.extract import extract
from claims.engine.records import Claim, Kind, Mode

pytestmark = pytest.mark.seeds


@pytest.fixture
def articles(shared_dir: Path) -> list[tuple[dict[str, Any], str, tuple[Claim, ...]]]:
    gold = json.loads((shared_dir / "gold" / "seeds.json").read_text(encoding="utf-8"))
    read = []
    for article in gold["articles"]:
        page = (shared_dir / "seeds" / article["file"]).read_text(encoding="utf-8")
        start = page.index(article["body_starts"])
        body = page[start : page.index(article["body_ends"], start) + len(article["body_ends"])]
        published = date.fromisoformat(article["published"])
        read.append((article, body, extract(body, published=published, title=article["title"])))
    return read


def _days(text: str) -> tuple[date, date]:
    first, _, last = text.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


#: Who the gold file says acts, under the canonical name.
ACTORS = {
    "the Pentagon": "US Department of Defense",
    "US Department of Defence": "US Department of Defense",
    "Washington": "United States",
    "Biden administration": "United States",
    "Moscow": "Russia",
}


def test_every_claim_of_the_gold_file_is_found(
    articles: list[tuple[dict[str, Any], str, tuple[Claim, ...]]],
) -> None:
    for article, body, claims in articles:
        for gold in article["claims"]:
            (claim,) = [c for c in claims if c.quote == gold["quote"] and c.kind == gold["kind"]]
            assert body[claim.span.start : claim.span.end] == gold["quote"]
            assert claim.status == gold["status"]
            if gold["value"] is not None:
                assert claim.quantity is not None
                assert claim.quantity.value == Decimal(gold["value"])
                assert claim.quantity.unit == gold["unit"]
                assert claim.quantity.modifier == gold.get("modifier")
            if "hedge" in gold:
                assert claim.hedge == gold["hedge"]
            if "who" in gold:
                assert claim.actor == ACTORS.get(gold["who"], gold["who"])
            if gold.get("attributed_to"):
                assert claim.attribution.document == gold["attributed_to"]
            if "reported_at" in gold:
                assert claim.reported_when is not None
                assert (claim.reported_when.start, claim.reported_when.end) == _days(gold["reported_at"])
                assert claim.reported_when.text == gold["said_as"]
            if "happened_at" in gold:
                assert claim.when is not None
                assert (claim.when.start, claim.when.end) == _days(gold["happened_at"])
                assert claim.when.text == gold["said_as"]
            if "part_of" in gold:
                assert claim.part_of is not None
                assert claim.part_of.of(body) == gold["part_of"]


def test_every_quotation_of_the_gold_file_has_its_speaker(
    articles: list[tuple[dict[str, Any], str, tuple[Claim, ...]]],
) -> None:
    for article, _, claims in articles:
        for gold in article["quotations"]:
            (claim,) = [c for c in claims if c.kind is Kind.QUOTATION and c.quote.startswith(gold["starts"])]
            assert claim.attribution.mode is Mode.DIRECT
            assert claim.attribution.source == gold["speaker"]
            if "told" in gold:
                assert claim.attribution.told == gold["told"]
            if "via" in gold:
                assert claim.attribution.source_text == gold["via"]
            if "said_on" in gold:
                assert claim.when is not None
                assert (claim.when.start, claim.when.text) == (
                    date.fromisoformat(gold["said_on"]),
                    gold["said_as"],
                )


def test_the_two_expulsions_are_told_apart(
    articles: list[tuple[dict[str, Any], str, tuple[Claim, ...]]],
) -> None:
    (_, _, vienna), (_, _, press) = articles
    expelled = {
        (c.actor, c.object_party)
        for c in (*vienna, *press)
        if c.action == "expel" and c.kind in (Kind.COUNT, Kind.EVENT)
    }
    assert expelled == {("United States", "Russia"), ("Russia", "United States")}


def test_years_and_page_furniture_are_no_claims(
    articles: list[tuple[dict[str, Any], str, tuple[Claim, ...]]],
) -> None:
    for article, _, claims in articles:
        counts = [c for c in claims if c.kind not in (Kind.QUOTATION, Kind.EVENT)]
        assert len(counts) == sum(g["kind"] != "event" for g in article["claims"])
        for unwanted in article["not_claims"]:
            assert all(c.quote not in unwanted for c in counts)
