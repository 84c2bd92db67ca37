"""Where in the tree of a sentence the things stand that a figure belongs to.

:func:`next_to` finds the thing beside a figure (the noun it stands before, behind "of", or that it is said
of), :func:`subject` the subject of the verb that governs both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine import lexicons
from claims.engine.article import Sentence
from claims.engine.quantities import Reading
from claims.engine.trees import JOINING, PERIODS, Tree, thing_at, whole

_LISTS = lexicons.grammar("belonging")

#: Prepositions before what a verb brings its object to.
_REACHED = _LISTS["reached"]
#: Prepositions that open clauses as well.
_CLAUSAL = _LISTS["clausal"]
_ASIDE = frozenset({"(", ":", "-"})
#: The tags a pronoun's name can have.
_MEANT = {
    "it": frozenset({"NN", "NNP", "NNPS"}),
    "they": frozenset({"NNS", "NNPS"}),
    "he": frozenset({"NNP"}),
    "she": frozenset({"NNP"}),
}
#: How far back, in chunks, a person is looked for, and the object a verb brings somewhere.
_BACK, _OBJECT_BACK = 40, 12
_MOST_PARTS = 6


@dataclass(frozen=True, slots=True)
class Near:
    """The chunk next to a figure, why, and whether the subject is told as well."""

    chunk: int
    rule: str
    more: bool = True


def next_to(
    sentence: Sentence, tree: Tree, r: Reading, c: int, numeric: Sequence[bool], counting: bool
) -> Near | None:
    """The thing next to a figure."""
    chunks = tree.chunks
    chunk = chunks[c]
    if not counting:
        near = _near_a_measure(sentence, tree, r, c, numeric)
        if near is not None:
            return near
    h = tree.head(c)
    # "Toronto Stock Exchange (16,369)", "base price: $59,995"
    if chunk.kind == "N" and c and chunk.before[:1] in _ASIDE and thing_at(tree, c - 1, numeric):
        return Near(whole(tree, c - 1, numeric), "beside", False)
    # "a grant worth $8 million", "JD Sports, down 2 points, ..."
    if not counting and c and thing_at(tree, c - 1, numeric):
        worth = "worth" in (sentence.lows[r.first], chunk.preposition) or chunk.before.endswith("worth")
        worth = worth or sentence.lows[chunk.first] == "worth"
        moved = h in (c - 1, whole(tree, c - 1, numeric)) or (
            r.trend is not None and sentence.tags[chunks[c - 1].head] in ("NNP", "NNPS")
        )
        told = chunks[c - 1].kind == "N" or chunks[c - 1].preposition == "of"
        if worth or (chunk.before == "," and moved and told):
            return Near(c - 1 if worth else whole(tree, c - 1, numeric), "beside", False)
    if 0 <= h < c and chunks[h].form == "t" and chunks[h].kind == "P" and chunk.preposition == "of":
        h = tree.head(h)  # "a loss for the first quarter of $3 million"
    # "a range of 400 km", "a survey of 6,000 employers"
    if (
        0 <= h < c
        and chunks[h].kind in "NP"
        and thing_at(tree, h, numeric)
        and not chunk.before.startswith(",")
    ):
        if chunk.kind == "P":
            if sentence.lows[chunks[h].head] == "age" and chunk.preposition == "of":
                up = tree.head(h)
                return Near(up, "noun", False) if up >= 0 and thing_at(tree, up, numeric) else None
            if chunk.preposition != "of":
                h = whole(tree, h, numeric)
            compared = chunks[h].preposition == "than"
            rate = " per " in r.quantity.unit
            return Near(h, "noun", (rate or not counting) and not compared and chunk.preposition != "worth")
        return Near(h, "noun", False) if not counting else None
    # "14 cases of the disease"
    if counting and _follows(tree, c, "of", numeric):
        return Near(c + 1, "of", False)
    return None


def _near_a_measure(
    sentence: Sentence, tree: Tree, r: Reading, c: int, numeric: Sequence[bool]
) -> Near | None:
    """The thing next to a figure that does not count things."""
    chunks = tree.chunks
    chunk = chunks[c]
    # "a 0.6 per cent fee"
    if chunk.form != "#" and not numeric[chunk.head] and chunk.head >= r.last:
        return Near(c, "before")
    h = tree.head(c)
    # "cut the price by 5 per cent"
    if 0 <= h < c and chunks[h].kind == "V" and chunk.kind == "P" and chunk.preposition in _REACHED:
        for k in range(c - 1, max(h, c - _OBJECT_BACK), -1):
            if tree.heads[k] == h and chunks[k].kind == "N" and thing_at(tree, k, numeric):
                return Near(k, "object")
    # "raised its dividend 20 per cent"
    follows = c > 0 and h < c - 1 and chunk.kind == chunks[c - 1].kind == "N" and not chunk.before
    if r.kind == "share" and follows and tree.heads[c - 1] == h and thing_at(tree, c - 1, numeric):
        return Near(c - 1, "object")
    # "20 per cent of personal spending"
    behind = _behind(tree, c, "of", numeric)
    if behind > c + 1 or (behind > 0 and chunks[behind].opening == r.last):
        return Near(behind, "of", not _opens_clause(tree, behind - 1))
    # "$12,000 for a new roof"
    behind = _behind(tree, c, "for", numeric)
    said = 0 <= h < c and thing_at(tree, h, numeric)
    timed = r.family == "time" or (behind > 0 and sentence.lows[chunks[behind].head] in PERIODS)
    if behind > 0 and not said and not timed:
        return Near(behind, "for")
    # "3G and 4G networks"
    if chunk.form == "#" and (r.family == "label" or r.attributive) and c + 1 < len(chunks):
        other = chunks[c + 1]
        named = other.form == "" and other.head > other.first and numeric[other.first]
        if named and other.before in ("and", "or", ","):
            return Near(c + 1, "before")
    return None


def _follows(tree: Tree, c: int, preposition: str, numeric: Sequence[bool]) -> bool:
    """Whether a phrase with this preposition stands right behind chunk ``c``."""
    return _behind(tree, c, preposition, numeric) == c + 1


def _behind(tree: Tree, c: int, preposition: str, numeric: Sequence[bool]) -> int:
    """The phrase with this preposition right behind chunk ``c``, times and brackets passed over; -1: none."""
    chunks = tree.chunks
    k = c + 1
    while k < len(chunks) and (chunks[k].form == "t" and not chunks[k].before):
        k += 1
    if k < len(chunks) and chunks[k].before == "(" and chunks[k].form == "#":
        k += 1
    if k >= len(chunks) or not thing_at(tree, k, numeric) or chunks[k].before not in ("", ")"):
        return -1
    return k if chunks[k].preposition == preposition and chunks[k].opening <= chunks[k - 1].last + 1 else -1


def _opens_clause(tree: Tree, c: int) -> bool:
    """Whether a figure with its "of" phrase is a subject itself: "found *81 % of firms* reported"."""
    chunks = tree.chunks
    for k in range(c + 1, min(c + 6, len(chunks))):
        chunk = chunks[k]
        if chunk.kind == "V":
            return chunk.form in "db" and not chunk.before
        if chunk.kind not in "NP" or chunk.before not in ("", "and", "or"):
            return False
    return False


def beside(tree: Tree, c: int, numeric: Sequence[bool]) -> int | None:
    """The last thing named before a figure in a piece without a verb: "Dow +0.2%"."""
    for k in range(c - 1, max(-1, c - 4), -1):
        if tree.chunks[k].kind == "V":
            return None
        if thing_at(tree, k, numeric):
            return k
    return None


def subject_of(
    sentence: Sentence, tree: Tree, c: int, anchor: int, numeric: Sequence[bool]
) -> tuple[int | None, bool]:
    """The subject of the verb that governs ``c``; and whether there is none at all, not even "it"."""
    v = c
    behind_verb = False
    loose = False
    for _ in range(10):
        chunk = tree.chunks[v]
        if chunk.kind == "V":
            found = _told_subject(tree, v)
            if found is not None:
                if tree.chunks[found].form == "p":
                    found = _meant(sentence, tree, v, found)
                doing = tree.chunks[found].kind == "V"
                return (found if found != c and (doing or thing_at(tree, found, numeric)) else None), False
            behind_verb = True
            # "was quiet, adding 5 points", "plans to buy 5 jets": what it hangs on does not do it
            loose = loose or chunk.form in "ij" or (chunk.form in "gh" and chunk.before != "")
        elif chunk.kind in "NP" and v != c:
            up = tree.head(v)
            carried = loose and up >= 0 and up < v
            if behind_verb and v != anchor and not numeric[chunk.head] and not carried:
                v = whole(tree, v, numeric)
                return (v if thing_at(tree, v, numeric) else None), False  # "the sum paid for 20 tanks"
            if not behind_verb and up > v and tree.chunks[up].kind == "V" and chunk.kind == "N":
                return (v if thing_at(tree, v, numeric) else None), False  # the figure stands in the subject
        v = tree.head(v)
        if v < 0:
            break
    return None, True


def _meant(sentence: Sentence, tree: Tree, v: int, pronoun: int) -> int:
    """Whom a pronoun means that is the subject of ``v``: "*Norway* said it would buy"; itself if not told."""
    behind = pronoun + 1
    if tree.chunks[behind].kind == "P" and tree.chunks[behind].preposition == "of" and behind < v:
        return behind  # "each of the buildings"
    up = tree.head(v)
    low = sentence.lows[tree.chunks[pronoun].head]
    if low in ("he", "she"):
        for k in range(pronoun - 1, max(-1, pronoun - _BACK), -1):
            other = tree.chunks[k]
            if other.kind == "N" and sentence.tags[other.head] == "NNP" and tree.heads[k] > k:
                return k
    if up < 0 or up > v or tree.chunks[up].kind != "V":
        return pronoun
    found = _told_subject(tree, up)
    if found is None or found > up:
        return pronoun
    tag = sentence.tags[tree.chunks[found].head]
    return found if tag in _MEANT.get(low, ()) else pronoun


def _told_subject(tree: Tree, v: int) -> int | None:
    """The subject of the verb ``v``: the last noun phrase on its left, what a "which" stands for."""
    if v not in tree.subjects:
        tree.subjects[v] = _find_subject(tree, v)
    return tree.subjects[v]


def _find_subject(tree: Tree, v: int) -> int | None:
    best = None
    chunks = tree.chunks
    verb = chunks[v]
    for k in tree.children[v]:
        if k >= v:
            break
        chunk = chunks[k]
        if chunk.kind == "N" and chunk.form != "t":
            best = k
        elif chunk.kind == "P" and best is None and chunk.preposition in _CLAUSAL and verb.form in "db":
            best = k  # "since our samples are"
        elif chunk.kind == "V" and chunk.form == "g" and best is None:
            best = k  # "spending on missiles grew"
        elif chunk.kind == "W" and chunk.form != "r":
            h = tree.head(v)
            if h < 0 or chunks[h].kind not in "NP" or chunks[h].form:
                h = k - 1
            return h if h >= 0 and chunks[h].kind in "NP" else None
    if best is not None:
        return _first_of_several(tree, best)
    if v and verb.form in "gn" and chunks[v - 1].preposition == "with" and chunks[v - 1].last == verb.first:
        return v - 1  # "with exports growing"
    return None


def _first_of_several(tree: Tree, k: int) -> int:
    """Where a phrase starts whose last part is chunk ``k``: "*the rate* between the dollar and the yen"."""
    chunks = tree.chunks
    if not k or chunks[k].before not in JOINING:
        return k
    other = chunks[k - 1]
    up = tree.head(k - 1)
    object_of_another = 0 <= up < k - 1 and chunks[up].kind == "V"
    if other.kind not in "NP" or other.form or object_of_another or other.last != chunks[k].first - 1:
        return k
    first = k - 1
    for _ in range(_MOST_PARTS):
        chunk = chunks[first]
        if chunk.kind != "P" or chunk.before or not first or chunks[first - 1].kind not in "NP":
            break
        if chunk.opening != chunks[first - 1].last:
            break
        first -= 1
    return first
