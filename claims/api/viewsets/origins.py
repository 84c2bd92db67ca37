from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import mixins
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.base import UUID_ID, Endpoint
from claims.api.serializers import OriginGraphSerializer, OriginSerializer
from claims.models import Origin
from claims.services import tracing


class OriginViewSet(mixins.RetrieveModelMixin, Endpoint):
    """Where copies of one text, or of one interview, began. One that was merged into another says so."""

    lookup_value_regex = UUID_ID
    queryset = Origin.objects.all()
    serializer_class = OriginSerializer

    @extend_schema(responses=OriginGraphSerializer)
    @action(detail=True, methods=["get"], pagination_class=None)
    def graph(self, request: Request, pk: str) -> Response:
        """Who took the text from whom: articles, outlets and agencies as nodes, arrows from the taker to the
        source.

        An article of kind "first" or "undecided" has no arrow: its reason says why. At most 200 articles, the
        earliest.
        """
        origin = self.get_object()
        return Response(OriginGraphSerializer(_content(origin, tracing.graph(origin))).data)


def _content(origin: Origin, graph: tracing.Graph) -> dict[str, Any]:
    shown = {article.key: article for article in graph.articles}
    agencies = sorted({taken.agency for taken in graph.taken if taken.agency})
    return {
        "id": origin.pk,
        "articles": [
            {
                "id": int(article.key),
                "outlet": article.outlet,
                "title": article.title,
                "published": article.published,
                "wires": article.wires,
                "kind": taken.kind.value,
                "reason": taken.reason,
            }
            for taken in graph.taken
            for article in [shown[taken.article]]
        ],
        "outlets": sorted({article.outlet for article in graph.articles}),
        "agencies": agencies,
        "edges": [
            {
                "article": int(taken.article),
                "source": int(taken.source) if taken.source else None,
                "agency": taken.agency,
                "kind": taken.kind.value,
                "confidence": taken.confidence,
                "containment": taken.containment,
                "reason": taken.reason,
                "published": shown[taken.article].published,
            }
            for taken in graph.taken
            if taken.source or taken.agency
        ],
        "links": [
            {
                "articles": [int(a), int(b)],
                "kind": link.kind,
                "containment": link.containment,
                "wire": link.wire,
                "reasons": link.reasons,
            }
            for a, b, link in graph.links
        ],
        "is_cut": graph.is_cut,
    }
