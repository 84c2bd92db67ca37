"""Times reckoned from today or from a day told before: "yesterday", "last week", "earlier this month", "the
end of the year", "two days ago", "a week later".

"Earlier this month" ends on the day of publication, because it was written then.
"""

from __future__ import annotations

from fractions import Fraction

from claims.engine.times.amounts import amount
from claims.engine.times.context import Context, Match, reads, value_on
from claims.engine.times.days import quarter_on, shifted
from claims.engine.times.expression import TimeExpression
from claims.engine.times.lengths import stretch_of
from claims.engine.times.lexicon import BACK, DEICTIC, FROM_TOLD, ON, PARTS_OF_DAY, SEASONS, UNITS

_LONGEST = 200_000  # days
_SEASON_ENDS = {"SP": 5, "SU": 8, "FA": 11, "WI": 2}


@reads
def deictic(c: Context, m: Match) -> TimeExpression:
    word = c.word(m, "d")
    if c.published is None:
        return c.unresolved(m, "day")
    days = {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    day = shifted(c.published, days)
    if day is None:
        return c.unresolved(m, "day")
    before = shifted(day, -1) if word == "overnight" else day
    value = day.isoformat() + ("TNI" if word in ("tonight", "overnight") else c.daypart(m))
    return TimeExpression(m.start(), m.end(), "day", before, day, value=value)


@reads
def day_beyond(c: Context, m: Match) -> TimeExpression | None:
    """The day after tomorrow, the day before yesterday."""
    day = shifted(c.published, 2 if m["to"] else -2) if c.published else None
    if c.low(m.start() + 1) != "day" or day is None:
        return None
    return c.time(m, day.isoformat(), "day")


@reads
def relative(c: Context, m: Match) -> TimeExpression | None:
    unit = c.word(m, "u")
    which = c.tokens[m.end("which") - 1].low
    part = c.part(m)
    n = BACK.get(which, 0) + ON.get(which, 0)
    if unit in PARTS_OF_DAY:
        return _part_of_day(c, m, unit, which, n)
    if unit in SEASONS:
        return _season(c, m, SEASONS[unit], part, which)
    code = UNITS[unit]["code"]
    if code.startswith("T"):
        return None
    if which in ("past",) and unit != "weekend":
        return stretch_of(c, m, "past", Fraction(1), unit)
    if unit == "quarter":
        return _quarter_by(c, m, which, part)
    anchor = (c.told.first or c.published) if which in FROM_TOLD else c.published
    if unit == "day" and which not in DEICTIC["before_day"]:
        anchor = c.told.day or c.published
        if which == "that" and c.told.day is None:
            return None
    if anchor is None:
        return c.unresolved(m, unit)
    value = value_on(anchor, code, n)
    if value is None:
        return c.unresolved(m, "period")
    if code == "WE" and n == 0 and which == "this" and anchor.weekday() < 5:
        ahead = c.direction(m) == "future"
        value = value_on(anchor, code, 0 if ahead else -1)
    kind = "period" if code in ("E", "C") else unit
    return c.time(m, value or "", kind, part)


def _part_of_day(c: Context, m: Match, unit: str, which: str, n: int) -> TimeExpression | None:
    anchor = c.published if which in DEICTIC["of_publication"] else c.told.first or c.published
    if which == "past":
        return None
    day = shifted(anchor, n) if anchor else None
    if day is None:
        return c.unresolved(m, "day")
    return TimeExpression(
        m.start(), m.end(), "day", day, day, type="DATE" if which == "last" else "TIME",
        value=f"{day.isoformat()}T{PARTS_OF_DAY[unit]}",
    )  # fmt: skip


def _season(c: Context, m: Match, code: str, part: str, which: str) -> TimeExpression:
    if c.published is None:
        return c.unresolved(m, "season")
    year, now, ends = c.published.year, c.published.month, _SEASON_ENDS[code]
    begins = (ends - 3) % 12 + 1
    if which == "last":
        year -= now <= ends or code == "WI"
    elif which in DEICTIC["next_season"]:
        year += now >= begins
    elif which in DEICTIC["told_season"]:
        year = (c.told.first or c.published).year - (which == "previous")
    elif which != "this" and c.direction(m) != "future":
        year -= begins > now
    elif which != "this":
        year += now > ends and code != "WI"
    return c.time(m, f"{year:04d}-{code}", "season", part)


@reads
def season(c: Context, m: Match) -> TimeExpression | None:
    """A season without an article: "in summer", "early spring", "autumn 2021"."""
    word = c.word(m, "u")
    year, part = c.number(m, "y"), c.part(m)
    if (
        not part
        and not year
        and c.low(m.start() - 1) not in ("in", "by", "since", "until", "during", "of", "'s")
    ):
        return None
    if c.low(m.start() - 1) in ("to", "will"):
        return None
    if year:
        return c.time(m, f"{year:04d}-{SEASONS[word]}", "season", part)
    return _season(c, m, SEASONS[word], part, "")


def _quarter_by(c: Context, m: Match, which: str, part: str) -> TimeExpression:
    if c.published is None and c.told.quarter is None:
        return c.unresolved(m, "quarter")
    now = (c.published.year, (c.published.month + 2) // 3) if c.published else None
    if which == "latest" and now and c.told.quarter and c.told.quarter >= now:
        year, quarter = quarter_on(*now, -1)  # the latest that is over
    elif which in DEICTIC["told_quarter"] and c.told.quarter:
        year, quarter = quarter_on(*c.told.quarter, -(which == "previous"))
    elif now is not None:
        year, quarter = quarter_on(*now, BACK.get(which, 0) + ON.get(which, 0))
    else:
        return c.unresolved(m, "quarter")
    return c.time(m, f"{year:04d}-Q{quarter}", "quarter", part)


@reads
def definite(c: Context, m: Match) -> TimeExpression | None:
    """ "later in the day", "the end of the year", "the quarter", "the weekend", "the summer"."""
    unit, part = c.word(m, "u"), c.part(m)
    if unit in SEASONS:
        return (
            _season(c, m, SEASONS[unit], part, "")
            if unit != "fall" or part or c.low(m.start() - 1) == "in"
            else None
        )
    anchor = c.told.first or c.published
    if unit in PARTS_OF_DAY:
        if anchor is None or not (part or c.low(m.start() - 1) == "in"):
            return None
        value = f"{anchor.isoformat()}T{PARTS_OF_DAY[unit]}"
        return c.unresolved(m, "vague", value, "TIME")
    if unit in ("period", "term"):
        latest = "latest" in [c.low(k) for k in range(m.start(), m.end())]
        return _of_told_quarter(c, m) if unit == "period" and not part and latest else None
    code = UNITS[unit]["code"]
    if c.published is None or code.startswith("T") or code in ("E", "C"):
        return None
    if code == "Q":
        if c.told.quarter:
            return _of_told_quarter(c, m)
        return _quarter_by(c, m, "last", part)
    if code == "WE":
        ahead = c.direction(m) == "future" or c.published.weekday() > 4
        return c.time(m, value_on(c.published, code, 0 if ahead else -1) or "", "weekend", part)
    value = value_on(c.published, code, 0) or ""
    if part or c.word_of_part(m):
        return c.time(m, value, unit, part)
    return _plain_unit(c, m, unit, value)


def _plain_unit(c: Context, m: Match, unit: str, value: str) -> TimeExpression | None:
    before, after = c.low(m.start() - 1), c.low(m.end())
    if unit == "day" or after in ("-", "of") or "new" in (before, after):
        return None
    if unit == "year" and after in ("ended", "ending", "to"):
        return c.unresolved(m, "duration", "P1Y", "DURATION")
    if unit == "year" and c.kinds[m.end() : m.end() + 1] and c.tokens[m.end()].kind == "figure":
        return None
    return c.unresolved(m, "vague", value)


def _of_told_quarter(c: Context, m: Match) -> TimeExpression | None:
    if c.told.quarter is None:
        return None
    return c.unresolved(m, "vague", f"{c.told.quarter[0]:04d}-Q{c.told.quarter[1]}")


@reads
def ago(c: Context, m: Match) -> TimeExpression | None:
    """two days ago; a week earlier; three years later; the day before."""
    how, unit = c.word(m, "how"), c.word(m, "u")
    code = UNITS[unit]["code"]
    after = c.low(m.end())
    number = amount(c.tokens, *m.span("n")) if "n" in m.groupdict() else Fraction(1)
    told = how not in ("ago",)
    if how in DEICTIC["reckoned"] or (how in DEICTIC["compared"] and after == "than"):
        follows = c.tokens[m.end()] if m.end() < len(c.tokens) else None
        if (
            how in DEICTIC["beside"]
            and follows is not None
            and not (follows.kind == "sign" and follows.key in ".,;")
        ):
            return None
    if "n" not in m.groupdict() and unit != "day" and unit != "night":
        return None
    anchor = c.told.first or c.published if told else c.published
    resolved = c.told.first is not None if told else c.published is not None
    sign = 1 if how in DEICTIC["onward"] else -1
    if number is None:
        return c.unresolved(m, "span", "PAST_REF" if sign < 0 else "FUTURE_REF")
    days = number * UNITS[unit]["days"]
    if anchor is None or days > _LONGEST:
        return c.unresolved(m, "span")
    if code == "Y" and number == 1 and c.told.quarter and how in DEICTIC["back_by"]:
        year, quarter = c.told.quarter
        value: str | None = f"{year - 1:04d}-Q{quarter}"
        return c.time(m, value or "", "span") if how == "ago" else c.unresolved(m, "span", value or "")
    if code.startswith("T"):
        return c.unresolved(m, "span", anchor.isoformat())
    if number.denominator > 1:
        day = shifted(anchor, sign * int(days))
        value = day.isoformat()[:7] if day else None
    else:
        value = value_on(anchor, code, sign * int(number))
        if code == "E":
            value = f"{anchor.year + sign * 10 * int(number):04d}"
        if code in ("C", "WE", "F"):
            value = None
    if value is None:
        return c.unresolved(m, "span")
    return c.time(m, value, "span") if resolved else c.unresolved(m, "span", value)


@reads
def year_earlier(c: Context, m: Match) -> TimeExpression | None:
    """ "the year-earlier period", "year-ago"."""
    unit = c.word(m, "u")
    if unit not in ("year", "quarter", "month", "week", "day"):
        return None
    if unit == "year" and c.told.quarter:
        year, quarter = c.told.quarter
        return c.unresolved(m, "vague", f"{year - 1:04d}-Q{quarter}")
    ago = c.low(m.start("u") + 2) == "ago"
    anchor = c.published if ago and c.published else c.told.first or c.published
    if anchor is None:
        return c.unresolved(m, "vague")
    if unit == "quarter":
        year, quarter = quarter_on(anchor.year, (anchor.month + 2) // 3, -1)
        return c.unresolved(m, "vague", f"{year:04d}-Q{quarter}")
    return c.unresolved(m, "vague", value_on(anchor, UNITS[unit]["code"], -1) or "")
