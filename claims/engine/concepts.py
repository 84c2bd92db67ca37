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
from claims.engine.chunks import Chunk, find_chunks
from claims.engine.parsing import parse
from claims.engine.quantities import Reading
from claims.engine.tokens import HYPHENS, touching

_DETERMINERS = lexicons.words("determiners")
_PREPOSITIONS = lexicons.words("prepositions")
_PRONOUNS = lexicons.words("pronouns")
_COUNTING = frozenset({"count", "definite", "one_of", "frequency"})
#: Prepositions before what a verb brings its object to.
_REACHED = frozenset({"to", "by", "from", "at", "for"})
#: Prepositions that open clauses as well.
_CLAUSAL = frozenset({"since", "as", "after", "before", "until", "like", "than"})
_ASIDE = frozenset({"(", ":", "-"})
_INSIDE_WORDS = frozenset("-–&")
#: The tags a pronoun's name can have.
_MEANT = {
    "it": frozenset({"NN", "NNP", "NNPS"}),
    "they": frozenset({"NNS", "NNPS"}),
    "he": frozenset({"NNP"}),
    "she": frozenset({"NNP"}),
}
_JOINING = frozenset({"and", "or", "&"})
_PLURALS = frozenset({"NNS", "NNPS"})
_MOST_PHRASES = 5


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
        return [[w for a, b in thing for w in _words(sentence, a, b)] for thing in self.things]


@dataclass(slots=True)
class Tree:
    """The chunks of a sentence with their heads and children."""

    chunks: list[Chunk]
    heads: list[int]
    children: list[list[int]]
    chunk_of: list[int]

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
    return find_chunks(sentence.tokens, sentence.lows, sentence.tags, times, figure_ranges(sentence.readings))


def tree_of(sentence: Sentence) -> Tree:
    """The tree of a sentence."""
    tokens = sentence.tokens
    chunks = chunks_of(sentence)
    heads = parse(chunks, sentence.lows, sentence.tags)
    children: list[list[int]] = [[] for _ in chunks]
    chunk_of = [-1] * len(tokens)
    for c, chunk in enumerate(chunks):
        if heads[c] < len(chunks):
            children[heads[c]].append(c)
        for k in range(chunk.start, chunk.last):
            chunk_of[k] = c
    return Tree(chunks, heads, children, chunk_of)


def concepts_of(sentence: Sentence) -> list[Concept]:
    """The concept of each reading of a sentence, in their order."""
    if not sentence.readings:
        return []
    tree = tree_of(sentence)
    numeric = _numeric(sentence)
    found: list[Concept] = []
    for i, reading in enumerate(sentence.readings):
        before = sentence.readings[i - 1] if i else None
        concept = None
        if before is not None and _same_again(sentence, before, reading):
            concept = found[-1]
        else:
            concept = _concept(sentence, tree, reading, numeric)
            if before is not None and _goes_on(tree, before, reading) and not _near(concept):
                concept = found[-1]
        found.append(concept)
    return found


def concept_of(sentence: Sentence, reading: Reading) -> Concept:
    """The concept of one reading of the sentence."""
    return concepts_of(sentence)[sentence.readings.index(reading)]


def _same_again(sentence: Sentence, a: Reading, b: Reading) -> bool:
    """Whether ``b`` only says ``a`` again in another unit: "10 million euros ($11 million)"."""
    return (
        b.first - a.last <= 1
        and sentence.low(b.first - 1) == "("
        and a.kind == b.kind
        and a.family == b.family
    )


def _near(concept: Concept) -> bool:
    return not concept.rule.startswith("subject") and concept.rule != ""


def _goes_on(tree: Tree, a: Reading, b: Reading) -> bool:
    """Whether ``b`` hangs on ``a``: "(16,369 up 58 points)", "and 71 million"."""
    c, d = tree.chunk_of[a.number[0]], tree.chunk_of[b.number[0]]
    return c != d and d >= 0 and tree.head(d) == c and a.kind not in _COUNTING and b.kind not in _COUNTING


def _numeric(sentence: Sentence) -> list[bool]:
    """Which tokens are parts of a figure with its unit."""
    numeric = [False] * len(sentence.tokens)
    for a, b in figure_ranges(sentence.readings):
        for k in range(a, b):
            numeric[k] = True
    return numeric


