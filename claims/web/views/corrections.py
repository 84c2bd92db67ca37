"""A person corrects what was read in an article. Every form works as a plain page, and in a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from claims.models import Claim, Correction, Revision
from claims.services import corrections, saying
from claims.services.refusal import Refused
from claims.services.rows import claim_record

from .. import highlight, reading
from ..access import member
from ..forms_corrections import ClaimForm, PointForm

SHOWN_PLACES = 20
_AROUND = 120


@member
@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, claim_id: int) -> HttpResponse:
    """What was read of a claim, to be put right."""
    claim = get_object_or_404(Claim.objects.select_related("revision__article__outlet"), id=claim_id)
    if claim.retired_at is not None:
        return _gone(request, claim)
    seen = corrections.last_seen(claim.revision.article_id)
    form = ClaimForm(
        request.POST or None,
        claim=claim_record(claim),
        wholes=corrections.wholes(_standing(claim.revision), claim),
        seen=seen,
        part_of=claim.part_of_id,
    )
    context = {"form": form, "claim": claim, "action": request.path, "heading": "Correct a claim"}
    if request.method == "POST" and form.is_valid():
        return _try(
            request,
            claim.revision,
            form,
            context,
            lambda: corrections.amend(
                claim,
                form.said(),
                person=request.user,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"] or 0,
            ),
            "Corrected.",
        )
    return _form(request, claim.revision, context, 422 if request.method == "POST" else 200)


@member
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, article_id: int) -> HttpResponse:
    """A claim the program missed: first which words, then what they say."""
    asked = request.POST if request.method == "POST" else request.GET
    revision = _revision(article_id, asked.get("revision", ""))
    point = PointForm(asked)
    seen = corrections.last_seen(article_id)
    context: dict[str, Any] = {"heading": "Add a missed claim", "action": request.path, "point": point}
    quote = "" if not point.is_valid() else point.cleaned_data["quote"]
    context["quote"] = quote
    if not quote.strip():
        return _form(request, revision, context)
    headline, start = point.cleaned_data["headline"], point.cleaned_data["start"]
    text = revision.title if headline else revision.body
    try:
        span = saying.locate(text, quote, start)
    except saying.Misread as misread:
        context |= {"refusal": misread.detail, "places": _places(text, quote)}
        return _form(request, revision, context, 422)
    pointed = saying.point_at(revision, span, headline=headline)
    same = [each for each in _standing(revision) if each.headline == headline]
    form = ClaimForm(
        request.POST if "kind" in request.POST else None,
        claim=pointed.claim,
        wholes=[each for each in same if each.value is not None],
        seen=seen,
    )
    context |= {"form": form, "pointed": pointed, "headline": headline}
    if form.is_bound and form.is_valid():
        said = form.said() | {name: request.POST.get(name, "") for name in ("quote", "start", "kind")}
        return _try(
            request,
            revision,
            form,
            context,
            lambda: corrections.add(
                revision,
                said,
                person=request.user,
                headline=headline,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"] or 0,
            ),
            "Added.",
        )
    return _form(request, revision, context, 422 if form.is_bound else 200)


@member
@require_POST
def reject(request: HttpRequest, claim_id: int) -> HttpResponse:
    """Not a claim: at once, for it can be undone."""
    claim = get_object_or_404(Claim.objects.select_related("revision__article__outlet"), id=claim_id)
    return _try(
        request,
        claim.revision,
        None,
        {},
        lambda: corrections.reject(
            claim,
            person=request.user,
            reason=request.POST.get("reason", "")[:2000],
            seen=_number(request.POST.get("seen", "")),
        ),
        "Not a claim.",
    )


@member
@require_POST
def undo(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Takes a correction back, or an undoing."""
    row = get_object_or_404(Correction.objects.select_related("revision__article__outlet"), id=correction_id)
    revision = _revision(row.revision.article_id, request.POST.get("revision", ""))
    seen = _number(request.POST.get("seen", ""))
    return _try(
        request, revision, None, {}, lambda: corrections.undo(row, person=request.user, seen=seen), "Undone."
    )


@member
@require_GET
def progress(request: HttpRequest, article_id: int) -> HttpResponse:
    """Nothing while the article is being linked and checked again; then what was found."""
    revision = _revision(article_id, request.GET.get("revision", ""))
    context = {**reading.article(revision), **reading.siblings(revision)}
    if context["under_way"] is not None:
        return HttpResponse(status=204)
    return render(request, "articles/reading.html", {**context, "done": True})


