"""The verbs of a sentence: which act, who acts, passive or active, how real.

No parser: chains of auxiliaries and hedges are walked back from each known verb ("was reported to have
plans to allocate"), and the subject is the noun phrase left of the chain within the clause, shared by
joined verbs ("Russia declared ... and blacklisted ...").
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from claims.engine import lexicons
from claims.engine.nouns import is_plural
from claims.engine.numbers import STARTS
from claims.engine.records import Status
from claims.engine.subjects import subject_of
from claims.engine.times import TimeExpression
from claims.engine.tokens import HYPHENS, Token, touching
from claims.engine.verbhood import BE, HAVE, cut_short, forms_at, is_verb, possesses, previous, tagged_verb
from claims.engine.verbhood import is_adverb as is_adverb  # part of what a predicate is read with
from claims.engine.verbs import ACTION_OF_FORM, ACTIONS, BASES, FORMS, PARTICLES, PHRASES

_LISTS = lexicons.grammar("predicates")

_HEDGES = lexicons.load("hedges")
_PLANNED, _ALLEGED = frozenset(_HEDGES["planned"]), frozenset(_HEDGES["alleged"])
_CONDITIONAL, _DENIED = frozenset(_HEDGES["conditional"]), frozenset(_HEDGES["denied"])
_AUXILIARIES = frozenset(_HEDGES["auxiliaries"])
_NEGATIONS = frozenset(_HEDGES["negations"])
_PLANNED_BEFORE_ING = frozenset(_HEDGES["planned_before_ing"])
_HEDGE_ADVERBS = _LISTS["hedge_adverbs"]
_LONGEST_CHAIN = 14
_AFTER_PASSIVE = _LISTS["after_passive"]
_ASKED_FOR = _LISTS["asked_for"]
_ENDING = _LISTS["ending"]
#: What tells whether an act in -ing or behind "to" is real, see grammar.toml.
_ACCUSING, _ABLE, _MEANT = _LISTS["accusing"], _LISTS["able"], _LISTS["meant"]
_SEEMING, _REAL_BEFORE_TO, _MADE_TO = _LISTS["seeming"], _LISTS["real_before_to"], _LISTS["made_to"]
_REQUIRING = frozenset({"must", "should", "ought"})
_GERUND_LEADS = frozenset({"of", "for", "at", "on", "by", "in", "from"})
_ORDINALS = frozenset(lexicons.load("words")["ordinals"]) | {"last", "only", "latest", "next"}
_ORDINAL_BEFORE = 6
_FAILURES = frozenset({"failure", "refusal", "inability", "unwillingness"})
_SAYING = frozenset(lexicons.load("reporting")["verbs"]["plain"])
_PREPOSITIONS = lexicons.words("prepositions")
#: Words of the name that acts in a clause with "that" at most.
_LONGEST_OWNER = 5
#: How far before an act in -ing the verb of accusing stands, in words.
_NEAR = 8


@dataclass(frozen=True, slots=True)
class Predicate:
    """A verb with what stands before it. Token ranges are half-open.

    ``first``..``last``: the chain and the verb; ``form``: active, passive, reduced ("diplomats expelled"),
    ing, infinitive; ``subject``: tokens of the subject, None if unknown; ``shared``: it is the subject of
    the verb before; ``relative``: it stands in a clause with which or who.
    """

    first: int
    last: int
    verb: int
    base: str
    action: str | None
    form: str
    subject: tuple[int, int] | None
    shared: bool = False
    relative: bool = False
    status: Status = Status.DONE
    hedge: tuple[int, int] | None = None
    negated: bool = False


def find_predicates(
    tokens: Sequence[Token],
    times: Sequence[TimeExpression] = (),
    names: Sequence[tuple[int, int]] = (),
    tags: Sequence[str] = (),
) -> list[Predicate]:
    """The verbs of one sentence, left to right; no verb and no boundary is looked for inside ``names``.

    ``tags`` are Penn tags, one per token: they find the verbs no lexicon knows and tell verbs from nouns that
    are written alike ("hosts", "tests").
    """
    lows = [t.low for t in tokens]
    time_ends = {t.last: t.first for t in times}
    passed_over = [False] * len(tokens)
    for time in times:
        for k in range(time.first, time.last):
            passed_over[k] = True
    named = frozenset(k for a, b in names for k in range(a, b))
    for k in named:
        passed_over[k] = True
    found: list[Predicate] = []
    for k, low in enumerate(lows):
        forms = forms_at(tokens, lows, k, tags)
        if not forms or passed_over[k] or low == "including" or tokens[k].kind != "word":
            continue
        if (
            k and tokens[k - 1].key in HYPHENS and touching(tokens, k) and lows[k - 2 : k - 1] != ["test"]
        ) or (k + 1 < len(tokens) and tokens[k + 1].key in HYPHENS and touching(tokens, k + 1)):
            continue
        if found and found[-1].last == k and _adjective(lows, k, tags):
            continue  # "caps *deployed* warheads": no verb of its own
        if low in BE or (low in HAVE and not possesses(tokens, lows, k)):
            continue
        if not (tagged_verb(tokens, lows, k, tags) or is_verb(tokens, lows, k, forms, tags)):
            continue
        found.append(_predicate(tokens, lows, k, forms, found, time_ends, named, tags))
    return found


def _adjective(lows: Sequence[str], k: int, tags: Sequence[str]) -> bool:
    """Whether a participle right behind a verb stands before a plural and so is part of its object."""
    if tags[k : k + 2] != ["VBN", "NNS"]:
        return False
    return tags[k - 1] == "VBZ" and lows[k - 1] not in HAVE and lows[k - 1] not in BE


def _predicate(
    tokens: Sequence[Token],
    lows: Sequence[str],
    k: int,
    forms: frozenset[str],
    before: Sequence[Predicate],
    time_ends: dict[int, int],
    named: frozenset[int],
    tags: Sequence[str],
) -> Predicate:
    base = BASES.get(lows[k], lows[k])
    action = ACTION_OF_FORM.get(lows[k])
    if k > 1 and lows[k - 2] == "test" and tokens[k - 1].key in HYPHENS:
        action, first = "test", _chain_start(lows, k - 2)  # "test-fired"
    else:
        first = _chain_start(lows, k)
    last = k + 1
    if lows[k] in PARTICLES:
        for j in range(k + 1, min(k + 8, len(lows))):
            particle = lows[j] if lows[j] in PARTICLES[lows[k]] else " ".join(lows[j : j + 2])
            if particle in PARTICLES[lows[k]] and (j == k + 1 or lows[j - 1] not in FORMS):
                action = PARTICLES[lows[k]][particle]
                break
            if tokens[j].kind == "sign":
                break
    phrase = _fixed_phrase(lows, k)
    if phrase:
        action = phrase
    p = previous(lows, k)
    left = lows[p] if p >= 0 else ""
    if forms & {"participle"} and left in BE and p >= first - 1:
        form = "passive"
    elif "ing" in forms and left not in BE:
        form = "ing"
    elif left == "to":
        form = "infinitive"
    elif (
        "participle" in forms
        and first == k
        and (_reduced(tokens, lows, k, action) or (action is None and cut_short(lows, k, tags)))
    ):
        form = "reduced"
    else:
        form = "active"
    subject, shared, relative = subject_of(tokens, lows, first, form, before, time_ends, named)
    status, hedge, negated = _reality(lows, first, k)
    asked = before[-1] if before and form == "infinitive" and subject and not shared else None
    if (
        asked is not None
        and asked.base in _ASKED_FOR
        and status is Status.DONE
        and subject
        and subject[0] == asked.last
    ):
        status, hedge = Status.PLANNED, (asked.first, k + 1)
    if form == "infinitive" and status is Status.DONE and not before and subject and lows[first] == "to":
        status, hedge = Status.PLANNED, (first, first + 1)  # a headline: "US to send 31 tanks"
    if form == "ing" and before and before[-1].last == first and before[-1].base in _ENDING:
        negated = not negated  # "stopped enriching"
    if status is Status.DONE and not hedge and before and form in ("infinitive", "ing"):
        unreal = _unreal(lows, first, k, form, action, before[-1])
        if unreal is not None:
            status, hedge = unreal
    if form in ("infinitive", "ing") and status is Status.DONE and not hedge and before and shared:
        # "plans to develop, produce": the joined verb is as real as the first
        status = before[-1].status if form == "infinitive" else status
    return Predicate(first, last, k, base, action, form, subject, shared, relative, status, hedge, negated)


def _unreal(
    lows: Sequence[str], first: int, verb: int, form: str, action: str | None, last: Predicate
) -> tuple[Status, tuple[int, int]] | None:
    """The status and hedge of an act that is only meant, feared or laid at somebody's door: "operations to
    expel", "accused of supplying", "capable of delivering", "tried to storm"; None for one that is real.
    """
    if form == "ing":
        left = lows[first - 1] if first else ""
        if left not in _GERUND_LEADS or first < 2:
            return None
        if last.base in _ACCUSING and first - last.last <= _NEAR and left in ("of", "for"):
            return Status.ALLEGED, (last.first, verb + 1)
        if lows[first - 2] in _ABLE:
            return Status.CONDITIONAL, (first - 2, verb + 1)
        if lows[first - 2] in _MEANT:
            return Status.PLANNED, (first - 2, verb + 1)
        if left == "by" and last.status in (Status.PLANNED, Status.CONDITIONAL) and last.last == first - 1:
            return last.status, (first, verb + 1)
        return None
    if lows[first] != "to" or first == 0:
        return None
    inherits = last.last == first and last.form == "passive" and last.hedge is not None
    if (action is None or action == "possess") and not inherits:
        return None
    if last.last == first:
        if last.base in _SEEMING:
            return Status.ALLEGED, (last.first, verb + 1)
        if last.status is not Status.DONE or last.negated:
            return (last.status, (last.first, verb + 1)) if last.hedge and last.form == "passive" else None
        if last.base in _REAL_BEFORE_TO or (last.form == "passive" and last.base in _MADE_TO):
            return None
        return Status.PLANNED, (last.first, verb + 1)
    if last.status is not Status.DONE or last.base in _REAL_BEFORE_TO or last.base in _MADE_TO:
        return None
    if not _ORDINALS.isdisjoint(lows[max(0, first - _ORDINAL_BEFORE) : first]):
        return None  # "the first state to sign"
    if lows[first - 1] in _FAILURES:
        return Status.DENIED, (first - 1, verb + 1)
    return Status.PLANNED, (first - 1 if lows[first - 1].isalpha() else first, verb + 1)


def _fixed_phrase(lows: Sequence[str], k: int) -> str | None:
    if lows[k] not in ("declared", "declare", "declares", "declaring", "made", "named"):
        return None
    rest = " ".join(lows[k + 1 : k + 16])
    for phrase, action in PHRASES.items():
        if f" {phrase}" in f" {rest}":
            return action
    return None


def _chain_start(lows: Sequence[str], k: int) -> int:
    """Where the chain of auxiliaries and hedges before verb ``k`` begins."""
    c = k
    while c > 0 and k - c < _LONGEST_CHAIN:
        low, right = lows[c - 1], lows[c]
        if (
            low in _AUXILIARIES
            or low in _NEGATIONS
            or low in _HEDGE_ADVERBS
            or (is_adverb(low) and low not in ("there", "here"))
            or ((low in _PLANNED or low in _ALLEGED or low in _DENIED or low == "able") and right == "to")
            or (low in _DENIED and (c == k or right == "having"))
            or (low in _PLANNED_BEFORE_ING and c == k and right.endswith("ing"))
        ):
            c -= 1
        else:
            break
    # leave out adverbs at the far end ("additionally expelled", "then blacklisted")
    while c < k and is_adverb(lows[c]) and lows[c] not in _HEDGE_ADVERBS and lows[c] not in _NEGATIONS:
        c += 1
    return c


def _reality(lows: Sequence[str], first: int, verb: int) -> tuple[Status, tuple[int, int] | None, bool]:
    chain = lows[first:verb]
    negated = any(w in _NEGATIONS for w in chain) or ("yet", "to") in itertools.pairwise(chain)
    words = set(chain)
    status = Status.DONE
    if words & _DENIED:
        status = Status.DENIED
    elif words & _CONDITIONAL:
        status = Status.CONDITIONAL
    elif words & _PLANNED or words & _PLANNED_BEFORE_ING or _is_to(chain):
        status = Status.PLANNED
    elif words & _REQUIRING and "have" not in words:
        status = Status.PLANNED  # "must be destroyed by June": nobody says that it is
    elif words & _ALLEGED:
        status = Status.ALLEGED
    hedged = words & (_PLANNED | _PLANNED_BEFORE_ING | _ALLEGED | _CONDITIONAL | _DENIED | _HEDGE_ADVERBS)
    return status, (first, verb + 1) if hedged or (status is not Status.DONE) else None, negated


def _is_to(chain: Sequence[str]) -> bool:
    """ "is to", "are to": an arrangement."""
    plain = [w for w in chain if not is_adverb(w)]
    return any(a in ("is", "are", "was", "were") and b == "to" for a, b in itertools.pairwise(plain))


def _of_object_clause(tokens: Sequence[Token], lows: Sequence[str], k: int) -> bool:
    """Whether what the clause belongs to is the verb's object: "the missiles that Norland deployed"."""
    j = k - 1
    while j > 0 and k - j <= _LONGEST_OWNER and (tokens[j].capital or lows[j] == "the"):
        j -= 1
    return (
        0 < j < k - 1
        and lows[j] in ("that", "which")
        and tokens[j - 1].kind == "word"
        and BASES.get(lows[j - 1]) not in _SAYING
        and lows[j - 1] not in _PREPOSITIONS
    )


