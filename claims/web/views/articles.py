"""Articles: the list, and one article with what was read in it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.db.models import F, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from claims.models import Article, Document, Finding, OriginLink, Outlet, Revision, Withdrawal
from claims.services import reviewing, withdrawing

from .. import highlight, passages, wording
from ..access import member
from ..paging import asked, chosen, page_of

SHOWN_SIBLINGS = 8


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
    revision = Revision.objects.for_page().get(article=article_id, number=int(wanted))
    claims = list(revision.claims.all())
    kinds = [kind for kind in wording.KINDS if any(c.kind == kind for c in claims)]
    document = Document.objects.for_list().filter(revision=revision).order_by("received_at").first()
    siblings, more = _siblings(revision)
    return render(
        request,
        "articles/detail.html",
        {
            "revision": revision,
            "withdrawn": withdrawn,
            "withdrawals": withdrawals,
            "numbers": numbers,
            "claims": claims,
            "kinds": kinds,
            "title": highlight.passage(revision.title, passages.marks_for(c for c in claims if c.headline)),
            "paragraphs": highlight.paragraphs(
                revision.body, passages.marks_for(c for c in claims if not c.headline)
            ),
            "findings": _findings(revision),
            "document": document,
            "siblings": siblings,
            "more_siblings": more,
            "origin_reasons": _origin_reasons(revision),
        },
    )


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


def _findings(revision: Revision) -> list[Finding]:
    touching = (
        Finding.objects.standing()
        .filter(Q(findingclaim__claim__revision=revision) | Q(articles=revision.article_id))
        .values("id")
    )
    return list(Finding.objects.filter(id__in=touching).worst_first().select_related("group"))


def _siblings(revision: Revision) -> tuple[list[Revision], int]:
    """The earliest other articles of the same origin, as they stand now, and how many more there are."""
    if revision.article.origin_id is None:
        return [], 0
    same = Revision.objects.current().filter(article__origin=revision.article.origin_id)
    others = same.exclude(article=revision.article_id)
    told = others.without_text().select_related("article__outlet")
    shown = list(told.order_by(F("published").asc(nulls_last=True), "article")[:SHOWN_SIBLINGS])
    return shown, others.count() - len(shown)


def _origin_reasons(revision: Revision) -> list[str]:
    """Why it is held to share its origin, each reason once, the closest kin first."""
    links = OriginLink.objects.filter(Q(first=revision) | Q(second=revision)).order_by("-containment", "id")
    links = links[:SHOWN_SIBLINGS]
    return list(dict.fromkeys(reason for link in links for reason in link.reasons))
