"""Claim groups: what different outlets answer to one question."""

from __future__ import annotations

from collections import Counter, defaultdict
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from claims.models import Claim, ClaimGroup, Finding

from .. import axis, passages, wording
from ..access import member
from ..paging import asked, chosen, page_of

SHOWN_VALUES = 5  # in a line of the list
SHOWN_CLAIMS = 200  # on one page of a group; more would be no table but a dump


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    rows = ClaimGroup.objects.for_list()
    kind = chosen(request, "kind", tuple(wording.KINDS))
    several = chosen(request, "outlets", ("all", "several"), "several")
    words = asked(request, "q")
    if kind:
        rows = rows.filter(kind=kind)
    if several == "several":
        rows = rows.filter(outlet_count__gt=1)
    for word in words.split():
        rows = rows.filter(label__icontains=word)
    page = page_of(rows, request)
    values = _values(page.object_list)
    return render(
        request,
        "groups/list.html",
        {
            "page": page,
            "rows": [(group, values[group.id]) for group in page.object_list],
            "kinds": wording.KINDS,
            "kind": kind,
            "several": several,
            "words": words,
            "filtered": bool(kind or words or several == "several"),
            "anything": page.paginator.count > 0 or ClaimGroup.objects.exists(),
        },
    )


def _values(groups: list[ClaimGroup]) -> dict[UUID, list[str]]:
    """What the groups' claims say, most often said first: "almost $18 billion (3)"."""
    said: dict[UUID, Counter[str]] = defaultdict(Counter)
    for claim in Claim.objects.standing().filter(group__in=[g.id for g in groups]).order_by("id"):
        if claim.value is not None:
            words = wording.amount(claim.value, claim.unit)
            said[claim.group_id][f"{claim.modifier} {words}".strip()] += 1
    return defaultdict(
        list,
        {
            group: [f"{words} ({n})" if n > 1 else words for words, n in counts.most_common(SHOWN_VALUES)]
            + ([f"and {len(counts) - SHOWN_VALUES} more"] if len(counts) > SHOWN_VALUES else [])
            for group, counts in said.items()
        },
    )


@member
@require_GET
def detail(request: HttpRequest, group_id: UUID) -> HttpResponse:
    group = get_object_or_404(ClaimGroup.objects.with_counts().select_related("merged_into"), id=group_id)
    if group.survivor != group:
        return redirect("group", group.survivor.id)
    claims = list(Claim.objects.for_list().filter(group=group).in_reading_order()[: SHOWN_CLAIMS + 1])
    shown = claims[:SHOWN_CLAIMS]
    return render(
        request,
        "groups/detail.html",
        {
            "group": group,
            "passages": passages.of(shown),
            "cut": len(claims) > SHOWN_CLAIMS,
            "axis": axis.draw(intervals(shown)),
            "findings": Finding.objects.standing().filter(group=group).worst_first(),
        },
    )


def intervals(claims: list[Claim]) -> list[axis.Interval]:
    """What can be drawn of ``claims``: those with a number."""
    return [
        axis.Interval(
            label=claim.revision.article.outlet.name,
            quote=claim.quote,
            bounds=claim.bounds,
            value=claim.value,
            unit=claim.unit,
            soft=claim.soft,
        )
        for claim in claims
        if claim.bounds is not None and not claim.bounds.isempty
    ]
