"""What became of a figure from one telling to the next: copied, rounded, hardened, updated, at odds.

Two claims of one group, the earlier first, to one word and the reason for it. The words describe what stands
on the page and accuse nobody: "at odds" says that no value satisfies both and that no later day explains it,
not which of the two is wrong. What a check asks before it compares values (scope, as-of, rounding, slips) is
asked here too, with the checks' own functions, so that page and findings never disagree.
"""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from claims.engine.bounds import ABOUT
from claims.engine.checks.comparing import SAME_NEWS, Relation, disjoint, relation, rounds
from claims.engine.checks.evidence import day, quoted
from claims.engine.checks.qualifying import APPROXIMATIONS, CEILINGS, FLAT, FLOORS, qualifiers
from claims.engine.checks.scopes import opposed, scopes
from claims.engine.checks.slips import rightly_converted, slip
from claims.engine.dimensions import dimension
from claims.engine.questions import span_of_days
from claims.engine.records import Kind, PlacedClaim, Quantity
from claims.engine.wording import words


class Change(StrEnum):
    """What one telling makes of another."""

    FIRST = "first"  # nothing before it to be held against
    COPIED = "copied"  # the same reading, in a text taken from the other
    INDEPENDENT = "independent"  # a reading that agrees, in a text of its own
    ROUNDED = "rounded"  # a coarser number for a finer one
    HARDENED = "hardened"  # a qualifier is gone, or a plan is told as done
    QUALIFIED = "qualified"  # a qualifier has come in, or another one
    REFINED = "refined"  # a finer reading that the coarser one allows
    CONVERTED = "converted"  # another unit or currency
    UPDATED = "updated"  # another value of a later day
    AT_ODDS = "at_odds"  # another value, and no later day that explains it
    REWORDED = "reworded"  # a quotation or an event in other words
    APART = "apart"  # of another scope or day: not to be compared


_BOUNDS = APPROXIMATIONS | CEILINGS | FLOORS
Said = tuple[Change, str]


def change(before: PlacedClaim, after: PlacedClaim, *, taken: bool) -> Said:
    """What ``after`` makes of ``before``, and why, in words for a person.

    ``taken`` says that the second text was taken from the first, so that the same reading is a copy.
    """
    if before.claim.negated != after.claim.negated:
        return Change.AT_ODDS, f"one denies what the other says ({_from(before)})"
    same = (
        (Change.COPIED, f"as in {before.article.outlet}")
        if taken
        else (Change.INDEPENDENT, f"as in {before.article.outlet}, in a text of its own")
    )
    a, b = before.claim.quantity, after.claim.quantity
    if a is None or b is None:
        return _of_words(before, after, same)
    counts = before.claim.kind is Kind.COUNT and after.claim.kind is Kind.COUNT
    if a.unit != b.unit and not counts:
        return _converted(before, after, a, b, same)
    if a.value == b.value:
        return _of_one_number(before, after, a, b) or same
    return _of_two_numbers(before, after, a, b, same)


def _from(member: PlacedClaim) -> str:
    return f"{member.article.outlet}: {quoted(member.claim.quote)}"


def _of_words(before: PlacedClaim, after: PlacedClaim, same: Said) -> Said:
    """Events by their days, quotations by their words."""
    one, other = _days(before), _days(after)
    if before.claim.kind is Kind.QUOTATION:
        if _forms(before.claim.quote) == _forms(after.claim.quote):
            return same
        return Change.REWORDED, f"not word for word as in {before.article.outlet}"
    if before.claim.kind in (Kind.EVENT, Kind.DATE) and one and other:
        if one[0] <= other[1] and other[0] <= one[1]:
            return same
        return Change.AT_ODDS, f"another day than in {_from(before)}"
    if _forms(before.claim.quote) == _forms(after.claim.quote):
        return same
    return Change.REWORDED, f"in other words than {_from(before)}"


def _forms(text: str) -> tuple[str, ...]:
    return tuple(word.form for word in words(text))


def _days(member: PlacedClaim) -> tuple[date, date] | None:
    return span_of_days(member.claim.when)


def _converted(before: PlacedClaim, after: PlacedClaim, a: Quantity, b: Quantity, same: Said) -> Said:
    """Two units: one amount converted, one that went wrong, or two that cannot be held together."""
    if dimension(a.unit) is not None and dimension(a.unit) == dimension(b.unit):
        if rightly_converted(a, b) or disjoint(before.claim, after.claim) is False:
            if a.value == b.value and a.meets(b):
                return same  # "km" and "kilometres"
            return Change.CONVERTED, f"in another unit than {_from(before)}"
        if wrong := slip(a, b):
            return Change.AT_ODDS, f"{wrong.words}; {_from(before)}"
        return _by_relation(before, after)
    if before.claim.kind is after.claim.kind is Kind.MONEY:
        if a.unit[:3] == b.unit[:3]:
            return Change.APART, f"for another stretch of time than {_from(before)}"
        if wrong := slip(a, b):
            return Change.AT_ODDS, f"{wrong.words}; {_from(before)}"
        return Change.CONVERTED, f"in another currency than {_from(before)}; the rate is not checked"
    return Change.APART, f"counts something else than {_from(before)}"


