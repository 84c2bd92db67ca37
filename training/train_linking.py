"""Train the weights of linking: claims/engine/weights/linking.json.

    python -m training.train_linking PAIRS.jsonl ARTICLES.jsonl [PAIRS.jsonl ARTICLES.jsonl ...] [--folds 7]
        [--only-validate] [--out claims/engine/weights/linking.json]

PAIRS and ARTICLES are those of benchmarks/linking.py. A set counts by the fourth root of its pairs, a
topic within it by the square root, so that none sets the weights alone. Validation leaves topics out: no
pair whose first mention is of a topic (or answers a question of an incident) is scored with weights trained
on that topic. With several sets it also trains on the others and measures on each.

Logistic regression with an L2 penalty and signs kept (:func:`sign`), by Newton's method; pure Python, about
a minute. The weights that ship are those of ECB+, incident_pairs.jsonl over FA-KES, and the made-up reports.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.linking import CONFLICTING, CONSISTENT, Articles, lines
from claims.engine.evidence import evidence
from claims.engine.linking import excluded, in_one_story

WEIGHTS = Path(__file__).resolve().parent.parent / "claims" / "engine" / "weights" / "linking.json"
PENALTY = 12.0
_ROUNDS = 12


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled pair: what was found, whether it links, its topic; ``vetoed`` ones never link in a story."""

    found: dict[str, float]
    linked: bool
    topic: str
    vetoed: bool
    weight: float = 1.0


def examples(pairs_path: str, articles_path: str) -> list[Example]:
    """The examples of a set, in its order; a mention that has no place in its article cannot link."""
    pairs = lines(pairs_path)
    articles = Articles(lines(articles_path), pairs)
    made = []
    for pair in pairs:
        a, b = articles.place(pair["A"]), articles.place(pair["B"])
        linked = pair["label"] in (CONSISTENT, CONFLICTING)
        asked = str(pair["A"].get("question", "")).partition(".")[0]
        topic = str(pair.get("topic") or pair["A"].get("topic") or asked or pair["A"]["doc"])
        if a is None or b is None:
            made.append(Example({}, linked, topic, True))
        else:
            made.append(Example(evidence(a, b), linked, topic, excluded(a, b) or not in_one_story(a, b)))
    return made


def weighted(sets: Sequence[Sequence[Example]]) -> list[tuple[dict[str, float], bool, float]]:
    """What to train on: a set counts by the fourth root of its pairs, a topic by the square root."""
    out = []
    pairs, roots = sum(map(len, sets)), math.fsum(len(one) ** 0.25 for one in sets)
    for one in sets:
        kept = [x for x in one if not x.vetoed]
        often = Counter(x.topic for x in kept)
        total = math.fsum(1 / math.sqrt(often[x.topic]) for x in kept)
        share = pairs * len(one) ** 0.25 / roots
        out += [(x.found, x.linked, share / math.sqrt(often[x.topic]) / total) for x in kept]
    return out


def sign(name: str) -> int:
    """Which way a feature may speak: what agrees for (1), what differs against (-1), the rest either (0).

    It keeps quirks of one set out (a topic in which figures of other places are of one event).
    """
    base = name.partition(",")[0]
    if "," in name:
        return 0
    if base.endswith((" differs", " differ", " far")) or base in (
        "months apart",
        "gives the other too",
        "number beside",
    ):
        return -1
    if (
        base.endswith((" same", " alike", " equal", " equal telling", " meets", " near", " rare"))
        or "story over" in base
    ):
        return 1
    return 0


def train(rows: Sequence[tuple[dict[str, float], bool, float]], penalty: float = PENALTY) -> dict[str, float]:
    """The weights under which the rows are most likely, large weights held down, signs kept."""
    names = sorted({name for found, _, _ in rows for name in found})
    index = {name: k for k, name in enumerate(names)}
    n = len(names)
    signs = [sign(name) for name in names]
    data = [([(index[k], v) for k, v in found.items() if v], linked, w) for found, linked, w in rows]
    weights = [0.0] * n
    for _ in range(_ROUNDS):
        slope = [(penalty if names[k] != "always" else 0.01) * w for k, w in enumerate(weights)]
        curve = [[0.0] * n for _ in range(n)]
        for k in range(n):
            curve[k][k] = penalty if names[k] != "always" else 0.01
        for row, linked, w in data:
            p = _sigmoid(sum(weights[k] * v for k, v in row))
            d, c = w * (p - linked), w * max(p * (1 - p), 1e-6)
            for k, v in row:
                slope[k] += d * v
                line, cv = curve[k], c * v
                for j, u in row:
                    line[j] += cv * u
        new = _bounded(curve, slope, weights, signs)
        moved = max(abs(x - y) for x, y in zip(new, weights, strict=True))
        weights = new
        if moved < 1e-3:
            break
    return dict(zip(names, weights, strict=True))


