"""Which claim is in which group: worked out anew around what changed, from the stored links and the pins.

A neighbourhood is all that links and pins connect with the claims that changed. It is grouped by itself
(engine/grouping.py), so the groups do not depend on the order of arrival, and a group falls apart when the
claim that held it together goes. Ids survive: a group that falls apart stays with its larger part, one that
two become is the older's.

A neighbourhood of more than NEIGHBOURHOOD claims is too much for every new article. There the groups stay as
they are, and what changed joins the one it fits best: only there can the order of arrival show.

Whoever calls this holds the linking lock.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import connection
from django.db.models import Q, Window
from django.db.models.functions import RowNumber

from claims import models
from claims.engine import grouping as engine
from claims.engine import linking, records

from . import counting
from .components import Components
from .findings import move_findings
from .isolation import Run
from .links import KEPT, NAMED_BY, name_of
from .rows import comparable, text

#: Claims grouped together at most: with all their links (12,000) 0.2 to 0.4 s of processor time to partition.
NEIGHBOURHOOD = 400
#: Members of a group that stand for it where the neighbourhood is larger, and members read for its label.
_SAMPLE = 100
_LABEL_MEMBERS = 200

Groups = dict[UUID, models.ClaimGroup]


@dataclass(frozen=True, slots=True)
class Node:
    """A standing claim as grouping sees it; ``name`` is the same in whatever order articles came in."""

    key: str
    name: str
    group: str | None = None
    pin: str | None = None
    full: bool = False


@dataclass(frozen=True, slots=True)
class Tie:
    """A stored link, by the keys of its ends."""

    first: str
    second: str
    score: float
    agree: bool


def partition(
    nodes: tuple[Node, ...], ties: tuple[Tie, ...], told: tuple[records.PlacedClaim, ...]
) -> tuple[tuple[str, ...], ...]:
    """The groups of some claims, by their keys; ``told`` are those that may have to be held against each
    other. Pure."""
    name = {node.key: node.name for node in nodes}
    key = {node.name: node.key for node in nodes}
    claims = {claim.key: claim for claim in told}

    def apart(a: str, b: str) -> bool:
        return linking.contradict(claims[key[a]], claims[key[b]])

    parts = engine.partition(
        name.values(),
        {(name[tie.first], name[tie.second]): tie.score for tie in ties},
        apart,
        {node.name: node.pin for node in nodes if node.pin},
        {node.name for node in nodes if node.full},
    )
    return tuple(tuple(key[each] for each in part) for part in parts)


def settle(seeds: Iterable[int], run: Run, homes: Mapping[int, UUID] | None = None) -> set[UUID]:
    """Groups what links and pins connect with some claims; returns the groups that changed or may have.

    ``homes`` says, for claims that an undone decision sends back, the groups they were in; these count as
    theirs. Every group returned is new, or locked to the end of the transaction.
    """
    homes = homes or {}
    seeds = set(seeds)
    nodes = _neighbourhood(seeds, set(homes.values()))
    if crowded := len(nodes) > NEIGHBOURHOOD + len(seeds):
        nodes = _sample(seeds, nodes)
    ties = _ties(nodes)
    nodes = _with_fullness(nodes, ties)
    frozen = {
        pk: replace(node, pin=node.pin or node.group) if crowded and pk not in seeds else node
        for pk, node in nodes.items()
    }
    told = _to_hold_against_each_other(frozen, ties)
    parts = run(tuple[tuple[str, ...], ...], partition, tuple(frozen.values()), tuple(ties), told)
    return _assign([[int(key) for key in part] for part in parts], frozen, homes, seeds, run)


# -- the neighbourhood -------------------------------------------------------------------------------------


def _neighbourhood(seeds: set[int], homes: set[UUID]) -> dict[int, Node]:
    """The standing claims that links, pins and present groups connect with some, at most a few too many."""
    nodes = _read(seeds)
    frontier = set(nodes)
    entered: set[UUID] = set()
    while frontier or homes:
        groups = homes | {UUID(key) for pk in frontier for key in (nodes[pk].group, nodes[pk].pin) if key}
        found = _beside(frontier, groups - entered) - nodes.keys()
        entered |= groups
        homes = set()
        room = NEIGHBOURHOOD + len(seeds) + 1 - len(nodes)
        fresh = _read(sorted(found)[: max(room, 0)])
        nodes |= fresh
        frontier = set(fresh)
    return nodes


def _beside(claims: set[int], groups: set[UUID]) -> set[int]:
    """Claims that are linked with one of the claims, or in or pinned to one of the groups."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT second_id FROM claims_claimlink WHERE first_id = ANY(%(claims)s)
            UNION SELECT first_id FROM claims_claimlink WHERE second_id = ANY(%(claims)s)
            UNION SELECT id FROM claims_claim WHERE group_id = ANY(%(groups)s) AND retired_at IS NULL
            UNION SELECT id FROM claims_claim WHERE pinned_group_id = ANY(%(groups)s) AND retired_at IS NULL
            """,
            {"claims": sorted(claims), "groups": sorted(groups)},
        )
        return {pk for (pk,) in cursor.fetchall()}


def _read(claims: Iterable[int]) -> dict[int, Node]:
    """The nodes of those of the claims that stand."""
    if not (claims := list(claims)):
        return {}
    rows = models.Claim.objects.standing().filter(pk__in=claims).order_by("pk")
    wanted = rows.select_related("revision__article__outlet").only("group", "pinned_group", *NAMED_BY)
    return {
        row.pk: Node(
            key=str(row.pk),
            name=name_of(row),
            group=str(row.group_id) if row.group_id else None,
            pin=str(row.pinned_group_id) if row.pinned_group_id else None,
        )
        for row in wanted
    }


def _sample(seeds: set[int], nodes: dict[int, Node]) -> dict[int, Node]:
    """Where the neighbourhood is too large: the seeds, what they are linked with, and some of its groups."""
    near = _read(seeds | _beside(seeds, set()))
    groups = {UUID(node.group) for node in near.values() if node.group}
    nth = Window(RowNumber(), partition_by="group", order_by="pk")
    members = models.Claim.objects.standing().filter(group__in=groups).annotate(nth=nth)
    return near | _read(members.filter(nth__lte=_SAMPLE).values_list("pk", flat=True))


def _ties(nodes: Mapping[int, Node]) -> list[Tie]:
    inside = models.ClaimLink.objects.filter(first__in=nodes, second__in=nodes).order_by("first", "second")
    return [
        Tie(str(a), str(b), score, agree)
        for a, b, score, agree in inside.values_list("first", "second", "score", "agree")
    ]


def _with_fullness(nodes: dict[int, Node], ties: Sequence[Tie]) -> dict[int, Node]:
    number: Counter[tuple[str, bool]] = Counter()
    for tie in ties:
        number.update([(tie.first, tie.agree), (tie.second, tie.agree)])
    full = {key for (key, _), n in number.items() if n >= KEPT}
    return {pk: replace(node, full=True) if node.key in full else node for pk, node in nodes.items()}


def _to_hold_against_each_other(
    nodes: Mapping[int, Node], ties: Sequence[Tie]
) -> tuple[records.PlacedClaim, ...]:
    """The claims of every component that is not linked throughout; in the others nothing can contradict."""
    parts: Components[str] = Components(node.key for node in nodes.values())
    pinned: dict[str, str] = {}
    for node in nodes.values():
        if node.pin:
            parts.join(pinned.setdefault(node.pin, node.key), node.key)
    for tie in ties:
        parts.join(tie.first, tie.second)
    sets = parts.sets()
    component = {key: i for i, part in enumerate(sets) for key in part}
    number = Counter(component[tie.first] for tie in ties)
    loose = [part for i, part in enumerate(sets) if number[i] < len(part) * (len(part) - 1) // 2]
    keys = [int(key) for part in loose for key in part]
    return comparable(models.Claim.objects.filter(pk__in=keys).order_by("pk")) if keys else ()


# -- groups and their ids ----------------------------------------------------------------------------------


def _assign(
    parts: list[list[int]], nodes: dict[int, Node], homes: Mapping[int, UUID], seeds: set[int], run: Run
) -> set[UUID]:
    """Gives each part its group, and each claim the group of its part."""
    was = {pk: UUID(node.group) for pk, node in nodes.items() if node.group}
    start = was | {pk: group for pk, group in homes.items() if pk in nodes}
    pins = {pk: UUID(node.pin) for pk, node in nodes.items() if node.pin}
    named = {*was.values(), *start.values(), *pins.values()}
    rows: Groups = models.ClaimGroup.objects.in_bulk(named)
    claimed = _claimed(parts, start, was, pins, rows)
    kept = _kept_by_others({key for part in claimed for key in part}, nodes)
    target: dict[int, UUID] = {}
    merged: dict[UUID, list[UUID]] = {}
    fresh: list[models.ClaimGroup] = []
    for part, groups in zip(parts, claimed, strict=True):
        if groups:
            survivor = groups[0]
            if others := [key for key in groups[1:] if key not in kept]:
                merged[survivor] = others
        else:
            fresh.append(models.ClaimGroup(label="", kind=""))
            survivor = fresh[-1].pk
        target |= dict.fromkeys(part, survivor)
    moved = {pk: group for pk, group in target.items() if was.get(pk) != group}
    touched = {group for pk, group in moved.items()} | {was[pk] for pk in moved if pk in was}
    touched |= {key for survivor, keys in merged.items() for key in (survivor, *keys)}
    touched |= {target[pk] for pk in seeds & target.keys()}
    touched |= {group for pk, group in was.items() if pk in seeds}
    held = _lock(touched)
    models.ClaimGroup.objects.bulk_create(fresh)
    held |= {group.pk: group for group in fresh}
    _move(moved, merged, was, held)
    _keep_best_links([pk for pk, group in target.items() if group in touched])
    _describe(held, run)
    counting.refresh(touched)
    return touched


def _claimed(
    parts: list[list[int]],
    start: Mapping[int, UUID],
    was: Mapping[int, UUID],
    pins: Mapping[int, UUID],
    rows: Groups,
) -> list[list[UUID]]:
    """The present groups that each part takes over, the survivor first.

    A pinned group goes where its pins are, any other with most of its claims; of several groups of one part
    the pinned one survives, else the oldest.
    """
    number = {pk: i for i, part in enumerate(parts) for pk in part}
    taker = {group: number[pk] for pk, group in pins.items()}
    for homes in (start, was):
        holders: dict[UUID, Counter[int]] = defaultdict(Counter)
        for pk, group in homes.items():
            holders[group][number[pk]] += 1
        for group, counts in holders.items():
            taker.setdefault(group, min(counts, key=lambda i: (-counts[i], i)))
    taken: list[list[UUID]] = [[] for _ in parts]
    for group, i in taker.items():
        taken[i].append(group)
    pinned = set(pins.values())
    for groups in taken:
        groups.sort(key=lambda key: (key not in pinned, rows[key].created_at, key))
    return taken


def _kept_by_others(groups: set[UUID], nodes: Mapping[int, Node]) -> set[UUID]:
    """Groups that claims outside hold: one that stands (it was left out as too many), or a pin that waits for
    its claim to come back."""
    if not groups:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT c.group_id FROM claims_claim c JOIN claims_revision r ON r.id = c.revision_id
            WHERE c.group_id = ANY(%(groups)s) AND c.retired_at IS NULL AND r.is_current
              AND c.id <> ALL(%(nodes)s)
            UNION SELECT pinned_group_id FROM claims_claim
            WHERE pinned_group_id = ANY(%(groups)s) AND id <> ALL(%(nodes)s)
            """,
            {"groups": sorted(groups), "nodes": sorted(nodes)},
        )
        return {key for (key,) in cursor.fetchall()}


