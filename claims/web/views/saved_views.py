"""Named filters of the queue: saved, renamed, shared, deleted and brought back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from claims.models import SavedView
from claims.services import saved_views
from claims.services.refusal import Refused

from ..access import member
from ..finding_filters import Filters
from ..queue_parts import filters_of
from .queue import address


@member
@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """Saves the filters of the page under a name, or those that ``query`` names (bringing one back)."""
    query = filters_of(request).query()
    if "query" in request.POST:
        query = Filters.read(QueryDict(request.POST["query"][:2000])).query()
    try:
        view = saved_views.save(
            request.user,  # type: ignore[arg-type]
            request.POST.get("name", ""),
            query,
            shared=bool(request.POST.get("shared")),
        )
    except Refused as refusal:
        messages.error(request, refusal.detail)
        return _to(request, query)
    messages.success(request, f"Saved as “{view.name}”.")
    return _to(request, query)


@member
@require_POST
def change(request: HttpRequest, view_id: int) -> HttpResponse:
    """Renames a view, shares it or keeps it to oneself."""
    view = get_object_or_404(SavedView, pk=view_id)
    try:
        saved_views.change(
            view,
            request.user,  # type: ignore[arg-type]
            request.POST.get("name", ""),
            shared=bool(request.POST.get("shared")),
        )
        messages.success(
            request, f"“{view.name}” is {'shared with the desk' if view.shared else 'yours alone'}."
        )
    except Refused as refusal:
        messages.error(request, refusal.detail)
    return _to(request, view.query)


@member
@require_POST
def delete(request: HttpRequest, view_id: int) -> HttpResponse:
    """Deletes a view; the note that says so can bring it back."""
    view = get_object_or_404(SavedView, pk=view_id)
    try:
        saved_views.delete(view, request.user)  # type: ignore[arg-type]
    except Refused as refusal:
        messages.error(request, refusal.detail)
        return _to(request, view.query)
    request.session["queue_deleted_view"] = {"name": view.name, "query": view.query, "shared": view.shared}
    return _to(request, view.query)


def _to(request: HttpRequest, query: str) -> HttpResponse:
    there = address(query)
    return HttpResponseClientRedirect(there) if request.htmx else redirect(there)  # type: ignore[attr-defined]
