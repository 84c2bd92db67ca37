"""Findings: the list, one finding with its evidence, and what people decide about it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from claims.engine.checks import all_checks
from claims.models import Finding, Outlet, Review
from claims.models.finding import FindingQuerySet
from claims.services import ratings, reviewing

from .. import essentials as essential
from .. import evidence as shown
from ..access import member
from ..forms import DecisionForm
from ..paging import asked, chosen, page_of

STATES = ("open", "confirmed", "dismissed", "resolved", "all")


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    state = chosen(request, "state", STATES, "open")
    severity = chosen(request, "severity", tuple(Finding.Severity.values))
    check, outlet = asked(request, "check"), asked(request, "outlet")
    rows = _in_state(state)
    if severity:
        rows = rows.filter(severity=severity)
    if check:
        rows = rows.filter(check_id=check)
    if outlet:
        touching = Q(findingclaim__claim__revision__article__outlet__slug=outlet) | Q(
            articles__outlet__slug=outlet
        )
        rows = rows.filter(id__in=Finding.objects.filter(touching).values("id"))
    return render(
        request,
        "findings/list.html",
        {
            "page": page_of(rows.for_list().worst_first(), request),
            "state": state,
            "states": STATES,
            "severity": severity,
            "severities": reversed(Finding.Severity.values),
            "check": check,
            "checks": all_checks(),
            "outlet": outlet,
            "outlets": Outlet.objects.filter(articles__isnull=False).distinct(),
            "filtered": bool(severity or check or outlet or state != "open"),
        },
    )


def _in_state(state: str) -> FindingQuerySet:
    """As Finding.state says it: a decision stays a decision when the cause is gone."""
    if state == "open":
        return Finding.objects.open()
    if state == "resolved":
        return Finding.objects.filter(decision=Finding.Decision.NONE, resolved_at__isnull=False)
    if state == "all":
        return Finding.objects.all()
    return Finding.objects.filter(decision=state)


@member
@require_GET
def detail(request: HttpRequest, finding_id: int) -> HttpResponse:
    return render(request, "findings/detail.html", _page(request, _finding(finding_id)))


@member
@require_GET
def essentials(request: HttpRequest, finding_id: int) -> HttpResponse:
    """The part that the queue shows beside its list, by itself."""
    finding = get_object_or_404(Finding.objects.select_related("group"), id=finding_id)
    return render(request, "findings/essentials.html", essential.essentials(finding))


@member
@require_POST
def decide(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Confirm, dismiss, reopen or comment. A refusal comes back with everything that was typed."""
    finding = _finding(finding_id)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _refused(request, finding, _faults(form), 422)
    try:
        reviewing.decide(
            finding,
            reviewer=request.user,
            decision=form.cleaned_data["decision"],
            reason=form.cleaned_data["reason"],
            verdict=form.cleaned_data["verdict"],
            seen=form.cleaned_data["seen"] or 0,
        )
    except reviewing.Refused as refusal:
        return _refused(request, finding, refusal.detail, 409 if refusal.code == "stale" else 422)
    return _done(request, finding)


def _faults(form: DecisionForm) -> str:
    """What is wrong with the form, in one line."""
    names = {"decision": "Decision", "seen": "Page", "verdict": "Verdict", "reason": "Reason"}
    return " ".join(f"{names[field]}: {' '.join(errors)}" for field, errors in form.errors.items())


@member
@require_POST
def undo(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Takes back one's own last review of this finding, by a new one."""
    finding = _finding(finding_id)
    review = get_object_or_404(Review, finding=finding, id=_number(request.POST.get("review", "")))
    try:
        reviewing.undo(review, reviewer=request.user)
    except reviewing.Refused as refusal:
        return _refused(request, finding, refusal.detail, 409)
    return _done(request, finding)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _finding(finding_id: int) -> Finding:
    return get_object_or_404(Finding.objects.for_decision(), id=finding_id)


def _done(request: HttpRequest, finding: Finding) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, "Recorded.")
        return redirect("finding", finding.id)
    context = _decision(request, _finding(finding.id))
    return render(request, "findings/decision.html", {**context, "recorded": True, "swap_state": True})


def _refused(request: HttpRequest, finding: Finding, detail: str, status: int) -> HttpResponse:
    """The page or its part as it stands now, with the refusal and what was typed."""
    now = _finding(finding.id)
    typed = {
        "refusal": detail,
        "typed": request.POST.get("reason", ""),
        "chosen_verdict": request.POST.get("verdict", ""),
        "seen_before": _number(request.POST.get("seen", "")),
    }
    if request.htmx:  # type: ignore[attr-defined]
        context = _decision(request, now)
        return render(
            request, "findings/decision.html", {**context, **typed, "swap_state": True}, status=status
        )
    return render(request, "findings/detail.html", {**_page(request, now), **typed}, status=status)


def _decision(request: HttpRequest, finding: Finding) -> dict[str, Any]:
    """What the part with history and form needs."""
    reviews = list(finding.reviews.all())
    undone = {r.undoes_id for r in reviews if r.undoes_id}
    decisions = [r for r in reviews if r.decision != Review.Decision.COMMENT]
    last = decisions[-1] if decisions else None
    may_undo = last is not None and last.reviewer_id == request.user.pk and last.undoes_id is None
    return {
        "finding": finding,
        "reviews": reviews,
        "undone": undone,
        "verdicts": ratings.choices(),
        "rating_labels": ratings.labels(),
        "seen": finding.last_review_id or 0,
        "undoable": last if may_undo else None,
    }


def _page(request: HttpRequest, finding: Finding) -> dict[str, Any]:
    found = essential.essentials(finding, level=1)
    return {
        **_decision(request, finding),
        **found,
        "rules": essential.rules(found["e"]["claims"]),
        "check": next((c for c in all_checks() if c.id == finding.check_id), None),
        "evidence": shown.lines(finding),
        "recorded_evidence": shown.as_json(finding),
    }
