"""From text to findings by the engine's own doors: one article with its earlier revision, or several."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from itertools import combinations

from claims.engine.checks import check_article, check_group
from claims.engine.extract import extract
from claims.engine.grouping import partition
from claims.engine.headlines import extract_headline
from claims.engine.linking import answers, compare, contradict, label
from claims.engine.records import ArticleHistory, ArticleRef, Finding, Group, PlacedClaim, ReferenceValue

DAY = date(2024, 3, 7)


def read(
    body: str, title: str = "", outlet: str = "The Courier", published: date | None = DAY
) -> tuple[ArticleRef, tuple[PlacedClaim, ...]]:
    """The article and its claims, by the engine's own doors."""
    article = ArticleRef("7", outlet, title, published, body=body)
    found = extract_headline(title, body, published=published)
    found += extract(body, published=published, title=title, outlet=outlet)
    return article, tuple(PlacedClaim(f"{c.headline}:{c.kind}:{c.span.start}", c, article) for c in found)


def history(
    body: str, title: str = "", before: str | None = None, published: date | None = DAY
) -> ArticleHistory:
    article, claims = read(body, title, published=published)
    if before is None:
        return ArticleHistory(article.key, article, claims)
    earlier, earlier_claims = read(before, title, published=published)
    renamed = tuple(PlacedClaim(f"before {c.key}", c.claim, c.article) for c in earlier_claims)
    return ArticleHistory(article.key, article, claims, earlier, renamed)


def found(check: str, body: str, title: str = "", before: str | None = None) -> list[Finding]:
    """What one check reports about an article: ``found("arithmetic", body)``."""
    return [f for f in check_article(history(body, title, before)) if f.check == check]


def told(outlet: str, published: str, body: str, origin: str | None = None) -> tuple[PlacedClaim, ...]:
    """The claims of an article of an outlet, keyed by it."""
    article, claims = read(body, "", outlet, date.fromisoformat(published))
    article = replace(article, key=outlet, origin=origin)
    return tuple(PlacedClaim(f"{outlet} {c.key}", c.claim, article) for c in claims)


def grouped(*articles: tuple[PlacedClaim, ...], references: tuple[ReferenceValue, ...] = ()) -> list[Group]:
    """The groups of all claims, each with its parts and the references that speak about it."""
    claims = {c.key: c for article in articles for c in article}
    links = {
        (a, b): link.score
        for a, b in combinations(sorted(claims), 2)
        if (link := compare(claims[a], claims[b])) is not None
    }
    parts = defaultdict(list)
    for c in claims.values():
        for whole in claims.values():
            if whole.article.key == c.article.key and c.claim.part_of == whole.claim.span and whole is not c:
                parts[whole.key].append(c)
    found = []
    for keys in partition(claims, links, lambda a, b: contradict(claims[a], claims[b])):
        members = [claims[key] for key in sorted(keys)]
        members.sort(key=lambda m: (m.article.published or date.min, m.article.outlet, m.claim.span))
        speaking = tuple(r for r in references if any(answers(m.claim, r) for m in members))
        stated = tuple(part for m in members for part in parts[m.key])
        found.append(Group(min(keys), label(tuple(members)), tuple(members), speaking, stated))
    return found


def between(
    check: str, *articles: tuple[PlacedClaim, ...], references: tuple[ReferenceValue, ...] = ()
) -> list[Finding]:
    """What one check reports about all groups of these articles."""
    groups = grouped(*articles, references=references)
    return [f for group in groups for f in check_group(group) if f.check == check]
