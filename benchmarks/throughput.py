"""Articles a minute through the whole pipeline with one worker, beside the bare engine.

    python benchmarks/throughput.py [--articles 300] [--seed 1]

Starts a PostgreSQL and a Valkey of its own. Made-up articles, told by several outlets each, are handed in;
then one Celery worker process takes them from received to checked, hint by hint, as in production. The time
runs from the first step done to the last. The peer, in the same run on the same articles: reading,
extraction and fingerprints alone, in this process, nothing stored and nothing linked. The ratio says what
storing, linking, checking and never losing anything cost.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import defaultdict
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.servers import Servers, say


def bare_engine(articles: int, seed: int) -> float:
    """Articles a minute of reading and extraction alone."""
    from benchmarks.stories import stories
    from claims.ingest import reading
    from claims.services.extraction import analyse

    given = stories(articles, seed)
    analyse("Norway sent 3 ships.", None, "", "")  # word lists are loaded once, in a worker too
    started = time.perf_counter()
    for document in given:
        read = reading.read(document)
        analyse(read.body, read.published, read.title, read.outlet or "")
    return articles / (time.perf_counter() - started) * 60


def pipeline(servers: Servers, articles: int, seed: int) -> tuple[float, dict[str, list[float]], int]:
    """Articles a minute of one worker, the seconds of each step, and how many articles are through."""
    from benchmarks.stories import stories
    from benchmarks.storm import Workers
    from claims.models import Document
    from claims.services import ingestion

    for document in stories(articles, seed):
        ingestion.accept(document, source="file")
    worker = Workers(servers.variables, "celery", concurrency=1)
    worker.start()
    try:
        done, moved = -1, time.monotonic()
        while done < articles and time.monotonic() - moved < 60:
            now = Document.objects.exclude(state__in=Document.State.under_way()).count()
            if now != done:
                done, moved = now, time.monotonic()
            time.sleep(0.2)
    finally:
        worker.kill()
    steps: dict[str, list[float]] = defaultdict(list)
    times: list[datetime] = []
    for journey in Document.objects.filter(state="checked").values_list("journey", flat=True):
        for line in journey:
            steps[line["state"]].append(line["seconds"])
            times.append(datetime.fromisoformat(line["at"]))
    through = len(steps["checked"])
    if not through:
        failed = Document.objects.values_list("state", "error_detail").first()
        sys.exit(f"nothing came through; the first document is {failed}")
    seconds = (max(times) - min(times)).total_seconds()
    return through / seconds * 60, steps, through


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with Servers() as servers:
        peer = bare_engine(options.articles, options.seed)
        ours, steps, through = pipeline(servers, options.articles, options.seed)
    say(f"{through} of {options.articles} articles through the pipeline")
    say(f"one worker      {ours:8.0f} articles a minute")
    say(f"bare engine     {peer:8.0f} articles a minute (same process, nothing stored)")
    say(f"ratio           {ours / peer:8.2f}")
    for state, seconds in steps.items():
        middle, slowest = statistics.median(seconds) * 1000, max(seconds) * 1000
        say(f"  {state:<10} median {middle:6.0f} ms, slowest {slowest:6.0f} ms")
    return 0 if through == options.articles else 1


if __name__ == "__main__":
    sys.exit(main())
