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
from claims.engine.dates import TimeExpression
from claims.engine.nouns import adjectives_joined, is_plural
from claims.engine.numbers import STARTS
from claims.engine.records import Status
from claims.engine.tokens import HYPHENS, Token, touching
from claims.engine.verbs import ACTION_OF_FORM, ACTIONS, AMBIGUOUS, BASES, FORMS, PARTICLES, PHRASES

_LISTS = lexicons.grammar("predicates")

_HEDGES = lexicons.load("hedges")
_PLANNED, _ALLEGED = frozenset(_HEDGES["planned"]), frozenset(_HEDGES["alleged"])
_CONDITIONAL, _DENIED = frozenset(_HEDGES["conditional"]), frozenset(_HEDGES["denied"])
_AUXILIARIES = frozenset(_HEDGES["auxiliaries"])
_NEGATIONS = frozenset(_HEDGES["negations"])
_PLANNED_BEFORE_ING = frozenset(_HEDGES["planned_before_ing"])
_SMALL = lexicons.words("prepositions") | lexicons.words("conjunctions") | _AUXILIARIES
_BE = _LISTS["be"]
_HAVE = frozenset({"have", "has", "had", "having", "'ve"})
_MODALS = _LISTS["modals"]  # fmt: skip
_ADVERBS = lexicons.words("adverbs")
_DETERMINERS = lexicons.words("determiners")
_PREPOSITIONS = lexicons.words("prepositions")
_CONJUNCTIONS = lexicons.words("conjunctions")
_OPENERS = lexicons.words("clause_openers")
_PERSONAL = lexicons.words("personal")
_HEDGE_ADVERBS = _LISTS["hedge_adverbs"]  # fmt: skip
_BEFORE_NUMBER = frozenset({"more", "less", "at", "nearly", "almost", "just", "only"})
_LONGEST_CHAIN = 14
_AFTER_PASSIVE = _LISTS["after_passive"]
_NUMBER_STARTS = _LISTS["number_starts"]
_NO_ADVERBS = _LISTS["no_adverbs"]
_POSSESSED = _LISTS["possessed"]
_PHRASE_SIGNS = _LISTS["phrase_signs"]
_OBJECT_ACTS = _LISTS["object_acts"]
_ASKED_FOR = _LISTS["asked_for"]


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


def is_adverb(low: str) -> bool:
    return low in _ADVERBS or (low.endswith("ly") and low not in _NO_ADVERBS)


def find_predicates(
    tokens: Sequence[Token], times: Sequence[TimeExpression] = (), names: Sequence[tuple[int, int]] = ()
) -> list[Predicate]:
    """The verbs of one sentence, left to right; no verb and no boundary is looked for inside ``names``."""
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
        forms = _forms(tokens, lows, k)
        if not forms or passed_over[k] or low == "including" or tokens[k].kind != "word":
            continue
        if (
            k and tokens[k - 1].key in HYPHENS and touching(tokens, k) and lows[k - 2 : k - 1] != ["test"]
        ) or (k + 1 < len(tokens) and tokens[k + 1].key in HYPHENS and touching(tokens, k + 1)):
            continue
        if low in _BE or (low in _HAVE and not _possesses(tokens, lows, k)):
            continue
        if not _is_verb(tokens, lows, k, forms):
            continue
        found.append(_predicate(tokens, lows, k, found, time_ends, named))
    return found


def _possesses(tokens: Sequence[Token], lows: Sequence[str], k: int) -> bool:
    """Whether "have" is the verb itself ("has 1,550 warheads"), not an auxiliary."""
    for j in range(k + 1, min(k + 4, len(lows))):
        low = lows[j]
        if tokens[j].kind == "figure" or low in _DETERMINERS or low in _POSSESSED:
            return low not in ("as",) or lows[j + 1 : j + 2] == ["many"]
        if is_adverb(low) or low in _NEGATIONS:
            continue
        return False
    return False


def _previous(lows: Sequence[str], k: int) -> int:
    """The last token before ``k`` that is no adverb."""
    p = k - 1
    while p >= 0 and (is_adverb(lows[p]) or lows[p] in _HEDGE_ADVERBS):
        p -= 1
    return p


_UNKNOWN_PAST = frozenset({"past", "participle"})
_UNKNOWN_BASE = frozenset({"base"})


