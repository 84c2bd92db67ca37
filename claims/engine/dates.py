"""Times in a sentence, and the days they can mean.

A relative time ("last week", "on Wednesday") is resolved against the day the article was published; without
that day it stays unresolved (start and end None). Weeks run from Monday (ISO 8601). "Earlier this month"
ends on the day of publication, because it was written then. A bare weekday is the latest such day up to the
day of publication; a bare month the latest that has begun, or the next where the sentence speaks of the
future.

``TimeExpression.kind`` is "day", "week", "month", "year", "period" (a stretch of time, "the last two
decades"), "clock" or "span" (a duration reckoned from now). Every figure inside one is part of a date,
never a count.
"""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from claims.engine import lexicons
from claims.engine.tokens import HYPHENS, Token, touching

_LISTS = lexicons.grammar("dates")

_WEEKDAYS = {d: i for i, d in enumerate(lexicons.load("words")["weekdays"])}
_WEEKDAYS |= {d[:3]: i for d, i in list(_WEEKDAYS.items())} | {"tues": 1, "thurs": 3, "thur": 3}
_MONTHS = {m: i + 1 for i, m in enumerate(lexicons.load("words")["months"])}
_MONTHS |= {m[:3]: i for m, i in list(_MONTHS.items()) if m != "may"} | {"sept": 9}
_SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
_SMALL = {
    w: i
    for i, w in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
        ]
    )
}
_SMALL |= {"a": 1, "an": 1, "couple": 2, "several": 3, "few": 3, "fifteen": 15, "twenty": 20, "thirty": 30}
_ORDINALS = {w: i + 1 for i, w in enumerate(["first", "second", "third", "fourth"])}
_UNITS = {
    "day": 1, "days": 1, "week": 7, "weeks": 7, "month": 30, "months": 30, "year": 365, "years": 365,
    "decade": 3652, "decades": 3652, "century": 36525, "centuries": 36525, "hour": 0, "hours": 0,
    "minutes": 0, "minute": 0, "weekend": 7, "quarter": 91, "night": 1, "nights": 1,
}  # fmt: skip
_PREPOSITIONS = _LISTS["prepositions"]  # fmt: skip
_EARLY = _LISTS["early"]
_COUNTED_AFTER = _LISTS["counted_after"]
_BEFORE_MONTH = _LISTS["before_month"]
_BEFORE_NAME_OF_MONTH = _LISTS["prepositions"] | _BEFORE_MONTH


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in tokens ``first``..``last`` (exclusive), its kind, and the days it can mean, inclusive."""

    first: int
    last: int
    kind: str
    start: date | None = None
    end: date | None = None
    ahead: date | None = None  # the day a bare weekday means in a plan


def find_times(tokens: Sequence[Token], published: date | None, future: bool = False) -> list[TimeExpression]:
    """Every time in a sentence, left to right, not overlapping.

    ``future``: whether the sentence speaks of plans, which decides a bare month ("in September").
    """
    found: list[TimeExpression] = []
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if t.kind == "sign" or not (t.kind == "figure" or t.low in _STARTS):
            i += 1
            continue
        time = None
        dated = (_word(tokens, i - 2), _word(tokens, i - 1)) == ("as", "of")  # a count already made
        for reader in _READERS:
            time = reader(tokens, i, published, future and not dated)
            if time:
                break
        if time:
            found.append(time)
            i = time.last
        else:
            i += 1
    return found


def _word(tokens: Sequence[Token], i: int) -> str:
    return tokens[i].low if 0 <= i < len(tokens) else ""


def _year(tokens: Sequence[Token], i: int) -> int | None:
    if i >= len(tokens) or tokens[i].kind != "figure":
        return None
    key = tokens[i].key
    if len(key) != 4 or not key.isascii() or not key.isdigit() or not 1500 <= int(key) <= 2150:
        return None
    return int(key)


def _day_number(tokens: Sequence[Token], i: int) -> tuple[int, int] | None:
    """(day, index after it) for "15", "15th", "1st"."""
    if i >= len(tokens) or tokens[i].kind != "figure":
        return None
    key = tokens[i].key
    if not key.isascii() or not key.isdigit() or len(key) > 2 or not 1 <= int(key) <= 31:
        return None
    end = i + 1
    if _word(tokens, end) in ("st", "nd", "rd", "th") and touching(tokens, end):
        end += 1
    return int(key), end


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_days(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _months_on(day: date, n: int) -> tuple[int, int]:
    index = day.year * 12 + day.month - 1 + n
    return (index // 12, index % 12 + 1) if 12 <= index < 9999 * 12 else (day.year, day.month)


def _nearest_year(month: int, published: date | None, future: bool) -> int | None:
    if published is None:
        return None
    if future:
        return published.year if month >= published.month else published.year + 1
    return published.year if month <= published.month else published.year - 1


def _part(word: str, start: date, end: date) -> tuple[date, date]:
    """The early, middle or late third of a stretch of days; four months of a year."""
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        if word in ("early", "beginning", "start"):
            return start, date(start.year, 4, 30)
        if word in ("late", "end"):
            return date(start.year, 9, 1), end
        return (
            (date(start.year, 5, 1), date(start.year, 8, 31)) if word in ("mid", "middle") else (start, end)
        )
    third = timedelta(days=max(((end - start).days + 1) // 3, 1))
    if word in ("early", "beginning", "start"):
        return start, start + third
    if word in ("late", "end"):
        return end - third, end
    if word in ("mid", "middle"):
        return start + third, end - third
    return start, end


def _numeric(tokens: Sequence[Token], i: int, published: date | None, future: bool) -> TimeExpression | None:
    """2021-05-03, 03/05/2021 (day first unless that cannot be), 3.5.2021."""
    if tokens[i].kind != "figure" or i + 2 >= len(tokens):
        return None
    separator = tokens[i + 1].key
    if separator in HYPHENS and _year(tokens, i) and i + 4 < len(tokens):
        month, dash, day = tokens[i + 2], tokens[i + 3], tokens[i + 4]
        if dash.key in HYPHENS and len(month.key) == 2 and len(day.key) == 2:
            if not (month.key.isdigit() and day.key.isdigit()):
                return None
            resolved = _day(int(tokens[i].key), int(month.key), int(day.key))
            return TimeExpression(i, i + 5, "day", resolved, resolved) if resolved else None
    if separator in HYPHENS and i + 4 < len(tokens) and _year(tokens, i + 4) and tokens[i + 3].key in HYPHENS:
        day_of = _day_number(tokens, i)
        month_of = tokens[i + 2].key
        if (
            day_of
            and month_of.isascii()
            and month_of.isdigit()
            and 1 <= int(month_of) <= 12
            and touching(tokens, i + 4)
        ):
            resolved = _day(int(tokens[i + 4].key), int(month_of), day_of[0])
            return TimeExpression(i, i + 5, "day", resolved, resolved) if resolved else None
    if separator == "/" and i + 4 < len(tokens) and tokens[i + 3].key == "/":
        parts = [tokens[k].key for k in (i, i + 2, i + 4)]
        if all(p.isascii() and p.isdigit() and len(p) <= 4 for p in parts):
            a, b, y = map(int, parts)
            y = y + 2000 if y < 100 else y
            resolved = _day(y, b, a) or _day(y, a, b)
            if resolved and a <= 12 and b <= 12 and a != b:
                return TimeExpression(i, i + 5, "day")  # day or month first: cannot be told
            return TimeExpression(i, i + 5, "day", resolved, resolved) if resolved else None
    if (
        "." in tokens[i].key
        and separator == "."
        and i + 2 < len(tokens)
        and _year(tokens, i + 2)
        and touching(tokens, i + 2)
    ):
        a_text, _, b_text = tokens[i].key.partition(".")
        if a_text.isdigit() and b_text.isdigit() and len(a_text) < 3 and len(b_text) < 3:
            resolved = _day(int(tokens[i + 2].key), int(b_text), int(a_text))
            return TimeExpression(i, i + 3, "day", resolved, resolved) if resolved else None
    return None


def _clock(tokens: Sequence[Token], i: int, published: date | None, future: bool) -> TimeExpression | None:
    """3:43 PM, 15:00 GMT, 11 a.m., 0900 GMT, 10 o'clock."""
    t = tokens[i]
    if t.kind != "figure":
        return None
    end = i + 1
    colon = False
    while _word(tokens, end) == ":" and touching(tokens, end) and end + 1 < len(tokens):
        if tokens[end + 1].kind != "figure" or not touching(tokens, end + 1):
            break
        colon = True
        end += 2
    after = _word(tokens, end)
    if after in ("am", "pm", "o'clock"):
        end += 1
        if _word(tokens, end) in _ZONES:
            end += 1
        return TimeExpression(i, end, "clock")
    if after in _ZONES and (colon or len(t.key) == 4):
        return TimeExpression(i, end + 1, "clock")
    return TimeExpression(i, end, "clock") if colon else None


