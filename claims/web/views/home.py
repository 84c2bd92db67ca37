"""What changed: the first page after logging in."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from claims.models import Article, Claim, Document, Finding, Report
from claims.models.origin import told_by

from ..access import member

NEWEST = 8


@member
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    documents = Document.objects.for_list()
    articles = Article.objects.filter(revisions__is_current=True)
    return render(
        request,
        "home.html",
        {
            "articles": articles.count(),
            **told_by(articles),
            "open_findings": Finding.objects.open().count(),
            "claims": Claim.objects.standing().count(),
            "groups": Claim.objects.standing().aggregate(n=Count("group", distinct=True))["n"],
            "newest": Finding.objects.open().for_list().order_by("-first_seen_at", "-id")[:NEWEST],
            "under_way": documents.under_way().order_by("-received_at")[:NEWEST],
            "under_way_count": Document.objects.under_way().count(),
            "failed": documents.failed().order_by("-state_since")[:5],
            "report": Report.objects.first(),
        },
    )
