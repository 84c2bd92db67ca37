"""Every number of a sentence, typed: first what sort of number it is, then whether it can be a claim.

:func:`read_quantities` returns a :class:`Reading` for each number it finds, also for those that no claim is
made of (``kind`` "age", "one_of", "definite", "bare", "frequency", "label"). Numbers that are part of a
date, a name, a telephone number, a score or an address are passed over. The extractors turn readings into
claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, Decimal

from claims.engine import lexicons
from claims.engine.bounds import bound
from claims.engine.labels import end_of_label, is_label
from claims.engine.modifiers import modifier_after, modifier_before, part_before
from claims.engine.nouns import NounPhrase, read_noun_phrase
from claims.engine.numbers import LETTERS, Numeral, read_numeral
from claims.engine.parts import read_one_in
from claims.engine.ranks import is_ordinal, read_rank
from claims.engine.records import Quantity
from claims.engine.times import TimeExpression, year_reading
from claims.engine.tokens import HYPHENS, Token, hyphenated, touching
from claims.engine.units import Unit, currency_after, currency_before, read_per, read_unit

_LISTS = lexicons.grammar("quantities")
_DEFINITE = lexicons.words("definite")
_DETERMINERS = lexicons.words("determiners")
_PREPOSITIONS = lexicons.words("prepositions")
_CLOSED = _PREPOSITIONS | lexicons.words("conjunctions") | lexicons.words("pronouns")
_TRENDS = {w: way for way in ("up", "down") for w in lexicons.load("words")["trends"][way]}
_FACTORS = {word: Decimal(factor) for word, factor in lexicons.load("words")["factors"].items()}
#: "the two" and up to this many are spoken of before; "the 28 members" tells how many there are.
_FEW = 4


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as read: tokens ``first``..``last`` (exclusive) are what a claim would quote.

    ``kind``: money, count, share, measure, ratio, ordinal; or one that yields no claim: age, one_of ("one
    of the"), definite ("the two nations"), bare (nothing says what is counted), frequency ("three times"),
    label ("three-stage"). ``number`` is the range of tokens of the figure itself, ``noun`` what is counted,
    ``family`` money, share or a dimension ("length"), ``low``/``high`` the ends of a range as written,
    ``trend`` up or down where the sentence says it moved, ``part`` the word that makes it a part
    ("including"), ``extra`` the tokens of "for testing" behind a bare part.
    """

    kind: str
    first: int
    last: int
    number: tuple[int, int]
    quantity: Quantity
    noun: NounPhrase | None = None
    trend: str | None = None
    part: str | None = None
    family: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    attributive: bool = False
    per: str | None = None
    definite: bool = False
    partitive: bool = False
    extra: tuple[int, int] = (0, 0)


@dataclass(slots=True)
class _Words:
    """The words of a sentence with what is known of them."""

    tokens: Sequence[Token]
    lows: list[str]
    blocked: list[bool]  # parts of dates and names
    names: frozenset[int]  # tokens of names that are no counted nouns

    def low(self, k: int) -> str:
        return self.lows[k] if 0 <= k < len(self.lows) else ""


@dataclass(slots=True)
class _Draft:
    """A reading in the making. ``start`` is where the figure begins, a currency sign or minus included."""

    start: int
    end: int
    number: tuple[int, int]
    value: Decimal
    grain: Decimal
    kind: str = ""
    unit: str = ""
    family: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    decimals: bool = False
    vague: bool = False
    joint: str | None = None  # how the ends of a range are joined
    noun: NounPhrase | None = None
    part: str | None = None
    attributive: bool = False
    per: str | None = None
    definite: bool = False
    partitive: bool = False
    extra: tuple[int, int] = (0, 0)
    row: str | None = None  # of bounds
    lead: int = field(default=-1)  # where a modifier before the figure begins
    modifier: str | None = None

    def look_before(self, s: _Words) -> None:
        """Take in the modifier before the figure."""
        found = modifier_before(s.lows, self.start)
        if found:
            self.lead, self.row = found
            self.modifier = _as_written(s, self.lead, self.start)

    def look_behind(self, s: _Words) -> None:
        """Take in the modifier behind the figure, where none before it says more."""
        if self.row not in (None, "exactly"):
            return
        found = modifier_after(s.tokens, s.lows, self.end)
        if found:
            self.modifier = _as_written(s, self.end, found[0])
            self.end, self.row = found

    def drop_modifier(self) -> None:
        self.row, self.lead, self.modifier = None, -1, None

    @property
    def first(self) -> int:
        return self.start if self.lead < 0 else self.lead

    def done(self, s: _Words) -> Reading:
        """The reading, with its bounds."""
        first = self.first
        if self.joint is not None and self.lead < 0 and s.low(first - 1) in ("between", "from"):
            first -= 1
            self.modifier = s.tokens[first].key
        bare = "vague" if self.vague else "range" if self.joint else "part" if self.part else "point"
        quantity = bound(
            self.value,
            unit=self.unit,
            grain=self.grain,
            row=self.row,
            modifier=self.modifier or self.part,
            low=self.low,
            high=self.high,
            bare=bare,
            decimals=self.decimals,
        )
        return Reading(
            self.kind,
            first,
            self.end,
            self.number,
            quantity,
            self.noun,
            _trend(s, first, self.end),
            self.part,
            self.family,
            self.low,
            self.high,
            self.attributive,
            self.per,
            self.definite,
            self.partitive,
            self.extra,
        )


