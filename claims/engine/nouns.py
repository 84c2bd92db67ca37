"""Counted nouns: which word after a figure is what is counted, and its singular.

Two readings. The rule knows words only: the phrase runs to the first word that cannot belong to it (a
preposition, an article, a verb, punctuation), and its head is the last plural in it. Where that leaves doubt
the ranker of :mod:`claims.engine.counted` decides, which knows parts of speech. Measured by
``benchmarks/counted.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from claims.engine import lexicons
from claims.engine.counted import NONE, STAND_FOR_PEOPLE, rank
from claims.engine.numbers import STARTS
from claims.engine.tagging import tag
from claims.engine.tokens import HYPHENS, Token, hyphenated, touching
from claims.engine.verbs import FORMS, is_verb_form

_LISTS = lexicons.grammar("nouns")

_WORDS = lexicons.load("words")
_IRREGULAR: dict[str, str] = _WORDS["irregular_plurals"]
_DEMONYMS = {
    d.lower() for table in lexicons.load("parties").values() for e in table.values() for d in e["demonyms"]
}
_IRREGULAR = {d: d[:-1] for d in _DEMONYMS if d.endswith("s") and d[:-1] in _DEMONYMS} | _IRREGULAR
_NOT_PLURAL = frozenset(_WORDS["not_plural"]["words"])
_PREPOSITIONS = lexicons.words("prepositions")
_CONJUNCTIONS = lexicons.words("conjunctions")
_DETERMINERS = lexicons.words("determiners")
_PRONOUNS = lexicons.words("pronouns")
_AUXILIARIES = frozenset(lexicons.load("hedges")["auxiliaries"]) - {"to"}
_NUMBERS = frozenset(_WORDS["units"]) | frozenset(_WORDS["tens"])
_TIME = lexicons.words("time_words")
_ADVERBS = lexicons.words("adverbs")
PEOPLE = frozenset(lexicons.load("weapons")["people"])
THINGS = frozenset(lexicons.load("weapons")["nouns"])
#: Nouns counted without a plural ending.
UNMARKED = frozenset(k for k, v in _IRREGULAR.items() if k == v) | _LISTS["unmarked"]  # fmt: skip
#: Adjectives and participles in front of a noun that look like verbs.
_PARTICIPLE_ADJECTIVES = _LISTS["participle_adjectives"]  # fmt: skip
_LINKERS = frozenset({"media", "sources", "reports", "officials"})
MAX_WORDS = 9
_INSIDE_PHRASE = _LISTS["inside_phrase"]


@lru_cache(maxsize=20000)
def singular(word: str) -> str:
    """The singular of a lower-case English noun ("countries" -> "country"); other words unchanged."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if (
        len(word) < 3
        or not word.endswith("s")
        or word in _NOT_PLURAL
        or word.endswith(("ss", "us", "is", "'s"))
    ):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    if word.endswith("uses") and len(word) > 6 and not word.endswith(("ouses", "auses")):
        return word[:-2]  # "viruses", "campuses"
    if word.endswith("theses"):
        return word[:-2] + "is"
    if word.endswith("oes") and len(word) > 5:
        return word[:-2]
    return word[:-1]


@lru_cache(maxsize=20000)
def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    return word in _IRREGULAR or singular(word) != word


@dataclass(frozen=True, slots=True)
class NounPhrase:
    """Tokens ``first``..``last`` (exclusive) after a figure; ``head`` is the counted noun, ``lemma`` its
    singular. ``score`` is how sure the ranker was of the head, None where the rule left no doubt.
    """

    first: int
    last: int
    head: int
    lemma: str
    score: int | None = None

    def modifiers(self, tokens: Sequence[Token]) -> tuple[str, ...]:
        """The words between the figure and the head, as written."""
        return modifying_words(tokens, self.first, self.head)


def modifying_words(tokens: Sequence[Token], first: int, last: int) -> tuple[str, ...]:
    """The words that modify a noun, "short-range" as one; "such", "more" and the like left out."""
    found: list[str] = []
    k = first
    while k < last:
        t = tokens[k]
        if t.key in HYPHENS and found and hyphenated(tokens, k) and k + 1 < last:
            found[-1] += f"-{tokens[k + 1].key}"
            k += 2
            continue
        if found and k > first and touching(tokens, k) and t.kind != "sign" and t.low != "'s":
            found[-1] += t.key  # "B-52H"
        elif t.kind != "sign" and t.low not in _NO_MODIFIERS:
            found.append(t.key)
        k += 1
    return tuple(found)


_NO_MODIFIERS = _LISTS["no_modifiers"]


