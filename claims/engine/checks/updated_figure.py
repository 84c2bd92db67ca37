"""A figure changed over time: a timeline, not a conflict.

The same question was answered with different figures for different days (as-of dates where the articles give
them, publication dates otherwise). Nobody is wrong; a reader of the older figure should know that there is a
newer one. A claim that is part of a value conflict is not part of the timeline.

Example: an agency puts a stockpile at 2,100 kg in February and at 2,400 kg in May.

What would clear it: nothing needs to; use the newest figure, or say of which day the figure is.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from claims.engine.checks.comparing import Relation, across_articles, relation, told_apart
from claims.engine.checks.evidence import article_keys, day, keys, quoted, reading
from claims.engine.checks.registry import check
from claims.engine.records import Finding, Group, PlacedClaim, Severity


@check(id="updated_figure", name="Updated figure", over="group")
def updated_figure(group: Group) -> Iterator[Finding]:
    at_odds: set[str] = set()
    updated: set[str] = set()
    for a, b in across_articles([m for m in group.members if m.claim.quantity]):
        found = relation(a, b)
        if found is Relation.CONFLICT:
            at_odds |= {a.key, b.key}
        elif found is Relation.UPDATE and not told_apart(a, b, group.members):
            updated |= {a.key, b.key}
    steps = sorted(
        (m for m in group.members if m.key in updated - at_odds and _as_of(m)),
        key=lambda m: (_as_of(m) or date.min, m.article.outlet, m.key),
    )
    if len(steps) < 2:
        return
    oldest, newest = steps[0], steps[-1]
    if relation(oldest, newest) is not Relation.UPDATE or told_apart(oldest, newest, group.members):
        return
    yield Finding(
        check="updated_figure",
        severity=Severity.INFO,
        subject="timeline",
        summary=(
            f"The figure moved from {quoted(oldest.claim.quote)} ({oldest.article.outlet}, {_day(oldest)}) "
            f"to {quoted(newest.claim.quote)} ({newest.article.outlet}, {_day(newest)})."
        ),
        claims=keys(list(reversed(steps))),
        articles=article_keys(list(reversed(steps))),
        evidence={
            "readings": [{**reading(m), "as_of": (_as_of(m) or date.min).isoformat()} for m in steps],
        },
        clears="Nothing is wrong: name the day a figure is of, or use the newest.",
        basis="disjoint intervals of different days are an update (as-of before values; docs/numbers.md)",
    )


def _as_of(member: PlacedClaim) -> date | None:
    when = member.claim.when
    return when.end if when and when.end else member.article.published


def _day(member: PlacedClaim) -> str:
    known = _as_of(member)
    return day(known) if known else "no date"
