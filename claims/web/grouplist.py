"""The list of groups: filters and orders of the address bar to one bounded query, and a line for each row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import F
from django.http import HttpRequest

from claims.engine.topics import TOPICS
from claims.models import Claim, ClaimGroup, Outlet
from claims.models.group import asked_for

from . import wording
from .paging import asked, chosen, page_of
from .scale import scale

ORDERS = {"reach": "reach", "dissent": "disagreement", "day": "newest"}
_SORTS = {
    "reach": ("-origin_count", "-outlet_count", "-claim_count", "-created_at", "id"),
    "dissent": ("-dissent_count", "-outlet_count", "id"),
    "day": (F("told_on").desc(nulls_last=True), "-outlet_count", "id"),
}
#: Claims whose values are read for the dots of one page.
_DOTS = 2000
SHOWN_VALUES = 3


@dataclass(frozen=True, slots=True)
class Dot:
    x: str
    r: str


@dataclass(frozen=True, slots=True)
class Line:
    """A row: the group, its values most said first, and where they stand between the smallest and largest."""

    group: ClaimGroup
    values: tuple[str, ...] = ()
    more: int = 0
    dots: tuple[Dot, ...] = ()

    @property
    def range(self) -> str:
        """The smallest and the largest value in words."""
        low, high = self.group.low, self.group.high
        if low is None or high is None:
            return ""
        if low == high:
            return wording.amount(low, self.group.unit)
        return f"{wording.amount(low, self.group.unit)} to {wording.amount(high, self.group.unit)}"


def page(request: HttpRequest) -> dict[str, Any]:
    """What the page of groups shows."""
    rows = ClaimGroup.objects.for_list()
    words, kind = asked(request, "q"), chosen(request, "kind", tuple(wording.KINDS))
    several = chosen(request, "outlets", ("all", "several", "independent"), "several")
    topic = chosen(request, "topic", tuple(TOPICS))
    unit, outlet = asked(request, "unit", 100), asked(request, "outlet", 200)
    order = chosen(request, "sort", tuple(ORDERS), "reach")
    least, most = (_number(asked(request, name, 40)) for name in ("least", "most"))
    if words:
        rows = rows & ClaimGroup.objects.matching(words) if any(asked_for(words)) else rows.none()
    if kind:
        rows = rows.filter(kind=kind)
    if several == "several":
        rows = rows.filter(outlet_count__gt=1)
    elif several == "independent":
        rows = rows.filter(origin_count__gt=1)
    if topic:
        rows = rows.filter(topics__contains=[topic])
    if unit:
        rows = rows.filter(unit=unit)
    if outlet:
        who = Outlet.objects.filter(name__iexact=outlet).values_list("pk", flat=True).first()
        rows = rows.filter(told_by__contains=[who]) if who else rows.none()
    if least is not None:
        rows = rows.filter(high__gte=least)
    if most is not None:
        rows = rows.filter(low__lte=most)
    shown = page_of(rows.order_by(*_SORTS[order]), request)
    filters = {"q": words, "kind": kind, "topic": topic, "unit": unit, "outlet": outlet}
    bounds = {"least": asked(request, "least", 40), "most": asked(request, "most", 40)}
    return {
        "page": shown,
        "rows": lines(shown.object_list),
        "kinds": wording.KINDS,
        "topics": list(TOPICS.items()),
        "orders": ORDERS,
        "order": order,
        "several": several,
        **filters,
        **bounds,
        "words": words,
        "narrowed": any(filters.values()) or any(bounds.values()),
        "more_filters": any((topic, unit, outlet, *bounds.values())),
        "anything": bool(shown.object_list) or ClaimGroup.objects.exists(),
    }


def _number(text: str) -> Decimal | None:
    """ "1.5 million" -> 1500000; None for what is no number."""
    _, numbers = asked_for(text)
    return numbers[0] if numbers else None


def lines(groups: Iterable[ClaimGroup]) -> list[Line]:
    """A line for each group; one query for the values of all of them."""
    groups = list(groups)
    rows = (
        Claim.objects.standing()
        .filter(group__in=[g.pk for g in groups], value__isnull=False)
        .order_by("group", "pk")
        .values_list("group", "value", "unit", "modifier", "bounds_rule")[:_DOTS]
    )
    told: dict[Any, dict[tuple[Decimal, str, str], int]] = {}
    for group, value, unit, modifier, rule in rows:
        said = (value, unit, "" if rule in ("point", "grain", "part") else modifier)
        told.setdefault(group, {})
        told[group][said] = told[group].get(said, 0) + 1
    return [_line(group, told.get(group.pk, {})) for group in groups]


def _line(group: ClaimGroup, told: dict[tuple[Decimal, str, str], int]) -> Line:
    often = sorted(told.items(), key=lambda each: (-each[1], each[0]))
    values = tuple(
        f"{modifier} {wording.amount(value, unit)}".strip() + (f" ({n})" if n > 1 else "")
        for (value, unit, modifier), n in often[:SHOWN_VALUES]
    )
    return Line(group, values, max(len(often) - SHOWN_VALUES, 0), _dots(group, told))


def _dots(group: ClaimGroup, told: dict[tuple[Decimal, str, str], int]) -> tuple[Dot, ...]:
    """Where the different values stand; nothing where there is but one."""
    times: dict[Decimal, int] = {}
    for (value, unit, _), n in told.items():
        if unit == group.unit or group.kind == "count":
            times[value] = times.get(value, 0) + n
    if len(times) < 2:
        return ()
    on = scale(times, times)
    return tuple(
        Dot(f"{on.at(value):.1f}%", f"{min(2.5 + n**0.5, 6):.1f}") for value, n in sorted(times.items())
    )
