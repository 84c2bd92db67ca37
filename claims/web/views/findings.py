"""The archive of findings: all that there are, decided or not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from ..access import member
from ..finding_filters import Filters, choices
from ..paging import page_of

#: The archive's states: one's own skips are the queue's.
STATES = ("all", "open", "confirmed", "dismissed", "resolved")


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Every finding, the latest change first; those to decide are the queue's."""
    filters = Filters.read(request.GET, "all", STATES)
    rows = filters.rows(request.user, skipped_too=True)  # type: ignore[arg-type]
    return render(
        request,
        "findings/list.html",
        {
            "page": page_of(rows.for_list().with_day().order_by("-last_changed_at", "-id"), request),
            "filters": filters,
            "choices": choices(filters, STATES),
            "chips": filters.chips("all"),
            "filtered": filters.narrowed("all"),
        },
    )
