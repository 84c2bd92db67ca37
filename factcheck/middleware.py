"""What surrounds every request: a logged line with an id, and a clear answer when the database is away."""

from __future__ import annotations

import re
import sys
import time
import uuid
from collections.abc import Callable

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template import loader
from psycopg import InterfaceError as DriverInterfaceError
from psycopg import OperationalError as DriverOperationalError

from claims.api import outside, problems

log = structlog.get_logger(__name__)

Answer = Callable[[HttpRequest], HttpResponse]

#: What is raised when the database cannot be reached. psycopg_pool.PoolTimeout is a driver OperationalError.
AWAY = (OperationalError, InterfaceError, DriverOperationalError, DriverInterfaceError)
RETRY_AFTER = 10  # seconds


class RequestLog:
    """Gives each request an id (the sender's ``X-Request-ID``, if it looks like one) and logs how it went."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-ID", "")
        request_id = given if re.fullmatch(r"[\w.-]{8,64}", given, re.ASCII) else uuid.uuid4().hex
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        began = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        write = log.debug if request.path.startswith(("/health/", "/static/")) else log.info
        write(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            ms=round((time.perf_counter() - began) * 1000, 1),
        )
        return response


class Unavailable:
    """Answers 503 when the database is away: a page for people, problem+json (RFC 9457) under /api/."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request, exception) if isinstance(exception, AWAY) else None


def unavailable(request: HttpRequest, exception: BaseException) -> HttpResponse:
    log.error("database_away", path=request.path, error=str(exception).strip())
    response: HttpResponse
    if request.path.startswith("/api/"):
        response = JsonResponse(
            problems.database_away(exception).content(request.path),
            status=503,
            content_type=problems.MEDIA_TYPE,
        )
    else:
        # Without the request: no context processor may ask the database who is logged in.
        response = HttpResponse(loader.get_template("503.html").render({"seconds": RETRY_AFTER}), status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["Cache-Control"] = "no-store"
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """``handler500``: an exception outside the view, such as a session that cannot be saved, ends here."""
    exception = sys.exc_info()[1]
    if isinstance(exception, AWAY):
        return unavailable(request, exception)
    return outside.server_error(request)
