"""Every number of a sentence, typed: first what sort of number it is, then whether it can be a claim.

:func:`read_quantities` returns a :class:`Reading` for each number it finds, also for those that no claim is
made of (``kind`` "age", "one_of", "definite", "bare", "frequency", "label", "period"). Numbers that are part
of a date, a name, a telephone number, a score or an address are passed over. The extractors turn readings
into claims.
"""

from __future__ import annotations

from collections.abc import Sequence

from claims.engine import lexicons
from claims.engine.carried import carry_units
from claims.engine.counting import RECKONED, end_of_age, is_about, read_count, read_one
from claims.engine.labels import end_of_label, is_label
from claims.engine.numbers import STARTS, Numeral, read_numeral
from claims.engine.ranges import letter_scale, take_far_end, take_range
from claims.engine.ranks import ORDINALS, is_ordinal, read_rank
from claims.engine.ratios import FACTORS, read_factor, read_part
from claims.engine.readings import Draft, Reading, Words
from claims.engine.records import Quantity
from claims.engine.tagging import Tags
from claims.engine.times import TimeExpression
from claims.engine.tokens import HYPHENS, Token, touching
from claims.engine.units import currency_after, currency_before, read_per, read_unit, whose_dollars

__all__ = ["Reading", "read_quantities"]

_LISTS = lexicons.grammar("quantities")
_DEFINITE = lexicons.words("definite")
_DETERMINERS = lexicons.words("determiners")
_PREPOSITIONS = lexicons.words("prepositions")
_CLOSED = _PREPOSITIONS | lexicons.words("conjunctions") | lexicons.words("pronouns")
#: Words at which a number can begin; at most words nothing needs to be tried.
_OPENERS = frozenset({*ORDINALS, *FACTORS, *STARTS})
#: A "sentence" in which more numbers begin is a table or a loop: nothing in it says what a number counts.
_MOST_NUMBERS = 120


def read_quantities(
    tokens: Sequence[Token],
    times: Sequence[TimeExpression] = (),
    names: Sequence[tuple[int, int]] = (),
    tags: Tags | None = None,
) -> list[Reading]:
    """The numbers of one sentence, left to right. ``times`` and ``names`` are token ranges passed over."""
    named = frozenset(k for a, b in names for k in range(a, b))
    years = frozenset(t.first for t in times if t.kind == "year" and t.last == t.first + 1)
    s = Words(tokens, [t.low for t in tokens], [False] * len(tokens), named, years, tags)
    for time in times:
        for k in range(time.first, time.last):
            s.blocked[k] = True
    for k in named:
        if tokens[k].kind == "figure" or is_ordinal(tokens, k):
            s.blocked[k] = True
    readings: list[Reading] = []
    periods = {t.first: t for t in times if t.kind in ("period", "span")}
    i, tried = 0, 0
    while i < len(tokens):
        if i in periods:
            period = _period(s, periods[i])
            if period is not None:
                readings.append(period)
            i = periods[i].last
            continue
        if s.blocked[i] or not (tokens[i].kind == "figure" or tokens[i].low in _OPENERS):
            i += 1
            continue
        tried += 1
        if tried > _MOST_NUMBERS:
            return []
        reading, i = _read_at(s, i)
        if reading is not None:
            readings.append(reading)
    return carry_units(s, readings)


def _period(s: Words, time: TimeExpression) -> Reading | None:
    """The length told by a time: "the past two years", "six months ago"."""
    for i in range(time.first, min(time.last, time.first + 4)):
        n = read_numeral(s.tokens, i)
        if n is None:
            continue
        if n.last >= time.last:
            return None
        unit = read_unit(s.tokens, n.last, n.style == "digits")
        if unit is None or unit.family != "time" or unit.attributive or _is_decade(s, n):
            return None
        d = Draft(i, unit.last, (i, n.last), n.value, n.grain, "period", unit.name, "time")
        d.low, d.high, d.vague = n.low, n.high, n.style == "vague"
        d.look_before(s)
        return d.done(s)
    return None


