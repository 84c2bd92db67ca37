"""What each resource looks like as JSON. Small ones first: later ones hold them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.reverse import reverse

from claims.api.fields import (
    BoundsSerializer,
    ExactDecimal,
    JSONObject,
    SpanSerializer,
    StrictSerializer,
)
from claims.models import (
    ApiToken,
    Claim,
    ClaimGroup,
    ClaimLink,
    Document,
    Finding,
    GroupDecision,
    Origin,
    Outlet,
    Rating,
    Reference,
    Report,
    Review,
    Revision,
    Withdrawal,
)
from claims.models.article import RevisionQuerySet
from claims.services import ratings
from claims.services.refusal import Refused

FINDING_STATES = ["open", "confirmed", "dismissed", "resolved"]


class ProblemErrorSerializer(serializers.Serializer):
    field = serializers.CharField(help_text="Empty where the complaint is about the whole request.")
    detail = serializers.CharField()
    code = serializers.CharField()


class ProblemSerializer(serializers.Serializer):
    """An error (RFC 9457). ``code`` is stable and meant for programs."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    instance = serializers.CharField()
    errors = ProblemErrorSerializer(many=True, required=False)
    document = serializers.UUIDField(required=False, help_text="The row that shows what happened.")


UP_OR_DOWN = ["up", "down"]


@extend_schema_serializer(many=False)
class HealthSerializer(serializers.Serializer):
    ready = serializers.BooleanField()
    database = serializers.ChoiceField(UP_OR_DOWN)
    migrations = serializers.ChoiceField(UP_OR_DOWN)
    broker = serializers.ChoiceField(UP_OR_DOWN)


class OutletSerializer(serializers.ModelSerializer):
    article_count = serializers.IntegerField(read_only=True)
    claim_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = Outlet
        fields = ["id", "name", "slug", "article_count", "claim_count"]


class CheckSerializer(serializers.Serializer):
    id = serializers.CharField()
    name = serializers.CharField()
    over = serializers.CharField(help_text='What it looks at: "group", "origin" or "article".')
    description = serializers.CharField()


class RatingSerializer(serializers.ModelSerializer):
    class Meta:
        model = Rating
        fields = ["slug", "label", "meaning", "value", "position", "retired_at"]
        read_only_fields = fields


class ArticleBriefSerializer(serializers.Serializer):
    """An article as others refer to it; the source is a Revision."""

    id = serializers.IntegerField(source="article_id")
    title = serializers.CharField()
    outlet = serializers.CharField()
    published = serializers.DateField(allow_null=True)


def briefly(revisions: RevisionQuerySet) -> RevisionQuerySet:
    """Rows with what ArticleBriefSerializer reads."""
    return revisions.without_text().select_related("article__outlet")


class AttributionSerializer(serializers.Serializer):
    """Whom the article credits: ``source`` is the canonical name, ``source_text`` the words used."""

    mode = serializers.CharField()
    source = serializers.CharField()
    source_text = serializers.SerializerMethodField()
    cue = serializers.SerializerMethodField()
    told = serializers.SerializerMethodField()
    document = serializers.SerializerMethodField()

    def get_source_text(self, claim: Claim) -> str:
        return claim.attribution.get("source_text") or ""

    def get_cue(self, claim: Claim) -> str:
        return claim.attribution.get("cue") or ""

    def get_told(self, claim: Claim) -> str:
        return claim.attribution.get("told") or ""

    def get_document(self, claim: Claim) -> str:
        return claim.attribution.get("document") or ""


class WhenSerializer(serializers.Serializer):
    """A time as written, and the days it can mean, both included; null where it could not be resolved."""

    text = serializers.CharField(source="when_text")
    start = serializers.DateField(source="when_start", allow_null=True)
    end = serializers.DateField(source="when_end", allow_null=True)


