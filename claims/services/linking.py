"""Step three: claims join the group of the question they answer, articles the origin they share.

One linker at a time. Two workers that each link an article on the same question would each see no group of it
and make one each; no row exists yet that both could lock. An advisory lock held to the end of the transaction
is that row. What runs under it is short: reading and extraction are done, and candidates come from an index.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from claims import models
from claims.engine import linking as engine
from claims.engine import origins, records

from .components import Components
from .findings import move_findings
from .isolation import Run
from .locks import LINKING, hold
from .rows import article_ref, placed, text

#: Claims and articles compared with a new one at most; the index gives the likeliest first.
CANDIDATES = 200
ORIGIN_CANDIDATES = 50
#: Members read for a group's label.
_LABEL_MEMBERS = 200

Pair = tuple[str, str, records.Link]


def prepare(document: models.Document, run: Run) -> None:
    """Nothing can be done before the lock is held: candidates may change until then."""


def store(document: models.Document, prepared: None, run: Run) -> dict[str, Any]:
    hold(LINKING)
    revision = models.Revision.objects.select_related("article__outlet").get(pk=document.revision_id)
    groups = {UUID(key) for key in document.touched.get("groups", [])}
    # Every revision of the article: the claims of one that no longer stands left their groups too.
    of_article = models.Claim.objects.filter(revision__article=revision.article_id, group__isnull=False)
    if revision.is_current:
        groups |= _link_claims(revision, run)
    groups |= set(of_article.order_by().values_list("group", flat=True).distinct())
    origins_, moved = _link_origins(revision.article, run)
    groups |= _groups_of(moved)
    return {"touched": {"groups": sorted(map(str, groups)), "origins": sorted(map(str, origins_))}}


# -- claims ----------------------------------------------------------------------------------------------


def compare_pairs(
    claims: tuple[records.PlacedClaim, ...], pairs: tuple[tuple[str, str], ...]
) -> tuple[Pair, ...]:
    """The links among the pairs (of keys). Pure."""
    by_key = {claim.key: claim for claim in claims}
    found = ((a, b, engine.compare(by_key[a], by_key[b])) for a, b in pairs)
    return tuple((a, b, link) for a, b, link in found if link)


def _link_claims(revision: models.Revision, run: Run) -> set[UUID]:
    """Gives each standing claim of the revision its group; returns the groups that changed or may have."""
    mine = {row.pk: row for row in _with_text(revision.claims.filter(retired_at__isnull=True))}
    pairs = _candidate_pairs(revision, list(mine))
    others = {pk for pair in pairs for pk in pair} - mine.keys()
    rows = mine | {row.pk: row for row in _with_text(models.Claim.objects.filter(pk__in=others))}
    links = run(
        tuple[Pair, ...],
        compare_pairs,
        placed(rows.values()),
        tuple((str(a), str(b)) for a, b in pairs),
    )

    parts: Components[tuple[str, Any]] = Components(("claim", pk) for pk in mine)
    for row in mine.values():
        if row.group_id:
            parts.join(("claim", row.pk), ("group", row.group_id))
    for a, b, _ in links:
        parts.join(
            *(("claim", pk) if pk in mine else ("group", rows[pk].group_id) for pk in (int(a), int(b)))
        )

    groups = _lock_groups(key for component in parts.sets() for kind, key in component if kind == "group")
    touched: set[UUID] = set()
    fresh: dict[UUID, list[int]] = {}
    for component in parts.sets():
        claims = [key for kind, key in component if kind == "claim"]
        there = sorted(
            (groups[key] for kind, key in component if kind == "group"),
            key=lambda group: (group.created_at, group.pk),
        )
        if there:
            group, merged = there[0], there[1:]
            if merged:
                _merge_groups(group, merged)
                touched |= {other.pk for other in merged}
        else:
            group = models.ClaimGroup(label="", kind=mine[claims[0]].kind)
            fresh[group.pk] = claims
            group.save(force_insert=True)
        touched.add(group.pk)
        joining = [pk for pk in claims if mine[pk].group_id != group.pk]
        models.Claim.objects.filter(pk__in=joining).update(group=group)
    _keep_best_links(rows, links)
    for pk in touched:
        _describe_group(pk, run)
    return touched


def _with_text(claims: Any) -> Any:
    """Claims with all that a placed claim needs."""
    return claims.select_related("revision__article__outlet").defer("revision__fingerprints")


def _candidate_pairs(revision: models.Revision, mine: list[int]) -> list[tuple[int, int]]:
    """Pairs of a claim of the revision and a standing one that share a link key, each pair once.

    A GIN index on ``link_keys`` finds them; those that share most keys and were published nearest come first,
    so the cost of an article does not grow with the store.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT mine.id, other.id
            FROM claims_claim mine
            CROSS JOIN LATERAL (
                SELECT c.id
                FROM claims_claim c
                JOIN claims_revision r ON r.id = c.revision_id
                WHERE c.link_keys && mine.link_keys AND c.id <> mine.id AND c.retired_at IS NULL
                  AND r.is_current AND (c.group_id IS NOT NULL OR r.id = %(revision)s)
                ORDER BY (SELECT count(*) FROM unnest(c.link_keys) k WHERE k = ANY (mine.link_keys)) DESC,
                         abs(r.published - %(published)s::date) NULLS LAST, c.id
                LIMIT %(limit)s
            ) other
            WHERE mine.id = ANY (%(mine)s)
            """,
            {
                "revision": revision.pk,
                "published": revision.published,
                "mine": mine,
                "limit": CANDIDATES,
            },
        )
        return sorted({(min(pair), max(pair)) for pair in cursor.fetchall()})


def _lock_groups(keys: Iterable[Any]) -> dict[UUID, models.ClaimGroup]:
    """Locks groups in the order of their ids, as the check step does: the two never wait in a ring."""
    rows = models.ClaimGroup.objects.filter(pk__in=set(keys)).order_by("pk").select_for_update(no_key=True)
    return {row.pk: row for row in rows}


def _merge_groups(survivor: models.ClaimGroup, merged: Sequence[models.ClaimGroup]) -> None:
    """Moves all claims and findings to the survivor.

    Reviews of a merged group stay with it, reachable by ``merged_from``: a review is never altered.
    """
    keys = [group.pk for group in merged]
    models.Claim.objects.filter(group__in=keys).update(group=survivor)
    for key in keys:
        move_findings(models.Finding.objects.filter(group=key), survivor)
    models.ClaimGroup.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys)).update(merged_into=survivor)


def _keep_best_links(rows: dict[int, models.Claim], links: Iterable[Pair]) -> None:
    """Stores with each claim its strongest link so far, so that the order of arrival does not show."""
    best: dict[int, records.Link] = {}
    for a, b, link in links:
        for pk in (int(a), int(b)):
            if pk not in best or (-link.score, link.reasons) < (-best[pk].score, best[pk].reasons):
                best[pk] = link
    for pk, link in sorted(best.items()):
        row = rows[pk]
        stored = (-(row.link_score or 0.0), tuple(row.link_reasons))
        if row.link_score is None or (-link.score, link.reasons) < stored:
            models.Claim.objects.filter(pk=pk).update(link_score=link.score, link_reasons=list(link.reasons))


def _describe_group(pk: UUID, run: Run) -> None:
    """Refreshes label, kind and unit from the standing members; a group without any keeps what it had."""
    members = list(
        _with_text(models.Claim.objects.standing().filter(group=pk)).order_by("pk")[:_LABEL_MEMBERS]
    )
    if not members:
        return
    field = models.ClaimGroup._meta.get_field
    described = {
        "label": text(run(str, engine.label, placed(members)), field("label")),
        "kind": _commonest(row.kind for row in members),
        "unit": _commonest(row.unit for row in members),
    }
    same = models.ClaimGroup.objects.filter(pk=pk, **described).exists()
    if not same:
        models.ClaimGroup.objects.filter(pk=pk).update(**described)


def _commonest(words: Iterable[str]) -> str:
    counts = Counter(words)
    return min(counts, key=lambda word: (-counts[word], word))


def _groups_of(articles: Iterable[int]) -> set[UUID]:
    claims = models.Claim.objects.standing().filter(revision__article__in=list(articles), group__isnull=False)
    return set(claims.order_by().values_list("group", flat=True).distinct())


# -- origins ---------------------------------------------------------------------------------------------


def compare_articles(
    a: records.ArticleRef,
    a_claims: tuple[records.Claim, ...],
    others: tuple[tuple[records.ArticleRef, tuple[records.Claim, ...]], ...],
) -> tuple[tuple[str, records.OriginLink], ...]:
    """The origin links of one article with others, by the others' keys. Pure."""
    found = []
    for b, b_claims in others:
        # The older article first, whichever is new to us: the reasons read the same in any order of arrival.
        if int(a.key) < int(b.key):
            link = origins.compare_origins(a, b, a_claims, b_claims)
        else:
            link = origins.compare_origins(b, a, b_claims, a_claims)
        if link:
            found.append((b.key, link))
    return tuple(found)