def _read_at(s: Words, i: int) -> tuple[Reading | None, int]:
    """What stands at token ``i``, and where to read on."""
    if is_ordinal(s.tokens, i):
        rank = read_rank(s.tokens, i)
        if rank:
            place, end, noun = rank
            quantity = Quantity(place, place, place, "rank", rule="rank")
            return Reading("ordinal", i, noun.last, (i, end), quantity, noun), end
        if s.tokens[i].kind == "figure":
            return None, i + 2
    if s.lows[i] in FACTORS:
        reading = read_factor(s, i)
        if reading is not None:
            return reading, i + 1
    n = read_numeral(s.tokens, i)
    if n is None or any(s.blocked[k] for k in range(i, n.last)):
        return None, i + 1
    if is_label(s.tokens, n) or _of_a_time(s, n):
        return None, max(end_of_label(s.tokens, n), i + 1)
    reading = _quantity(s, n)
    if reading is None:
        return None, n.last
    reaches_unit = reading.kind in ("money", "measure", "share")
    return reading, max(reading.last if reaches_unit else reading.number[1], i + 1)


def _of_a_time(s: Words, n: Numeral) -> bool:
    """Whether a figure is the first of two times: "between 2 and 3 p.m.", "5-7 May"."""
    k = n.last + 1
    if k >= len(s.tokens) or not s.blocked[k] or s.blocked[n.last] or n.scaled or k in s.years:
        return False
    joint = s.lows[n.last]
    return joint in ("to", "and", "or", "until") or joint in HYPHENS


# ------------------------------------------------------------------ a number with its unit


def _quantity(s: Words, n: Numeral) -> Reading | None:
    sign = currency_before(s.tokens, n.first) if n.style != "vague" else None
    n = letter_scale(s, n, sign is not None)
    single = s.lows[n.first] == "one" and n.last == n.first + 1 and not n.share and sign is None
    if single and not _minus_before(s, n.first):
        return read_one(s, n)
    d = Draft(sign[1] if sign else n.first, n.last, (n.first, n.last), n.value, n.grain)
    d.decimals, d.vague = n.decimals, n.style == "vague"
    d.low, d.high = n.low, n.high
    minus = _minus_before(s, d.start)
    d.start -= minus
    take_range(s, d, n, sign is not None)
    if sign:
        d.kind, d.unit, d.family = "money", sign[0], "money"
    else:
        _take_unit(s, d, n)
    if d.kind == "age":
        d.look_before(s)  # "over 65 years old"
    if d.kind in ("age", "label"):
        return d.done(s)
    if d.unit == "second" and _is_decade(s, n):
        return None
    if not d.kind:
        part = _part_of_a_unit(s, n, d)
        if part is not None:
            return part
        share = read_part(s, n)
        if share is not None:
            return share
        if minus:
            d.negate()
        return read_count(s, n, d)
    if n.share and d.kind == "measure" and n.style == "words" and not n.scaled:
        return None  # "half mile"
    if d.joint is None:
        take_far_end(s, d, n)
    if sign and "$" in s.as_written(sign[1], n.first):
        told = whose_dollars(s.tokens, d.end)
        if told:
            d.unit, d.end = told
    rate = read_per(s.tokens, d.end)
    if rate and s.low(rate[1]) not in RECKONED:
        d.per, d.end = rate
        d.unit = f"{d.unit} per {d.per}"
    elif d.kind == "money":
        behind = read_per(s.tokens, _behind_brackets(s, d.end))
        if behind:
            d.per = behind[0]  # "9 billion shekels ($2.4 billion) a year"
            d.unit = f"{d.unit} per {d.per}"
    if d.unit in _CALIBRES and _is_calibre(s, d):
        d.kind = "label"
        return d.done(s)
    if minus:
        d.negate()
    d.look_before(s)
    if (d.family == "time" and d.lead == d.start - 1 and _spatial(s, d)) or is_about(s, d):
        d.drop_modifier()
    d.look_behind(s)
    return d.done(s)


