"""The question of a group in words an editor reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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
    """The commonest value, where half of the members give it: one odd reading makes no question."""
    given = list(values)
    found = _commonest(given)
    return found if found and 2 * given.count(found) >= len(given) else None


@dataclass(frozen=True, slots=True)
class _Said:
    """What most members say: of whom, what, where, and whether it is planned."""

    actor: str | None
    action: str | None
    where: str
    planned: bool

    def asked(self, opening: str, after: str = "") -> str:
        """A question that begins with ``opening``: "How many launchers did Norland deploy in Eastmark?"."""
        if self.actor and self.action:
            verb = (
                f"does {_with_article(self.actor)} plan to"
                if self.planned
                else f"did {_with_article(self.actor)}"
            )
            return f"{opening} {verb} {self.action}{after}{self.where}?"
        if self.action:
            be = "are to be" if self.planned else "were"
            return f"{opening} {be} {_participle(self.action)}{after}{self.where}?"
        about = f", {_with_article(self.actor)}" if self.actor else ""
        return f"{opening}{after}{about}{self.where}?"


def label(members: Sequence[PlacedClaim]) -> str:
    """The question the members answer, in words an editor reads; the same for any order of members.

    Raises ValueError for no members.
    """
    if not members:
        raise ValueError("a group without members has no question")
    numbered = [m.claim for m in members if m.claim.kind is not Kind.EVENT] or [m.claim for m in members]
    kind = Kind(_commonest(c.kind.value for c in numbered) or Kind.EVENT)
    claims = [c for c in numbered if c.kind is kind]
    if kind is Kind.QUOTATION:
        return _about_words(claims)
    actor, place = _usual(question(c).actor for c in claims), _usual(c.place for c in claims)
    said = _Said(
        actor=actor,
        action=_commonest(question(c).action for c in claims),
        where=f" in {_with_article(place)}" if place and place != actor else "",
        planned=_commonest(c.status.value for c in claims) == Status.PLANNED,
    )
    return _ASKED[kind](claims, said)


def _about_words(claims: Sequence[Claim]) -> str:
    speaker = _commonest(c.attribution.source for c in claims) or "the speaker"
    quote = max((c.quote for c in claims), key=lambda x: (len(x), x)).strip(" “”\"'")
    opening = quote if len(quote) <= 60 else quote[:60].rsplit(" ", 1)[0] + " …"
    return f"What did {speaker} say: “{opening}”?"


def _about_count(claims: Sequence[Claim], said: _Said) -> str:
    noun = _commonest(c.noun for c in claims)
    if not noun:
        return f"How many: {_topic(claims, said) or 'things'}{said.where}?"
    by_all = set.intersection(*(set(c.noun_modifiers) for c in claims))
    names = sorted(m for m in by_all if m[:1].isupper())
    return said.asked(" ".join(["How many", *names, _plural(noun)]))


def _about_money(claims: Sequence[Claim], said: _Said) -> str:
    topic = _topic(claims, said)
    spends = said.actor and said.action == "spend"
    return (
        said.asked("How much", f" on {topic}") if topic and spends else _listed("How much money", topic, said)
    )


def _about_measure(claims: Sequence[Claim], said: _Said) -> str:
    unit = _commonest(c.quantity.unit for c in claims if c.quantity) or "units"
    return _listed(f"How many {_plural(unit)}", _topic(claims, said), said)


def _about_act(claims: Sequence[Claim], said: _Said) -> str:
    thing = _commonest(c.object for c in claims) or _commonest(c.object_party for c in claims)
    act = " ".join(x for x in (said.action, thing) if x) or min(c.quote for c in claims)
    who = f"Did {_with_article(said.actor)} {act}" if said.actor else f"Who: {act}"
    return f"{who}{said.where}?"


def _about_date(claims: Sequence[Claim], said: _Said) -> str:
    topic = _commonest(c.measured for c in claims) or "date"
    return f"When: {topic}{said.where}?"


def _about(opening: str) -> Callable[[Sequence[Claim], _Said], str]:
    return lambda claims, said: _listed(opening, _topic(claims, said), said)


def _listed(opening: str, topic: str, said: _Said) -> str:
    details = [x for x in (topic, _participle(said.action) if said.action else "", said.actor) if x]
    return f"{opening}{': ' + ', '.join(details) if details else ''}{said.where}?"


def _topic(claims: Sequence[Claim], said: _Said) -> str:
    """What is measured, as most members word it; failing that, the words most of them share."""
    named = _commonest(c.object for c in claims if c.object != c.actor)
    shared = Counter(word for c in claims for word in question(c).words)
    words = sorted(shared, key=lambda w: (-shared[w], w))[:3]
    return named or _commonest(c.measured for c in claims if "(" not in c.measured) or " ".join(words)


_ASKED: dict[Kind, Callable[[Sequence[Claim], _Said], str]] = {
    Kind.COUNT: _about_count,
    Kind.MONEY: _about_money,
    Kind.MEASURE: _about_measure,
    Kind.EVENT: _about_act,
    Kind.DATE: _about_date,
    Kind.SHARE: _about("What share"),
    Kind.RATIO: _about("How many times"),
    Kind.ORDINAL: _about("Which rank"),
}
