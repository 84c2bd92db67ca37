"""What hangs on what in a treebank, put in the terms of the parser over chunks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from claims.engine.article import Sentence, read_article
from claims.engine.chunks import Chunk
from training.treebank import Tree, Word, read_trees

#: What hangs on "was" in "he was president", where the treebanks hang it on "president".
_ON_THE_VERB = frozenset(
    {"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl", "aux", "mark", "advcl", "punct", "parataxis",
     "discourse", "obl:tmod", "obl:unmarked", "ccomp"}
)  # fmt: skip
_BEFORE_THE_VERB = frozenset({"advmod", "obl", "cc"})
_MOST_STEPS = 60


def verbs_of_being_first(words: Sequence[Word]) -> list[int]:
    """The head of each word, with a form of "be" made the head of what it joins to its subject."""
    heads = [w.head for w in words]
    below: dict[int, list[int]] = {}
    for i, word in enumerate(words):
        below.setdefault(word.head, []).append(i)
    for i, word in enumerate(words):
        if not word.relation.startswith("cop") or word.head < 0:
            continue
        said = word.head
        heads[i], heads[said] = heads[said], i
        for j in below[said]:
            relation = words[j].relation
            if j == i:
                continue
            if (
                relation in _ON_THE_VERB
                or (relation in _BEFORE_THE_VERB and j < i and relation != "cc")
                or (relation == "conj" and words[j].tag.startswith("VB"))
            ):
                heads[j] = i
    return heads


def read_sentences(paths: Sequence[Path]) -> Iterator[tuple[Sentence, list[int]]]:
    """Every sentence of the treebanks as the engine reads it, with the head of each token (-1: none)."""
    for tree in read_trees(paths):
        heads = _heads_of_tokens(tree)
        place = {token.start: k for k, token in enumerate(tree.tokens)}
        for sentence in read_article(tree.text, None).sentences:
            first = place.get(sentence.tokens[0].start) if sentence.tokens else None
            if first is None:
                continue
            n = len(sentence.tokens)
            yield sentence, [h - first if first <= h < first + n else -1 for h in heads[first : first + n]]


def _heads_of_tokens(tree: Tree) -> list[int]:
    heads = verbs_of_being_first(tree.words)
    found = []
    for k in range(len(tree.tokens)):
        w = tree.word_of[k]
        if tree.token_of[w] != k:
            found.append(tree.token_of[w])
            continue
        h = heads[w]
        for _ in range(_MOST_STEPS):
            if h < 0 or tree.token_of[h] not in (k, -1):
                break
            h = heads[h]
        found.append(tree.token_of[h] if h >= 0 else -1)
    return found


def chunk_heads(chunks: Sequence[Chunk], heads: Sequence[int]) -> list[int]:
    """The head of each chunk by the heads of its tokens; the number of chunks stands for the root."""
    n = len(chunks)
    of_token = {k: c for c, chunk in enumerate(chunks) for k in range(chunk.start, chunk.last)}
    found = []
    for c, chunk in enumerate(chunks):
        k = chunk.head
        for _ in range(_MOST_STEPS):
            if k < 0 or of_token.get(k, c) != c:
                break
            k = heads[k]
        found.append(of_token.get(k, n) if k >= 0 and of_token.get(k) != c else n)
    for c in range(n):
        seen: set[int] = set()
        k = c
        while k < n and k not in seen:
            seen.add(k)
            k = found[k]
        if k < n:
            found[c] = n  # a circle is cut
    return found
