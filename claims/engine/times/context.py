"""What a reader of a pattern may look at, and the small questions every reader asks.

A relative time ("last week", "on Wednesday") is reckoned from the day the article was published, in the
outlet's own calendar: ``published`` is a date without a zone, and a time of day with a zone ("0900 GMT") is
not moved into another. What is told of another time ("a week later", "that day", "the previous year") is
reckoned from the last date told. Without the day it is reckoned from, a time stays unresolved.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from claims.engine.times.days import days_of, months_on, narrowed, quarter_on, shifted, week_value
from claims.engine.times.direction import direction as direction_of
from claims.engine.times.expression import TimeExpression
from claims.engine.times.lexicon import BACK, FROM_TOLD, HAVING, ON, OVER, PARTS, PARTS_OF_DAY, TO_COME
from claims.engine.tokens import Token

Match = re.Match[str]
#: How far before a bound ("by March") its verb is looked for, in words.
NEAR = 12
#: Spans of a company's accounts that are not one quarter.
SEVERAL_QUARTERS = frozenset({"P6M", "P9M", "P12M"})


@dataclass(slots=True)
class Told:
    """What the text told before: the last date, and the last quarter of a year."""

    first: date | None = None
    value: str = ""
    quarter: tuple[int, int] | None = None
    day: date | None = None
    day_first: bool | None = None  # the order of 25/12/2020, once a date tells it

    def note(self, time: TimeExpression) -> None:
        """Remember ``time`` if it is one that "a week later" can be reckoned from."""
        if time.type in ("DATE", "TIME") and time.start is not None and time.value[:4].isdigit():
            self.first, self.value = time.start, time.value
            if len(time.value) >= 10:
                self.day = time.start
            if time.kind == "quarter" and time.value[5:6] == "Q":
                self.quarter = (int(time.value[:4]), int(time.value[6]))
        elif time.kind == "duration" and time.value in SEVERAL_QUARTERS:
            self.quarter = None  # "in the nine months": what follows is compared with these


@dataclass(slots=True)
class Context:
    """One sentence, the day of publication, what was told before, and whether it speaks of plans."""

    tokens: Sequence[Token]
    kinds: str
    published: date | None
    told: Told
    future: bool
    capitals: bool | None = None  # whether most words have a capital, as in a headline; asked once

    def low(self, k: int) -> str:
        """The lower-case word at token ``k``, "" outside the sentence."""
        return self.tokens[k].low if 0 <= k < len(self.tokens) else ""

    def word(self, m: Match, group: str) -> str:
        """The last word of a group, "" if it is not there."""
        return self.tokens[m.end(group) - 1].low if m[group] else ""

    def number(self, m: Match, group: str) -> int | None:
        """The figure that begins a group, None if it is not there."""
        key = self.tokens[m.start(group)].key if m[group] else ""
        return int(key) if key.isascii() and key.isdigit() else None

    def part(self, m: Match) -> str:
        """The part of a stretch that a match names: early, mid, late, beginning, end, earlier, later, ""."""
        part = self.word_of_part(m)
        return PARTS.get(part, part)

    def word_of_part(self, m: Match) -> str:
        """The word of that part as written."""
        return self.tokens[m.start("part")].low if m["part"] else ""

    def time(
        self, m: Match, value: str, kind: str, part: str = "", type_: str = "DATE", last: int | None = None
    ) -> TimeExpression:
        """A time with the days its value can mean, narrowed by "early", "earlier" and the like."""
        days = days_of(value) if value and type_ in ("DATE", "TIME") else None
        end = m.end() if last is None else last
        if days is None:
            return TimeExpression(m.start(), end, kind, type=type_, value=value)
        start, stop = days
        if part in ("earlier", "later") and self.published is not None and start != stop:
            if part == "earlier" and start <= self.published:
                stop = min(stop, self.published)
            elif part == "later" and stop >= self.published:
                start = max(start, self.published)
        else:
            start, stop = narrowed(part, start, stop)
        return TimeExpression(m.start(), end, kind, start, stop, type=type_, value=value)

    def unresolved(self, m: Match, kind: str, value: str = "", type_: str = "DATE") -> TimeExpression:
        """A time that says no day, or whose day is not known."""
        return TimeExpression(m.start(), m.end(), kind, type=type_, value=value)

    def direction(self, m: Match) -> str:
        """ "future", "past" or "" for the time of a match."""
        return direction_of(self.tokens, m.start(), m.end()) or ("future" if self.future else "")

    def year_by(self, which: str) -> int | None:
        """The year that "last", "next" or "that" year is."""
        anchor = (self.told.first or self.published) if which in FROM_TOLD else self.published
        return anchor.year + BACK.get(which, 0) + ON.get(which, 0) if anchor else None

    def daypart(self, m: Match) -> str:
        """The part of a day that ends a match, as a TIMEX3 value writes it."""
        word = self.word(m, "t")
        code = PARTS_OF_DAY.get(word, "")
        return f"T{code}" if code else ""

    def is_over(self, k: int) -> bool:
        """Whether the clause before token ``k`` tells of what was over by then: "had left", "did not"."""
        if self.low(k - 2) in HAVING:
            return False  # "have until Friday"
        near = [self.low(j) for j in range(max(k - 1 - NEAR, 0), k - 1)]
        return not OVER.isdisjoint(near) and TO_COME.isdisjoint(near)


Reader = Callable[[Context, Match], TimeExpression | None]
readers: dict[str, Reader] = {}


def reads(function: Reader) -> Reader:
    """Register what reads the patterns that are called like the function; it returns the time of a match,
    or None where the words turn out to tell none.
    """
    readers[function.__name__] = function
    return function


def value_on(anchor: date, code: str, n: int) -> str | None:
    """The day, week, month ... ``n`` on from the one of ``anchor``, as a TIMEX3 value."""
    if code in ("D", "W", "WE"):
        day = shifted(anchor, n * (1 if code == "D" else 7))
        if day is None:
            return None
        return day.isoformat() if code == "D" else week_value(day) + ("-WE" if code == "WE" else "")
    if code == "M":
        month = months_on(anchor, n)
        return f"{month[0]:04d}-{month[1]:02d}" if month else None
    if code == "Q":
        year, quarter = quarter_on(anchor.year, (anchor.month + 2) // 3, n)
        return f"{year:04d}-Q{quarter}"
    size = {"Y": 1, "E": 10, "C": 100}.get(code)
    if size is None:
        return None
    year = anchor.year // size + n
    return f"{year:0{5 - len(str(size))}d}" if year > 0 else None
