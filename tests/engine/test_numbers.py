"""Number words, figures and ranges, and the intervals the words around them give."""

from __future__ import annotations

from decimal import Decimal

import pytest

from claims.engine.bounds import bound
from claims.engine.numbers import grain_of, read_numeral
from claims.engine.quantities import read_quantities
from claims.engine.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ten", 10), ("twenty-eight thousand six hundred forty-two", 28642), ("two hundred and five", 205),
        ("1,234,567", 1234567), ("1\u202f234\u202f567", 1234567), ("12,34,567", 1234567), ("31.5", "31.5"),
        ("a dozen", 12),
        ("half a million", 500000), ("one and a half million", 1500000), ("two and a half", "2.5"),
        ("3.4-million", 3400000),
        ("33 billion", 33 * 10**9), ("1.2bn", 1200000000), ("two hundred thousand", 200000), ("2½", "2.5"),
        ("a hundred", 100),
        ("nineteen", 19), ("six crore", 60000000), ("three dozen", 36), ("several hundred", 200),
        ("tens of thousands", 20000),
    ],
)  # fmt: skip
def test_a_number_is_read_to_its_end(text: str, value: int | str) -> None:
    tokens = tokenize(text)
    numeral = read_numeral(tokens, 0)
    assert numeral is not None
    assert numeral.value == Decimal(value)
    assert numeral.last == len(tokens)


@pytest.mark.parametrize(
    ("digits", "grain"),
    [("17.7", "0.1"), ("354", "1"), ("500", "100"), ("100", "50"), ("1,550", "10"), ("0", "1")],
)
def test_the_grain_is_the_last_digit_as_written(digits: str, grain: str) -> None:
    assert grain_of(digits) == Decimal(grain)


def _only(text: str) -> tuple[str, str, Decimal | None, Decimal | None]:
    tokens = tokenize(text)
    (reading,) = [r for r in read_quantities(tokens) if r.kind not in ("bare", "definite", "one_of", "label")]
    quote = text[tokens[reading.first].start : tokens[reading.last - 1].end]
    return quote, reading.quantity.unit, reading.quantity.low, reading.quantity.high


@pytest.mark.parametrize(
    ("text", "quote", "unit", "low", "high"),
    [
        ("ten tanks", "ten tanks", "tank", 10, 10),
        ("500 tanks", "500 tanks", "tank", 500, 500),
        ("it cost $17.7bn", "$17.7bn", "USD", 17650000000, 17750000000),
        ("it cost $18 billion", "$18 billion", "USD", 18 * 10**9, 18 * 10**9),
        ("more than 40 tanks", "more than 40 tanks", "tank", 40, None),
        ("over 40 tanks", "over 40 tanks", "tank", 40, None),
        ("at least 40 tanks", "at least 40 tanks", "tank", 40, None),
        ("40 or more tanks", "40 or more tanks", "tank", 40, None),
        ("at most 40 tanks", "at most 40 tanks", "tank", None, 40),
        ("fewer than 40 tanks", "fewer than 40 tanks", "tank", None, 40),
        ("up to 40 tanks", "up to 40 tanks", "tank", None, 40),
        ("up to about 40 tanks", "up to about 40 tanks", "tank", None, 40),
        ("about 1,000 tanks", "about 1,000 tanks", "tank", 750, 1250),
        ("some 354 tanks", "some 354 tanks", "tank", "318.6", "389.4"),
        ("dozens of tanks", "dozens of tanks", "tank", 24, 99),
        ("hundreds of tanks", "hundreds of tanks", "tank", 200, 999),
        ("between five and seven tanks", "between five and seven tanks", "tank", 5, 7),
        ("20-30 tanks", "20-30 tanks", "tank", 20, 30),
        ("24.2 to 33 billion dollars", "24.2 to 33 billion dollars", "USD", 24200000000, 33000000000),
        ("5% to 7% of it", "5% to 7%", "percent", 5, 7),
        ("five or six tanks", "five or six tanks", "tank", 5, 6),
        ("half of it", "half", "percent", 50, 50),
        ("a third of it", "a third", "percent", 33, 34),
        ("nine out of 10 tanks", "nine out of 10", "percent", 90, 90),
        ("€3m-a-year", "€3m-a-year", "EUR per year", 3000000, 3000000),
        ("5,000 barrels per day", "5,000 barrels per day", "barrel per day", 5000, 5000),
        ("-12 degrees Celsius", "-12 degrees Celsius", "celsius", -12, -12),
        ("minus 12 degrees", "minus 12 degrees", "degree", -12, -12),
        ("A$5 million", "A$5 million", "AUD", 5000000, 5000000),
        ("18 billion Hong Kong dollars", "18 billion Hong Kong dollars", "HKD", 18 * 10**9, 18 * 10**9),
        ("12.3m tonnes", "12.3m tonnes", "tonne", 12250000, 12350000),
        ("ten percentage points", "ten percentage points", "percentage point", 10, 10),
    ],
)
def test_the_words_around_a_number_bound_it(
    text: str, quote: str, unit: str, low: int | str | None, high: int | str | None
) -> None:
    expected = tuple(None if x is None else Decimal(x) for x in (low, high))
    assert _only(text) == (quote, unit, *expected)


def test_almost_eighteen_billion_meets_seventeen_point_seven() -> None:
    almost = bound(Decimal(18 * 10**9), unit="USD", grain=Decimal(10**9), row="almost")
    written = bound(Decimal("17.7e9"), unit="USD", grain=Decimal(10**8), decimals=True)
    exact = bound(Decimal(18 * 10**9), unit="USD", grain=Decimal(10**9))
    assert almost.meets(written)
    assert not almost.meets(exact)
    assert almost.high_open


def test_more_than_forty_meets_forty() -> None:
    more = bound(Decimal(40), unit="tank", grain=Decimal(10), row="more_than")
    assert more.meets(bound(Decimal(40), unit="tank", grain=Decimal(10)))


def test_fewer_than_forty_does_not_meet_forty() -> None:
    fewer = bound(Decimal(40), unit="tank", grain=Decimal(10), row="less_than")
    assert not fewer.meets(bound(Decimal(40), unit="tank", grain=Decimal(10)))


def test_up_to_is_a_soft_bound() -> None:
    assert bound(Decimal(31), unit="tank", grain=Decimal(1), row="up_to").soft


@pytest.mark.parametrize(
    "text",
    [
        "S-400", "F-16", "G20", "P5+1", "9M729", "COVID-19", "Article 5", "Resolution 2231", "page 4",
        "9/11", "24/7", "3-1",
        "555-0100", "1.2.3", "10 Downing Street", "#3", "[12]", "No. 10", "Flight 370", "+1 202 555 0100",
    ],
)  # fmt: skip
def test_labels_names_and_telephone_numbers_count_nothing(text: str) -> None:
    kinds = {r.kind for r in read_quantities(tokenize(f"They saw {text} again."))}
    assert kinds <= {"label"}
