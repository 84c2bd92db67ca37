"""Ranges: "24.2 to 33-35 billion", "between five and seven", "20-30", "2000 – 2500 calories", "5% to 7%"."""

from __future__ import annotations

from decimal import Decimal

from claims.engine import lexicons
from claims.engine.nouns import is_plural, read_noun_phrase
from claims.engine.numbers import LETTERS, Numeral, read_numeral
from claims.engine.readings import Draft, Words
from claims.engine.tokens import HYPHENS, hyphenated, touching
from claims.engine.trends import has_trend, word_of_movement
from claims.engine.units import Unit, read_unit

_LISTS = lexicons.grammar("quantities")
#: How far before "from 30 to 44" a word that says "rose" may stand.
_CHANGE_REACH = 12


def take_range(s: Words, d: Draft, n: Numeral, money: bool) -> None:
    """Take in the further end of a range that starts with ``n``, if there is one."""
    second = _further_end(s, n)
    if second is None:
        return
    m, joint = second
    m = letter_scale(s, m, money)
    a, b, grain = n.value, m.value, n.grain
    scale = _scale_of(m) if m.scaled and not n.scaled and a < 1000 else Decimal(1)
    third = _further_end(s, m) if joint == "to" else None
    if third:
        last = third[0]
        if last.scaled and not m.scaled and not n.scaled:
            scale = _scale_of(last)
        m, b = last, last.value
    a, grain = a * scale, grain * scale
    if joint == "to" and _is_change(s, d.start):
        return  # "rose from 30 to 44": two figures, not a range
    if not (a < b or joint == "-") or (joint == "to" and _leads_to(s, d, a, b, money)):
        return
    d.low, d.high = min(a, b), max(a, b)
    d.value, d.grain, d.end, d.joint = a, grain, m.last, joint
    d.number = (n.first, m.last)
    d.decimals = d.decimals or m.decimals


def letter_scale(s: Words, n: Numeral, money: bool) -> Numeral:
    """``n`` with a scale of one letter that touches the figure: "$1.2m", "12.3m tonnes", "40k people"."""
    k = n.last
    if n.style != "digits" or n.scaled or s.low(k) not in LETTERS or not touching(s.tokens, k):
        return n
    letter = s.lows[k]
    if not money:
        if letter in ("b", "t", "mm") or s.tokens[k].key == "K":
            return n
        if letter == "m" and not _counted_next(s, k + 1):
            return n  # "37m" is metres
    factor = LETTERS[letter]
    return Numeral(n.first, k + 1, n.value * factor, n.grain * factor, n.style, True, decimals=n.decimals)


def _counted_next(s: Words, k: int) -> bool:
    """Whether a unit or counted noun follows, so that the m of "12.3m tonnes" is million."""
    if k >= len(s.tokens):
        return False
    if read_unit(s.tokens, k, True):
        return True
    phrase = read_noun_phrase(s.tokens, k, tags=s.tags)
    return phrase is not None and phrase.head - k <= 2


def _leads_to(s: Words, d: Draft, a: Decimal, b: Decimal, money: bool) -> bool:
    """Whether "rose 5 to 480", "slid by $1.20 to $56.80" tells by how much and where it led: the second is of
    another size. "Fell 2 to 3 percent" is a range.
    """
    return b > a * _ANOTHER_SIZE and word_of_movement(s.lows, d.start, money) is not None


_ANOTHER_SIZE = 4


def _is_change(s: Words, start: int) -> bool:
    """Whether "from" stands before a figure, and before that something that rises, falls or is counted."""
    if s.low(start - 1) != "from":
        return False
    if s.low(start - 2) in _LISTS["forecast"]:
        return False  # "a growth forecast from 5 to 7 per cent"
    return has_trend(s.lows, start - _CHANGE_REACH, start - 1)


