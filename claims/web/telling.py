"""Who took a text from whom, line by line, for the pages."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from claims.engine.records import ArticleRef, Taken
from claims.models import ClaimGroup
from claims.services import tracing

from . import wording

#: Origins of one group that are named.
SHOWN_ORIGINS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One article of an origin, and from whom it most likely has its text, in words."""

    article: ArticleRef
    source: ArticleRef | None
    taken: Taken
    words: str


def lines(graph: tracing.Graph, among: Collection[int] | None = None) -> list[Line]:
    """A line for each article of the graph, or for those ``among`` them (by id), the earliest first."""
    known = {article.key: article for article in graph.articles}
    found = []
    for taken in graph.taken:
        article, source = known[taken.article], known.get(taken.source or "")
        if among is None or int(article.key) in among:
            words = wording.has_it_from(taken, article.outlet, source.outlet if source else None)
            found.append(Line(article, source, taken, words))
    return found


@dataclass(frozen=True, slots=True)
class Behind:
    """One of the independent origins behind a group, with the lines of the group's articles."""

    origin: tracing.Independent
    lines: list[Line]


def behind(group: ClaimGroup) -> tuple[list[Behind], int]:
    """The origins behind a group's claims, those of most outlets first, and how many more there are."""
    origins = tracing.independent_origins(group)
    shown = origins[:SHOWN_ORIGINS]
    graphs = tracing.graphs([each.id for each in shown if each.id])
    found = [
        Behind(each, lines(graphs[each.id], each.articles) if each.id in graphs else []) for each in shown
    ]
    return found, len(origins) - len(shown)
