"""How many independent origins stand behind a claim: outlets that share an origin count once, everywhere.

The one place of the engine that counts them; what the database counts (models/origin.py) is the same number.
"""

from __future__ import annotations

from collections.abc import Iterable

from claims.engine.records import ArticleRef


def independent(articles: Iterable[ArticleRef]) -> int:
    """The number of independent origins among the articles that tell something.

    Articles of one origin are one; an article of no known origin is its outlet's own. An outlet is never more
    than one, for all it has copied from several sides.
    """
    told = list(articles)
    outlets = {article.outlet for article in told}
    return min(
        len(outlets), len({(article.origin is None, article.origin or article.outlet) for article in told})
    )


def in_words(articles: Iterable[ArticleRef]) -> str:
    """The number as a sentence gives it: "14 outlets, 2 independent origins"; without the origins if all
    are."""
    told = list(articles)
    outlets, origins = len({article.outlet for article in told}), independent(told)
    return counted_outlets(outlets) if origins == outlets else counted(outlets, origins)


def counted(outlets: int, origins: int) -> str:
    """Both numbers with their nouns: "14 outlets, 2 independent origins"; of one outlet there is one
    origin."""
    if outlets == 1:
        return counted_outlets(1)
    return f"{counted_outlets(outlets)}, {counted_origins(origins)}"


def counted_outlets(number: int) -> str:
    return f"{number:,} {'outlet' if number == 1 else 'outlets'}"


def counted_origins(number: int) -> str:
    """The number with its noun: "1 independent origin"."""
    return f"{number:,} independent {'origin' if number == 1 else 'origins'}"