def _of_one_number(before: PlacedClaim, after: PlacedClaim, a: Quantity, b: Quantity) -> Said | None:
    """What became of the words around one number; None where nothing did."""
    had, has = qualifiers(before), qualifiers(after)
    known = scopes(after)
    lost = [said for sort, said in had.items() if sort not in has and sort.split()[0] not in known]
    bounded = {sort for sort in had if sort in _BOUNDS}, {sort for sort in has if sort in _BOUNDS}
    outlet = before.article.outlet
    if bounded[0] and not bounded[1] and b.rule in FLAT:
        return Change.HARDENED, f"drops {quoted(a.modifier or '')}, which {outlet} has"
    if bounded[1] and not bounded[0]:
        return Change.QUALIFIED, f"adds {quoted(b.modifier or '')}; {outlet} gives the number flat"
    if bounded[0] != bounded[1]:
        return Change.QUALIFIED, f"{quoted(b.modifier or '')} for {quoted(a.modifier or '')} in {outlet}"
    if lost and before.claim.part_of is None:  # "including" names a part, it does not qualify one
        return Change.HARDENED, f"drops {quoted(lost[0])}, which {outlet} has"
    return None


def _of_two_numbers(before: PlacedClaim, after: PlacedClaim, a: Quantity, b: Quantity, same: Said) -> Said:
    """Two numbers in one unit: the same to a coarser grain, an update, or at odds."""
    later = _later_day(before, after)
    if a.meets(b) or (rounds(a, b) and _near(a, b)):
        if b.grain > a.grain and (_near(a, b) or _holds(b, a.value)):
            return Change.ROUNDED, f"a rounder number for {_from(before)}"
        if later:
            return Change.UPDATED, f"{later}; {_from(before)}"
        narrower = _width(b) - _width(a)
        if b.grain < a.grain or narrower < 0:
            return Change.REFINED, f"a closer number than {_from(before)}"
        if narrower > 0:
            return Change.ROUNDED, f"a rounder number for {_from(before)}"
        if not (_holds(a, b.value) and _holds(b, a.value)):
            return Change.APART, f"both can be true: {_from(before)}"
        return same
    if not later and (wrong := slip(a, b)) is not None:
        return Change.AT_ODDS, f"{wrong.words}; {_from(before)}"
    return _by_relation(before, after)


def _near(a: Quantity, b: Quantity) -> bool:
    """Whether news would round one to the other: "ten" is no rounding of 12, though 12 rounds to 10."""
    return abs(a.value - b.value) <= ABOUT * max(abs(a.value), abs(b.value))


def _holds(quantity: Quantity, value: Decimal) -> bool:
    low = quantity.low is None or quantity.low <= value
    return low and (quantity.high is None or value <= quantity.high)


def _width(quantity: Quantity) -> Decimal:
    if quantity.low is None or quantity.high is None:
        return Decimal(10) ** 40
    return quantity.high - quantity.low


def _by_relation(before: PlacedClaim, after: PlacedClaim) -> Said:
    how = relation(before, after)
    later = _later_day(before, after)
    one_article = before.article.key == after.article.key
    if how is Relation.UPDATE or (later and (how is Relation.CONFLICT or one_article)):
        return Change.UPDATED, f"{later or 'published later'}; {_from(before)}"
    if how is Relation.CONFLICT:
        return Change.AT_ODDS, f"no later day explains the difference; {_from(before)}"
    if scope := opposed(before, after):
        return Change.APART, f"counts by another scope ({scope.name}) than {_from(before)}"
    return Change.APART, f"scope or time does not let it be held against {_from(before)}"


def _later_day(before: PlacedClaim, after: PlacedClaim) -> str:
    """The words for a later as-of day; "" where the second is not known to be of a later day.

    A figure without a day of its own is of the day its article was published, give or take the days over
    which one state of affairs stays in the news.
    """
    one, other = _days(before), _days(after)
    if one and other:
        return f"as of {day(other[1])}, not {day(one[1])}" if other[0] > one[1] else ""
    first, last = before.article.published, after.article.published
    old, new = (one[1] if one else first), (other[0] if other else last)
    if old is None or new is None or new - old <= timedelta(days=SAME_NEWS):
        return ""
    if one:
        return f"of {day(new)}, not as of {day(old)}"
    return f"as of {day(new)}, not {day(old)}" if other else f"published {(new - old).days} days later"
