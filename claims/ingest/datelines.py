"""Publication dates as pages write them.

Only complete dates (day, month, year) count; a day without a year is not completed by guessing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun",
            "july jul", "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_MONTH = "(?P<m#>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
_WEEKDAY = r"(?:(?P<weekday#>mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,? {1,3}(?:the )?)?"
_DAY = r"(?P<d#>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR = r"(?P<y#>(?:19|20)\d\d)(?!\d)"
_CLOCK = (
    r"(?:[T,;|• -]{0,4}(?:at )?[0-2]?\d[:.h][0-5]\d(?:[:.][0-5]\d)?(?:\.\d{1,6})?"
    r"(?: ?[ap]\.?m\b\.?)?(?: ?(?:GMT|UTC|Z|[A-Z]{2,4}T|MSK|IST|CET|EST|EDT)\b)?(?: ?[+-]\d\d:?\d\d)?)?"
)

# The ways of writing a date; "#" in a group's name becomes the way's number.
_WAYS = (
    # 2021-05-04, 2021/5/4, 2021.05.04, 2021-05-04T15:43:00+03:00
    r"(?<![\d/.-])(?P<y#>(?:19|20)\d\d)(?P<sep#>[-/.])(?P<m#>[01]?\d)(?P=sep#)(?P<d#>[0-3]?\d)(?!\d)",
    # Monday, 07 June 2021 9:15 PM; 4th of May, 2021; 04-May-2021
    r"(?<![\w/.-])" + _WEEKDAY + _DAY + r"[ \xa0.-]{1,3}(?:of )?" + _MONTH + r"[ \xa0,.-]{1,3}" + _YEAR,
    # May 4, 2021; Tuesday, May 4th 2021; Sept. 30, 2021; May 4 2021 10:15
    r"(?<![\w/.-])" + _WEEKDAY + _MONTH + r"[ \xa0]{0,2}" + _DAY + r"[ \xa0,.]{1,3}" + _YEAR,
    # 04/05/2021, 22-08-2022, 05.02.2015
    r"(?<![\d/.-])" + _WEEKDAY + r"(?P<a#>[0-3]?\d)(?P<sep#>[-/.])(?P<b#>[0-3]?\d)(?P=sep#)" + _YEAR,
)  # fmt: skip
DATE = re.compile(
    "|".join((way + _CLOCK).replace("#", str(n)) for n, way in enumerate(_WAYS, start=1)), re.IGNORECASE
)

# Words in front of a date. A change's date is not the publication date.
_CHANGED = re.compile(
    r"\b(?:updated?|modified|edited|revised|corrected|upd)\b(?: (?:on|at))?[ :.,|-]*$", re.IGNORECASE
)
_PUBLISHED = re.compile(
    r"\b(?:published?|posted|created|issued|released|date of publication|pub(?:lication)? date|dated?)\b"
    r"(?: (?:on|at|in))?[ :.,|-]*$",
    re.IGNORECASE,
)
_LOOK_BACK = 40  # characters in front of a date that may say what it is


@dataclass(frozen=True, slots=True)
class DateFound:
    """A date as written.

    ``role`` is "published", "updated" or "" (the page does not say). ``other`` is the second reading of an
    ambiguous date; ``weekday`` is the one written with it, 0 for Monday.
    """

    value: date
    written: str
    start: int
    end: int
    role: str
    other: date | None = None
    weekday: int | None = None


def dates_in(text: str, *, month_first: bool = False) -> Iterator[DateFound]:
    """Every complete date in ``text``, in order. Impossible ones ("31/31/2021") are left out.

    Of two readings ("04/05/2021") the day comes first, unless ``month_first`` or the weekday written with it
    says otherwise; dotted dates are always day first (ISO 8601 and national usage: no country writes M.D.Y).
    """
    for found in DATE.finditer(text):
        read = _read(found, month_first)
        if read is None:
            continue
        value, other, weekday = read
        written = found[0].rstrip(" ,.;|•-")
        before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
        role = "updated" if _CHANGED.search(before) else "published" if _PUBLISHED.search(before) else ""
        yield DateFound(value, written, found.start(), found.start() + len(written), role, other, weekday)


def _read(found: re.Match[str], month_first: bool) -> tuple[date, date | None, int | None] | None:
    groups = found.groupdict()
    if groups["y1"]:
        value = _date(groups["y1"], groups["m1"], groups["d1"])
        return (value, None, None) if value else None
    for n in ("2", "3"):
        if groups["y" + n]:
            value = _date(groups["y" + n], str(MONTHS[groups["m" + n].lower()]), groups["d" + n])
            return (value, None, _weekday(groups["weekday" + n])) if value else None
    weekday = _weekday(groups["weekday4"])
    day_first = _date(groups["y4"], groups["b4"], groups["a4"])
    swapped = _date(groups["y4"], groups["a4"], groups["b4"]) if groups["sep4"] != "." else None
    readings = [day for day in ((swapped, day_first) if month_first else (day_first, swapped)) if day]
    if not readings:
        return None
    if weekday is not None:
        readings.sort(key=lambda day: day.weekday() != weekday)
        if readings[0].weekday() == weekday:
            return readings[0], None, weekday
    other = readings[1] if len(readings) == 2 and readings[1] != readings[0] and not month_first else None
    return readings[0], other, weekday


def _date(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _weekday(written: str | None) -> int | None:
    if not written:
        return None
    return next(i for i, name in enumerate(WEEKDAYS) if name.startswith(written.lower()))


def iso_date(written: str) -> date | None:
    """The calendar date of an ISO 8601 date or time, as its publisher wrote it (no change of time zone)."""
    found = re.match(r"\s*((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)(?:[T ]|\s*$)", written)
    return _date(found[1], found[2], found[3]) if found else None


def date_in_address(url: str) -> date | None:
    """The date many sites put into their addresses: ".../2021/05/04/..." or ".../2021-05-04-..."."""
    found = re.search(r"/((?:19|20)\d\d)([/-])([01]\d)\2([0-3]\d)(?=[/_.-]|$)", url)
    return _date(found[1], found[3], found[4]) if found else None
