"""How two claims of one question stand to each other: what every check asks before it compares values.

Scope, part of a whole and as-of come first: of 146 real mismatched pairs read one by one, 62 % differed in
scope or qualifier and only 31 % were contradictions (docs/numbers.md). Where anything speaks against
comparing, the pair is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import combinations

from claims.engine.checks import tolls
from claims.engine.checks.extent import has_grown, is_main, is_remainder, is_spread, may_grow, window
from claims.engine.checks.scopes import opposed
from claims.engine.checks.slips import rightly_converted
from claims.engine.dimensions import converted
from claims.engine.linking import compare, compatible, days_between, gap
from claims.engine.questions import lexicon, question, span_of_days
from claims.engine.records import Claim, Kind, PlacedClaim, Quantity
from claims.engine.stories import same_story
from claims.engine.wording import content, stem, words

#: Publications this far apart can still report one state of affairs; a clearly later figure is news (days).
SAME_NEWS = 14
#: Days over which occurrences are summed up, not told one by one.
A_SEASON = 60
#: Days after an occurrence when its count no longer rises with the news.
SETTLED = 7
#: Words of these rules only say of a limit that it is one.
_BOUNDS = frozenset({"at_most", "less_than", "up_to", "at_least", "more_than"})
#: Members of one group held against each other at most: pairs grow with the square.
MOST_MEMBERS = 100
#: A limit stands for longer than the news about it (days).
A_LIMIT = 365


class Relation(StrEnum):
    """What two figures for one question are to each other."""

    AGREE = "agree"  # some value satisfies both
    CONFLICT = "conflict"  # none does, and nothing else tells them apart
    UPDATE = "update"  # none does, but they are of different days
    APART = "apart"  # they count different things, or cannot be compared


# Words before a noun that point back at it or only say when it came; they do not narrow down what is counted.
_POINTING = frozenset("such new said same these those planned total overall".split())  # noqa: SIM905


def same_thing(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two members of a group may count the same thing, so that one number is one figure.

    They must link directly: a group is a chain of links, and a chain can lead from one occurrence to the
    next. Not where the nouns differ, one denies what the other says, or one is a remainder ("2 others").
    """
    x, y = a.claim, b.claim
    return question(x).noun == question(y).noun and _may_be_one(a, b, gap(x.when, y.when))


def _may_be_one(a: PlacedClaim, b: PlacedClaim, days: int | None) -> bool:
    x, y = a.claim, b.claim
    if x.kind is not y.kind or x.negated != y.negated or is_remainder(a) != is_remainder(b):
        return False
    if question(x).is_sudden and (days not in (0, None) or _other_stretch(x, y)):
        return False
    return compare(a, b) is not None


def _other_stretch(x: Claim, y: Claim) -> bool:
    """Whether one sums up a season or year and the other does not: 40 launches this year, two on Friday."""
    lengths = [(span[1] - span[0]).days if (span := span_of_days(c.when)) else 0 for c in (x, y)]
    return max(lengths) >= A_SEASON and min(lengths) * 2 < max(lengths)


