"""What a date is the date of: an expiry, an entry into force, a start, an end, a deadline.

:func:`what_is_dated` is the one way in. What a date can be the date of stands in lexicons/deadlines.toml.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.nouns import singular
from claims.engine.phrases import plain_phrase
from claims.engine.predicates import Predicate
from claims.engine.records import Status
from claims.engine.times import TimeExpression
from claims.engine.who import of_actor

_LISTS = lexicons.grammar("dated")

_DATA = lexicons.load("deadlines")
_DEADLINE = {name: frozenset(listed) for name, listed in _DATA["deadline"].items()}
_THINGS = frozenset(_DATA["things"]["words"])
_EXPIRING = frozenset(_DATA["things"]["expiring"])
#: "in two years", "within 30 days"
WITHIN = _DEADLINE["within"]
_DETERMINERS = lexicons.words("determiners")
_PRONOUNS = lexicons.words("pronouns")
_PREPOSITIONS = lexicons.words("prepositions")
#: Kinds of time that are dates; a "span" is "two weeks ago".
DATES = _LISTS["dates"]
#: How far a date may stand from its verb or noun, and how many words name what it is the date of.
_FAR, _LONG = 14, 12
#: How many words of the sentence before are asked for what a pronoun stands for.
_BEFORE = 40
_BY_VERB: dict[str, str] = {}
_BY_PASSIVE: dict[str, str] = {}
_BY_PHRASE: dict[str, list[tuple[list[str], str]]] = {}
_BY_NOUN: dict[str, tuple[list[str], str]] = {}
for _name, _entry in _DATA["milestones"].items():
    _BY_VERB |= dict.fromkeys(_entry["verbs"], _name)
    _BY_PASSIVE |= dict.fromkeys(_entry["passives"], _name)
    for _phrase in _entry["phrases"]:
        _verb, *_rest = _phrase.split()
        _BY_PHRASE.setdefault(_verb, []).append((_rest, _name))
    for _noun in _entry["nouns"]:
        _BY_NOUN[_noun.split()[0]] = (_noun.split()[1:], _name)


@dataclass(frozen=True, slots=True)
class Dated:
    """What a date is the date of: tokens of the thing, its head, the milestone or act, the words for it."""

    thing: tuple[int, int] | None
    head: int
    action: str | None
    measured: str
    predicate: Predicate | None
    actor: str | None
    rule: str
    told_in: Sentence | None = None  # the sentence before, when a pronoun here stands for a thing of it


def what_is_dated(article: Article, sentence: Sentence, time: TimeExpression) -> Dated | None:
    return (
        _of_set_deadline(article, sentence, time)
        or _of_deadline(sentence, time)
        or _of_being(article, sentence, time)
        or _of_given_time(article, sentence, time)
        or _of_noun(article, sentence, time)
        or _of_verb(article, sentence, time)
    )


def _before(sentence: Sentence, time: TimeExpression) -> int:
    """The token before a date, "at least" left out."""
    k = time.first - 1
    return k - 2 if sentence.low(k) == "least" and sentence.low(k - 1) == "at" else k


def bound_of(sentence: Sentence, time: TimeExpression) -> str:
    """The word that makes a date a bound ("by", "until", "no later than"), or ""."""
    k = _before(sentence, time)
    if sentence.low(k) == "than" and sentence.low(k - 1) in _DEADLINE["no_later"]:
        return sentence.words(k - 2, k + 1)
    return sentence.low(k) if sentence.low(k) in _DEADLINE["bounds"] else ""


# ------------------------------------------------------------------ the noun "deadline"


def _of_set_deadline(article: Article, sentence: Sentence, time: TimeExpression) -> Dated | None:
    """ "set 1 June as the deadline", "set 1 June as a deadline for the sides to sign"."""
    lows = sentence.lows
    k = time.last + 1 + (sentence.low(time.last + 1) in _DETERMINERS)
    if sentence.low(time.last) != "as" or sentence.low(k) not in _DEADLINE["nouns"]:
        return None
    if sentence.low(k + 1) == "for":
        to = next((j for j in range(k + 3, min(k + _LONG, len(lows))) if lows[j] == "to"), None)
        if to is not None and all(sentence.tokens[j].kind == "word" for j in range(k + 2, to)):
            return _to_act(article, sentence, (k + 2, to), to)
    return _deadline_for(sentence, k, k + 1)


def _of_deadline(sentence: Sentence, time: TimeExpression) -> Dated | None:
    """ "the deadline for the vote is 31 December", "the 31 December deadline"."""
    lows = sentence.lows
    for k in range(time.last, min(time.last + 2, len(lows))):
        if lows[k] in _DEADLINE["nouns"]:
            return _deadline_for(sentence, k, k + 1)
    for k in range(time.first - 1, max(time.first - _FAR, -1), -1):
        if lows[k] in (",", ";"):
            return None
        if lows[k] in _DEADLINE["nouns"]:
            end = k + 1
            if lows[end] in ("for", "to") and end < time.first - 1:
                while end < time.first and lows[end] not in _DEADLINE["ends"]:
                    end += 1
            links = lows[end : time.first]
            if all(low in _DEADLINE["links"] for low in links) and links:
                return _deadline_for(sentence, k, end if end > k + 1 else k + 1)
            return None
    return None


def _deadline_for(sentence: Sentence, k: int, end: int) -> Dated:
    """A deadline at token ``k`` and what it is for."""
    if end == k + 1 and sentence.low(k + 1) in ("for", "to"):
        end = k + 2
        while (
            end < min(k + _LONG, len(sentence.lows))
            and sentence.tokens[end].kind == "word"
            and sentence.lows[end] not in _DEADLINE["ends"]
        ):
            end += 1
    thing = None
    if end > k + 2 and sentence.low(k + 1) == "for":
        phrase = plain_phrase(sentence, k + 2)
        thing = (phrase[0], phrase[1]) if phrase else None
    lead = "" if sentence.lows[k] == "deadline" else sentence.lows[k] + ", "
    start = k
    while (
        start > 0
        and k - start < 3
        and sentence.tokens[start - 1].kind == "word"
        and sentence.lows[start - 1] not in _DETERMINERS
        and sentence.lows[start - 1] not in _PREPOSITIONS
        and sentence.lows[start - 1] != "'s"
        and not any(t.first <= start - 1 < t.last for t in sentence.times)
        and not any(p.first <= start - 1 < p.last for p in sentence.predicates)
    ):
        start -= 1
    words = sentence.words(start if not lead else k, end)
    head = phrase[2] if thing and phrase else k
    return Dated(thing, head, "deadline", words, None, None, "date:deadline")


# ------------------------------------------------------------------ "is due on", "valid until", "has until"


def _of_being(article: Article, sentence: Sentence, time: TimeExpression) -> Dated | None:
    """ "the report is due on 5 June", "the waiver is valid until March"."""
    lows = sentence.lows
    k = time.first - 1
    if lows[k] not in _DEADLINE["before_date"] or k < 2:
        return None
    state = lows[k - 1] if lows[k - 1] in _DEADLINE["states"] else " ".join(lows[k - 2 : k])
    if state not in _DEADLINE["states"]:
        return None
    be = k - len(state.split()) - 1
    if lows[be] not in _DEADLINE["being"]:
        return None
    chain = be
    while chain > 0 and lows[chain - 1] in _DEADLINE["modals"]:
        chain -= 1
    first = _start_of_subject(sentence, chain)
    if first is None:
        return None
    until = lows[k] in _DEADLINE["until"]
    if state in _DEADLINE["expiring"] and not until:
        return None
    expiring = state in _DEADLINE["expiring"] and until
    says = "expiry of" if expiring else "entry into force of" if state == "effective" else "due date of"
    action = "expire" if expiring else "enter into force" if state == "effective" else "due"
    rule = f"date:{state.replace(' ', '_')}"
    return _of_subject(article, sentence, (first, chain), says, action, None, rule)


def _start_of_subject(sentence: Sentence, end: int) -> int | None:
    """Where the noun phrase before token ``end`` begins, within the clause."""
    k = end
    while k > 0 and end - k < _LONG:
        t = sentence.tokens[k - 1]
        if (t.kind == "sign" and t.key not in "-‐’'") or t.low in _DEADLINE["opens"]:
            break
        k -= 1
    return k if k < end else None


def _of_given_time(article: Article, sentence: Sentence, time: TimeExpression) -> Dated | None:
    """ "Iran has until Friday to answer", "gave the sides until 1 June to sign"."""
    lows = sentence.lows
    if sentence.low(time.first - 1) not in _DEADLINE["until"] or sentence.low(time.last) != "to":
        return None
    for k in range(time.first - 2, max(time.first - _FAR, -1), -1):
        if lows[k] in (",", ";"):
            return None
        if lows[k] in _DEADLINE["given"]:
            break
    else:
        return None
    if lows[k] in _DEADLINE["having"] or sentence.low(k - 1) in _DEADLINE["being"]:
        chain = k
        while chain > 0 and lows[chain - 1] in _DEADLINE["auxiliaries"]:
            chain -= 1
        start = _start_of_subject(sentence, chain)
        who = (start, chain) if start is not None else None
    else:
        who = (k + 1, time.first - 1)
    if who is None or who[0] >= who[1]:
        return None
    return _to_act(article, sentence, who, time.last)


def _to_act(article: Article, sentence: Sentence, who: tuple[int, int], to: int) -> Dated:
    """What somebody has to do by a date: ``who`` are the tokens of the party, ``to`` the word before the
    verb."""
    doer = of_actor(article, sentence, *who)
    verb = next((p for p in sentence.predicates if p.verb == to + 1), None)
    end = to + 1
    while end < min(to + _LONG, len(sentence.lows)) and sentence.tokens[end].kind == "word":
        end += 1
    phrase = plain_phrase(sentence, to + 2) if to + 2 < len(sentence.lows) else None
    thing = (phrase[0], phrase[1]) if phrase and phrase[0] - to <= 3 else None
    party = without_article(sentence, *who)
    return Dated(
        thing,
        phrase[2] if thing and phrase else -1,
        (verb.action or verb.base) if verb else sentence.low(to + 1),
        f"deadline for {party} to {sentence.words(to + 1, end)}",
        replace(verb, status=Status.PLANNED) if verb else None,
        doer.name if doer else None,
        "date:has_until",
    )


# ------------------------------------------------------------------ nouns and verbs of milestones


def _of_noun(article: Article, sentence: Sentence, time: TimeExpression) -> Dated | None:
    """ "the treaty's expiry in 2026", "the entry into force of the ban on 22 January"."""
    lows = sentence.lows
    for k in range(time.first - 1, max(time.first - _FAR, -1), -1):
        if lows[k] in (",", ";") or any(p.verb == k for p in sentence.predicates):
            return None
        found = _BY_NOUN.get(lows[k])
        if found is None or lows[k + 1 : k + 1 + len(found[0])] != found[0]:
            continue
        end = k + 1 + len(found[0])
        says, action = _DATA["milestones"][found[1]]["says"], found[1]
        if lows[end] == "of":
            return _of_subject(article, sentence, (end + 1, time.first - 1), says, action, None, "date:noun")
        if end == time.first - 1 and lows[k - 1] == "'s":
            start = _start_of_subject(sentence, k - 1)
            while (
                start is not None
                and start < k - 1
                and not sentence.tokens[start].capital
                and (lows[start] not in _DETERMINERS)
            ):
                start += 1
            if start is not None and start < k - 1:
                return _of_subject(article, sentence, (start, k - 1), says, action, None, "date:noun")
        return None
    return None


def _of_verb(article: Article, sentence: Sentence, time: TimeExpression) -> Dated | None:
    predicate = _predicate_of(sentence, time)
    if predicate is None:
        return None
    milestone = _milestone(sentence, predicate)
    bound = bound_of(sentence, time)
    if milestone:
        entry = _DATA["milestones"][milestone]
        if entry.get("only_until") and sentence.low(_before(sentence, time)) not in _DEADLINE["until"]:
            return None
        if _reaches_back(sentence, predicate, time):
            return None
        if not entry["things"] or _is_thing(sentence, predicate):
            if milestone == "last":
                milestone = "expire" if _is_thing(sentence, predicate, _EXPIRING) else "end"
            if predicate.negated and bound:
                predicate = replace(predicate, status=Status.PLANNED)  # "not until May": then it does
            if entry.get("planned") and not _is_planned(article, predicate, time):
                return None  # "the talks took place in 2008" is no schedule
            rule = f"date:{milestone.replace(' ', '_')}"
            return _of_subject(
                article,
                sentence,
                predicate.subject,
                _DATA["milestones"][milestone]["says"],
                milestone,
                predicate,
                rule,
            )
    if bound and obliges(sentence, predicate) and time.first > predicate.verb:
        return _by_then(article, sentence, time, predicate, bound)
    return None


def _is_planned(article: Article, p: Predicate, time: TimeExpression) -> bool:
    ahead = article.published is not None and time.end is not None and time.end > article.published
    return p.status.is_ahead or ahead or p.base in _DEADLINE["scheduling"]


def _predicate_of(sentence: Sentence, time: TimeExpression) -> Predicate | None:
    """The verb a date belongs to: the last before it in the clause, or the first behind a leading one."""
    if time.first <= 1:
        return next((p for p in sentence.predicates if p.first >= time.last), None)
    found = None
    for p in sentence.predicates:
        if p.last <= time.first:
            found = p
    if found is None or time.first - found.last > _FAR:
        return None
    between = sentence.lows[found.last : time.first]
    return None if ";" in between or (between.count(",") and "," in between[-3:]) else found


def _milestone(sentence: Sentence, p: Predicate) -> str | None:
    for rest, name in _BY_PHRASE.get(p.base, ()):
        if sentence.lows[p.verb + 1 : p.verb + 1 + len(rest)] == rest:
            return name
    if p.form in ("passive", "reduced"):
        return _BY_PASSIVE.get(p.base)
    following = sentence.low(p.verb + 1)
    if p.base in _BY_VERB and (
        following in _PREPOSITIONS or any(t.first == p.verb + 1 for t in sentence.times)
    ):
        return _BY_VERB[p.base]  # it takes no object: "talks began on", not "began talks on"
    return None


def _reaches_back(sentence: Sentence, p: Predicate, time: TimeExpression) -> bool:
    """Whether the date is one between another verb's object and this: "which began after ... in"."""
    return sentence.low(time.first - 1) in _DEADLINE["reaching_back"] and time.first > p.last + 1


