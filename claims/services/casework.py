"""A fact-check from its selection to what can be published: the steps people take.

The states and the ways between them are one table (steps.py). Every step is an append-only event with its
person and reason, and holds the row; ``seen`` is the version the person looked at, and a step on another one
is refused ("stale"), so that nobody overwrites anybody. Nobody has a way round, whatever their role.

This is the door: verdicts and sign-off come from signing.py, sources from sources.py, questions and replies
from correspondence.py, who may see which verdict from blinding.py, reopening by what changed from
reopening.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims.models import Claim, FactCheck, FactCheckEvent, Finding

from .correspondence import ask, record_reply
from .refusal import Refused
from .signing import (
    another_round,
    give_verdict,
    may_not_sign,
    ready,
    request_second_review,
    sign_off,
)
from .sources import add_source, change_source, remove_source, restore_source
from .steps import (
    TRANSITIONS,
    UNDOABLE,
    WORDS,
    State,
    clean,
    go,
    held,
    may_go,
    must_be,
    must_be_open,
    now,
    write,
)

__all__ = [
    "TRANSITIONS",
    "WORDS",
    "add_source",
    "another_round",
    "ask",
    "assign",
    "begin",
    "change_source",
    "comment",
    "drop",
    "edit",
    "give_verdict",
    "go_on",
    "mark_published",
    "may_not_sign",
    "ready",
    "record_reply",
    "remove_source",
    "reopen",
    "request_second_review",
    "restore_source",
    "sign_off",
    "take_up",
    "triage",
    "undo",
    "undoable",
]

Harm = FactCheck.Harm
_OPEN_ALREADY = "There is a fact-check of this claim under way already."
#: Texts and settings that people edit, and how long they may be.
_EDITABLE: Mapping[str, int | None] = {
    "question": 500,
    "meaning": 20_000,
    "conclusion": 20_000,
    "few_origins_reason": 5_000,
    "harm": None,
    "due_on": None,
}


def take_up(
    claim: Claim,
    finding: Finding | None = None,
    *,
    person: User,
    question: str,
    harm: int = Harm.MEDIUM,
    meaning: str = "",
    due_on: date | None = None,
    blind: bool = False,
    reason: str = "",
) -> FactCheck:
    """Begins a fact-check of a claim, from a finding or without one; it is "new".

    ``blind`` asks from the start for a second verdict that is given without seeing the first. Raises Refused:
    "no_question", "too_long", "harm", "open_already", "published" (reopen that one instead).
    """
    question = clean(question, 500, "The question")
    if not question:
        raise Refused("no_question", "Say in one sentence what is to be established.")
    _check_harm(harm)
    mine = FactCheck.objects.filter(claim=claim)
    if mine.exclude(state__in=[State.PUBLISHED, State.DROPPED]).exists():
        raise Refused("open_already", _OPEN_ALREADY)
    if mine.filter(state=State.PUBLISHED).exists():
        raise Refused("published", "A fact-check of this claim is published; reopen that one.")
    try:
        with transaction.atomic():
            row = FactCheck.objects.create(
                claim=claim,
                group_id=claim.group_id,
                finding=finding,
                question=question,
                meaning=clean(meaning, _EDITABLE["meaning"], "The meaning"),
                harm=harm,
                due_on=due_on,
                blind=blind,
                created_by=person,
                created_at=now(),
                changed_at=now(),
            )
            FactCheckEvent.objects.create(
                factcheck=row, kind="state", after=State.NEW, reason=clean(reason), person=person
            )
    except IntegrityError as error:
        raise Refused("open_already", _OPEN_ALREADY) from error
    return row


def triage(
    factcheck: FactCheck, *, person: User, reason: str = "", harm: int | None = None, seen: int | None = None
) -> FactCheck:
    """Says that it is worth the work, and how much harm the claim can do. Raises Refused."""
    with transaction.atomic():
        row = held(factcheck, seen)
        may_go(row, State.TRIAGED)
        if harm is not None and harm != row.harm:
            _check_harm(harm)
            write(row, "edit", person=person, before="harm", after=Harm(harm).label.lower(), harm=harm)
        go(row, State.TRIAGED, person=person, reason=clean(reason))
    return row


def assign(
    factcheck: FactCheck,
    to: User | None,
    *,
    person: User,
    due_on: date | None = None,
    reason: str = "",
    seen: int | None = None,
) -> FactCheck:
    """Gives a fact-check to somebody, or to nobody (``to`` is None); from new or triaged it is "assigned".

    Raises Refused: "stale", "not_now" (second review on: the work is done), "same", "inactive".
    """
    with transaction.atomic():
        row = held(factcheck, seen)
        must_be(
            row,
            State.NEW,
            State.TRIAGED,
            State.ASSIGNED,
            State.IN_CHECK,
            State.AWAITING_REPLY,
            State.REOPENED,
        )
        if row.assignee == to and (to is not None or row.state != State.ASSIGNED):
            raise Refused("same", f"{to.get_username()} has it already." if to else "Nobody has it now.")
        if to is not None and not to.is_active:
            raise Refused("inactive", f"{to.get_username()}'s account is switched off.")
        changes: dict[str, Any] = {"assignee": to}
        if to is not None and row.state in (State.NEW, State.TRIAGED):
            may_go(row, State.ASSIGNED)
            changes["state"] = State.ASSIGNED
        elif to is None and row.state == State.ASSIGNED:
            changes["state"] = State.TRIAGED
        if due_on is not None:
            changes["due_on"] = due_on
        write(
            row,
            "assign",
            person=person,
            before=row.assignee.get_username() if row.assignee else "",
            after=to.get_username() if to else "",
            reason=clean(reason),
            **changes,
        )
    return row


def begin(factcheck: FactCheck, *, person: User, reason: str = "", seen: int | None = None) -> FactCheck:
    """Starts the work: assigned or reopened becomes "in check"; who begins what nobody has, has it.

    Raises Refused: "stale", "not_now", "not_yours" (somebody else has it).
    """
    with transaction.atomic():
        row = held(factcheck, seen)
        must_be(row, State.ASSIGNED, State.REOPENED)
        if row.assignee_id not in (None, person.pk):
            raise Refused("not_yours", f"{row.assignee.get_username()} has it; take it over first.")
        changes = {} if row.assignee_id else {"assignee": person}
        go(row, State.IN_CHECK, person=person, reason=clean(reason), **changes)
    return row


def go_on(factcheck: FactCheck, *, person: User, reason: str, seen: int | None = None) -> FactCheck:
    """Waits no longer for a reply, and says why. Raises Refused: "no_reason", "stale", "not_now"."""
    reason = _needed(reason, "Say why the work goes on without the reply.")
    with transaction.atomic():
        row = held(factcheck, seen)
        must_be(row, State.AWAITING_REPLY)
        go(row, State.IN_CHECK, person=person, reason=reason)
    return row


def reopen(factcheck: FactCheck, *, person: User, reason: str, seen: int | None = None) -> FactCheck:
    """Takes up again what was signed off, published or dropped; another round of verdicts begins.

    What is published stays up with its edition meanwhile. Raises Refused: "no_reason", "stale", "not_now",
    "open_already".
    """
    reason = _needed(reason, "Say why it is reopened: whoever worked on it will ask.")
    with transaction.atomic():
        row = held(factcheck, seen)
        must_be(row, State.SIGNED_OFF, State.PUBLISHED, State.DROPPED)
        _only_one(row)
        again(row, person=person, reason=reason)
    return row


def again(row: FactCheck, *, person: User | None, reason: str) -> None:
    """Reopens a held row: no rating, nobody asked, and another round if this one has verdicts."""
    given = row.verdicts.filter(round=row.round).exists()
    go(
        row,
        State.REOPENED,
        person=person,
        reason=reason,
        rating=None,
        reviewer=None,
        round=row.round + 1 if given else row.round,
    )


def drop(factcheck: FactCheck, *, person: User, reason: str, seen: int | None = None) -> FactCheck:
    """Gives a fact-check up; nothing of it goes away. Raises Refused: "no_reason", "stale", "not_now"."""
    reason = _needed(reason, "Say why it is dropped: the next person who meets the claim will ask.")
    with transaction.atomic():
        row = held(factcheck, seen)
        go(row, State.DROPPED, person=person, reason=reason)
    return row


def edit(
    factcheck: FactCheck,
    *,
    person: User,
    changes: Mapping[str, Any],
    was: Mapping[str, Any] | None = None,
    seen: int | None = None,
) -> FactCheck:
    """Changes question, meaning, conclusion, few_origins_reason, harm or due_on; every wording stays in the
    events.

    ``was`` is what the fields said when the person began to type: if they still say that, what else happened
    meanwhile does not matter; if they do not, the edit is refused ("stale"). Raises Refused: "stale",
    "closed", "no_question", "too_long", "harm", "blind" (a conclusion that this person may not see yet).
    """
    from . import blinding

    if unknown := set(changes) - set(_EDITABLE):
        raise TypeError(f"not editable: {', '.join(sorted(unknown))}")
    with transaction.atomic():
        row = held(factcheck, None if was is not None else seen)
        must_be_open(row)
        wanted = {name: _fitting(name, value) for name, value in changes.items()}
        for name in wanted:
            if (
                was is not None
                and name in was
                and _fitting(name, was[name], strict=False) != getattr(row, name)
            ):
                held(row, seen=-1)  # says who changed it
        if "question" in wanted and not wanted["question"]:
            raise Refused("no_question", "Say in one sentence what is to be established.")
        if "conclusion" in wanted and not blinding.sight(row, person).conclusion:
            raise Refused("blind", "Give your own verdict first; then you see and may edit the conclusion.")
        for name, value in wanted.items():
            if getattr(row, name) == value:
                continue
            short = name in ("harm", "due_on")
            told = Harm(value).label.lower() if name == "harm" else str(value or "")
            write(
                row,
                "edit",
                person=person,
                before=name,
                after=told if short else "",
                reason="" if short else told,
                **{name: value},
            )
    return row


def comment(factcheck: FactCheck, *, person: User, reason: str) -> FactCheck:
    """Adds a comment, whatever the state. Raises Refused: "no_reason", "too_long"."""
    reason = _needed(reason, "A comment needs words.")
    with transaction.atomic():
        row = held(factcheck)
        write(row, "comment", person=person, reason=reason)
    return row


def mark_published(
    factcheck: FactCheck, *, person: User, reason: str = "", seen: int | None = None
) -> FactCheck:
    """Says that a signed-off fact-check stands on its public page: signed off becomes "published".

    For services/publishing.py, in its transaction. Raises Refused: "stale", "not_now".
    """
    with transaction.atomic():
        row = held(factcheck, seen)
        must_be(row, State.SIGNED_OFF)
        go(row, State.PUBLISHED, person=person, reason=clean(reason))
    return row


def undoable(last: FactCheckEvent | None, person: User) -> bool:
    """Whether ``person`` may take back a fact-check's last event: their own, and safe (steps.UNDOABLE)."""
    if last is None or last.person_id != person.pk:
        return False
    return last.kind == "assign" or (last.kind == "state" and (last.before, last.after) in UNDOABLE)


