"""How long and how often: "three years", "the past two decades", "every month", "twice a year"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from fractions import Fraction

from claims.engine.times.amounts import amount, length_value
from claims.engine.times.context import Context, Match, reads, value_on
from claims.engine.times.days import days_of, shifted
from claims.engine.times.expression import TimeExpression
from claims.engine.times.lexicon import (
    DEICTIC,
    LASTING,
    MONTHS,
    NUMBERS,
    PARTS_OF_DAY,
    PLAIN_AFTER,
    SEASONS,
    SETS,
    UNITS,
    WEEKDAYS,
)
from claims.engine.tokens import touching

_LONGEST = 200_000  # days


@reads
def stretch(c: Context, m: Match) -> TimeExpression | None:
    """the last two decades; over the past 24 hours; the next five years."""
    unit = c.word(m, "u")
    which = c.word(m, "which")
    if unit in SEASONS:
        return None
    number = amount(c.tokens, *m.span("n"))
    if c.low(m.start("n")) in ("a", "an") and number == 1:
        return None
    return stretch_of(c, m, which, number, unit)


def stretch_of(c: Context, m: Match, which: str, number: Fraction | None, unit: str) -> TimeExpression:
    value = length_value(number, UNITS[unit]["code"])
    days = int((number if number is not None else Fraction(3)) * UNITS[unit]["days"])
    first = last = None
    if c.published is not None and days <= _LONGEST:
        if which in DEICTIC["next_stretch"]:
            first, last = c.published, shifted(c.published, days)
        elif which in DEICTIC["last_stretch"]:
            first, last = shifted(c.published, -max(days, 1)), c.published
    if first is None or last is None:
        first = last = None
    return TimeExpression(m.start(), m.end(), "period", first, last, type="DURATION", value=value)


@reads
def recent(c: Context, m: Match) -> TimeExpression | None:
    unit, which = c.word(m, "u"), c.word(m, "which")
    if which in DEICTIC["only_after_the"] and c.low(m.start()) != "the":
        return None
    code = UNITS[unit]["code"]
    value = length_value(None, code)
    if (which in DEICTIC["lately"] and code in ("Y", "Q")) or which == "early":
        value = "PAST_REF"
    if which in DEICTIC["soon"]:
        value = "FUTURE_REF"
    if which == "early":
        return c.unresolved(m, "vague", length_value(None, code), "DURATION")
    time = stretch_of(c, m, "next" if value == "FUTURE_REF" else which, Fraction(1), unit)
    kind = "DURATION" if value.startswith("P") and not value.endswith("REF") else "DATE"
    return TimeExpression(m.start(), m.end(), "period", time.start, time.end, type=kind, value=value)


@reads
def duration(c: Context, m: Match) -> TimeExpression | None:
    """three years; a five-year plan; 24 hours; half an hour; two to three weeks."""
    unit, k = c.word(m, "u"), m.end()
    lead = c.low(m.start("n"))
    single = lead in ("a", "an") and m.end("n") - m.start("n") == 1
    if unit in ("second", "quarter") and (single or lead in NUMBERS or unit == "quarter"):
        return None
    if unit == "quarters" and c.low(k) in ("of", "-"):
        return None
    hyphens = k < len(c.tokens) and c.low(k) in ("-", "‐", "‑") and touching(c.tokens, k)
    if c.low(k + hyphens) in ("old", "olds") or (c.low(k) == "of" and c.low(k + 1) == "age"):
        return None
    if lead == "one" and unit == "day" and c.low(m.end("n")) != "-" and c.direction(m) == "future":
        return c.unresolved(m, "vague", "FUTURE_REF")  # "one day they will"
    number = amount(c.tokens, *m.span("n"))
    code = UNITS[unit]["code"]
    if single:
        return _single_unit(c, m, unit, code)
    return c.unresolved(m, "duration", length_value(number, code), "DURATION")


def _single_unit(c: Context, m: Match, unit: str, code: str) -> TimeExpression | None:
    """ "a day", "an hour": how long, how often ("twice a week", "$5 million a year"), or neither."""
    before, after = c.low(m.start() - 1), c.low(m.end())
    if code in ("WE", "TS", "Q") or after == "-":
        return None
    if before == "within":
        return c.unresolved(m, "duration", length_value(Fraction(1), code), "DURATION")
    if after in ("of", "when", "that", "in", "for"):
        return None
    if before in ("times", "twice", "once"):
        return c.unresolved(m, "set", length_value(Fraction(1), code), "SET")
    if before in LASTING:
        return c.unresolved(m, "duration", length_value(Fraction(1), code), "DURATION")
    return None


def ahead_of(time: TimeExpression, published: date) -> TimeExpression | None:
    """The date that "in two years" is, reckoned from the day of publication; None for no definite length."""
    m = _DEFINITE.match(time.value) if time.type == "DURATION" else None
    value = value_on(published, m[2], int(m[1])) if m else None
    days = days_of(value) if value else None
    if m is None or value is None or days is None:
        return None
    return replace(time, kind=_KIND[m[2]], start=days[0], end=days[1], type="DATE", value=value)


_DEFINITE = re.compile(r"P(\d{1,4})([DWMY])$")
_KIND = {"D": "day", "W": "week", "M": "month", "Y": "year"}


@reads
def and_a_half(c: Context, m: Match) -> TimeExpression | None:
    """ "a minute and a half", "two years and a half"."""
    lead, code = c.low(m.start()), UNITS[c.word(m, "u")]["code"]
    number = Fraction(NUMBERS.get(lead, 1)) + Fraction(1, 2)
    return c.unresolved(m, "duration", length_value(number, code), "DURATION")


@reads
def plain_duration(c: Context, m: Match) -> TimeExpression | None:
    """ "for months", "weeks of talks"."""
    unit = c.word(m, "u")
    code = UNITS[unit]["code"]
    before = c.low(m.start() - 1)
    if m.end() - m.start() > 1:
        if c.low(m.end() - 1) != "long":
            return None
        return c.unresolved(m, "duration", length_value(Fraction(1), code), "DURATION")
    if code.startswith("T") or code in ("WE", "Q") or before not in PLAIN_AFTER:
        return None
    return c.unresolved(m, "duration", length_value(None, code), "DURATION")


@reads
def each(c: Context, m: Match) -> TimeExpression | None:
    """every month; every two years; every Friday; each July; every other day."""
    word = c.word(m, "u")
    groups = m.groupdict()
    if word in WEEKDAYS or word in MONTHS:
        return None  # weekday() and month() read them
    number = amount(c.tokens, *m.span("n")) if groups.get("n") else Fraction(1)
    if c.low(m.start() + 1) == "other":
        number = Fraction(2)
    if word in SEASONS:
        value = f"XXXX-{SEASONS[word]}"
    elif word in PARTS_OF_DAY:
        value = f"XXXX-XX-XXT{PARTS_OF_DAY[word]}"
    elif word == "second":
        return None
    else:
        value = length_value(number, UNITS[word]["code"])
    return c.unresolved(m, "set", value, "SET")


@reads
def often(c: Context, m: Match) -> TimeExpression | None:
    """annually, daily; twice a year."""
    unit = m.groupdict().get("u")
    if unit:
        return c.unresolved(m, "set", length_value(Fraction(1), UNITS[c.word(m, "u")]["code"]), "SET")
    return c.unresolved(m, "set", SETS[c.low(m.start())], "SET")
