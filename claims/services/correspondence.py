"""Questions put to people, and their replies: "ask the claimant" is the method, and the log is its proof."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Correspondence, FactCheck

from .refusal import Refused
from .steps import State, clean, go, held, must_be, must_be_open, now, write


def ask(
    factcheck: FactCheck,
    *,
    person: User,
    whom: str,
    asked: str,
    channel: str = "e-mail",
    deadline: datetime | None = None,
    asked_at: datetime | None = None,
    on_record: bool = True,
    wait: bool = True,
) -> Correspondence:
    """Writes down that a question was put to somebody; the fact-check then awaits the reply.

    Without ``wait`` the work goes on meanwhile. Raises Refused: "not_now", "no_whom", "no_question",
    "too_long", "deadline" (before the question).
    """
    whom, channel = clean(whom, 200, "The name"), clean(channel, 60, "The channel")
    asked = clean(asked, 20_000, "The question")
    if not whom:
        raise Refused("no_whom", "Say who was asked.")
    if not asked:
        raise Refused("no_question", "Write down what was asked, word for word if you can.")
    at = asked_at or now()
    if deadline is not None and deadline < at:
        raise Refused("deadline", "The reply cannot be due before the question was put.")
    with transaction.atomic():
        row = held(factcheck)
        must_be(row, State.IN_CHECK, State.AWAITING_REPLY)
        letter = Correspondence.objects.create(
            factcheck=row,
            whom=whom,
            channel=channel,
            asked=asked,
            asked_at=at,
            deadline=deadline,
            on_record=on_record,
            entered_by=person,
        )
        write(row, "ask", person=person, before=channel, after=whom, reason=asked)
        if wait and row.state == State.IN_CHECK:
            go(row, State.AWAITING_REPLY, person=person)
    return letter


def record_reply(
    letter: Correspondence,
    *,
    person: User,
    reply: str = "",
    declined: bool = False,
    on_record: bool | None = None,
    was: str | None = None,
) -> Correspondence:
    """Writes the reply down, or that they declined; a reply can be corrected, and its first wording stays in
    the events. When nothing is awaited any more the fact-check is in check again.

    ``was`` is the reply as the person saw it. Raises Refused: "closed", "no_reply", "too_long", "stale".
    """
    reply = clean(reply, 50_000, "The reply")
    if not reply and not declined:
        raise Refused("no_reply", "Write down the reply, or tick that they declined.")
    with transaction.atomic():
        row = held(letter.factcheck)
        must_be_open(row)
        now_is = row.correspondence.get(pk=letter.pk)
        if was is not None and clean(was) != now_is.reply:
            raise Refused("stale", "Somebody wrote the reply down since you looked; yours is not stored yet.")
        now_is.reply, now_is.declined = reply, declined
        now_is.replied_at = now_is.replied_at or now()
        if on_record is not None:
            now_is.on_record = on_record
        now_is.save(update_fields=["reply", "declined", "replied_at", "on_record"])
        write(
            row,
            "reply",
            person=person,
            before=now_is.whom,
            after="declined" if declined else "replied",
            reason=reply,
        )
        if row.state == State.AWAITING_REPLY and not row.correspondence.open().exists():
            go(row, State.IN_CHECK, person=person)
    return now_is
