"""The date an article gives for an event does not fit a stored reference, or another outlet's date.

A relative date ("earlier this month") goes stale when a text is copied or updated later: it is read as the
days it can mean on the day the article was published, and held against the dated event of an authority. Two
outlets' dates for one event are held against each other the same way; one day's difference is left alone
(time zones, the day of the act and the day of the news).

Example: an article of 2 June dates a launch "earlier this month"; the authority's record has 28 May.

What would clear it: the article being about another event of the same sort, or a correction of the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from claims.engine.checks.comparing import across_articles, same_scope
from claims.engine.checks.evidence import (
    article_keys,
    day,
    days,
    keys,
    quoted,
    reading,
    subject,
    when_in_words,
)
from claims.engine.checks.registry import check
from claims.engine.linking import answers, days_between, gap
from claims.engine.records import Finding, Group, PlacedClaim, ReferenceValue, Severity, Status

_RELATIVE = re.compile(
    r"\b(?:this|last|next|past|previous|coming|ago|earlier|later|yesterday|today|tomorrow|tonight|recent\w*|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.IGNORECASE,
)
#: A news article speaks of an event of the last weeks; an older event of the same sort is another one (days).
_SAME_EVENT = 62
_ONE_DAY = 1


@check(id="stale_date", name="Date at odds", over="group")
def stale_date(group: Group) -> Iterator[Finding]:
    dated = [m for m in group.members if _happened(m)]
    for reference in group.references:
        if reference.kind == "event" and reference.start:
            yield from _against_reference(dated, reference, reference.start, reference.end or reference.start)
    if not any(r.kind == "event" and r.start for r in group.references):
        yield from _against_each_other(dated)


def _happened(member: PlacedClaim) -> bool:
    claim = member.claim
    dated = claim.when and claim.when.start and claim.when.end
    return bool(dated) and claim.action is not None and claim.status in (Status.DONE, Status.ALLEGED)


def _against_reference(
    dated: list[PlacedClaim], reference: ReferenceValue, start: date, end: date
) -> Iterator[Finding]:
    reported = set()
    for member in dated:
        when, published = member.claim.when, member.article.published
        if not (when and when.start and when.end and answers(member.claim, reference)):
            continue
        if published and not start - timedelta(days=_ONE_DAY) <= published <= end + timedelta(
            days=_SAME_EVENT
        ):
            continue
        off = max((when.start - end).days, (start - when.end).days)
        if off <= _ONE_DAY or member.article.key in reported:
            continue
        reported.add(member.article.key)
        relative = bool(_RELATIVE.search(when.text))
        on = f", published {day(published)}," if published and relative else ""
        means = f" ({when_in_words(when)})" if relative else ""
        yield Finding(
            check="stale_date",
            severity=Severity.MEDIUM,
            subject=subject(member.article.key, "reference", reference.key),
            summary=(
                f"{member.article.outlet}{on} dates {quoted(member.claim.quote)} {quoted(when.text)}{means}; "
                f"{reference.authority} has {days(start, end)}."
            ),
            claims=keys([member]),
            articles=article_keys([member]),
            evidence={
                "readings": [reading(member)],
                "reference": {
                    "key": reference.key,
                    "authority": reference.authority,
                    "title": reference.title,
                    "edition": reference.edition,
                    "start": start.isoformat(),
                    "end": end.isoformat(),
                },
                "days_off": off,
                "relative": relative,
            },
            clears=(
                f"It clears if the article means another event than {quoted(reference.title)}, or if it "
                "corrects the date."
            ),
            basis=(
                "a date as written, resolved against publication, holds none of the reference's days"
                if relative
                else "a date as written holds none of the reference's days"
            ),
        )


def _against_each_other(dated: list[PlacedClaim]) -> Iterator[Finding]:
    reported = set()
    for a, b in across_articles(dated):
        apart = gap(a.claim.when, b.claim.when)
        published = days_between(a.article.published, b.article.published)
        if apart is None or not _ONE_DAY < apart <= _SAME_EVENT or not same_scope(a, b):
            continue
        if published is None or published > _SAME_EVENT:
            continue
        pair = sorted((a, b), key=_days)
        place = subject(*map(_days, pair))
        if place in reported:
            continue
        reported.add(place)
        x, y = pair
        yield Finding(
            check="stale_date",
            severity=Severity.LOW,
            subject=place,
            summary=(
                f"{x.article.outlet} dates {quoted(x.claim.quote)} {_in_words(x)}, "
                f"{y.article.outlet} {_in_words(y)}."
            ),
            claims=keys(pair),
            articles=article_keys(pair),
            evidence={"readings": [reading(m) for m in pair], "days_off": apart},
            clears="It clears if the two mean different events, or if one corrects its date.",
            basis="the days the two dates can mean, resolved against publication, have none in common",
        )


def _days(member: PlacedClaim) -> str:
    when = member.claim.when
    return f"{when.start}/{when.end}" if when else ""


def _in_words(member: PlacedClaim) -> str:
    return when_in_words(member.claim.when) if member.claim.when else ""
