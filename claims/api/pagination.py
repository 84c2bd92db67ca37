"""Lists come in pages."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import ValidationError
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request


class Pages(PageNumberPagination):
    """``?page=2&page_size=200``; a size out of range is an error, not silently another size."""

    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"

    def get_page_size(self, request: Request) -> int:
        asked = request.query_params.get(self.page_size_query_param)
        if asked is None:
            return self.page_size
        if not (asked.isascii() and asked.isdigit() and 1 <= int(asked[:6]) <= self.max_page_size):
            raise ValidationError({"page_size": f"This is a number from 1 to {self.max_page_size}."})
        return int(asked)

    def get_page_number(self, request: Request, paginator: Any) -> Any:
        asked = request.query_params.get(self.page_query_param, "1")
        if not (asked.isascii() and asked.isdigit() and int(asked[:12]) >= 1):
            raise ValidationError({"page": "This is a number from 1 up."})
        return int(asked[:12])  # a longer number is past any last page all the same
