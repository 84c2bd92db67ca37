from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import Endpoint
from claims.api.serializers import CheckSerializer
from claims.engine.checks import all_checks
from claims.models import Finding


class CheckViewSet(Endpoint):
    """The checks that raise findings, as they describe themselves."""

    queryset = Finding.objects.none()  # for the schema's eyes only: checks are code, not rows
    serializer_class = CheckSerializer

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(all_checks())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
