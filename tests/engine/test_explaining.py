"""Every claim is explained part by part, every number let go has a reason, and nothing else is claimed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from claims.engine.explaining import ExplainedClaim, explain
from claims.engine.extract import extract
from tests.engine.test_properties import NEWS

DAY = date(2021, 5, 3)


def the_claim(text: str) -> ExplainedClaim:
    (explained,) = explain(text, published=DAY).claims
    return explained


def part(explained: ExplainedClaim, name: str) -> tuple[str, str]:
    (found,) = [p for p in explained.parts if p.name == name]
    return found.said, found.rule


def reasons(text: str) -> list[tuple[str, str]]:
    return [(r.quote, r.reason) for r in explain(text, published=DAY).rejected]


@settings(max_examples=40, deadline=None)
@given(NEWS)
def test_what_is_explained_is_what_is_extracted(text: str) -> None:
    explanation = explain(text, published=DAY)
    assert tuple(e.claim for e in explanation.claims) == extract(text, published=DAY)
    for rejected in explanation.rejected:
        assert rejected.span.of(text) == rejected.quote
        assert rejected.reason
        assert rejected.detail


def test_a_count_is_explained_by_number_bounds_noun_act_and_actor() -> None:
    explained = the_claim("Norway has expelled more than 20 Belarusian diplomats.")
    assert explained.extractor == "count"
    assert part(explained, "number") == ("20", "written in digits, last digit counts 10")
    assert part(explained, "bounds")[1] == "row “more than” of the table of bounds"
    assert part(explained, "noun") == ("diplomat", "noun behind the number")
    assert part(explained, "action") == ("expel", "active verb “expel”, list of actions")
    assert part(explained, "actor") == ("Norway", "subject of active verb “expel”, known as state")
    assert part(explained, "object") == ("Belarusian diplomats", "object of the verb, belongs to Belarus")


def test_the_hedge_and_the_credit_of_a_claim_are_explained() -> None:
    explained = the_claim("Norway plans to buy 12 radars, the Ministry of Defence told Reuters on Monday.")
    assert part(explained, "status") == ("planned", "words before the verb, list of hedges")
    assert part(explained, "source")[0].endswith("(paraphrase)")
    assert part(explained, "said when")[0] == "2021-05-03"


def test_a_part_names_the_word_that_makes_it_one() -> None:
    explained = explain("Norway bought 12 radars, including 2 for training.", published=DAY).claims[1]
    assert part(explained, "part of") == ("12 radars", "after “including”")


@pytest.mark.parametrize(
    ("text", "quote", "reason"),
    [
        ("It was signed on 8 April 2010.", "8 April 2010", "date"),
        ("The S-400 was shown.", "S-400", "name"),
        ("The soldier is 34 years old.", "34 years old", "age"),
        ("The two sides met.", "two sides", "definite"),
        ("Call 555-0100 now.", "555", "label"),
    ],
)
def test_a_number_let_go_has_a_reason(text: str, quote: str, reason: str) -> None:
    assert (quote, reason) in reasons(text)


def test_a_loop_that_is_not_read_is_told() -> None:
    (span,) = explain("10 missiles and " * 1000).unread
    assert span.end - span.start > 14_000