def read_quantities(
    tokens: Sequence[Token], times: Sequence[TimeExpression] = (), names: Sequence[tuple[int, int]] = ()
) -> list[Reading]:
    """The numbers of one sentence, left to right. ``times`` and ``names`` are token ranges passed over."""
    named = frozenset(k for a, b in names for k in range(a, b))
    s = _Words(tokens, [t.low for t in tokens], [False] * len(tokens), named)
    for time in times:
        for k in range(time.first, time.last):
            s.blocked[k] = True
    for k in named:
        if tokens[k].kind == "figure" or is_ordinal(tokens, k):
            s.blocked[k] = True
    readings: list[Reading] = []
    i = 0
    while i < len(tokens):
        if s.blocked[i] or tokens[i].kind == "sign":
            i += 1
            continue
        reading, i = _read_at(s, i)
        if reading is not None:
            readings.append(reading)
    return readings


def _read_at(s: _Words, i: int) -> tuple[Reading | None, int]:
    """What stands at token ``i``, and where to read on."""
    if is_ordinal(s.tokens, i):
        rank = read_rank(s.tokens, i)
        if rank:
            place, end, noun = rank
            quantity = Quantity(place, place, place, "rank", rule="rank")
            return Reading("ordinal", i, noun.last, (i, end), quantity, noun), end
        if s.tokens[i].kind == "figure":
            return None, i + 2
    if s.lows[i] in _FACTORS:
        reading = _factor_word(s, i)
        if reading is not None:
            return reading, i + 1
    n = read_numeral(s.tokens, i)
    if n is None or any(s.blocked[k] for k in range(i, n.last)):
        return None, i + 1
    if is_label(s.tokens, n):
        return None, max(end_of_label(s.tokens, n), i + 1)
    reading = _quantity(s, n)
    if reading is None:
        return None, n.last
    reaches_unit = reading.kind in ("money", "measure", "share")
    return reading, max(reading.last if reaches_unit else reading.number[1], i + 1)


# ------------------------------------------------------------------ a number with its unit


def _quantity(s: _Words, n: Numeral) -> Reading | None:
    sign = currency_before(s.tokens, n.first) if n.style != "vague" else None
    n = _letter_scale(s, n, sign is not None)
    if s.lows[n.first] == "one" and n.last == n.first + 1 and not n.share and sign is None:
        return _one(s, n)
    d = _Draft(sign[1] if sign else n.first, n.last, (n.first, n.last), n.value, n.grain)
    d.decimals, d.vague = n.decimals, n.style == "vague"
    d.low, d.high = n.low, n.high
    minus = _minus_before(s, d.start)
    d.start -= minus
    _take_range(s, d, n, sign is not None)
    if sign:
        d.kind, d.unit, d.family = "money", sign[0], "money"
    else:
        _take_unit(s, d, n)
    if d.kind == "age":
        return d.done(s)
    if not d.kind:
        share = _share(s, n)
        return share if share is not None else _count(s, n, d)
    if n.share and d.kind == "measure" and n.style == "words":
        return None  # "half an hour"
    if d.joint is None:
        _take_far_end(s, d, n)
    rate = read_per(s.tokens, d.end)
    if rate:
        d.per, d.end = rate
        d.unit = f"{d.unit} per {d.per}"
    if d.unit in _CALIBRES and _is_calibre(s, d):
        d.kind = "label"
        return d.done(s)
    if minus:
        d.value = -d.value
        d.low, d.high = (None if x is None else -x for x in (d.high, d.low))
    d.look_before(s)
    if d.family == "time" and d.lead == d.start - 1 and _spatial(s, d):
        d.drop_modifier()
    d.look_behind(s)
    return d.done(s)


_CALIBRES = frozenset({"millimetre"})
_SMALLEST_BORE = 4


