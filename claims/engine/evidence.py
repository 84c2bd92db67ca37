"""What speaks for and against two claims answering one question, as numbers of a fixed set of names.

:func:`evidence` is symmetric and knows no word of any topic: only whether things agree, differ or are
unsaid, how rare what they share is, and how alike the two articles are. Which of it weighs how much is
learnt (claims/engine/weights/linking.json, by training/train_linking.py) and applied in
:mod:`claims.engine.weighing`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from claims.engine.dimensions import converted, dimension
from claims.engine.names_alike import compatible
from claims.engine.nouns import PEOPLE
from claims.engine.pointing import POINTED
from claims.engine.questions import Question, lexicon, over_time, question, span_of_days
from claims.engine.records import Claim, Kind, PlacedClaim, Quantity
from claims.engine.sorts import Sort, agreement, sort_in
from claims.engine.spelled_out import places_apart
from claims.engine.stories import alike, idf, numbers_of, profile_of, weekdays_of
from claims.engine.wording import STOP, normal, stem

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_ENDS = re.compile(r"[.;:!?]\s|\n")
#: Words on either side of a number that tell what it is of.
_BESIDE = 6
#: A value this near to another is a rounding or an update of it more often than something else.
_NEAR = Decimal("0.1")
#: How far an approximation of a number is from it at most.
_ROUNDED = Decimal("0.05")
#: What conversion and rounding may move a value.
_CONVERTED = Decimal("0.03")

Features = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class View:
    """What comparison looks at in one claim; its words by how rare they are."""

    question: Question
    words: dict[str, float]  # of the sentence
    length: float
    beside: dict[str, float]  # of the words beside the number
    beside_length: float
    left: str
    right: str
    names: frozenset[str]  # words of names in the sentence
    fates: frozenset[str]  # actions named beside the number
    numbers: frozenset[str]  # the other numbers of the sentence
    written: frozenset[str]  # the number itself, as written
    unit: str
    dimension: str | None
    typed: str  # how the number was read where somebody pointed at it
    is_type: bool  # whether the type alone says what is told: an age, a score, a magnitude
    weight: float  # how much the number tells by itself: 354 more than 2, 8,900 more than 9,000
    sums_up: bool
    sort: Sort  # what the words beside say the number tells: killed, hurt, an age


def view(placed: PlacedClaim) -> View:
    """What comparison looks at in a claim."""
    return _view(placed.claim, placed.sentence)


@lru_cache(maxsize=32768)
def _view(claim: Claim, sentence: str) -> View:
    q = question(claim)
    start = claim.span.start - claim.sentence.start
    if sentence[start : start + len(claim.quote)] != claim.quote:
        sentence, start = claim.quote, 0  # the body is not at hand
    end = start + len(claim.quote)
    own = frozenset(numbers_of(claim.quote))
    words = _weighed(sentence)
    left, right = _left(sentence[:start]), _right(sentence[end:])
    inside = [w for w in _plain(claim.quote) if not w[0].isdigit()]
    beside = {w: idf(w) for w in (*left, *inside, *right) if w not in STOP}
    unit = claim.quantity.unit if claim.quantity else ""
    return View(
        question=q,
        words=words,
        length=_length(words),
        beside=beside,
        beside_length=_length(beside),
        left=left[-1] if left else "",
        right=next(iter((*inside, *right)), ""),
        names=_names(sentence) | frozenset(stem(w) for name in claim.entities for w in name.split()),
        fates=_fates((*left, *inside, *right)),
        numbers=frozenset(numbers_of(sentence)) - own,
        written=own,
        unit=unit,
        dimension=dimension(unit) if unit else None,
        typed=claim.rule.removeprefix(POINTED) if claim.rule.startswith(POINTED) else "",
        is_type=claim.rule.startswith(POINTED)
        and bool(unit)
        and claim.noun == unit
        and claim.kind is Kind.MEASURE,
        weight=_telling(claim.quantity),
        sums_up=over_time(sentence),
        sort=sort_in(claim, sentence),
    )


def _telling(quantity: Quantity | None) -> float:
    """How much a number tells by itself, in [0, 1]: the steps of its last digit it is away from nothing."""
    if quantity is None or not quantity.grain or not quantity.value:
        return 0.0
    return min(math.log10(max(float(abs(quantity.value) / quantity.grain), 1.0)), 3.0) / 3


def _plain(text: str) -> list[str]:
    return [normal(m.group()) for m in _WORD.finditer(text)]


def _is_number(word: str) -> bool:
    return word[0].isdigit()


def _left(text: str) -> list[str]:
    """The words before a number, back to another number or the end of a clause."""
    ends = [m.end() for m in _ENDS.finditer(text)]
    found: list[str] = []
    for word in reversed(_plain(text[ends[-1] if ends else 0 :])):
        if _is_number(word) or len(found) == _BESIDE:
            break
        found.append(stem(word))
    return found[::-1]


def _right(text: str) -> list[str]:
    end = _ENDS.search(text)
    found: list[str] = []
    for word in _plain(text[: end.start()] if end else text):
        if _is_number(word) or len(found) == _BESIDE:
            break
        found.append(stem(word))
    return found


def _weighed(text: str) -> dict[str, float]:
    return {stem(w): idf(w) for w in _plain(text) if len(w) > 1 and not _is_number(w) and w not in STOP}


def _length(words: Mapping[str, float]) -> float:
    return math.sqrt(math.fsum(x * x for x in words.values()))


def _names(sentence: str) -> frozenset[str]:
    """The words written with a capital inside a sentence."""
    found = [m for m in _WORD.finditer(sentence) if not m.group()[0].isdigit()]
    capital = [m.group() for m in found[1:] if m.group()[0].isupper()]
    if len(capital) > len(found) / 2:
        capital = [w for w in capital if stem(w) in lexicon().party_words]  # a headline: capitals say little
    return frozenset(stem(w) for w in capital if normal(w) not in STOP)


def _fates(words: Iterable[str]) -> frozenset[str]:
    """The actions that words beside a number name."""
    known = lexicon()
    return frozenset(x for w in words if (x := known.implied.get(w) or known.action_of.get(w)))


def _cosine(x: Mapping[str, float], y: Mapping[str, float], lengths: float) -> float:
    if len(y) < len(x):
        x, y = y, x
    return math.fsum(x[w] * y[w] for w in sorted(x.keys() & y.keys())) / lengths if lengths else 0.0


def count_people(noun: str) -> bool:
    """Whether a noun or unit counts people, by role or by origin ("worker", "Palestinian")."""
    known = lexicon()
    return noun in PEOPLE or noun in known.people or noun in known.party_words


def _said(found: dict[str, float], name: str, x: object, y: object, same: bool) -> None:
    """Whether both say the same, differ, or one or none says anything."""
    if x and y:
        found[f"{name} same" if same else f"{name} differs"] = 1.0
    elif x or y:
        found[f"{name} unsaid"] = 1.0


def evidence(a: PlacedClaim, b: PlacedClaim) -> dict[str, float]:
    """What speaks for and against two claims answering one question. Symmetric; what is not there is 0."""
    x, y = view(a), view(b)
    found: dict[str, float] = {"always": 1.0}
    _slot(found, x, y, a.claim, b.claim)
    _context(found, x, y)
    _story(found, a, b)
    _signature(found, a, b, x, y)
    if places_apart(a, b):
        found["place apart differs"] = 1.0
    _lead(found, a, b)
    _time(found, a, b)
    _weekdays(found, a, b)
    _value(found, a, b, x, y)
    _together(found)
    return found


def _slot(found: dict[str, float], x: View, y: View, a: Claim, b: Claim) -> None:
    """What is counted or measured, who does what to whom where."""
    p, q = x.question, y.question
    if a.kind is not b.kind:
        found["kind differs"] = 1.0
    kin = x.dimension is not None and x.dimension == y.dimension
    currency = a.kind is Kind.MONEY and b.kind is Kind.MONEY and x.unit != y.unit
    _said(
        found,
        "unit",
        x.unit,
        y.unit,
        kin or currency or x.unit == y.unit or (count_people(x.unit) and count_people(y.unit)),
    )
    if currency:
        found["currency differs"] = 1.0
    if x.typed or y.typed:
        found["pointed at"] = 1.0
        if x.typed != y.typed:
            found["typed differs"] = 1.0
    found |= agreement(x.sort, y.sort)
    same = bool(p.noun) and p.noun == q.noun
    _said(found, "noun", p.noun, q.noun, same)
    if same:
        found["noun rare"] = idf(p.noun) / 6.5
        if p.counts_something_common:
            found["noun common"] = 1.0
    elif count_people(p.noun) and count_people(q.noun):
        del found["noun differs"]
        found["noun kin"] = 1.0  # "40 workers", "40 people"
    elif (p.noun and p.noun in y.beside) or (q.noun and q.noun in x.beside):
        found["noun beside"] = 1.0
    if not (x.is_type or y.is_type):
        of = "" if a.kind in _ACTED and b.kind in _ACTED else " of amounts"
        known = lexicon().days
        differ = p.action != q.action and not (p.action in known and q.action in known)
        if differ and p.action and q.action:
            found[f"action unsaid{of}"] = 1.0  # two verbs of which nobody knows whether they say the same
        else:
            _said(found, f"action{of}", p.action, q.action, p.action == q.action)
        if x.fates and y.fates:
            found[f"fate{of} differs" if x.fates.isdisjoint(y.fates) else f"fate{of} same"] = 1.0
        elif x.fates or y.fates:
            found[f"fate{of} unsaid"] = 1.0
    for role, one, other in (
        ("actor", p.actor, q.actor),
        ("object", p.party, q.party),
        ("place", p.place, q.place),
    ):
        _said(found, role, one, other, bool(one and other and compatible(one, other)))
    if p.narrowed or q.narrowed:
        shared = len(p.narrowed & q.narrowed) / min(len(p.narrowed) or 1, len(q.narrowed) or 1)
        found["narrowed same"] = shared
        if p.narrowed and q.narrowed and not shared:
            found["narrowed differs"] = 1.0
    for name, differ in (
        ("part", p.is_part != q.is_part),
        ("addition", p.adds != q.adds),
        ("denial", a.negated != b.negated),
        ("plan", a.status.is_ahead != b.status.is_ahead),
        ("sum", x.sums_up != y.sums_up),
    ):
        if differ:
            found[f"{name} differs"] = 1.0


#: Kinds of which who did what is the question; of sums and measures it is often told otherwise.
_ACTED = frozenset({Kind.COUNT, Kind.ORDINAL, Kind.EVENT})


def _context(found: dict[str, float], x: View, y: View) -> None:
    """The words around the two numbers, by how rare they are."""
    found["beside alike"] = _cosine(x.beside, y.beside, x.beside_length * y.beside_length)
    found["sentences alike"] = _cosine(x.words, y.words, x.length * y.length)
    for side, one, other in (("left", x.left, y.left), ("right", x.right, y.right)):
        if one and one == other:
            found[f"{side} same"] = 0.3 + 0.7 * idf(one) / 6.5
    shared = len(x.names & y.names)
    if shared:
        found["names same"] = min(shared, 3) / 3
    elif x.names and y.names:
        found["names differ"] = 1.0
    numbers = len((x.numbers - y.written) & (y.numbers - x.written))
    if numbers:
        found["numbers same"] = min(numbers, 2) / 2
    if x.numbers & y.written or y.numbers & x.written:
        found["number beside"] = 1.0


#: Where an article's first sentences end, in characters; there it tells its main figures.
_LEAD = 350


def _lead(found: dict[str, float], a: PlacedClaim, b: PlacedClaim) -> None:
    """Whether the numbers stand in the headlines or first sentences of their articles."""
    leading = [p.claim.headline or p.claim.span.start < _LEAD for p in (a, b)]
    if any(leading):
        found["lead both" if all(leading) else "lead one"] = 1.0


def _story(found: dict[str, float], a: PlacedClaim, b: PlacedClaim) -> None:
    """How alike the two articles are."""
    if a.article.key == b.article.key:
        found["same article"] = 1.0
        found["headline"] = float(a.claim.headline != b.claim.headline)
        return
    if a.article.outlet == b.article.outlet:
        found["same outlet"] = 1.0
    if not all(x.article.body or x.article.profile for x in (a, b)):
        found["story unknown"] = 1.0
        return
    likeness = alike(profile_of(a.article), profile_of(b.article))
    for least in _STEPS:
        found[f"story over {least}"] = min(max(likeness - least, 0.0), 0.15) / 0.15


def _signature(found: dict[str, float], a: PlacedClaim, b: PlacedClaim, x: View, y: View) -> None:
    """Days of the week and telling numbers the two articles share, those compared left out."""
    if a.article.key == b.article.key:
        return
    one, other = profile_of(a.article), profile_of(b.article)
    if one.weekdays and other.weekdays:
        apart = set(one.weekdays).isdisjoint(other.weekdays)
        found["weekdays differ" if apart else "weekdays same"] = 1.0
        if one.weekdays[0] == other.weekdays[0]:
            found["weekday same"] = 1.0
    own = x.written | y.written
    mine, theirs = _telling_numbers(one.numbers) - own, _telling_numbers(other.numbers) - own
    if mine and theirs:
        found["numbers of articles same"] = min(len(mine & theirs) / min(len(mine), len(theirs), 6), 1.0)


@lru_cache(maxsize=4096)
def _telling_numbers(numbers: tuple[str, ...]) -> frozenset[str]:
    """Those of two digits and more that are no years."""
    return frozenset(n for n in numbers if len(n) > 1 and not _YEAR.fullmatch(n))


_YEAR = re.compile(r"(?:19|20)\d\d")
_STEPS = (0.0, 0.1, 0.2, 0.35)


def _time(found: dict[str, float], a: PlacedClaim, b: PlacedClaim) -> None:
    """How near in time the articles and what they tell are."""
    one, other = a.article.published, b.article.published
    if one and other:
        apart = abs((one - other).days)
        for days in (1, 4, 14):
            if apart <= days:
                found[f"within {days} days"] = 1.0
        if apart > 60:
            found["months apart"] = 1.0
    else:
        found["undated"] = 1.0
    x, y = span_of_days(a.claim.when), span_of_days(b.claim.when)
    if x is None or y is None:
        return
    gap = max((y[0] - x[1]).days, (x[0] - y[1]).days, 0)
    if gap:
        found["days differ"] = min(gap, 7) / 7
    elif max(x[1] - x[0], y[1] - y[0]).days <= 2:
        found["days same"] = 1.0


def _weekdays(found: dict[str, float], a: PlacedClaim, b: PlacedClaim) -> None:
    """The days of the week the two sentences name."""
    one, other = (frozenset(weekdays_of(p.sentence)) for p in (a, b))
    if one and other:
        found["days named differ" if one.isdisjoint(other) else "days named same"] = 1.0


def same_value(a: Claim, b: Claim) -> bool:
    """Whether two claims give one number, rounded as conversion rounds; False where one gives none."""
    found = _apart(a, b)
    return found is not None and _equal(*found)


def _apart(a: Claim, b: Claim) -> tuple[Quantity, Quantity, bool] | None:
    """Both quantities, the second in the unit of the first where it can be, and whether that moved it."""
    one, other = a.quantity, b.quantity
    if one is None or other is None:
        return None
    plain = converted(other, one.unit) if a.kind is b.kind else None
    if plain is None:
        return one, other, False
    return one, plain, other.unit != one.unit and plain.value != other.value


def _equal(one: Quantity, other: Quantity, moved: bool) -> bool:
    return one.value == other.value or (moved and _distance(one, other) <= _CONVERTED)


def _distance(one: Quantity, other: Quantity) -> Decimal:
    larger = max(abs(one.value), abs(other.value))
    return abs(one.value - other.value) / larger if larger else Decimal(0)


def _value(found: dict[str, float], a: PlacedClaim, b: PlacedClaim, x: View, y: View) -> None:
    """Whether the numbers agree, and how much that tells."""
    values = _apart(a.claim, b.claim)
    if values is None:
        found["value unsaid"] = 1.0
        return
    one, plain, _ = values
    weight = min(x.weight, y.weight)
    apart = _distance(one, plain)
    if _equal(*values):
        found["value equal"] = 1.0
        found["value equal telling"] = weight
        if x.written & y.written and len(x.written & y.written) == max(len(x.written), len(y.written)) > 1:
            found["values equal"] = 1.0  # 31-24 and 31-24
        return
    found["value differs"] = 1.0
    found["value differs telling"] = weight
    if a.claim.kind is b.claim.kind is Kind.MONEY and x.unit != y.unit:
        if apart <= _RATES:
            found["value near"] = 1.0
    elif one.meets(plain):
        if apart <= _ROUNDED:
            found["value rounds same"] = 1.0  # "nearly 3,000", 2,967.8
        else:
            found["value meets"] = 1.0
    elif apart <= _NEAR:
        found["value near"] = 1.0
    else:
        found["value far"] = float(min(apart, Decimal(1)))
    if {one.rule, plain.rule} & _OPEN:
        found["value open"] = 1.0
    too = (_gives(a, y.written) and bool(y.written)) + (_gives(b, x.written) and bool(x.written))
    if too:
        found["gives the other too"] = too / 2
        found["gives the other too telling"] = too * weight / 2


#: One sum in two currencies an English-language outlet compares is seldom further apart.
_RATES = Decimal("0.5")
_OPEN = frozenset({"at_least", "more_than", "at_most", "up_to", "less_than", "about", "almost", "vague"})


def _gives(placed: PlacedClaim, written: frozenset[str]) -> bool:
    """Whether an article gives another's number as well: then it most likely counts two things by them."""
    return written <= frozenset(profile_of(placed.article).numbers)


