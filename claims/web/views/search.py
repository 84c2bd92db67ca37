"""Search: one field over articles, claims and groups, and what it understood of what was typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from claims.engine.topics import TOPICS
from claims.models import Outlet
from claims.services import searching
from claims.services.asking import Filter, Query, chosen, understand

from .. import wording
from ..access import member
from ..paging import asked
from ..paging import chosen as one_of

TABS = ("articles", "claims", "groups")
#: Filters that are chosen from a list or a field, beside what is typed.
BESIDE = ("outlet", "topic", "kind", "since", "until")
_LABELS = {
    "value": "value", "date": "when", "outlet": "outlet", "topic": "topic", "kind": "kind", "unit": "unit",
    "entity": "names", "source": "credited to",
}  # fmt: skip
EXAMPLES = (
    ("interceptors 30-40", "a number between 30 and 40, with the word"),
    ("between 17 and 18 billion dollars", "an amount; miles find kilometres, pounds find kilograms"),
    ("> 5,000 km since 2020", "more than, and from a year on"),
    ('warheads source:"State Department"', "what somebody is credited with"),
    ("entity:Iran unit:percent", "claims that name a party, in one unit"),
    ('"arms control" -test', "a phrase, without a word"),
)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter that is in force, and the address without it."""

    label: str
    text: str
    without: str


@member
@require_GET
def search(request: HttpRequest) -> HttpResponse:
    """The field, what was understood, and one page of one tab."""
    beside = {name: asked(request, name) for name in BESIDE}
    more = tuple(f for name, value in beside.items() if (f := chosen(name, value)))
    query = understand(request.GET.get("q", ""), timezone.localdate(), more)
    page = asked(request, "page", 4)
    number = min(int(page), searching.MOST_PAGES) - 1 if page.isdecimal() and int(page) else 0
    tab = one_of(request, "tab", TABS, _first_tab(query))
    sort = one_of(request, "sort", ("best",))
    told: dict[str, Any] = {
        "query": query,
        "beside": beside,
        "opened": any(beside.values()),
        "chips": _chips(request, query, beside),
        "tab": tab,
        "sort": sort,
        "examples": EXAMPLES,
        "kinds": wording.KINDS,
        "topics": TOPICS,
        "outlets": list(Outlet.objects.order_by("name").values_list("slug", "name")),
    }
    if not query.is_empty:
        told |= _found(query, tab, number, sort == "best")
    return render(request, "search/page.html", told)


def _first_tab(query: Query) -> str:
    """Claims, where a number, a unit or the like is asked for; else articles."""
    of_claims = ("value", "unit", "kind", "entity", "source")
    return "claims" if any(each.name in of_claims for each in query.filters) else "articles"


def _found(query: Query, tab: str, number: int, best: bool) -> dict[str, Any]:
    found = searching.find(query, best)
    of_tab = {"articles": found.articles, "claims": found.claims, "groups": found.groups}
    shown = min(len(of_tab[tab]), searching.MOST_COUNTED)
    pages = min(-(-shown // searching.PAGE), searching.MOST_PAGES)
    number = min(number, max(pages - 1, 0))
    here = slice(number * searching.PAGE, (number + 1) * searching.PAGE)
    hits: list[Any] = []
    if tab == "articles" and found.articles:
        hits = searching.article_hits(query, found.articles[here])
    elif tab == "claims" and found.claims:
        hits = searching.claim_hits(found.claims[here])
    elif tab == "groups" and found.groups:
        hits = searching.group_hits(found.groups[here])
    more = len(found.claims) > searching.MOST_COUNTED  # of which groups there may be others
    told = [_told(len(found.articles)), _told(len(found.claims)), f"{len(found.groups):,}{'+' * more}"]
    return {
        "tabs": [(name, name.capitalize(), count) for name, count in zip(TABS, told, strict=True)],
        "hits": hits,
        "elsewhere": [name for name in TABS if name != tab and of_tab[name]],
        "number": number + 1,
        "pages": pages,
    }


def _told(count: int) -> str:
    most = searching.MOST_COUNTED
    return f"{most:,}+" if count > most else f"{count:,}"


def _chips(request: HttpRequest, query: Query, beside: dict[str, str]) -> list[Chip]:
    names = dict(Outlet.objects.filter(slug=beside["outlet"]).values_list("slug", "name"))
    found = []
    for each in query.filters:
        without = request.GET.copy()
        without.pop("page", None)
        without.pop("tab", None)
        if each.end:
            without["q"] = each.removed_from(query.typed)
        else:
            without.pop(_parameter(each), None)
        text = names.get(each.text, wording.KINDS.get(each.text, TOPICS.get(each.text, each.text)))
        found.append(Chip(_LABELS[each.name], text, f"?{without.urlencode()}"))
    return found


def _parameter(each: Filter) -> str:
    if each.name == "date":
        return "since" if each.since else "until"
    return each.name
