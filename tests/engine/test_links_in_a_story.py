"""Numbers of two articles on one story link by all that is said around them, and by their values."""

from __future__ import annotations

from datetime import date

import pytest

from claims.engine.extract import claim_at
from claims.engine.linking import compare, contradict
from claims.engine.records import ArticleRef, PlacedClaim, Span

MARKET = (
    "A gunman opened fire at the Harbour Market in Kettering Falls on Sunday, killing {killed} people and "
    "wounding {wounded} others, Chief Odette Brannick said. The suspect, Royce Tamblyn, {age}, a former "
    "porter at the Harbour Market, was arrested on Tinsmith Lane."
)
AGAIN = (
    "Police in Kettering Falls say Royce Tamblyn, {age}, walked into the Harbour Market on Sunday and shot "
    "dead {killed} people. {wounded} others were wounded, according to Chief Odette Brannick."
)
ELSEWHERE = (
    "{killed} people were killed and {wounded} others wounded in a shooting at a bus depot in Brackwater on "
    "Thursday, Sheriff Dov Casimir said. A driver, Milo Hart, {age}, was charged."
)


def number(text: str, words: str, outlet: str, day: int = 5, **values: str) -> PlacedClaim:
    start = text.index("{" + words + "}")
    before = text[:start].format(**values)
    body = text.format(**values)
    published = date(2031, 5, day)
    span = Span(len(before), len(before) + len(values[words]))
    claim = claim_at(body, span, published=published)
    return PlacedClaim(f"{outlet}:{words}", claim, ArticleRef(outlet, outlet, "", published, body=body))


TOLD = {"killed": "Three", "wounded": "Seven", "age": "41"}


@pytest.mark.parametrize("words", ["killed", "wounded", "age"])
def test_the_same_number_told_by_two_outlets_is_one(words: str) -> None:
    a, b = number(MARKET, words, "Courier", **TOLD), number(AGAIN, words, "Herald", 6, **TOLD)
    link = compare(a, b)
    assert link == compare(b, a)
    assert link
    assert link.reasons[-1] == "values agree"
    assert not contradict(a, b)


def test_a_toll_that_differs_still_answers_the_same_question() -> None:
    more = TOLD | {"killed": "Four"}
    link = compare(number(MARKET, "killed", "Courier", **TOLD), number(AGAIN, "killed", "Herald", 6, **more))
    assert link
    assert link.reasons[-1] == "values differ: 3 and 4"


def test_values_unseen_the_link_is_as_likely_whatever_they_are() -> None:
    one = compare(number(MARKET, "killed", "Courier", **TOLD), number(AGAIN, "killed", "Herald", 6, **TOLD))
    assert one
    assert 0 < one.besides_values <= 1


@pytest.mark.parametrize(("one", "other"), [("killed", "wounded"), ("killed", "age"), ("wounded", "age")])
def test_numbers_of_other_things_in_one_story_stay_apart(one: str, other: str) -> None:
    assert compare(number(MARKET, one, "Courier", **TOLD), number(AGAIN, other, "Herald", 6, **TOLD)) is None


@pytest.mark.parametrize("words", ["killed", "wounded", "age"])
def test_the_same_number_of_another_story_is_another(words: str) -> None:
    a, b = number(MARKET, words, "Courier", **TOLD), number(ELSEWHERE, words, "Herald", 6, **TOLD)
    assert compare(a, b) is None
