"""What an article costs as the store grows: linking and checking at 1,000, 10,000 and 100,000 articles.

    python benchmarks/growth.py [--sizes 1000 10000 100000] [--read 5000] [--new 150] [--seed 1]
        [--processes 2] [--plans]

Starts a PostgreSQL of its own and fills it with made-up articles: so many are read by the engine (filling.py
says how), the rest are copies that the database makes of them (copying.py says what that leaves out). At each
size the same new articles go through the real pipeline, in a throw-away copy of the database: half are late
tellings of stories that are stored, half tell new ones. A fresh process measures, so that its memory is a
worker's. What counts is the ratio to the first size in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.copying import Copies
from benchmarks.servers import Servers, say

#: Stories from here on are never stored by filling.
_NEW_STORIES = 10_000_000
_SHOWN_PLANS = 8


class Watch:
    """Counts the queries of a connection and keeps the time each sort of them took."""

    def __init__(self) -> None:
        self.number = 0
        self.seconds: dict[str, float] = defaultdict(float)
        self.example: dict[str, tuple[float, str, Any]] = {}

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        started = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            took = time.perf_counter() - started
            self.number += 1
            sort = _sort(sql)
            self.seconds[sort] += took
            if sort not in self.example or took > self.example[sort][0]:
                self.example[sort] = (took, sql, params)


def _sort(sql: str) -> str:
    """A query without its parameters' number: "IN (%s, %s)" is one sort."""
    return re.sub(r"(?:%s, )+%s", "%s", " ".join(sql.split()))


def measure(new: int, seed: int, plans: bool) -> dict[str, Any]:
    """Sends new articles through the pipeline."""
    from django.db import connection

    from benchmarks.stories import story
    from claims.models import Document
    from claims.services import ingestion, pipeline

    late = [story(serial, seed).articles[-1] for serial in late_stories(new)]
    fresh: list[Any] = []
    serial = _NEW_STORIES
    while len(fresh) < new - len(late):
        fresh += story(serial, seed).articles
        serial += 1
    given = late + fresh[: new - len(late)]
    warm = story(_NEW_STORIES - 1, seed).articles[:3]
    stored = Document.objects.count()
    seconds: dict[str, list[float]] = defaultdict(list)
    processor: dict[str, list[float]] = defaultdict(list)
    queries: dict[str, list[int]] = defaultdict(list)
    watch = Watch()
    with quiet():
        for document in (*warm, *given):
            is_warm = any(document is x for x in warm)
            accepted = ingestion.accept(document, source="file").document
            for name in ("parsed", "extracted", "linked", "checked"):
                counted = Watch() if is_warm else watch
                before, started, busy = counted.number, time.perf_counter(), time.process_time()
                with connection.execute_wrapper(counted):
                    state = pipeline.advance(accepted.pk)
                if state != name:
                    raise SystemExit(Document.objects.get(pk=accepted.pk).error_detail)
                if not is_warm:
                    seconds[name].append(time.perf_counter() - started)
                    processor[name].append(time.process_time() - busy)
                    queries[name].append(counted.number - before)
                else:
                    _reset_rows()
    rows = _rows_examined(len(given))
    return {
        "articles": stored,
        "seconds": {name: figures(each) for name, each in seconds.items()},
        "processor": {name: figures(each) for name, each in processor.items()},
        "queries": {name: statistics.median(each) for name, each in queries.items()},
        "rows": rows,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "sizes": _sizes(),
        "slowest": slowest(watch, len(given), plans),
    }


def figures(seconds: list[float]) -> dict[str, float]:
    ordered = sorted(seconds)
    return {
        "median": round(statistics.median(ordered) * 1000, 1),
        "p95": round(ordered[int(len(ordered) * 0.95)] * 1000, 1),
        "mean": round(statistics.mean(ordered) * 1000, 1),
    }


@contextmanager
def quiet() -> Iterator[None]:
    """Without a broker: hints go nowhere, the pipeline is driven by hand."""
    from claims.services import hints

    sent = hints.send
    hints.send = lambda keys: None  # type: ignore[assignment]
    try:
        yield
    finally:
        hints.send = sent


def _reset_rows() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_reset()")


