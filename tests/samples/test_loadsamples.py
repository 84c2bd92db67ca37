from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims import samples
from claims.management import waiting
from claims.models import Document, Reference
from claims.services import ingestion, pipeline

pytestmark = pytest.mark.django_db


def load(*options: str) -> str:
    out = StringIO()
    call_command("loadsamples", *options, stdout=out)
    return out.getvalue()


def test_loading_brings_in_every_sample_and_reference() -> None:
    told = load()
    assert Document.objects.filter(source=Document.Source.SAMPLE).count() == len(samples.samples())
    assert Reference.objects.count() == len(samples.references())
    assert f"{len(samples.samples())} sample articles" in told


def test_loading_twice_changes_nothing() -> None:
    load()
    before = set(Document.objects.values_list("pk", "state", "received_at"))
    told = load()
    assert set(Document.objects.values_list("pk", "state", "received_at")) == before
    assert "(0 new)" in told


def test_if_empty_leaves_a_database_in_use_alone() -> None:
    Document.objects.create(content_hash="0" * 64, raw=b"mine", size=4, source=Document.Source.FILE)
    told = load("--if-empty")
    assert Document.objects.count() == 1
    assert "no samples loaded" in told


def test_if_empty_fills_an_empty_database() -> None:
    load("--if-empty")
    assert Document.objects.count() == len(samples.samples())


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> int:
    """Only so many samples: enough where what becomes of them does not matter."""
    first = samples.samples()[:3]
    monkeypatch.setattr(samples, "samples", lambda: first)
    return len(first)


def test_waiting_without_a_worker_does_the_work(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    told = load("--wait")
    assert set(Document.objects.values_list("state", flat=True)) == {"checked"}
    assert f"All {few} are checked." in told


def test_waiting_ends_with_advice_when_the_time_is_up(few: int) -> None:
    with pytest.raises(CommandError, match=f"{few} of {few} articles are not checked after 0 s"):
        load("--wait", "--timeout", "0")
    assert Document.objects.under_way().count() == few


def test_an_article_that_failed_is_named_with_its_reason(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(document: object) -> None:
        raise ValueError("the harbour is closed")

    monkeypatch.setattr(waiting, "PATIENCE", 0.0)
    monkeypatch.setattr(pipeline, "_BACK_OFF", 0)
    monkeypatch.setattr(ingestion.reading, "read", broken)
    with pytest.raises(CommandError, match=r"(?s)northlight\.txt: quarantined: .*the harbour is closed"):
        load("--wait")


def test_declared_fields_are_handed_over_and_the_others_are_left_to_the_reader() -> None:
    load()
    declared = Document.objects.get(name="interceptors_2021/northlight.txt")
    assert declared.declared_outlet == "Northlight News Agency"
    silent = Document.objects.get(name="interceptors_2021/brackwater_gazette.txt")
    assert (silent.declared_outlet, silent.declared_title, silent.declared_published) == ("", "", None)
