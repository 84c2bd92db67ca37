"""Two outlets give different dates for one event or deadline.

A date is read as the days it can mean on the day the article was published, and two are at odds when they
have no day in common. One day's difference is left alone where a date is told by the news ("on Monday"): it
is that of time zones, or of the day of the act and the day of the report; between two deadlines written out
it weighs little. Dates of a plan that was extended or put off are not held against the older ones.

Example: one outlet has a treaty expire on 5 February, another on 9 February.

What would clear it: the two meaning different events, the date having been moved, or a correction.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from claims.engine.checks.comparing import SAME_NEWS, across_articles, same_scope
from claims.engine.checks.dates import ONE_DAY, copies, dated, is_moved, is_relative
from claims.engine.checks.evidence import (
    article_keys,
    keys,
    outlets,
    quoted,
    reading,
    several,
    subject,
    weight,
    when_in_words,
)
from claims.engine.checks.registry import check
from claims.engine.linking import compare, days_between, gap
from claims.engine.records import Finding, Group, Kind, PlacedClaim, Severity, Status
from claims.engine.wording import content

#: A news article speaks of an event of the last weeks; an older one of the same sort is another one (days).
_SAME_EVENT = 62
#: Two dates of one deadline further apart than this are two deadlines (days).
_SAME_DEADLINE = 400


@check(id="date_conflict", name="Date conflict", over="group")
def date_conflict(group: Group) -> Iterator[Finding]:
    members = [m for m in group.members if dated(m) and not is_moved(m)]
    yield from _deadlines([m for m in members if m.claim.kind is Kind.DATE])
    if not any(r.kind == "event" and r.start for r in group.references):  # then each is held against that
        yield from _events([m for m in members if _happened(m)])


def _happened(member: PlacedClaim) -> bool:
    claim = member.claim
    return (
        claim.kind is not Kind.DATE and bool(claim.action) and claim.status in (Status.DONE, Status.ALLEGED)
    )


def _deadlines(members: Sequence[PlacedClaim]) -> Iterator[Finding]:
    by_days: dict[str, list[PlacedClaim]] = {}
    for member in members:
        by_days.setdefault(_days(member), []).append(member)
    for one, other in combinations(sorted(by_days), 2):
        pairs = [(a, b) for a in by_days[one] for b in by_days[other] if _one_deadline(a, b, members)]
        if pairs:
            yield _finding(_each(a for a, _ in pairs), _each(b for _, b in pairs))


def _one_deadline(a: PlacedClaim, b: PlacedClaim, members: Sequence[PlacedClaim]) -> bool:
    apart = gap(a.claim.when, b.claim.when)
    published = days_between(a.article.published, b.article.published)
    if not apart or apart > _SAME_DEADLINE or a.article.outlet == b.article.outlet:
        return False
    if published is None or published > SAME_NEWS or (apart <= ONE_DAY and _told_by_the_news(a, b)):
        return False
    if a.claim.action != b.claim.action or not _one_thing(a, b) or compare(a, b) is None:
        return False
    return not any(
        (m.article.key == x.article.key and gap(m.claim.when, y.claim.when) == 0)
        for m in members
        for x, y in ((a, b), (b, a))
    )


def _told_by_the_news(*pair: PlacedClaim) -> bool:
    return any(m.claim.when is not None and is_relative(m.claim.when) for m in pair)


def _one_thing(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether both name what the date is of alike: a name in common, or the same words."""
    if set(a.claim.entities) & set(b.claim.entities):
        return True
    one, other = content(a.claim.object), content(b.claim.object)
    return bool(one) and one == other


def _events(members: Sequence[PlacedClaim]) -> Iterator[Finding]:
    reported = set()
    for a, b in across_articles(members):
        apart = gap(a.claim.when, b.claim.when)
        published = days_between(a.article.published, b.article.published)
        if apart is None or not ONE_DAY < apart <= _SAME_EVENT or not same_scope(a, b):
            continue
        if published is None or published > _SAME_EVENT or copies(a, b):
            continue
        place = subject(*sorted((_days(a), _days(b))))
        if place not in reported:
            reported.add(place)
            yield _finding(*([m] for m in sorted((a, b), key=_days)))


def _each(members: Iterator[PlacedClaim]) -> list[PlacedClaim]:
    first: dict[str, PlacedClaim] = {}
    for member in members:
        first.setdefault(member.article.key, member)
    return list(first.values())


def _finding(one: list[PlacedClaim], other: list[PlacedClaim]) -> Finding:
    # The date fewer outlets carry stands first: it is the one to look at.
    a, b = sorted((one, other), key=lambda x: (weight(x), _days(x[0])))
    x, y = a[0], b[0]
    apart = gap(x.claim.when, y.claim.when) or 0
    deadline = x.claim.kind is Kind.DATE
    thing = x.claim.measured if deadline and x.claim.measured else quoted(x.claim.quote)
    return Finding(
        check="date_conflict",
        severity=Severity.MEDIUM if deadline and apart > ONE_DAY else Severity.LOW,
        subject=subject(*sorted((_days(x), _days(y)))),
        summary=(
            f"{outlets(a)} {'date' if several(a) else 'dates'} {thing} {_in_words(x)}, "
            f"{outlets(b)} {_in_words(y)}."
        ),
        claims=keys([*a, *b]),
        articles=article_keys([*a, *b]),
        evidence={"readings": [reading(m) for m in [*a, *b]], "days_off": apart},
        clears="It clears if the two mean different events, if the date was moved, or if one corrects it.",
        basis="the days the two dates can mean, resolved against publication, have none in common",
    )


def _days(member: PlacedClaim) -> str:
    found = dated(member)
    return f"{found[0]}/{found[1]}" if found else ""


def _in_words(member: PlacedClaim) -> str:
    return when_in_words(member.claim.when) if member.claim.when else ""
