"""Days and months of the calendar, days of the week, and holidays.

A day or month without a year, and a bare weekday, is the latest one, or the next where its clause speaks of
what is to come.
"""

from __future__ import annotations

from datetime import date

from claims.engine.times.amounts import ordinal
from claims.engine.times.context import Context, Match, reads
from claims.engine.times.days import day_of, holiday, shifted
from claims.engine.times.direction import direction
from claims.engine.times.expression import TimeExpression
from claims.engine.times.lexicon import (
    BEFORE_TIME,
    BOUNDS,
    COUNTED_AFTER,
    DEICTIC,
    FROM_TOLD,
    MONTHS,
    WEEKDAYS,
    characters,
)
from claims.engine.tokens import touching

#: A day without a year that lies up to this many days ahead is this year's even beside a verb of the past:
#: who means a day of ten or eleven months ago says the year.
GRACE = 60
#: Without a verb that tells, a day further ahead is last year's; in a plan, one further behind next year's.
AHEAD, BEHIND = 120, 30
#: What a time of day is made of: "9 a.m. EST", "10:30", "noon".
CLOCK_KINDS = characters("meridiem", "zone", "colon", "daynumber", "twodigits", "daypart")


def _of_day(
    c: Context, m: Match, year: int | None, month: int, day: int, to: int | None
) -> TimeExpression | None:
    if year is None and c.published is not None:
        year = _year_of_day(c, c.published, m, month, day)
    if year is None:
        return c.unresolved(m, "day")
    start, end = day_of(year, month, day), day_of(year, month, to or day)
    if start is None or end is None:
        return c.unresolved(m, "day")
    return TimeExpression(m.start(), m.end(), "day", start, end, value=start.isoformat())


def _year_of_day(c: Context, published: date, m: Match, month: int, day: int) -> int | None:
    year = published.year
    meant = day_of(year, month, day)
    if meant is None:
        return year
    ahead = (meant - published).days
    which = c.direction(m)
    if c.low(m.start() - 1) in BOUNDS and m.start() > 2 and not c.is_over(m.start()) and ahead > 0:
        return year  # "extended until 15 October"
    bound = c.low(m.start() - 1) in ("by", "until", "till", "to", "through", "before")
    if which == "future" and ahead < (-BEHIND if bound or c.low(m.start() - 1) == "on" else -AHEAD):
        return year + 1
    most = GRACE if which == "past" and not bound else AHEAD
    return year - 1 if ahead > most and which != "future" else year


@reads
def iso_date(c: Context, m: Match) -> TimeExpression | None:
    year, month, day = (c.number(m, g) for g in ("y", "m", "d"))
    two = all(len(c.tokens[m.start(g)].key) == 2 for g in ("m", "d"))
    if year is None or month is None or day is None or not two or day_of(year, month, day) is None:
        return None
    return _of_day(c, m, year, month, day, None)


@reads
def numeric_date(c: Context, m: Match) -> TimeExpression | None:
    """03/05/2021: day or month first cannot be told where both are 12 or less, unless one before told."""
    a, y = c.number(m, "a"), c.number(m, "y")
    b = c.number(m, "b") if m["b"] else c.number(m, "b2")
    if a is None or b is None or y is None or (m["b2"] and len(c.tokens[m.end() - 1].key) != 4):
        return None
    if y < 100:
        y += 2000 if y < 50 else 1900
    first, second = day_of(y, b, a), day_of(y, a, b)
    meant = first or second
    if meant is None:
        return None
    if first and second and first != second and not m["b2"]:
        if c.told.day_first is None:
            return c.unresolved(m, "day")
        meant = first if c.told.day_first else second
    elif not (first and second):
        c.told.day_first = first is not None
    return TimeExpression(m.start(), m.end(), "day", meant, meant, value=meant.isoformat())


