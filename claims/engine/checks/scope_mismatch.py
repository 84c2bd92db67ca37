"""Two figures for one question differ because they count by different scopes: they cannot be compared.

Deployed, stored or retired; promised, ordered or delivered; asked for, committed or spent; deaths with or
without the attacker; military or civilian; new ones or all there are; with or without options. Neither outlet
need be wrong, so this is no contradiction and value_conflict stays silent; but a reader who meets both
figures should know which is which. Raised where no value satisfies both figures and the words beside them
say different scopes of one axis (`claims/engine/lexicons/scopes.toml`); where an article itself gives the
other's figure as well, it has told the two apart and nothing is reported. Of a large group the 60 readings
that most outlets carry are compared.

Example: one outlet counts five dead "including the gunman", another four dead.

What would clear it: both figures given for one scope; the finding says what would have to be added to which.
"""

from __future__ import annotations

from collections.abc import Iterator

from claims.engine.checks.comparing import disjoint, told_apart
from claims.engine.checks.evidence import article_keys, keys, quantity_of, quoted, reading, subject
from claims.engine.checks.pairing import across
from claims.engine.checks.registry import check
from claims.engine.checks.scopes import Opposition, counts, is_whole, opposed, rest
from claims.engine.linking import compare, days_between
from claims.engine.records import Finding, Group, PlacedClaim, Severity
from claims.engine.spelled_out import places_apart
from claims.engine.wording import listed

_SAME_STORY = 31  # days: later figures are news of their own


@check(id="scope_mismatch", name="Scope mismatch", over="group")
def scope_mismatch(group: Group) -> Iterator[Finding]:
    found: dict[str, tuple[PlacedClaim, PlacedClaim, Opposition]] = {}
    for a, b in across(group.members):
        if not disjoint(a.claim, b.claim):
            continue
        opposition = opposed(a, b)
        if (
            opposition is None
            or (days_between(a.article.published, b.article.published) or 0) > _SAME_STORY
            or compare(a, b) is None
            or places_apart(a, b)
            or told_apart(a, b, group.members)
        ):
            continue
        less, more = (a, b) if quantity_of(a).value <= quantity_of(b).value else (b, a)
        sides = opposition if less is a else opposition.turned()
        name = subject(opposition.axis, _reading(less, sides.here), _reading(more, sides.there))
        found.setdefault(name, (less, more, sides))
    for name in sorted(found):
        yield _finding(name, *found[name])


def _reading(member: PlacedClaim, sides: tuple[str, ...]) -> str:
    quantity = quantity_of(member)
    return f"{quantity.value.normalize():f} {quantity.unit} {'+'.join(sides)}".strip()


def _finding(name: str, less: PlacedClaim, more: PlacedClaim, sides: Opposition) -> Finding:
    here, there = _in_words(sides.axis, sides.here), _in_words(sides.axis, sides.there)
    return Finding(
        check="scope_mismatch",
        severity=Severity.LOW if sides.here and sides.there else Severity.INFO,
        subject=name,
        summary=(
            f"{less.article.outlet} gives {quoted(less.claim.quote)} ({here}), {more.article.outlet} "
            f"{quoted(more.claim.quote)} ({there}): the two do not count the same and cannot be compared."
        ),
        claims=keys([less, more]),
        articles=article_keys([less, more]),
        evidence={
            "readings": [reading(less), reading(more)],
            "axis": sides.name,
            "scopes": [list(sides.here), list(sides.there)],
        },
        clears=_clears(less, more, sides),
        basis=f"scope comes before values ({sides.name}); lexicons/scopes.toml and docs/numbers.md",
    )


def _in_words(axis: str, sides: tuple[str, ...]) -> str:
    return listed([counts(axis, side) for side in sides]) or "it does not say whether the same is counted"


def _clears(less: PlacedClaim, more: PlacedClaim, sides: Opposition) -> str:
    smaller, larger = quoted(less.claim.quote), quoted(more.claim.quote)
    missing = [side for side in sides.there if side not in sides.here]
    extra = [side for side in sides.here if side not in sides.there]
    if sides.adds_up and missing and (len(sides.there) > 1 or is_whole(sides.axis, missing[0])):
        added = listed([rest(sides.axis, side) for side in missing])
        return f"It would agree if {less.article.outlet}'s {smaller} counted {added} as well."
    if sides.adds_up and extra and (len(sides.here) > 1 or is_whole(sides.axis, extra[0])):
        added = listed([rest(sides.axis, side) for side in extra])
        return f"It would agree if {more.article.outlet}'s {larger} counted {added}, too."
    if sides.adds_up and sides.here and sides.there:
        added = listed([rest(sides.axis, side) for side in (*sides.here, *sides.there)])
        return f"Nothing needs to be cleared: the two count parts; a total would count {added}."
    wanted = listed([counts(sides.axis, side) for side in sides.there or sides.here])
    holder = f"{less.article.outlet}'s {smaller}" if sides.there else f"{more.article.outlet}'s {larger}"
    return f"They could be compared if {holder} were {wanted}, too."
