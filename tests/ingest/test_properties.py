"""What holds for every text, whatever it is."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.engine.records import ArticleText, Document
from claims.ingest.decoding import decode
from claims.ingest.errors import Unreadable
from claims.ingest.reading import read

LINES = st.sampled_from(
    [
        "Nine clerks leave Askel",
        "Nine clerks left Askel on Friday, a day before they had to go, and two more follow them in June.",
        "The ministry said that 14 crates went with them, most of them full of paper and one full of shoes.",
        "“Two stay,” she said.",
        "Home / World / Nine clerks leave Askel",
        "The Askel Echo",
        "4 May 2011",
        "By Ada Brook",
        "Trending",
        "Lund wins the cup again",
        "The cup was won by Lund on Saturday... more »",
        "Share this article",
        "Leave a Reply",
        "- 20 crates",
        "(Visited 3 times, 1 visits today)",
        "Source: AFP",
        "ASKEL, May 4 (Reuters) -",
        "Join the Askel Echo newsletter",
        "© 2011 The Askel Echo. All rights reserved.",
        "Advertisement",
        "What comes next?",
        "",
    ]
)
TEXTS = st.lists(st.tuples(LINES, st.sampled_from(["\n", "\n\n", "\r\n\r\n", "\n \n"])), max_size=25).map(
    lambda rows: "".join(line + end for line, end in rows)
)
WILD = st.text(
    alphabet=st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\r\t «»“”.,:-–—_|/()[]#*"),
    max_size=400,
)


def attempt(document: Document) -> ArticleText | Unreadable:
    try:
        return read(document)
    except Unreadable as refusal:
        return refusal


@given(TEXTS | WILD)
@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow])
def test_a_body_is_made_of_runs_of_the_decoded_text(text: str) -> None:
    article = attempt(Document(text.encode()))
    if isinstance(article, Unreadable):
        assert article.code in ("empty", "no_text", "binary")
        return
    decoded = decode(text.encode()).text
    assert article.body.strip()
    assert article.title.strip()
    if any("left out" in notice for notice in article.notices):
        position = 0
        for paragraph in article.body.split("\n\n"):
            position = decoded.index(paragraph, position) + len(paragraph)
    else:
        assert article.body in decoded


@given(TEXTS)
@settings(max_examples=100)
def test_reading_twice_gives_the_same(text: str) -> None:
    document = Document(text.encode())
    first, second = attempt(document), attempt(document)
    assert first == second or str(first) == str(second)


@given(st.binary(max_size=300))
@settings(max_examples=300)
def test_any_bytes_give_an_article_or_a_clear_refusal(raw: bytes) -> None:
    article = attempt(Document(raw))
    if isinstance(article, Unreadable):
        assert article.title
        assert article.detail.endswith(".")
    else:
        assert "\x00" not in article.body


@given(st.text(alphabet="<>/=\"'! -abpdivscript&;#x\n", max_size=300))
@settings(max_examples=300)
def test_any_tag_soup_gives_an_article_or_a_clear_refusal(soup: str) -> None:
    article = attempt(Document(f"<!doctype html>{soup}".encode(), content_type="text/html"))
    if isinstance(article, Unreadable):
        assert article.code in ("no_text", "too_complex")
