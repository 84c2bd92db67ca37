"""Frozen records to JSON and back, exactly: the form in which they are stored and passed between processes.

Decimals travel as strings, dates in ISO 8601, tuples as lists. What comes back equals what went in.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
_AS_IS = (str, int, float, bool, type(None))


def to_json(value: object) -> Any:
    """Anything made of records, tuples, mappings, decimals, dates and plain values, as JSON-able values.

    Raises TypeError for anything else: better a clear error now than a row that cannot be read later.
    """
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, _AS_IS):
        return value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):  # and datetime
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_json(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_json(item) for item in value]
    if isinstance(value, set | frozenset):
        return sorted(to_json(item) for item in value)
    raise TypeError(f"{type(value).__name__} has no JSON form here")


def from_json(kind: type[T], data: Any) -> T:
    """What :func:`to_json` made of a value of the type ``kind``; a field missing in ``data`` takes its
    default.
    """
    return cast(T, _build(kind, data))


def _build(kind: Any, data: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if data is None:
            return None
        (kind,) = (option for option in get_args(kind) if option is not type(None))
        return _build(kind, data)
    if origin is tuple:
        inner = get_args(kind)
        if len(inner) == 2 and inner[1] is Ellipsis:
            return tuple(_build(inner[0], item) for item in data)
        return tuple(_build(each, item) for each, item in zip(inner, data, strict=True))
    if origin is not None or kind in (object, Any) or kind in _AS_IS:
        return data
    if is_dataclass(kind):
        hints = _hints(cast(type, kind))
        return cast(Any, kind)(
            **{name: _build(hints[name], item) for name, item in data.items() if name in hints}
        )
    if issubclass(kind, date):
        return kind.fromisoformat(data)
    return kind(data)  # Enum, Decimal


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
