from __future__ import annotations

from claims.api.base import ReadEndpoint
from claims.api.filters import OutletFilter
from claims.api.serializers import OutletSerializer
from claims.models import Outlet


class OutletViewSet(ReadEndpoint):
    """Publishers of articles, by name."""

    queryset = Outlet.objects.with_counts()
    serializer_class = OutletSerializer
    filterset_class = OutletFilter
