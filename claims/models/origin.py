from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


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
