"""What the words around a number mean: from a modifier to an interval.

Each row is a function named as in docs/numbers.md, and :attr:`Quantity.rule` names the row that was used. g
is the grain, the size of the last digit as written. Sources: Krifka (2002) "Be brief and vague!", (2009)
"Approximate interpretations of number words"; Williams and Power (2013) on rounding; Ferson et al. (2015)
"Natural language of uncertainty: numeric hedge words"; McNabb et al. on the cancellability of modified
numerals; the project's design notes, where they are put together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

from claims.engine.records import Quantity

#: Half-width of "about N" as a share of N where the grain is finer (Ferson et al. 2015).
ABOUT = Decimal("0.10")
#: How far below N "almost N" reaches: half a grain, within these shares of N, so that $17.7bn is almost
#: $18bn and 60 is not almost 100 (Ferson et al. 2015).
ALMOST_LEAST, ALMOST_MOST = Decimal("0.03"), Decimal("0.10")

_Interval = tuple[Decimal | None, Decimal | None, bool, bool, bool]  # low, high, low_open, high_open, soft
Row = Callable[[Decimal, Decimal, Decimal], _Interval]


def _more_than(low: Decimal, high: Decimal, g: Decimal) -> _Interval:
    """N and up. N itself is let in: a strict reading splits "more than 40" from "40" wrongly."""
    return low, None, False, False, True


def _at_least(low: Decimal, high: Decimal, g: Decimal) -> _Interval:
    """N and up."""
    return low, None, False, False, False


def _at_most(low: Decimal, high: Decimal, g: Decimal) -> _Interval:
    """A hard upper bound: readers do not let it be exceeded (McNabb et al.)."""
    return None, high, False, False, False


def _less_than(low: Decimal, high: Decimal, g: Decimal) -> _Interval:
    """A hard upper bound, N itself left out."""
    return None, high, False, True, False


def _up_to(low: Decimal, high: Decimal, g: Decimal) -> _Interval:
    """A soft upper bound: "N" beside "as many as N" is a dropped qualifier, not a conflict."""
    return None, high, False, False, True


def _about(low: Decimal, high: Decimal, g: Decimal) -> _Interval:
    """N plus or minus max(g/2, 10 %) (Ferson et al. 2015)."""
    return low - max(g / 2, abs(low) * ABOUT), high + max(g / 2, abs(high) * ABOUT), False, False, False


def _almost(low: Decimal, high: Decimal, g: Decimal) -> _Interval:
    """Below N, by about half a grain (Ferson et al. 2015)."""
    spread = min(max(g / 2, abs(low) * ALMOST_LEAST), abs(low) * ALMOST_MOST)
    return low - spread, high, False, True, False


ROWS: Mapping[str, Row] = {
    "more_than": _more_than,
    "at_least": _at_least,
    "at_most": _at_most,
    "less_than": _less_than,
    "up_to": _up_to,
    "about": _about,
    "almost": _almost,
}


def plain(number: Decimal) -> Decimal:
    """The same number without zeros after the point or an exponent: 2.50 -> 2.5, 1.2E+10 -> 12000000000."""
    if number == number.to_integral_value():
        return number.quantize(Decimal(1))
    return number.normalize()


def bound(
    value: Decimal,
    *,
    unit: str,
    grain: Decimal,
    row: str | None = None,
    modifier: str | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
    bare: str = "point",
    decimals: bool = False,
) -> Quantity:
    """A quantity with its bounds.

    ``row`` names the row of the modifier, None or "exactly" for none; ``low``/``high`` are given where the
    words say both ("between five and seven", "dozens"); ``bare`` names the row used without a modifier:
    "range", "vague", "fraction", "part" or "point". A point written with ``decimals`` is read to its grain
    ("$17.7bn": 17.65 to 17.75); a whole one is the point itself, and whoever compares decides how much a
    mismatch within the grain weighs.
    """
    value, grain = plain(value), plain(grain)
    low, high = None if low is None else plain(low), None if high is None else plain(high)
    least, most = (value if low is None else low), (value if high is None else high)
    if row is not None and row in ROWS:
        a, b, a_open, b_open, soft = ROWS[row](least, most, grain)
        a, b = None if a is None else plain(a), None if b is None else plain(b)
        return Quantity(value, a, b, unit, a_open, b_open, modifier, soft, grain, row)
    if row == "fraction":
        bare = row
    if low is not None or high is not None:
        return Quantity(value, least, most, unit, modifier=modifier, grain=grain, rule=bare)
    if decimals and bare == "point":
        half = grain / 2
        return Quantity(
            value,
            plain(value - half),
            plain(value + half),
            unit,
            modifier=modifier,
            grain=grain,
            rule="grain",
        )
    return Quantity(value, value, value, unit, modifier=modifier, grain=grain, rule=bare)
