"""Linking and conflict on labelled pairs of number mentions, by the engine's own comparison.

    python benchmarks/linking.py PAIRS.jsonl --articles ARTICLES.jsonl [--out SAID.jsonl] [--scorer SCORE.py]

PAIRS     one pair a line: {"pair", "label", "A": {"doc", "outlet", "text", "sentence", "date"?}, "B": ...}
          with the labels same-fact-consistent, same-fact-conflicting and different-fact; "start" and "end"
          (characters of the article's text) may stand instead of "sentence"
ARTICLES  one article a line: {"doc", "text", "title"?, "date"?, "outlet"?}

Each article is read once; each mention is the claim that stands where the mention stands, or what
``claim_at`` reads there where the engine by itself reads none (an age, a score, a model). The figures are
those of the whole program, not of linking alone; those of the pairs that are claims are printed beside them,
and how many of the pairs of one fact an index would find (:mod:`claims.engine.keys`).

What the program says about two claims is whether they are in one group. So all mentions that pairs connect
are compared with each other and grouped as in the program, and a pair is linked if both are in one group;
beside it stands what comparing the two alone says. Of more than 500 mentions that hang together it is that
alone: all pairs of them would be too many.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.checks.comparing import disjoint
from claims.engine.extract import claims_at
from claims.engine.grouping import partition
from claims.engine.keys import in_reach
from claims.engine.linking import compare, contradict, gap
from claims.engine.pointing import POINTED
from claims.engine.records import ArticleRef, Claim, Kind, PlacedClaim, Span
from claims.services.components import Components

CONSISTENT, CONFLICTING, DIFFERENT = "same-fact-consistent", "same-fact-conflicting", "different-fact"

_GLUE = (
    (re.compile(r"(?<=\d) ([.,]) (?=\d)"), r"\1"),  # 2 . 6 million
    (re.compile(r"(?<=\d) - (?=\w)|(?<=[^\W\d_]) - (?=[^\W\d_])"), "-"),  # eight - year; no "News - 3 dead"
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
    """Articles read by the engine, each once, with all mentions anybody asks about.

    Articles whose mentions are given by sentence are cut into tokens, and are read as they would be printed.
    """

    def __init__(self, rows: list[dict[str, Any]], pairs: list[dict[str, Any]]) -> None:
        self._rows = {str(row["doc"]): row for row in rows}
        self._tokenised = not any("start" in pair["A"] for pair in pairs)
        self._wanted: dict[str, dict[tuple[object, ...], dict[str, Any]]] = {}
        for pair in pairs:
            for mention in (pair["A"], pair["B"]):
                self._wanted.setdefault(str(mention["doc"]), {})[_named(mention)] = mention
        self._claims: dict[str, dict[tuple[object, ...], Claim | None]] = {}
        self._bodies: dict[str, str] = {}

    def body(self, doc: str) -> str:
        if doc not in self._bodies:
            text = self._rows[doc]["text"]
            self._bodies[doc] = plain(text) if self._tokenised else text
        return self._bodies[doc]

    def published(self, doc: str) -> date | None:
        written = self._rows[doc].get("date")
        return date.fromisoformat(written[:10]) if written else None

    def _read(self, doc: str, published: date | None) -> dict[tuple[object, ...], Claim | None]:
        if doc not in self._claims:
            body = self.body(doc)
            wanted = self._wanted[doc]
            places = {name: _places(body, mention) for name, mention in wanted.items()}
            spans = sorted({span for found in places.values() for span in found})
            read = dict(zip(spans, claims_at(body, spans, published=published), strict=True))
            self._claims[doc] = {
                name: _best([read[span] for span in places[name]], mention.get("value"))
                for name, mention in wanted.items()
            }
        return self._claims[doc]

    def place(self, mention: dict[str, Any]) -> PlacedClaim | None:
        """The claim of the number where the mention stands; None where the article has no such place."""
        doc = str(mention["doc"])
        published = date.fromisoformat(mention["date"][:10]) if mention.get("date") else self.published(doc)
        claim = self._read(doc, published)[_named(mention)]
        if claim is None:
            return None
        outlet = mention.get("outlet") or self._rows[doc].get("outlet") or doc
        title = self._rows[doc].get("title") or ""
        article = ArticleRef(doc, outlet, title, published, body=self.body(doc))
        return PlacedClaim(f"{doc}:{claim.span.start}", claim, article)


def _named(mention: dict[str, Any]) -> tuple[object, ...]:
    if "start" in mention:
        return mention["start"], mention["end"]
    return plain(mention["sentence"]), plain(mention["text"])


_NUMBER_IN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


def _places(body: str, mention: dict[str, Any]) -> list[Span]:
    """Where the mention stands in the article, and each of its words, for one with several numbers."""
    whole = where(mention, body)
    if whole is None:
        return []
    return [whole] + [
        Span(whole.start + word.start(), whole.start + word.end())
        for word in _NUMBER_IN.finditer(whole.of(body))
    ]


def where(mention: dict[str, Any], body: str) -> Span | None:
    """The characters of the body a mention stands in; None if its sentence is not there."""
    if "start" in mention:
        return Span(mention["start"], mention["end"])
    sentence, text = plain(mention["sentence"]), plain(mention["text"])
    start = body.find(sentence)
    # "1" is not found in "6.1", "one" not in "phone"
    whole = re.search(rf"(?<![\w.,]){re.escape(text)}(?!\w|[.,]\d)", sentence)
    at = whole.start() if whole else sentence.find(text)
    return Span(start + at, start + at + len(text)) if min(start, at) >= 0 else None


def _best(read: list[Claim | None], value: float | None) -> Claim | None:
    """The claim worth what the mention is worth, or the first there is."""
    found = [claim for claim in read if claim is not None]
    return min(found, key=lambda claim: not _is_worth(claim, value), default=None)


def _is_worth(claim: Claim, value: float | None) -> bool:
    return value is not None and claim.quantity is not None and float(claim.quantity.value) == value


def is_claim(placed: PlacedClaim) -> bool:
    """Whether the engine reads the number as a claim without anybody pointing at it."""
    return not placed.claim.rule.startswith(POINTED)


def predict(a: PlacedClaim | None, b: PlacedClaim | None) -> str:
    """The label the engine gives a pair."""
    if a is None or b is None or compare(a, b) is None:
        return DIFFERENT
    return CONFLICTING if conflict(a.claim, b.claim) else CONSISTENT


#: The most mentions that are all compared with each other.
LARGEST = 500


def grouped(placed: list[tuple[PlacedClaim | None, PlacedClaim | None]]) -> list[str]:
    """The labels of the pairs that follow from the groups all mentions fall into."""
    named = {each.key: each for pair in placed for each in pair if each}
    told = Components(named)
    for a, b in placed:
        if a and b:
            told.join(a.key, b.key)
    small = [each for each in told.sets() if len(each) <= LARGEST]
    asked = [pair for each in small for pair in combinations(each, 2)]
    compared = {(a, b): compare(named[a], named[b]) for a, b in asked}
    links = {pair: link.score for pair, link in compared.items() if link}
    nodes = [name for each in small for name in each]
    parts = partition(nodes, links, lambda a, b: contradict(named[a], named[b]))
    part = {name: i for i, members in enumerate(parts) for name in members}

    def label(a: PlacedClaim | None, b: PlacedClaim | None) -> str:
        if a is None or b is None or a.key not in part:
            return predict(a, b)
        if part[a.key] != part[b.key]:
            return DIFFERENT
        return CONFLICTING if conflict(a.claim, b.claim) else CONSISTENT

    return [label(a, b) for a, b in placed]


def conflict(a: Claim, b: Claim) -> bool:
    """Whether the values of two claims cannot both be true; of dates the days, where both are known."""
    if a.kind is Kind.DATE and b.kind is Kind.DATE:
        apart = gap(a.when, b.when)
        if apart is not None:
            return apart > 0
    return bool(disjoint(a, b))


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
    articles = Articles(lines(options.articles), pairs)
    placed = [(articles.place(pair["A"]), articles.place(pair["B"])) for pair in pairs]
    said, alone = grouped(placed), [predict(a, b) for a, b in placed]
    gold = [pair["label"] for pair in pairs]
    if options.out:
        with open(options.out, "w", encoding="utf-8") as file:
            file.writelines(
                json.dumps({"pair": pair["pair"], "label": label}) + "\n"
                for pair, label in zip(pairs, said, strict=True)
            )
    found = [a is not None and b is not None for a, b in placed]
    read = [bool(a and b and is_claim(a) and is_claim(b)) for a, b in placed]
    print(
        f"{len(pairs)} pairs; both mentions found in {sum(found)}, both claims by themselves in {sum(read)}"
    )
    print(figures(gold, said))
    print("comparing the two alone:")
    print(figures(gold, alone))
    print("of those that are claims by themselves:")
    print(
        figures(
            [g for g, r in zip(gold, read, strict=True) if r],
            [s for s, r in zip(said, read, strict=True) if r],
        )
    )
    for name, kept in (("pairs", found), ("claims", read)):
        reached = [
            in_reach(a, b)
            for (a, b), g, k in zip(placed, gold, kept, strict=True)
            if a and b and k and g != DIFFERENT
        ]
        print(f"{sum(reached)} of {len(reached)} linked {name} are in reach of each other")
    for (g, s), often in sorted(Counter(zip(gold, said, strict=True)).items()):
        print(f"{often:6} {g} read as {s}")
    if options.scorer:
        subprocess.run([sys.executable, options.scorer, options.pairs, options.out], check=True)


if __name__ == "__main__":
    main()
