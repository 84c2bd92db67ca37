"""How well and how quickly words are tagged: ``python benchmarks/tagging.py TREES.conllu[.xz] ...``.

TREES are Universal Dependencies files with Penn tags. Shows for each the share of right tags over the
engine's own tokens, over words only, and over words after the text was roughened; the confusions that
are most frequent; how long the weights take to load; words per CPU-second.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.tagging import tag, tagger
from claims.engine.tokens import Token
from training.treebank import Tree, read_trees


def _score(trees: list[Tree], how=None) -> tuple[float, float, Counter[tuple[str, str]]]:  # type: ignore[no-untyped-def]
    right = total = words = right_words = 0
    confused: Counter[tuple[str, str]] = Counter()
    for tree in trees:
        tokens = tree.tokens
        if how:
            tokens = [Token(how(t.key), t.low, t.start, t.end, t.kind) for t in tokens]
        for t, gold, got in zip(tokens, tree.tags, tag(tokens), strict=True):
            total += 1
            right += gold == got
            if t.kind == "word":
                words += 1
                right_words += gold == got
            if gold != got:
                confused[gold, got] += 1
    return right / total, right_words / words, confused


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("trees", type=Path, nargs="+")
    paths = parser.parse_args().trees
    began = time.process_time()
    tagger()
    print(f"weights loaded in {time.process_time() - began:.2f} CPU-seconds")
    for path in paths:
        trees = [t for t in read_trees([path]) if t.tokens]
        everything, words, confused = _score(trees)
        began = time.process_time()
        for tree in trees:
            tag(tree.tokens)
        spent = time.process_time() - began
        count = sum(len(t.tokens) for t in trees)
        print(f"{path.name}: {len(trees)} sentences, {count} tokens")
        print(f"  right: {everything:.2%} of all tokens, {words:.2%} of words")
        for name, how in (
            ("shouted", str.upper),
            ("lower case", str.lower),
            ("titled", lambda w: w[:1].upper() + w[1:]),
        ):
            print(f"  {name}: {_score(trees, how)[1]:.2%} of words")
        print(f"  {count / spent:,.0f} tokens per CPU-second")
        print("  gold -> tagged:", ", ".join(f"{a} -> {b} {n}" for (a, b), n in confused.most_common(10)))


if __name__ == "__main__":
    main()
