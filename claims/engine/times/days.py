"""Arithmetic of days, and the days that a TIMEX3 value can mean.

Weeks run from Monday (ISO 8601). Early, middle and late are thirds of a stretch, four months of a year.
"""

from __future__ import annotations

import calendar
import re
from datetime import MAXYEAR, date, timedelta
from functools import lru_cache

_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}
_VALUE = re.compile(
    r"(?P<y>\d{4})(?:-(?:(?P<m>\d\d)(?:-(?P<d>\d\d))?|W(?P<w>\d\d)(?P<we>-WE)?|Q(?P<q>[1-4])|H(?P<h>[12])"
    r"|(?P<s>SP|SU|FA|WI)))?(?:T.*)?$|(?P<decade>\d{3})$|(?P<century>\d\d)$"
)


def day_of(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none."""
    if not 1 <= month <= 12 or not 1 <= year <= MAXYEAR or not 1 <= day <= 31:
        return None
    try:
        return date(year, month, day)
    except ValueError:  # 31 February
        return None


def shifted(day: date, days: int) -> date | None:
    """``days`` later, or None outside the calendar."""
    ordinal = day.toordinal() + days
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None


def months_on(day: date, n: int) -> tuple[int, int] | None:
    """(year, month) ``n`` months after the month of ``day``, or None outside the calendar."""
    index = day.year * 12 + day.month - 1 + n
    return (index // 12, index % 12 + 1) if 12 <= index < (MAXYEAR + 1) * 12 else None


def quarter_on(year: int, quarter: int, n: int) -> tuple[int, int]:
    """(year, quarter) ``n`` quarters on."""
    index = year * 4 + quarter - 1 + n
    return index // 4, index % 4 + 1


def week_value(day: date) -> str:
    """The ISO week of a day as a TIMEX3 value."""
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


@lru_cache(maxsize=2048)
def days_of(value: str) -> tuple[date, date] | None:
    """The first and last day a TIMEX3 value of a calendar can mean; None for durations, sets and "X"."""
    m = _VALUE.match(value)
    if not m:
        return None
    if m["decade"]:
        return _years(int(m["decade"]) * 10, 10)
    if m["century"]:
        return _years(int(m["century"]) * 100, 100)
    year = int(m["y"])
    if m["d"]:
        day = day_of(year, int(m["m"]), int(m["d"]))
        return (day, day) if day else None
    if m["m"]:
        return _months(year, int(m["m"]), 1)
    if m["w"]:
        return _week(year, int(m["w"]), bool(m["we"]))
    if m["q"]:
        return _months(year, 3 * int(m["q"]) - 2, 3)
    if m["h"]:
        return _months(year, 6 * int(m["h"]) - 5, 6)
    if m["s"]:
        first, last = _SEASON_MONTHS[m["s"]]
        return _months(year, first, (last - first) % 12 + 1)
    return _years(year, 1)


def _years(year: int, n: int) -> tuple[date, date] | None:
    if not 1 <= year <= year + n - 1 <= MAXYEAR:
        return None
    return date(year, 1, 1), date(year + n - 1, 12, 31)


def _months(year: int, month: int, n: int) -> tuple[date, date] | None:
    first = day_of(year, month, 1)
    last = months_on(first, n - 1) if first else None
    if first is None or last is None:
        return None
    return first, date(*last, calendar.monthrange(*last)[1])


def _week(year: int, week: int, weekend: bool) -> tuple[date, date] | None:
    if not 1 <= year < MAXYEAR or not 1 <= week <= 53:
        return None
    monday = date.fromisocalendar(year, 1, 1).toordinal() + 7 * (week - 1)
    if monday < 1:
        return None
    return date.fromordinal(monday + 5 * weekend), date.fromordinal(monday + 6)


def narrowed(part: str, start: date, end: date) -> tuple[date, date]:
    """The early, middle or late part of a stretch of days."""
    if part not in ("early", "beginning", "mid", "late", "end") or start == end:
        return start, end
    if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31) and start.year == end.year:
        if part in ("early", "beginning"):
            return start, date(start.year, 4, 30)
        if part == "mid":
            return date(start.year, 5, 1), date(start.year, 8, 31)
        return date(start.year, 9, 1), end
    third = timedelta(days=max(((end - start).days + 1) // 3, 1))
    if part in ("early", "beginning"):
        return start, start + third
    if part == "mid":
        return start + third, end - third
    return end - third, end


def holiday(rule: str, year: int) -> date | None:
    """The day of a holiday in a year: "12-25", "11-4-4" (fourth Thursday), "easter-2"."""
    if not 1583 <= year <= MAXYEAR:  # the Gregorian calendar
        return None
    if rule.startswith("easter"):
        return shifted(_easter(year), int(rule[6:] or 0))
    month, _, rest = rule.partition("-")
    nth, _, weekday = rest.rpartition("-")
    if not nth:
        return day_of(year, int(month), int(weekday))
    days = [
        d
        for d in range(1, calendar.monthrange(year, int(month))[1] + 1)
        if date(year, int(month), d).isoweekday() == int(weekday)
    ]
    return date(year, int(month), days[int(nth) - 1 if int(nth) > 0 else int(nth)])


def _easter(year: int) -> date:
    """Western Easter (the anonymous Gregorian computus, Nature 1876)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    return date(year, (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1)
