"""What a number without a unit of measure counts: the noun behind it, a part of a set, an age, or nothing.

:func:`read_count` and :func:`read_one` take over from :mod:`claims.engine.quantities` where no money, share
or unit stands beside the number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from claims.engine import lexicons
from claims.engine.modifiers import part_before
from claims.engine.nouns import NounPhrase, read_noun_phrase, singular
from claims.engine.numbers import STARTS, Numeral, read_numeral
from claims.engine.ratios import read_times
from claims.engine.readings import Draft, Reading, Words
from claims.engine.times import year_reading
from claims.engine.tokens import HYPHENS, Token, hyphenated, touching
from claims.engine.units import read_per, read_unit

_LISTS = lexicons.grammar("quantities")
_DEFINITE = lexicons.words("definite")
_DETERMINERS = lexicons.words("determiners")
_PREPOSITIONS = lexicons.words("prepositions")
_CLOSED = _PREPOSITIONS | lexicons.words("conjunctions") | lexicons.words("pronouns")
#: Whole things have no decimals: a point before three digits sets the thousands apart.
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
#: "the two" and up to this many are spoken of before; "the 28 members" tells how many there are.
_FEW = 4
#: "A week earlier" is when, not how often.
RECKONED = _LISTS["reckoned"]
#: How far before "over" the word that makes it "about" may stand.
_DISPUTED = 3


def read_one(s: Words, n: Numeral) -> Reading | None:
    """ "one soldier" counts; "one of the", "no one", "one another", "one day" and the pronoun do not."""
    i, end = n.first, n.last
    d = Draft(i, end, (i, end), n.value, n.grain)
    after = s.low(end)
    if after == "of":
        phrase = read_noun_phrase(
            s.tokens, end + 1 + (s.low(end + 1) in _DETERMINERS), skip=s.names, tags=s.tags
        )
        if phrase is None:
            return None
        d.kind, d.unit, d.noun, d.end = "one_of", phrase.lemma, phrase, phrase.last
        return d.done(s)
    before = s.low(i - 1)
    if before in _LISTS["not_one_after"] or before in HYPHENS:
        return None
    unit = read_unit(s.tokens, end, False)
    if unit is not None and unit.family != "level":
        if after == "day":
            return None
        d.kind = "share" if unit.family == "share" else "measure"
        d.unit, d.family, d.end, d.attributive = unit.name, unit.family, unit.last, unit.attributive
        d.look_before(s)
        return d.done(s)
    if after in _LISTS["not_one_before"] or after in HYPHENS:
        return None
    phrase = read_noun_phrase(s.tokens, end, singular_head=True, skip=s.names, tags=s.tags)
    if phrase is None:
        return None
    d.kind, d.unit, d.noun, d.end = "count", phrase.lemma, phrase, phrase.last
    d.part = part_before(s.lows, i)
    d.look_before(s)
    return d.done(s)


def read_count(s: Words, n: Numeral, d: Draft) -> Reading | None:
    """A number whose unit is the noun that follows, or a bare one."""
    d.look_before(s)
    if s.low(d.lead) == "within" or is_about(s, d):
        d.drop_modifier()
    if d.lead > 0 and s.lows[d.lead] == "maximum" and s.lows[d.lead - 1] in _DETERMINERS:
        d.drop_modifier()
    d.look_behind(s)
    k = d.end
    if k < len(s.tokens) and hyphenated(s.tokens, k) and s.tokens[k + 1].kind != "sign":
        d.kind = "label"  # "31-missile battery", "three-stage rocket": an adjective
        word = s.tokens[k + 1]
        if word.kind == "word" and not word.capital and word.low not in _CLOSED:
            d.unit = singular(word.low)
        return d.done(s)
    if k + 1 < len(s.tokens) and s.tokens[k].key in HYPHENS and touching(s.tokens, k):
        d.kind = "label"  # "four-, five- and six-cylinder engines"
        d.unit = _shared_noun(s, k + 1)
        return d.done(s)
    if s.low(k) in ("times", "time"):
        return read_times(s, d, k)
    noun_at = _noun_place(s, d, k)
    if _is_age(s, n, d):
        d.kind, d.unit, d.family = "age", "year of age", "age"
        return d.done(s)
    phrase = None
    if noun_at is not None and noun_at < len(s.tokens):
        single = d.value == 1 and d.low is None
        phrase = read_noun_phrase(s.tokens, noun_at, singular_head=single, skip=s.names, tags=s.tags)
        phrase = _plural_name(s.tokens, noun_at, phrase) or phrase
    if phrase is None and (_may_be_year(s, n, d) or _are_years(s, n, d)):
        return None
    if phrase is None and d.end == k and _is_adjective(s, n, k):
        d.kind, d.unit = "label", s.lows[k]
        return d.done(s)
    d.definite = _is_definite(s, d.first)
    d.part = part_before(s.lows, d.first)
    if phrase is None:
        d.kind = "bare"
        if d.part and s.low(k) == "for" and k + 1 < len(s.tokens) and s.tokens[k + 1].kind == "word":
            d.end = _end_of_aside(s, k + 1)
            d.extra = (k, d.end)
        return d.done(s)
    d.noun, d.unit, d.end = phrase, phrase.lemma, phrase.last
    if d.decimals and d.joint is None and _THOUSANDS.fullmatch(s.tokens[n.first].key):
        d.value, d.grain, d.decimals = d.value * 1000, Decimal(1), False  # nobody imports 1.250 rifles
    rate = read_per(s.tokens, d.end)
    if rate and s.low(rate[1]) not in RECKONED:
        d.per, d.end = rate
        d.unit = f"{d.unit} per {d.per}"
    d.look_behind(s)  # "5,000 centrifuges or more"
    if s.low(d.end) == "strong":
        d.look_past(s, d.end + 1)  # "60 lorries strong at most"
    spoken_of = d.definite and d.value <= _FEW and d.row is None and d.joint is None
    d.kind = "definite" if spoken_of else "count"
    return d.done(s)


def _plural_name(tokens: Sequence[Token], k: int, phrase: NounPhrase | None) -> NounPhrase | None:
    """A name with a figure counted in the plural: "64 *F-35s*", "two *B-1Bs*"; not "48 FA-50 *jets*"."""
    end = k + 1
    while end < len(tokens) and touching(tokens, end) and end - k < _LONGEST_NAME:
        if tokens[end].kind == "sign" and tokens[end].key not in HYPHENS:
            break
        end += 1
    figures = any(t.kind == "figure" for t in tokens[k:end])
    if not figures or not tokens[k].capital or tokens[end - 1].low[-1:] != "s" or tokens[end - 1].low == "'s":
        return None
    if phrase is not None and phrase.head >= end:
        return None
    return NounPhrase(k, end, end - 1, "".join(t.low for t in tokens[k:end])[:-1])


_LONGEST_NAME = 7


def _is_adjective(s: Words, n: Numeral, k: int) -> bool:
    """Whether a figure and the singular at ``k`` stand before a noun: "a 12 page document"."""
    if n.style != "digits" or n.scaled or n.decimals or s.tags is None or k + 1 >= len(s.tokens):
        return False
    word, head = s.tokens[k], s.tokens[k + 1]
    if word.kind != "word" or head.kind != "word" or word.capital or head.capital or n.value < 2:
        return False
    tags = s.tags()
    return tags[k] == "NN" and tags[k + 1] in ("NN", "NNS", "JJ") and head.low not in _CLOSED


def _shared_noun(s: Words, k: int) -> str:
    """The word that the last of "four-, five- and six-cylinder" is joined to, "" where there is none."""
    for j in range(k, min(k + 8, len(s.tokens) - 1)):
        if s.tokens[j].key in HYPHENS and hyphenated(s.tokens, j) and s.tokens[j + 1].kind == "word":
            return singular(s.lows[j + 1])
        listed = s.tokens[j].kind == "figure" or s.lows[j] in STARTS or s.lows[j] in _JOINS
        if not listed and s.tokens[j].key not in HYPHENS:
            break
    return ""


_JOINS = frozenset({",", "and", "or", "to"})


def _behind_a_measure(s: Words, k: int) -> int:
    """The index after a measure in front of what is counted: "eight million *250ml* bottles"."""
    if k + 1 < len(s.tokens) and s.tokens[k].kind == "figure":
        unit = read_unit(s.tokens, k + 1, True)
        if unit is not None and unit.family not in ("share", "level", "time", "label"):
            return unit.last
    return k


def _noun_place(s: Words, d: Draft, k: int) -> int | None:
    """Where the counted noun begins: at ``k``, behind "of" after a vague word, behind "of the (31)"."""
    if s.low(k) != "of":
        return _behind_a_measure(s, k) if d.joint is None else k
    following = s.low(k + 1)
    if not d.vague and d.joint is None and k + 1 < len(s.tokens) and not s.blocked[k + 1]:
        total = read_numeral(s.tokens, k + 1)
        if total is not None and not total.share and total.value > d.value:
            d.partitive, d.number = True, (d.number[0], total.last)
            return total.last  # "11 of 31 members": one figure, and what it is out of
    if d.vague:
        return k + 1 + (following in _DETERMINERS)
    if following not in _LISTS["partitive"]:
        d.partitive = not s.blocked[d.number[0]] and _owner_behind(s, k + 1)
        return k + 1 if d.partitive else None
    d.partitive = True
    whole = read_numeral(s.tokens, k + 2) if k + 2 < len(s.tokens) else None
    return whole.last if whole else k + 2


def _owner_behind(s: Words, k: int) -> bool:
    """Whether a name owns what follows: "three of *Taiwan's* submarines"."""
    if k >= len(s.tokens) or not s.tokens[k].capital:
        return False
    return any(w in ("'s", "’") for w in s.lows[k + 1 : k + 4])


def _may_be_year(s: Words, n: Numeral, d: Draft) -> bool:
    key = s.tokens[n.first].key
    plain = s.tokens[n.first].kind == "figure" and len(key) == 4 and key.isascii() and key.isdigit()
    if not plain or n.scaled or d.low is not None or d.row is not None or not 1500 <= int(key) <= 2150:
        return False
    return year_reading(s.tokens, n.first)


def _are_years(s: Words, n: Numeral, d: Draft) -> bool:
    """ "the 1988 film", "between 1600 and 1900": a year before a noun, or two years."""
    key = s.tokens[n.first].key
    if n.scaled or not (len(key) == 4 and key.isascii() and key.isdigit() and 1000 <= int(key) <= _LAST_YEAR):
        return False
    if d.joint is not None:
        other = s.tokens[d.number[1] - 1].key
        return len(other) in (2, 4) and other.isdigit() and d.row is None
    follows = n.last < len(s.tokens) and s.tokens[n.last].kind == "word"
    return int(key) >= _FIRST_YEAR and follows and d.row is None and s.low(n.first - 1) in _OWNERS_OF_YEARS


_FIRST_YEAR, _LAST_YEAR = 1800, 2100
_OWNERS_OF_YEARS = _LISTS["owners_of_years"]


def _end_of_aside(s: Words, k: int) -> int:
    """The end of a short phrase: up to three words, none of them opening a new one."""
    end = k
    while end < len(s.tokens) and end - k < 3 and s.tokens[end].kind == "word":
        if end > k and s.lows[end] in _CLOSED:
            break
        end += 1
    return end


def _is_definite(s: Words, first: int) -> bool:
    """Whether a figure stands behind "the", "these", "its": something spoken of before."""
    k = first - 1
    while k >= 0 and s.lows[k] in _LISTS["before_figure"]:
        k -= 1
    return k >= 0 and s.lows[k] in _DEFINITE


def is_about(s: Words, d: Draft) -> bool:
    """Whether a word before a figure is no bound: "warn Tehran *over* 60% enrichment", "*within* 20 days"."""
    word = s.low(d.lead)
    if word == "within":
        return d.family in ("time", "money", "share")
    disputed = s.lows[max(d.lead - _DISPUTED, 0) : max(d.lead, 0)]
    return word == "over" and d.lead == d.start - 1 and not _LISTS["over_is_about"].isdisjoint(disputed)


# ------------------------------------------------------------------ ages


def end_of_age(s: Words, k: int) -> int | None:
    """The index after "old", "-old" or "of age"."""
    if s.low(k) in ("old", "olds"):
        return k + 1
    if (s.low(k) in HYPHENS and s.low(k + 1) in ("old", "olds")) or (s.low(k), s.low(k + 1)) == ("of", "age"):
        return k + 2
    return None


#: Nobody spoken of with their age in the news is older.
_OLDEST = 115


def _is_age(s: Words, n: Numeral, d: Draft) -> bool:
    """Whether a bare figure is somebody's age: "Jane Doe, 29, of", "aged 77", "over the age of 21"."""
    if n.scaled or n.decimals or not 0 < d.value <= _OLDEST or d.joint not in (None, "-", "to", "or", "and"):
        return False
    k = d.first - 1
    if s.low(k) in ("aged", "ages", "age"):
        return True
    if s.low(d.start - 2) in ("age", "ages") and s.low(d.start - 1) in ("of", "at"):
        return True
    ends = d.end >= len(s.tokens) or s.tokens[d.end].kind == "sign" or s.lows[d.end] in ("when", "at", "and")
    if s.low(k) in ("is", "was", "turned") and s.low(k - 1) in ("he", "she", "who") and ends:
        return True
    return (
        s.low(k) == ","
        and s.low(d.end) == ","
        and k >= 2
        and s.tokens[k - 1].capital
        and s.tokens[k - 2].capital
        and n.style == "digits"
    )