def _concept(sentence: Sentence, tree: Tree, r: Reading, numeric: Sequence[bool]) -> Concept:
    c = tree.chunk_of[r.number[0]]
    if c < 0 or r.kind == "one_of":
        return Concept((), "alone")
    counting = _counts(sentence, tree, r, c)
    if (
        not counting
        and tree.chunks[c].head == r.last
        and (r.kind == "bare" or len(sentence.lows[r.last]) < 3)
    ):
        numeric = [*numeric]
        numeric[r.last] = True  # a unit that is not known: "15.3 ppg", "68 p"
    elif r.kind == "bare" and tree.chunks[c].head > r.last and sentence.tags[r.last] == "NN":
        numeric = [*numeric]
        numeric[r.last] = True  # "a 12 page document"
    local = _next_to(sentence, tree, r, c, numeric, counting)
    things: list[Ranges] = []
    rules: list[str] = []
    anchor = c
    silent = False
    if local is not None:
        anchor = local.chunk
        things.append(_phrase(sentence, tree, anchor, numeric))
        rules.append(local.rule)
    if local is None or local.more:
        subject, silent = _subject(sentence, tree, c, anchor, numeric)
        if subject is not None and (local is None or subject != anchor):
            thing = _phrase(sentence, tree, subject, numeric)
            if thing and not (things and thing[0] in things[0]):
                if things and things[0] and things[0][0] in thing:
                    things.pop()
                things.append(thing)
                rules.append("subject")
    if not things and silent and not counting:
        fallback = _beside(tree, c, numeric)
        if fallback is not None:
            things.append(_phrase(sentence, tree, fallback, numeric))
            rules.append("beside")
    return Concept(tuple(t for t in things if t), " ".join(rules))


def _counts(sentence: Sentence, tree: Tree, r: Reading, c: int) -> bool:
    """Whether the noun behind the figure is what it counts, so that it belongs to something else."""
    head = tree.chunks[c].head
    if r.kind == "frequency":
        return head < r.last
    return r.kind in _COUNTING or (r.kind == "bare" and head >= r.last and sentence.tags[head] in _PLURALS)


Ranges = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Near:
    """The chunk next to a figure, why, and whether the subject is told as well."""

    chunk: int
    rule: str
    more: bool = True


def _next_to(
    sentence: Sentence, tree: Tree, r: Reading, c: int, numeric: Sequence[bool], counting: bool
) -> _Near | None:
    """The thing next to a figure."""
    chunks = tree.chunks
    chunk = chunks[c]
    # "a 0.6 per cent fee"
    if not counting and chunk.form != "#" and not numeric[chunk.head] and chunk.head >= r.last:
        return _Near(c, "before")
    h = tree.head(c)
    # "cut the price by 5 per cent"
    if (
        0 <= h < c
        and chunks[h].kind == "V"
        and chunk.kind == "P"
        and chunk.preposition in _REACHED
        and not counting
    ):
        objects = [
            k for k in tree.children[h] if h < k < c and chunks[k].kind == "N" and _thing(tree, k, numeric)
        ]
        if objects:
            return _Near(objects[-1], "object")
    # "20 per cent of personal spending"
    of = c + 1
    if (
        of < len(chunks)
        and not counting
        and chunks[of].opening == r.last
        and chunks[of].preposition == "of"
        and _thing(tree, of, numeric)
    ):
        return _Near(of, "of")
    # "Toronto Stock Exchange (16,369)", "base price: $59,995"
    if chunk.kind == "N" and c and chunk.before[:1] in _ASIDE and _thing(tree, c - 1, numeric):
        return _Near(_whole(tree, c - 1, numeric), "beside", False)
    # "a grant worth $8 million", "JD Sports, down 2 points, ..."
    if not counting and _thing(tree, c - 1, numeric) and c:
        worth = "worth" in (sentence.lows[r.first], chunk.preposition) or chunk.before.endswith("worth")
        if worth or (chunk.before == "," and h == c - 1 and chunks[h].kind == "N"):
            return _Near(c - 1, "beside", False)
    if h < 0 or h > c:
        return None
    # "a range of 400 km", "a survey of 6,000 employers"
    if chunks[h].kind in "NP" and _thing(tree, h, numeric) and not chunk.before.startswith(","):
        if chunk.kind == "P":
            if chunk.preposition != "of":
                h = _whole(tree, h, numeric)
            return _Near(h, "noun", not counting and chunk.preposition not in ("worth",))
        return _Near(h, "noun", False) if not counting else None
    return None


def _whole(tree: Tree, c: int, numeric: Sequence[bool]) -> int:
    """The noun whose "of" phrase ``c`` is, if it is one: "the *price* of gold"."""
    while tree.chunks[c].preposition == "of":
        up = tree.head(c)
        if up < 0 or up > c or not _thing(tree, up, numeric):
            break
        c = up
    return c


def _thing(tree: Tree, c: int, numeric: Sequence[bool]) -> bool:
    """Whether a chunk names a thing: no pronoun, no time, no figure."""
    chunk = tree.chunks[c]
    return chunk.kind in "NP" and chunk.form == "" and not numeric[chunk.head]


