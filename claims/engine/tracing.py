"""Where the parts of a claim come from: the words, and the rule, list or learnt weights that read them.

Looks the readers' traces up (numeral, reading, frame, credit, time); where they keep none it asks them again
about the few words in question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claims.engine import lexicons
from claims.engine.article import Article, Credit, Sentence
from claims.engine.ascriptions import read_cues
from claims.engine.cues import Cue
from claims.engine.framing import Frame, credit_of, frame
from claims.engine.numbers import read_numeral
from claims.engine.predicates import Predicate
from claims.engine.readings import Reading
from claims.engine.records import Claim, Kind, Mode, Quantity, Span, Status, When
from claims.engine.times import TimeExpression
from claims.engine.times.direction import direction
from claims.engine.times.lexicon import FROM_TOLD, kinds_of
from claims.engine.times.patterns import BY_START
from claims.engine.verbhood import forms_at, is_verb
from claims.engine.verbs import NOMINALS
from claims.engine.who import of_actor, of_speaker

#: What the whole weights of the ranker of counted nouns are multiplied by (training/train_counted.py).
_RANKER_SCALE = 100
#: How far before a number the noun of its act is looked for.
_NOUN_OF_ACT_WITHIN = 10
#: How many sentences around a quotation may hold the words that credit its speaker.
_CREDIT_WITHIN = 8
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
_UNITS = {
    "money": "list of currencies",
    "share": "list of units",
    "measure": "list of units",
    "ratio": "a factor",
}
#: How the subject of a reporting verb was found, by the name :mod:`claims.engine.clauses` gives it.
_FOUND = {
    "near": "before the cue",
    "relative": "before who or which",
    "aside": "before an aside and the cue",
    "joined": "subject of the verb before, too",
    "shared": "subject of the verb before, too",
    "governed": "subject of the verb that governs the cue",
    "after": "behind the cue",
    "by": "behind “by”",
    "owner": "whose words they are",
}
_MILESTONES = lexicons.load("deadlines")["milestones"]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a claim: what was read (``said``), by which rule or list, and the words it stands on."""

    name: str
    said: str
    rule: str
    words: str = ""


def trace(article: Article, sentence: Sentence, claim: Claim) -> Iterator[Part]:
    """The parts of a claim that was found in ``sentence``, in the order they are read."""
    reading = _reading_of(sentence, claim)
    yield Part("kind", claim.kind.value, claim.rule)
    tokens: tuple[int, int] | None
    if reading is not None:
        tokens = reading.first, reading.last
        yield from _number(sentence, reading, claim)
    else:
        tokens = _tokens_of(sentence, claim.span)
    framed = frame(article, sentence, *tokens) if tokens and claim.kind is not Kind.QUOTATION else None
    predicate = framed.predicate if framed else None
    if reading is None and tokens:
        predicate = _verb_of(sentence, claim, tokens) or predicate
    yield from _act(article, sentence, claim, framed, predicate, tokens)
    yield from _reality(sentence, claim, predicate)
    if tokens:
        yield from _credit(article, sentence, claim, tokens)
    for name, when in (("when", claim.when), ("said when", claim.reported_when)):
        if when is not None:
            yield _time(article, sentence, name, when)
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


# ------------------------------------------------------------------ the number


