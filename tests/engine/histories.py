"""An article with its claims, and the one it was before, as the checks over one article see them."""

from __future__ import annotations

from datetime import date

from claims.engine.checks import check_article
from claims.engine.extract import extract
from claims.engine.headlines import extract_headline
from claims.engine.records import ArticleHistory, ArticleRef, Finding, PlacedClaim

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
