"""The numbers of one sentence do not add up.

Three sums are done again: the parts of a total ("12 killed: 5 soldiers and 8 civilians"; "31, including 10
for testing and 25 for training"), a percentage of its base ("40 of the 100 members, or 30 percent"), and a
change between two values ("rose by 20 percent, from 90 to 120"). Every number is taken for what its words and
its rounding allow; only what fits no reading is reported. Parts named by "including" may be fewer than the
total, never more, and parts that may overlap (children, civilians) weigh less.

Example: an article counts 12 killed, "5 soldiers and 8 civilians".

What would clear it: a number mistyped or taken from another day, parts that overlap, or another base.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.engine import lexicons
from claims.engine.checks.evidence import article_keys, keys, plain, quoted, reading, subject
from claims.engine.checks.figures import Figure, Figures, claims_at, sentences_with_figures
from claims.engine.checks.registry import check
from claims.engine.numbers import read_numeral
from claims.engine.records import ArticleHistory, Finding, Severity

_LISTS = {name: tuple(words) for name, words in lexicons.load("checking")["arithmetic"].items()}
_MARKS = frozenset({":", "—", "–"})  # a hyphen joins a score
_JOINTS = frozenset({"and", ",", "plus", "with", "&"})
_ENDS = frozenset({".", ";", ")", ",", "—", "–", "-", "”", '"', "!", "?", ":"})
#: Words between a total and the mark before its parts ("12 people were killed: ...").
_BEFORE_PARTS = 8
#: And before a colon, which may stand behind a place told in two words ("in Ostrava, Cresland: ...").
_BEFORE_COLON = 14
#: Words of one item of a list behind its number ("10 for testing in the north").
_ITEM = 8
#: Words between a share's number and its base, and between base and percentage.
_NEAR = 6
_MOVED = {"up": "rise", "down": "fall"}
#: From here on a total with noughts at its end may be rounded: "500 killed: 250 soldiers and 230 civilians".
_LARGE = 100
#: Points of a percentage that rounding and cutting off may take away.
_POINT = Decimal(1)


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A sum that does not work out: what was said, what comes out, and the figures it is made of."""

    sort: str
    figures: tuple[Figure, ...]
    severity: Severity
    says: str
    comes_to: str
    clears: str


@check(id="arithmetic", name="Numbers that do not add up", over="article")
def arithmetic(history: ArticleHistory) -> Iterator[Finding]:
    article, reported = history.article, set()
    claims = [c for c in history.claims if not c.claim.headline]
    for read in sentences_with_figures(article.body, claims):
        for wrong in (*_parts(read), *_shares(read), *_changes(read)):
            there = claims_at(claims, read, wrong.figures)
            place = subject(wrong.sort, *(plain(f.value) or "" for f in wrong.figures))
            if not there or place in reported:
                continue
            reported.add(place)
            first, last = min(wrong.figures, key=_at), max(wrong.figures, key=_at)
            yield Finding(
                check="arithmetic",
                severity=wrong.severity,
                subject=place,
                summary=(
                    f"{article.outlet} writes {quoted(read.text(article.body, first, last), 160)}: "
                    f"{wrong.says}, but {wrong.comes_to}."
                ),
                claims=keys(there),
                articles=article_keys(there),
                evidence={
                    "readings": [reading(c) for c in there],
                    "sum": wrong.sort,
                    "figures": [plain(f.value) for f in wrong.figures],
                    "comes_to": wrong.comes_to,
                },
                clears=wrong.clears,
                basis=(
                    "the sum done again with every number at the ends of what its words and rounding allow "
                    "(docs/numbers.md)"
                ),
            )


def _at(figure: Figure) -> int:
    return figure.first


# ---------------------------------------------------------------------- parts against their total


def _parts(read: Figures) -> Iterator[_Wrong]:
    for i, total in enumerate(read.found):
        for all_of_it, items in _lists_behind(read, i):
            low, high = sum(x.low for x in items), sum(x.high for x in items)
            too_many, too_few = low > total.high, all_of_it and high < total.low
            if not (too_many or too_few):
                continue
            one = max(items, key=lambda x: x.value)
            figures = (total, *items)
            if not all_of_it and len(items) > 1 and one.low <= total.high and not _exclusive(items):
                severity = Severity.LOW
            else:
                severity = _severity(figures, low - total.high if too_many else total.low - high, total)
            comes_to = (
                f"{' and '.join(_number(x.value) for x in items)} come to "
                f"{_number(sum((x.value for x in items), Decimal(0)))}"
            )
            if len(items) == 1:
                comes_to = f"the part is {_number(one.value)}"
            yield _Wrong(
                "parts",
                figures,
                severity,
                f"the total is {_number(total.value)}",
                comes_to,
                (
                    "It clears if the parts overlap or are not all parts of that total, or if one of the "
                    "numbers is corrected."
                ),
            )


