"""The index of passages: who has passages in common, and what an outlet prints under all its stories.

Only the articles as they stand are in it. Every look-up reads a bounded number of index entries per passage
of one article, however many articles are stored; nothing of it is kept in memory from one article to the
next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from django.db import connection

from claims import models
from claims.engine.origins import BOILERPLATE_DAYS

#: Articles with one passage that are looked at, on either side of the day in question. A text in more copies
#: is found by the nearest of them, a formula in more articles than that says nothing.
_NEAREST = 25
#: Entries of one passage in one outlet that are looked at to count its days. A passage in so many articles of
#: the outlet is boilerplate whatever their days.
_ENTRIES = 64


def keep(article: models.Article, prints: Collection[int], day: date | None) -> tuple[set[int], list[int]]:
    """Makes the index agree with the article's standing text; without ``prints`` the article leaves it.

    Returns what the article shares with its outlet's others (its boilerplate), and the ids of other articles
    of the outlet for which it changed what is boilerplate, in order: their links must be looked at again.
    There are few, for a passage becomes boilerplate while it stands in few articles.
    """
    before = dict(models.Passage.objects.filter(article=article).values_list("value", "day"))
    changed = set(before.keys() ^ set(prints))
    changed |= {value for value in before.keys() & set(prints) if before[value] != day}
    was = _printed_often({(article.outlet_id, value) for value in changed})
    if gone := changed & before.keys():
        models.Passage.objects.filter(article=article, value__in=gone).delete()
    models.Passage.objects.bulk_create(
        [
            models.Passage(article=article, value=value, outlet_id=article.outlet_id, day=day)
            for value in sorted(changed & set(prints))
        ],
        batch_size=1000,
    )
    often = {value for _, value in _printed_often({(article.outlet_id, v) for v in changed | set(prints)})}
    turned = {value for _, value in was} ^ (often & changed)
    return often & set(prints), _holders(article, turned)


def boilerplate(articles: Iterable[int]) -> dict[int, set[int]]:
    """Which passages of some articles are their outlets' boilerplate: printed on BOILERPLATE_DAYS days or
    more.

    Undated articles count a day each.
    """
    rows = models.Passage.objects.filter(article__in=list(articles)).values_list("article", "outlet", "value")
    printed = list(rows)
    often = _printed_often({(outlet, value) for _, outlet, value in printed})
    found: dict[int, set[int]] = defaultdict(set)
    for article, outlet, value in printed:
        if (outlet, value) in often:
            found[article].add(value)
    return found


def nearest(article: models.Article, prints: Collection[int], day: date | None, limit: int) -> list[int]:
    """Ids of other articles that share passages, those that share most first, at most ``limit``.

    Of those that share as much the nearest in time come first, the undated last.
    """
    # The undated, too, in the index's order, day first: by article alone all of them would be sorted.
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT other.article_id
            FROM unnest(%(prints)s::bigint[]) print(value)
            CROSS JOIN LATERAL (
                (SELECT p.article_id, p.day FROM claims_passage p
                 WHERE p.value = print.value AND p.day >= %(day)s
                 ORDER BY p.day, p.article_id LIMIT %(nearest)s)
                UNION ALL
                (SELECT p.article_id, p.day FROM claims_passage p
                 WHERE p.value = print.value AND p.day < %(day)s
                 ORDER BY p.day DESC, p.article_id DESC LIMIT %(nearest)s)
                UNION ALL
                (SELECT p.article_id, p.day FROM claims_passage p
                 WHERE p.value = print.value AND p.day IS NULL
                 ORDER BY p.day, p.article_id LIMIT %(nearest)s)
            ) other
            WHERE other.article_id <> %(article)s
            GROUP BY other.article_id
            ORDER BY count(*) DESC, min(abs(other.day - %(day)s::date)), other.article_id
            LIMIT %(limit)s
            """,
            {
                "prints": list(prints),
                "day": day or date.max,  # undated: the newest
                "article": article.pk,
                "nearest": _NEAREST,
                "limit": limit,
            },
        )
        return [row[0] for row in cursor.fetchall()]


def _printed_often(passages: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of the passages, each with its outlet, that the outlet has printed often."""
    if not passages:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT p.outlet, p.value
            FROM unnest(%(outlets)s::bigint[], %(values)s::bigint[]) p(outlet, value)
            CROSS JOIN LATERAL (
                SELECT count(*) AS entries, count(DISTINCT day) + count(*) FILTER (WHERE day IS NULL) AS days
                FROM (SELECT q.day FROM claims_passage q WHERE q.outlet_id = p.outlet AND q.value = p.value
                      ORDER BY q.day LIMIT %(entries)s) printed
            ) often
            WHERE often.days >= %(days)s OR often.entries >= %(entries)s
            """,
            {
                "outlets": [outlet for outlet, _ in passages],
                "values": [value for _, value in passages],
                "entries": _ENTRIES,
                "days": BOILERPLATE_DAYS,
            },
        )
        return set(cursor.fetchall())


def _holders(article: models.Article, values: Collection[int]) -> list[int]:
    """The outlet's other articles with one of the passages, at most so many of each."""
    if not values:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT holder.article_id
            FROM unnest(%(values)s::bigint[]) turned(value)
            CROSS JOIN LATERAL (
                SELECT q.article_id FROM claims_passage q
                WHERE q.outlet_id = %(outlet)s AND q.value = turned.value ORDER BY q.day LIMIT %(entries)s
            ) holder
            WHERE holder.article_id <> %(article)s
            ORDER BY holder.article_id
            """,
            {"values": list(values), "outlet": article.outlet_id, "article": article.pk, "entries": _ENTRIES},
        )
        return [row[0] for row in cursor.fetchall()]