class ClaimSerializer(serializers.ModelSerializer):
    article = ArticleBriefSerializer(source="revision")
    revision = serializers.IntegerField(source="revision.number", help_text="Number of the revision.")
    span = SpanSerializer(source="*")
    sentence = serializers.SerializerMethodField()
    context = serializers.CharField(source="sentence_text", help_text="The sentence the claim stands in.")
    value = ExactDecimal(allow_null=True, help_text='As written and scaled: "$18 billion" is 18000000000.')
    bounds = BoundsSerializer(allow_null=True)
    grain = ExactDecimal(allow_null=True, help_text="The size of the last digit as written.")
    attribution = AttributionSerializer(source="*")
    when = serializers.SerializerMethodField()
    part_of = serializers.IntegerField(source="part_of_id", allow_null=True, help_text="Id of the whole.")
    group = serializers.UUIDField(source="group_id", allow_null=True)
    pinned_group = serializers.UUIDField(
        source="pinned_group_id", allow_null=True, help_text="Where a person put it, if anybody did."
    )
    link_score = serializers.FloatField(
        allow_null=True, help_text="Of its strongest link with another claim of its group."
    )
    link_reasons = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Claim
        fields = [
            "id",
            "article",
            "revision",
            "kind",
            "headline",
            "span",
            "quote",
            "sentence",
            "context",
            "value",
            "bounds",
            "soft",
            "grain",
            "unit",
            "modifier",
            "bounds_rule",
            "measured",
            "noun",
            "noun_modifiers",
            "actor",
            "action",
            "object",
            "object_party",
            "place",
            "part_of",
            "negated",
            "status",
            "hedge",
            "attribution",
            "when",
            "entities",
            "rule",
            "engine_version",
            "group",
            "pinned_group",
            "link_score",
            "link_reasons",
            "retired_at",
        ]
        read_only_fields = fields

    @extend_schema_field(SpanSerializer)
    def get_sentence(self, claim: Claim) -> dict[str, int]:
        return {"start": claim.sentence_start, "end": claim.sentence_end}

    @extend_schema_field(WhenSerializer(allow_null=True))
    def get_when(self, claim: Claim) -> dict[str, Any] | None:
        return WhenSerializer(claim).data if claim.when_text else None


class ClaimBriefSerializer(serializers.ModelSerializer):
    article = ArticleBriefSerializer(source="revision")

    class Meta:
        model = Claim
        fields = ["id", "quote", "article"]


class ReviewSerializer(serializers.ModelSerializer):
    reviewer = serializers.CharField(source="reviewer.username")
    finding = serializers.IntegerField(source="finding_id", allow_null=True)
    group = serializers.UUIDField(source="group_id", allow_null=True)
    undoes = serializers.IntegerField(source="undoes_id", allow_null=True)

    class Meta:
        model = Review
        fields = [
            "id",
            "finding",
            "group",
            "reviewer",
            "decision",
            "reason",
            "verdict",
            "undoes",
            "created_at",
        ]
        read_only_fields = fields


class NewReviewSerializer(StrictSerializer):
    decision = serializers.ChoiceField(choices=Review.Decision.choices)
    reason = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=10_000, help_text="Needed to dismiss."
    )
    verdict = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        max_length=40,
        help_text="Your rating: the slug of a step of the scale, as `ratings` lists them.",
    )
    seen = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        min_value=0,
        max_value=2**63 - 1,
        help_text="Id of the last review you saw, 0 for none: somebody else's later decision is then a 409.",
    )

    def validate_verdict(self, slug: str) -> str:
        if slug:
            try:
                ratings.named(slug)
            except Refused as refusal:
                raise serializers.ValidationError(refusal.detail, refusal.code) from refusal
        return slug


class FindingSerializer(serializers.ModelSerializer):
    check = serializers.CharField(source="check_id")
    state = serializers.ChoiceField(choices=FINDING_STATES)
    group = serializers.UUIDField(source="group_id", allow_null=True)
    origin = serializers.UUIDField(source="origin_id", allow_null=True)
    article = serializers.IntegerField(
        source="article_id", allow_null=True, help_text="Where it is about one article by itself."
    )
    claims = serializers.SerializerMethodField()

    class Meta:
        model = Finding
        fields = [
            "id",
            "check",
            "severity",
            "state",
            "summary",
            "clears",
            "basis",
            "group",
            "origin",
            "article",
            "claims",
            "first_seen_at",
            "last_changed_at",
            "resolved_at",
            "engine_version",
        ]
        read_only_fields = fields

    @extend_schema_field(ClaimBriefSerializer(many=True))
    def get_claims(self, finding: Finding) -> Any:
        return ClaimBriefSerializer(finding.shown_claims, many=True).data


