"""A typed query understood: "interceptors 30-40", "> $10bn 2021", "outlet:harbour-post".

Numbers and times are read by the engine's own readers, so that a query means what it would mean in an
article: "about 18 billion" is what an article's "about 18 billion" is. What is read as a filter is taken out
of the words, and can be taken back: each filter knows its place in the query.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from claims.engine.quantities import read_quantities
from claims.engine.readings import Reading
from claims.engine.records import Quantity
from claims.engine.times import find_times
from claims.engine.times.expression import TimeExpression
from claims.engine.tokens import Token, tokenize

#: Filters that are named in a query, and other words for them.
NAMED = {
    "outlet": "outlet", "topic": "topic", "unit": "unit", "kind": "kind", "entity": "entity", "who": "entity",
    "actor": "entity", "source": "source", "by": "source", "says": "source",
}  # fmt: skip
_NAMED = re.compile(rf"(?<!\S)({'|'.join(NAMED)}):(\"[^\"]*\"|\S+)", re.IGNORECASE)
#: Signs as words of which the engine knows what they mean.
_SIGNS = ((re.compile(r">=|≥ ?"), "at least "), (re.compile(r"<=|≤ ?"), "at most "),
          (re.compile(r">"), "more than "), (re.compile(r"<"), "less than "),
          (re.compile(r"(?<!\S)="), "exactly "))  # fmt: skip
_FROM, _UNTIL = frozenset({"since", "after", "from"}), frozenset({"before", "until", "till"})
_IN = frozenset({"in", "on", "of", "during"})
_PHYSICAL = frozenset({"money", "measure", "share"})
_READ = frozenset({"money", "measure", "share", "count", "bare", "definite"})
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Filter:
    """One thing a query asks for besides words. ``name`` says what; ``start`` and ``end`` where it stands in
    the query (equal, where it was given otherwise)."""

    name: str
    text: str
    start: int = 0
    end: int = 0
    quantity: Quantity | None = None
    since: date | None = None
    until: date | None = None

    def removed_from(self, typed: str) -> str:
        """The query without this filter."""
        return " ".join((typed[: self.start] + " " + typed[self.end :]).split())


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for: ``words`` to be found, and filters."""

    typed: str = ""
    words: str = ""
    filters: tuple[Filter, ...] = field(default=())

    def of(self, name: str) -> Iterator[Filter]:
        return (each for each in self.filters if each.name == name)

    @property
    def is_empty(self) -> bool:
        return not self.words and not self.filters


def understand(typed: str, today: date | None = None, more: tuple[Filter, ...] = ()) -> Query:
    """The query in what somebody typed; ``more`` are filters that were chosen besides.

    ``today`` resolves "last week". Nothing raises: what is not understood is a word to be found.
    """
    typed = " ".join(typed.replace("\x00", " ").split())[:LONGEST]
    filters: list[Filter] = []
    taken: list[tuple[int, int]] = []
    for found in _NAMED.finditer(typed):
        value = found[2].strip('"').strip()
        if value:
            filters.append(Filter(NAMED[found[1].lower()], value, *found.span()))
            taken.append(found.span())
    # What was taken is blanked, so that places stay.
    rest = _blanked(typed, taken)
    for quoted in re.finditer(r'"[^"]*"', rest):  # a phrase is to be found as it stands
        rest = _blanked(rest, [quoted.span()])
    plain, places = _in_words(rest)
    tokens = tokenize(plain)
    times = [t for t in find_times(tokens, today) if t.says_when and t.start and t.end]
    read = [r for r in read_quantities(tokens, times) if r.kind in _READ]
    for time in times:
        one = _time(plain, tokens, time)
        filters.append(_placed(one, places, typed))
        taken.append((filters[-1].start, filters[-1].end))
    for reading in read:
        if not any(t.first < reading.last and reading.first < t.last for t in times):
            filters.append(_placed(_number(plain, tokens, reading), places, typed))
            taken.append((filters[-1].start, filters[-1].end))
    words = " ".join(_blanked(typed, taken).split())
    ordered = sorted(filters, key=lambda each: each.start)
    return Query(typed, words, (*ordered, *more))


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _in_words(text: str) -> tuple[str, list[int]]:
    """The text with signs as words, and for each of its characters its place in the text as typed."""
    places = list(range(len(text) + 1))
    for pattern, words in _SIGNS:
        while found := pattern.search(text):
            start, end = found.span()
            places[start:end] = [places[start]] * len(words)
            text = text[:start] + words + text[end:]
    return text, places


def _placed(one: Filter, places: list[int], typed: str) -> Filter:
    start, end = places[one.start], places[one.end - 1] + 1
    return replace(one, text=typed[start:end], start=start, end=end)


def _time(text: str, tokens: list[Token], time: TimeExpression) -> Filter:
    """A time as a filter, with the "since" or "before" in front of it."""
    before = tokens[time.first - 1].low if time.first else ""
    first = time.first - (before in _FROM | _UNTIL | _IN)
    start, end = tokens[first].start, tokens[time.last - 1].end
    since = None if before in _UNTIL else time.start
    until = None if before in _FROM else time.start if before == "before" else time.end
    return Filter("date", text[start:end], start, end, since=since, until=until)


def _number(text: str, tokens: list[Token], reading: Reading) -> Filter:
    """A number as a filter. Of "31 interceptors" the noun stays a word to be found."""
    last = reading.last if reading.kind in _PHYSICAL else max(reading.number[1], reading.first + 1)
    start, end = tokens[reading.first].start, tokens[last - 1].end
    unit = reading.quantity.unit if reading.kind in _PHYSICAL else ""
    quantity = replace(reading.quantity, unit=unit)
    return Filter("value", text[start:end], start, end, quantity=quantity)


def chosen(name: str, value: str) -> Filter | None:
    """A filter that was chosen from a list or a date field; None for nothing or nonsense."""
    value = value.strip()
    if not value:
        return None
    if name in ("since", "until"):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            return None
        since, until = (day, None) if name == "since" else (None, day)
        return Filter("date", f"{name} {value}", since=since, until=until)
    return Filter(name, value)
