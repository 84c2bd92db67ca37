"""What the queue's templates need: the list, the finding beside it, the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.contrib.auth.models import User
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from claims.models import Finding, SavedView
from claims.services import queueing, saved_views

from . import essentials as essential
from . import reasons
from .finding_filters import Filters

#: Lines that come at once.
LINES = 30
#: Findings are counted up to here; "1,000+" says as much to somebody who works through them one by one.
COUNTED = 1000
#: People to assign to that are listed; the first nine have a number key.
PEOPLE = 30


@dataclass(frozen=True, slots=True)
class Tab:
    """A named set of filters above the list."""

    name: str
    query: str
    here: bool
    view: SavedView | None = None
    own: bool = False


def filters_of(request: HttpRequest) -> Filters:
    """The filters in force: those of the address, or, for a part that htmx asks for, of the page around."""
    return Filters.read(asked_for(request))


def asked_for(request: HttpRequest) -> QueryDict:
    """The query of the page that somebody sees: the address, or what a form or htmx says it is."""
    if request.method == "GET" and request.path == reverse("queue"):
        return request.GET
    htmx = getattr(request, "htmx", None)
    if htmx:
        return QueryDict(urlsplit(htmx.current_url or "").query)
    return QueryDict(request.POST.get("back", "")[:2000])


def lines(filters: Filters, person: User, after: Finding | None = None) -> dict[str, Any]:
    """The lines of the list, from the top or after a finding, and whether more follow; two queries."""
    rows = filters.rows(person).by_rank().in_lines()
    if after is not None:
        rows = rows.after(after)
    found = list(rows[: LINES + 1])
    held = queueing.holders(person)
    return {
        "lines": [(row, held.get(row.pk, [])) for row in found[:LINES]],
        "holders": held,
        "more": found[LINES - 1].pk if len(found) > LINES else None,
        "filters": filters,
        "query": filters.query(),
    }


def line(finding_id: int, filters: Filters, person: User) -> Finding | None:
    """One line, where the finding still fits the filters."""
    return filters.rows(person).in_lines().filter(pk=finding_id).first()


def count(filters: Filters, person: User) -> str:
    """How many there are, in words: "24", "1,000+"."""
    n = filters.rows(person)[: COUNTED + 1].count()
    return f"{COUNTED:,}+" if n > COUNTED else f"{n:,}"


def tabs(filters: Filters, person: User) -> list[Tab]:
    """The tabs everybody has, and the saved ones; one query."""
    here = filters.query()
    fixed = [
        Tab("All open", "", here == ""),
        Tab("Mine", "assignee=me", here == "assignee=me"),
        Tab("Unassigned", "assignee=nobody", here == "assignee=nobody"),
        Tab("Skipped", "state=skipped", here == "state=skipped"),
    ]
    saved = [
        Tab(view.name, view.query, here == view.query, view, view.person_id == person.pk)
        for view in saved_views.seen_by(person)[:60]
    ]
    return fixed + saved


def pane(
    finding_id: int | None, request: HttpRequest, holders: dict[int, list[User]] | None = None, **said: Any
) -> dict[str, Any]:
    """The finding beside the list, with all that its buttons need; {} for none, or one that is not there.

    ``holders`` are those of all findings where they are known already.
    """
    if finding_id is None:
        return {}
    finding = Finding.objects.for_decision().filter(pk=finding_id).first()
    if finding is None:
        return {}
    person: User = request.user  # type: ignore[assignment]
    reviews = list(finding.reviews.all())
    held = queueing.holders(person, among=[finding.pk]) if holders is None else holders
    return {
        "finding": finding,
        **essential.essentials(finding),
        "reviews": reviews,
        "undone": {r.undoes_id for r in reviews if r.undoes_id},
        "assignments": list(finding.assignments.select_related("person", "assignee")),
        "seen": finding.last_review_id or 0,
        "reasons": list(enumerate(reasons.dismissals(finding.check_id), 1)),
        "people": [(i if i <= 9 else None, each) for i, each in enumerate(_people(person), 1)],
        "holding": held.get(finding.pk, []),
        "back": filters_of(request).query(),
        **said,
    }


def _people(person: User) -> list[User]:
    """Oneself first: that is whom one assigns to most of the time."""
    others = User.objects.filter(is_active=True).exclude(pk=person.pk).order_by("username")
    return [person, *others[: PEOPLE - 1]]


def body(request: HttpRequest, at: int | None = None) -> dict[str, Any]:
    """The list and the finding beside it: that which ``at`` names, else the first."""
    person: User = request.user  # type: ignore[assignment]
    filters = filters_of(request)
    listed = lines(filters, person)
    first = listed["lines"][0][0].pk if listed["lines"] else None
    beside = pane(at, request, listed["holders"]) or pane(first, request, listed["holders"])
    return {
        **listed,
        **beside,
        "opened": at is not None and bool(beside),
        "count": count(filters, person),
        "tabs": tabs(filters, person),
        "chips": filters.chips(),
        "narrowed": filters.narrowed(),
        "common_reasons": list(enumerate(reasons.dismissals(""), 1)),
        "emptied": _emptied(person, filters) if not listed["lines"] else "",
    }


def _emptied(person: User, filters: Filters) -> str:
    """Why there is nothing in the list: "new" (nothing was ever found), "done", "skipped" or "narrowed"."""
    if filters.narrowed():
        return "narrowed"
    if Finding.objects.skipped_by(person).exists():
        return "skipped"
    return "done" if Finding.objects.exists() else "new"
