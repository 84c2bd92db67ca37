"""Invented pages of many shapes: files in ``pages``, each with what a careful reader finds on it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claims.engine.records import ArticleText, Document
from claims.ingest.reading import read

PAGES = sorted((Path(__file__).parent / "pages").glob("*.json"), key=lambda path: path.stem)
ADDRESS = {"web_json_ld": "https://times.westmark.example/defence/latest?from=home"}
FIELDS = ("title", "outlet", "byline", "credit", "host", "url")


def wanted(page: Path) -> dict[str, Any]:
    return json.loads(page.read_text(encoding="utf-8"))


def article(page: Path) -> ArticleText:
    source = next(path for path in (page.with_suffix(".txt"), page.with_suffix(".html")) if path.exists())
    return read(Document(source.read_bytes(), name=source.name, url=ADDRESS.get(page.stem)))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_title_outlet_date_and_credits_are_found(page: Path) -> None:
    want, found = wanted(page), article(page)

    assert {name: getattr(found, name) for name in FIELDS if name in want} == {
        name: want[name] for name in FIELDS if name in want
    }
    if "published" in want:
        assert found.published is not None
        assert found.published.isoformat() == want["published"]
    if "wires" in want:
        assert list(found.wires) == want["wires"]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.stem)
def test_the_body_is_the_story_and_nothing_else(page: Path) -> None:
    want, body = wanted(page), article(page).body

    assert body.startswith(want.get("body_starts", ""))
    assert body.endswith(want.get("body_ends", ""))
    assert [text for text in want.get("body_holds", []) if text not in body] == []
    assert [text for text in want.get("not_body", []) if text in body] == []


@pytest.mark.parametrize("page", [page for page in PAGES if "notice" in wanted(page)], ids=lambda p: p.stem)
def test_furniture_cut_out_of_a_story_is_said(page: Path) -> None:
    assert any(wanted(page)["notice"] in notice for notice in article(page).notices)


def test_there_are_pages_of_many_shapes() -> None:
    assert sum(page.with_suffix(".txt").exists() for page in PAGES) >= 12
    assert sum(page.with_suffix(".html").exists() for page in PAGES) >= 6
