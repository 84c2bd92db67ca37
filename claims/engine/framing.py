"""Who does what to whom, where, when and how surely: the frame around a number or an act.

A number is governed by the verb it is the object of ("expelled ten diplomats"), the verb whose subject it
is ("ten diplomats were expelled"), or a noun of an act before it ("the expulsion of ten diplomats").
Everything is read from the one sentence, within the clause.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from claims.engine import lexicons
from claims.engine.article import Article, Credit, Sentence
from claims.engine.governing import govern
from claims.engine.places import place_of
from claims.engine.predicates import Predicate
from claims.engine.records import Attribution, Mode, Status, When
from claims.engine.timing import times_of
from claims.engine.who import Named, of_actor

_REPORTING = frozenset(lexicons.load("reporting")["verbs"]["plain"])
_COUNTING = frozenset(lexicons.load("reporting")["verbs"]["counting"])
_ALLEGED = frozenset(lexicons.load("hedges")["alleged"])
_UNNAMED_PHRASES: dict[str, list[list[str]]] = {}
for _phrase in lexicons.load("reporting")["phrases"]["unnamed"]:
    _UNNAMED_PHRASES.setdefault(_phrase.split()[0], []).append(_phrase.split())
_WANTING = lexicons.grammar("framing")["wanting"]
#: How far before a claim its "if" is looked for, in words.
_NEAR = 40


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds a claim; every field may be empty."""

    action: str | None = None
    actor: Named | None = None
    predicate: Predicate | None = None
    relation: str = ""  # object, subject, nominal, state
    status: Status = Status.DONE
    hedge: str | None = None
    negated: bool = False
    when: When | None = None
    reported_when: When | None = None
    place: str | None = None
    attribution: Attribution = field(default_factory=Attribution)


def frame(article: Article, sentence: Sentence, first: int, last: int) -> Frame:
    """The frame around tokens ``first``..``last`` (exclusive) of a sentence."""
    predicate, relation, action, agent = govern(sentence, first, last)
    actor = None
    if agent is not None:
        actor = of_actor(article, sentence, *agent)
    elif (
        predicate is not None
        and relation in ("object", "nominal")
        and predicate.form in ("active", "infinitive", "ing")
        and (action or predicate.base not in _REPORTING - _COUNTING)  # who says it does not do it
        and predicate.subject
    ):
        actor = of_actor(article, sentence, *predicate.subject)
    status, hedge, negated = Status.DONE, None, False
    if predicate is not None:
        status, negated = predicate.status, predicate.negated
        if predicate.hedge:
            hedge = sentence.words(*predicate.hedge)
        if status is Status.DONE and relation == "object" and predicate.base in _WANTING and not action:
            status, hedge = Status.PLANNED, sentence.words(predicate.first, predicate.last)
    credit = credit_of(sentence, first, last)
    attribution = credit.attribution if credit else Attribution()
    if credit and status is Status.DONE:
        if credit.alleging:
            status = Status.ALLEGED
        elif credit.denying:
            status = Status.DENIED
    if attribution.mode is Mode.NONE:
        cue = _unnamed_cue(sentence, predicate)
        if cue:
            attribution = Attribution(Mode.UNNAMED, cue=cue)
            if status is Status.DONE:
                status = Status.ALLEGED
    if status in (Status.DONE, Status.PLANNED) and conditional_clause(sentence, first, predicate):
        status = Status.CONDITIONAL
    elif status is Status.CONDITIONAL and _says_it_would(sentence, predicate, actor, attribution):
        status = Status.PLANNED
    when, reported = times_of(sentence, first, last, predicate, credit, attribution)
    return Frame(
        action,
        actor,
        predicate,
        relation,
        status,
        hedge,
        negated,
        when,
        reported,
        place_of(sentence, first, last),
        attribution,
    )


# ------------------------------------------------------------------ the governing verb


# ------------------------------------------------------------------ credit, doubt, time and place


def credit_of(sentence: Sentence, first: int, last: int) -> Credit | None:
    """The narrowest credit that covers the tokens; inside a quotation the speaker is quoted directly."""
    found: Credit | None = None
    for credit in sentence.credits:
        if (
            credit.first <= first
            and last <= credit.last
            and (found is None or credit.last - credit.first < found.last - found.first)
        ):
            found = credit
    if found is not None:
        start = sentence.tokens[first].start
        if any(q.outer.start <= start < q.outer.end for q in sentence.quoted):
            return replace(found, attribution=replace(found.attribution, mode=Mode.DIRECT))
    return found


def _unnamed_cue(sentence: Sentence, predicate: Predicate | None) -> str | None:
    """The words by which something "was reported", by nobody, or None."""
    if predicate is not None and predicate.hedge:
        chain = sentence.lows[predicate.first : predicate.last]
        for k, low in enumerate(chain):
            if (low in _ALLEGED and low not in ("accused", "said")) or (
                low == "said" and chain[k - 1 : k] and chain[k - 1] in ("is", "are", "was", "were", "been")
            ):
                if low.endswith("ly"):
                    return sentence.words(predicate.first + k, predicate.first + k + 1)
                start = predicate.first
                while start < predicate.first + k and sentence.lows[start] in ("also",):
                    start += 1
                return sentence.words(start, predicate.first + k + 1)
    if sentence.unnamed is None:
        sentence.unnamed = _unnamed_phrase(sentence)
    return sentence.unnamed or None


def _unnamed_phrase(sentence: Sentence) -> str:
    """The first phrase of the sentence that credits nobody ("it is believed"), or ""."""
    for k, low in enumerate(sentence.lows):
        for words in _UNNAMED_PHRASES.get(low, ()):
            if sentence.lows[k : k + len(words)] == words and (len(words) > 2 or low == "reportedly"):
                return sentence.words(k, k + len(words))
    return ""


def _says_it_would(
    sentence: Sentence, predicate: Predicate | None, actor: Named | None, attribution: Attribution
) -> bool:
    """Whether a "would" only reports a plan: "Berlin said it would deliver", told by who is to act."""
    if predicate is None or predicate.hedge is None or attribution.mode is Mode.NONE:
        return False
    chain = sentence.lows[predicate.first : predicate.verb]
    if "would" not in chain or not {"could", "might", "may"}.isdisjoint(chain) or "if" in sentence.lows:
        return False
    subject = sentence.lows[slice(*predicate.subject)] if predicate.subject else []
    own = actor is not None and actor.name == attribution.source
    return own or (subject in (["it"], ["he"], ["she"], ["they"], ["we"]) and predicate.action is not None)


def conditional_clause(sentence: Sentence, first: int, predicate: Predicate | None) -> bool:
    """Whether what stands at token ``first`` hangs on an "if" or "unless" of its sentence."""
    opening = next((k for k, t in enumerate(sentence.tokens[:2]) if t.kind == "word"), 0)
    if sentence.lows[opening] in ("if", "unless") and predicate is not None:
        # "If the truce holds, the sides will ...": what stands behind its comma hangs on it
        ends = next((k for k, low in enumerate(sentence.lows) if low == ","), 0)
        chain = sentence.lows[predicate.first : predicate.verb]
        if ends and ends < predicate.first < first + 1 and not {"will", "shall", "'ll"}.isdisjoint(chain):
            return True
    if predicate is not None and predicate.hedge is not None:
        return False
    for k in range(first - 1, max(first - 1 - _NEAR, -1), -1):
        if sentence.lows[k] in (",", ";"):
            return False
        if sentence.lows[k] in ("if", "unless"):
            return True
    return False