class FindingDetailSerializer(FindingSerializer):
    evidence = JSONObject()
    articles = serializers.SerializerMethodField()
    reviews = ReviewSerializer(many=True)
    last_review = serializers.SerializerMethodField(help_text="Send it back as `seen`; 0 for none.")

    class Meta(FindingSerializer.Meta):
        fields = [*FindingSerializer.Meta.fields, "evidence", "articles", "reviews", "last_review"]
        read_only_fields = fields

    @extend_schema_field(ClaimSerializer(many=True))
    def get_claims(self, finding: Finding) -> Any:
        rows = Claim.objects.filter(findingclaim__finding=finding).with_article().with_sentence()
        return ClaimSerializer(rows.order_by("findingclaim__position"), many=True).data

    @extend_schema_field(ArticleBriefSerializer(many=True))
    def get_articles(self, finding: Finding) -> Any:
        about = [article.pk for article in finding.shown_articles]
        rows = briefly(Revision.objects.current().filter(article__in=about))
        return ArticleBriefSerializer(rows.order_by("published", "article_id"), many=True).data

    def get_last_review(self, finding: Finding) -> int:
        return finding.last_review_id or 0


class ArticleSerializer(serializers.ModelSerializer):
    """An article and its current revision; the source is a Revision."""

    id = serializers.IntegerField(source="article_id")
    outlet = serializers.CharField()
    address = serializers.CharField(source="article.address")
    origin = serializers.UUIDField(source="article.origin_id", allow_null=True)
    first_seen_at = serializers.DateTimeField(source="article.first_seen_at")
    withdrawn_at = serializers.DateTimeField(
        source="article.withdrawn_at", allow_null=True, help_text="Since when it does not count, if so."
    )
    revision = serializers.IntegerField(source="number")
    claim_count = serializers.IntegerField()
    finding_count = serializers.IntegerField(help_text="Open findings.")

    class Meta:
        model = Revision
        fields = [
            "id",
            "title",
            "outlet",
            "published",
            "published_as_written",
            "byline",
            "credit",
            "wires",
            "host",
            "language",
            "address",
            "origin",
            "revision",
            "first_seen_at",
            "withdrawn_at",
            "claim_count",
            "finding_count",
        ]
        read_only_fields = fields


class RevisionBriefSerializer(serializers.ModelSerializer):
    documents = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = Revision
        fields = ["number", "is_current", "title", "published", "body_hash", "created_at", "documents"]
        read_only_fields = fields


class SharedOriginSerializer(serializers.Serializer):
    """The articles that share where they come from; they count as one."""

    id = serializers.UUIDField()
    articles = ArticleBriefSerializer(many=True)


class OriginSerializer(serializers.ModelSerializer):
    """Articles that share where they come from."""

    merged_into = serializers.UUIDField(source="merged_into_id", allow_null=True)
    article_count = serializers.SerializerMethodField()
    outlet_count = serializers.SerializerMethodField()

    class Meta:
        model = Origin
        fields = ["id", "article_count", "outlet_count", "merged_into", "created_at"]
        read_only_fields = fields

    def get_article_count(self, origin: Origin) -> int:
        return origin.articles.count()

    def get_outlet_count(self, origin: Origin) -> int:
        return origin.articles.values("outlet").distinct().count()


class _TracedArticleSerializer(serializers.Serializer):
    id = serializers.IntegerField()
    outlet = serializers.CharField()
    title = serializers.CharField()
    published = serializers.DateField(allow_null=True)
    wires = serializers.ListField(child=serializers.CharField())
    kind = serializers.CharField(help_text="copy, wire, interview, first or undecided.")
    reason = serializers.CharField()


class _TakenSerializer(serializers.Serializer):
    """An arrow: the article, and the article or agency it was most likely taken from."""

    article = serializers.IntegerField()
    source = serializers.IntegerField(allow_null=True)
    agency = serializers.CharField(allow_null=True)
    kind = serializers.CharField(help_text="copy, wire or interview.")
    confidence = serializers.FloatField()
    containment = serializers.FloatField(help_text="Share of the shorter text that stands in the other.")
    reason = serializers.CharField()
    published = serializers.DateField(allow_null=True)


class _OriginLinkSerializer(serializers.Serializer):
    articles = serializers.ListField(child=serializers.IntegerField())
    kind = serializers.CharField(help_text="copy or interview.")
    containment = serializers.FloatField()
    wire = serializers.CharField(allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField())


class OriginGraphSerializer(serializers.Serializer):
    """Who took a text from whom: a forest, with the links that show it."""

    id = serializers.UUIDField()
    articles = _TracedArticleSerializer(many=True)
    outlets = serializers.ListField(child=serializers.CharField())
    agencies = serializers.ListField(child=serializers.CharField())
    edges = _TakenSerializer(many=True)
    links = _OriginLinkSerializer(many=True)
    is_cut = serializers.BooleanField(help_text="Whether there are more articles than are shown.")


