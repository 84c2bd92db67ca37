"""Request bodies. How long one may be is looked at before any parser sees it (``start_of_oversized``)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from time import monotonic
from typing import IO, Any

from django.conf import settings
from rest_framework import parsers
from rest_framework.exceptions import ParseError
from rest_framework.request import Request

from claims.api.problems import Problem

DRAINING = 5  # seconds that a client may go on sending what is thrown away


def request_limit() -> int:
    """The most bytes a request may have: one document of the largest size and room for what wraps it."""
    return settings.MAX_DOCUMENT_BYTES + 100_000


def too_large(request: Request, **more: Any) -> Problem:
    size, most = int(request.META["CONTENT_LENGTH"]), settings.MAX_DOCUMENT_BYTES
    said = f"The request has {size:,} bytes; a document may have {most:,}."
    return Problem(413, "too_large", "Too large", said, **more)


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def start_of_oversized(request: Request) -> bytes | None:
    """None where the body may be read. Where it is announced to be too large, its first bytes: one more than
    a document may have. Raises a 411 problem where no length is announced."""
    length = request.META.get("CONTENT_LENGTH") or ""
    if not length and "Transfer-Encoding" in request.headers:
        raise Problem(
            411, "no_length", "Length required", "Send the body with a Content-Length, not in chunks."
        )
    if not length or int(length) <= request_limit():
        return None
    start = request._request.read(settings.MAX_DOCUMENT_BYTES + 1)
    # Many clients listen only when they have sent it all, and would see a broken pipe, not the answer.
    patience = monotonic() + DRAINING
    while monotonic() < patience and request._request.read(65536):
        pass
    return start


class JSONParser(parsers.BaseParser):
    """Strict JSON in UTF-8. Not DRF's: deep nesting and bad UTF-8 must be a 400 too."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        data = stream.read()
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
        return stream.read()


class TextParser(RawParser):
    media_type = "text/plain"


class HTMLParser(RawParser):
    media_type = "text/html"


class BytesParser(RawParser):
    media_type = "application/octet-stream"
