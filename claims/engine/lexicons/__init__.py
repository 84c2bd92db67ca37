"""The words the engine knows, as data: one TOML file per subject, each opening with how to extend it.

An editor adds a party, a body, an action or a modifier by adding a line; no code knows single words of the
field. Files are read once per process.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Generic, TypeVar

V = TypeVar("V")

_VOWELS = "aeiou"


@cache
def load(name: str) -> dict[str, Any]:
    """The lexicon file ``name``.toml as a dictionary. Raises FileNotFoundError for an unknown name."""
    return tomllib.loads(files(__name__).joinpath(f"{name}.toml").read_text("utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """A closed class of English words ("prepositions") from words.toml."""
    return frozenset(load("words")[name])


@cache
def grammar(module: str) -> dict[str, frozenset[str]]:
    """The word lists that ``module`` reads by, from grammar.toml."""
    return {name: frozenset(listed) for name, listed in load("grammar")[module].items()}


class Phrases(Generic[V]):
    """Phrases of one or more words, each with a value; the longest at a place is found."""

    def __init__(self, entries: Iterable[tuple[Sequence[str], V]]) -> None:
        self._alone: dict[str, V] = {}  # phrases of one word
        self._longer: dict[str, dict[str, list[tuple[tuple[str, ...], V]]]] = {}  # by first and second word
        self._by_last: dict[str, list[tuple[tuple[str, ...], V]]] = {}
        for phrase, value in entries:
            entry = (tuple(phrase), value)
            first, *rest = entry[0]
            if rest:
                self._longer.setdefault(first, {}).setdefault(rest[0], []).append(entry)
            else:
                self._alone.setdefault(first, value)
            self._by_last.setdefault(entry[0][-1], []).append(entry)
        for table in (self._by_last, *self._longer.values()):
            for options in table.values():
                options.sort(key=lambda e: -len(e[0]))

    def at(self, tokens: Sequence[str], i: int) -> tuple[int, V] | None:
        """The longest phrase starting at token ``i``: (the index after it, its value)."""
        # This is asked for every word: two look-ups decide before phrases are compared.
        word = tokens[i]
        seconds = self._longer.get(word)
        if seconds is not None and i + 1 < len(tokens):
            for phrase, value in seconds.get(tokens[i + 1], ()):
                if tuple(tokens[i : i + len(phrase)]) == phrase:
                    return i + len(phrase), value
        return (i + 1, self._alone[word]) if word in self._alone else None

    def before(self, tokens: Sequence[str], end: int) -> tuple[int, V] | None:
        """The longest phrase ending just before token ``end``: (the index of its first token, its value)."""
        if end <= 0:
            return None
        for phrase, value in self._by_last.get(tokens[end - 1], ()):
            start = end - len(phrase)
            if start >= 0 and all(tokens[start + k] == w for k, w in enumerate(phrase)):
                return start, value
        return None


def inflect(base: str) -> dict[str, tuple[str, ...]]:
    """The forms of an English verb: base, s, past, participle, ing. Irregular ones are in words.toml."""
    irregular = load("words")["irregular_verbs"].get(base)
    doubled = _doubles(base)
    if base.endswith("e") and not base.endswith(("ee", "ye", "oe")):
        ing, ed = base[:-1] + "ing", base + "d"
    elif base.endswith("e"):
        ing, ed = base + "ing", base + "d"
    elif base.endswith("y") and base[-2:-1] not in _VOWELS:
        ing, ed = base + "ing", base[:-1] + "ied"
    elif doubled:
        ing, ed = base + base[-1] + "ing", base + base[-1] + "ed"
    else:
        ing, ed = base + "ing", base + "ed"
    if base == "have":
        s = "has"
    elif base.endswith("y") and base[-2:-1] not in _VOWELS:
        s = base[:-1] + "ies"
    elif base.endswith(("s", "x", "z", "ch", "sh", "o")):
        s = base + "es"
    else:
        s = base + "s"
    if base == "die":
        ing = "dying"
    past, participles = (irregular[0], tuple(irregular)) if irregular else (ed, (ed,))
    if irregular and len(irregular) > 1 and past not in irregular[1:]:
        participles = tuple(irregular[1:])
    return {"base": (base,), "s": (s,), "past": (past,), "participle": participles, "ing": (ing,)}


def _doubles(base: str) -> bool:
    if len(base) < 3 or base[-1] in _VOWELS + "wxy" or base[-2] not in _VOWELS or base[-3] in _VOWELS:
        return False
    return len(base) <= 4 or base.endswith(tuple(load("words")["doubling"]["endings"]))


def verb_forms(bases: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """(form, which form, base) for every form of every verb; past comes before participle."""
    for base in bases:
        for which, forms in inflect(base).items():
            for form in forms:
                yield form, which, base