def _is_calibre(s: _Words, d: _Draft) -> bool:
    """Whether millimetres say which gun or shell it is: "155mm artillery rounds", "105 mm howitzers"."""
    k = d.end
    return d.value >= _SMALLEST_BORE and any(w in _LISTS["bored"] for w in s.lows[k : k + 4])


def _spatial(s: _Words, d: _Draft) -> bool:
    """Whether "over" before a time is no "more than": "over two years", but "for over two years"."""
    return s.lows[d.lead] == "over" and s.low(d.lead - 1) not in _LISTS["duration_lead"]


def _take_unit(s: _Words, d: _Draft, n: Numeral) -> None:
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
    if unit is None or (unit.family == "level" and n.style != "digits"):
        return
    d.kind = "share" if unit.family == "share" else "measure"
    d.unit, d.family, d.end, d.attributive = unit.name, unit.family, unit.last, unit.attributive
    if unit.family == "time":
        old = _end_of_age(s, d.end)
        if old:
            d.kind, d.family, d.unit, d.end = "age", "age", "year of age", old


def _end_of_age(s: _Words, k: int) -> int | None:
    """The index after "old", "-old" or "of age"."""
    if s.low(k) in ("old", "olds"):
        return k + 1
    if (s.low(k) in HYPHENS and s.low(k + 1) in ("old", "olds")) or (s.low(k), s.low(k + 1)) == ("of", "age"):
        return k + 2
    return None


def _minus_before(s: _Words, start: int) -> bool:
    if start == 0:
        return False
    if s.lows[start - 1] == "minus":
        return start < 2 or s.tokens[start - 2].kind != "figure"
    return (
        s.tokens[start - 1].key in "-−–" and touching(s.tokens, start) and not touching(s.tokens, start - 1)
    )


def _letter_scale(s: _Words, n: Numeral, money: bool) -> Numeral:
    """Apply a scale of one letter that touches the figure: "$1.2m", "12.3m tonnes", "40k people"."""
    k = n.last
    if n.style != "digits" or n.scaled or s.low(k) not in LETTERS or not touching(s.tokens, k):
        return n
    letter = s.lows[k]
    if not money:
        if letter in "bt" or s.tokens[k].key == "K":
            return n
        if letter == "m" and not _counted_next(s, k + 1):
            return n  # "37m" is metres
    factor = LETTERS[letter]
    return Numeral(n.first, k + 1, n.value * factor, n.grain * factor, n.style, True, decimals=n.decimals)


def _counted_next(s: _Words, k: int) -> bool:
    """Whether a unit or counted noun follows, so that the m of "12.3m tonnes" is million."""
    if k >= len(s.tokens):
        return False
    if read_unit(s.tokens, k, True):
        return True
    phrase = read_noun_phrase(s.tokens, k)
    return phrase is not None and phrase.head - k <= 2


# ------------------------------------------------------------------ ranges


def _take_range(s: _Words, d: _Draft, n: Numeral, money: bool) -> None:
    """Take in the further end of a range: "24.2 to 33-35 billion", "between five and seven", "20-30"."""
    second = _further_end(s, n)
    if second is None:
        return
    m, joint = second
    m = _letter_scale(s, m, money)
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
    if not (a < b or joint == "-"):
        return
    d.low, d.high = min(a, b), max(a, b)
    d.value, d.grain, d.end, d.joint = a, grain, m.last, joint
    d.number = (n.first, m.last)
    d.decimals = d.decimals or m.decimals


def _is_change(s: _Words, start: int) -> bool:
    """Whether "from" stands before a figure, and before that something that rises, falls or is counted."""
    if s.low(start - 1) != "from":
        return False
    return any(w in _TRENDS or w in _LISTS["changing"] for w in s.lows[max(0, start - 12) : start - 1])


def _further_end(s: _Words, n: Numeral) -> tuple[Numeral, str] | None:
    """The number a range goes on to, and how it is joined: "to", "-", "and" after between, "or"."""
    k = n.last
    if k + 1 >= len(s.tokens) or n.low is not None or n.share:
        return None
    joint = s.lows[k]
    if joint in HYPHENS:
        if not hyphenated(s.tokens, k) and joint not in "–—−":
            return None
        joint = "-"
    elif joint not in ("to", "or") and not (joint == "and" and _between(s, n.first)):
        return None
    j = k + 1
    while j < min(len(s.tokens) - 1, k + 3) and s.tokens[j].kind != "figure" and _is_currency(s, j):
        j += 1
    if s.blocked[j]:
        return None
    m = read_numeral(s.tokens, j)
    if m is None or m.share or m.low is not None:
        return None
    if joint == "or" and not n.value < m.value <= n.value * 2 + 1:
        return None  # neighbours ("five or six") are a range, others two things
    return m, joint


