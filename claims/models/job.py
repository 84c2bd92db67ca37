from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Job(models.Model):
    """One due run of scheduled work. Unique by (kind, due), so that a double beat is harmless."""

    class State(models.TextChoices):
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=40)
    due = models.DateTimeField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    attempts = models.PositiveSmallIntegerField(default=1)
    started_at = models.DateTimeField(db_default=Now())
    finished_at = models.DateTimeField(null=True, blank=True)
    detail = models.TextField(blank=True)

    class Meta:
        ordering = ["-due", "kind"]
        constraints = [models.UniqueConstraint(fields=["kind", "due"], name="job_is_unique")]

    def __str__(self) -> str:
        return f"{self.kind} {self.due:%Y-%m-%d %H:%M}"
