"""Claims whose answer is a date: expiries, entries into force, starts and ends, deadlines.

"New START expires on 5 February 2026", "must be destroyed by 29 April 2012", "the deadline is 31 December",
"talks will resume on 12 May", "has until Friday to answer". What a date can be the date of stands in
lexicons/deadlines.toml. A date that an act, a count or a sum already carries makes no second claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.engine.article import Article, Sentence
from claims.engine.dated import DATES, WITHIN, Dated, bound_of, obliges, what_is_dated, without_article
from claims.engine.extractors.event import event
from claims.engine.extractors.registry import extractor
from claims.engine.framing import credit_of
from claims.engine.governing import govern
from claims.engine.making import noun_of
from claims.engine.nouns import modifying_words
from claims.engine.phrases import entities, party_in, rest_of_clause
from claims.engine.places import place_of
from claims.engine.predicates import Predicate
from claims.engine.readings import Reading
from claims.engine.records import Attribution, Claim, Kind, Status, When
from claims.engine.times import TimeExpression, ahead_of


@extractor
def deadline(article: Article, sentence: Sentence) -> Iterator[Claim]:
    """A claim for every date of a milestone or a deadline in a sentence."""
    told = {c.said for c in sentence.credits if c.said}
    carried: list[Claim] | None = None
    taken: list[tuple[int, Reading]] | None = None
    for time in _dates(article, sentence):
        if time in told or _quoted(sentence, time.first):
            continue
        dated = what_is_dated(article, sentence, time)
        if dated is None:
            continue
        if carried is None or taken is None:
            carried = list(event(article, sentence))
            taken = _governing(sentence)
        claim = _claim(article, sentence, time, dated)
        verb = dated.predicate.verb if dated.predicate is not None else -1
        if any(v == verb and not (r.first < time.last and time.first < r.last) for v, r in taken):
            continue
        if any(_carries(c, claim, sentence, dated.predicate) for c in carried):
            continue
        yield claim


def _dates(article: Article, sentence: Sentence) -> list[TimeExpression]:
    """The dates of a sentence; a length behind "in" or "within" ends on one reckoned from today."""
    dates = [t for t in sentence.times if t.kind in DATES]
    if article.published is not None and len(sentence.times) < len(sentence.all_times):
        lengths = [t for t in sentence.all_times if sentence.low(t.first - 1) in WITHIN]
        dates += [t for t in (ahead_of(t, article.published) for t in lengths) if t is not None]
    return dates


def _carries(act: Claim, claim: Claim, sentence: Sentence, p: Predicate | None) -> bool:
    """Whether an act already says the date of a claim; an act that another verb dates does not."""
    if act.when is None or not act.when.span.overlaps(claim.span):
        return False
    if p is None:
        return True
    return act.action == (p.action or p.base) and act.span.covers(sentence.chars(p.verb, p.verb + 1))


def _quoted(sentence: Sentence, k: int) -> bool:
    at = sentence.tokens[k].start
    return any(q.outer.start <= at < q.outer.end for q in sentence.quoted)


def _governing(sentence: Sentence) -> list[tuple[int, Reading]]:
    """The verbs that a count or a sum already carries, with it."""
    found = []
    for r in sentence.readings:
        if r.kind in ("count", "money", "measure", "bare", "share"):
            predicate = govern(sentence, r.first, r.last)[0]
            if predicate is not None:
                found.append((predicate.verb, r))
    return found


def _claim(article: Article, sentence: Sentence, time: TimeExpression, dated: Dated) -> Claim:
    p = dated.predicate
    start, end = time.start, time.end
    bound = bound_of(sentence, time)
    status = p.status if p is not None else Status.DONE
    if p is not None and obliges(sentence, p) and status is Status.DONE:
        status = Status.PLANNED
    if (
        status is Status.DONE
        and article.published is not None
        and start is not None
        and start > article.published
    ):
        status = Status.PLANNED
    if status is Status.PLANNED and time.ahead is not None:
        start = end = time.ahead
    credit = credit_of(sentence, time.first, time.last)
    attribution = credit.attribution if credit else Attribution()
    if credit and credit.denying:
        status = Status.DENIED
    elif credit and credit.alleging and status is Status.DONE:
        status = Status.ALLEGED
    if time not in sentence.times:
        time = replace(time, first=time.first - 1)  # "in two years"
    span = sentence.chars(time.first, time.last)
    when = sentence.when(time)
    about = dated.told_in or sentence
    thing = without_article(about, *dated.thing) if dated.thing else None
    chain = sentence.words(*p.hedge) if p is not None and p.hedge else None
    return Claim(
        span=span,
        quote=span.of(sentence.text),
        sentence=sentence.span,
        kind=Kind.DATE,
        measured=dated.measured,
        noun=noun_of(about, dated.head) if dated.thing and dated.head >= 0 else "",
        noun_modifiers=modifying_words(about.tokens, dated.thing[0], dated.head) if dated.thing else (),
        actor=dated.actor,
        action=dated.action,
        object=thing,
        object_party=party_in(about, *dated.thing) if dated.thing else None,
        place=place_of(sentence, time.first, time.last),
        negated=p.negated and not bound if p is not None else False,
        status=status,
        hedge=chain if p is not None and p.negated else bound or chain,
        attribution=attribution,
        when=When(when.text, when.span, start, end),
        reported_when=sentence.when(credit.said) if credit and credit.said else None,
        entities=entities(sentence),
        context=rest_of_clause(sentence, time.last),
        rule=dated.rule,
    )
