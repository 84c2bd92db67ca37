"""Frozen records to JSON and back, exactly: the form in which they are stored and passed between processes.

Decimals travel as strings, dates in ISO 8601, tuples as lists. What comes back equals what went in.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Reader = Callable[[Any], Any]
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
    """What :func:`to_json` made of a value of the type ``kind``.

    A field that is missing in ``data`` takes its default, one that is no longer known is left out: records
    stored by an earlier version can be read.
    """
    read = _reader(cast(Any, kind))
    return cast(T, read(data) if read else data)


@cache
def _reader(kind: Any) -> Reader | None:
    """What turns JSON into a value of the type; None where it is the value already. Made once a type."""
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        (kind,) = (option for option in get_args(kind) if option is not type(None))
        return _maybe(_reader(kind))
    if origin is tuple:
        return _tuple(get_args(kind))
    if origin is not None or kind in (object, Any) or kind in _AS_IS:
        return None
    if is_dataclass(kind):
        return _record(kind)
    if issubclass(kind, date):
        return cast(Reader, kind.fromisoformat)
    return cast(Reader, kind)  # Enum, Decimal


def _maybe(read: Reader | None) -> Reader | None:
    return (lambda data: None if data is None else read(data)) if read else None


def _tuple(inner: tuple[Any, ...]) -> Reader:
    if len(inner) == 2 and inner[1] is Ellipsis:
        each = _reader(inner[0])
        return (lambda data: tuple(map(each, data))) if each else tuple
    reads = [_reader(kind) or _same for kind in inner]
    return lambda data: tuple(read(item) for read, item in zip(reads, data, strict=True))


def _same(data: Any) -> Any:
    return data


def _record(kind: Any) -> Reader:
    reads = {name: _reader(hint) for name, hint in get_type_hints(kind).items()}

    def read(data: Mapping[str, Any]) -> Any:
        given = {}
        for name, item in data.items():
            if name in reads:
                convert = reads[name]
                given[name] = convert(item) if convert else item
        return kind(**given)

    return read