def _try(
    request: HttpRequest,
    revision: Revision,
    form: ClaimForm | None,
    context: dict[str, Any],
    act: Callable[[], Correction],
    done: str,
) -> HttpResponse:
    try:
        made = act()
    except saying.Misread as misread:
        if form is not None:
            form.add_error(misread.field if misread.field in form.fields else None, misread.detail)
            return _form(request, revision, context, 422)
        return _refused(request, revision, misread)
    except Refused as refusal:
        if form is not None:
            context |= {"refusal": refusal.detail, "seen_now": corrections.last_seen(revision.article_id)}
            return _form(request, revision, context, 409 if refusal.code in ("stale", "retired") else 422)
        return _refused(request, revision, refusal)
    text = f"{done} The article is linked and checked again now."
    if not request.htmx:  # type: ignore[attr-defined]
        messages.success(request, text)
        return redirect(_address(revision))
    answer = render(
        request,
        "articles/corrected.html",
        {
            **reading.article(revision),
            **reading.siblings(revision),
            "text": text,
            "undo": reverse("correction-undo", args=[made.pk]),
            "fields": {"seen": made.pk, "revision": revision.number},
            "target": "#reading",
        },
    )
    answer["HX-Retarget"] = "#reading"
    answer["HX-Reswap"] = "innerHTML"
    answer["HX-Trigger-After-Swap"] = "corrected"
    return answer


def _refused(request: HttpRequest, revision: Revision, refusal: Refused) -> HttpResponse:
    if not request.htmx:  # type: ignore[attr-defined]
        messages.error(request, refusal.detail)
        return redirect(_address(revision))
    context = {**reading.article(revision), **reading.siblings(revision), "text": refusal.detail}
    answer = render(request, "articles/corrected.html", context, status=409)
    answer["HX-Retarget"] = "#reading"
    answer["HX-Reswap"] = "innerHTML"
    return answer


def _form(
    request: HttpRequest, revision: Revision, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    form = context.get("form")
    shown: dict[str, Any] = {**context, "revision": revision, "back": _address(revision)}
    claim = context.get("claim") or (context["pointed"].claim if "pointed" in context else None)
    if claim is not None:
        shown["passage"] = _passage(revision, claim)
    if form is not None and "seen_now" in context:
        shown["form"].data = {**form.data.dict(), "seen": str(context["seen_now"])}
    name = "articles/correct_form.html" if request.htmx else "articles/correct.html"  # type: ignore[attr-defined]
    return render(request, name, shown, status=status)


def _passage(revision: Revision, claim: Any) -> Any:
    """The words around a claim, the claim marked."""
    start, end = (claim.start, claim.end) if isinstance(claim, Claim) else (claim.span.start, claim.span.end)
    kind = claim.kind if isinstance(claim, Claim) else claim.kind.value
    text = revision.title if claim.headline else revision.body
    first, last = max(0, start - _AROUND), min(len(text), end + _AROUND)
    mark = highlight.Mark(start, end, f"c c-{kind}")
    return {
        "before": first > 0,
        "text": highlight.passage(text[first:last], [mark], offset=first),
        "after": last < len(text),
    }


def _places(text: str, quote: str) -> list[dict[str, Any]]:
    """Where words stand that stand more than once, each with a little around it."""
    found = saying.find_places(text, quote)[:SHOWN_PLACES]
    return [
        {
            "start": span.start,
            "before": text[max(0, span.start - 40) : span.start],
            "words": span.of(text),
            "after": text[span.end : span.end + 40],
        }
        for span in (found if len(found) > 1 else [])
    ]


def _gone(request: HttpRequest, claim: Claim) -> HttpResponse:
    messages.error(request, "This claim stands no more: somebody took it out, or the text was read anew.")
    answer = redirect(_address(claim.revision))
    if request.htmx:  # type: ignore[attr-defined]
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = _address(claim.revision)
    return answer


def _standing(revision: Revision) -> list[Claim]:
    rows = Claim.objects.filter(revision=revision, retired_at__isnull=True)
    return list(rows.defer("record").order_by("-headline", "start", "end"))


def _revision(article_id: int, number: str) -> Revision:
    """The revision of that number, else the one that stands, else the last."""
    rows = Revision.objects.filter(article=article_id).select_related("article__outlet")
    if number:
        return get_object_or_404(rows, number=_number(number))
    last = rows.order_by("-is_current", "-number").first()
    return last or get_object_or_404(rows, number=-1)


def _address(revision: Revision) -> str:
    address = reverse("article", args=[revision.article_id])
    return address if revision.is_current else f"{address}?revision={revision.number}"


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
