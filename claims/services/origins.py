"""Step three, second half: articles that share a text or an interview share an Origin.

Runs under the linking lock. Links are stored between revisions; who shares an origin follows from the links
between revisions that stand. An article that brings links and takes none away joins what they lead to,
whatever its size; only when a link goes (a page drops a copied passage, an article is withdrawn) is the
origin worked out again from all its links.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from claims import models
from claims.engine import origins as engine
from claims.engine import records

from . import passages
from .components import Components
from .findings import move_findings
from .isolation import Run
from .rows import article_ref, claim_record, text, with_article

#: Articles whose fingerprints are compared with a new one's at most, for shared passages and again for shared
#: quotations; the texts are compared only where the fingerprints leave it open that one is a copy.
CANDIDATES = 50
#: Articles whose links are looked at again at most when a passage turns out to be boilerplate.
AGAIN = 50
#: Links an article has already that are looked at again with it at most, the weakest first: they fall first.
KEPT = 200

Found = tuple[tuple[str, records.OriginLink], ...]
#: An article to be compared with: itself, its claims, its outlet's boilerplate.
Told = tuple[records.ArticleRef, tuple[records.Claim, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Compared:
    """An article, those it is linked with now, and those it was linked with until now."""

    article: int
    linked: frozenset[int]
    left: frozenset[int]


def link(revision: models.Revision, run: Run) -> tuple[set[UUID], set[int]]:
    """Compares the revision, if it stands, with its candidates, and settles who shares an origin with whom.

    Where it turns a passage of its outlet into boilerplate (or back), the articles that have the passage are
    compared again: what is known of an outlet in the end counts, not what was known when an article came.
    Returns the origins that changed or may have, and the ids of the articles whose origin changed.
    """
    stands = revision.is_current
    compared = [] if stands else [Compared(revision.article_id, frozenset(), frozenset())]
    if stands or not revision.article.revisions.filter(is_current=True).exists():
        prints = revision.fingerprints if stands else []
        own, again = passages.keep(revision.article, prints, revision.published)
        if stands:
            compared.append(_compare(revision, own, run))
        rows = with_article(models.Revision.objects.filter(is_current=True, article__in=again[:AGAIN]))
        for other in rows.order_by("pk"):
            common = passages.boilerplate([other.article_id])[other.article_id]
            compared.append(_compare(other, common, run))
    if not stands or any(each.left for each in compared) or _stood_otherwise(revision.article):
        return _settle({pk for each in compared for pk in (each.article, *each.linked, *each.left)})
    return _join(compared)


def _stood_otherwise(article: models.Article) -> bool:
    """Whether an earlier text of the article may have held its origin together."""
    lapsed = Q(first__article=article, first__is_current=False)
    lapsed |= Q(second__article=article, second__is_current=False)
    return article.origin_id is not None and models.OriginLink.objects.filter(lapsed).exists()


def _compare(revision: models.Revision, own: set[int], run: Run) -> Compared:
    """Finds the revision's links, and stores them."""
    others, common = _candidates(revision, own)
    claims = _claims([revision, *others])
    common[revision.pk] = own
    one, *told = ((article_ref(x), claims[x.pk], tuple(sorted(common[x.pk]))) for x in (revision, *others))
    found = dict(run(Found, compare, one, tuple(told)))
    return _store_links(revision, {other: found.get(str(other.article_id)) for other in others})


def compare(one: Told, others: tuple[Told, ...]) -> Found:
    """The origin links of one article with others, by the others' keys. Pure."""
    a, a_claims, a_common = one
    found = []
    for b, b_claims, b_common in others:
        common = frozenset(a_common) | frozenset(b_common)
        # The older article first, whichever is new to us: the reasons read the same in any order.
        if int(a.key) < int(b.key):
            shared = engine.compare_origins(a, b, a_claims, b_claims, common=common)
        else:
            shared = engine.compare_origins(b, a, b_claims, a_claims, common=common)
        if shared:
            found.append((b.key, shared))
    return tuple(found)


def _claims(revisions: Sequence[models.Revision]) -> dict[int, tuple[records.Claim, ...]]:
    """The claims that show an interview: quotations, and what says whom was spoken to."""
    found: dict[int, list[records.Claim]] = defaultdict(list)
    rows = models.Claim.objects.filter(
        ~Q(attribution__told=None) | Q(kind=records.Kind.QUOTATION),
        revision__in=revisions,
        retired_at__isnull=True,
    )
    for row in rows.order_by("revision", "start", "end").only("revision", "record"):
        found[row.revision_id].append(claim_record(row))
    return {revision.pk: tuple(found[revision.pk]) for revision in revisions}


