"""Words, figures and signs of a text, each pinned to its characters.

Hyphens, the possessive 's and a unit glued to its figure ("10km") are tokens of their own; whether two tokens
touch is told by :func:`touching`. Nothing is normalised away in the text: a token's ``key`` and ``low`` are
for comparing only. Soft hyphens, zero-width and bidi marks, ligatures, full-width letters and digits, digits
of other scripts, letters with combining accents and footnote marks ("1,550[3]") are seen through.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

HYPHENS = frozenset("-‐‑‒–—−")
_TOKEN = re.compile(
    r"""
      (?P<small>[a-z]+)(?=[ ,\n])                      # most of a text, so it is asked for first
    | (?P<figure>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?    # 1,234,567.8
        | \d{1,3}(?:[\u00a0\u202f\u2009\u2007]\d{3})+(?!\d)(?:\.\d+)?  # 1 234 567 with thin or fixed spaces
        | \d{1,2}(?:,\d{2})+,\d{3}(?!\d)(?:\.\d+)?       # 12,34,567 as in India
        | \d{1,3}(?:['’]\d{3})+(?!\d)(?:\.\d+)?         # 1'234'567 as in Switzerland
        | (?<![\w.])\.\d+                                # .534
        | \d+(?:\.\d+)?)
    | (?P<abbreviation>(?:[^\W\d_]\.){2,})               # U.S., p.m.
    | (?P<possessive>['’][sS]\b)
    | (?P<word>[^\W\d_]+(?:['’](?![sS]\b)[^\W\d_]+)*)
    | (?P<quote>''|``|＂)                              # a double mark as typewriters and markup have it
    | (?P<sign>\S)
    """,
    re.VERBOSE,
)


#: Between the thousands of a figure, as other countries write it; a token's key has a comma there.
_SEPARATORS = re.compile(r"[\s'’]|\.(?=.*\.)|(?<=\.\d{3})\.")

#: Seen through: soft hyphen, zero-width and bidi marks, variation selectors.
_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff"
_INVISIBLE = re.compile(f"[{_UNSEEN}]")
#: Other letters and digits that stand for plain ones: ligatures, full width, Arabic-Indic and the like.
_COMPATIBLE = "\u0660-\u0669\u06f0-\u06f9\u0966-\u096f\u09e6-\u09ef\ufb00-\ufb06\uff01-\uff5e\uffe0-\uffe6"
_PLAIN = re.compile(f"[{_COMPATIBLE}]")
_ACCENT = re.compile(r"[\u0300-\u036f]")
_FOOTNOTE = re.compile(
    r"(?<=[^\s\[(])(?:\[(?:\d{1,3}|[a-z]|note \d{1,2})\])+|(?<=[^\W\d_]{4})[¹²³⁰⁴-⁹]+(?!\w)"
)
_ODD = re.compile(f"[{_UNSEEN}{_COMPATIBLE}\u0300-\u036f\\[¹²³⁰⁴-⁹]")

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
    capital: bool = False  # whether it begins with a capital letter


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``text[start:end]``; their offsets are those of ``text``."""
    end = len(text) if end is None else end
    if _ODD.search(text, start, end):
        plain, at = _seen_through(text, start, end)
        found = _tokenize(plain, 0, len(plain))
        for t in found:
            # What touches in the plain text touches here: an unseen mark belongs to the token before it.
            glued = t.end < len(plain) and not plain[t.end].isspace()
            t.start, t.end = at[t.start], at[t.end] if glued else at[t.end - 1] + 1
        return found
    return _tokenize(text, start, end)


def _seen_through(text: str, start: int, end: int) -> tuple[str, list[int]]:
    """``text[start:end]`` in plain characters, and where each of them stands in ``text``."""
    plain: list[str] = []
    at: list[int] = []
    k = start
    while k < end:
        c = text[k]
        note = _FOOTNOTE.match(text, k, end) if c in "[¹²³⁰⁴⁵⁶⁷⁸⁹" else None
        if note:
            plain.append(" ")
            at.append(k)
            k = note.end()
            continue
        if _INVISIBLE.match(c):
            pass
        elif plain and _ACCENT.match(c):
            joined = unicodedata.normalize("NFC", plain[-1] + c)
            if len(joined) == 1:
                plain[-1] = joined
        elif _PLAIN.match(c):
            same = str(unicodedata.decimal(c)) if c.isdecimal() else unicodedata.normalize("NFKC", c)
            plain.extend(same)
            at.extend([k] * len(same))
        else:
            plain.append(c)
            at.append(k)
        k += 1
    return "".join(plain), at


def _tokenize(text: str, start: int, end: int) -> list[Token]:
    tokens = []
    shouted = text[start:end].isupper()
    for m in _TOKEN.finditer(text, start, end):
        kind = m.lastgroup or "sign"
        key = m.group()
        first, last = m.span()
        if kind == "small":
            tokens.append(Token(key, key, first, last, "word"))
            continue
        if kind == "abbreviation":
            key, kind = key.replace(".", ""), "word"
        elif kind == "quote":
            key, kind = '"', "sign"
        elif kind == "possessive":
            key, kind = "'s", "word"
        elif kind == "word" and "’" in key:
            key = key.replace("’", "'")
        if kind == "word":
            low = key.lower() if shouted or key not in _ACRONYMS else _ACRONYMS[key]
            tokens.append(Token(key, low, first, last, kind, key[0].isupper()))
        else:
            if kind == "figure" and not key.isdigit():
                key = _SEPARATORS.sub(",", key)
            tokens.append(Token(key, key.lower(), first, last, kind))
    return tokens


def touching(tokens: Sequence[Token], i: int) -> bool:
    """Whether token ``i`` stands right after the one before it, without a space."""
    return 0 < i < len(tokens) and tokens[i - 1].end == tokens[i].start


def hyphenated(tokens: Sequence[Token], i: int) -> bool:
    """Whether token ``i`` is a hyphen that joins its neighbours ("S-400", "third-country")."""
    return (
        0 < i < len(tokens) - 1
        and tokens[i].key in HYPHENS
        and touching(tokens, i)
        and touching(tokens, i + 1)
    )
