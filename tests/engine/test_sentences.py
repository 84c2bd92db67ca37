"""Where paragraphs and sentences end, and quotations begin."""

from __future__ import annotations

import pytest

from claims.engine.quotations import find_quotations
from claims.engine.records import Span
from claims.engine.sentences import LONGEST, paragraphs, sentences


def _sentences(text: str) -> list[str]:
    return [s.of(text) for p in paragraphs(text) for s in sentences(text, p)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Talks failed. Nobody knows why.", ["Talks failed.", "Nobody knows why."]),
        ("Mr. Smith met Gen. Brown at 3 p.m. on Friday.", ["Mr. Smith met Gen. Brown at 3 p.m. on Friday."]),
        ("The U.S. Navy left. It sailed on.", ["The U.S. Navy left.", "It sailed on."]),
        ("It cost $1.5bn. Then $2bn.", ["It cost $1.5bn.", "Then $2bn."]),
        ("He asked: “Why?” She left.", ["He asked: “Why?”", "She left."]),
        ("J. R. Smith spoke. So did I. Then we left.", ["J. R. Smith spoke.", "So did I.", "Then we left."]),
        ("A headline\nThe story begins here.", ["A headline", "The story begins here."]),
        ("One.\n\nTwo.\r\n\r\nThree", ["One.", "Two.", "Three"]),
    ],
)
def test_a_sentence_ends_where_a_reader_would_end_it(text: str, expected: list[str]) -> None:
    assert _sentences(text) == expected


def test_a_wrapped_line_does_not_end_a_sentence() -> None:
    text = (
        "The ministry of defence said in a long statement on its website that it\nhad withdrawn all of them."
    )
    assert len(_sentences(text)) == 1


def test_text_without_full_stops_is_cut() -> None:
    text = "word " * 2000
    assert max(len(s) for s in _sentences(text)) <= LONGEST


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes, we can do that," he said.', ["Yes, we can do that"]),
        ("“Yes, we can do that”, he said.", ["Yes, we can do that"]),
        ("«We can do that», he said.", ["We can do that"]),
        ("“He said ‘no’ to us.”", ["He said ‘no’ to us."]),
        ("“A first part.\n\n“A second part.”", ["A first part.\n\n“A second part."]),
        ("“A first part.\n\nNo quotation.", ["A first part."]),
        ('A 5" pipe and a 6" pipe.', []),
        ("It's the '90s and the states' rights.", []),
    ],
)
def test_quotations_are_found_whatever_the_marks(text: str, expected: list[str]) -> None:
    assert [q.inner.of(text) for q in find_quotations(text, paragraphs(text))] == expected


def test_paragraphs_are_spans_of_the_text() -> None:
    text = "  One line\n\n  another  \n"
    assert paragraphs(text) == [Span(2, 10), Span(14, 21)]
