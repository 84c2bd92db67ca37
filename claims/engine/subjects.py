"""Whose verb it is: the noun phrase left of a chain of auxiliaries, within its clause."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from claims.engine import lexicons
from claims.engine.tokens import HYPHENS, Token, touching
from claims.engine.verbhood import is_adverb
from claims.engine.verbs import ACTION_OF_FORM, FORMS

if TYPE_CHECKING:
    from claims.engine.predicates import Predicate

_LISTS = lexicons.grammar("predicates")

_AUXILIARIES = frozenset(lexicons.load("hedges")["auxiliaries"])
_DETERMINERS = lexicons.words("determiners")
_PREPOSITIONS = lexicons.words("prepositions")
_CONJUNCTIONS = lexicons.words("conjunctions")
_OPENERS = lexicons.words("clause_openers")
_PERSONAL = lexicons.words("personal")
_HEDGE_ADVERBS = _LISTS["hedge_adverbs"]
_BEFORE_NUMBER = _LISTS["before_number"]
_NUMBER_STARTS = _LISTS["number_starts"]
_PHRASE_SIGNS = _LISTS["phrase_signs"]
_OBJECT_ACTS = _LISTS["object_acts"]
#: Prepositions before a name to which a clause with which or who belongs, and words of a name at most.
_BEFORE_ANTECEDENT = _LISTS["before_antecedent"]
_LONGEST_NAME = 8
#: How far the last of listed verbs may stand from the one before, in words.
_LONGEST_LISTED = 20
_SAYING = frozenset(lexicons.load("reporting")["verbs"]["plain"])
_ACCUSING = _LISTS["accusing"]
_ASPECTS = _LISTS["aspects"] | _LISTS["ending"]


def subject_of(
    tokens: Sequence[Token],
    lows: Sequence[str],
    first: int,
    form: str,
    before: Sequence[Predicate],
    time_ends: dict[int, int],
    named: frozenset[int],
) -> tuple[tuple[int, int] | None, bool, bool]:
    """The subject of a chain that starts at ``first``: (its tokens, whether shared, whether relative)."""
    p = first - 1
    p = _skip_back(lows, p, time_ends)
    last = before[-1] if before else None
    if last is not None and first <= last.verb:
        return last.subject, last.shared, last.relative  # one chain: "is reported to be planning"
    if p < 0:
        return None, False, False
    low = lows[p]
    if low in ("and", "or", "but", "then", "&") or (
        low == "," and form in ("ing", "active", "infinitive") and _joined_verb(lows, p, form, last)
    ):
        if last is not None:
            return last.subject, True, last.relative and low != ","
        return None, False, False
    if low in ("which", "who", "that") and form != "infinitive":
        e = p - (p > 0 and lows[p - 1] == ",")
        antecedent = _name_behind(lows, e - 1, named) or _phrase_left(
            tokens, lows, e - 1, time_ends, before, named
        )
        return antecedent, False, True
    if form == "infinitive" and last is not None:
        if last.base in _OBJECT_ACTS and last.last < first and tokens[p].kind == "word":
            told = _phrase_left(tokens, lows, p, time_ends, before, named)
            if told is not None and told[0] == last.last:
                return told, False, False  # "urged Russia to withdraw"
        return last.subject, True, last.relative
    if form == "ing" and last is not None and last.last == first and last.base in _ASPECTS:
        return last.subject, True, last.relative  # "began enriching"
    if form == "ing" and last is not None and low in ("of", "for") and last.base in _ACCUSING:
        if last.form == "active" and last.last < p:  # "accused Tehran of supplying": Tehran supplies
            blamed = _phrase_left(tokens, lows, p - 1, time_ends, before, named)
            return (blamed if blamed is not None and blamed[0] <= last.last + 1 else None), False, False
        return last.subject, True, False
    takes_people = ACTION_OF_FORM.get(lows[first]) in ("kill", "wound")
    if form == "ing" and (low in _PREPOSITIONS or low == "," or (takes_people and last is not None)):
        return (last.subject, True, False) if last is not None else (None, False, False)
    if low == ",":
        start = _apposition(tokens, lows, p)
        if start is None:
            return None, False, False
        found = _phrase_left(tokens, lows, start - 1, time_ends, before, named)
        return (found[0], p) if found else None, False, False
    if tokens[p].kind == "sign" and tokens[p].key in _BOUNDARIES:
        return None, False, False
    found = _phrase_left(tokens, lows, p, time_ends, before, named)
    if found is not None and last is not None and _inside_reduced(lows, found[0], p, before):
        return before[-1].subject if last.form == "reduced" else before[-2].subject, False, False
    if found is not None and last is not None and form in ("active", "passive"):
        end = _before_object_clause(lows, first, found, before)
        antecedent = _phrase_left(tokens, lows, end, time_ends, before, named) if end is not None else None
        if antecedent is not None:
            return antecedent, False, False
    near = found is not None and last is not None and found[0] - last.last <= 4
    if near and found and last and last.form == "reduced" and "," not in lows[last.last : found[0]]:
        return last.subject, False, False  # "its stock of uranium enriched to 20 per cent has risen"
    if (
        found is not None
        and last is not None
        and last.relative
        and last.form != "passive"
        and found[0] - last.last <= 2
    ):
        return last.subject, False, False  # "aircraft which support the forces have conducted ..."
    return found, False, False


_BOUNDARIES = _LISTS["boundaries"]


def _before_object_clause(
    lows: Sequence[str], first: int, found: tuple[int, int], before: Sequence[Predicate]
) -> int | None:
    """The token before the "that" of a clause that tells of the subject and whose object it is: "the missile
    that Norland launched from the coast | flew"; None where no such clause ends before ``first``."""
    last = before[-1]
    if last.form != "active" or last.subject is None or last.shared or last.relative or found[0] < last.last:
        return None
    that = last.subject[0] - 1
    if that < 1 or lows[that] not in ("that", "which") or "," in lows[that:first]:
        return None
    if any(q.first <= that - 1 < q.last for q in before[:-1]) or lows[that - 1] in (",", *_PREPOSITIONS):
        return None
    return that - 1


