from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q
from django.db.models.functions import Left, Now

from .claim import Claim
from .counts import count_of
from .finding import Finding


class Article(models.Model):
    """A story at one address in one Outlet. ``address`` is the URL, else a slug of title and day."""

    outlet = models.ForeignKey("claims.Outlet", on_delete=models.PROTECT, related_name="articles")
    address = models.CharField(max_length=2000)
    origin = models.ForeignKey(
        "claims.Origin", null=True, blank=True, on_delete=models.PROTECT, related_name="articles"
    )
    first_seen_at = models.DateTimeField(db_default=Now())
    withdrawn_at = models.DateTimeField(null=True, blank=True)  # mirrors the last Withdrawal

    class Meta:
        ordering = ["-first_seen_at"]
        constraints = [
            models.UniqueConstraint(fields=["outlet", "address"], name="article_address_is_unique")
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def latest(self) -> Revision | None:
        """The revision that stands on the page now, as far as we have seen."""
        return self.revisions.filter(is_current=True).first()


#: What a search for articles looks through. A vector of words holds a megabyte at most, a body may be longer.
WORDS_OF_ARTICLE = SearchVector("title", Left("body", 200_000), config="english")

#: What a filter by title looks through: the words as they stand, so that the first letters of one find it.
WORDS_OF_TITLE = SearchVector("title", config="simple")
_MOST_TYPED = 8  # words of one filter


class RevisionQuerySet(models.QuerySet["Revision"]):
    def current(self) -> RevisionQuerySet:
        """The revision of each article that stands now."""
        return self.filter(is_current=True)

    def withdrawn(self) -> RevisionQuerySet:
        """The revision that stood last of each article that a person has withdrawn."""
        return self.filter(_stood_last_of_a_withdrawn())

    def to_show(self) -> RevisionQuerySet:
        """The revision of each article that stands now, or stood last where the article is withdrawn."""
        return self.filter(Q(is_current=True) | _stood_last_of_a_withdrawn())

    def titled(self, said: str) -> RevisionQuerySet:
        """Those in whose title a word begins with each of the words that somebody typed, in any order."""
        words = [word for word in said.split() if any(letter.isalnum() for letter in word)]
        if not words:
            return self.none() if said else self
        # Quoted, so that the database reads each as it reads a title: "U.S." is one word, "long-range" three.
        quoted = (word.replace("\\", "").replace("'", "''") for word in words[:_MOST_TYPED])
        typed = SearchQuery(" & ".join(f"'{word}':*" for word in quoted), config="simple", search_type="raw")
        return self.annotate(_title=WORDS_OF_TITLE).filter(_title=typed)

    def revised_since(self, at: datetime) -> RevisionQuerySet:
        """Texts that replaced an earlier one of their article after ``at`` and stand now."""
        return self.filter(is_current=True, number__gt=1, created_at__gt=at)

    def without_text(self) -> RevisionQuerySet:
        """Rows without their long columns, for lists."""
        return self.defer("body", "fingerprints", "profile")

    def with_counts(self) -> RevisionQuerySet:
        """Adds ``claim_count`` (standing claims) and ``finding_count`` (open findings that show one of them
        or are about the article)."""
        claims = Claim.objects.filter(revision=OuterRef("pk"), retired_at__isnull=True)
        findings = Finding.objects.open().filter(
            Q(findingclaim__claim__revision=OuterRef("pk")) | Q(articles=OuterRef("article"))
        )
        return self.annotate(claim_count=count_of(claims), finding_count=count_of(findings))

    def for_list(self) -> RevisionQuerySet:
        """Newest first, with outlet, origin and counts; one query. To be narrowed to those that stand, or
        are withdrawn."""
        return (
            self.without_text()
            .select_related("article__outlet", "article__origin")
            .with_counts()
            .order_by(models.F("published").desc(nulls_last=True), "-id")
        )

    def for_page(self) -> RevisionQuerySet:
        """Revisions with text, outlet and their claims: ``claims.all()``, the headline's first."""
        claims = (
            Claim.objects.filter(retired_at__isnull=True)
            .select_related("group", "part_of")
            .order_by("-headline", "start", "end")
        )
        return (
            self.defer("fingerprints", "profile")
            .select_related("article__outlet", "article__origin")
            .prefetch_related(Prefetch("claims", queryset=claims))
        )


def _stood_last_of_a_withdrawn() -> Q:
    last = Revision.objects.filter(article=OuterRef("article")).order_by("-number").values("pk")[:1]
    return Q(article__withdrawn_at__isnull=False, pk=models.Subquery(last))


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
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)  # slugs of engine/topics
    profile = models.JSONField(default=dict, blank=True)  # records.Profile: what tells it from other stories
    engine_version = models.CharField(max_length=20, blank=True)  # of the last extraction
    created_at = models.DateTimeField(db_default=Now())

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-published", "-created_at"]
        indexes = [
            models.Index(fields=["-published"], name="revision_published"),
            # The list of articles: newest first, the undated last.
            models.Index(
                F("published").desc(nulls_last=True),
                F("id").desc(),
                name="revision_newest",
                condition=Q(is_current=True),
            ),
            GinIndex(fields=["topics"], name="revision_topics", condition=Q(is_current=True)),
            # What Search looks through; the expression is services/searching.py's.
            GinIndex(WORDS_OF_ARTICLE, name="revision_words", condition=Q(is_current=True)),
            GinIndex(WORDS_OF_TITLE, name="revision_titles", condition=Q(is_current=True)),
            # What the start page calls revised.
            models.Index(
                fields=["-created_at"], name="revision_later", condition=Q(is_current=True, number__gt=1)
            ),
            # The sweeper asks every few seconds which articles an older engine read.
            models.Index(fields=["engine_version"], name="revision_engine", condition=Q(is_current=True)),
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
