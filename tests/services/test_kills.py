"""Real worker processes, killed with SIGKILL at random moments: nothing is lost, nothing is doubled.

The heavier version, which also kills the broker and the database, is benchmarks/kills.py.
"""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models.functions import Now

from benchmarks.stories import stories
from benchmarks.storm import Made, Workers, differences, made
from claims.models import Document
from claims.services import ingestion, pipeline

pytestmark = [pytest.mark.live, pytest.mark.django_db(transaction=True)]

ARTICLES = 20
KILLS = 6
LEASE = 2


@pytest.fixture
def queue() -> Iterator[str]:
    """A queue of our own: no other worker on this broker takes part."""
    usual, name = current_app.conf.task_default_queue, f"kills-{uuid4().hex}"
    current_app.conf.task_default_queue = name
    current_app.__dict__.pop("amqp", None)
    yield name
    with current_app.connection_for_write() as broker:
        broker.default_channel.queue_delete(name)
    current_app.conf.task_default_queue = usual
    current_app.__dict__.pop("amqp", None)


@pytest.fixture
def workers(queue: str) -> Iterator[Workers]:
    """A worker group on the test database."""
    database = urlsplit(os.environ["DATABASE_URL"])
    url = urlunsplit(database._replace(path="/" + connection.settings_dict["NAME"]))
    group = Workers({"DATABASE_URL": url, "PIPELINE_LEASE_SECONDS": str(LEASE)}, queue)
    yield group
    group.kill()


def undisturbed() -> Made:
    for document in stories(ARTICLES):
        pipeline.run(ingestion.accept(document, source="file").document.pk)
    result = made()
    call_command("flush", interactive=False, verbosity=0)
    return result


def test_workers_may_be_killed_at_any_moment(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = undisturbed()
    assert sum(wanted["claims"].values()) > ARTICLES
    assert wanted["findings"]

    chance = random.Random(20210503)
    monkeypatch.setattr(settings, "PIPELINE_LEASE_SECONDS", LEASE)
    for document in stories(ARTICLES):
        ingestion.accept(document, source="file")
    killed_at_work = 0
    for _ in range(KILLS):
        workers.start()
        work_until(lambda: at_work() or finished())
        time.sleep(chance.uniform(0, 0.4))
        killed_at_work += at_work()
        workers.kill()
    workers.start()
    work_until(finished)

    assert killed_at_work > 0
    got = made()
    assert {state for _, state in got["documents"]} == {"checked"}
    assert differences(wanted, got) == dict.fromkeys(wanted, (0, 0))


def at_work() -> bool:
    """Whether a worker holds a document at this moment."""
    return Document.objects.filter(lease_expires_at__gt=Now()).exists()


def finished() -> bool:
    return not Document.objects.under_way().exists()


def work_until(done: Callable[[], bool]) -> None:
    """Sweeps, as beat would, until it is so."""
    gave_up = time.monotonic() + 300
    while not done():
        assert time.monotonic() < gave_up, list(Document.objects.values_list("state", "error_detail"))
        pipeline.sweep()
        time.sleep(0.05)
