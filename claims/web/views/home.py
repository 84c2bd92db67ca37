"""What changed: the first page after logging in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from claims.models import Article, Claim, ClaimGroup, Document, Finding, Outlet, Report

from ..access import member

NEWEST = 8


@member
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    articles = Article.objects.all()
    documents = Document.objects.for_list()
    return render(
        request,
        "home.html",
        {
            "open_findings": Finding.objects.open().count(),
            "articles": articles.count(),
            "claims": Claim.objects.standing().count(),
            "groups": ClaimGroup.objects.living()
            .filter(claims__in=Claim.objects.standing())
            .distinct()
            .count(),
            "outlets": Outlet.objects.filter(articles__isnull=False).distinct().count(),
            "shared_origins": articles.filter(origin__isnull=False).values("origin").distinct().count(),
            "newest": Finding.objects.open().for_list().order_by("-first_seen_at", "-id")[:NEWEST],
            "under_way": documents.under_way().order_by("-received_at")[:NEWEST],
            "under_way_count": Document.objects.under_way().count(),
            "failed": documents.failed().order_by("-state_since")[:5],
            "anything": Document.objects.exists(),
            "report": Report.objects.first(),
        },
    )
