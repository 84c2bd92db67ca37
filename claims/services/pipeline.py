"""The journey of a document: received, parsed, extracted, linked, checked. PostgreSQL is the truth.

Leases. A worker takes a document with one UPDATE (under way, due, no live lease; the database's clock) that
writes a token. What a step puts out and the advance of the state share one transaction, guarded by the token:
a worker that lost its lease writes nothing. So a step may be begun many times and is done once.

Attempts. After five failed attempts at one step the document is quarantined: visible, and a person may retry.
What is a failed attempt if workers get killed? The document may be the killer, or may just have been there.
  - The first attempt runs in the worker. If the lease runs out without a word, that counts, once.
  - Every later attempt does its work in a child process with limits on time and memory (isolation.py). If the
    document kills, hangs or fills the memory, the child dies, the worker lives and records a failure: after
    the fifth the document is quarantined.
  - If at a later attempt the lease again runs out without a word, the worker itself was killed while the
    document was locked up in another process. That is no sign against the document and does not count.
So a poison document ends after five attempts, a healthy one survives any storm. A last bound, MAX_LOSSES,
stops what takes a whole machine down in spite of the limits. An attempt that failed because the database
went away does not count either.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import psycopg
import structlog
from django.conf import settings
from django.contrib.auth.models import User
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from claims.engine.version import ENGINE_VERSION
from claims.ingest.errors import Unreadable
from claims.models import Document

from . import checking, extraction, hints, linking, parsing
from .isolation import ChildDied, ChildFailed, Run, in_process, isolated
from .locks import SWEEPING, try_hold

log = logging.getLogger(__name__)
State = Document.State

MAX_ATTEMPTS = 5
MAX_LOSSES = 50
#: Seconds until the next attempt: 2, 4, 8, 16.
_BACK_OFF = 2
#: The sweeper reminds at once, then after 15 s, 30 s, ... up to 64 minutes: a long queue is not a lost hint.
_REMINDER = 15
_REMINDERS = 8
_SWEEP = 500
#: Articles sent back to be read by a newer engine at a time: new articles must not wait behind an archive.
_RENEWED = 100


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the journey.

    ``prepare(document, run)`` does the heavy work, outside any transaction; ``store(document, prepared,
    run)`` writes the result inside one and returns the fields to set on the document. Both leave pure
    engine work to ``run``, which knows whether to do it here or in a process of its own. ``doing`` says it
    in words.
    """

    takes: str
    gives: str
    doing: str
    prepare: Callable[[Document, Run], Any]
    store: Callable[[Document, Any, Run], dict[str, Any]]


STEPS: dict[str, Step] = {
    step.takes: step
    for step in (
        Step(State.RECEIVED, State.PARSED, "reading the article", parsing.prepare, parsing.store),
        Step(State.PARSED, State.EXTRACTED, "finding the claims", extraction.prepare, extraction.store),
        Step(State.EXTRACTED, State.LINKED, "linking the claims", linking.prepare, linking.store),
        Step(State.LINKED, State.CHECKED, "running the checks", checking.prepare, checking.store),
    )
}


class NotRetryable(Exception):
    """The document is not one that can be retried; the message says why, in words."""


class LeaseLost(Exception):
    """Somebody else has the document now: what this worker did must not be written."""


@dataclass(frozen=True, slots=True)
class _Lease:
    document: UUID
    token: UUID
    state: str
    attempts: int
    losses: int
    taken_at: datetime
    article: int | None

    def names(self) -> dict[str, Any]:
        """What every line of the log about this attempt carries."""
        about = {"document": str(self.document), "article": self.article}
        return {name: value for name, value in about.items() if value is not None}


def lease_seconds() -> float:
    """How long a worker may be silent before another takes its document."""
    return float(settings.PIPELINE_LEASE_SECONDS)


def advance(document_id: UUID) -> str:
    """Leases the document and runs ONE step.

    Returns the state it is in afterwards, or the present one if somebody else holds it, it is not due yet,
    or it is finished. Raises Document.DoesNotExist, or a database error if the database is away (the lease
    then runs out by itself). A step that fails raises nothing: the row says what happened and when the next
    attempt is.
    """
    lease = _take(document_id)
    if lease is None:
        return _state(document_id)
    with structlog.contextvars.bound_contextvars(**lease.names()):
        return _attempt(lease)


def run(document_id: UUID) -> str:
    """Advances until it is finished, failed an attempt, or is somebody else's. Returns the state."""
    before, state = None, _state(document_id)
    while state in STEPS and state != before:
        before, state = state, advance(document_id)
    return state


