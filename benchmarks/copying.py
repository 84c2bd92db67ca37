"""Multiplies what is stored, in the database: rows of read articles again, as articles of other months.

Reading takes most of filling; an index does not care who wrote its rows. A copy has ids, addresses and text
hashes of its own and stands a number of months later: 23 copies fill eight years, so that a day has more
articles (seven times as many) and a year as well. What a copy keeps are its words: keys of stories and claims
become as much more frequent as in a store that grows in time. Three things are not kept, or everything would
be a copy of everything: hashes of passages are others in each copy; stories of which a late telling is
measured are not copied at all, or it would be told twenty times; and groups, links and origins are copied as
they are within one copy. Only large groups take their copies in: standing figures, which every year is told.

What this makes too easy or too hard: texts of different copies are the same, so new articles meet claims of
fewer different stories than in a real store; names of persons and towns come back every few months.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import count, islice
from typing import Any

from django.db import connection, transaction

#: A copy is so many months later than what it copies: 7 and 48 share no divisor, so none are the same.
_MONTHS, _SPAN = 7, 48
#: A story is told by nine outlets at most: groups told by more are standing figures.
_STANDING = 12
#: Ids of copies: beyond those of what is copied, in steps.
_STEP = 10_000_000

_LATER = f"make_interval(months => {_MONTHS} * c.copy % {_SPAN})"
_ID = f"+ {_STEP}::bigint * c.copy"
_DAY = f"""CASE WHEN t.day = 0 THEN 0 ELSE
    (date '0001-01-01' + t.day - 1 + {_LATER})::date - date '0001-01-01' + 1 END"""
_GROUP = "CASE WHEN g.large THEN t.group_id ELSE md5(t.group_id::text || c.copy)::uuid END"
_ORIGIN = "md5(t.origin_id::text || c.copy)::uuid"
_HASH = "encode(sha256(convert_to(t.{} || c.copy, 'UTF8')), 'hex')"
#: A copy's passages are those of its original, xor its number times this.
_MIX = 2_654_435_761 << 20

#: Table by table: what a copy has of its own, and how its rows are found from the article's.
_TABLES: dict[str, tuple[dict[str, str], str]] = {
    "claims_article": (
        {"id": f"t.id {_ID}", "address": "t.address || '-' || c.copy", "origin_id": _ORIGIN},
        "JOIN claims_article t ON t.id = c.article",
    ),
    "claims_revision": (
        {
            "id": f"t.id {_ID}",
            "article_id": f"t.article_id {_ID}",
            "body_hash": _HASH.format("body_hash"),
            "published": f"(t.published + {_LATER})::date",
            "fingerprints": "ARRAY(SELECT x # c.mask FROM unnest(t.fingerprints) x)",
        },
        "JOIN claims_revision t ON t.article_id = c.article",
    ),
    "claims_document": (
        {
            "id": "md5(t.id::text || c.copy)::uuid",
            "content_hash": _HASH.format("content_hash"),
            "url": "t.url || '-' || c.copy",
            "revision_id": f"t.revision_id {_ID}",
        },
        "JOIN claims_revision r ON r.article_id = c.article JOIN claims_document t ON t.revision_id = r.id",
    ),
    "claims_passage": (
        {
            "article_id": f"t.article_id {_ID}",
            "value": "t.value # c.mask",
            "day": f"(t.day + {_LATER})::date",
        },
        "JOIN claims_passage t ON t.article_id = c.article",
    ),
    "claims_storykey": (
        {"day": _DAY, "tie": "t.tie # c.copy", "revision_id": f"t.revision_id {_ID}"},
        "JOIN claims_revision r ON r.article_id = c.article JOIN claims_storykey t ON t.revision_id = r.id",
    ),
    "claims_claim": (
        {
            "id": f"t.id {_ID}",
            "revision_id": f"t.revision_id {_ID}",
            "part_of_id": f"t.part_of_id {_ID}",
            "when_start": f"(t.when_start + {_LATER})::date",
            "when_end": f"(t.when_end + {_LATER})::date",
            "group_id": _GROUP,
        },
        """JOIN claims_revision r ON r.article_id = c.article JOIN claims_claim t ON t.revision_id = r.id
        LEFT JOIN sized g ON g.id = t.group_id""",
    ),
    "claims_claimkey": (
        {"day": _DAY, "tie": "t.tie # c.copy", "claim_id": f"t.claim_id {_ID}"},
        """JOIN claims_revision r ON r.article_id = c.article JOIN claims_claim x ON x.revision_id = r.id
        JOIN claims_claimkey t ON t.claim_id = x.id""",
    ),
    "claims_claimlink": (
        {"id": f"t.id {_ID}", "first_id": f"t.first_id {_ID}", "second_id": f"t.second_id {_ID}"},
        """JOIN claims_revision r ON r.article_id = c.article JOIN claims_claim x ON x.revision_id = r.id
        JOIN claims_claimlink t ON t.first_id = x.id JOIN claims_claim y ON y.id = t.second_id
        JOIN claims_revision s ON s.id = y.revision_id
        JOIN copied d ON d.article = s.article_id AND d.copy = c.copy""",
    ),
    "claims_claimgroup": (
        {"id": "md5(t.id::text || c.copy)::uuid"},
        "JOIN sized g ON NOT g.large AND c.nth = 1 JOIN claims_claimgroup t ON t.id = g.id",
    ),
    "claims_origin": (
        {"id": "md5(t.id::text || c.copy)::uuid"},
        "JOIN origins o ON c.nth = 1 JOIN claims_origin t ON t.id = o.id",
    ),
    "claims_originlink": (
        {"id": f"t.id {_ID}", "first_id": f"t.first_id {_ID}", "second_id": f"t.second_id {_ID}"},
        """JOIN claims_revision r ON r.article_id = c.article JOIN claims_originlink t ON t.first_id = r.id
        JOIN claims_revision s ON s.id = t.second_id
        JOIN copied d ON d.article = s.article_id AND d.copy = c.copy""",
    ),
}


class Copies:
    """Copies of what is stored when this is made, but of the articles ``but``."""

    def __init__(self, but: Collection[int]) -> None:
        from claims.models import Article

        originals = Article.objects.exclude(pk__in=but).order_by("pk").values_list("pk", flat=True)
        self._originals = list(originals)
        self._wanted = self._pairs()
        self._made: set[int] = set()

    def _pairs(self) -> Iterator[tuple[int, int]]:
        return ((copy, article) for copy in count(1) for article in self._originals)

    def add(self, articles: int) -> int:
        """Stores so many more articles; returns the number of copies begun so far."""
        pairs = list(islice(self._wanted, articles))
        fresh = {copy for copy, _ in pairs} - self._made
        with transaction.atomic(), connection.cursor() as cursor:
            # What is copied is whole, so its keys need not be looked up one by one.
            cursor.execute("SET LOCAL session_replication_role = replica")
            self._prepare(cursor, pairs, fresh)
            for table, (own, rows) in _TABLES.items():
                cursor.execute(_copy(cursor, table, own, rows))
            for name in ("copied", "sized", "origins"):
                cursor.execute(f"DROP TABLE {name}")
        self._made |= fresh
        self._beyond()
        return len(self._made)

    def _prepare(self, cursor: Any, pairs: list[tuple[int, int]], fresh: set[int]) -> None:
        cursor.execute("CREATE TEMP TABLE copied (copy int, article bigint, mask bigint, nth int)")
        first: set[int] = set()
        with cursor.copy("COPY copied FROM STDIN") as rows:
            for copy, article in pairs:
                is_first = copy in fresh and copy not in first
                first.add(copy)
                rows.write_row((copy, article, copy * _MIX, int(is_first)))
        cursor.execute(
            """
            CREATE TEMP TABLE sized AS
                SELECT x.group_id AS id, count(DISTINCT r.article_id) >= %s AS large
                FROM claims_claim x JOIN claims_revision r ON r.id = x.revision_id
                WHERE r.article_id = ANY(%s) AND x.group_id IS NOT NULL GROUP BY 1
            """,
            [_STANDING, self._originals],
        )
        cursor.execute(
            "CREATE TEMP TABLE origins AS SELECT DISTINCT origin_id AS id FROM claims_article "
            "WHERE id = ANY(%s) AND origin_id IS NOT NULL",
            [self._originals],
        )
        for table in ("copied", "sized", "origins"):
            cursor.execute(f"ANALYZE {table}")

    def _beyond(self) -> None:
        """New rows get ids that no copy has or will have."""
        with connection.cursor() as cursor:
            for table, (own, _) in _TABLES.items():
                if own.get("id", "").endswith(_ID):
                    cursor.execute(
                        f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {_STEP * 1000}::bigint)"
                    )


def _copy(cursor: Any, table: str, own: dict[str, str], rows: str) -> str:
    """The statement that copies a table's rows; columns without an own value are taken over."""
    described = connection.introspection.get_table_description(cursor, table)
    names = [column.name for column in described]
    values = [own.get(name, f't."{name}"') for name in names]
    columns = ", ".join(f'"{name}"' for name in names)
    return f"INSERT INTO {table} ({columns}) SELECT {', '.join(values)} FROM copied c {rows}"
