"""An outlet tells as done what another tells as planned, alleged, possible or denied, with the same figure.

Only where the words that hedge are known. A plan can be carried out, so a plan and a possibility are reported
only between articles published within two days of each other (two weeks, where it is about building, buying,
deploying or spending); an allegation, a possibility or a denial only where the other outlet neither hedges
nor credits anybody for it. A plan told as done is of medium severity, the rest is low; medium where the
source that the other credits is gone with the hedge. Reported once for each article and figure; 60 hedged
claims with one number are looked at.

Example: one outlet writes that a ministry plans to buy 12 radars, another, a day later, that it bought 12
radars.

What would clear it: the plan having been carried out, or the allegation confirmed, between the two
publications.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine.checks.comparing import nominal, same_thing
from claims.engine.checks.evidence import article_keys, keys, outlets, quoted, reading, subject
from claims.engine.checks.registry import check
from claims.engine.linking import days_between
from claims.engine.questions import question
from claims.engine.records import Finding, Group, Mode, PlacedClaim, Severity, Status

_LOST = {
    Status.PLANNED: Severity.MEDIUM,
    Status.ALLEGED: Severity.LOW,
    Status.CONDITIONAL: Severity.LOW,
    Status.DENIED: Severity.LOW,
}
_NAMES = {Status.CONDITIONAL: "possible"}
_CLEARS = {
    Status.PLANNED: "It clears if the plan was carried out between the two publications.",
    Status.ALLEGED: "It clears if {outlet} has confirmed what is alleged, or another source bears it out.",
    Status.CONDITIONAL: "It clears if what could be became true between the two publications.",
    Status.DENIED: "It clears if {outlet} has a source that bears it out against the denial.",
}
#: Days in which a plan is not yet done: a standing one (to build, to deploy, to spend) takes longer than an
#: act.
_STANDING, _ACT = 14, 2
#: Hedged claims with one number that a flat one is held against.
_MOST = 60


@check(id="hedge_dropped", name="Plan or allegation told as done", over="group")
def hedge_dropped(group: Group) -> Iterator[Finding]:
    hedged_articles = {
        (m.article.key, nominal(m.claim))
        for m in group.members
        if m.claim.status is not Status.DONE or m.claim.hedge
    }
    hedged: dict[tuple[str | None, Status], list[PlacedClaim]] = {}
    for m in group.members:
        if m.claim.hedge and m.claim.status in _LOST:
            hedged.setdefault((nominal(m.claim), m.claim.status), []).append(m)
    reported = set()
    for member in group.members:
        value = nominal(member.claim)
        if value is None or (member.article.key, value) in hedged_articles:
            continue
        for status, severity in _LOST.items():
            credited = member.claim.attribution.mode is not Mode.NONE
            if (member.article.key, value) in reported or (credited and status is not Status.PLANNED):
                continue
            against = [m for m in hedged.get((value, status), ())[:_MOST] if _drops(member, m)]
            if not against:
                continue
            reported.add((member.article.key, value))
            sources = [m for m in against if m.claim.attribution.source or m.claim.attribution.document]
            lost = bool(sources) and not credited
            against = [*sources, *(m for m in against if m not in sources)]
            hedge = against[0].claim.hedge or ""
            source = against[0].claim.attribution.source or against[0].claim.attribution.document
            gone = f", and {source} is credited" if lost else ""
            yield Finding(
                check="hedge_dropped",
                severity=Severity.MEDIUM if lost else severity,
                subject=subject(member.article.key, value, status.value),
                summary=(
                    f"{member.article.outlet} tells {quoted(member.claim.quote)} as done; in "
                    f"{outlets(against)} it is {_NAMES.get(status, status.value)} ({quoted(hedge)}){gone}."
                ),
                claims=keys([member, *against]),
                articles=article_keys([member, *against]),
                evidence={
                    "readings": [reading(m) for m in [member, *against]],
                    "missing": hedge,
                    "source": source if lost else None,
                },
                clears=_CLEARS[status].format(outlet=member.article.outlet),
                basis=f"the same figure told as done and as {status.value}, too soon after to have come true",
            )


def _drops(flat: PlacedClaim, hedged: PlacedClaim) -> bool:
    apart = days_between(flat.article.published, hedged.article.published)
    return (
        flat.article.outlet != hedged.article.outlet
        and nominal(flat.claim) == nominal(hedged.claim)
        and apart is not None
        and apart <= (_ACT if question(flat.claim).is_one_act else _STANDING)
        and _one_act(flat, hedged)
        and same_thing(flat, hedged)
    )


def _one_act(flat: PlacedClaim, hedged: PlacedClaim) -> bool:
    """Whether both say what is done to the things counted, and the same: in "a plan to relieve two besieged
    towns" what is planned is not the towns."""
    act = question(flat.claim).action
    return act is not None and act == question(hedged.claim).action
