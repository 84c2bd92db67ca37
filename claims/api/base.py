"""What every endpoint here does alike."""

from __future__ import annotations

from collections.abc import Set
from typing import Any

from rest_framework import mixins
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

INTEGER_ID = "[0-9]{1,18}"
UUID_ID = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"


class Endpoint(GenericViewSet):
    """A viewset that refuses query parameters it does not know: a mistyped filter must not return everything.

    ``parameters`` names, by action, those that are neither filters nor pages.
    """

    parameters: dict[str, Set[str]] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        known = self.known_parameters()
        wrong = {name: self._complaint(name, known) for name in request.query_params if name not in known}
        twice = [name for name, values in request.query_params.lists() if name in known and len(values) > 1]
        wrong.update(dict.fromkeys(twice, "This is given more than once."))
        if wrong:
            raise ValidationError(wrong)

    def known_parameters(self) -> set[str]:
        known = set(self.parameters.get(self.action or "", ()))
        if self.action == "list":
            filters = getattr(self, "filterset_class", None)
            known |= set(filters.base_filters) if filters else set()
            if self.paginator is not None:
                known |= {self.paginator.page_query_param, self.paginator.page_size_query_param}
        return known

    @staticmethod
    def _complaint(name: str, known: set[str]) -> str:
        there = f"there are: {', '.join(sorted(known))}" if known else "there are none"
        return f"There is no such query parameter here; {there}."


class ReadEndpoint(mixins.ListModelMixin, mixins.RetrieveModelMixin, Endpoint):
    """A list and its items."""

    lookup_value_regex = INTEGER_ID
