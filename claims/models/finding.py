from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Case, F, IntegerField, OuterRef, Prefetch, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Now

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from .article import Article
    from .claim import Claim


#: What a finding can be about; each is a column, and exactly one of them is filled.
ANCHORS = ("group", "origin", "article")


class FindingQuerySet(models.QuerySet["Finding"]):
    def open(self) -> FindingQuerySet:
        """Awaiting a person: the cause still stands and nobody has decided."""
        return self.filter(decision=Finding.Decision.NONE, resolved_at__isnull=True)

    def standing(self) -> FindingQuerySet:
        return self.filter(resolved_at__isnull=True)

    def new_since(self, at: datetime) -> FindingQuerySet:
        """Open, and first seen after ``at``."""
        return self.open().filter(first_seen_at__gt=at)

    def over(self, what: str) -> FindingQuerySet:
        """Those about a "group", an "origin" or one "article" by itself; ValueError for anything else."""
        if what not in ANCHORS:
            raise ValueError(f"no finding is about a {what}")
        return self.filter(**{f"{what}__isnull": False})

    def for_list(self) -> FindingQuerySet:
        """With group, origin, claims in the order of the evidence, articles and outlets; four queries in all.

        Read them with ``finding.shown_claims`` and ``finding.shown_articles``.
        """
        from .article import Article

        shown = FindingClaim.objects.order_by("position").select_related("claim__revision__article__outlet")
        return self.select_related("group", "origin").prefetch_related(
            Prefetch(
                "findingclaim_set",
                queryset=shown.defer(
                    "claim__record",
                    "claim__revision__body",
                    "claim__revision__fingerprints",
                    "claim__revision__profile",
                ),
            ),
            Prefetch("articles", queryset=Article.objects.select_related("outlet").order_by("id")),
        )

    def for_page(self) -> FindingQuerySet:
        """``for_list`` with the reviews and their reviewers, oldest first (``finding.reviews.all()``)."""
        from .review import Review

        return self.for_list().prefetch_related(
            Prefetch("reviews", queryset=Review.objects.select_related("reviewer").order_by("id"))
        )

    def awaiting(self, person: User) -> FindingQuerySet:
        """A person's queue: open, and not put aside by that person for now."""
        from .desk import Skip

        return self.open().exclude(pk__in=Skip.objects.of(person).values("finding"))

    def skipped_by(self, person: User) -> FindingQuerySet:
        """Open findings that a person has put aside."""
        from .desk import Skip

        return self.open().filter(pk__in=Skip.objects.of(person).values("finding"))

    def by_rank(self) -> FindingQuerySet:
        """The most urgent first; the order of the index ``finding_queue``."""
        return self.order_by("-rank", "-last_changed_at", "-id")

    def after(self, finding: Finding) -> FindingQuerySet:
        """What comes after a finding in the order of :meth:`by_rank`, which need not be among them."""
        return self.filter(
            Q(rank__lt=finding.rank)
            | Q(rank=finding.rank, last_changed_at__lt=finding.last_changed_at)
            | Q(rank=finding.rank, last_changed_at=finding.last_changed_at, pk__lt=finding.pk)
        )

    def before(self, finding: Finding) -> FindingQuerySet:
        """What comes before a finding in the order of :meth:`by_rank`."""
        return self.filter(
            Q(rank__gt=finding.rank)
            | Q(rank=finding.rank, last_changed_at__gt=finding.last_changed_at)
            | Q(rank=finding.rank, last_changed_at=finding.last_changed_at, pk__gt=finding.pk)
        )

    def in_lines(self) -> FindingQuerySet:
        """For lists: ``with_day``, group, assignee and ``seen``, the id of the last review; one query,
        without the evidence."""
        from .review import Review

        last = Review.objects.filter(finding=OuterRef("pk")).order_by("-pk").values("pk")[:1]
        return (
            self.select_related("group", "assignee")
            .defer("evidence", "basis", "clears")
            .with_day()
            .annotate(seen=Coalesce(Subquery(last), 0))
        )

    def with_day(self) -> FindingQuerySet:
        """With ``told_on``: the day the claim at odds was published, or the latest of the articles."""
        lead = FindingClaim.objects.filter(finding=OuterRef("pk")).order_by("position")
        articles = Finding.articles.through.objects.filter(
            finding=OuterRef("pk"), article__revisions__is_current=True
        ).order_by(F("article__revisions__published").desc(nulls_last=True))
        return self.annotate(
            told_on=Coalesce(
                Subquery(lead.values("claim__revision__published")[:1]),
                Subquery(articles.values("article__revisions__published")[:1]),
            )
        )

    def for_decision(self) -> FindingQuerySet:
        """With group, origin, assignee and the reviews with their reviewers, oldest first; two queries."""
        from .review import Review

        return self.select_related("group", "origin", "article", "assignee").prefetch_related(
            Prefetch("reviews", queryset=Review.objects.select_related("reviewer").order_by("id"))
        )

    def worst_first(self) -> FindingQuerySet:
        rank = Case(
            *[When(severity=s, then=Value(i)) for i, s in enumerate(["high", "medium", "low", "info"])],
            default=Value(9),
            output_field=IntegerField(),
        )
        return self.order_by(rank, "-last_changed_at", "id")


