"""What a person needs to decide about a finding: its sentence, the passages, the drawing, what differs.

:func:`essentials` gives the context of ``templates/findings/essentials.html``, which the page of a finding
and the queue both include. It reads the database itself, six times or so, however many claims there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.backends.postgresql.psycopg_any import NumericRange

from claims.models import Article, Claim, Finding, FindingClaim, Reference, Revision

from . import axis, comparison, evidence, gone, passages, readings, wording
from .sides import Side, sides

#: Claims of one finding that are read and shown; a check compares sixty of one number.
MOST = 60
#: Sides whose passage is shown at once; the others are folded away.
COLUMNS = 3
SHOWN_ARTICLES = 40


def essentials(finding: Finding, *, level: int = 2) -> dict[str, Any]:
    """The context of ``findings/essentials.html`` for a finding.

    ``level`` is that of its heading: 1 where it is the page, 2 where it stands beside a list. Everything
    is under the one key ``e``, so that it does not meet the names of the page it is included in.
    """
    rows = list(_claims(finding)[: MOST + 1])
    claims = [row.claim for row in rows[:MOST]]
    total = len(claims) if len(rows) <= MOST else finding.findingclaim_set.count()
    if any(claim.value is not None for claim in claims):
        _with_parts(claims)
    texts = passages.stretches(claims) if claims else {}
    found = sides(claims, texts, finding.evidence)
    reference = _reference(finding)
    revisions = [] if claims else _articles(finding)
    articles = {c.revision.article_id: c.revision.article for c in claims}
    articles |= {revision.article_id: revision.article for revision in revisions}
    changed = gone.notes(finding, claims, list(articles.values()))
    return {
        "e": {
            "finding": finding,
            "level": level,
            "sub": level + 1,
            "sides": found[:COLUMNS],
            "further": found[COLUMNS:],
            "claims": claims,
            "not_shown": total - len(claims),
            "axis": drawing(found, reference, finding),
            "comparison": comparison.comparison(found, finding.evidence) if len(claims) > 1 else None,
            "reference": reference,
            "shared": evidence.shared_passages(finding),
            "articles": revisions,
            "notes": changed,
            "resolved": gone.why_resolved(finding, changed),
        }
    }


def _claims(finding: Finding) -> Any:
    long = ("record", "revision__body", "revision__fingerprints", "revision__profile")
    return (
        FindingClaim.objects.filter(finding=finding)
        .order_by("position")
        .select_related("claim__revision__article__outlet", "claim__part_of", "claim__correction__person")
        .defer(*(f"claim__{name}" for name in long), "claim__part_of__record")
    )


def _with_parts(claims: Sequence[Claim]) -> None:
    """Sets ``stated_parts`` on each claim: what its text says that it includes."""
    stated = defaultdict(list)
    rows = Claim.objects.filter(part_of__in=[c.pk for c in claims], retired_at__isnull=True)
    for part in rows.only("quote", "part_of_id", "start").order_by("start")[: MOST * 3]:
        stated[part.part_of_id].append(part)
    for claim in claims:
        claim.stated_parts = stated[claim.pk]  # type: ignore[attr-defined]


def _articles(finding: Finding) -> list[Revision]:
    """The articles of a finding that shows no claims, as they stand or stood last, the earliest first."""
    named = Article.objects.filter(findings=finding).values("pk")
    rows = Revision.objects.to_show().without_text().filter(article__in=named)
    return list(rows.select_related("article__outlet").order_by("published", "id")[:SHOWN_ARTICLES])


def _reference(finding: Finding) -> dict[str, Any] | None:
    """The authority's value the finding holds claims against, with the row it came from if it is there."""
    held = finding.evidence.get("reference")
    if not isinstance(held, dict):
        return None
    key = str(held.get("key") or "")
    row = Reference.objects.filter(pk=int(key)).first() if key.isdigit() and len(key) < 19 else None
    return {**held, "row": row, "held": evidence.days_of(held)}


def drawing(found: Sequence[Side], reference: dict[str, Any] | None, finding: Finding) -> axis.Axis | None:
    """The readings on one axis: a row for each side, and one for an authority's value.

    None where there are not two things to compare. Dates are drawn where no number differs.
    """
    numbers = [side for side in found if side.lead.bounds is not None]
    dates = [side for side in found if side.lead.when_start is not None]
    by_date = "days_off" in finding.evidence or not numbers
    if by_date and dates:
        intervals = [_days(side) for side in dates]
        intervals += _reference_days(reference)
        left_out: list[str] = []
    else:
        intervals, left_out = _amounts(numbers, finding)
        if intervals:
            intervals += _reference_value(reference, intervals[0].unit)
    told_apart = {(str(i.bounds), i.rule, i.reference) for i in intervals}
    return axis.draw(intervals, left_out) if len(told_apart) > 1 else None


