"""Shares of a whole: "60 percent of its stockpile", "almost half of", "one in five". The whole is the
object.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.extractors.registry import extractor
from claims.engine.framing import frame
from claims.engine.making import make, purpose
from claims.engine.nouns import modifying_words, singular
from claims.engine.phrases import head_lemma, plain_phrase
from claims.engine.records import Claim, Kind

#: Nouns behind "in" that say how a share is reckoned.
_MANNERS = frozenset({"term"})
_CHANGES = lexicons.grammar("share")["changes"]


def _moved(
    sentence: Sentence, k: int, obj: tuple[int, int]
) -> tuple[tuple[int, int], str, tuple[str, ...]] | None:
    """What rose or fell in "a 13.9% rise in defence spending": (its tokens, noun, modifiers)."""
    lows = sentence.lows
    if obj[0] != k or lows[obj[1] - 1] not in _CHANGES or sentence.low(obj[1]) not in ("in", "of", "to"):
        return None
    phrase = plain_phrase(sentence, obj[1] + 1)
    if phrase is None or any(t.first <= phrase[0] < t.last for t in sentence.times):
        return None
    first, end, head = phrase
    return (first, end), singular(lows[head]), modifying_words(sentence.tokens, first, head)


def _beside(sentence: Sentence, k: int) -> bool:
    """Whether what stands behind a share is told of it, no whole: "14 pct *year on year*", "40% *higher*"."""
    if sentence.low(k + 1) == "on" and sentence.low(k + 2) == sentence.low(k):
        return True
    if any(t.first == k for t in sentence.all_times):
        return True
    after = sentence.tags[k + 1] if k + 1 < len(sentence.tags) else ""
    named = sentence.tags[k].startswith("NNP") and after in ("VBD", "VBZ", "VBP", "MD")
    objective = sentence.tags[k] in ("NN", "NNS") and after in (
        "DT",
        "PRP$",
    )  # "1 percent support the Greens"
    return named or objective or sentence.tags[k] in ("VB", "VBD", "VBZ", "VBP", "MD", "RBR", "JJR")


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
            and not (reading.family == "share" and _beside(sentence, reading.last))
        ):
            phrase = plain_phrase(sentence, reading.last)
            if phrase:
                first, end, head = phrase
                found = (
                    (first, end),
                    head_lemma(sentence, head),
                    modifying_words(sentence.tokens, first, head),
                    head,
                )
        if found is None:
            yield make(article, sentence, reading, Kind.SHARE)
            continue
        obj, noun, modifiers, _ = found
        moved = _moved(sentence, reading.last, obj)
        if moved is not None:
            yield make(
                article, sentence, reading, Kind.SHARE, noun=moved[1], modifiers=moved[2], obj=moved[0],
                measured=f"{noun} in {sentence.words(*moved[0])}",
            )  # fmt: skip
            continue
        if sentence.low(reading.last) == "in" and noun in _MANNERS:
            yield make(article, sentence, reading, Kind.SHARE)
            continue  # "by 11% in real terms"
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
