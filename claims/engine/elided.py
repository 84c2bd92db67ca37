"""Counts whose noun is left out because it was just said: "ten of them", "150 in Montana and 50 in Wyoming",
"from 12,000 troops to 7,500", "asked for 300 launchers but got only 20", and votes ("by 311 to 112").

The noun is the one counted before, in the sentence or, for "of them" and the object of an act of the field,
in the sentence before it. Words between the two decide; where none of the patterns holds, nothing is carried.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from claims.engine import lexicons
from claims.engine.article import Article, Sentence
from claims.engine.framing import Frame, frame
from claims.engine.making import actor_text, in_words, make, noun_of
from claims.engine.nouns import is_plural, modifying_words
from claims.engine.phrases import plain_phrase
from claims.engine.places import place_at
from claims.engine.predicates import Predicate, is_adverb
from claims.engine.quantities import Reading
from claims.engine.records import Claim, Kind, Span, Status
from claims.engine.verbs import ACTION_OF_FORM, ACTIONS
from claims.engine.who import Named, of_actor

_LISTS = lexicons.grammar("elided")
_THEM = _LISTS["them"]
_WHERE = _LISTS["where"]
_VOTING = _LISTS["voting"]
_JOINTS = _LISTS["joints"]
_MOVING = frozenset({"reduce", "restrict", "increase"})
#: How many words may stand between a figure and the one whose noun it shares; how far back "they" reaches.
_NEAR, _SENTENCES = 9, 2

Counted = tuple[Reading, Claim]


def elided(
    article: Article,
    sentence: Sentence,
    reading: Reading,
    before: Counted | None,
    counted: Callable[[Article, Sentence, Reading, None], Claim | None],
) -> Claim | None:
    """The claim of a bare figure whose noun stands before it, or None.

    ``before`` is the last count of the sentence; ``counted`` makes the claim of a figure with a noun, for
    looking into the sentence before.
    """
    lows = sentence.lows
    if reading.partitive and sentence.low(reading.last) == "of" and sentence.low(reading.last + 1) in _THEM:
        whole = before[1] if before else _counted_earlier(article, sentence, reading, counted)
        return _of_them(article, sentence, reading, whole) if whole else None
    moved = _moved_from(sentence, reading)
    if moved is not None:
        start = counted(article, sentence, moved, None)
        return _same(article, sentence, reading, start, own=True) if start else None
    votes = _votes(article, sentence, reading)
    if votes is not None:
        return votes
    limited = _limited(article, sentence, reading)
    if limited is not None:
        return limited
    if before is not None and before[1].kind is Kind.COUNT:
        gap = lows[before[0].last : reading.first]
        if gap[-2:] in (["down", "from"], ["up", "from"]):
            return _same(article, sentence, reading, before[1])
        if _lists(sentence, reading, before, gap):
            part = before[1].span if before[1].part_of is None and gap[:1] == [":"] else before[1].part_of
            return _same(article, sentence, reading, before[1], part)
        if _perhaps(sentence, reading, gap):
            return _same(article, sentence, reading, before[1])
        if _but_got(sentence, before[0].last, reading.first):
            claim = _same(article, sentence, reading, before[1])
            return replace(claim, status=Status.DONE, hedge=None)
        if _out_of(sentence, before[0]):
            f = frame(article, sentence, reading.first, reading.last)
            if f.relation == "subject":
                return _claim(article, sentence, reading, before[1], f, before[1].span, "count:part")
            return None
    ahead = _ahead(article, sentence, reading, counted)
    if ahead is not None:
        return ahead
    return _object(article, sentence, reading, before, counted)


def _counted_earlier(
    article: Article,
    sentence: Sentence,
    reading: Reading,
    counted: Callable[[Article, Sentence, Reading, None], Claim | None],
) -> Claim | None:
    """The last count of things before this sentence, not fewer than this figure."""
    for earlier in reversed(article.sentences[max(0, sentence.at - _SENTENCES) : sentence.at]):
        for r in reversed(earlier.readings):
            if r.kind == "count" and r.noun is not None and r.quantity.value >= reading.quantity.value:
                claim = counted(article, earlier, r, None)
                if claim is not None:
                    return claim
    return None


def _of_them(article: Article, sentence: Sentence, reading: Reading, whole: Claim) -> Claim:
    """ "Ten of them were spies": a part of what was counted, with the act told of it or of the whole."""
    wide = replace(reading, last=reading.last + 2)
    f = frame(article, sentence, wide.first, wide.last)
    if f.action is None or f.relation not in ("subject", "object", "state"):
        f = _filled(f, whole, relation="object")
    return _claim(article, sentence, wide, whole, f, whole.span, "count:part")


def _same(
    article: Article,
    sentence: Sentence,
    reading: Reading,
    whole: Claim,
    part: Span | None = None,
    own: bool = False,
) -> Claim:
    """A figure of the same things, told of in the same breath; its time and place are its own."""
    f = frame(article, sentence, reading.first, reading.last)
    behind = next((t for t in sentence.times if t.first in (reading.last, reading.last + 1)), None)
    if behind is not None:
        f = replace(f, when=sentence.when(behind))  # "600 in 2021 and 950 in 2022"
    told = f if own else _filled(f, whole, relation=f.relation or "object")
    return _claim(article, sentence, reading, whole, told, part, "count:elided")


def _filled(f: Frame, whole: Claim, relation: str) -> Frame:
    actor = Named(whole.actor, "words") if whole.actor else None
    return replace(
        f, action=whole.action, actor=actor, relation=relation, status=whole.status, hedge=whole.hedge,
        negated=whole.negated, when=f.when or whole.when,
        attribution=f.attribution if f.attribution.source else whole.attribution,
        reported_when=f.reported_when or whole.reported_when,
    )  # fmt: skip


def _claim(
    article: Article,
    sentence: Sentence,
    reading: Reading,
    whole: Claim,
    f: Frame,
    part: Span | None,
    rule: str,
) -> Claim:
    unit = whole.quantity.unit if whole.quantity else whole.noun
    thing = whole.object or whole.noun
    claim = make(
        article, sentence, reading, Kind.COUNT, noun=whole.noun, modifiers=whole.noun_modifiers, framed=f,
        quantity=replace(reading.quantity, unit=unit), part_of=part, rule=rule,
        measured=in_words(sentence, f, thing, reading.last),
    )  # fmt: skip
    return replace(claim, object=thing, object_party=whole.object_party)


def _moved_from(sentence: Sentence, reading: Reading) -> Reading | None:
    """The figure with the noun in "from around 12,000 troops to 7,500"."""
    if sentence.low(reading.first - 1) != "to":
        return None
    for r in sentence.readings:
        if r.kind == "count" and r.last <= reading.first - 1 <= r.last + 2 and starts_from(sentence, r):
            return r
    return None


def starts_from(sentence: Sentence, reading: Reading) -> bool:
    """Whether a figure only says where a change began: "from 12,000 troops to 7,500"."""
    if sentence.low(reading.first - 1) != "from":
        return False
    return any(
        r.first - 3 <= reading.last <= r.first - 1 and sentence.low(r.first - 1) == "to"
        for r in sentence.readings
    )


def _perhaps(sentence: Sentence, reading: Reading, gap: list[str]) -> bool:
    """Whether a figure corrects the one before: "more than 110 silos, possibly as many as 250"."""
    opens = gap[:1] in ([","], ["and"], ["or"], ["("]) and 0 < len(gap) <= 4
    hedged = reading.quantity.rule not in ("point", "range", "grain", "exactly") or len(gap) > 1
    ends = reading.last >= len(sentence.tokens) or sentence.tokens[reading.last].kind == "sign"
    return opens and hedged and ends and all(is_adverb(w) or w in _LISTS["perhaps"] for w in gap[1:])


def _but_got(sentence: Sentence, k: int, first: int) -> bool:
    """Whether a second verb with the same subject and object stands before a figure: "but got only 20"."""
    between = range(k + 1, first)
    if sentence.low(k) not in ("but", "and") or not 1 <= len(between) <= 4:
        return False
    verbs = [j for j in between if sentence.tags[j] in ("VBD", "VBZ", "VBP")]
    if ACTION_OF_FORM.get(sentence.lows[k + 1]):
        return False  # "killed 12 people and wounded 30": an act of its own
    return verbs == [k + 1] and all(is_adverb(sentence.lows[j]) or j == k + 1 for j in between)


def _out_of(sentence: Sentence, whole: Reading) -> bool:
    """Whether a sentence opens with what its figures are out of: "Of the 96 missiles fired, 77 ..."."""
    opening = next((k for k, t in enumerate(sentence.tokens[:3]) if t.kind == "word"), 0)
    return sentence.low(opening) == "of" and whole.first - opening <= _OUT_OF


#: "Of the", "Of the more than": how many words may stand before the figure of the whole.
_OUT_OF = 3


def _ahead(
    article: Article,
    sentence: Sentence,
    reading: Reading,
    counted: Callable[[Article, Sentence, Reading, None], Claim | None],
) -> Claim | None:
    """A figure whose noun stands behind the next one: "has 33 and Romania 17 such aircraft"."""
    following = next((r for r in sentence.readings if r.first >= reading.last), None)
    if following is None or following.kind != "count" or following.noun is None or reading.part:
        return None
    gap = sentence.lows[reading.last : following.first]
    named = [m for m in sentence.mentions if reading.last < m.first and m.last == following.first]
    if named:
        gap = sentence.lows[reading.last : named[0].first]
    if gap not in (["and"], ["or"], [","], ["and", "the"], [",", "and"]):
        return None
    whole = counted(article, sentence, following, None)
    if whole is None:
        return None
    f = frame(article, sentence, reading.first, reading.last)
    return _claim(article, sentence, reading, whole, f, None, "count:ahead")


def _lists(sentence: Sentence, reading: Reading, before: Counted, gap: list[str]) -> bool:
    """Whether a figure with a place or a time behind it goes on with the count before: "... and 50 in
    Wyoming".
    """
    if not 0 < len(gap) <= _NEAR or gap[-1] not in _JOINTS or ";" in gap:
        return False
    if any(before[0].last <= p.verb < reading.first for p in sentence.predicates):
        return False
    k = reading.last
    if sentence.low(k) not in _WHERE:
        return False
    timed = any(t.first in (k, k + 1) for t in sentence.times)
    return timed or place_at(sentence, k + 1) is not None or gap[0] == ":" or before[1].rule == "count:elided"


def _votes(article: Article, sentence: Sentence, reading: Reading) -> Claim | None:
    """Both figures of a vote: "passed by 311 to 112", "by 123 votes to 38", "ratified it, 188 to eight"."""
    if not any(p.base in _VOTING or p.action in ("ratify", "ban") for p in sentence.predicates):
        return None
    against = next((r for r in sentence.readings if r.last + 1 == reading.first), None)
    for_it = next((r for r in sentence.readings if r.first == reading.last + 1), None)
    if against is not None and sentence.low(reading.first - 1) == "to" and _ballots(against):
        side, other = "against", against
    elif for_it is not None and sentence.low(reading.last) == "to" and for_it.kind == "bare":
        side, other = "in favour", for_it
    else:
        return None
    lead = sentence.low(min(reading.first, other.first) - 1)
    if lead not in ("by", ",", "voted", "vote", "of") or reading.quantity.low != reading.quantity.high:
        return None
    f = frame(article, sentence, reading.first, reading.last)
    f = replace(f, action=None, actor=None, relation="complement")
    return make(
        article, sentence, reading, Kind.COUNT, quantity=replace(reading.quantity, unit="vote"), noun="vote",
        framed=f, measured=f"votes {side}", rule="count:vote",
    )  # fmt: skip


def _ballots(r: Reading) -> bool:
    return r.kind == "bare" or (r.noun is not None and r.noun.lemma == "vote")


def _limited(article: Article, sentence: Sentence, reading: Reading) -> Claim | None:
    """Where a limit, a cut or a rise leads: "caps deployed warheads at 1,550", "cut it from 16 to nine"."""
    if sentence.low(reading.first - 1) not in ("to", "at"):
        return None
    f = frame(article, sentence, reading.first, reading.last)
    p = f.predicate
    if p is None or p.action not in _MOVING or (f.relation != "object" and p.form != "passive"):
        return None
    thing = plain_phrase(sentence, p.subject[0] if p.form == "passive" and p.subject else p.last)
    if thing is None or thing[1] >= reading.first or not _countable(sentence, thing):
        return None
    first, end, head = thing
    counts = sentence.lows[head] == "number"
    if counts and sentence.low(end) == "of":
        inner = plain_phrase(sentence, end + 1)
        if inner is None:
            return None
        first, end, head = inner
    lemma = noun_of(sentence, head)
    if not lemma:
        return None
    f = replace(f, action=p.action, relation="object")
    per = f" per {reading.per}" if reading.per else ""
    words = sentence.words(first, end)
    by = actor_text(sentence, f)
    limit = f"limit of {words}{f' set by {by}' if by else ''}" if p.action == "restrict" else None
    measured = f"number of {words}" if counts else limit
    return make(
        article, sentence, reading, Kind.COUNT, quantity=replace(reading.quantity, unit=lemma + per),
        noun=lemma, modifiers=modifying_words(sentence.tokens, first, head), obj=(first, end), framed=f,
        measured=measured, rule="count:limit",
    )  # fmt: skip


def _countable(sentence: Sentence, thing: tuple[int, int, int]) -> bool:
    head = sentence.lows[thing[2]]
    return is_plural(head) or (head == "number" and sentence.low(thing[1]) == "of")


def _object(
    article: Article,
    sentence: Sentence,
    reading: Reading,
    before: Counted | None,
    counted: Callable[[Article, Sentence, Reading, None], Claim | None],
) -> Claim | None:
    """The object of a verb right before it ("got only 20", "has tested 30 this year"), or what a clause right
    behind it tells of ("the 40 the country already fields").
    """
    if reading.part or sentence.low(reading.last) in ("percent", "per", "%", "-", "times", "to", "and", "of"):
        return None
    fielded = _told_behind(sentence, reading)
    left = next((p for p in reversed(sentence.predicates) if p.last <= reading.first), None)
    adjacent = left is not None and all(is_adverb(w) for w in sentence.lows[left.last : reading.first])
    if fielded is None and not (adjacent and left is not None and left.form in ("active", "infinitive")):
        return None
    verb = fielded or left
    if verb is None or (verb.action in ACTIONS and ACTIONS[verb.action or ""].takes_people):
        return None
    if before is not None and before[1].kind is Kind.COUNT and before[1].part_of is None:
        whole: Claim | None = before[1]
        if sentence.low(before[0].last) == "," or before[0].last > verb.first:
            return None
    elif verb.action in ACTIONS:
        whole = _named_earlier(article, sentence, counted)
    else:
        return None
    if whole is None or whole.noun in ("", "person"):
        return None
    f = frame(article, sentence, reading.first, reading.last)
    actor = of_actor(article, sentence, *verb.subject) if verb.subject else None
    if fielded is not None:
        f = replace(f, status=verb.status, hedge=None, negated=verb.negated)
    f = replace(f, action=verb.action, actor=actor or f.actor, relation="object")
    return _claim(article, sentence, reading, whole, f, None, "count:elided")


def _told_behind(sentence: Sentence, reading: Reading) -> Predicate | None:
    """The verb of a clause right behind a figure: "the 40 (that) the country already fields"."""
    if not reading.definite:
        return None
    k = reading.last + (sentence.low(reading.last) == "that")
    for p in sentence.predicates:
        if p.first >= k and p.action and p.form == "active" and p.subject:
            near = p.subject[0] - k <= 1 and p.first - reading.last <= 8
            return p if near and p.status is Status.DONE else None
    return None


def _named_earlier(
    article: Article,
    sentence: Sentence,
    counted: Callable[[Article, Sentence, Reading, None], Claim | None],
) -> Claim | None:
    """The last count of the sentence before."""
    if sentence.at == 0:
        return None
    earlier = article.sentences[sentence.at - 1]
    for r in reversed(earlier.readings):
        if r.kind == "count" and r.noun is not None:
            return counted(article, earlier, r, None)
    return None
