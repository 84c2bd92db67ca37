"""An outlet gives a figure flat that another qualifies: "as many as 31" becomes "31".

The number is the same, so this is no conflict; but a ceiling or a floor has become an exact count, or a part
("24 deployed launchers", "$5 billion including options") reads as the whole. Reported once for each article
that drops the words, never between two claims of one article, and not where the article qualifies the figure
elsewhere, nor where it came first (then the other added the words: qualifier_added). Where most outlets give
the figure flat, one outlet's qualifier is its own addition and nothing is reported. "About" and "almost" are
looked at by approximation_hardened. Of one number 60 claims are compared.

Example: one outlet writes that up to 40 launchers will be moved, another that 40 launchers will be moved.

What would clear it: the source giving the exact figure, or the article qualifying it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine.checks.evidence import article_keys, keys, outlets, quoted, reading, several, subject
from claims.engine.checks.qualifying import CEILINGS, FLOORS, Case, cases, qualifiers
from claims.engine.checks.registry import check
from claims.engine.records import Finding, Group, Severity

#: What losing each sort of qualifier does. Names are the rules of docs/numbers.md, or scopes.
_CEILING = (Severity.MEDIUM, "a ceiling reads as a count")
_FLOOR = (Severity.LOW, "a floor reads as a count")
_PART = (Severity.LOW, "a part reads as the whole")
_LOST = {
    **dict.fromkeys(CEILINGS, _CEILING),
    **dict.fromkeys(FLOORS, _FLOOR),
    "plans planned": (Severity.MEDIUM, "a plan reads as what there is"),
    "options including": (Severity.LOW, "with and without options read alike"),
}


@check(id="qualifier_dropped", name="Qualifier dropped", over="group")
def qualifier_dropped(group: Group) -> Iterator[Finding]:
    for case in (*cases(group, CEILINGS | FLOORS), *cases(group)):
        if case.dropped and not case.outnumbered:
            yield _finding(case)


def _finding(case: Case) -> Finding:
    member, against = case.flat, case.dropped
    severity, harm = _LOST.get(case.sort, _PART)
    missing = qualifiers(against[0])[case.sort]
    sort = case.sort.replace("_", " ")
    write = "write" if several(against) else "writes"
    return Finding(
        check="qualifier_dropped",
        severity=severity,
        subject=subject(member.article.key, case.value, case.sort),
        summary=(
            f"{member.article.outlet} gives {quoted(member.claim.quote)} flat where {outlets(against)} "
            f"{write} {quoted(against[0].claim.quote)}: {quoted(missing)} is gone, and {harm}."
        ),
        claims=keys([member, *against]),
        articles=article_keys([member, *against]),
        evidence={
            "readings": [reading(m) for m in [member, *against]],
            "missing": missing,
            "sort": case.sort,
        },
        clears=(
            f"It clears if the source gives the figure as {member.article.outlet} does, or if "
            f"{member.article.outlet} qualifies it elsewhere in the article."
        ),
        basis=f"the same number with and without a qualifier ({sort}); docs/numbers.md",
    )