def _another_joined(lows: Sequence[str], k: int) -> bool:
    """Whether the verbs listed go on: an "and" and a verb come soon behind token ``k``."""
    for j in range(k + 1, min(k + _LONGEST_LISTED, len(lows) - 1)):
        if lows[j] in ("and", "but") and "past" in FORMS.get(lows[j + 1], ()):
            return True
    return False


def _name_behind(lows: Sequence[str], p: int, named: frozenset[int]) -> tuple[int, int] | None:
    """The name that ends at ``p`` behind a word of who acts: "an area held by the group which ..."."""
    k = p
    while k >= 0 and k in named and p - k < _LONGEST_NAME:
        k -= 1
    start = k + 1
    if k >= 0 and lows[k] == "the":
        k -= 1
    return (start, p + 1) if start <= p and k >= 0 and lows[k] in _BEFORE_ANTECEDENT else None


def _inside_reduced(lows: Sequence[str], first: int, p: int, before: Sequence[Predicate]) -> bool:
    """Whether a phrase that ends at ``p`` belongs to a participle before it, as what is told of the subject:
    "forces backed by a coalition | launched", "the operation aimed at taking Raqqa | was called off".
    """
    last = before[-1]
    if last.form == "ing" and len(before) > 1 and before[-2].last == last.first - 1:
        return before[-2].form == "reduced"
    return (
        last.form == "reduced"
        and lows[last.last] in _PREPOSITIONS
        and not any(lows[k] in (",", ";") for k in range(last.last, first))
    )


def _joined_verb(lows: Sequence[str], p: int, form: str, last: Predicate | None) -> bool:
    """Whether a verb behind the comma at ``p`` has the subject of the verb before it."""
    if (
        form == "active"
        and last is not None
        and last.form == "active"
        and last.subject is not None
        and not last.relative
        and last.base not in _SAYING
        and p > last.last
        and "," not in lows[last.last : p]
        and lows[p + 1] not in _AUXILIARIES
        and _another_joined(lows, p + 1)
    ):
        return True  # "gave up its bombers, signed the treaty and ratified it"
    return form == "ing" or (p + 1 < len(lows) and lows[p + 1] in ("also", "then", "before"))


def _skip_back(lows: Sequence[str], p: int, time_ends: dict[int, int]) -> int:
    while p >= 0:
        if p + 1 in time_ends:
            p = time_ends[p + 1] - 1
            if p >= 0 and lows[p] in ("on", "in", "at", "by", "during", "since"):
                p -= 1
        elif is_adverb(lows[p]) or lows[p] in _HEDGE_ADVERBS:
            p -= 1
        else:
            break
    return p


