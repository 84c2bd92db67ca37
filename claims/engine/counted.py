"""Which noun a number counts, by a ranker learnt from treebanks: "31 such new *interceptors*".

Candidates are the nouns from the number on to the end of its phrase, and "none". Each gets the sum of
the weights of what is seen of it: how far it stands, its tag and the tags around and between, its
ending, what the rule of :mod:`claims.engine.nouns` says, the number itself. The highest sum wins; how
far it is ahead is the score.

The weights (``weights/counted.txt.gz``, written by ``training/train_counted.py``, licence beside them)
are lines of text: what is seen and its weight.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from claims.engine import lexicons
from claims.engine.tokens import Token, hyphenated

#: How far behind a number its noun may stand.
REACH = 11
NONE = -1
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS"})
#: Tags that no counted noun stands behind, and those that end a phrase once there is a noun.
_ENDS = frozenset(
    {"IN", "VBD", "VBZ", "VBP", "MD", ".", ":", "WDT", "WP", "WRB", "TO", "PRP", "EX", "DT", "-LRB-", "-RRB-"}
)
_CLOSES = frozenset({"CC", "CD", "VBG", "VBN", "RB"})
_GOES_ON = NOUNS | {"JJ", "JJR", "JJS", "HYPH", "CD", "VBG"}
#: Nouns without a plural ending, and adjectives that stand for people ("three dead").
UNMARKED = lexicons.grammar("nouns")["unmarked"]
#: Of the unmarked, the adjectives.
STAND_FOR_PEOPLE = lexicons.grammar("nouns")["stand_for_people"]


@dataclass(frozen=True, slots=True)
class Counted:
    """The token of the counted noun, NONE if nothing is counted, and how far ahead of the next best it is."""

    head: int
    score: int


def candidates(tokens: Sequence[Token], tags: Sequence[str], i: int, single: bool) -> list[int]:
    """The tokens that a number ending just before token ``i`` may count: plurals, any noun behind "one"."""
    found: list[int] = []
    closed = False  # a noun was seen that "and" or a participle would end
    for k in range(i, min(len(tokens), i + REACH)):
        t, tag = tokens[k], tags[k]
        joined = hyphenated(tokens, k + 1)
        if t.kind != "word":
            if not hyphenated(tokens, k) and (closed or (tag != "CD" and (k == i or tag != ","))):
                break
        elif tag in NOUNS or t.low in UNMARKED or (tag == "JJ" and t.capital and not _more(tags, k + 1)):
            plural = tag in ("NNS", "NNPS") or t.low in UNMARKED
            if t.low == "others":
                break
            if joined or not (single or plural) or (single and _owner(tags, k)):
                continue
            if closed and not single and found[-1] == k - 1:
                found.pop()  # "arms sales": the last noun of a compound
            found.append(k)
            closed = True
        elif joined or (k > i and hyphenated(tokens, k - 1)):
            continue
        elif tag in _ENDS or (tag == "CC" and k == i) or (closed and tag in _CLOSES):
            break
    return found


def _more(tags: Sequence[str], k: int) -> bool:
    """Whether a noun phrase goes on at token ``k``."""
    return k < len(tags) and tags[k] in _GOES_ON


def _owner(tags: Sequence[str], k: int) -> bool:
    return k + 1 < len(tags) and tags[k + 1] == "POS"


def _ending(low: str) -> str:
    return "ss" if low.endswith("ss") else "s" if low.endswith("s") else ""


def features(
    tokens: Sequence[Token], tags: Sequence[str], i: int, ruled: int, single: bool
) -> Iterator[tuple[int, list[str]]]:
    """Each candidate (NONE first) with what is seen of it; ``ruled``: the rule's choice, NONE for none."""
    size = len(tokens)
    number = tokens[i - 1] if i else None
    if number is None:
        sort = "-"
    elif single:
        sort = "one"
    elif number.kind == "figure":
        plain = number.key.isdigit()
        sort = (
            "year"
            if plain and len(number.key) == 4 and number.key[0] in "12"
            else "figure"
            if plain
            else "long"
        )
    else:
        sort = "word" if tags[i - 1] == "CD" else tags[i - 1]
    before = tags[i - 2] if i > 1 else "-"
    before_word = tokens[i - 2].low if i > 1 else "-"
    first = tags[i] if i < size else "-"
    second = tags[i + 1] if i + 1 < size else "-"
    first_word = tokens[i].low if i < size else "-"
    places = candidates(tokens, tags, i, single)
    if ruled != NONE and ruled not in places:
        places = sorted([*places, ruled])
    agree = "none" if ruled == NONE else "some"
    last = "-" if not places else f"{tags[places[-1]]}{_ending(tokens[places[-1]].low)}"
    yield (
        NONE,
        [
            "0",
            f"0 rule {agree}",
            f"0 {sort}",
            f"0 {sort} rule {agree}",
            f"0 next {first}",
            f"0 next {first} {second}",
            f"0 next {first} {sort}",
            f"0 next word {first_word}",
            f"0 before {before}",
            f"0 before {before} {first}",
            f"0 before {before} {sort}",
            f"0 before word {before_word}",
            f"0 last {last}",
            f"0 last {last} {sort}",
            f"0 of {min(len(places), 3)} rule {agree}",
        ],
    )
    for n, k in enumerate(places):
        low = tokens[k].low
        tag = tags[k]
        after = tags[k + 1] if k + 1 < size else "-"
        after2 = tags[k + 2] if k + 2 < size else "-"
        previous = tags[k - 1] if k else "-"
        ending = _ending(low)
        written = f"{tag}{ending}"
        between = " ".join(tags[i:k]) if k - i < 5 else "far"
        verdict = "yes" if ruled == k else "no" if ruled != NONE else "none"
        ahead = places[n + 1 :]
        later = "plural" if any(tags[x] in ("NNS", "NNPS") for x in ahead) else "noun" if ahead else ""
        earlier = "plural" if any(tags[x] in ("NNS", "NNPS") for x in places[:n]) else "noun" if n else ""
        next_noun = "+" if n + 1 < len(places) and places[n + 1] == k + 1 else ""
        yield (
            k,
            [
                f"rule {verdict}",
                f"rule {verdict} {written}",
                f"rule {verdict} {sort}",
                f"rule {verdict} {later} {earlier}",
                f"far {min(k - i, 7)}",
                f"far {min(k - i, 7)} {written}",
                f"is {written} {sort}",
                f"is {written} then {after}",
                f"is {written} then {after} {after2}",
                f"is {written} after {previous}",
                f"between {between}",
                f"between {between} {written}",
                f"next {next_noun} {written}",
                f"others {later} {earlier} {written}",
                f"others {later} {earlier} {sort}",
                f"others {later} {next_noun} {written} {after}",
                f"word {low}",
                f"end {low[-3:]}",
                f"then word {tokens[k + 1].low if k + 1 < size else '-'}",
                f"before {before} {written}",
                f"before word {before_word}",
            ],
        )


@cache
def weights() -> dict[str, int]:
    """The weights that ship with the engine, read once per process."""
    packed = files("claims.engine").joinpath("weights/counted.txt.gz").read_bytes()
    return read_weights(gzip.decompress(packed).decode("utf-8"))


def read_weights(text: str) -> dict[str, int]:
    """Weights by what is seen, from the lines of a weights file."""
    pairs = (line.rpartition("\t") for line in text.split("\n") if line)
    return {seen: int(weight) for seen, _, weight in pairs}


def rank(
    tokens: Sequence[Token],
    tags: Sequence[str],
    i: int,
    ruled: int,
    single: bool = False,
    by: dict[str, int] | None = None,
) -> Counted:
    """What a number that ends just before token ``i`` counts.

    ``tags`` are the tokens' parts of speech, ``ruled`` the head the rule chose (NONE for none), ``single``
    whether the number is one, ``by`` other weights than those that ship.
    """
    get = (weights() if by is None else by).get
    sums = [(sum(get(f, 0) for f in seen), -k) for k, seen in features(tokens, tags, i, ruled, single)]
    sums.sort(reverse=True)
    ahead = sums[0][0] - sums[1][0] if len(sums) > 1 else 0
    return Counted(-sums[0][1], ahead)