def _bounded(
    curve: list[list[float]], slope: list[float], weights: list[float], signs: list[int]
) -> list[float]:
    """A Newton step that keeps every weight on its side of zero; what would cross stays at zero."""
    free = list(range(len(weights)))
    while True:
        target = [sum(curve[i][j] * weights[j] for j in range(len(weights))) - slope[i] for i in free]
        found = _solve([[curve[i][j] for j in free] for i in free], target)
        crossing = {i for i, w in zip(free, found, strict=True) if signs[i] * w < 0}
        if not crossing:
            new = [0.0] * len(weights)
            for i, w in zip(free, found, strict=True):
                new[i] = w
            return new
        free = [i for i in free if i not in crossing]


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x)) if x > -700 else 0.0


def _solve(a: list[list[float]], b: list[float]) -> list[float]:
    """x of Ax = b for a symmetric positive definite A (Cholesky)."""
    n = len(b)
    low = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            s = a[i][j] - sum(p * q for p, q in zip(low[i][:j], low[j][:j], strict=True))
            low[i][j] = math.sqrt(s) if i == j else s / low[j][j]
    y = [0.0] * n
    for i in range(n):
        y[i] = (b[i] - sum(low[i][k] * y[k] for k in range(i))) / low[i][i]
    x = [0.0] * n
    for i in reversed(range(n)):
        x[i] = (y[i] - sum(low[k][i] * x[k] for k in range(i + 1, n))) / low[i][i]
    return x


def probability(weights: dict[str, float], found: dict[str, float]) -> float:
    return _sigmoid(sum(weights.get(name, 0.0) * value for name, value in found.items()))


def figures(rows: Sequence[Example], scores: Sequence[float], enough: float = 0.5) -> str:
    """Precision, recall and F1 of linking at a threshold."""
    said = [s >= enough and not r.vetoed for r, s in zip(rows, scores, strict=True)]
    hit = sum(s and r.linked for s, r in zip(said, rows, strict=True))
    precision, recall = hit / (sum(said) or 1), hit / (sum(r.linked for r in rows) or 1)
    return f"P {precision:.3f}  R {recall:.3f}  F1 {2 * precision * recall / ((precision + recall) or 1):.3f}"


def folds_of(rows: Sequence[Example], count: int) -> dict[str, int]:
    """A fold for each topic, the folds about equally large."""
    size = [0] * count
    fold = {}
    for topic, often in sorted(Counter(x.topic for x in rows).items(), key=lambda x: (-x[1], x[0])):
        k = size.index(min(size))
        fold[topic], size[k] = k, size[k] + often
    return fold


def left_out(sets: Sequence[Sequence[Example]], count: int, penalty: float) -> list[list[float]]:
    """The score of every example by weights trained without its topic."""
    folds = [folds_of(one, count) for one in sets]
    scores = [[0.0] * len(one) for one in sets]
    for k in range(count):
        weights = train(
            weighted([[x for x in one if f[x.topic] != k] for one, f in zip(sets, folds, strict=True)]),
            penalty,
        )
        for one, f, s in zip(sets, folds, scores, strict=True):
            for i, x in enumerate(one):
                if f[x.topic] == k:
                    s[i] = probability(weights, x.found)
    return scores


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", nargs="+", help="PAIRS ARTICLES, once or more")
    parser.add_argument("--folds", type=int, default=7)
    parser.add_argument("--penalty", type=float, default=PENALTY)
    parser.add_argument("--only-validate", action="store_true")
    parser.add_argument("--out", default=str(WEIGHTS))
    options = parser.parse_args()
    if len(options.data) % 2:
        parser.error("every PAIRS needs its ARTICLES")
    paths = list(zip(options.data[::2], options.data[1::2], strict=True))
    sets = [examples(*path) for path in paths]
    for path, rows, scores in zip(paths, sets, left_out(sets, options.folds, options.penalty), strict=True):
        print(f"{Path(path[0]).name}: topics left out  {figures(rows, scores)}")
    if len(sets) > 1:
        for k, (path, rows) in enumerate(zip(paths, sets, strict=True)):
            weights = train(weighted([one for j, one in enumerate(sets) if j != k]), options.penalty)
            scores = [probability(weights, x.found) for x in rows]
            print(f"{Path(path[0]).name}: set left out  {figures(rows, scores)}")
    weights = train(weighted(sets), options.penalty)
    for path, rows in zip(paths, sets, strict=True):
        scores = [probability(weights, x.found) for x in rows]
        print(f"{Path(path[0]).name}: trained on it  {figures(rows, scores)}")
    if not options.only_validate:
        unseen = [[replace(x, found=without_values(x.found)) for x in rows] for rows in sets]
        made = {"all": weights, "besides_values": train(weighted(unseen), options.penalty)}
        rounded = {
            k: {name: round(w, 3) for name, w in sorted(v.items()) if round(w, 3)} for k, v in made.items()
        }
        Path(options.out).write_text(json.dumps(rounded, indent=1) + "\n", encoding="utf-8")


def without_values(found: dict[str, float]) -> dict[str, float]:
    """The evidence as if nobody had told the values."""
    return {
        name: x for name, x in found.items() if "value" not in name and not name.startswith("gives the other")
    }


if __name__ == "__main__":
    main()
