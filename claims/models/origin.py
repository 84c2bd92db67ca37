from __future__ import annotations

import uuid
from typing import Any

from django.db import models
from django.db.models import CharField, Count, F, Q
from django.db.models.functions import Cast, Coalesce, Least, Now


def origin_or_outlet(article: str) -> Coalesce:
    """What an article counts as among independent origins, as an expression; ``article`` is the path to it.

    Articles of one Origin are one; an article of no known origin is its outlet's own. An outlet is never more
    than one: a count of these is bounded by the count of outlets. The engine's count for findings
    (``claims.engine.independence``) is the same.
    """
    prefix = f"{article}__" if article else ""
    return Coalesce(Cast(f"{prefix}origin", CharField()), Cast(f"{prefix}outlet", CharField()))


def told_by(articles: models.QuerySet[Any]) -> dict[str, int]:
    """Of how many ``outlets`` some articles are, and how many independent ``origins`` stand behind them."""
    outlets = Count("outlet", distinct=True)
    return articles.aggregate(
        outlets=outlets, origins=Least(Count(origin_or_outlet(""), distinct=True), outlets)
    )


class OriginQuerySet(models.QuerySet["Origin"]):
    def living(self) -> OriginQuerySet:
        """Origins that were not merged into another."""
        return self.filter(merged_into__isnull=True)


class Origin(models.Model):
    """Where copies of one text or one interview began; outlets that share an origin count once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = OriginQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.id)

    @property
    def survivor(self) -> Origin:
        """The origin this one was merged into, or itself. Old addresses lead there."""
        return self.merged_into or self


class OriginLink(models.Model):
    """That two revisions share an origin, with the reasons. ``first`` has the smaller id."""

    first = models.ForeignKey("claims.Revision", on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey("claims.Revision", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12)  # "copy" or "interview"
    containment = models.FloatField()
    reasons = models.JSONField(default=list)
    passages = models.JSONField(default=list)
    wire = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="origin_link_is_unique"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="origin_link_is_ordered"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} {self.kind} {self.second_id}"


class Passage(models.Model):
    """A sampled five-word passage of an article as it stands now, by its hash.

    The index of origins: it finds articles that share passages, and tells an outlet's boilerplate (a passage
    it has printed on several days) from the story. Rows follow ``Revision.fingerprints`` of the current
    revision; they are looked up a few per passage, so that neither an article's cost nor anybody's memory
    grows with the store.
    """

    pk = models.CompositePrimaryKey("article_id", "value")
    article = models.ForeignKey(
        "claims.Article", on_delete=models.CASCADE, db_index=False, related_name="passages"
    )
    value = models.BigIntegerField()
    outlet = models.ForeignKey("claims.Outlet", on_delete=models.PROTECT, db_index=False, related_name="+")
    day = models.DateField(null=True)  # of publication

    class Meta:
        indexes = [
            # Who else has it, nearest in time first: copies are printed within days.
            models.Index(fields=["value", "day", "article"], name="passage_by_day"),
            # On how many days this outlet has printed it.
            models.Index(fields=["value", "outlet", "day"], name="passage_of_outlet"),
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.value}"
