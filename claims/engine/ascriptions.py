"""Who is credited with what, over a whole article: words, views, intentions and findings of others.

Every candidate of claims.engine.cues is weighed by its circumstances (lexicons/ascribing.toml holds the
weights; training/ascribing.py made them); those that pass become an :class:`Ascription` with the characters
of its source, its cue and its content. Ascriptions come lazily, sentence by sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.circumstances import circumstances
from claims.engine.clauses import Clauses
from claims.engine.cues import Cue, candidates, read_cue
from claims.engine.records import Span

_WEIGHTS: dict[str, float] = lexicons.load("ascribing")["weights"]
_THRESHOLD: float = lexicons.load("ascribing")["threshold"]


@dataclass(frozen=True, slots=True)
class Ascription:
    """That the characters ``content`` are said, thought or wanted by ``source``, as the ``cue`` tells.

    ``kind`` is the class of the cue in lexicons/cues.toml; ``source`` is empty where nobody is named.
    """

    kind: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    sentence: int


def ascribe(article: Article) -> Iterator[Ascription]:
    """Everything the article ascribes to somebody, in reading order."""
    for sentence in article.sentences:
        yield from ascriptions(article, sentence)


def ascriptions(article: Article, sentence: Sentence) -> list[Ascription]:
    """What one sentence ascribes to somebody."""
    c, cues = read_cues(article, sentence)
    found: list[Ascription] = []
    if c is None:
        return found
    for cue in cues:
        if passes(cue):
            found.append(_ascription(article, sentence, c, cue))
    return found


def passes(cue: Cue) -> bool:
    """Whether a candidate is taken to credit somebody: whether its signs weigh enough."""
    return cue.weight > _THRESHOLD


def read_cues(article: Article, sentence: Sentence) -> tuple[Clauses | None, list[Cue]]:
    """The candidates of a sentence outside quotations, weighed; read once and kept with the sentence."""
    if sentence.cues is None:
        sentence.cues = _read(article, sentence)
    return sentence.cues


def _read(article: Article, sentence: Sentence) -> tuple[Clauses | None, list[Cue]]:
    places = candidates(sentence.lows)
    if places and sentence.quoted:
        inside = [(q.inner.start, q.inner.end) for q in sentence.quoted]
        places = [k for k in places if not any(a <= sentence.tokens[k].start < b for a, b in inside)]
    if not places:
        return None, []
    c = Clauses(sentence, list(sentence.tags))
    cues = _apart([cue for cue in (read_cue(c, k) for k in places) if cue is not None])
    before = article.sentences[sentence.at - 1].cues if sentence.at else None
    earlier = sum(map(passes, before[1])) if before else 0
    for i, cue in enumerate(cues):
        cue.signs = circumstances(sentence, c, cues, i, earlier)
        cue.weight = sum([_WEIGHTS.get(sign, 0.0) for sign in cue.signs])
    return c, cues


def _apart(cues: list[Cue]) -> list[Cue]:
    """The candidates without words that an idiom before them holds, and no head twice."""
    kept: list[Cue] = []
    for cue in cues:
        if kept and cue.head < kept[-1].last and kept[-1].last - kept[-1].head > 1:
            continue
        if kept and cue.head == kept[-1].head:
            continue
        kept.append(cue)
    return kept


def _ascription(article: Article, sentence: Sentence, c: Clauses, cue: Cue) -> Ascription:
    source = (sentence.chars(cue.subject.first, cue.subject.last),) if cue.subject else ()
    first, last = _content(sentence, c, cue)
    content = (sentence.chars(first, last),) if first < last else ()
    return Ascription(cue.kind, source, (sentence.chars(cue.first, cue.last),), content, sentence.at)


def _content(sentence: Sentence, c: Clauses, cue: Cue) -> tuple[int, int]:
    """The tokens of what is said or thought."""
    lows, n = c.lows, c.n
    end = n
    while end > 0 and lows[end - 1] in (".", "?", "!", ";"):
        end -= 1
    start = cue.first if cue.subject is None else min(cue.first, cue.subject.first)
    if cue.before and cue.form in ("passive", "participle"):
        if cue.frame in (
            "to",
            "that",
            "as",
            "object",
            "adjective",
            "about",
            "of",
            "for",
            "quote",
            "clause",
            "wh",
        ):
            return cue.rest, end
        j = c.before_chain(cue.first)
        return (c.phrase_before(j), j + 1) if j >= 0 else (cue.rest, end)
    if cue.before and start > 0:
        last = start
        while last > 0 and lows[last - 1] in (",", "—", "–"):
            last -= 1
        return 0, last
    if cue.rest < end:
        return cue.rest, end
    return 0, max(0, start)
