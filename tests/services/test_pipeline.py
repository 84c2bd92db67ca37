from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, connection, transaction
from django.db.models.functions import Now

from claims.ingest import reading
from claims.ingest.errors import Unreadable
from claims.models import Claim, Document, Revision
from claims.services import extraction, hints, ingestion, pipeline
from claims.services.isolation import ChildDied, ChildFailed, isolated

from .conftest import TakeIn, story

HELLO = "Norway will deploy 40 tanks in the north."


@pytest.fixture
def document(db: None) -> Document:
    """A document that was just received."""
    return ingestion.accept(story(HELLO), source="file").document


def now_due(document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(due_at=Now())


def lose_lease(document: Document) -> None:
    """As if the worker that holds it were gone for long enough."""
    Document.objects.filter(pk=document.pk).update(lease_expires_at=Now() - timedelta(seconds=1))


def fail_in(monkeypatch: pytest.MonkeyPatch, state: str, error: Exception) -> None:
    def prepare(document: Document, run: object) -> None:
        raise error

    monkeypatch.setitem(pipeline.STEPS, state, replace(pipeline.STEPS[state], prepare=prepare))


# -- the journey -------------------------------------------------------------------------------------------


def test_an_article_goes_from_received_to_checked(document: Document) -> None:
    assert pipeline.run(document.pk) == "checked"
    document.refresh_from_db()
    assert [line["state"] for line in document.journey] == ["parsed", "extracted", "linked", "checked"]
    assert all(line["seconds"] >= 0 for line in document.journey)
    assert document.lease is None
    claims = Claim.objects.filter(revision=document.revision)
    assert [claim.quote for claim in claims if claim.kind == "count"] == ["40 tanks"]
    assert all(claim.group_id for claim in claims)


def test_one_advance_is_one_step(document: Document) -> None:
    states = [pipeline.advance(document.pk) for _ in range(5)]
    assert states == ["parsed", "extracted", "linked", "checked", "checked"]


def test_what_somebody_else_holds_is_left_alone(document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(
        lease=uuid4(), lease_expires_at=Now() + timedelta(seconds=60)
    )
    assert pipeline.run(document.pk) == "received"
    assert Revision.objects.count() == 0


def test_a_lease_that_ran_out_is_taken_over(document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(
        lease=uuid4(), lease_expires_at=Now() - timedelta(seconds=1)
    )
    assert pipeline.run(document.pk) == "checked"


def test_a_worker_that_lost_its_lease_writes_nothing(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.advance(document.pk)
    step = pipeline.STEPS["parsed"]
    other = uuid4()

    def store(document: Document, prepared: object, run: object) -> dict[str, object]:
        fields = step.store(document, prepared, run)
        assert Claim.objects.count() > 0
        return fields

    def prepare(document: Document, run: object) -> object:
        prepared = step.prepare(document, run)
        Document.objects.filter(pk=document.pk).update(
            lease=other, lease_expires_at=Now() + timedelta(seconds=60)
        )
        return prepared

    monkeypatch.setitem(pipeline.STEPS, "parsed", replace(step, prepare=prepare, store=store))
    assert pipeline.advance(document.pk) == "parsed"
    document.refresh_from_db()
    assert Claim.objects.count() == 0
    assert document.lease == other
    assert [line["state"] for line in document.journey] == ["parsed"]


def test_an_unknown_document_is_an_error(db: None) -> None:
    with pytest.raises(Document.DoesNotExist):
        pipeline.run(uuid4())


def test_notices_of_the_reader_are_kept(take_in: TakeIn) -> None:
    row = take_in(HELLO, outlet=None, published=None)
    assert row.state == "checked"
    assert any("Unknown outlet" in notice for notice in row.notices)


# -- failures ----------------------------------------------------------------------------------------------


def test_a_failed_attempt_is_recorded_and_waits_before_the_next(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_in(monkeypatch, "received", ValueError("the harbour is closed"))
    assert pipeline.run(document.pk) == "received"
    document.refresh_from_db()
    assert document.attempts == 1
    assert document.lease is None
    assert document.error_in_words == "An error of the program stopped it while reading the article."
    assert "the harbour is closed" in document.error_as_raised
    assert "Traceback" not in document.error_detail
    assert not Document.objects.due().filter(pk=document.pk).exists()
    assert pipeline.advance(document.pk) == "received"
    document.refresh_from_db()
    assert document.attempts == 1


def test_five_failed_attempts_end_in_quarantine_with_the_reason(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    fail_in(monkeypatch, "received", ValueError("the harbour is closed"))
    states = []
    for _ in range(5):
        now_due(document)
        states.append(pipeline.advance(document.pk))
    assert states == ["received"] * 4 + ["quarantined"]
    document.refresh_from_db()
    assert document.error_code == "step_failed"
    assert "reading the article" in document.error_detail
    assert "the harbour is closed" in document.error_detail


def test_success_forgets_earlier_failures(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        fail_in(patch, "received", ValueError("not now"))
        pipeline.advance(document.pk)
    now_due(document)
    assert pipeline.run(document.pk) == "checked"
    document.refresh_from_db()
    assert (document.attempts, document.error_code, document.error_detail) == (0, "", "")


def test_what_cannot_be_read_is_rejected_at_once(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = Unreadable("no_text", "No story", "There is no story on this page.")
    monkeypatch.setattr(reading, "read", lambda document: (_ for _ in ()).throw(refusal))
    assert pipeline.run(document.pk) == "rejected"
    document.refresh_from_db()
    assert document.error_code == "no_text"
    assert "There is no story on this page." in document.error_detail
    assert pipeline.sweep() == 0


def test_what_cannot_be_read_is_rejected_from_a_process_of_its_own_too(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = Unreadable("no_text", "No story", "There is no story on this page.")
    monkeypatch.setattr(reading, "read", lambda document: (_ for _ in ()).throw(refusal))
    Document.objects.filter(pk=document.pk).update(attempts=1)
    assert pipeline.run(document.pk) == "rejected"


def test_a_failure_because_the_database_went_away_does_not_count(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = OperationalError("terminating connection")
    error.__cause__ = psycopg.errors.AdminShutdown("terminating connection")
    fail_in(monkeypatch, "received", error)
    for _ in range(8):
        now_due(document)
        assert pipeline.advance(document.pk) == "received"
    document.refresh_from_db()
    assert document.attempts == 0


def test_a_worker_told_to_stop_gives_the_document_back(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    def prepare(document: Document, run: object) -> None:
        raise KeyboardInterrupt

    step = pipeline.STEPS["received"]
    with monkeypatch.context() as patch:
        patch.setitem(pipeline.STEPS, "received", replace(step, prepare=prepare))
        with pytest.raises(KeyboardInterrupt):
            pipeline.advance(document.pk)
    document.refresh_from_db()
    assert (document.lease, document.attempts) == (None, 0)
    assert pipeline.run(document.pk) == "checked"


# -- kills -------------------------------------------------------------------------------------------------


def test_a_document_that_kills_its_process_ends_in_quarantine_after_five_attempts(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first attempt ran in a worker, and the worker is gone.
    Document.objects.filter(pk=document.pk).update(
        attempts=1, lease=uuid4(), lease_expires_at=Now() - timedelta(seconds=1)
    )
    monkeypatch.setattr(reading, "read", lambda document: os.kill(os.getpid(), signal.SIGKILL))
    states = []
    for _ in range(4):
        now_due(document)
        states.append(pipeline.advance(document.pk))
    assert states == ["received"] * 3 + ["quarantined"]
    document.refresh_from_db()
    assert document.error_code == "process_died"
    assert "signal 9" in document.error_detail


def test_a_healthy_document_survives_any_storm_of_kills(document: Document) -> None:
    for _ in range(30):
        assert pipeline._take(document.pk) is not None  # a worker takes it ...
        lose_lease(document)  # ... and is killed
    document.refresh_from_db()
    assert (document.attempts, document.losses) == (2, 29)
    assert pipeline.run(document.pk) == "checked"
    document.refresh_from_db()
    assert document.losses == 0


def test_a_document_that_takes_whole_machines_down_is_stopped_in_the_end(document: Document) -> None:
    for _ in range(pipeline.MAX_LOSSES):
        pipeline._take(document.pk)
        lose_lease(document)
    assert pipeline.advance(document.pk) == "quarantined"
    document.refresh_from_db()
    assert document.error_code == "workers_lost"


def test_a_child_that_hangs_is_ended() -> None:
    with pytest.raises(ChildDied, match="did not finish"):
        isolated(0.2)(str, time.sleep, 30)


def test_a_child_that_takes_all_memory_is_refused_it() -> None:
    with pytest.raises(ChildFailed, match="MemoryError"):
        isolated(30)(int, lambda: len(bytearray(64 << 30)))


def test_a_child_gives_back_what_the_work_returned() -> None:
    assert isolated(30)(tuple[int, ...], lambda *given: given, 1, 2, 3) == (1, 2, 3)


# -- retry -------------------------------------------------------------------------------------------------


def test_retry_goes_back_to_the_step_that_failed(
    document: Document, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.advance(document.pk)
    pipeline.advance(document.pk)
    with monkeypatch.context() as patch:
        fail_in(patch, "extracted", ValueError("no"))
        for _ in range(5):
            now_due(document)
            state = pipeline.advance(document.pk)
    assert state == "quarantined"
    assert pipeline.retry(document.pk, user) == "extracted"
    document.refresh_from_db()
    assert (document.state, document.attempts, document.error_code) == ("extracted", 0, "")
    assert document.journey[-1]["by"] == user.username
    assert pipeline.run(document.pk) == "checked"


@pytest.mark.parametrize("state", ["received", "checked", "rejected"])
def test_only_quarantined_documents_can_be_retried(document: Document, state: str) -> None:
    if state == "checked":
        pipeline.run(document.pk)
    if state == "rejected":
        Document.objects.filter(pk=document.pk).update(state="rejected", error_code="empty")
    with pytest.raises(pipeline.NotRetryable, match=state):
        pipeline.retry(document.pk)


def test_a_document_without_a_journey_is_retried_from_the_start(document: Document) -> None:
    Document.objects.filter(pk=document.pk).update(state="quarantined", error_code="workers_lost")
    assert pipeline.retry(document.pk) == "received"
    assert pipeline.run(document.pk) == "checked"


def test_what_was_rejected_when_it_was_read_can_be_retried(
    document: Document, monkeypatch: pytest.MonkeyPatch
) -> None:
    refusal = Unreadable("no_text", "No story", "There is no story on this page.")
    with monkeypatch.context() as unmended:
        unmended.setattr(reading, "read", lambda document: (_ for _ in ()).throw(refusal))
        assert pipeline.run(document.pk) == "rejected"
    assert pipeline.retry(document.pk) == "received"
    assert pipeline.run(document.pk) == "checked"


# -- the sweeper -------------------------------------------------------------------------------------------


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    out: list[UUID] = []
    monkeypatch.setattr(hints, "send", lambda documents: out.extend(documents))
    return out


def test_the_sweeper_reminds_of_what_is_due(document: Document, sent: list[UUID]) -> None:
    assert pipeline.sweep() == 1
    assert sent == [document.pk]


def test_the_sweeper_does_not_remind_twice_at_once(document: Document, sent: list[UUID]) -> None:
    pipeline.sweep()
    assert pipeline.sweep() == 0
    document.refresh_from_db()
    assert document.hint_due_at > document.due_at
    assert pipeline.run(document.pk) == "checked"  # a reminder does not put the work off


def test_the_sweeper_leaves_alone_what_is_held_or_waits_or_is_done(db: None, sent: list[UUID]) -> None:
    held, waiting, done = (
        ingestion.accept(story(f"Norway will deploy 4{i} tanks."), source="file").document for i in range(3)
    )
    pipeline._take(held.pk)
    Document.objects.filter(pk=waiting.pk).update(due_at=Now() + timedelta(minutes=1))
    pipeline.run(done.pk)
    assert pipeline.sweep() == 0


def test_the_sweeper_reminds_of_what_a_lost_worker_held(document: Document, sent: list[UUID]) -> None:
    pipeline._take(document.pk)
    Document.objects.filter(pk=document.pk).update(lease_expires_at=Now(), hint_due_at=Now())
    assert pipeline.sweep() == 1


def test_without_a_broker_everything_stays_due(document: Document, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(documents: object) -> None:
        raise OSError("away")

    with monkeypatch.context() as patch:
        patch.setattr(hints, "send", away)
        assert pipeline.sweep() == 0
    sent: list[UUID] = []
    monkeypatch.setattr(hints, "send", lambda documents: sent.extend(documents))
    assert pipeline.sweep() == 1


def _by_an_older_engine(document: Document) -> Document:
    """Takes a document to its end as if an older engine had done it, and had read its claim otherwise."""
    pipeline.run(document.pk)
    document.refresh_from_db()
    Revision.objects.filter(pk=document.revision_id).update(engine_version="1")
    Claim.objects.filter(revision=document.revision_id).update(engine_version="1", measured="something else")
    return document


def test_what_an_older_engine_read_is_read_again_and_keeps_its_claims(
    document: Document, sent: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    _by_an_older_engine(document)
    before = list(Claim.objects.order_by("pk").values_list("pk", "kind", "start", "end"))
    monkeypatch.setattr(pipeline, "ENGINE_VERSION", "10")  # later than "9", though not as words
    monkeypatch.setattr(extraction, "ENGINE_VERSION", "10")
    assert pipeline.sweep() == 1
    assert pipeline.run(document.pk) == "checked"
    assert list(Claim.objects.order_by("pk").values_list("pk", "kind", "start", "end")) == before
    assert not Claim.objects.filter(measured="something else").exists()
    document.refresh_from_db()
    assert document.revision.engine_version == "10"
    assert [line["by"] for line in document.journey if line.get("by")] == ["engine 10"]
    assert pipeline.sweep() == 0


def test_an_older_sweeper_leaves_alone_what_a_newer_engine_read(document: Document, sent: list[UUID]) -> None:
    _by_an_older_engine(document)
    Revision.objects.filter(pk=document.revision_id).update(engine_version="999")
    assert pipeline.sweep() == 0


def test_reading_again_waits_while_new_documents_fill_the_queue(
    document: Document, sent: list[UUID], monkeypatch: pytest.MonkeyPatch
) -> None:
    _by_an_older_engine(document)
    ingestion.accept(story("Norway will deploy 41 tanks."), source="file")
    sent.clear()
    monkeypatch.setattr(pipeline, "_RENEWED", 1)
    pipeline.sweep()
    document.refresh_from_db()
    assert document.state == "checked"


@pytest.mark.django_db(transaction=True)
def test_two_sweepers_do_not_do_the_same_work(sent: list[UUID]) -> None:
    ingestion.accept(story(HELLO), source="file")
    sent.clear()
    counts: list[int] = []

    def other() -> None:
        counts.append(pipeline.sweep())
        connection.close()

    with transaction.atomic():
        pipeline.try_hold(pipeline.SWEEPING)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert counts == [0]
    assert pipeline.sweep() == 1


@pytest.mark.django_db(transaction=True)
def test_a_row_somebody_is_writing_is_skipped(sent: list[UUID]) -> None:
    busy = ingestion.accept(story(HELLO), source="file").document
    free = ingestion.accept(story("Norway will deploy 41 tanks."), source="file").document
    sent.clear()

    def other() -> None:
        pipeline.sweep()
        connection.close()

    with transaction.atomic():
        Document.objects.select_for_update().get(pk=busy.pk)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert sent == [free.pk]


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_one_document_do_each_step_once() -> None:
    row = ingestion.accept(story(HELLO), source="file").document
    gate = threading.Barrier(4)

    def work() -> None:
        gate.wait()
        pipeline.run(row.pk)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    pipeline.run(row.pk)
    row.refresh_from_db()
    assert [line["state"] for line in row.journey] == ["parsed", "extracted", "linked", "checked"]
    assert Revision.objects.count() == 1
