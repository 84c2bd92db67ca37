"""Where something happens: the name behind "in", "at", "near", in the claim's clause."""

from __future__ import annotations

from claims.engine import lexicons
from claims.engine.article import Sentence
from claims.engine.nouns import is_plural, singular
from claims.engine.phrases import is_small
from claims.engine.predicates import is_adverb
from claims.engine.tokens import HYPHENS, touching
from claims.engine.verbs import FORMS, NOMINALS, is_verb_form

_LISTS = lexicons.grammar("places")
_PLACE_NOUNS, _NO_PLACE, _WHERE = _LISTS["place_nouns"], _LISTS["no_place"], _LISTS["where"]
_SAME_CLAUSE, _NAMED_ACTS = _LISTS["same_clause"], _LISTS["named_acts"]
_OPENERS = lexicons.words("clause_openers")
_PREPOSITIONS = lexicons.words("prepositions")
_CONJUNCTIONS = lexicons.words("conjunctions")
_DETERMINERS = lexicons.words("determiners")
#: How far before a claim its place is looked for, in words.
_NEAR = 40


def place_of(sentence: Sentence, first: int, last: int) -> str | None:
    """Where: the name after "in", "at", "near" behind the claim in its clause, else one at the sentence's
    start.
    """
    n = len(sentence.tokens)
    k = last
    while k < min(n, last + 30):
        low = sentence.lows[k]
        if low in (";",) or (low in _OPENERS and low not in _SAME_CLAUSE):
            break
        if low in ("said", "told", "according") or any(c.first == k for c in sentence.credits if k > last):
            break
        if low == "," and any(p.subject and p.subject[0] == k + 1 for p in sentence.predicates):
            break  # another clause with a subject of its own
        if low in _WHERE and k + 1 < n:
            place = place_at(sentence, k + 1)
            if place:
                return place
        k += 1
    k = first - 1
    while k > max(0, first - _NEAR) and sentence.lows[k] not in (";", ",", "said", "while", "and", "but"):
        if sentence.lows[k] in ("in", "at", "near", "outside", "inside"):
            place = place_at(sentence, k + 1)
            if place:
                return place
        k -= 1
    return place_at(sentence, 1) if sentence.lows[0] in ("in", "at", "near", "outside", "inside") else None


def before_place(sentence: Sentence, place: str) -> str:
    """The preposition a place stands behind ("outside Kherson"), "in" where something is between them."""
    words = place.lower().split()
    for k, low in enumerate(sentence.lows[1:], 1):
        if low == words[0] and sentence.lows[k - 1] in _WHERE:
            return "in" if sentence.lows[k - 1] == "on" else sentence.lows[k - 1]  # "strikes on Aleppo"
        if low == words[0] and sentence.lows[k - 1] == "the" and sentence.low(k - 2) in _WHERE:
            return sentence.lows[k - 2] + " the"
    return "in"


def place_at(sentence: Sentence, k: int) -> str | None:
    """The place named from token ``k`` on, after "the northern city of", "bases in"."""
    n = len(sentence.tokens)
    limit = min(n, k + 9)
    saw_noun = False
    while k < limit:
        t = sentence.tokens[k]
        if any(time.first <= k < time.last for time in sentence.times):
            return None
        if t.kind == "figure":
            return None
        if t.capital and t.low not in _NO_PLACE and t.kind == "word" and t.low not in ("the", "a"):
            mention = next((m for m in sentence.mentions if m.first <= k < m.last), None)
            if mention and mention.kind == "demonym":
                k = mention.last
                continue
            if mention and mention.kind in ("body", "person", "group"):
                return None
            if mention:
                if mention.kind == "state" and _is_adjective(sentence, mention.last):
                    return None  # "in the US elections"
                if k + 1 < n and sentence.lows[mention.last : mention.last + 1] == ["'s"]:
                    k = mention.last + 1
                    continue
                end = mention.last
                if (
                    end < n
                    and sentence.tokens[end].kind == "word"
                    and sentence.tokens[end].capital
                    and sentence.lows[end] not in _NO_PLACE
                    and mention.kind == "state"
                ):
                    k = end  # "Syria Damascus"
                    continue
                return sentence.words(mention.first, end) if mention.kind != "state" else mention.name
            end = k
            while end < n and end - k < 6 and _in_place_name(sentence, end):
                if any(m.first == end and end > k for m in sentence.mentions):
                    break
                end += 1
            if end < n and sentence.tokens[end - 1].key in HYPHENS:
                k = end + 1  # "Kurdish-majority"
                continue
            if sentence.lows[end - 1] in NOMINALS or (
                is_plural(sentence.lows[end - 1]) and singular(sentence.lows[end - 1]) in NOMINALS
            ):
                return None  # "in Terrorist Attacks", in a headline
            if sentence.lows[end - 1] in _NAMED_ACTS:
                return None  # "of the Cold War", "in the Paris Agreement"
            if end < n and sentence.lows[end] == "'s":
                k = end + 1
                continue
            if (
                not saw_noun
                and end < n
                and sentence.tokens[end].kind == "word"
                and singular(sentence.lows[end]) in _NAMED_ACTS
            ):
                return None
            return sentence.words(k, end)
        if (
            t.low in _DETERMINERS
            or t.low in _PLACE_NOUNS
            or t.low in ("of", "in", "near", "-", "'s")
            or t.low.endswith(("ern", "held", "controlled"))
            or (t.kind == "sign" and t.key in HYPHENS)
        ):
            saw_noun = saw_noun or t.low in _PLACE_NOUNS
            k += 1
            continue
        if (
            t.kind == "word"
            and k + 1 < n
            and sentence.lows[k + 1] in ("of", "in")
            and not is_verb_form(t.low)
        ):
            k += 1
            continue
        if (
            t.kind == "word"
            and not is_verb_form(t.low)
            and t.low not in _CONJUNCTIONS
            and t.low not in _PREPOSITIONS
            and k + 1 < n
            and sentence.tokens[k + 1].kind == "word"
            and (singular(sentence.lows[k + 1]) in _PLACE_NOUNS or sentence.tokens[k + 1].capital)
        ):
            k += 1
            continue
        return None
    return None


def _in_place_name(sentence: Sentence, k: int) -> bool:
    t = sentence.tokens[k]
    if (
        t.low in ("al", "el", "ad", "an", "as", "ash", "ar")
        and k + 1 < len(sentence.tokens)
        and sentence.tokens[k + 1].key in HYPHENS
    ):
        return True
    if t.key in HYPHENS:
        return touching(sentence.tokens, k)
    return (
        t.kind == "word"
        and t.capital
        and t.low not in _NO_PLACE
        and t.low not in _DETERMINERS
        and t.low not in _PREPOSITIONS
    )


def _is_adjective(sentence: Sentence, k: int) -> bool:
    """Whether the word after a state's name makes the name an adjective: a plain noun, not a verb or a small
    word.
    """
    if k >= len(sentence.tokens) or sentence.tokens[k].kind != "word" or sentence.tokens[k].capital:
        return False
    low = sentence.lows[k]
    return not (
        is_small(low)
        or is_adverb(low)
        or low in FORMS
        or low == "'s"
        or any(t.first == k for t in sentence.times)
    )
