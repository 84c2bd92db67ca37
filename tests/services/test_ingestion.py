from __future__ import annotations

import logging
import threading
from dataclasses import replace

import pytest
from celery import Celery
from django.contrib.auth.models import User
from django.db import connection

from claims.engine import records
from claims.ingest import reading
from claims.ingest.errors import Unreadable
from claims.models import Document
from claims.services import hints, ingestion, pipeline

from .conftest import story

HELLO = "Norway will deploy 40 tanks in the north."


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of the hints sent, instead of sending them."""
    out: list[str] = []
    monkeypatch.setattr(hints, "send", lambda documents: out.extend(map(str, documents)))
    return out


def test_bytes_and_what_was_declared_are_stored_whole(db: None, user: User) -> None:
    given = story(HELLO, url="https://fjord.example/plan")
    accepted = ingestion.accept(given, source="upload", user=user)
    row = Document.objects.get(pk=accepted.document.pk)
    assert accepted.created
    assert bytes(row.raw) == given.raw
    assert (row.size, row.state, row.source) == (len(given.raw), "received", "upload")
    assert (row.declared_outlet, row.url, row.declared_published) == (
        given.outlet,
        given.url,
        given.published,
    )
    assert row.submitted_by == user


def test_the_same_article_twice_is_one_document(db: None) -> None:
    first = ingestion.accept(story(HELLO), source="file")
    second = ingestion.accept(story(HELLO), source="api")
    assert not second.created
    assert second.document == first.document
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    "other", [{"outlet": "The Strait"}, {"title": "Other"}, {"published": None}, {"url": "x"}]
)
def test_the_same_bytes_declared_otherwise_are_another_document(db: None, other: dict[str, object]) -> None:
    ingestion.accept(story(HELLO), source="file")
    assert ingestion.accept(replace(story(HELLO), **other), source="file").created


def test_a_name_is_no_part_of_the_identity(db: None) -> None:
    ingestion.accept(replace(story(HELLO), name="a.txt"), source="file")
    assert not ingestion.accept(replace(story(HELLO), name="b.txt"), source="file").created


@pytest.mark.django_db(transaction=True)
def test_handed_in_from_many_sides_at_once_it_is_one_document() -> None:
    gate, results = threading.Barrier(6), []

    def hand_in() -> None:
        gate.wait()
        try:
            results.append(ingestion.accept(story(HELLO), source="api"))
        finally:
            connection.close()

    threads = [threading.Thread(target=hand_in) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.created for each in results].count(True) == 1
    assert len({each.document.pk for each in results}) == 1
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"", "empty"), (b" \n\t ", "empty"), (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" * 20, "binary")],
)
def test_what_is_no_article_is_kept_and_says_why(db: None, sent: list[str], raw: bytes, code: str) -> None:
    accepted = ingestion.accept(records.Document(raw=raw), source="api")
    row = accepted.document
    assert accepted.created
    assert (row.state, row.error_code) == ("rejected", code)
    assert row.error_detail
    assert bytes(Document.objects.get(pk=row.pk).raw) == raw


def test_what_is_too_large_leaves_its_size_but_not_its_bytes(db: None, settings: object) -> None:
    settings.MAX_DOCUMENT_BYTES = 1000
    row = ingestion.accept(records.Document(raw=b"word " * 300), source="upload").document
    row.refresh_from_db()
    assert (row.state, row.error_code, row.size, bytes(row.raw)) == ("rejected", "too_large", 1500, b"")


def test_of_what_is_too_large_the_beginning_is_enough_to_tell_its_size(db: None, settings: object) -> None:
    settings.MAX_DOCUMENT_BYTES = 1000
    start = records.Document(raw=b"word " * 201)
    row = ingestion.accept(start, source="api", size=50_000_000).document
    assert (row.state, row.error_code, row.size, bytes(row.raw)) == ("rejected", "too_large", 50_000_000, b"")
    assert "50.0 MB" in row.error_detail
    assert ingestion.accept(start, source="api", size=60_000_000).created
    assert not ingestion.accept(start, source="api", size=50_000_000).created


def test_what_was_rejected_when_it_was_read_is_tried_again_when_it_comes_again(
    db: None, sent: list[str], monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    refusal = Unreadable("no_text", "No story", "There is no story on this page.")
    with monkeypatch.context() as unmended:
        unmended.setattr(reading, "read", lambda document: (_ for _ in ()).throw(refusal))
        first = ingestion.accept(story(HELLO), source="file").document
        assert pipeline.run(first.pk) == "rejected"
    with django_capture_on_commit_callbacks(execute=True):
        again = ingestion.accept(story(HELLO), source="api")
    assert (again.document, again.created, again.retried) == (first, False, True)
    assert (again.document.state, again.document.error_code) == ("received", "")
    assert sent == [str(first.pk)]
    assert pipeline.run(first.pk) == "checked"
    assert not ingestion.accept(story(HELLO), source="api").retried


def test_what_the_door_refused_and_lets_in_now_is_read_with_its_bytes(db: None, settings: object) -> None:
    given = story(HELLO)
    settings.MAX_DOCUMENT_BYTES = 10
    assert ingestion.accept(given, source="file").document.state == "rejected"
    assert not ingestion.accept(given, source="file").retried
    settings.MAX_DOCUMENT_BYTES = 5_000_000
    again = ingestion.accept(given, source="file")
    assert (again.retried, bytes(again.document.raw)) == (True, given.raw)
    assert pipeline.run(again.document.pk) == "checked"


def test_characters_the_database_cannot_hold_are_dropped(db: None) -> None:
    row = ingestion.accept(story(HELLO, title="A\x00 plan \ud800", outlet="x" * 900), source="api").document
    row.refresh_from_db()
    assert row.declared_title == "A plan ?"
    assert len(row.declared_outlet) == 200


def test_the_hint_goes_out_when_the_row_is_committed(
    db: None, sent: list[str], django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = ingestion.accept(story(HELLO), source="file").document
        assert sent == []
    assert sent == [str(row.pk)]


def test_a_rejected_document_sends_no_hint(
    db: None, sent: list[str], django_capture_on_commit_callbacks: object
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        ingestion.accept(records.Document(raw=b""), source="file")
    assert sent == []


def test_a_broker_that_is_away_costs_nothing_but_a_line_in_the_log(
    db: None,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: object,
) -> None:
    nowhere = Celery("nowhere", broker="redis://127.0.0.1:1/0", set_as_current=False)
    monkeypatch.setattr(hints, "current_app", nowhere)
    monkeypatch.setattr(hints, "_resting_until", 0.0)
    with caplog.at_level(logging.WARNING), django_capture_on_commit_callbacks(execute=True):
        row = ingestion.accept(story(HELLO), source="file").document
    assert Document.objects.get(pk=row.pk).state == "received"
    assert str(row.pk) in caplog.text


def test_after_a_failure_the_next_articles_do_not_wait_for_the_broker_again(
    db: None, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: object
) -> None:
    tries = []

    def fail(documents: object) -> None:
        tries.append(1)
        raise OSError("away")

    monkeypatch.setattr(hints, "send", fail)
    monkeypatch.setattr(hints, "_resting_until", 0.0)
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(5):
            ingestion.accept(story(f"Norway will deploy 4{number} tanks."), source="file")
    assert len(tries) == 1
