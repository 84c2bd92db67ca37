"""Lists in pages, with what was asked for kept in the address bar."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 25


def page_of(rows: QuerySet[Any], request: HttpRequest, size: int = PAGE_SIZE) -> Page[Any]:
    """The page that ``?page=`` names; the first for nonsense, the last for a number beyond the end."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def asked(request: HttpRequest, name: str, limit: int = 200) -> str:
    """What a filter in the address bar says, trimmed; a NUL, which the database refuses, is dropped."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:limit]


def chosen(request: HttpRequest, name: str, options: tuple[str, ...], default: str = "") -> str:
    """A filter that knows its values; anything else means ``default``."""
    value = request.GET.get(name, default)
    return value if value in options else default
