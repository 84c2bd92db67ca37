"""What people do in the queue. Each answer is the next finding, what became of the line, and a way back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.models import User
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from claims.models import Finding
from claims.services import queueing, reviewing
from claims.services.refusal import Refused

from ..access import member
from ..forms_queue import DECISIONS, AssignForm, DecideForm, ReasonForm
from ..queue_parts import asked_for, body, count, filters_of, line, lines, pane
from ..templatetags.desk import has_open, person_name
from .queue import address, number

_SHORT = 60  # characters of a finding that a note quotes


@member
@require_POST
def decide(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Confirms, dismisses or reopens. A refusal shows the finding as it is now, with all that was typed."""
    finding = get_object_or_404(Finding, pk=finding_id)
    form = DecideForm(request.POST)
    if not form.is_valid():
        return _refused(request, finding, _faults(form), 422)
    try:
        reviewing.decide(
            finding,
            reviewer=_person(request),
            decision=form.cleaned_data["decision"],
            reason=form.words(),
            seen=form.cleaned_data["seen"] or 0,
        )
    except Refused as refusal:
        return _refused(request, finding, refusal.detail, 409 if refusal.code == "stale" else 422)
    queueing.release(finding.pk, _person(request))
    return _done(request, finding, DECISIONS[form.cleaned_data["decision"]])


@member
@require_POST
def skip(request: HttpRequest, finding_id: int) -> HttpResponse:
    finding = get_object_or_404(Finding, pk=finding_id)
    queueing.skip(finding, _person(request))
    return _done(request, finding, "Skipped until tomorrow morning")


@member
@require_POST
def assign(request: HttpRequest, finding_id: int) -> HttpResponse:
    finding = get_object_or_404(Finding, pk=finding_id)
    form = AssignForm(request.POST)
    if not form.is_valid():
        return _refused(request, finding, "There is nobody of that name to assign it to.", 422)
    assignee: User | None = form.cleaned_data["assignee"]
    try:
        queueing.assign(finding, _person(request), assignee, form.cleaned_data["seen"])
    except Refused as refusal:
        return _refused(request, finding, refusal.detail, 409 if refusal.code == "stale" else 422)
    whom = "you" if assignee == request.user else person_name(assignee)
    return _done(request, finding, f"Assigned to {whom}")


@member
@require_POST
def hold(request: HttpRequest, finding_id: int) -> HttpResponse:
    """Says that somebody has a finding open, no longer the one before; answers who has what open."""
    person = _person(request)
    finding = get_object_or_404(Finding.objects.only("pk"), pk=finding_id)
    left = number(request.POST.get("left", ""))
    if left is not None and left != finding.pk:
        queueing.release(left, person)
    queueing.hold(finding, person)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(address(asked_for(request).urlencode(), finding.pk))
    held = queueing.holders(person)
    listed = {pk for pk in map(number, request.POST.getlist("line")[:500]) if pk is not None}
    context = {
        "told": [(pk, held.get(pk, [])) for pk in sorted(listed)],
        "here": has_open(held.get(finding.pk, [])),
    }
    return render(request, "queue/holds.html", context)


@member
@require_POST
def dismiss_all(request: HttpRequest) -> HttpResponse:
    """Dismisses what was picked, for one reason."""
    form = ReasonForm(request.POST)
    picked = dict(filter(None, map(_pick, request.POST.getlist("pick")[: queueing.MOST_AT_ONCE + 1])))
    try:
        if not form.is_valid():
            raise Refused("reason", _faults(form))
        result = queueing.dismiss_all(picked, reviewer=_person(request), reason=form.words())
    except Refused as refusal:
        return _again(request, refusal.detail, status=422, failed=True, typed=request.POST.get("reason", ""))
    told = f"{len(result.done)} dismissed."
    if result.refused:
        told += f" {len(result.refused)} left as they are: {next(iter(result.refused.values()))}"
    return _again(request, told, undo=bool(result.done))


@member
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Takes back one's last action, whatever it was, and goes to what it was about."""
    try:
        action = queueing.undo(_person(request))
    except Refused as refusal:
        return _again(request, refusal.detail, status=409, failed=True)
    what = "it" if len(action.findings) == 1 else f"{len(action.findings)} findings"
    told = f"Taken back: you had {action.words} {what}."
    return _again(request, told, at=action.findings[0])


def _person(request: HttpRequest) -> User:
    return request.user  # type: ignore[return-value]


def _faults(form: Any) -> str:
    """What is wrong with a form, in one line."""
    return " ".join(" ".join(errors) for errors in form.errors.values())


def _pick(words: str) -> tuple[int, int] | None:
    """ "12:45" is finding 12 as it stood after review 45."""
    finding, _, seen = words.partition(":")
    pk, last = number(finding), number(seen)
    return None if pk is None or last is None else (pk, last)


def _done(request: HttpRequest, finding: Finding, words: str) -> HttpResponse:
    """Where the finding fits the filters no more, its line goes and the next finding comes; else it stays."""
    told = f"{words}: {finding.summary[:_SHORT]}{'…' if len(finding.summary) > _SHORT else ''}"
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, told)
        return redirect(address(filters_of(request).query()))
    filters, person = filters_of(request), _person(request)
    row = line(finding.pk, filters, person)
    context = {
        "done": finding,
        "row": row,
        "people_holding": [],
        "count": count(filters, person),
        "toast": told,
        "undo": reverse("queue-undo"),
    }
    if row is not None:
        beside = pane(finding.pk, request)
    else:
        beside = pane(_next(request, finding), request)
        if not beside:
            left = lines(filters, person)["lines"]
            beside = pane(left[0][0].pk, request) if left else {}
        if not beside:
            return _again(request, told, undo=True)
    return render(request, "queue/after.html", {**context, **beside})


def _next(request: HttpRequest, finding: Finding) -> int | None:
    named = number(asked_post(request, "next"))
    return named if named != finding.pk else None


def asked_post(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")[:40]


def _refused(request: HttpRequest, finding: Finding, detail: str, status: int) -> HttpResponse:
    """The finding as it stands now, with the refusal and what was typed, in place."""
    seen = number(asked_post(request, "seen")) or 0
    said = {
        "refusal": detail,
        "typed": request.POST.get("reason", ""),
        "seen_before": seen,
    }
    if request.htmx:  # type: ignore[attr-defined]
        beside = pane(finding.pk, request, **said)
        row = Finding.objects.in_lines().get(pk=finding.pk)
        return render(request, "queue/after.html", {**beside, "done": finding, "row": row}, status=status)
    context = {**body(request, finding.pk), **said}
    return render(request, "queue/queue.html", context, status=status)


def _again(
    request: HttpRequest,
    told: str,
    *,
    at: int | None = None,
    undo: bool = False,
    status: int = 200,
    failed: bool = False,
    typed: str = "",
) -> HttpResponse:
    """The list anew, with a word on what was done."""
    if not request.htmx:  # type: ignore[attr-defined]
        (messages.error if failed else messages.success)(request, told)
        return redirect(address(filters_of(request).query(), at))
    context = {
        **body(request, at),
        "opened": at is not None,
        "toast": told,
        "undo": reverse("queue-undo") if undo else "",
        "swap_head": True,
        "bulk_typed": typed,
    }
    return render(request, "queue/body.html", context, status=status)
