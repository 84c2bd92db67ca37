"""Train the ranker of counted nouns: ``python training/train_counted.py TREES.conllu[.xz] ... [--out
FILE]``.

TREES are Universal Dependencies files (the weights that ship: UD English EWT and the freely licensed
genres of GUM, training parts). Tags are those of the engine's tagger. Deterministic; under a minute on
one core.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.counted import NONE, features
from claims.engine.tagging import tag
from training.counting import Place, places
from training.treebank import read_trees

SCALE = 100
#: Features met less often are left out.
RARE = 2

Case = tuple[list[tuple[int, list[str]]], int]


def cases(asked: Sequence[Place]) -> list[Case]:
    """The candidates of each place with what is seen of them, and the right one; places whose noun is no
    candidate are left out.
    """
    found = []
    for place in asked:
        seen = list(features(place.tokens, tag(place.tokens), place.at, place.ruled, place.single))
        if place.gold in (k for k, _ in seen):
            found.append((seen, place.gold))
    return found


def train(lesson: Sequence[Case], rounds: int, seed: int = 7) -> str:
    """The text of a weights file for these cases."""
    chance = random.Random(seed)  # noqa: S311  (the order of training, no secret)
    counts = Counter(f for seen, _ in lesson for _, features_of in seen for f in features_of)
    read = [
        ([(k, [f for f in features_of if counts[f] >= RARE]) for k, features_of in seen], gold)
        for seen, gold in lesson
    ]
    weights: dict[str, float] = {}
    sums: dict[str, float] = {}
    time = 0
    for _ in range(rounds):
        chance.shuffle(read)
        for seen, gold in read:
            time += 1
            scores = [(sum(weights.get(f, 0.0) for f in fs), k == NONE, -k) for k, fs in seen]
            best = max(range(len(seen)), key=lambda n: scores[n])
            if seen[best][0] == gold:
                continue
            right = next(fs for k, fs in seen if k == gold)
            for fs, step in ((right, 1.0), (seen[best][1], -1.0)):
                for f in fs:
                    weights[f] = weights.get(f, 0.0) + step
                    sums[f] = sums.get(f, 0.0) + step * time
    averaged = {f: w - sums[f] / (time + 1) for f, w in weights.items()}
    whole = {f: round(w * SCALE) for f, w in averaged.items()}
    return "".join(f"{f}\t{w}\n" for f, w in sorted(whole.items()) if w)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("trees", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(__file__).resolve().parent.parent / "claims/engine/weights/counted.txt.gz",
    )
    arguments = parser.parse_args()
    lesson = cases(list(places(read_trees(arguments.trees))))
    text = train(lesson, arguments.rounds)
    arguments.out.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{len(lesson)} numbers, {text.count(chr(10))} weights, {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