def _link_origins(article: models.Article, run: Run) -> tuple[set[UUID], set[int]]:
    """Compares the article's present text with its candidates and settles who shares an origin with whom.

    Returns the origins that changed or may have, and the articles whose origin changed.
    """
    before = {article.origin_id} - {None}
    linked: set[int] = set()
    revision = (
        models.Revision.objects.current().filter(article=article).select_related("article__outlet").first()
    )
    if revision:
        others = _origin_candidates(revision)
        found = dict(
            run(
                tuple[tuple[str, records.OriginLink], ...],
                compare_articles,
                article_ref(revision),
                _claims(revision),
                tuple((article_ref(other), _claims(other)) for other in others),
            )
        )
        for other in others:
            _store_origin_link(revision, other, found.get(str(other.article_id)))
            if str(other.article_id) in found:
                linked.add(other.article_id)
    return _settle_origins({article.pk} | linked, before)


def _claims(revision: models.Revision) -> tuple[records.Claim, ...]:
    rows = revision.claims.filter(retired_at__isnull=True).select_related("revision__article__outlet")
    return tuple(each.claim for each in placed(rows.order_by("start", "end")))


def _origin_candidates(revision: models.Revision) -> list[models.Revision]:
    """Current revisions of other articles that share most sampled passages, then those that quote the same
    words.

    Two bounded index look-ups: GIN on the fingerprints, and the groups of this revision's quotations.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT r.id FROM claims_revision r
            WHERE r.fingerprints && %(prints)s::bigint[] AND r.is_current AND r.article_id <> %(article)s
            ORDER BY (
                SELECT count(*) FROM unnest(r.fingerprints) f WHERE f = ANY (%(prints)s::bigint[])
            ) DESC, r.id
            LIMIT %(limit)s
            """,
            {"prints": revision.fingerprints, "article": revision.article_id, "limit": ORIGIN_CANDIDATES},
        )
        likely = [row[0] for row in cursor.fetchall()]
    quoted = models.Claim.objects.filter(
        revision=revision, retired_at__isnull=True, kind=records.Kind.QUOTATION, group__isnull=False
    ).values("group")
    sharing = (
        models.Claim.objects.standing()
        .filter(group__in=quoted)
        .exclude(revision__article=revision.article_id)
        .order_by("revision")
        .values_list("revision", flat=True)
        .distinct()
    )
    likely += list(sharing[:ORIGIN_CANDIDATES])
    return list(
        models.Revision.objects.filter(pk__in=likely).select_related("article__outlet").order_by("pk")
    )


