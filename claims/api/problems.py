"""Every error as ``application/problem+json`` (RFC 9457): one shape, plain words, never a traceback.

``{"type", "title", "status", "detail", "code", "instance"}``, and where it helps ``errors`` (one line per
field) and ``document`` (id of the row that shows what happened).
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from typing import Any

import psycopg
from django.core import exceptions as django_errors
from django.db import InterfaceError, OperationalError
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from rest_framework import exceptions
from rest_framework.response import Response

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

# A problem of the content has the status that says most; other codes of unreadable content are 422.
STATUS_OF_CONTENT = {"too_large": 413, "binary": 415}


class Problem(exceptions.APIException):
    """Raise it to answer with a problem.

    ``code`` is one stable word for programs, ``title`` the kind of problem, ``detail`` what happened this
    time and what to do. ``more`` are further members of the JSON object; ``headers`` go on the response.
    """

    def __init__(
        self,
        status: int,
        code: str,
        title: str,
        detail: str,
        *,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail, code)
        self.status_code = status
        self.code, self.title, self.text, self.more = code, title, detail, more
        self.headers = dict(headers or {})

    def content(self, path: str) -> dict[str, Any]:
        """The problem as JSON; ``path`` is the address it happened at."""
        return body(self.status_code, self.code, self.title, self.text, path, **self.more)


def of_content(code: str, title: str, detail: str, **more: Any) -> Problem:
    """The problem for content that cannot be read: 413 too large, 415 binary, 422 all else."""
    return Problem(STATUS_OF_CONTENT.get(code, 422), code, title, detail, **more)


def field_errors(detail: Any, path: str = "") -> Iterator[dict[str, str]]:
    """{"field", "detail", "code"} for each complaint in DRF's nested ``detail``; field "" is the whole."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            here = "" if name in ("non_field_errors", "__all__") else str(name)
            yield from field_errors(inner, ".".join(x for x in (path, here) if x))
    elif isinstance(detail, list | tuple):
        for inner in detail:
            yield from field_errors(inner, path)
    else:
        yield {"field": path, "detail": str(detail), "code": getattr(detail, "code", "invalid")}


def _validation(exc: exceptions.ValidationError) -> Problem:
    errors = list(field_errors(exc.detail))
    said = "; ".join(f"{e['field']}: {e['detail']}" if e["field"] else e["detail"] for e in errors)
    return Problem(400, "invalid", "The request has errors in it", said, errors=errors)


def _model_validation(exc: django_errors.ValidationError) -> Problem:
    detail = exc.message_dict if hasattr(exc, "error_dict") else exc.messages
    return _validation(exceptions.ValidationError(detail))


def database_away(_: BaseException) -> Problem:
    return Problem(
        503,
        "database_down",
        "The database does not answer",
        "Try again in a moment. What was accepted is kept, and the same content is stored once.",
        headers={"Retry-After": "5"},
    )


def _too_large(_: Exception) -> Problem:
    return Problem(
        413, "too_large", "The request is too large", "The request holds more data than is accepted."
    )


def _malformed(exc: Exception) -> Problem:
    return Problem(400, "malformed", "The request cannot be read", str(exc) or "The request is malformed.")


# The pool raises the driver's own errors, past Django's.
DATABASE_AWAY = (OperationalError, InterfaceError, psycopg.OperationalError, psycopg.InterfaceError)

# Exceptions of others, and the problem each is. First match wins.
TRANSLATIONS: list[tuple[type[Exception], Callable[[Any], Exception]]] = [
    (exceptions.ValidationError, _validation),
    (Http404, lambda _: exceptions.NotFound("There is nothing at this address.")),
    (django_errors.PermissionDenied, lambda e: exceptions.PermissionDenied(*e.args)),
    (django_errors.ValidationError, _model_validation),
    (django_errors.RequestDataTooBig, _too_large),
    (django_errors.BadRequest, _malformed),
    (django_errors.SuspiciousOperation, _malformed),
    (MultiPartParserError, _malformed),
    *((kind, database_away) for kind in DATABASE_AWAY),
]


def _translate(exc: Exception) -> Exception:
    for kind, problem in TRANSLATIONS:
        if isinstance(exc, kind):
            return problem(exc)
    return exc


def _headers(exc: exceptions.APIException) -> dict[str, str]:
    headers = dict(getattr(exc, "headers", {}))
    if challenge := getattr(exc, "auth_header", None):
        headers["WWW-Authenticate"] = challenge
    if wait := getattr(exc, "wait", None):
        headers["Retry-After"] = str(max(1, round(wait)))
    return headers


def body(status: int, code: str, title: str, detail: str, path: str, **more: Any) -> dict[str, Any]:
    return {
        "type": f"urn:problem-type:factcheck:{code}",
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "instance": path,
        **more,
    }


def answer(exc: Exception, context: Mapping[str, Any]) -> Response:
    """DRF's exception handler: any exception in, a problem out; an unexpected one is logged whole."""
    request = context.get("request")
    path = request.path if request is not None else ""
    known = _translate(exc)
    if isinstance(known, Problem):
        content = known.content(path)
    elif isinstance(known, exceptions.APIException):
        status = known.status_code
        detail = "; ".join(e["detail"] for e in field_errors(known.detail))
        if isinstance(known, exceptions.NotAuthenticated):
            detail += " Send a token in the header “Authorization: Bearer …”."
        if isinstance(known, exceptions.UnsupportedMediaType):
            detail += f" This takes {', '.join(p.media_type for p in context['view'].parser_classes)}."
        content = body(status, str(known.default_code), HTTPStatus(status).phrase, detail, path)
    else:
        logger.error("unexpected error at %s", path, exc_info=exc)
        content = body(
            500,
            "error",
            "Something went wrong here",
            "The error was logged. It is not your request's fault.",
            path,
        )
        return Response(content, status=500, content_type=MEDIA_TYPE)
    if content["status"] >= 500:
        logger.warning("answered %s at %s", content["status"], path, exc_info=exc)
    return Response(content, status=content["status"], headers=_headers(known), content_type=MEDIA_TYPE)
