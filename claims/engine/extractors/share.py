"""Shares of a whole: "60 percent of its stockpile", "almost half of", "one in five". The whole is the
object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.engine.article import Article, Sentence
from claims.engine.extractors.registry import extractor
from claims.engine.framing import frame
from claims.engine.making import make, purpose
from claims.engine.nouns import modifying_words, singular
from claims.engine.phrases import plain_phrase
from claims.engine.records import Claim, Kind


@extractor
def share(article: Article, sentence: Sentence) -> Iterator[Claim]:
    """A claim for every share in a sentence."""
    for reading in sentence.readings:
        if reading.kind != "share":
            continue
        f = frame(article, sentence, reading.first, reading.last)
        p = f.predicate
        if p is not None and p.action == "enrich" and sentence.low(reading.first - 1) == "to":
            # How far uranium is enriched is a share of its own sort.
            graded = replace(f, action="enrich")
            yield make(
                article,
                sentence,
                reading,
                Kind.SHARE,
                noun="enrichment",
                measured="enrichment of uranium",
                framed=graded,
            )
            continue
        found = (
            purpose(sentence, reading.last)
            if sentence.lows[reading.last : reading.last + 1] in (["of"], ["in"])
            else None
        )
        if (
            found is None
            and reading.last < len(sentence.tokens)
            and sentence.tokens[reading.last].kind == "word"
        ):
            phrase = plain_phrase(sentence, reading.last)
            if phrase:
                first, end, head = phrase
                found = (
                    (first, end),
                    singular(sentence.lows[head]),
                    modifying_words(sentence.tokens, first, head),
                    head,
                )
        if found is None:
            yield make(article, sentence, reading, Kind.SHARE)
            continue
        obj, noun, modifiers, _ = found
        if noun == "time":
            continue  # "half of the time" is how often
        yield make(
            article,
            sentence,
            reading,
            Kind.SHARE,
            noun=noun,
            modifiers=modifiers,
            obj=obj,
            measured=(
                "share of " if sentence.lows[reading.last] == "of" or reading.family == "fraction" else ""
            )
            + sentence.words(*obj),
        )
