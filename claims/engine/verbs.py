"""Which words are forms of which verbs, and which action of the field they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from claims.engine import lexicons

_ACTIONS = lexicons.load("actions")
_REPORTING = lexicons.load("reporting")
_VERBS = lexicons.load("words")["verbs"]


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the field, as its lexicon entry says."""

    name: str
    done: str
    event: bool
    takes_people: bool
    intransitive: frozenset[str]


ACTIONS: Mapping[str, Action] = {
    name: Action(
        name,
        entry["done"],
        entry["event"],
        entry.get("takes") == "people",
        frozenset(entry.get("intransitive", ())),
    )
    for name, entry in _ACTIONS.items()
}


def _table() -> tuple[dict[str, set[str]], dict[str, str], dict[str, str], dict[str, dict[str, str]]]:
    forms: dict[str, set[str]] = {}
    bases: dict[str, str] = {}
    actions: dict[str, str] = {}
    particles: dict[str, dict[str, str]] = {}
    for name, entry in _ACTIONS.items():
        for form, which, base in lexicons.verb_forms(entry["verbs"]):
            forms.setdefault(form, set()).add(which)
            bases.setdefault(form, base)
            actions.setdefault(form, name)
        for verb, particle in entry.get("particles", ()):
            for form, which, base in lexicons.verb_forms([verb]):
                particles.setdefault(form, {})[particle] = name
                forms.setdefault(form, set()).add(which)
                bases.setdefault(form, base)
    others = [*_REPORTING["verbs"]["plain"], *_VERBS["common"], *_VERBS["light"]]
    for form, which, base in lexicons.verb_forms(others):
        forms.setdefault(form, set()).add(which)
        bases.setdefault(form, base)
    return forms, bases, actions, particles


_forms, BASES, ACTION_OF_FORM, _by_particle = _table()
#: form -> which forms of a verb it can be: base, s, past, participle, ing.
FORMS: Mapping[str, frozenset[str]] = {form: frozenset(which) for form, which in _forms.items()}
#: forms that are nouns more often than verbs ("test", "strikes"): a verb only where the words before say so.
AMBIGUOUS: frozenset[str] = frozenset(
    word for entry in _ACTIONS.values() for word in entry.get("ambiguous", ())
) | frozenset(_VERBS["noun_like"])
NOMINALS: Mapping[str, str] = {
    noun: name for name, entry in _ACTIONS.items() for noun in (*entry["nouns"], *entry.get("states", ()))
}
#: form -> particle -> action: "shot down", "pulled out"
PARTICLES: Mapping[str, Mapping[str, str]] = _by_particle
#: phrases that decide the action of a "declare" or "make" before them
PHRASES: Mapping[str, str] = {p: name for name, e in _ACTIONS.items() for p in e.get("phrases", ())}


def is_verb_form(word: str) -> bool:
    """Whether a lower-case word is a form of a known verb that is not more often a noun."""
    return word in FORMS and word not in AMBIGUOUS
