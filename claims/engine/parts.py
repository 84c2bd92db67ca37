"""Parts of a whole: "half", "two-thirds", "a fifth of", "one in five", "three and a half"."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from claims.engine import lexicons
from claims.engine.numerals import ONES, PARTS, SCALES, TENS, Numeral, low_of, read_scales
from claims.engine.tokens import HYPHENS, Token, hyphenated

_LISTS = lexicons.grammar("numbers")
_NOT_A_WHOLE, _HALVED, _BEFORE_A_PART = _LISTS["not_a_whole"], _LISTS["halved"], _LISTS["before_a_part"]
#: "A third" may be a rank ("a third soldier") and "one half" a half of a game: only these say a share.
_AMBIGUOUS = frozenset({"half", "quarter", "fourth"})


def part_at(tokens: Sequence[Token], k: int) -> tuple[int, int, int] | None:
    """(numerator, denominator, index after) of the words for a part that begin at ``k``: "two-thirds",
    "a half", "three fifths", "fifty-four hundredths". Whether it stands by itself is not looked at.
    """
    word = low_of(tokens, k)
    if word in ("a", "an"):
        count, k = 1, k + 1
    elif 0 < ONES.get(word, 0) < 20:
        count, k = ONES[word], k + 1
    elif word in TENS:
        count, k = TENS[word], k + 1
        if hyphenated(tokens, k) and 0 < ONES.get(low_of(tokens, k + 1), 0) < 10:
            count, k = count + ONES[low_of(tokens, k + 1)], k + 2
    else:
        return None
    k += hyphenated(tokens, k)
    word = low_of(tokens, k)
    denominator = PARTS.get(word)
    if denominator is None or word.endswith("s") != (count > 1):
        return None
    return count, denominator, k + 1


def read_share(tokens: Sequence[Token], i: int) -> Numeral | None:
    """half; a third; two-thirds; three quarters; one in five; nine out of 10; three quarters of a million."""
    word = low_of(tokens, i)
    if word == "half":
        return _half(tokens, i)
    if word == "quarter" and low_of(tokens, i + 1) == "of":
        if low_of(tokens, i + 2) in ("the", "its", "all"):
            return Numeral(i, i + 1, Decimal("0.25"), Decimal("0.1"), "words", share=True)
        return None
    found = part_at(tokens, i)
    if found:
        count, denominator, end = found
        after = low_of(tokens, end)
        if hyphenated(tokens, end) and after in HYPHENS:
            return None
        if after == "of" and low_of(tokens, end + 1) in ("a", "an") and low_of(tokens, end + 2) in SCALES:
            end, scale = read_scales(tokens, end + 2)
            value = Decimal(count * scale) / denominator
            return Numeral(i, end, value, value / 5, "words", scaled=True)
        if count == 1 and not _stands_alone(tokens, i, end):
            return None
        return Numeral(i, end, Decimal(count) / denominator, Decimal("0.1"), "words", share=True)
    count = ONES.get(word, 0)
    return read_one_in(tokens, i, count, i + 1) if 0 < count < 20 else None


def _stands_alone(tokens: Sequence[Token], i: int, end: int) -> bool:
    """Whether a single part is a share: "a fifth of", "one-eighth", "fell by a third"; not "a third man"."""
    after = low_of(tokens, end)
    if after in ("of", "the", "its", "in"):
        return True
    ends = end >= len(tokens) or tokens[end].kind == "sign" or after in _NOT_A_HEAD
    part = tokens[end - 1].low
    if tokens[i].low == "one":
        return part not in _AMBIGUOUS or (ends and low_of(tokens, i - 1) in _BEFORE_A_PART)
    return ends and low_of(tokens, i - 1) in _BEFORE_A_PART


_NOT_A_HEAD = (lexicons.words("prepositions") | lexicons.words("conjunctions")) - {"of"}


def _half(tokens: Sequence[Token], i: int) -> Numeral | None:
    """ "half of the", "half a million", "half million", and "half" behind "more than"."""
    after = low_of(tokens, i + 1)
    at = i + 1 + (after in ("a", "an"))
    if low_of(tokens, at) in SCALES or low_of(tokens, at) == "dozen":
        end, scale = (at + 1, 12) if tokens[at].low == "dozen" else read_scales(tokens, at)
        value = Decimal(scale) / 2
        return Numeral(i, end, value, value / 5, "words", scaled=True)
    if after in _HALVED:
        return Numeral(i, i + 1, Decimal("0.5"), Decimal("0.1"), "words", share=True)
    return None


def read_mixed(tokens: Sequence[Token], k: int) -> tuple[Decimal, int] | None:
    """(the part, index after it) of "and a half", "and one fourth", "and three fifths" from ``k`` on."""
    if low_of(tokens, k) != "and":
        return None
    found = part_at(tokens, k + 1)
    if found is None or (hyphenated(tokens, found[2]) and found[1] != 2) or low_of(tokens, found[2]) == "of":
        return None
    return Decimal(found[0]) / found[1], found[2]


def read_one_in(tokens: Sequence[Token], i: int, count: int, k: int) -> Numeral | None:
    """ "in five" or "out of (every) 10" after ``count``, as a share, or None."""
    if low_of(tokens, k) == "out" and low_of(tokens, k + 1) == "of":
        k += 2
    elif low_of(tokens, k) == "in":
        k += 1
    else:
        return None
    k += low_of(tokens, k) == "every"
    if k >= len(tokens):
        return None
    word = tokens[k].key if tokens[k].kind == "figure" else str(ONES.get(low_of(tokens, k), ""))
    word = word.replace(",", "")
    if not word.isascii() or not word.isdigit() or len(word) > 6:
        return None
    whole, k = int(word), k + 1
    if low_of(tokens, k) in ("hundred", "thousand", "million"):
        whole, k = whole * {"hundred": 100}.get(tokens[k].low, SCALES.get(tokens[k].low, 1)), k + 1
    if not count < whole or low_of(tokens, k) in _NOT_A_WHOLE:
        return None
    if low_of(tokens, i + 1) == "in" and 1500 <= whole <= 2150:
        return None  # "one in 2019"
    return Numeral(i, k, Decimal(count) / whole, Decimal("0.1"), "words", share=True)