def _behind_brackets(s: Words, k: int) -> int:
    """The index after a short aside in brackets at ``k``; ``k`` itself where there is none."""
    if s.low(k) == "(":
        for j in range(k + 2, min(k + 9, len(s.lows))):
            if s.lows[j] == ")":
                return j + 1
    return len(s.lows)


def _part_of_a_unit(s: Words, n: Numeral, d: Draft) -> Reading | None:
    """ "three-quarters of a mile", "1/16 of an inch": a measure, not a share."""
    k = n.last
    if not n.share or s.low(k) != "of" or s.low(k + 1) not in ("a", "an"):
        return None
    unit = read_unit(s.tokens, k + 2, False)
    if unit is None or unit.family in ("share", "level", "time"):
        return None
    d.kind, d.unit, d.family, d.end = "measure", unit.name, unit.family, unit.last
    d.look_before(s)
    return d.done(s)


_CALIBRES = frozenset({"millimetre"})
_SMALLEST_BORE = 4


def _is_calibre(s: Words, d: Draft) -> bool:
    """Whether millimetres say which gun or shell it is: "155mm artillery rounds", "105 mm howitzers"."""
    k = d.end
    return d.value >= _SMALLEST_BORE and any(w in _LISTS["bored"] for w in s.lows[k : k + 4])


def _spatial(s: Words, d: Draft) -> bool:
    """Whether "over" before a time is no "more than": "over two years", but "for over two years"."""
    return s.lows[d.lead] == "over" and s.low(d.lead - 1) not in _LISTS["duration_lead"]


def _take_unit(s: Words, d: Draft, n: Numeral) -> None:
    """Money, percent or a physical unit behind the figure."""
    at = d.end + (d.vague and s.low(d.end) == "of")
    money = currency_after(s.tokens, at)
    if money and (
        n.style == "digits" or n.scaled or money[1] - at > 1 or s.lows[at] not in ("won", "pounds")
    ):
        d.kind, d.family, (d.unit, d.end) = "money", "money", money
        return
    if s.low(at) == "pounds" and n.scaled and s.low(at + 1) != "of":
        d.kind, d.family, d.unit, d.end = "money", "money", "GBP", at + 1
        return
    unit = read_unit(s.tokens, at, n.style == "digits")
    if unit is None and s.low(at) in _LISTS["further"]:
        unit = read_unit(s.tokens, at + 1, False)  # "five more years"
    if unit is None or (unit.family == "level" and n.style != "digits"):
        return
    d.kind = _KIND_OF_FAMILY.get(unit.family, "measure")
    d.unit, d.family, d.end, d.attributive = unit.name, unit.family, unit.last, unit.attributive
    if unit.family == "time":
        old = end_of_age(s, d.end)
        if old:
            d.kind, d.family, d.unit, d.end = "age", "age", f"{unit.name} of age", old


_KIND_OF_FAMILY = {"share": "share", "label": "label"}


def _is_decade(s: Words, n: Numeral) -> bool:
    """Whether "1980s" or "the 50s" is a time, not seconds."""
    key = s.tokens[n.first].key
    if not key.endswith("0") or s.low(n.last) != "s" or not touching(s.tokens, n.last):
        return False
    return len(key) == 4 or s.low(n.first - 1) in (
        "the",
        "mid",
        "early",
        "late",
        "his",
        "her",
        "their",
        "and",
    )


def _minus_before(s: Words, start: int) -> int:
    """How many tokens before ``start`` make the figure negative: "-5", "minus-5", "negative one"."""
    if start == 0:
        return 0
    sign = s.lows[start - 1]
    k = start - 1
    if sign in _MINUS_SIGNS and touching(s.tokens, start):
        if start < 2 or not touching(s.tokens, start - 1):
            return 1
        k, sign = start - 2, s.lows[start - 2]
        if not touching(s.tokens, k + 1):
            return 0
    if sign not in ("minus", "negative") or s.low(k - 1) == "or":
        return 0  # "plus or minus two percent"
    return 0 if k and s.tokens[k - 1].kind == "figure" else start - k


_MINUS_SIGNS = frozenset("-−–")
