"""Copies found among articles: how many and how rightly, at what cost and memory, beside a simple version in
memory.

    python benchmarks/origins.py ARTICLES.jsonl [--more 10000] [--labels benchmarks/labels/fakes_copies.csv]
    [--shuffle] [--no-peer]

Each line of the file has ``doc``, ``outlet``, ``date``, ``title`` and ``text``; ``--more`` adds made-up
articles (benchmarks/stories.py). A PostgreSQL of its own is started. The articles are stored one by one, in
the order given or shuffled, and the origins' step of the pipeline (candidates, boilerplate, comparison,
origins) runs for each, without claims: no interviews are found here. The peer keeps all passages of all
articles in memory as an inverted index and counts every pair, with each outlet's boilerplate known
beforehand; it runs in a process of its own, so that its memory is seen.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.servers import Servers, say
from claims.engine import origins as engine
from claims.engine.records import ArticleRef
from claims.engine.wording import words
from claims.ingest.wires import find_wires

Pairs = dict[tuple[int, int], float]  # places of two articles: containment


@dataclass(frozen=True, slots=True)
class Given:
    """One article of the file, or made up (``doc`` is then None)."""

    doc: int | str | None
    outlet: str
    published: date | None
    title: str
    body: str

    def ref(self, key: str) -> ArticleRef:
        return ArticleRef(
            key, self.outlet, self.title, self.published, wires=find_wires(self.body), body=self.body
        )


def read(path: Path, more: int) -> list[Given]:
    """The articles of the file and ``more`` made-up ones."""
    from benchmarks.stories import stories

    found = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        day = date.fromisoformat(row["date"]) if row.get("date") else None
        found.append(Given(row.get("doc"), row.get("outlet") or "", day, row.get("title", ""), row["text"]))
    for made in stories(more) if more else ():
        found.append(Given(None, made.outlet or "", made.published, made.title or "", made.raw.decode()))
    return found


def ours(given: Sequence[Given], order: Sequence[int]) -> tuple[Pairs, list[float], int]:
    """The links stored in the end, the seconds of each article, and how many articles were compared again."""
    from django.db import transaction
    from django.utils.text import slugify

    from claims import models
    from claims.services import origins
    from claims.services.isolation import in_process

    for model in (models.OriginLink, models.Passage, models.Revision, models.Article, models.Origin):
        model.objects.all().delete()
    outlets = {
        name: models.Outlet.objects.get_or_create(name=name or "unknown", slug=slugify(name or "unknown"))[0]
        for name in {each.outlet for each in given}
    }
    seconds, place = [], {}
    compared = 0
    bare = origins._compare

    def counted(*args: Any) -> origins.Compared:
        nonlocal compared
        compared += 1
        return bare(*args)

    origins._compare = counted
    for at in order:
        each = given[at]
        prints = engine.fingerprints(each.body)  # taken in the extraction step
        started = time.perf_counter()
        with transaction.atomic():
            article = models.Article.objects.create(outlet=outlets[each.outlet], address=str(at))
            revision = models.Revision.objects.create(
                article=article,
                number=1,
                title=each.title,
                body=each.body,
                body_hash=str(at),
                published=each.published,
                fingerprints=list(prints),
                wires=list(find_wires(each.body)),
            )
            place[revision.pk] = at
            origins.link(revision, in_process)
        seconds.append(time.perf_counter() - started)
    origins._compare = bare
    rows = models.OriginLink.objects.values_list("first", "second", "containment")
    return {_pair(place[a], place[b]): share for a, b, share in rows}, seconds, compared - len(given)


def simple(given: Sequence[Given]) -> Pairs:
    """All pairs by an inverted index in memory, with the same rule."""
    passages = [set(engine._passages(words(each.body))) for each in given]
    days: dict[tuple[str, int], set[date | int]] = defaultdict(set)
    for at, (each, own) in enumerate(zip(given, passages, strict=True)):
        for value in own:
            if value % engine._ONE_IN == 0:
                days[each.outlet, value].add(each.published or at)
    common: dict[str, set[int]] = defaultdict(set)
    for (outlet, value), on in days.items():
        if len(on) >= engine.BOILERPLATE_DAYS:
            common[outlet].add(value)
    holders: dict[int, list[int]] = defaultdict(list)
    for at, own in enumerate(passages):
        for value in own:
            holders[value].append(at)
    shared: Counter[tuple[int, int]] = Counter()
    for value, holding in holders.items():
        for i, a in enumerate(holding):
            if value in common[given[a].outlet]:
                continue
            for b in holding[i + 1 :]:
                if value not in common[given[b].outlet]:
                    shared[a, b] += 1
    refs: dict[int, ArticleRef] = {}
    found: Pairs = {}
    for (a, b), number in shared.items():
        if number < engine._SLACK * engine.ONE_WIRE * min(len(passages[a]), len(passages[b])):
            continue
        for at in (a, b):
            refs.setdefault(at, given[at].ref(str(at)))
        both = common[given[a].outlet] | common[given[b].outlet]
        if link := engine.compare_origins(refs[a], refs[b], (), (), common=both):
            found[a, b] = link.containment
    return found


def apart(work: Callable[[], Any]) -> tuple[Any, float, int]:
    """What the work gives, its seconds and its memory in MB above this process's, in a process of its own."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        result = work()
        said = [
            time.perf_counter() - started,
            resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before,
            [[*pair, share] for pair, share in result.items()],
        ]
        with os.fdopen(writer, "w") as pipe:
            json.dump(said, pipe)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as pipe:
        seconds, grown, rows = json.load(pipe)
    os.waitpid(child, 0)
    return {(a, b): share for a, b, share in rows}, seconds, grown // 1024


