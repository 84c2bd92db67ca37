"""Noun phrases in general, whom they belong to, and what stands around them."""

from __future__ import annotations

from claims.engine import lexicons
from claims.engine.article import Sentence
from claims.engine.nouns import is_plural, singular
from claims.engine.predicates import is_adverb
from claims.engine.tokens import HYPHENS, hyphenated, touching
from claims.engine.verbs import FORMS, is_verb_form

_LISTS = lexicons.grammar("phrases")

_PREPOSITIONS = lexicons.words("prepositions")
_CONJUNCTIONS = lexicons.words("conjunctions")
_DETERMINERS = lexicons.words("determiners")
_PRONOUNS = lexicons.words("pronouns")
_SHORT_TITLES = _LISTS["short_titles"]
_AUXILIARIES = frozenset(lexicons.load("hedges")["auxiliaries"])

_FINITE = frozenset({"VBD", "VBZ", "MD"})
#: Behind these a noun that is also a verb form is a noun: "top speed".
_MODIFY = frozenset({"JJ", "JJR", "JJS"})


def is_small(low: str) -> bool:
    """Whether a lower-case word is a preposition, conjunction, article, auxiliary or pronoun."""
    return (
        low in _PREPOSITIONS
        or low in _CONJUNCTIONS
        or low in _DETERMINERS
        or low in _AUXILIARIES
        or low in _PRONOUNS
    )


def plain_phrase(
    sentence: Sentence, k: int, limit: int = 12, until: int | None = None
) -> tuple[int, int, int] | None:
    """The noun phrase that starts at token ``k``: (first, end, head), a leading article left out.

    It ends before token ``until`` at the latest.
    """
    tokens, lows = sentence.tokens, sentence.lows
    stop = len(tokens) if until is None else min(until, len(tokens))
    while (
        k < len(tokens)
        and lows[k] in _DETERMINERS
        and not (lows[k] == "all" and sentence.low(k + 1) == "of")
        and not (lows[k] in ("that", "which", "what") and sentence.tags[k] != "DT")
    ):
        k += 1
    if (
        k + 1 < len(tokens)
        and tokens[k].kind == "figure"
        and tokens[k + 1].kind == "word"
        and not touching(tokens, k + 1)
    ):
        k += 1
    if sentence.lows[k : k + 2][1:] in (["%"], ["percent"]) and tokens[k].kind == "figure":
        k += 2  # "90% enriched uranium"
    start = first = k
    head = -1
    owned = {j for m in sentence.mentions for j in range(m.first, m.last)}
    things = {m.first: m.last for m in sentence.things}
    while k < stop and k - start < limit:
        t = tokens[k]
        if k in things:
            k = things[k]  # "S-300", "Leopard 2A7": signs and figures inside a name are the name's
            k += k < len(tokens) and touching(tokens, k) and tokens[k].low == "s"
            head = k - 1
            continue
        if t.key in HYPHENS and k > 0 and touching(tokens, k):
            k += 1
            continue
        if k - 1 > first and tokens[k - 1].key in HYPHENS and hyphenated(tokens, k - 1):
            head, k = k, k + 1  # "clean-up bill": what is joined is no preposition or verb
            continue
        if t.low == "'s" or (t.key in "’'" and touching(tokens, k)):
            k += 1
            continue
        if t.kind == "figure" and head >= 0 and not (tokens[k - 1].capital or _in_name(sentence, k)):
            break
        if t.kind == "sign":
            if abbreviates(sentence, k):
                k += 1
                continue
            break
        if k + 2 < stop and t.low in _PREPOSITIONS and hyphenated(tokens, k + 1):
            k += 2  # "near-bomb-grade uranium"
            continue
        if k not in owned:
            if (
                t.low in _PREPOSITIONS
                or t.low in _PRONOUNS
                or (t.low in _DETERMINERS and t.low != "such")
                or t.low in _AUXILIARIES
                or t.low in _CONJUNCTIONS
            ):
                break
            if any(time.first <= k < time.last for time in sentence.times):
                break
            if (is_adverb(t.low) and head >= 0) or t.low in ("late", "early"):
                break
            if head >= 0 and is_plural(lows[head]) and t.low.endswith("ing") and t.low not in FORMS:
                break  # "interceptors guarding the coast"
            if head >= 0 and sentence.tags[k] in _FINITE and not t.capital:
                break
            if (
                head >= 0
                and (is_verb_form(t.low) or t.low.endswith("ed"))
                and not (sentence.tags[k] == "NN" and sentence.tags[head] in _MODIFY)
                and not (k + 1 < len(tokens) and is_plural(lows[k + 1]) and not is_plural(lows[head]))
                and not (tokens[k - 1].key in HYPHENS and touching(tokens, k))  # "an opposition-held town"
                and not (
                    sentence.tags[k] == "NN" and sentence.tags[k - 1] in ("JJ", "DT")
                )  # "the wide spread"
            ):
                break
        if head < 0 and t.low.endswith("ed") and is_small(sentence.low(k + 1)):
            return None  # "needed for", "set by"
        head = k
        k += 1
    if head < 0:
        return None
    # "individuals and organisations", "funds and NGOs"
    if (
        k + 1 < len(tokens)
        and lows[k] in ("and", "or")
        and (is_plural(lows[head]) or lows[k + 1] in ("its", "their"))
    ):
        j = k + 1
        steps = 0
        if lows[j] in ("its", "their", "the"):
            j += 1
        while (
            j < len(tokens)
            and steps < 4
            and tokens[j].kind == "word"
            and lows[j] not in _PREPOSITIONS
            and lows[j] not in _AUXILIARIES
            and lows[j] not in _CONJUNCTIONS
            and not is_verb_form(lows[j])
            and not is_adverb(lows[j])
        ):
            if is_plural(lows[j]):
                return first, j + 1, head
            j += 1
            steps += 1
    return first, head + 1, head


