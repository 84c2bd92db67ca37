"""When a thing happened and when it was reported, as far as a sentence tells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.engine import lexicons
from claims.engine.article import Credit, Sentence
from claims.engine.predicates import Predicate
from claims.engine.records import Attribution, Mode, When
from claims.engine.times import TimeExpression

_LISTS = lexicons.grammar("timing")

_OPENERS = lexicons.words("clause_openers")

_NO_DIVIDERS = _LISTS["no_dividers"]


def _segment(sentence: Sentence, k: int) -> int:
    """The number of the clause in which token ``k`` stands: commas and clause openers divide."""
    if not sentence.segments:
        number = 0
        for low in sentence.lows:
            sentence.segments.append(number)
            number += low in (",", ";", "–", "—") or (low in _OPENERS and low not in _NO_DIVIDERS)
    return sentence.segments[k]


def times_of(
    sentence: Sentence,
    first: int,
    last: int,
    predicate: Predicate | None,
    credit: Credit | None,
    attribution: Attribution,
) -> tuple[When | None, When | None]:
    """(when the thing happened or is to happen, when it was reported), as far as the sentence tells."""
    reported = credit.said if credit else None
    candidates = [
        t
        for t in sentence.times
        if t.kind != "clock"
        and t is not reported
        and not _of_a_document(sentence, t)
        and not (t.kind == "year" and sentence.low(t.last) in _DATED_PAPERS)
    ]
    other_said = {c.said for c in sentence.credits if c.said}
    candidates = [t for t in candidates if t not in other_said]
    if reported is None:
        reported = next((t for t in sentence.times if _of_a_document(sentence, t)), None)
    if (
        reported is None
        and attribution.mode is Mode.UNNAMED
        and predicate is not None
        and predicate.hedge
        and candidates
    ):
        lead = candidates[0]
        if lead.last <= predicate.first and lead.first <= 1:
            reported, candidates = lead, candidates[1:]
    happened = _nearest(sentence, first, last, predicate, candidates)
    if happened is not None and happened.ahead is not None and _is_ahead(sentence, predicate, happened):
        happened = replace(happened, start=happened.ahead, end=happened.ahead)
    if happened is not None:
        happened = _from_its_start(sentence, happened)
    return (sentence.when(happened) if happened else None), (sentence.when(reported) if reported else None)


#: "the 2015 deal": the year tells which, not when something else was done.
_DATED_PAPERS = _LISTS["dated_papers"]


def _from_its_start(sentence: Sentence, time: TimeExpression) -> TimeExpression:
    """The whole stretch "between January and March 2019" or "from 3 May to 7 May", given its end."""
    for start in sentence.times:
        joined = sentence.low(start.first - 1), sentence.lows[start.last : time.first]
        if joined in _STRETCHES and start.start and time.end and start.start < time.end:
            return replace(time, first=start.first - 1, start=start.start)
    return time


_STRETCHES = [
    (opens, [closes])
    for opens, listed in lexicons.load("times")["reading"]["stretches"].items()
    for closes in listed
]


def _is_ahead(sentence: Sentence, predicate: Predicate | None, time: TimeExpression) -> bool:
    """Whether a weekday behind "will" or "plans to" is the coming one."""
    if predicate is None or time.first < predicate.verb or predicate.hedge is None:
        return False
    chain = sentence.lows[predicate.first : predicate.verb]
    ahead = predicate.status.is_ahead
    return ahead and {"was", "were", "had", "been", "have", "has"}.isdisjoint(chain)


def _of_a_document(sentence: Sentence, time: TimeExpression) -> bool:
    """ "a report last week", "a statement on Monday"."""
    k = time.first - 1
    if k >= 0 and sentence.lows[k] in ("on", "in", "from"):
        k -= 1
    return k >= 0 and sentence.lows[k] in _DOCUMENTS_SINGULAR


_DOCUMENTS_SINGULAR = frozenset(lexicons.load("reporting")["nouns"]["documents"]) - {"data", "figures"}


def _nearest(
    sentence: Sentence,
    first: int,
    last: int,
    predicate: Predicate | None,
    candidates: Sequence[TimeExpression],
) -> TimeExpression | None:
    if not candidates:
        return None
    here = _segment(sentence, first)
    verb = _segment(sentence, predicate.verb) if predicate else here
    best: tuple[int, TimeExpression] | None = None
    for time in candidates:
        if time.kind == "period" and time.start is None:
            continue
        segment = _segment(sentence, time.first)
        if (
            segment not in (here, verb)
            and not (segment == 0 and time.first <= 3)
            and not _shared_with(sentence, predicate, time)
        ):
            continue
        distance = min(abs(time.first - last), abs(first - time.last)) + (
            0 if segment in (here, verb) else 20
        )
        if predicate is not None and time.last <= predicate.first:
            # "signed it in 1996 and ratified it in 2002": a time behind the verb before is that verb's
            distance += 5 * any(
                q.verb < time.first
                for q in sentence.predicates
                if q is not predicate and q.last <= predicate.first
            )
        if best is None or distance < best[0]:
            best = (distance, time)
    return best[1] if best else None


def _shared_with(sentence: Sentence, predicate: Predicate | None, time: TimeExpression) -> bool:
    """Whether a time stands with the first of verbs joined by "and", whose subject they share."""
    if predicate is None or not predicate.shared:
        return False
    return predicate.subject is not None and predicate.subject[1] <= time.first <= predicate.first
