"""Two figures for one question differ as figures do when somebody slips: a scale word, a zero, two digits.

Million for billion (a factor of 1,000 or a million), a zero too many or too few in a figure of two or more
digits, two neighbouring digits exchanged in a figure of three or more ("1,550" and "1,505"), one digit
doubled or lost in a figure of four or more. All else must be equal, as for a value conflict, which stays
silent on such a pair; a slip of scale is also reported where the other article followed months later. Two
small counts ("2" and "20", "12" and "21") are no slip. Of a large group the 60 readings that most outlets
carry are compared.

Example: one outlet puts a programme at almost $18 billion, another at almost $18 million.

What would clear it: the source giving the smaller or larger figure after all, for something else counted.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine.checks.comparing import Relation, relation, told_apart
from claims.engine.checks.evidence import (
    article_keys,
    keys,
    outlets,
    quantity_of,
    quoted,
    reading,
    several,
    subject,
    weight,
)
from claims.engine.checks.pairing import across, source_first
from claims.engine.checks.registry import check
from claims.engine.checks.slips import Slip, magnitude
from claims.engine.linking import days_between, gap
from claims.engine.questions import question
from claims.engine.records import Finding, Group, PlacedClaim, Severity

_A_WEEK, _A_YEAR = 7, 365  # days


@check(id="magnitude_slip", name="Slip of magnitude or digits", over="group")
def magnitude_slip(group: Group) -> Iterator[Finding]:
    found: dict[str, tuple[Slip, list[PlacedClaim], list[PlacedClaim]]] = {}
    for a, b in across(group.members):
        slip = magnitude(quantity_of(a), quantity_of(b))
        if slip is None or not _all_else_equal(a, b, slip) or told_apart(a, b, group.members):
            continue
        less, more = sorted((a, b), key=lambda m: quantity_of(m).value)
        _, low, high = found.setdefault(subject(slip.sort, _digits(less), _digits(more)), (slip, [], []))
        low += [less] * (less not in low)
        high += [more] * (more not in high)
    for name in sorted(found):
        yield _finding(name, *found[name])


def _all_else_equal(a: PlacedClaim, b: PlacedClaim, slip: Slip) -> bool:
    held = relation(a, b)
    if held is not Relation.UPDATE or slip.sort == "zero":
        return held is Relation.CONFLICT
    apart = days_between(a.article.published, b.article.published) or 0
    if question(a.claim).is_sudden:  # the toll of one day, told again: a digit is likelier than a recount
        return slip.sort == "digits" and apart <= _A_WEEK and gap(a.claim.when, b.claim.when) == 0
    return slip.sort == "scale" and apart <= _A_YEAR


def _digits(member: PlacedClaim) -> str:
    quantity = quantity_of(member)
    return f"{quantity.value.normalize():f} {quantity.unit}"


def _finding(name: str, slip: Slip, low: list[PlacedClaim], high: list[PlacedClaim]) -> Finding:
    odd, usual = _odd_first(low, high)
    x, y = odd[0], usual[0]
    give, have = ("give" if several(odd) else "gives"), ("have" if several(usual) else "has")
    return Finding(
        check="magnitude_slip",
        severity=Severity.HIGH,
        subject=name,
        summary=(
            f"{outlets(odd)} {give} {quoted(x.claim.quote)} where {outlets(usual)} {have} "
            f"{quoted(y.claim.quote)}: {slip.words}, as by a slip."
        ),
        claims=keys([*odd, *usual]),
        articles=article_keys([*odd, *usual]),
        evidence={"readings": [reading(m) for m in [*odd, *usual]], "slip": slip.sort, "words": slip.words},
        clears=(
            f"It would agree if {outlets(odd)} had meant {quoted(y.claim.quote)}; it clears if the source "
            "bears out both figures, for two different things."
        ),
        basis=f"all else equal, the figures differ by {slip.words}; claims/engine/checks/slips.py",
    )


def _odd_first(
    low: list[PlacedClaim], high: list[PlacedClaim]
) -> tuple[list[PlacedClaim], list[PlacedClaim]]:
    """The figure at odds first: fewer outlets carry it, or else it has the other from its source, or is
    smaller."""
    fewer = weight(low) - weight(high)
    if fewer:
        return (low, high) if fewer < 0 else (high, low)
    order = source_first(low[0], high[0])
    return (high, low) if order and order[1] is high[0] else (low, high)
