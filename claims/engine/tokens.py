"""Words, figures and signs of a text, each pinned to its characters.

Hyphens, the possessive 's and a unit glued to its figure ("10km") are tokens of their own; whether two tokens
touch is told by :func:`touching`. Nothing is normalised away: a token's ``low`` is for comparing only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

HYPHENS = frozenset("-‐‑‒–—−")
_TOKEN = re.compile(
    r"""
      (?P<figure>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?      # 1,234,567.8
        | \d{1,3}(?:[\u00a0\u202f\u2009]\d{3})+(?!\d)(?:\.\d+)?  # 1 234 567 with thin or fixed spaces
        | \d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?       # 12,34,567 as in India
        | \d{1,3}(?:['’]\d{3})+(?!\d)(?:\.\d+)?         # 1'234'567 as in Switzerland
        | (?<![\w.])\.\d+                                # .534
        | \d+(?:\.\d+)?)
    | (?P<abbreviation>(?:[^\W\d_]\.){2,})               # U.S., p.m.
    | (?P<possessive>['’][sS]\b)
    | (?P<word>[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*)
    | (?P<sign>\S)
    """,
    re.VERBOSE,
)


#: Names that would be another word in lower case.
_ACRONYMS = {
    "US": "u.s.",
    "WHO": "w.h.o.",
    "IS": "i.s.",
    "IT": "i.t.",
    "AM": "am",
    "OR": "o.r.",
    "AN": "a.n.",
    "AS": "a.s.",
}


@dataclass(slots=True)
class Token:
    """One word, figure or sign. ``key`` keeps case, dots of abbreviations dropped; ``low`` is lower case."""

    key: str
    low: str
    start: int
    end: int
    kind: str  # figure, word, sign

    @property
    def capital(self) -> bool:
        return self.key[:1].isupper()


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``text[start:end]``; their offsets are those of ``text``."""
    tokens = []
    end = len(text) if end is None else end
    shouted = text[start:end].isupper()
    for m in _TOKEN.finditer(text, start, end):
        kind = m.lastgroup or "sign"
        key = m.group()
        if kind == "abbreviation":
            key, kind = key.replace(".", ""), "word"
        elif kind == "possessive":
            key, kind = "'s", "word"
        elif kind == "word" and "’" in key:
            key = key.replace("’", "'")
        low = key.lower() if shouted or key not in _ACRONYMS else _ACRONYMS[key]
        tokens.append(Token(key, low, m.start(), m.end(), kind))
    return tokens


def touching(tokens: Sequence[Token], i: int) -> bool:
    """Whether token ``i`` stands right after the one before it, without a space."""
    return i > 0 and tokens[i - 1].end == tokens[i].start


def hyphenated(tokens: Sequence[Token], i: int) -> bool:
    """Whether token ``i`` is a hyphen that joins its neighbours ("S-400", "third-country")."""
    return (
        0 < i < len(tokens) - 1
        and tokens[i].key in HYPHENS
        and touching(tokens, i)
        and touching(tokens, i + 1)
    )
