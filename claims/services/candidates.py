"""Which stored claims are worth comparing with those of a new article: an index says, never a look at all."""

from __future__ import annotations

from django.db import connection

from claims import models

#: Claims compared with a new one at most; the index gives the likeliest first.
CANDIDATES = 200


def candidate_pairs(revision: models.Revision, mine: list[int]) -> list[tuple[int, int]]:
    """Pairs of a claim of the revision and a standing one that share a link key, each pair once.

    A GIN index on ``link_keys`` finds them; those that share most keys and were published nearest come first,
    so the cost of an article does not grow with the store.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT mine.id, other.id
            FROM claims_claim mine
            CROSS JOIN LATERAL (
                SELECT c.id
                FROM claims_claim c
                JOIN claims_revision r ON r.id = c.revision_id
                WHERE c.link_keys && mine.link_keys AND c.id <> mine.id AND c.retired_at IS NULL
                  AND r.is_current AND (c.group_id IS NOT NULL OR r.id = %(revision)s)
                ORDER BY (SELECT count(*) FROM unnest(c.link_keys) k WHERE k = ANY (mine.link_keys)) DESC,
                         abs(r.published - %(published)s::date) NULLS LAST, c.id
                LIMIT %(limit)s
            ) other
            WHERE mine.id = ANY (%(mine)s)
            """,
            {
                "revision": revision.pk,
                "published": revision.published,
                "mine": mine,
                "limit": CANDIDATES,
            },
        )
        return sorted({(min(pair), max(pair)) for pair in cursor.fetchall()})
