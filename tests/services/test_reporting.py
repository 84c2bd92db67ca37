from __future__ import annotations

import json
import threading
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

import pytest
from django.db import connection, transaction
from django.utils import timezone

from claims.models import Finding, Job, Report
from claims.services import ingestion, reporting
from claims.services.reporting import content, make, run_nightly

from .conftest import TakeIn, story

QUALIFIED = "Norway will deploy as many as 40 tanks in the north."
FLAT = "Norway will deploy 40 tanks in the north."
PAGE = "https://strait.example/1"


def today() -> date:
    return timezone.localdate()


@pytest.fixture
def two_outlets(take_in: TakeIn) -> Finding:
    take_in(QUALIFIED)
    take_in(FLAT, outlet="The Strait", url=PAGE)
    return Finding.objects.get()


def test_a_report_says_what_is_new_and_open(two_outlets: Finding) -> None:
    said = content(make(today()))
    assert [each["id"] for each in said["new_findings"]] == [two_outlets.pk]
    assert [each["id"] for each in said["open_findings"]] == [two_outlets.pk]
    assert (said["articles"], said["outlets"], said["origins"]) == (2, 2, 2)
    assert said["claims"] == 2
    assert said["groups"] == 1
    shown = said["new_findings"][0]["claims"][0]
    assert (shown["outlet"], shown["quote"], shown["published"]) == ("The Strait", "40 tanks", "2021-05-03")


def test_a_report_is_frozen(two_outlets: Finding, take_in: TakeIn) -> None:
    first = make(today())
    take_in("Sweden sold 12 boats to Finland.", outlet="The Sound")
    again = make(today())
    assert (again.pk, again.payload, again.payload_hash) == (first.pk, first.payload, first.payload_hash)


def test_the_same_inputs_give_the_same_bytes(two_outlets: Finding) -> None:
    point = transaction.savepoint()
    first = make(today()).payload
    transaction.savepoint_rollback(point)
    report = make(today())
    assert report.payload == first
    assert report.payload_hash == sha256(first.encode()).hexdigest()
    assert first == reporting.canonical(json.loads(first))


def test_the_next_report_tells_only_what_is_new_since(two_outlets: Finding, take_in: TakeIn) -> None:
    make(today() - timedelta(days=1))
    take_in(QUALIFIED, outlet="The Strait", url=PAGE)  # corrected
    said = content(make(today()))
    assert said["since"] == (today() - timedelta(days=1)).isoformat()
    assert [each["check"] for each in said["new_findings"]] == ["silent_edit"]
    assert [each["id"] for each in said["resolved"]] == [two_outlets.pk]


def test_failed_documents_are_in_the_report(db: None) -> None:
    ingestion.accept(replace(story(), raw=b""), source="file")
    said = content(make(today()))
    assert [row["code"] for row in said["failed_documents"]] == ["empty"]


def test_a_day_that_has_not_begun_has_no_report(db: None) -> None:
    with pytest.raises(ValueError, match="not begun"):
        make(today() + timedelta(days=2))


def test_an_empty_house_gives_an_empty_report(db: None) -> None:
    said = content(make(today()))
    assert (said["articles"], said["new_findings"], said["since"]) == (0, [], None)


@pytest.mark.django_db(transaction=True)
def test_made_at_once_there_is_one_report() -> None:
    gate, made = threading.Barrier(4), []

    def work() -> None:
        gate.wait()
        made.append(make(today()).pk)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 1
    assert Report.objects.count() == 1


def test_the_scheduled_run_is_one_job_however_often_it_is_asked_for(db: None) -> None:
    assert run_nightly() == run_nightly()
    job = Job.objects.get()
    assert (job.kind, job.state, job.attempts) == ("nightly", "done", 1)
    assert job.finished_at is not None


def test_a_scheduled_run_that_failed_says_so_and_is_tried_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(day: date) -> Report:
        raise OSError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(reporting, "make", fail)
        with pytest.raises(OSError, match="full"):
            run_nightly()
    assert Job.objects.get().state == "failed"
    assert "the disk is full" in Job.objects.get().detail
    run_nightly()
    assert (Job.objects.get().state, Job.objects.get().attempts) == ("done", 2)
