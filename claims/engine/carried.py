"""Units that a figure takes over from the one before it: "rose 2 percent but the other fell by 1", "2.4
million yen ($22,000) for this and 2.3 million ($21,000) for that".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.engine import lexicons
from claims.engine.readings import Reading, Words

_LISTS = lexicons.grammar("carried")

#: A percentage carried over is not larger than this.
_LARGEST_SHARE = 100


def carry_units(s: Words, readings: Sequence[Reading]) -> list[Reading]:
    """``readings`` with the units that bare figures take over from earlier ones of the same sentence."""
    carried: list[Reading] = []
    moved: Reading | None = None  # the last share or level that rose or fell
    paid: Reading | None = None  # the last money with its worth in brackets
    for k, r in enumerate(readings):
        following = readings[k + 1] if k + 1 < len(readings) else None
        bracketed = following if following is not None and _in_brackets(s, r, following) else None
        if r.kind == "bare" and not r.quantity.unit and r.part is None:
            if moved is not None and r.trend is not None and _moves_at_once(s, r):
                r = _with_unit(r, moved)
            elif paid is not None and bracketed is not None:
                r = _with_unit(r, paid)
            elif following is not None and _shares_currency(s, r, following):
                r = _with_unit(r, following)
        if r.kind in ("share", "measure") and r.trend is not None and r.family in ("share", "level"):
            moved = r
        elif r.kind == "bare" and not r.quantity.unit and r.part is None and carried:
            r = _of_the_same(s, carried[-1], r)
        if r.kind == "money" and bracketed is not None:
            paid = r
        carried.append(r)
    return carried


def _shares_currency(s: Words, r: Reading, following: Reading) -> bool:
    """Whether the currency of a sum stands behind the next one: "40 million and 55 million euros"."""
    scaled = r.number[1] - r.number[0] > 1
    behind = following.kind == "money" and not following.per and following.last > following.number[1]
    return scaled and behind and s.lows[r.last : following.first] in (["and"], ["or"], [","])


def _of_the_same(s: Words, before: Reading, r: Reading) -> Reading:
    """``r`` with the unit of the reading before it where it is set against that: "435 homes in the north and
    187 in the south", "the highest is 84.75 cents, while the lowest is 74.07".
    """
    if (
        before.kind not in ("count", "money", "measure")
        or before.family in ("time", "level")
        or r.first - before.last > 9
    ):
        return r
    if not before.quantity.unit or s.low(r.first - 1) in ("in", "since", "to") or r.low is not None:
        return r
    ends = r.last >= len(s.tokens) or s.tokens[r.last].kind == "sign" or s.low(r.last) in _PLACES
    near = before.quantity.value / 5 <= r.quantity.value <= before.quantity.value * 5
    joined = any(w in _AGAINST for w in s.lows[before.last : r.first])
    if not (ends and near and joined and before.quantity.value > 0):
        return r
    if before.kind == "count":
        return replace(r, quantity=replace(r.quantity, unit=before.quantity.unit))
    same_form = (before.quantity.value % 1 != 0) == (r.quantity.value % 1 != 0)
    return _with_unit(r, before) if same_form else r


#: How many words may stand between the two.
_FAR = 9
_AGAINST = _LISTS["against"]
_PLACES = _LISTS["places"]


def _in_brackets(s: Words, r: Reading, following: Reading) -> bool:
    return following.kind == "money" and s.lows[r.last : following.first] == ["("]


def _moves_at_once(s: Words, r: Reading) -> bool:
    """Whether "fell 2.5" or "fell by 1" tells by how much, not to where or how many."""
    if s.low(r.first - 1) in ("to", "at", "of") or r.quantity.value > _LARGEST_SHARE:
        return False
    after = s.tokens[r.last] if r.last < len(s.tokens) else None
    return (
        after is None
        or after.kind == "sign"
        or s.low(r.last) in ("and", "but", "while", "as", "in", "on", "to")
    )


def _with_unit(r: Reading, other: Reading) -> Reading:
    return replace(
        r, kind=other.kind, family=other.family, quantity=replace(r.quantity, unit=other.quantity.unit)
    )
