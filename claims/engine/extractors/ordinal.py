"""Ranks: "first major defence procurement initiative", "second-largest arsenal". Unit "rank"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.engine.article import Article, Sentence
from claims.engine.extractors.registry import extractor
from claims.engine.framing import Frame, frame
from claims.engine.making import make, trailing_phrase
from claims.engine.quantities import Reading
from claims.engine.records import Claim, Kind, Status
from claims.engine.who import of_actor


@extractor
def ordinal(article: Article, sentence: Sentence) -> Iterator[Claim]:
    """A claim for every rank in a sentence."""
    for reading in sentence.readings:
        if reading.kind != "ordinal" or reading.noun is None or _quoted(sentence, reading.first):
            continue
        if _refers(sentence, reading):
            continue
        f = frame(article, sentence, reading.first, reading.last)
        if f.predicate is not None and {",", "what", ";"} & set(
            sentence.lows[f.predicate.last : reading.first]
        ):
            # Another clause's act and time are not the rank's.
            f = Frame(
                attribution=f.attribution, reported_when=f.reported_when, place=f.place, status=f.status
            )
        owned = _owner_tokens(sentence, reading.first)
        if owned:
            f = replace(f, actor=of_actor(article, sentence, *owned))
        first = reading.noun.first
        thing = sentence.words(first, reading.last)
        owner = sentence.words(*owned) if owned else ""
        tail = trailing_phrase(sentence, reading.last)
        measured = " ".join(x for x in (f"{owner}'s" if owner else "", thing, tail) if x)
        claim = make(
            article, sentence, reading, Kind.ORDINAL, noun=reading.noun.lemma,
            modifiers=reading.noun.modifiers(sentence.tokens), obj=(first, reading.last),
            measured=measured, framed=f,
        )  # fmt: skip
        yield _as_real_as_its_clause(sentence, claim, reading.first)


def _refers(sentence: Sentence, reading: Reading) -> bool:
    """Whether a rank only says which one is meant: "scrapped under the first accord." """
    ends = reading.last >= len(sentence.tokens) or sentence.tokens[reading.last].kind == "sign"
    plain = reading.noun is not None and reading.noun.head == reading.number[1]
    placed = sentence.low(reading.first - 1) == "the" and sentence.low(reading.first - 2) in _PLACED
    return ends and plain and placed


#: Prepositions whose phrase says where or by what, never what is ranked.
_PLACED = frozenset({"under", "during", "in", "by", "with", "from", "since", "within", "throughout"})


def _quoted(sentence: Sentence, k: int) -> bool:
    """Whether a rank stands in somebody's words, where it is mostly a figure of speech."""
    at = sentence.tokens[k].start
    return any(q.outer.start <= at < q.outer.end for q in sentence.quoted)


def _owner_tokens(sentence: Sentence, k: int) -> tuple[int, int] | None:
    """Whose first it is: "the Biden administration" in "the Biden administration's first"."""
    if k < 2 or sentence.lows[k - 1] != "'s":
        return None
    start = k - 2
    while start > 0 and sentence.tokens[start - 1].capital and sentence.tokens[start - 1].kind == "word":
        start -= 1
    return start, k - 1


def _as_real_as_its_clause(sentence: Sentence, claim: Claim, k: int) -> Claim:
    """ "in what will be the first ...": the verb "be" is no act, but it says how real the rank is."""
    for j in range(k - 1, max(k - 12, -1), -1):
        low = sentence.lows[j]
        if low in (",", ";"):
            break
        if low == "be" and j and sentence.lows[j - 1] in ("will", "to", "would"):
            status = Status.CONDITIONAL if sentence.lows[j - 1] == "would" else Status.PLANNED
            return replace(claim, status=status, hedge=sentence.words(j - 1, j + 1))
    return claim
