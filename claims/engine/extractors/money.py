"""Sums of money: "almost $18 billion", "€3 million", "18 billion dollars".

What the money is for ("to develop new interceptors", "in military aid") becomes the object, so that two
outlets' figures for one thing meet.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.extractors.registry import extractor
from claims.engine.framing import Frame, frame
from claims.engine.making import make, purpose, trailing_phrase
from claims.engine.nouns import modifying_words
from claims.engine.phrases import head_lemma, plain_phrase
from claims.engine.records import Claim, Kind

_LISTS = lexicons.grammar("money")

Purpose = tuple[tuple[int, int], str, tuple[str, ...], int]


@extractor
def money(article: Article, sentence: Sentence) -> Iterator[Claim]:
    """A claim for every sum of money in a sentence."""
    for reading in sentence.readings:
        if reading.kind != "money":
            continue
        if _advertises(sentence):
            continue
        f = frame(article, sentence, reading.first, reading.last)
        k = reading.last
        found = purpose(sentence, k) or _given_to(sentence, k, f) or _behind_verb(sentence, f)
        if found is None and reading.last < len(sentence.tokens):
            # "a $2 billion missile contract"
            phrase = plain_phrase(sentence, reading.last)
            if phrase and phrase[0] == reading.last and _is_noun_phrase(sentence, reading.last):
                first, end, head = phrase
                words = modifying_words(sentence.tokens, first, head)
                found = (first, end), head_lemma(sentence, head), words, head
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


def _is_noun_phrase(sentence: Sentence, k: int) -> bool:
    """Whether what stands right behind a sum can be what it pays: "a $2bn missile contract", not "spent"."""
    return sentence.tokens[k].kind == "word" and not sentence.tags[k].startswith(("VB", "RB", "MD"))


def _advertises(sentence: Sentence) -> bool:
    """Whether a sentence asks the reader to buy: "Subscribe for $4 a month." """
    return sentence.lows[0] in _LISTS["advertising"] and not sentence.predicates


def _given_to(sentence: Sentence, k: int, f: Frame) -> Purpose | None:
    """Who or what gets a sum: "gave €750,000 to the verification fund"; a party is no purpose."""
    gives = f.predicate is not None and f.predicate.base in _LISTS["giving"]
    if not gives or sentence.low(k) not in ("to", "into"):
        return None
    phrase = plain_phrase(sentence, k + 1)
    if phrase is None or sentence.within(phrase[0], phrase[1]) or sentence.tags[phrase[0]] == "VB":
        return None
    first, end, head = phrase
    return (first, end), head_lemma(sentence, head), modifying_words(sentence.tokens, first, head), head


def _behind_verb(sentence: Sentence, f: Frame) -> Purpose | None:
    """What a sum goes to where it is the subject: "has gone into the project", "was paid for squadrons"."""
    p = f.predicate
    subject = p is not None and f.relation in ("subject", "actor")
    if p is None or not subject or sentence.low(p.last) not in ("into", "for", "on"):
        return None
    k = p.last + 1
    counted = next((r for r in sentence.readings if r.first == k and r.noun is not None), None)
    phrase = plain_phrase(sentence, counted.noun.first if counted and counted.noun else k)
    if phrase is None or any(t.first <= phrase[0] < t.last for t in sentence.all_times):
        return None
    first, end, head = phrase
    return (first, end), head_lemma(sentence, head), modifying_words(sentence.tokens, first, head), head
