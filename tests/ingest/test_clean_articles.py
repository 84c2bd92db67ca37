"""Texts that are nothing but an article keep all of it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from claims.engine.records import Document
from claims.ingest.reading import read


def body(text: str) -> str:
    return read(Document(text.encode())).body


def test_one_paragraph_is_all_body() -> None:
    text = "The ministry in Askel expelled nine clerks on Friday and closed two of its own offices in reply."
    article = read(Document(text.encode()))
    assert article.body == text
    assert article.title.startswith("The ministry in Askel")
    assert "No title was found; the opening words stand in for it." in article.notices


def test_one_short_sentence_is_all_body() -> None:
    assert body("Nine clerks left.") == "Nine clerks left."


def test_three_words_without_a_full_stop_are_all_body() -> None:
    assert body("Nine clerks left") == "Nine clerks left"


def test_paragraphs_without_a_title_are_all_body() -> None:
    text = (
        "The pact lapses in May, and nobody is in a hurry to say what follows it.\n\n"
        "“Something will,” a negotiator said.\n\nShe laughed."
    )
    assert body(text) == text


def test_title_and_paragraphs_are_told_apart() -> None:
    article = read(
        Document(
            b"Nine clerks leave Askel\n\nNine clerks left Askel on Friday, a day before they had to.\n\n"
            b"Two stay."
        )
    )
    assert article.title == "Nine clerks leave Askel"
    assert article.body == "Nine clerks left Askel on Friday, a day before they had to.\n\nTwo stay."


def test_a_question_may_be_a_title() -> None:
    article = read(
        Document(
            b"Who counts the clerks?\n\n"
            b"Nobody does, says the office that ought to, and it has said so twice.\n\nNot yet."
        )
    )
    assert article.title == "Who counts the clerks?"
    assert article.body.startswith("Nobody does")


def test_figures_in_lines_at_the_end_stay() -> None:
    text = (
        "These are the figures of the ministry in Askel as of Friday evening, it said.\n\n"
        "ASKEL:\nClerks: 9\nOffices: 2\n\nLUND:\nClerks: 0"
    )
    assert body(text) == text


def test_a_list_after_a_colon_stays() -> None:
    text = (
        "The accord, which runs to nine pages, bans three things from the year after next:\n\n"
        "mines at sea\n\nmines on land\n\nmines in orbit"
    )
    assert body(text) == text


def test_a_place_and_an_agency_on_a_line_of_their_own_open_the_story() -> None:
    text = "ASKEL, N.Y. (AP) --\n\nNine clerks left Askel on Friday, before they had to, officials said.\n\n"
    article = read(Document(text.encode()))
    assert article.body == text.strip()
    assert article.wires == ("AP",)


def test_typographic_characters_and_breaks_stay_as_they_are() -> None:
    text = (
        "“Nine clerks” – that is\u00a0the ministry’s figure… and nobody else’s, as far as anyone knows.\n\n\n"
        "Two…\u2009stay."
    )
    assert body(text) == text


def test_line_ends_are_normalised() -> None:
    assert (
        body("Nine clerks left Askel on Friday.\r\n\r\nTwo stay.\rThey like it.")
        == "Nine clerks left Askel on Friday.\n\nTwo stay.\nThey like it."
    )


def test_a_day_told_in_the_story_is_not_the_day_of_publication() -> None:
    article = read(
        Document(
            b"Nine clerks leave Askel\n\n"
            b"On 4 May 2011 the ministry gave nine clerks a week to pack and leave the country.\n\n"
            b"They left on 9 May 2011."
        )
    )
    assert article.published is None
    assert "No publication date was found." in article.notices


def test_an_address_noted_above_a_text_is_its_address() -> None:
    raw = (
        b"https://www.dawn.com/news/17\n\nNine clerks leave Askel\n\n"
        b"Nine clerks left Askel on Friday, a day before they had to go.\n\nTwo stay."
    )
    article = read(Document(raw))
    assert (article.url, article.outlet) == ("https://www.dawn.com/news/17", "Dawn")
    assert article.body.startswith("Nine clerks left Askel")


def test_what_was_declared_beats_what_is_found() -> None:
    raw = (
        b"The Askel Echo\n\nNine clerks leave\n\n1 May 2011\n\n"
        b"Nine clerks left Askel on Friday, a day before they had to go.\n"
    )
    article = read(
        Document(
            raw,
            outlet="The Lund Letter",
            title="Clerks go",
            published=date(2012, 2, 3),
            url="https://lund.example/1",
        )
    )
    assert (article.outlet, article.title, article.published) == (
        "The Lund Letter",
        "Clerks go",
        date(2012, 2, 3),
    )
    assert article.url == "https://lund.example/1"


@pytest.mark.seeds
@pytest.mark.parametrize("name", ["fakes_articles", "timebank_dates"])
def test_clean_news_articles_keep_their_text(shared_dir: Path, name: str) -> None:
    lost = []
    for line in (shared_dir / "data" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        text = json.loads(line)["text"]
        article = read(Document(text.encode()))
        title = "" if article.title in article.body or article.title.endswith("…") else article.title
        kept = len(f"{title} {article.body}".split())
        if kept < 0.98 * len(text.split()):
            lost.append(text[:60])
    assert lost == []
