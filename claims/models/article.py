from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Article(models.Model):
    """A story at one address in one Outlet. ``address`` is the URL, or a slug of title and day without one."""

    outlet = models.ForeignKey("claims.Outlet", on_delete=models.PROTECT, related_name="articles")
    address = models.CharField(max_length=2000)
    origin = models.ForeignKey(
        "claims.Origin", null=True, blank=True, on_delete=models.PROTECT, related_name="articles"
    )
    first_seen_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-first_seen_at"]
        constraints = [models.UniqueConstraint(fields=["outlet", "address"], name="article_address_is_unique")]

    def __str__(self) -> str:
        return self.address

    @property
    def latest(self) -> Revision | None:
        return self.revisions.order_by("-number").first()


class RevisionQuerySet(models.QuerySet["Revision"]):
    def current(self) -> RevisionQuerySet:
        """The newest revision of each article."""
        return self.filter(is_current=True)


class Revision(models.Model):
    """An Article's text as it stood once. Never altered: claims point into ``body`` by span."""

    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    title = models.CharField(max_length=1000)
    body = models.TextField()
    body_hash = models.CharField(max_length=64)
    published = models.DateField(null=True, blank=True)
    published_as_written = models.CharField(max_length=200, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    credit = models.CharField(max_length=300, blank=True)
    wires = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    host = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=10, default="en")
    fingerprints = ArrayField(models.BigIntegerField(), default=list, blank=True)  # sampled 5-word passages
    engine_version = models.CharField(max_length=20, blank=True)  # of the last extraction
    created_at = models.DateTimeField(db_default=Now())

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-published", "-created_at"]
        indexes = [
            GinIndex(fields=["fingerprints"], name="revision_fingerprints"),
            models.Index(fields=["-published"], name="revision_published"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="revision_number_is_unique"),
            models.UniqueConstraint(fields=["article", "body_hash"], name="revision_body_is_unique"),
            models.UniqueConstraint(
                fields=["article"], condition=Q(is_current=True), name="revision_one_is_current"
            ),
            models.CheckConstraint(condition=~Q(body=""), name="revision_has_a_body"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def outlet(self) -> str:
        return self.article.outlet.name
