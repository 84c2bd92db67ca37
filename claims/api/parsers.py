"""Request bodies, read with a limit: no more of a body is held in memory than an article may have."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework import parsers
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from claims.api.problems import Problem


def request_limit() -> int:
    """The most bytes a request may have: one document of the largest size and room for what wraps it."""
    return settings.MAX_DOCUMENT_BYTES + 100_000


def too_large(size: int | None = None, **more: Any) -> Problem:
    said = f"The request has {size:,} bytes" if size else "The request has too many bytes"
    return Problem(
        413,
        "too_large",
        "Too large",
        f"{said}; a document may have {settings.MAX_DOCUMENT_BYTES:,}.",
        **more,
    )


def read_limited(stream: IO[bytes]) -> bytes:
    """The whole of ``stream``; raises the 413 problem as soon as it is longer than a request may be."""
    limit = request_limit()
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise too_large()
    return data


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def start_of_oversized(request: Request) -> bytes | None:
    """None where the body may be read. Where it is announced to be too large, its first bytes: one more than
    a document may have, and the rest is left unread. Raises a 411 problem where no length is announced."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length and "Transfer-Encoding" in request.headers:
        raise Problem(
            411, "no_length", "Length required", "Send the body with a Content-Length, not in chunks."
        )
    if not length or int(length) <= request_limit():
        return None
    return request._request.read(settings.MAX_DOCUMENT_BYTES + 1)


class JSONParser(parsers.BaseParser):
    """Strict JSON in UTF-8. Not DRF's: deep nesting and bad UTF-8 must be a 400 too."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        data = read_limited(stream)
        try:
            return json.loads(data.decode("utf-8"), parse_constant=_refuse_constant)
        except UnicodeDecodeError as exc:
            raise ParseError(f"The JSON is not UTF-8: byte {exc.start} cannot be read.") from exc
        except RecursionError as exc:
            raise ParseError("The JSON is nested too deeply.") from exc
        except ValueError as exc:
            raise ParseError(f"This is not JSON: {exc}.") from exc


class RawParser(parsers.BaseParser):
    """The body is the document itself; what it gives is bytes."""

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return read_limited(stream)


class TextParser(RawParser):
    media_type = "text/plain"


class HTMLParser(RawParser):
    media_type = "text/html"


class BytesParser(RawParser):
    media_type = "application/octet-stream"
