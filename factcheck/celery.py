"""The Celery application. Tasks are hints: the rows in PostgreSQL are the truth."""

from __future__ import annotations

import os
import time
from typing import Any

import structlog
from celery import Celery, signals

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")

app = Celery("factcheck")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
# For every thread: what makes an app current does so only in the thread that imported this module, and web
# requests are answered by others.
app.set_default()

#: Where the last sweep leaves its time in the broker, for `manage.py doctor`: seconds since 1970.
SWEPT_AT = "factcheck:swept-at"


@signals.setup_logging.connect
def _leave_logging_alone(**_: Any) -> None:
    """Celery sets up no logging of its own where this signal has a receiver: settings.LOGGING stands."""


@signals.task_prerun.connect
def _begin(task_id: str, task: Any, **_: Any) -> None:
    """Every line a task logs names the task; and a connection that broke since the last one is replaced."""
    from django.db import close_old_connections

    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(task=task.name.rpartition(".")[2], task_id=task_id)
    if not task.request.is_eager:
        close_old_connections()


@signals.task_postrun.connect
def _end(task: Any, state: str | None = None, **_: Any) -> None:
    from django.db import close_old_connections

    if not task.request.is_eager:
        close_old_connections()
    if task.name == "claims.tasks.sweep" and state == "SUCCESS":
        with app.connection_for_write() as connection:
            redis(connection).set(SWEPT_AT, int(time.time()))


def redis(connection: Any) -> Any:
    """The Redis client below a connection to the broker; raises ``connection.connection_errors``."""
    return connection.default_channel.client
