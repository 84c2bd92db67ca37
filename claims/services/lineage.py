"""A group's family tree from the store: its claims, who took their articles from whom, and every step."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection

from claims import models
from claims.engine import linking, records
from claims.engine.lineage import Step, lineage

from . import tracing
from .rows import article_without_text, claim_record, reference_value

#: Claims of a group that are read at most, the earliest, because their texts are read too; and where somebody
#: asks for all.
READ, READ_ALL = 120, 500
#: Origins whose articles are traced for one group at most.
_ORIGINS = 30
#: References that are asked whether they speak about the group at most, and of how many of its claims.
_REFERENCES, _ASKED = 400, 40
#: Claims whose strongest link within the group is below this hang on by little. A judgement: one in
#: twelve claims of a store of 10,000 articles lies below it.
WEAK = 0.7


@dataclass(frozen=True, slots=True)
class Family:
    """``rows`` by the keys the steps use; ``graphs`` by origin; ``cut`` if the group has more claims."""

    steps: tuple[Step, ...]
    rows: Mapping[str, models.Claim]
    placed: Mapping[str, records.PlacedClaim]
    graphs: Mapping[UUID, tracing.Graph]
    references: tuple[models.Reference, ...]
    cut: bool


def of(group: models.ClaimGroup, most: int = READ) -> Family:
    """The family tree of a group's standing claims, the earliest ``most`` of them. Four queries."""
    standing = models.Claim.objects.standing().filter(group=group)
    found = list(
        standing.select_related("revision__article__outlet", "part_of")
        .defer("revision__fingerprints", "revision__profile", "part_of__record")
        .in_reading_order()[: most + 1]
    )
    rows = {str(row.pk): row for row in found[:most]}
    refs = {row.revision_id: row.revision for row in rows.values()}
    # Without their profiles, which are long: they are asked for of the few pairs that are at odds, and then
    # worked out from the text.
    articles = {
        pk: replace(article_without_text(revision), body=revision.body) for pk, revision in refs.items()
    }
    placed = {
        key: records.PlacedClaim(key, claim_record(row), articles[row.revision_id])
        for key, row in rows.items()
    }
    origins = sorted({r.article.origin_id for r in refs.values() if r.article.origin_id}, key=str)
    graphs = tracing.graphs(origins[:_ORIGINS]) if origins else {}
    taken = {each.article: each for graph in graphs.values() for each in graph.taken}
    return Family(
        lineage(placed.values(), taken),
        rows,
        placed,
        graphs,
        _speaking([each.claim for each in placed.values()]),
        len(found) > most,
    )


def _speaking(claims: Sequence[records.Claim]) -> tuple[models.Reference, ...]:
    """The references that speak about some claims."""
    rows = models.Reference.objects.order_by("pk")[:_REFERENCES]
    asked = claims[:_ASKED]
    return tuple(row for row in rows if any(linking.answers(c, reference_value(row)) for c in asked))


@dataclass(frozen=True, slots=True)
class Nearby:
    """A group that may ask the same question: how many links lead there, and why in words."""

    group: models.ClaimGroup
    links: int
    score: float
    reasons: tuple[str, ...]


def nearby(group: models.ClaimGroup, most: int = 5) -> list[Nearby]:
    """The groups most strongly linked with a group, for merging. Two queries, by the index of links."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH mine AS (
                SELECT id FROM claims_claim
                WHERE group_id = %(group)s AND retired_at IS NULL ORDER BY id LIMIT %(read)s
            ), ties AS (
                SELECT l.second_id AS other, l.score, l.reasons
                FROM mine JOIN claims_claimlink l ON l.first_id = mine.id
                UNION ALL
                SELECT l.first_id, l.score, l.reasons
                FROM mine JOIN claims_claimlink l ON l.second_id = mine.id
            )
            SELECT c.group_id, count(*), max(t.score), (array_agg(t.reasons ORDER BY t.score DESC))[1]::text
            FROM ties t JOIN claims_claim c ON c.id = t.other
            WHERE c.group_id <> %(group)s AND c.retired_at IS NULL
            GROUP BY c.group_id ORDER BY sum(t.score) DESC, c.group_id LIMIT %(most)s
            """,
            {"group": group.pk, "read": READ, "most": most},
        )
        found = cursor.fetchall()
    known = models.ClaimGroup.objects.living().in_bulk([pk for pk, *_ in found])
    return [
        Nearby(known[pk], links, score, tuple(map(str, _listed(reasons))))
        for pk, links, score, reasons in found
        if pk in known
    ]


def _listed(reasons: str | None) -> list[object]:
    read = json.loads(reasons) if reasons else []
    return read if isinstance(read, list) else []
