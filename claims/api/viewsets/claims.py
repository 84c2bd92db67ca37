from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ReadEndpoint
from claims.api.filters import ClaimFilter
from claims.api.serializers import ClaimSerializer, MoveSerializer
from claims.api.viewsets.decisions import ANSWERS, decided
from claims.api.viewsets.groups import groups_of
from claims.models import Claim
from claims.services import regrouping


class ClaimViewSet(ReadEndpoint):
    """Factual statements as they stand in articles, each pinned to its exact characters.

    The list holds claims that stand in current revisions, newest article first. A claim that a newer
    engine no longer finds keeps its address, with `retired_at`.
    """

    serializer_class = ClaimSerializer
    filterset_class = ClaimFilter

    def get_queryset(self):
        rows = Claim.objects.for_list() if self.action == "list" else Claim.objects.with_article()
        return rows.with_sentence()

    @extend_schema(request=MoveSerializer, responses=ANSWERS)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def move(self, request: Request, pk: str) -> Response:
        """Say that a claim answers another group's question. `seen` is the version of the group it is in."""
        asked = MoveSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        (target,) = groups_of([said.pop("group")], "group")
        return decided(regrouping.move, [self.get_object().pk], target, reviewer=request.user, **said)
