"""Links between claims whose own words spell out one question, whatever their articles are about.

Figures of arms control keep their question for months and over many stories ("31 such interceptors at bases
in Alaska", half a year apart), so here the articles' likeness does not count: what contradicts ends a
comparison at once, and what is merely missing on one side must be made up for by the rest.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from claims.engine.names_alike import compatible
from claims.engine.questions import SUDDEN, Question, lexicon, over_time, question, span_of_days
from claims.engine.records import Claim, Kind, PlacedClaim, When
from claims.engine.wording import content

#: Evidence needed before two claims are held to answer one question. The weights below add up to about 1 for
#: claims that agree in everything; set by reading pairs of arms-control and incident news, where a wrong link
#: costs more than a missing one.
ENOUGH = 0.5
# A writer who repeats a question says so; one who counts twice mostly counts two things.
_MORE_WITHIN_AN_ARTICLE = 0.1
_NOUN, _COMMON_NOUN, _MEASURED_NOUN, _NARROWED = 0.3, 0.15, 0.2, 0.1
_ACTION, _ACTOR, _PARTY, _PLACE = 0.2, 0.15, 0.15, 0.15
_WORD, _WORDS = 0.07, 3  # for each shared word of what is measured, at most so many
_BARE_WORD = 0.12  # the same where no counted noun carries the question (money, shares, measures)
_NAME, _NAMES = 0.05, 3
_AROUND, _AROUNDS = 0.04, 5  # for each other word the two sentences share
_DAY, _SOON = 0.15, 0.05
_HEADLINE = 0.2  # a headline tells what its article tells
_UNSAID = -0.1  # for an actor or an action that only one side names


def spelled_out(a: PlacedClaim, b: PlacedClaim) -> tuple[float, tuple[str, ...]] | None:
    """The score in (0, 1] and the reasons for one question, by what two claims and their sentences say; None
    where that is too little or contradicts.

    Symmetric. The values do not decide.
    """
    p, q = question(a.claim), question(b.claim)
    if _contradict(p, q) or _plan_and_holding(a.claim, b.claim, p, q):
        return None
    found = _evidence(a, b, p, q)
    if found is None:
        return None
    score = sum(weight for weight, _ in found)
    one_text = a.article.key == b.article.key and a.claim.headline == b.claim.headline
    if score < ENOUGH + (_MORE_WITHIN_AN_ARTICLE if one_text else 0):
        return None
    return min(score, 1.0), tuple(reason for _, reason in found)


def at_odds(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether what two claims say of actor, action, object, place or time cannot be of one question."""
    p, q = question(a.claim), question(b.claim)
    return (
        _contradict(p, q)
        or _plan_and_holding(a.claim, b.claim, p, q)
        or _in_time(a, b, p, q) is None
        or over_time(_sentence(a)) != over_time(_sentence(b))
        or _same_place(a, b, p.place, q.place) is False
    )


