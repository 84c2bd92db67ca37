"""Claim groups: what different outlets answer to one question."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Case, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from claims.models import Claim, ClaimGroup, ClaimLink, Finding, GroupDecision
from claims.models.claim import ClaimQuerySet
from claims.services import regrouping, reviewing

from .. import axis, passages, telling, wording
from ..access import member
from ..forms import GroupDecisionForm
from ..paging import asked, chosen, page_of

SHOWN_VALUES = 5  # in a line of the list
SHOWN_OTHERS = 25  # groups to move claims to
SHOWN_DECISIONS = 50
SHOWN_CLAIMS = 200  # on one page of a group; more would be no table but a dump


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    rows = ClaimGroup.objects.for_list()
    kind = chosen(request, "kind", tuple(wording.KINDS))
    several = chosen(request, "outlets", ("all", "several", "independent"), "several")
    words = asked(request, "q")
    if kind:
        rows = rows.filter(kind=kind)
    if several == "several":
        rows = rows.filter(outlet_count__gt=1)
    elif several == "independent":
        rows = rows.filter(origin_count__gt=1)
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
            "filtered": bool(kind or words or several != "all"),
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
    group = _group(group_id)
    if group.survivor != group:
        return redirect("group", group.survivor.id)
    return render(request, "groups/detail.html", _page(group))


@member
@require_POST
def decide(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Confirm, split, merge or move. A refusal comes back with everything that was ticked and typed."""
    group = _group(group_id).survivor
    form = GroupDecisionForm(request.POST, list(_claims(group).values_list("pk", flat=True)))
    if not form.is_valid():
        return _refused(request, group, " ".join(e for errors in form.errors.values() for e in errors), 422)
    said = form.cleaned_data
    about = {"reviewer": request.user, "reason": said["reason"], "seen": said["seen"]}
    other = ClaimGroup.objects.filter(pk=said["target"]).first() if said["target"] else None
    if said["target"] and other is None:
        return _refused(request, group, "The other group does not exist.", 422)
    try:
        if said["decision"] == GroupDecision.Kind.SPLIT:
            decision = regrouping.split(group, said["claims"], **about)
        elif other is not None and said["decision"] == GroupDecision.Kind.MOVE:
            decision = regrouping.move(said["claims"], other, **about)
        elif other is not None and said["decision"] == GroupDecision.Kind.MERGE:
            decision = regrouping.merge(group, [other], **about)
        else:
            decision = regrouping.confirm(group, claims=said["claims"] or None, **about)
    except reviewing.Refused as refusal:
        return _refused(request, group, refusal.detail, 409 if refusal.code == "stale" else 422)
    messages.success(request, "Recorded.")
    return redirect("group", decision.group_id)


@member
@require_POST
def undo(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Takes back a decision about this group."""
    number = request.POST.get("decision", "")
    wanted = int(number) if number.isascii() and number.isdigit() and len(number) < 19 else 0
    decision = get_object_or_404(GroupDecision.objects.about(group_id), id=wanted)
    try:
        regrouping.undo(decision, reviewer=request.user)
    except reviewing.Refused as refusal:
        messages.error(request, refusal.detail)
        group = _group(_group(group_id).survivor.pk)
        return render(request, "groups/detail.html", _page(group), status=409)
    messages.success(request, "Undone.")
    return redirect("group", decision.group_id)


def _group(group_id: UUID) -> ClaimGroup:
    return get_object_or_404(ClaimGroup.objects.with_counts().select_related("merged_into"), id=group_id)


def _claims(group: ClaimGroup) -> ClaimQuerySet:
    return Claim.objects.for_list().filter(group=group).in_reading_order()


def _page(group: ClaimGroup) -> dict[str, Any]:
    claims = list(_claims(group)[: SHOWN_CLAIMS + 1])
    shown = claims[:SHOWN_CLAIMS]
    origins, more = telling.behind(group)
    return {
        "group": group,
        "origins": origins,
        "more_origins": more,
        "passages": passages.of(shown),
        "cut": len(claims) > SHOWN_CLAIMS,
        "axis": axis.draw(intervals(shown)),
        "findings": Finding.objects.standing().filter(group=group).worst_first(),
        "version": regrouping.version_of(group),
        "others": _near(group),
        "decisions": GroupDecision.objects.about(group.pk).for_list()[:SHOWN_DECISIONS],
    }


def _near(group: ClaimGroup) -> list[ClaimGroup]:
    """The groups its claims may belong to instead: those that links lead to, then those of the same sort."""
    across = ClaimLink.objects.filter(first__group=group).exclude(second__group=group)
    back = ClaimLink.objects.filter(second__group=group).exclude(first__group=group)
    linked = {*across.values_list("second__group", flat=True), *back.values_list("first__group", flat=True)}
    rows = ClaimGroup.objects.for_list().filter(kind=group.kind).exclude(pk=group.pk)
    alike = Case(When(pk__in=linked - {None}, then=0), When(unit=group.unit, then=1), default=2)
    return list(
        rows.order_by(alike, "-origin_count", "-outlet_count", "-claim_count", "-created_at", "id")[
            :SHOWN_OTHERS
        ]
    )


def _refused(request: HttpRequest, group: ClaimGroup, detail: str, status: int) -> HttpResponse:
    """The page as it stands now, with the refusal and what was ticked and typed."""
    typed = {
        "refusal": detail,
        "typed": request.POST.get("reason", ""),
        "ticked": {int(each) for each in request.POST.getlist("claims") if each.isascii() and each.isdigit()},
        "chosen": request.POST.get("target", ""),
    }
    return render(request, "groups/detail.html", {**_page(_group(group.pk)), **typed}, status=status)


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
