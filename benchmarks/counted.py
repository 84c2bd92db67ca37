"""How well counted nouns are found: ``python benchmarks/counted.py TREES.conllu[.xz] ...``.

TREES are Universal Dependencies files. Wherever the engine asks for the noun behind a number, the tree
says which it is. Shows F1 of the rule on words, of the ranker on tags and of what the engine makes of
both, how often the two agree, and how right they are then; with ``--errors`` the places read otherwise
than the tree.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine.counted import NONE, rank
from claims.engine.tagging import tag
from training.counting import Place, places
from training.treebank import read_trees


def _line(place: Place, found: int) -> str:
    def word(k: int) -> str:
        return "-" if k == NONE else place.tokens[k].key

    words = [t.key for t in place.tokens]
    i = place.at
    before, after = " ".join(words[max(0, i - 4) : i]), " ".join(words[i : i + 9])
    return f"  {before} | {after}   [tree {word(place.gold)}, rule {word(place.ruled)}, ranker {word(found)}]"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("trees", type=Path, nargs="+")
    parser.add_argument("--errors", action="store_true", help="show what was read otherwise than the tree")
    arguments = parser.parse_args()
    for path in arguments.trees:
        asked = list(places(read_trees([path])))
        ranked = [rank(p.tokens, tag(p.tokens), p.at, p.ruled, p.single) for p in asked]
        gold = sum(p.gold != NONE for p in asked)
        print(f"{path.name}: {len(asked)} numbers, {gold} of them count a noun")
        readings = {"rule": [p.ruled for p in asked], "ranker": [r.head for r in ranked]}
        for name, heads in readings.items():
            right = sum(h == p.gold != NONE for h, p in zip(heads, asked, strict=True))
            found = sum(h != NONE for h in heads)
            exact = sum(h == p.gold for h, p in zip(heads, asked, strict=True))
            print(
                f"  {name}: F1 {200 * right / (gold + found):.1f}, precision {100 * right / found:.1f}, "
                f"recall {100 * right / gold:.1f}, right or rightly none {exact / len(asked):.1%}"
            )
        both: Counter[tuple[bool, bool]] = Counter(
            (p.ruled == r.head, r.head == p.gold) for p, r in zip(asked, ranked, strict=True)
        )
        agreed = both[True, True] + both[True, False]
        print(f"  agree on {agreed / len(asked):.1%}, then right {both[True, True] / agreed:.1%}")
        if arguments.errors:
            for p, r in zip(asked, ranked, strict=True):
                if not p.gold == p.ruled == r.head:
                    print(_line(p, r.head) + f" {r.score}")


if __name__ == "__main__":
    main()