def _stops(tokens: Sequence[Token], k: int, seen_head: bool) -> bool:
    """Whether token ``k`` ends the phrase."""
    t = tokens[k]
    low = t.low
    if t.kind != "word":
        return True
    if low == "'s":
        return False
    if low in _PREPOSITIONS or low in _PRONOUNS or (low in _DETERMINERS and low != "such"):
        return not hyphenated(tokens, k + 1)  # "on-site inspections"
    if low in _CONJUNCTIONS or low in _AUXILIARIES:
        return True
    if low in _TIME and (
        t.capital or low in ("today", "yesterday", "tomorrow", "tonight", "ago", "last", "next")
    ):
        return True
    if low in _ADVERBS and low not in _INSIDE_PHRASE:
        return True
    countable = low in PEOPLE or low in THINGS
    if seen_head and not countable and (is_verb_form(low) or low.endswith(("ed", "ly"))):
        return True
    if not seen_head and low not in _PARTICIPLE_ADJECTIVES and is_verb_form(low):
        forms = FORMS[low]
        if forms & {"past", "participle"} and not low.endswith("ed"):
            return True
    return False


def read_noun_phrase(
    tokens: Sequence[Token],
    i: int,
    singular_head: bool = False,
    skip: frozenset[int] = frozenset(),
    tags: Callable[[], Sequence[str]] | None = None,
) -> NounPhrase | None:
    """What is counted by a figure that ends just before token ``i``, or None.

    ``singular_head``: the figure is one, so the head is a singular ("one soldier"). ``skip``: tokens that are
    names and so never the head ("10 *United States* diplomats"). ``tags`` gives the parts of speech of the
    tokens, asked only in doubt.
    """
    ruled = phrase_by_rule(tokens, i, singular_head, skip)
    if i >= len(tokens) or not in_doubt(tokens, i, ruled, singular_head):
        return ruled
    parts = tags() if tags is not None else tag(tokens)
    found = rank(tokens, parts, i, ruled.head if ruled else NONE, singular_head)
    if found.head == NONE or found.head in skip:
        return ruled if found.head in skip else None
    if ruled is not None and found.head == ruled.head:
        return replace(ruled, score=found.score)
    last = found.head + 1 if singular_head else _joined_nouns(tokens, found.head)
    return NounPhrase(i, last, found.head, _lemma(tokens, i, found.head), found.score)


def in_doubt(tokens: Sequence[Token], i: int, ruled: NounPhrase | None, single: bool) -> bool:
    """Whether the ranker is asked about what the rule found at token ``i``."""
    if ruled is None:
        return tokens[i].kind == "word"
    if single or ruled.head > i + 1:
        return True
    if ruled.lemma in PEOPLE or ruled.lemma in THINGS:
        return False
    after = ruled.head + 1
    return is_verb_form(tokens[ruled.head].low) or not (after >= len(tokens) or _stops(tokens, after, False))


def phrase_by_rule(
    tokens: Sequence[Token], i: int, singular_head: bool = False, skip: frozenset[int] = frozenset()
) -> NounPhrase | None:
    """What the rule finds, see :func:`read_noun_phrase`."""
    first = i
    head = -1
    k = i
    limit = min(len(tokens), i + MAX_WORDS)
    while k < limit:
        t = tokens[k]
        if t.key in HYPHENS and hyphenated(tokens, k):
            k += 2
            continue
        if t.low in ("and", "or", "&") and head < 0 and k > i and adjectives_joined(tokens, k, limit):
            k += 1
            continue
        if t.low == "," and head < 0 and k > i and adjectives_joined(tokens, k, limit):
            k += 1
            continue
        if t.kind == "figure" and k == i and is_model(tokens, k):
            k += 1  # "30 787 Dreamliners"
            continue
        if (
            t.kind == "figure"
            and k > i
            and k + 1 < limit
            and tokens[k - 1].capital
            and tokens[k - 1].kind == "word"
            and head < 0
        ):
            k += 1  # "two Boeing 737 jets"
            continue
        if (k > i and t.low in _NUMBERS) or _stops(tokens, k, head >= 0):
            break
        joined = k + 1 < len(tokens) and tokens[k + 1].key in HYPHENS and hyphenated(tokens, k + 1)
        owner = k + 1 < len(tokens) and (
            tokens[k + 1].low == "'s" or (tokens[k + 1].key in "’'" and touching(tokens, k + 1))
        )
        if not joined and not owner and t.low != "'s" and k not in skip:
            if singular_head:
                if t.low not in _PARTICIPLE_ADJECTIVES and t.low not in (
                    "more",
                    "other",
                    "new",
                    "such",
                    "further",
                ):
                    if head >= 0 and is_plural(t.low) and not t.low.endswith("ss"):
                        break
                    head = k
            elif _counts(tokens, k, head):
                head = k
        k += 1
    if head < 0:
        return None
    if singular_head and tokens[head].kind != "word":
        return None
    last = head + 1 if singular_head else _joined_nouns(tokens, head)
    return NounPhrase(first, last, head, _lemma(tokens, first, head))


