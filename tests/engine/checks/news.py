"""Short articles through the public door: text to claims, claims to groups, groups to findings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from claims.engine.checks import check_group
from claims.engine.extract import extract
from claims.engine.linking import compare
from claims.engine.records import ArticleRef, Finding, Group, PlacedClaim

MONDAY, TUESDAY, NEXT_MONTH = date(2024, 6, 10), date(2024, 6, 11), date(2024, 7, 22)


@dataclass(frozen=True)
class Article:
    """What an outlet printed, and when."""

    outlet: str
    body: str
    published: date | None = MONDAY

    def claims(self) -> list[PlacedClaim]:
        ref = ArticleRef(f"a-{self.outlet}", self.outlet, "", self.published, body=self.body)
        found = extract(self.body, published=self.published, outlet=self.outlet)
        return [PlacedClaim(f"{ref.key}:{c.kind}:{c.span.start}:{c.span.end}", c, ref) for c in found]


def courier(body: str, published: date | None = MONDAY) -> Article:
    return Article("Courier", body, published)


def herald(body: str, published: date | None = MONDAY) -> Article:
    return Article("Herald", body, published)


def star(body: str, published: date | None = MONDAY) -> Article:
    return Article("Star", body, published)


def groups(*articles: Article) -> list[Group]:
    """The claims of all articles, those that answer one question together, with the parts stated of them."""
    claims = [c for article in articles for c in article.claims()]
    together = {c.key: {c.key} for c in claims}
    for a, b in combinations(claims, 2):
        if compare(a, b) and together[a.key] is not together[b.key]:
            joined = together[a.key] | together[b.key]
            together.update(dict.fromkeys(joined, joined))
    return [_group(claims, keys) for keys in {min(g): g for g in together.values()}.values()]


def _group(claims: Sequence[PlacedClaim], keys: set[str]) -> Group:
    members = tuple(c for c in claims if c.key in keys)
    totals = {(m.article.key, m.claim.span) for m in members}
    parts = tuple(c for c in claims if (c.article.key, c.claim.part_of) in totals)
    return Group(min(keys), "a question", members, parts=parts)


def findings(*articles: Article) -> list[Finding]:
    """Everything the checks over groups report, the same in whatever order the articles come."""
    found = [f for group in groups(*articles) for f in check_group(group)]
    turned = [f for group in groups(*reversed(articles)) for f in check_group(group)]
    assert sorted(map(repr, found)) == sorted(map(repr, turned))
    return found


def found(check: str, *articles: Article) -> list[Finding]:
    return [f for f in findings(*articles) if f.check == check]
