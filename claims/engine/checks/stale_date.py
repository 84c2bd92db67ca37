"""A relative date gone stale: it does not mean any more what it meant, or what an authority has.

A relative date ("earlier this month") goes stale when a text is copied or updated later: it is read as the
days it can mean on the day the article was published. It is held against the dated event of an authority, and
against the article it was copied from, where both have the sentence and the date in the same words: "earlier
this month", copied into the next month, means another month.

Example: an article of 2 June dates a launch "earlier this month"; the authority's record has 28 May, and so
had the article of 30 May that it copies.

What would clear it: the article being about another event of the same sort, or a correction of the date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from claims.engine import lexicons
from claims.engine.checks.comparing import across_articles
from claims.engine.checks.dates import ONE_DAY, copies, dated, is_relative
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
from claims.engine.linking import answers, gap
from claims.engine.records import Finding, Group, PlacedClaim, ReferenceValue, Severity, Status

_LISTS = lexicons.load("checking")["dates"]
#: A week, month or year beside publication. A copied "on Friday" is seldom stale: it is taken over within
#: days, and where not, one of the two articles bears a wrong date (six of six in 804 real articles).
_SINCE = re.compile(
    rf"\b(?:this|last|next|past|previous|coming)\s+(?:{'|'.join(_LISTS['stretches'])})\b", re.IGNORECASE
)
#: A news article speaks of an event of the last weeks; an older event of the same sort is another one (days).
_SAME_EVENT = 62


@check(id="stale_date", name="Stale date", over="group")
def stale_date(group: Group) -> Iterator[Finding]:
    happened = [m for m in group.members if _happened(m)]
    for reference in group.references:
        if reference.kind == "event" and reference.start:
            yield from _against_reference(
                happened, reference, reference.start, reference.end or reference.start
            )
    yield from _copied([m for m in group.members if dated(m)])


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
        if published and not start - timedelta(days=ONE_DAY) <= published <= end + timedelta(
            days=_SAME_EVENT
        ):
            continue
        off = max((when.start - end).days, (start - when.end).days)
        if off <= ONE_DAY or member.article.key in reported:
            continue
        reported.add(member.article.key)
        relative = is_relative(when)
        on = f", published {day(published)}," if published and relative else ""
        means = f" ({when_in_words(when)})" if relative else ""
        yield Finding(
            check="stale_date",
            severity=Severity.MEDIUM,
            subject=subject(member.article.key, "reference", reference.key),
            summary=(
                f"{member.article.outlet}{on} dates {quoted(member.claim.quote)} to "
                f"{quoted(when.text)}{means}; "
                f"{reference.authority} dates it to {days(start, end)}."
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


def _copied(members: Sequence[PlacedClaim]) -> Iterator[Finding]:
    """Relative dates copied into a later article in the same words, where they mean other days."""
    reported = set()
    for pair in across_articles([m for m in members if m.claim.when and _SINCE.search(m.claim.when.text)]):
        first, later = sorted(pair, key=lambda m: (m.article.published or date.max, m.key))
        published = first.article.published, later.article.published
        if not published[0] or not published[1] or (published[1] - published[0]).days > _SAME_EVENT:
            continue
        apart = gap(first.claim.when, later.claim.when)
        if apart is None or apart <= ONE_DAY or later.article.key in reported or not copies(first, later):
            continue
        reported.add(later.article.key)
        text = later.claim.when.text if later.claim.when else ""
        yield Finding(
            check="stale_date",
            severity=Severity.MEDIUM,
            subject=subject(later.article.key, "copied", text.casefold()),
            summary=(
                f"{later.article.outlet} repeats {quoted(text)} of {first.article.outlet} on "
                f"{day(published[1])}, when it means {_in_words(later)} and not {_in_words(first)} any more."
            ),
            claims=keys([later, first]),
            articles=article_keys([later, first]),
            evidence={"readings": [reading(later), reading(first)], "days_off": apart, "relative": True},
            clears="It clears if the article means another event than the one it was copied from.",
            basis="one sentence with a relative date in two articles, resolved against each publication",
        )


def _in_words(member: PlacedClaim) -> str:
    return when_in_words(member.claim.when) if member.claim.when else ""
