"""Working through the queue: who has a finding open, who puts it aside, who is to decide, and undoing that.

Decisions themselves are services/reviewing.py's. A hold informs and never locks; a skip is one person's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import CharField, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Now
from django.utils import timezone

from claims.models import Assignment, Finding, Hold, Review, Skip

from . import reviewing
from .reviewing import Refused

#: How long a hold lasts that is not renewed; a page renews it three times in this time.
LEASE = timedelta(minutes=2)
#: When what was skipped comes back: before anybody's working day.
MORNING = time(6)
#: How far back undo reaches: a working day. What was decided earlier is reopened by a new decision.
UNDO_REACHES = timedelta(hours=12)
#: Findings that one reason may dismiss at once.
MOST_AT_ONCE = 100


def hold(finding: Finding, person: User) -> None:
    """Says that a person has a finding open, for :data:`LEASE` from now by the database's clock."""
    until = ExpressionWrapper(Now() + Value(LEASE), output_field=DateTimeField())
    Hold.objects.bulk_create(
        [Hold(finding=finding, person=person, until=until)],
        update_conflicts=True,
        unique_fields=["finding", "person"],
        update_fields=["until"],
    )


def release(finding_id: int, person: User) -> None:
    """The person has it open no longer; nothing happens where there was no hold."""
    Hold.objects.filter(finding=finding_id, person=person).delete()


def holders(person: User, among: Iterable[int] | None = None) -> dict[int, list[User]]:
    """Who else has which findings open now, by finding; of all findings, or of those ``among``. One query."""
    rows = Hold.objects.filter(until__gt=Now()).exclude(person=person).select_related("person")
    if among is not None:
        rows = rows.filter(finding__in=list(among))
    found: dict[int, list[User]] = {}
    for row in rows.order_by("finding", "person__username"):
        found.setdefault(row.finding_id, []).append(row.person)
    return found


def tomorrow_morning(now: datetime) -> datetime:
    """Six o'clock of the next day, in the zone of ``now``."""
    day = now.date() + timedelta(days=1)
    return datetime.combine(day, MORNING, tzinfo=now.tzinfo)


def skip(finding: Finding, person: User, until: datetime | None = None) -> None:
    """Puts a finding aside for one person until then; without ``until``, till the reader's next morning."""
    until = until or tomorrow_morning(timezone.localtime())
    with transaction.atomic():
        Skip.objects.bulk_create(
            [Skip(finding=finding, person=person, until=until, created_at=Now())],
            update_conflicts=True,
            unique_fields=["finding", "person"],
            update_fields=["until", "created_at"],
        )
        release(finding.pk, person)


def assign(
    finding: Finding, person: User, assignee: User | None, seen: int | None = None
) -> Assignment | None:
    """Gives a finding to somebody, or to nobody; None where it is theirs already. ``finding`` is brought up
    to date.

    ``seen`` is the assignee's id that the person saw (0: nobody; None: does not matter). Raises Refused:
    "stale" (somebody has assigned it since), "inactive" (the account is switched off).
    """
    if assignee is not None and not assignee.is_active:
        raise Refused("inactive", f"The account of {assignee} is switched off.")
    with transaction.atomic():
        held = Finding.objects.select_for_update(of=("self",)).select_related("assignee").get(pk=finding.pk)
        finding.assignee = held.assignee
        if held.assignee == assignee:
            return None
        if seen is not None and seen != (held.assignee_id or 0):
            whom = held.assignee or "nobody"
            raise Refused("stale", f"It was assigned to {whom} since you looked.")
        row = Assignment.objects.create(finding=held, assignee=assignee, before=held.assignee, person=person)
        Finding.objects.filter(pk=held.pk).update(assignee=assignee)
    finding.assignee = assignee
    return row


@dataclass(frozen=True, slots=True)
class Dismissed:
    """What came of dismissing several: the findings dismissed, and why the others were not, by their ids."""

    done: tuple[int, ...]
    refused: Mapping[int, str]