def judged(given: Sequence[Given], found: Pairs, labels: Path) -> None:
    """Precision and recall on pairs somebody has read."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, each in enumerate(given):
        places[str(each.doc)].append(at)
    lines = [line for line in labels.read_text("utf-8").splitlines() if not line.startswith("#")]
    right = wrong = missed = 0
    for row in csv.DictReader(lines):
        linked = any(_pair(a, b) in found for a in places[row["first"]] for b in places[row["second"]])
        copy = row["verdict"] == "copy"
        right, wrong, missed = (
            right + (linked and copy),
            wrong + (linked and not copy),
            missed + (copy and not linked),
        )
    if right:
        say(
            f"labelled pairs      {right + missed} copies: precision {right / (right + wrong):.3f}, "
            f"recall {right / (right + missed):.3f}"
        )


def _pair(a: int, b: int) -> tuple[int, int]:
    return min(a, b), max(a, b)


def _milliseconds(seconds: Sequence[float]) -> str:
    ranked = sorted(each * 1000 for each in seconds)
    most = ranked[int(len(ranked) * 0.95)]
    return f"median {ranked[len(ranked) // 2]:.1f} ms, 95 % below {most:.1f} ms"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--more", type=int, default=0)
    parser.add_argument("--labels", type=Path)
    parser.add_argument(
        "--shuffle", action="store_true", help="once more in another order: do the links differ?"
    )
    parser.add_argument(
        "--no-peer", action="store_true", help="ours alone: the peer's memory grows with the articles"
    )
    options = parser.parse_args()
    given = read(options.articles, options.more)
    random.Random(1).shuffle(given)
    say(f"{len(given)} articles of {len({each.outlet for each in given})} outlets")
    peer: Pairs = {}
    if not options.no_peer:
        peer, took, grown = apart(lambda: simple(given))
        across = sum(given[a].outlet != given[b].outlet for a, b in peer)
        say(f"simple, in memory   {len(peer)} copies ({across} across outlets), {took:.1f} s, {grown} MB")
    with Servers():
        from django.db import connection

        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        found, seconds, again = ours(given, range(len(given)))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024
        across = sum(given[a].outlet != given[b].outlet for a, b in found)
        both = len(found.keys() & peer.keys())
        say(
            f"ours, in the store  {len(found)} copies ({across} across outlets), "
            f"{sum(seconds):.1f} s, {grown} MB"
        )
        if not options.no_peer:
            say(f"  {both} of the simple version's {len(peer)}, {len(found) - both} it has not")
        part = max(1, len(given) // 5)
        for at in range(0, len(given) - part + 1, part):
            say(f"  articles {at + 1}-{at + part}: {_milliseconds(seconds[at : at + part])}")
        say(
            f"  {again / len(given):.2f} articles compared again for each, for what was learned of its outlet"
        )
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_total_relation_size('claims_passage')")
            say(f"  index of passages: {cursor.fetchone()[0] / len(given) / 1024:.1f} kB an article, on disk")
        if options.labels:
            judged(given, found, options.labels)
        if options.shuffle:
            order = list(range(len(given)))
            random.Random(2).shuffle(order)
            other, _, _ = ours(given, order)
            say(f"another order       {len(other.keys() ^ found.keys())} links of {len(found)} differ")
    return 0


if __name__ == "__main__":
    sys.exit(main())
