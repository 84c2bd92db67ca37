"""Quarters and halves of a year, years, decades and centuries."""

from __future__ import annotations

from datetime import date

from claims.engine.times.amounts import ordinal
from claims.engine.times.context import Context, Match, reads
from claims.engine.times.expression import TimeExpression
from claims.engine.times.lexicon import BACK_TO, DECADES, MONTHS, NUMBERS, SEASONS, TENS
from claims.engine.times.year_reading import year_reading
from claims.engine.tokens import touching


@reads
def quarter(c: Context, m: Match) -> TimeExpression | None:
    """the third quarter of 1998; third-quarter; last year's second half; Q3."""
    groups = m.groupdict()
    unit = c.word(m, "u") if groups.get("u") else "quarter"
    word = c.word(m, "o")
    n = ordinal(c.tokens, m.start("o"))
    if groups.get("u") is None and not touching(c.tokens, m.start("o")):
        return None
    if word == "last" and unit == "half":
        n = 2
    elif word == "last":
        return None
    letter, most = ("Q", 4) if unit == "quarter" else ("H", 2)
    if n is None or not 1 <= n <= most:
        return None
    year = c.number(m, "y") or (c.number(m, "y0") if groups.get("y0") else None)
    for group in ("rel", "rel0"):
        if year is None and groups.get(group):
            year = c.year_by(c.word(m, group))
    if year is None:
        year = _year_of_quarter(c, m, n, most)
    if year is None:
        return c.unresolved(m, "period")
    return c.time(m, f"{year:04d}-{letter}{n}", "quarter")


def _year_of_quarter(c: Context, m: Match, n: int, most: int) -> int | None:
    """The quarter is the latest that has begun; the next in a plan."""
    if c.published is None:
        return None
    year, now = c.published.year, (c.published.month * most + 11) // 12
    if c.direction(m) == "future":
        return year + (n < now - most // 4)
    return year - (n > now)


@reads
def century(c: Context, m: Match) -> TimeExpression | None:
    n = ordinal(c.tokens, m.start("o"))
    if c.word(m, "u") != "century" or n is None or not 2 <= n <= 99:
        return None
    return c.time(m, f"{n - 1:02d}", "period")


@reads
def year_of(c: Context, m: Match) -> TimeExpression | None:
    """ "the 1988 period", "the 1988 quarter"."""
    year, unit = c.number(m, "y"), c.word(m, "u")
    if year is None or not 1800 <= year <= 2100:
        return None
    if unit in SEASONS:
        return c.time(m, f"{year:04d}-{SEASONS[unit]}", "season")
    value = f"{year:04d}-Q{c.told.quarter[1]}" if c.told.quarter else f"{year:04d}"
    return c.time(m, value, "quarter" if c.told.quarter else "year")


@reads
def decade(c: Context, m: Match) -> TimeExpression | None:
    """the 1990s; the '80s; the mid-nineties."""
    part = c.part(m)
    if m.groupdict().get("word"):
        n = DECADES[c.word(m, "word")]
        return c.time(m, f"19{n}", "period", part)
    key = c.tokens[m.start("d")].key
    year = int(key)
    if not touching(c.tokens, m.end("d")) or year % 10:
        return None
    possessive = c.low(m.end() - 1) == "'s"
    if len(key) == 2:
        if year < 20 or (possessive and c.low(m.start("d") - 1) not in ("the", "'", "’", "-")):
            return None
        if c.low(m.start("d") - 1) in ("his", "her", "their", "my"):
            return None
        return c.unresolved(m, "period", f"19{year // 10}")
    if possessive and c.low(m.start("d") - 1) not in ("the", "early", "late", "mid", "-"):
        return None
    return c.time(m, f"{year // 10}", "period", part)


@reads
def year_range(c: Context, m: Match) -> TimeExpression | None:
    """2014-15: the years from the first to the last."""
    year, key = c.number(m, "y"), c.tokens[m.start("to")].key
    if year is None or not touching(c.tokens, m.start("to") - 1) or len(key) not in (2, 4):
        return None
    to = int(key) if len(key) == 4 else year // 100 * 100 + int(key)
    if not year < to <= year + 60:
        return None
    return TimeExpression(
        m.start(), m.end(), "period", date(year, 1, 1), date(to, 12, 31), value=f"{year:04d}"
    )


@reads
def fiscal_year(c: Context, m: Match) -> TimeExpression | None:
    year = c.number(m, "y")
    return c.time(m, f"{year:04d}", "year") if year else None


@reads
def part_of_year(c: Context, m: Match) -> TimeExpression | None:
    """early 1990, the end of 1994, mid-2020."""
    year = c.number(m, "y")
    if year is None or not 1800 <= year <= 2100 or not year_reading(c.tokens, m.end() - 1):
        return None
    return c.time(m, f"{year:04d}", "year", c.part(m))


@reads
def plain_year(c: Context, m: Match) -> TimeExpression | None:
    year = c.number(m, "y")
    if year is None or not year_reading(c.tokens, m.start()):
        return None
    return c.time(m, f"{year:04d}", "year")


@reads
def spoken_year(c: Context, m: Match) -> TimeExpression | None:
    """ "nineteen ninety-six"."""
    a = NUMBERS.get(c.word(m, "a"), 0)
    if not 15 <= a <= 20:
        return None
    b = sum(TENS.get(c.low(k), 0) + NUMBERS.get(c.low(k), 0) for k in range(*m.span("b")))
    value = f"{100 * a + b:04d}"
    if m["m"]:
        return c.time(m, f"{value}-{MONTHS[c.word(m, 'm')]:02d}", "month")
    if m["s"]:
        return c.time(m, f"{value}-{SEASONS[c.word(m, 's')]}", "season")
    return c.time(m, value, "year")


@reads
def spoken_thousand(c: Context, m: Match) -> TimeExpression | None:
    """ "the year two thousand", "the year two thousand and twenty"."""
    thousands, rest = NUMBERS.get(c.word(m, "a"), 0), c.word(m, "b")
    if c.word(m, "u") != "year" or not 1 <= thousands <= 3:
        return None
    return c.time(m, f"{1000 * thousands + NUMBERS.get(rest, 0) + TENS.get(rest, 0):04d}", "year")


@reads
def year_end(c: Context, m: Match) -> TimeExpression | None:
    """ "by year-end", "the year's end": of the year of publication; after "since", of the one before."""
    if c.word(m, "u") != "year" or c.published is None:
        return c.unresolved(m, "period") if c.word(m, "u") == "year" else None
    year = c.published.year - (c.low(m.start() - 1) in BACK_TO)
    return c.time(m, f"{year:04d}", "year", "end")
