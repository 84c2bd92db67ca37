from __future__ import annotations

from uuid import UUID

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class ClaimLinkQuerySet(models.QuerySet["ClaimLink"]):
    def of(self, claims: models.QuerySet | list[int]) -> ClaimLinkQuerySet:
        """The links of some claims, whichever side they stand on."""
        return self.filter(Q(first__in=claims) | Q(second__in=claims))

    def within(self, group: UUID) -> ClaimLinkQuerySet:
        """The links between claims of a group, strongest first."""
        return self.filter(first__group=group, second__group=group).order_by("-score", "-spread", "id")


class ClaimLink(models.Model):
    """That two standing claims answer the same question, with the reasons. ``first`` has the smaller id.

    Of each claim the strongest are kept, and those that are among the strongest of the other side.
    """

    first = models.ForeignKey("claims.Claim", on_delete=models.CASCADE, related_name="+", db_index=False)
    second = models.ForeignKey("claims.Claim", on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()
    reasons = models.JSONField(default=list)
    agree = models.BooleanField()  # whether both values can be true; the strongest of either sort are kept
    spread = models.BigIntegerField()  # the order among equally strong ones, whatever came first
    created_at = models.DateTimeField(db_default=Now())

    objects = ClaimLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            # Its index also finds the links of a claim that stands first.
            models.UniqueConstraint(fields=["first", "second"], name="claim_link_is_unique"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="claim_link_is_ordered"),
            models.CheckConstraint(
                condition=Q(score__gt=0, score__lte=1), name="claim_link_score_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} = {self.second_id}"
