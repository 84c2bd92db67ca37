"""Whom an article says it has things from: its wire and credit lines, and outlets named in its sentences.

A credit names a source and makes no copy by itself; it tells which way a shared text went.
"""

from __future__ import annotations

import re
from functools import lru_cache

from claims.engine import lexicons
from claims.engine.records import ArticleRef

_BETWEEN_NAMES = re.compile(r"\s*(?:[,/&;|]|\band\b|\bwith\b)\s*")
_WORD = re.compile(r"[^\W_]+")


_CITING = lexicons.load("citing")
_BEFORE, _AFTER, _AMID = ("|".join(map(re.escape, _CITING[x])) for x in ("before", "after", "between"))


@lru_cache(maxsize=8192)
def name_key(name: str) -> str:
    """A name as names are compared: "The Courier" and "courier news" are one; "" stays empty."""
    said = _WORD.findall(name.casefold())
    kept = [word for word in said if word not in _CITING["service"]]
    return " ".join(kept or said)


def credited(article: ArticleRef) -> dict[str, str]:
    """The agencies and outlets an article's credits name, as written, by :func:`name_key`; its own left
    out."""
    named = [*article.wires, *_BETWEEN_NAMES.split(article.credit or ""), article.host or ""]
    own = name_key(article.outlet)
    found: dict[str, str] = {}
    for name in named:
        key = name_key(name)
        if key and key != own:
            found.setdefault(key, name)
    return found


def shared_wire(a: ArticleRef, b: ArticleRef) -> str | None:
    """The agency both articles have their material from: the outlet of one that the other credits, else the
    one both credit first. Symmetric."""
    of_a, of_b = credited(a), credited(b)
    if crediting := [x.outlet for x, names in ((a, of_b), (b, of_a)) if name_key(x.outlet) in names]:
        return min(crediting)
    rank = {key: place for place, key in enumerate(of_a)}
    both = [(rank[key] + place, key) for place, key in enumerate(of_b) if key in rank]
    return min(of_a[min(both)[1]], of_b[min(both)[1]]) if both else None


@lru_cache(maxsize=4096)
def _citation(outlet: str) -> re.Pattern[str]:
    bare = re.escape(re.sub(r"^the\s+", "", outlet.strip(), flags=re.IGNORECASE))
    name = rf"(?<![\w-])(?-i:{bare})(?![\w-])"
    return re.compile(
        rf"\b(?:{_BEFORE})\s+(?:(?:{_AMID})\s+)*{name}|{name}(?:\s+(?:{_AMID}))*\s+(?:{_AFTER})\b",
        re.IGNORECASE,
    )


def cites(article: ArticleRef, outlet: str) -> str | None:
    """The words with which an article credits an outlet ("according to the Courier"); None if it does not."""
    key = name_key(outlet)
    if not key or key == name_key(article.outlet):
        return None
    if name := credited(article).get(key):
        return f"credit: {name}"
    found = _citation(outlet).search(article.body)
    return " ".join(found.group().split()) if found else None
