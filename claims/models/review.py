from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class ReviewQuerySet(models.QuerySet["Review"]):
    def decisions(self) -> ReviewQuerySet:
        """Reviews that change something: all but comments."""
        return self.exclude(decision=Review.Decision.COMMENT)

    def by_others(self, person: User) -> ReviewQuerySet:
        """What somebody other than ``person`` gave."""
        return self.exclude(reviewer=person)

    def for_list(self) -> ReviewQuerySet:
        """With reviewer and finding, newest first; one query."""
        return self.select_related("reviewer", "finding", "group").order_by("-id")


class Review(models.Model):
    """A person's dated, append-only decision on a Finding or a ClaimGroup; a correction is a new Review.

    A trigger in the database refuses UPDATE and DELETE.
    """

    class Decision(models.TextChoices):
        CONFIRM = "confirm"
        DISMISS = "dismiss"
        REOPEN = "reopen"  # also what undo writes
        COMMENT = "comment"

    finding = models.ForeignKey(
        "claims.Finding", null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    group = models.ForeignKey(
        "claims.ClaimGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="reviews"
    )
    reviewer = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="reviews")
    decision = models.CharField(max_length=10, choices=Decision.choices)
    reason = models.TextField(blank=True)
    verdict = models.CharField(max_length=40, blank=True)  # the rating, on the published scale
    link = models.URLField(max_length=2000, blank=True)  # a source that speaks to it
    link_title = models.CharField(max_length=300, blank=True)
    undoes = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by"
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finding__isnull=False, group__isnull=True)
                | Q(finding__isnull=True, group__isnull=False),
                name="review_is_about_one_thing",
            ),
            models.CheckConstraint(
                condition=~Q(decision="dismiss") | ~Q(reason=""), name="review_dismissal_has_a_reason"
            ),
            models.CheckConstraint(
                # Whatever else a browser would follow, "javascript:" among it, is no source.
                condition=Q(link="") | Q(link__istartswith="http://") | Q(link__istartswith="https://"),
                name="review_link_is_a_web_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} by {self.reviewer_id}"
