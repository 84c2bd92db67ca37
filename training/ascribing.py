"""Learn how much each circumstance of a cue weighs: ``python training/ascribing.py DATA.jsonl [--write]``.

DATA is a file in the format of PolNeAR, an article a line; every sixth article is not learnt from but only
checked with. Every candidate the lexicon proposes (claims.engine.cues) is right when its head, or else
another of its words, stands in a marked cue that no better candidate has taken. Logistic regression over the
candidates' signs (claims.engine.circumstances), which are abstract: no sign names a word. Signs that matter
least are dropped until :data:`MOST` are left. The signs say which candidates before were taken, so
``--write``, which puts the weights into claims/engine/lexicons/ascribing.toml, is to be called twice when
signs have changed. ``--rates`` learns nothing: it lists the words whose grade in
lexicons/cues.toml the data do not bear out.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.article import read_article
from claims.engine.ascriptions import read_cues

MOST = 1490
#: Signs seen more rarely are not learnt.
SEEN = 30
#: How strongly weights are drawn to nought (L2).
SHRINK = 20.0
#: A word must be met so often before its rate says anything, and its grade be off by more than this.
MET, OFF = 15, 1
HOME = Path(__file__).resolve().parent.parent / "claims/engine/lexicons/ascribing.toml"


class Example(NamedTuple):
    """A candidate: its word, class, grade, signs, and whether it is right."""

    word: str
    kind: str
    grade: int
    signs: list[str]
    right: bool


def examples(rows: list[str]) -> tuple[list[Example], int]:
    """Every candidate of every article, and how many cues are marked."""
    found = []
    gold = 0
    for line in rows:
        row = json.loads(line)
        marked: dict[int, int] = {}
        for n, a in enumerate(row["attributions"]):
            gold += bool(a.get("cue"))
            for start, end in a.get("cue") or ():
                marked.update(dict.fromkeys(range(start, end), n))
        article = read_article(row["text"], None)
        for sentence in article.sentences:
            _, cues = read_cues(article, sentence)
            of = []
            for cue in cues:
                places = [cue.head, *range(cue.first, cue.last)]
                starts = [(k != cue.head, sentence.tokens[k].start) for k in places]
                hits = [(other, marked[start]) for other, start in starts if start in marked]
                of.append(hits[0] if hits else None)
            best: dict[int, tuple[tuple[bool, int], int]] = {}
            for i, hit in enumerate(of):
                if hit is not None:
                    rank = (hit[0], -cues[i].grade)
                    if hit[1] not in best or rank < best[hit[1]][0]:
                        best[hit[1]] = (rank, i)
            chosen = {i for _, i in best.values()}
            found += [Example(q.base, q.kind, q.grade, q.signs, i in chosen) for i, q in enumerate(cues)]
    return found, gold


def learn(data: list[Example], keep: set[str], rounds: int) -> dict[str, float]:
    """Weights by stochastic gradient descent (AdaGrad) with an L2 penalty, the mean of the later rounds."""
    index = {sign: n for n, sign in enumerate(sorted(keep))}
    rows = [([index[s] for s in e.signs if s in index], float(e.right)) for e in data]
    counts = Counter(i for active, _ in rows for i in active)
    pull = [SHRINK / max(counts[i], 1) for i in range(len(index))]
    weights, seen, total = [0.0] * len(index), [1e-6] * len(index), [0.0] * len(index)
    order = list(range(len(rows)))
    dice = random.Random(7)  # noqa: S311
    for turn in range(rounds):
        dice.shuffle(order)
        for n in order:
            active, right = rows[n]
            score = sum([weights[i] for i in active])
            off = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - right
            for i in active:
                slope = off + pull[i] * weights[i]
                seen[i] += slope * slope
                weights[i] -= 0.15 * slope / math.sqrt(seen[i])
        if turn >= rounds // 2:
            total = [a + b for a, b in zip(total, weights, strict=True)]
    return {sign: total[n] / (rounds - rounds // 2) for sign, n in index.items()}


def prune(data: list[Example]) -> dict[str, float]:
    """Weights of the signs that matter, after the others are dropped in two steps."""
    counts = Counter(s for e in data for s in e.signs)
    weights = learn(data, {s for s, n in counts.items() if n >= SEEN}, 4)
    for most in (2 * MOST, MOST):
        keep = set(sorted(weights, key=lambda s: -abs(weights[s]) * math.sqrt(counts[s]))[:most])
        weights = learn(data, keep, 4 if most > MOST else 8)
    return weights


def score(e: Example, weights: dict[str, float]) -> float:
    return sum(weights.get(s, 0.0) for s in e.signs)


def f1_at(data: list[Example], weights: dict[str, float], threshold: float, gold: int) -> tuple[float, ...]:
    """F1, precision and recall, of all that is marked."""
    said = [e.right for e in data if score(e, weights) > threshold]
    p, r = sum(said) / max(len(said), 1), sum(said) / max(gold, 1)
    return 2 * p * r / max(p + r, 1e-9), p, r


def threshold_of(data: list[Example], gold: int) -> float:
    """The best threshold, each half of the data judged by weights learnt from the other."""
    half = len(data) // 2
    parts = (data[:half], data[half:])
    judged = []
    for mine, other in (parts, parts[::-1]):
        weights = prune(other)
        judged += [(score(e, weights), e.right) for e in mine]
    best = (0.0, 0.0)
    hit = 0
    for n, (value, right) in enumerate(sorted(judged, reverse=True), 1):
        hit += right
        best = max(best, (2 * hit / (n + gold), round(value, 2)))
    return best[1]


def rates(data: list[Example]) -> None:
    """Print the words whose observed rate is not their grade."""
    met = Counter((e.kind, e.word, e.grade) for e in data)
    right = Counter((e.kind, e.word, e.grade) for e in data if e.right)
    for (kind, word, grade), n in sorted(met.items()):
        rate = 10 * right[kind, word, grade] / n
        if n >= MET and abs(rate - grade) > OFF:
            print(f"{kind} {word}: grade {grade}, {rate:.1f} of ten in {n}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--rates", action="store_true")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    rows = arguments.data.read_text(encoding="utf-8").splitlines()
    data, gold = examples([row for n, row in enumerate(rows) if n % 6 != 5])
    if arguments.rates:
        rates(data)
        return
    print(f"{len(data)} candidates, {sum(e.right for e in data)} right, {gold} marked")
    weights = prune(data)
    threshold = threshold_of(data, gold)
    print(f"{len(weights)} weights, threshold {threshold}")
    print("learnt from", *(f"{x:.3f}" for x in f1_at(data, weights, threshold, gold)))
    other, marked = examples(rows[5::6])
    print("checked    ", *(f"{x:.3f}" for x in f1_at(other, weights, threshold, marked)))
    if arguments.write:
        lines = [f'"{sign}" = {weight:.2f}' for sign, weight in sorted(weights.items())]
        head = HOME.read_text(encoding="utf-8").partition("\nthreshold =")[0]
        HOME.write_text(
            f"{head}\nthreshold = {threshold}\n\n[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
