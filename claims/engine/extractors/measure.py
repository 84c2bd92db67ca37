"""Physical quantities: "120 kilograms of enriched uranium", "a range of 1,000 km", "a 15-kiloton warhead".

A duration is a claim only where it is the object of an act ("extended the treaty by five years") or stands
with "for"; how long ago something was is a date.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.extractors.registry import extractor
from claims.engine.framing import frame
from claims.engine.making import make
from claims.engine.nouns import modifying_words
from claims.engine.phrases import head_lemma, plain_phrase
from claims.engine.quantities import Reading
from claims.engine.records import Claim, Kind
from claims.engine.verbs import FORMS

_LISTS = lexicons.grammar("measure")

_NOT_A_LENGTH_AFTER = _LISTS["not_a_length_after"]


_TAKING = _LISTS["taking"]
_SPAN = frozenset({"over", "during", "through", "across"})
_OWNERS = frozenset({"a", "an", "the", "'s", "its", "their", "his", "her", "this", "that", "each", "every"})


def _before_noun(sentence: Sentence, reading: Reading) -> bool:
    """Whether a measure stands before its noun: "the missile's 480kg warhead", "a 60 km range"."""
    k = reading.last
    if (
        k >= len(sentence.tokens)
        or sentence.low(reading.first - 1) not in _OWNERS
        or reading.family == "time"
    ):
        return False
    return sentence.tags[k] in ("NN", "NNS", "JJ") and sentence.tokens[k].kind == "word"


#: Words that make a duration before them a date.
_RECKONED = frozenset({"before", "after", "ago", "later", "earlier", "into", "from", "since"})


@extractor
def measure(article: Article, sentence: Sentence) -> Iterator[Claim]:
    """A claim for every physical quantity in a sentence."""
    for reading in sentence.readings:
        if reading.kind != "measure":
            continue
        f = frame(article, sentence, reading.first, reading.last)
        before = sentence.lows[reading.first - 1] if reading.first else ""
        if reading.family == "time":
            if sentence.low(reading.last) in _RECKONED:
                continue  # "two days before the vote"
            if reading.definite or (before in _NOT_A_LENGTH_AFTER and not f.action):
                continue
            if reading.quantity.modifier is None and before in _SPAN and f.action == "cost":
                continue  # "will cost up to $368bn over three decades"
            if not (
                before in ("for", "by")
                or (before in _TAKING and sentence.low(reading.last) != "to")
                or (f.action and f.relation == "object")
                or (reading.attributive and before in ("a", "an"))
            ):
                continue
            if before in _TAKING:
                f = replace(f, actor=None)  # "delivery will take 18 months": nobody acts
        k = reading.last
        if sentence.lows[k : k + 1] == ["of"]:
            k += 1
        elif not reading.attributive and reading.family != "level" and not _before_noun(sentence, reading):
            k = -1
        phrase = plain_phrase(sentence, k) if 0 <= k < len(sentence.tokens) else None
        if phrase is not None and sentence.tags[phrase[2]] in ("NN", "VBP") and phrase[2] - phrase[0] == 1:
            phrase = _without_verb(sentence, phrase)
        if phrase is None:
            yield make(article, sentence, reading, Kind.MEASURE, framed=f)
            continue
        first, end, head = phrase
        modifiers = modifying_words(sentence.tokens, first, head)
        yield make(
            article,
            sentence,
            reading,
            Kind.MEASURE,
            noun=head_lemma(sentence, head),
            modifiers=modifiers,
            obj=(first, end),
            framed=f,
        )


def _without_verb(sentence: Sentence, phrase: tuple[int, int, int]) -> tuple[int, int, int]:
    """ "Six tonnes of plutonium *sit* in Rokkasho": the last word is the verb of a clause without another."""
    first, end, head = phrase
    alone = "base" in FORMS.get(sentence.lows[head], ()) and not sentence.predicates
    if alone and sentence.tags[first] == "NN" and sentence.low(end) in ("in", "at", "on", "from", "to"):
        return first, end - 1, head - 1
    return phrase
