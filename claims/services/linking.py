"""Step three: claims join the group of the question they answer, articles the origin they share (origins.py).

One linker at a time. Two workers that each link an article on the same question would each see no group of it
and make one each; no row exists yet that both could lock. An advisory lock held to the end of the transaction
is that row. What runs under it is short: reading and extraction are done, and candidates come from an index.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from claims import models
from claims.engine import grouping as order
from claims.engine import linking as engine
from claims.engine import records

from . import candidates, counting, grouping, links, origins, pins, reopening
from .isolation import Run
from .locks import LINKING, hold
from .rows import comparable, with_article

#: A link by the keys of its ends, and whether both values can be true.
Pair = tuple[str, str, records.Link, bool]


def prepare(document: models.Document, run: Run) -> None:
    """Nothing can be done before the lock is held: candidates may change until then."""


def store(document: models.Document, prepared: None, run: Run) -> dict[str, Any]:
    """Links the claims of the document's revision, if it stands, and its article.

    Returns what the check step must look at: the groups and origins that changed or may have.
    """
    hold(LINKING)
    revision = with_article(models.Revision.objects).get(pk=document.revision_id)
    groups = {UUID(key) for key in document.touched.get("groups", [])}
    groups |= link_article(revision, run)
    touched, moved = origins.link(revision, run)
    # What a group's checks say depends on who shares an origin with whom.
    groups |= _groups_of(models.Claim.objects.standing().filter(revision__article__in=moved))
    counting.refresh(groups)
    return {"touched": {"groups": sorted(map(str, groups)), "origins": sorted(map(str, touched))}}


def link_article(revision: models.Revision, run: Run) -> set[UUID]:
    """Stores the links of the revision's claims, if it stands, drops those of the article's claims that stand
    no more, and groups again what is around them. Returns the groups that changed or may have."""
    candidates.file(revision, run)
    article = models.Claim.objects.filter(revision__article=revision.article_id)
    rows = article.order_by().values_list("pk", "group", "revision__is_current", "retired_at")
    # Also those of claims that stand no more: what was found about them may be resolved now.
    groups: set[UUID] = set()
    standing: set[int] = set()
    gone: set[int] = set()
    for pk, group, is_current, retired_at in rows:
        (standing if is_current and retired_at is None else gone).add(pk)
        if group:
            groups.add(group)
    seeds = links.drop(gone)
    if revision.is_current:
        if gone:
            pins.carry_over(standing, gone)
        reopening.after_revision(revision)
        seeds |= standing | _store_links(revision, standing, run)
    return grouping.settle(seeds, run) | groups


def compare_pairs(
    claims: tuple[records.PlacedClaim, ...], pairs: tuple[tuple[str, str], ...]
) -> tuple[Pair, ...]:
    """The links among the pairs (of keys). Pure."""
    by_key = {claim.key: claim for claim in claims}
    found = ((a, b, engine.compare(by_key[a], by_key[b])) for a, b in pairs)
    return tuple((a, b, link, _agree(by_key[a].claim, by_key[b].claim)) for a, b, link in found if link)


def _agree(a: records.Claim, b: records.Claim) -> bool:
    """Whether both can be true, as far as their values say; also where they cannot be held together."""
    if not (a.quantity and b.quantity and a.quantity.unit == b.quantity.unit):
        return True
    return a.quantity.meets(b.quantity)


def _store_links(revision: models.Revision, mine: set[int], run: Run) -> set[int]:
    """Compares the revision's claims with their candidates, and again with what they are linked with; returns
    the claims whose links changed."""
    stored = links.partners(mine)
    pairs = sorted({*candidates.candidate_pairs(revision, sorted(mine)), *stored})
    standing = models.Claim.objects.standing().filter(pk__in={pk for pair in pairs for pk in pair})
    claims = {claim.key: claim for claim in comparable(standing.order_by("pk"))}
    keys = tuple((str(a), str(b)) for a, b in pairs if str(a) in claims and str(b) in claims)
    found = run(tuple[Pair, ...], compare_pairs, tuple(claims.values()), keys)
    names = links.names({int(key) for a, b, *_ in found for key in (a, b)})
    return links.replace(
        mine,
        stored,
        {
            (int(a), int(b)): links.Found(
                link.score, link.reasons, agree, order.spread(names[int(a)], names[int(b)])
            )
            for a, b, link, agree in found
        },
    )


def _groups_of(claims: models.claim.ClaimQuerySet) -> set[UUID]:
    found = claims.filter(group__isnull=False).order_by().values_list("group", flat=True).distinct()
    return set(found)
