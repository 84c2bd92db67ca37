"""Which verb or noun of an act governs a number: its object, its subject, or what the act is done to."""

from __future__ import annotations

from dataclasses import replace

from claims.engine import lexicons
from claims.engine.article import Sentence
from claims.engine.predicates import Predicate, is_adverb
from claims.engine.tokens import HYPHENS, touching
from claims.engine.verbs import ACTION_OF_FORM, ACTIONS, FORMS, NOMINALS

_LISTS = lexicons.grammar("governing")

_OPENERS = lexicons.words("clause_openers")
_PREPOSITIONS = lexicons.words("prepositions")
_DETERMINERS = lexicons.words("determiners")
_AUXILIARIES = frozenset(lexicons.load("hedges")["auxiliaries"])
_LIGHT = frozenset(lexicons.load("words")["verbs"]["light"])
_CAUSATIVE = _LISTS["causative"]
_STOPS_AGENT = _LISTS["stops_agent"]
_AROUND_NUMBERS = _LISTS["around_numbers"]
_BEFORE_OBJECT = _LISTS["before_object"]
#: Words of the subject in "the 40 that the United States already fields", at most.
_LONGEST_SUBJECT = 8
#: Acts done "on" somebody.
_ON = frozenset({"sanction", "ban", "restrict", "attack", "suspend"})


def govern(
    sentence: Sentence, first: int, last: int
) -> tuple[Predicate | None, str, str | None, tuple[int, int] | None]:
    """(the verb, how it governs, its action, the tokens of who acts when the verb's own subject does not)."""
    left = right = None
    for p in sentence.predicates:
        if p.last <= first:
            left = p
        elif p.first >= last and right is None and p.subject and p.subject[0] < last and first < p.subject[1]:
            right = p
    told = _told_of(sentence, last)
    if told is not None:
        return told, "object", told.action, told.subject
    nominal = _nominal_before(sentence, first)
    state = _state_after(sentence, last)
    if (
        right is not None
        and right.relative
        and left is not None
        and left.action
        and _reaches(sentence, left, first)
    ):
        right = None
    if right is not None and not _heads_subject(sentence, right, first):
        right = None
    if right is not None:
        if right.form == "reduced" and not right.action:
            # "weapons declared by Syria had been destroyed": what happened to them is the verb behind
            own = [p for p in sentence.predicates if p.first > right.last and p.subject == right.subject]
            right = own[0] if own and not own[0].shared else right
        if right.form in ("passive", "reduced"):
            by = by_phrase(sentence, right)
            if (
                by is None
                and right.form == "reduced"
                and left is not None
                and _adjacent(sentence, left, first)
                and (left.base in _CAUSATIVE or left.action == "possess")  # "holds 20 kg enriched to ..."
            ):
                return (
                    replace(right, status=left.status, hedge=left.hedge, form="active"),
                    "object",
                    right.action,
                    left.subject,
                )
            return right, "subject", right.action, by
        if right.action and right.base in ACTIONS[right.action].intransitive:
            return right, "subject", right.action, None
        if (
            left is not None
            and left.base in _CAUSATIVE
            and right.first == last
            and right.form == "active"
            and _adjacent(sentence, left, first)
            and "participle" in FORMS.get(sentence.lows[right.verb], {"participle"})
        ):
            return (
                replace(right, status=left.status, hedge=left.hedge),
                "object",
                right.action,
                left.subject,
            )  # "leaving eight people injured"
        if left is None or not left.action or not _adjacent(sentence, left, first):
            return right, "actor", right.action, (first, last)
    if state:
        return left if left is not None and _reaches(sentence, left, first) else None, "state", state, None
    if nominal:
        noun_at, action = nominal
        governor = left if left is not None and _reaches(sentence, left, noun_at) else None
        agent = _nominal_agent(sentence, noun_at)
        if agent is None and governor is not None and governor.base in _LIGHT and governor.subject:
            agent = governor.subject
        return governor, "nominal", action, agent or (0, 0)
    if left is not None and _reaches(sentence, left, first):
        imposed = _imposed(sentence, left, first) if left.form == "passive" else None
        if imposed:
            return left, "nominal", imposed, by_phrase(sentence, left) or (0, 0)
        if left.form in ("passive", "reduced"):
            return left, "complement", None, None  # "killed in five raids": the raids are not killed
        return left, "object", left.action, None
    return None, "", None, None


