"""A number's family tree: which telling each claim of a group goes back to, and what it makes of it.

Claims and who took a text from whom in, one step for each telling out. A telling is what one article says:
claims of one article with one reading (headline and body, a figure said twice) are one telling.

What a telling is held against, in this order: the source its article was taken from (:mod:`.taking`); the
agency it has it from, where that published it too, else the first article that has it from the same agency;
an outlet it credits; and, where nothing ties it to any other text, the earlier telling that is most like it.
Only the first three are arrows of who took it from whom; the last is a comparison and is marked as one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import islice, product

from claims.engine.changes import Change, change
from claims.engine.citing import cites, name_key
from claims.engine.questions import span_of_days
from claims.engine.records import Kind, PlacedClaim, Taken, Taking
from claims.engine.taking import CREDITED
from claims.engine.wording import words

#: Earlier tellings that one in a text of its own is held against at most, the latest.
_LOOKED_AT = 24
#: Claims of one telling that are held against those of another at most.
_HELD = 3


class Way(StrEnum):
    """What ties a telling to the one it is held against."""

    CREDITED = "credited"  # the text names its source
    INFERRED = "inferred"  # shared passages and the day, or a cut
    SHARED = "shared"  # both have it from a third, who is not in the group
    OWN = "own"  # an earlier figure in the same article
    NONE = "none"  # nothing: a comparison

    @property
    def is_arrow(self) -> bool:
        """Whether it says who took it from whom."""
        return self in (Way.CREDITED, Way.INFERRED, Way.SHARED)


@dataclass(frozen=True, slots=True)
class Telling:
    """What one article says: ``claims`` have one reading, the one that stands for them first."""

    claims: tuple[PlacedClaim, ...]

    @property
    def key(self) -> str:
        return self.claims[0].key

    @property
    def first(self) -> PlacedClaim:
        return self.claims[0]

    @property
    def article(self) -> str:
        return self.first.article.key

    @property
    def published(self) -> date | None:
        return self.first.article.published

    @property
    def as_of(self) -> date | None:
        """The last day the figure holds for, as far as the text says; else the day of publication."""
        span = span_of_days(self.first.claim.when)
        return span[1] if span else self.published


@dataclass(frozen=True, slots=True)
class Step:
    """From one telling to the next. ``before`` is the key of the telling it is held against.

    ``reason`` says what changed, ``tied`` why it is thought to have been taken from there ("" for a
    comparison); ``agency`` names a source that is in no article of the group.
    """

    telling: Telling
    change: Change
    reason: str
    way: Way = Way.NONE
    before: str | None = None
    agency: str | None = None
    tied: str = ""

    @property
    def key(self) -> str:
        return self.telling.key


def tellings(members: Iterable[PlacedClaim]) -> tuple[Telling, ...]:
    """The tellings of some claims, the earliest published first; articles without a date last."""
    found: dict[tuple[object, ...], list[PlacedClaim]] = {}
    for member in sorted(members, key=_place):
        found.setdefault((member.article.key, *reading(member)), []).append(member)
    return tuple(Telling(tuple(claims)) for claims in found.values())


def _place(member: PlacedClaim) -> tuple[object, ...]:
    """By (published, outlet, title); within an article by as-of day, the body before the headline."""
    article, claim = member.article, member.claim
    day = article.published.isoformat() if article.published else "9999"
    span = span_of_days(claim.when)
    of = span[1].isoformat() if span else day
    return day, article.outlet, article.title, article.key, of, claim.headline, claim.span, member.key


def reading(member: PlacedClaim) -> tuple[object, ...]:
    """What a claim says, so that two claims with the same reading are one telling."""
    claim, quantity = member.claim, member.claim.quantity
    if quantity is None:
        if claim.kind is Kind.QUOTATION:
            return claim.kind, tuple(word.form for word in words(claim.quote)), claim.negated
        return claim.kind, span_of_days(claim.when), claim.negated
    bounds = (quantity.low, quantity.high, quantity.low_open, quantity.high_open)
    unit = "" if claim.kind is Kind.COUNT else quantity.unit
    return claim.kind, quantity.value, bounds, unit, claim.negated


def lineage(members: Iterable[PlacedClaim], taken: Mapping[str, Taken] | None = None) -> tuple[Step, ...]:
    """The step of every telling, in the order of :func:`tellings`; ``taken`` by the article's key.

    The steps make a forest: no telling goes back to itself. The order of the members makes no difference.
    """
    told = tellings(members)
    family = _Family(told, taken or {})
    return tuple(family.step(place) for place in range(len(told)))


class _Family:
    """The tellings of one group while their steps are found, the earliest first."""

    def __init__(self, told: Sequence[Telling], taken: Mapping[str, Taken]) -> None:
        self.told = told
        self.taken = taken
        self.of_article: dict[str, list[Telling]] = {}
        for telling in told:
            self.of_article.setdefault(telling.article, []).append(telling)
        self.place = {telling.key: place for place, telling in enumerate(told)}
        self.goes_back_to: dict[str, str] = {}
        self.led_to: set[str] = set()
        self.readings = {telling.key: reading(telling.first) for telling in told}
        self.by_outlet: dict[str, list[Telling]] = {}  # those before the one that is looked at
        self.bodies: dict[str, str] = {}  # of articles, without case

    def step(self, place: int) -> Step:
        telling = self.told[place]
        found = self._in_its_article(telling) or self._from_its_source(telling) or self._credited(telling)
        if found is None:
            found = self._compared(telling)
        if found.before is not None:
            self.goes_back_to[telling.key] = found.before
            self.led_to.add(found.before)
        self.by_outlet.setdefault(telling.first.article.outlet, []).append(telling)
        return found

    def _in_its_article(self, telling: Telling) -> Step | None:
        """A later or rounder figure of one article goes back to what the same article says first."""
        own = self.of_article[telling.article]
        for other in own[: own.index(telling)]:
            if self._leads_back(other, telling):
                continue
            what, reason = _made_of(other, telling, taken=True)
            if what in (Change.ROUNDED, Change.HARDENED, Change.QUALIFIED, Change.CONVERTED, Change.UPDATED):
                reason = reason.replace(other.first.article.outlet, "the same article", 1)
                return Step(telling, what, reason, Way.OWN, other.key, tied="in the same article")
        return None

    def _from_its_source(self, telling: Telling) -> Step | None:
        taken = self.taken.get(telling.article)
        if taken is None or taken.kind in (Taking.FIRST, Taking.UNDECIDED):
            return None
        way = Way.CREDITED if taken.confidence >= CREDITED else Way.INFERRED
        if taken.source is not None:
            return self._held(telling, self.of_article.get(taken.source, ()), way, taken.reason)
        key = name_key(taken.agency or "")
        by = [t for t in self._earlier(telling) if name_key(t.first.article.outlet) == key]
        if step := self._held(telling, by, way, taken.reason, taken.agency):
            return step
        beside = [
            t
            for t in self._earlier(telling)
            if (other := self.taken.get(t.article)) and name_key(other.agency or "") == key
        ]
        both = f"both have it from {taken.agency}"
        if step := self._held(telling, beside, Way.SHARED, both, taken.agency):
            return step
        return Step(
            telling, Change.FIRST, f"the first here that has it from {taken.agency}", way, None, taken.agency,
            taken.reason,
        )  # fmt: skip

    def _credited(self, telling: Telling) -> Step | None:
        """From an outlet that the claim or its article names as its source."""
        article, credit = telling.first.article, telling.first.claim.attribution
        named = {name_key(name): name for name in (credit.told, credit.document, credit.source) if name}
        body = self.bodies.get(article.key)
        if body is None:
            body = self.bodies[article.key] = article.body.casefold()
        for outlet, theirs in self.by_outlet.items():
            if outlet == article.outlet:
                continue
            key = name_key(outlet)
            if key in named:
                return self._held(telling, theirs, Way.CREDITED, f"credits {named[key]}")
            if key in body and (said := cites(article, outlet)):
                return self._held(telling, theirs, Way.CREDITED, f"credits {outlet} (“{said}”)")
        return None

    def _compared(self, telling: Telling) -> Step:
        """Of a text of its own: held against the earlier telling that is most like it."""
        before = (self.told[place] for place in range(self.place[telling.key] - 1, -1, -1))
        fit = (t for t in before if t.article != telling.article and not self._leads_back(t, telling))
        latest = list(islice(fit, _LOOKED_AT))
        apart: Step | None = None
        for other in sorted(latest, key=lambda t: self._nearness(t, telling)):
            what, reason = _made_of(other, telling, taken=False)
            step = Step(telling, what, reason, Way.NONE, other.key)
            if what is not Change.APART:
                return step
            apart = apart or step
        if apart is not None:
            return apart
        return Step(telling, Change.FIRST, "the earliest found")

    def _held(
        self, telling: Telling, others: Sequence[Telling], way: Way, tied: str, agency: str | None = None
    ) -> Step | None:
        """Held against the one of the source's tellings that is most like it; None where it has none."""
        fit = [t for t in others if t.article != telling.article and not self._leads_back(t, telling)]
        if not fit:
            return None
        other = min(fit, key=lambda t: self._likeness(t, telling))
        what, reason = _made_of(other, telling, taken=True)
        return Step(telling, what, reason, way, other.key, agency, tied)

    def _earlier(self, telling: Telling) -> Sequence[Telling]:
        return self.told[: self.place[telling.key]]

    def _leads_back(self, start: Telling, end: Telling) -> bool:
        if end.key not in self.led_to:
            return start.key == end.key
        key: str | None = start.key
        while key is not None:
            if key == end.key:
                return True
            key = self.goes_back_to.get(key)
        return False

    def _nearness(self, other: Telling, telling: Telling) -> tuple[bool, bool, int]:
        """The order in which a text of its own is compared: with who gave the same number first, whatever
        words stood around it; then with readings that meet, told last."""
        same, number, meet, at = self._likeness(other, telling)
        return (same and number, meet, self.place[other.key] if not (same and number) else at)

    def _likeness(self, other: Telling, telling: Telling) -> tuple[bool, bool, bool, int]:
        """The smaller, the more alike: the same reading, then the same number, told first; then readings that
        meet, told last."""
        a, b, place = other.first.claim.quantity, telling.first.claim.quantity, self.place[other.key]
        same = self.readings[other.key] == self.readings[telling.key]
        number = a is not None and b is not None and a.value == b.value
        meet = a is not None and b is not None and a.unit == b.unit and a.meets(b)
        return not same, not number, not meet, place if same or number else -place


def _made_of(before: Telling, after: Telling, *, taken: bool) -> tuple[Change, str]:
    """What a telling makes of another: what the first two of their claims that can be held together say.

    The headline's claim may lack the place or day that keeps the body's from being compared.
    """
    found = None
    for a, b in product(before.claims[:_HELD], after.claims[:_HELD]):
        said = change(a, b, taken=taken)
        if said[0] is not Change.APART:
            return said
        found = found or said
    assert found is not None  # noqa: S101 - a telling has a claim
    return found
