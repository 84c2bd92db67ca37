"""From a signed-off fact-check to a page for readers: a look before, publishing, correcting, withdrawing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from claims.models import FactCheck, Publication
from claims.services import publishing, snapshots
from claims.services.refusal import Refused

from .. import published
from ..access import member
from ..forms_publishing import CorrectForm, PublishForm, ReasonForm


@member
@require_http_methods(["GET", "POST"])
def publish(request: HttpRequest, factcheck_id: int) -> HttpResponse:
    """The page as readers will see it, and the button; a fact-check that has an edition is corrected."""
    factcheck = _factcheck(factcheck_id)
    newest = _newest(factcheck)
    if newest is not None:
        return redirect("factcheck-correct", factcheck.pk)
    form = PublishForm(request.POST or None, initial={"seen": factcheck.version})
    if request.method == "POST" and form.is_valid():
        try:
            made = publishing.publish(factcheck, request.user, seen=form.cleaned_data["seen"])  # type: ignore[arg-type]
        except Refused as refusal:
            return _preview(request, _factcheck(factcheck_id), None, form, refusal)
        return _done(request, made, "It is published.")
    return _preview(request, factcheck, None, form)


@member
@require_http_methods(["GET", "POST"])
def correct(request: HttpRequest, factcheck_id: int) -> HttpResponse:
    """The next edition as readers will see it, with the note that says what is corrected."""
    factcheck = _factcheck(factcheck_id)
    newest = _newest(factcheck)
    if newest is None:
        return redirect("factcheck-publish", factcheck.pk)
    form = CorrectForm(request.POST or None, initial={"seen": factcheck.version})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = publishing.correct(newest, given["note"], request.user, seen=given["seen"])  # type: ignore[arg-type]
        except Refused as refusal:
            return _preview(request, _factcheck(factcheck_id), newest, form, refusal)
        return _done(request, made, f"Edition {made.edition} is published.")
    return _preview(request, factcheck, newest, form)


@member
@require_http_methods(["GET", "POST"])
def withdraw(request: HttpRequest, factcheck_id: int) -> HttpResponse:
    """Takes back what is published, with the reason, or puts it back."""
    factcheck = _factcheck(factcheck_id)
    newest = get_object_or_404(Publication.objects.newest(), factcheck=factcheck)
    back = newest.withdrawn_at is not None
    form = ReasonForm(request.POST or None)
    status = 200
    if request.method == "POST" and form.is_valid():
        change = publishing.reinstate if request.POST.get("back") else publishing.withdraw
        try:
            changed = change(newest, form.cleaned_data["reason"], request.user)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error(None, refusal.detail)
            status = 409 if refusal.code != "reason" else 422
        else:
            said = "It is withdrawn; its page says so." if changed.withdrawn_at else "It stands again."
            return _done(request, changed, said)
    elif request.method == "POST":
        status = 422
    context = {"factcheck": factcheck, "publication": newest, "form": form, "back": back}
    return render(request, "publishing/withdraw.html", context, status=status)


def _factcheck(factcheck_id: int) -> FactCheck:
    return get_object_or_404(FactCheck.objects.select_related("rating", "assignee"), pk=factcheck_id)


def _newest(factcheck: FactCheck) -> Publication | None:
    return Publication.objects.newest().defer("snapshot").filter(factcheck=factcheck).first()


def _preview(
    request: HttpRequest,
    factcheck: FactCheck,
    newest: Publication | None,
    form: forms.Form,
    refusal: Refused | None = None,
) -> HttpResponse:
    """The page before it is published. After a refusal: as things stand now, with what was typed."""
    if refusal is not None:
        form.add_error("note" if refusal.code == "note" else None, refusal.detail)
        form.data = form.data.copy()  # type: ignore[assignment]
        form.data["seen"] = str(factcheck.version)  # type: ignore[index]
    context: dict[str, Any] = {
        "factcheck": factcheck,
        "newest": newest,
        "form": form,
        "ready": factcheck.state == FactCheck.State.SIGNED_OFF,
        "publisher": settings.PUBLISHER_NAME,
        "edition": newest.edition + 1 if newest else 1,
    }
    # Not before: whoever is to give a second verdict blind must not meet the first one here.
    if factcheck.state in (FactCheck.State.SIGNED_OFF, FactCheck.State.PUBLISHED):
        made = Publication(
            factcheck=factcheck,
            slug=newest.slug if newest else "",
            edition=context["edition"],
            note=form.data.get("note", ""),
            snapshot=snapshots.of(factcheck),
            published_by=request.user,
            published_at=now(),
        )
        context |= {**published.page(made), "preview": True}
    status = 200 if request.method == "GET" else 409 if refusal is not None else 422
    return render(request, "publishing/preview.html", context, status=status)


def _done(request: HttpRequest, publication: Publication, said: str) -> HttpResponse:
    address = reverse("publication", args=[publication.slug])
    messages.success(request, format_html('{} <a href="{}">Read it as readers do</a>', said, address))
    return redirect("factcheck-withdraw", publication.factcheck_id)
