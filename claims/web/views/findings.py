"""The list of findings."""

from __future__ import annotations

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from claims.engine.checks import all_checks
from claims.models import Finding, Outlet
from claims.models.finding import FindingQuerySet

from ..access import member
from ..paging import asked, chosen, page_of

STATES = ("open", "confirmed", "dismissed", "resolved", "all")


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    state = chosen(request, "state", STATES, "open")
    severity = chosen(request, "severity", tuple(Finding.Severity.values))
    check, outlet = asked(request, "check"), asked(request, "outlet")
    rows = _in_state(state)
    if severity:
        rows = rows.filter(severity=severity)
    if check:
        rows = rows.filter(check_id=check)
    if outlet:
        touching = Q(findingclaim__claim__revision__article__outlet__slug=outlet) | Q(
            articles__outlet__slug=outlet
        )
        rows = rows.filter(id__in=Finding.objects.filter(touching).values("id"))
    return render(
        request,
        "findings/list.html",
        {
            "page": page_of(rows.for_list().worst_first(), request),
            "state": state,
            "states": STATES,
            "severity": severity,
            "severities": reversed(Finding.Severity.values),
            "check": check,
            "checks": all_checks(),
            "outlet": outlet,
            "outlets": Outlet.objects.filter(articles__isnull=False).distinct(),
            "filtered": bool(severity or check or outlet or state != "open"),
        },
    )


def _in_state(state: str) -> FindingQuerySet:
    """As Finding.state says it: a decision stays a decision when the cause is gone."""
    if state == "open":
        return Finding.objects.open()
    if state == "resolved":
        return Finding.objects.filter(decision=Finding.Decision.NONE, resolved_at__isnull=False)
    if state == "all":
        return Finding.objects.all()
    return Finding.objects.filter(decision=state)