def is_model(tokens: Sequence[Token], k: int) -> bool:
    """Whether the figure at ``k``, behind another, names a model: "30 *787* Dreamliners"."""
    return (
        k > 0
        and tokens[k - 1].kind != "sign"
        and len(tokens[k].key) == 3
        and tokens[k].key.isdigit()
        and not touching(tokens, k)
        and k + 1 < len(tokens)
        and tokens[k + 1].capital
        and tokens[k + 1].kind == "word"
    )


def _joined_nouns(tokens: Sequence[Token], head: int) -> int:
    """The end of "missiles *and bombers*", "men, *women and children*": plurals that share the figure.

    A verb behind them makes them a subject of their own ("killed ten men and rebels fled").
    """
    k = head + 1
    while k + 2 < len(tokens) and tokens[k].low == "," and is_plural(tokens[k + 1].low):
        if tokens[k + 2].low not in (",", "and", "or"):
            break
        k += 2
    if k + 1 >= len(tokens) or tokens[k].low not in ("and", "or"):
        return head + 1
    for j in range(k + 1, min(k + 4, len(tokens))):
        if tokens[j].kind != "word" or tokens[j].low in _NUMBERS or _stops(tokens, j, False):
            return head + 1
        if is_plural(tokens[j].low):
            if tokens[j].low in UNMARKED or tokens[j].low in STARTS or is_verb_form(tokens[j].low):
                return head + 1
            after = tokens[j + 1] if j + 1 < len(tokens) else None
            acts = (
                after is not None
                and after.kind == "word"
                and (after.low in FORMS or after.low in _AUXILIARIES)
            )
            more = (after is not None and after.low == "'s") or (
                after is not None and hyphenated(tokens, j + 1)
            )
            return head + 1 if acts or more else j + 1
    return head + 1


def _counts(tokens: Sequence[Token], k: int, head: int) -> bool:
    low = tokens[k].low
    if head >= 0 and (low in _LINKERS or k - head > 3):
        return False
    if low in UNMARKED:
        if low in STAND_FOR_PEOPLE:
            if head >= 0:
                return False  # "dozens of children dead"
            # An adjective before a noun, a noun by itself: "10 wounded soldiers", "10 wounded".
            return k + 1 >= len(tokens) or not _noun_follows(tokens, k + 1)
        return head < 0 or tokens[head].low != "aircraft"
    return is_plural(low) and not low.endswith("ous")


def _noun_follows(tokens: Sequence[Token], k: int) -> bool:
    for j in range(k, min(k + 3, len(tokens))):
        if tokens[j].kind != "word" or _stops(tokens, j, False):
            return False
        if is_plural(tokens[j].low):
            return True
    return False


def adjectives_joined(tokens: Sequence[Token], k: int, limit: int) -> bool:
    """Whether an "and" or comma at ``k`` joins two adjectives ("current and former officials")."""
    limit = min(limit, len(tokens))
    if k + 1 >= limit or tokens[k].low not in ("and", "or", "&", ",") or tokens[k + 1].kind != "word":
        return False
    if tokens[k].low == "," and tokens[k + 1].low in ("and", "or", "but"):
        return False
    for j in range(k + 1, min(limit, k + 6)):
        if tokens[j].low in STARTS:
            return False
        if tokens[j].kind != "word" and tokens[j].key not in HYPHENS:
            return False
        if tokens[j].kind == "word" and not hyphenated(tokens, j + 1) and _stops(tokens, j, False):
            return False
        if is_plural(tokens[j].low):
            return j > k + 1 or tokens[k].low != ","
    return False


def _lemma(tokens: Sequence[Token], first: int, head: int) -> str:
    low = singular(tokens[head].low)
    if low == "s" and head - 1 >= first and touching(tokens, head):
        low = tokens[head - 1].low  # "A350s", "Model 3s"
        if head - 2 >= first and touching(tokens, head - 1):
            low = tokens[head - 2].low + low
        return low
    if head - 2 >= first and tokens[head - 1].key in HYPHENS and hyphenated(tokens, head - 1):
        return f"{tokens[head - 2].low}-{low}"
    return low
