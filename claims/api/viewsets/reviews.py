from __future__ import annotations

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ReadEndpoint
from claims.api.filters import ReviewFilter
from claims.api.serializers import ProblemSerializer, ReviewSerializer
from claims.api.viewsets.findings import refusal
from claims.models import Review
from claims.services import reviewing


class ReviewViewSet(ReadEndpoint):
    """People's decisions, newest first. They are never changed: a correction is a new review."""

    queryset = Review.objects.for_list()
    serializer_class = ReviewSerializer
    filterset_class = ReviewFilter

    @extend_schema(
        request=None,
        responses={
            201: ReviewSerializer,
            409: OpenApiResponse(ProblemSerializer, "Somebody decided since."),
            422: OpenApiResponse(ProblemSerializer, "Not yours, or undone already."),
        },
    )
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def undo(self, request: Request, pk: str) -> Response:
        """Take your last decision on a finding back, with a new review that says so."""
        try:
            review = reviewing.undo(self.get_object(), reviewer=request.user)
        except reviewing.Refused as exc:
            raise refusal(exc) from exc
        return Response(ReviewSerializer(review).data, status=201)