def _beside(tree: Tree, c: int, numeric: Sequence[bool]) -> int | None:
    """The last thing named before a figure in a piece without a verb: "Dow +0.2%"."""
    for k in range(c - 1, max(-1, c - 4), -1):
        if tree.chunks[k].kind == "V":
            return None
        if _thing(tree, k, numeric):
            return k
    return None


def _pronoun(tree: Tree, c: int) -> bool:
    return tree.chunks[c].form == "p"


def _subject(
    sentence: Sentence, tree: Tree, c: int, anchor: int, numeric: Sequence[bool]
) -> tuple[int | None, bool]:
    """The subject of the verb that governs ``c``; and whether there is none at all, not even "it"."""
    v = c
    behind_verb = False
    for _ in range(10):
        chunk = tree.chunks[v]
        if chunk.kind == "V":
            found = _subject_of(tree, v)
            if found is not None:
                if tree.chunks[found].form == "p":
                    found = _meant(sentence, tree, v, found)
                doing = tree.chunks[found].kind == "V"
                return (found if found != c and (doing or _thing(tree, found, numeric)) else None), False
            behind_verb = True
        elif chunk.kind in "NP" and v != c:
            up = tree.head(v)
            if behind_verb and v != anchor and not numeric[chunk.head]:
                return (v if _thing(tree, v, numeric) else None), False  # "the sum paid for 20 tanks"
            if not behind_verb and up > v and tree.chunks[up].kind == "V" and chunk.kind == "N":
                return (v if _thing(tree, v, numeric) else None), False  # the figure stands in the subject
        v = tree.head(v)
        if v < 0:
            break
    return None, True


def _meant(sentence: Sentence, tree: Tree, v: int, pronoun: int) -> int:
    """Whom a pronoun means that is the subject of ``v``: "*Norway* said it would buy"; itself if not told."""
    up = tree.head(v)
    if up < 0 or up > v or tree.chunks[up].kind != "V":
        return pronoun
    found = _subject_of(tree, up)
    low = sentence.lows[tree.chunks[pronoun].head]
    if found is None or found > up:
        return pronoun
    tag = sentence.tags[tree.chunks[found].head]
    return found if tag in _MEANT.get(low, ()) else pronoun


def _subject_of(tree: Tree, v: int) -> int | None:
    """The subject of the verb ``v``: the last noun phrase on its left, what a "which" stands for."""
    best = None
    verb = tree.chunks[v]
    for k in tree.children[v]:
        if k >= v:
            break
        chunk = tree.chunks[k]
        if chunk.kind == "N" and chunk.form != "t":
            best = k
        elif chunk.kind == "P" and best is None and chunk.preposition in _CLAUSAL and verb.form in "db":
            best = k  # "since our samples are"
        elif chunk.kind == "V" and chunk.form == "g" and best is None:
            best = k  # "spending on missiles grew"
        elif chunk.kind == "W" and chunk.form != "r":
            h = tree.head(v)
            return h if h >= 0 and tree.chunks[h].kind in "NP" else None
    return best


def _phrase(sentence: Sentence, tree: Tree, c: int, numeric: Sequence[bool]) -> Ranges:
    """The tokens of a noun phrase with the prepositional phrases that hang on it, figures left out."""
    ranges: list[tuple[int, int]] = []
    if c == 1 and tree.chunks[1].before == "-" and _thing(tree, 0, numeric):
        _add(sentence, tree, 0, numeric, ranges)  # "Carnival - the cruise operator - gained"
    end = _add(sentence, tree, c, numeric, ranges)
    taken = {c}
    k = c + 1
    while k < len(tree.chunks) and len(taken) < _MOST_PHRASES:
        chunk = tree.chunks[k]
        inside = c < k < tree.heads[c] and tree.heads[c] < len(tree.chunks)  # before the verb
        if tree.heads[k] not in taken and not (inside and chunk.kind == "P"):
            break
        if chunk.kind == "N" and chunk.before in _JOINING and chunk.first == end + 1:
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
        if numeric[k] or sentence.lows[k] in _DETERMINERS or sentence.lows[k] in _PRONOUNS:
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


def _words(sentence: Sentence, first: int, last: int) -> list[str]:
    """The words of a range as they are written, a hyphen inside a word kept."""
    tokens = sentence.tokens
    words: list[str] = []
    joined = False
    for k in range(first, last):
        t = tokens[k]
        written = sentence.text[t.start : t.end]
        small = t.low in _PREPOSITIONS or t.low in _DETERMINERS or t.low in _PRONOUNS
        if joined and t.low != "'s" and touching(tokens, k) and (t.kind != "sign" or t.key in _INSIDE_WORDS):
            words[-1] += written
        elif t.kind != "sign" and t.low != "'s" and not small:
            words.append(written)
            joined = True
        else:
            joined = False
    return [w for w in (word.rstrip("-–&") for word in words) if w]
