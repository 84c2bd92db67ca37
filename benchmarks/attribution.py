"""How well the engine reads who says so: ``benchmarks/attribution.py DATA.jsonl [--scorer SCORER.py]``.

DATA holds an article a line in the format of PolNeAR as ``{"doc", "text", "attributions": [{"source", "cue",
"content"}]}`` with lists of ``[start, end]``. Every article goes through the engine's own reading
(claims.engine.article, claims.engine.ascriptions: before the extractors decide what becomes a claim); what
it ascribes is put out as character spans. ``--out`` keeps that as JSON lines; ``--scorer`` names a script
called as ``SCORER DATA PREDICTIONS`` whose table is then shown. Prints sentences per CPU-second.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.article import Article, read_article
from claims.engine.ascriptions import ascribe
from claims.engine.records import Span


def predict(text: str) -> tuple[Article, list[dict[str, Any]]]:
    """An article as read, and what it ascribes to whom, as character spans."""
    article = read_article(text, None)
    return article, [
        {"source": _pairs(a.source), "cue": _pairs(a.cue), "content": _pairs(a.content)}
        for a in ascribe(article)
    ]


def _pairs(spans: tuple[Span, ...]) -> list[list[int]]:
    return [[span.start, span.end] for span in spans]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--scorer", type=Path, help="script called as SCORER DATA PREDICTIONS")
    parser.add_argument("--out", type=Path, help="keep the predictions here, as JSON lines")
    arguments = parser.parse_args()
    if not arguments.data.is_file():
        sys.exit(f"{arguments.data}: no such file")
    with arguments.data.open(encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    predict("Warm up, she said.")
    sentences = 0
    rows = []
    began = time.process_time()
    for row in articles:
        article, found = predict(row["text"])
        sentences += len(article.sentences)
        rows.append({"doc": row["doc"], "attributions": found})
    spent = time.process_time() - began
    out = arguments.out or Path(tempfile.mkdtemp()) / "predictions.jsonl"
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    total = sum(len(r["attributions"]) for r in rows)
    print(
        f"{len(rows)} articles, {sentences} sentences, {total} attributions, "
        f"{sentences / spent:,.0f} sentences per CPU-second"
    )
    if arguments.scorer:
        subprocess.run([sys.executable, arguments.scorer, arguments.data, out], check=True)


if __name__ == "__main__":
    main()
