"""What each screen of the workbench costs with a full store: server time, queries, bytes.

    python benchmarks/pages.py [--articles 10000] [--claims 100000] [--visits 40] [--only queue ...]
    python benchmarks/pages.py --fill; python benchmarks/pages.py --filled     # in a store one keeps

Starts a PostgreSQL of its own and fills it with made-up articles: so many are read by the engine
(filling.py), copies of them are added by the database (copying.py) until the claims are there too, every
group and origin is checked, and people have begun to work on some of the findings (working.py). Then each
screen is asked for through the whole stack of middleware, by a person who is logged in, for other objects
each time: the largest ones first, the rest drawn at random. "kB" is what a first visit transfers: the page as
it is sent, and its style sheets and scripts as compressed files. The log-in page of the same run is the peer.
"""

from __future__ import annotations

import argparse
import gzip
import os
import random
import re
import secrets
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.servers import Servers, say

MOST_MS, MOST_QUERIES, MOST_KB = 200, 15, 150
MOST_MS_OF_A_DRAFT = 1000  # checking one reads 800 words; its own benchmark is drafts.py
_AT_ONCE = 100  # groups checked in one transaction


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen by name, and the paths that are asked for; POST where ``form`` says what is sent."""

    name: str
    paths: Sequence[str]
    form: dict[str, str] | None = None
    headers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Cost:
    name: str
    visits: int
    median: float
    p95: float
    queries: int
    kb: float

    @property
    def over(self) -> str:
        over = [
            word
            for word, is_over in (
                ("time", self.p95 >= (MOST_MS_OF_A_DRAFT if self.name.startswith("draft of") else MOST_MS)),
                ("queries", self.queries > MOST_QUERIES),
                ("bytes", self.kb >= MOST_KB),
            )
            if is_over
        ]
        return ", ".join(over)


def fill(articles: int, claims: int, seed: int) -> None:
    """A store of so many articles and claims, checked, with people's work in it."""
    from django.apps import apps

    from benchmarks import working
    from benchmarks.copying import Copies
    from benchmarks.filling import analyze
    from benchmarks.filling import fill as read
    from claims.models import Article, Claim

    started = time.perf_counter()
    read(articles, seed, 0, 2)
    each = Claim.objects.count() / Article.objects.count()
    if (missing := claims - Claim.objects.count()) > 0:
        Copies(set()).add(int(missing / each) + 1)
    check_everything()
    working.begin(seed)
    analyze(model._meta.db_table for model in apps.get_app_config("claims").get_models())
    say(
        f"{Article.objects.count():,} articles with {Claim.objects.standing().count():,} claims "
        f"after {time.perf_counter() - started:.0f} s"
    )


def check_everything() -> None:
    """Runs the checks over every group and origin: filling stores neither findings nor ranks."""
    from django.db import transaction

    from claims.models import Claim, Origin
    from claims.services import checking
    from claims.services.isolation import in_process

    standing = Claim.objects.standing().filter(group__isnull=False).order_by("group")
    groups = list(standing.values_list("group", flat=True).distinct())
    origins = list(Origin.objects.living().order_by("pk").values_list("pk", flat=True))
    for first in range(0, len(groups), _AT_ONCE):
        with transaction.atomic():
            checking.check(groups[first : first + _AT_ONCE], [], in_process)
    for first in range(0, len(origins), _AT_ONCE):
        with transaction.atomic():
            checking.check([], origins[first : first + _AT_ONCE], in_process)


def screens(visits: int, seed: int) -> Iterator[Screen]:
    """Every screen of the workbench with paths that exist in the store."""
    from benchmarks.screens import all_screens

    yield from all_screens(visits, random.Random(seed))


def measure(screen: Screen, client: Any, static: Path) -> Cost:
    """Asks for each path once, after one unmeasured visit, in a process that is as warm as a served one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from factcheck import warm

    warm.up()

    def ask(path: str) -> Any:
        if screen.form is not None:
            return client.post(path, screen.form, headers=screen.headers)
        return client.get(path, headers=screen.headers)

    ask(screen.paths[0])
    seconds, queries, largest = [], 0, 0.0
    for path in screen.paths:
        with CaptureQueriesContext(connection) as captured:
            started = time.perf_counter()
            answer = ask(path)
            sent = b"".join(answer) if answer.streaming else answer.content
            seconds.append(time.perf_counter() - started)
        if answer.status_code != 200:
            raise SystemExit(f"{screen.name}: {path} answers {answer.status_code}")
        queries = max(queries, len(captured))
        page = gzip.decompress(sent) if answer.headers.get("Content-Encoding") == "gzip" else sent
        largest = max(largest, (len(sent) + assets(page.decode(), static)) / 1000)
    ordered = sorted(seconds)
    return Cost(
        screen.name,
        len(ordered),
        statistics.median(ordered) * 1000,
        ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)] * 1000,
        queries,
        largest,
    )


def assets(page: str, static: Path) -> int:
    """Bytes of the style sheets, scripts and icons a page names, compressed where they are served so."""
    total = 0
    for name in set(re.findall(r'(?:href|src)="/static/([^"?#]+)"', page)):
        path = static / name
        compressed = path.with_name(path.name + ".gz")
        total += (compressed if compressed.exists() else path).stat().st_size
    return total


@contextmanager
def servers(filled: bool) -> Iterator[None]:
    """A PostgreSQL of its own, gone afterwards; or the store that DATABASE_URL names, filled before."""
    if not filled:
        with Servers(HTTPS="0", DEBUG="0"):
            yield
        return
    os.environ.update(
        HTTPS="0",
        DEBUG="0",
        LOG_LEVEL="ERROR",
        SECRET_KEY=secrets.token_urlsafe(40),
        DJANGO_SETTINGS_MODULE="factcheck.settings",
    )
    import django

    django.setup()
    yield


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=10_000, help="articles read by the engine")
    parser.add_argument("--claims", type=int, default=100_000, help="claims stored at least")
    parser.add_argument("--visits", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", default=[], help="names of screens")
    parser.add_argument("--fill", action="store_true", help="fill the empty store of DATABASE_URL, and end")
    parser.add_argument("--filled", action="store_true", help="measure the store of DATABASE_URL as it is")
    options = parser.parse_args()
    with servers(options.fill or options.filled), tempfile.TemporaryDirectory() as folder:
        if not options.filled:
            fill(options.articles, options.claims, options.seed)
        if not options.fill:
            measure_all(options, Path(folder))


def measure_all(options: argparse.Namespace, static: Path) -> None:
    """Prints the table of all screens; style sheets and scripts are collected in the folder ``static``."""
    from django.conf import settings
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    settings.STATIC_ROOT = static
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("collectstatic", verbosity=0, interactive=False)
    packed = {"accept-encoding": "gzip"}
    client = Client(headers=packed)
    client.force_login(User.objects.get(username="mara"))
    peer = measure(Screen("log in", ["/login/"] * options.visits), Client(headers=packed), static)
    say(f"\n{'screen':26}{'median ms':>11}{'p95 ms':>9}{'x peer':>8}{'queries':>9}{'kB':>8}  over")
    show(peer, peer)
    for screen in screens(options.visits, options.seed):
        if screen.paths and (not options.only or screen.name in options.only):
            show(measure(screen, client, static), peer)


def show(cost: Cost, peer: Cost) -> None:
    """A line of the table."""
    say(
        f"{cost.name:26}{cost.median:11.1f}{cost.p95:9.1f}{cost.p95 / peer.p95:8.1f}"
        f"{cost.queries:9}{cost.kb:8.1f}  {cost.over}"
    )


if __name__ == "__main__":
    main()
