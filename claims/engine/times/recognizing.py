"""Every time in a sentence, left to right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from claims.engine.times import calendar, clock, lengths, quarters, relative  # noqa: F401  (they register)
from claims.engine.times.beside import beside
from claims.engine.times.calendar import named_day
from claims.engine.times.context import Context, Match, Told, readers
from claims.engine.times.expression import TimeExpression
from claims.engine.times.lexicon import (
    BEFORE_EDGE,
    EDGES,
    HOLIDAYS,
    NAMING,
    OTHER,
    VAGUE,
    VAGUE_BUT,
    characters,
    kinds_of,
)
from claims.engine.times.patterns import BY_START, Pattern
from claims.engine.tokens import Token


def find_times(
    tokens: Sequence[Token], published: date | None, future: bool = False, told: Told | None = None
) -> list[TimeExpression]:
    """Every time in a sentence, left to right, not overlapping.

    ``published`` is the day in the outlet's calendar that relative times are reckoned from; ``future``
    whether the sentence speaks of plans; ``told`` the last date told before the sentence, which is moved on.
    """
    told = told if told is not None else Told()
    lows = [t.low for t in tokens]
    kinds = kinds_of(tokens)
    c = Context(tokens, kinds, published, told, future)
    found: list[TimeExpression] = []
    i = 0
    while i < len(tokens):
        kind = kinds[i]
        time = None
        if kind != OTHER:
            c.future = future and lows[max(i - 2, 0) : i] != ["as", "of"]  # a count already made
            time = _longest(c, kinds, i)
        if lows[i] in NAMING:
            time = _named(c, lows, i, time)
        if time is None:
            i += 1
            continue
        if found and _joins(lows, found[-1], time):
            time = _joined(found.pop(), time)
        if time.kind == "day" and time.start is not None and time.first:
            time = beside(c, found, time)
        told.note(time)
        found.append(time)
        i = time.last
    return found


#: No pattern can match more tokens than this.
_WINDOW = 24


@lru_cache(maxsize=4096)
def _matching(run: str) -> tuple[Pattern, ...]:
    """The patterns that match at the start of a run of kinds of word, the longest match first.

    Runs repeat: with them kept, most words are dismissed by one look-up, whatever the patterns.
    """
    matches = [(m.end(), p) for p in BY_START.get(run[0], ()) if (m := p.expression.match(run))]
    matches.sort(key=lambda e: -e[0])
    return tuple(p for _, p in matches)


def _longest(c: Context, kinds: str, i: int) -> TimeExpression | None:
    end = kinds.find(OTHER, i, i + _WINDOW)
    for pattern in _matching(kinds[i : end if end >= 0 else i + _WINDOW]):
        m = pattern.expression.match(kinds, i)
        if m is None:
            continue
        if _is_title(c, m) or (m.re.groupindex.get("part") and _is_verb(c, m)):
            continue
        time = readers[pattern.reader](c, m)
        if time is not None:
            return time
    return None


def _named(c: Context, lows: Sequence[str], i: int, time: TimeExpression | None) -> TimeExpression | None:
    """A holiday or a vague time at ``i``, unless a longer time stands there."""
    named = HOLIDAYS.at(lows, i) if c.tokens[i].capital else None
    if named and (time is None or time.last < named[0]):
        return named_day(c, i, *named) or time
    vague = VAGUE.at(lows, i)
    if vague and (time is None or time.last < vague[0]):
        last, value = vague
        if c.low(last) not in VAGUE_BUT.get(lows[i], ()):
            return TimeExpression(i, last, "vague", value=value)
    return time


def _is_title(c: Context, m: Match) -> bool:
    """Whether a time is the name of a programme: capitals in the midst of a sentence ("60 Minutes")."""
    last = c.tokens[m.end() - 1]
    if not last.capital or m.end() < 2 or c.kinds[m.end() - 1] not in _TITLED:
        return False
    if c.capitals is None:
        words = [t for t in c.tokens[1:] if t.kind == "word" and len(t.key) > 3]
        c.capitals = 2 * sum([t.capital for t in words]) >= len(words)
    return not c.capitals and m.start() > 0


def _is_verb(c: Context, m: Match) -> bool:
    """Whether the "start" or "end" of a match is the verb of "will start in May", "talks end on Friday"."""
    if c.word_of_part(m) not in EDGES or c.low(m.start("part") + 1) in ("of", "-"):
        return False
    return c.low(m.start("part") + 1) == "in" or c.low(m.start("part") - 1) not in BEFORE_EDGE


_TITLED = characters("one", "many", "today", "tonight")


def _joins(lows: Sequence[str], a: TimeExpression, b: TimeExpression) -> bool:
    """Whether a time of day and a day are one time: "9 a.m. on Tuesday", "Tuesday at 9 a.m."."""
    gap = lows[a.last : b.first]
    if a.kind == "clock" and b.kind == "day" and "T" not in b.value:
        return gap in ([], ["on"], [","])
    return (
        b.kind == "clock"
        and a.kind == "day"
        and "T" not in a.value
        and gap in ([], ["at"], [","], [",", "at"])
    )


def _joined(a: TimeExpression, b: TimeExpression) -> TimeExpression:
    day, hour = (b, a) if a.kind == "clock" else (a, b)
    value = f"{day.value}T{hour.value.partition('T')[2]}" if day.value and "T" in hour.value else day.value
    return replace(day, first=a.first, last=b.last, type="TIME", value=value)
