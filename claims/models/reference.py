from __future__ import annotations

from django.core.exceptions import ValidationError
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
    low = models.DecimalField(max_digits=40, decimal_places=12, null=True, blank=True)  # bounds of the value,
    high = models.DecimalField(max_digits=40, decimal_places=12, null=True, blank=True)  # where it has any
    starts_on = models.DateField(null=True, blank=True)  # the event's days, or those the value holds for
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
                condition=(Q(low__isnull=True) | Q(value__isnull=False, low__lte=F("value")))
                & (Q(high__isnull=True) | Q(value__isnull=False, high__gte=F("value"))),
                name="reference_bounds_hold_its_value",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="reference_ends_after_it_starts",
            ),
        ]

    def clean(self) -> None:
        """Raises ValidationError naming the bound on the wrong side of the value, or a bound of no value."""
        wrong = {}
        for name, beyond in (("low", "above"), ("high", "below")):
            bound = getattr(self, name)
            if bound is None:
                continue
            if self.value is None:
                wrong[name] = "A bound needs the value it belongs to."
            elif (bound > self.value) if name == "low" else (bound < self.value):
                wrong[name] = f"This bound is {beyond} the value."
        if wrong:
            raise ValidationError(wrong)

    def __str__(self) -> str:
        return self.title
