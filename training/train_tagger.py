"""Train the tagger: ``python training/train_tagger.py TREES.conllu[.xz] ... [--out WEIGHTS.txt.gz]``.

TREES are Universal Dependencies files with Penn tags (the weights that ship: UD English EWT and the freely
licensed genres of GUM, training parts). Deterministic; some minutes on one core. What the engine meets is
worse than a treebank, so copies of some sentences are shouted, titled, put in lower case or lose their signs.
"""

from __future__ import annotations

import argparse
import gzip
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine import tagging
from claims.engine.tagging import EDGE, Tagger
from claims.engine.tokens import Token, tokenize
from training.treebank import read_trees

Sentence = tuple[list[Token], list[str]]
Seen = tuple[str, str]
#: A word met this often or more has only the tags it was met with; one met less may have any.
KNOWN = 12
#: A word met this often with one tag in this share of the cases has no other.
ALWAYS, ALWAYS_SHARE = 12, 0.995
#: A word's class names the tags it has in this share of the cases.
CLASS_SHARE = 0.08
CLASS_KNOWN = 4
#: Features met less often are left out.
RARE = 2
#: A weight smaller than this says nothing (lanes hold up to 32,000).
LEAST = 50
RANGE = 32000
FIELD = Path(__file__).resolve().parent / "field.txt"
FIELD_WEIGHT = 3


def field_sentences() -> list[Sentence]:
    """Our own tagged sentences, FIELD_WEIGHT times each. Raises ValueError where a line is not token/TAG."""
    found: list[Sentence] = []
    for line in FIELD.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        words, _, tags = zip(*(pair.rpartition("/") for pair in line.split(" ")), strict=True)
        tokens = tokenize(" ".join(words))
        if len(tokens) != len(tags):
            raise ValueError(f"{FIELD.name}: tokens and tags differ: {line}")
        found.append((tokens, list(tags)))
    return found * FIELD_WEIGHT


def roughened(sentences: Sequence[Sentence], chance: random.Random) -> list[Sentence]:
    """Copies of some sentences as headlines, captions and careless typists write them."""
    found = []
    for tokens, tags in sentences:
        dice = chance.random()
        if dice < 0.06:
            found.append((_respelt(tokens, str.upper), tags))
        elif dice < 0.15:
            found.append((_respelt(tokens, lambda w: w[:1].upper() + w[1:] if len(w) > 3 else w), tags))
        elif dice < 0.18:
            found.append((_respelt(tokens, str.lower), tags))
        elif dice < 0.28:
            kept = [k for k, t in enumerate(tokens) if t.kind != "sign" or tags[k] not in (".", ",", ":")]
            if kept:
                found.append(([tokens[k] for k in kept], [tags[k] for k in kept]))
    return found


def _respelt(tokens: Sequence[Token], how) -> list[Token]:  # type: ignore[no-untyped-def]
    return [Token(how(t.key) if t.kind == "word" else t.key, t.low, t.start, t.end, t.kind) for t in tokens]


