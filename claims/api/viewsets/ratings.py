from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import Endpoint
from claims.api.serializers import RatingSerializer
from claims.models import Rating
from claims.services import ratings


class RatingViewSet(Endpoint):
    """The published scale of ratings, in its order: what a verdict may be, and what it means to readers."""

    queryset = Rating.objects.none()  # for the schema's eyes only: the service makes the scale where none is
    serializer_class = RatingSerializer

    def list(self, request: Request) -> Response:
        page = self.paginate_queryset(ratings.scale())
        return self.get_paginated_response(self.get_serializer(page, many=True).data)
