"""Engine records to rows and back: the one place that knows both.

A claim's row keeps the engine's whole record as JSON (``record``), from which the record is rebuilt exactly;
the other columns repeat what the database must filter, sort or constrain.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import replace
from decimal import Context, Decimal
from functools import lru_cache
from typing import Any

from django.db.backends.postgresql.psycopg_any import Range
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from claims import models
from claims.engine import records

from .codec import from_json, to_json

#: numeric(40, 12): what is larger or finer stays in ``record`` only.
_LARGEST = Decimal(10) ** 28
_GRAIN = Decimal(1).scaleb(-12)
_DIGITS = Context(prec=40)


def text(value: str | None, field: Any = None) -> str:
    """Text as PostgreSQL takes it: no NUL, no half of a surrogate pair, cut to what ``field`` holds."""
    clean = (value or "").replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return clean[: field.max_length] if field is not None else clean


def number(value: Decimal | None) -> Decimal | None:
    """A number as its column keeps it, or None where it does not fit."""
    if value is None or not value.is_finite() or abs(value) >= _LARGEST:
        return None
    return value.quantize(_GRAIN, context=_DIGITS)


def bounds(quantity: records.Quantity) -> Range:
    """The values under which the statement is true, as a range of the database."""
    low = "(" if quantity.low is None or quantity.low_open else "["
    high = ")" if quantity.high is None or quantity.high_open else "]"
    return Range(quantity.low, quantity.high, low + high)


def claim_columns(claim: records.Claim) -> dict[str, Any]:
    """Column values of a claim's row, without revision, ``part_of`` and what linking sets."""
    quantity, when, source = claim.quantity, claim.when, claim.attribution
    columns: dict[str, Any] = {
        "kind": claim.kind.value,
        "headline": claim.headline,
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "sentence_start": claim.sentence.start,
        "sentence_end": claim.sentence.end,
        "value": number(quantity.value) if quantity else None,
        "bounds": bounds(quantity) if quantity else None,
        "soft": quantity.soft if quantity else False,
        "grain": number(quantity.grain) if quantity else None,
        "unit": quantity.unit if quantity else "",
        "modifier": quantity.modifier if quantity else "",
        "bounds_rule": quantity.rule if quantity else "",
        "measured": claim.measured,
        "noun": claim.noun,
        "noun_modifiers": list(claim.noun_modifiers),
        "actor": claim.actor,
        "action": claim.action,
        "object": claim.object,
        "object_party": claim.object_party,
        "place": claim.place,
        "negated": claim.negated,
        "status": claim.status.value,
        "hedge": claim.hedge,
        "mode": source.mode.value,
        "source": source.source,
        "attribution": to_json(source),
        "when_text": when.text if when else "",
        "when_start": when.start if when else None,
        "when_end": when.end if when else None,
        "record": to_json(claim),
        "entities": list(claim.entities),
        "rule": claim.rule,
    }
    for name, value in columns.items():
        field = models.Claim._meta.get_field(name)
        if field.get_internal_type() == "CharField":
            columns[name] = text(value, field)
        elif field.get_internal_type() == "ArrayField":
            columns[name] = [text(item, field.base_field) for item in value]
    return columns


def claim_record(row: models.Claim) -> records.Claim:
    """The engine's record of a stored claim, equal to the one that was stored."""
    return from_json(records.Claim, row.record)


def with_article(rows: Any) -> Any:
    """Revisions with all that an article's record needs."""
    return rows.all().select_related("article__outlet")


def article_ref(revision: models.Revision, body: str | None = None) -> records.ArticleRef:
    """What linking and checks may know of an article; the key is the article's id in all its revisions.

    ``body`` takes the place of the revision's own, which is then not fetched.
    """
    return replace(
        article_without_text(revision),
        body=revision.body if body is None else body,
        profile=records.Profile.from_json(revision.profile) if revision.profile else None,
    )


def article_without_text(revision: models.Revision) -> records.ArticleRef:
    """What is known of an article but for its text and what follows from it, which are not fetched."""
    article = revision.article
    return records.ArticleRef(
        key=str(article.pk),
        outlet=article.outlet.name,
        title=revision.title,
        published=revision.published,
        origin=str(article.origin_id) if article.origin_id else None,
        wires=tuple(revision.wires),
        credit=revision.credit or None,
        host=revision.host or None,
    )


def placed(claims: QuerySet[models.Claim]) -> tuple[records.PlacedClaim, ...]:
    """Claims with their articles and these with their text, in the query's order; the key is the claim's id.

    Two queries: a text is fetched once, however many claims stand in it.
    """
    rows = claims.annotate(told=_as_text("record")).values_list("pk", "revision", "told")
    found = list(rows)
    refs = _article_refs({revision for _, revision, _ in found}, "fingerprints")
    return tuple(
        records.PlacedClaim(str(pk), _claim_told(told), refs[revision]) for pk, revision, told in found
    )


def comparable(claims: QuerySet[models.Claim]) -> tuple[records.PlacedClaim, ...]:
    """Claims with all that comparing them needs, which is not the whole text of their articles.

    Two queries: the database cuts the sentences out. The order is the first one's.
    """
    rows = claims.with_sentence().annotate(told=_as_text("record"))  # type: ignore[attr-defined]
    found = list(rows.values_list("pk", "revision", "told", "sentence_text"))
    refs = _article_refs({revision for _, revision, *_ in found}, "body", "fingerprints")
    return tuple(
        records.PlacedClaim(str(pk), _claim_told(told), refs[revision], sentence_text=sentence)
        for pk, revision, told, sentence in found
    )


def _article_refs(revisions: Collection[int], *but: str) -> dict[int, records.ArticleRef]:
    """What is known of the articles of some revisions, without the columns ``but``."""
    rows = models.Revision.objects.filter(pk__in=revisions).select_related("article__outlet")
    rows = rows.defer("profile", *but).annotate(told=_as_text("profile"))
    return {
        row.pk: replace(
            article_without_text(row),
            body="" if "body" in but else row.body,
            profile=_profile_told(row.told),  # type: ignore[attr-defined]
        )
        for row in rows
    }


def _as_text(column: str) -> Cast:
    return Cast(column, TextField())


# The same claims come up again: of one article in linking, grouping and checking, and of one story with the
# next article that tells it. Kept by their JSON, not by id, so what is kept is never out of date.


@lru_cache(maxsize=4096)
def _claim_told(record: str) -> records.Claim:
    return from_json(records.Claim, json.loads(record))


@lru_cache(maxsize=1024)
def _profile_told(profile: str) -> records.Profile | None:
    read = json.loads(profile)
    return records.Profile.from_json(read) if read else None


def reference_value(row: models.Reference) -> records.ReferenceValue:
    """A stored reference as the engine compares with it."""
    return records.ReferenceValue(
        key=str(row.pk),
        authority=row.authority,
        title=row.title,
        kind=row.kind,
        actor=row.actor or None,
        action=row.action or None,
        object=row.object or None,
        unit=row.unit or None,
        value=row.value,
        low=row.low,
        high=row.high,
        start=row.starts_on,
        end=row.ends_on,
        edition=row.edition,
        definition=row.definition,
        licence=row.licence,
        url=row.url,
    )