def _in_name(sentence: Sentence, k: int) -> bool:
    """Whether a figure is the end of a name with a hyphen: "Agni-4"."""
    tokens = sentence.tokens
    return k > 1 and tokens[k - 1].key in HYPHENS and touching(tokens, k) and tokens[k - 2].capital


def abbreviates(sentence: Sentence, k: int) -> bool:
    """Whether token ``k`` is the full stop of a title or an initial inside a name: "Mr. Lavrov"."""
    tokens = sentence.tokens
    return (
        0 < k < len(tokens) - 1
        and tokens[k].key == "."
        and touching(tokens, k)
        and tokens[k - 1].capital
        and tokens[k + 1].capital
        and (len(tokens[k - 1].key) == 1 or tokens[k - 1].low in _SHORT_TITLES)
    )


def head_lemma(sentence: Sentence, head: int) -> str:
    """The singular of a head noun, "build-up" and "de-miner" as one."""
    low = singular(sentence.lows[head])
    joined = head >= 2 and sentence.tokens[head - 1].key in HYPHENS and hyphenated(sentence.tokens, head - 1)
    return f"{sentence.lows[head - 2]}-{low}" if joined and len(low) <= _PARTICLE else low


#: What stands behind a hyphen in "build-up" and "fly-by" is short, and no noun by itself.
_PARTICLE = 4


def party_in(sentence: Sentence, first: int, last: int) -> str | None:
    """The party that a noun phrase belongs to ("US diplomatic mission staff" -> United States)."""
    for m in sentence.within(first, last):
        if m.kind in ("state", "demonym", "capital", "group"):
            following = sentence.lows[m.last : m.last + 1]
            if following and following[0] in HYPHENS and touching(sentence.tokens, m.last):
                continue
            return m.party
        if m.kind == "body" and m.party:
            return m.party
    return None


def entities(sentence: Sentence) -> tuple[str, ...]:
    """The canonical names in a sentence, with the parties bodies and people belong to, without repeats."""
    names: dict[str, None] = {}
    for m in sentence.mentions:
        names[m.name] = None
        if m.kind in ("body", "office") and m.party:
            names[m.party] = None
    for m in sentence.things:
        names[m.name] = None
    return tuple(names)


def rest_of_clause(sentence: Sentence, last: int, limit: int = 24) -> str:
    """The words after a claim to the end of its clause, for comparing what two claims are about."""
    end = last
    while end < len(sentence.tokens) and end - last < limit:
        low = sentence.lows[end]
        if (
            low in (";", ".", "said", "which", "who", "while", "according")
            or sentence.tokens[end].key in '"“”'
        ):
            break
        if low == "," and not any(
            sentence.lows[j] in ("and", "or") for j in range(end + 1, min(end + 5, len(sentence.lows)))
        ):
            break
        end += 1
    return sentence.words(last, end)