def retry(document_id: UUID, user: User | None = None, raw: bytes | None = None) -> str:
    """Sends a document that failed back to the step it failed in; returns that state.

    That is one in quarantine, or one that was rejected when it was read: the reader may have been mended
    since. What was refused at the door stays refused, unless it comes through the door again: then ``raw`` is
    given, and kept. Raises NotRetryable for any other, Document.DoesNotExist for none.
    """
    with transaction.atomic():
        row = Document.objects.select_for_update().defer("raw").get(pk=document_id)
        if not (row.may_be_retried or (row.state == State.REJECTED and raw is not None)):
            raise NotRetryable(
                f"This document is {row.state}; only one that is quarantined, or was "
                "rejected when it was read, can be tried again."
            )
        state = row.journey[-1]["from"] if row.journey else State.RECEIVED
        if raw is not None:
            Document.objects.filter(pk=document_id).update(raw=raw)
        by = user.get_username() if user else None
        send_back(row, state, by)
        hints.send_on_commit(document_id)
    return str(state)


def sweep() -> int:
    """Reminds the workers of documents that are due, oldest reminder first; returns how many.

    One sweeper at a time, and never one that waits: rows a worker is just writing are skipped. The
    reminders go out before the commit: if the broker is away nothing is marked as reminded, and the next
    sweep tries again.
    """
    with transaction.atomic():
        if not try_hold(SWEEPING):
            return 0
        _renew()
        due = list(
            Document.objects.due()
            .filter(hint_due_at__lte=Now())
            .order_by("hint_due_at", "pk")
            .select_for_update(skip_locked=True)
            .values_list("pk", "hints")[:_SWEEP]
        )
        with transaction.atomic():
            for pk, number in due:
                pause = timedelta(seconds=_REMINDER * 2 ** min(number, _REMINDERS))
                Document.objects.filter(pk=pk).update(
                    hints=min(number + 1, _REMINDERS), hint_due_at=Now() + pause
                )
            try:
                hints.send(pk for pk, _ in due)
            except hints.FAILURES as error:
                log.warning("the broker takes no hints, %d documents wait: %s", len(due), error)
                transaction.set_rollback(True)
                return 0
    return len(due)


def _renew() -> None:
    """Sends articles that an older engine read back to the step that finds claims, newest first.

    Claims at the same place keep their rows, so decisions and history stay with them. Only a few are under
    way at a time, and none while new documents fill the queue.
    """
    room = _RENEWED - Document.objects.under_way().count()
    if room <= 0:
        return
    stale = Document.objects.read_by_engine_before(ENGINE_VERSION).select_for_update(
        skip_locked=True, of=("self",)
    )
    by = f"engine {ENGINE_VERSION}"
    for row in stale.only("state", "journey")[:room]:
        send_back(row, State.PARSED, by)


def send_back(row: Document, state: str, by: str | None) -> None:
    """Puts a locked document before the step that takes ``state``, as if never tried; ``by`` says who did."""
    line = {
        "from": row.state,
        "state": state,
        "at": timezone.now().isoformat(),
        "seconds": 0,
        "by": by,
    }
    Document.objects.filter(pk=row.pk).update(
        state=state,
        state_since=Now(),
        attempts=0,
        losses=0,
        hints=0,
        due_at=Now(),
        hint_due_at=Now(),
        error_code="",
        error_detail="",
        journey=[*row.journey, line],
    )


# -- one step --------------------------------------------------------------------------------------------