def _lists_behind(read: Figures, i: int) -> Iterator[tuple[bool, tuple[Figure, ...]]]:
    """The list of parts behind a total, and whether it is all of it; none where no word says so."""
    total, rest = read.found[i], read.found[i + 1 :]
    if not rest:
        return
    gap = read.lows[total.last : rest[0].first]
    joined = " ".join(gap)
    marked = bool(gap) and gap[-1] == ":"
    if len(gap) > (_BEFORE_COLON if marked else _BEFORE_PARTS):
        return
    if any(w in _ENDS and not (marked and w == ",") for w in gap[:-2]) or (
        marked and "," in gap and any(w in _LISTS["begins_a_clause"] for w in gap)
    ):
        return
    all_of_it = bool(gap) and (gap[-1] in _MARKS or joined.endswith(_LISTS["all_of_it"]))
    if not all_of_it and not joined.endswith(_LISTS["some_of_it"]):
        return
    if gap[-1] in _MARKS and len(gap) == 1 and not total.noun and _is_an_hour(read, total):
        return
    items = [rest[0]]
    for figure in rest[1:]:
        between = read.lows[items[-1].last : figure.first]
        if not between or between[-1] not in _JOINTS or not _is_item(between[:-1]):
            break
        items.append(figure)
    if not _closes(read, items[-1]):
        items.pop()  # what begins a clause of its own is no item
        all_of_it = False
    if any(not _alike(total, item) or _of_another(read, item) for item in items):
        return
    # "56 passengers and 10 crew, among them 30 Egyptians": a total named earlier may be meant.
    least = sum((item.low for item in items), Decimal(0))
    if not all_of_it and any(_alike(other, total) and other.high >= least for other in read.found[:i]):
        return
    if len(items) > 1 or (items and not all_of_it):
        yield all_of_it, tuple(items)


def _is_an_hour(read: Figures, total: Figure) -> bool:
    """Whether a bare number behind a preposition tells no total: "began at 12: ..."."""
    return total.first > 0 and read.lows[total.first - 1] in lexicons.words("prepositions")


def _is_item(words: Sequence[str]) -> bool:
    """Whether these words may stand between the number of one item and the joint before the next."""
    words = words[:-1] if words and words[-1] in _JOINTS else words
    return len(words) <= _ITEM and not any(w in _ENDS or w in _LISTS["begins_a_clause"] for w in words)


def _closes(read: Figures, item: Figure) -> bool:
    behind = read.lows[item.last : item.last + _ITEM + 4]
    for word in behind:
        if word in _ENDS or word in _JOINTS:
            return True
        if word in _LISTS["begins_a_clause"]:
            return False
    return len(behind) < _ITEM + 4


def _of_another(read: Figures, item: Figure) -> bool:
    """Whether a percentage is one of a base of its own ("33 percent, including 60 percent of Greens")."""
    return item.unit == "percent" and read.lows[item.last : item.last + 1] == ["of"]


def _alike(total: Figure, item: Figure) -> bool:
    return (total.kind, total.unit) == (item.kind, item.unit)


def _exclusive(items: Sequence[Figure]) -> bool:
    """Whether the parts cannot overlap: of one noun, or of none of their own ("10 for testing and 25")."""
    return len({item.noun for item in items if item.noun}) <= 1


# ---------------------------------------------------------------------- a percentage against its base


def _shares(read: Figures) -> Iterator[_Wrong]:
    for i, share in enumerate(read.found):
        if share.unit != "percent":
            continue
        for part in read.found[max(i - 2, 0) : i + 3]:
            base = _base_of(read, part)
            if (
                part is share
                or part.kind != "count"
                or base is None
                or not _next_to(read, part, base[1], share)
            ):
                continue
            value, _ = base
            if not value or part.value > value:
                continue
            low, high = part.low / value * 100, part.high / value * 100
            if low > share.high + _POINT or high < share.low - _POINT:
                comes = (part.value / value * 100).quantize(Decimal("0.1"))
                yield _Wrong(
                    "share",
                    (part, share),
                    Severity.MEDIUM if part.exact and share.exact else Severity.LOW,
                    f"{_number(part.value)} of {_number(value)} is told as {_number(share.value)} percent",
                    f"it is {_number(comes)} percent",
                    "It clears if the percentage is of another base, or if one of the numbers is corrected.",
                )


