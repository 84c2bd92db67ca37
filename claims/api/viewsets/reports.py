from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request

from claims.api.base import ReadEndpoint
from claims.api.filters import ReportFilter
from claims.api.serializers import ReportSerializer
from claims.models import Report


class ReportViewSet(ReadEndpoint):
    """Frozen snapshots, newest day first."""

    queryset = Report.objects.all()
    serializer_class = ReportSerializer
    filterset_class = ReportFilter

    def get_queryset(self):
        rows = super().get_queryset()
        return rows.defer("payload") if self.action == "list" else rows

    @extend_schema(
        responses={
            200: OpenApiResponse(OpenApiTypes.OBJECT, "The report, byte for byte as it was frozen."),
            304: OpenApiResponse(description="You have it: `If-None-Match` holds its hash."),
        }
    )
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        """The report itself. Its ``ETag`` is the SHA-256 that was stored with it."""
        report = self.get_object()
        etag = quote_etag(report.payload_hash)
        whole = HttpResponse(report.payload, content_type="application/json", headers={"ETag": etag})
        return get_conditional_response(request._request, etag=etag, response=whole)
