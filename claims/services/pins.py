"""Pins outlive the rows they were set on: a claim found again elsewhere takes its predecessor's pin."""

from __future__ import annotations

from collections.abc import Iterable

from claims import models


def carry_over(standing: set[int], gone: set[int]) -> None:
    """Hands the pins of an article's claims that stand no more to those that took their places.

    A claim that nobody succeeds keeps its pin, and waits.
    """
    pinned = models.Claim.objects.filter(pk__in=gone, pinned_group__isnull=False).order_by("pk")
    if not (waiting := list(pinned.defer("record"))):
        return
    found = successors(waiting, models.Claim.objects.filter(pk__in=standing, pinned_group__isnull=True))
    for old in waiting:
        if new := found.get(old.pk):
            models.Claim.objects.filter(pk=new.pk).update(pinned_group=old.pinned_group_id)
            models.Claim.objects.filter(pk=old.pk).update(pinned_group=None)


def successors(old: Iterable[models.Claim], standing: models.claim.ClaimQuerySet) -> dict[int, models.Claim]:
    """For claims that stand no more, the standing ones that took their places, by the old ones' ids.

    The same kind of claim with the same quote in the same article, the nearest by place; or, where a newer
    engine reads the same text otherwise, the one that overlaps it.
    """
    free = list(standing.defer("record").order_by("start", "end", "pk"))
    found: dict[int, models.Claim] = {}
    for row in sorted(old, key=lambda row: (row.start, row.pk)):
        fitting = [other for other in free if _fits(row, other)]
        if fitting:
            best = min(fitting, key=lambda other: (other.quote != row.quote, abs(other.start - row.start)))
            free.remove(best)
            found[row.pk] = best
    return found


def _fits(old: models.Claim, new: models.Claim) -> bool:
    if (old.kind, old.headline) != (new.kind, new.headline):
        return False
    overlap = old.revision_id == new.revision_id and old.start < new.end and new.start < old.end
    return overlap or old.quote == new.quote
