from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import Endpoint
from claims.api.serializers import HealthSerializer
from claims.models import Document
from factcheck import health


class HealthViewSet(Endpoint):
    """Whether this server has all it needs. Open to everybody: nobody can be looked up without a database."""

    queryset = Document.objects.none()  # for the schema's eyes only
    authentication_classes: list[Any] = []
    permission_classes = [AllowAny]
    throttle_classes: list[Any] = []
    pagination_class = None
    serializer_class = HealthSerializer

    @extend_schema(
        responses={200: HealthSerializer, 503: OpenApiResponse(HealthSerializer, "Something is down.")}
    )
    def list(self, request: Request) -> Response:
        """200 when all is up, else 503. Why something is down stands in the server's log."""
        database = health.database_trouble()
        troubles = {
            "database": database,
            "migrations": database or health.migrations_trouble(),
            "broker": health.broker_trouble(),
        }
        ready = not any(troubles.values())
        states = {name: "down" if trouble else "up" for name, trouble in troubles.items()}
        return Response(
            {"ready": ready, **states},
            status=200 if ready else 503,
            headers={"Cache-Control": "no-store"},
        )
