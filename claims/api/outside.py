"""What Django answers itself, before or beside DRF: a problem under /api/, a page everywhere else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import defaults

from claims.api import problems


def _answer(
    status: int, code: str, title: str, detail: str, page: Callable[..., HttpResponse]
) -> Callable[..., HttpResponse]:
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.path.startswith("/api/"):
            return page(request, *args, **kwargs)
        content = problems.body(status, code, title, detail, request.path)
        return JsonResponse(content, status=status, content_type=problems.MEDIA_TYPE)

    return answer


bad_request = _answer(
    400,
    "malformed",
    "The request cannot be read",
    "The request is malformed, too large, or sent to a host name that is not served here.",
    defaults.bad_request,
)
not_found = _answer(
    404, "not_found", "Not Found", "There is nothing at this address.", defaults.page_not_found
)
server_error = _answer(
    500,
    "error",
    "Something went wrong here",
    "The error was logged. It is not your request's fault.",
    defaults.server_error,
)
