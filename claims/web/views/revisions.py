"""An article's revisions, and what changed from any to any other."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from claims.models import Claim, Revision

from .. import revising
from ..access import member
from ..paging import asked


@member
@require_GET
def compare(request: HttpRequest, article_id: int) -> HttpResponse:
    """From the revision ``?from=`` numbers to ``?to=``; without them from the one before to the last."""
    numbers = list(
        Revision.objects.filter(article=article_id)
        .order_by("number")
        .values("number", "is_current", "created_at")
    )
    if not numbers:
        raise Http404("No such article")
    known = [row["number"] for row in numbers]
    to = _asked(request, "to", known, known[-1])
    earlier = [number for number in known if number < to] or known
    since = _asked(request, "from", known, earlier[-1])
    rows = {
        row.number: row
        for row in Revision.objects.filter(article=article_id, number__in=(since, to))
        .defer("fingerprints", "profile")
        .select_related("article__outlet")
    }
    claims = Claim.objects.filter(revision__in=list(rows.values()), retired_at__isnull=True)
    told = list(claims.defer("record").order_by("start", "end"))
    old, new = rows[since], rows[to]
    headline, runs = revising.compare(
        old,
        new,
        [c for c in told if c.revision_id == old.pk],
        [c for c in told if c.revision_id == new.pk],
    )
    moved = [*headline.moved, *(m for run in runs for part in run.parts for m in part.moved)]
    context = {
        "numbers": numbers,
        "old": old,
        "new": new,
        "headline": headline,
        "runs": runs,
        "moved": moved,
        "differs": headline.sort != "same" or any(not run.same for run in runs),
    }
    return render(request, "articles/revisions.html", context)


def _asked(request: HttpRequest, name: str, known: list[int], default: int) -> int:
    word = asked(request, name, 9)
    if not word:
        return default
    if not word.isdecimal() or int(word) not in known:
        raise Http404("No such revision")
    return int(word)