_ZONES = _LISTS["zones"]


def _calendar_day(
    tokens: Sequence[Token], i: int, published: date | None, future: bool
) -> TimeExpression | None:
    """[Monday,] 3 May [2021]; May 3[rd][,] [2021]; the 3rd of May; 12-14 April; May 2021; early May."""
    k, part = i, ""
    if _word(tokens, k) in _WEEKDAYS and tokens[k].capital:
        k += 1
        if _word(tokens, k) in (".", ","):
            k += 1
        if _word(tokens, k) == "the":
            k += 1
        if k >= len(tokens):
            return None
    if _word(tokens, k) in ("early", "late", "mid", "mid-") and k == i:
        part = _word(tokens, k)
        k += 1
        if _word(tokens, k) in HYPHENS:
            k += 1
    elif _word(tokens, k) in ("beginning", "end", "start", "middle") and _word(tokens, k + 1) == "of":
        part = _word(tokens, k)
        k += 2
    day = None if part else _day_number(tokens, k)
    if day:
        number, after = day
        to = None
        if _word(tokens, after) in HYPHENS | {"and", "to"}:
            to = _day_number(tokens, after + 1)
        m = to[1] if to else after
        if _word(tokens, m) == "of":
            m += 1
        month = _MONTHS.get(_word(tokens, m)) if m < len(tokens) and tokens[m].capital else None
        if month is None:
            return None
        end = m + 1
        if _word(tokens, end) == "." and touching(tokens, end) and len(tokens[m].key) <= 4:
            end += 1
        if _word(tokens, end) == "," and _year(tokens, end + 1):
            end += 1
        year = _year(tokens, end)
        end += year is not None
        return _of_day(i, end, year, month, number, to[0] if to else number, published, future)
    if k >= len(tokens):
        return None
    month = _MONTHS.get(_word(tokens, k)) if tokens[k].capital else None
    if month is None or _is_given_name(tokens, k):
        return None
    end = k + 1
    if _word(tokens, end) == "." and touching(tokens, end) and len(tokens[k].key) <= 4:
        end += 1
    day = None if part else _day_number(tokens, end)
    if day:
        number, after = day
        to = None
        if _word(tokens, after) in HYPHENS | {"and", "to"}:
            to = _day_number(tokens, after + 1)
            if to and to[1] < len(tokens) and _word(tokens, after) == "and" and tokens[to[1]].kind == "word":
                following = _word(tokens, to[1])
                to = None if following.endswith("s") else to  # "on May 3 and 12 soldiers"
        end = to[1] if to else after
        comma = end + (_word(tokens, end) == ",")
        year = _year(tokens, comma)
        end = comma + 1 if year else end
        return _of_day(i, end, year, month, number, to[0] if to else number, published, future)
    if _word(tokens, end) in (",", "of"):
        year = _year(tokens, end + 1)
        end += 2 if year else 0
    else:
        year = _year(tokens, end)
        end += year is not None
    if (
        year is None
        and tokens[k].low in ("may", "march")
        and (k == 0 or not _time_before(tokens, k))
        and not part
    ):
        return None  # the verb
    year = year or _nearest_year(month, published, future)
    if year is None:
        return TimeExpression(i, end, "month")
    start, last = _part(part, *_month_days(year, month))
    return TimeExpression(i, end, "month", start, last)