class IndependentOriginSerializer(serializers.Serializer):
    """One of the independent origins behind a group; `id` is null for an outlet's own text."""

    id = serializers.UUIDField(allow_null=True)
    outlets = serializers.ListField(child=serializers.CharField())
    articles = serializers.ListField(child=serializers.IntegerField())


class WithdrawalSerializer(serializers.ModelSerializer):
    """A person's word that an article is not to count, or that it is to count again."""

    article = serializers.IntegerField(source="article_id")
    reviewer = serializers.CharField(source="reviewer.username")

    class Meta:
        model = Withdrawal
        fields = ["id", "article", "kind", "reviewer", "reason", "created_at"]
        read_only_fields = fields


class ArticleDetailSerializer(ArticleSerializer):
    withdrawals = WithdrawalSerializer(
        many=True, source="article.withdrawals", help_text="Who withdrew and restored it, oldest first."
    )
    body = serializers.CharField(help_text="The spans of `claims` are ranges of this text.")
    claims = ClaimSerializer(many=True, source="standing_claims")
    headline_claims = ClaimSerializer(many=True, help_text="Their spans are ranges of the title.")
    notices = serializers.SerializerMethodField(help_text="What was missing or guessed when it was read.")
    revisions = RevisionBriefSerializer(many=True, source="article.revisions")
    origin = serializers.SerializerMethodField()

    class Meta(ArticleSerializer.Meta):
        fields = [
            *ArticleSerializer.Meta.fields,
            "body",
            "claims",
            "headline_claims",
            "notices",
            "revisions",
            "withdrawals",
        ]
        read_only_fields = fields

    def get_notices(self, revision: Revision) -> list[str]:
        return list(dict.fromkeys(said for row in revision.documents.all() for said in row.notices))

    @extend_schema_field(SharedOriginSerializer(allow_null=True))
    def get_origin(self, revision: Revision) -> dict[str, Any] | None:
        if revision.article.origin_id is None:
            return None
        sharing = Revision.objects.current().filter(article__origin=revision.article.origin_id)
        articles = briefly(sharing).order_by("published", "article_id")
        return SharedOriginSerializer({"id": revision.article.origin_id, "articles": articles}).data


class GroupSerializer(serializers.ModelSerializer):
    claim_count = serializers.IntegerField()
    outlet_count = serializers.IntegerField()
    origin_count = serializers.IntegerField(
        help_text="Independent origins: articles that share an origin count once."
    )
    finding_count = serializers.IntegerField(help_text="Open findings.")
    merged_into = serializers.UUIDField(source="merged_into_id", allow_null=True)

    class Meta:
        model = ClaimGroup
        fields = [
            "id",
            "label",
            "kind",
            "unit",
            "claim_count",
            "outlet_count",
            "origin_count",
            "finding_count",
            "merged_into",
            "created_at",
        ]
        read_only_fields = fields


class GroupDetailSerializer(GroupSerializer):
    claims = ClaimSerializer(many=True, source="standing_claims")
    findings = FindingSerializer(many=True, source="standing_findings")
    version = serializers.CharField(help_text="Send it back as `seen` with a decision about the group.")
    origins = IndependentOriginSerializer(many=True, source="independent_origins")

    class Meta(GroupSerializer.Meta):
        fields = [*GroupSerializer.Meta.fields, "origins", "claims", "findings", "version"]
        read_only_fields = fields


class ClaimLinkSerializer(serializers.ModelSerializer):
    """That two claims answer one question: how sure, and why."""

    claims = serializers.SerializerMethodField(help_text="The ids of the two.")
    reasons = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = ClaimLink
        fields = ["claims", "score", "reasons"]
        read_only_fields = fields

    def get_claims(self, link: ClaimLink) -> list[int]:
        return [link.first_id, link.second_id]


class GroupDecisionSerializer(serializers.ModelSerializer):
    """A person's decision on which claims answer one question."""

    reviewer = serializers.CharField(source="reviewer.username")
    group = serializers.UUIDField(source="group_id")
    target = serializers.UUIDField(
        source="target_id", allow_null=True, help_text="Where claims went: split off, or moved."
    )
    groups = serializers.ListField(child=serializers.UUIDField(), help_text="All groups it touched.")
    claims = serializers.ListField(child=serializers.IntegerField(), help_text="All claims it pinned.")
    undoes = serializers.IntegerField(source="undoes_id", allow_null=True)
    undone_by = serializers.SerializerMethodField(help_text="The decision that took it back, if any.")

    class Meta:
        model = GroupDecision
        fields = [
            "id",
            "kind",
            "group",
            "target",
            "groups",
            "claims",
            "reviewer",
            "reason",
            "undoes",
            "undone_by",
            "created_at",
        ]
        read_only_fields = fields

    def get_undone_by(self, decision: GroupDecision) -> int | None:
        undoing = getattr(decision, "undone_by", None)
        return undoing.pk if undoing else None


