"""Kills workers, broker and database while articles are processed; counts what is lost or doubled.

    python benchmarks/kills.py [--kills 300] [--articles 60] [--seed 1]

Starts a PostgreSQL and a Valkey of its own (durable, as `make run` has them) and a real Celery worker group.
In rounds of --articles made-up articles: first they are taken through undisturbed; then, on an empty
database, handed in one by one while SIGKILL hits, at random moments while a document is held, the whole
worker group (8 of 10 times), the broker, or every process of the database. When all are through, what is
stored is compared with the undisturbed run, thing by thing. Exit code 1 if anything differs.
"""

from __future__ import annotations

import argparse
import contextlib
import random
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.servers import Servers, say

#: Seconds a worker may be silent: short, so that a killed one is missed soon.
LEASE = 3
QUEUE = "celery"
#: Seconds without any progress after which a round is given up.
PATIENCE = 300


class Storm:
    """What strikes the servers and the worker group, by chance."""

    def __init__(self, servers: Servers, chance: random.Random) -> None:
        self.servers = servers
        self.chance = chance
        self.kills: Counter[str] = Counter()

    def strike(self, workers: Any) -> None:
        """Kills one of the parts, and starts it again, as a supervisor would."""
        part = self.chance.choices(["workers", "broker", "database"], [8, 1, 1])[0]
        self.kills[part] += 1
        if part == "workers":
            workers.kill()
            workers.start()
        elif part == "broker":
            self.servers.broker.part.kill()
            self.servers.broker.start(say)
        else:
            postgres = self.servers.postgres
            for process in postgres.processes():
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.kill()
            postgres.part.kill()
            postgres.clear()
            postgres.start()


def rounds(storm: Storm, kills: int, articles: int, seed: int) -> Counter[str]:
    """Runs rounds until there were ``kills`` kills; returns how many things were lost and doubled."""
    from django.core.management import call_command

    from benchmarks.storm import Workers, differences, made

    workers = Workers(storm.servers.variables, QUEUE)
    totals: Counter[str] = Counter()
    try:
        while sum(storm.kills.values()) < kills:
            totals["rounds"] += 1
            wanted = undisturbed(articles, seed + totals["rounds"])
            before = sum(storm.kills.values())
            disturbed(storm, workers, articles, seed + totals["rounds"], kills)
            got = made()
            off = differences(wanted, got)
            totals["articles"] += articles
            totals["things"] += sum(sum(each.values()) for each in wanted.values())
            totals["lost"] += sum(lost for lost, _ in off.values())
            totals["doubled"] += sum(extra for _, extra in off.values())
            now = sum(storm.kills.values())
            wrong = {sort: pair for sort, pair in off.items() if pair != (0, 0)}
            say(
                f"round {totals['rounds']}: {articles} articles, {now - before} kills ({now} so far); "
                + (f"differs (lost, too many): {wrong}" if wrong else "nothing lost, nothing doubled")
            )
            call_command("flush", interactive=False, verbosity=0)
    finally:
        workers.kill()
    return totals


def undisturbed(articles: int, seed: int) -> Any:
    from django.core.management import call_command

    from benchmarks.stories import stories
    from benchmarks.storm import made
    from claims.models import Document
    from claims.services import hints, ingestion, pipeline

    send, hints.send = hints.send, lambda documents: None
    try:
        for document in stories(articles, seed):
            pipeline.run(ingestion.accept(document, source="file").document.pk)
    finally:
        hints.send = send
    stuck = Document.objects.exclude(state="checked").values_list("state", "error_detail").first()
    if stuck:
        sys.exit(f"even undisturbed a document is {stuck[0]}: {stuck[1]}")
    result = made()
    call_command("flush", interactive=False, verbosity=0)
    return result


def disturbed(storm: Storm, workers: Any, articles: int, seed: int, kills: int) -> None:
    from django.db.models.functions import Now

    from benchmarks.stories import stories
    from claims.models import Document
    from claims.services import ingestion, pipeline

    waiting = list(stories(articles, seed))
    accepted: set[Any] = set()
    held = Document.objects.filter(lease_expires_at__gt=Now())
    under_way = Document.objects.under_way()
    journey, moved = 0, time.monotonic()
    workers.start()
    while True:
        if waiting and (taken := unless_away(lambda: ingestion.accept(waiting[0], source="api"))):
            accepted.add(taken.document.pk)
            waiting.pop(0)
        unless_away(pipeline.sweep)
        if not workers.alive():
            workers.start()
        if sum(storm.kills.values()) < kills and unless_away(held.exists):
            time.sleep(storm.chance.uniform(0, 0.5))
            storm.strike(workers)
        if not waiting and unless_away(under_way.exists) is False:
            break
        states = unless_away(lambda: sum(map(len, Document.objects.values_list("journey", flat=True))))
        if states is not None and states != journey:
            journey, moved = states, time.monotonic()
        if time.monotonic() - moved > PATIENCE:
            stuck = list(under_way.values_list("state", "attempts", "losses", "error_detail"))
            say(f"no progress for {PATIENCE} s: {stuck}")
            break
        time.sleep(0.05)
    workers.kill()
    lost = accepted - set(Document.objects.values_list("pk", flat=True))
    if lost:
        say(f"accepted and gone: {lost}")


def unless_away(work: Callable[[], Any]) -> Any:
    """What the work returns, or None if the database was away."""
    from django.db import InterfaceError, OperationalError, connection

    try:
        return work()
    except (OperationalError, InterfaceError):
        connection.close()
        return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--articles", type=int, default=60, help="in each round")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    started = time.monotonic()
    with Servers(PIPELINE_LEASE_SECONDS=str(LEASE)) as servers:
        storm = Storm(servers, random.Random(options.seed))
        totals = rounds(storm, options.kills, options.articles, options.seed)
    minutes = (time.monotonic() - started) / 60
    struck = ", ".join(f"{number} of the {part}" for part, number in storm.kills.most_common())
    say(
        f"\n{sum(storm.kills.values())} kills ({struck}) in {minutes:.1f} minutes\n"
        f"{totals['articles']} articles, {totals['things']} things to store in {totals['rounds']} rounds\n"
        f"lost: {totals['lost']}    doubled: {totals['doubled']}"
    )
    return 1 if totals["lost"] or totals["doubled"] else 0


if __name__ == "__main__":
    sys.exit(main())
