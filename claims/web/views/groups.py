"""Claim groups: what different outlets answer to one question, and where each has its answer from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from claims.models import Claim, ClaimGroup, FactCheck, Finding, GroupDecision
from claims.services import lineage, regrouping, reviewing, tracing

from .. import family, grouplist
from ..access import member
from ..forms import GroupDecisionForm
from ..paging import asked, chosen

SHOWN_FOUND = 12  # groups found by words and numbers
SHOWN_ORIGINS = 30
SHOWN_DECISIONS = 50
SHOWN_FINDINGS = 20
SHOWN_FACTCHECKS = 10
SHOWN_WEAK = 5


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    return render(request, "groups/list.html", grouplist.page(request))


@member
@require_GET
def detail(request: HttpRequest, group_id: UUID) -> HttpResponse:
    group = _group(group_id)
    if group.survivor != group:
        return redirect("group", group.survivor.id)
    return render(request, "groups/detail.html", _page(request, group))


@member
@require_GET
def others(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """The part of the page that lists the groups to merge with or move to, found by words and numbers."""
    group = _group(group_id).survivor
    words = asked(request, "find")
    return render(request, "groups/candidates.html", _candidates(group, words, asked(request, "target")))


@member
@require_POST
def decide(request: HttpRequest, group_id: UUID) -> HttpResponse:
    """Confirm, split, merge or move. A refusal comes back with everything that was ticked and typed."""
    group = _group(group_id).survivor
    if request.POST.get("decision") == "find":  # without scripts: look for another group, and keep the ticks
        return render(request, "groups/detail.html", {**_page(request, group), **_typed(request)})
    members = Claim.objects.standing().filter(group=group).values_list("pk", flat=True)
    form = GroupDecisionForm(request.POST, list(members))
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
        return render(request, "groups/detail.html", _page(request, group), status=409)
    messages.success(request, "Undone.")
    return redirect("group", decision.group_id)


def _group(group_id: UUID) -> ClaimGroup:
    return get_object_or_404(ClaimGroup.objects.with_counts().select_related("merged_into"), id=group_id)


def _page(request: HttpRequest, group: ClaimGroup) -> dict[str, Any]:
    shows_all = request.GET.get("all") == "1"
    found = lineage.of(group, lineage.READ_ALL if shows_all else lineage.READ)
    order = chosen(request, "sort", tuple(family.ORDERS), "day")
    down = request.GET.get("way") == "down"
    folded = request.GET.get("copies") != "apart"
    by_as_of = request.GET.get("by") == "as-of"
    every = family.in_order(family.rows(found, folded=folded), order, down=down)
    rows = every if shows_all else family.first_of(every, _ticked(request))
    behind = tracing.independent_origins(group)
    graph, origins = family.origin_graph(behind[:SHOWN_ORIGINS], found)
    weak = sorted((row for row in every if row.weak), key=lambda row: row.claim.link_score or 0)
    words = asked(request, "find") or request.POST.get("find", "")[:200].replace("\x00", "").strip()
    return {
        "group": group,
        "chart": family.chart(found, group, by_as_of=by_as_of),
        "by_as_of": by_as_of,
        "has_as_of": family.has_as_of(found),
        "readings": family.readings(found),
        "rows": rows,
        "shows_all": shows_all,
        "has_more": found.cut or len(rows) < len(every) or any(row.more_copies for row in rows),
        "many": len(every) > family.ROWS,
        "columns": family.columns(request.GET, order, down=down),
        "folded": folded,
        "has_copies": any(row.copies for row in every) or not folded,
        "cut": found.cut,
        "graph": graph,
        "origins": origins,
        "more_origins": max(len(behind) - SHOWN_ORIGINS, 0),
        "references": found.references,
        "findings": Finding.objects.standing().filter(group=group).worst_first()[:SHOWN_FINDINGS],
        "factchecks": FactCheck.objects.filter(Q(group=group) | Q(claim__group=group))
        .select_related("assignee", "rating")
        .order_by("-changed_at")[:SHOWN_FACTCHECKS],
        "version": regrouping.version_of(group),
        "weak": weak[:SHOWN_WEAK] if len(found.rows) > 2 else [],
        "decisions": GroupDecision.objects.about(group.pk).for_list()[:SHOWN_DECISIONS],
        **_candidates(group, words),
    }


def _candidates(group: ClaimGroup, words: str, target: str = "") -> dict[str, Any]:
    """Those that words and numbers find, else those that links lead to."""
    rows = list(ClaimGroup.objects.matching(words).exclude(pk=group.pk)[:SHOWN_FOUND]) if words else []
    return {
        "group": group,
        "find": words,
        "found": [grouplist.Line(row) for row in rows],
        "near": [] if words else lineage.nearby(group),
        "chosen": target,
    }


def _typed(request: HttpRequest) -> dict[str, Any]:
    """What was ticked and typed, for the page to show again."""
    return {
        "typed": request.POST.get("reason", ""),
        "ticked": _ticked(request),
        "chosen": request.POST.get("target", ""),
    }


def _ticked(request: HttpRequest) -> set[int]:
    ticks = request.POST.getlist("claims")
    return {int(each) for each in ticks if each.isascii() and each.isdigit() and len(each) < 19}


def _refused(request: HttpRequest, group: ClaimGroup, detail: str, status: int) -> HttpResponse:
    """The page as it stands now, with the refusal and what was ticked and typed."""
    said = {**_page(request, _group(group.pk)), **_typed(request), "refusal": detail}
    return render(request, "groups/detail.html", said, status=status)
