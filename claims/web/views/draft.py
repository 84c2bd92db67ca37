"""Check a draft: paste a story before it is published, and each figure is marked. Nothing is stored."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from claims.ingest.errors import Unreadable
from claims.services import drafting

from .. import drafted
from ..access import member
from ..forms_draft import DraftForm, KeepForm


def _unkept(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """What is sent stays in memory; what is too large for that is refused, unread, on the page.

    Django would write a larger file to a temporary one. The CSRF check reads the form, so it comes after
    this: hence exempt outside, protected inside.
    """
    guarded = csrf_protect(view)

    @csrf_exempt
    @sensitive_post_parameters()
    @wraps(view)
    def keep_nothing(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        request.upload_handlers = [MemoryFileUploadHandler(request)]
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            return _page(request, DraftForm(), trouble=drafted.TOO_LARGE, status=413)
        return guarded(request, *args, **kwargs)

    return keep_nothing


@member
@_unkept
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """The page, and what is to be said of the text that was sent: the whole page, or for htmx the answer."""
    if request.method == "GET":
        return _page(request, DraftForm())
    form = DraftForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, trouble=_first(form), status=422)
    text, day = form.cleaned_data["text"], form.cleaned_data["day"]
    try:
        if file := form.cleaned_data["file"]:
            text, found = drafting.read_file(file.read(), file.content_type or None, file.name)
            day = day or found
            form = DraftForm(initial={"text": text, "day": day})
        checked = drafting.check(text, day)
    except drafting.TooMuch as refusal:
        return _page(request, form, trouble=str(refusal), status=422)
    except Unreadable as refusal:
        return _page(request, form, trouble=f"{refusal.title}. {refusal.detail}", status=422)
    return _page(request, form, drafted.shown(checked))


@member
@_unkept
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    """Hands the text to ingestion, as an article like any other."""
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _page(request, DraftForm(request.POST), trouble=_first(form), status=422)
    try:
        accepted = drafting.keep(
            form.cleaned_data["text"],
            request.user,
            outlet=form.cleaned_data["outlet"],
            published=form.cleaned_data["day"],
        )
    except Unreadable as refusal:
        trouble = f"{refusal.title}. {refusal.detail}"
        return _page(request, DraftForm(request.POST), trouble=trouble, status=422)
    known = "" if accepted.created else " It had been kept before."
    messages.success(request, f"Kept as an article. It is read like any other.{known}")
    return redirect("document", accepted.document.pk)


def _first(form: Any) -> str:
    return " ".join(str(error) for errors in form.errors.values() for error in errors[:1])


def _page(
    request: HttpRequest,
    form: DraftForm,
    shown: drafted.Shown | None = None,
    *,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    told = {"form": form, "shown": shown, "trouble": trouble, "legend": drafted.LEGEND}
    if getattr(request, "htmx", None):
        # 413 would not be put on the page; 422 is.
        return render(request, "draft/answer.html", told, status=422 if trouble else status)
    return render(request, "draft/page.html", told, status=status)
