"""Counts of people and things: "ten Russian diplomats", "as many as 31 new interceptors", "10 for testing".

A bare figure counts when a verb or noun of the field says what ("killed 12 and wounded 30", "a death toll
of 70"), or when it is a part of the count before it ("including 10 for testing": the noun is carried over).
"One of the", "the two nations", durations and figures that nothing names are no counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.elided import elided, starts_from
from claims.engine.extractors.registry import extractor
from claims.engine.framing import Frame, frame
from claims.engine.listed import listed
from claims.engine.making import in_words, make, named_before
from claims.engine.names import ROLES, Mention
from claims.engine.nouns import PEOPLE, modifying_words, singular
from claims.engine.phrases import plain_phrase
from claims.engine.quantities import Reading
from claims.engine.records import Claim, Kind, Span, Status
from claims.engine.verbs import ACTIONS, NOMINALS
from claims.engine.who import Named, of_actor

_LISTS = lexicons.grammar("count")

#: Nouns whose count says nothing a fact-checker would hold against another outlet.
_IDLE = _LISTS["idle"]
_AMOUNTS = frozenset({"total", "number", "maximum", "minimum", "average", "record", "consisting", "consists"})
_CEILINGS = frozenset({"at_most", "less_than", "up_to"})
_PREPOSITIONS = lexicons.words("prepositions")
_DETERMINERS = lexicons.words("determiners")
STATES = frozenset({"dead", "wounded", "injured"})
_LIGHT = frozenset(lexicons.load("words")["verbs"]["light"])
#: So many rounds are ammunition, fewer may be talks.
_ROUNDS = 50
#: Up to so many officials, diplomats, witnesses may be the ones a sentence credits.
_FEW = 10
_UNNAMED = frozenset(singular(w) for w in lexicons.load("reporting")["nouns"]["unnamed_people"])
_ASKING = _LISTS["asking"]
_SOURCES = _LISTS["sources"]
_TOLL = frozenset({"toll", "tally", "casualties", "fatalities"})


@extractor
def count(article: Article, sentence: Sentence) -> Iterator[Claim]:
    """A claim for every count in a sentence."""
    before: tuple[Reading, Claim] | None = None
    for reading in sentence.readings:
        claim = None
        if reading.kind == "count" and reading.noun is not None and _tells(sentence, reading):
            claim = _counted(article, sentence, reading, before)
        elif reading.kind == "bare":
            claim = _bare(article, sentence, reading, before)
        if claim is not None:
            yield claim
            if claim.part_of is None:
                before = (reading, claim)


def _tells(sentence: Sentence, reading: Reading) -> bool:
    """Whether the count of a noun says something: no idle noun, and not how many people are speaking."""
    if reading.noun is None:
        return False
    if any(r.partitive and r.first < reading.first and reading.last <= r.last for r in sentence.readings):
        return False  # "four of its 12 cameras" is one figure
    if starts_from(sentence, reading):
        return False  # "from 12,000 troops to 7,500": where it began
    lemma = reading.noun.lemma
    if sentence.low(reading.first - 1) == "no":
        return False  # "no two crises are alike"
    if sentence.low(reading.last) in _SOURCES and lemma in PEOPLE:
        return False  # "two people familiar with the talks said"
    if lemma == "round" and reading.quantity.value >= _ROUNDS:
        return True  # of ammunition, not of talks
    if lemma in _IDLE:
        return False
    span = sentence.chars(reading.first, reading.last)
    return not (
        (lemma in ROLES or lemma in _UNNAMED)
        and reading.quantity.value <= _FEW
        and any(c.attribution.span and c.attribution.span.covers(span) for c in sentence.credits)
    )


def _counted(
    article: Article, sentence: Sentence, reading: Reading, before: tuple[Reading, Claim] | None
) -> Claim | None:
    noun = reading.noun
    if noun is None:
        return None
    f = frame(article, sentence, reading.first, reading.last)
    start = noun.first
    while start < noun.head and sentence.lows[start] in ("such", "other", "more", "further", "additional"):
        start += 1
    part = _whole_of(sentence, reading, before)
    modifiers = noun.modifiers(sentence.tokens)
    head = sentence.lows[noun.head]
    if f.relation == "actor":
        # They act themselves; "12 rebels killed 3 soldiers" counts nobody killed.
        kept = None if f.action in ACTIONS and ACTIONS[f.action or ""].takes_people else f.action
        f = replace(f, actor=None, action=kept)
    if f.action == "possess" and f.status is Status.CONDITIONAL and reading.quantity.rule in _CEILINGS:
        f = replace(f, action="restrict", status=Status.DONE, hedge=None)  # "may have no more than 1,550"
    if (
        f.action == "possess"
        and before is not None
        and before[1].action == "restrict"
        and f.predicate is not None
        and sentence.tokens[f.predicate.verb].start < before[1].span.start
    ):
        # "may have no more than 1,500 warheads and 700 bombers"
        f = replace(f, action="restrict", status=Status.DONE, hedge=None)
    limited = f.action in ("restrict", "reduce") and sentence.low(reading.first - 1) in ("to", "at")
    asked = f.predicate is not None and f.predicate.base in _ASKING and _for_it(sentence, f, reading.first)
    if asked and f.actor is None and f.predicate is not None and f.predicate.subject is not None:
        f = replace(f, actor=of_actor(article, sentence, *f.predicate.subject))
    behind = f.predicate is not None and f.predicate.first > reading.first  # "beside the 40 that Norland has"
    if (
        f.relation == "object"
        and not (limited or asked or behind)
        and _after_preposition(sentence, reading.first)
    ):
        f = replace(
            f, action=None, actor=None, relation="complement"
        )  # "spend $12 billion on 20 interceptors"
    if head in STATES:
        f = replace(f, action=NOMINALS[head], relation="state", actor=None)
    elif (
        noun.lemma == "life"
        and f.predicate is not None
        and f.predicate.base in ("cost", "claim", "take", "lose")
    ):
        f = replace(f, action="kill", relation="nominal", actor=None)
    elif noun.lemma in NOMINALS and (
        f.action in (None, "permit")
        or f.relation == "complement"
        or (f.predicate is not None and f.predicate.base in _LIGHT)
    ):
        # "conducted 325 air raids": the counted thing is the act
        f = replace(f, action=NOMINALS[noun.lemma], relation="act")
    owner = _gapped(sentence, reading, before) if f.relation != "subject" else None
    if part is not None:
        f = _part_of(f, before)
    elif owner is not None and before is not None and f.actor is not None and f.action == before[1].action:
        f = replace(f, actor=Named(owner.name, "state", owner.party))  # "... and Poland three diplomats"
    elif _continues(sentence, reading, before, f):
        f = _like(f, before)
    claim = make(
        article,
        sentence,
        reading,
        Kind.COUNT,
        noun=noun.lemma,
        modifiers=modifiers,
        obj=(start, noun.last),
        part_of=part,
        framed=f,
    )
    if head in STATES:
        return replace(claim, object="people", measured=in_words(sentence, f, "people", reading.last))
    if head == "missing":
        return replace(
            claim,
            object="missing people",
            measured=f"missing {in_words(sentence, f, 'people', reading.last)}",
        )
    if sentence.lows[noun.first] == "such":
        meant = named_before(article, sentence, noun.lemma)
        thing = " ".join((*meant, claim.object or ""))
        return replace(
            claim,
            object=thing,
            noun_modifiers=(*meant, *modifiers),
            measured=in_words(sentence, f, thing, reading.last),
        )
    return claim


def _for_it(sentence: Sentence, f: Frame, first: int) -> bool:
    """Whether "for" behind a verb of asking makes the number what is asked for: "asked for 300 launchers"."""
    p = f.predicate
    return (
        p is not None
        and p.last < first
        and sentence.lows[p.last : p.last + 1] == ["for"]
        and first - p.last < 6
    )


def _after_preposition(sentence: Sentence, first: int) -> bool:
    """Whether a number stands in a prepositional phrase, and so is not what the verb acts on."""
    k = first - 1
    while k > 0 and sentence.lows[k] in _DETERMINERS:
        k -= 1
    if k < 0 or sentence.lows[k] not in _PREPOSITIONS:
        return False
    if sentence.lows[k] == "of":
        return sentence.low(k - 1) not in _AMOUNTS  # "a total of 12"; but "with the loss of 12 jobs"
    return sentence.lows[k] not in ("including", "than", "out", "off", "up", "down")


def _continues(sentence: Sentence, reading: Reading, before: tuple[Reading, Claim] | None, f: Frame) -> bool:
    """Whether a count joined by "and" or a comma shares the act of the one before: "killed 3 men and 2
    women".
    """
    if before is not None and before[1].rule == "count:act":
        return False  # inspections are not what is done to the next thing
    if before is None or (f.action is not None and f.action == before[1].action):
        return before is not None and f.action is not None and f.actor is None
    if f.action is not None:
        return False
    gap = sentence.lows[before[0].last : reading.first]
    return 0 < len(gap) <= 3 and all(w in (",", "and", "or", "plus", "also", "as", "well") for w in gap)


def _part_of(f: Frame, before: tuple[Reading, Claim] | None) -> Frame:
    """The frame of a part: what is said of the whole, unless the part has a verb of its own."""
    if before is None:
        return f
    claim = before[1]
    actor = Named(claim.actor, "words") if claim.actor else None
    return replace(
        f, action=claim.action, actor=actor, relation="object", status=claim.status, hedge=claim.hedge,
        place=f.place or claim.place, when=f.when or claim.when, attribution=claim.attribution,
        reported_when=claim.reported_when,
    )  # fmt: skip


def _numbered(sentence: Sentence, first: int) -> tuple[int, int, int] | None:
    """What a figure is the number of: "the number of interceptors (rose from 30) to 44"."""
    for k in range(first - 1, max(first - 16, 0), -1):
        low = sentence.lows[k]
        if low == "of" and sentence.lows[k - 1] == "number":
            return plain_phrase(sentence, k + 1)
        if low in (";", ",", "and", "but", "which", "who", "while"):
            return None
    return None


def _gapped(sentence: Sentence, reading: Reading, before: tuple[Reading, Claim] | None) -> Mention | None:
    """Who has the figure where the verb and noun are left out: "... had 1,457 warheads and Russia 1,447"."""
    if before is None or before[1].kind is not Kind.COUNT or before[1].actor is None:
        return None
    for m in sentence.mentions:
        if m.last == reading.first and m.kind not in ("demonym", "person") and m.first > before[0].last:
            gap = sentence.lows[before[0].last : m.first]
            if gap[-1:] in (["and"], [","], ["but"], ["while"], ["the"]) and len(gap) <= 8:
                return m
    return None


def _like(f: Frame, before: tuple[Reading, Claim] | None) -> Frame:
    """The frame with what the count before it tells filled in."""
    if before is None:
        return f
    claim = before[1]
    actor = f.actor or (Named(claim.actor, "words") if claim.actor else None)
    return replace(
        f,
        action=f.action or claim.action,
        actor=actor,
        relation=f.relation or "object",
        status=claim.status,
        hedge=f.hedge or claim.hedge,
        place=f.place or claim.place,
        when=f.when or claim.when,
        reported_when=f.reported_when or claim.reported_when,
    )


def _whole_of(sentence: Sentence, reading: Reading, before: tuple[Reading, Claim] | None) -> Span | None:
    """The span of the count that this one is a part of: after "including", "of which", and those joined to
    it.
    """
    if before is None:
        return None
    if reading.part:
        return before[1].span
    gap = sentence.lows[before[0].last : reading.first]
    part_words = {"including", "includes", "included"}
    if (
        part_words & set(gap)
        and len(gap) <= 14
        and not ({";", "."} & set(gap))
        and not any(p.verb > before[0].last and p.verb < reading.first for p in sentence.predicates)
    ):
        return before[1].span
    return None


def _bare(
    article: Article, sentence: Sentence, reading: Reading, before: tuple[Reading, Claim] | None
) -> Claim | None:
    quantity = reading.quantity
    lows = sentence.lows
    if reading.part and before is not None and before[1].kind is Kind.COUNT:
        # "31 new interceptors, including 10 for testing"
        whole = before[1]
        f = _like(frame(article, sentence, reading.first, reading.last), before)
        if f.action is None or f.relation == "":
            f = replace(f, action=whole.action)
        unit = whole.quantity.unit if whole.quantity else ""
        obj = None
        words = f"{_plural(whole)}"
        if reading.extra != (0, 0):
            words += " " + sentence.words(*reading.extra)
        claim = make(
            article,
            sentence,
            reading,
            Kind.COUNT,
            quantity=replace(quantity, unit=unit),
            noun=whole.noun,
            obj=obj,
            measured=words,
            part_of=whole.span,
            framed=replace(f, action=whole.action),
            rule="count:part",
        )
        return replace(
            claim,
            object=words,
            object_party=whole.object_party,
            actor=whole.actor,
            status=whole.status,
            hedge=whole.hedge,
            attribution=whole.attribution,
            place=claim.place or whole.place,
        )
    labelled = listed(article, sentence, reading)
    if labelled is not None:
        return labelled
    carried = elided(article, sentence, reading, before, _counted)
    if carried is not None:
        return carried
    if (
        not sentence.predicates
        and not STATES & set(lows[reading.last : reading.last + 2])
        and not _toll_before(sentence, reading.first)
    ):
        return None  # nothing here says what is counted
    thing = _numbered(sentence, reading.first)
    if thing is not None and sentence.low(reading.first - 1) == "from":
        return None  # what it was before
    if thing is not None:
        f = frame(article, sentence, reading.first, reading.last)
        lemma = singular(lows[thing[2]])
        return make(
            article, sentence, reading, Kind.COUNT, quantity=replace(quantity, unit=lemma), noun=lemma,
            modifiers=modifying_words(sentence.tokens, thing[0], thing[2]), obj=(thing[0], thing[1]),
            framed=replace(f, action=None, actor=None, relation="complement"), rule="count:number",
            measured="number of " + sentence.words(thing[0], thing[1]),
        )  # fmt: skip
    owner = _gapped(sentence, reading, before)
    if owner is not None and before is not None:
        whole = before[1]
        f = _like(frame(article, sentence, reading.first, reading.last), before)
        actor = Named(owner.name, "state", owner.party)
        f = replace(f, action=whole.action, actor=actor, relation="object", when=f.when or whole.when)
        unit = whole.quantity.unit if whole.quantity else ""
        claim = make(
            article, sentence, reading, Kind.COUNT, quantity=replace(quantity, unit=unit), noun=whole.noun,
            modifiers=whole.noun_modifiers, framed=f, rule="count:gapped",
            measured=in_words(sentence, f, whole.object or whole.noun, reading.last),
        )  # fmt: skip
        return replace(claim, object=whole.object, object_party=whole.object_party)
    f = frame(article, sentence, reading.first, reading.last)
    left_out = _left_out(article, sentence, reading, before, f)
    if left_out is not None:
        return left_out
    joined = before is not None and 0 < reading.first - before[0].last <= 4
    tolls = _toll_before(sentence, reading.first)
    if tolls:
        f = replace(f, action=tolls, relation="nominal", actor=None)
    # The verb right behind it, or right before it, counts people.
    action = f.action
    if action is None or action not in ACTIONS or not ACTIONS[action].takes_people:
        return None
    if f.relation in ("actor", "complement"):
        return None
    if not tolls and not _close(reading, f):
        return None
    if reading.last < len(lows) and lows[reading.last] in ("percent", "times", "%", "-", "per"):
        return None
    unit = "person"
    if (
        before is not None
        and joined
        and before[1].noun in PEOPLE
        and before[1].action
        and action in ("wound", "kill")
    ):
        unit = "person"
    if f.when is None and before is not None and before[1].when is not None:
        f = replace(f, when=before[1].when)
    if (
        f.actor is None
        and before is not None
        and before[1].actor
        and f.relation == "object"
        and f.predicate is not None
        and f.predicate.shared
    ):
        f = _like(f, before)
    p = f.predicate
    if (
        p is not None
        and p.form == "reduced"
        and p.first == p.verb == reading.last
        and f.relation == "subject"
    ):
        reading = replace(reading, last=p.last)  # "Ten killed", as "12 dead"
    measured = in_words(sentence, f, "people", reading.last)
    claim = make(
        article,
        sentence,
        reading,
        Kind.COUNT,
        quantity=replace(quantity, unit=unit),
        noun=unit,
        measured=measured,
        framed=f,
        rule=f"count:{f.relation or 'toll'}",
    )
    return replace(claim, object="people", part_of=None)


def _left_out(
    article: Article,
    sentence: Sentence,
    reading: Reading,
    before: tuple[Reading, Claim] | None,
    f: Frame,
) -> Claim | None:
    """A count whose noun is left out before another act: "15 soldiers were killed and 12 were captured"."""
    p = f.predicate
    if before is None or p is None or f.action is None or f.relation != "subject" or reading.part:
        return None
    whole = before[1]
    gap = sentence.lows[before[0].last : reading.first]
    if (
        p.form != "passive"
        or p.first - reading.last > 1
        or f.action == whole.action
        or whole.kind is not Kind.COUNT
        or whole.rule != "count:subject"
        or not {"and", "while", ","} & set(gap[-2:])
    ):
        return None
    unit = whole.quantity.unit if whole.quantity else ""
    thing = whole.object or whole.noun
    claim = make(
        article, sentence, reading, Kind.COUNT, quantity=replace(reading.quantity, unit=unit),
        noun=whole.noun, modifiers=whole.noun_modifiers, framed=replace(f, when=f.when or whole.when),
        measured=in_words(sentence, f, thing, p.last), rule="count:gapped",
    )  # fmt: skip
    return replace(claim, object=thing, object_party=whole.object_party)


def _close(reading: Reading, f: Frame) -> bool:
    """Whether the verb stands right beside the figure."""
    if f.predicate is None:
        return True
    return (
        0 <= reading.first - f.predicate.last <= 3
        or 0 <= f.predicate.first - reading.last <= 3
        or f.relation in ("state", "nominal")
    )


def _toll_before(sentence: Sentence, first: int) -> str | None:
    """ "death toll rose to 70", "a toll of 12": the action a toll counts."""
    for k in range(first - 1, max(first - 12, -1), -1):
        low = sentence.lows[k]
        if low in _TOLL:
            return "kill"
        if low in (";", ",", "and"):
            return None
    return None


def _plural(claim: Claim) -> str:
    """The counted thing of the whole, without its number: "new interceptors"."""
    return claim.object or claim.noun
