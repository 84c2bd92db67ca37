from __future__ import annotations

from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class GroupDecisionQuerySet(models.QuerySet["GroupDecision"]):
    def for_list(self) -> GroupDecisionQuerySet:
        """With the person and what undid them, newest first; one query."""
        return self.select_related("reviewer", "undone_by__reviewer").order_by("-id")

    def about(self, group: UUID) -> GroupDecisionQuerySet:
        """Decisions that touched a group."""
        return self.filter(groups__contains=[group])


class GroupDecision(models.Model):
    """A person's dated, append-only decision on which claims answer one question.

    It pins claims to groups (``Claim.pinned_group``), and the pins survive every re-run. ``before`` and
    ``after`` hold, for each claim, its group and its pin: what undoing goes back to. A trigger in the
    database refuses UPDATE and DELETE.
    """

    class Kind(models.TextChoices):
        CONFIRM = "confirm"
        SPLIT = "split"
        MERGE = "merge"
        MOVE = "move"
        UNDO = "undo"

    kind = models.CharField(max_length=10, choices=Kind.choices)
    group = models.ForeignKey("claims.ClaimGroup", on_delete=models.PROTECT, related_name="decisions")
    target = models.ForeignKey(
        "claims.ClaimGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # where claims went: the group that was split off, or that they moved to
    groups = ArrayField(models.UUIDField())  # all it touched
    claims = ArrayField(models.BigIntegerField())  # all it pinned or unpinned
    reviewer = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="group_decisions")
    reason = models.TextField(blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = GroupDecisionQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        indexes = [
            GinIndex(fields=["groups"], name="group_decision_groups"),
            GinIndex(fields=["claims"], name="group_decision_claims"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="undo", undoes__isnull=False) | (~Q(kind="undo") & Q(undoes__isnull=True)),
                name="group_decision_undoes_one",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} by {self.reviewer_id}"
