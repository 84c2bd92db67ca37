"""Every number of a sentence, typed: first what sort of number it is, then whether it can be a claim.

:func:`read_quantities` returns a :class:`Reading` for each number it finds, also for those that no claim is made
of (``kind`` "age", "one_of", "definite", "bare"); numbers that are part of a date, a name, a telephone number, a
score or an address are passed over. The extractors turn readings into claims.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from claims.engine import lexicons
from claims.engine.bounds import bound
from claims.engine.dates import TimeExpression, year_reading
from claims.engine.lexicons import Phrases
from claims.engine.nouns import PEOPLE, THINGS, NounPhrase, is_plural, read_noun_phrase, singular
from claims.engine.numbers import LETTERS, Numeral, read_numeral, read_one_in
from claims.engine.records import Quantity
from claims.engine.tokens import HYPHENS, Token, hyphenated, tokenize, touching
from claims.engine.units import Unit, currency_after, currency_before, read_per, read_unit

_LISTS = lexicons.grammar("quantities")

_MODIFIERS = lexicons.load("modifiers")
_COMPARED = _LISTS["compared"]
_GLUED = _LISTS["glued"]
_BETWEEN_RANGE = _LISTS["between_range"]
_TREND_GAP = _LISTS["trend_gap"]
_NOT_ONE_AFTER = _LISTS["not_one_after"]
_NOT_ONE_BEFORE = _LISTS["not_one_before"]
_BEFORE_FIGURE = _LISTS["before_figure"]
_HALVED = _LISTS["halved"]
_DURATION_LEAD = _LISTS["duration_lead"]
_PARTITIVE = _LISTS["partitive"]
_RANK_OWNERS = _LISTS["rank_owners"]


def _phrases(table: dict[str, list[str]]) -> Phrases[str]:
    return Phrases([([t.low for t in tokenize(p)], row) for row, phrases in table.items() for p in phrases])


_BEFORE = _phrases(_MODIFIERS["before"])
_AFTER = _phrases(_MODIFIERS["after"])
_PART = _phrases(_MODIFIERS["part"])
_DEFINITE = lexicons.words("definite")
_DETERMINERS = lexicons.words("determiners")
_PREPOSITIONS = lexicons.words("prepositions")
_TRENDS = {w: way for way in ("up", "down") for w in lexicons.load("words")["trends"][way]}
_ORDINALS = {w: i + 1 for i, w in enumerate(["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth"])}  # fmt: skip
_TIMES_WORDS = {"doubled": 2, "double": 2, "doubling": 2, "doubles": 2, "tripled": 3, "triple": 3, "tripling": 3, "trebled": 3, "quadrupled": 4, "quadruple": 4, "quintupled": 5, "halved": Decimal("0.5"), "halve": Decimal("0.5"), "halving": Decimal("0.5"), "twofold": 2, "threefold": 3, "fourfold": 4, "fivefold": 5, "tenfold": 10}  # fmt: skip
#: Nouns before a figure that make it a label: "Article 5", "Flight 370".
_LABELS = _LISTS["labels"]
_LABELS_LOW_OK = _LISTS["labels_low_ok"]
_STREET = _LISTS["street"]
_AGE_AFTER = frozenset({"old", "olds"})


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as read: tokens ``first``..``last`` (exclusive) are what a claim would quote.

    ``kind``: money, count, share, measure, ratio, ordinal; or one that yields no claim: age, one_of, definite
    ("the two nations"), bare (nothing says what is counted), frequency ("three times"), label.
    ``number`` is the range of tokens of the figure itself, ``noun`` what is counted, ``modifier_row`` the row of
    its bounds, ``trend`` up or down where the sentence says it moved, ``part`` the word that makes it a part
    ("including"), ``low``/``high`` the ends of a range as written.
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
    extra: tuple[int, int] = field(default=(0, 0))  # tokens of a "for testing" after a bare part


def read_quantities(
    tokens: Sequence[Token], times: Sequence[TimeExpression] = (), names: Sequence[tuple[int, int]] = ()
) -> list[Reading]:
    """The numbers of one sentence, left to right. ``times`` and ``names`` are token ranges passed over."""
    lows = [t.low for t in tokens]
    blocked = [False] * len(tokens)
    for time in times:
        for k in range(time.first, time.last):
            blocked[k] = True
    name_tokens = frozenset(k for a, b in names for k in range(a, b))
    for k in name_tokens:
        if tokens[k].kind == "figure" or lows[k] in _ORDINALS:
            blocked[k] = True
    readings: list[Reading] = []
    i = 0
    while i < len(tokens):
        t = tokens[i]
        if blocked[i] or t.kind == "sign":
            i += 1
            continue
        reading = None
        if t.low in _ORDINALS or (t.kind == "figure" and _ordinal_suffix(tokens, i)):
            reading = _ordinal(tokens, lows, i, name_tokens)
            if reading is None and t.kind == "figure":
                i += 2
                continue
        elif t.low in _TIMES_WORDS or t.low in ("twice", "thrice"):
            reading = _ratio_word(tokens, lows, i)
        elif t.low == "no" and i + 1 < len(tokens):
            reading = None
        if reading is None:
            numeral = read_numeral(tokens, i)
            if numeral is None or any(blocked[k] for k in range(i, numeral.last)):
                i += 1
                continue
            if _is_name_or_label(tokens, lows, numeral):
                i = max(_after_label(tokens, numeral), i + 1)
                continue
            reading = _quantity(tokens, lows, numeral, blocked, name_tokens)
            if reading is None:
                i = numeral.last
                continue
        readings.append(reading)
        i = max(reading.number[1], i + 1)
        if reading.kind in ("money", "measure", "share"):
            i = max(i, reading.last)
    return readings


def _ordinal_suffix(tokens: Sequence[Token], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].low in ("st", "nd", "rd", "th") and touching(tokens, i + 1)


# ------------------------------------------------------------------ what is no quantity


def _is_name_or_label(tokens: Sequence[Token], lows: Sequence[str], n: Numeral) -> bool:
    """Figures that are part of a name, a label, a telephone number, a score, an address or a list."""
    i, end = n.first, n.last
    t = tokens[i]
    digits = t.kind == "figure"
    before = tokens[i - 1] if i else None
    after = tokens[end] if end < len(tokens) else None
    if before is not None and touching(tokens, i):
        if before.kind == "word" and not currency_before(tokens, i):
            return True  # G20, B61
        if before.key in HYPHENS and i >= 2 and touching(tokens, i - 1):
            left = tokens[i - 2]
            if left.kind == "word" and left.low not in ("plus", "minus", "over", "sub"):
                return True  # S-400, COVID-19
            if left.kind == "figure":
                return True  # the tail of a score or telephone number; a range has eaten it before
        if before.key in "#§@&/_=*":
            return True
        if before.key == "." and i >= 2 and tokens[i - 2].kind != "sign" and touching(tokens, i - 1):
            return True  # 1.2.3
        if before.key == "+" and i >= 2 and touching(tokens, i - 1):
            return True  # P5+1
    if digits and after is not None and touching(tokens, end):
        if (
            after.key == ":"
            and end + 1 < len(tokens)
            and tokens[end + 1].kind == "figure"
            and touching(tokens, end + 1)
        ):
            return True
        if after.key == "/" and end + 1 < len(tokens) and tokens[end + 1].kind == "figure":
            return True  # 9/11, 24/7
        if (
            after.key in "."
            and end + 1 < len(tokens)
            and tokens[end + 1].kind == "figure"
            and touching(tokens, end + 1)
        ):
            return True
        if after.kind == "word" and not _unit_like(tokens, end) and after.low != "'s":
            return True  # 9M729
        if after.low == "'s" and not n.scaled:
            return True
        if (
            after.key in HYPHENS
            and end + 1 < len(tokens)
            and tokens[end + 1].kind == "figure"
            and touching(tokens, end + 1)
        ):
            return _telephone_or_score(tokens, i, end)
    if digits and i + 2 < len(tokens) and (i == 0 or tokens[i - 1].key in "([+") and _closes_label(tokens, i):
        return True
    if (
        digits
        and before is not None
        and before.key == "+"
        and len(t.key) <= 3
        and after is not None
        and after.kind == "figure"
    ):
        return True  # +1 202 555 0100
    if (
        digits
        and after is not None
        and after.kind == "figure"
        and not n.scaled
        and before is not None
        and before.kind == "figure"
    ):
        return True
    if before is not None and before.kind == "word" and not touching(tokens, i):
        if (
            before.low in _LABELS
            and (before.capital or before.low in _LABELS_LOW_OK)
            and (before.low not in ("no", "number") or digits)
        ):
            # "Article 5"; but "Group 10 people" does not occur, and "on Day 3" does.
            if digits or before.capital:
                return not (i == 1 and before.low in ("part", "order", "no"))
        if digits and before.capital and i >= 2 and before.key[:1].isupper() and before.low in _NAMES_LAST:
            return True
    if digits and after is not None and after.capital and not n.scaled:
        for k in range(end + 1, min(end + 4, len(tokens))):
            if lows[k] in _STREET and tokens[k].capital:
                return True  # 10 Downing Street
            if tokens[k].kind != "word" or not tokens[k].capital:
                break
    return False


_NAMES_LAST = _LISTS["names_last"]


def _closes_label(tokens: Sequence[Token], i: int) -> bool:
    """ "1. " or "2) " at the start, "[3]"."""
    if i == 0:
        return (
            tokens[1].key in ".)"
            and touching(tokens, 1)
            and not touching(tokens, 2)
            and len(tokens[0].key) <= 3
        )
    return tokens[i - 1].key == "[" and tokens[i + 1].key == "]"


def _after_label(tokens: Sequence[Token], n: Numeral) -> int:
    """The index after everything glued to a label ("9M729", "555-0100")."""
    k = n.last
    while (
        k < len(tokens)
        and touching(tokens, k)
        and (tokens[k].kind != "sign" or tokens[k].key in HYPHENS or tokens[k].key in "/.:")
    ):
        k += 1
    return k


def _unit_like(tokens: Sequence[Token], k: int) -> bool:
    t = tokens[k]
    return (
        t.low in LETTERS
        or t.low in ("st", "nd", "rd", "th", "p", "x")
        or read_unit(tokens, k, True) is not None
        or currency_after(tokens, k) is not None
        or t.key in _GLUED
    )


def _telephone_or_score(tokens: Sequence[Token], i: int, dash: int) -> bool:
    """Whether figures joined by hyphens are no range: more than two, falling, or a leading zero."""
    first, second = tokens[i].key, tokens[dash + 1].key
    if dash + 2 < len(tokens) and tokens[dash + 2].key in HYPHENS and touching(tokens, dash + 2):
        if dash + 3 < len(tokens) and tokens[dash + 3].kind == "figure" and touching(tokens, dash + 3):
            return True
    try:
        a, b = Decimal(first.replace(",", "")), Decimal(second.replace(",", ""))
    except ArithmeticError:
        return True
    return (second.startswith("0") and len(second) > 1 and "." not in second) or (
        a >= b and not _scale_after(tokens, dash + 2)
    )


def _scale_after(tokens: Sequence[Token], k: int) -> bool:
    return k < len(tokens) and tokens[k].low in (
        "million",
        "billion",
        "trillion",
        "thousand",
        "bn",
        "tn",
        "mn",
    )


# ------------------------------------------------------------------ a number with its unit


def _range(
    tokens: Sequence[Token], lows: Sequence[str], n: Numeral, blocked: Sequence[bool]
) -> tuple[Numeral, str] | None:
    """The second end of a range that begins with ``n``, and how it is joined ("to", "-", "and", "or")."""
    k = n.last
    if k + 1 >= len(tokens) or n.low is not None or n.share:
        return None
    joint = lows[k]
    between = n.first > 0 and _before_modifier(lows, n.first, "between")
    if joint in HYPHENS:
        glued = hyphenated(tokens, k)
        if not glued and joint not in "–—−~":
            return None
        joint = "-"
    elif joint == "to" or (joint == "or" and n.style != "vague") or (joint == "and" and between):
        pass
    elif joint in ("%", "percent", "per", "per cent") or tokens[k].kind == "word":
        return None
    else:
        return None
    j = k + 1
    money = None
    if j + 1 < len(tokens) and (tokens[j].kind == "sign" or tokens[j].key.isupper()):
        ahead = j + 1
        if ahead + 1 < len(tokens) and tokens[ahead].kind != "figure" and tokens[ahead].key in "$":
            ahead += 1
        if tokens[ahead].kind == "figure":
            money = currency_before(tokens, ahead)
        if money:
            j = ahead
    if j >= len(tokens) or blocked[j]:
        return None
    second = read_numeral(tokens, j)
    if second is None or second.share or second.low is not None:
        return None
    if joint == "or":
        # "five or six", "10 or 12": neighbours, not alternatives of two facts
        if not (n.value < second.value <= n.value * 2 + 1):
            return None
    return second, joint


def _before_modifier(lows: Sequence[str], first: int, word: str) -> bool:
    k = first - 1
    for _ in range(4):
        if k < 0:
            return False
        if lows[k] == word:
            return True
        if lows[k] not in _BETWEEN_RANGE:
            return False
        k -= 1
    return False


def _letter_scale(tokens: Sequence[Token], n: Numeral, money: bool) -> Numeral:
    """Apply a scale of one letter glued to the figure: "$1.2m", "12.3m tonnes", "40k people"."""
    k = n.last
    if (
        n.style != "digits"
        or n.scaled
        or k >= len(tokens)
        or not touching(tokens, k)
        or tokens[k].low not in LETTERS
    ):
        return n
    letter = tokens[k].low
    if not money and (
        letter in "bt"
        or (letter == "m" and tokens[k].key == "m" and not _scale_context(tokens, k + 1))
        or tokens[k].key == "K"
    ):
        return n
    factor = LETTERS[letter]
    return Numeral(n.first, k + 1, n.value * factor, n.grain * factor, n.style, True, decimals=n.decimals)


def _scale_context(tokens: Sequence[Token], k: int) -> bool:
    """Whether something counted follows a letter, so that "12.3m tonnes" is million and "37m" metres."""
    if k >= len(tokens):
        return False
    if read_unit(tokens, k, True):
        return True
    phrase = read_noun_phrase(tokens, k)
    return phrase is not None and phrase.head - k <= 2


def _modifier(tokens: Sequence[Token], lows: Sequence[str], first: int) -> tuple[int, str, str | None]:
    """The modifier that ends before token ``first``: (index of its first token, row, and None for none)."""
    found = _BEFORE.before(lows, first)
    if not found:
        return first, "exactly", None
    start, row = found
    row_start, best = start, row
    # "up to about 30", "at least some 40": the outer word decides, unless it adds nothing
    outer = _BEFORE.before(lows, start)
    if outer and lows[start] not in ("over", "above", "under", "below"):
        row_start = outer[0]
        best = outer[1] if outer[1] != "exactly" else row
        third = _BEFORE.before(lows, row_start)
        if third and third[1] == "exactly":
            row_start = third[0]
    return row_start, best, "modifier"


_SPATIAL = _LISTS["spatial"]


def _quantity(
    tokens: Sequence[Token],
    lows: Sequence[str],
    n: Numeral,
    blocked: Sequence[bool],
    name_tokens: frozenset[int],
) -> Reading | None:
    first = n.first
    digits = n.style == "digits"
    money = currency_before(tokens, first) if digits or n.style == "words" else None
    n = _letter_scale(tokens, n, money is not None)
    start = money[1] if money else first
    negative = _negative(tokens, lows, start)
    if negative:
        start -= 1

    if lows[first] == "one" and not n.scaled and n.last == first + 1 and not n.share and (money is None):
        return _one(tokens, lows, n, name_tokens)

    # ranges
    second = _range(tokens, lows, n, blocked)
    low = high = None
    end = n.last
    joint = None
    value, grain, decimals = n.value, n.grain, n.decimals
    if second:
        m, joint = second
        m = _letter_scale(tokens, m, money is not None)
        a, b = n.value, m.value
        if m.scaled and not n.scaled and a < 1000:
            factor = _factor(m)
            a, grain = a * factor, n.grain * factor
        third = _range(tokens, lows, m, blocked)  # "24.2 to 33-35 billion"
        if third and joint == "to":
            inner = m
            m = third[0]
            b = m.value
            if m.scaled and not n.scaled and not inner.scaled and n.value < 1000:
                a, grain = n.value * _factor(m), n.grain * _factor(m)
        change = joint == "to" and start > 0 and lows[start - 1] == "from"
        if a < b or change or joint == "-":
            low, high = min(a, b), max(a, b)
            value, end = a, m.last
            decimals = decimals or m.decimals
            if change and a > b:
                joint = "fell"
        else:
            second = None
    if low is None and n.low is not None:
        low, high = n.low, n.high

    # unit
    kind, unit, family, attributive, per = "", "", "", False, None
    if money:
        kind, unit, family = "money", money[0], "money"
    else:
        after = currency_after(tokens, end)
        if after and (n.style != "words" or n.scaled or tokens[after[1] - 1].low not in ("won", "pounds")):
            kind, family, unit, end = "money", "money", after[0], after[1]
        elif lows[end : end + 1] == ["pounds"] and n.scaled and lows[end + 1 : end + 2] != ["of"]:
            kind, family, unit, end = "money", "money", "GBP", end + 1
        else:
            found = read_unit(tokens, end, digits)
            if found is None and lows[end : end + 1] == ["of"] and n.style == "vague":
                found = _after_of(tokens, end + 1)
                if found is None:
                    bucks = currency_after(tokens, end + 1)
                    if bucks:
                        kind, family, unit, end = "money", "money", bucks[0], bucks[1]
            if found and found.family == "level":
                found = None if not digits else found
            if found:
                kind = "share" if found.family == "share" else "measure"
                unit, family, end, attributive = found.name, found.family, found.last, found.attributive
                if found.family == "time" and lows[end : end + 1] and _is_age(lows, tokens, end):
                    return _reading(
                        tokens,
                        lows,
                        "age",
                        start,
                        _age_end(lows, tokens, end),
                        (first, n.last),
                        value,
                        grain,
                        "year of age",
                        low,
                        high,
                        decimals,
                        family="age",
                    )
    if n.share and not kind:
        kind, unit, family = "share", "percent", "share"
        value, grain = value * 100, Decimal(1)
        return _share_of_words(tokens, lows, n, value)
    if n.share and kind == "measure" and n.style == "words":
        return None  # "half an hour", "a third day"
    out_of = (
        read_one_in(tokens, first, int(n.value), n.last)
        if digits and not kind and n.value < 1000 and n.value == int(n.value)
        else None
    )
    if out_of and lows[n.last] != "in":
        return _share_of_words(tokens, lows, out_of, out_of.value * 100)

    if not kind:
        return _count(tokens, lows, n, start, end, value, grain, low, high, joint, decimals, name_tokens)

    # "per", and a modifier after
    if kind in ("money", "measure", "share"):
        rate = read_per(tokens, end)
        if rate:
            per, end = rate
            unit = f"{unit} per {per}"
    if negative:
        value, low, high = -value, None if high is None else -high, None if low is None else -low
    row_start, row, modified = _modifier(tokens, lows, start)
    if (
        modified
        and family == "time"
        and lows[row_start] in ("over", "around", "under", "about", "above")
        and row_start + 1 == start
    ):
        previous = lows[row_start - 1] if row_start else ""
        if lows[row_start] == "over" and previous not in _DURATION_LEAD:
            row_start, row, modified = start, "exactly", None
    after_row = _AFTER.at(lows, end) if end < len(lows) else None
    if after_row and (not modified or row == "exactly") and _after_fits(tokens, lows, end, after_row[0]):
        end, row = after_row
        modified = "after"
    if (
        kind == "measure"
        and family == "time"
        and attributive
        and end < len(tokens)
        and lows[end] in HYPHENS
        and lows[end + 1 : end + 2] == ["old"]
    ):
        kind = "age"
    return _reading(
        tokens,
        lows,
        kind,
        row_start,
        end,
        (first, n.last if joint is None else end),
        value,
        grain,
        unit,
        low,
        high,
        decimals,
        row=row if modified else None,
        modified=modified,
        start=start,
        joint=joint,
        family=family,
        attributive=attributive,
        per=per,
        vague=n.style == "vague",
    )


def _after_fits(tokens: Sequence[Token], lows: Sequence[str], start: int, end: int) -> bool:
    """Whether words after a figure modify it: "or more", but not the "maximum" of what follows or a far "+"."""
    if lows[start] == "+":
        return touching(tokens, start) and not (
            end < len(tokens) and tokens[end].kind == "figure" and touching(tokens, end)
        )
    if lows[start] in ("plus", "odd") or lows[start] in HYPHENS:
        return touching(tokens, start) or (
            end < len(tokens) and tokens[end].kind == "word" and is_plural(lows[end])
        )
    if lows[start] in ("maximum", "approximately", "upwards", "on"):
        return end >= len(tokens) or tokens[end].kind == "sign"
    return True


def _after_of(tokens: Sequence[Token], k: int) -> Unit | None:
    return read_unit(tokens, k, False) if k < len(tokens) else None


def _factor(n: Numeral) -> Decimal:
    """The scale of a scaled numeral, from its grain: 33 billion -> 1,000,000,000."""
    factor = Decimal(1)
    while factor * 1000 <= n.value:
        factor *= 1000
    return factor


def _negative(tokens: Sequence[Token], lows: Sequence[str], start: int) -> bool:
    if start == 0:
        return False
    if lows[start - 1] == "minus":
        return start < 2 or tokens[start - 2].kind != "figure"
    return (
        tokens[start - 1].key in "-−–"
        and touching(tokens, start)
        and (start < 2 or not touching(tokens, start - 1))
    )


def _is_age(lows: Sequence[str], tokens: Sequence[Token], end: int) -> bool:
    if lows[end] in _AGE_AFTER:
        return True
    if lows[end] in HYPHENS and lows[end + 1 : end + 2] and lows[end + 1] in _AGE_AFTER:
        return True
    return lows[end] == "of" and lows[end + 1 : end + 2] == ["age"]


def _age_end(lows: Sequence[str], tokens: Sequence[Token], end: int) -> int:
    return end + 1 if lows[end] in _AGE_AFTER else end + 2


def _reading(
    tokens: Sequence[Token],
    lows: Sequence[str],
    kind: str,
    row_start: int,
    end: int,
    number: tuple[int, int],
    value: Decimal,
    grain: Decimal,
    unit: str,
    low: Decimal | None,
    high: Decimal | None,
    decimals: bool,
    *,
    row: str | None = None,
    modified: str | None = None,
    start: int | None = None,
    joint: str | None = None,
    family: str = "",
    attributive: bool = False,
    per: str | None = None,
    noun: NounPhrase | None = None,
    vague: bool = False,
    part: str | None = None,
    definite: bool = False,
    partitive: bool = False,
    extra: tuple[int, int] = (0, 0),
) -> Reading:
    start = number[0] if start is None else start
    words = None
    first = row_start if modified == "modifier" else start
    if modified == "modifier":
        words = _joined(tokens, row_start, start)
    elif modified == "after":
        words = _AFTER_TEXT(tokens, lows, end)
    if joint is not None and modified != "modifier" and first > 0 and lows[first - 1] in ("between", "from"):
        first -= 1
        words = tokens[first].key
    bare = "vague" if vague else "range" if joint else "part" if part else "point"
    if part and words is None:
        words = part
    quantity = bound(
        value,
        unit=unit,
        grain=grain,
        row=row,
        modifier=words,
        low=low,
        high=high,
        bare=bare,
        decimals=decimals,
    )
    trend = _trend(tokens, lows, first, end)
    return Reading(
        kind,
        first,
        end,
        number,
        quantity,
        noun,
        trend,
        part,
        family,
        low,
        high,
        attributive,
        per,
        definite,
        partitive,
        extra,
    )


def _AFTER_TEXT(tokens: Sequence[Token], lows: Sequence[str], end: int) -> str:
    found = _AFTER.before(lows, end)
    return _joined(tokens, found[0], end) if found else ""


def _joined(tokens: Sequence[Token], first: int, last: int) -> str:
    """Tokens as they stand, with one space where there was any."""
    out = tokens[first].key if last > first else ""
    for k in range(first + 1, last):
        out += ("" if touching(tokens, k) else " ") + tokens[k].key
    return out


def _trend(tokens: Sequence[Token], lows: Sequence[str], first: int, end: int) -> str | None:
    """Whether the words close before (or right after) say that it rose or fell."""
    for k in range(first - 1, max(first - 4, -1), -1):
        if lows[k] in _TRENDS:
            return _TRENDS[lows[k]]
        if tokens[k].kind == "sign" or tokens[k].kind == "figure":
            break
        if lows[k] not in _TREND_GAP:
            break
    if end < len(lows) and lows[end] in ("higher", "lower", "up", "down"):
        return _TRENDS[lows[end]]
    return None


# ------------------------------------------------------------------ counts


def _one(
    tokens: Sequence[Token], lows: Sequence[str], n: Numeral, name_tokens: frozenset[int]
) -> Reading | None:
    """ "one soldier" counts; "one of the", "no one", "one another", "one day" and the pronoun do not."""
    i, end = n.first, n.last
    before = lows[i - 1] if i else ""
    after = lows[end] if end < len(lows) else ""
    if after == "of" or (
        after in ("or", "and")
        and lows[end + 1 : end + 2]
        and lows[end + 1] in ("more", "two", "the", "only", "half")
    ):
        if after == "of" and lows[end + 1 : end + 2]:
            skip = end + 1 + (lows[end + 1] in _DETERMINERS)
            phrase = read_noun_phrase(tokens, skip, skip=name_tokens)
            if phrase:
                return _reading(
                    tokens,
                    lows,
                    "one_of",
                    i,
                    phrase.last,
                    (i, end),
                    Decimal(1),
                    Decimal(1),
                    phrase.lemma,
                    None,
                    None,
                    False,
                    noun=phrase,
                )
        return None
    if (before in _NOT_ONE_AFTER or before in HYPHENS) and before != "only":
        return None
    unit = read_unit(tokens, end, False)
    if after in _NOT_ONE_BEFORE and not unit:
        return None
    if after in ("day", "point", "time") or (after in HYPHENS and unit is None):
        return None
    if unit and unit.family != "level":
        row_start, row, modified = _modifier(tokens, lows, i)
        kind = "share" if unit.family == "share" else "measure"
        return _reading(
            tokens,
            lows,
            kind,
            row_start,
            unit.last,
            (i, end),
            Decimal(1),
            Decimal(1),
            unit.name,
            None,
            None,
            False,
            row=row if modified else None,
            modified=modified,
            start=i,
            family=unit.family,
            attributive=unit.attributive,
        )
    phrase = read_noun_phrase(tokens, end, singular_head=True, skip=name_tokens)
    if phrase is None:
        return None
    row_start, row, modified = _modifier(tokens, lows, i)
    return _reading(
        tokens,
        lows,
        "count",
        row_start,
        phrase.last,
        (i, end),
        Decimal(1),
        Decimal(1),
        phrase.lemma,
        None,
        None,
        False,
        row=row if modified else None,
        modified=modified,
        start=i,
        noun=phrase,
    )


def _count(
    tokens: Sequence[Token],
    lows: Sequence[str],
    n: Numeral,
    start: int,
    end: int,
    value: Decimal,
    grain: Decimal,
    low: Decimal | None,
    high: Decimal | None,
    joint: str | None,
    decimals: bool,
    name_tokens: frozenset[int],
) -> Reading | None:
    """A number whose unit is the noun that follows, or a bare one."""
    first = n.first
    row_start, row, modified = _modifier(tokens, lows, start)
    if modified and lows[row_start] == "maximum" and row_start and lows[row_start - 1] in _DETERMINERS:
        row_start, row, modified = start, "exactly", None
    k = end
    after = _AFTER.at(lows, k) if k < len(lows) else None
    if after and (not modified or row == "exactly") and _after_fits(tokens, lows, k, after[0]):
        if after[0] < len(tokens) or True:
            k, row = after
            modified = "after"
    vague = n.style == "vague"
    partitive = False
    noun_at = k
    if k < len(tokens) and tokens[k].key in HYPHENS and hyphenated(tokens, k):
        # "31-missile battery", "three-stage rocket": an adjective, not a count
        return _reading(
            tokens,
            lows,
            "label",
            row_start,
            end,
            (first, n.last),
            value,
            grain,
            "",
            low,
            high,
            decimals,
            start=start,
        )
    if k < len(tokens) and lows[k] == "of":
        following = lows[k + 1] if k + 1 < len(lows) else ""
        if vague:
            noun_at = k + 1
            if following in _DETERMINERS:
                noun_at += 1
        elif following in _PARTITIVE:
            partitive = True
            noun_at = k + 2
            inner = read_numeral(tokens, noun_at) if noun_at < len(tokens) else None
            if inner:
                noun_at = inner.last
        else:
            noun_at = -1
    elif k < len(tokens) and lows[k] in ("times", "time"):
        return _times(tokens, lows, n, row_start, row, modified, start, k, value, grain, low, high, decimals)
    phrase = None
    if noun_at >= 0:
        one = value == 1 and low is None
        phrase = read_noun_phrase(tokens, noun_at, singular_head=one, skip=name_tokens)
    definite = _definite(lows, row_start if modified == "modifier" else start)
    if (
        tokens[first].kind == "figure"
        and len(tokens[first].key) == 4
        and joint is None
        and not n.scaled
        and low is None
    ):
        key = tokens[first].key
        if (
            key.isdigit()
            and 1500 <= int(key) <= 2150
            and not (modified or phrase)
            and year_reading(tokens, first)
        ):
            return None
    part = _part_before(lows, row_start if modified == "modifier" else start)
    common = {
        "row": row if modified else None,
        "modified": modified,
        "start": start,
        "joint": joint,
        "vague": vague,
        "part": part,
        "definite": definite,
        "partitive": partitive,
    }
    number = (first, end)
    if phrase is None:
        stop = k
        extra = (0, 0)
        if (
            part
            and k < len(tokens)
            and lows[k] == "for"
            and k + 1 < len(tokens)
            and tokens[k + 1].kind == "word"
        ):
            stop = _phrase_end(tokens, k + 1)
            extra = (k, stop)
        return _reading(
            tokens,
            lows,
            "bare",
            row_start,
            stop,
            number,
            value,
            grain,
            "",
            low,
            high,
            decimals,
            extra=extra,
            **common,
        )  # type: ignore[arg-type]
    unit = phrase.lemma
    last = phrase.last
    rate = read_per(tokens, last)
    per = None
    if (rate and lows[last] != "a") or (
        rate and rate[0] in ("day", "year", "month", "week", "hour", "minute")
    ):
        per, last = rate
        unit = f"{unit} per {per}"
    kind = "definite" if definite and value <= 4 and not modified and joint is None else "count"
    return _reading(
        tokens,
        lows,
        kind,
        row_start,
        last,
        number,
        value,
        grain,
        unit,
        low,
        high,
        decimals,
        noun=phrase,
        per=per,
        **common,
    )  # type: ignore[arg-type]


def _phrase_end(tokens: Sequence[Token], k: int) -> int:
    """The end of a short phrase: up to three words, none of them opening a new clause."""
    end = k
    while end < len(tokens) and end - k < 3 and tokens[end].kind == "word":
        low = tokens[end].low
        if end > k and (
            low in _PREPOSITIONS or low in lexicons.words("conjunctions") or low in lexicons.words("pronouns")
        ):
            break
        end += 1
    return end


def _definite(lows: Sequence[str], first: int) -> bool:
    """Whether a figure stands after "the", "these", "its": something spoken of before."""
    k = first - 1
    while k >= 0 and lows[k] in _BEFORE_FIGURE:
        k -= 1
    return k >= 0 and lows[k] in _DEFINITE


def _part_before(lows: Sequence[str], first: int) -> str | None:
    found = _PART.before(lows, first)
    if found:
        return " ".join(lows[found[0] : first])
    return None


def _times(
    tokens: Sequence[Token],
    lows: Sequence[str],
    n: Numeral,
    row_start: int,
    row: str,
    modified: str | None,
    start: int,
    k: int,
    value: Decimal,
    grain: Decimal,
    low: Decimal | None,
    high: Decimal | None,
    decimals: bool,
) -> Reading:
    """ "three times as many" is a ratio; "three times" is how often."""
    after = lows[k + 1] if k + 1 < len(lows) else ""
    ratio = after in _COMPARED
    end = k + 1
    if after == "as" and lows[k + 2 : k + 3]:
        end = k + 3
    elif ratio and after not in ("the", "its", "that", "what"):
        end = k + 2
    kind = "ratio" if ratio else "frequency"
    if not ratio:
        rate = read_per(tokens, end)
        if rate:
            end = rate[1]
    return _reading(
        tokens,
        lows,
        kind,
        row_start,
        end,
        (n.first, n.last),
        value,
        grain,
        "times",
        low,
        high,
        decimals,
        row=row if modified == "modifier" else None,
        modified=modified if modified == "modifier" else None,
        start=start,
    )


def _ratio_word(tokens: Sequence[Token], lows: Sequence[str], i: int) -> Reading | None:
    """ "doubled", "more than tripled", "twice as many"; not "scored twice", "double agent"."""
    word = lows[i]
    end = i + 1
    after = lows[end] if end < len(lows) else ""
    if word in ("twice", "thrice"):
        if after not in ("as", "the", "its", "that", "what"):
            return None
        end += 2 if after == "as" and end + 2 <= len(lows) else 0
        value = Decimal(2 if word == "twice" else 3)
    else:
        value = Decimal(_TIMES_WORDS[word])
        if word in ("double", "triple", "quadruple", "doubles"):
            before = lows[i - 1] if i else ""
            if not (
                after in ("the", "its", "their", "that", "what")
                or before in ("to", "will", "would", "could", "may", "might", "than")
            ):
                return None
    row_start, row, modified = _modifier(tokens, lows, i)
    return _reading(
        tokens,
        lows,
        "ratio",
        row_start,
        end,
        (i, i + 1),
        value,
        Decimal(1),
        "times",
        None,
        None,
        False,
        row=row if modified else None,
        modified=modified,
        start=i,
    )


def _share_of_words(
    tokens: Sequence[Token], lows: Sequence[str], n: Numeral, value: Decimal
) -> Reading | None:
    """ "half", "two-thirds", "one in five" as percent, read to the nearest whole percent."""
    after = lows[n.last] if n.last < len(lows) else ""
    if n.style == "words" and lows[n.first] == "half" and after not in _HALVED:
        return None
    whole = value.to_integral_value(rounding="ROUND_FLOOR")
    exact = whole == value
    row_start, row, modified = _modifier(tokens, lows, n.first)
    percent = value if exact else value.quantize(Decimal("0.01"))
    reading = _reading(
        tokens,
        lows,
        "share",
        row_start,
        n.last,
        (n.first, n.last),
        percent,
        Decimal(10),
        "percent",
        None if exact or modified else whole,
        None if exact or modified else whole + 1,
        False,
        row=row if modified else None,
        modified=modified,
        start=n.first,
        family="fraction",
    )
    quantity = reading.quantity
    if quantity.rule == "point":
        from dataclasses import replace

        return replace(reading, quantity=replace(quantity, rule="fraction"))
    return reading


# ------------------------------------------------------------------ ranks

_NOT_RANKED = _LISTS["not_ranked"]


def _ordinal(
    tokens: Sequence[Token], lows: Sequence[str], i: int, name_tokens: frozenset[int]
) -> Reading | None:
    """A rank: "first major defence procurement initiative", "second-largest arsenal".

    Not "for the first time", "at first", "the first half", "third-country", "a third", dates or "first said".
    """
    if tokens[i].kind == "figure":
        if len(tokens[i].key) > 4 or not tokens[i].key.isdigit():
            return None
        value, end = int(tokens[i].key), i + 2
    else:
        value, end = _ORDINALS[lows[i]], i + 1
    if end >= len(tokens) or (tokens[i].capital and i > 0):
        return None
    before = lows[i - 1] if i else ""
    if before in HYPHENS and touching(tokens, i):
        return None
    if lows[end] in HYPHENS and hyphenated(tokens, end):
        if not lows[end + 1].endswith("est") and lows[end + 1] not in ("most", "ever"):
            return None
        k = end + 2
    else:
        k = end
        if lows[end] in HYPHENS:
            return None
    if not (before in _RANK_OWNERS or _owner_before(tokens, i)):
        return None
    if before == "a" and value == 3:
        return None
    if k >= len(tokens) or tokens[k].kind != "word" or (lows[k] in _NOT_RANKED and k == end):
        return None
    head = -1
    j = k
    while j < min(len(tokens), k + 8):
        low = lows[j]
        if tokens[j].kind != "word":
            if hyphenated(tokens, j):
                j += 1
                continue
            break
        if (
            low in _PREPOSITIONS
            or low in _DETERMINERS
            or low in lexicons.words("conjunctions")
            or low in lexicons.words("pronouns")
        ):
            break
        if low in lexicons.words("time_words"):
            break
        if low in _FINITE or (j == k and low.endswith("ed") and low not in ("nuclear-armed", "guided")):
            break
        if low == "'s":
            break
        if head >= 0 and (low.endswith(("ed", "ly"))):
            break
        head = j
        j += 1
    if head < 0 or (lows[head] in _NOT_RANKED and head == k and k == end):
        return None
    lemma = singular(lows[head])
    phrase = NounPhrase(k, head + 1, head, lemma)
    quantity = Quantity(Decimal(value), Decimal(value), Decimal(value), "rank", rule="rank")
    return Reading("ordinal", i, head + 1, (i, end), quantity, phrase)


_FINITE = frozenset(lexicons.load("hedges")["auxiliaries"]) | _LISTS["finite"]


def _owner_before(tokens: Sequence[Token], i: int) -> bool:
    return (
        i >= 2 and tokens[i - 1].key in "’'" and touching(tokens, i - 1) and tokens[i - 2].low.endswith("s")
    )


def counted_people(lemma: str) -> bool:
    """Whether a counted noun means people."""
    return lemma in PEOPLE


def counted_things(lemma: str) -> bool:
    """Whether a counted noun is a weapon or another countable thing of the field."""
    return lemma in THINGS
