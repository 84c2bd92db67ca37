"""Reports: frozen snapshots, to be read, printed or fetched as JSON."""

from __future__ import annotations

from django.db.models import Count, IntegerField, TextField, Value
from django.db.models.expressions import Func
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from claims.models import Finding, Report
from claims.services import reporting

from .. import reported
from ..access import member
from ..paging import page_of

#: The frozen count of what waited, out of the text: a payload may be long, and only its number is shown.
_WAITED = Func("payload", Value(r'"open_findings":(\d+)'), function="substring", output_field=TextField())


@member
@require_GET
def listing(request: HttpRequest) -> HttpResponse:
    rows = Report.objects.defer("payload").annotate(waited=Cast(_WAITED, IntegerField()))
    page = page_of(rows, request)
    told = dict(
        Finding.objects.filter(reported_in__in=[report.pk for report in page])
        .order_by()
        .values_list("reported_in")
        .annotate(n=Count("pk"))
    )
    listed = [(report, told.get(report.pk, 0)) for report in page]
    return render(request, "reports/list.html", {"page": page, "listed": listed})


@member
@require_GET
def detail(request: HttpRequest, report_id: int) -> HttpResponse:
    report = get_object_or_404(Report, id=report_id)
    content = reporting.content(report)
    others = Report.objects.filter(kind=report.kind).defer("payload")
    return render(
        request,
        "reports/detail.html",
        {
            "report": report,
            "content": content,
            "earlier": others.filter(day__lt=report.day).order_by("-day").first(),
            "next": others.filter(day__gt=report.day).order_by("day").first(),
            **reported.page(content),
        },
    )


@member
@require_GET
def as_json(request: HttpRequest, report_id: int) -> HttpResponse:
    """The stored bytes, unchanged: their hash is the report's."""
    report = get_object_or_404(Report, id=report_id)
    response = HttpResponse(report.payload, content_type="application/json")
    response["ETag"] = f'"{report.payload_hash}"'
    return response
