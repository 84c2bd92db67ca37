from __future__ import annotations

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from claims.api.base import ReadEndpoint
from claims.api.filters import ReferenceFilter
from claims.api.serializers import NewReferenceSerializer, ProblemSerializer, ReferenceSerializer
from claims.models import Reference
from claims.services import references


class ReferenceViewSet(ReadEndpoint):
    """Values and dated events from authorities, for claims to be held against."""

    queryset = Reference.objects.select_related("created_by")
    serializer_class = ReferenceSerializer
    filterset_class = ReferenceFilter

    @extend_schema(
        request=NewReferenceSerializer,
        responses={201: ReferenceSerializer, 400: OpenApiResponse(ProblemSerializer, "Field by field.")},
    )
    def create(self, request: Request) -> Response:
        """Store a reference; the groups it speaks about are checked again."""
        asked = NewReferenceSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        made = references.add(**asked.validated_data, user=request.user)
        where = reverse("reference-detail", [made.pk], request=request)
        return Response(ReferenceSerializer(made).data, status=201, headers={"Location": where})
