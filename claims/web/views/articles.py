"""Articles: the list, and one article with what was read in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.db.models import Count, Exists, F, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_GET, require_POST

from claims.engine import explaining
from claims.engine.topics import TOPICS
from claims.models import Article, Claim, Finding, FindingClaim, Outlet, Revision, Withdrawal
from claims.services import reviewing, withdrawing

from .. import reading
from ..access import member
from ..paging import asked, chosen, page_of

SHOWN_NUMBERS = 200


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    """Articles as they stand, newest first. What is counted is counted for the articles of one page only."""
    outlet, words, topic = asked(request, "outlet"), asked(request, "q"), asked(request, "topic", 60)
    state = chosen(request, "state", ("open", "withdrawn"))
    since, until = _day(request, "since"), _day(request, "until")
    rows = Revision.objects.without_text().select_related("article__outlet")
    rows = rows.withdrawn() if state == "withdrawn" else rows.current()
    if outlet:
        rows = rows.filter(article__outlet__slug=outlet)
    if topic in TOPICS:
        rows = rows.filter(topics__contains=[topic])
    if since:
        rows = rows.filter(published__gte=since)
    if until:
        rows = rows.filter(published__lte=until)
    if state == "open":
        rows = rows.filter(_has_open_findings())
    rows = rows.titled(words)
    page = page_of(rows.order_by(F("published").desc(nulls_last=True), "-id"), request)
    page.object_list = _counted(list(page.object_list))
    context = {
        "page": page,
        "outlets": Outlet.objects.filter(Exists(Article.objects.filter(outlet=OuterRef("pk")))),
        "outlet": outlet,
        "words": words,
        "state": state,
        "topic": topic,
        "topics": sorted(TOPICS.items(), key=lambda each: each[1]),
        "since": since,
        "until": until,
        "filtered": bool(outlet or words or state or topic or since or until),
    }
    return render(request, "articles/list.html", context)


def _day(request: HttpRequest, name: str) -> date | None:
    """A day of the address bar; None for none, and for what is no day."""
    try:
        return date.fromisoformat(asked(request, name, 10))
    except ValueError:
        return None


def _has_open_findings() -> Q:
    open_ = {"finding__decision": Finding.Decision.NONE, "finding__resolved_at__isnull": True}
    claims = FindingClaim.objects.filter(claim__revision=OuterRef("pk"), **open_)
    articles = Finding.articles.through.objects.filter(article=OuterRef("article"), **open_)
    return Q(Exists(claims)) | Q(Exists(articles))


def _counted(revisions: list[Revision]) -> list[Revision]:
    """The revisions with ``claim_count`` and ``finding_count``, three queries for all."""
    keys = [revision.pk for revision in revisions]
    claims = Claim.objects.filter(revision__in=keys, retired_at__isnull=True).order_by()
    counts = dict(claims.values_list("revision").annotate(n=Count("pk")))
    found: dict[int, set[int]] = defaultdict(set)
    opened = Finding.objects.open()
    shown = FindingClaim.objects.filter(finding__in=opened, claim__revision__in=keys)
    for revision, finding in shown.values_list("claim__revision", "finding"):
        found[revision].add(finding)
    by_article = {revision.article_id: revision.pk for revision in revisions}
    told = Finding.articles.through.objects.filter(finding__in=opened, article__in=by_article)
    for article, finding in told.values_list("article", "finding"):
        found[by_article[article]].add(finding)
    for revision in revisions:
        revision.claim_count = counts.get(revision.pk, 0)
        revision.finding_count = len(found[revision.pk])
    return revisions


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
