"""Both seed articles through the front door, held to the gold file's ``across`` section."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.engine import records
from claims.models import Article, Claim, ClaimGroup, Finding, Reference
from claims.services import ingestion, pipeline, references

pytestmark = pytest.mark.seeds

ORDER = {
    "kind": "event",
    "authority": "Register of executive orders",
    "title": "Expulsion of Russian diplomats",
    "actor": "United States",
    "action": "expel",
    "object": "Russian diplomats",
    "starts_on": date(2021, 4, 15),
}


@pytest.fixture
def gold(shared_dir: Path) -> dict[str, Any]:
    return json.loads((shared_dir / "gold" / "seeds.json").read_text("utf-8"))


@pytest.fixture(params=["in order", "in reverse"])
def seeds(request: pytest.FixtureRequest, gold: dict[str, Any], shared_dir: Path, db: None) -> list[Article]:
    """The two articles, handed in as they are, one way round and the other; in the order of the gold file."""
    names = [article["file"] for article in gold["articles"]]
    found: dict[str, Article] = {}
    for name in names if request.param == "in order" else reversed(names):
        given = records.Document(raw=(shared_dir / "seeds" / name).read_bytes(), name=name)
        document = ingestion.accept(given, source="file").document
        assert pipeline.run(document.pk) == "checked"
        document.refresh_from_db()
        assert document.revision is not None
        found[name] = document.revision.article
    return [found[name] for name in names]


def claim(article: Article, quote: str) -> Claim:
    return Claim.objects.standing().get(revision__article=article, quote=quote)


def across(gold: dict[str, Any], topic: str) -> list[str | None]:
    (values,) = (each["values"] for each in gold["across"] if each["topic"] == topic)
    return list(values)


def about(group: ClaimGroup) -> set[str]:
    return set(Finding.objects.standing().filter(group=group).values_list("check_id", flat=True))


def test_outlet_title_and_date_are_stored(gold: dict[str, Any], seeds: list[Article]) -> None:
    for article, expected in zip(seeds, gold["articles"], strict=True):
        revision = article.latest
        assert revision is not None
        assert revision.outlet == expected["outlet"]
        assert revision.title == expected["title"]
        assert revision.published == date.fromisoformat(expected["published"])
        assert revision.body.startswith(expected["body_starts"])


def test_every_gold_claim_is_stored_at_its_characters(gold: dict[str, Any], seeds: list[Article]) -> None:
    for article, expected in zip(seeds, gold["articles"], strict=True):
        for wanted in expected["claims"]:
            row = claim(article, wanted["quote"])
            assert row.revision.body[row.start : row.end] == wanted["quote"]
            assert (row.value is None) == (wanted["value"] is None)
            if wanted["value"] is not None:
                assert row.value == wanted["value"]


@pytest.mark.parametrize(
    "topic",
    [
        "cost of the interceptors",
        "number of interceptors",
        "Russian diplomats expelled by the US",
        "US response in kind by Russia",
    ],
)
def test_claims_on_one_topic_are_one_group(gold: dict[str, Any], seeds: list[Article], topic: str) -> None:
    a, b = across(gold, topic)
    assert a is not None
    assert b is not None
    assert claim(seeds[0], a).group == claim(seeds[1], b).group


def test_topics_are_kept_apart(gold: dict[str, Any], seeds: list[Article]) -> None:
    groups = {
        claim(seeds[1], quote).group
        for quote in ("almost $18 billion", "as many as 31 new interceptors", "10 for testing")
    }
    groups |= {claim(seeds[1], quote).group for quote in ("10 Russian diplomats", "10 US diplomats")}
    assert len(groups) == 5


def test_consistent_topics_raise_nothing(gold: dict[str, Any], seeds: list[Article]) -> None:
    for topic in ("cost of the interceptors", "Russian diplomats expelled by the US"):
        quote = across(gold, topic)[0]
        assert quote is not None
        assert about(claim(seeds[0], quote).group) == set()


def test_dropped_words_are_found(gold: dict[str, Any], seeds: list[Article]) -> None:
    flat, qualified = (claim(seeds[i], across(gold, "number of interceptors")[i] or "") for i in (0, 1))
    assert about(flat.group) == {"qualifier_dropped", "part_dropped"}
    for finding in Finding.objects.for_list().filter(group=flat.group):
        assert finding.shown_claims[:2] == [flat, qualified]


def test_no_value_conflict_and_no_drifted_quotation(seeds: list[Article]) -> None:
    raised = Finding.objects.standing()
    assert not raised.filter(check_id="value_conflict").exists()
    assert not raised.filter(check_id="quote_drift").exclude(severity="info").exists()


def test_the_two_outlets_are_one_origin(seeds: list[Article]) -> None:
    for article in seeds:
        article.refresh_from_db()
    assert seeds[0].origin is not None
    assert seeds[0].origin == seeds[1].origin
    finding = Finding.objects.for_list().get(check_id="single_origin")
    assert set(finding.shown_articles) == set(seeds)
    group = ClaimGroup.objects.with_counts().get(pk=claim(seeds[0], "almost $18 billion").group_id)
    assert (group.outlet_count, group.origin_count) == (2, 1)


def test_a_stale_date_is_found_once_the_order_is_on_record(seeds: list[Article]) -> None:
    assert not Finding.objects.filter(check_id="stale_date").exists()
    references.add(**ORDER)
    finding = Finding.objects.for_list().get(check_id="stale_date")
    assert finding.shown_claims[0] == claim(seeds[1], "10 Russian diplomats")


@pytest.fixture
def on_record(db: None) -> Reference:
    return references.add(**ORDER)


def test_a_stale_date_is_found_if_the_order_was_on_record_before(
    on_record: Reference, seeds: list[Article]
) -> None:
    finding = Finding.objects.for_list().get(check_id="stale_date")
    assert finding.shown_claims[0] == claim(seeds[1], "10 Russian diplomats")


def test_handing_them_in_again_changes_nothing(seeds: list[Article], shared_dir: Path) -> None:
    before = list(Finding.objects.order_by("pk").values()), list(Claim.objects.order_by("pk").values())
    for path in sorted((shared_dir / "seeds").glob("*.txt")):
        given = records.Document(raw=path.read_bytes(), name=path.name, url=None, title=None, outlet=None)
        assert not ingestion.accept(given, source="file").created
    assert before == (
        list(Finding.objects.order_by("pk").values()),
        list(Claim.objects.order_by("pk").values()),
    )
