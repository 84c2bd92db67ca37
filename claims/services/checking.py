"""Step four: the checks run over every group and origin the article changed, and over the article itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import F, Max, QuerySet

from claims import models
from claims.engine import checks, linking, records

from . import findings
from .isolation import Run
from .rows import article_ref, article_without_text, placed, reference_value, with_article

#: What was found, by the key of the group, origin or article.
Found = tuple[tuple[str, tuple[records.Finding, ...]], ...]
#: Claims of one revision that the checks over an article see: the headline's, then the first of the body. The
#: longest real article we read has 160; a table of thousands of figures is no article.
_CLAIMS = 1000
#: Articles of one origin that its checks see, and so its findings show; and the links between them. Of a
#: story that half the press prints there are thousands, and every copy that comes has the origin checked.
_ARTICLES, _LINKS = 200, 500


def prepare(document: models.Document, run: Run) -> None:
    """Nothing: what a check sees must be read under the lock."""


def store(document: models.Document, prepared: None, run: Run) -> dict[str, Any]:
    """Checks what linking touched, and the document's article by itself."""
    article = models.Revision.objects.values_list("article", flat=True).get(pk=document.revision_id)
    check(document.touched.get("groups", []), document.touched.get("origins", []), run, [article])
    return {"touched": {}}


def check(
    groups: Iterable[UUID | str], origins: Iterable[UUID | str], run: Run, articles: Iterable[int] = ()
) -> None:
    """Checks groups, origins and articles and makes their findings agree. Runs in the caller's transaction.

    All are locked first, in the order of ids: the last to get the locks sees all that was stored before, so
    whoever links last also checks last. One that was merged meanwhile is left to its survivor's checker.
    """
    living = models.ClaimGroup.objects.living().filter(pk__in=list(groups)).order_by("pk")
    held = {str(row.pk): row for row in living.select_for_update(no_key=True)}
    alive = models.Origin.objects.living().filter(pk__in=list(origins)).order_by("pk")
    shared = {str(row.pk): row for row in alive.select_for_update(no_key=True)}
    told = models.Article.objects.filter(pk__in=list(articles)).order_by("pk")
    alone = {str(row.pk): row for row in told.select_for_update(no_key=True)}
    found = run(Found, check_all, _groups(held), _origins(shared), reference_values(), _histories(alone))
    findings.upsert(found, held | shared | alone)


def check_all(
    groups: tuple[records.Group, ...],
    origins: tuple[records.OriginGroup, ...],
    references: tuple[records.ReferenceValue, ...],
    histories: tuple[records.ArticleHistory, ...],
) -> Found:
    """All findings of some groups, held against the references that speak about them, of origins, and of
    articles by themselves. Pure."""
    of_groups = tuple((group.key, _check_group(group, references)) for group in groups)
    of_origins = tuple((origin.key, checks.check_origin(origin)) for origin in origins)
    return of_groups + of_origins + tuple((each.key, checks.check_article(each)) for each in histories)


def _check_group(
    group: records.Group, references: tuple[records.ReferenceValue, ...]
) -> tuple[records.Finding, ...]:
    speaking = tuple(
        reference
        for reference in references
        if any(linking.answers(member.claim, reference) for member in group.members)
    )
    return checks.check_group(records.Group(group.key, group.label, group.members, speaking, group.parts))


def reference_values() -> tuple[records.ReferenceValue, ...]:
    """Every stored reference, as the engine compares with it."""
    return tuple(reference_value(row) for row in models.Reference.objects.order_by("pk"))


def _groups(rows: dict[str, models.ClaimGroup]) -> tuple[records.Group, ...]:
    """The groups with their standing members and parts; one that has no member has nothing to check."""
    standing = models.Claim.objects.standing()
    own = standing.filter(group__in=rows.values())
    stated = standing.filter(part_of__group__in=rows.values(), part_of__retired_at__isnull=True)
    members, parts = _by_group(own, "group"), _by_group(stated, "part_of__group")
    return tuple(
        records.Group(key, row.label, _sorted(members[key]), parts=_sorted(parts.get(key, ())))
        for key, row in rows.items()
        if key in members
    )


