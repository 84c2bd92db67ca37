from __future__ import annotations

from django.db import models
from django.db.models import Q


class RatingQuerySet(models.QuerySet["Rating"]):
    def in_use(self) -> RatingQuerySet:
        """The ratings that can be given now, in the order of the scale."""
        return self.filter(retired_at__isnull=True)


class Rating(models.Model):
    """One step of the published scale of verdicts; schema.org ``Rating``. An administrator edits the scale.

    A rating that was ever given is retired, never deleted: what was published keeps its word.
    """

    slug = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=60, unique=True)
    meaning = models.CharField(max_length=300)  # for readers: when it is given
    value = models.PositiveSmallIntegerField(null=True, blank=True)  # ClaimReview's ratingValue, or none
    position = models.PositiveSmallIntegerField(default=0)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = RatingQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(slug="") & ~Q(label=""), name="rating_is_named"),
            models.CheckConstraint(
                condition=Q(value__isnull=True) | Q(value__gte=1, value__lte=10), name="rating_value_is_small"
            ),
        ]

    def __str__(self) -> str:
        return self.label