def _imposed(sentence: Sentence, p: Predicate, first: int) -> str | None:
    """The act that is the subject of a light verb: "sanctions were imposed on 12 banks"."""
    k = first - 1
    while k >= p.last and (sentence.lows[k] in _DETERMINERS or sentence.lows[k] in _AROUND_NUMBERS - {"to"}):
        k -= 1
    if p.base not in _LIGHT or p.subject is None or k != p.last or sentence.lows[k] not in ("on", "against"):
        return None
    return next(
        (NOMINALS[low] for low in sentence.lows[slice(*p.subject)] if NOMINALS.get(low) in _ON),
        None,
    )


def _told_of(sentence: Sentence, last: int) -> Predicate | None:
    """The verb of a clause with "that" behind a number that is its object: "the 40 that Russia has"."""
    if sentence.low(last) not in ("that", "which", "whom"):
        return None
    for p in sentence.predicates:
        if p.first > last + 1 and p.subject is not None and last < p.subject[0] <= last + 2:
            plain = p.form == "active" and p.action is not None and p.first - last <= _LONGEST_SUBJECT
            return p if plain and not _has_object(sentence, p) else None
    return None


def _has_object(sentence: Sentence, p: Predicate) -> bool:
    """Whether a noun phrase, no preposition or time, stands right behind a verb."""
    low = sentence.low(p.last)
    return (
        p.last < len(sentence.tokens)
        and (sentence.tokens[p.last].kind in ("word", "figure"))
        and not (low in _PREPOSITIONS or low in _OPENERS or low in ("and", "or") or is_adverb(low))
        and not any(t.first == p.last for t in sentence.times)
    )


def _heads_subject(sentence: Sentence, p: Predicate, first: int) -> bool:
    """Whether a number is the subject itself, not inside it: "attacks on 12 bases" is about attacks."""
    k = first - 1
    while k >= 0 and sentence.lows[k] in _DETERMINERS:
        k -= 1
    if k < 0 or p.subject is None or k < p.subject[0]:
        return True
    return (
        sentence.lows[k] not in _PREPOSITIONS
        or sentence.lows[k] in ("including", "than", "as")
        or any(t.first <= k < t.last for t in sentence.times)
    )


def _adjacent(sentence: Sentence, p: Predicate, first: int) -> bool:
    """Whether only small words stand between a verb and a number."""
    gap = sentence.lows[p.last : first]
    return len(gap) <= 5 and all(w in _DETERMINERS or w in _BEFORE_OBJECT or is_adverb(w) for w in gap)


def _reaches(sentence: Sentence, p: Predicate, first: int) -> bool:
    """Whether a number can still be the object of a verb before it: no new clause between."""
    gap = sentence.lows[p.last : first]
    if len(gap) > 24:
        return False
    for offset, low in enumerate(gap):
        k = p.last + offset
        if low in (";", ":") or sentence.tokens[k].key in '"“”':
            return False
        if low in _OPENERS and low not in ("as", "since", "so"):
            return False
        if low == "," and _inserted(sentence, p):
            return False  # "The deal, which Congress could block, includes 40 launchers"
        if (
            low == ","
            and offset + 1 < len(gap)
            and gap[offset + 1] in ("and", "but")
            and any(q.verb > k for q in sentence.predicates if q.verb < first)
        ):
            return False
    return True


