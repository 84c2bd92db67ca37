from __future__ import annotations

from django.contrib.postgres.fields import ArrayField, DecimalRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Case, F, Q, When
from django.db.models.functions import Left, Length, Now, Substr


def stands_in() -> Case:
    """The text a claim's spans point into: its revision's title or body."""
    return Case(
        When(headline=True, then="revision__title"), default="revision__body", output_field=models.TextField()
    )


#: What a search for claims looks through. A vector of words holds a megabyte; a quotation may be longer.
WORDS_OF_CLAIM = SearchVector(
    Left("quote", 20_000),
    "measured",
    "noun",
    "actor",
    "object",
    "object_party",
    "place",
    "source",
    config="english",
)


class ClaimQuerySet(models.QuerySet["Claim"]):
    def standing(self) -> ClaimQuerySet:
        """Claims that the present engine still finds, in the revision that is current."""
        return self.filter(retired_at__isnull=True, revision__is_current=True)

    def with_article(self) -> ClaimQuerySet:
        """Adds revision, article and outlet in the same query, without the long text."""
        return self.select_related("revision__article__outlet").defer(
            "revision__body", "revision__fingerprints", "revision__profile"
        )

    def with_sentence(self) -> ClaimQuerySet:
        """Adds ``sentence_text``, cut out of the text by the database, so that no body has to be loaded."""
        length = F("sentence_end") - F("sentence_start")
        return self.annotate(sentence_text=Substr(stands_in(), F("sentence_start") + 1, length))

    def for_list(self) -> ClaimQuerySet:
        """Standing claims with article, outlet, group and whole, newest article first; one query."""
        return (
            self.standing()
            .with_article()
            .select_related("group", "part_of")
            .defer(
                "record", "revision__body", "revision__fingerprints", "revision__profile", "part_of__record"
            )
            .order_by(F("revision__published").desc(nulls_last=True), "-revision_id", "start")
        )

    def in_reading_order(self) -> ClaimQuerySet:
        return self.order_by("revision__published", "revision__article__outlet__name", "revision_id", "start")


class Claim(models.Model):
    """One factual statement as it stands in one Revision, pinned to its exact characters.

    One with ``headline`` stands in the Revision's title, any other in its body.

    A re-run with a newer engine updates the row at the same place (same id); a claim that is no longer found
    is retired, not deleted, so that decisions and history keep their object.
    """

    revision = models.ForeignKey("claims.Revision", on_delete=models.PROTECT, related_name="claims")
    kind = models.CharField(max_length=12)
    headline = models.BooleanField(default=False)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField()
    sentence_start = models.PositiveIntegerField()
    sentence_end = models.PositiveIntegerField()

    value = models.DecimalField(max_digits=40, decimal_places=12, null=True, blank=True)
    bounds = DecimalRangeField(null=True, blank=True)
    soft = models.BooleanField(default=False)
    grain = models.DecimalField(max_digits=40, decimal_places=12, null=True, blank=True)
    unit = models.CharField(max_length=100, blank=True)
    modifier = models.CharField(max_length=100, blank=True)
    bounds_rule = models.CharField(max_length=60, blank=True)

    measured = models.CharField(max_length=500, blank=True)
    noun = models.CharField(max_length=100, blank=True)
    noun_modifiers = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    actor = models.CharField(max_length=200, blank=True)
    action = models.CharField(max_length=60, blank=True)
    object = models.CharField(max_length=300, blank=True)
    object_party = models.CharField(max_length=200, blank=True)
    place = models.CharField(max_length=200, blank=True)
    part_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="parts"
    )
    negated = models.BooleanField(default=False)
    status = models.CharField(max_length=12, default="done")
    hedge = models.CharField(max_length=300, blank=True)

    mode = models.CharField(max_length=12, default="none")
    source = models.CharField(max_length=200, blank=True)  # canonical name of who is credited
    attribution = models.JSONField(default=dict, blank=True)
    when_text = models.CharField(max_length=100, blank=True)
    when_start = models.DateField(null=True, blank=True)
    when_end = models.DateField(null=True, blank=True)
    record = models.JSONField(default=dict, blank=True)  # the engine's whole record, for what has no column
    entities = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    rule = models.CharField(max_length=100, blank=True)
    engine_version = models.CharField(max_length=20)
    correction = models.ForeignKey(
        "claims.Correction", null=True, blank=True, on_delete=models.PROTECT, related_name="claims"
    )  # the person's word that amended or added it

    group = models.ForeignKey(
        "claims.ClaimGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="claims"
    )
    pinned_group = models.ForeignKey(
        "claims.ClaimGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="pinned_claims"
    )  # where a person put it: whatever the links say, it stays there
    # Its strongest link with another claim of its group; all of them are ClaimLinks.
    link_score = models.FloatField(null=True, blank=True)
    link_reasons = models.JSONField(default=list, blank=True)

    created_at = models.DateTimeField(db_default=Now())
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["revision_id", "start"]
        indexes = [
            GistIndex(fields=["bounds"], name="claim_bounds"),
            models.Index(fields=["kind", "unit"], name="claim_kind_unit"),
            # What Search looks through; the expression is services/searching.py's.
            GinIndex(WORDS_OF_CLAIM, name="claim_words", condition=Q(retired_at__isnull=True)),
            GinIndex(fields=["entities"], name="claim_entities", condition=Q(retired_at__isnull=True)),
            models.Index(fields=["value"], name="claim_value", condition=Q(retired_at__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["revision", "headline", "kind", "start", "end"], name="claim_place_is_unique"
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="claim_span_is_forward"),
            models.CheckConstraint(
                # It begins there; a quotation may run on over several sentences.
                condition=Q(sentence_start__lte=F("start"), sentence_end__gt=F("start")),
                name="claim_begins_in_its_sentence",
            ),
            models.CheckConstraint(
                condition=Q(end=F("start") + Length("quote")), name="claim_quote_fits_its_span"
            ),
        ]

    def __str__(self) -> str:
        return self.quote
