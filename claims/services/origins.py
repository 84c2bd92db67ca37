"""Step three, second half: articles that share a text or an interview share an Origin.

Runs under the linking lock. Links are stored between revisions; who shares an origin follows from the links
between revisions that stand, recomputed around the article each time: when a page drops a copied passage, its
article leaves.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Q

from claims import models
from claims.engine import origins as engine
from claims.engine import records

from .components import Components
from .findings import move_findings
from .isolation import Run
from .rows import article_ref, claim_record, text, with_article

#: Articles compared with a new one at most, for shared passages and again for shared quotations.
CANDIDATES = 50
#: The share of the shorter text's fingerprints that another must hold to be worth a comparison: a third of
#: what makes a copy, for fingerprints are a sample. A stock phrase stays below it.
_SHARE = engine.COPIED / 3

Found = tuple[tuple[str, records.OriginLink], ...]
Told = tuple[records.ArticleRef, tuple[records.Claim, ...]]


def link(revision: models.Revision, run: Run) -> tuple[set[UUID], set[int]]:
    """Compares the revision, if it stands, with its candidates, and settles who shares an origin with whom.

    Returns the origins that changed or may have, and the ids of the articles whose origin changed.
    """
    linked: set[int] = set()
    if revision.is_current:
        others = _candidates(revision)
        claims = _claims([revision, *others])
        told = tuple((article_ref(other), claims[other.pk]) for other in others)
        found = dict(run(Found, compare, article_ref(revision), claims[revision.pk], told))
        _store_links(revision, {other.pk: found.get(str(other.article_id)) for other in others})
        linked = {int(key) for key in found}
    return _settle({revision.article_id} | linked)


def compare(a: records.ArticleRef, a_claims: tuple[records.Claim, ...], others: tuple[Told, ...]) -> Found:
    """The origin links of one article with others, by the others' keys. Pure."""
    found = []
    for b, b_claims in others:
        # The older article first, whichever is new to us: the reasons read the same in any order.
        if int(a.key) < int(b.key):
            shared = engine.compare_origins(a, b, a_claims, b_claims)
        else:
            shared = engine.compare_origins(b, a, b_claims, a_claims)
        if shared:
            found.append((b.key, shared))
    return tuple(found)


def _claims(revisions: Sequence[models.Revision]) -> dict[int, tuple[records.Claim, ...]]:
    found: dict[int, list[records.Claim]] = defaultdict(list)
    rows = models.Claim.objects.filter(revision__in=revisions, retired_at__isnull=True)
    for row in rows.order_by("revision", "start", "end").only("revision", "record"):
        found[row.revision_id].append(claim_record(row))
    return {revision.pk: tuple(found[revision.pk]) for revision in revisions}


def _candidates(revision: models.Revision) -> list[models.Revision]:
    """Standing revisions of other articles that share most sampled passages, or that quote the same words.

    Two bounded index look-ups: GIN on the fingerprints, and the groups of this revision's quotations.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.id
            FROM claims_revision r
            CROSS JOIN LATERAL (
                SELECT count(*) AS number FROM unnest(r.fingerprints) f WHERE f = ANY (%(prints)s::bigint[])
            ) shared
            WHERE r.fingerprints && %(prints)s::bigint[] AND r.is_current AND r.article_id <> %(article)s
              AND shared.number >= %(share)s
                  * least(cardinality(r.fingerprints), cardinality(%(prints)s::bigint[]))
            ORDER BY shared.number DESC, r.id
            LIMIT %(limit)s
            """,
            {
                "prints": revision.fingerprints,
                "article": revision.article_id,
                "share": _SHARE,
                "limit": CANDIDATES,
            },
        )
        likely = [row[0] for row in cursor.fetchall()]
    quoted = revision.claims.filter(
        retired_at__isnull=True, kind=records.Kind.QUOTATION, group__isnull=False
    ).values("group")
    sharing = (
        models.Claim.objects.standing()
        .filter(group__in=quoted)
        .exclude(revision__article=revision.article_id)
        .order_by("revision")
        .values_list("revision", flat=True)
        .distinct()
    )
    likely += list(sharing[:CANDIDATES])
    return list(with_article(models.Revision.objects.filter(pk__in=likely)).order_by("pk"))


