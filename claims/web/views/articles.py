"""Articles: the list, and one article with what was read in it."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from claims.models import Document, Finding, OriginLink, Outlet, Revision

from .. import highlight, passages, wording
from ..access import member
from ..paging import asked, page_of


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    rows = Revision.objects.for_list()
    outlet, words = asked(request, "outlet"), asked(request, "q")
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
            "filtered": bool(outlet or words),
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
    wanted = asked(request, "revision") or next((str(n["number"]) for n in numbers if n["is_current"]), "")
    known = {str(n["number"]) for n in numbers}
    if wanted not in known:
        raise Http404("No such article or revision")
    revision = Revision.objects.for_page().get(article=article_id, number=int(wanted))
    claims = list(revision.claims.all())
    kinds = [kind for kind in wording.KINDS if any(c.kind == kind for c in claims)]
    document = Document.objects.for_list().filter(revision=revision).order_by("received_at").first()
    return render(
        request,
        "articles/detail.html",
        {
            "revision": revision,
            "numbers": numbers,
            "claims": claims,
            "kinds": kinds,
            "title": highlight.passage(revision.title, passages.marks_for(c for c in claims if c.headline)),
            "paragraphs": highlight.paragraphs(
                revision.body, passages.marks_for(c for c in claims if not c.headline)
            ),
            "findings": _findings(revision),
            "document": document,
            "siblings": _siblings(revision),
            "origin_reasons": _origin_reasons(revision),
        },
    )


def _findings(revision: Revision) -> list[Finding]:
    touching = (
        Finding.objects.standing()
        .filter(Q(findingclaim__claim__revision=revision) | Q(articles=revision.article_id))
        .values("id")
    )
    return list(Finding.objects.filter(id__in=touching).worst_first().select_related("group"))


def _siblings(revision: Revision) -> list[Revision]:
    """The other articles of the same origin, as they stand now."""
    if revision.article.origin_id is None:
        return []
    return list(
        Revision.objects.current()
        .without_text()
        .filter(article__origin=revision.article.origin_id)
        .exclude(article=revision.article_id)
        .select_related("article__outlet")
    )


def _origin_reasons(revision: Revision) -> list[str]:
    """Why it is held to share its origin, each reason once, the closest kin first."""
    links = OriginLink.objects.filter(Q(first=revision) | Q(second=revision)).order_by("-containment", "id")
    return list(dict.fromkeys(reason for link in links for reason in link.reasons))
