"""Articles: the list, and one article with what was read in it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from claims.engine import explaining
from claims.models import Article, Claim, Outlet, Revision, Withdrawal
from claims.services import reviewing, withdrawing

from .. import reading
from ..access import member
from ..paging import asked, chosen, page_of

SHOWN_NUMBERS = 200


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    outlet, words = asked(request, "outlet"), asked(request, "q")
    state = chosen(request, "state", ("withdrawn",))
    rows = Revision.objects.for_list()
    rows = rows.withdrawn() if state else rows.current()
    if outlet:
        rows = rows.filter(article__outlet__slug=outlet)
    for word in words.split():
        rows = rows.filter(title__icontains=word)
    return render(
        request,
        "articles/list.html",
        {
            "page": page_of(rows, request),
            "outlets": Outlet.objects.filter(articles__isnull=False).distinct(),
            "outlet": outlet,
            "words": words,
            "state": state,
            "filtered": bool(outlet or words or state),
        },
    )


@member
@require_GET
def detail(request: HttpRequest, article_id: int) -> HttpResponse:
    """The current revision, or the one that ``?revision=`` numbers."""
    numbers = list(
        Revision.objects.filter(article=article_id)
        .order_by("number")
        .values("number", "is_current", "created_at", "title")
    )
    standing = next((str(n["number"]) for n in numbers if n["is_current"]), "")
    withdrawals = list(
        Withdrawal.objects.filter(article=article_id).select_related("reviewer", "article").order_by("-id")
    )
    withdrawn = withdrawals[0] if withdrawals and withdrawals[0].article.withdrawn_at else None
    wanted = asked(request, "revision") or standing or (str(numbers[-1]["number"]) if withdrawn else "")
    known = {str(n["number"]) for n in numbers}
    if wanted not in known:
        raise Http404("No such article or revision")
    revision = (
        Revision.objects.defer("fingerprints", "profile")
        .select_related("article__outlet")
        .get(article=article_id, number=int(wanted))
    )
    return render(
        request,
        "articles/detail.html",
        {
            **reading.article(revision),
            **reading.siblings(revision),
            "withdrawn": withdrawn,
            "withdrawals": withdrawals,
            "numbers": numbers,
            "may_check": _may_check(),
        },
    )


@member
@require_GET
def unclaimed(request: HttpRequest, article_id: int) -> HttpResponse:
    """The numbers of a text that are no claim, and why; worked out when somebody asks."""
    rows = Revision.objects.filter(article=article_id).defer("fingerprints", "profile")
    number = asked(request, "revision", 9)
    rows = rows.filter(number=int(number)) if number.isdecimal() else rows.order_by("-is_current", "-number")
    revision = rows.select_related("article__outlet").first()
    if revision is None:
        raise Http404("No such article or revision")
    told = explaining.explain(revision.body, published=revision.published, title=revision.title)
    held = list(
        Claim.objects.filter(revision=revision, retired_at__isnull=True, headline=False).values_list(
            "start", "end"
        )
    )
    free = [
        each
        for each in told.unclaimed
        if not any(start < each.span.end and each.span.start < end for start, end in held)
    ]
    context = {
        "revision": revision,
        "unclaimed": free[:SHOWN_NUMBERS],
        "more": max(0, len(free) - SHOWN_NUMBERS),
    }
    part = "articles/unclaimed.html" if request.htmx else "articles/unclaimed_page.html"  # type: ignore[attr-defined]
    return render(request, part, context)


def _may_check() -> str:
    """The address at which a claim is taken up for a fact-check, "" where there is no such screen."""
    try:
        return reverse("factcheck-new")
    except NoReverseMatch:
        return ""


@member
@require_POST
def withdraw(request: HttpRequest, article_id: int) -> HttpResponse:
    """Takes the article out of the count."""
    return _decide(request, article_id, withdrawing.withdraw, "It is withdrawn: it counts no more.")


@member
@require_POST
def restore(request: HttpRequest, article_id: int) -> HttpResponse:
    """Lets a withdrawn article count again."""
    return _decide(request, article_id, withdrawing.restore, "It counts again.")


def _decide(request: HttpRequest, article_id: int, act: Callable[..., Withdrawal], done: str) -> HttpResponse:
    article = get_object_or_404(Article, id=article_id)
    try:
        act(article, reviewer=request.user, reason=request.POST.get("reason", "")[:10_000])
    except reviewing.Refused as refusal:
        messages.error(request, refusal.detail)
    else:
        messages.success(request, done)
    return redirect("article", article.id)
