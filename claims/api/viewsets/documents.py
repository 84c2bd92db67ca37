from __future__ import annotations

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import UUID_ID, ReadEndpoint
from claims.api.filters import DocumentFilter
from claims.api.problems import Problem
from claims.api.serializers import DocumentSerializer, ProblemSerializer
from claims.models import Document
from claims.services import pipeline


class DocumentViewSet(ReadEndpoint):
    """What came in, and each one's journey: received, parsed, extracted, linked, checked.

    `rejected` is content that is no article; `quarantined` failed five times. Both may be tried again, save
    what was refused before it was read: empty, too large, binary.
    """

    queryset = Document.objects.recent()
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    lookup_value_regex = UUID_ID

    @extend_schema(
        request=None,
        responses={
            202: DocumentSerializer,
            409: OpenApiResponse(ProblemSerializer, "It did not fail, or was refused before it was read."),
        },
    )
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def retry(self, request: Request, pk: str) -> Response:
        """Let a document that failed go on from the step it failed in."""
        document = self.get_object()
        try:
            pipeline.retry(document.pk, user=request.user)
        except pipeline.NotRetryable as exc:
            raise Problem(
                409, "not_retryable", "It cannot be retried", str(exc), document=str(document.pk)
            ) from exc
        return Response(self.get_serializer(self.get_object()).data, status=202)
