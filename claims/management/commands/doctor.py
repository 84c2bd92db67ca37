"""``manage.py doctor``: looks at every component and says what is wrong and what to do about it.

Exit code 0: nothing is wrong; 1: there is a problem. A note is worth reading and is no problem. Works with
everything down.
"""

from __future__ import annotations

import json
import platform
import re
import shutil
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import timedelta
from importlib import metadata
from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerAway
from packaging.markers import Marker

from claims.models import Document, Report
from factcheck import environment, health
from factcheck.celery import app, redis

# The sweeper reminds a free worker within seconds; what is still due after this is not being taken.
WAITING_IS_LONG = timedelta(minutes=5)
REPORT_IS_LATE = timedelta(hours=26)
DISK_IS_SHORT = 1_000_000_000  # bytes


@dataclass(frozen=True)
class Answer:
    """What one look found. ``state`` is "ok", "note" or "problem"; ``todo`` is for the last."""

    component: str
    state: str
    says: str
    todo: str = ""


def python() -> Answer:
    return Answer("python", "ok", f"{platform.python_version()} in {sys.prefix}")


def dependencies() -> Answer:
    lock = environment.BASE_DIR / "requirements" / "runtime.lock"
    if not lock.exists():
        return Answer("dependencies", "note", f"not compared: there is no {lock}")
    pins = re.findall(r"^([\w.-]+)==([^\s;\\]+)(?: *; *([^\\\n]+))?", lock.read_text(), re.MULTILINE)
    wrong = []
    count = 0
    for name, version, marker in pins:
        if marker and not Marker(marker.strip()).evaluate():
            continue
        count += 1
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{name} is missing")
            continue
        if found != version:
            wrong.append(f"{name} is {found}, not {version}")
    if wrong:
        return Answer(
            "dependencies", "problem", "; ".join(wrong[:5]), "run `make run`, which installs the lock"
        )
    return Answer("dependencies", "ok", f"{count} packages as locked")


def data_folder() -> Answer:
    folder = environment.data_folder()
    if environment.text("DATABASE_URL") and environment.text("BROKER_URL") and not folder.exists():
        return Answer("data folder", "ok", "none needed: DATABASE_URL and BROKER_URL are set")
    if not folder.exists():
        return Answer("data folder", "problem", f"there is no {folder}", _start("DATABASE_URL"))
    address = environment.running("address")
    return Answer(
        "data folder", "ok", f"{folder}, {f'running at {address}' if address else 'nothing runs on it'}"
    )


def disk() -> Answer:
    folder = environment.data_folder()
    usage = shutil.disk_usage(folder if folder.exists() else environment.BASE_DIR)
    says = f"{usage.free / 1e9:.1f} GB free of {usage.total / 1e9:.0f} GB"
    if usage.free < DISK_IS_SHORT:
        return Answer("disk", "problem", says, "make room: PostgreSQL stops when the disk is full")
    return Answer("disk", "ok", says)


def database() -> Answer:
    trouble = health.database_trouble()
    if trouble:
        return Answer("database", "problem", trouble, _start("DATABASE_URL"))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version'), pg_size_pretty(pg_database_size(current_database()))"
        )
        version, size = cursor.fetchone()
    return Answer("database", "ok", f"PostgreSQL {version}, {size}")


def migrations() -> Answer:
    trouble = health.migrations_trouble()
    if trouble:
        return Answer(
            "migrations", "problem", trouble, "run `manage.py migrate`, or start again with `make run`"
        )
    return Answer("migrations", "ok", "all applied")


def broker() -> Answer:
    trouble = health.broker_trouble()
    if trouble:
        if not environment.text("BROKER_URL"):
            trouble = environment.NOT_RUNNING
        return Answer("broker", "problem", trouble, _start("BROKER_URL"))
    with app.connection_for_write() as link:
        server = redis(link).info("server")
        waiting = redis(link).llen(app.conf.task_default_queue)
    name = "Valkey" if "valkey_version" in server else "Redis"
    version = server.get("valkey_version") or server.get("redis_version")
    return Answer("broker", "ok", f"{name} {version}, {waiting} messages waiting")


