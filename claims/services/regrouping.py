"""A person's decisions on which claims answer one question: confirm, split, merge, move, undo.

A decision pins claims to groups. Claims pinned to one group stay together and claims pinned to two never
meet, whatever links come later, engines read or revisions bring; every decision therefore pins both sides of
the line it draws. Decisions are added, never changed. The checks of the touched groups run before it returns.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Claim, ClaimGroup, GroupDecision

from . import checking, grouping, pins
from .isolation import in_process
from .locks import LINKING, hold
from .reviewing import Refused

Kind = GroupDecision.Kind


def version_of(group: ClaimGroup) -> str:
    """What a group holds and what was decided about it, in one word: changes when either does.

    Send it back as ``seen``, and nothing is decided about a group that is another by then.
    """
    claims = Claim.objects.standing().filter(group=group).order_by("pk").values_list("pk", flat=True)
    last = (
        GroupDecision.objects.filter(groups__contains=[group.pk]).order_by("-pk").values_list("pk", flat=True)
    )
    told = f"{','.join(map(str, claims))};{last.first() or 0}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def confirm(
    group: ClaimGroup,
    *,
    reviewer: User,
    claims: Iterable[int] | None = None,
    reason: str = "",
    seen: str | None = None,
) -> GroupDecision:
    """Says that a group's claims (or some of them) answer one question. They stay together from now on.

    Raises Refused: "stale", "nothing_chosen", "elsewhere", "retired", "nothing_to_do" (all pinned already).
    """
    with transaction.atomic():
        hold(LINKING)
        held = _held(group, seen)
        members = _members(held)
        chosen = set(members) if claims is None else _chosen(claims, held, members)
        change = _Change(Kind.CONFIRM, held, _pinned(chosen, held))
        return _carry_out(change, reviewer, reason)


def split(
    group: ClaimGroup, claims: Iterable[int], *, reviewer: User, reason: str = "", seen: str | None = None
) -> GroupDecision:
    """Says that some claims of a group answer another question than the rest. ``target`` is their new group.

    Raises Refused: "stale", "nothing_chosen", "elsewhere", "retired", "nothing_left" (all were chosen).
    """
    with transaction.atomic():
        hold(LINKING)
        held = _held(group, seen)
        members = _members(held)
        chosen = _chosen(claims, held, members)
        if not (rest := members.keys() - chosen):
            raise Refused(
                "nothing_left", "All claims were chosen; leave those that belong to the old question."
            )
        fresh = ClaimGroup.objects.create(label=held.label, kind=held.kind, unit=held.unit)
        change = _Change(Kind.SPLIT, held, _pinned(chosen, fresh) | _pinned(rest, held), fresh)
        return _carry_out(change, reviewer, reason)


def merge(
    group: ClaimGroup,
    others: Iterable[ClaimGroup],
    *,
    reviewer: User,
    reason: str = "",
    seen: str | None = None,
) -> GroupDecision:
    """Says that the claims of several groups answer one question. ``group`` is the one that stays.

    Raises Refused: "stale", "nothing_chosen", "same_group", "empty" (a group without a standing claim).
    """
    with transaction.atomic():
        hold(LINKING)
        held = _held(group, seen)
        joined = {other.survivor.pk: other.survivor for other in _fresh(others)}
        if not joined:
            raise Refused("nothing_chosen", "Choose a group to merge with.")
        if held.pk in joined:
            raise Refused("same_group", "A group cannot be merged with itself.")
        wanted: dict[int, UUID | None] = {}
        for each in (held, *joined.values()):
            if not (members := _members(each)):
                raise Refused("empty", f"No standing claim is left in “{each.label}”.")
            wanted |= _pinned(members, held)
        # Pins that wait for their claims to come back wait for the survivor's.
        waiting = Claim.objects.filter(pinned_group__in=joined)
        wanted |= _pinned(waiting.values_list("pk", flat=True), held)
        change = _Change(Kind.MERGE, held, wanted, merged=tuple(joined))
        return _carry_out(change, reviewer, reason)


def move(
    claims: Iterable[int],
    target: ClaimGroup,
    *,
    reviewer: User,
    reason: str = "",
    seen: str | None = None,
) -> GroupDecision:
    """Says that some claims of one group answer another group's question. ``seen`` is the version of theirs.

    Raises Refused: "stale", "nothing_chosen", "retired" (one stands no more), "elsewhere" (they are of
    several groups), "same_group", "empty" (the target has no standing claim).
    """
    with transaction.atomic():
        hold(LINKING)
        chosen = set(claims)
        first = Claim.objects.filter(pk__in=chosen).exclude(group=None).order_by("pk").first()
        if first is None or first.group is None:
            raise Refused("nothing_chosen", "Choose at least one claim.")
        held = _held(first.group, seen)
        members = _members(held)
        chosen = _chosen(chosen, held, members)
        (goal,) = (each.survivor for each in _fresh([target]))
        if goal.pk == held.pk:
            raise Refused("same_group", "What you chose is in this group already.")
        if not (there := _members(goal)):
            raise Refused("empty", f"No standing claim is left in “{goal.label}”.")
        wanted = _pinned({*there, *chosen}, goal) | _pinned(members.keys() - chosen, held)
        return _carry_out(_Change(Kind.MOVE, held, wanted, goal), reviewer, reason)


def undo(decision: GroupDecision, *, reviewer: User, reason: str = "") -> GroupDecision:
    """Takes a decision back: its claims get the pins and, if the links agree, the groups they had before.

    Anybody may. Raises Refused: "an_undo", "undone" (already), "later" (somebody has decided about the same
    claims since).
    """
    with transaction.atomic():
        hold(LINKING)
        if decision.kind == Kind.UNDO:
            raise Refused("an_undo", "An undo cannot be undone; take the decision again.")
        if GroupDecision.objects.filter(undoes=decision).exists():
            raise Refused("undone", "This decision was undone already.")
        since = GroupDecision.objects.filter(pk__gt=decision.pk, claims__overlap=decision.claims)
        later = since.exclude(kind=Kind.UNDO).filter(undone_by__isnull=True).order_by("pk").last()
        if later:
            raise Refused(
                "later",
                f"{later.reviewer} has decided about some of these claims since ({later.kind}); "
                "undo that first.",
            )
        _revive(decision)
        now = _where_they_are_now(decision.claims)
        before = {now[int(key)]: was for key, was in decision.before["claims"].items()}
        homes = _survivors(was["group"] for was in before.values())
        pinned = _survivors(was["pin"] for was in before.values())
        change = _Change(
            Kind.UNDO,
            decision.group,
            {pk: pinned.get(was["pin"]) for pk, was in before.items()},
            decision.target,
            homes={pk: homes[was["group"]] for pk, was in before.items() if was["group"]},
            undoes=decision,
            groups=tuple(decision.groups),
        )
        return _carry_out(change, reviewer, reason)


# -- carrying out ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Change:
    """What a decision does: the pin each claim is to have, and what the row says about it."""

    kind: str
    group: ClaimGroup
    pins: Mapping[int, UUID | None]
    target: ClaimGroup | None = None
    merged: tuple[UUID, ...] = ()
    homes: Mapping[int, UUID] = field(default_factory=dict)
    undoes: GroupDecision | None = None
    groups: tuple[UUID, ...] = ()


def _carry_out(change: _Change, reviewer: User, reason: str) -> GroupDecision:
    """Sets the pins, groups anew what they touch, runs the checks, and writes the decision down."""
    rows = Claim.objects.filter(pk__in=change.pins).order_by("pk")
    was = {pk: (group, pin) for pk, group, pin in rows.values_list("pk", "group", "pinned_group")}
    wanted = {pk: pin for pk, pin in change.pins.items() if was[pk][1] != pin}
    if not wanted and change.undoes is None:
        raise Refused("nothing_to_do", "Somebody has decided exactly that already.")
    for pin in sorted(set(wanted.values()), key=str):
        Claim.objects.filter(pk__in=[pk for pk in wanted if wanted[pk] == pin]).update(pinned_group=pin)
    known = {group for group, _ in was.values() if group} | set(change.merged)
    leading = _leading_to(known)
    touched = grouping.settle(change.pins, in_process, change.homes)
    checking.check(touched, [], in_process)
    about = {*touched, *change.groups, change.group.pk, *([change.target.pk] if change.target else [])}
    now = {pk: (group, pin) for pk, group, pin in rows.values_list("pk", "group", "pinned_group")}
    gone = ClaimGroup.objects.filter(pk__in=known, merged_into__isnull=False).values_list("pk", flat=True)
    decision = GroupDecision.objects.create(
        kind=change.kind,
        group=change.group,
        target=change.target,
        groups=sorted(about),
        claims=sorted(change.pins),
        reviewer=reviewer,
        reason=reason.replace("\x00", "").strip(),
        before={"claims": _as_json(was)},
        after={
            "claims": _as_json(now),
            # The groups that went into others, each with those that had led to it: to be taken out again.
            "merged": {str(key): sorted(leading.get(key, [])) for key in sorted(gone)},
        },
        undoes=change.undoes,
    )
    return decision


def _as_json(places: Mapping[int, tuple[UUID | None, UUID | None]]) -> dict[str, Any]:
    return {
        str(pk): {"group": str(group) if group else None, "pin": str(pin) if pin else None}
        for pk, (group, pin) in sorted(places.items())
    }


def _leading_to(groups: Iterable[UUID]) -> dict[UUID, list[str]]:
    """The groups that were merged into some, by those."""
    found: dict[UUID, list[str]] = {}
    merged = ClaimGroup.objects.filter(merged_into__in=list(groups))
    for key, into in merged.values_list("pk", "merged_into"):
        found.setdefault(into, []).append(str(key))
    return found


def _revive(decision: GroupDecision) -> None:
    """Takes the groups that a decision let go into others out of them again."""
    for key, leading in sorted(decision.after["merged"].items()):
        ClaimGroup.objects.filter(pk=key).update(merged_into=None)
        ClaimGroup.objects.filter(pk__in=leading).update(merged_into=key)


def _where_they_are_now(claims: Iterable[int]) -> dict[int, int]:
    """For claims of a decision, the claims that stand in their places now; themselves where none does."""
    rows = Claim.objects.filter(pk__in=list(claims))
    now = {pk: pk for pk in rows.values_list("pk", flat=True)}
    standing = Claim.objects.standing()
    gone = rows.exclude(pk__in=standing.filter(pk__in=now).values("pk")).select_related("revision")
    by_article: dict[int, list[Claim]] = {}
    for row in gone.defer("record", "revision__body").order_by("pk"):
        by_article.setdefault(row.revision.article_id, []).append(row)
    for article, old in by_article.items():
        there = standing.filter(revision__article=article).exclude(pk__in=now)
        now |= {pk: new.pk for pk, new in pins.successors(old, there).items()}
    return now


def _survivors(groups: Iterable[str | None]) -> dict[str | None, UUID]:
    rows = ClaimGroup.objects.filter(pk__in=[key for key in groups if key])
    return {str(pk): into or pk for pk, into in rows.values_list("pk", "merged_into")}


# -- what the person asked for -----------------------------------------------------------------------------


def _fresh(groups: Iterable[ClaimGroup]) -> list[ClaimGroup]:
    keys = [group.pk for group in groups]
    return list(ClaimGroup.objects.select_related("merged_into").filter(pk__in=keys).order_by("pk"))


def _held(group: ClaimGroup, seen: str | None) -> ClaimGroup:
    """The group as it is now, or the one it was merged into; refused if it is not what the person saw."""
    (now,) = _fresh([group])
    if seen is not None and seen != version_of(now.survivor):
        raise Refused("stale", "The group has changed since you looked: look again, then decide.")
    return now.survivor


def _members(group: ClaimGroup) -> dict[int, Claim]:
    rows = Claim.objects.standing().filter(group=group).defer("record").order_by("pk")
    return {row.pk: row for row in rows}


def _chosen(claims: Iterable[int], group: ClaimGroup, members: Mapping[int, Claim]) -> set[int]:
    if not (chosen := set(claims)):
        raise Refused("nothing_chosen", "Choose at least one claim.")
    if strange := sorted(chosen - members.keys()):
        known = Claim.objects.filter(pk__in=strange, group=group).exists()
        if known:
            raise Refused("retired", "A chosen claim stands no more: its article was revised or read again.")
        raise Refused("elsewhere", f"Not in this group: claim {', '.join(map(str, strange[:10]))}.")
    return chosen


def _pinned(claims: Iterable[int], group: ClaimGroup) -> dict[int, UUID | None]:
    return dict.fromkeys(claims, group.pk)