def _store_links(revision: models.Revision, found: dict[int, records.OriginLink | None]) -> None:
    """Makes the stored links between the revision and those it was compared with agree with the found."""
    pair = Q(first=revision.pk, second__in=found) | Q(second=revision.pk, first__in=found)
    known = {(row.first_id, row.second_id): row for row in models.OriginLink.objects.filter(pair)}
    field = models.OriginLink._meta.get_field("wire")
    for pk, shared in sorted(found.items()):
        first, second = sorted((revision.pk, pk))
        row = known.get((first, second))
        if shared is None:
            if row:
                row.delete()
            continue
        columns = {
            "kind": shared.kind,
            "containment": shared.containment,
            "reasons": list(shared.reasons),
            "passages": list(shared.passages),
            "wire": text(shared.wire, field),
        }
        if row is None:
            models.OriginLink.objects.create(first_id=first, second_id=second, **columns)
        elif any(getattr(row, name) != value for name, value in columns.items()):
            models.OriginLink.objects.filter(pk=row.pk).update(**columns)


def _settle(seeds: set[int]) -> tuple[set[UUID], set[int]]:
    """Recomputes the components around some articles from the stored links between standing revisions."""
    with_origin = models.Article.objects.filter(origin__isnull=False)
    touched = set(with_origin.filter(pk__in=seeds).order_by().values_list("origin", flat=True).distinct())
    present: dict[int, UUID | None] = dict(
        models.Article.objects.filter(Q(pk__in=seeds) | Q(origin__in=touched))
        .order_by("pk")
        .values_list("pk", "origin")
    )
    components = [members for members in _components(present) if len(members) > 1]
    claimed = _claimed(present, components, _lock_origins(touched))
    target: dict[int, UUID | None] = dict.fromkeys(present)
    for number, members in enumerate(components):
        there = sorted(claimed[number], key=lambda origin: (origin.created_at, origin.pk))
        survivor = there[0] if there else models.Origin.objects.create()
        _merge(survivor, there[1:])
        touched.add(survivor.pk)
        target |= dict.fromkeys(members, survivor.pk)
    moved = {pk for pk in present if target[pk] != present[pk]}
    for pk in sorted(moved):
        models.Article.objects.filter(pk=pk).update(origin=target[pk])
    return touched, moved


def _components(articles: Iterable[int]) -> list[list[int]]:
    parts: Components[int] = Components(articles)
    standing = models.OriginLink.objects.filter(first__is_current=True, second__is_current=True)
    known = set(articles)
    links = standing.filter(first__article__in=known, second__article__in=known).order_by("pk")
    for a, b in links.values_list("first__article", "second__article"):
        parts.join(a, b)
    return parts.sets()


def _lock_origins(keys: set[UUID]) -> dict[UUID, models.Origin]:
    rows = models.Origin.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
    return {row.pk: row for row in rows}


def _claimed(
    present: dict[int, UUID | None], components: list[list[int]], rows: dict[UUID, models.Origin]
) -> dict[int, list[models.Origin]]:
    """Which present origins go to which component: one that falls apart stays with its larger half."""
    holders: dict[UUID, Counter[int]] = defaultdict(Counter)
    for number, members in enumerate(components):
        for origin in filter(None, (present[member] for member in members)):
            holders[origin][number] += 1
    claimed: dict[int, list[models.Origin]] = defaultdict(list)
    for key, counts in holders.items():
        number = min(counts, key=lambda n: (-counts[n], min(components[n])))
        claimed[number].append(rows[key])
    return claimed


def _merge(survivor: models.Origin, merged: Sequence[models.Origin]) -> None:
    if not merged:
        return
    keys = [origin.pk for origin in merged]
    move_findings(models.Finding.objects.filter(origin__in=keys), survivor)
    models.Origin.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys)).update(merged_into=survivor)
