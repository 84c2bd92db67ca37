"""Sums of money: "almost $18 billion", "€3 million", "18 billion dollars".

What the money is for ("to develop new interceptors", "in military aid") becomes the object, so that two
outlets' figures for one thing meet.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine.article import Article, Sentence
from claims.engine.extractors.registry import extractor
from claims.engine.framing import frame
from claims.engine.making import make, purpose, trailing_phrase
from claims.engine.nouns import modifying_words, singular
from claims.engine.phrases import plain_phrase
from claims.engine.records import Claim, Kind


@extractor
def money(article: Article, sentence: Sentence) -> Iterator[Claim]:
    """A claim for every sum of money in a sentence."""
    for reading in sentence.readings:
        if reading.kind != "money":
            continue
        f = frame(article, sentence, reading.first, reading.last)
        found = purpose(sentence, reading.last)
        if found is None and reading.last < len(sentence.tokens):
            # "a $2 billion missile contract"
            phrase = plain_phrase(sentence, reading.last)
            if phrase and phrase[0] == reading.last and sentence.tokens[reading.last].kind == "word":
                first, end, head = phrase
                words = modifying_words(sentence.tokens, first, head)
                found = (first, end), singular(sentence.lows[head]), words, head
        if found is None:
            yield make(article, sentence, reading, Kind.MONEY, framed=f)
            continue
        obj, noun, modifiers, _ = found
        end = obj[1]
        measured = sentence.words(obj[0], end)
        tail = trailing_phrase(sentence, end)
        if tail:
            measured += f" {tail}"
        yield make(
            article,
            sentence,
            reading,
            Kind.MONEY,
            framed=f,
            noun=noun,
            modifiers=modifiers,
            obj=obj,
            measured=measured,
        )
