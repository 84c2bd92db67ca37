"""Any number of a text as a claim, where somebody points at it.

The extractors leave alone what no fact-checker holds against another outlet: ages, scores, models, addresses,
bare figures. A person who marks one, or a benchmark that asks about it, gets it read all the same: the number
with its bounds, its type as the unit ("year of age", "score", "label"), and the sentence around it as every
claim has it. The rule of such a claim begins with :data:`POINTED`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from claims.engine import lexicons
from claims.engine.article import Article, Sentence, read_article
from claims.engine.bounds import bound
from claims.engine.extractors import all_extractors
from claims.engine.framing import Frame, frame
from claims.engine.labels import end_of_label, is_label
from claims.engine.making import make
from claims.engine.nouns import modifying_words
from claims.engine.numbers import LONGEST_FIGURE, Numeral, read_numeral
from claims.engine.phrases import head_lemma, is_small, plain_phrase
from claims.engine.predicates import Predicate
from claims.engine.readings import Reading
from claims.engine.records import Claim, Kind, Span
from claims.engine.times import TimeExpression
from claims.engine.tokens import HYPHENS
from claims.engine.verbs import FORMS

#: How the rule of a claim begins that was read because somebody pointed at it.
POINTED = "pointed:"

_LISTS = lexicons.load("pointing")
_BESIDE: dict[str, str] = {word: unit for unit, words in _LISTS["beside"].items() for word in words}
_BETWEEN = frozenset(_LISTS["between"]["words"])
_QUAKES = frozenset(_LISTS["quakes"]["words"])
_FATES: dict[str, str] = {
    word: action for action, words in _LISTS["fates"]["words"].items() for word in words
}
_BESIDE_FATES = frozenset(_LISTS["fates"]["between"])
#: How many words may stand between a figure and what happened to those it counts.
_CLOSE = 4
_DONE_TO_PEOPLE = frozenset(_LISTS["people"]["actions"])
_REPORTING = frozenset(lexicons.load("reporting")["verbs"]["plain"])
_LIGHT = frozenset(lexicons.load("words")["verbs"]["light"])
#: How far from a figure the word may stand that says what sort of number it is.
_NEAR = 5
_FIGURES = re.compile(r"\d+(?:[.,]\d+)*")
_KINDS = {
    "money": Kind.MONEY,
    "share": Kind.SHARE,
    "measure": Kind.MEASURE,
    "ratio": Kind.RATIO,
    "frequency": Kind.RATIO,
    "ordinal": Kind.ORDINAL,
    "count": Kind.COUNT,
    "definite": Kind.COUNT,
    "one_of": Kind.COUNT,
    "bare": Kind.COUNT,
    "age": Kind.MEASURE,
    "period": Kind.MEASURE,
    "label": Kind.MEASURE,
}


def is_pointed(claim: Claim) -> bool:
    """Whether a claim was read only because somebody pointed at the number."""
    return claim.rule.startswith(POINTED)


def claims_at(
    text: str, spans: Sequence[Span], *, published: date | None = None, title: str = ""
) -> tuple[Claim | None, ...]:
    """For each span the claim of the first number in it, or None where there is no number.

    The text is read once for all spans. A number an extractor reads gives that claim; any other the typed
    reading described above. ``published`` resolves relative times, ``title`` helps with names.
    """
    article = read_article(text, published, title)
    read: dict[int, tuple[Claim, ...]] = {}
    return tuple(_at(article, span, read) for span in spans)


def claim_at(text: str, span: Span, *, published: date | None = None, title: str = "") -> Claim:
    """The claim of the first number in ``span`` of ``text``; see :func:`claims_at`.

    Raises ValueError where no number stands in the span.
    """
    (claim,) = claims_at(text, [span], published=published, title=title)
    if claim is None:
        raise ValueError(f"no number at {span.start}..{span.end}")
    return claim


def _at(article: Article, span: Span, read: dict[int, tuple[Claim, ...]]) -> Claim | None:
    """The claim of the first number of ``span``; ``read`` keeps what the extractors said of a sentence."""
    for sentence in article.sentences:
        if not sentence.span.overlaps(span):
            continue
        if sentence.at not in read:
            read[sentence.at] = tuple(c for find in all_extractors() for c in find(article, sentence))
        found = _in_sentence(article, sentence, span, read[sentence.at])
        if found is not None:
            return found
    return None


def _in_sentence(article: Article, sentence: Sentence, span: Span, claims: Sequence[Claim]) -> Claim | None:
    tokens = sentence.tokens
    pointed = [k for k, t in enumerate(tokens) if t.start < span.end and span.start < t.end]
    numerals = {k: read_numeral(tokens, k) for k in pointed}
    k = next((k for k in pointed if numerals[k] or tokens[k].kind == "figure"), None)
    if k is None:
        time = next((t for j in pointed if (t := _time_at(sentence, j))), None)
        return _dated(article, sentence, time, None) if time else None  # "on Saturday"
    numeral = numerals[k]
    at = sentence.chars(k, numeral.last if numeral else k + 1)
    for claim in claims:
        if claim.span.overlaps(at) and _is_of(claim, numeral):
            bare = claim.kind is Kind.COUNT and claim.span == at and numeral is not None
            fate = _fate(sentence, k, numeral.last) if bare and numeral else None
            # "kills 1, wounds 2": what stands beside the figure is surer than what it shares with another
            return claim if fate in (None, claim.action) else replace(claim, action=fate)
    time = _time_at(sentence, k)
    return _dated(article, sentence, time, numeral) if time else _number(article, sentence, k, numeral)


def _is_of(claim: Claim, numeral: Numeral | None) -> bool:
    """Whether a claim is that of the number pointed at, not one that has it within ("one of *two* men")."""
    quantity = claim.quantity
    if quantity is None:
        return False
    if claim.kind is Kind.COUNT and quantity.value != quantity.value.to_integral_value():
        return False  # nobody counts in fractions: "a 4.6 quake rattles"
    return numeral is None or numeral.value in (quantity.value, -quantity.value, quantity.low, quantity.high)


def _time_at(sentence: Sentence, k: int) -> TimeExpression | None:
    return next((t for t in sentence.times if t.first <= k < t.last), None)


def _dated(article: Article, sentence: Sentence, time: TimeExpression, numeral: Numeral | None) -> Claim:
    """A day or a time of day, as a claim of when something was; the figure of it ("June *3*") as a value."""
    when = sentence.when(time)
    f = _told(frame(article, sentence, time.first, time.last), sentence)
    value, grain = (numeral.value, numeral.grain) if numeral else (Decimal(0), Decimal(1))
    quantity = bound(value, unit=time.kind, grain=grain)
    reading = Reading("label", time.first, time.last, (time.first, time.last), quantity)
    rule = f"{POINTED}{time.type.lower()}"
    claim = make(article, sentence, reading, Kind.DATE, framed=replace(f, when=when), rule=rule)
    return replace(claim, quantity=quantity if numeral else None, when=when)


def _number(article: Article, sentence: Sentence, k: int, numeral: Numeral | None) -> Claim:
    """The number at token ``k``, typed."""
    end = numeral.last if numeral else k + 1
    reading = next((r for r in sentence.readings if r.number[0] <= k < r.number[1]), None)
    score = _score(sentence, k)
    if score is not None:
        return _typed(article, sentence, k, score, "score", "score")
    if (reading is None or reading.noun is None or reading.kind == "age") and _is_age(sentence, k, numeral):
        return _typed(article, sentence, k, end, "year of age", "age")
    fate = _fate(sentence, k, end) if numeral is not None and not numeral.decimals else None
    if fate is not None and numeral is not None and (reading is None or reading.noun is None):
        return _person_counted(article, sentence, numeral, fate, reading)
    fraction = numeral is not None and numeral.decimals and not numeral.scaled
    if reading is None or reading.kind in ("label", "bare") or (reading.kind == "count" and fraction):
        unit = _said_beside(sentence, k, end, fraction)
        if unit is not None:
            own = reading if reading and reading.kind != "count" else None
            return _typed(article, sentence, k, own.last if own else end, unit, unit, own)
    if _is_model(sentence, k, numeral, reading):
        return _typed(article, sentence, k, end, "label", "label")
    if reading is None and numeral is not None and not is_label(sentence.tokens, numeral):
        return _plain(article, sentence, numeral)
    if reading is None:
        end = end_of_label(sentence.tokens, numeral) if numeral else k + 1
        return _typed(article, sentence, k, end, "label", "label")
    if reading.kind == "label":
        unit = reading.quantity.unit or "label"
        return _typed(article, sentence, k, reading.last, unit, "label", reading)
    return _read(article, sentence, reading)


def _read(article: Article, sentence: Sentence, reading: Reading) -> Claim:
    """The claim of a number the engine reads, whatever the extractors think of it."""
    kind = _KINDS.get(reading.kind, Kind.COUNT)
    f = _told(frame(article, sentence, reading.first, reading.last), sentence)
    noun = reading.noun
    rule = f"{POINTED}{reading.kind}"
    if noun is not None:
        modifiers = noun.modifiers(sentence.tokens)
        return make(
            article, sentence, reading, kind, noun=noun.lemma, modifiers=modifiers,
            obj=(noun.first, noun.last), framed=f, rule=rule,
        )  # fmt: skip
    counted = "person" if kind is Kind.COUNT and f.action in _DONE_TO_PEOPLE else ""
    quantity = replace(reading.quantity, unit=counted) if counted else reading.quantity
    return make(article, sentence, reading, kind, quantity=quantity, noun=counted, framed=f, rule=rule)


def _plain(article: Article, sentence: Sentence, numeral: Numeral) -> Claim:
    """A number nothing is known of but the words behind it: "*three* of the", "Server *2003*"."""
    quantity = bound(
        numeral.value,
        unit="",
        grain=numeral.grain,
        low=numeral.low,
        high=numeral.high,
        decimals=numeral.decimals,
    )
    place = (numeral.first, numeral.last)
    reading = Reading("bare", numeral.first, numeral.last, place, quantity)
    behind = numeral.last < len(sentence.tokens) and sentence.tokens[numeral.last].kind == "word"
    phrase = plain_phrase(sentence, numeral.last) if behind else None
    if phrase is None:
        return _read(article, sentence, reading)
    first, end, head = phrase
    f = _told(frame(article, sentence, numeral.first, numeral.last), sentence)
    return make(
        article, sentence, reading, Kind.COUNT, noun=head_lemma(sentence, head), obj=(first, end),
        modifiers=modifying_words(sentence.tokens, first, head), framed=f, rule=f"{POINTED}bare",
    )  # fmt: skip


def _person_counted(
    article: Article, sentence: Sentence, numeral: Numeral, fate: str, reading: Reading | None
) -> Claim:
    """A bare figure of people to whom something happened: "kills *1*, wounds *2*", "*two* hurt"."""
    place = (numeral.first, numeral.last)
    quantity = reading.quantity if reading is not None and reading.kind == "bare" else bound(
        numeral.value, unit="", grain=numeral.grain, low=numeral.low, high=numeral.high
    )  # fmt: skip
    own = Reading("bare", *place, place, replace(quantity, unit="person"))
    f = replace(frame(article, sentence, *place), action=fate)
    return make(article, sentence, own, Kind.COUNT, noun="person", framed=f, rule=f"{POINTED}bare")


def _fate(sentence: Sentence, first: int, end: int) -> str | None:
    """What happened to people a figure counts, by the words right beside it; None where none says so."""
    k = end
    while k < end + _CLOSE and sentence.low(k) in _BESIDE_FATES:
        k += 1
    if sentence.low(k) in _FATES:
        return _FATES[sentence.low(k)]
    k = first - 1
    while k > first - 1 - _CLOSE and sentence.low(k) in _BESIDE_FATES:
        k -= 1
    return _FATES.get(sentence.low(k))


def _typed(
    article: Article,
    sentence: Sentence,
    k: int,
    end: int,
    unit: str,
    type_: str,
    reading: Reading | None = None,
) -> Claim:
    """A number that counts nothing, its type as the unit."""
    if reading is not None:
        quantity = replace(reading.quantity, unit=unit)
        first = reading.first
    else:
        numeral = read_numeral(sentence.tokens, k)
        digits = _FIGURES.search(sentence.tokens[k].key)
        told = digits.group().replace(",", "") if digits else ""
        value = numeral.value if numeral else Decimal(told if 0 < len(told) <= LONGEST_FIGURE else 0)
        decimals = bool(numeral and numeral.decimals)
        quantity = bound(value, unit=unit, grain=numeral.grain if numeral else Decimal(1), decimals=decimals)
        first = k
    own = Reading(type_, first, end, (k, end), quantity)
    f = _told(frame(article, sentence, first, end), sentence)
    known = unit if type_ != "label" else ""  # the type says what is told, whatever noun follows
    phrase = plain_phrase(sentence, end) if end < len(sentence.tokens) and not known else None
    noun = known or (head_lemma(sentence, phrase[2]) if phrase else "")
    return make(
        article, sentence, own, Kind.MEASURE, noun=noun, obj=phrase[:2] if phrase else None,
        framed=f, rule=f"{POINTED}{type_}",
    )  # fmt: skip


def _told(f: Frame, sentence: Sentence) -> Frame:
    """The frame with the plain verb as its action, where it is none of the field ("scored 23 points")."""
    p: Predicate | None = f.predicate
    if f.action is not None or p is None or p.base in _REPORTING or p.base in _LIGHT or p.base == "be":
        return f
    return replace(f, action=p.base)


def _score(sentence: Sentence, k: int) -> int | None:
    """The end of a result of a match or vote, "31-24", "3-1"; None for anything else."""
    tokens = sentence.tokens
    if tokens[k].kind != "figure" or k + 2 >= len(tokens):
        return None
    two = tokens[k + 1].key in HYPHENS and tokens[k + 2].kind == "figure"
    short = all(len(tokens[j].key) <= 3 and tokens[j].key.isdigit() for j in (k, k + 2))
    more = k + 3 < len(tokens) and (tokens[k + 3].key in HYPHENS or tokens[k + 3].key in "%$")
    reading = next((r for r in sentence.readings if r.first <= k < r.last), None)
    named = reading is not None and (
        reading.noun is not None or reading.kind in ("money", "share", "measure")
    )
    return k + 3 if two and short and not more and not (named and reading and reading.low) else None


def _is_model(sentence: Sentence, k: int, numeral: Numeral | None, reading: Reading | None) -> bool:
    """Whether a bare figure ends a name: "the Heron 300 will"; not behind a verb, as in "Blast Kills 10"."""
    if reading is not None and (reading.kind != "bare" or reading.quantity.modifier):
        return False
    before = sentence.tokens[k - 1] if k else None
    if before is None or before.kind != "word" or not before.capital or numeral is None or numeral.scaled:
        return False
    return sentence.tokens[k].kind == "figure" and before.low not in FORMS and not is_small(before.low)


def _said_beside(sentence: Sentence, first: int, end: int, fraction: bool) -> str | None:
    """The sort of number a word beside says it is: "*magnitude* 4.6", "4.6-*magnitude*", "a 4.6 *quake*"."""
    lows = sentence.lows
    least = max(0, first - _NEAR)
    k = first - 1
    while k >= least and lows[k] in _BETWEEN and lows[k] not in _BESIDE:
        k -= 1
    if k >= least and lows[k] in _BESIDE:
        return _BESIDE[lows[k]]
    k = end
    while k < min(len(lows), end + 3) and (lows[k] in HYPHENS or lows[k] in ("plus", "+")):
        k += 1
    if sentence.low(k) in _BESIDE:
        return _BESIDE[lows[k]]
    return "magnitude" if fraction and not _QUAKES.isdisjoint(lows) else None


def _is_age(sentence: Sentence, k: int, numeral: Numeral | None) -> bool:
    """Whether a bare figure behind a name is an age: "Jane Doe, 29." and "Jane Doe (29)"."""
    if numeral is None or numeral.scaled or numeral.decimals or not 0 < numeral.value <= _OLDEST or k < 2:
        return False
    behind = sentence.low(numeral.last)
    opening = sentence.lows[k - 1]
    return sentence.tokens[k - 2].capital and (
        (opening == "," and (not behind or behind in ",.;)")) or (opening == "(" and behind == ")")
    )


_OLDEST = 115
