"""Acts of the field without a number of their own: "the expulsion of US diplomatic mission staff".

The verb (or the noun made of it) must be an action marked as an event in lexicons/actions.toml, and
somebody known must act or be acted upon. A clause whose count or sum already carries the act makes no
second claim.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.extractors.registry import extractor
from claims.engine.framing import Frame, conditional_clause, credit_of
from claims.engine.governing import by_phrase, govern
from claims.engine.making import named, noun_of, words_of_action
from claims.engine.nouns import THINGS, modifying_words, singular
from claims.engine.phrases import entities, party_in, plain_phrase, rest_of_clause
from claims.engine.places import place_of
from claims.engine.predicates import Predicate, is_adverb
from claims.engine.records import Attribution, Claim, Kind, Mode, Status
from claims.engine.timing import times_of
from claims.engine.tokens import HYPHENS, hyphenated
from claims.engine.verbs import ACTIONS, NOMINALS, PARTICLES
from claims.engine.who import Named, of_actor

_LISTS = lexicons.grammar("event")

_LIGHT = frozenset(lexicons.load("words")["verbs"]["light"])
_DETERMINERS = lexicons.words("determiners")
_PREPOSITIONS = lexicons.words("prepositions")
#: Objects that make an idiom of an action verb.
_LONGEST_SUBJECT = 7  # words; more are two phrases that lost their punctuation
_NO_OBJECT = _LISTS["no_object"]
_FIELD = _LISTS["field"]
#: What joins the noun of an act to what is acted upon.
_JOINTS = frozenset({"of", "on", "against", "from"})
_ACTS_ON = frozenset({"sanction", "ban", "restrict", "suspend"})
#: Acts done every day to what is not of the field: their object must be of it, whoever acts.
_LOOSE = frozenset({"deliver", "release", "launch", "close", "sell", "deploy", "withdraw", "send"})
#: Acts upon a paper, which "it" stands for.
_PAPER_ACTS = frozenset({"sign", "ratify", "extend", "suspend", "violate", "resume"})
_ABSTRACT, _CONTAINERS = _LISTS["abstract"], _LISTS["containers"]
_ABSTRACT_ENDINGS = ("ity", "ness", "ship", "ism", "ility", "hood")
_ENDED = _LISTS["ended"]
_HOURS = frozenset({"dawn", "noon", "midday", "dusk", "night", "midnight"})
_BEFORE_NOUN = _LISTS["before_noun"]
_UNREAL, _UNREAL_WORDS = _LISTS["unreal"], _LISTS["unreal_words"]


@extractor
def event(article: Article, sentence: Sentence) -> Iterator[Claim]:
    """A claim for every act of the field in a sentence that no number carries."""
    carried = {
        governed[0].verb
        for r in sentence.readings
        if r.kind in ("count", "money", "measure", "bare")
        for governed in [govern(sentence, r.first, r.last)]
        if governed[0] is not None
    }
    nouns_carried = _nouns_carried(sentence)
    for predicate in sentence.predicates:
        if predicate.verb in carried or _quoted(sentence, predicate.verb):
            continue
        claim = None
        if predicate.action and ACTIONS[predicate.action].event:
            claim = _of_verb(article, sentence, predicate)
        if claim is not None:
            yield claim
    for k, low in enumerate(sentence.lows):
        action = NOMINALS.get(low)
        if action and ACTIONS[action].event and k not in nouns_carried and not _quoted(sentence, k):
            claim = _of_noun(article, sentence, k, action)
            if claim is not None:
                yield claim


def _quoted(sentence: Sentence, k: int) -> bool:
    at = sentence.tokens[k].start
    return any(q.outer.start <= at < q.outer.end for q in sentence.quoted)


def _nouns_carried(sentence: Sentence) -> set[int]:
    found = set()
    for r in sentence.readings:
        for k in range(max(0, r.first - 4), min(len(sentence.lows), r.last)):
            found.add(k)
    return found


def _of_verb(article: Article, sentence: Sentence, p: Predicate) -> Claim | None:
    lows = sentence.lows
    negated = p.negated
    if p.form in ("passive", "reduced"):
        if p.subject is None or p.form == "reduced":
            return None
        actor = _by(article, sentence, p)
        k = p.last
        if p.action == "deliver" and sentence.low(k) == "with":
            phrase = plain_phrase(sentence, k + 1)  # "Kyiv was supplied with shells by Washington"
            if phrase is None:
                return None
            first, end, head = phrase
            start, stop = p.verb, end
        else:
            phrase = plain_phrase(sentence, p.subject[0])
            if phrase is None or phrase[1] > p.first or phrase[1] - phrase[0] > _LONGEST_SUBJECT:
                return None
            first, end, head = phrase
            negated = negated or lows[p.subject[0]] == "no"
            start, stop = first, p.last
            if p.action == "ban" and sentence.low(k) == "from":
                barred = plain_phrase(sentence, k + 1)
                if barred is not None:
                    start, stop = p.verb, barred[1]  # "Inspectors have been | barred from the site"
    else:
        k = p.last
        if sentence.low(k) in PARTICLES.get(lows[p.verb], {}):
            k += 1
        while k < len(lows) and (
            is_adverb(lows[k]) and lows[k] not in ("at", "more", "less", "most", "least")
        ):
            k += 1
        if p.action == "withdraw" and sentence.low(k) in ("from", "of"):
            k += 1
        k = _behind_time(sentence, k)
        negated = negated or sentence.low(k) == "no"  # "has sold no missiles"
        if p.action == "ban" and sentence.low(k) == "from":
            return None
        phrase = plain_phrase(sentence, k) if k < len(sentence.tokens) else None
        before = _object_before(sentence, p) if sentence.low(k) == "it" and p.action in _PAPER_ACTS else None
        if before is None and (phrase is None or phrase[0] - k > 1):
            return None
        first, end, head = before or phrase or (k, k, k)
        if sentence.low(end) == "of":
            inner = plain_phrase(sentence, end + 1)
            if inner:
                end = inner[1]
        start, stop = p.verb - 2 if p.verb > 1 and _in_hyphens(sentence, p.verb - 1) else p.verb, end
        if before is not None:
            stop = k + 1  # "signed the treaty in 1996 and ratified it"
        if p.action == "expel" and sentence.low(end) == "out":
            stop = end + 1  # "ordered the envoys out"
        actor = of_actor(article, sentence, *p.subject) if p.subject else None
    if lows[head] in _NO_OBJECT or head < first:
        return None
    party = party_in(sentence, first, end)
    if actor is None and party is None and p.form != "passive":
        return None
    if p.action in _LOOSE or _is_abstract(lows[head]):
        if not _headed_by_field(sentence, first, end, head):
            return None
    elif not _of_the_field(sentence, first, end, head) and not party and not _acts_for_state(actor):
        return None
    hedge = sentence.words(*p.hedge) if p.hedge else None
    return _claim(
        article,
        sentence,
        (start, stop),
        (first, end),
        head,
        p.action or "",
        actor,
        party,
        p,
        p.status,
        hedge,
        negated,
        f"event:{p.form}",
    )


def _behind_time(sentence: Sentence, k: int) -> int:
    """The token behind a time between a verb and its object: "fired at dawn several rockets"."""
    for time in sentence.times:
        if time.first == k or (time.first == k + 1 and sentence.low(k) in ("at", "on", "in")):
            return time.last
    return k + 2 if sentence.lows[k : k + 1] == ["at"] and sentence.low(k + 1) in _HOURS else k


def _object_before(sentence: Sentence, p: Predicate) -> tuple[int, int, int] | None:
    """The object of the verb before ``p`` whose subject it shares: what "it" stands for."""
    earlier = next((q for q in reversed(sentence.predicates) if q.last <= p.first), None)
    if earlier is None or not p.shared:
        return None
    return plain_phrase(sentence, earlier.last)


def _is_abstract(low: str) -> bool:
    """Whether nobody can do an act of the field to what a noun means: "credibility", "ambiguity"."""
    return low in _ABSTRACT or (low.endswith(_ABSTRACT_ENDINGS) and low not in _FIELD)


def _headed_by_field(sentence: Sentence, first: int, end: int, head: int) -> bool:
    """Whether the noun itself, or one of a "number of" it, is of the field: no statement, no flag."""
    if any(first <= m.first < end for m in sentence.things):
        return True
    heads = {sentence.lows[head], sentence.lows[end - 1]}
    if not heads.isdisjoint(_CONTAINERS):
        heads = set(sentence.lows[first:end])
    return any(singular(low) in THINGS or singular(low) in _FIELD or low in NOMINALS for low in heads)


def _acts_for_state(actor: Named | None) -> bool:
    return actor is not None and actor.kind in ("state", "group", "body", "treaty", "owner")


def _of_the_field(sentence: Sentence, first: int, end: int, head: int) -> bool:
    """Whether what is acted upon is of the field: a treaty, a system, a weapon, a body, or a noun of it."""
    if any(first <= m.first < end for m in sentence.things):
        return True
    if any(first <= m.first < end and m.kind in ("body", "group", "office") for m in sentence.mentions):
        return True
    return any(singular(low) in THINGS or singular(low) in _FIELD for low in sentence.lows[first : head + 1])


def _of_noun(article: Article, sentence: Sentence, k: int, action: str) -> Claim | None:
    lows = sentence.lows
    joint = sentence.low(k + 1)
    whole = _itself(sentence, k, action)
    if whole is None and (joint not in _JOINTS or (joint in ("on", "against") and action not in _ACTS_ON)):
        return None
    if whole is None and joint == "from" and action != "withdraw":
        return None
    phrase = whole or plain_phrase(sentence, k + 2)
    if phrase is None or phrase[0] - (k + 2) > 2:
        return None
    first, end, head = phrase
    start = k
    while (
        start > 0
        and k - start < 8
        and (
            _in_hyphens(sentence, start - 1)
            or (
                sentence.tokens[start - 1].kind == "word"
                and lows[start - 1] not in _DETERMINERS
                and lows[start - 1] not in _PREPOSITIONS
                and lows[start - 1] != "'s"
                and not any(q.verb == start - 1 for q in sentence.predicates)
                and lows[start - 1] not in ("and", "or", "also")
            )
        )
    ):
        start -= 1
    governor = None
    for p in sentence.predicates:
        if p.last <= start:
            governor = p
    gap = lows[governor.last : start] if governor else []
    near = governor is not None and len(gap) <= 4 and "," not in gap and governor.form != "passive"
    light = governor if near and governor is not None and governor.base in _LIGHT else None
    actor = _owner(article, sentence, start, k) or _named_by(article, sentence, end)
    party = party_in(sentence, first, end)
    behind = next(
        (p for p in sentence.predicates if p.subject and p.subject[0] <= k < p.subject[1] and p.first >= end),
        None,
    )
    if whole is not None and light is None:
        return None
    if (near and governor is not None and governor.base in _ENDED) or (
        behind is not None and behind.base in _ENDED
    ):
        return None  # "lifted the embargo on", "the sanctions on ... expired"
    if near and governor is not None and governor.action and light is None:
        return None  # "extended sanctions on": the verb tells the act
    if light is not None:
        actor = actor or (of_actor(article, sentence, *light.subject) if light.subject else None)
        if actor is None:
            return None
    elif (
        (not _of_the_field(sentence, first, end, head) and not party)
        or _is_abstract(lows[head])
        or (actor is None and party is None and not (behind is not None and behind.base in _LIGHT))
    ):
        return None
    status, hedge, negated = Status.DONE, None, False
    told = light or (behind if behind is not None and behind.base in _LIGHT else None)
    if told is not None:
        status, negated = told.status, told.negated
        hedge = sentence.words(*told.hedge) if told.hedge else None
        if told is behind and actor is None and told.form == "passive":
            actor = _by(article, sentence, told)
    elif near and governor is not None and (governor.base in _UNREAL or governor.status.is_ahead):
        status, hedge = Status.PLANNED, sentence.words(governor.first, governor.last)
    elif behind is not None and (behind.base in _UNREAL or behind.status.is_ahead):
        status, hedge = Status.PLANNED, sentence.words(behind.first, behind.last)
    elif not _UNREAL_WORDS.isdisjoint(lows[max(0, start - 4) : start] + lows[end : end + 10]):
        status = Status.PLANNED
    return _claim(
        article,
        sentence,
        (start, end),
        (first, end),
        head,
        action,
        actor,
        party,
        told or governor,
        status,
        hedge,
        negated,
        "event:noun",
    )


def _itself(sentence: Sentence, k: int, action: str) -> tuple[int, int, int] | None:
    """What the noun of an act names with the words before it: "a nuclear test", "a missile launch"."""
    first = k
    while first > 0 and k - first < _LONGEST_NAMED and sentence.lows[first - 1] in _BEFORE_NOUN:
        first -= 1
    if first == k or action not in ("test", "launch", "attack", "inspect") or sentence.low(k + 1) == "of":
        return None
    return first, k + 1, k


#: Words before the noun of an act that are looked at.
_LONGEST_NAMED = 5


def _owner(article: Article, sentence: Sentence, start: int, k: int) -> Named | None:
    """Who acts in "Moscow's deployment of", "the Russian withdrawal from"."""
    for m in sentence.mentions:
        if m.last == start - 1 and sentence.lows[m.last] == "'s":
            return of_actor(article, sentence, m.first, m.last)
        if (
            m.kind in ("demonym", "state", "group", "body")
            and start <= m.first
            and m.last <= k
            and sentence.low(m.last) not in HYPHENS
        ):
            return of_actor(article, sentence, m.first, m.last)
    return None


def _named_by(article: Article, sentence: Sentence, end: int) -> Named | None:
    """Who acts in "ratification of the protocol by Tehran"."""
    if sentence.low(end) != "by":
        return None
    phrase = plain_phrase(sentence, end + 1)
    return of_actor(article, sentence, phrase[0], phrase[1]) if phrase else None


def _in_hyphens(sentence: Sentence, k: int) -> bool:
    """Whether token ``k`` is a hyphen inside a word, or has one on its right ("tit-for-tat")."""
    return hyphenated(sentence.tokens, k) or hyphenated(sentence.tokens, k + 1)


def _by(article: Article, sentence: Sentence, p: Predicate) -> Named | None:
    by = by_phrase(sentence, p)
    return of_actor(article, sentence, *by) if by else None


def _claim(
    article: Article,
    sentence: Sentence,
    quote: tuple[int, int],
    obj: tuple[int, int],
    head: int,
    action: str,
    actor: Named | None,
    party: str | None,
    p: Predicate | None,
    status: Status,
    hedge: str | None,
    negated: bool,
    rule: str,
) -> Claim:
    credit = credit_of(sentence, *quote)
    attribution = credit.attribution if credit else Attribution()
    if credit and credit.alleging and status is Status.DONE:
        status = Status.ALLEGED
    if credit and credit.denying:
        status = Status.DENIED
    if status in (Status.DONE, Status.PLANNED) and conditional_clause(sentence, quote[0], p):
        status = Status.CONDITIONAL
    if (
        attribution.mode is Mode.NONE
        and hedge
        and any(w in hedge for w in ("reported", "alleged", "said to", "believed"))
    ):
        attribution = Attribution(Mode.UNNAMED, cue=hedge)
    when, reported = times_of(sentence, *quote, p, credit, attribution)
    if rule == "event:noun" and p is not None and p.base not in _LIGHT and p.last <= quote[0]:
        later = [sentence.when(t) for t in sentence.times if t.first >= quote[0]]
        when = when if when in later else None  # "on Tuesday condemned the bombings of"
    span = sentence.chars(*quote)
    thing = sentence.words(*obj)
    f = Frame(action, actor)
    return Claim(
        span=span,
        quote=span.of(sentence.text),
        sentence=sentence.span,
        kind=Kind.EVENT,
        measured=_in_words(sentence, quote, obj, action) + (f" by {named(f.actor.name)}" if f.actor else ""),
        noun=noun_of(sentence, head),
        noun_modifiers=modifying_words(sentence.tokens, obj[0], head),
        actor=actor.name if actor else None,
        action=action,
        object=thing,
        object_party=party,
        place=place_of(sentence, *quote),
        negated=negated,
        status=status,
        hedge=hedge,
        attribution=attribution,
        when=when,
        reported_when=reported,
        entities=entities(sentence),
        context=rest_of_clause(sentence, quote[1]),
        rule=rule,
    )


def _in_words(sentence: Sentence, quote: tuple[int, int], obj: tuple[int, int], action: str) -> str:
    """What was done to what: "missiles deployed", "withdrawal from treaty", "nuclear test"."""
    thing = sentence.words(*obj)
    if NOMINALS.get(sentence.lows[obj[1] - 1]) == action and obj[0] < obj[1] - 1:
        return thing
    between = sentence.lows[max(quote[0], obj[0] - 3) : obj[0]]
    named = sentence.lows[quote[0]] in NOMINALS
    if action == "withdraw" and ("from" in between or ("of" in between and not named)):
        return f"withdrawal from {thing}"
    return f"{thing} {words_of_action(action)}"