def _number(sentence: Sentence, r: Reading, claim: Claim) -> Iterator[Part]:
    q = claim.quantity or r.quantity
    grain = f", last digit counts {_plain(q.grain)}" if q.grain and r.kind != "ordinal" else ""
    yield Part("number", f"{q.value:,f}", _style(sentence, r, q) + grain, sentence.words(*r.number))
    row = _BOUNDS.get(q.rule, f"row “{q.rule.replace('_', ' ')}” of the table of bounds")
    yield Part("bounds", _interval(q), row, q.modifier or "")
    if q.unit and r.kind != "ordinal":
        yield Part("unit", q.unit, _UNITS.get(r.kind, "the counted noun"))
    if claim.noun:
        if r.noun is None or r.noun.lemma != claim.noun:
            rule = "noun the number belongs to"
        elif r.kind == "ordinal":
            rule = "noun that is ranked"
        elif r.noun.score is None:
            rule = "noun behind the number, by rule: no doubt"
        else:
            ahead = r.noun.score / _RANKER_SCALE
            rule = f"noun behind the number, by the ranker: ahead of the next by {ahead:.1f}"
        yield Part("noun", claim.noun, rule, " ".join((*claim.noun_modifiers, claim.noun)))
    if r.trend:
        yield Part("trend", r.trend, "verb or noun of change around it")


def _style(sentence: Sentence, r: Reading, q: Quantity) -> str:
    """How the number is written."""
    first = sentence.tokens[r.number[0]]
    if r.kind == "ordinal":
        return "an ordinal in digits" if first.kind == "figure" else "an ordinal word"
    numeral = read_numeral(sentence.tokens, r.number[0])
    if numeral is None:
        return "a word for a factor" if r.kind == "ratio" else "a word for a part"
    style = "a vague number word" if numeral.style == "vague" else f"written in {numeral.style}"
    if numeral.scaled:
        style += ", with a scale"
    if r.low is not None and r.high is not None and r.low != r.high and q.rule == "range":
        style += ", two ends of a range"
    return style


def _plain(value: object) -> str:
    """A number without zeros behind its point."""
    written = f"{value:,f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def _interval(q: Quantity) -> str:
    if q.low is not None and q.low == q.high:
        return f"{q.low:,f}"
    low = "no lower bound" if q.low is None else f"{'above ' if q.low_open else 'from '}{q.low:,f}"
    high = "up" if q.high is None else f"{'below ' if q.high_open else 'to '}{q.high:,f}"
    return f"{low} {high}"


# ------------------------------------------------------------------ the act


def _verb_of(sentence: Sentence, claim: Claim, tokens: tuple[int, int]) -> Predicate | None:
    """The verb that makes an event, or that a date is the date of."""
    if claim.kind is not Kind.DATE:
        return next(
            (p for p in sentence.predicates if p.action == claim.action and tokens[0] <= p.verb < tokens[1]),
            None,
        )
    milestone = _MILESTONES.get(claim.action or "", {})
    known = {*milestone.get("verbs", ()), *milestone.get("passives", ())}
    known |= {phrase.split()[0] for phrase in milestone.get("phrases", ())}
    found = [p for p in sentence.predicates if p.base in known or p.action == claim.action]
    return min(found, key=lambda p: abs(p.verb - tokens[0]), default=None)


def _act(
    article: Article,
    sentence: Sentence,
    claim: Claim,
    framed: Frame | None,
    p: Predicate | None,
    tokens: tuple[int, int] | None,
) -> Iterator[Part]:
    verb = f"{p.form} verb “{p.base}”{_by_tag(sentence, p)}" if p else ""
    relation = _HOW.get(framed.relation, "") if framed else ""
    noun = _noun_of_act(sentence, claim, tokens) if tokens else None
    if claim.action and claim.kind is not Kind.QUOTATION:
        listed = "list of dates and deadlines" if claim.kind is Kind.DATE else "list of actions"
        if p is not None and (p.action == claim.action or claim.kind is Kind.DATE):
            yield Part("action", claim.action, f"{verb}, {listed}", sentence.words(p.first, p.last))
        elif noun is not None:
            yield Part("action", claim.action, f"noun of an act, {listed}", noun)
        elif framed is not None and framed.action == claim.action:
            yield Part("action", claim.action, f"{relation or 'words around it'}, {listed}")
        else:
            yield Part("action", claim.action, f"worked out by the extractor, {claim.rule}")
    elif framed is not None and p is not None:
        yield Part("no action", "-", f"{relation or 'near'}: {verb} is no action of the field")
    if claim.actor and claim.kind is not Kind.QUOTATION:
        rule, words = "words around it", ""
        if p is not None and p.subject:
            named = of_actor(article, sentence, *p.subject)
            if named is not None and named.name == claim.actor:
                rule = f"subject of “{sentence.words(p.verb, p.last)}”, known as {named.kind}"
                words = sentence.words(*p.subject)
        yield Part("actor", claim.actor, rule, words)
    if claim.object:
        party = f", belongs to {claim.object_party}" if claim.object_party else ""
        yield Part("object", claim.object, (relation or "noun phrase of the act") + party)
    if claim.place:
        yield Part("place", claim.place, "preposition of place and a name")


