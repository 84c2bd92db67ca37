"""Which claims answer the same question.

A question is who, does what, to what, measured how, where and when; the answer (the value) is left out, or
conflicting answers would never meet. Two claims are compared only by what they say, so the result does not
depend on what else is stored. Groups are the connected components of the links: one loose link would chain
two questions together, so what contradicts ends a comparison at once, and what is merely missing on one side
must be made up for by the rest.

Which words say the same is data: ``lexicons/questions.toml``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from hashlib import blake2b

from claims.engine.dimensions import dimension
from claims.engine.lexicons import inflect, load
from claims.engine.records import Claim, Kind, Link, PlacedClaim, ReferenceValue, Status, When
from claims.engine.wording import align, content, normal, stem, words

#: Evidence needed before two claims are held to answer one question. The weights below add up to about 1 for
#: claims that agree in everything; set by reading pairs of arms-control and incident news, where a wrong link
#: costs more than a missing one.
ENOUGH = 0.5
# A writer who repeats a question says so; one who counts twice mostly counts two things.
_MORE_WITHIN_AN_ARTICLE = 0.1
_NOUN, _COMMON_NOUN = 0.3, 0.15
_ACTION, _ACTOR, _PARTY, _PLACE = 0.2, 0.15, 0.15, 0.15
_WORD, _WORDS = 0.07, 3  # for each shared word of what is measured, at most so many
_BARE_WORD = 0.12  # the same where no counted noun carries the question (money, shares, measures)
_NAME, _NAMES = 0.05, 3
_AROUND, _AROUNDS = 0.04, 5  # for each other word the two sentences share
_DAY, _SOON = 0.15, 0.05
#: Occurrences that follow each other within days (an attack, an arrest): another day is another one.
_SUDDEN = 10

#: Figures that add up over a war or a year are no figures of one attack.
_OVER_TIME = re.compile(
    r"\bsince\b[^.;]{0,60}\b(?:(?:19|20)\d\d|began|beg[iu]n|start\w*|outbreak|erupt\w*)\b"
    r"|\b(?:war|conflict|uprising|crisis|revolt|violence)\b[^.;]{0,40}\b(?:kill|claim|cost|left|leav|displac)"
    r"|\b(?:kill|die|dead|death|lost|displac)[^.;]{0,50}\b(?:in|during|over|of)\b[^.;]{0,30}\b(?:war|conflict|uprising|crisis)\b"
    r"|\b(?:so far|to date|in total|all told)\b",
    re.IGNORECASE,
)

#: Share of the shorter quotation's words that must stand, in order, in the longer one.
QUOTED_ALIKE = 0.8
_SHORT_QUOTATION = 8  # words; anything shorter must agree word for word
_SHINGLE, _QUOTATION_KEYS = 4, 24


@dataclass(frozen=True, slots=True)
class _Lexicon:
    nouns: dict[str, str]
    implied: dict[str, str]
    generic: frozenset[str]
    staff: frozenset[str]
    staff_when: frozenset[str]
    actions: dict[str, str]
    days: dict[str, int | None]
    default_days: int
    action_words: frozenset[str]
    parties: frozenset[str]
    party_words: frozenset[str]
    party_of: dict[str, str]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    data = load("questions")
    return _Lexicon(
        nouns={word: name for name, members in data["nouns"].items() for word in members},
        implied={word: action for action, members in data["implied"].items() for word in members},
        generic=frozenset(data["generic"]["nouns"]),
        staff=frozenset(data["staff"]["nouns"]),
        staff_when=frozenset(data["staff"]["when"]),
        actions={word: name for name, entry in data["actions"].items() for word in entry["words"]},
        days={name: entry.get("days") for name, entry in data["actions"].items()},
        default_days=data["default"]["days"],
        action_words=content(
            *(
                form
                for action in load("actions").values()
                for verb in action["verbs"]
                for forms in inflect(verb).values()
                for form in forms
            )
        ),
        parties=frozenset(load("parties")["states"]) | frozenset(load("parties")["groups"]),
        party_words=content(
            *(
                name
                for group in load("parties").values()
                for canonical, entry in group.items()
                for name in (canonical, *entry["names"], *entry["demonyms"], *entry["capitals"])
            )
        ),
        party_of={
            name: entry["party"]
            for lexicon in ("bodies", "people")
            for name, entry in load(lexicon).items()
            if entry["party"]
        },
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A claim, the answer left out; ``base`` is the sort of answer ("count interceptor", "act expel")."""

    base: str
    noun: str
    actor: str | None
    action: str | None
    party: str | None
    place: str | None
    words: frozenset[str]
    names: frozenset[str]
    days_of: frozenset[str]

    @property
    def counts_something_common(self) -> bool:
        return self.noun in _lexicon().generic

    @property
    def is_sudden(self) -> bool:
        """Whether the next such occurrence may follow within days (an attack, an arrest)."""
        return self.days is not None and self.action is not None and self.days <= _SUDDEN

    @property
    def days(self) -> int | None:
        """How far apart publications may lie and still answer it; None: a standing figure, any distance."""
        lexicon = _lexicon()
        if self.action is None:
            return lexicon.default_days
        return lexicon.days.get(self.action, lexicon.default_days)