class UndoSerializer(StrictSerializer):
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=10_000)


class NewGroupDecisionSerializer(UndoSerializer):
    seen = serializers.CharField(
        required=False,
        allow_null=True,
        default=None,
        max_length=64,
        help_text="The group's `version` as you saw it: a group that has changed since is then a 409.",
    )


class _ClaimsField(serializers.ListField):
    """Ids of claims: at most as many as anybody ticks."""

    child = serializers.IntegerField(min_value=0, max_value=2**63 - 1)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=1000, **kwargs)


class ConfirmSerializer(NewGroupDecisionSerializer):
    claims = _ClaimsField(
        required=False,
        allow_null=True,
        default=None,
        help_text="Those that answer one question; all of the group unless given.",
    )


class SplitSerializer(NewGroupDecisionSerializer):
    claims = _ClaimsField(help_text="Those that answer another question.")


class MergeSerializer(NewGroupDecisionSerializer):
    groups = serializers.ListField(
        child=serializers.UUIDField(), max_length=50, help_text="The groups that go into this one."
    )


class MoveSerializer(NewGroupDecisionSerializer):
    group = serializers.UUIDField(help_text="Where the claim belongs.")


class RestoreSerializer(StrictSerializer):
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=10_000)


class WithdrawSerializer(StrictSerializer):
    reason = serializers.CharField(allow_blank=True, max_length=10_000, help_text="Why it does not count.")


class StepSerializer(serializers.Serializer):
    """One line of a document's journey: what it became, when, in how many seconds, at which attempt.

    ``by`` names who sent it on its way again: a person after a quarantine, or a newer engine.
    """

    state = serializers.CharField()
    at = serializers.DateTimeField()
    seconds = serializers.FloatField(required=False)
    attempt = serializers.IntegerField(required=False)
    by = serializers.CharField(required=False, allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field]:
        return {"from": serializers.CharField(required=False), **super().get_fields()}  # a keyword of Python


class DocumentErrorSerializer(serializers.Serializer):
    code = serializers.CharField(source="error_code")
    detail = serializers.CharField(source="error_in_words", help_text="A plain sentence.")
    raised = serializers.CharField(
        source="error_as_raised", help_text="The program's own words, where the error is the program's."
    )


class DocumentLinksSerializer(serializers.Serializer):
    document = serializers.CharField()
    article = serializers.CharField(allow_null=True)


class DocumentSerializer(serializers.ModelSerializer):
    """What came in and how far it has got."""

    finished = serializers.BooleanField(source="is_finished")
    outlet = serializers.CharField(source="declared_outlet", help_text="As declared by the sender.")
    title = serializers.CharField(source="declared_title", help_text="As declared by the sender.")
    published = serializers.DateField(
        source="declared_published", allow_null=True, help_text="As declared by the sender."
    )
    submitted_by = serializers.CharField(source="submitted_by.username", allow_null=True, default=None)
    article = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()
    notices = serializers.ListField(child=serializers.CharField())
    journey = StepSerializer(many=True)
    links = serializers.SerializerMethodField()

    class Meta:
        model = Document
        fields = [
            "id",
            "state",
            "finished",
            "state_since",
            "attempts",
            "error",
            "notices",
            "journey",
            "article",
            "links",
            "source",
            "name",
            "url",
            "outlet",
            "title",
            "published",
            "content_type",
            "size",
            "content_hash",
            "received_at",
            "submitted_by",
        ]
        read_only_fields = fields

    def get_article(self, document: Document) -> int | None:
        return document.revision.article_id if document.revision else None

    @extend_schema_field(DocumentErrorSerializer(allow_null=True))
    def get_error(self, document: Document) -> dict[str, str] | None:
        return DocumentErrorSerializer(document).data if document.error_code else None

    @extend_schema_field(DocumentLinksSerializer)
    def get_links(self, document: Document) -> dict[str, str | None]:
        request = self.context.get("request")
        article = self.get_article(document)
        return {
            "document": reverse("document-detail", [document.id], request=request),
            "article": reverse("article-detail", [article], request=request) if article else None,
        }


