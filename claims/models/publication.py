from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class PublicationQuerySet(models.QuerySet["Publication"]):
    def newest(self) -> PublicationQuerySet:
        """The edition of each published fact-check that readers see now."""
        return self.filter(is_current=True)


class Publication(models.Model):
    """One edition of a fact-check's public evidence page: a frozen snapshot. Never altered or deleted.

    A correction is the next edition, with a note that says what was corrected. ``snapshot`` holds everything
    the page shows, so that what a reader saw on a day can be shown again. A trigger refuses to change it.
    """

    factcheck = models.ForeignKey("claims.FactCheck", on_delete=models.PROTECT, related_name="publications")
    slug = models.SlugField(max_length=120)  # the page's address; the same in all editions
    edition = models.PositiveSmallIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # the page then says so, with the reason
    withdrawal_reason = models.TextField(blank=True)
    note = models.TextField(blank=True)  # what this edition corrects
    snapshot = models.JSONField()
    published_by = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="publications")
    published_at = models.DateTimeField(db_default=Now())

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "edition"], name="publication_edition_is_unique"),
            models.UniqueConstraint(
                fields=["slug"], condition=Q(is_current=True), name="publication_one_is_current"
            ),
            models.CheckConstraint(
                condition=Q(edition=1) | ~Q(note=""), name="publication_correction_says_what"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawal_reason=""),
                name="publication_withdrawal_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.slug} {self.edition}"