def _by_tag(sentence: Sentence, p: Predicate) -> str:
    """What to say of a verb that only its tag tells from a noun or an unknown word."""
    forms = forms_at(sentence.tokens, sentence.lows, p.verb)
    if forms and is_verb(sentence.tokens, sentence.lows, p.verb, forms):
        return ""
    return f" (a verb by its tag {sentence.tags[p.verb]}, by the tagger)"


def _noun_of_act(sentence: Sentence, claim: Claim, tokens: tuple[int, int]) -> str | None:
    """The noun in or before the claim that is made of the verb of its act: "the *expulsion* of"."""
    first = max(0, tokens[0] - _NOUN_OF_ACT_WITHIN)
    places = (*range(tokens[0], tokens[1]), *range(tokens[0] - 1, first - 1, -1))
    return next((sentence.words(k, k + 1) for k in places if _is_noun_of(sentence, k, claim)), None)


def _is_noun_of(sentence: Sentence, k: int, claim: Claim) -> bool:
    low = sentence.lows[k]
    if claim.kind is Kind.DATE:
        nouns = _MILESTONES.get(claim.action or "", {}).get("nouns", ())
        return any(low == noun.split()[0] for noun in nouns) or low == claim.action
    return NOMINALS.get(low) == claim.action


def _reality(sentence: Sentence, claim: Claim, p: Predicate | None) -> Iterator[Part]:
    if claim.status is not Status.DONE or claim.hedge:
        if p is not None and p.hedge and sentence.words(*p.hedge) == claim.hedge:
            rule = "words before the verb, list of hedges"
        else:
            rule = "the clause or the credit around it"
        yield Part("status", claim.status.value, rule, claim.hedge or "")
    if claim.negated:
        yield Part("negated", "yes", "a word of negation before the verb")


# ------------------------------------------------------------------ the credit


def _credit(article: Article, sentence: Sentence, claim: Claim, tokens: tuple[int, int]) -> Iterator[Part]:
    a = claim.attribution
    if a.mode is Mode.NONE:
        return
    source = " ← ".join(dict.fromkeys(a.chain())) or a.source_text or "nobody named"
    yield Part("source", f"{source} ({a.mode.value})", _mode(a.mode))
    there, credit = _where_credited(article, sentence, claim, tokens)
    if credit is None or a.span is None:
        rule = "words that credit nobody" if a.source is None else "carried on from the sentence before"
        yield Part("cue", a.cue or "-", rule)
        return
    cue = _cue_of(article, there, credit)
    if cue is None:
        rule = "list of reporting words"
    else:
        rule = f"class {cue.kind}, a credit {cue.grade} times of ten; "
        rule += f"weighed {cue.weight:.1f} by its circumstances"
    if there is not sentence:
        rule += ", in a sentence beside it"
    yield Part("cue", a.cue or "-", rule)
    tokens_of_source = _tokens_of(there, a.span)
    if tokens_of_source is not None:
        named = of_speaker(article, there, *tokens_of_source)
        how = _FOUND.get(cue.subject.how, "") if cue is not None and cue.subject else "beside the cue"
        kind = "person" if a.source in article.people.by_name else named.kind if named else "words"
        known = f"known as {kind}" if kind != "words" else "known by these words only"
        yield Part("speaker", a.source or "nobody named", f"{how}, {known}", a.source_text or "")


