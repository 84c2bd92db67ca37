from __future__ import annotations

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now


class FactCheckQuerySet(models.QuerySet["FactCheck"]):
    def under_way(self) -> FactCheckQuerySet:
        """Fact-checks that still need somebody's work: neither published nor dropped."""
        return self.exclude(state__in=[FactCheck.State.PUBLISHED, FactCheck.State.DROPPED])

    def overdue(self) -> FactCheckQuerySet:
        """Those that wait for a reply whose deadline has passed."""
        return self.under_way().filter(_reply_is_late())

    def awaiting_review_by(self, person: models.Model) -> FactCheckQuerySet:
        """Those in second review in which ``person`` may give the next verdict: asked by name, or nobody was;
        neither their own work nor reviewed by them in this round."""
        given = Verdict.objects.filter(factcheck=OuterRef("pk"), round=OuterRef("round"), person=person)
        return (
            self.filter(Q(reviewer=person) | Q(reviewer=None), state=FactCheck.State.SECOND_REVIEW)
            .exclude(assignee=person)
            .exclude(Exists(given))
        )

    def for_list(self) -> FactCheckQuerySet:
        """With claim, article, outlet, assignee and rating, and whether a reply is late (``reply_is_late``),
        the most harm first; one query."""
        return (
            self.annotate(reply_is_late=_reply_is_late())
            .select_related(
                "claim__revision__article__outlet",
                "assignee",
                "reviewer",
                "rating",
                "group",
                "finding",
                "created_by",
            )
            .defer(
                "claim__record",
                "claim__revision__body",
                "claim__revision__fingerprints",
                "claim__revision__profile",
            )
            .order_by("-harm", F("due_on").asc(nulls_last=True), "-changed_at", "-id")
        )


def _reply_is_late() -> Exists:
    late = Correspondence.objects.open().filter(factcheck=OuterRef("pk"), deadline__lt=Now())
    return Exists(late)


class FactCheck(models.Model):
    """People's work on one claim, from its selection to a published verdict; schema.org ``ClaimReview``.

    Its row says where the work stands now; every step that led there is a :class:`FactCheckEvent`.
    ``version`` rises with every change, so that two people on one fact-check never overwrite each other.
    """

    class State(models.TextChoices):
        NEW = "new"
        TRIAGED = "triaged"  # somebody has decided that it is worth the work
        ASSIGNED = "assigned"
        IN_CHECK = "in_check"
        AWAITING_REPLY = "awaiting_reply"
        SECOND_REVIEW = "second_review"
        SIGNED_OFF = "signed_off"
        PUBLISHED = "published"
        REOPENED = "reopened"
        DROPPED = "dropped"  # not worth it after all; the reason is in the event

    class Harm(models.IntegerChoices):
        LOW = 1
        MEDIUM = 2
        HIGH = 3

    claim = models.ForeignKey("claims.Claim", on_delete=models.PROTECT, related_name="fact_checks")
    group = models.ForeignKey(
        "claims.ClaimGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="fact_checks"
    )
    finding = models.ForeignKey(
        "claims.Finding", null=True, blank=True, on_delete=models.PROTECT, related_name="fact_checks"
    )  # what it began with
    question = models.CharField(max_length=500)  # what is to be established, in a sentence
    meaning = models.TextField(blank=True)  # what the claimant meant, and the definition behind a statistic
    harm = models.PositiveSmallIntegerField(choices=Harm.choices, default=Harm.MEDIUM)
    state = models.CharField(max_length=16, choices=State.choices, default=State.NEW)
    assignee = models.ForeignKey(
        "auth.User", null=True, blank=True, on_delete=models.PROTECT, related_name="fact_checks"
    )
    due_on = models.DateField(null=True, blank=True)
    blind = models.BooleanField(default=False)  # a second verdict, given without seeing the first
    reviewer = models.ForeignKey(
        "auth.User", null=True, blank=True, on_delete=models.PROTECT, related_name="reviews_asked_of"
    )  # who is asked for the next verdict; None: anybody who may
    round = models.PositiveSmallIntegerField(default=1)  # of verdicts; reopening begins another
    rating = models.ForeignKey(
        "claims.Rating", null=True, blank=True, on_delete=models.PROTECT, related_name="fact_checks"
    )  # what the verdicts amount to
    conclusion = models.TextField(blank=True)  # what a reader is told
    few_origins_reason = models.TextField(blank=True)  # why fewer than two independent origins are enough
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    changed_at = models.DateTimeField(db_default=Now())

    objects = FactCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at", "-id"]
        indexes = [
            models.Index(fields=["state", "-changed_at"], name="factcheck_state"),
            models.Index(fields=["assignee", "state"], name="factcheck_assignee"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["claim"],
                condition=~Q(state__in=["published", "dropped"]),
                name="factcheck_one_is_open_per_claim",
            ),
            models.CheckConstraint(condition=~Q(question=""), name="factcheck_asks_something"),
            models.CheckConstraint(
                condition=~Q(state__in=["signed_off", "published"]) | Q(rating__isnull=False),
                name="factcheck_signed_off_is_rated",
            ),
        ]

    def __str__(self) -> str:
        return self.question