def _amounts(found: Sequence[Side], finding: Finding) -> tuple[list[axis.Interval], list[str]]:
    """The sides in the unit of the first, by the conversion that the check worked out; and what has none."""
    if not found:
        return [], []
    unit = found[0].lead.unit
    converted = _converted(finding)
    said = {str(one.get("claim")): evidence.converted(one) for one in evidence.readings(finding.evidence)}
    intervals, left_out = [], []
    for side in found:
        lead = side.lead
        other = converted.get(str(lead.pk))
        if lead.unit == unit:
            intervals.append(_interval(side, lead.bounds, lead.value, unit, side.reading))
        elif other and other["unit"] == unit and (bounds := _bounds(other)) is not None:
            reading = f"{side.reading}, which is {said[str(lead.pk)]}"
            intervals.append(_interval(side, bounds, _decimal(other.get("value")), unit, reading))
        else:
            left_out.append(f"{side.key}, {lead.quote}, which is in another unit")
    return intervals, left_out


def _interval(side: Side, bounds: Any, value: Decimal | None, unit: str, reading: str) -> axis.Interval:
    lead = side.lead
    return axis.Interval(
        label=_who(side),
        quote=lead.quote,
        bounds=bounds,
        value=value,
        unit=unit,
        soft=lead.soft,
        rule=lead.bounds_rule,
        key=side.key,
        reading=reading,
    )


def _who(side: Side) -> str:
    """The outlets of a side: the first, and how many more."""
    names = list(dict.fromkeys(claim.revision.article.outlet.name for claim in side.claims))
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"


def _days(side: Side) -> axis.Interval:
    lead = side.lead
    bounds = _day_range(lead.when_start, lead.when_end or lead.when_start)
    said = wording.days(lead.when_start, lead.when_end)
    return axis.Interval(
        label=_who(side),
        quote=lead.when_text or lead.quote,
        bounds=bounds,
        value=None,
        unit="",
        key=side.key,
        reading=said,
        days=True,
    )


def _reference_days(reference: dict[str, Any] | None) -> list[axis.Interval]:
    if reference is None or not reference["held"]:
        return []
    start, end = reference["held"]
    name = str(reference.get("authority") or "Reference")
    bounds = _day_range(start, end)
    value = bounds.lower if start == end else None
    words = wording.days(start, end)
    return [
        axis.Interval(
            name,
            str(reference.get("title") or ""),
            bounds,
            value,
            "",
            reading=words,
            reference=True,
            days=True,
        )
    ]


def _reference_value(reference: dict[str, Any] | None, unit: str) -> list[axis.Interval]:
    """The authority's value, where it is in the claims' unit."""
    if reference is None or str(reference.get("unit") or "") != unit:
        return []
    value = _decimal(reference.get("value"))
    bounds = _bounds(reference)
    if bounds is None and value is None:
        return []
    return [
        axis.Interval(
            str(reference.get("authority") or "Reference"),
            str(reference.get("title") or ""),
            bounds or NumericRange(value, value, "[]"),
            value,
            unit,
            reading=wording.bounds(bounds, unit) if bounds else wording.amount(value or Decimal(0), unit),
            reference=True,
        )
    ]


def _converted(finding: Finding) -> dict[str, dict[str, Any]]:
    """By claim, its amount in the other's unit as the check recorded it."""
    return {
        str(one.get("claim")): one["converted"]
        for one in evidence.readings(finding.evidence)
        if isinstance(one.get("converted"), dict)
    }


def _bounds(recorded: dict[str, Any]) -> NumericRange | None:
    low, high = _decimal(recorded.get("low")), _decimal(recorded.get("high"))
    if low is None and high is None:
        return None
    ends = f"{'(' if recorded.get('low_open') else '['}{')' if recorded.get('high_open') else ']'}"
    return NumericRange(low, high, ends)


def _day_range(start: Any, end: Any) -> NumericRange:
    return NumericRange(Decimal(start.toordinal()), Decimal(end.toordinal()), "[]")


def _decimal(text: object) -> Decimal | None:
    try:
        return Decimal(str(text)) if text is not None else None
    except InvalidOperation:
        return None


def rules(claims: Sequence[Claim]) -> list[dict[str, Any]]:
    """How the rules read each claim's text, in plain words."""
    return [
        {
            "claim": claim,
            "recognised": readings.recognised(claim),
            "rule": readings.rule_of(claim) if claim.bounds is not None else None,
            "reading": readings.reading(claim),
        }
        for claim in claims
    ]