_PHRASE_END = re.compile(r"\b(?:of|for|from|in|against|to|at|on|with|by|who|that|which)\b", re.IGNORECASE)


def _head(phrase: str) -> str:
    """The head of a plain noun phrase, the last word before a preposition ("staff of the mission")."""
    return next(iter(reversed(_PHRASE_END.split(phrase, maxsplit=1)[0].split())), "").strip(".,;:'\"”’")


def _noun_class(noun: str, around: Iterable[str]) -> str:
    lexicon = _lexicon()
    lemma = " ".join(stem(x) for x in noun.split())
    if lemma in lexicon.staff and not lexicon.staff_when.isdisjoint(around):
        return "diplomat"
    return lexicon.nouns.get(lemma, lemma)


def _action_class(action: str | None) -> str | None:
    if not action:
        return None
    lemma = " ".join(normal(x) for x in action.replace("_", " ").split())
    return _lexicon().actions.get(lemma, lemma)


def _acting(name: str | None) -> str | None:
    """The party a body or an office holder acts for ("US Department of Defense"), or the name itself."""
    return _lexicon().party_of.get(name, name) if name else None


@lru_cache(maxsize=16384)
def question(claim: Claim) -> Question:
    """The question a claim answers, its words brought to the forms comparison uses."""
    noun = claim.noun or _head(claim.object or "")
    around = content(claim.measured, claim.object, claim.context, " ".join(claim.noun_modifiers))
    counted = _noun_class(noun, around)
    lexicon = _lexicon()
    action = _action_class(claim.action) or lexicon.implied.get(stem(noun) if noun else "")
    unit = claim.quantity.unit if claim.quantity else ""
    base = {
        Kind.COUNT: f"count {counted}",
        Kind.MEASURE: dimension(unit) or unit,
        Kind.ORDINAL: f"rank {counted}",
        Kind.EVENT: f"act {action}",
    }.get(claim.kind, claim.kind.value)
    counts = claim.kind in (Kind.COUNT, Kind.ORDINAL, Kind.EVENT)  # the noun is compared by itself
    said = frozenset(x for x in around if counts and lexicon.nouns.get(x, x) == counted)
    return Question(
        base=base,
        noun=counted,
        actor=_acting(claim.actor),
        action=action,
        party=_acting(claim.object_party),
        place=claim.place,
        words=around - lexicon.action_words - lexicon.party_words - content(claim.place) - said,
        names=frozenset(x for x in claim.entities if x not in (claim.actor, claim.object_party, claim.place)),
        days_of=_days_of(claim.when),
    )


def _days_of(when: When | None) -> frozenset[str]:
    """The days a time names, where it names few enough to tell one occurrence from the next."""
    span = _span_of_days(when)
    if span is None or (span[1] - span[0]).days > 2:
        return frozenset()
    return frozenset((span[0] + timedelta(days=i)).isoformat() for i in range((span[1] - span[0]).days + 1))


