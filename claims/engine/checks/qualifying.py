"""One number with and without a qualifier in different outlets: what qualifier_dropped, qualifier_added and
approximation_hardened look at.

A qualifier is a word of bounds ("as many as", "almost": the rows of docs/numbers.md) or one that narrows what
is counted ("deployed", "planned", "including options": lexicons/scopes.toml).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from claims.engine.bounds import ROWS
from claims.engine.checks.comparing import is_limit, nominal, same_thing
from claims.engine.checks.evidence import quantity_of, weight
from claims.engine.checks.pairing import source_first
from claims.engine.checks.scopes import qualifying, scopes
from claims.engine.linking import days_between
from claims.engine.modifiers import modifier_before
from claims.engine.records import Group, PlacedClaim
from claims.engine.wording import words

CEILINGS = frozenset({"up_to", "at_most", "less_than"})
FLOORS = frozenset({"at_least", "more_than"})
APPROXIMATIONS = frozenset({"almost", "about"})
#: Rules of a figure given flat, and qualifiers that are a habit of style.
FLAT = frozenset({"point", "grain"})
_STYLE = frozenset({"some", "perhaps", "maybe"})
#: A floor rises with the news: "at least 20" on Monday may be an exact 20 on Wednesday (days).
_SAME_NEWS, _SAME_STORY = 1, 31
#: An outlet that is outnumbered by this much has added its qualifier rather than the others dropped it.
_OUTNUMBERED = 2
#: Members with one number that are compared; a number more outlets carry is no news to anybody.
_MOST = 60


@dataclass(frozen=True, slots=True)
class Case:
    """One outlet's flat figure, and the members of other outlets that qualify the same number.

    ``sort`` names the qualifier ("up_to", "deployment deployed"). ``dropped`` are those that the flat one may
    have taken it from, ``added`` those that may have taken theirs from the flat one; a member is in one.
    """

    value: str
    sort: str
    flat: PlacedClaim
    dropped: list[PlacedClaim] = field(default_factory=list)
    added: list[PlacedClaim] = field(default_factory=list)
    outnumbered: bool = False


def qualifiers(member: PlacedClaim) -> dict[str, str]:
    """The qualifiers that stand with a figure: their sort, and their words."""
    quantity = quantity_of(member)
    found = {f"{axis} {side}": said for (axis, side), said in qualifying(member).items()}
    if quantity.modifier and quantity.modifier.casefold() not in _STYLE:
        found[quantity.rule] = quantity.modifier
    return found


def cases(group: Group, sorts: Collection[str] | None = None) -> Iterator[Case]:
    """Every flat figure of the group that others qualify; ``sorts`` are the rules of bounds to look at, None
    for the scopes."""
    by_value: dict[str, list[PlacedClaim]] = {}
    for member in group.members:
        value = nominal(member.claim)
        if value:
            by_value.setdefault(value, []).append(member)
    for value in sorted(by_value):
        members = by_value[value][:_MOST]
        said = {m.key: qualifiers(m) for m in members}
        bounds = APPROXIMATIONS | CEILINGS | FLOORS
        known = sorted({s for found in said.values() for s in found})
        for sort in (s for s in known if (s in sorts if sorts is not None else s not in bounds and " " in s)):
            qualified = [m for m in members if sort in said[m.key]]
            yield from _of_one_sort(value, sort, qualified, _flat(members, sort))


def _flat(members: Sequence[PlacedClaim], sort: str) -> list[PlacedClaim]:
    """Members without the sort of qualifier, in articles that nowhere give the number with one."""
    axis = sort.split()[0] if " " in sort else None
    if axis:
        known = {m.article.key for m in members if scopes(m).get(axis)}
        return [m for m in members if m.article.key not in known]
    vague = {m.article.key for m in members if quantity_of(m).rule in CEILINGS | FLOORS | APPROXIMATIONS}
    return [m for m in members if quantity_of(m).rule in FLAT and m.article.key not in vague]


def _of_one_sort(
    value: str, sort: str, qualified: list[PlacedClaim], flat: list[PlacedClaim]
) -> Iterator[Case]:
    carrying = [weight(side) for side in (flat, qualified)]
    outnumbered = carrying[0] > _OUTNUMBERED * carrying[1]
    limit = _SAME_NEWS if sort in FLOORS else _SAME_STORY
    seen = set()
    for member in sorted(flat, key=lambda m: m.claim.headline):  # the body's claim speaks for its article
        case = Case(value, sort, member, outnumbered=outnumbered)
        for other in qualified:
            if (
                other.article.outlet == member.article.outlet
                or (days_between(other.article.published, member.article.published) or 0) > limit
                or (sort in CEILINGS and is_limit(member.claim))
                or not same_thing(other, member)
            ):
                continue
            order = source_first(other, member)
            (case.added if order and order[0] is member else case.dropped).append(other)
        if not (case.added or case.dropped) or member.article.key in seen:
            continue
        seen.add(member.article.key)
        if " " in sort or not _bounded_elsewhere(member):
            yield case


def _bounded_elsewhere(member: PlacedClaim) -> bool:
    """Whether the article gives the same number with a word of bounds anywhere, claim of the group or not."""
    number = next((w.form for w in words(member.claim.quote) if w.form[0].isdigit()), None)
    forms = _forms(member.article.body)
    places = (i for i, form in enumerate(forms) if form == number)
    return any((found := modifier_before(forms, i)) and found[1] in ROWS for i in places)


@lru_cache(maxsize=64)
def _forms(body: str) -> list[str]:
    return [w.form for w in words(body)]