def undo(factcheck: FactCheck, *, person: User, seen: int | None = None) -> FactCheck:
    """Takes back one's own last step, if nothing came after it and nobody can have acted on it.

    Raises Refused: "stale", "not_undoable", "open_already".
    """
    with transaction.atomic():
        row = held(factcheck, seen)
        last = row.events.last()
        if last is None or not undoable(last, person):
            raise Refused("not_undoable", "Only your own last step can be taken back, and not every step.")
        changes: dict[str, Any]
        if last.kind == "assign":
            former = User.objects.filter(username=last.before).first() if last.before else None
            changes = {"assignee": former}
            if former is None and row.state == State.ASSIGNED:
                changes["state"] = State.TRIAGED
            elif former is not None and row.state == State.TRIAGED:
                changes["state"] = State.ASSIGNED
        else:
            changes = {"state": UNDOABLE[(last.before, last.after)]}
            if last.after == State.DROPPED:
                _only_one(row)
            if last.after == State.SECOND_REVIEW:
                changes |= {"reviewer": None, "rating": None}
        write(row, "undo", person=person, before=last.after, after=last.before, **changes)
    return row


def _only_one(row: FactCheck) -> None:
    others = FactCheck.objects.filter(claim=row.claim_id).exclude(pk=row.pk)
    if others.exclude(state__in=[State.PUBLISHED, State.DROPPED]).exists():
        raise Refused("open_already", _OPEN_ALREADY)


def _needed(reason: str, why: str) -> str:
    reason = clean(reason, 10_000, "A reason")
    if not reason:
        raise Refused("no_reason", why)
    return reason


def _check_harm(harm: Any) -> None:
    if harm not in Harm.values:
        raise Refused("harm", "How much harm it can do is low (1), medium (2) or high (3).")


def _fitting(name: str, value: Any, *, strict: bool = True) -> Any:
    if name == "harm":
        if strict:
            _check_harm(value)
        return value
    if name == "due_on":
        return value
    return clean(value, _EDITABLE[name] if strict else None, name.replace("_", " ").capitalize())
