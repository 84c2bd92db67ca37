from __future__ import annotations

from django.db import models


class Outlet(models.Model):
    """A publisher of articles."""

    UNKNOWN = "Unknown outlet"

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="outlet_is_named")]

    def __str__(self) -> str:
        return self.name
