"""What a query finds: articles by their words, claims by words, values and what is known of them, groups.

Every answer is bounded: what is found stops at :data:`MOST_COUNTED`, pages at :data:`MOST_PAGES`, and what is
marked or summed up is what one page shows. Articles are told newest first, or those whose words fit best
among the newest; to rank all that match would read the text of each.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from uuid import UUID

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Left

from claims import models
from claims.engine import lexicons
from claims.engine.dimensions import converted, dimension
from claims.engine.records import Quantity
from claims.engine.topics import TOPICS
from claims.models.article import WORDS_OF_ARTICLE
from claims.models.claim import WORDS_OF_CLAIM

from .asking import Query

PAGE = 20
MOST_PAGES = 25
#: A count stops here: whoever has more answers asks again.
MOST_COUNTED = 500
#: Of the newest articles that match, those that are ranked by their words.
_RANKED = 200
#: Characters of a body in which words are marked.
_SHOWN_OF = 20_000
#: Characters that no text keeps (private use) around what is found; they never reach a page.
_OPEN, _CLOSE = "\ue000", "\ue001"

#: A stretch of text, and whether it is what was looked for.
Piece = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class ArticleHit:
    revision: models.Revision
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class ClaimHit:
    """A claim with its sentence, cut into pieces around its quote."""

    claim: models.Claim
    sentence: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class GroupHit:
    group: models.ClaimGroup
    matching: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a query finds, in the order in which it is told: ids of articles' revisions, of claims, and of
    groups with how many of the claims are theirs. Of articles and claims at most MOST_COUNTED + 1, which
    stands for "more"; groups are those of the claims."""

    articles: tuple[int, ...]
    claims: tuple[int, ...]
    groups: tuple[tuple[UUID, int], ...]


def articles(query: Query) -> QuerySet[models.Revision]:
    """The standing articles with the words, of which a claim fits what the filters ask of claims."""
    rows = models.Revision.objects.current()
    if query.words:
        rows = rows.annotate(words=WORDS_OF_ARTICLE).filter(words=_typed(query.words))
    for each in query.of("outlet"):
        rows = rows.filter(_outlet("article__outlet__", each.text))
    for each in query.of("topic"):
        rows = rows.filter(topics__contains=[_topic(each.text)])
    for each in query.of("date"):
        rows = rows.filter(_published("published", each.since, each.until))
    asked = _of_claims(query)
    if asked:
        fitting = models.Claim.objects.filter(asked, retired_at__isnull=True, revision=OuterRef("pk"))
        for each in query.of("source"):
            fitting = fitting.annotate(words=WORDS_OF_CLAIM).filter(words=_typed(f'"{each.text}"'))
        rows = rows.filter(Exists(fitting))
    return rows


def claims(query: Query) -> models.claim.ClaimQuerySet:
    """The standing claims with the words that fit all filters."""
    rows = models.Claim.objects.standing()
    words = " ".join((query.words, *(f'"{each.text}"' for each in query.of("source")))).strip()
    if words:  # whom a claim credits is among its words: the index finds it
        rows = rows.annotate(words=WORDS_OF_CLAIM).filter(words=_typed(words))
    for each in query.of("outlet"):
        rows = rows.filter(_outlet("revision__article__outlet__", each.text))
    for each in query.of("topic"):
        rows = rows.filter(revision__topics__contains=[_topic(each.text)])
    for each in query.of("date"):
        told = _published("when_end", each.since, None) & _published("when_start", None, each.until)
        rows = rows.filter(
            _published("revision__published", each.since, each.until) | (Q(when_start__isnull=False) & told)
        )
    return rows.filter(_of_claims(query))


def find(query: Query, best: bool = False) -> Found:
    """What the query finds; two queries. ``best`` ranks articles by their words, of the newest that match."""
    told = articles(query).order_by(F("published").desc(nulls_last=True), "-id")
    if best and query.words:
        newest = models.Revision.objects.filter(pk__in=told.values("pk")[:_RANKED])
        told = newest.order_by(SearchRank(WORDS_OF_ARTICLE, _typed(query.words)).desc(), "-id")
    # By id, so that an index can stop; of those that were stored last the newest come first.
    rows = claims(query).order_by("-revision_id", "start")
    fitting = list(rows.values_list("pk", "group", "revision__published")[: MOST_COUNTED + 1])
    fitting.sort(key=lambda row: row[2] or date.min, reverse=True)
    groups = Counter(group for _, group, _ in fitting if group)
    return Found(
        tuple(told.values_list("pk", flat=True)[: MOST_COUNTED + 1]),
        tuple(pk for pk, *_ in fitting),
        tuple(groups.most_common()),
    )


