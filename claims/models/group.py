from __future__ import annotations

import uuid

from django.db import models
from django.db.models.functions import Now


class ClaimGroupQuerySet(models.QuerySet["ClaimGroup"]):
    def living(self) -> ClaimGroupQuerySet:
        """Groups that were not merged into another."""
        return self.filter(merged_into__isnull=True)


class ClaimGroup(models.Model):
    """The claims, in any article, that answer the same question; the answer is left out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(max_length=500)  # the question in words: "interceptors, deploy, United States"
    kind = models.CharField(max_length=12)
    unit = models.CharField(max_length=100, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = ClaimGroupQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.label
