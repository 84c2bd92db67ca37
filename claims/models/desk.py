from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class Hold(models.Model):
    """A lease: who has a finding open, and until when. It informs and never locks: decisions are guarded by
    ``seen`` (services/reviewing.py)."""

    finding = models.ForeignKey("claims.Finding", on_delete=models.CASCADE, related_name="holds")
    person = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="holds")
    until = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "person"], name="hold_is_unique")]

    def __str__(self) -> str:
        return f"{self.finding_id} by {self.person_id}"


class SkipQuerySet(models.QuerySet["Skip"]):
    def of(self, person: User) -> SkipQuerySet:
        """What a person has put aside for now."""
        return self.filter(person=person, until__gt=Now())


class Skip(models.Model):
    """A finding that a person has put aside: it is not in that person's queue until then."""

    finding = models.ForeignKey("claims.Finding", on_delete=models.CASCADE, related_name="skips")
    person = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="skips")
    until = models.DateTimeField()
    created_at = models.DateTimeField(db_default=Now())

    objects = SkipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["finding", "person"], name="skip_is_unique")]

    def __str__(self) -> str:
        return f"{self.finding_id} by {self.person_id}"


class SavedView(models.Model):
    """A named set of filters of one screen: the query string of its address."""

    person = models.ForeignKey("auth.User", on_delete=models.CASCADE, related_name="saved_views")
    screen = models.CharField(max_length=40, default="queue")
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, blank=True)
    shared = models.BooleanField(default=False)  # everybody on the desk sees it
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["person", "screen", "name"], name="saved_view_name_is_unique"),
            models.CheckConstraint(condition=~Q(name=""), name="saved_view_is_named"),
        ]

    def __str__(self) -> str:
        return self.name


class Visit(models.Model):
    """When a person was last here: what the start page calls new. ``since`` is the visit before this one."""

    person = models.OneToOneField(
        "auth.User", on_delete=models.CASCADE, primary_key=True, related_name="visit"
    )
    latest = models.DateTimeField(db_default=Now())
    since = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.person_id)
