"""The two seed articles, against what a careful fact-checker records for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claims.engine.records import ArticleText, Document
from claims.ingest.reading import read

pytestmark = pytest.mark.seeds


@pytest.fixture(scope="module", params=[0, 1], ids=["first", "second"])
def seed(request: pytest.FixtureRequest, shared_dir: Path) -> tuple[dict[str, Any], ArticleText]:
    gold = json.loads((shared_dir / "gold" / "seeds.json").read_text(encoding="utf-8"))["articles"][
        request.param
    ]
    return gold, read(Document((shared_dir / "seeds" / gold["file"]).read_bytes(), name=gold["file"]))


def test_outlet_title_and_day_are_right(seed: tuple[dict[str, Any], ArticleText]) -> None:
    gold, article = seed
    assert article.outlet == gold["outlet"]
    assert article.title == gold["title"]
    assert article.published is not None
    assert article.published.isoformat() == gold["published"]


def test_the_body_is_the_story(seed: tuple[dict[str, Any], ArticleText]) -> None:
    gold, article = seed
    assert article.body.startswith(gold["body_starts"])
    assert article.body.rstrip("\"”'").endswith(gold["body_ends"])
    assert [text for text in gold["not_body"] if text in article.body] == []


def test_every_gold_quote_stands_in_the_body(seed: tuple[dict[str, Any], ArticleText]) -> None:
    gold, article = seed
    assert [claim["quote"] for claim in gold["claims"] if claim["quote"] not in article.body] == []


def test_credit_agency_and_host_are_right(seed: tuple[dict[str, Any], ArticleText]) -> None:
    gold, article = seed
    assert article.credit == gold.get("credit")
    assert article.wires == (gold["cited_wire"],)
    assert article.host == gold.get("hosted_by")


def test_nothing_had_to_be_guessed(seed: tuple[dict[str, Any], ArticleText]) -> None:
    assert seed[1].notices == ()
