"""Which claims answer the same question.

A question is who, does what, to what, measured how, where and when; the answer (the value) is left out, or
conflicting answers would never meet. Two claims are compared only by what they, their sentences and their
articles say, so the result does not depend on what else is stored. There are two ways to a link:

- the claims spell out one question by themselves (:mod:`claims.engine.spelled_out`), in whatever articles;
- two articles tell one story, and the numbers stand in them so alike that they are most likely the same
  (:mod:`claims.engine.evidence`, weighed as learnt from labelled pairs: :mod:`claims.engine.weighing`). There
  agreement of the values is evidence, the more the rarer the number; conflicting ones link on the rest.
"""

from __future__ import annotations

from datetime import timedelta

from claims.engine.asking import label
from claims.engine.dimensions import dimension
from claims.engine.evidence import count_people, evidence, same_value, view
from claims.engine.names_alike import compatible
from claims.engine.pointing import is_pointed
from claims.engine.questions import (
    SHORT_QUOTATION,
    Question,
    action_class,
    head,
    lexicon,
    noun_class,
    question,
)
from claims.engine.records import Claim, Kind, Link, PlacedClaim, ReferenceValue
from claims.engine.spelled_out import at_odds, days_between, gap, out_of_time, places_apart, spelled_out
from claims.engine.stories import same_story
from claims.engine.weighing import besides_values, probability, told
from claims.engine.wording import align, content, stem, words

__all__ = ["answers", "compare", "compatible", "contradict", "days_between", "gap", "label"]

#: How likely it must be that two numbers of one story are one before they are linked.
ENOUGH = 0.5
#: Two numbers of one story that are less likely the same contradict each other.
_UNLIKELY = 0.1
#: How alike two articles must be to tell one story: nearly all pairs of one event are (benchmarks/data), and
#: the rest of the evidence decides. Published further apart, they must be more alike.
_STORY, _LATE_STORY = 0.05, 0.3
_NEWS = 21  # days
_LATE = 0.9

#: Words from which two quotations that share so much of them were said once, whoever is credited, within so
#: many days.
SAID_ONCE, SAID_ONCE_ALIKE, _REPEATED = 8, 0.9, 30
#: Share of the shorter quotation's words that must stand, in order, in the longer one.
QUOTED_ALIKE = 0.8


def compare(a: PlacedClaim, b: PlacedClaim) -> Link | None:
    """Whether two claims answer the same question: a score in (0, 1] and the reasons in words, or None.

    Symmetric; depends on nothing but the two claims, their sentences and their articles. Where the claims
    spell out one question, the values do not decide; between articles on one story they are evidence like
    the rest. ``besides_values`` of the link is the score without them: a check that is about to hold two
    values against each other should ask for it, or the values would be witnesses in their own case.
    """
    if _same_sentence(a, b):
        return None  # nobody answers one question twice in one sentence
    if Kind.QUOTATION in (a.claim.kind, b.claim.kind):
        return _compare_quotations(a, b)
    found = spelled_out(a, b)
    if found is not None:
        score, reasons = found
        if in_one_story(a, b) and not excluded(a, b):
            # on one scale with the other links of the story
            score = max(score, probability(evidence(a, b)) * _freshness(a, b))
        return Link(round(score, 3), (*reasons, *_values_in_words(a.claim, b.claim)), round(score, 3))
    return _compare_in_story(a, b) if in_one_story(a, b) else None


