"""Claims marked in the text: nesting, overlaps, paragraphs and escaping."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.web.highlight import Mark, paragraphs, passage


def mark(start: int, end: int, name: str, href: str = "#x") -> Mark:
    return Mark(start, end, f"c-{name}", anchor=name, href=href, title=name)


def words(html: str) -> str:
    """The text without its tags."""
    return unescape(re.sub(r"<[^>]+>", "", html))


class Nesting(HTMLParser):
    """Fails on a tag that is closed out of turn; remembers links inside links."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag == "a" and "a" in self.open), "a link inside a link"
        self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    @classmethod
    def of(cls, html: str) -> Nesting:
        parser = cls()
        parser.feed(html)
        parser.close()
        assert parser.open == []
        return parser


def test_a_claim_is_marked_and_linked() -> None:
    assert paragraphs("It will buy 12 radars.", [mark(12, 21, "a")]) == [
        'It will buy <mark class="c-a" id="a"><a href="#x" title="a">12 radars</a></mark>.'
    ]


def test_a_claim_inside_another_is_nested_and_keeps_its_own_link() -> None:
    [html] = paragraphs(
        "as many as 12 radars, 4 for training", [mark(0, 36, "whole", "#w"), mark(22, 36, "part", "#p")]
    )
    assert html == (
        '<mark class="c-whole" id="whole"><a href="#w" title="whole">as many as 12 radars, </a>'
        '<mark class="c-part" id="part"><a href="#p" title="part">4 for training</a></mark></mark>'
    )


def test_claims_that_cross_are_cut_at_the_crossing() -> None:
    [html] = paragraphs("abcdefghij", [mark(0, 6, "left"), mark(4, 10, "right")])
    assert words(html) == "abcdefghij"
    assert Nesting.of(html).ids == ["left", "right"]


def test_a_claim_over_two_paragraphs_is_taken_up_again() -> None:
    first, second = paragraphs("We agree.\n\nWe sign.", [mark(3, 14, "both")])
    assert first.endswith('<mark class="c-both" id="both"><a href="#x" title="both">agree.</a></mark>')
    assert second.startswith('<mark class="c-both"><a href="#x" title="both" tabindex="-1">We </a></mark>')


def test_a_claim_that_is_covered_whole_by_another_of_the_same_span_keeps_both_anchors() -> None:
    [html] = paragraphs("12 radars", [mark(0, 9, "one"), mark(0, 9, "two")])
    assert sorted(Nesting.of(html).ids) == ["one", "two"]


def test_what_stands_in_an_article_is_text_and_never_markup() -> None:
    body = "<script>alert(1)</script> & \"12 'radars'\""
    [html] = paragraphs(body, [mark(29, 40, "a"), mark(0, 8, "b")])
    assert "<script" not in html
    assert words(html) == body


def test_a_title_and_an_address_cannot_leave_their_attribute() -> None:
    [html] = paragraphs("12", [Mark(0, 2, "c", "a", '"><script>', '" onmouseover="x')])
    assert "<script" not in html
    assert '" onmouseover' not in html


def test_blank_lines_make_no_paragraph() -> None:
    assert paragraphs("\n\n  \nOne.\n\n\nTwo.\n", []) == ["One.", "Two."]


def test_an_empty_text_has_no_paragraph() -> None:
    assert paragraphs("", []) == []


def test_a_passage_counts_from_where_it_begins() -> None:
    body = "First. It will buy 12 radars. Last."
    html = passage(body[7:29], [mark(19, 28, "a"), mark(0, 5, "before"), mark(30, 34, "after")], offset=7)
    assert words(html) == "It will buy 12 radars."
    assert Nesting.of(html).ids == ["a"]


@given(
    st.text(alphabet="ab \n<&\u202e🛰", min_size=1, max_size=40).flatmap(
        lambda body: st.tuples(
            st.just(body),
            st.lists(st.tuples(st.integers(0, len(body)), st.integers(0, len(body))), max_size=8),
        )
    )
)
def test_no_character_is_lost_or_moved_however_claims_lie(case: tuple[str, list[tuple[int, int]]]) -> None:
    body, edges = case
    marks = [mark(min(a, b), max(a, b), f"m{i}") for i, (a, b) in enumerate(edges) if a != b]
    made = paragraphs(body, marks)
    assert [words(p) for p in made] == [line for line in re.split("\n", body) if line.strip()]
    ids = [i for p in made for i in Nesting.of(p).ids]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("size", [3000])
def test_many_claims_in_one_paragraph_are_all_marked(size: int) -> None:
    body = "12 " * size
    [html] = paragraphs(body, [mark(i * 3, i * 3 + 2, f"m{i}") for i in range(size)])
    assert len(Nesting.of(html).ids) == size
