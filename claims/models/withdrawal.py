from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Withdrawal(models.Model):
    """A person's dated, append-only word that an article is not to count, or that it is to count again.

    Nothing is deleted: while an article is withdrawn none of its revisions is current. A trigger in the
    database refuses UPDATE and DELETE.
    """

    class Kind(models.TextChoices):
        WITHDRAW = "withdraw"
        RESTORE = "restore"

    article = models.ForeignKey("claims.Article", on_delete=models.PROTECT, related_name="withdrawals")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reviewer = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="withdrawals")
    reason = models.TextField(blank=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="restore") | ~Q(reason=""), name="withdrawal_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.reviewer_id}"
