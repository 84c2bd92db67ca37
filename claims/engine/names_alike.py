"""Whether two names may mean the same."""

from __future__ import annotations


def compatible(x: str, y: str) -> bool:
    """Whether two names may mean the same: equal, or one is the other with more words around it."""
    if x == y:
        return True
    shorter, longer = sorted((x.casefold().split(), y.casefold().split()), key=len)
    return any(longer[i : i + len(shorter)] == shorter for i in range(len(longer) - len(shorter) + 1))
