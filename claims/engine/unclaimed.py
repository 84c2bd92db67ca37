"""The numbers of an article that became no claim, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.engine.article import MOST_FIGURES, Sentence
from claims.engine.labels import is_label
from claims.engine.numbers import Numeral, read_numeral
from claims.engine.records import Claim, Span

#: Why a number of a kind that some extractors leave alone became no claim.
_LEFT = {
    "age": "an age tells who somebody is",
    "one_of": "“one of the ...” picks out, it does not count",
    "definite": "a small number behind “the” is of things spoken of before",
    "bare": "nothing says what is counted",
    "frequency": "how often, not how many",
    "label": "part of a name or label",
    "period": "a stretch of time, not a count",
    "count": "what is counted is idle, or it is those who speak here",
    "ratio": "a factor of nothing that is named",
    "share": "a share of time, or of nothing that is named",
    "ordinal": "a rank in somebody's words, or of nothing that is named",
}


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A number that was read and became no claim. ``reason`` is a word, ``detail`` a phrase."""

    span: Span
    quote: str
    sentence: Span
    reason: str
    detail: str


def unclaimed(sentence: Sentence, claims: Sequence[Claim]) -> Iterator[Unclaimed]:
    """The numbers of a sentence that are in none of its ``claims``."""
    spans = [c.span for c in claims if c.quantity is not None]
    figures = sum(t.kind == "figure" for t in sentence.tokens)
    k = 0
    while k < len(sentence.tokens):
        numeral = read_numeral(sentence.tokens, k)
        if numeral is None and sentence.tokens[k].kind != "figure":
            k += 1
            continue
        last = numeral.last if numeral else k + 1
        span = sentence.chars(k, last)
        if not any(s.overlaps(span) for s in spans):
            first, end, reason, detail = _reason(sentence, k, last, numeral, figures)
            whole = sentence.chars(first, end)
            yield Unclaimed(whole, whole.of(sentence.text), sentence.span, reason, detail)
            last = max(last, end)
        k = last


def _reason(
    sentence: Sentence, k: int, last: int, numeral: Numeral | None, figures: int
) -> tuple[int, int, str, str]:
    """(first token, end, reason, detail) of a number without a claim."""
    for time in sentence.all_times:
        if time.first <= k < time.last:
            return time.first, time.last, "date", f"part of a time: {time.kind}"
    for mention in (*sentence.mentions, *sentence.things):
        if mention.first <= k < mention.last:
            return mention.first, mention.last, "name", f"part of the name {mention.name}"
    for first, end in sentence.names:
        if first <= k < end:
            return first, end, "name", "part of a name in the lexicons"
    if figures > MOST_FIGURES:
        return k, last, "table", f"more than {MOST_FIGURES} figures without a full stop"
    for r in sentence.readings:
        if r.number[0] <= k < r.number[1]:
            return r.first, r.last, r.kind, _LEFT.get(r.kind, "no extractor takes it here")
    if numeral is None:
        return k, last, "figure", "no number: too long, or not in one piece"
    if is_label(sentence.tokens, numeral):
        return k, last, "label", "a name, label, score, address or telephone number"
    return k, last, "number", "no unit, no counted noun: nothing says what it is"