def _further_end(s: Words, n: Numeral) -> tuple[Numeral, str] | None:
    """The number a range goes on to, and how it is joined: "to", "-", "and" after between, "or"."""
    k = n.last
    if k + 1 >= len(s.tokens) or n.low is not None or n.share:
        return None
    joint = s.lows[k]
    if joint in HYPHENS:
        if not hyphenated(s.tokens, k) and not _spaced_dash(s, n, k):
            return None
        joint = "-"
    elif joint not in ("to", "or") and not (joint == "and" and is_between(s, n.first)):
        return None
    j = k + 1
    while j < min(len(s.tokens) - 1, k + 3) and s.tokens[j].kind != "figure" and _is_currency(s, j):
        j += 1
    if s.blocked[j] and not (joint == "to" and j in s.years and _counts_on(s, n, j)):
        return None
    m = read_numeral(s.tokens, j)
    if m is None or m.share or m.low is not None:
        return None
    if joint == "or" and not n.value < m.value <= n.value * 2 + 1:
        return None  # neighbours ("five or six") are a range, others two things
    return m, joint


def _spaced_dash(s: Words, n: Numeral, k: int) -> bool:
    """Whether a dash between spaces joins two figures: "2000 - 2500 calories", "25 – 40min"."""
    if s.lows[k] in "–—−" and not touching(s.tokens, k + 1) and not touching(s.tokens, k):
        return s.tokens[k + 1].kind == "figure"
    if s.lows[k] in "–—−":
        return True
    m = read_numeral(s.tokens, k + 1) if s.tokens[k + 1].kind == "figure" else None
    return (
        m is not None
        and n.style == "digits"
        and not touching(s.tokens, k)
        and not touching(s.tokens, k + 1)
        and n.value < m.value
    )


def _counts_on(s: Words, n: Numeral, j: int) -> bool:
    """Whether "from 1000 to 2000 hires" goes to a count that only looks like a year."""
    return s.low(n.first - 1) == "from" and j + 1 < len(s.tokens) and is_plural(s.lows[j + 1])


def _is_currency(s: Words, j: int) -> bool:
    key = s.tokens[j].key
    return (s.tokens[j].kind == "sign" and key in "$€£¥") or (
        key.isupper() and s.low(j + 1) in ("$", "€", "£")
    )


def is_between(s: Words, first: int) -> bool:
    """Whether "between" opens what ends before token ``first``."""
    for k in range(first - 1, max(first - 5, -1), -1):
        if s.lows[k] == "between":
            return True
        if s.lows[k] not in _LISTS["between_range"]:
            return False
    return False


def _scale_of(n: Numeral) -> Decimal:
    """The scale word of a number, from its size: 33 billion -> 1,000,000,000."""
    factor = Decimal(1)
    while factor * 1000 <= n.value:
        factor *= 1000
    return factor


def take_far_end(s: Words, d: Draft, n: Numeral) -> None:
    """Take in a range whose both ends carry the unit: "5% to 7%", "between 5 km and 7 km"."""
    joint = s.low(d.end)
    if joint == "to" and _is_change(s, d.start):
        return  # "climbed from 20 per cent to 60 per cent"
    if joint not in ("to", "-", "–") and not (joint == "and" and is_between(s, n.first)):
        return
    if d.vague or d.end + 1 >= len(s.tokens) or s.blocked[d.end + 1] or d.family == "money":
        return
    m = read_numeral(s.tokens, d.end + 1)
    if m is None or m.share or m.low is not None or not n.value < m.value:
        return
    if joint == "to" and s.low(d.start - 1) == "by" and m.value > n.value * _ANOTHER_SIZE:
        return  # "rose by 273 kg to 3,241 kg": a change, and where it led; "by 5% to 10%" is a range
    unit: Unit | None = read_unit(s.tokens, m.last, m.style == "digits")
    if unit is None or unit.name != d.unit:
        return
    d.low, d.high, d.joint, d.end = n.value, m.value, joint, unit.last
    d.number = (n.first, unit.last)
