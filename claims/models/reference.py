from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now


class Reference(models.Model):
    """A value or dated event from an authority, with edition, as-of date, definition and licence.

    What a reference is about is said as a claim says it: actor, action, object, unit, place.
    """

    class Kind(models.TextChoices):
        EVENT = "event"
        VALUE = "value"

    kind = models.CharField(max_length=5, choices=Kind.choices)
    authority = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    actor = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=60, blank=True)
    object = models.CharField(max_length=300, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    value = models.DecimalField(max_digits=40, decimal_places=12, null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)  # the event's days, or the value's as-of date
    ends_on = models.DateField(null=True, blank=True)
    edition = models.CharField(max_length=100, blank=True)
    definition = models.TextField(blank=True)
    licence = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    created_by = models.ForeignKey(
        "auth.User", null=True, blank=True, on_delete=models.PROTECT, related_name="references"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["title", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["authority", "title", "edition"], name="reference_is_unique"),
            models.CheckConstraint(
                condition=Q(kind="event", starts_on__isnull=False) | Q(kind="value", value__isnull=False),
                name="reference_holds_what_its_kind_says",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="reference_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title
