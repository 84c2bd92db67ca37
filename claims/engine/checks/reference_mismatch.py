"""A figure does not fit the value an authority has on record.

The figure and the stored reference value are compared as intervals, in one unit. The reference must be about
what the claim is about (its actor, action, object and unit are all met) and of the same time: the claim's own
date lies within a month of the day or period the value holds for, or else its article's within three; a limit
holds from its day on. The finding shows edition and definition, for most differences are of definition. Where
the claim narrows down what it counts ("operational launchers") and the reference does not say so, it weighs
less.

Example: an article puts a stockpile at 3,000 warheads; the register's edition of that year has 3,700.

What would clear it: another definition, another day, or a correction of the figure.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from claims.engine.checks.comparing import in_one_unit, is_limit, nominal, rounds, stated
from claims.engine.checks.evidence import (
    article_keys,
    days,
    in_words,
    keys,
    outlets,
    plain,
    quantity_of,
    quoted,
    reading,
    several,
    subject,
)
from claims.engine.checks.registry import check
from claims.engine.linking import answers
from claims.engine.questions import question, span_of_days
from claims.engine.records import (
    Finding,
    Group,
    Kind,
    PlacedClaim,
    Quantity,
    ReferenceValue,
    Severity,
    Status,
)
from claims.engine.wording import content, stem

#: Figures of a stockpile, a budget or a force are given as of a month; news tells them weeks later (days).
_SAME_TIME = 31
#: An article that names no day speaks of the last edition known, which may be some months old (days).
_LAST_KNOWN = 92
_SPOKEN = frozenset({Status.DONE, Status.ALLEGED})


@check(id="reference_mismatch", name="Reference mismatch", over="group")
def reference_mismatch(group: Group) -> Iterator[Finding]:
    for reference in group.references:
        if reference.kind != "value" or reference.value is None:
            continue
        at_odds: dict[str, list[PlacedClaim]] = {}
        for member in group.members:
            if _is_at_odds(member, reference):
                at_odds.setdefault(nominal(member.claim) or "", []).append(member)
        for value in sorted(at_odds):
            yield _finding(reference, value, at_odds[value])


def _is_at_odds(member: PlacedClaim, reference: ReferenceValue) -> bool:
    claim = member.claim
    if claim.quantity is None or claim.negated or claim.status not in _SPOKEN or question(claim).is_part:
        return False
    if not answers(claim, reference) or not _same_time(member, reference):
        return False
    both = _compared(member, reference)
    if both is None:
        return False
    return not both[0].meets(both[1]) and not rounds(*both)


def _compared(member: PlacedClaim, reference: ReferenceValue) -> tuple[Quantity, Quantity] | None:
    """The reference's interval and the claim's, in the reference's unit; None where there is no such."""
    claim = member.claim
    value = interval(reference)
    mine = stated(claim, quantity_of(member))
    if claim.kind is Kind.COUNT:
        return value, mine
    return in_one_unit(value, mine)


def interval(reference: ReferenceValue) -> Quantity:
    """The values the authority allows: from its lower to its upper bound, or the value itself.

    Raises ValueError for a reference without a value.
    """
    if reference.value is None:
        raise ValueError(f"no value in reference {reference.key}")
    low = reference.value if reference.low is None else reference.low
    high = reference.value if reference.high is None else reference.high
    return Quantity(reference.value, low, high, reference.unit or "", grain=_last_digit(reference.value))


def _last_digit(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(min(int(value.normalize().as_tuple().exponent), 0))


def _same_time(member: PlacedClaim, reference: ReferenceValue) -> bool:
    """Whether claim and value are of one time; a value without a day, and a limit from its day on, stand."""
    if reference.start is None:
        return True
    told = span_of_days(member.claim.when)
    published = member.article.published
    if told is None and published is None:
        return False
    room = _SAME_TIME if told else _LAST_KNOWN
    first, last = told or (published, published)
    if first is None or last is None:
        return False
    if last < reference.start - timedelta(days=_SAME_TIME):
        return False
    if is_limit(member.claim) and reference.end is None:
        return True
    return first <= (reference.end or reference.start) + timedelta(days=room)


def _finding(reference: ReferenceValue, value: str, members: list[PlacedClaim]) -> Finding:
    first, held = members[0], interval(reference)
    both = _compared(first, reference)
    counted = first.claim.kind is Kind.COUNT  # the quote says what is counted
    unit = f" {reference.unit}" if reference.unit and not counted else ""
    of = f" ({reference.edition})" if reference.edition else ""
    as_of = f" as of {days(reference.start, reference.end or reference.start)}" if reference.start else ""
    slight = any(_narrows(m, reference) for m in members) or (both is not None and _within_grain(*both))
    converted = ""
    if both is not None and quantity_of(first).unit != both[1].unit:
        converted = f" ({in_words(both[1])}{unit})"
    defined = f" than {quoted(reference.definition, 160)}" if reference.definition else ""
    return Finding(
        check="reference_mismatch",
        severity=Severity.LOW if slight else Severity.MEDIUM,
        subject=subject(reference.key, value),
        summary=(
            f"{outlets(members)} {'give' if several(members) else 'gives'} {quoted(first.claim.quote)}"
            f"{converted}; {reference.authority}{of} has {in_words(held)}{unit}{as_of}."
        ),
        claims=keys(members),
        articles=article_keys(members),
        evidence={
            "readings": [reading(m, reference.unit) for m in members],
            "reference": {
                "key": reference.key,
                "authority": reference.authority,
                "title": reference.title,
                "edition": reference.edition,
                "definition": reference.definition,
                "start": reference.start.isoformat() if reference.start else None,
                "end": reference.end.isoformat() if reference.end else None,
                "value": plain(reference.value),
                "low": plain(held.low),
                "high": plain(held.high),
                "unit": reference.unit,
                "reads_as": f"{in_words(held)}{unit}",
                "licence": reference.licence,
                "url": reference.url,
            },
        },
        clears=(
            f"It clears if the article counts by another definition{defined}, means another day, or corrects "
            "its figure."
        ),
        basis=(
            f"disjoint intervals: {in_words(quantity_of(first))} ({quantity_of(first).rule}) and "
            f"{in_words(held)} of the reference {quoted(reference.title)}; docs/numbers.md"
        ),
    )


def _narrows(member: PlacedClaim, reference: ReferenceValue) -> bool:
    """Whether the claim counts only some of what the reference names: "operational launchers"."""
    known = content(reference.object, reference.title, reference.definition, reference.actor)
    said = {stem(m) for x in member.claim.noun_modifiers for m in x.split()}
    return any(not any(x[:4] == y[:4] for y in known) for x in said)


def _within_grain(held: Quantity, mine: Quantity) -> bool:
    """Whether the figure is rounder than the gap: "3,000" beside 2,967."""
    if mine.low is None or mine.high is None or held.low is None or held.high is None:
        return False
    return max(mine.low - held.high, held.low - mine.high) <= mine.grain / 2
