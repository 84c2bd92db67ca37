"""What rose or fell by a figure, and what only led to it or was taken by a verb as its object."""

from __future__ import annotations

import pytest

from claims.engine.article import read_article


def trends(text: str) -> list[tuple[float, str | None]]:
    """The value and the trend of every reading."""
    article = read_article(text, None, credited=False)
    return [(float(r.quantity.value), r.trend) for s in article.sentences for r in s.readings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The stockpile rose 3 percent.", [(3, "up")]),
        ("The stockpile fell sharply, by 3 percent.", [(3, "down")]),
        ("The ministry cut its budget by 3 percent.", [(3, "down")]),
        ("Inspections were down 12 percent.", [(12, "down")]),
        ("The stockpile shrank by 40 to 1,900 warheads.", [(40, "down"), (1900, None)]),
        ("The toll rose to 53.", [(53, None)]),
        ("The army shot down 3 drones.", [(3, None)]),
        ("Long-range missiles make up 30 percent of the force.", [(30, None)]),
        ("The pact lost 30 members.", [(30, None)]),
        ("The council has 24 seats up for election.", [(24, None)]),
        ("Orders dropped $1.20 to $56.80 a unit.", [(1.2, "down"), (56.8, None)]),
        ("The treaty could lower costs by 5% to 10%.", [(5, "down")]),
        ("The shooting of 16 guards by two gunmen went on.", [(16, None), (2, None)]),
    ],
)
def test_a_word_of_movement_reaches_the_figure_it_moves_by(
    text: str, expected: list[tuple[float, str | None]]
) -> None:
    assert trends(text) == expected


@pytest.mark.parametrize(
    ("text", "value", "rule"),
    [
        ("It drew 20,000-plus fans.", 20000, "at_least"),
        ("Around 12,000 or so people came.", 12000, "about"),
        ("The budget topped $5 billion.", 5 * 10**9, "more_than"),
        ("Nobody under the age of 18 was drafted.", 18, "less_than"),
    ],
)
def test_bounds_before_and_behind_a_figure(text: str, value: float, rule: str) -> None:
    article = read_article(text, None, credited=False)
    quantity = article.sentences[0].readings[0].quantity
    assert (float(quantity.value), quantity.rule) == (value, rule)


def test_a_sentence_of_numbers_without_end_is_a_table() -> None:
    article = read_article("dozens of " * 500, None, credited=False)
    assert all(len(s.readings) < 200 for s in article.sentences)
