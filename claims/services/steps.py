"""What every step of a fact-check has in common: the table of its states, the lock, the event.

A step holds the row, sees that the person saw it as it is, changes it, writes one event and raises the
version, all in one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone

from claims.models import FactCheck, FactCheckEvent

from .refusal import Refused

State = FactCheck.State

#: The one table: from each state, the states that a fact-check can go to next.
TRANSITIONS: Mapping[str, tuple[str, ...]] = {
    State.NEW: (State.TRIAGED, State.ASSIGNED, State.DROPPED),
    State.TRIAGED: (State.ASSIGNED, State.DROPPED),
    State.ASSIGNED: (State.IN_CHECK, State.DROPPED),
    State.IN_CHECK: (State.AWAITING_REPLY, State.SECOND_REVIEW, State.REOPENED, State.DROPPED),
    State.AWAITING_REPLY: (State.IN_CHECK, State.REOPENED, State.DROPPED),
    State.SECOND_REVIEW: (State.SIGNED_OFF, State.IN_CHECK, State.REOPENED, State.DROPPED),
    State.SIGNED_OFF: (State.PUBLISHED, State.REOPENED),
    State.PUBLISHED: (State.REOPENED,),
    State.REOPENED: (State.IN_CHECK, State.DROPPED),
    State.DROPPED: (State.REOPENED,),
}
#: Steps that can be taken back as long as nothing came after them: the way back of each. A verdict cannot,
#: nor can what readers may have seen.
UNDOABLE: Mapping[tuple[str, str], str] = {
    (State.NEW, State.TRIAGED): State.NEW,
    (State.ASSIGNED, State.IN_CHECK): State.ASSIGNED,
    (State.REOPENED, State.IN_CHECK): State.REOPENED,
    (State.IN_CHECK, State.SECOND_REVIEW): State.IN_CHECK,
    (State.SECOND_REVIEW, State.SIGNED_OFF): State.SECOND_REVIEW,
    **{
        (state, State.DROPPED): state
        for state, nexts in TRANSITIONS.items()
        if State.DROPPED in nexts and state != State.DROPPED
    },
}
#: States in which a fact-check is worked on: sources, questions and texts can be changed.
OPEN = (
    State.NEW,
    State.TRIAGED,
    State.ASSIGNED,
    State.IN_CHECK,
    State.AWAITING_REPLY,
    State.SECOND_REVIEW,
    State.REOPENED,
)
#: How people call the states.
WORDS: Mapping[str, str] = {
    State.NEW: "new",
    State.TRIAGED: "triaged",
    State.ASSIGNED: "assigned",
    State.IN_CHECK: "in check",
    State.AWAITING_REPLY: "awaiting reply",
    State.SECOND_REVIEW: "second review",
    State.SIGNED_OFF: "signed off",
    State.PUBLISHED: "published",
    State.REOPENED: "reopened",
    State.DROPPED: "dropped",
}


def clean(text: str | None, limit: int | None = None, what: str = "This") -> str:
    """What a person typed, trimmed, without the NULs that the database refuses. Raises Refused "too_long"."""
    words = (text or "").replace("\x00", "").replace("\r\n", "\n").strip()
    if limit is not None and len(words) > limit:
        raise Refused("too_long", f"{what} takes at most {limit:,} characters; this has {len(words):,}.")
    return words


def held(factcheck: FactCheck, seen: int | None = None) -> FactCheck:
    """The row as it is now, locked to the end of the transaction.

    Raises Refused "stale" where ``seen`` is given and is not its version: somebody changed it since.
    """
    row = FactCheck.objects.select_for_update().get(pk=factcheck.pk)
    if seen is not None and seen != row.version:
        last = row.events.select_related("person").last()
        who = last.person.get_username() if last and last.person else "The program"
        raise Refused(
            "stale",
            f"{who} changed this fact-check since you looked; nothing of yours was stored yet. "
            "Look at what is new, then send it again.",
        )
    return row


def may_go(row: FactCheck, state: str) -> None:
    """Raises Refused "not_now" unless the table allows this step."""
    if state not in TRANSITIONS[row.state]:
        raise Refused("not_now", f"It is {WORDS[row.state]}: from there it cannot become {WORDS[state]}.")


def must_be(row: FactCheck, *states: str) -> None:
    """Raises Refused "not_now" unless the fact-check is in one of the states."""
    if row.state not in states:
        raise Refused("not_now", f"That cannot be done while it is {WORDS[row.state]}.")


def must_be_open(row: FactCheck) -> None:
    """Raises Refused "closed" where a fact-check is signed off, published or dropped: reopen it first."""
    if row.state not in OPEN:
        raise Refused("closed", f"It is {WORDS[row.state]}: reopen it to change something.")


def write(
    row: FactCheck,
    kind: str,
    *,
    person: User | None,
    before: str = "",
    after: str = "",
    reason: str = "",
    **changes: Any,
) -> FactCheckEvent:
    """Changes a held row, raises its version and writes the event that says so."""
    event = FactCheckEvent.objects.create(
        factcheck=row, kind=kind, before=before[:200], after=after[:200], reason=reason, person=person
    )
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.changed_at = now()
    row.save(update_fields=[*changes, "version", "changed_at"])
    return event


def go(
    row: FactCheck, state: str, *, person: User | None, reason: str = "", **changes: Any
) -> FactCheckEvent:
    """Takes a held row to another state, as the table allows, with its event."""
    may_go(row, state)
    return write(
        row, "state", person=person, before=row.state, after=state, reason=reason, state=state, **changes
    )


def now() -> datetime:
    return timezone.now()