class Finding(models.Model):
    """What a check reports about claims: an inconsistency, not an accusation. It carries its evidence.

    Upserted by ``fingerprint``; never deleted. ``decision`` mirrors the last Review; ``resolved_at`` says the
    cause is gone. The two are independent: a dismissed finding stays dismissed when it comes back.
    """

    class Decision(models.TextChoices):
        NONE = "none"
        CONFIRMED = "confirmed"
        DISMISSED = "dismissed"

    class Severity(models.TextChoices):
        INFO = "info"
        LOW = "low"
        MEDIUM = "medium"
        HIGH = "high"

    fingerprint = models.CharField(max_length=64, unique=True)
    check_id = models.CharField(max_length=60)
    subject = models.CharField(max_length=500)
    severity = models.CharField(max_length=6, choices=Severity.choices)
    summary = models.TextField()
    evidence = models.JSONField(default=dict)
    clears = models.TextField(blank=True)
    basis = models.TextField(blank=True)
    group = models.ForeignKey(
        "claims.ClaimGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    origin = models.ForeignKey(
        "claims.Origin", null=True, blank=True, on_delete=models.PROTECT, related_name="findings"
    )
    article = models.ForeignKey(
        "claims.Article", null=True, blank=True, on_delete=models.PROTECT, related_name="own_findings"
    )  # where it is about this one article by itself; ``articles`` are all that it shows
    claims = models.ManyToManyField("claims.Claim", through="claims.FindingClaim", related_name="findings")
    articles = models.ManyToManyField("claims.Article", related_name="findings", blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.NONE)
    first_seen_at = models.DateTimeField(db_default=Now())
    last_changed_at = models.DateTimeField(db_default=Now())
    resolved_at = models.DateTimeField(null=True, blank=True)
    engine_version = models.CharField(max_length=20)
    # How urgent it is, 0 to 100, and why in words: what the queue is ordered by (services/ranking.py).
    rank = models.PositiveSmallIntegerField(default=0)
    rank_reasons = models.JSONField(default=list, blank=True)
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)  # of its articles
    assignee = models.ForeignKey(
        "auth.User", null=True, blank=True, on_delete=models.PROTECT, related_name="assigned_findings"
    )
    reported_in = models.ForeignKey(
        "claims.Report", null=True, blank=True, on_delete=models.PROTECT, related_name="new_findings"
    )  # the first report that lists it

    objects = FindingQuerySet.as_manager()

    class Meta:
        ordering = ["-last_changed_at", "id"]
        indexes = [
            models.Index(
                fields=["severity", "-last_changed_at"],
                name="finding_open",
                condition=Q(decision="none", resolved_at__isnull=True),
            ),
            models.Index(
                fields=["-rank", "-last_changed_at", "-id"],
                name="finding_queue",
                condition=Q(decision="none", resolved_at__isnull=True),
            ),
            GinIndex(fields=["topics"], name="finding_topics"),
            # The archive, the latest change first.
            models.Index(fields=["-last_changed_at", "-id"], name="finding_archive"),
            # What the start page calls new.
            models.Index(
                fields=["-first_seen_at"],
                name="finding_newest",
                condition=Q(decision="none", resolved_at__isnull=True),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(group__isnull=False, origin__isnull=True, article__isnull=True)
                | Q(group__isnull=True, origin__isnull=False, article__isnull=True)
                | Q(group__isnull=True, origin__isnull=True, article__isnull=False),
                name="finding_is_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return self.summary

    @property
    def over(self) -> str:
        """What it is about: "group", "origin" or "article"."""
        return next(name for name in ANCHORS if getattr(self, f"{name}_id") is not None)

    @property
    def state(self) -> str:
        """One word for people: resolved, confirmed, dismissed or open."""
        if self.decision != self.Decision.NONE:
            return self.decision
        return "resolved" if self.resolved_at else "open"

    @property
    def shown_claims(self) -> list[Claim]:
        """The claims in the order of the evidence, the one at odds first."""
        return [row.claim for row in self.findingclaim_set.all()]

    @property
    def shown_articles(self) -> list[Article]:
        """The articles it is about: those named by the check, else those of its claims, each once."""
        named = list(self.articles.all())
        return named or list({c.revision.article_id: c.revision.article for c in self.shown_claims}.values())

    @property
    def last_review_id(self) -> int | None:
        """The id of the newest Review: what a form sends back as ``seen``."""
        return max((review.id for review in self.reviews.all()), default=None)


class FindingClaim(models.Model):
    """A claim in a finding, in the order of the evidence (0 is the claim at odds)."""

    finding = models.ForeignKey(Finding, on_delete=models.CASCADE)
    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT)
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "claim"], name="finding_claim_is_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.finding_id}:{self.position}"
