"""Counts told by a label, a row of a table or a list: "Warheads: 1,550", "Russia: 1,549" under a heading,
"Estimated stockpile: Russia 5,889, China 410", "12,705: estimated number of warheads", "a crew of 58".
"""

from __future__ import annotations

from dataclasses import replace

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.framing import frame
from claims.engine.making import make, noun_of
from claims.engine.measuring import label_before, start_of_phrase
from claims.engine.names import Mention
from claims.engine.nouns import PEOPLE, is_plural, modifying_words
from claims.engine.phrases import plain_phrase
from claims.engine.quantities import Reading
from claims.engine.records import Claim, Kind
from claims.engine.who import Named

_LISTS = lexicons.grammar("listed")
#: Nouns of many people: "a crew of 58".
_GROUPS = _LISTS["groups"]
_ACTORS = frozenset({"state", "group", "body", "capital"})
#: How many rows of a table may stand between its heading and a row; the most words of a heading.
_ROWS, _WORDS = 12, 14

Phrase = tuple[int, int, int]


def listed(article: Article, sentence: Sentence, reading: Reading) -> Claim | None:
    """The claim of a bare figure that a label, heading or group noun says the noun of, or None."""
    group = _group(article, sentence, reading)
    if group is not None:
        return group
    k = reading.last
    if reading.first == 0 and sentence.low(k) == ":":
        start = k + 1
        for j in range(k + 1, min(k + 5, len(sentence.lows))):
            if sentence.lows[j] == "of" and sentence.lows[j - 1] == "number":
                start = j + 1  # "12,705: estimated number of warheads"
        return _claim(article, sentence, reading, sentence, plain_phrase(sentence, start), None)
    if k < len(sentence.tokens) and sentence.tokens[k].kind != "sign":
        return None
    owner = next((m for m in sentence.mentions if m.last == reading.first and m.kind in _ACTORS), None)
    if owner is not None:
        return _pair(article, sentence, reading, owner)
    label = label_before(sentence, reading.first)
    if label is None:
        return None
    row = next((m for m in sentence.mentions if m.kind in _ACTORS and (m.first, m.last) == label), None)
    if row is not None:
        found = _heading(article, sentence)
        return _claim(article, sentence, reading, found[0], found[1], row) if found else None
    phrase = plain_phrase(sentence, label[0], until=label[1])
    if phrase is None or any(t.first <= phrase[2] < t.last for t in sentence.all_times):
        return None
    told = is_plural(sentence.lows[phrase[2]]) or sentence.lows[phrase[2]] in _GROUPS
    return (
        _claim(article, sentence, reading, sentence, (phrase[0], label[1], phrase[2]), None) if told else None
    )


def _group(article: Article, sentence: Sentence, reading: Reading) -> Claim | None:
    """ "Has a staff of 60", "the crew of 58": so many people."""
    k = reading.first - 1
    if sentence.low(k) != "of" or sentence.low(k - 1) not in _GROUPS:
        return None
    start = start_of_phrase(sentence, k)
    f = replace(
        frame(article, sentence, reading.first, reading.last), action=None, actor=None, relation="part"
    )
    return make(
        article, sentence, reading, Kind.COUNT, quantity=replace(reading.quantity, unit="person"),
        noun="person", obj=(start, k), framed=f, rule="count:group",
        measured=f"people in the {sentence.words(start, k)}",
    )  # fmt: skip


def _pair(article: Article, sentence: Sentence, reading: Reading, owner: Mention) -> Claim | None:
    """ "Estimated stockpile (January 2023): Russia 5,889, United States 5,244"."""
    if sentence.predicates or sentence.low(owner.first - 1) not in (":", ",", ";", "and", "the"):
        return None
    colon = next((k for k, low in enumerate(sentence.lows[: owner.first]) if low == ":"), 0)
    if not 0 < colon <= _WORDS:
        return None
    return _claim(article, sentence, reading, sentence, plain_phrase(sentence, 0, until=colon), owner)


def _heading(article: Article, sentence: Sentence) -> tuple[Sentence, Phrase] | None:
    """The heading above a row: the nearest line before it with a plural and no figure or verb."""
    for earlier in reversed(article.sentences[max(0, sentence.at - _ROWS) : sentence.at]):
        if earlier.readings:
            if len(earlier.tokens) > _WORDS or earlier.predicates:
                return None
            continue
        if len(earlier.tokens) > _WORDS or earlier.predicates or earlier.lows[-1] in (".", "!", "?"):
            return None
        phrase = plain_phrase(earlier, 0)
        return (earlier, phrase) if phrase and is_plural(earlier.lows[phrase[2]]) else None
    return None


def _claim(
    article: Article,
    sentence: Sentence,
    reading: Reading,
    of: Sentence,
    phrase: Phrase | None,
    owner: Mention | None,
) -> Claim | None:
    """The claim of a figure that ``phrase`` in sentence ``of`` says the noun of, ``owner`` having them."""
    lemma = noun_of(of, phrase[2]) if phrase is not None else ""
    if phrase is None or not lemma or any(m.first == phrase[2] for m in of.mentions if m.kind == "person"):
        return None
    first, end, head = phrase
    lemma = "person" if lemma in _GROUPS and lemma not in PEOPLE - {"crew", "staff"} else lemma
    f = frame(article, sentence, reading.first, reading.last)
    actor = Named(owner.name, "state", owner.party) if owner else None
    f = replace(f, action=None, actor=actor, relation="label")
    words = of.words(first, end)
    claim = make(
        article, sentence, reading, Kind.COUNT, quantity=replace(reading.quantity, unit=lemma), noun=lemma,
        modifiers=modifying_words(of.tokens, first, head), framed=f, rule="count:label",
        measured=f"{words} ({owner.name})" if owner else words,
    )  # fmt: skip
    return replace(claim, object=words)
