"""Quotations of some length, with who said them, to whom and when.

A few words in quotation marks are the outlet's choice of words, not a statement: fewer than four are left
out, and so is a longer phrase that nobody is credited with and that makes no sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.engine import lexicons
from claims.engine.article import Article, Credit, Sentence
from claims.engine.attribution import speaker_of
from claims.engine.extractors.registry import extractor
from claims.engine.phrases import entities
from claims.engine.quotations import FEWEST_WORDS, Quotation
from claims.engine.records import Attribution, Claim, Kind, When
from claims.engine.verbs import FORMS

_AUXILIARIES = frozenset(lexicons.load("hedges")["auxiliaries"]) - {"to"}

#: Words a quotation needs when the text names nobody who said it.
_FEWEST_UNCREDITED = 9
#: Words from which on a quotation is taken for a sentence without looking for a verb.
_PLAIN_SENTENCE = 20
#: Sentences through which one occasion of speaking is carried on.
_TALK = 8


@extractor
def quotation(article: Article, sentence: Sentence) -> Iterator[Claim]:
    """A claim for every quotation that begins in the sentence."""
    for quoted in sentence.quoted:
        # By its words: a mark at the end of a sentence may be paired with one of a later sentence.
        if not sentence.span.start <= quoted.inner.start < sentence.span.end:
            continue
        words = quoted.words(article.text)
        if words < FEWEST_WORDS:
            continue
        if words < _PLAIN_SENTENCE and not _states(sentence, quoted):
            continue
        attribution, credit, there = _speaker(article, sentence, quoted)
        if attribution.source is None and attribution.source_text is None and words < _FEWEST_UNCREDITED:
            continue
        said = there.when(credit.said) if credit and credit.said else None
        if attribution.source and (said is None or attribution.told is None):
            told, when = _same_talk(article, sentence, attribution.source)
            attribution = replace(attribution, told=attribution.told or told)
            said = said or when
        yield Claim(
            span=quoted.inner,
            quote=quoted.inner.of(article.text),
            sentence=sentence.span,
            kind=Kind.QUOTATION,
            measured=f"words of {attribution.source or attribution.source_text or 'somebody not named'}",
            actor=attribution.source,
            action="say",
            attribution=attribution,
            when=said,
            entities=entities(sentence),
            rule="quotation:credited" if credit else "quotation:alone",
        )


def _states(sentence: Sentence, quoted: Quotation) -> bool:
    """Whether short quoted words hold a verb: "we are ready", not "friendly and brotherly nations"."""
    inside = [t for t in sentence.tokens if quoted.inner.start <= t.start < quoted.inner.end]
    return any(t.low in FORMS or t.low in _AUXILIARIES or "'" in t.low for t in inside)


def _same_talk(article: Article, sentence: Sentence, source: str) -> tuple[str | None, When | None]:
    """Whom and when the speaker was last said to speak, as long as nobody else was quoted in between.

    Newspapers name the occasion once: "told Sputnik on Monday", then "she added".
    """
    told: str | None = None
    said: When | None = None
    for earlier in reversed(article.sentences[max(0, sentence.at - _TALK) : sentence.at]):
        for credit in earlier.credits:
            if credit.attribution.source == source:
                told = told or credit.attribution.told
                said = said or (earlier.when(credit.said) if credit.said else None)
            elif credit.attribution.source and earlier.quoted:
                return told, said
    return told, said


def _speaker(
    article: Article, sentence: Sentence, quoted: Quotation
) -> tuple[Attribution, Credit | None, Sentence]:
    """The credit in the sentences the quotation touches, else in its paragraph, else of the quotation before
    it.
    """
    at = sentence.at
    touched = [sentence]
    k = at + 1
    while k < len(article.sentences) and article.sentences[k].span.start < quoted.outer.end + 1:
        touched.append(article.sentences[k])
        k += 1
    # what follows the closing mark in the same paragraph: "...," X said. / "..." X said.
    for place in touched:
        attribution, credit = speaker_of(article, quoted, [place])
        if credit and _beside(place, credit, quoted):
            return attribution, credit, place
    for place in touched:
        attribution, credit = speaker_of(article, quoted, [place])
        if credit:
            return attribution, credit, place
    if k < len(article.sentences) and article.sentences[k].paragraph == touched[-1].paragraph:
        following = article.sentences[k]
        if not following.quoted or following.quoted[0].outer.start > following.span.start:
            attribution, credit = speaker_of(article, quoted, [following])
            if (
                credit
                and following.predicates
                and credit.last <= len(following.tokens)
                and following.predicates[0].first <= 6
                and len(following.tokens) <= 14
            ):
                return attribution, credit, following
    back = at - 1
    while back >= 0 and article.sentences[back].paragraph >= sentence.paragraph - 1:
        previous = article.sentences[back]
        same = previous.paragraph == sentence.paragraph
        attribution, credit = speaker_of(article, quoted, [previous])
        if (
            credit
            and (same or sentence.span.start == quoted.outer.start)
            and (previous.quoted or same or previous.lows[-1:] == [":"])
        ):
            said = replace(attribution, told=attribution.told)
            return said, credit, previous
        back -= 1
    return Attribution(mode=speaker_of(article, quoted, [])[0].mode), None, sentence


def _beside(sentence: Sentence, credit: Credit, quoted: Quotation) -> bool:
    span = credit.attribution.span
    return span is not None and (
        0 <= span.start - quoted.outer.end < 40 or 0 <= quoted.outer.start - span.end < 60
    )