def _take(document_id: UUID) -> _Lease | None:
    token = uuid4()
    # Said by what has ended: the index of what is under way would seem cheaper than the key, and is full of
    # entries whose rows have moved on.
    ended = [state for state in State.values if state not in State.under_way()]
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE claims_document SET
                lease = %(token)s,
                lease_expires_at = clock_timestamp() + make_interval(secs => %(seconds)s),
                hint_due_at = clock_timestamp() + make_interval(secs => %(seconds)s),
                hints = 0,
                losses = losses + (lease IS NOT NULL)::int,
                attempts = CASE WHEN lease IS NOT NULL AND attempts > 1 THEN attempts ELSE attempts + 1 END
            WHERE id = %(id)s AND state <> ALL (%(ended)s) AND due_at <= clock_timestamp()
              AND (lease_expires_at IS NULL OR lease_expires_at < clock_timestamp())
            RETURNING state, attempts, losses, clock_timestamp(),
                (SELECT article_id FROM claims_revision WHERE id = revision_id)
            """,
            {"token": token, "seconds": lease_seconds(), "id": document_id, "ended": ended},
        )
        row = cursor.fetchone()
    return _Lease(document_id, token, *row) if row else None


def _attempt(lease: _Lease) -> str:
    step = STEPS[lease.state]
    if lease.losses >= MAX_LOSSES:
        words = f"{lease.losses} workers in a row were lost while {step.doing}"
        _give_up(lease, State.QUARANTINED, "workers_lost", words)
        return _state(lease.document)
    started = time.monotonic()
    try:
        _do(lease, step, started)
        return step.gives
    except LeaseLost:
        log.warning("lease lost while %s; nothing was written", step.doing)
    except Unreadable as refusal:
        _give_up(lease, State.REJECTED, refusal.code, f"{refusal.title}: {refusal.detail}")
    except Exception as error:
        _fail(lease, step, error)
    except BaseException:  # told to stop: the next worker need not wait
        _release(lease)
        raise
    return _state(lease.document)


def _do(lease: _Lease, step: Step, started: float) -> None:
    document = Document.objects.defer("raw").get(pk=lease.document)
    # In its own process the work must end before the lease does, so that the failure can be written.
    how = in_process if lease.attempts == 1 else isolated(lease_seconds() * 0.8)
    prepared = step.prepare(document, how)
    with transaction.atomic():
        fields = step.store(document, prepared, how)
        seconds = time.monotonic() - started
        _write(
            lease,
            **fields,
            state=step.gives,
            state_since=Now(),
            attempts=0,
            losses=0,
            error_code="",
            error_detail="",
            journey=[*document.journey, _line(lease, step.gives, seconds)],
        )
    log.info("%s", step.gives, extra={"seconds": round(seconds, 3), "attempt": lease.attempts})


def _fail(lease: _Lease, step: Step, error: Exception) -> None:
    """Records a failed attempt; after the last one the document is quarantined."""
    if not connection.in_atomic_block:
        connection.close_if_unusable_or_obsolete()  # it may have broken with the attempt
    counted = lease.attempts - 1 if _database_went_away(error) else lease.attempts
    if isinstance(error, ChildDied):
        plain = f"It was cut short while {step.doing}."
    else:
        plain = f"An error of the program stopped it while {step.doing}."
    log.error("attempt %d failed while %s", lease.attempts, step.doing, exc_info=error)
    if counted >= MAX_ATTEMPTS:
        plain = f"{plain} That happened {counted} times, so it was put aside."
        _give_up(lease, State.QUARANTINED, _code(error), f"{plain}\n{_in_words(error)}")
        return
    due = Now() + timedelta(seconds=_BACK_OFF ** max(counted, 1))
    _end(
        lease,
        attempts=counted,
        due_at=due,
        hint_due_at=due,
        error_code=_code(error),
        error_detail=f"{plain}\n{_in_words(error)}",
    )


def _give_up(lease: _Lease, state: str, code: str, detail: str) -> None:
    journey = Document.objects.values_list("journey", flat=True).get(pk=lease.document)
    _end(
        lease,
        state=state,
        state_since=Now(),
        error_code=code,
        error_detail=detail,
        journey=[*journey, _line(lease, state, 0)],
    )
    log.warning("%s: %s", state, detail)


def _release(lease: _Lease) -> None:
    _end(lease, attempts=lease.attempts - 1, hint_due_at=Now())


def _end(lease: _Lease, **fields: Any) -> None:
    """Writes the end of an attempt that brought nothing forward, unless the document is taken by now."""
    try:
        _write(lease, **fields)
    except LeaseLost:
        log.warning("lease lost; the end of this attempt was not written")


def _write(lease: _Lease, **fields: Any) -> None:
    """Sets fields and gives the lease back. Raises LeaseLost if it is not ours any more."""
    held = Document.objects.filter(pk=lease.document, lease=lease.token)
    if not held.update(lease=None, lease_expires_at=None, **fields):
        raise LeaseLost


def _line(lease: _Lease, state: str, seconds: float) -> dict[str, Any]:
    return {
        "from": lease.state,
        "state": str(state),
        "at": (lease.taken_at + timedelta(seconds=seconds)).isoformat(),
        "seconds": round(seconds, 3),
        "attempt": lease.attempts,
    }


def _state(document_id: UUID) -> str:
    return Document.objects.values_list("state", flat=True).get(pk=document_id)


def _database_went_away(error: Exception) -> bool:
    """Whether the attempt ended with the connection (or in a ring of locks), which is nobody's fault.

    SQLSTATE classes: 08 connection, 57P shutdown, 53 too few resources, 40 rolled back (deadlock). A
    connection that broke has no SQLSTATE.
    """
    if not isinstance(error, DatabaseError) or not isinstance(error.__cause__, psycopg.Error):
        return False
    code = error.__cause__.sqlstate
    if code is None:
        return isinstance(error.__cause__, psycopg.OperationalError | psycopg.InterfaceError)
    return code.startswith(("08", "57P", "53", "40"))


def _code(error: Exception) -> str:
    return "process_died" if isinstance(error, ChildDied) else "step_failed"


def _in_words(error: Exception) -> str:
    first = (str(error).strip() or "no message").splitlines()[0][:500]
    return first if isinstance(error, ChildDied | ChildFailed) else f"{type(error).__name__}: {first}"