def _candidates(
    revision: models.Revision, own: set[int]
) -> tuple[list[models.Revision], dict[int, set[int]]]:
    """Standing revisions of other articles to be compared with, and their outlets' boilerplate.

    Those whose fingerprints leave it open that one is a copy, those that quote the same words, and those
    linked with it so far; a bounded number of each.
    """
    current = models.Revision.objects.filter(is_current=True).exclude(article=revision.article_id)
    prints = [value for value in revision.fingerprints if value not in own]
    likely = passages.nearest(revision.article, prints, revision.published, CANDIDATES)
    sampled = current.filter(article__in=likely).values_list("article", "fingerprints")
    wanted = {pk for pk, theirs in sampled if engine.may_share(revision.fingerprints, theirs, own)}
    quoted = revision.claims.filter(
        retired_at__isnull=True, kind=records.Kind.QUOTATION, group__isnull=False
    ).values("group")
    sharing = (
        models.Claim.objects.standing()
        .filter(group__in=quoted)
        .exclude(revision__article=revision.article_id)
        .order_by("revision__article")
        .values_list("revision__article", flat=True)
        .distinct()
    )
    ends = Q(first=revision.pk, second__is_current=True) | Q(second=revision.pk, first__is_current=True)
    linked = models.OriginLink.objects.filter(ends).order_by("containment", "pk")[:KEPT]
    wanted |= set(sharing[:CANDIDATES])
    rows = with_article(current.filter(Q(article__in=wanted) | Q(pk__in=_other_ends(linked, revision.pk))))
    others = list(rows.order_by("pk"))
    common = passages.boilerplate([other.article_id for other in others])
    return others, {other.pk: common[other.article_id] for other in others}


def _other_ends(links: QuerySet[models.OriginLink], revision: int) -> set[int]:
    return {pk for pair in links.values_list("first", "second") for pk in pair} - {revision}


def _store_links(
    revision: models.Revision, found: dict[models.Revision, records.OriginLink | None]
) -> Compared:
    """Makes the stored links between the revision and those it was compared with agree with the found."""
    by_key = {other.pk: other for other in found}
    pair = Q(first=revision.pk, second__in=by_key) | Q(second=revision.pk, first__in=by_key)
    known = {(row.first_id, row.second_id): row for row in models.OriginLink.objects.filter(pair)}
    field = models.OriginLink._meta.get_field("wire")
    linked, left = set(), set()
    for pk, other in sorted(by_key.items()):
        first, second = sorted((revision.pk, pk))
        row, shared = known.get((first, second)), found[other]
        if shared is None:
            if row:
                row.delete()
                left.add(other.article_id)
            continue
        linked.add(other.article_id)
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
    return Compared(revision.article_id, frozenset(linked), frozenset(left))


def _join(compared: Iterable[Compared]) -> tuple[set[UUID], set[int]]:
    """Joins articles to what they are linked with, where no link went.

    Reads the articles compared, and those of an origin that another takes in; never a whole origin that
    grows.
    """
    touched: set[UUID] = set()
    moved: set[int] = set()
    for each in compared:
        near = models.Article.objects.filter(pk__in=[each.article, *each.linked])
        present = set(near.filter(origin__isnull=False).order_by().values_list("origin", flat=True))
        touched |= present
        if not each.linked:
            continue
        there = sorted(_lock_origins(present).values(), key=_age)
        survivor = there[0] if there else models.Origin.objects.create()
        joining = Q(pk__in=near.filter(origin__isnull=True).values("pk")) | Q(origin__in=there[1:])
        arrived = list(models.Article.objects.filter(joining).values_list("pk", flat=True))
        _merge(survivor, there[1:])
        models.Article.objects.filter(pk__in=arrived).update(origin=survivor)
        touched.add(survivor.pk)
        moved |= set(arrived)
    return touched, moved


def _age(origin: models.Origin) -> tuple[datetime, UUID]:
    return origin.created_at, origin.pk


def _settle(seeds: set[int]) -> tuple[set[UUID], set[int]]:
    """Recomputes the components around some articles from the stored links between standing revisions.

    Reads all articles and links of their origins.
    """
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
        there = sorted(claimed[number], key=_age)
        survivor = there[0] if there else models.Origin.objects.create()
        _merge(survivor, there[1:])
        touched.add(survivor.pk)
        target |= dict.fromkeys(members, survivor.pk)
    moved = {pk for pk in present if target[pk] != present[pk]}
    for to in {target[pk] for pk in moved}:
        models.Article.objects.filter(pk__in=[pk for pk in moved if target[pk] == to]).update(origin=to)
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
