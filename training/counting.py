"""Numbers of treebank sentences and the nouns they count, as the engine would ask for them.

The engine reads each sentence; wherever it asks for the noun behind a number
(:func:`claims.engine.nouns.read_noun_phrase`) the tree says which it is: the head of the relation nummod, the
noun after "of" ("hundreds of", "one of the"), or none. Where a tree reads "hundreds dead" as two things, we
do not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any
from unittest import mock

from claims.engine import counting, nouns
from claims.engine.article import read_article
from claims.engine.counted import NONE, STAND_FOR_PEOPLE
from claims.engine.tokens import Token
from training.treebank import Tree

#: How many words may stand between a number and the place its noun begins: "20 or more", "two of the".
GAP = 4
#: What leads from the second number of "30-40" or "two or three" to the first.
_TO_NUMBER = ("conj", "flat", "nmod", "nmod:unmarked")
_TO_NOUN = ("nummod", "compound", "case", "det", "nmod:poss", "amod", "det:predet")


@dataclass(slots=True)
class Place:
    """Where the noun of a number may begin, and what the tree and the rule say: tokens, or NONE."""

    tokens: list[Token]
    at: int
    single: bool
    skip: frozenset[int]
    gold: int
    ruled: int


def places(trees: Iterable[Tree]) -> Iterator[Place]:
    """Every place in these sentences where the engine asks for a counted noun."""
    read = nouns.phrase_by_rule
    asked: list[tuple[list[Token], int, bool, frozenset[int]]] = []

    def listen(
        tokens: list[Token], i: int, singular_head: bool = False, skip: Any = frozenset(), tags: Any = None
    ) -> Any:
        asked.append((tokens, i, singular_head, skip))
        return read(tokens, i, singular_head, skip)

    for tree in trees:
        asked.clear()
        with mock.patch.object(counting, "read_noun_phrase", listen):
            read_article(tree.text, None)
        for tokens, i, single, skip in {(id(a[0]), a[1], a[2]): a for a in asked}.values():
            if i < len(tokens):
                gold = _gold(tree, tokens, i)
                if gold == NONE and tokens[i].low in STAND_FOR_PEOPLE:
                    gold = i
                phrase = read(tokens, i, single, skip)
                yield Place(tokens, i, single, skip, gold, phrase.head if phrase else NONE)


def _gold(tree: Tree, tokens: list[Token], i: int) -> int:
    w = next((w for w, word in enumerate(tree.words) if word.end > tokens[i].start), None)
    if w is None:
        return NONE
    head = _counted_word(tree, w)
    if head is None:
        return NONE
    start = tree.words[head].start
    end = tree.words[head].end
    # A word of several tokens ("anti-tank") counts by its last.
    return max((k for k, t in enumerate(tokens) if start <= t.start < end and t.kind != "sign"), default=NONE)


def _counted_word(tree: Tree, w: int) -> int | None:
    """The word at or behind ``w`` that the number before it counts."""
    b = w - 1
    while b >= max(0, w - GAP):
        word = tree.words[b]
        seen = set()
        at = b
        while at not in seen and word.head >= 0 and word.relation in (*_TO_NUMBER, *_TO_NOUN[:2]):
            seen.add(at)
            if tree.words[word.head].tag != "CD":
                break
            at = word.head
            word = tree.words[at]
        if word.relation in _TO_NOUN and word.head >= w:
            return word.head if tree.words[word.head].tag[:2] in ("NN", "JJ", "VB") else None
        if tree.words[b].tag == "CD":
            return None
        b -= 1
    return None
