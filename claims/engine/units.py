"""Units around a number: currencies, percent, physical units, and "per" whatever follows.

Units are named as in lexicons/currencies.toml (ISO 4217) and lexicons/units.toml; percent is "percent" and
"percentage point". A rate is "<unit> per <word>".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine import lexicons
from claims.engine.lexicons import Phrases
from claims.engine.nouns import is_plural, singular
from claims.engine.tokens import HYPHENS, Token, hyphenated, touching

_LISTS = lexicons.grammar("units")

_CURRENCIES = lexicons.load("currencies")
_UNITS = lexicons.load("units")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that ends before token ``last``; ``family`` is money, share or a dimension ("length")."""

    name: str
    family: str
    last: int
    attributive: bool = False  # "a 500-kg bomb"


_SIGNS: dict[str, str] = {}
_CURRENCY_WORDS: dict[str, str] = {}
_CURRENCY_ADJECTIVES: dict[tuple[str, ...], str] = {}
for _code, _entry in _CURRENCIES.items():
    _SIGNS[_code] = _code
    for _sign in _entry["signs"]:
        _SIGNS[_sign] = _code
    for _word in _entry["words"]:
        _CURRENCY_WORDS[_word] = _code
    for _adjective in _entry["adjectives"]:
        _CURRENCY_ADJECTIVES[tuple(_adjective.replace(".", "").split())] = _code
#: Money words that need an adjective to tell whose: "Canadian dollars".
_SHARED_WORDS = _LISTS["shared_words"]  # fmt: skip

_WORDS = Phrases(
    [
        (form.replace("-", " - ").split(), (name, family))
        for family, units in _UNITS.items()
        for name, entry in units.items()
        for form in entry["words"]
    ]
)
_ABBREVIATIONS = {
    sign: (name, family)
    for family, units in _UNITS.items()
    for name, entry in units.items()
    for sign in entry["signs"]
}
_TIME = frozenset(w for e in _UNITS["time"].values() for w in e["words"])
_PER_A = _TIME | _LISTS["per_a"]  # fmt: skip
_LONE_LETTERS = frozenset("mgtslLVAWJBCFRh")


