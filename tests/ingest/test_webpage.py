from __future__ import annotations

from typing import Any

import pytest

from claims.engine.records import ArticleText, Document
from claims.ingest.errors import Unreadable
from claims.ingest.markup import MAX_DEPTH, rewrite
from claims.ingest.reading import read
from claims.ingest.webpage import is_markup

STORY = (
    "<p>Nine clerks left Askel on Friday, a day before they had to go, and two more will follow in June.</p>"
    "<p>The ministry said that 14 crates went with them, most of them full of paper, one of shoes.</p>"
)


def page(head: str = "", body: str = STORY, **declared: Any) -> ArticleText:
    title = "<title>Nine clerks leave Askel</title>"
    raw = f"<!doctype html><html><head>{title}{head}</head><body><main>{body}</main></body></html>"
    return read(Document(raw.encode(), content_type="text/html; charset=utf-8", **declared))


def outcome(raw: bytes) -> str:
    """ "story" where the story is read, else the code of the refusal."""
    try:
        return "story" if "Nine clerks left Askel" in read(Document(raw)).body else "another text"
    except Unreadable as refusal:
        return refusal.code


def refused(raw: str) -> str:
    with pytest.raises(Unreadable) as refusal:
        read(Document(raw.encode(), content_type="text/html"))
    return refusal.value.code


def test_paragraphs_are_parted_by_blank_lines() -> None:
    assert page().body.count("\n\n") == 1


def test_character_references_are_read() -> None:
    assert (
        "Fish & chips, §5, “nine”"
        in page(
            body=STORY
            + "<p>Fish &amp; chips, &#167;5, &ldquo;nine&rdquo; and no more than that was said by anyone.</p>"
        ).body
    )


@pytest.mark.parametrize("end", ["", "</p>", "</p></div></body>"])
def test_unclosed_tags_do_no_harm(end: str) -> None:
    assert page(
        body=f"<div>{STORY}<p>It is the last paragraph of this story, and nobody closed it properly.{end}"
    ).body.endswith("properly.")


def test_scripts_styles_and_comments_are_no_text() -> None:
    body = page(
        body=f"<script>var a = '<p>not this</p>';</script><style>p {{}}</style><!-- nor this <p> -->{STORY}"
    ).body
    assert "not this" not in body
    assert "nor this" not in body


@pytest.mark.parametrize(
    "key", ["article:published_time", "datePublished", "parsely-pub-date", "dc.date.issued"]
)
def test_the_day_stands_in_a_meta_tag(key: str) -> None:
    article = page(head=f'<meta name="{key}" content="2011-05-04T12:00:00+02:00">')
    assert str(article.published) == "2011-05-04"
    assert article.published_as_written == "2011-05-04T12:00:00+02:00"


def test_the_day_of_a_change_in_the_markup_does_not_count() -> None:
    article = page(head='<meta property="article:modified_time" content="2011-05-04T12:00:00+02:00">')
    assert article.published is None


def test_the_day_may_stand_in_a_line_under_the_headline() -> None:
    article = page(
        body="<h1>Nine clerks leave Askel</h1>"
        f"<div>Last updated: 6 May 2011</div><div>Published: 4 May 2011</div>{STORY}"
    )
    assert str(article.published) == "2011-05-04"


def test_broken_json_ld_is_left_aside() -> None:
    head = (
        '<script type="application/ld+json">{"headline": "Nine</script><script type="application/ld+json">'
        + "[" * 5000
        + "</script>"
    )
    assert page(head=head).title == "Nine clerks leave Askel"


def test_a_canonical_address_of_another_kind_is_not_taken() -> None:
    article = page(
        head='<link rel="canonical" href="javascript:alert(1)">', url="https://echo.askel.example/clerks"
    )
    assert article.url == "https://echo.askel.example/clerks"


def test_the_site_of_the_address_names_the_outlet() -> None:
    assert page(url="https://www.aljazeera.com/news/1").outlet == "Al Jazeera"
    assert page(url="https://echo.askel.example/clerks").outlet == "echo.askel.example"


def test_an_unknown_outlet_is_none_and_said() -> None:
    article = page()
    assert article.outlet is None
    assert "No outlet is named on the page." in article.notices


@pytest.mark.parametrize(
    "raw",
    [
        "<html><body></body></html>",
        "<html><body><nav><a href=/a>Home</a><a href=/c>Contact us</a></nav></body></html>",
        "<!doctype html><title>Nothing</title><script>load()</script>",
        "<html><body><ul>"
        + "".join(f"<li><a href=/{n}>Headline of story number {n}</a></li>" for n in range(40))
        + "</ul></body></html>",
    ],
)
def test_a_page_without_a_story_is_refused(raw: str) -> None:
    assert refused(raw) == "no_text"


def test_markup_is_recognised_by_its_opening_or_by_its_type() -> None:
    assert is_markup("<!-- x -->\n<!DOCTYPE HTML>", None, None)
    assert is_markup("<p>Nine clerks", None, None)
    assert is_markup("Nine <br> clerks", "text/html", None)
    assert is_markup("Nine <br> clerks", None, "clerks.HTML")
    assert not is_markup("Nine <br> clerks", "text/plain", "clerks.txt")
    assert not is_markup("Nine clerks < ten clerks", "text/html", None)


HOSTILE = {
    "attributes": "<div " + " ".join(f"a{n}=1" for n in range(100_000)) + ">",
    "quoted attributes": "<div " + " ".join(f'a{n}=">"' for n in range(100_000)) + ">",
    "class after class": "<div " + "class=a " * 100_000 + ">",
    "open quotations": '<a b="' * 100_000,
    "depth": "<div>" * 30_000,
    "unclosed paragraphs": "<p>x " * 30_000,
    "end tags": "</div>" * 100_000,
    "crossed tags": "<span><div></span>" * 15_000,
    "comments": "<!--" * 100_000,
    "scripts": "<script>" * 100_000,
    "angles": "<" * 200_000,
    "declarations": "<![CDATA[" * 50_000,
    "references": "&" * 200_000,
    "tables": "<table><tr><td>" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_ends_and_leaves_the_story_or_a_clear_refusal(name: str) -> None:
    raw = f"<!doctype html><html><body><article>{STORY}</article>{HOSTILE[name]}".encode()
    assert outcome(raw) in ("story", "too_complex", "no_text")


def test_rewritten_markup_is_shallow_and_has_few_attributes() -> None:
    safe = rewrite(
        "<div>" * 5000 + "<div " + " ".join(f"a{n}=1" for n in range(5000)) + " class=c onclick=x()>text"
    ).html
    assert safe.count("<div") <= MAX_DEPTH
    assert "a7=" not in safe
    assert "onclick" not in safe
    assert "text" in safe
    assert safe.count("<div") == safe.count("</div>")