def _by_group(claims: QuerySet[models.Claim], group: str) -> dict[str, list[records.PlacedClaim]]:
    """The claims under the keys of their groups; ``group`` is the path to it."""
    key = dict(claims.order_by().values_list("pk", group))
    found: dict[str, list[records.PlacedClaim]] = defaultdict(list)
    for claim in placed(models.Claim.objects.filter(pk__in=key)):
        found[str(key[int(claim.key)])].append(claim)
    return dict(found)


def _sorted(claims: Iterable[records.PlacedClaim]) -> tuple[records.PlacedClaim, ...]:
    """By (published, outlet, span), articles without a date last."""
    return tuple(
        sorted(claims, key=lambda each: (*_when_and_where(each.article), each.claim.span, int(each.key)))
    )


def _when_and_where(article: records.ArticleRef) -> tuple[bool, Any, str]:
    return article.published is None, article.published or 0, article.outlet


def _origins(rows: dict[str, models.Origin]) -> tuple[records.OriginGroup, ...]:
    """The origins that have articles, as checks see them."""
    found = (_origin(key, row) for key, row in rows.items())
    return tuple(origin for origin in found if origin is not None)


def _origin(key: str, row: models.Origin) -> records.OriginGroup | None:
    """The articles as they stand, the earliest of them if there are many, and the closest links between
    them."""
    current = models.Revision.objects.current().filter(article__origin=row)
    told = current.without_text().select_related("article__outlet")
    first = told.order_by(F("published").asc(nulls_last=True), "article__outlet__name", "article")[:_ARTICLES]
    articles = {revision.pk: article_without_text(revision) for revision in first}
    if not articles:
        return None
    stored = models.OriginLink.objects.filter(first__in=articles, second__in=articles)
    closest = stored.order_by("-containment", "first", "second")[:_LINKS]
    names = current.order_by().values_list("article__outlet__name", flat=True).distinct()
    return records.OriginGroup(
        key,
        tuple(articles.values()),
        tuple((articles[x.first_id].key, articles[x.second_id].key, origin_link(x)) for x in closest),
        outlets=tuple(sorted(names)),
    )


def _histories(rows: dict[str, models.Article]) -> tuple[records.ArticleHistory, ...]:
    """The articles as they stand and as they stood before."""
    found = []
    for key in rows:
        now, before = _now_and_before(key)
        if now is not None:
            found.append(
                records.ArticleHistory(
                    key,
                    article_ref(now),
                    _claims_of(now),
                    article_ref(before) if before else None,
                    _claims_of(before) if before else (),
                )
            )
    return tuple(found)


def _now_and_before(article: str) -> tuple[models.Revision | None, models.Revision | None]:
    """The revision that stands and the one that stood until then, by when their documents last came.

    A page that was changed and changed back stands as its first revision, and stood as its second.
    """
    came = Max("documents__received_at")
    rows = with_article(models.Revision.objects.filter(article=article)).annotate(came=came)
    newest = list(rows.order_by("-is_current", F("came").desc(nulls_last=True), "-number")[:2])
    now = newest[0] if newest and newest[0].is_current else None
    return now, newest[1] if now and len(newest) > 1 else None


def _claims_of(revision: models.Revision) -> tuple[records.PlacedClaim, ...]:
    rows = revision.claims.filter(retired_at__isnull=True)
    return placed(rows.order_by("-headline", "start", "end", "kind")[:_CLAIMS])


def origin_link(row: models.OriginLink) -> records.OriginLink:
    """A stored link between two articles as the engine knows it."""
    return records.OriginLink(
        kind=row.kind,
        containment=row.containment,
        reasons=tuple(row.reasons),
        passages=tuple(row.passages),
        wire=row.wire or None,
    )
