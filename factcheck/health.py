"""Is it well? Asked by probes over HTTP (``/health/live``, ``/health/ready``) and by ``manage.py doctor``.

Each ``*_trouble`` function returns a sentence saying what is wrong, or ``""``. None of them raises.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from kombu.exceptions import OperationalError as BrokerAway

from factcheck.celery import SWEPT_AT, app, redis

log = structlog.get_logger(__name__)

# Beat sends a sweep every 10 s; a worker busy with a long task may take one a minute late.
SWEEP_IS_LATE = 90  # seconds


def database_trouble() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError) as error:
        return first_line(error)
    return ""


def migrations_trouble() -> str:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except (DatabaseError, InterfaceError) as error:
        return first_line(error)
    if not plan:
        return ""
    return f"{len(plan)} migrations are not applied, first {plan[0][0]}"


def broker_trouble() -> str:
    with app.connection_for_write() as broker:
        try:
            redis(broker).ping()
        except (BrokerAway, *broker.connection_errors, *broker.channel_errors) as error:
            return first_line(error)
    return ""


def last_sweep() -> int | None:
    """Seconds since a worker last did a sweep that the scheduler sent; None if none was ever done.

    It shows that both are well. Raises kombu's OperationalError where the broker is away.
    """
    with app.connection_for_write() as link:
        swept = redis(link).get(SWEPT_AT)
    return None if swept is None else max(0, int(time.time()) - int(swept))


def first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


class Health:
    """Middleware: answers ``/health/live`` (this process works) and ``/health/ready`` (so does all it needs).

    Ready is 200, or 503 naming what is down: ``{"ready": false, "down": ["broker"]}``. Why it is down goes to
    the log: the probe's address is open to everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path == "/health/live":
            return JsonResponse({"live": True})
        if request.path == "/health/ready":
            return self.ready()
        return self.get_response(request)

    def ready(self) -> HttpResponse:
        troubles = {"database": database_trouble()}
        if not troubles["database"]:
            troubles["migrations"] = migrations_trouble()
        troubles["broker"] = broker_trouble()
        down = [name for name, trouble in troubles.items() if trouble]
        if down:
            log.error("not_ready", **{name: troubles[name] for name in down})
        response = JsonResponse({"ready": not down, "down": down}, status=503 if down else 200)
        response["Cache-Control"] = "no-store"
        return response