def out_of_time(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether their dates forbid that two claims tell of one occurrence."""
    return _in_time(a, b, question(a.claim), question(b.claim)) is None


def places_apart(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two claims name two places, and neither sentence or title names the other's."""
    return _same_place(a, b, question(a.claim).place, question(b.claim).place) is False


_Evidence = list[tuple[float, str]]


def _contradict(p: Question, q: Question) -> bool:
    """Whether two questions cannot be one: other things measured, or another actor, action or object
    named."""
    if p.is_part != q.is_part:
        return True
    act = Kind.EVENT in (p.kind, q.kind)
    if act:
        if not {p.kind, q.kind} <= {Kind.EVENT, Kind.COUNT} or (p.noun and q.noun and p.noun != q.noun):
            return True
    elif p.base != q.base:
        return True
    if p.grade and q.grade and p.grade != q.grade:
        return True  # 20 percent and 60 percent
    common = p.counts_something_common or q.counts_something_common
    if p.action != q.action and ((p.action and q.action) or common or act):
        return True
    if p.narrowed and q.narrowed and p.narrowed.isdisjoint(q.narrowed):
        return True  # "deployed warheads", "retired warheads"
    if p.adds != q.adds and (p.narrowed or q.narrowed):
        return True  # "31 new interceptors" are none of "44 ground-based interceptors"
    return any(x and y and not compatible(x, y) for x, y in ((p.actor, q.actor), (p.party, q.party)))


def _plan_and_holding(a: Claim, b: Claim, p: Question, q: Question) -> bool:
    """Whether one is still to come and the other is there, and only one is narrowed: "plans to install 31
    such interceptors" is none of "fields 44 ground-based interceptors". A plan told as done narrows alike."""
    return a.status.is_ahead != b.status.is_ahead and bool(p.narrowed) != bool(q.narrowed)


def _evidence(a: PlacedClaim, b: PlacedClaim, p: Question, q: Question) -> _Evidence | None:
    """What two claims have in common, weighed; None where place or time forbid, or too little is named."""
    time = _in_time(a, b, p, q)
    if time is None:
        return None
    sentences = _sentence(a), _sentence(b)
    if over_time(sentences[0]) != over_time(sentences[1]):
        return None
    same_place = _same_place(a, b, p.place, q.place)
    if same_place is False:
        return None

    act = Kind.EVENT in (p.kind, q.kind)
    same_noun = bool(p.noun and p.noun == q.noun)
    counted = same_noun and (act or p.kind in (Kind.COUNT, Kind.ORDINAL))
    shared = sorted((p.words & q.words) - {p.noun if same_noun else ""})
    names = sorted(p.names & q.names)
    around = sorted((_around(sentences[0]) & _around(sentences[1])) - {*shared, p.noun} - content(*names))
    if counted and p.counts_something_common:
        # Twelve people are killed every day: the place, the day and the words must tell which twelve.
        distinctive = len(set(shared) & _around(sentences[0])) + len(around)
        told = (bool(same_place and p.place not in lexicon().parties), bool(time), distinctive >= 2)
        if not p.action or sum(told) < _least_told(a, b):
            return None
    if not same_noun and not act and not shared:
        return None

    found: _Evidence = []
    if _is_headline_of(a, b):
        found.append((_HEADLINE, "a headline and its article"))
    if counted:
        found.append((_COMMON_NOUN if p.counts_something_common else _NOUN, f"same noun: {p.noun}"))
    elif same_noun:
        found.append((_MEASURED_NOUN, f"same noun: {p.noun}"))
    if p.narrowed and p.narrowed == q.narrowed:
        found.append((_NARROWED, "narrowed alike: " + ", ".join(sorted(p.narrowed))))
    if p.grade and p.grade == q.grade:
        found.append((_NARROWED, f"enriched alike: {p.grade} percent"))
    for weight, role, x, y in (
        (_ACTION, "action", p.action, q.action),
        (_ACTOR, "actor", p.actor, q.actor),
        (_PARTY, "object", p.party, q.party),
    ):
        if x and x == y:
            found.append((weight, f"same {role}: {x}"))
        elif role != "object" and bool(x) != bool(y):
            found.append((_UNSAID, f"one names no {role}"))
    if same_place and p.place and q.place:
        found.append((_PLACE, f"same place: {min(p.place, q.place, key=lambda x: (len(x), x))}"))
    if shared:
        weight = _WORD if counted else _BARE_WORD
        found.append((weight * min(len(shared), _WORDS), "same words: " + ", ".join(shared)))
    if names:
        found.append((_NAME * min(len(names), _NAMES), "same names: " + ", ".join(names)))
    if around:
        found.append((_AROUND * min(len(around), _AROUNDS), "in sentences on: " + ", ".join(around[:6])))
    return found + time


def _is_headline_of(a: PlacedClaim, b: PlacedClaim) -> bool:
    return a.article.key == b.article.key and a.claim.headline != b.claim.headline


def _least_told(a: PlacedClaim, b: PlacedClaim) -> int:
    """How many of place, day and words must tell which twelve people are meant.

    Within one text day and place go without saying, so all three must agree. A headline leaves out most of
    what its article says.
    """
    if a.article.key != b.article.key:
        return 2
    return 1 if _is_headline_of(a, b) else 3


# ---------------------------------------------------------------------- what the sentences say


def _sentence(placed: PlacedClaim) -> str:
    return placed.sentence


@lru_cache(maxsize=16384)
def _around(sentence: str) -> frozenset[str]:
    """What tells a sentence from others of its sort: no parties, actions, numbers, sources, common nouns."""
    known = lexicon()
    return frozenset(
        x
        for x in content(sentence) - known.action_words - known.party_words - known.sources
        if known.nouns.get(x, x) not in known.generic
    )


def _same_place(a: PlacedClaim, b: PlacedClaim, p: str | None, q: str | None) -> bool | None:
    """Whether both stand in one place; None where one does not say. A place the other names too is no
    other."""
    if not p or not q:
        return None
    if compatible(p, q):
        return True
    return None if content(p) <= _named(b) or content(q) <= _named(a) else False


def _named(placed: PlacedClaim) -> frozenset[str]:
    return _content(_sentence(placed)) | _content(placed.article.title) | content(*placed.claim.entities)


_content = lru_cache(maxsize=16384)(content)


# ---------------------------------------------------------------------- time


def _in_time(a: PlacedClaim, b: PlacedClaim, p: Question, q: Question) -> _Evidence | None:
    """What the dates say: None where the two cannot be the same occurrence.

    A standing figure (a stockpile, a plan) keeps its question over the years; an occurrence does not, nor
    what is added once.
    """
    limits = [x.days for x in (p, q) if x.days is not None]
    limit = min(limits) if len(limits) == 2 or (limits and p.adds != q.adds) else None
    apart = days_between(a.article.published, b.article.published)
    if limit is not None:
        if apart is not None and apart > limit:
            return None
        happened = gap(a.claim.when, b.claim.when)
        if happened is None and p.adds and q.adds:
            happened = _since(a, b)
        if happened is not None and happened > (limit // 2 if limit > SUDDEN else _slack(a, b)):
            return None
    if p.days_of & q.days_of:
        return [(_DAY, f"same day: {min(p.days_of & q.days_of)}")]
    if apart is None or apart > (1 if limit is not None and limit <= SUDDEN else 7):
        return []
    together = f"published {apart} day{'s' * (apart > 1)} apart" if apart else "published the same day"
    return [(_SOON, together)]


def _since(a: PlacedClaim, b: PlacedClaim) -> int | None:
    """Days from one dated addition to the other article: "in 2013 ... 14 additional" is no plan of today."""
    for dated, other in ((a, b), (b, a)):
        span = span_of_days(dated.claim.when or dated.claim.reported_when)
        day = other.article.published
        if span and day and not other.claim.when and span[1] < day:
            return (day - span[1]).days
    return None


def _slack(a: PlacedClaim, b: PlacedClaim) -> int:
    """Days two dates of one sudden occurrence may differ: one where a date may be that of the article
    itself."""
    return int(any(x.claim.when and x.claim.when.start == x.article.published for x in (a, b)))


def days_between(a: date | None, b: date | None) -> int | None:
    """Days from one date to the other, without sign; None where either is unknown."""
    return abs((a - b).days) if a and b else None


def gap(a: When | None, b: When | None) -> int | None:
    """Days between two resolved times, 0 where they overlap; None where either is not resolved."""
    x, y = span_of_days(a), span_of_days(b)
    if x is None or y is None:
        return None
    return max((y[0] - x[1]).days, (x[0] - y[1]).days, 0)
