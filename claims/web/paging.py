"""Lists in pages, with what was asked for kept in the address bar.

A list counts so far and no further: what fits a filter may be a million rows, and each would be read to say
how many. Beyond that it says "1,000 and more", and one pages on as long as there is more.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PAGE_SIZE = 25
#: Rows that are counted.
COUNTED = 1000
#: Rows that can be paged through; whoever wants what comes later narrows the list.
_REACHED = 50_000
#: Rows from which on the ids of a page are looked up first.
FAR = 200


class Capped(Paginator):  # type: ignore[type-arg]
    """Pages of a queryset that is counted up to :data:`COUNTED`."""

    @cached_property
    def _counted(self) -> int:
        # In no order: the database would sort all of them to count the first.
        return int(self.object_list.order_by()[: COUNTED + 1].count())  # type: ignore[union-attr]

    @cached_property
    def count(self) -> int:
        """How many there are, :data:`COUNTED` where there are more."""
        return min(self._counted, COUNTED)

    @property
    def is_whole(self) -> bool:
        """Whether ``count`` is all there are."""
        return self._counted <= COUNTED

    def get_page(self, number: Any) -> Page[Any]:
        """The page of that number; the first for nonsense, the last that is known for one beyond the end."""
        if not self.is_whole and str(number).isdecimal() and len(str(number)) < 9:
            wanted = min(int(number), _REACHED // self.per_page)
            if wanted > self.num_pages:
                return self._beyond(wanted)
        return super().get_page(number)

    def _beyond(self, number: int) -> Page[Any]:
        """A page further down than is counted; the last counted one where there is nothing."""
        start = (number - 1) * self.per_page
        rows = list(self._rows(start, start + self.per_page + 1))
        if not rows:
            return super().get_page(self.num_pages)
        return _Further(rows[: self.per_page], number, self, more=len(rows) > self.per_page)

    def page(self, number: Any) -> Page[Any]:
        """A page among those that are counted, in full even where counting ends within it."""
        wanted = self.validate_number(number)
        start = (wanted - 1) * self.per_page
        return self._get_page(self._rows(start, start + self.per_page), wanted, self)

    def _rows(self, start: int, stop: int) -> QuerySet[Any]:
        """Some rows. Far down their ids come first: what is worked out for a row (a day, a number) would be
        worked out for all that are skipped as well."""
        rows: QuerySet[Any] = self.object_list  # type: ignore[assignment]
        if start < FAR:
            return rows[start:stop]
        return rows.filter(pk__in=list(rows.values_list("pk", flat=True)[start:stop]))

    def _get_page(self, *args: Any, **kwargs: Any) -> Page[Any]:
        return _Counted(*args, **kwargs)


class _Counted(Page):  # type: ignore[type-arg]
    """A page whose last is not the end where the list goes on."""

    paginator: Capped

    def has_next(self) -> bool:
        return super().has_next() or not self.paginator.is_whole

    def next_page_number(self) -> int:
        return int(self.number) + 1

    def previous_page_number(self) -> int:
        return int(self.number) - 1

    def end_index(self) -> int:
        return self.start_index() + len(self.object_list) - 1 if self.object_list else 0


class _Further(_Counted):
    """A page beyond those that are counted."""

    def __init__(self, rows: list[Any], number: int, paginator: Capped, *, more: bool) -> None:
        super().__init__(rows, number, paginator)
        self._more = more

    def has_next(self) -> bool:
        return self._more and int(self.number) < _REACHED // self.paginator.per_page


def page_of(rows: QuerySet[Any], request: HttpRequest, size: int = PAGE_SIZE) -> Page[Any]:
    """The page that ``?page=`` names; the first for nonsense, the last for a number beyond the end."""
    return Capped(rows, size).get_page(request.GET.get("page"))


def asked(request: HttpRequest, name: str, limit: int = 200) -> str:
    """What a filter in the address bar says, trimmed; a NUL, which the database refuses, is dropped."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:limit]


def chosen(request: HttpRequest, name: str, options: tuple[str, ...], default: str = "") -> str:
    """A filter that knows its values; anything else means ``default``."""
    value = request.GET.get(name, default)
    return value if value in options else default