def article_hits(query: Query, ids: Sequence[int]) -> list[ArticleHit]:
    """Articles to show, by the ids of their revisions, in this order; one query."""
    shown = models.Revision.objects.filter(pk__in=ids).select_related("article__outlet").without_text()
    marked = {"start_sel": _OPEN, "stop_sel": _CLOSE, "config": "english"}
    words = _typed(query.words or '""')
    shown = shown.annotate(
        marked_title=SearchHeadline("title", words, highlight_all=True, **marked),
        marked_body=SearchHeadline(
            Left("body", _SHOWN_OF),
            words,
            max_words=32,
            min_words=18,
            max_fragments=2,
            fragment_delimiter=" … ",
            **marked,
        ),
    )
    by_id = {row.pk: row for row in shown}
    return [
        ArticleHit(row, tuple(pieces(row.marked_title)), tuple(pieces(" ".join(row.marked_body.split()))))
        for pk in ids
        if (row := by_id.get(pk))
    ]


def claim_hits(ids: Sequence[int]) -> list[ClaimHit]:
    """Claims to show, by their ids, in this order; one query."""
    shown = models.Claim.objects.filter(pk__in=ids).with_article().select_related("group").defer("record")
    by_id = {row.pk: row for row in shown.with_sentence()}
    return [ClaimHit(row, tuple(_around(row))) for pk in ids if (row := by_id.get(pk))]


def group_hits(matching: Sequence[tuple[UUID, int]]) -> list[GroupHit]:
    """Groups to show, with how many of their claims fit, in this order; one query."""
    shown = models.ClaimGroup.objects.living().filter(pk__in=[pk for pk, _ in matching]).with_counts()
    by_id = {row.pk: row for row in shown}
    return [GroupHit(by_id[pk], number) for pk, number in matching if pk in by_id]


def pieces(marked: str) -> Iterator[Piece]:
    """Marked text as pieces, each with whether it was found. Marks that an article brings along are lost."""
    for i, part in enumerate(re.split(f"[{_OPEN}{_CLOSE}]", marked)):
        if part:
            yield part, i % 2 == 1


def _typed(words: str) -> SearchQuery:
    return SearchQuery(words, search_type="websearch", config="english")


def _of_claims(query: Query) -> Q:
    """What the filters ask of a claim by itself."""
    asked = Q()
    for each in query.filters:
        if each.name == "value" and each.quantity:
            asked &= _value(each.quantity)
        elif each.name == "unit":
            asked &= Q(unit__in=_alike(each.text))
        elif each.name == "kind":
            asked &= Q(kind=each.text.casefold())
        elif each.name == "entity":
            asked &= Q(entities__contains=[_canonical(each.text)])
        elif each.name == "source":
            asked &= Q(source__icontains=each.text)
    return asked


def _value(quantity: Quantity) -> Q:
    """Claims whose value as written lies within; of a unit that converts, in every unit of its dimension."""
    if not quantity.unit:
        return _within(quantity)
    asked = Q()
    for unit in _alike(quantity.unit):
        if (other := converted(quantity, unit)) is not None:
            asked |= Q(unit=unit) & _within(other)
    return asked


def _within(quantity: Quantity) -> Q:
    asked = Q(value__isnull=False)
    if quantity.low is not None:
        asked &= Q(value__gt=quantity.low) if quantity.low_open else Q(value__gte=quantity.low)
    if quantity.high is not None:
        asked &= Q(value__lt=quantity.high) if quantity.high_open else Q(value__lte=quantity.high)
    return asked


@cache
def _alike(unit: str) -> tuple[str, ...]:
    """The units that measure what a unit measures, as claims are stored with; itself for any other."""
    measured = dimension(unit)
    if measured in (None, "share"):
        return ("percent",) if measured else tuple({unit, unit.upper(), unit.casefold()})
    units = lexicons.load("units").get(str(measured), {})
    return tuple(dict.fromkeys((unit, *units)))


def _outlet(path: str, text: str) -> Q:
    return Q(**{f"{path}slug": text.casefold()}) | Q(**{f"{path}name__icontains": text})


def _topic(text: str) -> str:
    """A topic by its slug, or by the beginning of its label or slug."""
    wanted = text.casefold()
    for slug, label in TOPICS.items():
        if wanted == slug:
            return slug
        if label.casefold().startswith(wanted) or slug.startswith(wanted):
            return slug
    return wanted


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for table in lexicons.load("parties").values():
        for name, entry in table.items():
            for form in (*entry["demonyms"], *entry["names"], name):
                found[form.casefold()] = name
    for file in ("treaties", "bodies", "people"):
        for name, entry in lexicons.load(file).items():
            for form in (*entry["names"], name):
                found[form.casefold()] = name
    return found


def _canonical(text: str) -> str:
    """A name as claims have it: "Iranian" is Iran."""
    return _names().get(text.casefold(), text)


def _published(column: str, since: date | None, until: date | None) -> Q:
    asked = Q()
    if since:
        asked &= Q(**{f"{column}__gte": since})
    if until:
        asked &= Q(**{f"{column}__lte": until})
    return asked


def _around(row: models.Claim) -> Iterator[Piece]:
    sentence: str = row.sentence_text  # type: ignore[attr-defined]
    at = row.start - row.sentence_start
    end = at + len(row.quote)
    for part, found in ((sentence[:at], False), (row.quote, True), (sentence[end:], False)):
        if part:
            yield part, found
