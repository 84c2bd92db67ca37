"""Step two: the claims that stand in a revision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import Now

from claims import models
from claims.engine import extract, headlines, origins, records, stories
from claims.engine import topics as about
from claims.engine.version import ENGINE_VERSION
from claims.ingest import publishers

from .isolation import Run
from .rows import claim_columns, with_article


@dataclass(frozen=True, slots=True)
class Analysis:
    """What the engine finds in an article, what tells it from others, and what it is about."""

    claims: tuple[records.Claim, ...]
    fingerprints: tuple[int, ...]
    profile: records.Profile
    topics: tuple[str, ...] = ()


def analyse(body: str, published: date | None, title: str, outlet: str) -> Analysis:
    """Everything that can be said about an article by itself. Pure: no database, no clock."""
    claims = headlines.extract_headline(title, body, published=published)
    claims += extract.extract(
        body,
        published=published,
        title=title,
        outlet=outlet,
        month_first=publishers.month_first(outlet),
    )
    return Analysis(
        claims, origins.fingerprints(body), stories.profile(title, body), about.topics(title, body, claims)
    )


def prepare(document: models.Document, run: Run) -> Analysis:
    revision = with_article(models.Revision.objects).get(pk=document.revision_id)
    return run(Analysis, analyse, revision.body, revision.published, revision.title, revision.outlet)


def store(document: models.Document, found: Analysis, run: Run) -> dict[str, Any]:
    """Writes the claims; a claim at the same place keeps its row, one no longer found is retired.

    Which group a claim is in is not decided here: linking compares it again.
    """
    revision = models.Revision.objects.select_for_update(no_key=True).get(pk=document.revision_id)
    known = {_place(row): row for row in revision.claims.all()}
    rows: dict[_Place, models.Claim] = {}
    fresh, changed = [], []
    for claim in found.claims:
        columns = claim_columns(claim)
        columns["engine_version"] = ENGINE_VERSION
        columns["retired_at"] = None
        place = (columns["headline"], columns["kind"], columns["start"], columns["end"])
        if place in rows:
            continue  # the same place read twice the same way is one claim
        row = known.pop(place, None)
        if row is None:
            row = models.Claim(revision=revision, **columns)
            fresh.append(row)
        elif any(getattr(row, name) != value for name, value in columns.items()):
            for name, value in columns.items():
                setattr(row, name, value)
            changed.append((row, list(columns)))
        rows[place] = row
    models.Claim.objects.bulk_create(fresh, batch_size=500)
    for row, named in changed:
        row.save(update_fields=named)  # its group is the linkers', who may be at it now
    gone = [row.pk for row in known.values() if row.retired_at is None]
    revision.claims.filter(pk__in=gone).update(retired_at=Now())
    _join_parts(found.claims, rows)
    read: dict[str, Any] = {
        "engine_version": ENGINE_VERSION,
        "fingerprints": list(found.fingerprints),
        "profile": found.profile.as_json(),
        "topics": list(found.topics),
    }
    if any(getattr(revision, name) != value for name, value in read.items()):
        models.Revision.objects.filter(pk=revision.pk).update(**read)
    return {"touched": {}}


_Place = tuple[bool, str, int, int]


def _place(row: models.Claim) -> _Place:
    return row.headline, row.kind, row.start, row.end


def _join_parts(claims: tuple[records.Claim, ...], rows: dict[_Place, models.Claim]) -> None:
    """Points each part at its whole: the claim of that span, of the same kind if there are several."""
    for claim in claims:
        row = rows[(claim.headline, claim.kind.value, claim.span.start, claim.span.end)]
        whole = None
        if claim.part_of:
            span = (claim.part_of.start, claim.part_of.end)
            candidates = [
                rows[place]
                for place in sorted(rows)
                if (place[0], place[2:]) == (claim.headline, span) and rows[place] is not row
            ]
            candidates.sort(key=lambda other: other.kind != row.kind)
            whole = candidates[0] if candidates else None
        if row.part_of_id != (whole.pk if whole else None):
            row.part_of = whole
            row.save(update_fields=["part_of"])