def _is_given_name(tokens: Sequence[Token], k: int) -> bool:
    """Whether a month is somebody's name: "Jan Hamacek", "April Glaspie", not "in March Russia"."""
    following = tokens[k + 1] if k + 1 < len(tokens) else None
    return (len(tokens[k].key) == 3 or tokens[k].low in ("april", "may", "june", "august")) and (
        following is not None
        and following.kind == "word"
        and following.capital
        and not following.key.isupper()
        and _word(tokens, k - 1) not in _BEFORE_NAME_OF_MONTH
    )


def _time_before(tokens: Sequence[Token], k: int) -> bool:
    return _word(tokens, k - 1) in _PREPOSITIONS | _BEFORE_MONTH


def _of_day(
    first: int,
    last: int,
    year: int | None,
    month: int,
    day: int,
    to: int,
    published: date | None,
    future: bool,
) -> TimeExpression:
    if year is None and published is not None:
        # A day written without a year is the latest such day, or the next one in a plan; a week's grace for
        # what was written ahead of the day it was published on.
        year = published.year
        meant = _day(year, month, day)
        if meant is not None and not future and (meant - published).days > 7:
            year -= 1
        elif meant is not None and future and meant < published:
            year += 1
    if year is None or not 1 <= year <= 9999:
        return TimeExpression(first, last, "day")
    start, end = _day(year, month, day), _day(year, month, to)
    if start is None or end is None:
        return TimeExpression(first, last, "day")
    return TimeExpression(first, last, "day", start, end)