def vocabulary(sentences: Iterable[Sentence]) -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Words with one tag, the class of each word, the tags a word may have."""
    by_word: dict[str, Counter[str]] = defaultdict(Counter)
    by_key: dict[str, Counter[str]] = defaultdict(Counter)
    for tokens, tags in sentences:
        for t, tag, manner in zip(tokens, tags, tagging.manners(tokens), strict=True):
            by_word[tagging.spelt(t)][tag] += 1
            if t.kind == "word" and not manner:
                by_key[t.key][tag] += 1
            elif t.kind != "word":
                by_key[tagging.spelt(t)][tag] += 1
    always = {}
    for key, tags_of in by_key.items():
        tag, n = tags_of.most_common(1)[0]
        if n >= ALWAYS and n >= ALWAYS_SHARE * tags_of.total():
            always[key] = tag
    classes, choices = {}, {}
    for word, tags_of in by_word.items():
        total = tags_of.total()
        if total >= CLASS_KNOWN:
            often = sorted(tag for tag, n in tags_of.items() if n >= CLASS_SHARE * total)
            classes[word] = "|".join(often)
        if total >= KNOWN and word not in always:
            choices[word] = " ".join(sorted(t for t, n in tags_of.items() if n > 1 or n > 0.01 * total))
    return always, classes, choices


class Perceptron:
    """Weights by (template, what it saw) and tag, and their running averages."""

    def __init__(self) -> None:
        self.weights: dict[tuple[str, str], dict[str, float]] = {}
        self._sums: dict[tuple[str, str], dict[str, float]] = {}
        self._since: dict[tuple[str, str], dict[str, int]] = {}
        self.time = 0

    def best(self, seen: Iterable[tuple[str, str]], choice: Sequence[str]) -> str:
        scores = dict.fromkeys(choice, 0.0)
        for feature in seen:
            for tag, weight in self.weights.get(feature, {}).items():
                if tag in scores:
                    scores[tag] += weight
        return max(choice, key=scores.__getitem__)

    def move(self, seen: Iterable[tuple[str, str]], right: str, wrong: str) -> None:
        for feature in seen:
            weights = self.weights.setdefault(feature, {})
            for tag, step in ((right, 1.0), (wrong, -1.0)):
                sums = self._sums.setdefault(feature, {})
                since = self._since.setdefault(feature, {})
                now = weights.get(tag, 0.0)
                sums[tag] = sums.get(tag, 0.0) + (self.time - since.get(tag, 0)) * now
                since[tag] = self.time
                weights[tag] = now + step

    def averaged(self) -> dict[tuple[str, str], dict[str, float]]:
        found: dict[tuple[str, str], dict[str, float]] = {}
        for feature, weights in self.weights.items():
            for tag, now in weights.items():
                total = self._sums[feature][tag] + (self.time - self._since[feature][tag]) * now
                if total:
                    found.setdefault(feature, {})[tag] = total / self.time
        return found


def train(sentences: Sequence[Sentence], rounds: int, seed: int = 7) -> str:
    """The text of a weights file for these sentences."""
    chance = random.Random(seed)  # noqa: S311  (the order of training, no secret)
    always, classes, choices = vocabulary(sentences)
    lesson = [*sentences, *roughened(sentences, chance)]
    tags = sorted({tag for _, tags in lesson for tag in tags})
    frame = Tagger(_text(tags, always, classes, choices, {}))
    same: dict[Seen, Seen] = {}
    read = [_seen(frame, tokens, gold, same) for tokens, gold in lesson]
    counts: Counter[tuple[str, str]] = Counter()
    for places in read:
        for place in places:
            counts.update(place[4])
    for places in read:
        for place in places:
            place[4][:] = [f for f in place[4] if counts[f] >= RARE]
    perceptron = Perceptron()
    for _ in range(rounds):
        chance.shuffle(read)
        for places in read:
            one = two = EDGE
            for fixed, word, end, class_after, seen, choice, gold in places:
                tag = fixed
                if not tag:
                    perceptron.time += 1
                    everything = [*seen, *tagging.behind(word, end, class_after, one, two)]
                    tag = perceptron.best(everything, choice or tags)
                    if tag != gold:
                        perceptron.move(everything, gold, tag)
                one, two = tag, one
    return _text(tags, always, classes, choices, perceptron.averaged())


def _seen(frame: Tagger, tokens: Sequence[Token], gold: Sequence[str], same: dict[Seen, Seen]):  # type: ignore[no-untyped-def]
    manner = tagging.manners(tokens)
    words = [tagging.spelt(t) for t in tokens]
    own = list(zip(words, [t.key for t in tokens], [t.kind for t in tokens], manner, strict=True))
    classes = [frame.class_of(*o) for o in own]
    words = [EDGE, EDGE, *words, EDGE, EDGE]
    classes = [EDGE, EDGE, *classes, EDGE, EDGE]
    found = []
    for k, o in enumerate(own):
        fixed = frame.always_of(*o)
        seen = [] if fixed else [*frame.own(*o), *tagging.around(words, classes, k + 2)]
        seen = [same.setdefault(s, s) for s in seen]
        choice = tuple(frame.choices.get(o[0], "").split())
        found.append((fixed, o[0], o[0][-3:], classes[k + 3], seen, choice, gold[k]))
    return found


def _text(
    tags: Sequence[str],
    always: dict[str, str],
    classes: dict[str, str],
    choices: dict[str, str],
    weights: dict[tuple[str, str], dict[str, float]],
) -> str:
    most: dict[str, float] = defaultdict(float)
    for (template, _), by_tag in weights.items():
        most[template] = max(most[template], *map(abs, by_tag.values()))
    scale = min(400.0, RANGE / (sum(most.values()) or 1.0))
    sections: dict[str, dict[str, str]] = {
        "# tags": {"": " ".join(tags)},
        "# always": always,
        "# class": classes,
        "# choice": choices,
    }
    for (template, seen), by_tag in sorted(weights.items()):
        whole = {tag: round(w * scale) for tag, w in sorted(by_tag.items())}
        if line := " ".join(f"{tag} {w}" for tag, w in whole.items() if abs(w) >= LEAST):
            sections.setdefault(template, {})[seen] = line
    lines = []
    for name, entries in sections.items():
        lines.append(name)
        lines += [f"{seen}\t{value}" for seen, value in sorted(entries.items())]
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("trees", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument(
        "--out",
        type=Path,
        default=Path(__file__).resolve().parent.parent / "claims/engine/weights/tagger.txt.gz",
    )
    arguments = parser.parse_args()
    sentences = [(tree.tokens, tree.tags) for tree in read_trees(arguments.trees) if tree.tokens]
    sentences += field_sentences()
    text = train(sentences, arguments.rounds)
    arguments.out.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{len(sentences)} sentences, {text.count(chr(10))} lines, {arguments.out.stat().st_size} bytes")


if __name__ == "__main__":
    main()
