"""Why the engine says what it says: for each claim which rule read which part, and which numbers it let go.

:func:`explain` reads the text once more and puts beside every part of a claim what the readers left on the
way (the numeral, the reading, the frame, the credit, the time). Extraction itself keeps no account and pays
nothing for this.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from claims.engine.article import MOST_FIGURES, Article, Sentence, read_article
from claims.engine.extractors import named_extractors
from claims.engine.framing import Frame, credit_of, frame
from claims.engine.labels import is_label
from claims.engine.numbers import Numeral, read_numeral
from claims.engine.predicates import Predicate
from claims.engine.readings import Reading
from claims.engine.records import Claim, Kind, Mode, Quantity, Span, Status, When
from claims.engine.repeats import unrepeated
from claims.engine.who import of_actor

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
_HOW = {
    "object": "object of the verb",
    "subject": "subject of the passive verb",
    "actor": "subject of the verb",
    "nominal": "behind the noun of an act",
    "state": "before or behind the state they are in",
    "complement": "in a phrase beside the verb",
}
_BOUNDS = {
    "point": "exact, as written",
    "grain": "within the grain of the last digit",
    "vague": "as wide as the words",
    "range": "both ends as written",
    "part": "a part, exact",
    "rank": "the place itself",
    "exactly": "exact, by the modifier",
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a claim: what was read (``said``), by which rule or list, and the words it stands on."""

    name: str
    said: str
    rule: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class ExplainedClaim:
    """A claim, the extractor that made it, and where each of its parts comes from."""

    claim: Claim
    extractor: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """A number that was read and became no claim. ``reason`` is a word, ``detail`` a phrase."""

    span: Span
    quote: str
    sentence: Span
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All claims of a text explained, the numbers let go, and the stretches not read as they are loops."""

    claims: tuple[ExplainedClaim, ...]
    rejected: tuple[Rejected, ...]
    unread: tuple[Span, ...] = ()


def explain(text: str, *, published: date | None = None, title: str = "", outlet: str = "") -> Explanation:
    """The same claims as :func:`claims.engine.extract.extract` gives for the same arguments, explained."""
    article = read_article(text, published, title)
    made: dict[Claim, ExplainedClaim] = {}
    rejected: list[Rejected] = []
    for sentence in article.sentences:
        own = []
        for name, find in named_extractors():
            for claim in find(article, sentence):
                if claim not in made:
                    made[claim] = ExplainedClaim(claim, name, tuple(_parts(article, sentence, claim)))
                own.append(claim)
        rejected += _rejected(sentence, own)
    order = sorted(made, key=lambda c: (c.span, c.kind, c.rule))
    return Explanation(tuple(made[c] for c in order), tuple(rejected), tuple(_unread(text)))


def _unread(text: str) -> Iterator[Span]:
    end = 0
    for part in unrepeated(text):
        if part.start > end:
            yield Span(end, part.start)
        end = part.end
    if end < len(text.rstrip()):
        yield Span(end, len(text))


# ------------------------------------------------------------------ the parts of a claim


def _parts(article: Article, sentence: Sentence, claim: Claim) -> Iterator[Part]:
    reading = _reading_of(sentence, claim)
    yield Part("kind", claim.kind.value, claim.rule)
    tokens: tuple[int, int] | None
    if reading is not None:
        tokens = reading.first, reading.last
        yield from _number_parts(sentence, reading, claim)
    else:
        tokens = _tokens_of(sentence, claim.span)
    framed = frame(article, sentence, *tokens) if tokens and claim.kind is not Kind.QUOTATION else None
    predicate = framed.predicate if framed else None
    if reading is None and tokens:
        predicate = next(
            (p for p in sentence.predicates if p.action == claim.action and tokens[0] <= p.verb < tokens[1]),
            predicate,
        )
    yield from _act_parts(article, sentence, claim, framed, predicate)
    yield from _reality_parts(sentence, claim, predicate)
    if tokens:
        yield from _credit_parts(sentence, claim, tokens)
    for name, when in (("when", claim.when), ("said when", claim.reported_when)):
        if when is not None:
            yield _time_part(article, name, when)
    if claim.part_of is not None:
        rule = f"after “{reading.part}”" if reading and reading.part else "stands inside the count before"
        yield Part("part of", claim.part_of.of(article.text), rule)


def _reading_of(sentence: Sentence, claim: Claim) -> Reading | None:
    if claim.quantity is None:
        return None
    return next(
        (
            r
            for r in sentence.readings
            if claim.span.covers(sentence.chars(*r.number)) or sentence.chars(*r.number).covers(claim.span)
        ),
        None,
    )


def _tokens_of(sentence: Sentence, span: Span) -> tuple[int, int] | None:
    inside = [k for k, t in enumerate(sentence.tokens) if span.start <= t.start < span.end]
    return (inside[0], inside[-1] + 1) if inside else None


def _number_parts(sentence: Sentence, r: Reading, claim: Claim) -> Iterator[Part]:
    q = claim.quantity or r.quantity
    numeral = read_numeral(sentence.tokens, r.number[0])
    style = f"written in {numeral.style}" if numeral and numeral.style != "vague" else "a vague number word"
    if numeral and numeral.scaled:
        style += ", with a scale"
    if r.low is not None and r.high is not None and r.low != r.high and q.rule == "range":
        style += ", two ends of a range"
    grain = f", last digit counts {q.grain:,f}" if q.grain else ""
    yield Part("number", f"{q.value:,f}", style + grain, sentence.words(*r.number))
    row = _BOUNDS.get(q.rule, f"row “{q.rule.replace('_', ' ')}” of the table of bounds")
    yield Part("bounds", _interval(q), row, q.modifier or "")
    if q.unit:
        by = {"money": "list of currencies", "share": "list of units", "measure": "list of units"}
        yield Part("unit", q.unit, by.get(r.kind, "the counted noun"))
    if claim.noun:
        where = "noun behind the number" if r.noun is not None else "noun the number belongs to"
        yield Part("noun", claim.noun, where, " ".join((*claim.noun_modifiers, claim.noun)))
    if r.trend:
        yield Part("trend", r.trend, "verb or noun of change around it")


def _interval(q: Quantity) -> str:
    if q.low is not None and q.low == q.high:
        return f"{q.low:,f}"
    low = "no lower bound" if q.low is None else f"{'above ' if q.low_open else 'from '}{q.low:,f}"
    high = "up" if q.high is None else f"{'below ' if q.high_open else 'to '}{q.high:,f}"
    return f"{low} {high}"


def _act_parts(
    article: Article, sentence: Sentence, claim: Claim, framed: Frame | None, p: Predicate | None
) -> Iterator[Part]:
    verb = f"{p.form} verb “{p.base}”" if p else ""
    relation = _HOW.get(framed.relation, "") if framed else ""
    if claim.action:
        known = "list of actions"
        if p is not None and p.action == claim.action:
            yield Part("action", claim.action, f"{verb}, {known}", sentence.words(p.first, p.last))
        elif framed is not None and framed.action == claim.action:
            yield Part("action", claim.action, f"{relation or 'words around it'}, {known}")
        else:
            yield Part("action", claim.action, f"rule {claim.rule}")
    elif framed is not None and p is not None:
        yield Part("no action", "-", f"{relation or 'near'}: {verb} is no action of the field")
    if claim.actor:
        rule, words = "words around it", ""
        if claim.kind is Kind.QUOTATION:
            rule = "who is credited"
        elif p is not None and p.subject:
            named = of_actor(article, sentence, *p.subject)
            if named is not None and named.name == claim.actor:
                rule, words = f"subject of {verb}, known as {named.kind}", sentence.words(*p.subject)
        yield Part("actor", claim.actor, rule, words)
    if claim.object:
        party = f", belongs to {claim.object_party}" if claim.object_party else ""
        yield Part("object", claim.object, (relation or "noun phrase of the act") + party)
    if claim.place:
        yield Part("place", claim.place, "preposition of place and a name")


def _reality_parts(sentence: Sentence, claim: Claim, p: Predicate | None) -> Iterator[Part]:
    if claim.status is not Status.DONE or claim.hedge:
        if p is not None and p.hedge and sentence.words(*p.hedge) == claim.hedge:
            rule = "words before the verb, list of hedges"
        else:
            rule = "the clause or the credit around it"
        yield Part("status", claim.status.value, rule, claim.hedge or "")
    if claim.negated:
        yield Part("negated", "yes", "a word of negation before the verb")


def _credit_parts(sentence: Sentence, claim: Claim, tokens: tuple[int, int]) -> Iterator[Part]:
    a = claim.attribution
    if a.mode is Mode.NONE:
        return
    credit = credit_of(sentence, *tokens)
    if credit is not None:
        over = sentence.words(credit.first, credit.last)
        rule = "cue in this sentence covers “" + (over if len(over) < 50 else over[:47] + "...") + "”"
    else:
        rule = "cue of a sentence beside it" if a.source else "words that credit nobody"
    source = " <- ".join(a.chain()) or a.source_text or "nobody named"
    yield Part("source", f"{source} ({a.mode.value})", rule, " ".join(x for x in (a.source_text, a.cue) if x))


def _time_part(article: Article, name: str, when: When) -> Part:
    if when.start is None:
        days = "unresolved"
    elif when.start == when.end:
        days = when.start.isoformat()
    else:
        days = f"{when.start} to {when.end}"
    anchor = f"against {article.published}" if article.published else "no publication date"
    return Part(name, days, f"list and calendar, {anchor}", when.text)


# ------------------------------------------------------------------ numbers let go


def _rejected(sentence: Sentence, claims: list[Claim]) -> Iterator[Rejected]:
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
            yield Rejected(whole, whole.of(sentence.text), sentence.span, reason, detail)
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
