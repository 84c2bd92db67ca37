from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from claims.api.base import UUID_ID, ReadEndpoint
from claims.api.filters import GroupFilter
from claims.api.serializers import (
    ClaimLinkSerializer,
    ConfirmSerializer,
    GroupDecisionSerializer,
    GroupDetailSerializer,
    GroupSerializer,
    MergeSerializer,
    SplitSerializer,
)
from claims.api.viewsets.decisions import ANSWERS, decided
from claims.models import Claim, ClaimGroup, ClaimLink, Finding, GroupDecision
from claims.services import regrouping, tracing

_PAGES = {"page", "page_size"}


class GroupViewSet(ReadEndpoint):
    """Claims of any articles that answer the same question.

    The list holds groups with at least one standing claim, those of most independent origins first. A group
    that was merged into another keeps its address and says so.
    """

    lookup_value_regex = UUID_ID
    filterset_class = GroupFilter
    parameters = {"links": _PAGES, "decisions": _PAGES}

    def get_queryset(self):
        return ClaimGroup.objects.for_list() if self.action == "list" else ClaimGroup.objects.with_counts()

    def get_serializer_class(self):
        return GroupSerializer if self.action == "list" else GroupDetailSerializer

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        group = self.get_object()
        claims = Claim.objects.standing().filter(group=group)
        group.standing_claims = claims.with_article().with_sentence().in_reading_order()
        group.standing_findings = Finding.objects.for_list().standing().filter(group=group).worst_first()
        group.version = regrouping.version_of(group)
        group.independent_origins = tracing.independent_origins(group)
        return Response(self.get_serializer(group).data)

    @extend_schema(responses=ClaimLinkSerializer(many=True))
    @action(detail=True, methods=["get"], filterset_class=None)
    def links(self, request: Request, pk: str) -> Response:
        """The links between the group's claims, with scores and reasons, the strongest first."""
        return self._page(ClaimLink.objects.within(self.get_object().pk), ClaimLinkSerializer)

    @extend_schema(responses=GroupDecisionSerializer(many=True))
    @action(detail=True, methods=["get"], filterset_class=None)
    def decisions(self, request: Request, pk: str) -> Response:
        """What people decided about the group, newest first."""
        rows = GroupDecision.objects.about(self.get_object().pk).for_list()
        return self._page(rows, GroupDecisionSerializer)

    @extend_schema(request=ConfirmSerializer, responses=ANSWERS)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def confirm(self, request: Request, pk: str) -> Response:
        """Say that the group's claims answer one question: they stay together whatever comes later."""
        return decided(
            regrouping.confirm, self.get_object(), reviewer=request.user, **self._asked(ConfirmSerializer)
        )

    @extend_schema(request=SplitSerializer, responses=ANSWERS)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def split(self, request: Request, pk: str) -> Response:
        """Say that some claims answer another question: they get a group of their own, the `target`."""
        return decided(
            regrouping.split, self.get_object(), reviewer=request.user, **self._asked(SplitSerializer)
        )

    @extend_schema(request=MergeSerializer, responses=ANSWERS)
    @action(detail=True, methods=["post"], filterset_class=None, pagination_class=None)
    def merge(self, request: Request, pk: str) -> Response:
        """Say that other groups answer the same question: their claims come into this one."""
        asked = self._asked(MergeSerializer)
        others = groups_of(asked.pop("groups"), "groups")
        return decided(regrouping.merge, self.get_object(), others, reviewer=request.user, **asked)

    def _page(self, rows: Any, serializer: type[BaseSerializer]) -> Response:
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(serializer(page, many=True).data)

    def _asked(self, serializer: type[BaseSerializer]) -> dict[str, Any]:
        asked = serializer(data=self.request.data)
        asked.is_valid(raise_exception=True)
        return dict(asked.validated_data)


def groups_of(keys: list[UUID], field: str) -> list[ClaimGroup]:
    """The groups of some ids; a 400 that names the field for one that does not exist."""
    found = ClaimGroup.objects.in_bulk(keys)
    if unknown := [str(key) for key in keys if key not in found]:
        raise ValidationError({field: f"There is no such group: {', '.join(unknown)}."})
    return list(found.values())