def _is_currency(s: _Words, j: int) -> bool:
    key = s.tokens[j].key
    return (s.tokens[j].kind == "sign" and key in "$€£¥") or (
        key.isupper() and s.low(j + 1) in ("$", "€", "£")
    )


def _between(s: _Words, first: int) -> bool:
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


def _take_far_end(s: _Words, d: _Draft, n: Numeral) -> None:
    """Take in a range whose both ends carry the unit: "5% to 7%", "between 5 km and 7 km"."""
    joint = s.low(d.end)
    if joint == "to" and s.low(d.start - 1) == "by":
        return  # "rose by 273 kg to 3,241 kg": a change, and where it led
    if joint not in ("to", "-", "–") and not (joint == "and" and _between(s, n.first)):
        return
    if d.vague or d.end + 1 >= len(s.tokens) or s.blocked[d.end + 1] or d.family == "money":
        return
    m = read_numeral(s.tokens, d.end + 1)
    if m is None or m.share or m.low is not None or not n.value < m.value:
        return
    unit: Unit | None = read_unit(s.tokens, m.last, m.style == "digits")
    if unit is None or unit.name != d.unit:
        return
    d.low, d.high, d.joint, d.end = n.value, m.value, joint, unit.last
    d.number = (n.first, unit.last)


# ------------------------------------------------------------------ counts


def _one(s: _Words, n: Numeral) -> Reading | None:
    """ "one soldier" counts; "one of the", "no one", "one another", "one day" and the pronoun do not."""
    i, end = n.first, n.last
    d = _Draft(i, end, (i, end), n.value, n.grain)
    after = s.low(end)
    if after == "of":
        phrase = read_noun_phrase(s.tokens, end + 1 + (s.low(end + 1) in _DETERMINERS), skip=s.names)
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
    phrase = read_noun_phrase(s.tokens, end, singular_head=True, skip=s.names)
    if phrase is None:
        return None
    d.kind, d.unit, d.noun, d.end = "count", phrase.lemma, phrase, phrase.last
    d.part = part_before(s.lows, i)
    d.look_before(s)
    return d.done(s)


def _count(s: _Words, n: Numeral, d: _Draft) -> Reading | None:
    """A number whose unit is the noun that follows, or a bare one."""
    d.look_before(s)
    if d.lead > 0 and s.lows[d.lead] == "maximum" and s.lows[d.lead - 1] in _DETERMINERS:
        d.drop_modifier()
    d.look_behind(s)
    k = d.end
    if k < len(s.tokens) and hyphenated(s.tokens, k):
        d.kind = "label"  # "31-missile battery", "three-stage rocket": an adjective
        return d.done(s)
    if s.low(k) in ("times", "time"):
        return _times(s, d, k)
    noun_at = _noun_place(s, d, k)
    phrase = None
    if noun_at is not None and noun_at < len(s.tokens):
        single = d.value == 1 and d.low is None
        phrase = read_noun_phrase(s.tokens, noun_at, singular_head=single, skip=s.names)
    if phrase is None and _may_be_year(s, n, d):
        return None
    d.definite = _is_definite(s, d.first)
    d.part = part_before(s.lows, d.first)
    if phrase is None:
        d.kind = "bare"
        if d.part and s.low(k) == "for" and k + 1 < len(s.tokens) and s.tokens[k + 1].kind == "word":
            d.end = _end_of_aside(s, k + 1)
            d.extra = (k, d.end)
        return d.done(s)
    d.noun, d.unit, d.end = phrase, phrase.lemma, phrase.last
    rate = read_per(s.tokens, d.end)
    if rate:
        d.per, d.end = rate
        d.unit = f"{d.unit} per {d.per}"
    spoken_of = d.definite and d.value <= _FEW and d.row is None and d.joint is None
    d.kind = "definite" if spoken_of else "count"
    return d.done(s)


def _noun_place(s: _Words, d: _Draft, k: int) -> int | None:
    """Where the counted noun begins: at ``k``, behind "of" after a vague word, behind "of the (31)"."""
    if s.low(k) != "of":
        return k
    following = s.low(k + 1)
    if not d.vague and d.joint is None and k + 1 < len(s.tokens) and not s.blocked[k + 1]:
        total = read_numeral(s.tokens, k + 1)
        if total is not None and not total.share and total.value > d.value:
            d.partitive, d.number = True, (d.number[0], total.last)
            return total.last  # "11 of 31 members": one figure, and what it is out of
    if d.vague:
        return k + 1 + (following in _DETERMINERS)
    if following not in _LISTS["partitive"]:
        return None
    d.partitive = True
    whole = read_numeral(s.tokens, k + 2) if k + 2 < len(s.tokens) else None
    return whole.last if whole else k + 2