def _rows_examined(articles: int) -> dict[str, dict[str, float]]:
    """Rows of each table that were read for one article: by whole scans, by index, from indexes alone."""
    from django.db import connection

    connection.close()  # a session hands in its counts when it ends
    time.sleep(1)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT t.relname, t.seq_scan, t.seq_tup_read, coalesce(t.idx_tup_fetch, 0),
                (SELECT coalesce(sum(i.idx_tup_read), 0) FROM pg_stat_user_indexes i WHERE i.relid = t.relid)
            FROM pg_stat_user_tables t WHERE t.seq_tup_read + coalesce(t.idx_tup_fetch, 0) > 0
            ORDER BY 3 + 4 + 5 DESC
            """
        )
        return {
            name: {
                "whole scans": round(scans / articles, 2),
                "rows by whole scans": round(whole / articles, 1),
                "rows by index": round(float(fetched) / articles, 1),
                "index entries": round(float(entries) / articles, 1),
            }
            for name, scans, whole, fetched, entries in cursor.fetchall()
        }


def _sizes() -> dict[str, dict[str, float]]:
    """Megabytes of the largest tables and of each of their indexes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT relname, pg_table_size(relid) / 1e6::float, pg_indexes_size(relid) / 1e6::float, n_live_tup
            FROM pg_stat_user_tables ORDER BY pg_total_relation_size(relid) DESC LIMIT 9
            """
        )
        return {
            name: {"table": round(table, 1), "indexes": round(indexes, 1), "rows": rows}
            for name, table, indexes, rows in cursor.fetchall()
        }


def slowest(watch: Watch, articles: int, plans: bool) -> list[dict[str, Any]]:
    """The sorts of queries that took most time, milliseconds an article, and the plan of the slowest one."""
    from django.db import connection, transaction

    out = []
    ranked = sorted(watch.seconds, key=lambda sort: -watch.seconds[sort])[:_SHOWN_PLANS]
    for sort in ranked:
        entry: dict[str, Any] = {"ms": round(watch.seconds[sort] / articles * 1000, 2), "sql": sort[:300]}
        _, sql, params = watch.example[sort]
        if plans and sort.split()[0] in ("SELECT", "WITH", "UPDATE", "DELETE"):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("EXPLAIN (ANALYZE, BUFFERS, COSTS OFF) " + sql, params)
                entry["plan"] = [line[0] for line in cursor.fetchall()]
                transaction.set_rollback(True)
        out.append(entry)
    return out


def told(result: dict[str, Any], first: dict[str, Any]) -> None:
    """Prints one size."""
    say(f"\n{result['articles']:,} articles stored; worker {result['memory']} MB")
    for name, each in result["seconds"].items():
        ratio = each["median"] / first["seconds"][name]["median"]
        say(
            f"  {name:10} median {each['median']:7.1f} ms  p95 {each['p95']:7.1f}  mean {each['mean']:7.1f}"
            f"  worker's processor {result['processor'][name]['median']:6.1f}"
            f"  {result['queries'][name]:5.0f} queries  {ratio:5.2f} of the first size"
        )
    for title in ("rows", "sizes"):
        say(f"  {title}:")
        for name, numbers in list(result[title].items())[:9]:
            say(f"    {name:26} " + "  ".join(f"{key} {value:,}" for key, value in numbers.items()))
    say("  queries that take most time:")
    for entry in result["slowest"]:
        say(f"    {entry['ms']:7.2f} ms an article: {entry['sql']}")
        for line in entry.get("plan", ())[:40]:
            say("        " + line[:160])


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--read", type=int, default=5000, help="articles read by the engine, not copied")
    parser.add_argument("--new", type=int, default=150)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--plans", action="store_true", help="print the plans of the queries that take most")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        import django

        django.setup()
        print(json.dumps(measure(options.new, options.seed, options.plans)))
        return
    with Servers() as servers:
        from claims.models import Article

        store, first = Store(options.seed, options.read, options.processes, options.new), None
        for size in options.sizes:
            started = time.perf_counter()
            store.grow(size - Article.objects.count())
            say(f"{size} articles after {time.perf_counter() - started:.0f} s")
            asked = [sys.executable, __file__, "--measure", "--new", str(options.new)]
            asked += ["--seed", str(options.seed), *(["--plans"] if options.plans else [])]
            with throw_away() as name:
                url = re.sub(r"/[^/?]*(?=\?|$)", f"/{name}", servers.variables["DATABASE_URL"])
                environment = {**os.environ, **servers.variables, "DATABASE_URL": url}
                answer = subprocess.run(asked, check=True, stdout=subprocess.PIPE, env=environment, text=True)
            result = json.loads(answer.stdout.splitlines()[-1])
            first = first or result
            told(result, first)


class Store:
    """Made-up articles, read up to ``read`` of them, the rest copied."""

    def __init__(self, seed: int, read: int, processes: int, new: int) -> None:
        self._seed, self._read, self._processes, self._new = seed, read, processes, new
        self._serial = 0
        self._copies: Copies | None = None

    def grow(self, articles: int) -> None:
        from benchmarks.filling import analyze, fill
        from claims.models import Article

        if (missing := min(articles, self._read - Article.objects.count())) > 0:
            done, self._serial = fill(missing, self._seed, self._serial, self._processes)
            articles -= done
        if articles > 0:
            self._copies = self._copies or Copies(told_late(self._seed, self._new))
            self._copies.add(articles)
        from django.apps import apps

        analyze(model._meta.db_table for model in apps.get_app_config("claims").get_models())


def late_stories(new: int) -> range:
    """The stories of which a late telling is measured: the same at every size."""
    from benchmarks.filling import KEPT_BACK

    return range(0, new // 2 * KEPT_BACK, KEPT_BACK)


def told_late(seed: int, new: int) -> set[int]:
    """The ids of the stored articles of these stories."""
    from benchmarks.stories import story
    from claims.models import Document

    urls = [article.url for serial in late_stories(new) for article in story(serial, seed).articles]
    found = Document.objects.filter(url__in=urls).values_list("revision__article", flat=True)
    return set(found)


@contextmanager
def throw_away() -> Iterator[str]:
    """The name of a copy of the whole database, gone afterwards."""
    from django.db import connection

    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
    connection.close()
    with administering() as cursor:
        cursor.execute(f'CREATE DATABASE measured TEMPLATE "{name}" STRATEGY file_copy')
    try:
        yield "measured"
    finally:
        with administering() as cursor:
            cursor.execute("DROP DATABASE measured")


@contextmanager
def administering() -> Iterator[Any]:
    """A cursor outside the database in question and outside transactions."""
    from django.db import connection

    with connection._nodb_cursor() as cursor:
        yield cursor


if __name__ == "__main__":
    main()
