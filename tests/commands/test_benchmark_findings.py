"""benchmarks/findings.py carries articles through the engine and holds the findings against verdicts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
ARTICLES = [
    {
        "doc": "a",
        "outlet": "The Courier",
        "date": "2024-06-12",
        "title": "Norland moves launchers to Eastmark",
        "text": "Norland deployed 24 launchers in Eastmark on Monday, the ministry said. Nobody was told.",
    },
    {
        "doc": "b",
        "outlet": "The Ledger",
        "date": "2024-06-12",
        "title": "Launchers arrive in Eastmark",
        "text": "On Monday Norland deployed 36 launchers in Eastmark. The neighbours asked for a meeting.",
    },
]


def run(folder: Path, *arguments: str, articles: list[dict[str, str]] = ARTICLES) -> str:
    path = folder / "articles.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in articles), encoding="utf-8")
    command = [sys.executable, str(ROOT / "benchmarks" / "findings.py"), str(path), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder).stdout


def findings(folder: Path, articles: list[dict[str, str]] = ARTICLES) -> list[dict[str, Any]]:
    out = folder / "findings.jsonl"
    run(folder, "--check", "value_conflict", "--out", str(out), articles=articles)
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_a_conflict_is_found_and_shown_with_its_passages(tmp_path: Path) -> None:
    said = run(tmp_path, "--check", "value_conflict", "--show", "1")
    assert "2 articles" in said
    assert "[[24 launchers]]" in said
    assert "[[36 launchers]]" in said


def test_what_is_written_points_into_the_articles(tmp_path: Path) -> None:
    (row,) = findings(tmp_path)
    texts = {article["doc"]: article["text"] for article in ARTICLES}
    quotes = {texts[doc][start:end] for doc, where, start, end in row["claims"] if where == "body"}
    assert {"24 launchers", "36 launchers"} <= quotes


def test_findings_do_not_depend_on_the_order_of_articles(tmp_path: Path) -> None:
    assert findings(tmp_path) == findings(tmp_path, ARTICLES[::-1])


def test_a_verdict_is_matched_by_place_and_counted(tmp_path: Path) -> None:
    (row,) = findings(tmp_path)
    doc, where, start, end = row["claims"][0]
    row |= {"verdict": "right", "claims": [[doc, where, start + 1, end], *row["claims"][1:]]}
    verdicts = tmp_path / "verdicts.jsonl"
    verdicts.write_text(json.dumps(row) + "\n", encoding="utf-8")
    said = run(tmp_path, "--check", "value_conflict", "--verdicts", str(verdicts))
    assert "1.00" in said
    assert "not judged" not in said


def test_a_verdict_on_other_claims_leaves_a_finding_unjudged(tmp_path: Path) -> None:
    (row,) = findings(tmp_path)
    row |= {"verdict": "wrong", "claims": [["a", "body", 90, 95], ["b", "body", 60, 70]]}
    verdicts = tmp_path / "verdicts.jsonl"
    verdicts.write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert "not judged" in run(tmp_path, "--check", "value_conflict", "--verdicts", str(verdicts))


VERDICTS = ROOT / "benchmarks" / "data" / "findings_verdicts.jsonl"


def test_the_verdicts_kept_name_places_and_reasons_and_each_finding_once() -> None:
    rows = [json.loads(line) for line in VERDICTS.read_text(encoding="utf-8").splitlines()]
    assert {row["verdict"] for row in rows} == {"right", "wrong"}
    assert all(row["reason"] and len(row["reason"]) < 100 for row in rows)
    assert all(row["claims"] or row["articles"] for row in rows)
    assert all(part in ("body", "title") and a < b for row in rows for _, part, a, b in row["claims"])
    assert len({(row["check"], json.dumps(row["claims"] or row["articles"])) for row in rows}) == len(rows)


@pytest.mark.seeds
def test_of_the_judged_findings_three_in_four_are_right(shared_dir: Path) -> None:
    command = [
        sys.executable,
        str(ROOT / "benchmarks" / "findings.py"),
        str(shared_dir / "data" / "fakes_articles.jsonl"),
        "--verdicts",
        str(VERDICTS),
    ]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    together = [line.split() for line in said.splitlines() if line.startswith("together")][-1]
    assert float(together[-1]) >= 0.75, said
    found, known = re.findall(r"(\d+) of (\d+) judged right and raised when last read", said)[0]
    assert int(known) >= 10
    assert int(found) >= 0.8 * int(known), said
