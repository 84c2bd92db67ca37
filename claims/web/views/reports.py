"""Reports: frozen snapshots, to be read, printed or fetched as JSON."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from claims.models import Finding, Report
from claims.services import reporting

from ..access import member
from ..paging import page_of


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    return render(request, "reports/list.html", {"page": page_of(Report.objects.all(), request)})


@member
@require_GET
def detail(request: HttpRequest, report_id: int) -> HttpResponse:
    report = get_object_or_404(Report, id=report_id)
    content = reporting.content(report)
    fresh = {finding["id"] for finding in content["new_findings"]}
    older = [finding for finding in content["open_findings"] if finding["id"] not in fresh]
    return render(
        request,
        "reports/detail.html",
        {
            "report": report,
            "content": content,
            "fresh": sorted(content["new_findings"], key=_worst_first),
            "still_open": sorted(older, key=_worst_first),
        },
    )


def _worst_first(finding: dict[str, Any]) -> tuple[int, int]:
    """The worst first, as in the list of findings; the report itself keeps its frozen order."""
    return -Finding.Severity.values.index(finding["severity"]), finding["id"]


@member
@require_GET
def as_json(request: HttpRequest, report_id: int) -> HttpResponse:
    """The stored bytes, unchanged: their hash is the report's."""
    report = get_object_or_404(Report, id=report_id)
    response = HttpResponse(report.payload, content_type="application/json")
    response["ETag"] = f'"{report.payload_hash}"'
    return response