def _together(found: dict[str, float]) -> None:
    """What tells more together than by itself."""
    slot = "unit same" in found and not any(
        f"{name} differs" in found
        for name in ("action", "fate", "noun", "kind", "typed", "actor", "place", "sort")
    )
    story = found.get("same article", 0.0) or found.get("story over 0.1", 0.0)
    if "sort same" in found:
        found["sort same in a story"] = story
    if slot:
        found["slot same"] = 1.0
        found["slot same in a story"] = story
    same_sort = "sort same" in found
    valued = ("value equal", "value equal telling", "value differs", "value near", "value rounds same")
    for name in valued:
        if name in found:
            for of in ("sort same", "sort differs", "sort unsaid", "both ages", "who differs"):
                if of in found:
                    found[f"{name}, {of}"] = found[name]
            for of in ("lead both",):
                if of in found and same_sort:
                    found[f"{name}, {of}, sort same, story"] = found[name] * story
            if same_sort:
                found[f"{name}, sort same, story"] = found[name] * story
    for name in (
        "value equal",
        "value equal telling",
        "value differs",
        "value near",
        "value meets",
        "value rounds same",
    ):
        if name in found:
            if slot:
                found[f"{name}, slot same"] = found[name]
            found[f"{name}, story"] = found[name] * story
            found[f"{name}, beside alike"] = found[name] * found["beside alike"]
    if slot and "value differs" in found:
        found["value differs, slot same, story"] = story
        found["value differs, slot same, beside alike"] = found["beside alike"]
    if slot and "value equal" in found:
        found["value equal, slot same, story"] = story
    for name in (
        "noun differs",
        "fate differs",
        "action differs",
        "kind differs",
        "typed differs",
        "unit differs",
    ):
        if name in found and "value equal" in found:
            found[f"{name}, value equal"] = 1.0