def _may_be_year(s: _Words, n: Numeral, d: _Draft) -> bool:
    key = s.tokens[n.first].key
    plain = s.tokens[n.first].kind == "figure" and len(key) == 4 and key.isascii() and key.isdigit()
    if not plain or n.scaled or d.low is not None or d.row is not None or not 1500 <= int(key) <= 2150:
        return False
    return year_reading(s.tokens, n.first)


def _end_of_aside(s: _Words, k: int) -> int:
    """The end of a short phrase: up to three words, none of them opening a new one."""
    end = k
    while end < len(s.tokens) and end - k < 3 and s.tokens[end].kind == "word":
        if end > k and s.lows[end] in _CLOSED:
            break
        end += 1
    return end


def _is_definite(s: _Words, first: int) -> bool:
    """Whether a figure stands behind "the", "these", "its": something spoken of before."""
    k = first - 1
    while k >= 0 and s.lows[k] in _LISTS["before_figure"]:
        k -= 1
    return k >= 0 and s.lows[k] in _DEFINITE


# ------------------------------------------------------------------ ratios and shares in words


def _times(s: _Words, d: _Draft, k: int) -> Reading:
    """ "three times as many" is a ratio; "three times" is how often."""
    after = s.low(k + 1)
    d.unit, d.end, d.kind = "times", k + 1, "frequency"
    if after in _LISTS["compared"]:
        d.kind = "ratio"
        if after == "as":
            d.end = min(k + 3, len(s.tokens))
        elif after not in ("the", "its", "that", "what"):
            d.end = k + 2
    else:
        rate = read_per(s.tokens, d.end)
        d.end = rate[1] if rate else d.end
    return d.done(s)


def _factor_word(s: _Words, i: int) -> Reading | None:
    """ "doubled", "more than tripled", "twice as many"; not "scored twice", "a double agent"."""
    word, after = s.lows[i], s.low(i + 1)
    d = _Draft(i, i + 1, (i, i + 1), _FACTORS[word], Decimal(1), "ratio", "times")
    if word in ("twice", "thrice"):
        if after not in ("as", "the", "its", "that", "what"):
            return None
        if after == "as":
            d.end = min(i + 3, len(s.tokens))
    elif word in ("double", "triple", "quadruple", "doubles"):
        owned = after in ("the", "its", "their", "that", "what")
        if not owned and s.low(i - 1) not in ("to", "will", "would", "could", "may", "might", "than"):
            return None
    d.look_before(s)
    return d.done(s)


def _share(s: _Words, n: Numeral) -> Reading | None:
    """ "half of", "two-thirds", "one in five", "nine out of 10" as percent, to the nearest whole percent."""
    if not n.share and n.style == "digits" and n.value < 1000 and n.value == int(n.value):
        out_of = read_one_in(s.tokens, n.first, int(n.value), n.last)
        if out_of is not None and s.low(n.last) != "in":
            n = out_of
    if not n.share or (s.lows[n.first] == "half" and s.low(n.last) not in _LISTS["halved"]):
        return None
    percent = n.value * 100
    whole = percent.to_integral_value(ROUND_FLOOR)
    exact = whole == percent
    d = _Draft(
        n.first,
        n.last,
        (n.first, n.last),
        percent if exact else percent.quantize(Decimal("0.01")),
        Decimal(10),
    )
    d.kind, d.unit, d.family = "share", "percent", "fraction"
    d.look_before(s)
    if d.row is None:
        d.row = "fraction"
        if not exact:
            d.low, d.high = whole, whole + 1
    return d.done(s)


# ------------------------------------------------------------------ words around


def _as_written(s: _Words, first: int, last: int) -> str:
    """Tokens as they stand, with one space where there was any."""
    out = s.tokens[first].key
    for k in range(first + 1, last):
        out += ("" if touching(s.tokens, k) else " ") + s.tokens[k].key
    return out


def _trend(s: _Words, first: int, end: int) -> str | None:
    """Whether the words close before, or right behind, say that it rose or fell."""
    for k in range(first - 1, max(first - 4, -1), -1):
        if s.lows[k] in _TRENDS:
            return _TRENDS[s.lows[k]]
        if s.lows[k] not in _LISTS["trend_gap"]:
            break
    return _TRENDS[s.lows[end]] if s.low(end) in ("higher", "lower", "up", "down") else None
