from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import OperationalError

from claims.ingest import fetching
from claims.ingest.errors import Unreadable
from claims.management import waiting
from claims.models import Document
from claims.services import ingestion, pipeline

from .conftest import ARTICLE, Run

DECLARED = ["--outlet", "The Fjord", "--title", "Plan", "--published", "2021-05-03"]


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits two seconds for a worker that does not exist."""
    monkeypatch.setattr(waiting, "PATIENCE", 0.0)


def test_a_file_is_accepted(db: None, run: Run, article: Path) -> None:
    ran = run("ingest", str(article))
    row = Document.objects.get()
    assert ran.code == 0
    assert "accepted" in ran.out
    assert str(row.pk) in ran.out
    assert (row.state, row.source, row.name) == ("received", "file", "plan.txt")


def test_waiting_shows_claims_and_findings_though_no_worker_runs(db: None, run: Run, article: Path) -> None:
    ran = run("ingest", str(article), *DECLARED, "--wait")
    assert ran.code == 0
    assert "as many as 40 tanks" in ran.out
    assert "The Fjord: Plan (2021-05-03)" in ran.out
    assert "checked" in ran.err


def test_findings_are_shown_with_every_article_they_are_about(db: None, run: Run, tmp_path: Path) -> None:
    page = """<!doctype html><html><head><title>Tanks</title><meta property="og:site_name" content="{}">
        <meta property="article:published_time" content="2021-05-03"></head><body><p>{}</p></body></html>"""
    (tmp_path / "a.html").write_text(page.format("The Fjord", ARTICLE))
    (tmp_path / "b.html").write_text(page.format("The Strait", ARTICLE.replace("as many as ", "")))
    ran = run("ingest", str(tmp_path), "--wait", "--json")
    documents = json.loads(ran.out)["documents"]
    assert ran.code == 0
    assert len(documents) == 2
    found = [{finding["id"] for finding in each["findings"]} for each in documents]
    assert found[0] == found[1] != set()


def test_json_holds_the_claims_with_their_characters(db: None, run: Run, article: Path) -> None:
    ran = run("ingest", str(article), *DECLARED, "--wait", "--json")
    (document,) = json.loads(ran.out)["documents"]
    (claim,) = (each for each in document["claims"] if each["kind"] == "count")
    body = Document.objects.get().revision.body
    assert body[claim["start"] : claim["end"]] == claim["quote"]
    assert (claim["value"], claim["unit"], claim["modifier"]) == ("40", "tank", "as many as")
    assert document["article"]["outlet"] == "The Fjord"


def test_standard_input_is_read(db: None, run: Run) -> None:
    assert run("ingest", "-", *DECLARED, "--wait", stdin=ARTICLE.encode()).code == 0
    assert Document.objects.get().state == "checked"


def test_the_same_article_twice_is_already_here(db: None, run: Run, article: Path) -> None:
    run("ingest", str(article), "--wait")
    ran = run("ingest", str(article))
    assert ran.code == 0
    assert "already here (checked)" in ran.out
    assert str(Document.objects.get().pk) in ran.out


def test_folders_and_patterns_are_searched_once_and_hidden_files_left(
    db: None, run: Run, tmp_path: Path
) -> None:
    (tmp_path / "deep").mkdir()
    for name in ("a.txt", "deep/b.txt", ".hidden.txt"):
        (tmp_path / name).write_text(ARTICLE + name)
    assert run("ingest", str(tmp_path), str(tmp_path / "*.txt")).code == 0
    assert sorted(Document.objects.values_list("name", flat=True)) == ["a.txt", "b.txt"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "Nothing in it"), (b"\x7fELF\x02\x01\x01" + bytes(200), "")],
)
def test_what_is_no_article_gets_a_reason_and_a_code(
    db: None, run: Run, tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "odd"
    path.write_bytes(content)
    ran = run("ingest", str(path), "--wait")
    assert ran.code == 1
    assert "rejected" in ran.out
    assert words in ran.out
    assert Document.objects.get().error_detail in ran.out


def test_what_is_far_too_large_is_refused_with_its_size_and_not_read(
    db: None, run: Run, tmp_path: Path
) -> None:
    with (tmp_path / "film.txt").open("wb") as file:
        file.truncate(30_000_000_000)  # a hole: it takes no room on the disk, but would in memory
    ran = run("ingest", str(tmp_path / "film.txt"))
    row = Document.objects.get()
    assert (ran.code, row.state, row.size, bytes(row.raw)) == (1, "rejected", 30_000_000_000, b"")
    assert "30,000.0 MB" in ran.out


def test_standard_input_that_is_too_large_tells_its_size(db: None, run: Run) -> None:
    ran = run("ingest", "-", stdin=b"word " * 2_000_000)
    assert (ran.code, Document.objects.get().size) == (1, 10_000_000)


def test_an_address_inside_the_house_is_refused_in_a_sentence_alone(
    db: None, run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    ran = run("ingest", "http://127.0.0.1:1/x")
    assert ran.code == 1
    assert "not on the open internet" in ran.out
    assert caplog.records == []


def test_a_file_that_is_not_there_does_not_stop_the_others(db: None, run: Run, article: Path) -> None:
    ran = run("ingest", "nowhere.txt", "*.nothing", str(article))
    assert ran.code == 1
    assert "no such file" in ran.out
    assert "no file fits" in ran.out
    assert Document.objects.count() == 1


def test_a_page_that_cannot_be_had_is_said_so(db: None, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def fetch(url: str, max_bytes: int) -> None:
        raise Unreadable("fetch_refused", "Not fetched", "The server refused. Try later.")

    monkeypatch.setattr(fetching, "fetch", fetch)
    ran = run("ingest", "https://fjord.example/plan")
    assert ran.code == 1
    assert "The server refused. Try later." in ran.out


@pytest.mark.parametrize("words", [["a.txt", "b.txt", "--title", "T"], ["a.txt", "--published", "May"], []])
def test_a_wrong_call_is_code_2(db: None, run: Run, words: list[str]) -> None:
    assert run("ingest", *words).code in (1, 2)
    assert Document.objects.count() == 0


def test_a_step_that_fails_is_said_without_a_traceback(
    db: None, run: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ValueError("the harbour is closed")

    monkeypatch.setattr(pipeline, "_BACK_OFF", 0)
    monkeypatch.setattr(ingestion.reading, "read", broken)
    ran = run("ingest", str(article), "--wait")
    assert ran.code == 1
    assert "quarantined" in ran.out
    assert "the harbour is closed" in ran.out
    assert "Traceback" not in ran.out + ran.err


def test_waiting_ends_when_the_time_is_up(
    db: None, run: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(waiting, "PATIENCE", 3600.0)
    second = article.with_name("second.txt")
    second.write_text(ARTICLE + "A second one.")
    ran = run("ingest", str(article), str(second), "--wait", "--timeout", "0.2")
    assert ran.out.count("goes on by itself") == 2


def test_a_database_that_is_away_is_code_2_and_a_sentence(
    run: Run, article: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def away(*_: object, **__: object) -> Iterator[None]:
        raise OperationalError("connection refused")
        yield

    monkeypatch.setattr(ingestion.transaction, "atomic", away)
    ran = run("ingest", str(article))
    assert ran.code == 2
    assert "The database does not answer" in ran.err
    assert "make run" in ran.err