def _store_origin_link(
    revision: models.Revision, other: models.Revision, link: records.OriginLink | None
) -> None:
    first, second = sorted((revision.pk, other.pk))
    row = models.OriginLink.objects.filter(first=first, second=second).first()
    if link is None:
        if row:
            row.delete()
        return
    columns = {
        "kind": link.kind,
        "containment": link.containment,
        "reasons": list(link.reasons),
        "passages": list(link.passages),
        "wire": text(link.wire, models.OriginLink._meta.get_field("wire")),
    }
    if row is None:
        models.OriginLink.objects.create(first_id=first, second_id=second, **columns)
    elif any(getattr(row, name) != value for name, value in columns.items()):
        models.OriginLink.objects.filter(pk=row.pk).update(**columns)


def _settle_origins(seeds: set[int], before: set[UUID]) -> tuple[set[UUID], set[int]]:
    """Recomputes the components around some articles from the stored links between current revisions.

    From scratch, not by joining only: when a new revision drops a copied passage, its article leaves.
    """
    origins_ = set(before)
    origins_ |= set(_origins_of(seeds))
    articles = seeds | set(
        models.Article.objects.filter(origin__in=origins_).order_by().values_list("pk", flat=True)
    )
    parts: Components[int] = Components(sorted(articles))
    for a, b in (
        models.OriginLink.objects.filter(first__is_current=True, second__is_current=True)
        .filter(first__article__in=articles, second__article__in=articles)
        .values_list("first__article", "second__article")
    ):
        parts.join(a, b)

    rows = {
        row.pk: row
        for row in models.Origin.objects.filter(pk__in=origins_).order_by("pk").select_for_update()
    }
    present = dict(models.Article.objects.filter(pk__in=articles).values_list("pk", "origin"))
    holders: dict[UUID, Counter[int]] = defaultdict(Counter)
    components = [members for members in parts.sets() if len(members) > 1]
    for number, members in enumerate(components):
        for member in members:
            if present[member]:
                holders[present[member]][number] += 1
    # An origin that falls apart stays with its larger half; two that meet become the older one.
    claimed: dict[int, list[models.Origin]] = defaultdict(list)
    for key, counts in holders.items():
        number = min(counts, key=lambda n: (-counts[n], min(components[n])))
        claimed[number].append(rows[key])

    target: dict[int, UUID | None] = dict.fromkeys(articles)
    for number, members in enumerate(components):
        there = sorted(claimed[number], key=lambda origin: (origin.created_at, origin.pk))
        survivor = there[0] if there else models.Origin.objects.create()
        origins_.add(survivor.pk)
        if there[1:]:
            _merge_origins(survivor, there[1:])
        target |= dict.fromkeys(members, survivor.pk)
    moved = {pk for pk in articles if target[pk] != present[pk]}
    for pk in sorted(moved):
        models.Article.objects.filter(pk=pk).update(origin=target[pk])
    return origins_, moved


def _origins_of(articles: set[int]) -> Iterable[UUID]:
    rows = models.Article.objects.filter(pk__in=articles, origin__isnull=False)
    return rows.order_by().values_list("origin", flat=True).distinct()


def _merge_origins(survivor: models.Origin, merged: Sequence[models.Origin]) -> None:
    keys = [origin.pk for origin in merged]
    for key in keys:
        move_findings(models.Finding.objects.filter(origin=key), survivor)
    models.Origin.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys)).update(merged_into=survivor)
