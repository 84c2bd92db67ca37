"""Numbers written in words: "twenty-eight thousand six hundred (and) forty-two", "a dozen", "two point five
million", "dozens", "hundreds of thousands", "several hundred".
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from claims.engine import lexicons
from claims.engine.numerals import ONES, SCALES, TENS, Numeral, grain_of, low_of, read_scales
from claims.engine.parts import read_mixed
from claims.engine.tokens import HYPHENS, Token, hyphenated

#: The least and the most that the plural of a scale word is taken to mean.
VAGUE: dict[str, tuple[int, int]] = {
    word: (low, high) for word, (low, high) in lexicons.load("words")["numbers"]["vague"].items()
}
_PLURAL_SCALES = {
    word: factor for word, factor in SCALES.items() if word.endswith("s") and word[:-1] in SCALES
}
_SINGLE_SCALES = {word: factor for word, factor in SCALES.items() if word not in _PLURAL_SCALES}
#: "A pair of": how many are in it.
_SETS: dict[str, int] = lexicons.load("words")["numbers"]["sets"]
_AFTER_AN_ARTICLE = frozenset({"dozen", "hundred", *_SINGLE_SCALES})


def read_spelled(tokens: Sequence[Token], i: int) -> Numeral | None:
    """The number in words at ``i``, as long as it can be, or None."""
    if low_of(tokens, i) in ("a", "an"):
        return _after_an_article(tokens, i)
    total, current, k, last, used_scale = 0, 0, i, i, False
    previous = 10**18
    while k < len(tokens):
        word = low_of(tokens, k)
        if word in HYPHENS:
            if not hyphenated(tokens, k) or not _joins(tokens, k):
                break
            k += 1
            continue
        if word == "and":
            if not _adds(tokens, k, last > i, current, previous):
                break
            k += 1
            continue
        if word in ONES:
            if (
                current % 10
                or (current % 100 and ONES[word] > 9)
                or (current and current % 100 == 0 == ONES[word])
            ):
                break
            if last > i and not current and not used_scale:
                break  # "zero three"
            current += ONES[word]
        elif word in TENS:
            if current % 100:
                break
            current += TENS[word]
        elif word == "hundred":
            if current > 99 or (k == i):
                if k != i:
                    break
                current = 1
            current = max(current, 1) * 100
        elif word in ("dozen", "dozens"):
            if k == i or (current > 99 and word == "dozen") or not (total + current):
                break
            return _dozens(i, k + 1, total + current)
        elif word in _SINGLE_SCALES:
            if k == i or _SINGLE_SCALES[word] >= previous or not current:
                break
            previous = _SINGLE_SCALES[word]
            total += current * _SINGLE_SCALES[word]
            current = 0
            used_scale = True
        else:
            break
        k += 1
        last = k
    if last == i:
        return None
    value = Decimal(total + current)
    decimals = _spoken_decimals(tokens, last)
    if decimals and current < 1000 and not used_scale:
        fraction, places, end = decimals
        end, scale = read_scales(tokens, end)
        return Numeral(
            i,
            end,
            (value + fraction) * scale,
            Decimal(scale).scaleb(-places),
            "words",
            scale > 1,
            decimals=True,
        )
    mixed = _mixed(tokens, i, last, value, previous if used_scale and not current else 1)
    if mixed:
        return mixed
    scaled = used_scale or value >= 100
    return Numeral(i, last, value, grain_of(format(value, "f")), "words", scaled=scaled)


def _joins(tokens: Sequence[Token], k: int) -> bool:
    """Whether a hyphen joins two number words: "twenty-eight", "five-million", "two-hundred"."""
    return (
        (low_of(tokens, k - 1) in TENS and low_of(tokens, k + 1) in ONES)
        or low_of(tokens, k + 1) in SCALES
        or low_of(tokens, k + 1) == "hundred"
    )


def _adds(tokens: Sequence[Token], k: int, begun: bool, current: int, previous: int) -> bool:
    """Whether the "and" at ``k`` goes on with the number: "hundred and five"; not "and two thirds"."""
    before, after = low_of(tokens, k - 1), low_of(tokens, k + 1)
    if not begun or (current % 100 and current) or read_mixed(tokens, k):
        return False
    if before not in ("hundred", *_SINGLE_SCALES) or (after not in ONES and after not in TENS):
        return False
    # "a million and five thousand dead": the second is smaller than the first's scale or a number of its own
    following = low_of(tokens, k + 2)
    return SCALES.get(following, 1) < previous


def _dozens(first: int, last: int, count: int) -> Numeral:
    value = Decimal(count * 12)
    return Numeral(first, last, value, grain_of(str(count * 12)), "words", scaled=True)


def _after_an_article(tokens: Sequence[Token], i: int) -> Numeral | None:
    """a dozen; a hundred; a hundred thousand; a million (and a half); a quarter (of a) million."""
    following = low_of(tokens, i + 1)
    if following in ("half", "quarter") and low_of(tokens, i + 2) in _SINGLE_SCALES:
        k, scale = read_scales(tokens, i + 2)
        value = Decimal(scale) / (2 if following == "half" else 4)
        return Numeral(i, k, value, value / 5, "words", scaled=True)
    if following in _SETS and low_of(tokens, i + 2) == "of":
        return Numeral(i, i + 3, Decimal(_SETS[following]), Decimal(1), "words")
    if following not in _AFTER_AN_ARTICLE:
        return None
    if following == "dozen":
        return Numeral(i, i + 2, Decimal(12), grain_of("12"), "words", scaled=True)
    if following == "hundred":
        k, more = read_scales(tokens, i + 2)
        scale = 100 * more
        rest = _rest_of_a_hundred(tokens, k) if more == 1 else None
        if rest is not None:
            value, end = rest
            end, scale = read_scales(tokens, end)
            return Numeral(i, end, value * scale, Decimal(scale), "words", scaled=True)
    else:
        k, scale = read_scales(tokens, i + 1)
    value = Decimal(scale)
    return _mixed(tokens, i, k, value, scale) or Numeral(
        i, k, value, grain_of(str(scale)), "words", scaled=True
    )


def _rest_of_a_hundred(tokens: Sequence[Token], k: int) -> tuple[Decimal, int] | None:
    """(the number, index after it) of "(a hundred) (and) thirty" from behind the hundred on."""
    joined = low_of(tokens, k) == "and" and not read_mixed(tokens, k)
    at = k + joined
    word = low_of(tokens, at)
    if not ONES.get(word, 0) and word not in TENS:
        return None
    value = ONES.get(word, 0) or TENS[word]
    end = at + 1
    if word in TENS and 0 < ONES.get(low_of(tokens, end + hyphenated(tokens, end)), 0) < 10:
        end += hyphenated(tokens, end)
        value += ONES[low_of(tokens, end)]
        end += 1
    return Decimal(100 + value), end


def _mixed(tokens: Sequence[Token], i: int, last: int, value: Decimal, scale: int) -> Numeral | None:
    """ "one and a half million", "two and a half years", "two million and a half"."""
    part = read_mixed(tokens, last)
    if part is None:
        return None
    fraction, end = part
    if scale > 1 and low_of(tokens, end) in SCALES:
        return None  # "one billion and a half million"
    if scale > 1:
        return Numeral(i, end, value + fraction * scale, Decimal(scale) / 10, "words", scaled=True)
    end, scale = read_scales(tokens, end)
    value = (value + fraction) * scale
    return Numeral(i, end, value, value / 10, "words", scaled=scale > 1)


def _spoken_decimals(tokens: Sequence[Token], k: int) -> tuple[Decimal, int, int] | None:
    """(fraction, places, index after) of "point zero three", "point seventy-one" from ``k`` on."""
    if low_of(tokens, k) != "point":
        return None
    digits, j = "", k + 1
    while j < len(tokens) and len(digits) < 9:
        word = low_of(tokens, j)
        if word in ONES:
            digits += str(ONES[word])
        elif word in TENS and not digits:
            digits += str(TENS[word] // 10)
            if hyphenated(tokens, j + 1) and 0 < ONES.get(low_of(tokens, j + 2), 0) < 10:
                digits += str(ONES[low_of(tokens, j + 2)])
                j += 2
        else:
            break
        j += 1
    return (Decimal(f"0.{digits}"), len(digits), j) if digits else None


def read_vague(tokens: Sequence[Token], i: int) -> Numeral | None:
    """dozens; hundreds of; tens of thousands; several hundred; a few thousand; a couple of hundred."""
    word = low_of(tokens, i)
    if word in ("a", "several", "few", "couple"):
        return _a_few(tokens, i)
    if word not in VAGUE:
        return None
    low, high = VAGUE[word]
    if low_of(tokens, i + 1) in ("upon", "and") and low_of(tokens, i + 2) == word:
        return _vague_numeral(i, i + 3, low, high)  # "dozens upon dozens"
    if low_of(tokens, i + 1) == "of" and low_of(tokens, i + 2) in _PLURAL_SCALES:
        k, factor = i + 3, _PLURAL_SCALES[low_of(tokens, i + 2)]
        return _vague_numeral(i, k, low * factor, (high + 1) * factor - 1)
    if word in ("tens", "scores") and low_of(tokens, i + 1) != "of":
        return None
    return _vague_numeral(i, i + 1, low, high)


def _a_few(tokens: Sequence[Token], i: int) -> Numeral | None:
    k = i + (low_of(tokens, i) == "a")
    if low_of(tokens, k) == "couple":
        k += 1
        k += low_of(tokens, k) == "of"
        scale = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}.get(
            low_of(tokens, k)
        )
        if scale is None:
            return None
        two = Decimal(2 * scale)
        return Numeral(i, k + 1, two, Decimal(scale), "vague", True, two, Decimal(3 * scale))
    if low_of(tokens, k) not in ("several", "few"):
        return None
    bounds = VAGUE.get(low_of(tokens, k + 1) + "s")  # "several hundred" is hundreds
    if not bounds:
        return None
    k += 1
    if low_of(tokens, k) == "hundred" and low_of(tokens, k + 1) in SCALES:
        factor = SCALES[low_of(tokens, k + 1)]
        return _vague_numeral(i, k + 2, 200 * factor, 1000 * factor - 1)
    return _vague_numeral(i, k + 1, *bounds)


def _vague_numeral(first: int, last: int, low: int, high: int) -> Numeral:
    return Numeral(first, last, Decimal(low), Decimal(low), "vague", True, Decimal(low), Decimal(high))
