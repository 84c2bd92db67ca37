from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from claims import samples
from claims.models import Document, Reference

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


def test_waiting_without_a_worker_ends_with_advice() -> None:
    with pytest.raises(CommandError, match=r"is a worker running\?"):
        load("--wait", "--timeout", "0")


def test_declared_fields_are_handed_over_and_the_others_are_left_to_the_reader() -> None:
    load()
    declared = Document.objects.get(name="interceptors_2021/northlight.txt")
    assert declared.declared_outlet == "Northlight News Agency"
    silent = Document.objects.get(name="interceptors_2021/brackwater_gazette.txt")
    assert (silent.declared_outlet, silent.declared_title, silent.declared_published) == ("", "", None)
