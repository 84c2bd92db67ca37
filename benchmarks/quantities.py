"""How well the engine reads numbers: ``python benchmarks/quantities.py DATA.json [--scorer SCORER.py]``.

DATA is a file of sentences with their quantities in the format of NewsQuant (CQE, EMNLP 2023). Every
sentence goes through the engine's reading of quantities (claims.engine.quantities), which types every
number before the extractors decide what becomes a claim; its readings are put into the data's terms (a
value or range, the change =, ~, >, <, up or down, a unit, a concept). ``--out`` keeps them as JSON lines;
``--scorer`` names a script called as ``SCORER DATA score PREDICTIONS`` whose table is then shown. Prints
sentences per CPU-second.
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

from claims.engine.article import Sentence, read_article
from claims.engine.framing import frame
from claims.engine.phrases import plain_phrase
from claims.engine.quantities import Reading

# The names NewsQuant gives to units that we call otherwise.
UNITS = {
    "percent": "percentage", "percentage point": "percentage", "USD": "dollar", "EUR": "euro",
    "GBP": "pound sterling", "JPY": "japanese yen", "CNY": "chinese yuan", "AUD": "australian dollar",
    "CAD": "canadian dollar", "NZD": "new zealand dollar", "ILS": "shekel", "MYR": "malaysian ringgit",
    "DKK": "danish krone", "SGD": "singapore dollar", "HKD": "hong kong dollar", "INR": "indian rupee",
    "RUB": "russian ruble", "CHF": "swiss franc", "ZAR": "south african rand", "KRW": "south korean won",
    "SEK": "swedish krona", "PHP": "philippine peso", "tonne": "metric ton", "pound": "pound-mass",
    "gigatonne": "gigaton", "times": "count", "person": "people",
}  # fmt: skip
CHANGES = {
    "about": "~", "almost": "~", "more_than": ">", "at_least": ">", "less_than": "<", "at_most": "<",
    "up_to": "<", "vague": "~",
}  # fmt: skip
#: Kinds that NewsQuant does not mark.
UNMARKED = frozenset({"ordinal", "label"})


def predict(text: str) -> list[dict[str, Any]]:
    """The quantities of one sentence in NewsQuant's terms."""
    article = read_article(text, None)
    found = []
    for sentence in article.sentences:
        before: Reading | None = None
        for r in sentence.readings:
            if not _marked(r):
                continue
            row = in_their_terms(article, sentence, r)
            if before is not None and found and _changes(sentence, before, r):
                # "rose from 30 to 44 billion": one quantity to them
                first = found.pop()["value"]
                row["value"] = sorted([first, row["value"]]) if isinstance(first, float) else first
            found.append(row)
            before = r
    return found


def _changes(sentence: Sentence, a: Reading, b: Reading) -> bool:
    single = a.low is None and b.low is None
    return single and sentence.low(a.first - 1) == "from" and sentence.lows[a.last : b.first] == ["to"]


def _marked(r: Reading) -> bool:
    return r.kind not in UNMARKED and not (
        r.kind == "ratio" and r.number[1] - r.number[0] == 1 and r.last - r.first < 2
    )


def in_their_terms(article: Any, sentence: Sentence, r: Reading) -> dict[str, Any]:
    """One reading as {"value", "change", "unit", "concept"}."""
    q = r.quantity
    value: Any = float(q.value)
    if r.low is not None and r.high is not None and r.low != r.high and q.rule != "vague":
        value = [float(r.low), float(r.high)]
    change = CHANGES.get(q.rule) or r.trend or "="
    unit, _, per = q.unit.partition(" per ")
    unit = UNITS.get(unit, unit)
    if r.kind in ("count", "definite", "one_of") and r.noun is not None:
        words = [
            t.low
            for t in sentence.tokens[r.noun.first : r.noun.head]
            if t.kind == "word" and t.low not in ("other", "such", "more", "of")
        ]
        unit = " ".join(
            [*words, "people" if unit == "person" and sentence.lows[r.noun.head] == "people" else unit]
        )
    if per:
        unit = f"{unit} per {per}"
    return {"value": value, "change": change, "unit": unit or "-", "concept": concept(article, sentence, r)}


def concept(article: Any, sentence: Sentence, r: Reading) -> list[str]:
    """The words for what the quantity belongs to: a first attempt, the noun after "of" or the subject."""
    if r.kind in ("count", "definite", "one_of"):
        return ["-"]
    if sentence.lows[r.last : r.last + 1] == ["of"]:
        phrase = plain_phrase(sentence, r.last + 1)
        if phrase:
            return [t.key for t in sentence.tokens[phrase[0] : phrase[1]] if t.kind == "word"]
    f = frame(article, sentence, r.first, r.last)
    if f.predicate is not None and f.predicate.subject:
        phrase = plain_phrase(sentence, f.predicate.subject[0])
        if phrase:
            return [t.key for t in sentence.tokens[phrase[0] : phrase[1]] if t.kind == "word"]
    return ["-"]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--scorer", type=Path, help="script called as SCORER DATA score PREDICTIONS")
    parser.add_argument("--out", type=Path, help="keep the predictions here, as JSON lines")
    arguments, rest = parser.parse_known_args()
    if not arguments.data.is_file():
        sys.exit(f"{arguments.data}: no such file")
    sentences = [row["text"] for row in json.loads(arguments.data.read_text(encoding="utf-8"))]
    predict("Warm up: 1 of 2.")
    began = time.process_time()
    rows = [{"sentence_id": i, "quantities": predict(text)} for i, text in enumerate(sentences)]
    spent = time.process_time() - began
    out = arguments.out or Path(tempfile.mkdtemp()) / "predictions.jsonl"
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    found = sum(len(r["quantities"]) for r in rows)
    print(f"{len(rows)} sentences, {found} quantities, {len(rows) / spent:,.0f} sentences per CPU-second")
    if arguments.scorer:
        subprocess.run([sys.executable, arguments.scorer, arguments.data, "score", out, *rest], check=True)


if __name__ == "__main__":
    main()
