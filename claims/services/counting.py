"""What is said of a group as a whole, kept with its row: how many claims, outlets and origins, which values.

A list of groups that are ordered by these cannot count them while it is read: of 100,000 claims every page
would count all. So they are columns, brought up to date in the transaction that changes a group's claims or
their origins. Everything that does so either groups claims (``grouping.settle``), links an article
(``linking``: claims that stand no more, origins that changed) or withdraws one; those three call this.
Between an article's new revision and its linking, some seconds, the columns still tell of the old one.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

_REFRESH = """
WITH held AS (
    SELECT id, kind, unit FROM claims_claimgroup WHERE id = ANY(%(groups)s) ORDER BY id FOR NO KEY UPDATE
), said AS (
    SELECT c.group_id, c.revision_id, r.article_id, a.outlet_id, r.published,
           coalesce(a.origin_id::text, a.outlet_id::text) AS source,
           CASE WHEN held.kind = 'count' OR c.unit = held.unit THEN c.value END AS value,
           CASE WHEN held.kind = 'count' OR c.unit = held.unit THEN c.bounds END AS bounds
    FROM held JOIN claims_claim c ON c.group_id = held.id
    JOIN claims_revision r ON r.id = c.revision_id JOIN claims_article a ON a.id = r.article_id
    WHERE c.retired_at IS NULL AND r.is_current
), usual AS (
    SELECT group_id, mode() WITHIN GROUP (ORDER BY bounds) AS bounds FROM said WHERE bounds IS NOT NULL
    GROUP BY group_id
), told AS (
    SELECT s.group_id, count(*) AS claims, count(DISTINCT article_id) AS articles,
           count(DISTINCT outlet_id) AS outlets,
           least(count(DISTINCT source), count(DISTINCT outlet_id)) AS origins,
           count(DISTINCT outlet_id) FILTER (WHERE NOT s.bounds && u.bounds) AS dissent,
           min(s.value) AS low, max(s.value) AS high, max(published) AS told_on,
           array_agg(DISTINCT outlet_id ORDER BY outlet_id) AS told_by
    FROM said s LEFT JOIN usual u ON u.group_id = s.group_id GROUP BY s.group_id
), about AS (
    SELECT s.group_id, array_agg(DISTINCT t ORDER BY t) AS topics
    FROM (SELECT DISTINCT group_id, revision_id FROM said) s
    JOIN claims_revision r ON r.id = s.revision_id, unnest(r.topics) AS t GROUP BY s.group_id
)
UPDATE claims_claimgroup g SET
    claim_count = coalesce(told.claims, 0), article_count = coalesce(told.articles, 0),
    outlet_count = coalesce(told.outlets, 0), origin_count = coalesce(told.origins, 0),
    dissent_count = coalesce(told.dissent, 0), low = told.low, high = told.high, told_on = told.told_on,
    told_by = coalesce(told.told_by, '{}'), topics = coalesce(about.topics, '{}')
FROM held LEFT JOIN told ON told.group_id = held.id LEFT JOIN about ON about.group_id = held.id
WHERE g.id = held.id AND (
    g.claim_count, g.article_count, g.outlet_count, g.origin_count, g.dissent_count, g.low, g.high, g.told_on,
    g.told_by, g.topics
) IS DISTINCT FROM (
    coalesce(told.claims, 0), coalesce(told.articles, 0), coalesce(told.outlets, 0),
    coalesce(told.origins, 0), coalesce(told.dissent, 0), told.low, told.high, told.told_on,
    coalesce(told.told_by, '{}'), coalesce(about.topics, '{}')
)
"""


def refresh(groups: Iterable[UUID]) -> None:
    """Brings what is kept of some groups up to date; the rest of their rows stays as it is.

    Locks them in the order of their ids, as grouping and checking do.
    """
    if keys := sorted(set(groups)):
        with connection.cursor() as cursor:
            cursor.execute(_REFRESH, {"groups": keys})