def worker() -> Answer:
    answers = app.control.inspect(timeout=3).ping() or {}
    if not answers:
        return Answer(
            "worker",
            "problem",
            "none answers",
            "see logs/worker.log in the data folder, or start one: `celery --app factcheck worker`",
        )
    return Answer("worker", "ok", ", ".join(sorted(answers)))


def scheduler() -> Answer:
    """Beat has no door of its own: that sweeps are done shows that it sends them and a worker takes them."""
    age = health.last_sweep()
    todo = "see logs/beat.log in the data folder, or start it: `celery --app factcheck beat`"
    if age is None:
        return Answer("scheduler", "problem", "no sweep was ever done", todo)
    says = f"the last sweep was {age} s ago"
    return (
        Answer("scheduler", "problem", says, todo)
        if age > health.SWEEP_IS_LATE
        else Answer("scheduler", "ok", says)
    )


def documents() -> Iterator[Answer]:
    under_way = Document.objects.under_way().count()
    late = Document.objects.due().filter(due_at__lt=Now() - WAITING_IS_LONG).count()
    if late:
        minutes = int(WAITING_IS_LONG.total_seconds() // 60)
        yield Answer(
            "documents",
            "problem",
            f"{late} due for more than {minutes} minutes, {under_way} under way",
            "see that worker and scheduler are well",
        )
    else:
        yield Answer("documents", "ok", f"{under_way} under way, none waits too long")
    quarantined = Document.objects.filter(state=Document.State.QUARANTINED)
    if number := quarantined.count():
        newest = quarantined.order_by("-state_since").first()
        yield Answer(
            "quarantine",
            "note",
            f"{number} failed five times, the last: {newest} ({newest.error_code if newest else ''})",
            "open it on the page of documents: it says why, and may be tried again",
        )


def report() -> Answer:
    newest = Report.objects.filter(kind="nightly").order_by("-day").first()
    says = f"the newest is of {newest.day}" if newest else "none yet"
    made_lately = newest is not None and newest.created_at > timezone.now() - REPORT_IS_LATE
    if not made_lately and Document.objects.filter(received_at__lt=Now() - REPORT_IS_LATE).exists():
        return Answer(
            "report", "problem", says, "see that the scheduler is well; `manage.py report` makes one"
        )
    return Answer("report", "ok", says)


def _start(variable: str) -> str:
    if environment.text(variable):
        return f"see that the server named by {variable} runs and lets us in"
    return "start the workbench with `make run`"


def examine() -> Iterator[Answer]:
    """Every look, in order; what cannot be looked at because something below it is down is said so."""
    yield python()
    yield dependencies()
    yield data_folder()
    yield disk()
    stored = database()
    yield stored
    ready = Answer("migrations", "problem", "") if stored.state == "problem" else migrations()
    if ready.says:
        yield ready
    sent = broker()
    yield sent
    if sent.state == "ok":
        for look in (worker, scheduler):
            yield _guarded(look)
    else:
        yield Answer("worker", "note", "not asked: the broker is away")
    if ready.state == "ok":
        yield from documents()
        yield report()
    else:
        yield Answer("documents", "note", "not counted: the database is not ready")


def _guarded(look: Callable[[], Answer]) -> Answer:
    """The broker may go away between two looks."""
    try:
        return look()
    except (BrokerAway, OSError) as error:
        return Answer(look.__name__, "problem", health.first_line(error), _start("BROKER_URL"))


class Command(BaseCommand):
    help = "Checks every component and says what is wrong and what to do. Exit code 1 if there is a problem."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: Any, **options: Any) -> None:
        answers = []
        for answer in examine():
            answers.append(answer)
            if not options["json"]:
                todo = f"\n{'':22}-> {answer.todo}" if answer.todo else ""
                self.stdout.write(f"{answer.state:8} {answer.component:12} {answer.says}{todo}")
                self.stdout.flush()
        problems = sum(answer.state == "problem" for answer in answers)
        if options["json"]:
            checks = [asdict(answer) for answer in answers]
            self.stdout.write(json.dumps({"well": not problems, "checks": checks}, indent=2))
        else:
            self.stdout.write(f"{problems or 'no'} problem{'' if problems == 1 else 's'}")
        if problems:
            sys.exit(1)
