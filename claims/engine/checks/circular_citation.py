"""Outlets credit each other for one claim, so that nothing but they themselves stands behind it.

One outlet gives a figure by another's report, and that one gives it by the first's: each confirms the other,
or a longer ring does. The same holds where an outlet credits a second for what that one took from the first's
own earlier text. Only credits for the claim itself count ("according to the Courier"), with figures that
agree, within two weeks; to be told something in an interview is no citation.

Example: the Courier writes "40 launchers, the Herald reported", the Herald "40 launchers, according to the
Courier".

What would clear it: a source outside the ring, named by one of them, or a corrected credit.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping
from datetime import date

from claims.engine.checks.comparing import SAME_NEWS, disjoint
from claims.engine.checks.evidence import article_keys, keys, quoted, reading, subject
from claims.engine.checks.registry import check
from claims.engine.citing import name_key
from claims.engine.linking import days_between
from claims.engine.records import Finding, Group, PlacedClaim, Severity
from claims.engine.wording import listed

#: Outlet, by its key, and the outlets it credits for the claim, each with the claim that does.
_Credits = Mapping[str, Mapping[str, PlacedClaim]]


@check(id="circular_citation", name="Circular citation", over="group")
def circular_citation(group: Group) -> Iterator[Finding]:
    credits = _credits(group)
    seen: set[frozenset[str]] = set()
    for start in sorted(credits):
        ring = _ring(credits, start)
        if ring and frozenset(ring) not in seen and _one_news([credits[a][b] for a, b in _pairs(ring)]):
            seen.add(frozenset(ring))
            yield _finding([credits[a][b] for a, b in _pairs(ring)], _who_credits_whom(credits, ring))
    for first, copy, citing in _confirmed_by_a_copy(group, credits):
        outlets = (name_key(citing.article.outlet), name_key(copy.article.outlet))
        if frozenset(outlets) not in seen:
            seen.add(frozenset(outlets))
            yield _finding(
                [citing, copy, first],
                f"{citing.article.outlet} credits {copy.article.outlet} for {quoted(citing.claim.quote)}, "
                f"whose text shares its origin with what {first.article.outlet} had published before",
            )


def _credits(group: Group) -> _Credits:
    """Who credits whom of the group's outlets for the claim, by outlet; the first claim of each that does."""
    outlets = {name_key(m.article.outlet) for m in group.members}
    found: dict[str, dict[str, PlacedClaim]] = defaultdict(dict)
    for member in group.members:
        own = name_key(member.article.outlet)
        named = member.claim.attribution
        for name in (named.source, named.document, named.source_text):
            key = name_key(name) if name else ""
            if key in outlets and key != own:
                found[own].setdefault(key, member)
    return found


def _ring(credits: _Credits, start: str) -> list[str]:
    """The shortest way from an outlet over credits back to it, the alphabet deciding; empty if there is
    none."""
    came: dict[str, str] = {}
    waiting = deque([start])
    while waiting:
        at = waiting.popleft()
        for to in sorted(credits.get(at, {})):
            if to == start:
                way = [at]
                while way[-1] != start:
                    way.append(came[way[-1]])
                return way[::-1]
            if to not in came:
                came[to] = at
                waiting.append(to)
    return []


def _pairs(ring: list[str]) -> list[tuple[str, str]]:
    return list(zip(ring, [*ring[1:], ring[0]], strict=True))


def _who_credits_whom(credits: _Credits, ring: list[str]) -> str:
    claims = [credits[a][b] for a, b in _pairs(ring)]
    names = [claim.article.outlet for claim in claims]
    said = [f"{a} credits {b}" for a, b in zip(names, [*names[1:], names[0]], strict=True)]
    return f"For {quoted(claims[0].claim.quote)} {listed(said)}"


def _one_news(claims: list[PlacedClaim]) -> bool:
    """Whether the claims can be one piece of news going round: figures that agree, published near each
    other."""
    first = claims[0]
    return all(
        not disjoint(first.claim, other.claim)
        and (days_between(first.article.published, other.article.published) or 0) <= SAME_NEWS
        for other in claims[1:]
    )


def _confirmed_by_a_copy(
    group: Group, credits: _Credits
) -> Iterator[tuple[PlacedClaim, PlacedClaim, PlacedClaim]]:
    """An outlet's own text, a later one of the same origin elsewhere, and the claim that credits the
    latter."""
    dated = sorted(
        ((m.article.published, m) for m in group.members if m.article.origin and m.article.published),
        key=lambda row: (row[0], row[1].article.key, row[1].key),
    )
    first_of: dict[tuple[str, str | None], tuple[date, PlacedClaim]] = {}
    texts: dict[str, list[tuple[date, PlacedClaim]]] = defaultdict(list)
    for day, member in dated:
        outlet = name_key(member.article.outlet)
        first_of.setdefault((outlet, member.article.origin), (day, member))
        texts[outlet].append((day, member))
    for own in sorted(credits):
        for other, citing in sorted(credits[own].items()):
            for day, copy in texts[other]:
                before = first_of.get((own, copy.article.origin))
                if before is None or copy.article.origin == citing.article.origin:
                    continue
                since = citing.article.published
                in_order = before[0] < day and (since is None or day <= since)
                if in_order and _one_news([before[1], copy, citing]):
                    yield before[1], copy, citing
                    break


def _finding(claims: list[PlacedClaim], said: str) -> Finding:
    return Finding(
        check="circular_citation",
        severity=Severity.MEDIUM,
        subject=subject(*sorted({name_key(m.article.outlet) for m in claims})),
        summary=f"{said}: they confirm each other, and no source outside stands behind it.",
        claims=keys(claims),
        articles=article_keys(claims),
        evidence={"readings": [reading(m) for m in claims]},
        clears="It clears if one of them names a source of its own, or credits another than it meant.",
        basis="credits for claims of one question, with figures that agree, lead back to where they began",
    )
