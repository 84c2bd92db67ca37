"""Every address under /api/v1/. A new endpoint is one line here. A slash at the end may be left out."""

from __future__ import annotations

from typing import Any, NoReturn

from django.http import Http404
from django.urls import path, re_path
from django.views.generic import RedirectView
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularAPIView
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.routers import SimpleRouter
from rest_framework.views import APIView

from claims.api.docs import DocsView
from claims.api.viewsets.articles import ArticleViewSet
from claims.api.viewsets.checks import CheckViewSet
from claims.api.viewsets.claims import ClaimViewSet
from claims.api.viewsets.decisions import GroupDecisionViewSet
from claims.api.viewsets.documents import DocumentViewSet
from claims.api.viewsets.findings import FindingViewSet
from claims.api.viewsets.groups import GroupViewSet
from claims.api.viewsets.health import HealthViewSet
from claims.api.viewsets.origins import OriginViewSet
from claims.api.viewsets.outlets import OutletViewSet
from claims.api.viewsets.ratings import RatingViewSet
from claims.api.viewsets.references import ReferenceViewSet
from claims.api.viewsets.reports import ReportViewSet
from claims.api.viewsets.reviews import ReviewViewSet
from claims.api.viewsets.tokens import TokenViewSet

router = SimpleRouter()
router.trailing_slash = "/?"
router.register("articles", ArticleViewSet, "article")
router.register("documents", DocumentViewSet, "document")
router.register("claims", ClaimViewSet, "claim")
router.register("groups", GroupViewSet, "group")
router.register("group-decisions", GroupDecisionViewSet, "groupdecision")
router.register("findings", FindingViewSet, "finding")
router.register("reviews", ReviewViewSet, "review")
router.register("ratings", RatingViewSet, "rating")
router.register("references", ReferenceViewSet, "reference")
router.register("reports", ReportViewSet, "report")
router.register("origins", OriginViewSet, "origin")
router.register("outlets", OutletViewSet, "outlet")
router.register("checks", CheckViewSet, "check")
router.register("tokens", TokenViewSet, "token")
router.register("health", HealthViewSet, "health")


class Nowhere(APIView):
    """Any other address: a 404 as a problem, not as a page."""

    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]

    @extend_schema(exclude=True)
    def initial(self, request: Request, *args: Any, **kwargs: Any) -> NoReturn:
        raise Http404


urlpatterns = [
    path("", RedirectView.as_view(pattern_name="docs")),
    *router.urls,
    re_path(r"^schema/?$", SpectacularAPIView.as_view(), name="schema"),
    re_path(r"^docs/?$", DocsView.as_view(), name="docs"),
    re_path(r"", Nowhere.as_view()),
]