def _weekday(tokens: Sequence[Token], i: int, published: date | None, future: bool) -> TimeExpression | None:
    """[on|last|next|this] Wednesday [morning]."""
    k, which = i, ""
    if _word(tokens, k) in ("last", "next", "this", "late", "early"):
        which = _word(tokens, k)
        k += 1
    if k >= len(tokens) or not tokens[k].capital or _word(tokens, k) not in _WEEKDAYS:
        return None
    if len(tokens[k].key) == 3 and tokens[k].low in ("sun", "sat", "mon", "wed"):
        return None  # "Sun" and "Sat" without a date are names and verbs
    wanted = _WEEKDAYS[_word(tokens, k)]
    end = k + 1
    if _word(tokens, end) in ("morning", "afternoon", "evening", "night"):
        end += 1
    if published is None:
        return TimeExpression(i, end, "day")
    back = (published.weekday() - wanted) % 7
    if which == "next" or (
        future and which in ("", "this") and back and _word(tokens, i - 1) in ("by", "until", "next")
    ):
        day = published + timedelta(days=(wanted - published.weekday()) % 7 or 7)
    elif which == "last":
        day = published - timedelta(days=back or 7)
    else:
        day = published - timedelta(days=back)
        ahead = day + timedelta(days=7) if back and which in ("", "this") and day.year < 9999 else None
        return TimeExpression(i, end, "day", day, day, ahead)
    return TimeExpression(i, end, "day", day, day)


def _week(published: date, n: int) -> tuple[date, date]:
    monday = published - timedelta(days=published.weekday()) + timedelta(weeks=n)
    return monday, monday + timedelta(days=6)


def _relative(tokens: Sequence[Token], i: int, published: date | None, future: bool) -> TimeExpression | None:
    """yesterday; last week; earlier this month; late last year; this weekend; overnight."""
    word = _word(tokens, i)
    simple = {"yesterday": -1, "today": 0, "tonight": 0, "overnight": 0, "tomorrow": 1}.get(word)
    if simple is not None:
        end = i + 1
        if word in ("yesterday", "tomorrow") and _word(tokens, end) in (
            "morning",
            "afternoon",
            "evening",
            "night",
        ):
            end += 1
        if published is None:
            return TimeExpression(i, end, "day")
        day = published + timedelta(days=simple)
        return TimeExpression(i, end, "day", day - timedelta(days=word == "overnight"), day)
    k, part = i, ""
    if word in _EARLY:
        part = word
        k += 1
        if _word(tokens, k) == "of" or _word(tokens, k) == "in":
            k += 1
    if _word(tokens, k) == "the" and _word(tokens, k + 1) in (
        "past",
        "last",
        "previous",
        "coming",
        "following",
    ):
        k += 1
    which = _word(tokens, k)
    if which == "the" and part in ("end", "beginning", "start", "middle"):
        which = "this"
    n = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "coming": 1}.get(which)
    unit = _word(tokens, k + 1)
    if n is None or unit not in (
        "week",
        "month",
        "year",
        "weekend",
        "decade",
        "century",
        "quarter",
        *_SEASONS,
    ):
        if n is not None and unit in _MONTHS and k + 1 < len(tokens) and tokens[k + 1].capital:
            return _named_month(i, k + 2, _MONTHS[unit], n, part, published)
        return None
    end = k + 2
    if published is None:
        return TimeExpression(i, end, unit)
    if unit in ("week", "weekend"):
        start, last = _week(published, n)
        if unit == "weekend":
            if n == 0 and published.weekday() < 5 and not future:
                start, last = _week(published, -1)
            start = last - timedelta(days=1)
    elif unit == "month":
        start, last = _month_days(*_months_on(published, n))
    elif unit == "year":
        start, last = date(published.year + n, 1, 1), date(published.year + n, 12, 31)
    elif unit in _SEASONS:
        first, final = _SEASONS[unit]
        year = published.year + n
        start = date(year, first, 1)
        last = _month_days(year + (final < first), final)[1]
    else:
        return TimeExpression(i, end, "period")
    if part == "earlier":
        last = min(last, published)
    elif part == "later":
        start = max(start, published)
    else:
        start, last = _part(part, start, last)
    return TimeExpression(i, end, unit, start, last)