def same_scope(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two members count the same thing so surely that different numbers contradict each other.

    On top of :func:`same_thing` the action must be the same (and known, where things are counted), a word
    that narrows the noun on one side must narrow it on the other ("20 new launchers" is no count of all
    launchers), and who acts must be known on both sides or neither; of an attack that is often disputed,
    of a limit often left out ("each side may have"), and not asked.
    """
    p, q = question(a.claim), question(b.claim)
    if p.action != q.action:
        return False
    asked = p.action and not p.is_sudden and not (is_limit(a.claim) and is_limit(b.claim))
    if asked and bool(p.actor) != bool(q.actor):
        return False
    if p.kind is Kind.COUNT and (p.action is None or _narrowing(a.claim) != _narrowing(b.claim)):
        return False
    if window(a) != window(b) or (p.is_sudden and is_spread(a) != is_spread(b)) or _other_place(a, b):
        return False
    return same_thing(a, b)


def same_toll(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two members count those whom one sudden act hit, so surely that different numbers conflict.

    What :func:`same_scope` asks, but that the link may be so sure that an act or a place that the words do
    not tell, or tell wrongly, need not be asked; and that all may be told as persons and as civilians.
    """
    p, q = question(a.claim), question(b.claim)
    sure = tolls.sureness(a, b) >= tolls.SURE
    if p.action != q.action and not (sure and None in (p.action, q.action)):
        return False
    if _narrowing(a.claim) != _narrowing(b.claim) or not tolls.same_sort(a.claim, b.claim):
        return False
    if window(a) != window(b) or is_spread(a) != is_spread(b) or (not sure and _other_place(a, b)):
        return False
    return _may_be_one(a, b, gap(tolls.occurred(a), tolls.occurred(b)))


def _other_place(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two figures are of two named places; what both articles open with may be told by either."""
    x, y = a.claim.place, b.claim.place
    if not x or not y or compatible(x, y) or not lexicon().parties.isdisjoint((x, y)):
        return False
    return not (question(a.claim).is_sudden and is_main(a) and is_main(b))


def _narrowing(claim: Claim) -> frozenset[str]:
    """The words that narrow the counted noun; a party named beside it is compared as a party instead."""
    party = content(claim.object_party, claim.actor)
    said = frozenset(stem(m) for x in claim.noun_modifiers for m in x.split()) - _POINTING
    return frozenset(x for x in said if not any(x[:4] == y[:4] for y in party))


def in_one_unit(a: Quantity, b: Quantity) -> tuple[Quantity, Quantity] | None:
    """Both quantities in the unit of the first, or None where the units cannot be compared (EUR and USD)."""
    other = converted(b, a.unit)
    return None if other is None else (a, other)


def rounds(a: Quantity, b: Quantity) -> bool:
    """Whether the rounder of two flat figures is the other one rounded: "4 percent" for "3.9 percent"."""
    fine, coarse = sorted((a, b), key=lambda x: x.grain)
    if fine.grain >= coarse.grain or {a.rule, b.rule} - {"point", "grain"} or not coarse.grain:
        return False
    return (fine.value / coarse.grain).quantize(Decimal(1), ROUND_HALF_UP) * coarse.grain == coarse.value


def disjoint(a: Claim, b: Claim) -> bool | None:
    """Whether no value satisfies both figures, in one unit; None where they cannot be compared."""
    if a.quantity is None or b.quantity is None:
        return None
    x, y = stated(a, a.quantity), stated(b, b.quantity)
    if a.kind is Kind.COUNT and b.kind is Kind.COUNT:
        return not x.meets(y)  # what is counted is compared as scope, not as a unit
    if rightly_converted(x, y):
        return False  # "5,500 km" and "3,400 miles"
    both = in_one_unit(x, y)
    return None if both is None else not both[0].meets(both[1])


def stated(claim: Claim, quantity: Quantity) -> Quantity:
    """What is compared: of a limit the limit itself. "No more than 1,500" and "no more than 1,550" differ."""
    if quantity.rule not in _BOUNDS or not is_limit(claim):
        return quantity
    return replace(quantity, low=quantity.value, high=quantity.value, low_open=False, high_open=False)


def is_limit(claim: Claim) -> bool:
    """Whether the figure is a limit somebody sets, so that "no more than" adds nothing to it."""
    return question(claim).action == "restrict"


def relation(a: PlacedClaim, b: PlacedClaim) -> Relation:
    """How the figures of two claims of one group stand to each other. Symmetric."""
    first, second = sorted((a, b), key=lambda m: m.key)
    x, y = first.claim, second.claim
    apart = disjoint(x, y)
    if apart is None:
        return Relation.APART
    if not apart:
        return Relation.AGREE
    if x.status.is_ahead != y.status.is_ahead and not is_limit(x):
        return Relation.APART
    if opposed(first, second):
        return Relation.APART
    if x.kind is Kind.COUNT and (question(x).is_sudden or question(y).is_sudden):
        return _of_one_occurrence(first, second) if same_toll(first, second) else Relation.APART
    if not same_scope(first, second):
        return Relation.APART
    published = days_between(first.article.published, second.article.published)
    happened = gap(x.when, y.when)
    if _ceiling(x) != _ceiling(y) and happened != 0 and not is_limit(x):
        return Relation.APART  # "no more than 4 percent" and, later, "20 percent" are no timeline
    if happened is not None:
        return Relation.CONFLICT if happened == 0 else Relation.UPDATE
    if published is None:
        one = same_story(first.article, second.article) >= tolls.ONE_STORY
        return Relation.CONFLICT if one else Relation.APART
    return Relation.CONFLICT if published <= (A_LIMIT if is_limit(x) else SAME_NEWS) else Relation.UPDATE


def _of_one_occurrence(a: PlacedClaim, b: PlacedClaim) -> Relation:
    """How two counts of a sudden occurrence stand to each other: tolls rise from hour to hour.

    Later and higher is an update, also within a day where one of the two says that its count was not the
    last or not the first. Later and lower is none, nor is a difference that is left after days.
    """
    if a.article.published is None or b.article.published is None or not tolls.one_occurrence(a, b):
        return Relation.APART
    low, high = (a, b) if _amount(a.claim) < _amount(b.claim) else (b, a)
    later = (high.article.published - low.article.published).days  # type: ignore[operator]
    if later == 0:
        counting = may_grow(low) or has_grown(low) or has_grown(high)
        return Relation.UPDATE if counting and not disputed(low, high) else Relation.CONFLICT
    if later > 0 and not (_is_settled(a) and _is_settled(b)):
        return Relation.UPDATE
    # Over more days only the day both name says that the second toll is not that of a second attack.
    one_day = gap(tolls.occurred(a), tolls.occurred(b)) == 0
    return Relation.CONFLICT if one_day or -later <= tolls.THE_NEWS else Relation.APART


def _is_settled(member: PlacedClaim) -> bool:
    """Whether the article is published so long after the day it tells of that counts have come to rest."""
    span, published = span_of_days(member.claim.when), member.article.published
    return bool(span and published and (published - span[1]).days >= SETTLED)


def _amount(claim: Claim) -> Decimal:
    return claim.quantity.value if claim.quantity else Decimal(0)


def told_apart(a: PlacedClaim, b: PlacedClaim, members: Sequence[PlacedClaim]) -> bool:
    """Whether one of the two articles gives the other's figure as well: then it counts two things by them.

    "Enriched to 60 percent, ... and to 20 percent" beside another outlet's "60 percent" is no contradiction.
    Two authorities' counts of one toll in one article are ("the hospital counted 58, the rescuers 87"): an
    outlet that gives one of them only leaves the dispute out.
    """
    return _gives_too(a, b, members) or _gives_too(b, a, members)


def _gives_too(a: PlacedClaim, b: PlacedClaim, members: Sequence[PlacedClaim]) -> bool:
    return any(
        m.article.key == a.article.key
        and m.claim.kind is b.claim.kind
        and (
            nominal(m.claim) == nominal(b.claim)
            or (disjoint(m.claim, a.claim) and disjoint(m.claim, b.claim) is False)
        )
        and not disputed(m, a)
        for m in members
    )


def disputed(a: PlacedClaim, b: PlacedClaim) -> bool:
    """Whether two authorities are named for two counts of one sudden act."""
    x, y = (m.claim.attribution.source for m in (a, b))
    p, q = question(a.claim), question(b.claim)
    return bool(
        p.is_sudden and p.action == q.action and x and y and not compatible(x, y) and p.noun == q.noun
    )


def _ceiling(claim: Claim) -> bool:
    return bool(claim.quantity and claim.quantity.rule == "at_most")


def across_articles(members: Sequence[PlacedClaim]) -> Iterator[tuple[PlacedClaim, PlacedClaim]]:
    """Every pair of members that stand in different articles of different outlets.

    Of more than :data:`MOST_MEMBERS` those are kept that say something of their own: one for each outlet and
    reading, then the rest, each in the order given.
    """
    for a, b in combinations(_most_telling(members), 2):
        if a.article.key != b.article.key and a.article.outlet != b.article.outlet:
            yield a, b


def _most_telling(members: Sequence[PlacedClaim]) -> Sequence[PlacedClaim]:
    if len(members) <= MOST_MEMBERS:
        return members
    seen: set[tuple[object, ...]] = set()
    repeated: dict[int, bool] = {}
    for i, member in enumerate(members):
        said = (member.article.outlet, member.claim.quantity, span_of_days(member.claim.when))
        repeated[i] = said in seen
        seen.add(said)
    kept = sorted(repeated, key=lambda i: (repeated[i], i))[:MOST_MEMBERS]
    return [members[i] for i in sorted(kept)]


def nominal(claim: Claim) -> str | None:
    """The number as written with its unit, for telling findings apart: "31 interceptor"."""
    return f"{claim.quantity.value.normalize():f} {claim.quantity.unit}" if claim.quantity else None


def says(text: str, wanted: str) -> bool:
    """Whether a text has the words of ``wanted`` in a row, in any spelling."""
    return f" {' '.join(w.form for w in words(wanted))} " in f" {' '.join(w.form for w in words(text))} "