def _lock(keys: Iterable[UUID]) -> Groups:
    """Locks groups in the order of their ids, as the check step does: the two never wait in a ring."""
    rows = models.ClaimGroup.objects.filter(pk__in=set(keys)).order_by("pk").select_for_update(no_key=True)
    return {row.pk: row for row in rows}


def _move(
    moved: Mapping[int, UUID], merged: Mapping[UUID, list[UUID]], was: Mapping[int, UUID], held: Groups
) -> None:
    """Moves claims to their groups, and with them the findings that are about moved ones only.

    Of a merged group all goes to the survivor. Reviews of it stay with it, reachable by ``merged_from``: a
    review is never altered.
    """
    by_group: dict[UUID, list[int]] = defaultdict(list)
    for pk, group in moved.items():
        by_group[group].append(pk)
    for group, claims in sorted(by_group.items()):
        models.Claim.objects.filter(pk__in=claims).update(group=group)
    left = {was[pk] for pk in moved if pk in was}
    heir = {key: survivor for survivor, keys in merged.items() for key in keys}
    for key, survivor in heir.items():
        models.Claim.objects.filter(group=key).update(group=survivor)  # those that stand no more
        models.ClaimGroup.objects.filter(Q(pk=key) | Q(merged_into=key)).update(merged_into=survivor)
    for group, findings in sorted(_new_homes(left | heir.keys(), heir, held).items()):
        move_findings(models.Finding.objects.filter(pk__in=findings).order_by("pk"), held[group])