def _is_thing(sentence: Sentence, p: Predicate, things: frozenset[str] = _THINGS) -> bool:
    if p.subject and _is_pronoun(sentence, p.subject):
        return True  # what it stands for is looked at when it is found
    phrase = plain_phrase(sentence, p.subject[0]) if p.subject else None
    if phrase is None or p.subject is None:
        return False
    head = phrase[2] if phrase[1] <= p.subject[1] else p.subject[1] - 1
    return singular(sentence.lows[head]) in things


def obliges(sentence: Sentence, p: Predicate) -> bool:
    chain = sentence.lows[max(p.first - 1, 0) : p.verb]
    if not chain or p.status in (Status.ALLEGED, Status.DENIED, Status.CONDITIONAL):
        return False
    if "to" in chain:
        return any(low in _DEADLINE["obliged"] for low in chain)
    return any(low in _DEADLINE["binding"] for low in chain)


def _by_then(
    article: Article, sentence: Sentence, time: TimeExpression, p: Predicate, bound: str
) -> Dated | None:
    """ "must be destroyed by 29 April", "agreed to withdraw its forces before June"."""
    if p.subject is None or _is_pronoun(sentence, p.subject):
        return None
    last = time.first - len(bound.split())
    subject = without_article(sentence, *p.subject)
    if p.form in ("passive", "reduced"):
        phrase = plain_phrase(sentence, p.subject[0])
        if phrase is None:
            return None
        words = f"deadline for {subject} to be {sentence.words(p.verb, last)}"
        return Dated((phrase[0], phrase[1]), phrase[2], p.action or p.base, words, p, None, "date:by")
    doer = of_actor(article, sentence, *p.subject)
    phrase = plain_phrase(sentence, p.last) if p.last < last else None
    thing = (phrase[0], min(phrase[1], last)) if phrase and phrase[0] < last else None
    done = f"{p.base} {sentence.words(p.verb + 1, last)}".strip()
    return Dated(
        thing,
        phrase[2] if phrase and thing else -1,
        p.action or p.base,
        f"deadline for {subject} to {done}",
        p,
        doer.name if doer else None,
        "date:by",
    )