@lru_cache(maxsize=16384)
def _around(sentence: str) -> frozenset[str]:
    """What a sentence says besides parties, actions and numbers."""
    return content(sentence) - _lexicon().action_words - _lexicon().party_words


def _sentence(placed: PlacedClaim) -> str:
    """The sentence a claim stands in, or its own words where the article's body is not at hand."""
    return placed.claim.sentence.of(placed.article.body) or placed.claim.quote


def link_keys(claim: Claim) -> frozenset[str]:
    """Strings of which any two claims that :func:`compare` links share at least one; no value is in them.

    Each joins what is counted with one thing said about it, so that a key is far rarer than a party's name.
    A claim that says too little to be compared has none.
    """
    if claim.kind is Kind.QUOTATION:
        return _quotation_keys(claim.quote)
    q = question(claim)
    parties = _lexicon().parties
    features = {f"word {x}" for x in q.words} | {f"name {x}" for x in q.names - parties}
    if q.place and q.place not in parties:
        features.add(f"place {q.place}")
    if claim.kind in (Kind.COUNT, Kind.ORDINAL) and q.noun and not q.counts_something_common:
        named = {"action": q.action, "actor": q.actor, "party": q.party, "place": q.place}
        features |= {f"{role} {name}" for role, name in named.items() if name}
    if q.action:
        features |= {f"{q.action} on {day}" for day in q.days_of}
    keys = set()
    if claim.kind is not Kind.EVENT:
        prefix = f"part of {q.base}" if claim.part_of else q.base
        keys |= {_short(f"{prefix}|{x}") for x in features}
    if claim.kind is Kind.EVENT or (claim.kind is Kind.COUNT and q.action and not claim.part_of):
        keys |= {_short(x) for x in _act_keys(q)}
    return frozenset(keys)


def _act_keys(q: Question) -> set[str]:
    """Keys under which an act without a number meets the figures of the same act."""
    if not q.action:
        return set()
    keys = set()
    if q.noun and not q.counts_something_common:
        keys.add(f"act {q.action}|noun {q.noun}")
    if q.party:
        keys.add(f"act {q.action}|party {q.party}|{q.noun}")
    if q.actor and q.place:
        keys.add(f"act {q.action}|actor {q.actor}|place {q.place}")
    return keys


def _short(key: str) -> str:
    """A key no longer than a column of 200 characters holds, still telling two long ones apart."""
    return key if len(key) <= 200 else key[:160] + blake2b(key.encode(), digest_size=16).hexdigest()


def _quotation_keys(quote: str) -> frozenset[str]:
    forms = [w.form for w in words(quote, insertions=False)]
    if len(forms) < 3:
        return frozenset()
    if len(forms) < _SHORT_QUOTATION:
        return frozenset({_short("said " + " ".join(forms))})
    shingles = {
        blake2b(" ".join(forms[i : i + _SHINGLE]).encode(), digest_size=8).hexdigest()
        for i in range(len(forms) - _SHINGLE + 1)
    }
    # The smallest hashes are a sample both sides draw alike, however long they are.
    return frozenset(f"said {x}" for x in sorted(shingles)[:_QUOTATION_KEYS])


def compare(a: PlacedClaim, b: PlacedClaim) -> Link | None:
    """Whether two claims answer the same question: a score in (0, 1] and the reasons in words, or None.

    Symmetric; depends on nothing but the two claims and where and when their articles were published. The
    values are named in the reasons and do not decide.
    """
    same_article = a.article.key == b.article.key
    if same_article and a.claim.sentence.overlaps(b.claim.sentence):
        return None  # nobody answers one question twice in one sentence
    if (a.claim.part_of is None) != (b.claim.part_of is None):
        return None
    if link_keys(a.claim).isdisjoint(link_keys(b.claim)):
        return None
    if Kind.QUOTATION in (a.claim.kind, b.claim.kind):
        return _compare_quotations(a, b)
    evidence = _evidence(a, b)
    if evidence is None:
        return None
    score = sum(weight for weight, _ in evidence)
    if score < ENOUGH + (_MORE_WITHIN_AN_ARTICLE if same_article else 0):
        return None
    reasons = [reason for _, reason in evidence]
    return Link(round(min(score, 1.0), 3), (*reasons, *_values_in_words(a.claim, b.claim)))


