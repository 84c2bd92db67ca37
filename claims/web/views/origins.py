"""Origins: the articles that share one text or one interview, and who took it from whom."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from claims.engine.wording import words
from claims.models import Article, Claim, ClaimGroup, Finding, Origin
from claims.models.origin import told_by
from claims.services import tracing

from .. import family, telling
from ..access import member
from ..charts import origins as chart

SHOWN_PASSAGES = 4
SHOWN_FINDINGS = 20
SHOWN_GROUPS = 25


@member
@require_GET
def detail(request: HttpRequest, origin_id: UUID) -> HttpResponse:
    origin = get_object_or_404(Origin.objects.select_related("merged_into"), id=origin_id)
    if origin.survivor != origin:
        return redirect("origin", origin.survivor.id)
    graph = tracing.graph(origin)
    lines = telling.lines(graph)
    name = family.hub_name(lines)
    articles = Article.objects.filter(origin=origin, revisions__is_current=True)
    claims = Claim.objects.standing().filter(revision__article__origin=origin)
    return render(
        request,
        "origins/detail.html",
        {
            "origin": origin,
            "name": name,
            "lines": lines,
            "graph": chart.draw([chart.Origin(name, True, family.articles_of(lines))] if lines else []),
            "cut": graph.is_cut,
            "passages": _longest(graph),
            "article_count": articles.count(),
            **told_by(articles),
            "findings": Finding.objects.standing().filter(origin=origin).worst_first()[:SHOWN_FINDINGS],
            "groups": ClaimGroup.objects.for_list().filter(pk__in=claims.values("group"))[:SHOWN_GROUPS],
        },
    )


def _longest(graph: tracing.Graph) -> list[str]:
    """The longest passages that two of the articles share, each once."""
    shared = {passage for _, _, link in graph.links for passage in link.passages}
    return sorted(shared, key=lambda passage: (-len(words(passage)), passage))[:SHOWN_PASSAGES]