def _is_pronoun(sentence: Sentence, subject: tuple[int, int]) -> bool:
    return subject[1] - subject[0] == 1 and sentence.lows[subject[0]] in _PRONOUNS


def _stands_for(
    article: Article, sentence: Sentence, k: int
) -> tuple[Sentence, tuple[int, int, int], int] | None:
    """The agreement, talks or the like in the sentence before that "it" or "they" at token ``k`` stands for.

    The subject of that sentence is taken before what it speaks of besides; number must agree.
    """
    before = article.sentences[sentence.at - 1] if sentence.at else None
    low = sentence.lows[k]
    if before is None or low not in _DEADLINE["one"] | _DEADLINE["several"] or k > 1:
        return None
    many = low in _DEADLINE["several"]
    if not many:
        for m in before.things:
            if m.kind == "treaty":
                return before, (m.first, m.last, m.last - 1), m.last
    starts = [p.subject[0] for p in before.predicates[:1] if p.subject]
    starts += [j for j, t in enumerate(before.tokens[:_BEFORE]) if t.low in _DETERMINERS]
    starts += [j for j, low in enumerate(before.lows[:_BEFORE]) if singular(low) in _THINGS]
    for start in starts:
        phrase = plain_phrase(before, start)
        if phrase is None:
            continue
        for head in (phrase[2], *range(phrase[0], phrase[1])):
            word = before.lows[head]
            if singular(word) in _THINGS and (singular(word) != word) == many:
                return before, (phrase[0], head + 1, head), _with_rest(before, head + 1, len(before.lows))
    return None


