"""The record of a number as read, and what it is made from: the words of a sentence and a draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from claims.engine.bounds import bound
from claims.engine.modifiers import modifier_after, modifier_before
from claims.engine.nouns import NounPhrase
from claims.engine.records import Quantity
from claims.engine.tagging import Tags
from claims.engine.tokens import Token, touching
from claims.engine.trends import trend_around


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as read: tokens ``first``..``last`` (exclusive) are what a claim would quote.

    ``kind``: money, count, share, measure, ratio, ordinal; or one that yields no claim: age, one_of ("one
    of the"), definite ("the two nations"), bare (nothing says what is counted), frequency ("three times"),
    label ("three-stage", "5G"), period ("the past two years"). ``number`` is the range of tokens of the
    figure itself, ``noun`` what is counted, ``family`` money, share or a dimension ("length"),
    ``low``/``high`` the ends of a range as written, ``trend`` up or down where the sentence says it moved,
    ``part`` the word that makes it a part ("including"), ``extra`` the tokens of "for testing" behind a bare
    part.
    """

    kind: str
    first: int
    last: int
    number: tuple[int, int]
    quantity: Quantity
    noun: NounPhrase | None = None
    trend: str | None = None
    part: str | None = None
    family: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    attributive: bool = False
    per: str | None = None
    definite: bool = False
    partitive: bool = False
    extra: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class Words:
    """The words of a sentence with what is known of them."""

    tokens: Sequence[Token]
    lows: list[str]
    blocked: list[bool]  # parts of dates and names
    names: frozenset[int]  # tokens of names that are no counted nouns
    years: frozenset[int] = frozenset()  # figures blocked only because they look like a year
    tags: Tags | None = None  # parts of speech, for the counted noun

    def low(self, k: int) -> str:
        """The lower-case word at ``k``, "" outside the sentence."""
        return self.lows[k] if 0 <= k < len(self.lows) else ""

    def as_written(self, first: int, last: int) -> str:
        """Tokens as they stand, with one space where there was any."""
        out = self.tokens[first].key
        for k in range(first + 1, last):
            out += ("" if touching(self.tokens, k) else " ") + self.tokens[k].key
        return out


@dataclass(slots=True)
class Draft:
    """A reading in the making. ``start`` is where the figure begins, a currency sign or minus included."""

    start: int
    end: int
    number: tuple[int, int]
    value: Decimal
    grain: Decimal
    kind: str = ""
    unit: str = ""
    family: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    decimals: bool = False
    vague: bool = False
    joint: str | None = None  # how the ends of a range are joined
    noun: NounPhrase | None = None
    part: str | None = None
    attributive: bool = False
    per: str | None = None
    definite: bool = False
    partitive: bool = False
    extra: tuple[int, int] = (0, 0)
    row: str | None = None  # of bounds
    lead: int = field(default=-1)  # where a modifier before the figure begins
    modifier: str | None = None

    def look_before(self, s: Words) -> None:
        """Take in the modifier before the figure."""
        found = modifier_before(s.lows, self.start)
        if found:
            self.lead, self.row = found
            self.modifier = s.as_written(self.lead, self.start)

    def look_behind(self, s: Words) -> None:
        """Take in the modifier behind the figure, where none before it says more."""
        found = modifier_after(s.tokens, s.lows, self.end)
        if self.row not in (None, "exactly"):
            if found and found[1] in (self.row, "about"):
                self.end = found[0]  # "some 30-odd", "around 12,000 or so"
            return
        if found:
            self.modifier = s.as_written(self.end, found[0])
            self.end, self.row = found

    def look_past(self, s: Words, k: int) -> None:
        """Take in a modifier at ``k``, apart from the figure, as far as it is none of the quote."""
        found = modifier_after(s.tokens, s.lows, k) if self.row in (None, "exactly") else None
        if found:
            self.modifier, self.row = s.as_written(k, found[0]), found[1]

    def drop_modifier(self) -> None:
        """Forget the modifier before the figure."""
        self.row, self.lead, self.modifier = None, -1, None

    def negate(self) -> None:
        """Make the value negative, with the ends of a range."""
        self.value = -self.value
        self.low, self.high = (None if x is None else -x for x in (self.high, self.low))

    def _trend(self, s: Words, first: int) -> str | None:
        if self.kind in ("label", "age", "period"):
            return None
        return trend_around(s.tokens, s.lows, first, self.end, self.kind in ("count", "money"), s.tags)

    @property
    def first(self) -> int:
        """Where the quote begins: at the modifier, or else at the figure."""
        return self.start if self.lead < 0 else self.lead

    def done(self, s: Words) -> Reading:
        """The reading, with its bounds."""
        first = self.first
        if self.joint is not None and self.lead < 0 and s.low(first - 1) in ("between", "from"):
            first -= 1
            self.modifier = s.tokens[first].key
        bare = "vague" if self.vague else "range" if self.joint else "part" if self.part else "point"
        quantity = bound(
            self.value,
            unit=self.unit,
            grain=self.grain,
            row=self.row,
            modifier=self.modifier or self.part,
            low=self.low,
            high=self.high,
            bare=bare,
            decimals=self.decimals,
        )
        return Reading(
            self.kind,
            first,
            self.end,
            self.number,
            quantity,
            self.noun,
            self._trend(s, first),
            self.part,
            self.family,
            self.low,
            self.high,
            self.attributive,
            self.per,
            self.definite,
            self.partitive,
            self.extra,
        )
