"""The words of dates and times, and the kinds of word that the patterns are written with.

Every kind is one character, so that a sentence becomes a string as long as it has tokens and patterns over
kinds of word are regular expressions over that string.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from claims.engine import lexicons
from claims.engine.lexicons import Phrases
from claims.engine.tokens import HYPHENS, Token, hyphenated, tokenize, touching

_DATA = lexicons.load("times")
_READING = {name: frozenset(listed) for name, listed in _DATA["reading"].items() if isinstance(listed, list)}

MONTHS = {word: i + 1 for i, words in enumerate(_DATA["months"]) for word in words}
WEEKDAYS = {word: i for i, words in enumerate(_DATA["weekdays"]) for word in words}
SEASONS: dict[str, str] = _DATA["seasons"]
PARTS_OF_DAY: dict[str, str] = _DATA["parts_of_day"]
ORDINALS = {word: i + 1 for i, word in enumerate(_DATA["ordinals"])}
NUMBERS = {word: i for i, word in enumerate(_DATA["numbers"])}
TENS = {word: 10 * (i + 2) for i, word in enumerate(_DATA["tens"])}
DECADES: dict[str, int] = _DATA["decades"]
SETS: dict[str, str] = _DATA["sets"]
UNITS: dict[str, dict[str, Any]] = dict(_DATA["units"])
UNITS |= {unit["plural"]: unit for unit in _DATA["units"].values()}
VAGUE = Phrases([(words.split(), value) for value, listed in _DATA["vague"].items() for words in listed])
VAGUE_BUT = {word: frozenset(after) for word, after in _DATA["vague_but"].items()}
HOLIDAYS: Phrases[str] = Phrases(
    [([t.low for t in tokenize(name)], day) for name, day in _DATA["holidays"].items()]
)
#: The words that a holiday or a vague time can start with.
NAMING = frozenset(
    [words.split()[0] for listed in _DATA["vague"].values() for words in listed]
    + [tokenize(name)[0].low for name in _DATA["holidays"]]
)
BEFORE_TIME = _READING["before_time"]
COUNTED_AFTER = _READING["counted_after"]
AMOUNT_BEFORE = _READING["amount_before"]
IN_YEAR = _READING["in_year"]
LASTING = _READING["lasting"]
PLAIN_AFTER = _READING["plain_after"]
BOUNDS = _READING["bounds"]
FROM_TOLD = _READING["from_told"]
FIGURELESS = _READING["some"]
DETERMINING = _READING["determining"]
EDGES = _READING["edges"]
BEFORE_EDGE = _READING["before_edge"]
LEAST_AFTER = _READING["least_after"]
HAVING = _READING["having"]
AT_HOUR = _READING["at_hour"]
BACK_TO = _READING["back_to"]
BACK = dict.fromkeys(_DATA["reading"]["back"], -1)
ON = dict.fromkeys(_DATA["reading"]["on"], 1)
PARTS: dict[str, str] = _DATA["parts"]
OVER = frozenset(_DATA["direction"]["over"])
TO_COME = frozenset(_DATA["direction"]["to_come"])
FUTURE = frozenset(_DATA["direction"]["future"])
PAST = frozenset(_DATA["direction"]["past"])
NOT_PAST = frozenset(_DATA["direction"]["not_past"])
STOPS = frozenset(_DATA["direction"]["stops"])
#: Words that point from a day, by what they stand before.
DEICTIC = {name: frozenset(listed) for name, listed in _DATA["deictic"].items()}
#: The other words of the direction of a time, by their name in the lexicon.
DIRECTION = {name: frozenset(listed) for name, listed in _DATA["direction"].items()}
_BEFORE_MONTH = BEFORE_TIME - {"and", "of", "to", "as", "for", "by", "between"}
_OTHER_WORDS = frozenset(_DATA["other_words"])
_GIVEN_NAMES = frozenset(_DATA["given_names"])

_KIND_OF: dict[str, str] = {}
for _name, _words in (
    *_DATA["classes"].items(),
    ("month", MONTHS),
    ("weekday", WEEKDAYS),
    ("weekdays", [w + "s" for days in _DATA["weekdays"] for w in days[:1]]),
    ("season", SEASONS),
    ("daypart", PARTS_OF_DAY),
    ("unit", _DATA["units"]),
    ("units", [u["plural"] for u in _DATA["units"].values()]),
    ("ordinal", ORDINALS),
    ("small", NUMBERS),
    ("tens", TENS),
    ("decade", DECADES),
    ("set", SETS),
):
    for _word in _words:
        _KIND_OF.setdefault(_word, _name)
_KIND_OF["second"], _KIND_OF["quarter"] = "second", "quarter"
_KIND_OF["quarters"] = "quarters"

#: Kinds that no word list gives: figures by their look, and signs.
_FIGURES = ("daynumber", "twodigits", "year", "number", "decimal", "bignumber")
_SIGNS = {",": "comma", ".": "dot", "/": "slash", ":": "colon", "'s": "possessive", "'": "quote",
          "’": "quote", "‘": "quote", "%": "rate", "$": "rate", "`": "quote"}  # fmt: skip
_GROUPS = {
    "n": ("daynumber", "twodigits", "number", "year"),
    "ord": ("ordinal", "second"),
    "quarters_": ("quarter", "half", "quarters", "halves"),
    "one": ("unit", "second", "quarter"),
    "many": ("units", "quarters"),
    "any": ("unit", "second", "quarter", "units", "quarters"),
    "when": ("last", "past", "previous", "this", "current", "next", "coming", "following", "that", "same",
             "latest"),
    "stretch": ("last", "past", "previous", "next", "coming", "following", "latest"),
    "digits": ("daynumber", "twodigits", "number"),
    "part": ("early", "late", "mid", "beginning", "end", "earlier", "later"),
    "hyphens": ("hyphen", "dash"),
    "join": ("hyphen", "dash", "to", "and", "or"),
    "sign": ("hyphen", "dash", "comma", "dot"),
}  # fmt: skip
_NAMES = sorted({*_KIND_OF.values(), *_FIGURES, *_SIGNS.values(), "hyphen", "dash", "nth", "plural", "glued"})
_CHARACTER = {name: chr(0xE000 + i) for i, name in enumerate(_NAMES)}
OTHER = "x"
_BY_WORD = {word: _CHARACTER[name] for word, name in _KIND_OF.items()}


def of_kind(name: str) -> str:
    """The regular expression for one token of the kind or group of kinds ``name``."""
    kinds = _GROUPS.get(name, (name,))
    characters = "".join(_CHARACTER[k] for k in kinds)
    return characters if len(characters) == 1 else f"[{characters}]"


def characters(*names: str) -> frozenset[str]:
    """The characters of kinds or groups."""
    return frozenset(_CHARACTER[k] for name in names for k in _GROUPS.get(name, (name,)))


def kinds_of(tokens: Sequence[Token]) -> str:
    """One character per token for its kind of word; "x" for words that tell no time."""
    out = []
    get = _BY_WORD.get
    for i, t in enumerate(tokens):
        if t.kind == "word":
            kind = get(t.low, OTHER)
            if kind != OTHER and (t.low in _OTHER_WORDS or kind in _NAMED):
                kind = _named(tokens, i, kind)
            elif t.key == "'s":
                kind = _CHARACTER["possessive"]
            elif kind == OTHER and touching(tokens, i) and tokens[i - 1].kind == "figure":
                if t.low in ("st", "nd", "rd", "th"):
                    kind = _CHARACTER["nth"]
                elif t.low == "s":
                    kind = _CHARACTER["plural"]
            out.append(kind)
        elif t.kind == "figure":
            out.append(_CHARACTER[_figure(t.key)])
        elif t.key in HYPHENS:
            out.append(_CHARACTER["hyphen" if hyphenated(tokens, i) else "dash"])
        else:
            out.append(_CHARACTER[_SIGNS[t.key]] if t.key in _SIGNS else OTHER)
    return "".join(out)


_NAMED = frozenset(_CHARACTER[k] for k in ("month", "weekday"))


def _named(tokens: Sequence[Token], i: int, kind: str) -> str:
    """The kind of a word that is a month, a weekday or a season only in the right company."""
    t = tokens[i]
    if kind not in _NAMED:
        return kind
    if not t.capital:
        return OTHER if t.low in _OTHER_WORDS else kind
    short = len(t.key) == 3
    if kind == _CHARACTER["month"]:
        return OTHER if (short or t.low in _GIVEN_NAMES) and _is_given_name(tokens, i) else kind
    if t.low in _OTHER_WORDS:
        # "Sun", "Sat" and "Wed" alone are names and verbs
        following = tokens[i + 1 : i + 3]
        return kind if any(f.low in MONTHS or f.kind == "figure" for f in following) else OTHER
    return kind


def _is_given_name(tokens: Sequence[Token], k: int) -> bool:
    """Whether a month is somebody's name: "Jan Hamacek", "April Glaspie", not "in March Russia"."""
    following = tokens[k + 1] if k + 1 < len(tokens) else None
    before = tokens[k - 1].low if k else ""
    return (
        following is not None
        and following.kind == "word"
        and following.capital
        and not following.key.isupper()
        and before not in _BEFORE_MONTH
    )


@cache
def _figure(key: str) -> str:
    if not key.isascii():
        return "bignumber"
    if not key.isdigit():
        return "decimal" if "." in key else "bignumber"
    if len(key) <= 2:
        return "daynumber" if 1 <= int(key) <= 31 else "twodigits"
    if len(key) == 4 and 1500 <= int(key) <= 2150:
        return "year"
    return "number" if len(key) <= 4 else "bignumber"
