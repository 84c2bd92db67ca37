"""Parts of speech: a Penn Treebank tag for every token, by an averaged perceptron.

Words go from left to right. A word that the treebanks tag (almost) always alike gets that tag; any other
gets the tag with the highest sum of weights, one weight for each thing seen at the word and around it:
the word, its endings, its neighbours, the two tags before it, what the next word usually is.

The weights (``weights/tagger.txt.gz``, written by ``training/train_tagger.py``, licence beside them) are
lines of text: a template, what it saw, and the weight it gives to each tag. To be quick, all weights of
one thing seen are packed into one integer with a lane of 16 bits per tag, so that adding them up for all
tags is a single addition, and everything that one word says about itself and its neighbours is added up
once and kept.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from struct import Struct
from typing import NamedTuple

from claims.engine import lexicons
from claims.engine.tokens import Token

_LISTS = lexicons.grammar("tagging")

LANE = 16
_HALF = 1 << (LANE - 1)
_MOST_KEPT = 20000
#: How a word is written tells less at the beginning of a sentence and nothing in a shouted or titled line.
INSIDE, INITIAL, TITLED, SHOUTED = "", "^", "T", "S"
EDGE = "-"
_FEW_WORDS = 4
_MASK = (1 << LANE) - 1
_RUN_UP = 3
_OPENS = frozenset({"DT", "PRP$"})
_SHUTS = frozenset({"CD", ".", ",", "IN", "MD"})
_NOTHING: dict[str, str] = {}


def spelt(token: Token) -> str:
    """A token as the weights know it: lower case, figures by their number of digits, quotes and dashes evened
    out.
    """
    if token.kind == "figure":
        return "0000" if len(token.key) == 4 and token.key.isdigit() else "0"
    if token.kind == "sign":
        return _EVEN.get(token.key, token.key)
    return token.low


_EVEN = {"“": '"', "”": '"', "‘": "'", "’": "'", "‐": "-", "‑": "-", "–": "-", "—": "-", "‒": "-", "−": "-"}


def manners(tokens: Sequence[Token]) -> list[str]:
    """How each token stands: INSIDE a sentence, INITIAL (no word before it), in a TITLED or SHOUTED line."""
    capital = small = shouted = 0
    initial = -1
    for k, t in enumerate(tokens):
        if t.kind == "word":
            if initial < 0:
                initial = k
            if t.key.isupper() and len(t.key) > 1:
                shouted += 1
            elif t.key[0].isupper():
                capital += 1
            elif len(t.key) > 3:
                small += 1
    if shouted >= _FEW_WORDS and shouted > 3 * (capital + small):
        return [SHOUTED] * len(tokens)
    if capital >= _FEW_WORDS and capital > 4 * small:
        return [TITLED] * len(tokens)
    found = [INSIDE] * len(tokens)
    if initial >= 0:
        found[initial] = INITIAL
    return found


def shape(key: str, manner: str) -> str:
    """How a word is written: lower case, Capital, CAPITALS, miXed, or nothing to be told."""
    if manner == SHOUTED:
        return manner
    if key.islower():
        kind = "x"
    elif key.isupper():
        kind = "X" if len(key) > 1 else "I"
    elif key[0].isupper() and key[1:].islower():
        kind = "Xx"
    else:
        kind = "xX"
    return manner + kind


#: Endings of English inflection, and what the bare word has instead.
_INFLECTED = (
    ("ies", "y"), ("ied", "y"), ("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("s", ""), ("es", ""),
)  # fmt: skip


def stem_class(word: str, classes: dict[str, str]) -> str:
    """The ending of an inflected word and what the bare word usually is ("weighs": "s VB"), "" if unknown."""
    for ending, instead in _INFLECTED:
        if word.endswith(ending):
            found = classes.get(word[: -len(ending)] + instead)
            if found:
                return f"{ending} {found}"
    return ""


def own_features(word: str, key: str, kind: str, manner: str, stem: str) -> Iterator[tuple[str, str]]:
    """(template, what it sees) of one word by itself; ``stem`` is its :func:`stem_class`."""
    written = shape(key, manner)
    yield "word", word
    yield "shape", written
    if kind == "word":
        yield "end1", word[-1:]
        yield "end2", word[-2:]
        yield "end3", word[-3:]
        yield "end4", word[-4:]
        yield "begin1", word[:1]
        yield "begin3", word[:3]
        yield "shape+end2", f"{written} {word[-2:]}"
        yield "shape+word", f"{written} {word}"
        if stem:
            yield "stem", stem
            yield "shape+stem", f"{written} {stem}"
    yield "bias", ""


def unknown_class(word: str, key: str, kind: str, manner: str) -> str:
    """What a word without a class of its own may be, by its looks."""
    if kind != "word":
        return kind
    if manner in (INSIDE, INITIAL) and key[0].isupper():
        return "?X"
    for end in ("ing", "ed", "ly", "ss", "s", "ion", "er", "al"):
        if word.endswith(end):
            return f"?{end}"
    return "?"


def around(words: Sequence[str], classes: Sequence[str], k: int) -> Iterator[tuple[str, str]]:
    """(template, what it sees) of the words around word ``k``; both lists have two edges at either end."""
    yield "before", words[k - 1]
    yield "before2", words[k - 2]
    yield "after", words[k + 1]
    yield "after2", words[k + 2]
    yield "class after", classes[k + 1]
    yield "word+before", f"{words[k]} {words[k - 1]}"
    yield "word+after", f"{words[k]} {words[k + 1]}"
    yield "word+class after", f"{words[k]} {classes[k + 1]}"
    yield "class after2", classes[k + 2]
    yield "classes after", f"{classes[k + 1]} {classes[k + 2]}"


def behind(word: str, end: str, class_after: str, one: str, two: str) -> Iterator[tuple[str, str]]:
    """(template, what it sees) of the tags before a word: ``one`` right before it, ``two`` before that."""
    yield "tag", one
    yield "tags", f"{one} {two}"
    yield "tag+word", f"{one} {word}"
    yield "tag+end", f"{one} {end}"
    yield "tag+class after", f"{one} {class_after}"


class _Kept(NamedTuple):
    """All that one word in one manner says, added up."""

    tag: str  # "" if it is not always the same
    choice: tuple[int, ...]  # the lanes of the tags it may have, () for all
    word: str
    end: str
    name: str  # its class
    own: int
    before: int  # what it says about the word after it
    before2: int
    after: int
    after2: int
    by_tag: dict[str, int]  # what it and the tag before it say together
    by_class: dict[str, int]  # what it and the class of the word after it say together


class Tagger:
    """The weights of one file, ready for use."""

    def __init__(self, text: str) -> None:
        sections: dict[str, dict[str, str]] = {}
        section: dict[str, str] = {}
        for line in text.split("\n"):
            seen, tab, value = line.partition("\t")
            if tab:
                section[seen] = value
            elif line:
                section = sections.setdefault(line, {})
        self.tags = sections.pop("# tags")[""].split(" ")
        self.always = sections.pop("# always")  # word as written -> its only tag
        # The treebanks hold much "its" written for "it's"; newspapers do not.
        self.always |= dict.fromkeys(_LISTS["possessives"], "PRP$")
        self.classes = sections.pop("# class")  # word -> what it usually is, such as "NN|VB"
        self.choices = sections.pop("# choice")  # word -> the tags it may have
        self.weights = sections
        self._lanes = {tag: LANE * i for i, tag in enumerate(self.tags)}
        self._bias = sum(_HALF << lane for lane in self._lanes.values())
        self._numbers = Struct(f"<{len(self.tags)}H").unpack
        self._size = len(self.tags) * LANE // 8
        self._kept: dict[tuple[str, str, str], _Kept] = {}
        self._tags: dict[tuple[str, str], int] = {}
        self._tag_and_class: dict[tuple[str, str], int] = {}
        self._classes: dict[tuple[str, str], int] = {}
        self._with_after = self.weights.get("word+after", {})
        self._with_before = self.weights.get("word+before", {})
        self._lines: dict[str, int] = {}
        self._edge = self._keep(EDGE, EDGE, "edge", INSIDE)

    def _packed(self, template: str, seen: str) -> int:
        line = self.weights.get(template, _NOTHING).get(seen)
        if line is None:
            return 0
        return self._lines.get(line) or self._line(line)

    def _pack(self, line: str) -> int:
        parts = line.split(" ")
        lanes = self._lanes
        return sum([int(w) << lanes[t] for t, w in zip(parts[::2], parts[1::2], strict=True)])

    def class_of(self, word: str, key: str, kind: str, manner: str) -> str:
        """What a word usually is, for the word before it."""
        known = self.classes.get(word)
        if known:
            return known
        looks = unknown_class(word, key, kind, manner)
        stem = stem_class(word, self.classes) if looks in ("?s", "?ed", "?ing") else ""
        return f"?{stem}" if stem else looks

    def own(self, word: str, key: str, kind: str, manner: str) -> Iterator[tuple[str, str]]:
        """:func:`own_features` of a word, by the words this tagger knows."""
        return own_features(word, key, kind, manner, stem_class(word, self.classes))

    def always_of(self, word: str, key: str, kind: str, manner: str) -> str:
        """The only tag of a word, "" if it has several."""
        if kind == "figure":
            return "CD"
        return self.always.get(word if manner or kind == "sign" else key, "")

    def _keep(self, word: str, key: str, kind: str, manner: str) -> _Kept:
        edge = kind == "edge"
        name = EDGE if edge else self.class_of(word, key, kind, manner)
        always = "" if edge else self.always_of(word, key, kind, manner)
        kept = _Kept(
            always,
            tuple(self._lanes[t] for t in self.choices.get(word, "").split()),
            word,
            word[-3:],
            name,
            0 if edge or always else sum([self._packed(*f) for f in self.own(word, key, kind, manner)]),
            self._packed("before", word),
            self._packed("before2", word),
            self._packed("after", word) + self._packed("class after", name),
            self._packed("after2", word) + self._packed("class after2", name),
            {},
            {},
        )
        if len(self._kept) > _MOST_KEPT:
            self._kept.clear()
        self._kept[key, kind, manner] = kept
        return kept

    def _together(
        self, table: dict[tuple[str, str], int], templates: tuple[str, ...], one: str, two: str
    ) -> int:
        if len(table) > _MOST_KEPT:
            table.clear()
        found = table[one, two] = sum(self._packed(template, f"{one} {two}") for template in templates)
        return found

    def _line(self, line: str) -> int:
        if len(self._lines) > _MOST_KEPT:
            self._lines.clear()
        found = self._lines[line] = self._pack(line)
        return found

    def tag(self, tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[str]:
        """See :func:`tag`."""
        last = len(tokens) if last is None else min(last, len(tokens))
        start = max(0, first - _RUN_UP)
        edge, kept, lines = self._edge, self._kept, self._lines
        by_tags, by_tag_and_class, by_classes = self._tags, self._tag_and_class, self._classes
        with_after, with_before = self._with_after, self._with_before
        standing = manners(tokens)
        row = [edge, edge]
        for t, manner in zip(tokens[start : last + 2], standing[start : last + 2], strict=True):
            row.append(kept.get((t.key, t.kind, manner)) or self._keep(spelt(t), t.key, t.kind, manner))
        row += [edge, edge]
        one = two = EDGE
        found = []
        for k in range(2, last - start + 2):
            this = row[k]
            tag = this.tag
            if not tag:
                before, after, after2 = row[k - 1], row[k + 1], row[k + 2]
                word, name, name2 = this.word, after.name, after2.name
                total = (
                    self._bias + this.own + before.before + row[k - 2].before2 + after.after + after2.after2
                )
                if (value := by_tags.get((one, two))) is None:
                    value = self._together(by_tags, ("tags",), one, two) + self._packed("tag", one)
                    by_tags[one, two] = value
                total += value
                if (value := by_tag_and_class.get((one, name))) is None:
                    value = self._together(by_tag_and_class, ("tag+class after",), one, name)
                total += value
                if (value := by_classes.get((name, name2))) is None:
                    value = self._together(by_classes, ("classes after",), name, name2)
                total += value
                if (value := this.by_tag.get(one)) is None:
                    value = self._packed("tag+word", f"{one} {word}") + self._packed(
                        "tag+end", f"{one} {this.end}"
                    )
                    this.by_tag[one] = value
                total += value
                if (value := this.by_class.get(name)) is None:
                    value = this.by_class[name] = self._packed("word+class after", f"{word} {name}")
                total += value
                if line := with_after.get(f"{word} {after.word}"):
                    total += lines.get(line) or self._line(line)
                if line := with_before.get(f"{word} {before.word}"):
                    total += lines.get(line) or self._line(line)
                if this.choice:
                    lane = max([((total >> n) & _MASK, -n) for n in this.choice])[1]
                    tag = self.tags[-lane // LANE]
                else:
                    numbers = self._numbers(total.to_bytes(self._size, "little"))
                    tag = self.tags[numbers.index(max(numbers))]
                    if tag == "JJ" and one in _OPENS and after.tag in _SHUTS and word not in self.classes:
                        tag = "NN"  # a phrase that opened has a noun before it ends: "its dividend 20"
            found.append(tag)
            one, two = tag, one
        return found[first - start :]


class Tags:
    """The tags of a sentence's tokens, found when first called for, and once."""

    __slots__ = ("_found", "_tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._found: list[str] | None = None

    def __call__(self) -> list[str]:
        if self._found is None:
            self._found = with_a_verb(self._tokens, tag(self._tokens))
        return self._found


#: What opens an object or a number behind a verb.
_OBJECT_OPENS = frozenset({"CD", "DT", "PRP$", "$"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


def with_a_verb(tokens: Sequence[Token], tags: list[str]) -> list[str]:
    """``tags`` with the verb of a sentence that was left without one: "The zone *covers* 2,600 ...".

    Where nothing is tagged as a finite verb, a plural behind a singular noun and before an article, a number
    or a participle with its noun ("caps deployed warheads") is the verb: English joins no noun there. So is a
    participle behind a noun that says for how long or far ("The column *stretched* for 40 miles").
    """
    if not _FINITE.isdisjoint(tags):
        return tags
    for k in range(1, len(tags) - 2):
        if tags[k] == "NNS" and tags[k - 1] in ("NN", "NNP"):
            joined = tags[k + 1] == "VBN" and tags[k + 2] in ("NN", "NNS")
            if tags[k + 1] in _OBJECT_OPENS or joined:
                return [*tags[:k], "VBZ", *tags[k + 1 :]]
        lasts = tokens[k + 1].low in _LISTS["how_long"] and tags[k + 2] == "CD"
        if tags[k] == "VBN" and tags[k - 1] in ("NN", "NNS", "NNP", "NNPS") and lasts:
            return [*tags[:k], "VBD", *tags[k + 1 :]]
    return tags


@cache
def tagger() -> Tagger:
    """The tagger with the weights that ship with the engine, read once per process."""
    packed = files("claims.engine").joinpath("weights/tagger.txt.gz").read_bytes()
    return Tagger(gzip.decompress(packed).decode("utf-8"))


def tag(tokens: Sequence[Token], first: int = 0, last: int | None = None) -> list[str]:
    """The Penn Treebank tag of each token (NN, NNS, NNP, VBD, IN, CD, ...; signs ",", ".", ":", "HYPH").

    With ``first`` and ``last`` only the tags of ``tokens[first:last]``, found without reading the whole
    sentence. ``tokens`` is a whole sentence all the same; the first tags of a range may differ from those
    of the whole.
    """
    return tagger().tag(tokens, first, last)
