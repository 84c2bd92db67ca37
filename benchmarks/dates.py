"""How well the engine reads dates and times: ``python benchmarks/dates.py DATA [--scorer SCORER.py]``.

DATA is a file of articles with their marked dates and times in TIMEX3 terms, one JSON object a line:
``{"id", "published", "text", "timexes": [{"start", "end", "type", "value"}]}``; or, with a name that ends in
.json, the short cases of Microsoft Recognizers-Text (``Input``, ``Context.ReferenceDateTime``, ``Results``),
which are put into those terms: cases that mark a plain TIMEX value are kept, ranges of two dates and times
of day without a date are left out. Every article goes through the engine's own reading
(claims.engine.article), and its times are written in TIMEX3 terms. ``--out`` keeps them as JSON lines;
``--scorer`` names a script called as ``SCORER GOLD PREDICTIONS`` whose table is then shown. Prints sentences
per CPU-second.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.article import Article, read_article

_PLAIN = re.compile(r"(?:\d{4}(?:-.+)?|P[\dT].+|(?:PRESENT|PAST|FUTURE)_REF)$")
_TYPES = {"duration": "DURATION", "set": "SET", "time": "TIME", "datetime": "TIME"}


def in_their_terms(article: Article) -> list[dict[str, Any]]:
    """The times of an article as {"start", "end", "type", "value"}, in reading order."""
    return [
        {
            "start": sentence.tokens[t.first].start,
            "end": sentence.tokens[t.last - 1].end,
            "type": t.type,
            "value": t.value,
        }
        for sentence in article.sentences
        for t in sentence.all_times
        if t.value
    ]


def read_articles(path: Path) -> list[dict[str, Any]]:
    """The articles of ``path``; the cases of Recognizers-Text are turned into articles of one line."""
    text = path.read_text(encoding="utf-8-sig")
    if path.suffix != ".json":
        return [json.loads(line) for line in text.splitlines() if line.strip()]
    articles = []
    for number, case in enumerate(json.loads(text)):
        results = case["Results"]
        values = [_plain_value(r) for r in results]
        if not results or not all(values) or "Context" not in case:
            continue
        timexes = [
            {"start": r["Start"], "end": r["End"] + 1, "type": kind, "value": value}
            for r, (kind, value) in zip(results, (v for v in values if v), strict=True)
        ]
        published = case["Context"]["ReferenceDateTime"][:10]
        articles.append(
            {"id": f"case {number}", "published": published, "text": case["Input"], "timexes": timexes}
        )
    return articles


def _plain_value(result: dict[str, Any]) -> tuple[str, str] | None:
    """(type, value) of a case in TIMEX3 terms, or None for what TIMEX3 writes otherwise."""
    values = (result.get("Resolution") or {}).get("values") or []
    if not values or "Start" not in result:
        return None
    kind, value = values[0].get("type", ""), values[0].get("timex", "")
    if value.startswith("XXXX") and kind == "date" and len(values) == 2:
        value = values[0]["value"]  # a weekday or a day without a year: the one before
    return (_TYPES.get(kind, "DATE"), value) if _PLAIN.match(value) else None


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path, help="articles (.jsonl), or the cases of Recognizers-Text (.json)")
    parser.add_argument("--scorer", type=Path, help="script called as SCORER GOLD PREDICTIONS")
    parser.add_argument("--out", type=Path, help="keep the predictions here, as JSON lines")
    arguments = parser.parse_args()
    if not arguments.data.is_file():
        sys.exit(f"{arguments.data}: no such file")
    articles = read_articles(arguments.data)
    read_article("Warm up on 1 May 2021.", date(2021, 5, 3))
    rows, sentences = [], 0
    began = time.process_time()
    for row in articles:
        published = date.fromisoformat(row["published"][:10]) if row.get("published") else None
        article = read_article(row["text"], published)
        sentences += len(article.sentences)
        rows.append({"id": row["id"], "timexes": in_their_terms(article)})
    spent = time.process_time() - began
    kept = Path(tempfile.mkdtemp())
    out = arguments.out or kept / "predictions.jsonl"
    _write(out, rows)
    found = sum(len(r["timexes"]) for r in rows)
    print(f"{len(rows)} articles, {found} times, {sentences / spent:,.0f} sentences per CPU-second")
    if arguments.scorer:
        gold = arguments.data
        if gold.suffix == ".json":
            gold = kept / "gold.jsonl"
            _write(gold, articles)
        subprocess.run([sys.executable, arguments.scorer, gold, out], check=True)


def _write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
