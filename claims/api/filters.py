"""Filters of the lists. Every value is checked: a wrong one is a 400 that names the parameter.

One FilterSet per list; its field names are the query parameters.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from uuid import UUID

import django_filters as filters
from django import forms
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.db.models import Q, QuerySet

from claims.engine.records import Kind, Severity, Status
from claims.models import Claim, Document, Finding, GroupDecision, Reference, Review
from claims.models.finding import ANCHORS

LARGEST_ID = 2**63 - 1
LARGEST_COUNT = 2**31 - 1


class IntegerField(forms.IntegerField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_ID, **kwargs)


class IntegerFilter(filters.Filter):
    field_class = IntegerField


class CountField(forms.IntegerField):
    """How many, as the database keeps counts."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=1, max_value=LARGEST_COUNT, **kwargs)


class CountFilter(filters.Filter):
    field_class = CountField


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%d"], **kwargs)


class DayFilter(filters.DateFilter):
    field_class = DayField


class ExactField(forms.DecimalField):
    """A decimal the database can hold: 40 digits, 12 of them after the point."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=40, decimal_places=12, **kwargs)

    def clean(self, value: Any) -> Decimal | None:
        number = super().clean(value)
        return (
            number if number is None or number else Decimal(0)
        )  # "0e99999" is 0, and the database chokes on it


class ExactFilter(filters.Filter):
    field_class = ExactField


class Ordering(filters.OrderingFilter):
    """``?ordering=-published``. The id decides between equals, so that no row is on two pages or on none."""

    def filter(self, rows: QuerySet[Any], value: Any) -> QuerySet[Any]:
        rows = super().filter(rows, value)
        return rows.order_by(*rows.query.order_by, "-pk") if value else rows


def choices(values: Any) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in values]


def outlet_is(path: str) -> Any:
    """A filter method: the outlet's name (in any case) or slug, found at ``path``."""

    def method(rows: QuerySet[Any], _: str, value: str) -> QuerySet[Any]:
        return rows.filter(Q(**{f"{path}__name__iexact": value}) | Q(**{f"{path}__slug": value}))

    return method


class ArticleFilter(filters.FilterSet):
    outlet = filters.CharFilter(method=outlet_is("article__outlet"), help_text="Name or slug.")
    published_after = DayFilter("published", "gte", help_text="This day or later.")
    published_before = DayFilter("published", "lte", help_text="This day or earlier.")
    q = filters.CharFilter(method="matching", help_text="Words in title or body.")
    state = filters.ChoiceFilter(
        choices=choices(["standing", "withdrawn"]),
        method="as_they_are",
        help_text="Those that a person withdrew; without it, those that stand.",
    )
    ordering = Ordering(
        fields=[
            ("published", "published"),
            ("article__first_seen_at", "first_seen_at"),
            ("title", "title"),
            ("article__outlet__name", "outlet"),
            ("claim_count", "claim_count"),
            ("finding_count", "finding_count"),
        ]
    )

    def matching(self, rows: QuerySet[Any], _: str, value: str) -> QuerySet[Any]:
        for word in value.split()[:20]:
            rows = rows.filter(Q(title__icontains=word) | Q(body__icontains=word))
        return rows

    def as_they_are(self, rows: QuerySet[Any], _: str, value: str) -> QuerySet[Any]:
        return rows.withdrawn() if value == "withdrawn" else rows.current()


class ClaimFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=choices(Kind))
    status = filters.ChoiceFilter(choices=choices(Status))
    unit = filters.CharFilter("unit", "iexact")
    value_min = ExactFilter("value", "gte", help_text="The value as written is this or more.")
    value_max = ExactFilter("value", "lte", help_text="The value as written is this or less.")
    value = ExactFilter(method="can_be", help_text="This value lies within the claim's bounds.")
    actor = filters.CharFilter("actor", "iexact")
    action = filters.CharFilter("action", "iexact")
    source = filters.CharFilter("source", "iexact", help_text="Who is credited.")
    article = IntegerFilter("revision__article")
    group = filters.UUIDFilter("group")
    outlet = filters.CharFilter(method=outlet_is("revision__article__outlet"), help_text="Name or slug.")
    q = filters.CharFilter(method="matching", help_text="Words in the quote or in what is measured.")

    def can_be(self, rows: QuerySet[Any], _: str, value: Decimal) -> QuerySet[Any]:
        # A bare number here crashes in Django 5.2; the range of one point asks the same question.
        return rows.filter(bounds__contains=NumericRange(value, value, "[]"))

    def matching(self, rows: QuerySet[Any], _: str, value: str) -> QuerySet[Any]:
        for word in value.split()[:20]:
            rows = rows.filter(Q(quote__icontains=word) | Q(measured__icontains=word))
        return rows


class GroupFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=choices(Kind))
    unit = filters.CharFilter("unit", "iexact")
    outlet = filters.CharFilter(method="told_by", help_text="An outlet with a claim in it: name or slug.")
    article = IntegerFilter(method="in_article")
    outlets_min = CountFilter("outlet_count", "gte", help_text="At least so many outlets.")
    origins_min = CountFilter("origin_count", "gte", help_text="At least so many independent origins.")
    q = filters.CharFilter(method="matching", help_text="Words in the label.")
    ordering = Ordering(
        fields=["claim_count", "outlet_count", "origin_count", "finding_count", "created_at", "label"]
    )

    def told_by(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        claims = outlet_is("revision__article__outlet")(Claim.objects.standing(), name, value)
        return rows.filter(pk__in=claims.values("group"))

    def in_article(self, rows: QuerySet[Any], _: str, value: int) -> QuerySet[Any]:
        return rows.filter(pk__in=Claim.objects.standing().filter(revision__article=value).values("group"))

    def matching(self, rows: QuerySet[Any], _: str, value: str) -> QuerySet[Any]:
        for word in value.split()[:20]:
            rows = rows.filter(label__icontains=word)
        return rows


class FindingFilter(filters.FilterSet):
    STATES = {
        "open": Q(decision=Finding.Decision.NONE, resolved_at__isnull=True),
        "resolved": Q(decision=Finding.Decision.NONE, resolved_at__isnull=False),
        "confirmed": Q(decision=Finding.Decision.CONFIRMED),
        "dismissed": Q(decision=Finding.Decision.DISMISSED),
    }
    ORDERINGS = {
        "worst": None,
        "-last_changed_at": ["-last_changed_at", "id"],
        "last_changed_at": ["last_changed_at", "id"],
        "-first_seen_at": ["-first_seen_at", "id"],
        "first_seen_at": ["first_seen_at", "id"],
    }
    state = filters.ChoiceFilter(choices=choices(STATES), method="in_state")
    check = filters.CharFilter("check_id", help_text="A check's id; see checks.")
    severity = filters.ChoiceFilter(choices=choices(Severity))
    outlet = filters.CharFilter(method="shows_outlet", help_text="An outlet it is about: name or slug.")
    article = IntegerFilter(method="shows_article", help_text="An article it shows or is about.")
    group = filters.UUIDFilter("group")
    over = filters.ChoiceFilter(
        choices=choices(ANCHORS),
        method="about",
        help_text="What it is about: claims on one question, an origin, or one article by itself.",
    )
    ordering = filters.ChoiceFilter(
        choices=choices(ORDERINGS), method="ordered", help_text='"worst" first unless told otherwise.'
    )

    def in_state(self, rows: QuerySet[Any], _: str, value: str) -> QuerySet[Any]:
        return rows.filter(self.STATES[value])

    def about(self, rows: QuerySet[Any], _: str, value: str) -> QuerySet[Any]:
        return rows.over(value)

    def shows_outlet(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        by_claim = outlet_is("claims__revision__article__outlet")(Finding.objects, name, value)
        by_article = outlet_is("articles__outlet")(Finding.objects, name, value)
        return rows.filter(Q(pk__in=by_claim.values("pk")) | Q(pk__in=by_article.values("pk")))

    def shows_article(self, rows: QuerySet[Any], _: str, value: int) -> QuerySet[Any]:
        by_claim = Finding.objects.filter(claims__revision__article=value)
        by_article = Finding.objects.filter(articles=value)
        return rows.filter(Q(pk__in=by_claim.values("pk")) | Q(pk__in=by_article.values("pk")))

    def ordered(self, rows: QuerySet[Any], _: str, value: str) -> QuerySet[Any]:
        order = self.ORDERINGS[value]
        return rows.order_by(*order) if order else rows.worst_first()


class DocumentFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=Document.State.choices)
    source = filters.ChoiceFilter(choices=Document.Source.choices)
    article = IntegerFilter("revision__article")


class ReviewFilter(filters.FilterSet):
    decision = filters.ChoiceFilter(choices=Review.Decision.choices)
    finding = IntegerFilter("finding")
    group = filters.UUIDFilter("group")
    reviewer = filters.CharFilter("reviewer__username", help_text="A user name.")


class GroupDecisionFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=GroupDecision.Kind.choices)
    group = filters.UUIDFilter(method="touches", help_text="A group it touched.")
    claim = IntegerFilter(method="pins", help_text="A claim it pinned or unpinned.")
    reviewer = filters.CharFilter("reviewer__username", help_text="A user name.")

    def touches(self, rows: QuerySet[Any], _: str, value: UUID) -> QuerySet[Any]:
        return rows.filter(groups__contains=[value])

    def pins(self, rows: QuerySet[Any], _: str, value: int) -> QuerySet[Any]:
        return rows.filter(claims__contains=[value])


class ReferenceFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=Reference.Kind.choices)
    authority = filters.CharFilter("authority", "iexact")
    actor = filters.CharFilter("actor", "iexact")
    action = filters.CharFilter("action", "iexact")
    unit = filters.CharFilter("unit", "iexact")


class ReportFilter(filters.FilterSet):
    kind = filters.CharFilter("kind")
    day_after = DayFilter("day", "gte", help_text="This day or later.")
    day_before = DayFilter("day", "lte", help_text="This day or earlier.")


class OutletFilter(filters.FilterSet):
    q = filters.CharFilter("name", "icontains", help_text="Part of the name.")
