"""An outlet gives a total and leaves out a part that another states with it.

Without the part the whole total reads as one kind. That matters where the part is of the things counted
("six for training"); where it names others among them ("including 11 children") it is shown as information.
Reported once for each article that gives the same total and states no part of it; 20 claims that state a
part are looked at.

Example: one outlet writes "24 new ships, including six for training", another "24 new ships": all 24 now
read as ready for service.

What would clear it: the article stating the part elsewhere, or the source taking the part back.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine.checks.comparing import nominal, same_thing, says
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
from claims.engine.checks.registry import check
from claims.engine.linking import days_between
from claims.engine.questions import question
from claims.engine.records import Finding, Group, PlacedClaim, Severity
from claims.engine.wording import content

_SAME_STORY = 31  # days
_MOST = 20  # outlets that state one part, held against those that do not


@check(id="part_dropped", name="Part dropped", over="group")
def part_dropped(group: Group) -> Iterator[Finding]:
    totals = {(m.article.key, m.claim.headline, m.claim.span): m for m in group.members}
    stated: dict[str, list[tuple[PlacedClaim, PlacedClaim]]] = {}
    for part in group.parts:
        span = part.claim.part_of
        total = totals.get((part.article.key, part.claim.headline, span)) if span else None
        value = nominal(part.claim)
        if total and value and nominal(total.claim) and _says_which(part) and _is_within(part, total):
            stated.setdefault(value, []).append((part, total))
    with_parts = {part.article.key for part in group.parts}
    for value in sorted(stated):
        reported: set[str] = set()
        # The body's claim speaks for its article, before the headline's.
        for member in sorted(group.members, key=lambda m: m.claim.headline):
            pairs = [(p, t) for p, t in stated[value][:_MOST] if _leaves_out(member, t)]
            if not pairs or member.article.key in with_parts | reported:
                continue
            part, total = pairs[0]
            if says(member.article.body, part.claim.quote):
                continue
            reported.add(member.article.key)
            all_of = [member, *(x for pair in pairs for x in reversed(pair))]
            cue = part.claim.quantity.modifier if part.claim.quantity else None
            words = f"{cue} {part.claim.quote}" if cue else f"{part.claim.quote} {part.claim.context}".strip()
            parts = [p for p, _ in pairs]
            yield Finding(
                check="part_dropped",
                severity=_severity(part, total),
                subject=subject(member.article.key, nominal(total.claim) or "", value),
                summary=(
                    f"{member.article.outlet} gives {quoted(member.claim.quote)} without the part that "
                    f"{outlets(parts)} {'state' if several(parts) else 'states'} with it ({quoted(words)}): "
                    "all of it reads as one kind."
                ),
                claims=keys(all_of),
                articles=article_keys(all_of),
                evidence={"readings": [reading(m) for m in all_of], "missing": part.claim.quote},
                clears=f"It clears if {member.article.outlet} states the part elsewhere in the article.",
                basis="the same total with and without a part stated of it; docs/numbers.md",
            )


def _is_within(part: PlacedClaim, total: PlacedClaim) -> bool:
    """Whether the part is no larger than its whole: refugees are no part of the dead."""
    if question(part.claim).kind is not question(total.claim).kind:
        return True  # a share of a count
    return quantity_of(part).value <= quantity_of(total).value


def _severity(part: PlacedClaim, total: PlacedClaim) -> Severity:
    """Interceptors for testing are no interceptors in service; children among those counted change no
    count."""
    same = question(part.claim).noun == question(total.claim).noun
    return Severity.MEDIUM if same else Severity.INFO


def _says_which(part: PlacedClaim) -> bool:
    """Whether a part is one of a kind: "killing two of them" tells what happened to two, not which two."""
    return bool(quantity_of(part).modifier or content(part.claim.quote, part.claim.context))


def _leaves_out(member: PlacedClaim, total: PlacedClaim) -> bool:
    return (
        member.article.outlet != total.article.outlet
        and nominal(member.claim) == nominal(total.claim)
        and (days_between(member.article.published, total.article.published) or 0) <= _SAME_STORY
        and same_thing(member, total)
    )
