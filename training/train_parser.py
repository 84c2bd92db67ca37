"""Train the parser over chunks: ``python training/train_parser.py TREES.conllu[.xz] ... [--dev TREES ...]``.

TREES are Universal Dependencies files (the weights that ship: UD English EWT and the freely licensed
genres of GUM, training parts); tags are the engine's own, so train the tagger first. An averaged perceptron
with a dynamic oracle: it learns from states that its own mistakes led to. Deterministic; a few minutes on
one core.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.parsing import LEFT, SHIFT, Shape, State, Weights, parse_shapes, shapes_of
from claims.engine.trees import chunks_of
from training.attachment import chunk_heads, read_sentences

Example = tuple[list[Shape], list[int]]
WEIGHTS = Path(__file__).resolve().parent.parent / "claims/engine/weights/parser.json.xz"
#: Features that changed fewer steps tell of single sentences.
RARE = 3
#: How fine a weight is kept, and the smallest that says something.
SCALE, SLIGHT = 20, 2
#: How often training goes on from what it would do, right or wrong, after the first round.
EXPLORE = 0.9


def read_examples(paths: Sequence[Path]) -> list[Example]:
    """What the parser sees and the heads it should find, for every sentence of two chunks or more."""
    found = []
    for sentence, heads in read_sentences(paths):
        chunks = chunks_of(sentence)
        if len(chunks) > 1:
            found.append((shapes_of(chunks, sentence.lows, sentence.tags), chunk_heads(chunks, heads)))
    return found


def good_steps(state: State, gold: Sequence[int], children: Sequence[set[int]]) -> list[int]:
    """The steps that put the fewest gold heads out of reach."""
    stack, b = state.stack, state.at
    costs = {}
    for step in state.possible():
        top = stack[-1] if stack else -1
        if step == SHIFT:
            costs[step] = len(children[b].intersection(stack)) + (gold[b] in stack[:-1])
            continue
        lost = sum(1 for c in children[top] if c >= b)
        h = gold[top]
        if step == LEFT:
            lost += h != b and (h > b or (len(stack) > 1 and h == stack[-2]))
        else:
            lost += h >= b
        costs[step] = lost
    best = min(costs.values())
    return [step for step, cost in costs.items() if cost == best]


class Perceptron:
    """Weights under training, with what is needed to average them over all steps."""

    def __init__(self) -> None:
        self.weights: dict[str, list[float]] = {}
        self._totals: dict[str, list[float]] = {}
        self._since: dict[str, list[int]] = {}
        self._changed: dict[str, int] = {}
        self.clock = 0

    def scores(self, features: Sequence[str]) -> list[float]:
        """The weight for each of the three steps."""
        sums = [0.0, 0.0, 0.0]
        for feature in features:
            w = self.weights.get(feature)
            if w is not None:
                sums[0] += w[0]
                sums[1] += w[1]
                sums[2] += w[2]
        return sums

    def learn(self, features: Sequence[str], right: int, wrong: int) -> None:
        """Move the weights towards the right step."""
        for feature in features:
            w = self.weights.setdefault(feature, [0.0, 0.0, 0.0])
            totals = self._totals.setdefault(feature, [0.0, 0.0, 0.0])
            since = self._since.setdefault(feature, [self.clock] * 3)
            self._changed[feature] = self._changed.get(feature, 0) + 1
            for step, change in ((right, 1.0), (wrong, -1.0)):
                totals[step] += (self.clock - since[step]) * w[step]
                since[step] = self.clock
                w[step] += change

    def averaged(self) -> dict[str, tuple[int, int, int]]:
        """The averaged weights as small whole numbers, the rare and the slight left out."""
        kept = {}
        for feature, w in sorted(self.weights.items()):
            if self._changed[feature] < RARE:
                continue
            since, totals = self._since[feature], self._totals[feature]
            mean = [(totals[s] + (self.clock - since[s]) * w[s]) / max(1, self.clock) for s in range(3)]
            middle = sum(mean) / 3
            a, b, c = (round(SCALE * (m - middle)) for m in mean)
            if max(abs(a), abs(b), abs(c)) >= SLIGHT:
                kept[feature] = (a, b, c)
        return kept


def train(examples: list[Example], dev: Sequence[Example], rounds: int, seed: int) -> Weights:
    """The weights learnt from ``examples``; prints what they reach on ``dev`` after each round."""
    chance = random.Random(seed)  # noqa: S311
    learner = Perceptron()
    kept: Weights = {}
    for number in range(1, rounds + 1):
        chance.shuffle(examples)
        began = time.process_time()
        for shapes, gold in examples:
            _learn_from(learner, shapes, gold, chance, explore=number > 1)
        kept = learner.averaged()
        spent = time.process_time() - began
        right = heads_right(dev, kept)
        print(f"round {number}: {len(kept)} features, heads {right:.2f} %, {spent:.0f} s", flush=True)
    return kept


def _learn_from(
    learner: Perceptron, shapes: Sequence[Shape], gold: Sequence[int], chance: random.Random, explore: bool
) -> None:
    state = State(shapes)
    children: list[set[int]] = [set() for _ in range(state.n + 1)]
    for c, h in enumerate(gold):
        children[h].add(c)
    while possible := state.possible():
        if len(possible) == 1:
            state.step(possible[0])
            continue
        learner.clock += 1
        features = state.features()
        scores = learner.scores(features)
        guess = max(possible, key=scores.__getitem__)
        good = good_steps(state, gold, children)
        best = max(good, key=scores.__getitem__)
        if guess not in good:
            learner.learn(features, best, guess)
        state.step(guess if explore and chance.random() < EXPLORE else best)


def heads_right(examples: Sequence[Example], weights: Mapping[str, Sequence[float]]) -> float:
    """The share of chunks that get the right head, in per cent."""
    right = total = 0
    for shapes, gold in examples:
        found = parse_shapes(shapes, weights)
        right += sum(a == b for a, b in zip(found, gold, strict=True))
        total += len(gold)
    return 100 * right / max(1, total)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("trees", type=Path, nargs="+")
    parser.add_argument("--dev", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seed", type=int, default=7)
    arguments = parser.parse_args()
    examples, dev = read_examples(arguments.trees), read_examples(arguments.dev)
    print(f"{len(examples)} sentences to learn from, {len(dev)} to measure on", flush=True)
    weights = train(examples, dev, arguments.rounds, arguments.seed)
    packed = json.dumps(weights, separators=(",", ":"), ensure_ascii=False)
    arguments.out.write_bytes(lzma.compress(packed.encode()))
    print(f"{arguments.out}: {arguments.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