def _reduced(tokens: Sequence[Token], lows: Sequence[str], k: int, action: str | None) -> bool:
    """Whether a bare participle is passive: nothing that could be its object follows."""
    if action is None:
        return _by_somebody(tokens, lows, k)
    if BASES[lows[k]] in ACTIONS[action].intransitive:
        return False
    if k == 0 or lows[k - 1] in (",", "and", "or", "who", "which", "that") or tokens[k - 1].kind == "sign":
        return False
    if _of_object_clause(tokens, lows, k):
        return False
    j = k + 1
    while j < len(lows) and is_adverb(lows[j]):
        j += 1
    if j >= len(lows) or (tokens[j].kind == "sign" and lows[j] not in '$€£"“'):
        return True
    if lows[j] in ("as", "over", "between", "around", "under", "up") and any(
        t.kind == "figure" or t.low in STARTS for t in tokens[j + 1 : j + 5]
    ):
        return False  # "deployed as many as 40 ..."
    if lows[j] == "to" and action in ("enrich", "deliver", "sell", "send"):
        return True  # "uranium enriched to 60 percent", "missiles sold to Turkey"
    return lows[j] in _AFTER_PASSIVE


def _by_somebody(tokens: Sequence[Token], lows: Sequence[str], k: int) -> bool:
    """Whether "by" and a name stand behind a participle in a noun phrase: "weapons declared by Syria"."""
    before, by = tokens[k - 1] if k else None, lows[k + 1 : k + 2]
    return (
        before is not None
        and before.kind == "word"
        and not before.capital
        and is_plural(before.low)
        and by == ["by"]
        and k + 2 < len(tokens)
        and tokens[k + 2].capital
    )
