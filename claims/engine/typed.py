"""What a person types about a claim, read as the words of an article are read.

"$17.7bn", "as many as 31", "kilometres", "by 2030": the same readers, the same bounds. What they cannot read
is refused with a sentence that says what to write instead; nothing is guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from claims.engine.bounds import bound
from claims.engine.modifiers import modifier_after, modifier_before
from claims.engine.nouns import singular
from claims.engine.numbers import Numeral, read_numeral
from claims.engine.pointing import POINTED, claim_at
from claims.engine.ranks import is_ordinal
from claims.engine.records import Claim, Quantity, Span
from claims.engine.times import find_times
from claims.engine.tokens import Token, tokenize
from claims.engine.units import currency_after, currency_before, read_unit

#: "5-7" between two figures is a range where a person types a value, whatever it is in a report of a match.
_DASHED = re.compile(r"(?<=\d)\s*[-‐‑‒–—]\s*(?=\d)")
#: Readings of a number that is no value: a score, a part of a name, a day.
_NO_VALUES = frozenset(f"{POINTED}{sort}" for sort in ("score", "label", "date", "time", "duration", "set"))
_ENDINGS = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
#: Characters of what was typed that a refusal repeats.
_SHOWN = 60
#: The name of the rule where a person gave the ends of the interval instead of words.
BY_HAND = "person"


class Misread(ValueError):
    """Words that cannot be read; the message says in a sentence what to write instead."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What is measured, as a claim keeps it."""

    measured: str
    noun: str = ""
    noun_modifiers: tuple[str, ...] = ()
    object: str | None = None
    object_party: str | None = None
    place: str | None = None


def read_value(words: str) -> Quantity:
    """The quantity that ``words`` mean: "31", "as many as 31", "$17.7bn", "between 5 and 7", "dozens".

    The unit is "" where the words name none. Raises Misread.
    """
    words = _DASHED.sub(" to ", " ".join(words.split()))
    plain = _plain(words)
    if plain is not None:
        return plain
    try:
        claim = claim_at(f"{words} .", Span(0, max(len(words), 1)))
    except ValueError:
        raise Misread(_no_number(words)) from None
    if claim.quantity is None or claim.rule in _NO_VALUES:
        raise Misread(_no_number(words))
    if " ".join(claim.quote.split()) != words:
        raise Misread(
            f"Only “{claim.quote}” in “{words}” could be read. Write the number with its unit alone."
        )
    return claim.quantity


def read_number(words: str) -> Decimal:
    """One plain number: "31", "17.65 billion". Raises Misread."""
    quantity = read_value(words)
    if quantity.modifier or quantity.rule not in ("point", "grain"):
        raise Misread(f"“{words}” is no single number. Write it like 31 or 17.65 billion.")
    return quantity.value


def read_unit_name(words: str) -> str:
    """The name of a unit: "km" -> "kilometre", "$" -> "USD", "interceptors" -> "interceptor".

    A rate is "USD per year". Raises Misread.
    """
    words = " ".join(words.split())
    first, per, second = words.partition(" per ")
    if per:
        return f"{read_unit_name(first)} per {read_unit_name(second)}"
    tokens = tokenize(words)
    if not tokens or any(t.kind == "figure" for t in tokens):
        raise Misread(f"“{words}” is no unit. Write it without a number: kilometre, USD, interceptor.")
    for found in (currency_before(tokens, len(tokens)), currency_after(tokens, 0)):
        if found is not None:
            return found[0]
    carried = tokenize(f"2 {words}")
    unit = read_unit(carried, 1, True)
    if unit is not None and unit.last == len(carried):
        return unit.name
    head, _, last = words.rpartition(" ")
    return f"{head} {singular(last)}".strip().lower() if words.islower() else words


def read_time(words: str, published: date | None) -> tuple[date | None, date | None]:
    """The first and last day that ``words`` mean, seen from the day of publication. Raises Misread."""
    words = " ".join(words.split())
    times = find_times(tokenize(words), published, False)
    dated = [t for t in times if t.start is not None]
    if not dated:
        raise Misread(f"“{words}” is no time that can be dated. Write it like 5 May 2021, May 2021 or 2021.")
    return dated[0].start, dated[-1].end


def read_thing(words: str) -> Thing:
    """What is measured, with its head noun and what belongs to it: "new interceptors in Alaska"."""
    words = " ".join(words.split())
    if not words:
        raise Misread("Say what is counted or measured.")
    try:
        claim: Claim | None = claim_at(f"2 {words} .", Span(0, 1))
    except ValueError:
        claim = None
    if claim is None or not claim.noun:
        return Thing(words)
    return Thing(words, claim.noun, claim.noun_modifiers, claim.object, claim.object_party, claim.place)


def between(quantity: Quantity, low: Decimal | None, high: Decimal | None) -> Quantity:
    """The quantity with the ends of its interval as a person gave them; None is no bound. Raises Misread."""
    if low is not None and high is not None and low > high:
        raise Misread("The lower bound is above the upper one.")
    if (low is not None and quantity.value < low) or (high is not None and quantity.value > high):
        raise Misread("The value itself is outside these bounds.")
    return replace(quantity, low=low, high=high, low_open=False, high_open=False, soft=False, rule=BY_HAND)


def _plain(words: str) -> Quantity | None:
    """A figure with nothing but a modifier beside it; None for anything else."""
    words = _ENDINGS.sub("", words) if words[:1].isdigit() else words
    tokens = tokenize(words)
    lows = [t.low for t in tokens]
    for k in range(len(tokens)):
        numeral = None if is_ordinal(tokens, k) else read_numeral(tokens, k)
        if numeral is None:
            continue
        return None if numeral.share else _bounded(words, tokens, lows, numeral)
    return None


def _bounded(words: str, tokens: list[Token], lows: list[str], numeral: Numeral) -> Quantity | None:
    first, last = numeral.first, numeral.last
    row = modifier = None
    if first:
        before = modifier_before(lows, first)
        if before is None or before[0] != 0:
            return None
        row, modifier = before[1], words[: tokens[first].start].strip()
    if last < len(tokens):
        after = modifier_after(tokens, lows, last)
        if after is None or after[0] != len(tokens) or row is not None:
            return None
        row, modifier = after[1], words[tokens[last].start :].strip()
    return bound(
        numeral.value,
        unit="",
        grain=numeral.grain,
        row=row,
        modifier=modifier,
        low=numeral.low,
        high=numeral.high,
        bare="vague" if numeral.style == "vague" else "point",
        decimals=numeral.decimals,
    )


def _no_number(words: str) -> str:
    shown = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
    return f"“{shown}” is no number that can be read. Write it like 31, as many as 31, 17.7 billion or $18bn."
