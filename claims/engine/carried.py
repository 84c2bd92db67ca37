"""Units that a figure takes over from the one before it: "rose 2 percent but the other fell by 1", "2.4
million yen ($22,000) for this and 2.3 million ($21,000) for that".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from claims.engine.readings import Reading, Words

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
        if r.kind in ("share", "measure") and r.trend is not None and r.family in ("share", "level"):
            moved = r
        if r.kind == "money" and bracketed is not None:
            paid = r
        carried.append(r)
    return carried


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
