from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Now


class DocumentQuerySet(models.QuerySet["Document"]):
    def under_way(self) -> DocumentQuerySet:
        """Accepted and not yet at an end: the outbox of the pipeline."""
        return self.filter(state__in=Document.State.under_way())

    def due(self) -> DocumentQuerySet:
        """Under way, nobody holds a live lease, and the back-off has passed (database clock)."""
        return self.under_way().filter(
            Q(lease_expires_at__isnull=True) | Q(lease_expires_at__lt=Now()), due_at__lte=Now()
        )

    def read_by_engine_before(self, version: str) -> DocumentQuerySet:
        """Finished, and the current text of their article was last read by an older engine; newest first."""
        revision = Cast("revision__engine_version", models.IntegerField())
        return (
            self.filter(state=Document.State.CHECKED, revision__is_current=True)
            .exclude(revision__engine_version__in=("", version))
            .annotate(engine=revision)
            .filter(engine__lt=int(version))
            .order_by(models.F("revision__published").desc(nulls_last=True), "pk")
        )

    def failed(self) -> DocumentQuerySet:
        return self.filter(state__in=[Document.State.QUARANTINED, Document.State.REJECTED])

    def for_list(self) -> DocumentQuerySet:
        """Without the raw bytes, with article, outlet and sender; one query."""
        return (
            self.defer("raw")
            .select_related("revision__article__outlet", "submitted_by")
            .defer("raw", "revision__body", "revision__fingerprints", "revision__profile")
        )

    def recent(self) -> DocumentQuerySet:
        """``for_list``, newest first."""
        return self.for_list().order_by("-received_at", "id")


class Document(models.Model):
    """What came in: the raw bytes, where they came from, and how far they have got.

    The row is the truth about its own journey and the outbox of the task queue: a lost message costs time,
    never an article.
    """

    class State(models.TextChoices):
        RECEIVED = "received"
        PARSED = "parsed"
        EXTRACTED = "extracted"
        LINKED = "linked"
        CHECKED = "checked"  # the end: everything is done
        QUARANTINED = "quarantined"  # five attempts failed; a person may retry
        REJECTED = "rejected"  # not an article: empty, too large, binary, no story in it

        @classmethod
        def under_way(cls) -> list[str]:
            return [cls.RECEIVED, cls.PARSED, cls.EXTRACTED, cls.LINKED]

    class Source(models.TextChoices):
        FILE = "file"
        UPLOAD = "upload"
        PASTE = "paste"
        API = "api"
        URL = "url"
        SAMPLE = "sample"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content_hash = models.CharField(
        max_length=64, unique=True
    )  # sha256 of bytes and what the sender declared
    raw = models.BinaryField()  # empty only where rejected as too large
    size = models.BigIntegerField()
    content_type = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    name = models.CharField(max_length=500, blank=True)
    url = models.CharField(max_length=2000, blank=True)
    declared_outlet = models.CharField(max_length=200, blank=True)
    declared_title = models.CharField(max_length=1000, blank=True)
    declared_published = models.DateField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        "auth.User", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    received_at = models.DateTimeField(db_default=Now())

    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    state_since = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)  # of the present step, as far as they count
    losses = models.PositiveSmallIntegerField(default=0)  # leases of the present step that nobody gave back
    due_at = models.DateTimeField(db_default=Now())
    lease = models.UUIDField(null=True, blank=True)
    lease_expires_at = models.DateTimeField(null=True, blank=True)
    hints = models.PositiveSmallIntegerField(default=0)  # sent by the sweeper since the last lease
    hint_due_at = models.DateTimeField(db_default=Now())  # when the sweeper next reminds the workers
    touched = models.JSONField(
        default=dict, blank=True
    )  # {"groups", "origins"}: what the check step must look at
    error_code = models.CharField(max_length=40, blank=True)
    error_detail = models.TextField(blank=True)  # a plain sentence; on the next line the error as raised
    notices = models.JSONField(default=list, blank=True)  # plain sentences: what was missing or guessed
    journey = models.JSONField(default=list, blank=True)  # [{"state", "at", "seconds"}], one line a step
    revision = models.ForeignKey(
        "claims.Revision", null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-received_at"]
        indexes = [
            models.Index(
                fields=["hint_due_at"],
                name="document_outbox",
                condition=Q(state__in=["received", "parsed", "extracted", "linked"]),
            ),
            models.Index(fields=["-received_at"], name="document_newest"),
            # How many there are in each state, without reading their journeys.
            models.Index(fields=["state"], name="document_state"),
            models.Index(
                fields=["-state_since"],
                name="document_failed",
                condition=Q(state__in=["quarantined", "rejected"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(lease__isnull=True, lease_expires_at__isnull=True)
                | Q(lease__isnull=False, lease_expires_at__isnull=False),
                name="document_lease_is_whole",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["quarantined", "rejected"]) | ~Q(error_code=""),
                name="document_failure_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["received", "quarantined", "rejected"]) | Q(revision__isnull=False),
                name="document_parsed_has_revision",
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.url or str(self.id)

    @property
    def is_finished(self) -> bool:
        return self.state not in self.State.under_way()

    @property
    def may_be_retried(self) -> bool:
        """Whether another try may end otherwise: not for what was refused at the door, which did no step."""
        return self.state == self.State.QUARANTINED or (
            self.state == self.State.REJECTED and bool(self.journey)
        )

    @property
    def error_in_words(self) -> str:
        """What went wrong, as people read it."""
        return self.error_detail.partition("\n")[0]

    @property
    def error_as_raised(self) -> str:
        """The program's own words for it, for those who mend it; "" where there are none."""
        return self.error_detail.partition("\n")[2]
