"""Who took a text from whom in a stored origin, and which independent origins stand behind a group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import Case, F, Q, When

from claims import models
from claims.engine import records
from claims.engine.taking import who_took

from .checking import origin_link
from .rows import article_without_text, with_article

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
    """The graph of an origin as it stands now: the same store, the same graph. Two queries."""
    return graphs([origin.pk]).get(origin.pk, Graph((), (), (), False))


def graphs(origins: Sequence[UUID]) -> dict[UUID, Graph]:
    """The graphs of some origins, in the order given, as far as they have TRACED articles together.

    The first is cut to so many if it has more. Origins without articles are left out. Two queries.
    """
    current = with_article(models.Revision.objects.current().filter(article__origin__in=origins))
    current = current.defer("fingerprints", "profile")  # who took it from whom is told by text and day
    in_turn = Case(*(When(article__origin=each, then=place) for place, each in enumerate(origins)), default=0)
    rows = list(current.order_by(in_turn, F("published").asc(nulls_last=True), "article")[: TRACED + 1])
    over = len(rows) > TRACED
    articles: dict[UUID, dict[int, records.ArticleRef]] = defaultdict(dict)
    for revision in rows[:TRACED]:
        articles[revision.article.origin_id][revision.pk] = replace(
            article_without_text(revision), body=revision.body
        )
    cut = over and len(articles) == 1
    if over and not cut:  # of the last there may be more
        articles.pop(rows[TRACED - 1].article.origin_id)
    shown = {pk: origin for origin, each in articles.items() for pk in each}
    stored = models.OriginLink.objects.filter(first__in=shown, second__in=shown).order_by("first", "second")
    links: dict[UUID, list[tuple[str, str, records.OriginLink]]] = defaultdict(list)
    for row in stored:
        told = articles[shown[row.first_id]]
        if row.second_id in told:
            links[shown[row.first_id]].append(
                (told[row.first_id].key, told[row.second_id].key, origin_link(row))
            )
    found = {}
    for origin, each in articles.items():
        refs, between = tuple(each.values()), tuple(links[origin])
        found[origin] = Graph(refs, who_took(refs, between), between, cut)
    return found


@dataclass(frozen=True, slots=True)
class Independent:
    """One of the independent origins behind some claims: an Origin's id, or None for an outlet's own text."""

    id: UUID | None
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
    found: dict[tuple[UUID | None, str], list[tuple[int, str]]] = defaultdict(list)
    for article, origin, outlet in told:
        key = (origin, "") if origin else (None, outlet)
        found[key].append((article, outlet))
    rows = [
        Independent(id, tuple(sorted({name for _, name in each})), tuple(sorted(pk for pk, _ in each)))
        for (id, _), each in found.items()
    ]
    return sorted(rows, key=lambda row: (-len(row.outlets), row.outlets, str(row.id or "")))
