"""Physical units that measure the same thing, and one value in the unit of another.

The factors are exact by definition: the international yard and pound agreement of 1959, the SI brochure (9th
edition, tables 1 and 8) and, for the nautical mile and the knot, the 1929 Monaco conference. Money is left
out on purpose: exchange rates are not units.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from claims.engine.records import Quantity
from claims.engine.wording import normal


def _table() -> Mapping[str, tuple[str, Decimal]]:
    written = {
        "length": {
            "1": "m meter",
            "0.01": "cm centimeter",
            "0.001": "mm millimeter",
            "1000": "km kilometer",
            "1609.344": "mi mile",
            "0.3048": "ft foot feet",
            "0.0254": "in inch inches",
            "0.9144": "yd yard",
            "1852": "nmi nautical_mile",
        },
        "mass": {
            "1": "kg kilogram kilo",
            "0.001": "g gram",
            "0.000001": "mg milligram",
            "1000": "t tonne metric_ton",
            "0.45359237": "lb pound",
            "0.028349523125": "oz ounce",
            "907.18474": "short_ton",
            "1016.0469088": "long_ton",
        },
        "area": {
            "1": "m2 square_meter",
            "1000000": "km2 square_kilometer",
            "10000": "ha hectare",
            "4046.8564224": "acre",
            "2589988.110336": "square_mile",
        },
        "volume": {
            "1": "l liter",
            "0.001": "ml milliliter",
            "1000": "m3 cubic_meter",
            "158.987294928": "barrel bbl",
            "3.785411784": "gallon",
        },
        "speed": {
            "1": "mps meter_per_second",
            "0.44704": "mph mile_per_hour",
            "0.514444444444": "knot",
        },
        "time": {"1": "s second", "60": "minute min", "3600": "hour h", "86400": "day", "604800": "week"},
        "yield": {"1": "kiloton kt", "1000": "megaton mt"},
        "share": {"1": "percent % per_cent percentage_point"},
    }
    return MappingProxyType(
        {
            name: (dimension, Decimal(factor))
            for dimension, factors in written.items()
            for factor, names in factors.items()
            for name in names.split()
        }
    )


_UNITS = _table()


def _entry(unit: str) -> tuple[str, Decimal] | None:
    parts = unit.strip().replace("-", " ").replace("_", " ").split()
    for joined in ("_".join(map(normal, parts)), unit.strip().casefold()):
        for name in (joined, joined.removesuffix("s")):
            if name in _UNITS:
                return _UNITS[name]
    return None


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
    factor = source[1] / target[1]
    return replace(
        quantity,
        value=quantity.value * factor,
        low=None if quantity.low is None else quantity.low * factor,
        high=None if quantity.high is None else quantity.high * factor,
        grain=quantity.grain * factor,
        unit=unit,
    )
