"""The words that may credit somebody, by the forms in which they are met: lexicons/cues.toml as tables.

:data:`VERBS`, :data:`NOUNS`, :data:`ADJECTIVES` and :data:`ADVERBS` give the :class:`Entry` of a form,
:data:`IDIOMS` those of the verb with which an idiom begins. Another language is another cues.toml.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from claims.engine import lexicons
from claims.engine.names import ROLES
from claims.engine.nouns import PEOPLE

_CUES = lexicons.load("cues")
#: What is usual behind a word of each class.
TAKES: Mapping[str, frozenset[str]] = {kind: frozenset(takes) for kind, takes in _CUES["takes"].items()}
#: Light verbs whose object is the noun that carries the meaning: "made the claim that".
LIGHT = frozenset(_CUES["light"])
_GRADES = range(9, 0, -1)
#: Closed lists of grammar: forms of "be", linking verbs, words that open a complement.
LISTS: Mapping[str, frozenset[str]] = {name: frozenset(words) for name, words in _CUES["lists"].items()}
#: Nouns for what something may stand in, and for those who may say it.
PAPERS = frozenset(_CUES["sources"]["papers"]) | frozenset(lexicons.load("reporting")["nouns"]["documents"])
SPEAKERS = frozenset(_CUES["sources"]["people"]) | ROLES | PEOPLE


@dataclass(frozen=True, slots=True)
class Entry:
    """What the lexicon says of one form: its class, and of ten times it is met, how many credit somebody."""

    base: str
    kind: str
    grade: int
    forms: frozenset[str] = frozenset()


def _listed(part: str) -> Iterator[tuple[str, int, str]]:
    """Class, grade and word of everything in one part of the lexicon, the surest first within a class."""
    for kind, grades in _CUES[part].items():
        for grade in _GRADES:
            for word in grades.get(str(grade), ()):
                yield kind, grade, word


def _forms(base: str) -> list[tuple[str, str]]:
    """The forms of a verb with their names."""
    if base in _CUES["shortened"]:
        return [(form, which) for form, which in _CUES["shortened"][base]]
    given: Sequence[str] = _CUES["forms"].get(base, ())
    made = lexicons.inflect(base)
    table = {
        "base": made["base"],
        "s": made["s"],
        "past": (given[0],) if given else made["past"],
        "participle": (given[1],) if given else made["participle"],
        "ing": (given[2],) if len(given) > 2 else made["ing"],
    }
    return [(form, which) for which, forms in table.items() for form in forms]


def _verbs() -> dict[str, Entry]:
    verbs: dict[str, Entry] = {}
    for kind, grade, base in _listed("verbs"):
        for form, which in _forms(base):
            old = verbs.get(form)
            if old is None:
                verbs[form] = Entry(base, kind, grade, frozenset({which}))
            elif old.base == base and old.kind == kind:
                verbs[form] = Entry(base, kind, old.grade, old.forms | {which})
    return verbs


def _others(part: str) -> dict[str, Entry]:
    table: dict[str, Entry] = {}
    for kind, grade, word in _listed(part):
        table.setdefault(word, Entry(word, kind, grade))
        if part == "nouns" and not word.endswith("s"):
            plural = word[:-1] + "ies" if word.endswith("y") and word[-2] not in "aeiou" else word + "s"
            table.setdefault(plural, Entry(word, kind, grade))
    return table


def _idioms() -> dict[str, list[tuple[tuple[str, ...], Entry]]]:
    found: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for kind, grade, idiom in _listed("idioms"):
        base, *rest = idiom.split()
        for form, which in _forms(base):
            entry = Entry(idiom, kind, grade, frozenset({which}))
            found.setdefault(form, []).append((tuple(rest), entry))
    for listed in found.values():
        listed.sort(key=lambda one: -len(one[0]))
    return found


VERBS = _verbs()
NOUNS, ADJECTIVES, ADVERBS = (_others(part) for part in ("nouns", "adjectives", "adverbs"))
IDIOMS = _idioms()
#: Every form that is worth a look.
KNOWN = frozenset().union(VERBS, NOUNS, ADJECTIVES, ADVERBS, IDIOMS)
#: Forms of verbs, and the colon, by which something may be said.
SAYING = frozenset(f for f, e in VERBS.items() if e.kind == "say" and e.grade >= 5) | LISTS["also_saying"]