def contradict(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two claims cannot answer one question, whatever else they share: not even by way of a third.

    Symmetric. False for two that are not linked merely because too little is named.
    """
    if _same_sentence(a, b):
        return a.claim.kind is b.claim.kind  # an act and its figure are told in one sentence
    if Kind.QUOTATION in (a.claim.kind, b.claim.kind):
        speakers = (a.claim.attribution.source, b.claim.attribution.source)
        known = bool(speakers[0] and speakers[1])
        if a.claim.kind is not b.claim.kind:
            return True
        return known and not compatible(*speakers) and not _one_utterance(a, b)  # type: ignore[arg-type]
    if not at_odds(a, b):
        return False
    return not in_one_story(a, b) or excluded(a, b) or probability(evidence(a, b)) < _UNLIKELY


def _same_sentence(a: PlacedClaim, b: PlacedClaim) -> bool:
    one_text = a.article.key == b.article.key and a.claim.headline == b.claim.headline
    return one_text and a.claim.sentence.overlaps(b.claim.sentence)


# ---------------------------------------------------------------------- numbers of one story


def in_one_story(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two numbers stand in different articles that may tell one story."""
    if a.article.key == b.article.key or a.claim.quantity is None or b.claim.quantity is None:
        return False
    apart = days_between(a.article.published, b.article.published)
    return same_story(a.article, b.article) >= (_STORY if (apart or 0) <= _NEWS else _LATE_STORY)


def excluded(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two numbers of one story cannot be one, however alike their sentences are. Symmetric."""
    p, q = question(a.claim), question(b.claim)
    return (
        _others_act(a, b, p, q)
        or _other_sort(a, b, p, q)
        or bool(p.party and q.party and not compatible(p.party, q.party))
        or bool((p.grade or q.grade) and p.grade != q.grade)  # 20 percent, 60 percent, and the whole
        # "31 new interceptors" are none of "44 ground-based interceptors"
        or (p.adds != q.adds and bool(p.narrowed or q.narrowed))
        or (
            not (p.is_sudden or q.is_sudden or is_pointed(a.claim) or is_pointed(b.claim))
            and out_of_time(a, b)
        )
        or (not same_value(a.claim, b.claim) and (_other_thing(a, b, p, q) or _elsewhere(a, b)))
    )


def _others_act(a: PlacedClaim, b: PlacedClaim, p: Question, q: Question) -> bool:
    """Whether somebody else acts: 10 diplomats Norland expelled, 10 of Norland's expelled in turn.

    Of an attack that is disputed, and not asked. Who acts is told surely enough of states, and of counts the
    engine reads by itself.
    """
    if not (p.actor and q.actor) or p.is_sudden or q.is_sudden or compatible(p.actor, q.actor):
        return False
    parties = lexicon().parties
    return (p.actor in parties and q.actor in parties) or _counts(a, b)


def _counts(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether both are counts that the engine reads by itself."""
    return a.claim.kind is b.claim.kind is Kind.COUNT and not (is_pointed(a.claim) or is_pointed(b.claim))


def _other_sort(a: PlacedClaim, b: PlacedClaim, p: Question, q: Question) -> bool:
    """Whether one tells what is allowed and the other what there is, or another act of the field is counted.

    Those killed in an attack may be told as those it hit: of sudden acts that is left to the rest.
    """
    if not (p.action and q.action) or p.action == q.action:
        return False
    if "restrict" in (p.action, q.action):
        return True
    known = p.action in lexicon().days and q.action in lexicon().days
    return known and _counts(a, b) and not (p.is_sudden or q.is_sudden)


def _other_thing(a: PlacedClaim, b: PlacedClaim, p: Question, q: Question) -> bool:
    """Whether two numbers that differ are of a part and its whole, of a limit and what there is, or of things
    called by other nouns."""
    part = p.is_part != q.is_part and not (p.is_sudden and q.is_sudden)
    if part or (p.action == "restrict") != (q.action == "restrict"):
        return True
    x, y = view(a), view(b)
    return (
        p.kind is q.kind is Kind.COUNT
        and bool(p.noun and q.noun)
        and p.noun != q.noun
        and not (count_people(p.noun) and count_people(q.noun))
        and p.noun not in y.beside
        and q.noun not in x.beside
    )


def _elsewhere(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two claims are of two places; of a number somebody pointed at the place is too unsure."""
    p, q = question(a.claim), question(b.claim)
    sudden = p.is_sudden and q.is_sudden  # villages and districts of one attack: left to the rest
    return not (sudden or is_pointed(a.claim) or is_pointed(b.claim)) and places_apart(a, b)


def _freshness(a: PlacedClaim, b: PlacedClaim) -> float:
    """What a late retelling takes off a link, so that the figures of the days themselves meet first."""
    apart = days_between(a.article.published, b.article.published)
    return _LATE if (apart or 0) > _NEWS else 1.0


def _compare_in_story(a: PlacedClaim, b: PlacedClaim) -> Link | None:
    if excluded(a, b):
        return None
    found = evidence(a, b)
    score = probability(found)
    if score < ENOUGH:
        return None
    reasons = told(found, view(a), view(b), a, b)
    return Link(
        round(score * _freshness(a, b), 3),
        (*reasons, *_values_in_words(a.claim, b.claim)),
        round(besides_values(found), 3),
    )


# ---------------------------------------------------------------------- values, quotations, references


def _values_in_words(a: Claim, b: Claim) -> tuple[str, ...]:
    if not (a.quantity and b.quantity and a.quantity.unit == b.quantity.unit):
        return ()
    if a.quantity.meets(b.quantity):
        return ("values agree",)
    low, high = sorted((a.quantity.value, b.quantity.value))
    return (f"values differ: {low:,f} and {high:,f}",)


def _one_utterance(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two quotations are so long and so alike, so soon after each other, that they were said once."""
    if min(len(words(x.claim.quote, insertions=False)) for x in (a, b)) < SAID_ONCE:
        return False
    apart = days_between(a.article.published, b.article.published)
    return (apart or 0) <= _REPEATED and align(a.claim.quote, b.claim.quote).share >= SAID_ONCE_ALIKE


def _compare_quotations(a: PlacedClaim, b: PlacedClaim) -> Link | None:
    if a.claim.kind is not b.claim.kind:
        return None
    speakers = (a.claim.attribution.source, b.claim.attribution.source)
    alignment = align(a.claim.quote, b.claim.quote)
    shorter = min(len(words(x.claim.quote, insertions=False)) for x in (a, b))
    if all(speakers) and not compatible(*speakers):  # type: ignore[arg-type]
        # So many words in a row are said once: then one of the two names is wrong, or misread.
        if not _one_utterance(a, b):
            return None
        speakers = (None, None)
    if shorter < SHORT_QUOTATION:
        # "We are ready" is said every week: short words need the same speaker, soon after.
        apart = days_between(a.article.published, b.article.published)
        if alignment.share < 1 or alignment.differences or not all(speakers) or (apart or 0) > 7:
            return None
    elif alignment.share < QUOTED_ALIKE:
        return None
    reasons = [f"same words: {alignment.matched} in order"]
    if all(speakers):
        reasons.insert(0, f"same speaker: {max(filter(None, speakers), key=lambda x: (len(x), x))}")
    return Link(round(min(alignment.share, 1.0), 3), tuple(reasons))


def answers(claim: Claim, reference: ReferenceValue) -> bool:
    """Whether an authority's value or dated event speaks about what the claim speaks about.

    Everything the reference names (actor, action, every word of its object, unit) must be met by the claim;
    what the claim leaves unsaid is not met. A dated event more than three months from the claim's own date is
    another event of the same sort.
    """
    q = question(claim)
    if claim.kind is Kind.QUOTATION:
        return False
    if reference.actor and not (q.actor and compatible(q.actor, reference.actor)):
        return False
    if reference.action and q.action != action_class(reference.action):
        return False
    if reference.object and not _is_about(claim, q.noun, reference.object):
        return False
    if reference.kind == "value":
        unit = claim.quantity.unit if claim.quantity else ""
        if reference.unit and unit != reference.unit:
            measures = dimension(unit)
            if measures is None or measures != dimension(reference.unit):
                return False
        return bool(claim.quantity and (reference.object or reference.actor))
    stated = claim.when
    if stated and stated.start and stated.end and reference.start:
        day = timedelta(days=92)
        last = reference.end or reference.start
        if stated.end < reference.start - day or stated.start > last + day:
            return False
    return bool(reference.action or reference.object)


def _is_about(claim: Claim, noun: str, phrase: str) -> bool:
    """Whether a claim is about what a phrase names: the same head noun, and each of its other words met."""
    said = content(
        claim.quote, claim.measured, claim.object, claim.object_party, claim.noun, *claim.noun_modifiers
    )
    wanted, last = content(phrase), head(phrase)
    if noun and noun != noun_class(last, wanted) and stem(last) not in said:
        return False
    return all(any(_kin(x, y) for y in said) for x in wanted - {stem(last)})


def _kin(x: str, y: str) -> bool:
    """Whether two words are one name in two forms ("russia", "russian"): their beginnings agree."""
    if x == y:
        return True
    length = max(4, min(len(x), len(y)) - 1)
    return len(x) >= 4 and len(y) >= 4 and x[:length] == y[:length]
