"""Extractors: one file per kind of claim. Every module of this package is imported; a function under
``@extractor`` takes an article and one of its sentences and yields claims.

To add one, write a file here and its golden sentences in tests/engine/golden.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from claims.engine.extractors.registry import Extractor, registered

for _module in sorted(m.name for m in iter_modules(__path__)):
    import_module(f"{__name__}.{_module}")


def all_extractors() -> tuple[Extractor, ...]:
    """Every extractor, in a fixed order."""
    return tuple(registered[name] for name in sorted(registered))


def named_extractors() -> tuple[tuple[str, Extractor], ...]:
    """Every extractor with its name, in the same order."""
    return tuple((name, registered[name]) for name in sorted(registered))
