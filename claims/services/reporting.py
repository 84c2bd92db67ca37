"""Frozen reports: same inputs, same bytes. Once made, a report is never made again."""

from __future__ import annotations

import hashlib
import json
import logging
from datetime import date, datetime, time
from typing import Any

from django.contrib.auth.models import User
from django.db import connection, transaction
from django.db.models import Count, Q
from django.utils import timezone

from claims.models import (
    Article,
    Claim,
    Document,
    FactCheck,
    FactCheckEvent,
    Finding,
    Job,
    Reference,
    Report,
    Review,
)
from claims.models.finding import FindingQuerySet
from claims.models.origin import told_by

log = logging.getLogger(__name__)

NIGHTLY = "nightly"
#: A report has so many of these at most; the counts beside them are complete.
_SHOWN = 500


def make(day: date, kind: str = NIGHTLY) -> Report:
    """The report of a day; makes and freezes it if there is none yet.

    It holds what is new since the report before (of the same kind), what of that one is resolved, and what is
    open now. Made twice at once, the first one stands. Raises ValueError for a day that has not begun.
    """
    if day > timezone.localdate():
        raise ValueError(f"{day} has not begun: there is nothing to report yet.")
    known = Report.objects.filter(kind=kind, day=day).first()
    if known:
        return known
    with transaction.atomic():
        # Two at once: the second waits here, then finds the first one's.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE claims_report IN SHARE ROW EXCLUSIVE MODE")
        known = Report.objects.filter(kind=kind, day=day).first()
        if known:
            return known
        before = Report.objects.filter(kind=kind, day__lt=day).order_by("day").last()
        payload = canonical(_content(day, kind, before))
        report = Report.objects.create(
            kind=kind, day=day, payload=payload, payload_hash=hashlib.sha256(payload.encode()).hexdigest()
        )
        shown = [each["id"] for each in json.loads(payload)["new_findings"]]
        Finding.objects.filter(pk__in=shown, reported_in__isnull=True).update(reported_in=report)
    log.info("report made", extra={"report": report.pk, "day": str(day), "kind": kind})
    return report


def preview() -> dict[str, Any]:
    """What a report would say if it were made now; nothing is stored, and the next one still holds it all."""
    last = Report.objects.filter(kind=NIGHTLY).order_by("day").last()
    return _content(timezone.localdate(), NIGHTLY, last)


def awaiting() -> int:
    """How many standing findings no report holds yet."""
    return Finding.objects.standing().filter(reported_in__isnull=True).count()


def content(report: Report) -> dict[str, Any]:
    """What a frozen report says."""
    loaded: dict[str, Any] = json.loads(report.payload)
    return loaded


def canonical(data: dict[str, Any]) -> str:
    """JSON with one spelling: sorted keys, no spaces, text as it is."""
    return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def run_nightly(now: datetime | None = None) -> Report:
    """The scheduled run: today's report, once, however many schedulers ask for it.

    Its Job row (kind "nightly", due at the day's beginning) shows that and how it went.
    """
    day = timezone.localdate(now)
    due = timezone.make_aware(datetime.combine(day, time.min))
    job, fresh = Job.objects.get_or_create(kind=NIGHTLY, due=due)
    if job.state == Job.State.DONE:
        return Report.objects.get(kind=NIGHTLY, day=day)
    if not fresh:
        job.attempts += 1
    try:
        report = make(day)
    except Exception as error:
        job.state, job.detail = Job.State.FAILED, f"{type(error).__name__}: {error}"
        job.finished_at = timezone.now()
        job.save()
        raise
    job.state, job.detail, job.finished_at = Job.State.DONE, f"report {report.pk}", timezone.now()
    job.save()
    return report


def _content(day: date, kind: str, before: Report | None) -> dict[str, Any]:
    earlier = content(before) if before else {"new_findings": [], "open_findings": []}
    before_this = [each for part in ("new_findings", "open_findings") for each in earlier[part]]
    was_open = {each["id"] for each in before_this}
    waited = {each["id"] for each in before_this if each["state"] == "open"}
    rows = Finding.objects.for_list().order_by("pk")
    fresh = Q(reported_in__isnull=True)
    articles = Article.objects.filter(revisions__is_current=True)
    open_rows = Finding.objects.open().for_list().worst_first()
    return {
        "day": day.isoformat(),
        "kind": kind,
        "since": before.day.isoformat() if before else None,
        "generated_from": {
            "documents": Document.objects.count(),
            "findings": Finding.objects.count(),
            "open_findings": Finding.objects.open().count(),
            "references": Reference.objects.count(),
            "reviews": Review.objects.count(),
        },
        "articles": articles.count(),
        **told_by(articles),
        "claims": Claim.objects.standing().count(),
        "groups": Claim.objects.standing().aggregate(n=Count("group", distinct=True))["n"],
        "new_findings": [shown(row) for row in rows.filter(fresh, resolved_at__isnull=True)],
        "open_findings": [shown(row) for row in open_rows[:_SHOWN]],
        "resolved": [
            shown(row) for row in rows.filter(fresh | Q(pk__in=was_open), resolved_at__isnull=False)
        ],
        "decided": _decided(rows.filter(pk__in=waited, resolved_at__isnull=True)),
        "fact_checks": _fact_checks(before),
        "failed_documents": [
            {
                "id": str(row.pk),
                "name": str(row),
                "state": row.state,
                "code": row.error_code,
                "detail": row.error_in_words,
            }
            for row in Document.objects.failed().for_list().order_by("received_at", "pk")[:_SHOWN]
        ],
    }


def _decided(rows: FindingQuerySet) -> list[dict[str, Any]]:
    """Those of ``rows`` that people have decided on, each with the reason that stands."""
    decided = list(rows.exclude(decision=Finding.Decision.NONE))
    last = {
        review.finding_id: review
        for review in Review.objects.decisions()
        .filter(finding__in=decided)
        .select_related("reviewer")
        .order_by("pk")
    }
    return [
        {**shown(row), "reason": review.reason, "by": _name(review.reviewer)}
        for row in decided
        if (review := last.get(row.pk)) is not None
    ]


def _name(person: User) -> str:
    return person.get_full_name() or person.get_username()


def _fact_checks(before: Report | None) -> list[dict[str, Any]]:
    """Fact-checks published, reopened or withdrawn since the report before, each with what came last."""
    steps = FactCheckEvent.objects.filter(
        Q(kind="state", after__in=(FactCheck.State.PUBLISHED, FactCheck.State.REOPENED)) | Q(kind="withdraw")
    )
    if before is not None:
        steps = steps.filter(created_at__gt=before.created_at)
    last = {step.factcheck_id: step for step in steps.select_related("factcheck__rating").order_by("pk")}
    return [
        {
            "id": key,
            "question": step.factcheck.question,
            "happened": "withdrawn" if step.kind == "withdraw" else step.after,
            "rating": step.factcheck.rating.label if step.factcheck.rating else "",
            "reason": step.reason,
        }
        for key, step in sorted(last.items())[:_SHOWN]
    ]


def shown(row: Finding) -> dict[str, Any]:
    """A finding as reports and the command line give it; the row comes from ``Finding.objects.for_list``."""
    return {
        "id": row.pk,
        "check": row.check_id,
        "severity": row.severity,
        "summary": row.summary,
        "clears": row.clears,
        "state": row.state,
        "claims": [
            {
                "outlet": claim.revision.article.outlet.name,
                "title": claim.revision.title,
                "quote": claim.quote,
                "published": claim.revision.published.isoformat() if claim.revision.published else None,
                "article_id": claim.revision.article_id,
            }
            for claim in row.shown_claims
        ],
    }
