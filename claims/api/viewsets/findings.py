from __future__ import annotations

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ReadEndpoint
from claims.api.filters import FindingFilter
from claims.api.problems import Problem
from claims.api.serializers import (
    FindingDetailSerializer,
    FindingSerializer,
    NewReviewSerializer,
    ProblemSerializer,
    ReviewSerializer,
)
from claims.models import Finding
from claims.services import reviewing


def refusal(exc: reviewing.Refused) -> Problem:
    """409 where somebody was faster, 422 where the decision itself cannot stand."""
    if exc.code == "stale":
        return Problem(409, "stale", "Somebody decided since", exc.detail)
    return Problem(422, exc.code, "This decision cannot stand", exc.detail)


class FindingViewSet(ReadEndpoint):
    """What checks report: inconsistencies with their evidence, not accusations. Worst first."""

    filterset_class = FindingFilter

    def get_queryset(self):
        if self.action == "list":
            return Finding.objects.for_list().worst_first()
        return Finding.objects.for_page()

    def get_serializer_class(self):
        return FindingSerializer if self.action == "list" else FindingDetailSerializer

    @extend_schema(
        request=NewReviewSerializer,
        responses={
            201: ReviewSerializer,
            409: OpenApiResponse(ProblemSerializer, "Somebody decided since `seen`."),
            422: OpenApiResponse(ProblemSerializer, "For example a dismissal without a reason."),
        },
    )
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def reviews(self, request: Request, pk: str) -> Response:
        """Decide on a finding, or comment on it. A dismissal needs a reason."""
        finding = self.get_object()
        asked = NewReviewSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        try:
            review = reviewing.decide(finding, reviewer=request.user, **asked.validated_data)
        except reviewing.Refused as exc:
            raise refusal(exc) from exc
        return Response(ReviewSerializer(review).data, status=201)