def _behind_modal(tokens: Sequence[Token], lows: Sequence[str], k: int) -> bool:
    """Whether a word that no lexicon knows is a verb because "will" or the like stands before it."""
    p = _previous(lows, k)
    return (
        p >= 0
        and lows[p] in _MODALS - {"to", "do", "does", "did"}
        and not tokens[p].capital  # the month, the name
        and tokens[k].kind == "word"
        and not tokens[k].capital
        and lows[k] not in _SMALL | _DETERMINERS | _NEGATIONS | _PERSONAL | _PLANNED
        and not is_adverb(lows[k])
    )


def _forms(tokens: Sequence[Token], lows: Sequence[str], k: int) -> frozenset[str]:
    """Which forms of a verb a word can be; one in -ed that no lexicon knows is a past behind a subject."""
    low = lows[k]
    if low in FORMS:
        return FORMS[low]
    if _behind_modal(tokens, lows, k):
        return _UNKNOWN_BASE
    if not low.endswith("ed") or len(low) < 5 or k == 0 or tokens[k].capital or tokens[k - 1].kind != "word":
        return frozenset()
    p = _previous(lows, k)
    subject = p >= 0 and (tokens[p].capital or is_plural(lows[p]) or lows[p] in _BE | _HAVE | _PERSONAL)
    return _UNKNOWN_PAST if subject and lows[p] not in _DETERMINERS else frozenset()


def _is_verb(tokens: Sequence[Token], lows: Sequence[str], k: int, forms: frozenset[str]) -> bool:
    low = lows[k]
    p = _previous(lows, k)
    before = lows[p] if p >= 0 else ""
    after = lows[k + 1] if k + 1 < len(lows) else ""
    if (
        tokens[k].capital
        and k > 0
        and tokens[k].key.isupper() is False
        and tokens[k - 1].kind == "word"
        and tokens[k - 1].capital
        and low in AMBIGUOUS
    ):
        return False
    nounlike_after = (
        bool(after)
        and tokens[k + 1].kind == "word"
        and after not in _SMALL
        and after not in _DETERMINERS
        and not is_adverb(after)
    )
    if low in AMBIGUOUS and k > 1 and lows[k - 2] == "test" and tokens[k - 1].key in HYPHENS:
        return bool(forms & {"past", "participle"})
    if low in AMBIGUOUS:
        if before in _MODALS or before in _PERSONAL or before in ("who", "which"):
            return not (before == "to" and p >= 1 and lows[p - 1] in ("due", "according", "response", "end"))
        if before == "," and "s" in forms and after in _DETERMINERS and any(t.key == "," for t in tokens[:p]):
            return True  # "The treaty, signed in Prague, limits each side"
        if (
            p < 0
            or tokens[p].kind != "word"
            or before in _DETERMINERS
            or before in _PREPOSITIONS
            or before in _CONJUNCTIONS
            or before == "'s"
        ):
            return bool(
                forms & {"past", "participle"}
                and before in ("and", "but")
                and (tokens[k + 1].kind == "figure" if after else False)
            )
        if "ing" in forms:
            return before in _BE
        objective = (
            after in _DETERMINERS or (bool(after) and tokens[k + 1].kind == "figure") or after == "that"
        )
        return (
            objective
            and (
                tokens[p].capital
                or is_plural(before)
                or ("s" in forms and is_plural(low) and before not in FORMS)
            )
            if forms & {"s", "base", "past"}
            else False
        )
    if "ing" in forms and not forms & {"base", "s", "past"}:
        if (
            after == "of"
            or before in _DETERMINERS
            or before == "'s"
            or (before and tokens[p].kind == "figure")
        ):
            return False
        return not (before in ("of", "in", "on") and nounlike_after and not is_plural(after) and False)
    if forms & {"past", "participle"}:
        if before in _BE or before in _HAVE or before in _PERSONAL:
            return True
        if (
            before in _DETERMINERS and before not in ("that", "which", "what", "all", "both", "this")
        ) or before == "'s":
            return False
        if (
            p >= 0
            and tokens[p].kind == "figure"
            and (nounlike_after or adjectives_joined(tokens, k + 1, k + 8))
        ):
            return False  # "800 deployed and non-deployed launchers"
        if before in _PREPOSITIONS and before not in ("as", "than") and nounlike_after:
            return False
        if before == "" and nounlike_after:
            return False
        if low in ("enriched", "armed", "allied") and nounlike_after:
            return p >= 0 and p == k - 1 and tokens[p].capital
        return True
    # base or s form
    if before in _MODALS or before in _PERSONAL or before in ("who", "which", "that"):
        return not (before == "to" and "s" in forms and "base" not in forms)
    if before in _DETERMINERS or before in _PREPOSITIONS or before == "'s":
        return False
    if "base" in forms and after and tokens[k + 1].kind == "figure":
        return True  # a headline: "Army Kill 2 ..."
    if "base" in forms and "past" not in forms:
        return p >= 0 and (is_plural(before) or before in ("and", ",", "or", "not", "people"))
    return p >= 0 and tokens[p].kind == "word"


