"""Comparisons by a factor: "doubled", "twice as many warheads", "three times higher"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.engine.article import Article, Sentence
from claims.engine.extractors.registry import extractor
from claims.engine.making import make
from claims.engine.phrases import head_lemma, plain_phrase, rest_of_clause
from claims.engine.records import Claim, Kind


@extractor
def ratio(article: Article, sentence: Sentence) -> Iterator[Claim]:
    """A claim for every factor in a sentence."""
    for reading in sentence.readings:
        if reading.kind != "ratio":
            continue
        k = reading.last
        numbered = any(r.first <= k + 1 and k < r.last for r in sentence.readings if r is not reading)
        phrase = plain_phrase(sentence, k) if k < len(sentence.tokens) and not numbered else None
        if phrase is None:
            claim = make(article, sentence, reading, Kind.RATIO)
            if claim.object and sentence.low(k) in ("as", "than"):
                other = rest_of_clause(sentence, k + 1, 8)
                claim = replace(claim, measured=f"{claim.object} against {other}")
            yield claim
            continue
        first, end, head = phrase
        yield make(article, sentence, reading, Kind.RATIO, noun=head_lemma(sentence, head), obj=(first, end))
