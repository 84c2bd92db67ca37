from __future__ import annotations

import re
import uuid
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Now

from .counts import count_of
from .finding import Finding

#: Groups that a list shows: not merged into another, and with a claim that stands.
LISTED = Q(merged_into__isnull=True, claim_count__gt=0)


class ClaimGroupQuerySet(models.QuerySet["ClaimGroup"]):
    def living(self) -> ClaimGroupQuerySet:
        """Groups that were not merged into another."""
        return self.filter(merged_into__isnull=True)

    def with_counts(self) -> ClaimGroupQuerySet:
        """Adds finding_count (open findings); the other counts are columns (services/counting.py)."""
        return self.annotate(finding_count=count_of(Finding.objects.open().filter(group=OuterRef("pk"))))

    def for_list(self) -> ClaimGroupQuerySet:
        """Living groups that hold a standing claim, with counts, most independent origins first; one
        query."""
        return (
            self.living()
            .filter(claim_count__gt=0)
            .with_counts()
            .order_by("-origin_count", "-outlet_count", "-claim_count", "-created_at", "id")
        )

    def matching(self, said: str) -> ClaimGroupQuerySet:
        """Groups that words and numbers fit, as somebody types them: "interceptors 31", "$18 billion".

        Every word must begin a word of the label, every number lie among the group's values. Nothing in
        ``said`` finds nothing.
        """
        words, numbers = asked_for(said)
        if not words and not numbers:
            return self.none()
        rows = self.living().filter(claim_count__gt=0)
        if words:
            typed = SearchQuery(
                " & ".join(f"{word}:*" for word in words), config="english", search_type="raw"
            )
            rows = rows.annotate(_words=SearchVector("label", config="english")).filter(_words=typed)
        for number in numbers:
            rows = rows.filter(low__lte=number, high__gte=number)
        return rows.order_by("-outlet_count", "-claim_count", "id")


_TYPED = re.compile(
    r"(\d+(?:[.,]\d+)*)\s*(?:(thousand|million|billion|trillion|bn|mn|m|k|tn)\b)?|([^\W\d_]+)", re.IGNORECASE
)
_SCALES = {
    "k": 3,
    "thousand": 3,
    "m": 6,
    "mn": 6,
    "million": 6,
    "bn": 9,
    "billion": 9,
    "tn": 12,
    "trillion": 12,
}
#: Words and numbers of one search at most.
_MOST_TYPED = 8


def asked_for(said: str) -> tuple[list[str], list[Decimal]]:
    """The words and the numbers in what somebody typed: "interceptors 31" -> (["interceptors"], [31])."""
    words: list[str] = []
    numbers: list[Decimal] = []
    for digits, of, word in _TYPED.findall(said)[:_MOST_TYPED]:
        if word:
            words.append(word.casefold())
        elif len(digits) < 25:
            plain = (
                digits.replace(",", "")
                if not re.fullmatch(r"\d+,\d{1,2}", digits)
                else digits.replace(",", ".")
            )
            if plain.count(".") <= 1:
                numbers.append(Decimal(plain).scaleb(_SCALES.get(of.casefold(), 0)))
    return words, numbers


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

    # Of the standing claims, kept up to date by services/counting.py. Outlets whose articles share an Origin
    # count as one origin, and an outlet is never more than one.
    claim_count = models.PositiveIntegerField(db_default=0)
    article_count = models.PositiveIntegerField(db_default=0)
    outlet_count = models.PositiveIntegerField(db_default=0)
    origin_count = models.PositiveIntegerField(db_default=0)
    dissent_count = models.PositiveIntegerField(db_default=0)  # outlets that exclude the commonest reading
    low = models.DecimalField(max_digits=40, decimal_places=12, null=True, blank=True)  # smallest and largest
    high = models.DecimalField(max_digits=40, decimal_places=12, null=True, blank=True)  # value as written
    told_on = models.DateField(null=True, blank=True)  # the newest article
    told_by = ArrayField(models.BigIntegerField(), db_default=[], blank=True)  # outlets
    topics = ArrayField(models.CharField(max_length=60), db_default=[], blank=True)

    objects = ClaimGroupQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "id"]
        indexes = [
            models.Index(
                fields=["-origin_count", "-outlet_count", "-claim_count", "-created_at", "id"],
                name="group_by_reach",
                condition=LISTED,
            ),
            models.Index(
                fields=["-dissent_count", "-outlet_count", "id"], name="group_by_dissent", condition=LISTED
            ),
            models.Index(
                F("told_on").desc(nulls_last=True),
                F("outlet_count").desc(),
                "id",
                name="group_by_day",
                condition=LISTED,
            ),
            GinIndex(fields=["told_by"], name="group_outlets", condition=LISTED),
            GinIndex(fields=["topics"], name="group_topics", condition=LISTED),
            GinIndex(SearchVector("label", config="english"), name="group_words", condition=LISTED),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def survivor(self) -> ClaimGroup:
        """The group this one was merged into, or itself. Old addresses lead there."""
        return self.merged_into or self