def _mode(mode: Mode) -> str:
    return {
        Mode.DIRECT: "in quotation marks",
        Mode.PARAPHRASE: "in the words of the article",
        Mode.UNNAMED: "nobody is named",
    }.get(mode, "")


def _where_credited(
    article: Article, sentence: Sentence, claim: Claim, tokens: tuple[int, int]
) -> tuple[Sentence, Credit | None]:
    """The sentence that holds the credit of a claim, and the credit."""
    credit = credit_of(sentence, *tokens)
    if credit is not None and credit.attribution.span == claim.attribution.span:
        return sentence, credit
    near = article.sentences[max(0, sentence.at - _CREDIT_WITHIN) : sentence.at + _CREDIT_WITHIN + 1]
    for other in sorted(near, key=lambda s: abs(s.at - sentence.at)):
        for credit in other.credits:
            if credit.attribution.span is not None and credit.attribution.span == claim.attribution.span:
                return other, credit
    return sentence, None


def _cue_of(article: Article, sentence: Sentence, credit: Credit) -> Cue | None:
    """The weighed candidate that made a credit: the one with its words, the nearest to its source."""
    _, cues = read_cues(article, sentence)
    words = (credit.attribution.cue or "").split()
    at = credit.attribution.span.start if credit.attribution.span else sentence.span.start
    same = [cue for cue in cues if words and sentence.tokens[cue.head].low == words[0].lower()]
    return min(same, key=lambda cue: abs(sentence.tokens[cue.head].start - at), default=None)


# ------------------------------------------------------------------ times


def _time(article: Article, sentence: Sentence, name: str, when: When) -> Part:
    if when.start is None:
        days = "unresolved"
    elif when.start == when.end:
        days = when.start.isoformat()
    else:
        days = f"{when.start} to {when.end}"
    there, time = _where_told(article, sentence, when)
    if time is None:
        return Part(name, days, "worked out from the times around it", when.text)
    told = f"pattern {_pattern(there, time)}, {time.type} {time.value}".rstrip()
    return Part(name, days, f"{told}, {_anchor(article, there, time, when)}", when.text)


def _where_told(article: Article, sentence: Sentence, when: When) -> tuple[Sentence, TimeExpression | None]:
    """The sentence that a time stands in, and the time as read there."""
    near = article.sentences[max(0, sentence.at - _CREDIT_WITHIN) : sentence.at + _CREDIT_WITHIN + 1]
    for there in near:
        if there.span.start <= when.span.start < there.span.end:
            for time in there.all_times:
                if there.chars(time.first, time.last).overlaps(when.span):
                    return there, time
    return sentence, None


def _pattern(sentence: Sentence, time: TimeExpression) -> str:
    """The name of the pattern that matches the words of a time, or the list that holds them."""
    kinds = kinds_of(sentence.tokens)
    matches = [
        (m.end(), p.reader)
        for p in BY_START.get(kinds[time.first], ())
        if (m := p.expression.match(kinds, time.first)) and m.end() <= time.last
    ]
    if not matches:
        return "list of holidays and vague times"
    longest = max(end for end, _ in matches)
    return next(reader for end, reader in matches if end == longest)


def _anchor(article: Article, sentence: Sentence, time: TimeExpression, when: When) -> str:
    """What a time is reckoned from, and which way."""
    words = [t.low for t in sentence.tokens[time.first : time.last]]
    if time.value[:4].isdigit() and time.value[:4] in words:
        return "written in full"
    if when.start is None and article.published is None:
        return "no publication date"
    anchor = "the date told before it" if not FROM_TOLD.isdisjoint(words) else f"{article.published}"
    way = direction(sentence.tokens, time.first, time.last)
    return f"reckoned from {anchor}" + (f", {way} by its clause" if way else "")
