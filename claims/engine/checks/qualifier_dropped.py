"""An outlet gives a figure flat that another qualifies: "as many as 31" becomes "31".

The number is the same, so this is no conflict; but a ceiling, a floor or an estimate has become an exact
count. Reported once for each article that drops the words, never between two claims of one article, and not
where the article qualifies the figure elsewhere. Where most outlets give the figure flat, one outlet's
"about" is its own addition and nothing is reported.

Example: one outlet writes that up to 40 launchers will be moved, another that 40 launchers will be moved.

What would clear it: the source giving the exact figure, or the article qualifying it elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine.checks.comparing import is_limit, nominal, same_thing
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
from claims.engine.records import Finding, Group, PlacedClaim, Severity

#: What losing each sort of qualifier does. Names are the rules of docs/numbers.md.
_LOST = {
    "up_to": (Severity.MEDIUM, "a ceiling reads as a count"),
    "at_most": (Severity.MEDIUM, "a ceiling reads as a count"),
    "less_than": (Severity.MEDIUM, "a ceiling reads as a count"),
    "at_least": (Severity.LOW, "a floor reads as a count"),
    "more_than": (Severity.LOW, "a floor reads as a count"),
    "almost": (Severity.LOW, "an approximation reads as exact"),
    "about": (Severity.LOW, "an approximation reads as exact"),
}
#: Rules of a figure given flat, and qualifiers that are a habit of style.
_CEILINGS = frozenset({"up_to", "at_most", "less_than"})
_FLAT = frozenset({"point", "grain"})
_STYLE = frozenset({"some", "perhaps", "maybe"})
#: A floor rises with the news: "at least 20" on Monday may be an exact 20 on Wednesday (days).
_SAME_NEWS, _SAME_STORY = 1, 31
#: An outlet that is outnumbered by this much has added its qualifier rather than the others dropped it.
_OUTNUMBERED = 2


def _sort(member: PlacedClaim) -> str | None:
    """Which sort of qualifier stands with a figure ("up_to", "about"), or None."""
    quantity = member.claim.quantity
    if quantity is None or quantity.rule not in _LOST or not quantity.modifier:
        return None
    return None if quantity.modifier.casefold() in _STYLE else quantity.rule


@check(id="qualifier_dropped", name="Qualifier dropped", over="group")
def qualifier_dropped(group: Group) -> Iterator[Finding]:
    by_value: dict[str, list[PlacedClaim]] = {}
    for member in group.members:
        value = nominal(member.claim)
        if value:
            by_value.setdefault(value, []).append(member)
    for value in sorted(by_value):
        members = by_value[value]
        qualifying = {m.article.key for m in members if quantity_of(m).rule in _LOST}
        flat = [m for m in members if quantity_of(m).rule in _FLAT and m.article.key not in qualifying]
        for sort in _LOST:
            yield from _dropped(value, sort, [m for m in members if _sort(m) == sort], flat)


def _dropped(
    value: str, sort: str, qualified: list[PlacedClaim], flat: list[PlacedClaim]
) -> Iterator[Finding]:
    if len({m.article.outlet for m in flat}) > _OUTNUMBERED * len({m.article.outlet for m in qualified}):
        return
    limit = _SAME_NEWS if sort in ("at_least", "more_than") else _SAME_STORY
    severity, harm = _LOST[sort]
    reported = set()
    for member in flat:
        against = [
            m
            for m in qualified
            if m.article.outlet != member.article.outlet
            and (days_between(m.article.published, member.article.published) or 0) <= limit
            and same_thing(m, member)
            and not (sort in _CEILINGS and is_limit(member.claim))
        ]
        if not against or member.article.key in reported:
            continue
        reported.add(member.article.key)
        missing = quantity_of(against[0]).modifier or ""
        write = "write" if several(against) else "writes"
        yield Finding(
            check="qualifier_dropped",
            severity=severity,
            subject=subject(member.article.key, value, sort),
            summary=(
                f"{member.article.outlet} gives {quoted(member.claim.quote)} flat where {outlets(against)} "
                f"{write} {quoted(against[0].claim.quote)}: {quoted(missing)} is gone, and {harm}."
            ),
            claims=keys([member, *against]),
            articles=article_keys([member, *against]),
            evidence={
                "readings": [reading(m) for m in [member, *against]],
                "missing": missing,
                "sort": sort,
            },
            clears=(
                f"It clears if the source gives the figure without {quoted(missing)}, or if "
                f"{member.article.outlet} qualifies it elsewhere in the article."
            ),
            basis=f"the same number with and without a qualifier ({sort.replace('_', ' ')}); docs/numbers.md",
        )
