"""The start page: what has changed since one was last here, and what waits for one's own hand.

Every list is bounded and asks one query that an index answers, however many articles there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Count, F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from claims.models import (
    Article,
    Correspondence,
    Document,
    FactCheck,
    Finding,
    Report,
    Review,
    Revision,
)
from claims.services import visits

from ..access import member
from ..paging import chosen

#: How many lines each list has; one more row than that is read, to know whether there are more.
WORST = 8
FEW = 5
#: So many of the newest findings are ranked; after a longer absence the queue, which ranks all, says more.
RANKED = 2000
#: New findings are counted so far, then it says "more than".
COUNTED = 99
#: What a newcomer, who was never here, is shown as new.
FIRST_LOOK = timedelta(days=7)

SPANS = {
    "visit": ("Since your last visit", None),
    "day": ("24 hours", timedelta(days=1)),
    "week": ("7 days", timedelta(days=7)),
}


@dataclass(frozen=True, slots=True)
class Few:
    """The first lines of a list, and whether there are more."""

    rows: list[Any]
    more: bool

    def __bool__(self) -> bool:
        return bool(self.rows)


def few(rows: Any, limit: int = FEW) -> Few:
    """At most ``limit`` of a queryset's rows; one query."""
    found = list(rows[: limit + 1])
    return Few(found[:limit], len(found) > limit)


@member
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    person = request.user
    assert isinstance(person, User)  # noqa: S101  # nosec B101 -- member() lets nobody else in
    last = visits.arrive(person)
    span = chosen(request, "since", tuple(SPANS), "visit")
    back = SPANS[span][1]
    since = timezone.now() - back if back else last or timezone.now() - FIRST_LOOK
    page = {**_mine(person), **_news(person, since), **_desk(since)}
    return render(
        request,
        "home.html",
        {
            **page,
            "since": since,
            "first": last is None,
            "span": span,
            "spans": [(name, words) for name, (words, _) in SPANS.items()],
            "empty": not any(page.values()) and not Article.objects.exists(),
            "today": timezone.localdate(),
        },
    )


def _mine(person: User) -> dict[str, Any]:
    """What waits for this person: findings, fact-checks, second reviews and replies that have not come."""
    # Without the claim and its article: the page does not show them, and joins cost more than the rows.
    checks = FactCheck.objects.select_related("assignee").order_by(
        "-harm", F("due_on").asc(nulls_last=True), "-id"
    )
    return {
        "assigned": few(
            Finding.objects.open().filter(assignee=person).order_by("-rank", "-last_changed_at", "-id")
        ),
        "checks": few(checks.under_way().filter(assignee=person)),
        "second": few(checks.awaiting_review_by(person)),
        "overdue": few(
            Correspondence.objects.open()
            .filter(
                Q(factcheck__assignee=person) | Q(entered_by=person),
                factcheck__in=FactCheck.objects.under_way(),
                deadline__lt=timezone.now(),
            )
            .select_related("factcheck")
            .order_by("deadline", "id")
        ),
    }


def _news(person: User, since: datetime) -> dict[str, Any]:
    """What the program found and others decided after ``since``."""
    new = Finding.objects.new_since(since)
    # The worst of the newest: ranked in one go, the database would walk all that are open to find the new.
    latest = new.order_by("-first_seen_at").values("pk")[:RANKED]
    # Their ids first: what is sorted is narrow then.
    worst = Finding.objects.filter(pk__in=latest).by_rank().values("pk")[: WORST + 1]
    rows = Finding.objects.filter(pk__in=worst).defer("evidence", "basis", "clears")
    return {
        "new": few(rows.by_rank(), WORST),
        "new_count": new.order_by()[: COUNTED + 1].count(),
        "decided": few(
            Review.objects.decisions()
            .by_others(person)
            .filter(created_at__gt=since)
            .select_related("finding", "group", "reviewer")
            .order_by("-id")
        ),
        "revised": few(
            Revision.objects.revised_since(since)
            .without_text()
            .select_related("article__outlet")
            .order_by("-created_at", "-id")
        ),
    }


def _desk(since: datetime) -> dict[str, Any]:
    """What is being read, what failed after ``since``, and the last report."""
    documents = Document.objects.for_list()
    return {
        "under_way": few(documents.under_way().order_by("-received_at")),
        "failed": few(documents.failed().filter(state_since__gt=since).order_by("-state_since")),
        # Counting groups, and grouping drops the order of the model.
        "report": Report.objects.only("id", "kind", "day")
        .annotate(told=Count("new_findings"))
        .order_by("-day", "kind")
        .first(),
    }
