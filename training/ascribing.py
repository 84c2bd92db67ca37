"""Learn how much each circumstance of a cue weighs: ``python training/ascribing.py DATA.jsonl [--write]``.

DATA is a file in the format of PolNeAR, an article a line. Every candidate the lexicon proposes
(claims.engine.cues) is right when its head stands in a marked cue that no better candidate has taken.
Logistic regression over the candidates' signs, which are abstract: classes and grades of the lexicon, what
stands behind and before, what sort of source. No sign names a word. Weights that matter least are dropped
until fewer than :data:`MOST` are left. ``--write`` puts them into claims/engine/lexicons/ascribing.toml.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.article import read_article
from claims.engine.ascriptions import read_cues

MOST = 299
RANK = {"always": 0, "sure": 1, "mostly": 2, "often": 3, "rarely": 4}
HOME = Path(__file__).resolve().parent.parent / "claims/engine/lexicons/ascribing.toml"


def examples(path: Path) -> tuple[list[tuple[list[str], bool]], int]:
    """The signs of every candidate of every article, and whether it is right; how many cues are marked."""
    found = []
    gold = 0
    for line in path.open(encoding="utf-8"):
        row = json.loads(line)
        marked: dict[int, int] = {}
        gold += sum(bool(a.get("cue")) for a in row["attributions"])
        for n, a in enumerate(row["attributions"]):
            for start, end in a.get("cue") or ():
                marked.update(dict.fromkeys(range(start, end), n))
        article = read_article(row["text"], None)
        for sentence in article.sentences:
            _, cues = read_cues(article, sentence)
            best: dict[int, int] = {}
            of = [marked.get(sentence.tokens[cue.head].start, -1) for cue in cues]
            for i, cue in enumerate(cues):
                if of[i] >= 0 and (of[i] not in best or RANK[cue.grade] < RANK[cues[best[of[i]]].grade]):
                    best[of[i]] = i
            found += [(cue.signs, of[i] >= 0 and best[of[i]] == i) for i, cue in enumerate(cues)]
    return found, gold


def learn(data: list[tuple[list[str], bool]], keep: set[str], rounds: int, shrink: float) -> dict[str, float]:
    """Weights by stochastic gradient descent (AdaGrad) with an L2 penalty, over the signs in ``keep``."""
    index = {sign: n for n, sign in enumerate(sorted(keep))}
    rows = [([index[s] for s in signs if s in index], float(right)) for signs, right in data]
    weights, seen = [0.0] * len(index), [1e-6] * len(index)
    order = list(range(len(rows)))
    dice = random.Random(7)  # noqa: S311
    for _ in range(rounds):
        dice.shuffle(order)
        for n in order:
            active, right = rows[n]
            score = sum(weights[i] for i in active)
            off = 1 / (1 + math.exp(-max(-30.0, min(30.0, score)))) - right
            for i in active:
                slope = off + shrink * weights[i]
                seen[i] += slope * slope
                weights[i] -= 0.15 * slope / math.sqrt(seen[i])
    return {sign: weights[n] for sign, n in index.items()}


def prune(data: list[tuple[list[str], bool]], rounds: int) -> dict[str, float]:
    """Drop the weights that move the fewest candidates, in steps, learning again after each."""
    counts = Counter(s for signs, _ in data for s in signs)
    keep = {s for s, n in counts.items() if n >= 25}
    shrink = 0.002
    while True:
        weights = learn(data, keep, 4, shrink)
        if len(keep) <= MOST:
            return learn(data, keep, rounds, shrink)
        matter = {s: abs(w) * math.sqrt(counts[s]) for s, w in weights.items()}
        keep = set(sorted(keep, key=lambda s: -matter[s])[: max(MOST, int(len(keep) * 0.75))])


def f1_at(
    data: list[tuple[list[str], bool]], weights: dict[str, float], threshold: float, gold: int
) -> tuple[float, ...]:
    """F1, precision and recall, of all that is marked."""
    hit = said = 0
    for signs, right in data:
        if sum(weights.get(s, 0.0) for s in signs) > threshold:
            said += 1
            hit += right
    p, r = hit / max(said, 1), hit / max(gold, 1)
    return 2 * p * r / max(p + r, 1e-9), p, r


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", type=Path, help="other data of the format, to see whether it carries over")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    data, gold = examples(arguments.data)
    print(f"{len(data)} candidates, {sum(r for _, r in data)} right")
    weights = prune(data, arguments.rounds)
    threshold = max((f1_at(data, weights, t / 10, gold)[0], t / 10) for t in range(-15, 10))[1]
    print(
        f"{len(weights)} weights, threshold {threshold}",
        *(f"{x:.3f}" for x in f1_at(data, weights, threshold, gold)),
    )
    if arguments.check:
        other, marked = examples(arguments.check)
        print("check", *(f"{x:.3f}" for x in f1_at(other, weights, threshold, marked)))
    if arguments.write:
        lines = [f'"{sign}" = {weight:.2f}' for sign, weight in sorted(weights.items())]
        head = HOME.read_text(encoding="utf-8").partition("\nthreshold =")[0]
        HOME.write_text(
            f"{head}\nthreshold = {threshold}\n\n[weights]\n" + "\n".join(lines) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
