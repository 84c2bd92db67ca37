"""How long checking a draft takes, and where the time goes: 800 words against a store filled in the same run.

    python benchmarks/drafts.py [--articles 10000] [--read 5000] [--drafts 80] [--words 800] [--seed 1]
        [--processes 2]
    python benchmarks/drafts.py --filled     # a store that benchmarks/pages.py --fill made

Starts a PostgreSQL of its own and fills it as growth.py does. A draft is made of late tellings of stories
that are stored, as newsrooms tell them, until it has so many words; every third is made of stories that
nobody has told. Each is checked once, after a few that are not counted. What is measured is
``drafting.check``, the whole answer but for the page around it. The peer is reading the same text alone
(``extract``), in the same run: machines differ, the ratio does not.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.growth import Store, figures
from benchmarks.pages import servers
from benchmarks.servers import say

#: Stories from here on are never stored by filling.
_NEW_STORIES = 10_000_000
_WARM = 4
#: The bar: 95 of 100 drafts of 800 words within a second.
LIMIT = 1.0


def texts(number: int, words: int, seed: int) -> Iterator[tuple[str, date | None]]:
    """So many drafts, each with its day."""
    from benchmarks.filling import KEPT_BACK
    from benchmarks.stories import story

    stored, new = 0, _NEW_STORIES
    for nth in range(number):
        parts: list[str] = []
        day = None
        while sum(len(part.split()) for part in parts) < words:
            fresh = nth % 3 == 2
            told = story(new if fresh else stored, seed).articles[-1]
            new, stored = new + fresh, stored + (0 if fresh else KEPT_BACK)
            day = day or told.published
            parts.append(told.raw.decode())
        yield "\n\n".join(parts), day


@contextmanager
def parts_timed() -> Iterator[dict[str, float]]:
    """The seconds of each part of a check, added up."""
    from claims.engine import drafts
    from claims.services import candidates, drafting

    seconds: dict[str, float] = defaultdict(float)
    timed = (
        ("reading", drafting, "_read"),
        ("candidates", candidates, "candidates_of_draft"),
        ("loading claims", drafting, "comparable"),
        ("comparing", drafts, "home"),
        ("loading groups", drafting, "_members"),
        ("judging", drafts, "judge"),
        ("within the draft", drafts, "within"),
    )
    kept = [(where, name, getattr(where, name)) for _, where, name in timed]

    def timing(part: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **more: Any) -> Any:
            began = time.perf_counter()
            try:
                return work(*args, **more)
            finally:
                seconds[part] += time.perf_counter() - began

        return run

    for part, where, name in timed:
        setattr(where, name, timing(part, getattr(where, name)))
    try:
        yield seconds
    finally:
        for where, name, work in kept:
            setattr(where, name, work)


def measure(number: int, words: int, seed: int) -> bool:
    """Checks the drafts and prints the figures; whether the bar is met."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from claims.engine.extract import extract
    from claims.services import drafting

    given = list(texts(number + _WARM, words, seed))
    took, busy, peer, queries, marked = [], [], [], [], []
    marks: Counter[str] = Counter()
    shares: dict[str, float] = {}
    for nth, (text, day) in enumerate(given):
        with parts_timed() as parts, CaptureQueriesContext(connection) as asked:
            began, worked = time.perf_counter(), time.process_time()
            checked = drafting.check(text, day)
            seconds, worked = time.perf_counter() - began, time.process_time() - worked
        began = time.perf_counter()
        extract(text, published=day)
        alone = time.perf_counter() - began
        if nth < _WARM:
            continue
        took.append(seconds)
        busy.append(worked)
        peer.append(alone)
        queries.append(len(asked))
        marked.append(len(checked.figures))
        marks.update({mark.value: often for mark, often in checked.marks.items()})
        for part, share in parts.items():
            shares[part] = shares.get(part, 0.0) + share
    whole, alone_told = figures(took), figures(peer)
    say(
        f"{number} drafts of {statistics.mean(len(text.split()) for text, _ in given):.0f} words, "
        f"{statistics.mean(marked):.1f} figures each, {max(queries)} queries at most"
    )
    say(
        f"  check    median {whole['median']:7.1f} ms  p95 {whole['p95']:7.1f}  mean {whole['mean']:7.1f}"
        f"  own processor {figures(busy)['median']:.1f}"
    )
    say(
        f"  extract  median {alone_told['median']:7.1f} ms  p95 {alone_told['p95']:7.1f}  "
        f"mean {alone_told['mean']:7.1f}  (peer: {whole['median'] / alone_told['median']:.1f} times as long)"
    )
    for part, share in sorted(shares.items(), key=lambda x: -x[1]):
        say(f"    {part:17} {share / sum(took):6.1%}")
    say(f"    {'the rest':17} {1 - sum(shares.values()) / sum(took):6.1%}")
    say("  marks: " + ", ".join(f"{often} {mark}" for mark, often in marks.most_common()))
    met = whole["p95"] <= LIMIT * 1000
    say(f"  p95 {'is within' if met else 'is over'} {LIMIT:.0f} s")
    return met


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--read", type=int, default=5000, help="articles read by the engine, not copied")
    parser.add_argument("--drafts", type=int, default=80)
    parser.add_argument("--words", type=int, default=800)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--filled", action="store_true", help="measure the store of DATABASE_URL as it is")
    options = parser.parse_args()
    with servers(options.filled):
        from claims import models

        began = time.perf_counter()
        if not options.filled:
            Store(options.seed, options.read, options.processes, options.drafts).grow(options.articles)
        say(
            f"{models.Article.objects.count():,} articles, {models.Claim.objects.count():,} claims stored "
            f"after {time.perf_counter() - began:.0f} s"
        )
        if not measure(options.drafts, options.words, options.seed):
            raise SystemExit(1)


if __name__ == "__main__":
    main()
