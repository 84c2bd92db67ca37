"""Physical units that measure the same thing, and one value in the unit of another.

Which words are units, and of what, is in lexicons/units.toml; what they are worth in each other is pint's.
Money is left out on purpose: exchange rates are not units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from functools import cache, lru_cache

import pint

from claims.engine import lexicons
from claims.engine.records import Quantity
from claims.engine.wording import normal

#: Tables of units.toml whose entries are no physical units: points of an index or a match, names of things.
_UNPHYSICAL = frozenset({"level", "sport", "label", "coin", "image", "consumption", "concentration"})
#: Shares are compared as they are: pint knows no percentage points.
_SHARES = frozenset({"percent", "%", "per cent", "percentage point"})
#: Where pint calls a unit otherwise; "" for one that means several things ("ton" is short, long or metric).
_PINT = {"barrel": "oil_barrel", "ton": ""}


@cache
def _known() -> Mapping[str, tuple[str, str]]:
    """Every way a unit is written, and (dimension, its key in units.toml, SI prefix and all)."""
    found: dict[str, tuple[str, str]] = {}
    for dimension, units in lexicons.load("units").items():
        if dimension in _UNPHYSICAL:
            continue
        for key, entry in units.items():
            for prefix in entry.get("prefixes", ()):
                for word in (key, *entry["words"]):
                    found.setdefault(prefix + word, (dimension, prefix + key))
            signs = (sign.casefold() for sign in entry["signs"] if len(sign) > 1)
            found |= dict.fromkeys((key, normal(key), *entry["words"], *signs), (dimension, key))
    return found


def _entry(unit: str) -> tuple[str, str] | None:
    plain = " ".join(unit.replace("_", " ").split())
    known = _known()
    for written in (plain, plain.casefold(), " ".join(map(normal, plain.replace("-", " ").split()))):
        if written.casefold() in _SHARES:
            return "share", "percent"
        if written in known:
            return known[written]
    return None


@cache
def _registry() -> pint.UnitRegistry[Decimal]:
    # Made when first needed: it takes half a second.
    return pint.UnitRegistry(non_int_type=Decimal)


@lru_cache(maxsize=1024)
def _worth(dimension: str, key: str) -> tuple[Decimal, str] | None:
    """(how many base units a unit is worth, the base unit); None where pint does not say or zero is moved."""
    name = _PINT.get(key, f"{key}_TNT" if dimension == "yield" else key)
    if not name:
        return None
    if not name.startswith(("square ", "cubic ")):
        name = "/".join(part.replace(" ", "_").replace("-", "_") for part in name.split(" per "))
    registry = _registry()
    try:
        units = registry.parse_units(name)
        if not registry.Quantity(Decimal(1), units)._is_multiplicative:
            return None  # degrees Celsius
        base = registry.Quantity(Decimal(1), units).to_base_units()
    except pint.PintError:
        return None
    return Decimal(base.magnitude), str(base.units)


def dimension(unit: str) -> str | None:
    """What a unit measures ("length" for "km"); None for money, counted nouns and unknown units."""
    entry = _entry(unit)
    return entry[0] if entry else None


def converted(quantity: Quantity, unit: str) -> Quantity | None:
    """``quantity`` in ``unit``, bounds and grain with it; None where the two do not measure the same thing.

    The same unit under another name ("km", "kilometres") changes nothing but the name.
    """
    if quantity.unit == unit:
        return quantity
    source, target = _entry(quantity.unit), _entry(unit)
    if not source or not target or source[0] != target[0]:
        return None
    if source == target:
        return replace(quantity, unit=unit)
    one, other = _worth(*source), _worth(*target)
    if one is None or other is None or one[1] != other[1]:
        return None
    factor = one[0] / other[0]
    return replace(
        quantity,
        value=quantity.value * factor,
        low=None if quantity.low is None else quantity.low * factor,
        high=None if quantity.high is None else quantity.high * factor,
        grain=quantity.grain * factor,
        unit=unit,
    )
