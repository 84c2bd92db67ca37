"""The numbers of a sentence for arithmetic: all that stand in it, claims by themselves or not.

A base ("of 100"), a value before a change ("from 90") or an item of a list yields no claim of its own, but it
is what a total, a percentage or a change is held against.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.engine.quantities import read_quantities
from claims.engine.readings import Reading
from claims.engine.records import PlacedClaim, Quantity, Span
from claims.engine.times import find_times
from claims.engine.tokens import Token, tokenize

#: Numbers of one sentence that are looked at; a "sentence" with more is a table.
MOST_NUMBERS = 24
#: Sentences of one article that are looked at.
MOST_SENTENCES = 1000
#: A figure with noughts at its end is taken to be rounded by no more than this share of itself.
_ROUNDED = Decimal("0.02")
_THINGS = frozenset({"count", "bare", "definite"})


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in tokens ``first``..``last`` of its sentence, with what it may stand for after rounding.

    ``unit`` is "" for what is counted; ``noun`` its lemma, where one is said.
    """

    first: int
    last: int
    kind: str
    quantity: Quantity
    unit: str
    noun: str
    trend: str | None
    low: Decimal
    high: Decimal
    exact: bool

    @property
    def value(self) -> Decimal:
        return self.quantity.value


@dataclass(frozen=True, slots=True)
class Figures:
    """A sentence with its numbers. ``lows`` are its words in lower case."""

    span: Span
    tokens: Sequence[Token]
    lows: Sequence[str]
    found: Sequence[Figure]

    def words(self, first: int, last: int) -> str:
        """The words of tokens ``first``..``last``, in lower case, with single spaces."""
        return " ".join(self.lows[max(first, 0) : last])

    def text(self, text: str, first: Figure, last: Figure) -> str:
        """What stands in ``text`` from one figure to another."""
        return text[self.tokens[first.first].start : self.tokens[last.last - 1].end]


def sentences_with_figures(text: str, claims: Iterable[PlacedClaim]) -> Iterable[Figures]:
    """The sentences of ``text`` that hold claims with a number, each once, with two numbers or more."""
    spans = dict.fromkeys(c.claim.sentence for c in claims if c.claim.quantity)
    for span in list(spans)[:MOST_SENTENCES]:
        read = figures(text, span)
        if 2 <= len(read.found) <= MOST_NUMBERS:
            yield read


def figures(text: str, span: Span) -> Figures:
    """The numbers of one sentence that have two ends, in order; dates and times are left out."""
    tokens = tokenize(text, span.start, span.end)
    readings = read_quantities(tokens, find_times(tokens, None))
    found = [figure for reading in readings if (figure := _figure(reading)) is not None]
    return Figures(span, tokens, [t.low for t in tokens], found)


def _figure(reading: Reading) -> Figure | None:
    quantity = reading.quantity
    if quantity.low is None or quantity.high is None or quantity.soft:
        return None
    if reading.kind not in _THINGS | {"money", "share", "measure"} or reading.per:
        return None
    counted = reading.kind in _THINGS
    slack = _slack(quantity, counted) if quantity.is_point() else Decimal(0)
    return Figure(
        reading.first,
        reading.last,
        "count" if counted else reading.kind,
        quantity,
        "" if counted else quantity.unit,
        reading.noun.lemma if reading.noun else "",
        reading.trend,
        quantity.low - slack,
        quantity.high + slack,
        quantity.rule in ("point", "part", "grain"),
    )


def _slack(quantity: Quantity, counted: bool) -> Decimal:
    """How far a figure written without a modifier may have been rounded, either way.

    Half its last digit, but noughts at the end of a larger figure are seldom all rounding: then a fiftieth of
    it ("$90 million" may stand for 91 million, hardly for 94), and half a unit of its scale ("$2 million" may
    stand for 2.4 million). A count that does not end in nought is exact.
    """
    value, grain = abs(quantity.value), quantity.grain
    if counted:
        return min(grain / 2, value * _ROUNDED) if grain > 1 else Decimal(0)
    scale = Decimal(1000) ** ((value.adjusted() if value else 0) // 3)
    return min(grain / 2, max(value * _ROUNDED, scale / 2))


def claims_at(claims: Iterable[PlacedClaim], read: Figures, told: Sequence[Figure]) -> list[PlacedClaim]:
    """The claims with a number that these figures of a sentence are, or stand in."""
    spans = [Span(read.tokens[f.first].start, read.tokens[f.last - 1].end) for f in told]
    return [
        c
        for c in claims
        if c.claim.quantity and c.claim.sentence == read.span and any(c.claim.span.overlaps(s) for s in spans)
    ]
