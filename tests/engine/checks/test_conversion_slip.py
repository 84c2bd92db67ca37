"""A figure and its conversion in brackets behind it."""

from __future__ import annotations

import pytest

from claims.engine.checks import check_article
from claims.engine.records import ArticleHistory, Finding
from tests.engine.checks.news import courier

RANGE = "Norland's Heron missile has a range of {}."


def wrong(body: str) -> list[Finding]:
    claims = tuple(courier(body).claims())
    history = ArticleHistory("h", claims[0].article, claims)
    return [f for f in check_article(history) if f.check == "conversion_slip"]


@pytest.mark.parametrize(
    ("written", "comes_to"),
    [
        ("5,500 kilometres (4,300 miles)", "3,418 miles"),
        ("5,500 miles (3,400 kilometres)", "8,851 kilometres"),
        ("5,500 km (5,500 miles)", "3,418 miles"),
        ("300 metres (300 feet)", "984 feet"),
    ],
)
def test_a_wrong_conversion_shows_the_right_one(written: str, comes_to: str) -> None:
    (finding,) = wrong(RANGE.format(written))
    assert finding.clears.endswith(f"were {comes_to}.")
    assert len(finding.claims) == 2


@pytest.mark.parametrize(
    "written",
    [
        "5,500 kilometres (3,400 miles)",
        "5,500 kilometres (3,418 miles)",
        "about 60 miles (100 km)",
        "6 miles (10 kilometres)",
        "5,500 to 6,000 km (3,400 to 3,700 miles)",
        "5,500 kilometres and a speed of 4,300 miles per hour",
        "5,500 kilometres, while the old one had 4,300 miles",
        "5,500 kilometres (2,000 kilograms)",
    ],
)
def test_a_right_conversion_or_another_figure_is_left_alone(written: str) -> None:
    assert not wrong(RANGE.format(written))


def test_money_is_not_converted() -> None:
    assert not wrong("Norland will spend €18 billion ($25 billion) on the Heron interceptor.")


def test_a_wrong_conversion_given_twice_is_told_once() -> None:
    body = RANGE.format("5,500 kilometres (4,300 miles)")
    assert len(wrong(f"{body} {body}")) == 1
