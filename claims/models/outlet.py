from __future__ import annotations

from django.db import models
from django.db.models import OuterRef

from .article import Article
from .claim import Claim
from .counts import count_of


class OutletQuerySet(models.QuerySet["Outlet"]):
    def with_counts(self) -> OutletQuerySet:
        """Adds ``article_count`` and ``claim_count`` (standing claims)."""
        return self.annotate(
            article_count=count_of(Article.objects.filter(outlet=OuterRef("pk"))),
            claim_count=count_of(Claim.objects.standing().filter(revision__article__outlet=OuterRef("pk"))),
        )


class Outlet(models.Model):
    """A publisher of articles."""

    UNKNOWN = "Unknown outlet"

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OutletQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=~models.Q(name=""), name="outlet_is_named")]

    def __str__(self) -> str:
        return self.name
