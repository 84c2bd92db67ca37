"""What a quantity belongs to: the words that say whose or of what it is.

"The Pentagon will spend almost $18 billion" -> the Pentagon; "a range of 500 km" -> range; "40 per cent of
the missiles" -> missiles; "a 2 per cent fee" -> fee, and whoever charges it. Read off the tree of chunks
(claims.engine.parsing): first the thing next to the figure (the noun it stands before, behind "of", or
that it is said of), then the subject of the verb that governs both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine import lexicons
from claims.engine.article import Sentence
from claims.engine.belonging import beside, next_to, subject_of
from claims.engine.quantities import Reading
from claims.engine.trees import (
    COUNTING,
    Ranges,
    Tree,
    counts,
    numeric_tokens,
    phrase_of,
    tree_of,
    without_unit,
    words_of,
)

_LISTS = lexicons.grammar("concepts")

#: Words that make a stretch of time before them a date.
_SHIFTED = _LISTS["shifted"]


@dataclass(frozen=True, slots=True)
class Concept:
    """What a quantity belongs to: ``things``, each a tuple of token ranges, the nearest thing first.

    No things: nothing in the sentence but what is counted.
    """

    things: tuple[tuple[tuple[int, int], ...], ...]
    rule: str

    def words(self, sentence: Sentence) -> list[str]:
        """The words as written, apart from small words and figures."""
        return [word for thing in self.things_in_words(sentence) for word in thing]

    def things_in_words(self, sentence: Sentence) -> list[list[str]]:
        """The words of each thing as written, apart from small words and figures."""
        return [[w for a, b in thing for w in words_of(sentence, a, b)] for thing in self.things]


def concepts_of(sentence: Sentence) -> list[Concept]:
    """The concept of each reading of a sentence, in their order."""
    if not sentence.readings:
        return []
    tree = tree_of(sentence)
    numeric = numeric_tokens(sentence)
    found: list[Concept] = []
    for i, reading in enumerate(sentence.readings):
        before = sentence.readings[i - 1] if i else None
        concept = None
        if before is not None and (
            _same_again(sentence, before, reading) or _moves_on(sentence, before, reading, found[-1])
        ):
            concept = found[-1]
        else:
            concept = _concept(sentence, tree, reading, numeric)
            if before is not None and _goes_on(tree, before, reading) and not _near(concept):
                concept = found[-1]
        found.append(concept)
    return found


def _same_again(sentence: Sentence, a: Reading, b: Reading) -> bool:
    """Whether ``b`` only says ``a`` again in another unit: "10 million euros ($11 million)"."""
    return (
        b.first - a.last <= 1
        and sentence.low(b.first - 1) == "("
        and a.kind == b.kind
        and a.family == b.family
    )


def _moves_on(sentence: Sentence, a: Reading, b: Reading, concept: Concept) -> bool:
    """Whether ``b`` is where the move ``a`` led: "down 68 points at 1,112"."""
    if a.kind in COUNTING or b.kind in COUNTING or concept.rule.startswith("before"):
        return False
    return b.first - a.last == 1 and a.trend is not None and sentence.lows[a.last] in ("at", "to")


def _near(concept: Concept) -> bool:
    return not concept.rule.startswith("subject") and concept.rule != ""


def _goes_on(tree: Tree, a: Reading, b: Reading) -> bool:
    """Whether ``b`` hangs on ``a``: "(16,369 up 58 points)", "and 71 million"."""
    c, d = tree.chunk_of[a.number[0]], tree.chunk_of[b.number[0]]
    return c != d and d >= 0 and tree.head(d) == c and a.kind not in COUNTING and b.kind not in COUNTING


def _concept(sentence: Sentence, tree: Tree, r: Reading, numeric: Sequence[bool]) -> Concept:
    c = tree.chunk_of[r.number[0]]
    if c < 0 or r.kind == "one_of":
        return Concept((), "alone")
    if r.family == "time" and sentence.low(r.last) in _SHIFTED:
        return Concept((), "alone")  # "two years later"
    counting = counts(sentence, tree, r, c)
    numeric = without_unit(sentence, tree.chunks[c], r, numeric, counting)
    local = next_to(sentence, tree, r, c, numeric, counting)
    things: list[Ranges] = []
    rules: list[str] = []
    anchor = c
    silent = False
    if local is not None:
        anchor = local.chunk
        things.append(phrase_of(sentence, tree, anchor, numeric))
        rules.append(local.rule)
    if local is None or local.more:
        subject, silent = subject_of(sentence, tree, c, anchor, numeric)
        if subject is not None and (local is None or subject != anchor):
            thing = phrase_of(sentence, tree, subject, numeric)
            if thing and not (things and thing[0] in things[0]):
                if things and things[0] and things[0][0] in thing:
                    things.pop()
                things.append(thing)
                rules.append("subject")
    if not things and silent and not counting:
        fallback = beside(tree, c, numeric)
        if fallback is not None:
            things.append(phrase_of(sentence, tree, fallback, numeric))
            rules.append("beside")
    return Concept(tuple(t for t in things if t), " ".join(rules))
