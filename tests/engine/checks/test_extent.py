"""What a figure takes in is told by the words around it; two figures that differ there do not conflict."""

from __future__ import annotations

from datetime import date

import pytest

from claims.engine.checks import extent
from claims.engine.checks.comparing import Relation, relation
from claims.engine.checks.tolls import occurred
from claims.engine.extract import extract
from claims.engine.records import ArticleRef, PlacedClaim

DAY = date(2024, 6, 12)  # a Wednesday


def figure(
    text: str, quote: str, outlet: str = "The Courier", published: date = DAY, title: str = ""
) -> PlacedClaim:
    """The claim of ``text`` that stands where ``quote`` does, in an article of that text."""
    at = text.index(quote)
    (claim,) = [
        c
        for c in extract(text, published=published)
        if c.quantity and c.span.start < at + len(quote) and at < c.span.end
    ]
    return PlacedClaim(
        f"{outlet}:{claim.span.start}", claim, ArticleRef(f"a-{outlet}", outlet, title, published, body=text)
    )


LEDGER = "A bomb killed 14 people in a market in Tarvin on Tuesday, the police of Tarvin said."


def against_the_ledger(text: str, quote: str, published: date = DAY, ledger: str = LEDGER) -> Relation:
    a = figure(text, quote, published=published)
    b = figure(ledger, "14 people", "The Ledger")
    assert relation(a, b) is relation(b, a)
    return relation(a, b)


def test_two_tolls_of_one_bomb_on_one_day_conflict() -> None:
    text = "Tarvin's mayor said 20 people were killed by a bomb in a market in Tarvin on Tuesday."
    assert against_the_ledger(text, "20 people") is Relation.CONFLICT


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Bombs have killed 40 people in Tarvin, a market town, since Friday, the police of Tarvin said.",
            "40 people",
        ),
        (
            "Bombs killed 40 people in the market of Tarvin in the past two weeks, the police said.",
            "40 people",
        ),
        (
            "On Tuesday bombs killed 40 people in markets across Tarvin province, the police said.",
            "40 people",
        ),
        (
            "A bomb killed 40 people in five towns of Tarvin province on Tuesday, the police said.",
            "40 people",
        ),
        ("A further six people were killed by a bomb in a market in Tarvin on Tuesday.", "six people"),
    ],
)
def test_another_stretch_of_time_or_other_places_count_something_else(text: str, quote: str) -> None:
    assert against_the_ledger(text, quote) is Relation.APART


def test_the_worst_since_tells_of_the_attack_and_not_of_the_count() -> None:
    text = "A bomb killed 20 people in a market in Tarvin on Tuesday, the deadliest attack there since 2019."
    assert extent.window(figure(text, "20 people")) is None


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("The toll was raised from nine.", Relation.UPDATE),
        ("An earlier toll had been nine.", Relation.UPDATE),
        ("The market was closed.", Relation.CONFLICT),
    ],
)
def test_a_toll_that_grew_within_the_day_is_an_update(more: str, said: Relation) -> None:
    text = f"A bomb killed 20 people in a market in Tarvin on Tuesday, the mayor said. {more}"
    assert against_the_ledger(text, "20 people") is said


def test_a_toll_that_may_grow_is_no_contradiction_of_a_higher_one_but_of_a_lower_one() -> None:
    may_grow = f"{LEDGER} The toll is expected to rise."
    text = "A bomb killed {} in a market in Tarvin on Tuesday, the mayor said."
    higher = against_the_ledger(text.format("20 people"), "20 people", ledger=may_grow)
    lower = against_the_ledger(text.format("six people"), "six people", ledger=may_grow)
    assert (higher, lower) == (Relation.UPDATE, Relation.CONFLICT)


def test_a_later_higher_toll_is_an_update_and_a_later_lower_one_is_not() -> None:
    text = "A bomb killed {} in a market in Tarvin on Tuesday, the mayor said."
    later = date(2024, 6, 13)
    assert against_the_ledger(text.format("20 people"), "20 people", later) is Relation.UPDATE
    assert against_the_ledger(text.format("six people"), "six people", later) is Relation.CONFLICT


def test_others_after_the_dead_are_all_the_wounded() -> None:
    text = "A bomb killed four people and wounded six others in a market in Tarvin on Tuesday."
    assert not extent.is_remainder(figure(text, "six"))
    assert extent.is_remainder(figure("A bomb killed six others in a market in Tarvin on Tuesday.", "six"))


MAYOR = "A bomb killed 19 people in a market in Tarvin on Tuesday, Mayor Ada Lund said. The toll could rise."
SHERIFF = "A bomb killed 14 people in a market in Tarvin on Tuesday, Sheriff Olaf Berg said."


def test_counts_of_two_named_authorities_on_one_day_are_a_dispute() -> None:
    assert against_the_ledger(MAYOR, "19 people", ledger=SHERIFF) is Relation.CONFLICT


def test_an_earlier_count_that_another_outlet_undercuts_a_day_later_is_a_conflict() -> None:
    text = "A bomb killed 31 people in a market in Tarvin on Tuesday, the police of Tarvin said."
    assert against_the_ledger(text, "31 people", published=date(2024, 6, 11)) is Relation.CONFLICT


def test_the_date_printed_above_an_article_is_not_the_day_of_what_it_tells() -> None:
    text = "12 June 2024 A bomb killed 19 people in a market in Tarvin."
    assert occurred(figure(text, "19 people")) is None
