"""What an article is about, among the topics of arms control: by terms and names, always counted alike.

The list and its words are ours (``lexicons/topics.toml``). An article is about a topic when what it says of
it reaches :data:`ENOUGH` points; of more than :data:`MOST` those with most points are kept, and of those only
what comes near the first: an article on a treaty that mentions one drone is not about drones.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from claims.engine import lexicons
from claims.engine.lexicons import Phrases
from claims.engine.records import Claim
from claims.engine.wording import stem

__all__ = ["TOPICS", "topics"]

#: Points that make a topic: two telling terms, or one in the headline, or one and some that lean that way.
ENOUGH = 6.0
#: Topics of one article at most.
MOST = 3
#: Share of the strongest topic's points that another must reach.
_NEAR = 0.34
_TELLING, _LEANING, _TITLE = 3.0, 1.0, 2.0
#: Words of a body that are read. What an article is about it says early; a book's worth costs no more.
_READ = 3000
_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*|\d+")


@dataclass(frozen=True, slots=True)
class _Topic:
    """A topic, with what must stand in the article for it to count at all."""

    slug: str
    about: frozenset[str]
    beside: frozenset[str]


def topics(title: str, body: str, told: Iterable[Claim | str] = ()) -> tuple[str, ...]:
    """The slugs of what an article is about, the most told first; none where nothing reaches ENOUGH points.

    ``told`` are its claims, or canonical names of what they name: they say who "the North" is. Pure and
    deterministic: the same texts have the same topics.
    """
    found = _Found()
    found.read(title, _TITLE)
    found.read(body, 1.0)
    named = found.names | _names(told)
    points: dict[str, float] = {}
    for topic in _topics():
        if topic.about and topic.about.isdisjoint(named):
            continue
        if topic.beside and not found.say(topic.beside):
            continue
        points[topic.slug] = found.points(topic.slug)
    most = max(points.values(), default=0.0)
    order = list(TOPICS)
    ranked = sorted(points, key=lambda slug: (-points[slug], order.index(slug)))
    return tuple(slug for slug in ranked if points[slug] >= max(ENOUGH, _NEAR * most))[:MOST]


def _names(told: Iterable[Claim | str]) -> set[str]:
    found: set[str] = set()
    for each in told:
        if isinstance(each, str):
            found.add(each)
        else:
            found.update(name for name in (*each.entities, each.actor, each.object_party) if name)
    return found


class _Found:
    """What was found in the texts read so far."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.terms: set[str] = set()
        self._times: Counter[str] = Counter()
        self._best: dict[str, float] = {}

    def read(self, text: str, worth: float) -> None:
        written = _WORD.findall(text[: _READ * 12])[:_READ]
        for what, is_name in _phrases(written):
            (self.names if is_name else self.terms).add(what)
            self._times[what] += 1
            self._best[what] = max(self._best.get(what, 0.0), worth)

    def say(self, wanted: frozenset[str]) -> bool:
        """Whether one of some terms was found, alone or within a longer one ("bomb" in "barrel bomb")."""
        found = " | ".join((*self.terms, *self.names))
        return any(f" {term} " in f" {found} " for term in wanted)

    def points(self, slug: str) -> float:
        """Each term once, in the headline double; what comes again adds as its logarithm."""
        told = (
            weight * self._best[what] * (1 + math.log(self._times[what]) / 4)
            for what, weight in _weights()[slug]
            if what in self._best
        )
        return round(math.fsum(told), 6)  # no last digit decides


def _phrases(written: list[str]) -> Iterator[tuple[str, bool]]:
    """The terms and names among the words, the longest at each place; a name may hold a term."""
    terms, names = _lookups()
    stems = [stem(word) for word in written]
    for tokens, phrases, is_name in ((stems, terms, False), (written, names, True)):
        i = 0
        while i < len(tokens):
            found = phrases.at(tokens, i)
            if found is None:
                i += 1
            else:
                yield found[1], is_name
                i = found[0]


@cache
def _given() -> Mapping[str, Mapping[str, object]]:
    return lexicons.load("topics")


def _listed(slug: str, what: str) -> list[str]:
    listed = _given()[slug].get(what, [])
    return [str(each) for each in listed] if isinstance(listed, list) else []


def _term(phrase: str) -> list[str]:
    return [stem(word) for word in _WORD.findall(phrase)]


@cache
def _topics() -> tuple[_Topic, ...]:
    return tuple(
        _Topic(
            slug,
            frozenset(_listed(slug, "about")),
            frozenset(" ".join(_term(phrase)) for phrase in _listed(slug, "beside")),
        )
        for slug in _given()
    )


@cache
def _weights() -> dict[str, list[tuple[str, float]]]:
    """What counts for each topic, and how much."""
    found: dict[str, list[tuple[str, float]]] = {}
    for slug in _given():
        own = {" ".join(_term(phrase)): _LEANING for phrase in _listed(slug, "terms")}
        own |= {" ".join(_term(phrase)): _TELLING for phrase in _listed(slug, "telling")}
        own |= dict.fromkeys(_canonical(slug), _TELLING)
        found[slug] = sorted(own.items())
    return found


def _canonical(slug: str) -> list[str]:
    systems = lexicons.load("systems")
    return [*_listed(slug, "names"), *(name for table in _listed(slug, "systems") for name in systems[table])]


@cache
def _lookups() -> tuple[Phrases[str], Phrases[str]]:
    """Terms by their stems, and names by their words as written, each with what it stands for."""
    terms = {
        tuple(_term(phrase)): " ".join(_term(phrase))
        for slug in _given()
        for what in ("telling", "terms", "beside")
        for phrase in _listed(slug, what)
    }
    forms = _forms()
    wanted = {name for slug in _given() for name in (*_canonical(slug), *_listed(slug, "about"))}
    names = {tuple(_WORD.findall(form)): name for name in sorted(wanted) for form in forms[name]}
    return Phrases(terms.items()), Phrases((phrase, name) for phrase, name in names.items() if phrase)


@cache
def _forms() -> dict[str, tuple[str, ...]]:
    """Every way to write every name of the lexicons."""
    found = {}
    for file in ("treaties", "bodies"):
        found.update({name: (name, *entry["names"]) for name, entry in lexicons.load(file).items()})
    for file in ("systems", "parties"):
        for table in lexicons.load(file).values():
            for name, entry in table.items():
                more = (*entry.get("demonyms", ()), *entry.get("capitals", ()))
                found[name] = (name, *entry["names"], *more)
    return found


#: Every topic's slug and label, in the order of the list.
TOPICS: Mapping[str, str] = MappingProxyType({slug: str(entry["label"]) for slug, entry in _given().items()})
