"""The question of a group in words an editor reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from claims.engine.lexicons import inflect, load
from claims.engine.questions import question
from claims.engine.records import Claim, Kind, PlacedClaim, Status

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
    action = _commonest(question(c).action for c in claims)
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