def _predicate(
    tokens: Sequence[Token],
    lows: Sequence[str],
    k: int,
    before: Sequence[Predicate],
    time_ends: dict[int, int],
    named: frozenset[int],
) -> Predicate:
    forms = _forms(tokens, lows, k)
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
    p = _previous(lows, k)
    left = lows[p] if p >= 0 else ""
    if forms & {"participle"} and left in _BE and p >= first - 1:
        form = "passive"
    elif "ing" in forms and left not in _BE:
        form = "ing"
    elif left == "to":
        form = "infinitive"
    elif "participle" in forms and first == k and _reduced(tokens, lows, k, action):
        form = "reduced"
    else:
        form = "active"
    subject, shared, relative = _subject(tokens, lows, first, form, before, time_ends, named)
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
    if form in ("infinitive", "ing") and status is Status.DONE and not hedge and before and shared:
        # "plans to develop, produce": the joined verb is as real as the first
        status = before[-1].status if form == "infinitive" else status
    return Predicate(first, last, k, base, action, form, subject, shared, relative, status, hedge, negated)


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
            or (low in _DENIED and c == k)
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
    negated = any(w in _NEGATIONS for w in chain)
    words = set(chain)
    status = Status.DONE
    if words & _DENIED:
        status = Status.DENIED
    elif words & _CONDITIONAL:
        status = Status.CONDITIONAL
    elif words & _PLANNED or words & _PLANNED_BEFORE_ING or _is_to(chain):
        status = Status.PLANNED
    elif words & _ALLEGED:
        status = Status.ALLEGED
    hedged = words & (_PLANNED | _PLANNED_BEFORE_ING | _ALLEGED | _CONDITIONAL | _DENIED | _HEDGE_ADVERBS)
    return status, (first, verb + 1) if hedged or (status is not Status.DONE) else None, negated


def _is_to(chain: Sequence[str]) -> bool:
    """ "is to", "are to": an arrangement."""
    plain = [w for w in chain if not is_adverb(w)]
    return any(a in ("is", "are", "was", "were") and b == "to" for a, b in itertools.pairwise(plain))


def _reduced(tokens: Sequence[Token], lows: Sequence[str], k: int, action: str | None) -> bool:
    """Whether a bare participle is passive: nothing that could be its object follows."""
    if action is None:
        return _by_somebody(tokens, lows, k)
    if BASES[lows[k]] in ACTIONS[action].intransitive:
        return False
    if k == 0 or lows[k - 1] in (",", "and", "or", "who", "which", "that") or tokens[k - 1].kind == "sign":
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


_BOUNDARIES = _LISTS["boundaries"]


def _subject(
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
        low == "," and form in ("ing", "active", "infinitive") and _joined_verb(lows, p, form)
    ):
        if last is not None:
            return last.subject, True, last.relative and low != ","
        return None, False, False
    if low in ("which", "who", "that") and form != "infinitive":
        e = p - (p > 0 and lows[p - 1] == ",")
        antecedent = _phrase_left(tokens, lows, e - 1, time_ends, before, named)
        return antecedent, False, True
    if form == "infinitive" and last is not None:
        if last.base in _OBJECT_ACTS and last.last < first and tokens[p].kind == "word":
            told = _phrase_left(tokens, lows, p, time_ends, before, named)
            if told is not None and told[0] == last.last:
                return told, False, False  # "urged Russia to withdraw"
        return last.subject, True, last.relative
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
    if found is not None and last is not None and last.form == "reduced" and found[0] - last.last <= 4:
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


def _joined_verb(lows: Sequence[str], p: int, form: str) -> bool:
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