class FileAnswerSerializer(serializers.Serializer):
    """What became of one of several files: ``document``, or ``problem``."""

    status = serializers.IntegerField(help_text="As it would have been for this file alone.")
    document = DocumentSerializer(required=False)
    problem = ProblemSerializer(required=False)


class RawArticleSerializer(StrictSerializer):
    """What the sender says about an article; it beats what is found in the text."""

    outlet = serializers.CharField(required=False, allow_blank=True, max_length=200)
    title = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    published = serializers.DateField(required=False, allow_null=True)
    name = serializers.CharField(
        required=False, allow_blank=True, max_length=500, help_text="A file name, for people."
    )
    url = serializers.URLField(required=False, allow_blank=True, max_length=2000)


class NewArticleSerializer(RawArticleSerializer):
    """``text``, and if you know it the ``url`` it stands at; or a ``url`` alone, which is fetched."""

    text = serializers.CharField(
        required=False, allow_blank=True, trim_whitespace=False, max_length=settings.MAX_DOCUMENT_BYTES
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "text" not in attrs and not attrs.get("url"):
            raise serializers.ValidationError("Send the article's text, or the url to fetch it from.")
        if "text" not in attrs and attrs.get("name"):
            raise serializers.ValidationError({"name": "What is fetched has no name but its url."})
        return attrs


class NewFilesSerializer(StrictSerializer):
    """A form with one or more files, each an article."""

    file = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True, max_length=500), allow_empty=False, max_length=50
    )
    outlet = serializers.CharField(required=False, allow_blank=True, max_length=200)
    title = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    published = serializers.DateField(required=False)
    url = serializers.URLField(required=False, allow_blank=True, max_length=2000)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs["file"]) > 1 and (wrong := [name for name in ("title", "url") if attrs.get(name)]):
            raise serializers.ValidationError(
                dict.fromkeys(wrong, "This belongs to one article; send its file alone.")
            )
        return attrs


REFERENCE_FIELDS = [
    "kind",
    "authority",
    "title",
    "actor",
    "action",
    "object",
    "unit",
    "value",
    "low",
    "high",
    "starts_on",
    "ends_on",
    "edition",
    "definition",
    "licence",
    "url",
]


class ReferenceSerializer(serializers.ModelSerializer):
    value = ExactDecimal(allow_null=True)
    low = ExactDecimal(allow_null=True)
    high = ExactDecimal(allow_null=True)
    url = serializers.CharField()
    created_by = serializers.CharField(source="created_by.username", allow_null=True, default=None)

    class Meta:
        model = Reference
        fields = ["id", *REFERENCE_FIELDS, "created_by", "created_at"]
        read_only_fields = fields


class NewReferenceSerializer(serializers.ModelSerializer, StrictSerializer):
    value = serializers.DecimalField(40, 12, required=False, allow_null=True)
    low = serializers.DecimalField(
        40, 12, required=False, allow_null=True, help_text="The least the authority allows."
    )
    high = serializers.DecimalField(
        40, 12, required=False, allow_null=True, help_text="The most the authority allows."
    )

    class Meta:
        model = Reference
        fields = REFERENCE_FIELDS
        validators: list[Any] = []  # the service checks the whole and says which field is wrong


class ReportSerializer(serializers.ModelSerializer):
    class Meta:
        model = Report
        fields = ["id", "kind", "day", "payload_hash", "created_at"]
        read_only_fields = fields


class TokenSerializer(serializers.ModelSerializer):
    id = serializers.CharField(source="token_key", help_text="The token's first characters.")
    expires_at = serializers.DateTimeField(source="expiry", allow_null=True)
    created_at = serializers.DateTimeField(source="created")

    class Meta:
        model = ApiToken
        fields = ["id", "name", "created_at", "expires_at"]
        read_only_fields = fields


class NewTokenSerializer(StrictSerializer):
    name = serializers.CharField(required=False, allow_blank=True, default="", max_length=100)
    days = serializers.IntegerField(
        required=False, min_value=1, max_value=ApiToken.MOST_DAYS, help_text="How long it is good for."
    )


class IssuedTokenSerializer(TokenSerializer):
    token = serializers.CharField(help_text="Shown this once; only its hash is kept.")

    class Meta(TokenSerializer.Meta):
        fields = [*TokenSerializer.Meta.fields, "token"]
        read_only_fields = fields
