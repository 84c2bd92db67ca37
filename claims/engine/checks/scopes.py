"""Scopes that keep two figures from being compared: deployed and stored, ordered and delivered.

The words are in ``lexicons/scopes.toml``. :func:`opposed` is for every check that compares values: where it
finds something, different numbers do not contradict each other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from claims.engine.lexicons import Phrases, load
from claims.engine.records import PlacedClaim
from claims.engine.wording import words

#: Words before and after a figure that can say its scope. Further away they mostly belong to something else.
_BEFORE, _AFTER = 6, 9
#: Where a clause ends, or the next figure begins, the words no longer speak of this figure.
_CLAUSE = re.compile(
    r"[;:—–\d\n]|\s-\s|,\s+(?:and|but|or|while|which|who|where)\b"
    r"|\b(?:while|whereas|although|though|but|however)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Opposition:
    """That two figures count by different scopes of one axis ("deployed, stored or retired").

    ``here`` and ``there`` are the scopes of the first and the second claim, () where it names none.
    """

    axis: str
    here: tuple[str, ...]
    there: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(load("scopes")[self.axis]["name"])

    @property
    def adds_up(self) -> bool:
        """Whether the scopes are parts of one whole (deployed and stored), not stages of one thing."""
        return bool(load("scopes")[self.axis]["kind"] == "parts")

    def turned(self) -> Opposition:
        return Opposition(self.axis, self.there, self.here)


def opposed(a: PlacedClaim, b: PlacedClaim) -> Opposition | None:
    """The first axis on which two figures have different scopes, or None where nothing tells them apart.

    ``opposed(b, a)`` is ``opposed(a, b)`` turned round. A scope that only one side names opposes nothing
    ("24 launchers" may be all deployed), but for the axes marked ``alone`` in the lexicon ("three dead,
    including the gunman" beside "two dead"). Nor does a scope that cannot explain the difference: a whole
    smaller than its part, or figures further apart than the lexicon's ``most``.
    """
    one, other = scopes(a), scopes(b)
    for axis, entry in load("scopes").items():
        here, there = one.get(axis, ()), other.get(axis, ())
        named = (here and there) or entry.get("alone")
        if here != there and named and _explains(a, b, axis, here, there):
            return Opposition(axis, here, there)
    return None


def _explains(
    a: PlacedClaim, b: PlacedClaim, axis: str, here: tuple[str, ...], there: tuple[str, ...]
) -> bool:
    x, y = a.claim.quantity, b.claim.quantity
    if x is None or y is None or x.unit != y.unit:
        return True
    most = load("scopes")[axis].get("most")
    if most is not None and abs(x.value - y.value) > most:
        return False
    wholes = [any(is_whole(axis, side) for side in sides) for sides in (here, there)]
    if wholes[0] == wholes[1]:
        return True
    return x.value >= y.value if wholes[0] else y.value >= x.value


def scopes(member: PlacedClaim) -> Mapping[str, tuple[str, ...]]:
    """The scopes said of a figure, by axis; more than one where it counts them together."""
    own, near = _parts_of(member)
    return _scopes(tuple(own), tuple(near))


def qualifying(member: PlacedClaim) -> Mapping[tuple[str, str], str]:
    """The scopes a figure is qualified by and that a reader misses where they are gone: (axis, side) and the
    words. They stand with the figure itself: "24 deployed launchers", not "deployed 24 launchers"."""
    own, near = _parts_of(member)
    found = {}
    for axis, entry in load("scopes").items():
        said = _said(axis, near if entry.get("alone") else own)
        if len({side for side, _ in said}) == 1 and entry["sides"][said[0][0]].get("qualifies"):
            found[axis, said[0][0]] = said[0][1]
    return found


def _parts_of(member: PlacedClaim) -> tuple[list[str], list[str]]:
    """The forms of a figure's own words and of those with the words around it in the clause."""
    claim, text = member.claim, member.text
    before, after = text[claim.sentence.start : claim.span.start], text[claim.span.end : claim.sentence.end]
    # What narrows the noun may stand outside the quote ("of the deployed warheads, 24 ...").
    outside = [m for m in claim.noun_modifiers if m not in claim.quote]
    return _forms_of(" ".join((*outside, claim.quote)), before, after)


@lru_cache(maxsize=16384)
def _forms_of(quote: str, before: str, after: str) -> tuple[list[str], list[str]]:
    own = _forms(quote)
    near = [*_forms(_last_clause(before))[-_BEFORE:], *own, *_forms(_first_clause(after))[:_AFTER]]
    return own, near


@lru_cache(maxsize=16384)
def _scopes(own: tuple[str, ...], near: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    found = {}
    for axis, entry in load("scopes").items():
        sides = {side for side, _ in _said(axis, own if entry["where"] == "quote" else near)}
        if sides:
            found[axis] = tuple(sorted(sides))
    return found


def _forms(text: str) -> list[str]:
    return [w.form for w in words(text)]


def _last_clause(text: str) -> str:
    end = 0
    for mark in _CLAUSE.finditer(text):
        end = mark.end()
    return text[end:]


def _first_clause(text: str) -> str:
    mark = _CLAUSE.search(text)
    return text[: mark.start()] if mark else text


def _said(axis: str, forms: Sequence[str]) -> list[tuple[str, str]]:
    """Each scope of an axis that words say, with the words."""
    phrases, found, i = _phrases()[axis], [], 0
    while i < len(forms):
        match = phrases.at(forms, i)
        if match:
            found.append((match[1], " ".join(forms[i : match[0]])))
        i = match[0] if match else i + 1
    return found


@cache
def _phrases() -> Mapping[str, Phrases[str]]:
    return {
        axis: Phrases(
            [
                ([w.form for w in words(phrase.replace("{who}", who))], side)
                for side, entry_of_side in entry["sides"].items()
                for phrase in entry_of_side["words"]
                for who in (entry.get("who", ()) if "{who}" in phrase else ("",))
            ]
        )
        for axis, entry in load("scopes").items()
    }


def counts(axis: str, side: str) -> str:
    """What a scope counts, in words ("only those deployed")."""
    return str(load("scopes")[axis]["sides"][side]["counts"])


def rest(axis: str, side: str) -> str:
    """What would have to be added for a figure to count this scope as well ("those in storage")."""
    return str(load("scopes")[axis]["sides"][side]["rest"])


def is_whole(axis: str, side: str) -> bool:
    """Whether a scope holds the others of its axis (a stockpile those deployed)."""
    return bool(load("scopes")[axis]["sides"][side].get("whole"))