_Evidence = list[tuple[float, str]]


def _evidence(a: PlacedClaim, b: PlacedClaim) -> _Evidence | None:
    """What two claims have in common, weighed; None where they contradict or name different things."""
    p, q = question(a.claim), question(b.claim)
    act = Kind.EVENT in (a.claim.kind, b.claim.kind)
    if act:
        if p.action != q.action or not {a.claim.kind, b.claim.kind} <= {Kind.EVENT, Kind.COUNT}:
            return None
        if p.noun and q.noun and p.noun != q.noun:
            return None
    elif p.base != q.base:
        return None
    if any(x and y and not compatible(x, y) for x, y in ((p.actor, q.actor), (p.party, q.party))):
        return None
    if p.action and q.action and p.action != q.action:
        return None
    sentences = _sentence(a), _sentence(b)
    if bool(_OVER_TIME.search(sentences[0])) != bool(_OVER_TIME.search(sentences[1])):
        return None
    same_place = _same_place(a, b)
    time = _in_time(a, b)
    if same_place is False or time is None:
        return None

    evidence: _Evidence = []
    counted = bool(p.noun and p.noun == q.noun and (act or a.claim.kind in (Kind.COUNT, Kind.ORDINAL)))
    if counted:
        evidence.append((_COMMON_NOUN if p.counts_something_common else _NOUN, f"same noun: {p.noun}"))
    if p.action and p.action == q.action:
        evidence.append((_ACTION, f"same action: {p.action}"))
    if p.actor and p.actor == q.actor:
        evidence.append((_ACTOR, f"same actor: {p.actor}"))
    if p.party and p.party == q.party:
        evidence.append((_PARTY, f"same object: {p.party}"))
    if same_place and p.place and q.place:
        evidence.append((_PLACE, f"same place: {min(p.place, q.place, key=lambda x: (len(x), x))}"))
    shared = sorted(p.words & q.words)
    if shared:
        weight = _WORD if counted else _BARE_WORD
        evidence.append((weight * min(len(shared), _WORDS), "same words: " + ", ".join(shared)))
    names = sorted(p.names & q.names)
    if names:
        evidence.append((_NAME * min(len(names), _NAMES), "same names: " + ", ".join(names)))
    around = sorted((_around(sentences[0]) & _around(sentences[1])) - {*shared, p.noun} - content(*names))
    if around:
        evidence.append((_AROUND * min(len(around), _AROUNDS), "in sentences on: " + ", ".join(around[:6])))
    evidence += time

    if counted and p.counts_something_common:
        # Twelve people are killed every day: the place, the day and the words must tell which twelve.
        told = (
            bool(same_place and p.place not in _lexicon().parties),
            bool(time),
            len(shared) + len(around) >= 2,
        )
        if not p.action or p.action != q.action or sum(told) < 2:
            return None
    if not counted and not act and not shared:
        return None
    return evidence


def _same_place(a: PlacedClaim, b: PlacedClaim) -> bool | None:
    """Whether both stand in one place; None where one does not say. A place the other names too is no
    other."""
    p, q = question(a.claim).place, question(b.claim).place
    if not p or not q:
        return None
    if compatible(p, q):
        return True
    return None if _says(b, p) or _says(a, q) else False


def _says(placed: PlacedClaim, name: str) -> bool:
    said = content(_sentence(placed), placed.article.title, *placed.claim.entities)
    return content(name) <= said


def compatible(x: str, y: str) -> bool:
    """Whether two names may mean the same: equal, or one is the other with more words around it."""
    if x == y:
        return True
    shorter, longer = sorted((x.casefold().split(), y.casefold().split()), key=len)
    return any(longer[i : i + len(shorter)] == shorter for i in range(len(longer) - len(shorter) + 1))


