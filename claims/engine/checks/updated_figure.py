"""A figure changed over time: a timeline, not a conflict.

The same question was answered with different figures for different days (as-of dates where the articles give
them, publication dates otherwise). Nobody is wrong; a reader of the older figure should know that there is a
newer one. A claim that is part of a value conflict is not part of the timeline; nor are tolls, unless their
articles date them to one day.

A later article that still gives the older figure, from the same source, two days or more after that source
gave the newer one elsewhere, is reported by itself: its number is stale.

Example: an agency puts a stockpile at 2,100 kg in February and at 2,400 kg in May.

What would clear it: nothing needs to; use the newest figure, or say of which day the figure is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from claims.engine.checks.comparing import Relation, across_articles, nominal, relation, told_apart
from claims.engine.checks.evidence import article_keys, day, keys, quoted, reading, subject
from claims.engine.checks.registry import check
from claims.engine.linking import gap
from claims.engine.questions import question
from claims.engine.records import Finding, Group, PlacedClaim, Severity

#: Days after which an article can know of a newer figure.
_KNOWN = 2
#: Members looked at for a stale figure: each is compared with the others.
_MEMBERS = 100


@check(id="updated_figure", name="Updated figure", over="group")
def updated_figure(group: Group) -> Iterator[Finding]:
    at_odds: set[str] = set()
    updated: set[str] = set()
    for a, b in across_articles([m for m in group.members if m.claim.quantity]):
        found = relation(a, b)
        if found is Relation.CONFLICT:
            at_odds |= {a.key, b.key}
        elif found is Relation.UPDATE and _one_occurrence(a, b) and not told_apart(a, b, group.members):
            updated |= {a.key, b.key}
    yield from _superseded([m for m in group.members if m.claim.quantity][:_MEMBERS])
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


def _one_occurrence(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two figures can be two counts of one thing: a stock, or a toll of the same day."""
    return not question(a.claim).is_sudden or gap(a.claim.when, b.claim.when) == 0


def _superseded(members: Sequence[PlacedClaim]) -> Iterator[Finding]:
    """Later articles with a source's older figure, after the source gave a newer one."""
    for late in members:
        source, published = late.claim.attribution.source, late.article.published
        if not source or not published or (late.claim.when and late.claim.when.start):
            continue  # a figure with a date of its own is no stale one
        same = [m for m in members if m.claim.attribution.source == source and m.article.published]
        older = [m for m in same if nominal(m.claim) == nominal(late.claim) and _before(m, published)]
        newer = [m for m in same if _before(m, published) and any(_updates(o, m) for o in older)]
        if not newer or any(
            m.article.key == late.article.key and nominal(m.claim) == nominal(n.claim)
            for m in members
            for n in newer
        ):
            continue
        latest = max(newer, key=lambda m: (m.article.published or date.min, m.key))
        if nominal(latest.claim) == nominal(late.claim):
            continue
        yield Finding(
            check="updated_figure",
            severity=Severity.LOW,
            subject=subject("stale", late.article.key, nominal(late.claim) or ""),
            summary=(
                f"{late.article.outlet} still gives {quoted(late.claim.quote)} on {day(published)}; "
                f"{source} gave {quoted(latest.claim.quote)} by {_published(latest)} "
                f"({latest.article.outlet})."
            ),
            claims=keys([late, latest, older[0]]),
            articles=article_keys([late, latest, older[0]]),
            evidence={"readings": [reading(m) for m in (late, latest, older[0])]},
            clears="It clears if the figure is of another day or thing, or was taken back to the older one.",
            basis="one source's newer figure was published two days or more before",
        )


def _updates(older: PlacedClaim, newer: PlacedClaim) -> bool:
    """Whether the second is the first's update, published later."""
    update = _before(older, newer.article.published) and relation(older, newer) is Relation.UPDATE
    return update and _one_occurrence(older, newer)


def _before(member: PlacedClaim, published: date | None) -> bool:
    """Whether the claim was out long enough for an article of that day to know of it."""
    own = member.article.published
    return own is not None and published is not None and (published - own).days >= _KNOWN


def _published(member: PlacedClaim) -> str:
    return day(member.article.published) if member.article.published else "no date"


def _as_of(member: PlacedClaim) -> date | None:
    when = member.claim.when
    return when.end if when and when.end else member.article.published


def _day(member: PlacedClaim) -> str:
    known = _as_of(member)
    return day(known) if known else "no date"
