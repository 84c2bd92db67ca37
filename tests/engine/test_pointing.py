"""Any number of a text can be pointed at, and is read with its type as its unit."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from claims.engine.extract import claim_at, claims_at, extract
from claims.engine.pointing import is_pointed
from claims.engine.records import Claim, Kind, Span


def at(text: str, words: str) -> Claim:
    start = text.index(words)
    return claim_at(text, Span(start, start + len(words)), published=date(2031, 5, 6))


@pytest.mark.parametrize(
    ("text", "words", "value", "unit"),
    [
        ("Police named the gunman as Royce Tamblyn, 41, of Oldport.", "41", "41", "year of age"),
        ("A 17-year-old was arrested on Monday.", "17-year-old", "17", "year of age"),
        ("Norland beat Sudmark 31-24 on Thursday.", "31-24", "31", "score"),
        ("A magnitude 4.6 quake shook Westmark.", "4.6", "4.6", "magnitude"),
        ("A 4.4 quake is common in Westmark.", "4.4", "4.4", "magnitude"),
        ("The army presented the Heron Mark 300 in Oldport.", "300", "300", "label"),
    ],
)
def test_a_number_that_counts_nothing_has_its_type_as_unit(
    text: str, words: str, value: str, unit: str
) -> None:
    claim = at(text, words)
    assert claim.quantity
    assert (claim.quantity.value, claim.quantity.unit) == (Decimal(value), unit)
    assert claim.kind is Kind.MEASURE
    assert is_pointed(claim)


@pytest.mark.parametrize(("words", "action"), [("1", "kill"), ("2", "wound"), ("3", "arrest")])
def test_a_bare_figure_counts_people_by_what_stands_beside_it(words: str, action: str) -> None:
    claim = at("Shooting in Oldport kills 1, wounds 2; 3 arrested", words)
    assert claim.noun == "person"
    assert claim.action == action


def test_a_claim_is_read_as_the_engine_reads_it_by_itself() -> None:
    text = "Norland deployed 40 launchers in Eastmark."
    assert at(text, "40") == extract(text, published=date(2031, 5, 6))[0]
    assert not is_pointed(at(text, "40"))


def test_the_number_pointed_at_is_read_and_not_the_one_around_it() -> None:
    text = "The verdict fell on one of the two men in Oldport."
    two = at(text, "two")
    assert two.quantity
    assert two.quantity.value == 2


def test_a_day_is_read_as_a_date() -> None:
    claim = at("He was shot on May 3 in Oldport.", "3")
    assert claim.kind is Kind.DATE
    assert claim.when
    assert claim.when.start == date(2031, 5, 3)


def test_the_words_and_their_place_are_those_of_the_text() -> None:
    text = "The town has little. Anna Novak, 29, saw it all."
    claim = at(text, "29")
    assert claim.span.of(text) == claim.quote == "29"
    assert claim.sentence.of(text) == "Anna Novak, 29, saw it all."


def test_where_no_number_stands_nothing_is_read() -> None:
    assert claims_at("Nothing happened in Oldport.", [Span(0, 7)]) == (None,)
    with pytest.raises(ValueError, match="no number"):
        claim_at("Nothing happened in Oldport.", Span(0, 7))
