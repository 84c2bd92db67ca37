"""The tree of chunks of a sentence with figures, and the phrases and words in it.

Chunks are found with every figure kept together with its unit (claims.engine.chunks), what hangs on what is
the parser's (claims.engine.parsing). What a figure belongs to is read off this tree in
claims.engine.belonging.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from claims.engine import lexicons
from claims.engine.article import Sentence
from claims.engine.chunks import Chunk, find_chunks, is_name
from claims.engine.parsing import parse
from claims.engine.quantities import Reading
from claims.engine.tokens import HYPHENS, touching

_LISTS = lexicons.grammar("trees")

_DETERMINERS = lexicons.words("determiners")
_PREPOSITIONS = lexicons.words("prepositions")
_PRONOUNS = lexicons.words("pronouns")
_SUMS = lexicons.words("sums")
#: Kinds of readings that count things.
COUNTING = frozenset({"count", "definite", "one_of", "frequency"})
JOINING = _LISTS["joining"]
#: Stretches of time that figures are compared over.
PERIODS = _LISTS["periods"]
_INSIDE_WORDS = frozenset("-–&/")
_SIGNS = frozenset("+-–−±")
_PLURALS = frozenset({"NNS", "NNPS"})
_MOST_PHRASES = 5

Ranges = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Tree:
    """The chunks of a sentence with their heads and children."""

    chunks: list[Chunk]
    heads: list[int]
    children: list[list[int]]
    chunk_of: list[int]
    subjects: dict[int, int | None] = field(default_factory=dict)  # of the verbs asked about

    def head(self, c: int) -> int:
        """The head of chunk ``c``, -1 for none."""
        return self.heads[c] if 0 <= self.heads[c] < len(self.chunks) else -1


def figure_ranges(readings: Sequence[Reading]) -> list[tuple[int, int]]:
    """The tokens of each figure with its unit and modifier, what it counts left out."""
    ranges = []
    for r in readings:
        end = r.last
        if r.noun is not None and r.number[1] <= r.noun.first < end:
            end = r.noun.first
        elif r.extra[1] > r.extra[0]:
            end = r.number[1]
        if r.kind == "one_of":
            end = r.number[1]
        ranges.append((r.first, end))
    return ranges


def chunks_of(sentence: Sentence) -> list[Chunk]:
    """The chunks of a sentence, its figures and times kept together."""
    times = [(t.first, t.last) for t in sentence.times]
    figures = []
    for (a, b), r in zip(figure_ranges(sentence.readings), sentence.readings, strict=True):
        if r.kind == "ratio" and sentence.tags[a].startswith("VB"):
            continue  # "doubling it to 256 GB"
        signed = a and a == r.number[0] and sentence.tokens[a - 1].key in _SIGNS
        signed = signed and not touching(sentence.tokens, a - 1)
        figures.append((a - 1 if signed else a, b))
    return find_chunks(sentence.tokens, sentence.lows, sentence.tags, times, figures)


def tree_of(sentence: Sentence) -> Tree:
    """The tree of a sentence."""
    tokens = sentence.tokens
    chunks = chunks_of(sentence)
    heads = parse(chunks, sentence.lows, sentence.tags)
    for c in range(1, len(chunks)):
        of = chunks[c].preposition == "of" and not chunks[c].before
        if of and chunks[c - 1].kind in "NP" and heads[c - 1] != c:
            heads[c] = c - 1  # whatever the parser says
    children: list[list[int]] = [[] for _ in chunks]
    chunk_of = [-1] * len(tokens)
    for c, chunk in enumerate(chunks):
        if heads[c] < len(chunks):
            children[heads[c]].append(c)
        for k in range(chunk.start, chunk.last):
            chunk_of[k] = c
    return Tree(chunks, heads, children, chunk_of)


def numeric_tokens(sentence: Sentence) -> list[bool]:
    """Which tokens are parts of a figure with its unit."""
    numeric = [False] * len(sentence.tokens)
    for (a, b), r in zip(figure_ranges(sentence.readings), sentence.readings, strict=True):
        if is_compound(sentence, r):
            continue
        for k in range(a, b):
            numeric[k] = True
    for time in sentence.times:
        for k in range(time.first, time.last):
            numeric[k] = numeric[k] or sentence.tokens[k].kind == "figure"
    return numeric


def is_compound(sentence: Sentence, r: Reading) -> bool:
    """Whether a figure is the first part of a word: "a five-year award"."""
    k = r.number[1]
    return sentence.tokens[r.number[0]].kind == "word" and (
        k < len(sentence.tokens) and sentence.tokens[k].key in HYPHENS and touching(sentence.tokens, k)
    )


def without_unit(
    sentence: Sentence, chunk: Chunk, r: Reading, numeric: Sequence[bool], counting: bool
) -> Sequence[bool]:
    """``numeric`` with what else of a figure's chunk names nothing: units that are not known."""
    first = last = r.last
    head = chunk.head
    if head >= r.last and not counting:
        if head == r.last and (r.kind == "bare" or len(sentence.lows[head]) < 3):
            last = head + 1  # "15.3 ppg", "68 p"
        elif r.kind == "bare" and sentence.tags[r.last] == "NN":
            last = r.last + 1  # "a 12 page document"
        elif sentence.lows[head] in PERIODS and not r.attributive:
            last = head + 1  # "down 9.2% year over year"
    if is_compound(sentence, r):
        first = r.first
    if first == last:
        return numeric
    return [*numeric[:first], *([True] * (last - first)), *numeric[last:]]


