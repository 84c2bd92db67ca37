"""Step four: the checks run over every group and origin the article changed."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from claims import models
from claims.engine import checks, linking, records

from . import findings
from .isolation import Run
from .rows import article_ref, placed, reference_value


def prepare(document: models.Document, run: Run) -> None:
    """Nothing: what a check sees must be read under the lock."""


def store(document: models.Document, prepared: None, run: Run) -> dict[str, Any]:
    touched = document.touched
    check(touched.get("groups", []), touched.get("origins", []), run)
    return {"touched": {}}


def check(groups: Iterable[UUID | str], origins: Iterable[UUID | str], run: Run) -> None:
    """Checks some groups and origins and makes their findings agree. Runs in the caller's transaction.

    Each group is locked first, in the order of ids: the last to get the lock sees all that was stored before,
    so whoever links last also checks last. A group merged meanwhile is left to its survivor's checker.
    """
    locked = models.ClaimGroup.objects.living().filter(pk__in=list(groups)).order_by("pk")
    references = tuple(reference_value(row) for row in models.Reference.objects.order_by("pk"))
    for group in list(locked.select_for_update(no_key=True)):
        findings.upsert(run(tuple[records.Finding, ...], check_one, _group(group), references), group)
    held = models.Origin.objects.living().filter(pk__in=list(origins)).order_by("pk")
    for origin in list(held.select_for_update(no_key=True)):
        about = _origin(origin)
        found = run(tuple[records.Finding, ...], checks.check_origin, about) if about.articles else ()
        findings.upsert(found, origin)


def check_one(
    group: records.Group, references: tuple[records.ReferenceValue, ...]
) -> tuple[records.Finding, ...]:
    """All findings of one group, held against the references that speak about it. Pure."""
    if not group.members:
        return ()
    speaking = tuple(
        reference
        for reference in references
        if any(linking.answers(member.claim, reference) for member in group.members)
    )
    seen = records.Group(group.key, group.label, group.members, speaking, group.parts)
    return checks.check_group(seen)


def _group(group: models.ClaimGroup) -> records.Group:
    standing = (
        models.Claim.objects.standing()
        .select_related("revision__article__outlet")
        .defer("revision__fingerprints")
    )
    members = _sorted(placed(standing.filter(group=group)))
    parts = _sorted(placed(standing.filter(part_of__group=group, part_of__retired_at__isnull=True)))
    return records.Group(key=str(group.pk), label=group.label, members=members, parts=parts)


def _sorted(claims: tuple[records.PlacedClaim, ...]) -> tuple[records.PlacedClaim, ...]:
    """By (published, outlet, span), articles without a date last."""
    return tuple(
        sorted(
            claims,
            key=lambda each: (
                each.article.published is None,
                each.article.published or 0,
                each.article.outlet,
                each.claim.span,
                int(each.key),
            ),
        )
    )


def _origin(origin: models.Origin) -> records.OriginGroup:
    revisions = (
        models.Revision.objects.current()
        .filter(article__origin=origin)
        .select_related("article__outlet")
        .defer("fingerprints")
    )
    refs = {revision.pk: article_ref(revision) for revision in revisions}
    links = models.OriginLink.objects.filter(first__in=refs, second__in=refs).order_by("first", "second")
    return records.OriginGroup(
        key=str(origin.pk),
        articles=tuple(
            sorted(
                refs.values(),
                key=lambda ref: (ref.published is None, ref.published or 0, ref.outlet, int(ref.key)),
            )
        ),
        links=tuple(
            (
                refs[link.first_id].key,
                refs[link.second_id].key,
                records.OriginLink(
                    kind=link.kind,
                    containment=link.containment,
                    reasons=tuple(link.reasons),
                    passages=tuple(link.passages),
                    wire=link.wire or None,
                ),
            )
            for link in links
        ),
    )