def dismiss_all(picked: Mapping[int, int], *, reviewer: User, reason: str) -> Dismissed:
    """Dismisses several open findings for one reason, in one transaction; ``undo`` takes all back at once.

    ``picked`` gives for each finding the last review that the person saw (0: none). One that somebody decided
    since is left as it is and named. Raises Refused: "no_reason", "too_many", "nothing_picked".
    """
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise Refused("no_reason", "Say why they are dismissed: the next person who meets them will ask.")
    if not picked:
        raise Refused("nothing_picked", "Pick at least one finding first.")
    if len(picked) > MOST_AT_ONCE:
        raise Refused("too_many", f"At most {MOST_AT_ONCE} findings can be dismissed at once.")
    with transaction.atomic():
        held = Finding.objects.filter(pk__in=picked).order_by("pk").select_for_update()
        rows = {row.pk: row for row in held}
        since: dict[int, Review] = {}
        decided = Review.objects.decisions().filter(finding__in=rows).select_related("reviewer")
        for review in decided.order_by("pk"):
            if review.pk > picked[review.finding_id or 0]:
                since[review.finding_id or 0] = review
        refused = {pk: "It is not there any more." for pk in picked if pk not in rows}
        for pk, review in since.items():
            refused[pk] = f"{review.reviewer} has decided since you looked ({review.decision})."
        for pk, row in rows.items():
            if pk not in since and row.decision != Finding.Decision.NONE:
                refused[pk] = f"It is {row.decision} already."
        done = [pk for pk in rows if pk not in refused]
        # One statement, and so one moment: that they were one action is how undo knows them.
        Review.objects.bulk_create(
            Review(finding_id=pk, reviewer=reviewer, decision=Review.Decision.DISMISS, reason=reason)
            for pk in done
        )
        Finding.objects.filter(pk__in=done).update(decision=Finding.Decision.DISMISSED)
        Hold.objects.filter(finding__in=done, person=reviewer).delete()
    return Dismissed(tuple(done), refused)


@dataclass(frozen=True, slots=True)
class Action:
    """Something that a person did in the queue and can take back: a review, an assignment or a skip."""

    kind: str
    findings: tuple[int, ...]
    rows: tuple[int, ...]
    words: str


def last_action(person: User) -> Action | None:
    """The last thing the person did that still stands and that nobody built upon; one query, or two for
    several at once."""
    recent = Now() - Value(UNDO_REACHES)
    skips = Skip.objects.filter(person=person, until__gt=Now()).order_by()
    found = _as("review", _reviews(person).filter(created_at__gt=recent), F("decision")).union(
        _as("assignment", _assignments(person).filter(created_at__gt=recent)),
        _as("skip", skips.filter(created_at__gt=recent)),
        all=True,
    )
    newest = found.order_by("-created_at", "-id").first()
    if newest is None:
        return None
    pk, finding, at, kind, decision = newest
    if kind != "review":
        words = "assigned" if kind == "assignment" else "skipped"
        return Action(kind, (finding,), (pk,), words)
    same = list(_reviews(person).filter(created_at=at).order_by("pk").values_list("pk", "finding"))
    return Action(kind, tuple(each[1] for each in same), tuple(each[0] for each in same), _WORDS[decision])


_WORDS = {"confirm": "confirmed", "dismiss": "dismissed", "reopen": "reopened"}


def _as(kind: str, rows: QuerySet[Any], decision: Any = None) -> QuerySet[Any]:
    """Rows of three tables under the same columns: id, finding, created_at, kind, decision."""
    what = Cast(decision or Value(""), CharField())
    return rows.annotate(kind=Value(kind, output_field=CharField()), what=what).values_list(
        "id", "finding_id", "created_at", "kind", "what"
    )


def undo(person: User) -> Action:
    """Takes back the person's last action, whatever it was, and returns it. Reviews and assignments get a row
    that undoes them; a skip ends.

    Raises Refused: "nothing" (nothing of the last hours can be taken back), and what reviewing.undo raises
    where somebody was quicker.
    """
    with transaction.atomic():
        action = last_action(person)
        if action is None:
            raise Refused("nothing", "There is nothing to undo: nothing that you did today still stands.")
        if action.kind == "review":
            for review in Review.objects.filter(pk__in=action.rows).order_by("finding"):
                reviewing.undo(review, reviewer=person)
        elif action.kind == "assignment":
            _unassign(Assignment.objects.get(pk=action.rows[0]), person)
        else:
            Skip.objects.filter(pk__in=action.rows).update(until=Now())
    return action


def _unassign(row: Assignment, person: User) -> None:
    held = Finding.objects.select_for_update().get(pk=row.finding_id)
    if Assignment.objects.filter(finding=held, pk__gt=row.pk).exists():
        raise Refused("stale", "Somebody assigned it after you; assign it anew instead.")
    Assignment.objects.create(
        finding=held, assignee_id=row.before_id, before_id=row.assignee_id, person=person, undoes=row
    )
    Finding.objects.filter(pk=held.pk).update(assignee=row.before_id)


def _reviews(person: User) -> QuerySet[Review]:
    """The person's own decisions on findings that stand and that nobody decided after."""
    later = Review.objects.decisions().filter(finding=OuterRef("finding"), pk__gt=OuterRef("pk"))
    own = Review.objects.decisions().filter(reviewer=person, finding__isnull=False, undoes__isnull=True)
    return own.filter(~Exists(later)).order_by()


def _assignments(person: User) -> QuerySet[Assignment]:
    """The person's own assignments that stand and that nobody assigned after."""
    later = Assignment.objects.filter(finding=OuterRef("finding"), pk__gt=OuterRef("pk"))
    return Assignment.objects.filter(person=person, undoes__isnull=True).filter(~Exists(later)).order_by()