def currency_before(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """The currency whose sign or code stands right before token ``i``: (code, index of its first token)."""
    if i == 0:
        return None
    sign = tokens[i - 1].key
    if sign in "$¥":
        # "US$", "A$", "S $": the country's letters before the sign
        if i >= 2 and tokens[i - 2].kind == "word" and tokens[i - 2].key.isupper():
            code = _SIGNS.get(tokens[i - 2].key + sign)
            if code and (touching(tokens, i - 1) or len(tokens[i - 2].key) <= 2):
                return code, i - 2
        return _SIGNS[sign], i - 1
    if sign == "." and i >= 2 and tokens[i - 2].key in ("Rs",):
        return _SIGNS["Rs"], i - 2
    code = _SIGNS.get(sign)
    if code is None:
        return None
    if tokens[i - 1].kind == "word" and not (
        sign in _CURRENCIES or touching(tokens, i) or sign in ("Rs", "RM", "NIS")
    ):
        return None
    return code, i - 1


def currency_after(tokens: Sequence[Token], k: int) -> tuple[str, int] | None:
    """The currency named from token ``k`` on: (code, index after it): "dollars", "Australian dollars", "EUR",
    "€".
    """
    if k >= len(tokens):
        return None
    if tokens[k].key in HYPHENS and hyphenated(tokens, k):
        k += 1
    t = tokens[k]
    for width in (2, 1):
        adjective = tuple(x.key for x in tokens[k : k + width])
        code = _CURRENCY_ADJECTIVES.get(adjective)
        noun = tokens[k + width].low if k + width < len(tokens) else ""
        if code and (noun in _CURRENCY_WORDS or noun in _SHARED_WORDS):
            return code, k + width + 1
    pair = f"{t.low} {tokens[k + 1].low}" if k + 1 < len(tokens) else ""
    if pair in _CURRENCY_WORDS:
        return _CURRENCY_WORDS[pair], k + 2
    if t.low in _CURRENCY_WORDS and t.low not in ("won", "real", "crown", "crowns", "sterling"):
        return _CURRENCY_WORDS[t.low], k + 1
    if t.key in _CURRENCIES:
        return t.key, k + 1
    if t.key in ("€", "£", "₽", "₪", "$") and touching(tokens, k):
        return _SIGNS[t.key], k + 1
    return None


def read_unit(tokens: Sequence[Token], k: int, digits: bool) -> Unit | None:
    """The percent or physical unit that starts at token ``k``, a hyphen allowed before it, or None."""
    if k >= len(tokens):
        return None
    attributive = False
    glued = touching(tokens, k)
    if tokens[k].key in HYPHENS and hyphenated(tokens, k):
        attributive, glued = True, True
        k += 1
    t = tokens[k]
    low = t.low
    after = tokens[k + 1].low if k + 1 < len(tokens) else ""
    if low == "%" or low in ("percent", "pct", "percentage"):
        if after in ("point", "points"):
            return Unit("percentage point", "share", k + 2, attributive)
        if low == "percentage":
            return None
        return Unit("percent", "share", k + 1, attributive)
    if low == "per" and after == "cent":
        return Unit("percent", "share", k + 2, attributive)
    if low == "basis" and after in ("point", "points"):
        return Unit("basis point", "share", k + 2, attributive)
    lows = [x.low for x in tokens[k : k + 6]]
    if "-" not in lows:
        lows = ["-" if x in HYPHENS else x for x in lows]
    found = _WORDS.at(lows, 0)
    if found:
        end, (name, family) = found
        return Unit(name, family, k + end, attributive)
    if not digits:
        return None
    if t.key == "°" and k + 1 < len(tokens) and tokens[k + 1].key in ("C", "F"):
        name, family = _ABBREVIATIONS["°" + tokens[k + 1].key]
        return Unit(name, family, k + 2, attributive)
    key = t.key
    # "km2", "km²", "km/h"
    if k + 1 < len(tokens) and tokens[k + 1].key in ("2", "3", "²", "³") and touching(tokens, k + 1):
        squared = _ABBREVIATIONS.get(key + tokens[k + 1].key)
        if squared:
            return Unit(*squared, k + 2, attributive)
    if k + 2 < len(tokens) and tokens[k + 1].key == "/" and touching(tokens, k + 1):
        rate = _ABBREVIATIONS.get(f"{key}/{tokens[k + 2].key}")
        if rate:
            return Unit(*rate, k + 3, attributive)
    if k + 2 < len(tokens) and key in ("sq", "cu") and tokens[k + 1].key == ".":
        inner = read_unit([*tokens[: k + 1], *tokens[k + 2 :]], k, digits)
        return Unit(inner.name, inner.family, inner.last + 1, attributive) if inner else None
    sign = _ABBREVIATIONS.get(key)
    if sign is None:
        return None
    if (
        key in _LONE_LETTERS
        and (touching(tokens, k + 1) if k + 1 < len(tokens) else False)
        and tokens[k + 1].key in HYPHENS
    ):
        return None  # "41 B-52H bombers"
    if key in _LONE_LETTERS and not glued and not _ends_phrase(tokens, k + 1):
        return None
    return Unit(*sign, k + 1, attributive)


def _ends_phrase(tokens: Sequence[Token], k: int) -> bool:
    return (
        k >= len(tokens) or tokens[k].kind == "sign" or (tokens[k].kind == "word" and not tokens[k].capital)
    )


def read_per(tokens: Sequence[Token], k: int) -> tuple[str, int] | None:
    """ "per capita", "a day", "an hour", "/month", "-a-year" from token ``k`` on: (what, index after it)."""
    if k + 1 >= len(tokens):
        return None
    if tokens[k].key in HYPHENS and hyphenated(tokens, k):
        k += 1
        if tokens[k].low not in ("a", "per"):
            return None
    word, following = tokens[k].low, k + 1
    if following < len(tokens) and tokens[following].key in HYPHENS:
        following += 1
    if following >= len(tokens):
        return None
    noun = tokens[following].low
    if word == "per" and tokens[following].kind == "word" and noun not in ("cent", "se"):
        if noun == "square" and following + 1 < len(tokens):
            return f"square {singular(tokens[following + 1].low)}", following + 2
        return singular(noun), following + 1
    if word in ("a", "an", "each", "every") and noun in _PER_A and not is_plural(noun):
        return noun, following + 1
    if word == "/" and touching(tokens, k) and (noun in _PER_A or noun in ("yr", "mo", "month")):
        return {"yr": "year", "mo": "month"}.get(noun, noun), following + 1
    if word in ("annually", "yearly", "daily", "monthly", "weekly", "hourly"):
        names = {"annually": "year", "yearly": "year", "daily": "day", "monthly": "month", "weekly": "week"}
        after = tokens[k + 1]
        if after.kind == "sign" or after.low in lexicons.words("prepositions"):
            return names.get(word, "hour"), k + 1
    return None