def _named_month(
    first: int, last: int, month: int, n: int, part: str, published: date | None
) -> TimeExpression:
    if published is None:
        return TimeExpression(first, last, "month")
    year = published.year
    if n < 0 and month >= published.month:
        year -= 1
    if n > 0 and month <= published.month:
        year += 1
    start, end = _part(part, *_month_days(year, month))
    return TimeExpression(first, last, "month", start, end)


def _amount(tokens: Sequence[Token], k: int) -> tuple[int, int] | None:
    """(number, index after it) of a small amount before a unit of time: "two", "24", "a couple of"."""
    if k >= len(tokens):
        return None
    t = tokens[k]
    if t.kind == "figure" and t.key.isascii() and t.key.isdigit() and len(t.key) <= 4:
        return int(t.key), k + 1
    if t.low in _SMALL:
        n = _SMALL[t.low]
        k += 1
        if t.low == "a" and _word(tokens, k) in ("couple", "few"):
            n = _SMALL[_word(tokens, k)]
            k += 1
        if _word(tokens, k) == "of":
            k += 1
        if _word(tokens, k) in HYPHENS:
            return None
        return n, k
    return None


def _ago(tokens: Sequence[Token], i: int, published: date | None, future: bool) -> TimeExpression | None:
    """two days ago; a week earlier; the last two decades; over the past 24 hours; three years later."""
    k = i + (_word(tokens, i) == "the")
    which = _word(tokens, k)
    stretch = which in ("last", "past", "previous", "next", "coming", "recent")
    if k != i and not stretch:
        return None
    k += stretch
    amount = _amount(tokens, k)
    if amount is None and stretch and _word(tokens, k) in _UNITS and _word(tokens, k).endswith("s"):
        amount = (1, k)  # "recent weeks"
    if amount is None:
        return None
    n, k = amount
    if _word(tokens, k) in HYPHENS:
        return None
    unit = _word(tokens, k)
    if unit not in _UNITS:
        return None
    end = k + 1
    days = _UNITS[unit] * n
    if stretch:
        if published is None or days > 200000:
            return TimeExpression(i, end, "period")
        if which in ("next", "coming"):
            return TimeExpression(i, end, "period", published, published + timedelta(days=days))
        return TimeExpression(i, end, "period", published - timedelta(days=max(days, 1)), published)
    after = _word(tokens, end)
    if after == "ago" or (
        after in ("earlier", "before", "prior", "later", "previously")
        and _word(tokens, end + 1) not in ("the", "a")
    ):
        if after != "ago" or published is None or days > 200000:
            return TimeExpression(i, end + 1, "span")
        if unit.startswith("year"):
            year = published.year - n
            return TimeExpression(i, end + 1, "span", date(max(year, 1), 1, 1), date(max(year, 1), 12, 31))
        if unit.startswith("month"):
            start, last = _month_days(*_months_on(published, -n))
            return TimeExpression(i, end + 1, "span", start, last)
        if unit.startswith("week"):
            start, last = _week(published, -n)
            return TimeExpression(i, end + 1, "span", start, last)
        day = published - timedelta(days=days)
        return TimeExpression(i, end + 1, "span", day, day)
    return None


