from __future__ import annotations

from django.db import models
from django.db.models.functions import Now


class Assignment(models.Model):
    """Who gave a finding to whom, and when; append-only, a trigger refuses UPDATE and DELETE.

    ``Finding.assignee`` mirrors the last. It is no Review: a review decides, and whoever decides must have
    seen the decisions before; handing work on neither decides nor makes another's decision stale.
    """

    finding = models.ForeignKey("claims.Finding", on_delete=models.PROTECT, related_name="assignments")
    assignee = models.ForeignKey(
        "auth.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # None: to nobody
    before = models.ForeignKey("auth.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="assignments_made")
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.finding_id} to {self.assignee_id or 'nobody'}"
