"""The queue: what is open, the most urgent first, with the finding beside the list."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET
from django_htmx.http import push_url

from claims.models import Finding

from ..access import member
from ..finding_filters import choices
from ..paging import asked
from ..queue_parts import body, filters_of, lines, pane


@member
@require_GET
def queue(request: HttpRequest) -> HttpResponse:
    """The page; for htmx its list and pane (target ``q-body``) or the next lines (target ``q-more``)."""
    htmx = request.htmx  # type: ignore[attr-defined]
    part = htmx and not htmx.history_restore_request
    if part and htmx.target == "q-more":
        after = Finding.objects.filter(pk=number(asked(request, "after"))).first()
        return render(request, "queue/lines.html", lines(filters_of(request), request.user, after))  # type: ignore[arg-type]
    context = body(request, number(asked(request, "at")))
    if request.GET.get("filters"):
        context["choices"] = choices(context["filters"])
    if part and htmx.target == "q-body":
        response = render(
            request, "queue/body.html", {**context, "swap_head": True, "from_form": htmx.trigger == "q-form"}
        )
        return push_url(response, address(context["query"]))
    context["deleted_view"] = request.session.pop("queue_deleted_view", None)
    return render(request, "queue/queue.html", context)


@member
@require_GET
def beside(request: HttpRequest, finding_id: int) -> HttpResponse:
    """The finding beside the list, for htmx; a person who comes here by hand gets the whole queue."""
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(f"{reverse('queue')}?at={finding_id}")
    get_object_or_404(Finding.objects.only("pk"), pk=finding_id)
    return render(request, "queue/pane.html", pane(finding_id, request))


@member
@require_GET
def filter_panel(request: HttpRequest) -> HttpResponse:
    """The lists to choose filters from: asked for when the panel is opened, because few open it."""
    return render(
        request,
        "queue/choices.html",
        {"choices": choices(filters_of(request)), "filters": filters_of(request)},
    )


def address(query: str, at: int | None = None) -> str:
    """The queue's address with these filters."""
    parts = [each for each in (query, f"at={at}" if at else "") if each]
    return reverse("queue") + (f"?{'&'.join(parts)}" if parts else "")


def number(words: str) -> int | None:
    """An id out of an address; None for what is none or is larger than any id."""
    return int(words) if words.isascii() and words.isdigit() and len(words) < 19 else None
