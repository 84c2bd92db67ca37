"""What every endpoint here does alike."""

from __future__ import annotations

from collections.abc import Set
from typing import Any, NoReturn

from rest_framework import mixins
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.viewsets import GenericViewSet

from claims.api.parsers import start_of_oversized, too_large

INTEGER_ID = "[0-9]{1,18}"
UUID_ID = "[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}"


class Endpoint(GenericViewSet):
    """A viewset that refuses query parameters it cannot use: a mistyped filter must not return everything.

    ``parameters`` names, by action, those that are neither filters nor pages.
    """

    parameters: dict[str, Set[str]] = {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        # Before anything may read the body: logging in by session looks into forms.
        start = start_of_oversized(request)
        super().initial(request, *args, **kwargs)
        if start is not None:
            self.refuse_oversized(start)
        known = self.known_parameters()
        given = request.query_params.lists()
        if wrong := {name: said for name, values in given if (said := self._complaint(name, values, known))}:
            raise ValidationError(wrong)

    def refuse_oversized(self, start: bytes) -> NoReturn:
        """Called with the first bytes of a body that is too large."""
        raise too_large(self.request)

    def known_parameters(self) -> set[str]:
        known = set(self.parameters.get(self.action or "", ()))
        if self.action == "list":
            filters = getattr(self, "filterset_class", None)
            known |= set(filters.base_filters) if filters else set()
            if self.paginator is not None:
                known |= {self.paginator.page_query_param, self.paginator.page_size_query_param}
        return known

    @staticmethod
    def _complaint(name: str, values: list[str], known: set[str]) -> str:
        if name not in known:
            there = f"there are: {', '.join(sorted(known))}" if known else "there are none"
            return f"There is no such query parameter here; {there}."
        if len(values) > 1:
            return "This is given more than once."
        return "" if values[0] else "This is empty: give a value, or leave it out."


class ReadEndpoint(mixins.ListModelMixin, mixins.RetrieveModelMixin, Endpoint):
    """A list and its items."""

    lookup_value_regex = INTEGER_ID
