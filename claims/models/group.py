from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Exists, OuterRef
from django.db.models.functions import Least, Now

from .claim import Claim
from .counts import count_of
from .finding import Finding
from .origin import origin_or_outlet


class ClaimGroupQuerySet(models.QuerySet["ClaimGroup"]):
    def living(self) -> ClaimGroupQuerySet:
        """Groups that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def with_counts(self) -> ClaimGroupQuerySet:
        """Adds claim_count, article_count, outlet_count, origin_count and finding_count (open findings).

        Standing claims only. Outlets whose articles share an Origin count as one origin
        (:func:`~claims.models.origin.origin_or_outlet`).
        """
        claims = Claim.objects.standing().filter(group=OuterRef("pk"))
        outlets = count_of(claims, "revision__article__outlet")
        origins = count_of(claims, origin_or_outlet("revision__article"))
        return self.annotate(
            claim_count=count_of(claims),
            article_count=count_of(claims, "revision__article"),
            outlet_count=outlets,
            origin_count=Least(origins, outlets),
            finding_count=count_of(Finding.objects.open().filter(group=OuterRef("pk"))),
        )

    def for_list(self) -> ClaimGroupQuerySet:
        """Living groups that hold a standing claim, with counts, most independent origins first; one
        query."""
        return (
            self.living()
            .filter(Exists(Claim.objects.standing().filter(group=OuterRef("pk"))))
            .with_counts()
            .order_by("-origin_count", "-outlet_count", "-claim_count", "-created_at", "id")
        )


class ClaimGroup(models.Model):
    """The claims, in any article, that answer the same question; the answer is left out."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    label = models.CharField(max_length=500)  # the question in words: "interceptors, deploy, United States"
    kind = models.CharField(max_length=12)
    unit = models.CharField(max_length=100, blank=True)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    created_at = models.DateTimeField(db_default=Now())

    objects = ClaimGroupQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]

    def __str__(self) -> str:
        return self.label

    @property
    def survivor(self) -> ClaimGroup:
        """The group this one was merged into, or itself. Old addresses lead there."""
        return self.merged_into or self
