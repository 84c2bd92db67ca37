"""A worker group to kill, and what the pipeline has made, in a form two runs can be compared by."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from pathlib import Path

from claims.models import Article, Claim, Document, Finding, OriginLink, Revision

ROOT = Path(__file__).resolve().parent.parent


class Workers:
    """A Celery worker with its children, in a process group of its own."""

    def __init__(self, variables: Mapping[str, str], queue: str, concurrency: int = 2) -> None:
        self._env = {**os.environ, **variables}
        self._command = [
            *(sys.executable, "-m", "celery", "-A", "factcheck", "worker"),
            *("--pool", "prefork", "--concurrency", str(concurrency), "--queues", queue),
            *("--loglevel", "ERROR", "--without-gossip", "--without-mingle", "--without-heartbeat"),
        ]
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            self._command,
            cwd=ROOT,
            env=self._env,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def alive(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def kill(self) -> None:
        """SIGKILL to every process of the group at once, children and all."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None


Made = dict[str, Counter[Hashable]]


def made() -> Made:
    """Everything the pipeline stored, each thing named by what it is and not by its id.

    Compared as multisets: what is missing is lost, what is there twice is doubled.
    """
    out: Made = {
        "documents": Counter(Document.objects.values_list("content_hash", "state")),
        "articles": Counter(Article.objects.values_list("outlet__name", "address")),
        "revisions": Counter(
            Revision.objects.values_list(
                "article__outlet__name", "article__address", "number", "body_hash", "is_current"
            )
        ),
    }
    places: dict[int, Hashable] = {}
    groups: dict[object, list[Hashable]] = defaultdict(list)
    for row in Claim.objects.select_related("revision__article__outlet"):
        article = row.revision.article
        places[row.pk] = (article.outlet.name, article.address, row.kind, row.start, row.end, row.quote)
        groups[row.group_id].append(places[row.pk])
    out["claims"] = Counter(places.values())
    out["groups"] = Counter(tuple(sorted(map(str, group))) for group in groups.values())
    origins: dict[object, list[str]] = defaultdict(list)
    for article in Article.objects.filter(origin__isnull=False).select_related("outlet"):
        origins[article.origin_id].append(f"{article.outlet.name} {article.address}")
    out["origins"] = Counter(tuple(sorted(group)) for group in origins.values())
    out["origin links"] = Counter(
        tuple(sorted(pair))
        for pair in OriginLink.objects.values_list("first__article__address", "second__article__address")
    )
    out["findings"] = Counter(
        (
            row.check_id,
            row.severity,
            row.resolved_at is None,
            tuple(str(places[claim.pk]) for claim in row.shown_claims),
            tuple(sorted(article.address for article in row.articles.all())),
        )
        for row in Finding.objects.standing().for_list()
    )
    return out


def differences(wanted: Made, got: Made) -> dict[str, tuple[int, int]]:
    """For each sort of thing, how many are lost and how many are too many."""
    return {
        sort: (sum((wanted[sort] - got[sort]).values()), sum((got[sort] - wanted[sort]).values()))
        for sort in wanted
    }
