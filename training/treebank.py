"""Sentences of Universal Dependencies files, laid over the engine's own tokens.

A treebank splits words otherwise than :func:`claims.engine.tokens.tokenize` ("do|n't" against "don't", "10km"
against "10|km"). What is trained must see what the engine will see, so every sentence is tokenised again and
each engine token is given the treebank word it begins in.
"""

from __future__ import annotations

import lzma
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from claims.engine.tokens import HYPHENS, Token, tokenize

#: Signs inside a treebank word ("24/7", "Mr.", "e-mail") that the engine sets apart.
SIGN_TAGS = {",": ",", ".": ".", "?": ".", "!": ".", ":": ":", ";": ":", "$": "$", "%": "NN"}


@dataclass(slots=True)
class Word:
    """One word of a treebank: its text, Penn tag, the index of its head (-1 for the root), its relation."""

    form: str
    tag: str
    head: int
    relation: str
    start: int = 0
    end: int = 0


@dataclass(slots=True)
class Tree:
    """One sentence: its words as the treebank has them, its tokens as the engine has them.

    ``word_of[k]`` is the word in which token ``k`` begins, ``token_of[w]`` the first token of word ``w``.
    """

    text: str
    words: list[Word]
    tokens: list[Token]
    tags: list[str]
    word_of: list[int]
    token_of: list[int]


def read_trees(paths: Iterable[Path]) -> Iterator[Tree]:
    """The sentences of CoNLL-U files (plain or .xz) whose words stand in their text."""
    for path in paths:
        packed = path.read_bytes()
        text = (lzma.decompress(packed) if path.suffix == ".xz" else packed).decode("utf-8")
        for block in text.split("\n\n"):
            tree = _read(block.split("\n"))
            if tree is not None:
                yield tree


def _read(lines: Iterable[str]) -> Tree | None:
    text = ""
    words = []
    for line in lines:
        if line.startswith("# text = "):
            text = line[len("# text = ") :]
        elif not line.startswith("#"):
            fields = line.split("\t")
            if fields[0].isdigit():
                words.append(Word(fields[1], fields[4], int(fields[6]) - 1, fields[7]))
    return _lay_over(text, words) if words else None


def _lay_over(text: str, words: list[Word]) -> Tree | None:
    at = 0
    for word in words:
        found = text.find(word.form, at)
        if found < 0 or text[at:found].strip():
            return None
        word.start, word.end = found, found + len(word.form)
        at = word.end
    tokens = tokenize(text)
    tags, word_of = [], []
    token_of = [-1] * len(words)
    w = 0
    for k, token in enumerate(tokens):
        while words[w].end <= token.start:
            w += 1
        whole = words[w].start == token.start and words[w].end == token.end
        tags.append(words[w].tag if whole else _piece(words[w], token))
        word_of.append(w)
        v = w
        while v < len(words) and words[v].start < token.end:
            if token_of[v] < 0:
                token_of[v] = k
            v += 1
    return Tree(text, words, tokens, tags, word_of, token_of)


def _piece(word: Word, token: Token) -> str:
    """The tag of a token that is a part of a word, or more than one."""
    if token.kind == "figure":
        return "CD"
    if token.kind == "sign":
        return "HYPH" if token.key in HYPHENS else SIGN_TAGS.get(token.key, word.tag)
    return word.tag