def _new_homes(groups: set[UUID], heir: Mapping[UUID, UUID], held: Groups) -> dict[UUID, list[int]]:
    """Which findings of some groups belong to another group now: with all their standing claims, or with the
    survivor of their own."""
    about = dict(models.Finding.objects.filter(group__in=groups).values_list("pk", "group"))
    shown: dict[int, set[UUID]] = defaultdict(set)
    standing = models.Claim.objects.standing().filter(findings__in=about)
    for finding, group in standing.values_list("findings", "group").order_by():
        if finding in about:
            shown[finding].add(group)
    found: dict[UUID, list[int]] = defaultdict(list)
    for finding, group in about.items():
        home = heir.get(group, group)
        if len(shown[finding]) == 1:
            (home,) = shown[finding]
        if home != group and home in held:
            found[home].append(finding)
    return found


# -- what is said of a group and its claims ----------------------------------------------------------------


def _keep_best_links(claims: list[int]) -> None:
    """Stores with each claim its strongest link within its group, or none."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH best AS (
                SELECT DISTINCT ON (c.id) c.id, l.score, l.reasons
                FROM claims_claim c
                CROSS JOIN LATERAL (
                    SELECT a.score, a.spread, a.reasons, a.second_id AS other FROM claims_claimlink a
                    WHERE a.first_id = c.id
                    UNION ALL
                    SELECT b.score, b.spread, b.reasons, b.first_id FROM claims_claimlink b
                    WHERE b.second_id = c.id
                ) l
                JOIN claims_claim o ON o.id = l.other AND o.group_id = c.group_id
                WHERE c.id = ANY(%(claims)s)
                ORDER BY c.id, l.score DESC, l.spread DESC
            )
            UPDATE claims_claim c SET link_score = best.score, link_reasons = coalesce(best.reasons, '[]')
            FROM unnest(%(claims)s::bigint[]) AS asked(id) LEFT JOIN best USING (id)
            WHERE c.id = asked.id
              AND (c.link_score IS DISTINCT FROM best.score
                   OR c.link_reasons IS DISTINCT FROM coalesce(best.reasons, '[]'))
            """,
            {"claims": sorted(claims)},
        )


