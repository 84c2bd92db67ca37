"""Who may see a page: everybody who is logged in, and nobody else."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django_htmx.http import HttpResponseClientRedirect

View = Callable[..., HttpResponse]


def member(view: View) -> View:
    """Only for people who are logged in; others go to the log-in page and come back here afterwards.

    A part of a page that htmx asks for sends the whole page to log in, not the part. What a member sees
    stays out of shared caches; the browser keeps it, so that going back loses no half-written reason.
    """
    guarded = cache_control(private=True, no_cache=True)(login_required(view))

    @wraps(view)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        htmx = getattr(request, "htmx", None)
        if htmx and not request.user.is_authenticated:
            page = urlsplit(htmx.current_url or "")
            back = page.path + (f"?{page.query}" if page.query else "")
            return HttpResponseClientRedirect(f"{reverse('login')}?{urlencode({'next': back or '/'})}")
        return guarded(request, *args, **kwargs)

    return guard


def administrator(view: View) -> View:
    """Only for administrators (staff); other members get the page that says so, with status 403."""

    @wraps(view)
    def guard(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_staff:  # type: ignore[union-attr]
            raise PermissionDenied("Settings are for administrators.")
        return view(request, *args, **kwargs)

    return member(guard)