def _in_year(tokens: Sequence[Token], i: int, published: date | None, future: bool) -> TimeExpression | None:
    """in 2016; 2016 and 2020; 2014-15; the 1990s; fiscal year 2022; by 2030."""
    year = _year(tokens, i)
    if year is None:
        if (
            tokens[i].kind == "figure"
            and tokens[i].key in ("60", "70", "80", "90")
            and _word(tokens, i + 1) == "s"
            and touching(tokens, i + 1)
        ):
            return TimeExpression(i, i + 2, "period")
        return None
    end = i + 1
    if _word(tokens, end) in ("s", "'s") and touching(tokens, end) and year % 10 == 0:
        if _word(tokens, end) == "s":
            return TimeExpression(i, end + 1, "period", date(year, 1, 1), date(year + 9, 12, 31))
        return TimeExpression(i, end, "year", date(year, 1, 1), date(year, 12, 31))
    before = _word(tokens, i - 1)
    if (
        _word(tokens, end) in HYPHENS
        and end + 1 < len(tokens)
        and tokens[end + 1].kind == "figure"
        and touching(tokens, end)
    ):
        other = tokens[end + 1].key
        if other.isdigit() and len(other) in (2, 4):
            to = int(other) if len(other) == 4 else year // 100 * 100 + int(other)
            if year < to <= year + 60:
                return TimeExpression(i, end + 2, "period", date(year, 1, 1), date(to, 12, 31))
    if not year_reading(tokens, i):
        return None
    start, last = date(year, 1, 1), date(year, 12, 31)
    if before in ("early", "late", "mid"):
        start, last = _part(before, start, last)
    return TimeExpression(i, end, "year", start, last)


_AMOUNT_BEFORE = _LISTS["amount_before"]  # fmt: skip
_PEOPLE = frozenset(lexicons.load("weapons")["people"])
_THINGS = frozenset(lexicons.load("weapons")["nouns"])


def year_reading(tokens: Sequence[Token], i: int) -> bool:
    """Whether a bare four-digit figure is a year: nothing says it is an amount, and nothing counted
    follows.
    """
    before, after = _word(tokens, i - 1), _word(tokens, i + 1)
    if before in _AMOUNT_BEFORE:
        return False
    key = int(tokens[i].key)
    if not 1800 <= key <= 2100:
        return before in ("in", "year", "since")
    if after in _COUNTED_AFTER:  # fmt: skip
        return False
    from claims.engine.nouns import singular  # nouns reads no dates; imported late to keep the modules a line

    for k in range(i + 1, min(i + 4, len(tokens))):
        word = _word(tokens, k)
        if (
            tokens[k].kind != "word"
            or word in lexicons.words("prepositions")
            or word in lexicons.words("conjunctions")
        ):
            break
        lemma = singular(word)
        if (
            lemma != word
            and (lemma in _PEOPLE or lemma in _THINGS)
            and before not in ("in", "since", "until", "by", "and")
        ):
            return False
    return True


def _ordinal_period(
    tokens: Sequence[Token], i: int, published: date | None, future: bool
) -> TimeExpression | None:
    """the first quarter [of 2021]; the second half; the 21st century; at the weekend."""
    k = i
    t = tokens[k]
    if t.low in _ORDINALS:
        end = k + 1
    elif t.kind == "figure" and _word(tokens, k + 1) in ("st", "nd", "rd", "th") and touching(tokens, k + 1):
        end = k + 2
    else:
        return None
    if _word(tokens, end) in HYPHENS:
        end += 1
    if _word(tokens, end) in ("quarter", "half", "century", "trimester", "semester"):
        end += 1
        if _word(tokens, end) == "of" and _year(tokens, end + 1):
            end += 2
        return TimeExpression(i, end, "period")
    return None


_READERS = (_numeric, _clock, _calendar_day, _weekday, _relative, _ago, _ordinal_period, _in_year)
_STARTS = frozenset(
    {
        *_WEEKDAYS,
        *_MONTHS,
        *_SMALL,
        *_EARLY,
        *_ORDINALS,
        "mid-",
        "last",
        "next",
        "this",
        "the",
        "past",
        "previous",
    }
    | _LISTS["starts"]
)
