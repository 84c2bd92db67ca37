"""Times told by a day that follows them: "the day before last Tuesday", "two days after 5 May", "the week of
6 March".
"""

from __future__ import annotations

from claims.engine.times.context import Context, value_on
from claims.engine.times.days import days_of, week_value
from claims.engine.times.expression import TimeExpression
from claims.engine.times.lexicon import DETERMINING, UNITS


def beside(c: Context, found: list[TimeExpression], time: TimeExpression) -> TimeExpression:
    """``time``, a day, or what the words before it make of it; a length of time before it leaves ``found``.

    "Two days before Friday's talks" is reckoned from Friday: whose Friday it is does not move it.
    """
    k = time.first - 1
    if c.low(k) == "the":
        k -= 1
    word, unit = c.low(k), c.low(k - 1)
    if time.start is None or unit not in UNITS:
        return time
    code = UNITS[unit]["code"]
    first = k - 1 - (c.low(k - 2) in DETERMINING)
    if word == "of" and code == "W":
        return _as(found, first, time, week_value(time.start), "week")
    if word not in ("before", "after") or code.startswith("T"):
        return time
    sign = -1 if word == "before" else 1
    number = 1
    if found and found[-1].last == k and found[-1].type == "DURATION":
        written = found[-1].value[1:-1]
        if not written.isdigit() or len(written) > 4:
            return time
        number, first = int(written), found[-1].first
    elif code != "D":
        return time
    value = value_on(time.start, code, sign * number)
    if value is None:
        return time
    return _as(found, first, time, value, "day" if code == "D" else unit.removesuffix("s"))


def _as(
    found: list[TimeExpression], first: int, time: TimeExpression, value: str, kind: str
) -> TimeExpression:
    while found and found[-1].last > first:
        found.pop()  # "the week", "two days"
    days = days_of(value)
    start, end = days if days else (None, None)
    return TimeExpression(first, time.last, kind, start, end, value=value)
