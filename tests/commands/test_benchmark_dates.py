"""benchmarks/dates.py reads a file of articles and keeps what it found."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SENTENCE = "Norway scrapped 40 mines on Friday, three years after the pact."


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, ROOT / "benchmarks" / "dates.py", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_dates_of_an_article_are_kept_in_timex3_terms(tmp_path: Path) -> None:
    data, out = tmp_path / "articles.jsonl", tmp_path / "out.jsonl"
    article = {"id": "a", "published": "2021-05-03", "text": SENTENCE, "timexes": []}
    data.write_text(json.dumps(article) + "\n", encoding="utf-8")
    done = _run(data, "--out", out)
    assert done.returncode == 0, done.stderr
    assert "1 articles, 2 times" in done.stdout
    kept = json.loads(out.read_text(encoding="utf-8"))
    assert kept["id"] == "a"
    assert [(SENTENCE[t["start"] : t["end"]], t["type"], t["value"]) for t in kept["timexes"]] == [
        ("Friday", "DATE", "2021-04-30"),
        ("three years", "DURATION", "P3Y"),
    ]


def test_short_cases_are_read_as_articles_of_one_line_and_shown_to_the_scorer(tmp_path: Path) -> None:
    data, scorer = tmp_path / "cases.json", tmp_path / "scorer.py"
    text = "The convoy left on 2 May 2021"
    case = {
        "Input": text,
        "Context": {"ReferenceDateTime": "2021-05-03T00:00:00"},
        "Results": [
            {
                "Start": 19,
                "End": 28,
                "Resolution": {"values": [{"type": "date", "timex": "2021-05-02"}]},
            }
        ],
    }
    data.write_text(json.dumps([case]), encoding="utf-8")
    scorer.write_text(
        "import json, sys\n"
        "gold, said = ([json.loads(x) for x in open(p)] for p in sys.argv[1:])\n"
        "print('same' if gold[0]['timexes'] == said[0]['timexes'] else (gold, said))\n",
        encoding="utf-8",
    )
    done = _run(data, "--scorer", scorer)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "same"


def test_a_file_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    done = _run(tmp_path / "none.jsonl")
    assert done.returncode != 0
    assert "no such file" in done.stderr
