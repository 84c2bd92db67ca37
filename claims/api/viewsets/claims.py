from __future__ import annotations

from claims.api.base import ReadEndpoint
from claims.api.filters import ClaimFilter
from claims.api.serializers import ClaimSerializer
from claims.models import Claim


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
