"""Keys under which an index finds the claims worth comparing with one: nobody looks at all of them."""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from claims.engine.questions import SHORT_QUOTATION, Question, lexicon, question
from claims.engine.records import Claim, Kind
from claims.engine.wording import words

#: Words in a row whose hashes find a quotation again, and how many of them are kept.
_SHINGLE, _QUOTATION_KEYS = 4, 24


@lru_cache(maxsize=16384)
def link_keys(claim: Claim) -> frozenset[str]:
    """Strings of which any two claims that :func:`claims.engine.linking.compare` links share at least one.

    No value is in them. Each joins what is counted with one thing said about it, so that a key is far rarer
    than a party's name. A claim that says too little to be compared has none.
    """
    if claim.kind is Kind.QUOTATION:
        return _quotation_keys(claim.quote)
    q = question(claim)
    parties = lexicon().parties
    features = {f"word {x}" for x in q.words} | {f"name {x}" for x in q.names - parties}
    if q.place and q.place not in parties:
        features.add(f"place {q.place}")
    if q.kind in (Kind.COUNT, Kind.ORDINAL) and q.noun and not q.counts_something_common:
        named = {"action": q.action, "actor": q.actor, "party": q.party, "place": q.place}
        features |= {f"{role} {name}" for role, name in named.items() if name}
    if q.action:
        features |= {f"{q.action} on {day}" for day in q.days_of}
    keys = set()
    if q.kind is not Kind.EVENT:
        prefix = f"part of {q.base}" if q.is_part else q.base
        keys |= {f"{prefix}|{x}" for x in features}
    if q.kind is Kind.EVENT or (q.kind is Kind.COUNT and not q.is_part):
        keys |= _act_keys(q)
    return frozenset(map(_short, keys))


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
    if len(forms) < SHORT_QUOTATION:
        return frozenset({_short("said " + " ".join(forms))})
    shingles = {
        blake2b(" ".join(forms[i : i + _SHINGLE]).encode(), digest_size=8).hexdigest()
        for i in range(len(forms) - _SHINGLE + 1)
    }
    # The smallest hashes are a sample both sides draw alike, however long they are.
    return frozenset(f"said {x}" for x in sorted(shingles)[:_QUOTATION_KEYS])
