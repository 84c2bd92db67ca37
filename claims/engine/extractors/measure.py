"""Physical quantities: "120 kilograms of enriched uranium", "a range of 1,000 km", "a 15-kiloton warhead".

A duration is a claim only where it is the object of an act ("extended the treaty by five years") or stands
with "for"; how long ago something was is a date.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.extractors.registry import extractor
from claims.engine.framing import frame
from claims.engine.making import make
from claims.engine.nouns import modifying_words, singular
from claims.engine.phrases import plain_phrase
from claims.engine.records import Claim, Kind

_LISTS = lexicons.grammar("measure")

_NOT_A_LENGTH_AFTER = _LISTS["not_a_length_after"]


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
            if not (
                before in ("for", "by")
                or (f.action and f.relation == "object")
                or (reading.attributive and before in ("a", "an"))
            ):
                continue
        k = reading.last
        if sentence.lows[k : k + 1] == ["of"]:
            k += 1
        elif not reading.attributive and reading.family != "level":
            k = -1
        phrase = plain_phrase(sentence, k) if 0 <= k < len(sentence.tokens) else None
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
            noun=singular(sentence.lows[head]),
            modifiers=modifiers,
            obj=(first, end),
            framed=f,
        )
