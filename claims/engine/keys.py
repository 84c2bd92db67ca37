"""Keys under which an index finds the claims worth comparing with one: nobody looks at all of them.

Two tiers. Claims of one story are found by their articles: each article is filed under the terms that tell
it from others, with the day it was published, and of the articles most alike every claim of the same
:func:`slot` is looked at. Claims of other stories and other times are found by :func:`wide_keys`, each of
which joins two things said about what is measured. No value is in a key, or claims in conflict would never
meet.

A key may grow frequent with the years. So the index is read nearest day first and only so far
(``claims/services/candidates.py``); what a key says must be rare enough that the nearest are the right ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import combinations, islice

from claims.engine.dimensions import dimension
from claims.engine.questions import SHORT_QUOTATION, Question, lexicon, question
from claims.engine.records import ArticleRef, Claim, Kind, PlacedClaim, Profile
from claims.engine.stories import idf, profile_of
from claims.engine.wording import words

#: Terms an article is filed under. Of the articles with truly linked figures in ECB+ 98.8 % share one of 24,
#: 97.8 % one of 16, 99.7 % one of 32: the claims' own keys make up for the rest.
STORY_KEYS = 24
#: What a term must weigh: "people" and "killed" tell no story, and half of all articles would be filed there.
#: In ECB+ it costs no linked pair up to 2.5.
_LEAST_TELLING = 2.0
#: Keys a claim is filed under at most, those of the rarest words first.
WIDE_KEYS = 8
#: Things said about a measured thing that are joined two by two.
_JOINED = 4
#: A quotation is filed under runs of this many words ...
_RUN = 4
#: ... of which the smallest hash of every so many neighbours is kept (winnowing: Schleimer, Wilkerson and
#: Aiken 2003), so that two quotations with _RUN + _WINDOW - 1 words in a row in common share a key, however
#: long they are.
_WINDOW = 3
#: The most keys of one quotation.
_QUOTATION_KEYS = 32


def number(key: str) -> int:
    """A key as the index keeps it: a signed 64-bit hash."""
    return int.from_bytes(blake2b(key.encode(), digest_size=8).digest(), "big", signed=True)


def slot(kind: str, unit: str) -> str:
    """What sort of answer a claim gives; claims in different slots never answer one question.

    An act without a number may answer the question of a count ("expelled diplomats", "ten diplomats"), and
    one currency that of another.
    """
    if kind in (Kind.COUNT, Kind.EVENT):
        return "count"
    if kind == Kind.MEASURE:
        return f"measure {dimension(unit) or unit}"
    return kind


def story_keys(profile: Profile) -> tuple[str, ...]:
    """The terms an article is filed under, the most telling first."""
    telling = (term for term, _ in profile.terms if _rarest(term) >= _LEAST_TELLING)
    return tuple(islice(telling, STORY_KEYS))


@lru_cache(maxsize=16384)
def wide_keys(claim: Claim) -> frozenset[str]:
    """The keys that find a claim at any distance in time; a claim that says too little has none."""
    if claim.kind is Kind.QUOTATION:
        return _quotation_keys(claim.quote)
    q = question(claim)
    keys: dict[str, float] = {}
    if q.kind is not Kind.EVENT:
        keys |= _measured_keys(q, claim)
    if q.kind in (Kind.EVENT, Kind.COUNT) and not q.is_part:
        keys |= _act_keys(q)
    return frozenset(sorted(keys, key=lambda key: (-keys[key], key))[:WIDE_KEYS])


def in_reach(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether the index would find one claim by the other, were it read without end; symmetric."""
    if not wide_keys(a.claim).isdisjoint(wide_keys(b.claim)):
        return True
    return same_slot(a.claim, b.claim) and _share_a_term(a.article, b.article)


def same_slot(a: Claim, b: Claim) -> bool:
    """Whether two claims of one story are worth comparing; quotations are found by their words alone."""
    return _slot(a) == _slot(b) != Kind.QUOTATION


def _slot(claim: Claim) -> str:
    return slot(claim.kind, claim.quantity.unit if claim.quantity else "")


def _share_a_term(a: ArticleRef, b: ArticleRef) -> bool:
    if a.key == b.key:
        return True
    return not set(story_keys(profile_of(a))).isdisjoint(story_keys(profile_of(b)))


def _measured_keys(q: Question, claim: Claim) -> dict[str, float]:
    """What is measured joined with what is said about it, by how rare the words are.

    A noun that says what is counted ("interceptor") is joined with one thing; where it does not ("people"),
    or money, a share or a weight is told, two things are joined with each other.
    """
    parties = lexicon().parties
    said = {f"word {x}": idf(x) for x in q.words | q.narrowed}
    said |= {f"name {x}": _rarest(x) for x in q.names - parties}
    said |= {f"place {q.place}": _rarest(q.place)} if q.place and q.place not in parties else {}
    named = {"action": q.action, "actor": q.actor, "party": q.party}
    said |= {f"{role} {name}": _rarest(name) for role, name in named.items() if name}
    said |= {f"{q.action} on {day}": 5.0 for day in q.days_of if q.action}
    prefix = f"part of {q.base}" if q.is_part else slot(q.kind, claim.quantity.unit if claim.quantity else "")
    if q.kind in (Kind.COUNT, Kind.ORDINAL) and q.noun and not q.counts_something_common:
        return {f"{prefix}|{q.noun}|{x}": weight for x, weight in said.items()}
    best = sorted(said, key=lambda x: (-said[x], x))[:_JOINED]
    return {f"{prefix}|{x}|{y}": said[x] + said[y] for x, y in combinations(sorted(best), 2)}


def _act_keys(q: Question) -> dict[str, float]:
    """Keys under which an act without a number meets the figures of the same act."""
    if not q.action:
        return {}
    keys = {}
    if q.noun and not q.counts_something_common:
        for role, name in (("actor", q.actor), ("party", q.party), ("place", q.place)):
            if name:
                keys[f"act {q.action}|{q.noun}|{role} {name}"] = _rarest(name)
    if q.actor and q.place:
        keys[f"act {q.action}|actor {q.actor}|place {q.place}"] = _rarest(q.place)
    if q.actor and q.party:
        keys[f"act {q.action}|actor {q.actor}|party {q.party}"] = _rarest(q.party)
    return keys


def _rarest(name: str) -> float:
    return max((idf(word) for word in name.split()), default=0.0)


def _quotation_keys(quote: str) -> frozenset[str]:
    forms = [w.form for w in words(quote, insertions=False)]
    if len(forms) < 3:
        return frozenset()
    if len(forms) < SHORT_QUOTATION:
        return frozenset({"said " + " ".join(forms)})
    runs = [
        blake2b(" ".join(forms[i : i + _RUN]).encode(), digest_size=8).hexdigest()
        for i in range(len(forms) - _RUN + 1)
    ]
    return frozenset(f"said {run}" for run in sorted(_winnowed(runs))[:_QUOTATION_KEYS])


def _winnowed(hashes: Sequence[str]) -> Iterable[str]:
    return {min(hashes[i : i + _WINDOW]) for i in range(len(hashes) - _WINDOW + 1)}
