"""Step three: claims join the group of the question they answer, articles the origin they share (origins.py).

One linker at a time. Two workers that each link an article on the same question would each see no group of it
and make one each; no row exists yet that both could lock. An advisory lock held to the end of the transaction
is that row. What runs under it is short: reading and extraction are done, and candidates come from an index.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, Window
from django.db.models.functions import RowNumber

from claims import models
from claims.engine import linking as engine
from claims.engine import records

from . import origins
from .candidates import candidate_pairs
from .components import Components
from .findings import move_findings
from .isolation import Run
from .locks import LINKING, hold
from .rows import placed, text, with_article

#: Members read for a group's label.
_LABEL_MEMBERS = 200

Pair = tuple[str, str, records.Link]
Groups = dict[UUID, models.ClaimGroup]


def prepare(document: models.Document, run: Run) -> None:
    """Nothing can be done before the lock is held: candidates may change until then."""


def store(document: models.Document, prepared: None, run: Run) -> dict[str, Any]:
    """Links the claims of the document's revision, if it stands, and its article.

    Returns what the check step must look at: the groups and origins that changed or may have.
    """
    hold(LINKING)
    revision = with_article(models.Revision.objects).get(pk=document.revision_id)
    groups = {UUID(key) for key in document.touched.get("groups", [])}
    if revision.is_current:
        groups |= _link_claims(revision, run)
    # Every revision of the article: the claims of one that no longer stands left their groups too.
    groups |= _groups_of(models.Claim.objects.filter(revision__article=revision.article_id))
    touched, moved = origins.link(revision, run)
    # What a group's checks say depends on who shares an origin with whom.
    groups |= _groups_of(models.Claim.objects.standing().filter(revision__article__in=moved))
    return {"touched": {"groups": sorted(map(str, groups)), "origins": sorted(map(str, touched))}}


def compare_pairs(
    claims: tuple[records.PlacedClaim, ...], pairs: tuple[tuple[str, str], ...]
) -> tuple[Pair, ...]:
    """The links among the pairs (of keys). Pure."""
    by_key = {claim.key: claim for claim in claims}
    found = ((a, b, engine.compare(by_key[a], by_key[b])) for a, b in pairs)
    return tuple((a, b, link) for a, b, link in found if link)


def labels(members: tuple[tuple[str, tuple[records.PlacedClaim, ...]], ...]) -> tuple[tuple[str, str], ...]:
    """The label of each group, by key. Pure."""
    return tuple((key, engine.label(claims)) for key, claims in members)


def _link_claims(revision: models.Revision, run: Run) -> set[UUID]:
    """Gives each standing claim of the revision its group; returns the groups that changed or may have."""
    mine = {row.pk: row for row in with_article(revision.claims.filter(retired_at__isnull=True))}
    pairs = candidate_pairs(revision, list(mine))
    others = {pk for pair in pairs for pk in pair} - mine.keys()
    rows = mine | {row.pk: row for row in with_article(models.Claim.objects.filter(pk__in=others))}
    keys = tuple((str(a), str(b)) for a, b in pairs)
    links = run(tuple[Pair, ...], compare_pairs, placed(rows.values()), keys)

    # A claim is a node until it has a group; then the group is.
    def node(pk: int) -> tuple[str, Any]:
        group = rows[pk].group_id
        return ("group", group) if group else ("claim", pk)

    parts: Components[tuple[str, Any]] = Components(node(pk) for pk in mine)
    for a, b, _ in links:
        parts.join(node(int(a)), node(int(b)))
    components = parts.sets()
    groups = _lock_groups(key for part in components for kind, key in part if kind == "group")
    touched: set[UUID] = set()
    fresh: list[models.ClaimGroup] = []
    joining: list[models.Claim] = []
    for part in components:
        claims = [mine[key] for kind, key in part if kind == "claim"]
        there = [groups[key] for kind, key in part if kind == "group"]
        there.sort(key=lambda group: (group.created_at, group.pk))
        if there:
            survivor = there[0]
            _merge_groups(survivor, there[1:])
        else:
            survivor = models.ClaimGroup(label="", kind=claims[0].kind)
            fresh.append(survivor)
        for claim in claims:
            claim.group = survivor
            joining.append(claim)
        touched |= {group.pk for group in there} | {survivor.pk}
    models.ClaimGroup.objects.bulk_create(fresh)
    models.Claim.objects.bulk_update(joining, ["group"], batch_size=500)
    _keep_best_links(rows, links)
    _describe_groups(touched, run)
    return touched


def _lock_groups(keys: Iterable[UUID]) -> Groups:
    """Locks groups in the order of their ids, as the check step does: the two never wait in a ring."""
    rows = models.ClaimGroup.objects.filter(pk__in=set(keys)).order_by("pk").select_for_update(no_key=True)
    return {row.pk: row for row in rows}


def _merge_groups(survivor: models.ClaimGroup, merged: Sequence[models.ClaimGroup]) -> None:
    """Moves all claims and findings to the survivor.

    Reviews of a merged group stay with it, reachable by ``merged_from``: a review is never altered.
    """
    if not merged:
        return
    keys = [group.pk for group in merged]
    models.Claim.objects.filter(group__in=keys).update(group=survivor)
    move_findings(models.Finding.objects.filter(group__in=keys), survivor)
    models.ClaimGroup.objects.filter(Q(pk__in=keys) | Q(merged_into__in=keys)).update(merged_into=survivor)


def _keep_best_links(rows: dict[int, models.Claim], links: Iterable[Pair]) -> None:
    """Stores with each claim its strongest link so far, so that the order of arrival does not show."""
    changed: dict[int, models.Claim] = {}
    for a, b, link in links:
        for row in (rows[int(a)], rows[int(b)]):
            stored = (-(row.link_score or 0.0), tuple(row.link_reasons))
            if row.link_score is None or (-link.score, link.reasons) < stored:
                row.link_score, row.link_reasons = link.score, list(link.reasons)
                changed[row.pk] = row
    in_order = [changed[pk] for pk in sorted(changed)]
    models.Claim.objects.bulk_update(in_order, ["link_score", "link_reasons"], batch_size=500)


def _describe_groups(keys: set[UUID], run: Run) -> None:
    """Refreshes label, kind and unit from the standing members; a group without any keeps what it had."""
    members: dict[UUID, list[models.Claim]] = defaultdict(list)
    nth = Window(RowNumber(), partition_by="group", order_by="pk")
    standing = models.Claim.objects.standing().filter(group__in=keys)
    for row in with_article(standing.annotate(nth=nth).filter(nth__lte=_LABEL_MEMBERS)).order_by("pk"):
        members[row.group_id].append(row)
    told = tuple((str(key), placed(rows)) for key, rows in members.items())
    named = dict(run(tuple[tuple[str, str], ...], labels, told))
    field = models.ClaimGroup._meta.get_field("label")
    changed = []
    for group in models.ClaimGroup.objects.filter(pk__in=members).order_by("pk"):
        rows = members[group.pk]
        label = text(named[str(group.pk)], field)
        kind, unit = _commonest(row.kind for row in rows), _commonest(row.unit for row in rows)
        if (group.label, group.kind, group.unit) != (label, kind, unit):
            group.label, group.kind, group.unit = label, kind, unit
            changed.append(group)
    models.ClaimGroup.objects.bulk_update(changed, ["label", "kind", "unit"], batch_size=500)


def _commonest(words: Iterable[str]) -> str:
    counts = Counter(words)
    return min(counts, key=lambda word: (-counts[word], word))


def _groups_of(claims: models.claim.ClaimQuerySet) -> set[UUID]:
    found = claims.filter(group__isnull=False).order_by().values_list("group", flat=True).distinct()
    return set(found)
