from __future__ import annotations

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import ReadEndpoint
from claims.api.filters import GroupDecisionFilter
from claims.api.serializers import GroupDecisionSerializer, ProblemSerializer, UndoSerializer
from claims.api.viewsets.findings import refusal
from claims.models import GroupDecision
from claims.services import regrouping, reviewing

#: What any endpoint that decides about groups may answer.
ANSWERS = {
    201: GroupDecisionSerializer,
    409: OpenApiResponse(ProblemSerializer, "The group has changed since `seen`."),
    422: OpenApiResponse(ProblemSerializer, "The decision cannot stand: `code` and `detail` say why."),
}


def decided(act: Callable[..., GroupDecision], *args: Any, **kwargs: Any) -> Response:
    """The answer to a decision that a person asked for."""
    try:
        decision = act(*args, **kwargs)
    except reviewing.Refused as exc:
        raise refusal(exc) from exc
    return Response(GroupDecisionSerializer(decision).data, status=201)


class GroupDecisionViewSet(ReadEndpoint):
    """People's decisions on which claims answer one question, newest first. They are never changed."""

    queryset = GroupDecision.objects.for_list()
    serializer_class = GroupDecisionSerializer
    filterset_class = GroupDecisionFilter

    @extend_schema(request=UndoSerializer, responses=ANSWERS)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def undo(self, request: Request, pk: str) -> Response:
        """Take a decision back: its claims get the pins and groups they had before.

        422 `later` where somebody has decided about the same claims since.
        """
        asked = UndoSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        return decided(regrouping.undo, self.get_object(), reviewer=request.user, **asked.validated_data)