def counts(sentence: Sentence, tree: Tree, r: Reading, c: int) -> bool:
    """Whether the noun behind the figure is what it counts, so that it belongs to something else."""
    head = tree.chunks[c].head
    if r.kind == "frequency":
        return head < r.last
    return r.kind in COUNTING or (r.kind == "bare" and head >= r.last and sentence.tags[head] in _PLURALS)


def whole(tree: Tree, c: int, numeric: Sequence[bool]) -> int:
    """The noun whose "of" phrase ``c`` is, if it is one: "the *price* of gold"."""
    while tree.chunks[c].preposition == "of":
        up = tree.head(c)
        if up < 0 or up > c or not thing_at(tree, up, numeric):
            break
        c = up
    return c


def thing_at(tree: Tree, c: int, numeric: Sequence[bool]) -> bool:
    """Whether a chunk names a thing: no pronoun, no time, no figure."""
    chunk = tree.chunks[c]
    return chunk.kind in "NP" and chunk.form == "" and not numeric[chunk.head]


def phrase_of(sentence: Sentence, tree: Tree, c: int, numeric: Sequence[bool]) -> Ranges:
    """The tokens of a noun phrase with the prepositional phrases that hang on it, figures left out."""
    ranges: list[tuple[int, int]] = []
    if c == 1 and tree.chunks[1].before == "-" and thing_at(tree, 0, numeric):
        _add(sentence, tree, 0, numeric, ranges)  # "Carnival - the cruise operator - gained"
    end = _add(sentence, tree, c, numeric, ranges)
    taken = {c}
    k = c + 1
    while k < len(tree.chunks) and len(taken) < _MOST_PHRASES:
        chunk = tree.chunks[k]
        inside = c < k < tree.heads[c] and tree.heads[c] < len(tree.chunks)  # before the verb
        joined = chunk.kind == "P" or (chunk.before in JOINING)
        if tree.heads[k] not in taken and not (inside and joined):
            break
        if sentence.lows[chunk.head] == "age":
            break
        if chunk.kind == "N" and chunk.before in JOINING and chunk.first == end + 1:
            pass
        elif chunk.kind != "P" or chunk.before or chunk.opening != end:
            break
        if chunk.form or any(numeric[chunk.first : chunk.last]):
            break
        end = _add(sentence, tree, k, numeric, ranges)
        taken.add(k)
        k += 1
    return tuple(ranges)


def _add(
    sentence: Sentence, tree: Tree, c: int, numeric: Sequence[bool], ranges: list[tuple[int, int]]
) -> int:
    chunk = tree.chunks[c]
    k = chunk.first
    while k < chunk.last:
        if numeric[k] or _small(sentence, k):
            k += 1
            continue
        first = k
        while k < chunk.last and not numeric[k]:
            k += 1
        end = k
        if first and numeric[first - 1] and sentence.tokens[first].key in HYPHENS:
            while first < end and (first < 2 or touching(sentence.tokens, first)):
                first += 1  # "a 37-metre*-long* skeleton"
        if k < chunk.last and sentence.tokens[k - 1].key in HYPHENS:
            while end > first and touching(sentence.tokens, end):
                end -= 1  # "*sub-*300 metre space"
        if first < end:
            ranges.append((first, end))
    return chunk.last


def _small(sentence: Sentence, k: int) -> bool:
    """Whether a word says nothing of its own: a determiner, a pronoun, "total", an adverb before a name."""
    low = sentence.lows[k]
    if low in _DETERMINERS or low in _PRONOUNS or low in _SUMS:
        return not (k and (sentence.tags[k] == "NNP" or is_name(sentence.tokens, sentence.lows, k)))
    return sentence.tags[k] == "RB" and sentence.tags[k + 1 : k + 2] == ["NNP"]


def words_of(sentence: Sentence, first: int, last: int) -> list[str]:
    """The words of a range as they are written, a hyphen inside a word kept."""
    tokens = sentence.tokens
    words: list[str] = []
    joined = False
    for k in range(first, last):
        t = tokens[k]
        written = sentence.text[t.start : t.end]
        small = t.low in _PREPOSITIONS or _small(sentence, k)
        if joined and t.low != "'s" and touching(tokens, k) and (t.kind != "sign" or t.key in _INSIDE_WORDS):
            words[-1] += written
        elif t.kind != "sign" and t.low != "'s" and not small:
            words.append(written)
            joined = True
        else:
            joined = False
    return [w for w in (word.rstrip("-–&") for word in words) if w]
