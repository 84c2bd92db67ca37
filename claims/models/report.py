from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Report(models.Model):
    """A frozen snapshot: same inputs, same bytes. ``payload`` is canonical JSON, its hash beside it."""

    kind = models.CharField(max_length=20, default="nightly")
    day = models.DateField()
    payload = models.TextField()
    payload_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-day", "kind"]
        constraints = [models.UniqueConstraint(fields=["kind", "day"], name="report_is_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"
