"""An outlet qualifies a figure that its source gave flat: "31" becomes "as many as 31".

The mirror of qualifier_dropped, and never reported for the same pair: here the flat figure was published
first, or the qualifying article credits the outlet that gives it flat. A count has become a ceiling or a
floor, or the whole reads as a part ("24 launchers" becomes "24 deployed launchers"). Not reported where
another outlet had the qualifier as early as the flat figure was there, nor for "about" and "almost", which
take nothing away that a reader needs. Of one number 60 claims are compared.

Example: an agency reports that 40 launchers will be moved; a day later an outlet that credits it writes that
up to 40 launchers will be moved.

What would clear it: the outlet having the qualifier from another source.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine.checks.evidence import article_keys, keys, outlets, quoted, reading, several, subject
from claims.engine.checks.pairing import credits
from claims.engine.checks.qualifying import CEILINGS, FLOORS, Case, cases, qualifiers
from claims.engine.checks.registry import check
from claims.engine.records import Finding, Group, PlacedClaim, Severity


@check(id="qualifier_added", name="Qualifier added", over="group")
def qualifier_added(group: Group) -> Iterator[Finding]:
    sources: dict[tuple[str, str, str], tuple[PlacedClaim, list[PlacedClaim]]] = {}
    for case in (*cases(group, CEILINGS | FLOORS), *cases(group)):
        for member in () if case.dropped else case.added:
            place = (case.value, case.sort, member.article.key)
            sources.setdefault(place, (member, []))[1].append(case.flat)
    for value, sort, article in sorted(sources):
        member, flat = sources[value, sort, article]
        yield _finding(Case(value, sort, member), flat)


def _finding(case: Case, flat: list[PlacedClaim]) -> Finding:
    member = case.flat
    added = qualifiers(member)[case.sort]
    credited = [m for m in flat if credits(member, m)]
    have = "have" if several(flat) else "has"
    return Finding(
        check="qualifier_added",
        # A floor grows out of a count as the news goes on; who credits a source adds to its words.
        severity=Severity.LOW if credited or case.sort not in FLOORS else Severity.INFO,
        subject=subject(member.article.key, case.value, case.sort),
        summary=(
            f"{member.article.outlet} writes {quoted(member.claim.quote)} where {outlets(flat)} "
            f"{have} {quoted(flat[0].claim.quote)} before it: {quoted(added)} is new."
        ),
        claims=keys([member, *flat]),
        articles=article_keys([member, *flat]),
        evidence={
            "readings": [reading(m) for m in [member, *flat]],
            "added": added,
            "sort": case.sort,
            "credits": sorted({m.article.outlet for m in credited}),
        },
        clears=(
            f"It clears if {member.article.outlet} has {quoted(member.claim.quote)} from a source other than "
            f"{outlets(flat)}."
        ),
        basis=(
            f"the same number without a qualifier in what was published before, and with one "
            f"({case.sort.replace('_', ' ')}); docs/numbers.md"
        ),
    )