def labels(members: tuple[tuple[str, tuple[records.PlacedClaim, ...]], ...]) -> tuple[tuple[str, str], ...]:
    """The label of each group, by key. Pure."""
    return tuple((key, linking.label(claims)) for key, claims in members)


def _describe(groups: Groups, run: Run) -> None:
    """Refreshes label, kind and unit from the standing members; a group without any keeps what it had."""
    nth = Window(RowNumber(), partition_by="group", order_by="pk")
    standing = models.Claim.objects.standing().filter(group__in=groups).annotate(nth=nth)
    few = standing.filter(nth__lte=_LABEL_MEMBERS).order_by("pk")
    rows = list(few.values_list("pk", "group", "kind", "unit"))
    claims = comparable(models.Claim.objects.filter(pk__in=[pk for pk, *_ in rows]))
    told = {claim.key: claim for claim in claims}
    members: dict[UUID, list[tuple[int, UUID, str, str]]] = defaultdict(list)
    for row in rows:
        members[row[1]].append(row)
    asked = tuple(
        (str(key), tuple(told[str(pk)] for pk, *_ in each)) for key, each in sorted(members.items())
    )
    named = dict(run(tuple[tuple[str, str], ...], labels, asked))
    field = models.ClaimGroup._meta.get_field("label")
    changed = []
    for key, each in sorted(members.items()):
        group = groups[key]
        label = text(named[str(key)], field)
        kind, unit = _commonest(row[2] for row in each), _commonest(row[3] for row in each)
        if (group.label, group.kind, group.unit) != (label, kind, unit):
            group.label, group.kind, group.unit = label, kind, unit
            changed.append(group)
    models.ClaimGroup.objects.bulk_update(changed, ["label", "kind", "unit"], batch_size=500)


def _commonest(words: Iterable[str]) -> str:
    counts = Counter(words)
    return min(counts, key=lambda word: (-counts[word], word))