def _with_rest(sentence: Sentence, end: int, last: int) -> int:
    """Where a phrase that ends at ``end`` ends with what "of", "on" or "with" joins to it."""
    while end < last and sentence.lows[end] in _DEADLINE["joining"]:
        more = plain_phrase(sentence, end + 1)
        if more is None or more[1] > last:
            break
        end = more[1]
    return end


def _of_subject(
    article: Article,
    sentence: Sentence,
    subject: tuple[int, int] | None,
    says: str,
    action: str,
    p: Predicate | None,
    rule: str,
) -> Dated | None:
    """The date of a milestone of the thing in tokens ``subject``."""
    if subject is None:
        return None
    first, last = subject
    if first >= last:
        return None
    if _is_pronoun(sentence, subject):
        found = _stands_for(article, sentence, first)
        if found is None:
            return None
        before, named, end = found
        words = without_article(before, named[0], end)
        return Dated((named[0], end), named[2], action, f"{says} {words}", p, None, rule, before)
    phrase = plain_phrase(sentence, first)
    if phrase is None or phrase[0] >= last:
        return None
    end, head = (phrase[1], phrase[2]) if phrase[1] <= last else (last, last - 1)
    end = _with_rest(sentence, end, last)
    if end - phrase[0] > _LONG:
        return None
    words = without_article(sentence, phrase[0], end)
    return Dated((phrase[0], end), head, action, f"{says} {words}", p, None, rule)


def without_article(sentence: Sentence, first: int, last: int) -> str:
    if last - first > 1 and sentence.lows[first] in lexicons.words("articles"):
        first += 1
    words = sentence.words(first, min(last, first + _LONG))
    named = any(m.first == first for m in sentence.mentions) or sentence.tokens[first].key.isupper()
    low = sentence.lows[first]
    common = singular(low) != low if last - first == 1 else not sentence.tokens[first + 1].capital
    if first == 0 and not named and (common or low in _THINGS):
        return words[:1].lower() + words[1:]  # a capital only because it opens the sentence
    return words
