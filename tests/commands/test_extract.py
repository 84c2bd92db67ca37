"""manage.py extract: an article in, claims out, without a database."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from io import BytesIO, StringIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

STORY = """Norway orders radars

4 May 2021

OSLO: Norway plans to buy as many as 12 coastal radars, including 2 for training, the Ministry of Defence \
said on Monday. The order is worth almost €300 million and will be delivered over several years.

"We have waited for this for a long time," Minister Kari Olsen told Reuters.
"""


def _run(*arguments: str) -> str:
    out = StringIO()
    call_command("extract", *arguments, stdout=out)
    return out.getvalue()


@pytest.fixture
def story(tmp_path: Path) -> Path:
    path = tmp_path / "radars.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def test_json_is_one_object_whose_spans_point_into_its_body(story: Path) -> None:
    answer = json.loads(_run(str(story), "--json", "--outlet", "Oslo Daily", "--published", "2021-05-04"))
    assert (answer["outlet"], answer["published"]) == ("Oslo Daily", "2021-05-04")
    quotes = [c["quote"] for c in answer["claims"]]
    assert "as many as 12 coastal radars" in quotes
    assert "2 for training" in quotes
    assert "almost €300 million" in quotes
    for claim in answer["claims"]:
        assert answer["body"][claim["start"] : claim["end"]] == claim["quote"]
    (money,) = [c for c in answer["claims"] if c["kind"] == "money"]
    assert (money["value"], money["unit"], money["modifier"]) == (300000000, "EUR", "almost")


def test_the_table_names_quote_value_and_speaker(story: Path) -> None:
    table = _run(str(story))
    assert "almost €300 million" in table
    assert "300,000,000 EUR" in table
    assert "Kari Olsen (direct)" in table


def test_jsonl_answers_every_line_and_takes_the_text_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    rows: list[Any] = [
        {
            "id": "a",
            "text": "Home / News\nSpain expelled ten diplomats last week.",
            "published": "2021-05-04",
        },
        {"id": 2, "text": "Nothing here."},
    ]
    path.write_text("\n".join(json.dumps(r) for r in rows) + "\n\n", encoding="utf-8")
    first, second = [json.loads(line) for line in _run(str(path), "--jsonl").splitlines()]
    (claim,) = first["claims"]
    assert rows[0]["text"][claim["start"] : claim["end"]] == "ten diplomats"
    assert claim["when"] == {"text": "last week", "start": "2021-04-26", "end": "2021-05-02"}
    assert second == {"id": 2, "claims": []}


@pytest.mark.parametrize(
    ("line", "id_", "reason"),
    [
        ("{not json", None, "is no JSON"),
        ("[1]", None, "is no object"),
        ('{"id": 7}', 7, '"text" is missing'),
        ('{"id": 7, "text": 3}', 7, '"text" is missing'),
        ('{"id": 7, "text": "x", "published": "May"}', 7, '"published" is no date'),
        ('{"id": 7, "text": "x", "published": 2021}', 7, '"published" is no date'),
    ],
)
def test_a_bad_line_gets_an_error_and_the_stream_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str, id_: int | None, reason: str
) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text(line + '\n{"id": "next", "text": "Spain expelled ten diplomats."}\n', encoding="utf-8")
    out = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("extract", str(path), "--jsonl", stdout=out)
    assert stop.value.code == 1
    bad, good = [json.loads(x) for x in out.getvalue().splitlines()]
    assert bad["id"] == id_
    assert reason in bad["error"]
    assert len(good["claims"]) == 1


def test_standard_input_is_read_for_a_hyphen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=BytesIO(STORY.encode())))
    assert json.loads(_run("-", "--json"))["claims"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "nothing in it"),
        (b"   \n", "nothing in it"),
        (b"\x89PNG\r\n\x1a\n" + bytes(400), "not a text"),
        (b"Spain. " * 1_000_000, "too large"),
    ],
)
def test_what_is_no_article_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "page"
    path.write_bytes(content)
    with pytest.raises(CommandError) as error:
        _run(str(path))
    assert error.value.returncode == 2
    assert words in str(error.value).lower()


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no such file"):
        _run(str(tmp_path / "nowhere.txt"))
    with pytest.raises(CommandError, match="is a folder"):
        _run(str(tmp_path))


def test_a_date_that_is_none_is_refused(story: Path) -> None:
    with pytest.raises(CommandError, match="is no date"):
        _run(str(story), "--published", "soon")


def test_it_runs_without_settings_or_servers(repository: Path, story: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG")}
    done = subprocess.run(
        [sys.executable, "manage.py", "extract", str(story), "--json"],
        cwd=repository,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["claims"]
