"""Outlets: how each has behaved, as far as it was looked at. An account, not a score."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from claims.engine.checks import all_checks
from claims.models import Article, Finding, Outlet
from claims.services import accounts

from ..access import member
from ..paging import asked, page_of

#: Fewer decisions than this, and a rate is said to be of a small number.
FEW_DECIDED = 20


@dataclass(frozen=True, slots=True)
class Row:
    """What a check reports about an outlet, and the rate of what people confirmed."""

    check: str
    name: str
    awaiting: int
    confirmed: int
    dismissed: int
    rate: tuple[float, float, float] | None

    @property
    def found(self) -> int:
        return self.awaiting + self.confirmed + self.dismissed


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    wanted = asked(request, "q")
    printed = Exists(Article.objects.filter(outlet=OuterRef("pk")))
    rows = Outlet.objects.select_related("account").filter(printed)
    if wanted:
        rows = rows.filter(name__icontains=wanted)
    page = page_of(rows, request, 50)
    accounts.ensure(page.object_list)
    listed = [(outlet, _tally(outlet.account.content)) for outlet in page.object_list]
    as_of = min((outlet.account.as_of for outlet in page.object_list), default=None)
    return render(request, "outlets/list.html", {"page": page, "rows": listed, "q": wanted, "as_of": as_of})


def _tally(content: dict[str, Any]) -> dict[str, int]:
    """One outlet in a line."""
    checks = content["checks"].values()
    return {
        "articles": content["articles"],
        "claims": content["claims"],
        "confirmed": sum(each["confirmed"] for each in checks),
        "awaiting": sum(each["none"] for each in checks),
        **content["texts"],
    }


@member
@require_GET
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    outlet = get_object_or_404(Outlet.objects.select_related("account"), slug=slug)
    accounts.ensure([outlet])
    content = outlet.account.content
    rows = _rows(content)
    decided = sum(row.confirmed + row.dismissed for row in rows)
    newest = Finding.objects.filter(pk__in=content["newest"]).for_list().order_by("-pk")
    texts = content["texts"]
    context = {
        "outlet": outlet,
        "account": content,
        "as_of": outlet.account.as_of,
        "rows": rows,
        "found": sum(row.found for row in rows),
        "decided": decided,
        "small": decided < FEW_DECIDED,
        "few_decided": FEW_DECIDED,
        "newest": newest,
        "shared": sum(texts.values()),
        "own": content["articles"] - sum(texts.values()),
    }
    return render(request, "outlets/detail.html", context)


def _rows(content: dict[str, Any]) -> list[Row]:
    """By check, what was found most first; checks that found nothing here are left out."""
    names = {check.id: check.name for check in all_checks()}
    rows = [
        Row(
            check,
            names.get(check, check.replace("_", " ")),
            each["none"],
            each["confirmed"],
            each["dismissed"],
            accounts.rate(each["confirmed"], content["claims"]),
        )
        for check, each in content["checks"].items()
    ]
    return sorted(rows, key=lambda row: (-row.confirmed, -row.found, row.name))