@reads
def dotted_date(c: Context, m: Match) -> TimeExpression | None:
    a, _, b = c.tokens[m.start()].key.partition(".")
    y = c.number(m, "y")
    if y is None or not (a.isdigit() and b.isdigit()) or not touching(c.tokens, m.end() - 1):
        return None
    meant = day_of(y, int(b), int(a))
    return TimeExpression(m.start(), m.end(), "day", meant, meant, value=meant.isoformat()) if meant else None


@reads
def calendar_day(c: Context, m: Match) -> TimeExpression | None:
    groups = m.groupdict()
    month = MONTHS[c.word(m, "m")]
    day = ordinal(c.tokens, m.start("o")) if groups.get("o") else c.number(m, "d")
    if day is None:
        return None
    to = c.number(m, "to")
    last = m.end("to") if m["to"] else 0
    if (
        to is not None
        and m.start("m") < m.start("to")
        and not m["y"]
        and c.low(m.start("to") - 1) in ("and", "to", "or")
        and (c.low(last).endswith("s") or c.low(last) in COUNTED_AFTER or c.low(m.start("to") - 1) == "or")
    ):
        return None  # "on May 3 and 12 soldiers"
    if m.start("m") == m.start() and c.kinds[m.end() : m.end() + 1] and c.low(m.end()) in ("percent", "%"):
        return None
    return _of_day(c, m, c.number(m, "y"), month, day, to)


@reads
def day_of_month(c: Context, m: Match) -> TimeExpression | None:
    """ "on the 5th": of the month told last, or of the month of publication."""
    if c.low(m.start() - 1) not in ("on", "by", "until", "before", "since", "from", "after"):
        return None
    following = c.tokens[m.end()] if m.end() < len(c.tokens) else None
    if m.end() - m.start() != 3 or (
        following is not None
        and following.kind == "word"
        and (following.low not in ("and", "to", "or", "when", "but", "after", "before"))
    ):
        return None
    anchor = c.told.first or c.published
    day = c.number(m, "d")
    if anchor is None or day is None:
        return c.unresolved(m, "day")
    return _of_day(c, m, anchor.year, anchor.month, day, None)


@reads
def month(c: Context, m: Match) -> TimeExpression | None:
    groups = m.groupdict()
    month_at = m.start("m") if groups.get("m") else m.start()
    t = c.tokens[month_at]
    month = MONTHS[t.low]
    which = c.word(m, "which") if groups.get("which") else ""
    part = c.part(m) if groups.get("part") else ""
    year = c.number(m, "y") if groups.get("y") else None
    if groups.get("yy"):
        year = 1900 + (c.number(m, "yy") or 0)
    if which in DEICTIC["each"]:
        return TimeExpression(m.start(), m.end(), "set", type="SET", value=f"XXXX-{month:02d}")
    if year is None and not which and not part and not groups.get("rel") and not _is_month(c, month_at):
        return None
    if year is None and groups.get("rel"):
        if c.word(m, "relunit") != "year":
            return None
        year = c.year_by(c.word(m, "rel"))
    if year is None and c.published is not None:
        year = _year_of_month(c, c.published, m, month, which)
    end = m.end("m") if groups.get("shared") else m.end()  # "between January and March 2019"
    if year is None:
        return c.unresolved(m, "month")
    if groups.get("shared") and c.low(m.start() - 1) not in ("between", "from", "in"):
        return None
    if not groups.get("y") and c.low(end) == "." and touching(c.tokens, end) and len(t.key) <= 4:
        end += end + 1 < len(c.tokens)
    return c.time(m, f"{year:04d}-{month:02d}", "month", part, last=end)


def _is_month(c: Context, k: int) -> bool:
    """Whether "May" or "March" without a year is the month, not the verb."""
    t = c.tokens[k]
    if t.low not in ("may", "march", "mar"):
        return True
    before = c.low(k - 1)
    return k > 0 and (before in BEFORE_TIME or before == "'s")