class FactCheckEvent(models.Model):
    """One dated step of a fact-check; append-only, a trigger refuses UPDATE and DELETE.

    ``person`` is None where the program did it: a new revision reopened what depended on the old one.
    """

    factcheck = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20)  # "state", "assign", "edit", "comment", "verdict", "source", ...
    before = models.CharField(max_length=200, blank=True)
    after = models.CharField(max_length=200, blank=True)
    reason = models.TextField(blank=True)
    person = models.ForeignKey(
        "auth.User", null=True, blank=True, on_delete=models.PROTECT, related_name="factcheck_events"
    )
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.before} {self.after}".strip()


class Verdict(models.Model):
    """The rating one person gives in a fact-check, with reasons; append-only. Only people give one.

    A second verdict is blind where its giver could not see the first. Where two differ, a third person
    adjudicates, and all three stay.
    """

    class Role(models.TextChoices):
        FIRST = "first"
        SECOND = "second"
        ADJUDICATION = "adjudication"

    factcheck = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="verdicts")
    round = models.PositiveSmallIntegerField(default=1)  # a reopened fact-check begins another
    role = models.CharField(max_length=12, choices=Role.choices)
    rating = models.ForeignKey("claims.Rating", on_delete=models.PROTECT, related_name="verdicts")
    reasoning = models.TextField()
    blind = models.BooleanField(default=False)
    person = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="verdicts")
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["factcheck", "round", "person"], name="verdict_one_per_person"),
            models.CheckConstraint(condition=~Q(reasoning=""), name="verdict_has_reasons"),
        ]

    def __str__(self) -> str:
        return f"{self.role} by {self.person_id}"


class SourceQuerySet(models.QuerySet["Source"]):
    def in_use(self) -> SourceQuerySet:
        """Those that were not taken out again."""
        return self.filter(removed_at__isnull=True)

    def on_page(self) -> SourceQuerySet:
        """Those a reader may see: in use and on the record. Nothing else counts towards publication."""
        return self.in_use().filter(on_record=True)


class Source(models.Model):
    """What a fact-check relies on, as it was used there: primary or secondary, on or off the record.

    ``origin`` names whom the information comes from in the end; sources with one origin count once.
    """

    class Use(models.TextChoices):
        PRIMARY = "primary"
        SECONDARY = "secondary"

    factcheck = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="sources")
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=200, blank=True)
    url = models.URLField(max_length=2000, blank=True)
    article = models.ForeignKey(
        "claims.Article", null=True, blank=True, on_delete=models.PROTECT, related_name="used_as_source"
    )
    revision = models.ForeignKey(
        "claims.Revision", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )  # the text of the article as it was consulted
    reference = models.ForeignKey(
        "claims.Reference", null=True, blank=True, on_delete=models.PROTECT, related_name="used_as_source"
    )
    use = models.CharField(max_length=9, choices=Use.choices)
    on_record = models.BooleanField(default=True)
    origin = models.CharField(max_length=200)
    says = models.TextField(blank=True)  # what it says on the question, verbatim or in short
    consulted_on = models.DateField(null=True, blank=True)
    added_by = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(db_default=Now())
    removed_at = models.DateTimeField(null=True, blank=True)  # it stays in the history

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(origin=""), name="source_is_named"),
        ]

    def __str__(self) -> str:
        return self.title


class CorrespondenceQuerySet(models.QuerySet["Correspondence"]):
    def open(self) -> CorrespondenceQuerySet:
        """Questions that were neither answered nor declined."""
        return self.filter(replied_at__isnull=True, declined=False)

    def on_page(self) -> CorrespondenceQuerySet:
        """What a reader may see of it: that on the record."""
        return self.filter(on_record=True)


class Correspondence(models.Model):
    """A question put to somebody in a fact-check, and the reply; the log shows both with their days."""

    factcheck = models.ForeignKey(FactCheck, on_delete=models.PROTECT, related_name="correspondence")
    whom = models.CharField(max_length=200)
    channel = models.CharField(max_length=60)  # "e-mail", "telephone", "press office form" ...
    asked = models.TextField()
    asked_at = models.DateTimeField(db_default=Now())
    deadline = models.DateTimeField(null=True, blank=True)
    reply = models.TextField(blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    declined = models.BooleanField(default=False)  # they said that they would not answer
    on_record = models.BooleanField(default=True)
    entered_by = models.ForeignKey("auth.User", on_delete=models.PROTECT, related_name="+")

    objects = CorrespondenceQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(whom="") & ~Q(asked=""), name="correspondence_asks_somebody"),
        ]

    def __str__(self) -> str:
        return f"{self.whom}: {self.asked}"
