"""Where extractors announce themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from claims.engine.article import Article, Sentence
from claims.engine.records import Claim

Extractor = Callable[[Article, Sentence], Iterator[Claim]]

registered: dict[str, Extractor] = {}


def extractor(function: Extractor) -> Extractor:
    """Register an extractor under the name of its function; two of one name are a programming error."""
    name = function.__name__
    if name in registered:
        raise ValueError(f"two extractors are called {name}")
    registered[name] = function
    return function
