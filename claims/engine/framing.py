"""Who does what to whom, where, when and how surely: the frame around a number or an act.

A number is governed by the verb it is the object of ("expelled ten diplomats"), the verb whose subject it
is ("ten diplomats were expelled"), or a noun of an act before it ("the expulsion of ten diplomats").
Everything is read from the one sentence, within the clause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from claims.engine import lexicons
from claims.engine.article import Article, Credit, Sentence
from claims.engine.dates import TimeExpression
from claims.engine.places import place_of
from claims.engine.predicates import Predicate, is_adverb
from claims.engine.records import Attribution, Mode, Status, When
from claims.engine.tokens import HYPHENS, touching
from claims.engine.verbs import ACTION_OF_FORM, ACTIONS, FORMS, NOMINALS
from claims.engine.who import Named, of_actor

_LISTS = lexicons.grammar("framing")

_OPENERS = lexicons.words("clause_openers")
_PREPOSITIONS = lexicons.words("prepositions")
_DETERMINERS = lexicons.words("determiners")
_AUXILIARIES = frozenset(lexicons.load("hedges")["auxiliaries"])
_REPORTING = frozenset(lexicons.load("reporting")["verbs"]["plain"])
_COUNTING = frozenset(lexicons.load("reporting")["verbs"]["counting"])
_ALLEGED = frozenset(lexicons.load("hedges")["alleged"])
_LIGHT = frozenset(lexicons.load("words")["verbs"]["light"])
_UNNAMED_PHRASES: dict[str, list[list[str]]] = {}
for _phrase in lexicons.load("reporting")["phrases"]["unnamed"]:
    _UNNAMED_PHRASES.setdefault(_phrase.split()[0], []).append(_phrase.split())
#: How far before a claim its "if" is looked for, in words.
_NEAR = 40
_CAUSATIVE = _LISTS["causative"]
_STOPS_AGENT = _LISTS["stops_agent"]
_AROUND_NUMBERS = _LISTS["around_numbers"]
_BEFORE_OBJECT = _LISTS["before_object"]


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
    if status in (Status.DONE, Status.PLANNED) and _conditional_clause(sentence, first, predicate):
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


def govern(
    sentence: Sentence, first: int, last: int
) -> tuple[Predicate | None, str, str | None, tuple[int, int] | None]:
    """(the verb, how it governs, its action, the tokens of who acts when the verb's own subject does not)."""
    left = right = None
    for p in sentence.predicates:
        if p.last <= first:
            left = p
        elif p.first >= last and right is None and p.subject and p.subject[0] < last and first < p.subject[1]:
            right = p
    nominal = _nominal_before(sentence, first)
    state = _state_after(sentence, last)
    if (
        right is not None
        and right.relative
        and left is not None
        and left.action
        and _reaches(sentence, left, first)
    ):
        right = None
    if right is not None and not _heads_subject(sentence, right, first):
        right = None
    if right is not None:
        if right.form == "reduced" and not right.action:
            # "weapons declared by Syria had been destroyed": what happened to them is the verb behind
            own = [p for p in sentence.predicates if p.first > right.last and p.subject == right.subject]
            right = own[0] if own and not own[0].shared else right
        if right.form in ("passive", "reduced"):
            by = by_phrase(sentence, right)
            if (
                by is None
                and right.form == "reduced"
                and left is not None
                and _adjacent(sentence, left, first)
                and (left.base in _CAUSATIVE or left.action == "possess")  # "holds 20 kg enriched to ..."
            ):
                return (
                    replace(right, status=left.status, hedge=left.hedge, form="active"),
                    "object",
                    right.action,
                    left.subject,
                )
            return right, "subject", right.action, by
        if right.action and right.base in ACTIONS[right.action].intransitive:
            return right, "subject", right.action, None
        if (
            left is not None
            and left.base in _CAUSATIVE
            and right.first == last
            and right.form == "active"
            and _adjacent(sentence, left, first)
            and "participle" in FORMS.get(sentence.lows[right.verb], {"participle"})
        ):
            return (
                replace(right, status=left.status, hedge=left.hedge),
                "object",
                right.action,
                left.subject,
            )  # "leaving eight people injured"
        if left is None or not left.action or not _adjacent(sentence, left, first):
            return right, "actor", right.action, (first, last)
    if state:
        return left if left is not None and _reaches(sentence, left, first) else None, "state", state, None
    if nominal:
        noun_at, action = nominal
        governor = left if left is not None and _reaches(sentence, left, noun_at) else None
        agent = _nominal_agent(sentence, noun_at)
        if agent is None and governor is not None and governor.base in _LIGHT and governor.subject:
            agent = governor.subject
        return governor, "nominal", action, agent or (0, 0)
    if left is not None and _reaches(sentence, left, first):
        if left.form in ("passive", "reduced"):
            return left, "complement", None, None  # "killed in five raids": the raids are not killed
        return left, "object", left.action, None
    return None, "", None, None


def _heads_subject(sentence: Sentence, p: Predicate, first: int) -> bool:
    """Whether a number is the subject itself, not inside it: "attacks on 12 bases" is about attacks."""
    k = first - 1
    while k >= 0 and sentence.lows[k] in _DETERMINERS:
        k -= 1
    if k < 0 or p.subject is None or k < p.subject[0]:
        return True
    return (
        sentence.lows[k] not in _PREPOSITIONS
        or sentence.lows[k] in ("including", "than", "as")
        or any(t.first <= k < t.last for t in sentence.times)
    )


def _adjacent(sentence: Sentence, p: Predicate, first: int) -> bool:
    """Whether only small words stand between a verb and a number."""
    gap = sentence.lows[p.last : first]
    return len(gap) <= 5 and all(w in _DETERMINERS or w in _BEFORE_OBJECT or is_adverb(w) for w in gap)


def _reaches(sentence: Sentence, p: Predicate, first: int) -> bool:
    """Whether a number can still be the object of a verb before it: no new clause between."""
    gap = sentence.lows[p.last : first]
    if len(gap) > 24:
        return False
    for offset, low in enumerate(gap):
        k = p.last + offset
        if low in (";", ":") or sentence.tokens[k].key in '"“”':
            return False
        if low in _OPENERS and low not in ("as", "since", "so"):
            return False
        if low == "," and _inserted(sentence, p):
            return False  # "The deal, which Congress could block, includes 40 launchers"
        if (
            low == ","
            and offset + 1 < len(gap)
            and gap[offset + 1] in ("and", "but")
            and any(q.verb > k for q in sentence.predicates if q.verb < first)
        ):
            return False
    return True


def _inserted(sentence: Sentence, p: Predicate) -> bool:
    """Whether a verb stands in a clause with which or who between commas, told of somebody else's act."""
    for k in range(p.first - 1, max(p.first - 7, 0), -1):
        if sentence.lows[k] in ("which", "whom"):
            return sentence.lows[k - 1] == "," and k < p.first - 1
        if sentence.tokens[k].kind == "sign":
            return False
    return False


def by_phrase(sentence: Sentence, p: Predicate) -> tuple[int, int] | None:
    """The tokens after "by" behind a passive verb, a day or a means left out."""
    for k in range(p.last, min(p.last + 12, len(sentence.lows))):
        low = sentence.lows[k]
        if low == "by":
            end = k + 1
            while end < len(sentence.lows) and end - k < 12:
                t = sentence.tokens[end]
                if (
                    (t.kind == "sign" and not (t.key in HYPHENS and touching(sentence.tokens, end)))
                    or (t.low in _PREPOSITIONS and end > k + 1)
                    or t.low in _OPENERS
                    or t.low in _AUXILIARIES
                    or any(time.first == end for time in sentence.times)
                ):
                    break
                end += 1
            if (
                end > k + 1
                and sentence.tokens[k + 1].kind == "word"
                and not sentence.lows[k + 1].endswith("ing")
            ):
                return k + 1, end
            return None
        if low in _OPENERS or (low in (",", ";", "and") and low != ","):
            return None
    return None


def _nominal_before(sentence: Sentence, first: int) -> tuple[int, str] | None:
    """A noun of an act right before a number: "the expulsion of", "sanctions on", "the deaths of"."""
    k = first - 1
    while k > 0 and (sentence.lows[k] in _DETERMINERS or sentence.lows[k] in _AROUND_NUMBERS):
        k -= 1
    if k < 1 or sentence.lows[k] not in ("of", "on", "against", "for", "to"):
        return None
    for j in (k - 1, k - 2):
        if j >= 0 and sentence.lows[j] in NOMINALS and sentence.tokens[j].kind == "word":
            if sentence.lows[k] in ("for", "to", "on") and NOMINALS[sentence.lows[j]] not in (
                "sanction",
                "attack",
                "ban",
                "restrict",
            ):
                return None
            return j, NOMINALS[sentence.lows[j]]
    return None


def _nominal_agent(sentence: Sentence, noun_at: int) -> tuple[int, int] | None:
    """Who acts in "Russia's expulsion of", "the expulsion by Russia of"."""
    k = noun_at - 1
    while (
        k > 0
        and sentence.tokens[k].kind == "word"
        and sentence.lows[k] not in _STOPS_AGENT
        and noun_at - k < 4
    ):
        k -= 1
    if k > 0 and sentence.lows[k] == "'s":
        for m in sentence.mentions:
            if m.last == k:
                return m.first, m.last
    for m in sentence.mentions:
        if m.last == noun_at and m.kind in ("state", "demonym", "group", "body"):
            return m.first, m.last
    return None


def _state_after(sentence: Sentence, last: int) -> str | None:
    """ "29 rebels dead", "left 12 people wounded"."""
    k = last
    if k < len(sentence.lows) and sentence.lows[k] in ("were", "are") and k + 1 < len(sentence.lows):
        k += 1
    if k < len(sentence.lows) and sentence.lows[k] in ("dead", "wounded", "injured", "missing"):
        return NOMINALS.get(sentence.lows[k])
    if sentence.lows[k : k + 1] == ["among"]:
        # "were among the 12 people killed"
        for j in range(k + 1, min(k + 6, len(sentence.lows))):
            action = ACTION_OF_FORM.get(sentence.lows[j]) or NOMINALS.get(sentence.lows[j])
            if action and ACTIONS[action].takes_people:
                return action
    return None


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


def _conditional_clause(sentence: Sentence, first: int, predicate: Predicate | None) -> bool:
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


_NO_DIVIDERS = frozenset({"as", "since", "so", "before", "after", "that"})


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
    return (sentence.when(happened) if happened else None), (sentence.when(reported) if reported else None)


#: "the 2015 deal": the year tells which, not when something else was done.
_DATED_PAPERS = frozenset(
    {"deal", "treaty", "agreement", "accord", "pact", "convention", "resolution", "protocol"}
)


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
        if best is None or distance < best[0]:
            best = (distance, time)
    return best[1] if best else None


def _shared_with(sentence: Sentence, predicate: Predicate | None, time: TimeExpression) -> bool:
    """Whether a time stands with the first of verbs joined by "and", whose subject they share."""
    if predicate is None or not predicate.shared:
        return False
    return predicate.subject is not None and predicate.subject[1] <= time.first <= predicate.first
