"""Step two: the claims that stand in a revision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models.functions import Now

from claims import models
from claims.engine import extract, headlines, origins, records, stories
from claims.engine import topics as about
from claims.engine.version import ENGINE_VERSION
from claims.ingest import publishers

from . import laying
from .isolation import Run
from .rows import claim_columns, with_article


@dataclass(frozen=True, slots=True)
class Analysis:
    """What stands in headline and body, what tells the article from others, and what it is about.

    ``by`` has for each claim the id of the correction it stands by, 0 for what the engine alone reads.
    """

    claims: tuple[records.Claim, ...]
    fingerprints: tuple[int, ...]
    profile: records.Profile
    topics: tuple[str, ...] = ()
    by: tuple[int, ...] = ()


def analyse(
    body: str, published: date | None, title: str, outlet: str, words: Sequence[laying.Word] = ()
) -> Analysis:
    """Everything that can be said about an article by itself. Pure: no database, no clock.

    ``words`` is what people say of it where the engine reads it wrongly.
    """
    claims = headlines.extract_headline(title, body, published=published)
    claims += extract.extract(
        body,
        published=published,
        title=title,
        outlet=outlet,
        month_first=publishers.month_first(outlet),
    )
    point = partial(pointed, title, body, published)
    claims, by = laying.lay_over(claims, words, laying.Texts(title, body), point)
    return Analysis(
        claims,
        origins.fingerprints(body),
        stories.profile(title, body),
        about.topics(title, body, claims),
        by,
    )


def pointed(
    title: str, body: str, published: date | None, headline: bool, spans: Sequence[records.Span]
) -> Sequence[records.Claim | None]:
    """What the engine reads at some spans of the headline or the body, where somebody points at them."""
    if not headline:
        return extract.claims_at(body, spans, published=published, title=title)
    read = extract.claims_at(
        headlines.as_in_a_sentence(title, body), spans, published=published, title=body[:2000]
    )
    return [headlines.of_headline(title, body, [claim])[0] if claim else None for claim in read]


def prepare(document: models.Document, run: Run) -> Analysis:
    revision = with_article(models.Revision.objects).get(pk=document.revision_id)
    words, _ = laying.said_of(revision)
    return run(Analysis, analyse, revision.body, revision.published, revision.title, revision.outlet, words)


def store(document: models.Document, found: Analysis, run: Run) -> dict[str, Any]:
    """Writes the claims; a claim at the same place keeps its row, one no longer found is retired.

    Which group a claim is in is not decided here: linking compares it again.
    """
    revision = models.Revision.objects.select_for_update(no_key=True).get(pk=document.revision_id)
    known = {_place(row): row for row in revision.claims.all()}
    wanted: dict[_Place, dict[str, Any]] = {}
    for k, claim in enumerate(found.claims):
        columns, by = claim_columns(claim), found.by[k] if found.by else 0
        columns |= {"engine_version": ENGINE_VERSION, "retired_at": None, "correction_id": by or None}
        # The same place read twice the same way is one claim.
        wanted.setdefault((columns["headline"], columns["kind"], columns["start"], columns["end"]), columns)
    rows = {place: known.pop(place) for place in wanted if place in known}
    fresh, changed = [], []
    for place, columns in wanted.items():
        row = rows.get(place) or _moved(place, columns, known)
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


def _moved(place: _Place, columns: dict[str, Any], known: dict[_Place, models.Claim]) -> models.Claim | None:
    """The row of a claim whose span or kind a person amends, or amends no more: decisions stay with it."""
    start, end = place[2:]
    fitting = [
        row
        for row in known.values()
        if row.headline == place[0]
        and row.retired_at is None
        and (row.correction_id or columns["correction_id"])
        and row.start < end
        and start < row.end
    ]
    if not fitting:
        return None
    best = max(fitting, key=lambda row: (row.kind == place[1], min(row.end, end) - max(row.start, start)))
    return known.pop(_place(best))


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