def _apposition(tokens: Sequence[Token], lows: Sequence[str], comma: int) -> int | None:
    """The comma that opens the insertion closed by ``comma`` ("Moscow, which ..., expelled")."""
    for j in range(comma - 1, max(comma - 25, 0), -1):
        if lows[j] == ",":
            return j
    return None


def _phrase_left(
    tokens: Sequence[Token],
    lows: Sequence[str],
    p: int,
    time_ends: dict[int, int],
    before: Sequence[Predicate],
    named: frozenset[int],
) -> tuple[int, int] | None:
    """The noun phrase (with its prepositional phrases) that ends at token ``p``."""
    end = p + 1
    if lows[p] in _PERSONAL:
        return p, end
    verbs = {q.verb for q in before[-3:]}
    floor = max((q.last for q in before[-6:] if q.last <= end), default=0)
    j = p
    cut = -1
    while j >= 0 and end - j < 40:
        if j + 1 in time_ends and j + 1 != end:
            j = time_ends[j + 1] - 1
            continue
        low = lows[j]
        if j in verbs or j < floor:
            break
        if j in named:
            j -= 1
            continue
        if low in ("a", "an", "the") and j and tokens[j - 1].kind == "word" and _ends_phrase(lows[j - 1]):
            j -= 1  # two phrases side by side: "... in Syria | a monitor said"
            break
        if low in ("which", "who") and j + 1 < end and _verblike(tokens[j + 1]):
            e = j - (j > 0 and lows[j - 1] == ",")
            return (
                _phrase_left(tokens, lows, e - 1, time_ends, before, named)
                if e > 0 and len(before) < 50
                else None
            )
        if (
            tokens[j].kind == "sign"
            and not (tokens[j].key in HYPHENS and touching(tokens, j))
            and tokens[j].key not in _PHRASE_SIGNS
        ):
            break
        if low in _OPENERS or low in ("and", "or"):
            if (
                low in ("and", "or")
                and j > 0
                and lows[j - 1] != ","
                and _reaches_boundary(tokens, lows, j - 1, verbs, floor)
            ):
                j -= 1
                continue
            break
        if low in _AUXILIARIES and low != "to":
            break
        j -= 1
    start = j + 1
    while start < end and (
        (is_adverb(lows[start]) and lows[start] not in _BEFORE_NUMBER) or start in _starts(time_ends)
    ):
        start = next((e for e, s in time_ends.items() if s == start), start + 1)
    if start >= end:
        return None
    # A leading prepositional phrase without a comma: "In Syria Russian forces ..."
    if lows[start] in _PREPOSITIONS and lows[start] not in _NUMBER_STARTS:
        for q in range(end - 1, start, -1):
            if lows[q] in _PREPOSITIONS and q not in named:
                cut = q + 1
                break
        after = cut if cut > 0 else start + 1
        start = _split_names(tokens, after, end)
    return (start, end) if start < end else None


def _ends_phrase(low: str) -> bool:
    """Whether a word before an article ends a noun phrase: no preposition, conjunction, verb or adverb."""
    return not (
        low in _PREPOSITIONS
        or low in _CONJUNCTIONS
        or low in FORMS
        or low in _AUXILIARIES
        or is_adverb(low)
        or low in _DETERMINERS
        or low == "'s"
    )


def _verblike(token: Token) -> bool:
    return not token.capital and (
        token.low in _AUXILIARIES or token.low in FORMS or token.low.endswith(("ed", "s"))
    )


def _starts(time_ends: dict[int, int]) -> set[int]:
    return set(time_ends.values())


def _split_names(tokens: Sequence[Token], start: int, end: int) -> int:
    """In "Syria Russian forces" the place belongs to the preposition, the rest is the subject."""
    if end - start > 1 and tokens[start].capital and tokens[start + 1].kind in ("figure",):
        return start + 1
    return start


def _reaches_boundary(
    tokens: Sequence[Token], lows: Sequence[str], j: int, verbs: set[int], floor: int
) -> bool:
    """Whether no verb stands between ``j`` and the start of the clause: then "and" joins two subjects."""
    if floor and floor > 0:
        k = j
        while k >= floor and not (lows[k] in _OPENERS or lows[k] in (",", ";", "“", '"')):
            k -= 1
        return k >= floor
    k = j
    while k >= 0:
        if k in verbs:
            return False
        if lows[k] in (",", ";") or lows[k] in _OPENERS:
            return True
        k -= 1
    return True
