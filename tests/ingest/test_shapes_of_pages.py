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


STORY = (
    "The Tamna garrison will grow from 200 to 350 soldiers before the winter, the defence minister said.",
    "Barracks for the new soldiers on Tamna are nearly ready, the minister told reporters at the garrison.",
    "The minister added that the garrison has had no cook since May, and that soldiers had taken turns.",
)
CLOSING = "A new cook for the garrison on Tamna has been found and will arrive with the soldiers in autumn."
SUMMARY = "Bread from the old mill has won first prize at a fair in the capital for the third time in a row."


def between(*box: str, closing: str = CLOSING) -> str:
    """The body read from a page with ``box`` before its last paragraph, which ends with the usual lines."""
    lines = (
        "Garrison on Tamna to grow",
        "12 May 2012",
        *STORY,
        *box,
        closing,
        "Leave a Reply",
        "Dave says: no.",
    )
    return read(Document("\n\n".join(lines).encode())).body


@pytest.mark.parametrize(
    "box",
    [
        ("Read also", "Bread prize goes to old mill"),
        ("Trending", "Bread prize goes to old mill", "Ferry late again", "Pike caught in fountain"),
        ("Advertisement",),
        ("Related", "Bread prize goes to old mill", "Bread from the old mill has won... more »"),
    ],
)
def test_the_last_paragraph_after_a_box_of_links_stays(box: tuple[str, ...]) -> None:
    body = between(*box)
    assert body.endswith(CLOSING)
    assert "mill" not in body


def test_summaries_in_a_box_are_no_story_however_long() -> None:
    body = between("Related", "Bread prize goes to old mill", closing=SUMMARY)
    assert body.endswith(STORY[-1])
