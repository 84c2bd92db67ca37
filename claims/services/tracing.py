"""Who took a text from whom in a stored origin, and which independent origins stand behind a group."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import F, Q

from claims import models
from claims.engine import records
from claims.engine.taking import who_took

from .checking import origin_link
from .rows import article_ref, with_article

#: Articles of one origin that are traced at most, the earliest: of a story that half the press prints there
#: are thousands, and all their texts would have to be read.
TRACED = 200


@dataclass(frozen=True, slots=True)
class Graph:
    """The articles of an origin, who took the text from whom, and the links that show it."""

    articles: tuple[records.ArticleRef, ...]
    taken: tuple[records.Taken, ...]
    links: tuple[tuple[str, str, records.OriginLink], ...]
    is_cut: bool  # whether there are more articles than are traced


def graph(origin: models.Origin) -> Graph:
    """The graph of an origin as it stands now: the same store, the same graph. Five queries at most."""
    rows = with_article(models.Revision.objects.current().filter(article__origin=origin))
    revisions = list(rows.order_by(F("published").asc(nulls_last=True), "article")[: TRACED + 1])
    shown = {revision.pk: article_ref(revision) for revision in revisions[:TRACED]}
    stored = models.OriginLink.objects.filter(first__in=shown, second__in=shown).order_by("first", "second")
    links = tuple((shown[row.first_id].key, shown[row.second_id].key, origin_link(row)) for row in stored)
    articles = tuple(shown.values())
    return Graph(articles, who_took(articles, links), links, len(revisions) > TRACED)


@dataclass(frozen=True, slots=True)
class Independent:
    """One of the independent origins behind some claims: an Origin's id, or None for an outlet's own text."""

    id: str | None
    outlets: tuple[str, ...]
    articles: tuple[int, ...]


def independent_origins(group: models.ClaimGroup) -> list[Independent]:
    """The origins behind a group's standing claims, those of most outlets first.

    An outlet whose claims stand both in a shared text and in one of its own is named under both;
    ``origin_count`` is bounded by the outlets, so there it may be smaller than this list is long.
    """
    told = (
        models.Claim.objects.standing()
        .filter(Q(group=group))
        .values_list("revision__article", "revision__article__origin", "revision__article__outlet__name")
        .distinct()
    )
    found: dict[tuple[str | None, str], list[tuple[int, str]]] = defaultdict(list)
    for article, origin, outlet in told:
        key = (str(origin), "") if origin else (None, outlet)
        found[key].append((article, outlet))
    rows = [
        Independent(id, tuple(sorted({name for _, name in each})), tuple(sorted(pk for pk, _ in each)))
        for (id, _), each in found.items()
    ]
    return sorted(rows, key=lambda row: (-len(row.outlets), row.outlets, row.id or ""))
