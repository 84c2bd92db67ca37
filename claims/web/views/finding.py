"""One finding: its evidence, and what people decide about it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from claims.engine.checks import all_checks
from claims.models import Finding, Review
from claims.services import queueing, ratings, reviewing
from claims.services.refusal import Refused

from .. import essentials as essential
from .. import evidence as shown
from .. import history, reasons
from ..access import member
from ..finding_filters import Filters
from ..forms_finding import AssignForm, DecisionForm

#: People a finding can be given to, in one list.
SHOWN_PEOPLE = 200


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
    given = form.cleaned_data
    try:
        reviewing.decide(
            finding,
            reviewer=request.user,
            decision=given["decision"],
            reason=given["reason"],
            verdict=given["verdict"],
            seen=given["seen"] or 0,
            link=given["link"],
            link_title=given["link_title"],
        )
    except Refused as refusal:
        return _refused(request, finding, refusal.detail, 409 if refusal.code == "stale" else 422)
    return _done(request, finding)


@member
@require_POST
def undo(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Takes back one's own last review of this finding, by a new one."""
    finding = _finding(finding_id)
    review = get_object_or_404(Review, finding=finding, id=_number(request.POST.get("review", "")))
    try:
        reviewing.undo(review, reviewer=request.user)
    except Refused as refusal:
        return _refused(request, finding, refusal.detail, 409)
    return _done(request, finding)


@member
@require_POST
def assign(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Gives the finding to somebody, or to nobody."""
    finding = _finding(finding_id)
    form = AssignForm(request.POST)
    if not form.is_valid():
        return _refused(request, finding, _faults(form), 422)
    try:
        queueing.assign(finding, request.user, form.cleaned_data["assignee"], form.cleaned_data["seen"] or 0)
    except Refused as refusal:
        return _refused(request, finding, refusal.detail, 409 if refusal.code == "stale" else 422)
    return _done(request, finding)


_NAMES = {"seen": "Page", "link": "Source", "link_title": "What to call it", "because": "Reason"}


def _faults(form: DecisionForm | AssignForm) -> str:
    """What is wrong with the form, in one line."""
    return " ".join(
        f"{_NAMES.get(field, field.capitalize())}: {' '.join(errors)}"
        for field, errors in form.errors.items()
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


def _finding(finding_id: int) -> Finding:
    return get_object_or_404(Finding.objects.for_decision(), id=finding_id)


def _done(request: HttpRequest, finding: Finding) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, "Recorded.")
        return redirect(_address(request, finding))
    context = _decision(request, _finding(finding.id))
    return render(request, "findings/decision.html", {**context, "recorded": True, "swap_state": True})


def _address(request: HttpRequest, finding: Finding) -> str:
    """The finding's page, with what the queue was narrowed to when it was opened from there."""
    query = request.GET.urlencode()
    return reverse("finding", args=[finding.id]) + (f"?{query}" if query else "")


def _refused(request: HttpRequest, finding: Finding, detail: str, status: int) -> HttpResponse:
    """The page or its part as it stands now, with the refusal and what was typed."""
    now = _finding(finding.id)
    seen = _number(request.POST.get("seen", ""))
    since = [r for r in now.reviews.all() if r.id > seen and r.decision != Review.Decision.COMMENT]
    typed = {
        "refusal": detail,
        "typed": request.POST.get("reason", ""),
        "typed_link": request.POST.get("link", ""),
        "typed_title": request.POST.get("link_title", ""),
        "chosen_verdict": request.POST.get("verdict", ""),
        "seen_before": seen,
        "since": since if status == 409 else (),
        "attempted": request.POST.get("decision", "") or ("dismiss" if request.POST.get("because") else ""),
        "attempted_reason": reasons.words(request.POST.get("because", "")),
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
    decisions = [r for r in reviews if r.decision != Review.Decision.COMMENT]
    last = decisions[-1] if decisions else None
    may_undo = last is not None and last.reviewer_id == request.user.pk and last.undoes_id is None
    return {
        "finding": finding,
        "history": history.of(finding, reviews),
        "reasons": reasons.dismissals(finding.check_id),
        "verdicts": ratings.choices(),
        "rating_labels": ratings.labels() if any(r.verdict for r in reviews) else {},
        "people": User.objects.filter(is_active=True).order_by("username")[:SHOWN_PEOPLE],
        "seen": finding.last_review_id or 0,
        "undoable": last if may_undo else None,
        "take_up": _take_up(finding),
        "query": request.GET.urlencode(),
    }


def _take_up(finding: Finding) -> str:
    """Where a fact-check of this finding is begun; "" while there is no such screen."""
    try:
        address = reverse("factcheck-new")
    except NoReverseMatch:
        return ""
    first = finding.findingclaim_set.order_by("position").values_list("claim", flat=True).first()
    return f"{address}?finding={finding.pk}" + (f"&claim={first}" if first else "")


def _in_the_queue(request: HttpRequest, finding: Finding) -> dict[str, Any] | None:
    """The findings before and after this one in the queue it was opened from, and the way back there."""
    if "queue" not in request.GET:
        return None
    filters = Filters.read(request.GET)
    rows = filters.rows(request.user)  # type: ignore[arg-type]
    back, here = filters.query(), {"queue": "1"}
    onward = "&".join(x for x in (urlencode(here), back) if x)
    return {
        "previous": rows.before(finding).by_rank().reverse().values_list("pk", flat=True).first(),
        "next": rows.after(finding).by_rank().values_list("pk", flat=True).first(),
        "query": onward,
        "back": f"{back}&at={finding.pk}" if back else f"at={finding.pk}",
    }


def _page(request: HttpRequest, finding: Finding) -> dict[str, Any]:
    found = essential.essentials(finding, level=1)
    return {
        **_decision(request, finding),
        **found,
        "queue": _in_the_queue(request, finding),
        "rules": essential.rules(found["e"]["claims"]),
        "check": next((c for c in all_checks() if c.id == finding.check_id), None),
        "evidence": shown.lines(finding),
        "recorded_evidence": shown.as_json(finding),
    }
