from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Correction(models.Model):
    """A person's dated, append-only word on what stands in a text, where the program read it wrongly.

    ``start`` and ``end`` are the place in the revision's body (or title, with ``headline``) that the program
    read, or of the claim that is added. ``fields`` holds what the person says instead. It is laid over what
    the engine finds at every re-run, and handed to the same words in a later revision. A trigger in the
    database refuses UPDATE and DELETE: undoing is a new row.
    """

    class Kind(models.TextChoices):
        AMEND = "amend"  # span, value, modifier, measured thing ... read otherwise
        REJECT = "reject"  # not a claim
        ADD = "add"  # a claim that the program missed
        UNDO = "undo"

    revision = models.ForeignKey("claims.Revision", on_delete=models.PROTECT, related_name="corrections")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    claim_kind = models.CharField(max_length=12)  # of the claim that is amended, rejected or added
    headline = models.BooleanField(default=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    fields = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)
    person = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="corrections")
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="correction_span_is_forward"),
            models.CheckConstraint(
                condition=Q(kind="undo", undoes__isnull=False) | (~Q(kind="undo") & Q(undoes__isnull=True)),
                name="correction_undoes_one",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.quote}"
