"""An approximation has become exact: "almost $18 billion" is told as "$18 billion".

"About", "roughly", "nearly" and their like lost on the way to another outlet. Low, for readers take round
figures loosely; medium where a third reading in the group shows that the flat figure is not exact (the
source gives $17.7 billion). Not reported where the flat figure was published first or its outlet is the one
credited, where the article approximates it elsewhere, or where most outlets give it flat. Of one number 60
claims are compared.

Example: an agency writes "nearly 3,000 kilograms", an outlet "3,000 kilograms", and the report both rest on
says 2,967.8.

What would clear it: the source giving exactly the figure told flat.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine.checks.comparing import in_one_unit, rounds, same_thing
from claims.engine.checks.evidence import (
    article_keys,
    keys,
    outlets,
    quantity_of,
    quoted,
    reading,
    several,
    subject,
)
from claims.engine.checks.qualifying import APPROXIMATIONS, FLAT, Case, cases, qualifiers
from claims.engine.checks.registry import check
from claims.engine.records import Finding, Group, PlacedClaim, Severity


@check(id="approximation_hardened", name="Approximation hardened", over="group")
def approximation_hardened(group: Group) -> Iterator[Finding]:
    reported = set()
    for case in cases(group, APPROXIMATIONS):
        place = subject(case.flat.article.key, case.value)
        if case.dropped and not case.outnumbered and place not in reported:
            reported.add(place)
            yield _finding(place, case, _exact(case.flat, case.dropped, group))


def _exact(flat: PlacedClaim, hedged: list[PlacedClaim], group: Group) -> PlacedClaim | None:
    """A finer figure of which the flat one is the rounding and which the hedged ones allow."""
    for member in group.members:
        if not member.claim.quantity or member.claim.quantity.rule not in FLAT:
            continue
        both = in_one_unit(quantity_of(flat), quantity_of(member))
        if both is None or both[1].grain >= both[0].grain or both[0].value == both[1].value:
            continue
        close = in_one_unit(quantity_of(hedged[0]), quantity_of(member))
        if rounds(*both) and close and close[0].meets(close[1]) and same_thing(flat, member):
            return member
    return None


def _finding(place: str, case: Case, exact: PlacedClaim | None) -> Finding:
    member, against = case.flat, case.dropped
    missing = qualifiers(against[0])[case.sort]
    write = "write" if several(against) else "writes"
    proof = f"; {exact.article.outlet} has {quoted(exact.claim.quote)}" if exact else ""
    shown = [member, *against, *([exact] if exact else [])]
    source = quoted(member.claim.quote)
    return Finding(
        check="approximation_hardened",
        severity=Severity.MEDIUM if exact else Severity.LOW,
        subject=place,
        summary=(
            f"{member.article.outlet} gives {source} as exact where {outlets(against)} {write} "
            f"{quoted(against[0].claim.quote)}{proof}."
        ),
        claims=keys(shown),
        articles=article_keys(shown),
        evidence={
            "readings": [reading(m) for m in shown],
            "missing": missing,
            "exact": exact.claim.quote if exact else None,
        },
        clears=f"It clears if the source gives exactly {source}, without {quoted(missing)}.",
        basis=f"the same number with and without {quoted(missing)}; docs/numbers.md (Ferson et al.)",
    )
