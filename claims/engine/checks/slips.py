"""Slips of the pen between two figures: a scale, a digit, a unit, a currency.

Shared by the checks that report them and by value_conflict, which leaves a pair to them. Pure functions of
two quantities: whether the two figures answer one question is for the caller to ask first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from claims.engine.dimensions import converted, dimension
from claims.engine.lexicons import load
from claims.engine.records import Quantity

#: Thousand for million for billion: the scale words of one language. Any figure can slip by these.
_SCALES = (Decimal(1000), Decimal(1_000_000))
#: A zero too many or too few. "2" and "20" are two small counts, so the figure must have two digits to lose.
_ZEROS = (Decimal(10), Decimal(100))
#: Digits a number must have before exchanged, lost or doubled digits are more likely a slip than two counts:
#: of numbers of two digits one in ten has its mirror image close by, tolls of 12 and 21 are both common.
_EXCHANGED, _LOST = 3, 4
#: Rules of figures that have no digits of their own to slip.
_VAGUE = frozenset({"range", "vague", "fraction"})
#: How near a converted figure must come to be the other's number ("3,400 miles" for 5,500 km is 3,417.5).
_NEAR = Decimal("0.015")
#: Units a reader mixes up must differ by more than this, or two figures are simply close (yard, metre).
_APART = Decimal("1.3")
#: What a unit is printed for by mistake, both ways; the units of one dimension that news converts.
_COUNTERPARTS = (
    ("kilometre", "mile"),
    ("kilometre", "nautical mile"),
    ("metre", "foot"),
    ("kilogram", "pound"),
    ("kilometre per hour", "mile per hour"),
    ("hectare", "acre"),
    ("square kilometre", "square mile"),
    ("litre", "gallon"),
    ("centimetre", "inch"),
)


@dataclass(frozen=True, slots=True)
class Slip:
    """What went wrong between two figures. ``sort`` is "scale", "zero", "digits", "unit" or "currency"."""

    sort: str
    words: str


def slip(a: Quantity, b: Quantity) -> Slip | None:
    """The slip that would explain two different figures, or None. Symmetric; what value_conflict leaves
    alone."""
    return magnitude(a, b) or unit(a, b) or currency(a, b)


@lru_cache(maxsize=16384)
def magnitude(a: Quantity, b: Quantity) -> Slip | None:
    """A slip of scale or digits between two figures in one unit. Symmetric.

    Million for billion (or any factor of 1,000 or 1,000,000), a zero too many or too few in a figure of two
    or more digits that are not zero, two neighbouring digits exchanged (1,550 and 1,505), and in figures of
    four digits one lost or doubled (1,550 and 150).
    """
    if a.unit != b.unit or not a.value or not b.value or {a.rule, b.rule} & _VAGUE:
        return None
    small, large = sorted((a, b), key=lambda q: abs(q.value))
    if small.meets(large):
        return None
    for factor in (*_SCALES, *_ZEROS):
        if factor in _ZEROS and min(map(_significant, (small, large))) < 2:
            continue
        if _scaled(small, factor).meets(_scaled(large, Decimal(1))) and _one_number(small, large):
            sort = "scale" if factor in _SCALES else "zero"
            return Slip(sort, f"a factor of {factor:,f}")
    return _digits(small, large)


def _scaled(quantity: Quantity, factor: Decimal) -> Quantity:
    """The figure a scale higher, as a point: a bound without end would meet everything."""
    value = quantity.value * factor
    half = quantity.grain * factor / 2 if quantity.rule == "grain" else Decimal(0)
    if quantity.rule in ("almost", "about") and quantity.low is not None and quantity.high is not None:
        return replace(quantity, value=value, low=quantity.low * factor, high=quantity.high * factor)
    return replace(
        quantity, value=value, low=value - half, high=value + half, low_open=False, high_open=False
    )


def _one_number(small: Quantity, large: Quantity) -> bool:
    """Whether the digits agree as far as both give them: 17.7 and 18 do, 12 and 10 do not."""
    one, other = _digits_of(small.value), _digits_of(large.value)
    if one == other:
        return True
    shorter, longer = sorted((one, other), key=len)
    rounded = Decimal(f"0.{longer}").quantize(Decimal(1).scaleb(-len(shorter)))
    return len(shorter) >= 2 and f"{rounded:f}".removeprefix("0.") == shorter


def _digits_of(value: Decimal) -> str:
    """The digits without sign, point, or zeros around them: "177" for 17,700,000,000."""
    return f"{abs(value):f}".replace(".", "").strip("0")


def _significant(quantity: Quantity) -> int:
    return len(_digits_of(quantity.value))


def _digits(small: Quantity, large: Quantity) -> Slip | None:
    if "about" in (small.rule, large.rule):
        return None  # nobody mistypes a digit of an estimate
    one, other = (f"{abs(q.value).normalize():f}".replace(".", "") for q in (small, large))
    shown = f"{small.value.normalize():,f} and {large.value.normalize():,f}"
    if len(one) == len(other) >= _EXCHANGED and _exchanged(one, other):
        return Slip("digits", f"two digits exchanged ({shown})")
    if len(other) >= _LOST and len(one) == len(other) - 1 and _doubled(one, other):
        return Slip("digits", f"a digit doubled or lost ({shown})")
    return None


def _exchanged(one: str, other: str) -> bool:
    at = [i for i, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
    return len(at) == 2 and at[1] == at[0] + 1 and one[at[0]] == other[at[1]] and one[at[1]] == other[at[0]]


def _doubled(one: str, other: str) -> bool:
    """Whether the longer is the shorter with one of its digits twice in a row (155 and 1,555)."""
    return any(
        other[i] == other[i + 1] and other[:i] + other[i + 1 :] == one and other[i] != "0"
        for i in range(len(other) - 1)
    )


@lru_cache(maxsize=16384)
def unit(a: Quantity, b: Quantity) -> Slip | None:
    """One number with two units, or the number of one unit printed with the other. Symmetric.

    "5,500 km" and "5,500 miles"; "5,500 km" and "3,400 km", which is 5,500 km in miles. A figure rightly
    converted agrees and is no slip.
    """
    if a.unit != b.unit:
        other = converted(b, a.unit)
        if other is None or a.value != b.value or not a.value or rightly_converted(a, b):
            return None
        return Slip("unit", f"one number in {plural(a.unit)} and in {plural(b.unit)}".strip())
    if a.meets(b) or "range" in (a.rule, b.rule):
        return None
    for first, second in sorted((a, b), key=lambda q: q.value), sorted((a, b), key=lambda q: -q.value):
        for metric, customary in _COUNTERPARTS:
            for written, meant in ((metric, customary), (customary, metric)):
                if dimension(first.unit) != dimension(written) or not _same(first.unit, written):
                    continue
                there = converted(first, meant)
                if there and _close(there.value, second):
                    said, means = (f"{_number(q.value)} {plural(q.unit)}" for q in (first, there))
                    return Slip("unit", f"{said} are {means}")
    return None


@lru_cache(maxsize=16384)
def rightly_converted(a: Quantity, b: Quantity) -> bool:
    """Whether two figures in different units are one amount, converted and rounded as news does. Symmetric.

    "3,400 miles" and "5,500 km" (5,471.8 km): within half a grain of either, or 1.5 percent.
    """
    if a.unit == b.unit:
        return False
    there = converted(b, a.unit)
    if there is None:
        return False
    room = max(a.grain / 2, there.grain / 2, _NEAR * abs(there.value))
    return a.meets(replace(there, low=_moved(there.low, -room), high=_moved(there.high, room)))


def _moved(bound: Decimal | None, by: Decimal) -> Decimal | None:
    return None if bound is None else bound + by


def _same(unit: str, other: str) -> bool:
    one = converted(Quantity(Decimal(1), Decimal(1), Decimal(1), unit), other)
    return one is not None and one.value == 1


def _close(value: Decimal, other: Quantity) -> bool:
    """Whether a converted value is the other's number as news rounds: to two or three digits."""
    if not other.value or _significant(other) < 2:
        return False
    return abs(value - other.value) <= _NEAR * abs(other.value)


def _number(value: Decimal) -> str:
    rounded = value.quantize(Decimal(1)) if abs(value) >= 100 else round(value, 1)
    return f"{rounded.normalize():,f}"


def plural(unit: str) -> str:
    """The name of a unit as it follows a number ("feet", "miles per hour")."""
    irregular = {"foot": "feet", "inch": "inches"}
    head, _, per = unit.partition(" per ")
    word = irregular.get(head, head + "s")
    return f"{word} per {per}" if per else word


def currency(a: Quantity, b: Quantity) -> Slip | None:
    """One amount with two currency signs ("€18 billion", "$18 billion"). Symmetric."""
    if a.unit == b.unit or a.value != b.value or not {a.unit[:3], b.unit[:3]} <= _codes():
        return None
    if a.unit[3:] != b.unit[3:]:
        return None  # per year and at once
    if all(load("currencies")[q.unit[:3]]["name"].endswith("dollar") for q in (a, b)):
        return None  # a bare "$" is the dollar of the outlet's own country
    return Slip("currency", f"one amount in {a.unit} and in {b.unit}")


def _codes() -> frozenset[str]:
    return frozenset(load("currencies"))
