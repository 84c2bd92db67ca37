from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import UUID_ID, ReadEndpoint
from claims.api.filters import GroupFilter
from claims.api.serializers import GroupDetailSerializer, GroupSerializer
from claims.models import Claim, ClaimGroup, Finding


class GroupViewSet(ReadEndpoint):
    """Claims of any articles that answer the same question.

    The list holds groups with at least one standing claim, those of most outlets first. A group that was
    merged into another keeps its address and says so.
    """

    lookup_value_regex = UUID_ID
    filterset_class = GroupFilter

    def get_queryset(self):
        return ClaimGroup.objects.for_list() if self.action == "list" else ClaimGroup.objects.with_counts()

    def get_serializer_class(self):
        return GroupSerializer if self.action == "list" else GroupDetailSerializer

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        group = self.get_object()
        claims = Claim.objects.standing().filter(group=group)
        group.standing_claims = claims.with_article().with_sentence().in_reading_order()
        group.standing_findings = Finding.objects.for_list().standing().filter(group=group).worst_first()
        return Response(self.get_serializer(group).data)
