"""Connected components: what is joined, directly or over others, is one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Components(Generic[T]):
    """A union-find over any hashable things."""

    def __init__(self, things: Iterable[T] = ()) -> None:
        self._parent: dict[T, T] = {}
        for thing in things:
            self._root(thing)

    def join(self, a: T, b: T) -> None:
        self._parent[self._root(a)] = self._root(b)

    def sets(self) -> list[list[T]]:
        """The components, each in the order its things were first named."""
        found: dict[T, list[T]] = defaultdict(list)
        for thing in self._parent:
            found[self._root(thing)].append(thing)
        return list(found.values())

    def _root(self, thing: T) -> T:
        self._parent.setdefault(thing, thing)
        while (above := self._parent[thing]) != thing:
            self._parent[thing] = self._parent[above]
            thing = above
        return thing