def _inserted(sentence: Sentence, p: Predicate) -> bool:
    """Whether a verb stands in a clause with which or who between commas, told of somebody else's act."""
    for k in range(p.first - 1, max(p.first - 7, 0), -1):
        if sentence.lows[k] in ("which", "whom"):
            return sentence.lows[k - 1] == "," and k < p.first - 1
        if sentence.tokens[k].kind == "sign":
            return False
    return False


def by_phrase(sentence: Sentence, p: Predicate) -> tuple[int, int] | None:
    """The tokens after "by" behind a passive verb, a day or a means left out."""
    for k in range(p.last, min(p.last + 12, len(sentence.lows))):
        low = sentence.lows[k]
        if low == "by":
            end = k + 1
            while end < len(sentence.lows) and end - k < 12:
                t = sentence.tokens[end]
                if (
                    (t.kind == "sign" and not (t.key in HYPHENS and touching(sentence.tokens, end)))
                    or (t.low in _PREPOSITIONS and end > k + 1)
                    or t.low in _OPENERS
                    or t.low in _AUXILIARIES
                    or any(time.first == end for time in sentence.times)
                ):
                    break
                end += 1
            if (
                end > k + 1
                and sentence.tokens[k + 1].kind == "word"
                and not sentence.lows[k + 1].endswith("ing")
            ):
                return k + 1, end
            return None
        if low in _OPENERS or (low in (",", ";", "and") and low != ","):
            return None
    return None


def _nominal_before(sentence: Sentence, first: int) -> tuple[int, str] | None:
    """A noun of an act right before a number: "the expulsion of", "sanctions on", "the deaths of"."""
    k = first - 1
    while k > 0 and (sentence.lows[k] in _DETERMINERS or sentence.lows[k] in _AROUND_NUMBERS):
        k -= 1
    if sentence.lows[k] == "'s":  # "the destruction of Syria's 12 halls"
        owner = next((m for m in sentence.mentions if m.last in (k, k + 1)), None)
        k = owner.first - 1 if owner else k
    if k < 1 or sentence.lows[k] not in ("of", "on", "against", "for", "to"):
        return None
    for j in (k - 1, k - 2):
        if j >= 0 and sentence.lows[j] in NOMINALS and sentence.tokens[j].kind == "word":
            if sentence.lows[k] in ("for", "to", "on") and NOMINALS[sentence.lows[j]] not in (
                "sanction",
                "attack",
                "ban",
                "restrict",
            ):
                return None
            return j, NOMINALS[sentence.lows[j]]
    return None


def _nominal_agent(sentence: Sentence, noun_at: int) -> tuple[int, int] | None:
    """Who acts in "Russia's expulsion of", "the expulsion by Russia of"."""
    k = noun_at - 1
    while (
        k > 0
        and sentence.tokens[k].kind == "word"
        and sentence.lows[k] not in _STOPS_AGENT
        and noun_at - k < 4
    ):
        k -= 1
    if k > 0 and sentence.lows[k] == "'s":
        for m in sentence.mentions:
            if m.last == k:
                return m.first, m.last
    for m in sentence.mentions:
        if m.last == noun_at and m.kind in ("state", "demonym", "group", "body"):
            return m.first, m.last
    return None


def _state_after(sentence: Sentence, last: int) -> str | None:
    """ "29 rebels dead", "left 12 people wounded"."""
    k = last
    if k < len(sentence.lows) and sentence.lows[k] in ("were", "are") and k + 1 < len(sentence.lows):
        k += 1
    if k < len(sentence.lows) and sentence.lows[k] in ("dead", "wounded", "injured", "missing"):
        return NOMINALS.get(sentence.lows[k])
    if sentence.lows[k : k + 1] == ["among"]:
        # "were among the 12 people killed"
        for j in range(k + 1, min(k + 6, len(sentence.lows))):
            action = ACTION_OF_FORM.get(sentence.lows[j]) or NOMINALS.get(sentence.lows[j])
            if action and ACTIONS[action].takes_people:
                return action
    return None