def _in_time(a: PlacedClaim, b: PlacedClaim) -> _Evidence | None:
    """What the dates say: None where the two cannot be the same occurrence.

    A standing figure (a stockpile, a plan) keeps its question over the years; an occurrence does not.
    """
    p, q = question(a.claim), question(b.claim)
    limit = None if p.days is None or q.days is None else min(p.days, q.days)
    apart = days_between(a.article.published, b.article.published)
    happened = gap(a.claim.when, b.claim.when)
    if limit is not None:
        if apart is not None and apart > limit:
            return None
        if happened is not None and happened > max(1, limit // 2 if limit > _SUDDEN else 1):
            return None
    if p.days_of & q.days_of:
        return [(_DAY, f"same day: {min(p.days_of & q.days_of)}")]
    if apart is None or apart > 7 or (limit is not None and limit <= _SUDDEN and apart > 1):
        return []
    together = f"published {apart} day{'s' * (apart > 1)} apart" if apart else "published the same day"
    return [(_SOON, together)]


def days_between(a: date | None, b: date | None) -> int | None:
    """Days from one date to the other, without sign; None where either is unknown."""
    return abs((a - b).days) if a and b else None


def gap(a: When | None, b: When | None) -> int | None:
    """Days between two resolved times, 0 where they overlap; None where either is not resolved."""
    x, y = _span_of_days(a), _span_of_days(b)
    if x is None or y is None:
        return None
    return max((y[0] - x[1]).days, (x[0] - y[1]).days, 0)


def _span_of_days(when: When | None) -> tuple[date, date] | None:
    """The first and last day a time can mean. Nobody calls today "earlier this week"."""
    if not (when and when.start and when.end):
        return None
    earlier = when.end > when.start and "earlier" in when.text.casefold()
    return when.start, when.end - timedelta(days=1) if earlier else when.end


def _values_in_words(a: Claim, b: Claim) -> tuple[str, ...]:
    if not (a.quantity and b.quantity and a.quantity.unit == b.quantity.unit):
        return ()
    if a.quantity.meets(b.quantity):
        return ("values agree",)
    low, high = sorted((a.quantity.value, b.quantity.value))
    return (f"values differ: {low:,f} and {high:,f}",)


def _compare_quotations(a: PlacedClaim, b: PlacedClaim) -> Link | None:
    if a.claim.kind is not b.claim.kind:
        return None
    speakers = (a.claim.attribution.source, b.claim.attribution.source)
    if all(speakers) and not compatible(*speakers):  # type: ignore[arg-type]
        return None
    alignment = align(a.claim.quote, b.claim.quote)
    shorter = min(len(words(x.claim.quote, insertions=False)) for x in (a, b))
    if shorter < _SHORT_QUOTATION:
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
    if reference.action and q.action != _action_class(reference.action):
        return False
    if reference.object:
        said = content(claim.quote, claim.measured, claim.object, claim.object_party, claim.noun)
        said |= content(" ".join(claim.noun_modifiers))
        wanted = content(reference.object)
        head = _noun_class(_head(reference.object), wanted)
        if q.noun and head != q.noun and stem(_head(reference.object)) not in said:
            return False
        rest = wanted - {stem(_head(reference.object))}
        if not all(any(_kin(x, y) for y in said) for x in rest):
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


def _kin(x: str, y: str) -> bool:
    """Whether two words are one name in two forms ("russia", "russian"): their beginnings agree."""
    if x == y:
        return True
    length = max(4, min(len(x), len(y)) - 1)
    return len(x) >= 4 and len(y) >= 4 and x[:length] == y[:length]


# ---------------------------------------------------------------------- the question in words

_PLURALS = {"person": "people", "child": "children", "man": "men", "woman": "women", "aircraft": "aircraft"}


def _participle(action: str) -> str:
    done = load("actions").get(action, {}).get("done")
    return str(done or inflect(action)["participle"][0])


def _plural(noun: str) -> str:
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


def _with_article(name: str) -> str:
    common = re.search(r"\b(?:States|Kingdom|Nations|Union|Department|Ministry|Agency|Federation)\b", name)
    return f"the {name}" if common else name


def _commonest(values: Iterable[str | None]) -> str | None:
    """The value most members give; among equals the first of the alphabet, so that order does not matter."""
    counted = Counter(x for x in values if x)
    return min(counted, key=lambda x: (-counted[x], x)) if counted else None


def _usual(values: Iterable[str | None]) -> str | None:
    """The commonest value, where at least a third of the members give it: one odd reading makes no
    question."""
    given = list(values)
    found = _commonest(given)
    return found if found and 2 * given.count(found) >= len(given) else None


def label(members: Sequence[PlacedClaim]) -> str:
    """The question the members answer, in words an editor reads; the same for any order of members.

    Raises ValueError for no members.
    """
    if not members:
        raise ValueError("a group without members has no question")
    claims = [m.claim for m in members]
    numbered = [c for c in claims if c.kind is not Kind.EVENT] or claims
    kind = Kind(_commonest(c.kind.value for c in numbered) or claims[0].kind)
    claims = [c for c in claims if c.kind is kind]
    if kind is Kind.QUOTATION:
        speaker = _commonest(c.attribution.source for c in claims) or "the speaker"
        quote = max((c.quote for c in claims), key=lambda x: (len(x), x)).strip(" “”\"'")
        opening = quote if len(quote) <= 60 else quote[:60].rsplit(" ", 1)[0] + " …"
        return f"What did {speaker} say: “{opening}”?"
    action = _commonest(c.action for c in claims)
    actor = _usual(c.actor for c in claims)
    place = _usual(c.place for c in claims)
    where = f" in {_with_article(place)}" if place and place not in (actor, "") else ""
    subject = _subject(kind, claims)
    if kind is Kind.ORDINAL:
        return f"Which rank: {', '.join(x for x in (subject, actor) if x)}?"
    opening = {
        Kind.COUNT: "How many ",
        Kind.MONEY: "How much money ",
        Kind.SHARE: "What share ",
        Kind.RATIO: "How many times ",
        Kind.MEASURE: "How much ",
    }.get(kind, "")
    about = f"{opening}{subject}" if kind is Kind.COUNT else opening.rstrip()
    topic = "" if kind in (Kind.COUNT, Kind.EVENT) else subject
    planned = _commonest(c.status.value for c in claims) == Status.PLANNED
    if kind is Kind.EVENT:
        done = " ".join(x for x in (action, subject) if x) or claims[0].quote
        return f"Did {_with_article(actor)} {done}{where}?" if actor else f"Event: {done}{where}?"
    if actor and action:
        verb = f"plan to {action}" if planned else action
        on = f" on {topic}" if topic and action == "spend" else (f" ({topic})" if topic else "")
        return f"{about} {'does' if planned else 'did'} {_with_article(actor)} {verb}{on}{where}?"
    details = [x for x in (topic, _participle(action) if action else None, actor) if x]
    return f"{about}{': ' + ', '.join(details) if details else ''}{where}?"


def _subject(kind: Kind, claims: Sequence[Claim]) -> str:
    """What is counted or stated, as most members word it."""
    if kind is Kind.COUNT:
        noun = _commonest(c.noun for c in claims)
        if not noun:
            return _commonest(c.measured for c in claims) or "things"
        modifiers = Counter(m for c in claims for m in set(c.noun_modifiers))
        kept = [m for c in claims for m in c.noun_modifiers if modifiers[m] == len(claims)]
        names = list(dict.fromkeys(m for m in kept if m[:1].isupper()))
        return " ".join([*names, _plural(noun)])
    if kind is Kind.EVENT:
        return _commonest(c.object for c in claims) or _commonest(c.object_party for c in claims) or ""
    if kind is Kind.ORDINAL:
        return _commonest(c.measured for c in claims) or _commonest(c.noun for c in claims) or ""
    return _commonest(c.object for c in claims) or _commonest(c.measured for c in claims) or ""