def _year_of_month(c: Context, published: date, m: Match, month: int, which: str) -> int:
    year, now = published.year, published.month
    if which == "last":
        return year - (month >= now - 1)  # of the month just past one says "last month"
    if which in DEICTIC["next_month"]:
        return year + (month <= now)
    if which == "this":
        return year
    which = c.direction(m)
    if c.low(m.start() - 1) in BOUNDS and which != "future" and m.start() > 2:
        which = "" if c.is_over(m.start()) else "future"
    if which == "future":
        return year + (month < now)
    if which == "" and 0 < month - now <= 2:
        return year
    return year - (month > now)


@reads
def weekday(c: Context, m: Match) -> TimeExpression | None:
    wanted = WEEKDAYS[c.word(m, "w")]
    which = c.word(m, "which")
    if which in DEICTIC["each"]:
        return TimeExpression(m.start(), m.end(), "set", type="SET", value=f"XXXX-WXX-{wanted + 1}")
    anchor = (c.told.first or c.published) if which in FROM_TOLD else c.published
    if anchor is None:
        return c.unresolved(m, "day")
    back = (anchor.weekday() - wanted) % 7
    to_come = 7 - back if back else 0
    ahead = None
    if which in DEICTIC["next_weekday"]:
        days = to_come or 7
    elif which in DEICTIC["last_weekday"]:
        days = -(back or 7)
    elif _points_ahead(c, m, which):
        days = to_come
    else:
        days = -back
        ahead = shifted(anchor, to_come) if back else None
    day = shifted(anchor, days)
    if day is None:
        return c.unresolved(m, "day")
    part = c.daypart(m)
    if part and c.word(m, "t").endswith("s"):
        return TimeExpression(m.start(), m.end(), "set", type="SET", value=f"XXXX-WXX-{wanted + 1}{part}")
    return TimeExpression(m.start(), m.end(), "day", day, day, ahead, value=day.isoformat() + part)


def _points_ahead(c: Context, m: Match, which: str) -> bool:
    start = m.start()
    while start > 1 and c.kinds[start - 1] in CLOCK_KINDS:
        start -= 1  # "until 9 a.m. Tuesday"
    before = c.low(start - 1)
    if before == "since" or which in DEICTIC["within_weekday"]:
        return False
    found = direction(c.tokens, m.start(), m.end())
    if c.low(m.end()) == "'s" and found == "future":
        # "will look for ways round Wednesday's ruling"
        found = direction(c.tokens, m.end(), m.end(), left=0)
    if before in BOUNDS and not which and start > 2 and c.low(m.end()) != "'s":
        # "gave them until Tuesday", "ordered to leave by Friday", but "had left by Friday"
        return not c.is_over(start)
    return found == "future"


@reads
def weekdays(c: Context, m: Match) -> TimeExpression:
    day = WEEKDAYS[c.tokens[m.start()].low[:-1]] + 1
    return TimeExpression(m.start(), m.end(), "set", type="SET", value=f"XXXX-WXX-{day}")


def named_day(c: Context, first: int, last: int, rule: str) -> TimeExpression | None:
    """A holiday: "Christmas", "last Thanksgiving", "Easter 2021"."""
    which = c.low(first - 1) if c.low(first - 1) in DEICTIC["before_holiday"] else ""
    begin = first - bool(which)
    if which in DEICTIC["each"]:
        return TimeExpression(begin, last, "set", type="SET", value="P1Y")
    year = None
    k = last + (c.low(last) == ",")
    if k < len(c.tokens) and len(c.tokens[k].key) == 4 and c.tokens[k].key.isdigit():
        year, last = int(c.tokens[k].key), k + 1
    elif c.published is not None:
        near = [
            day
            for y in (c.published.year - 1, c.published.year, c.published.year + 1)
            if (day := holiday(rule, y)) is not None
        ]
        ahead = which == "next" or direction(c.tokens, first, last) == "future"
        after = [d for d in near if d >= c.published]
        before = [d for d in near if (d - c.published).days <= (0 if which == "last" else GRACE)]
        chosen = after[:1] if ahead else before[-1:]
        year = chosen[0].year if chosen else None
    day = holiday(rule, year) if year else None
    if day is None:
        return TimeExpression(begin, last, "day")
    return TimeExpression(begin, last, "day", day, day, value=day.isoformat())
