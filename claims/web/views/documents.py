"""Ingest: what people bring in, and how far each document has got."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig, TooManyFilesSent
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import content_disposition_header, url_has_allowed_host_and_scheme
from django.utils.safestring import SafeString
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims.engine.records import Document as Incoming
from claims.ingest.errors import Unreadable
from claims.models import Document
from claims.services import hints, ingestion, pipeline

from ..access import member
from ..forms import AddressForm, DeclaredForm, FilesForm, PasteForm
from ..paging import chosen, page_of
from ..templatetags.workbench import document_label as label
from ..templatetags.workbench import size
from ..wording import counted

WAYS: dict[str, type[DeclaredForm]] = {"files": FilesForm, "paste": PasteForm, "address": AddressForm}
STATES = ("all", "under_way", "failed")
SHOWN_MESSAGES = 10
PROGRESS_ROWS = 100
RETRIED_AT_ONCE = 200
# So long may a document wait for a worker before the page says that something may be down.
LONG_WAIT = timedelta(minutes=1)
FIRST_WAIT, LONGEST_WAIT = 2, 30  # seconds between two looks at what is under way; each wait is longer


def _weighed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answers a form that is too large on the page itself; Django would refuse it before the view is asked.

    The CSRF check reads the form, so it must come after this one: hence exempt outside, protected inside.
    """
    guarded = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def weigh(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        refusal = ""
        try:
            request.POST  # noqa: B018 - reading the form is what may fail
        except RequestDataTooBig:
            refusal = f"The text is larger than {_limit()}, the most that is read. Nothing was stored."
        except TooManyFilesSent:
            refusal = f"At most {settings.DATA_UPLOAD_MAX_NUMBER_FILES} files go at once. Nothing was stored."
        if refusal:
            messages.error(request, refusal)
            return _ingest_page(request, _way(request), status=413)
        return guarded(request, *args, **kwargs)

    return weigh


@member
@_weighed
@require_http_methods(["GET", "POST"])
def ingest(request: HttpRequest) -> HttpResponse:
    """The three ways in, and the documents that came, newest first."""
    way = _way(request)
    if request.method == "GET":
        return _ingest_page(request, way)
    form = WAYS[way](request.POST, request.FILES)
    if not form.is_valid():
        return _ingest_page(request, way, form, status=422)
    try:
        accepted = _TAKE[way](form, request)
    except Unreadable as refusal:
        form.add_error(form.field_order[0], f"{refusal.title}. {refusal.detail}")
        return _ingest_page(request, way, form, status=422)
    _tell(request, accepted)
    return redirect(f"{reverse('ingest')}?way={way}")


def _limit() -> str:
    return size(settings.MAX_DOCUMENT_BYTES)


def _way(request: HttpRequest) -> str:
    return chosen(request, "way", tuple(WAYS), "files")


def _ingest_page(
    request: HttpRequest, way: str, form: DeclaredForm | None = None, status: int = 200
) -> HttpResponse:
    state = chosen(request, "state", STATES, "all")
    rows = Document.objects.recent()
    if state == "under_way":
        rows = rows.under_way()
    elif state == "failed":
        rows = rows.failed()
    page = page_of(rows, request)
    return render(
        request,
        "ingest/ingest.html",
        {
            "way": way,
            "ways": (("files", "Files"), ("paste", "Paste text"), ("address", "Web address")),
            "form": form or WAYS[way](),
            "page": page,
            "state": state,
            "states": (("all", "All"), ("under_way", "Under way"), ("failed", "Failed")),
            "gave_up": Document.objects.filter(state=Document.State.QUARANTINED).count(),
            "limit": settings.MAX_DOCUMENT_BYTES,
            **_watch(page.object_list, FIRST_WAIT),
        },
        status=status,
    )


def _watch(documents: list[Document], wait: int) -> dict[str, Any]:
    """What the watcher of the list needs: whom to ask for, how soon, and what to say meanwhile."""
    pending = [d for d in documents if not d.is_finished]
    since = now() - LONG_WAIT
    slow = any(d.lease is None and d.state_since < since for d in pending)
    return {"pending": pending, "wait": wait, "slow": slow}


def _take_files(form: FilesForm, request: HttpRequest) -> list[ingestion.Accepted]:
    return [_take_file(file, form, request) for file in form.cleaned_data["files"]]


def _take_file(file: UploadedFile, form: FilesForm, request: HttpRequest) -> ingestion.Accepted:
    document = Incoming(
        raw=file.read(settings.MAX_DOCUMENT_BYTES + 1),  # what is too large is not taken into memory
        content_type=file.content_type or None,
        name=file.name,
        fetched_at=now(),
        **form.declared(),
    )
    return ingestion.accept(document, source=Document.Source.UPLOAD, user=request.user, size=file.size)


def _take_text(form: PasteForm, request: HttpRequest) -> list[ingestion.Accepted]:
    document = Incoming(
        raw=form.cleaned_data["text"].encode(),
        content_type="text/plain; charset=utf-8",
        fetched_at=now(),
        **form.declared(),
    )
    return [ingestion.accept(document, source=Document.Source.PASTE, user=request.user)]


def _take_address(form: AddressForm, request: HttpRequest) -> list[ingestion.Accepted]:
    return [ingestion.accept_url(form.cleaned_data["url"], user=request.user, **form.declared())]


_TAKE: dict[str, Callable[[Any, HttpRequest], list[ingestion.Accepted]]] = {
    "files": _take_files,
    "paste": _take_text,
    "address": _take_address,
}


def _tell(request: HttpRequest, accepted: list[ingestion.Accepted]) -> None:
    """One sentence for what went well, one for each document that did not."""
    good = [a for a in accepted if a.created and a.document.state != Document.State.REJECTED]
    refused = [a for a in accepted if a.document.state == Document.State.REJECTED]
    again = [a for a in accepted if a.retried]
    known = [a for a in accepted if not (a.created or a.retried) and a not in refused]
    if good:
        messages.success(
            request, f"{counted(len(good), 'document')} accepted and stored. Reading goes on by itself."
        )
    if good and hints.broker_is_away():
        messages.warning(
            request,
            "The message broker cannot be reached just now, so reading begins a little later, by itself.",
        )
    for a in refused[:SHOWN_MESSAGES]:
        messages.error(request, format_html("{} was refused: {}", _link(a.document), a.document.error_detail))
    for a in again[:SHOWN_MESSAGES]:
        messages.success(request, format_html("{} was refused before; it is read again.", _link(a.document)))
    for a in known[:SHOWN_MESSAGES]:
        messages.warning(
            request, format_html("{} is here already; it was not stored twice.", _link(a.document))
        )
    unsaid = sum(max(len(some) - SHOWN_MESSAGES, 0) for some in (refused, again, known))
    if unsaid:
        messages.warning(request, f"And {unsaid} more that were refused or here already; see the list below.")


def _link(document: Document) -> SafeString:
    return format_html(
        '<a href="{}"><bdi>{}</bdi></a>', reverse("document", args=[document.id]), label(document)
    )


@member
@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """The rows named by ``id=``, for htmx to put in place; it stops asking when all are finished."""
    ids = [found for text in request.GET.getlist("id")[:PROGRESS_ROWS] if (found := _uuid(text))]
    waited = request.GET.get("wait", "")
    wait = int(waited) if waited.isascii() and waited.isdigit() and len(waited) < 4 else FIRST_WAIT
    documents = list(Document.objects.for_list().filter(id__in=ids))
    return render(
        request,
        "ingest/progress.html",
        {"documents": documents, **_watch(documents, min(wait + 1, LONGEST_WAIT)), "after": True},
    )


@member
@require_POST
def retry_all(request: HttpRequest) -> HttpResponse:
    """Sends what gave up back to the step it failed in, the oldest first, so many at a time."""
    failed = Document.objects.filter(state=Document.State.QUARANTINED).order_by("state_since", "id")
    tried = 0
    for document_id in list(failed.values_list("id", flat=True)[:RETRIED_AT_ONCE]):
        try:
            pipeline.retry(document_id, user=request.user)
            tried += 1
        except pipeline.NotRetryable:  # somebody else has just tried it
            continue
    left = failed.count()
    if tried:
        more = f" {counted(left, 'document')} left; press again when these are through." if left else ""
        messages.success(request, f"{counted(tried, 'document')} tried again.{more}")
    else:
        messages.warning(request, "Nothing waits to be tried again.")
    return redirect("ingest")


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@member
@require_GET
def detail(request: HttpRequest, document_id: UUID) -> HttpResponse:
    document = get_object_or_404(Document.objects.for_list(), id=document_id)
    return render(request, "ingest/document.html", {"document": document, **_watch([document], FIRST_WAIT)})


@member
@require_GET
def original(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """The stored bytes as they came, always as plain text to be saved: never run, never shown as a page."""
    document = get_object_or_404(Document, id=document_id)
    raw = bytes(document.raw)
    if not raw and document.size:
        raise Http404("The bytes were not kept")
    name = (document.name or str(document.id)).replace("\\", "/").rsplit("/", 1)[-1]
    response = HttpResponse(raw, content_type="text/plain")
    response["Content-Disposition"] = content_disposition_header(True, name if "." in name else f"{name}.txt")
    response["X-Content-Type-Options"] = "nosniff"
    # Should a browser show it all the same, then without scripts and as nobody's page.
    response["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    return response


@member
@require_POST
def retry(request: HttpRequest, document_id: UUID) -> HttpResponse:
    """Sends a document that failed back to the step it failed in."""
    document = get_object_or_404(Document.objects.for_list(), id=document_id)
    try:
        pipeline.retry(document.id, user=request.user)
    except pipeline.NotRetryable as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"“{label(document)}” is tried again.")
    back = request.POST.get("next", "")
    # Ours begin with a slash; redirect() would take other words for the name of a view.
    if back.startswith("/") and url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        return redirect(back)
    return redirect("document", document.id)
