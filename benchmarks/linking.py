"""Linking and conflict on labelled pairs of number mentions, by the engine's own comparison.

    python benchmarks/linking.py PAIRS.jsonl --articles ARTICLES.jsonl [--out SAID.jsonl] [--scorer SCORE.py]

PAIRS     one pair a line: {"pair", "label", "A": {"doc", "outlet", "text", "sentence", "date"?}, "B": ...}
          with the labels same-fact-consistent, same-fact-conflicting and different-fact; "start" and "end"
          (characters of the article's text) may stand instead of "sentence"
ARTICLES  one article a line: {"doc", "text", "title"?, "date"?, "outlet"?}

Each article is read once; each mention is the claim that stands where the mention stands. A mention the
engine reads as no claim counts as "different-fact": the figures are those of the whole program, not of
linking alone, and those of the pairs that were read are printed beside them.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.checks.comparing import disjoint
from claims.engine.extract import extract
from claims.engine.linking import compare
from claims.engine.records import ArticleRef, Claim, PlacedClaim

CONSISTENT, CONFLICTING, DIFFERENT = "same-fact-consistent", "same-fact-conflicting", "different-fact"

_GLUE = (
    (re.compile(r"(?<=\d) ([.,]) (?=\d)"), r"\1"),  # 2 . 6 million
    (re.compile(r"(?<=\w) - (?=\w)"), "-"),  # eight - year
    (re.compile(r" ([.,;:?!%)\]])"), r"\1"),
    (re.compile(r"([($£€\[]) (?=\S)"), r"\1"),
    (re.compile(r" (?=['’](?:s|re|ve|ll|d|m|t)\b)"), ""),
)


def plain(text: str) -> str:
    """A tokenised text as it would be printed ("$2 . 6 million" -> "$2.6 million")."""
    for pattern, replacement in _GLUE:
        text = pattern.sub(replacement, text)
    return text


def lines(path: str) -> list[dict[str, Any]]:
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


class Articles:
    """Articles read by the engine, each once; those cut into tokens as they would be printed."""

    def __init__(self, rows: list[dict[str, Any]], *, tokenised: bool = True) -> None:
        self._rows = {str(row["doc"]): row for row in rows}
        self._tokenised = tokenised
        self._read: dict[str, tuple[str, tuple[Claim, ...]]] = {}

    def read(self, doc: str) -> tuple[str, tuple[Claim, ...]]:
        if doc not in self._read:
            body = self._rows[doc]["text"]
            if self._tokenised:
                body = plain(body)
            self._read[doc] = (body, extract(body, published=self.published(doc)))
        return self._read[doc]

    def published(self, doc: str) -> date | None:
        written = self._rows[doc].get("date")
        return date.fromisoformat(written[:10]) if written else None

    def place(self, mention: dict[str, Any]) -> PlacedClaim | None:
        """The claim that stands where the mention stands; None if the engine reads none there."""
        doc = str(mention["doc"])
        body, claims = self.read(doc)
        span = where(mention, body)
        if span is None:
            return None
        first, last = span
        there = [c for c in claims if c.quantity and c.span.start < last and first < c.span.end]
        if not there:
            return None
        claim = min(there, key=lambda c: (not _is_worth(c, mention.get("value")), abs(c.span.start - first)))
        published = date.fromisoformat(mention["date"][:10]) if mention.get("date") else self.published(doc)
        outlet = mention.get("outlet") or self._rows[doc].get("outlet") or doc
        return PlacedClaim(
            f"{doc}:{claim.span.start}",
            claim,
            ArticleRef(doc, outlet, self._rows[doc].get("title", ""), published, body=body),
        )


def where(mention: dict[str, Any], body: str) -> tuple[int, int] | None:
    """The characters of the body a mention stands in; None if its sentence is not there."""
    if "start" in mention:
        return mention["start"], mention["end"]
    sentence, text = plain(mention["sentence"]), plain(mention["text"])
    start, at = body.find(sentence), sentence.find(text)
    return (start + at, start + at + len(text)) if min(start, at) >= 0 else None


def _is_worth(claim: Claim, value: float | None) -> bool:
    return value is not None and claim.quantity is not None and float(claim.quantity.value) == value


def predict(pair: dict[str, Any], articles: Articles) -> tuple[str, bool]:
    """The label the engine gives a pair, and whether it read both mentions."""
    a, b = articles.place(pair["A"]), articles.place(pair["B"])
    if a is None or b is None:
        return DIFFERENT, False
    if compare(a, b) is None:
        return DIFFERENT, True
    return (CONFLICTING if disjoint(a.claim, b.claim) else CONSISTENT), True


def figures(gold: list[str], said: list[str]) -> str:
    rows = []
    for name, labels in (("link", {CONSISTENT, CONFLICTING}), ("conflict", {CONFLICTING})):
        hit = sum(g in labels and s in labels for g, s in zip(gold, said, strict=True))
        precision = hit / (sum(s in labels for s in said) or 1)
        recall = hit / (sum(g in labels for g in gold) or 1)
        f1 = 2 * precision * recall / ((precision + recall) or 1)
        rows.append(f"{name:9} P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")
    return "\n".join(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("pairs")
    parser.add_argument("--articles", required=True)
    parser.add_argument("--out", help="where to keep the predictions")
    parser.add_argument("--scorer", help="a scorer to run on them: SCORER PAIRS PREDICTIONS")
    options = parser.parse_args()
    if options.scorer and not options.out:
        parser.error("--scorer needs --out")
    pairs = lines(options.pairs)
    articles = Articles(lines(options.articles), tokenised=not any("start" in pair["A"] for pair in pairs))
    predicted = [(pair, *predict(pair, articles)) for pair in pairs]
    if options.out:
        with open(options.out, "w", encoding="utf-8") as file:
            file.writelines(
                json.dumps({"pair": p["pair"], "label": label}) + "\n" for p, label, _ in predicted
            )
    print(f"{len(pairs)} pairs, both mentions read in {sum(read for _, _, read in predicted)}")
    print(figures([p["label"] for p in pairs], [label for _, label, _ in predicted]))
    print("of those read:")
    read = [(p["label"], label) for p, label, both in predicted if both]
    print(figures([gold for gold, _ in read], [label for _, label in read]))
    print(dict(Counter(read)))
    if options.scorer:
        subprocess.run([sys.executable, options.scorer, options.pairs, options.out], check=True)


if __name__ == "__main__":
    main()
