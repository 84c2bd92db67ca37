"""The list of checks. A check is a file in this package with one function under ``@check``; nothing else to
do."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeVar

from claims.engine.records import Finding

Over = Literal["group", "origin", "article"]
Check = Callable[..., Iterator[Finding]]
_C = TypeVar("_C", bound=Check)


@dataclass(frozen=True, slots=True)
class CheckInfo:
    """A check as people see it. ``description`` is its module's docstring, the public documentation."""

    id: str
    name: str
    description: str
    over: Over


registered: dict[str, tuple[CheckInfo, Check]] = {}


def check(*, id: str, name: str, over: Over) -> Callable[[_C], _C]:
    """Register a function that takes a Group (an OriginGroup, an ArticleHistory) and yields findings.

    Raises ValueError for an id that is taken and for a module without a docstring: an undocumented check is
    not shown to anybody.
    """

    def register(function: _C) -> _C:
        description = inspect.getdoc(sys.modules[function.__module__]) or ""
        if id in registered:
            raise ValueError(f"two checks are called {id}")
        if not description:
            raise ValueError(f"the check {id} has no docstring in its module")
        registered[id] = (CheckInfo(id, name, description, over), function)
        return function

    return register
