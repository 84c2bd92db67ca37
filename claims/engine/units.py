"""Units around a number: currencies, percent, physical units, and "per" whatever follows.

Units are named as in lexicons/currencies.toml (ISO 4217) and lexicons/units.toml; percent is "percent" and
"percentage point". A rate is "<unit> per <word>".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.engine import lexicons
from claims.engine.lexicons import Phrases
from claims.engine.nouns import is_plural, singular
from claims.engine.numerals import ABBREVIATED, LETTERS, SCALES
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
_FIRST_OF_ADJECTIVES = frozenset(words[0] for words in _CURRENCY_ADJECTIVES)
#: Money words that need an adjective to tell whose: "Canadian dollars".
_SHARED_WORDS = _LISTS["shared_words"]
_SIGN_CHARACTERS = frozenset(sign[-1] for sign in _SIGNS if not sign[-1].isalpha())
_NOT_WITHOUT_ADJECTIVE, _CAUTIOUS = _LISTS["not_without_adjective"], _LISTS["cautious_signs"]
_APART = _LISTS["signs_apart"]

_PREFIXES = {
    "pico": "p", "nano": "n", "micro": "µ", "milli": "m", "centi": "c", "deci": "d", "hecto": "h",
    "kilo": "k", "mega": "M", "giga": "G", "tera": "T", "peta": "P", "exa": "E", "zetta": "Z",
}  # fmt: skip


def _entries() -> Iterator[tuple[str, str, Sequence[str], Sequence[str], frozenset[str]]]:
    """(name, family, words, signs, context) of every unit, those made by SI prefixes first."""
    for family, units in _UNITS.items():
        for name, entry in units.items():
            for prefix in entry.get("prefixes", ()):
                yield (
                    prefix + name,
                    family,
                    [prefix + word for word in entry["words"]],
                    [_PREFIXES[prefix] + sign for sign in entry["signs"]],
                    frozenset(),
                )
    for family, units in _UNITS.items():
        for name, entry in units.items():
            yield name, family, entry["words"], entry["signs"], frozenset(entry.get("context", ()))


_BY_WORDS: dict[tuple[str, ...], tuple[str, str]] = {}
#: The units a sign may stand for: those that need certain words close by first.
_ABBREVIATIONS: dict[str, list[tuple[str, str, frozenset[str]]]] = {}
for _name, _family, _words, _signs, _context in _entries():
    for _form in _words:
        _BY_WORDS[tuple(_form.replace("-", " - ").split())] = (_name, _family)
    for _sign in _signs:
        _told = [e for e in _ABBREVIATIONS.get(_sign, []) if bool(e[2]) or bool(_context)]
        _ABBREVIATIONS[_sign] = sorted([*_told, (_name, _family, _context)], key=lambda e: not e[2])
_WORDS = Phrases(list(_BY_WORDS.items()))
_FIRST_WORDS = frozenset(form[0] for form in _BY_WORDS)
_TIME = frozenset(w for e in _UNITS["time"].values() for w in e["words"])
_PER_A = _TIME | _LISTS["per_a"]
_LONE_LETTERS = frozenset("mgtslLVAWJBCFRhKNGbcp")
#: Abbreviations that are words as well: units only where they touch the figure ("12in").
_ONLY_TOUCHING = _LISTS["only_touching"]
#: How many words away the context of an ambiguous sign may stand.
_NEAR = 20


def _near(tokens: Sequence[Token], k: int, words: frozenset[str]) -> bool:
    return any(t.low in words for t in tokens[max(0, k - _NEAR) : k + _NEAR])


def _abbreviated(tokens: Sequence[Token], k: int, sign: str) -> tuple[str, str] | None:
    """(name, family) of what ``sign`` means at token ``k``, by the words close by."""
    for name, family, context in _ABBREVIATIONS.get(sign, ()):
        if not context or _near(tokens, k, context):
            return name, family
    return None


def currency_before(tokens: Sequence[Token], i: int) -> tuple[str, int] | None:
    """The currency whose sign or code stands right before token ``i``: (code, index of its first token)."""
    if i == 0:
        return None
    last = tokens[i - 1]
    if last.kind == "figure" or (last.kind == "sign" and last.key not in _SIGN_CHARACTERS):
        return None
    sign, first, found = "", i, None
    for k in range(i - 1, max(i - 4, -1), -1):
        if k < i - 1 and not touching(tokens, k + 1) and not _letters_before_sign(tokens, k):
            break
        sign, first = tokens[k].key + sign, k
        if sign in _SIGNS and (k == i - 1 or not _is_word_of_text(tokens, k)):
            found = sign, first
    if found is None:
        return None
    sign, first = found
    code = _SIGNS[sign]
    if sign == "¥" and _near(tokens, i, _LISTS["chinese"]):
        code = "CNY"
    if sign[-1] in "$€£¥₹₽₪₩₴₺":
        return code, first
    if not (touching(tokens, i) or sign in _CURRENCIES or sign in _APART):
        return None
    if sign in _CAUTIOUS and not _amount(tokens, i):
        return None
    return code, first


def _letters_before_sign(tokens: Sequence[Token], k: int) -> bool:
    """Whether the letters at ``k`` belong to the sign behind them in spite of a space: "S $1", "US $"."""
    return tokens[k + 1].key in "$¥" and tokens[k].key.isupper() and len(tokens[k].key) <= 2


def _is_word_of_text(tokens: Sequence[Token], k: int) -> bool:
    """Whether letters before a sign are a word by themselves: "in the US $5" is rare, "a $5" is not."""
    return tokens[k].kind == "word" and not tokens[k].capital


def _amount(tokens: Sequence[Token], i: int) -> bool:
    """Whether the figure at ``i`` looks like money by itself: "PS6m" and "R1,500", not "PS5" or "R2"."""
    key = tokens[i].key
    if "," in key or len(key) >= 3:
        return not ("." not in key and "," not in key and len(key) == 4 and key[:2] in ("19", "20"))
    after = tokens[i + 1].low if i + 1 < len(tokens) else ""
    return after in SCALES or after in ABBREVIATED or (after in LETTERS and touching(tokens, i + 1))


def currency_after(tokens: Sequence[Token], k: int) -> tuple[str, int] | None:
    """The currency named from token ``k`` on: (code, index after it): "dollars", "Australian dollars", "EUR",
    "€".
    """
    if k >= len(tokens):
        return None
    if tokens[k].key in HYPHENS and hyphenated(tokens, k):
        k += 1
    t = tokens[k]
    if t.kind == "figure":
        return None
    if t.key in _FIRST_OF_ADJECTIVES:
        for width in (3, 2, 1):
            code = _CURRENCY_ADJECTIVES.get(tuple(x.key for x in tokens[k : k + width]))
            noun = tokens[k + width].low if code and k + width < len(tokens) else ""
            if code and (noun in _CURRENCY_WORDS or noun in _SHARED_WORDS):
                return code, k + width + 1
    if k + 1 < len(tokens) and (pair := f"{t.low} {tokens[k + 1].low}") in _CURRENCY_WORDS:
        return _CURRENCY_WORDS[pair], k + 2
    if t.low in _CURRENCY_WORDS and t.low not in _NOT_WITHOUT_ADJECTIVE:
        return _CURRENCY_WORDS[t.low], k + 1
    if t.key in _CURRENCIES:
        return t.key, k + 1
    if t.key in ("€", "£", "₽", "₪", "$", "₴", "₺", "₹") and touching(tokens, k):
        return _SIGNS[t.key], k + 1
    if t.key in ("R", "Rs", "RMB") and _near(
        tokens, k, _LISTS["of_rand"] if t.key == "R" else frozenset({t.low})
    ):
        return _SIGNS[t.key], k + 1
    return None


def whose_dollars(tokens: Sequence[Token], k: int) -> tuple[str, int] | None:
    """The currency told behind an amount that has its sign: "$2.5 million Canadian", "$100 AUD", "$31 US"."""
    if k >= len(tokens) or tokens[k].kind != "word" or not tokens[k].capital:
        return None
    if tokens[k].key in _CURRENCIES:
        return tokens[k].key, k + 1
    code = _CURRENCY_ADJECTIVES.get((tokens[k].key,))
    if code is None or not (
        k + 1 >= len(tokens)
        or tokens[k + 1].kind == "sign"
        or tokens[k + 1].low in lexicons.words("prepositions")
    ):
        return None
    return code, k + 1


_PERCENT = _LISTS["percent"]


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
    if low in _PERCENT or low in ("per", "basis", "p"):
        share = _share_unit(tokens, k, attributive)
        if share or low == "percentage":
            return share
    if low in _FIRST_WORDS:
        lows = [x.low for x in tokens[k : k + 6]]
        found = _WORDS.at(["-" if x in HYPHENS else x for x in lows], 0)
        if found:
            end, (name, family) = found
            return Unit(name, family, k + end, attributive)
    return _read_sign(tokens, k, glued, attributive) if digits else None


def _share_unit(tokens: Sequence[Token], k: int, attributive: bool) -> Unit | None:
    """percent, per cent, %, pc, percentage points, basis points."""
    low = tokens[k].low
    end = k + 1
    after = tokens[end].low if end < len(tokens) else ""
    if low == "basis":
        return Unit("basis point", "share", k + 2, attributive) if after in ("point", "points") else None
    if low == "p":  # "p.c." is one token, "p c" none
        return None
    if low == "per":
        if after in HYPHENS and k + 2 < len(tokens) and hyphenated(tokens, end):
            end, after = end + 1, tokens[end + 1].low
        if after not in ("cent", "cents"):
            return None
        end, after = end + 1, tokens[end + 1].low if end + 1 < len(tokens) else ""
    if after in HYPHENS and end + 1 < len(tokens) and tokens[end + 1].low in ("point", "points"):
        end, after = end + 1, tokens[end + 1].low
    if after in ("point", "points"):
        return Unit("percentage point", "share", end + 1, attributive)
    if low == "percentage" or (low == "pp" and not touching(tokens, k)):
        return None
    return Unit("percentage point" if low == "pp" else "percent", "share", end, attributive)


def _read_sign(tokens: Sequence[Token], k: int, glued: bool, attributive: bool) -> Unit | None:
    """The abbreviated unit at token ``k``, right behind digits: "km", "km²", "km/h", "°C", "sq. km"."""
    t = tokens[k]
    key = t.key
    following = tokens[k + 1] if k + 1 < len(tokens) else None
    if key in "°º" and following is not None and following.key in ("C", "F"):
        name, family, _ = _ABBREVIATIONS["°" + following.key][0]
        return Unit(name, family, k + 2, attributive)
    if t.low in ("degc", "degf", "degs"):
        return Unit(
            {"degc": "celsius", "degf": "fahrenheit"}.get(t.low, "degree"), "temperature", k + 1, attributive
        )
    if following is not None and t.kind == "word":
        if following.key in ("2", "3", "²", "³") and touching(tokens, k + 1):
            squared = _abbreviated(tokens, k, key + following.key)
            if squared:
                return Unit(*squared, k + 2, attributive)
        if following.key == "/" and touching(tokens, k + 1) and k + 2 < len(tokens):
            rate = _abbreviated(tokens, k, f"{key}/{tokens[k + 2].key}")
            if rate:
                return Unit(*rate, k + 3, attributive)
        if following.key == "." and t.low in ("sq", "cu"):
            inner = read_unit([*tokens[k : k + 1], *tokens[k + 2 : k + 5]], 0, True)
            return Unit(inner.name, inner.family, k + inner.last + 1, attributive) if inner else None
    if key not in _ABBREVIATIONS or (key in _ONLY_TOUCHING and not glued):
        return None
    sign = _abbreviated(tokens, k, key)
    if sign is None:
        return None
    if key in _LONE_LETTERS:
        if following is not None and touching(tokens, k + 1) and following.key in HYPHENS:
            return None  # "41 B-52H bombers"
        if not glued and not _ends_phrase(tokens, k + 1):
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
    if word not in _OPENS_PER:
        return None
    if following < len(tokens) and tokens[following].key in HYPHENS:
        following += 1
    if following >= len(tokens):
        return None
    noun = tokens[following].low
    if word == "per" and tokens[following].kind == "word" and noun not in ("cent", "se"):
        unit = read_unit(tokens, following, True)
        if unit is not None and unit.family not in ("share", "label", "coin"):
            return unit.name, unit.last
        return singular(noun), following + 1
    if word in ("a", "an", "each", "every") and not is_plural(noun):
        unit = read_unit(tokens, following, False) if noun in ("square", "cubic", "metric") else None
        if unit is not None:
            return unit.name, unit.last
        return (noun, following + 1) if noun in _PER_A else None
    if word == "/" and touching(tokens, k) and tokens[following].kind == "word":
        if noun in _PER_A or noun in ("yr", "mo", "month"):
            return {"yr": "year", "mo": "month"}.get(noun, noun), following + 1
        unit = read_unit(tokens, following, True)
        return (unit.name, unit.last) if unit is not None else None
    if word in _REGULARLY:
        after = tokens[k + 1]
        if after.kind == "sign" or after.low in lexicons.words("prepositions"):
            return _REGULARLY[word], k + 1
    return None


_REGULARLY = {
    "annually": "year", "yearly": "year", "daily": "day", "monthly": "month", "weekly": "week",
    "hourly": "hour",
}  # fmt: skip
_OPENS_PER = frozenset({"per", "a", "an", "each", "every", "/", *_REGULARLY})