def _base_of(read: Figures, part: Figure) -> tuple[Decimal, int] | None:
    """The base of "40 of the 100 members" and the token behind its number; it is part of the noun there."""
    k, end = part.first, min(part.first + _NEAR, len(read.lows))
    while k < end and read.lows[k] != "of":
        k += 1
    if k >= end or (read.lows[k - 1] == "out" and k - 2 < part.first):
        return None
    k += 1
    while k < len(read.lows) and read.lows[k] in _LISTS["before_a_base"]:
        k += 1
    numeral = read_numeral(read.tokens, k) if k < len(read.tokens) else None
    return (numeral.value, numeral.last) if numeral and numeral.low is None and not numeral.share else None


def _next_to(read: Figures, part: Figure, end: int, share: Figure) -> bool:
    """Whether they say the same twice: "40 of 100, or 30 percent", "30 percent (40 of 100)"."""
    if share.first >= end:
        gap, behind = read.lows[end : share.first], read.lows[share.last : share.last + 1]
        return (
            len(gap) <= _NEAR
            and bool(gap)
            and (gap[-1] in ("or", "(") or gap[-2:] in (["or", "about"], ["or", "nearly"]))
            and behind != ["of"]
        )
    gap = read.lows[share.last : part.first]
    return len(gap) <= _NEAR and bool(gap) and (gap[-1] == "(" or gap[-2:] == [",", "or"])


# ---------------------------------------------------------------------- before, after and the change between


def _changes(read: Figures) -> Iterator[_Wrong]:
    ends = {
        word: [f for f in read.found if f.first and read.lows[f.first - 1] == word] for word in ("from", "to")
    }
    if len(ends["from"]) != 1 or len(ends["to"]) != 1:
        return
    (before,), (after,) = ends["from"], ends["to"]
    if (
        not _alike(before, after)
        or before.value <= 0
        or abs(read.found.index(before) - read.found.index(after)) > 2
    ):
        return
    for change in read.found:
        way = _way(read, change)
        if change in (before, after) or way is None or not _near(read, change, before, after):
            continue
        if not _fits(before, after, change, way):
            by = abs(after.value - before.value)
            real = by if change.unit != "percent" or before.unit == "percent" else by / before.value * 100
            moved = _MOVED["up" if after.value > before.value else "down"]
            unit = " percent" if change.unit == "percent" else ""
            yield _Wrong(
                "change",
                (before, after, change),
                Severity.MEDIUM if before.exact and after.exact and change.exact else Severity.LOW,
                f"the change is told as a {_MOVED[way]} of {_number(change.value)}{unit}",
                (
                    f"from {_number(before.value)} to {_number(after.value)} is a {moved} of "
                    f"{_number(real.quantize(Decimal('0.1')))}{unit}"
                ),
                "It clears if the change is from another value or time, or if a number is corrected.",
            )


def _way(read: Figures, change: Figure) -> str | None:
    """ "up" or "down" where the figure is how much something changed; None where it is not."""
    if change.trend in ("up", "down"):
        return change.trend
    around = {*read.lows[max(change.first - 4, 0) : change.first], *read.lows[change.last : change.last + 1]}
    for way, nouns in (("up", _LISTS["rising"]), ("down", _LISTS["falling"])):
        if around & set(nouns):
            return way
    return None


def _near(read: Figures, change: Figure, before: Figure, after: Figure) -> bool:
    """Whether the three stand in one clause, or the change right behind ("from 90 to 120, a rise of 20")."""
    first, last = min(before.first, after.first, change.first), max(before.last, after.last, change.last)
    between = read.lows[first:last]
    return len(between) <= 4 * _NEAR and not {";", "while", "whereas", "but"} & set(between)


def _fits(before: Figure, after: Figure, change: Figure, way: str) -> bool:
    sign = 1 if way == "up" else -1
    least, most = sorted((sign * (after.low - before.high), sign * (after.high - before.low)))
    points = least <= change.high + _slack_of(change) and most >= change.low - _slack_of(change)
    if change.unit != "percent":
        return points or change.unit != before.unit
    ratios = sorted(
        (
            least / before.low * 100,
            most / before.low * 100,
            least / before.high * 100,
            most / before.high * 100,
        )
    )
    relative = ratios[0] <= change.high + _POINT and ratios[-1] >= change.low - _POINT
    return relative or (before.unit == "percent" and points)


def _slack_of(change: Figure) -> Decimal:
    return _POINT if change.unit == "percent" else Decimal(0)


# ---------------------------------------------------------------------- words


def _severity(figures: Sequence[Figure], gap: Decimal, total: Figure) -> Severity:
    """Medium where every number is exact; low where one is not, or where a round total may cover the gap."""
    if not all(figure.exact for figure in figures):
        return Severity.LOW
    rounded = abs(total.value) >= _LARGE and gap <= total.quantity.grain / 2
    return Severity.LOW if rounded else Severity.MEDIUM


def _number(value: Decimal) -> str:
    return f"{Decimal(plain(value) or 0):,}"
