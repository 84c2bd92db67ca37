"""A text that is not published yet, held against what others have said: what to mark on each of its figures.

The verdict words are those of the checks: a draft's claims join the groups they would join, for the moment,
and the same checks run over them. Nothing here says that a figure is right; it says who has the same one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations

from claims.engine import checks
from claims.engine.checks.comparing import Relation, disjoint, disputed, nominal, relation, same_thing
from claims.engine.checks.evidence import day, in_words, outlets, quantity_of, quoted
from claims.engine.checks.reference_mismatch import interval
from claims.engine.grouping import FAIR_SHARE
from claims.engine.independence import counted_origins, independent
from claims.engine.linking import answers, compare, contradict, gap
from claims.engine.records import (
    ArticleHistory,
    ArticleRef,
    Finding,
    Group,
    Kind,
    PlacedClaim,
    ReferenceValue,
)

#: What the checks call the draft where they name an outlet.
OUTLET = "The draft"
KEY = "draft"
#: Stored claims of one group that the checks hold a draft's claim against: pairs grow with the square, and
#: what most outlets carry is among the first.
WITNESSES = 12
#: Claims of each value among them.
_OF_ONE_VALUE = 3
#: Pairs of a draft's own claims that are held against each other at most; an article of 800 words has some
#: hundred that are of one kind and unit.
_OWN_PAIRS = 2000


class Mark(StrEnum):
    """What is to be said of a figure, the most pressing first."""

    ITSELF = "itself"  # the draft contradicts itself
    REFERENCE = "reference"  # an authority has another value
    DIFFERS = "differs"  # others give another figure for the same question
    STALE = "stale"  # others have given a newer one since
    QUALIFIER = "qualifier"  # others qualify it, or do not
    NEW = "new"  # nobody has given it
    AGREES = "agrees"  # others give the same

    @property
    def is_problem(self) -> bool:
        return self not in (Mark.NEW, Mark.AGREES)


#: Which mark the finding of a check is.
_OF_CHECK = {
    "arithmetic": Mark.ITSELF,
    "headline_body": Mark.ITSELF,
    "reference_mismatch": Mark.REFERENCE,
    "value_conflict": Mark.DIFFERS,
    "magnitude_slip": Mark.DIFFERS,
    "unit_slip": Mark.DIFFERS,
    "conversion_slip": Mark.DIFFERS,
    "date_conflict": Mark.DIFFERS,
    "quote_drift": Mark.DIFFERS,
    "attribution_conflict": Mark.DIFFERS,
    "scope_mismatch": Mark.DIFFERS,
    "stale_date": Mark.STALE,
    "updated_figure": Mark.STALE,
    "qualifier_dropped": Mark.QUALIFIER,
    "qualifier_added": Mark.QUALIFIER,
    "approximation_hardened": Mark.QUALIFIER,
    "hedge_dropped": Mark.QUALIFIER,
    "part_dropped": Mark.QUALIFIER,
}
#: Of these the finding is about the first claim it shows; the others only bear witness.
_ABOUT_THE_FIRST = frozenset(
    {
        "qualifier_dropped",
        "qualifier_added",
        "approximation_hardened",
        "hedge_dropped",
        "part_dropped",
        "updated_figure",
        "stale_date",
        "scope_mismatch",
    }
)
#: A timeline is told by the draft's own rule: its day is today, so it would always be the newest.
_TIMELINE = "timeline"


@dataclass(frozen=True, slots=True)
class Note:
    """One thing to say about a figure, in a sentence.

    ``claims`` are keys of what speaks for it, ``check`` the check that says it; ``instead`` is how others
    write it, where that can be put in its place.
    """

    mark: Mark
    words: str
    claims: tuple[str, ...] = ()
    check: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said about one of a draft's claims.

    ``same`` are the stored claims with the same figure, ``other`` those with another, ``score`` how surely
    they answer the same question, ``group`` the key of the group it would join.
    """

    claim: PlacedClaim
    mark: Mark
    notes: tuple[Note, ...] = ()
    group: str | None = None
    score: float = 0.0
    same: tuple[PlacedClaim, ...] = ()
    other: tuple[PlacedClaim, ...] = ()

    @property
    def origins(self) -> int:
        """How many independent origins have the same figure."""
        return independent(m.article for m in self.same)

    @property
    def instead(self) -> str:
        return next((note.instead for note in self.notes if note.instead), "")


def is_figure(placed: PlacedClaim) -> bool:
    """Whether a claim is a number or a date, which is marked even where nobody else has it."""
    return placed.claim.quantity is not None or placed.claim.kind is Kind.DATE


def home(claim: PlacedClaim, candidates: Mapping[str, Sequence[PlacedClaim]]) -> tuple[str, float] | None:
    """The group that a claim would join, and how surely, of the groups of its ``candidates``; None for none.

    As groups are made (:mod:`claims.engine.grouping`): a fair share of the pairs compared is linked, fewer
    contradict each other, and the best on the whole wins.
    """
    found: list[tuple[float, float, str]] = []
    for key, members in candidates.items():
        links = [compare(claim, other) for other in members]
        scores = [link.score for link in links if link]
        share = len(scores) / len(members)
        if share <= FAIR_SHARE:
            continue
        unlinked = [other for other, link in zip(members, links, strict=True) if link is None]
        if sum(contradict(claim, other) for other in unlinked) < share * len(members):
            found.append((sum(scores) / len(members), max(scores), key))
    if not found:
        return None
    _, score, key = max(found, key=lambda x: (x[0], x[1], x[2]))
    return key, score


def witnesses(members: Iterable[PlacedClaim], near: date | None) -> list[PlacedClaim]:
    """The members the checks look at: of the values most outlets give, some each, nearest in time first."""
    by_value: dict[str, list[PlacedClaim]] = {}
    for member in members:
        by_value.setdefault(nominal(member.claim) or "", []).append(member)

    def nearest(member: PlacedClaim) -> tuple[int, str]:
        published = member.article.published
        return abs((published - near).days) if published and near else 10**6, member.key

    kept: list[PlacedClaim] = []
    order = sorted(by_value, key=lambda v: (-len({m.article.outlet for m in by_value[v]}), v))
    for value in order:
        of_outlet: dict[str, PlacedClaim] = {}
        for member in sorted(by_value[value], key=nearest):
            of_outlet.setdefault(member.article.outlet, member)
        # Those that qualify the figure say more than another that gives it flat.
        ranked = sorted(
            of_outlet.values(), key=lambda m: not (m.claim.quantity and m.claim.quantity.modifier)
        )
        kept += ranked[:_OF_ONE_VALUE]
    return kept[:WITNESSES]


def _flat(member: PlacedClaim) -> bool:
    return not (member.claim.quantity and member.claim.quantity.modifier)


def judge(
    claim: PlacedClaim,
    group: Group | None,
    score: float,
    references: Sequence[ReferenceValue],
    within: Sequence[Note] = (),
) -> Judgement | None:
    """What is to be said about a draft's ``claim``, which would join ``group`` (without it, None for none).

    ``within`` are notes on it from the draft itself. None where there is nothing to say: a quotation or an
    act that nobody has.
    """
    notes = list(within)
    members = group.members if group else ()
    seen = witnesses(members, claim.article.published)
    speaking = tuple(r for r in references if answers(claim.claim, r))
    same = tuple(m for m in members if _says_the_same(claim, m))
    if seen or speaking:
        # First without those that say the same: beside one of them a check may tell of it, not of the draft.
        rest = [m for m in seen if m not in same]
        for shown in (rest, seen) if len(rest) < len(seen) else (seen,):
            notes += [
                note
                for note in _notes(_dated_as(claim, same or seen, shown), group, shown, speaking)
                if (note.mark, note.check) not in {(n.mark, n.check) for n in notes}
            ]
    if newer := _newer(claim, members, same):
        notes.append(newer)
    notes += _seen_otherwise(claim, members, notes, same)
    at_odds = {key for n in notes if n.mark in (Mark.DIFFERS, Mark.STALE, Mark.NEW) for key in n.claims}
    other = tuple(m for m in members if m.key in at_odds and m not in same)
    if not notes and not same and not is_figure(claim):
        return None
    order = list(Mark)
    notes.sort(key=lambda n: (order.index(n.mark), n.check, n.words))
    mark = notes[0].mark if notes else Mark.AGREES if same else Mark.NEW
    if mark is Mark.DIFFERS and independent(m.article for m in same) > independent(m.article for m in other):
        # Whoever differs is outnumbered: that is theirs to mend, and is said beside.
        mark = next((n.mark for n in notes if n.mark is not Mark.DIFFERS), Mark.AGREES)
        notes = [replace(n, instead="") if n.mark is Mark.DIFFERS else n for n in notes]
    return Judgement(claim, mark, tuple(notes), group.key if group else None, score, same, other)


def _notes(
    claim: PlacedClaim,
    group: Group | None,
    seen: Sequence[PlacedClaim],
    speaking: tuple[ReferenceValue, ...],
) -> list[Note]:
    """What the checks say of the draft's claim beside those ``seen``."""
    one = Group(group.key if group else KEY, "", (*seen, claim), speaking, group.parts if group else ())
    found = [f for f in checks.check_group(one) if claim.key in f.claims and f.check in _OF_CHECK]
    return [
        _note(f, claim, seen, speaking)
        for f in found
        if f.subject != _TIMELINE and (f.check not in _ABOUT_THE_FIRST or f.claims[0] == claim.key)
    ]


def _dated_as(claim: PlacedClaim, told: Sequence[PlacedClaim], beside: Sequence[PlacedClaim]) -> PlacedClaim:
    """A draft without a day has its figure from a day on which it was ``told``: the one nearest to what it
    is held beside, for checks compare what is near in time."""
    days = sorted({m.article.published for m in told if m.article.published})
    others = [m.article.published for m in beside if m.article.published]
    if claim.article.published or not days or not others:
        return claim
    near = min(days, key=lambda day: (abs((day - max(others)).days), day))
    return replace(claim, article=replace(claim.article, published=near))


def within(draft: ArticleRef, claims: Sequence[PlacedClaim]) -> dict[str, list[Note]]:
    """What the draft says against itself, by the keys of its claims."""
    found: dict[str, list[Note]] = {}
    for finding in checks.check_article(ArticleHistory(KEY, draft, tuple(claims))):
        if finding.check in _OF_CHECK:
            for key in finding.claims:
                others = tuple(k for k in finding.claims if k != key)
                found.setdefault(key, []).append(
                    Note(_OF_CHECK[finding.check], finding.summary, others, finding.check)
                )
    numbers = [c for c in claims if c.claim.quantity and not c.claim.part_of]
    pairs = [
        (a, b)
        for a, b in combinations(numbers, 2)
        if a.claim.kind is b.claim.kind and quantity_of(a).unit == quantity_of(b).unit
    ]
    for a, b in pairs[:_OWN_PAIRS]:
        if disjoint(a.claim, b.claim) and relation(a, b) is Relation.CONFLICT and not disputed(a, b):
            for x, y in ((a, b), (b, a)):
                words = f"The draft also has {quoted(y.claim.quote)}: both cannot be true of the same thing."
                found.setdefault(x.key, []).append(Note(Mark.ITSELF, words, (y.key,), instead=y.claim.quote))
    return found


def in_short(judged: Judgement) -> str:
    """What is to be said, in a few words: "3 independent origins say the same"."""
    same = judged.origins
    agreeing = f"{counted_origins(same)} {'says' if same == 1 else 'say'} the same" if same else ""
    if judged.mark is Mark.AGREES:
        if not judged.other:
            return agreeing
        alone = len({m.article.outlet for m in judged.other}) == 1
        return f"{agreeing}; {outlets(judged.other, 2)} {'differs' if alone else 'differ'}"
    told = {
        Mark.ITSELF: "contradicts the draft itself",
        Mark.REFERENCE: "differs from a reference",
        Mark.DIFFERS: f"differs from {outlets(judged.other, 2)}" if judged.other else "differs from others",
        Mark.STALE: "a newer figure exists",
        Mark.QUALIFIER: _qualifier(judged),
        Mark.NEW: "never seen",
    }[judged.mark]
    return f"{told}; {agreeing}" if agreeing else told


def _qualifier(judged: Judgement) -> str:
    added = judged.notes and judged.notes[0].check == "qualifier_added"
    return "adds a qualifier others do not have" if added else "drops a qualifier others have"


def _says_the_same(claim: PlacedClaim, member: PlacedClaim) -> bool:
    """Whether some value satisfies both, of one thing; of dates some day, of quotations the same words."""
    x, y = claim.claim, member.claim
    if x.kind is Kind.QUOTATION:
        return compare(claim, member) is not None
    if x.quantity is None:
        return gap(x.when, y.when) == 0 and same_thing(claim, member)
    return relation(claim, member) is Relation.AGREE and same_thing(claim, member)


def _newer(claim: PlacedClaim, members: Sequence[PlacedClaim], same: Sequence[PlacedClaim]) -> Note | None:
    """That others have given another figure since those that have the draft's."""
    dated = [m for m in same if _as_of(m)]
    if claim.claim.quantity is None or not dated:
        return None
    last = max(dated, key=lambda m: (_as_of(m) or date.min, m.key))
    known, own = _as_of(last) or date.min, claim.claim.when
    if own and own.end and own.end <= known and not (own.start is None or own.start > known):
        return None  # the draft says of which day its figure is
    moved = [
        (as_of, m)
        for m in members
        if (as_of := _as_of(m)) and as_of > known and relation(last, m) is Relation.UPDATE
    ]
    if not moved:
        return None
    as_of, newest = max(moved, key=lambda x: (x[0], x[1].key))
    latest = [m for _, m in moved if nominal(m.claim) == nominal(newest.claim)]
    said = f"{quoted(newest.claim.quote)} ({outlets(latest)}, {day(as_of)})"
    words = f"A newer figure has been given since: {said}. The draft's was last seen on {day(known)}."
    return Note(Mark.STALE, words, tuple(m.key for m in latest), "updated_figure", newest.claim.quote)


def _seen_otherwise(
    claim: PlacedClaim, members: Sequence[PlacedClaim], notes: Sequence[Note], same: Sequence[PlacedClaim]
) -> list[Note]:
    """That nobody has the figure, but others have another one for what looks like the same question."""
    if notes or same:
        return []
    others = [m for m in members if disjoint(claim.claim, m.claim)]
    if not others:
        return []
    last = max(others, key=lambda m: (_as_of(m) or date.min, m.key))
    alike = [m for m in others if nominal(m.claim) == nominal(last.claim)]
    on = f", {day(known)}" if (known := _as_of(last)) else ""
    words = (
        f"Nobody has this figure. For what looks like the same question there is {quoted(last.claim.quote)} "
        f"({outlets(alike)}{on}); they may be of another day or count something else."
    )
    return [Note(Mark.NEW, words, tuple(m.key for m in alike))]


def _as_of(member: PlacedClaim) -> date | None:
    when = member.claim.when
    return when.end if when and when.end else member.article.published


def _note(
    finding: Finding, claim: PlacedClaim, seen: Sequence[PlacedClaim], references: Sequence[ReferenceValue]
) -> Note:
    mark = _OF_CHECK[finding.check]
    others = tuple(key for key in finding.claims if key != claim.key)
    return Note(mark, finding.summary, others, finding.check, _instead(finding, claim, seen, references))


def _instead(
    finding: Finding, claim: PlacedClaim, seen: Sequence[PlacedClaim], references: Sequence[ReferenceValue]
) -> str:
    """How the others write it: the words most independent origins have; an authority's value."""
    if finding.check == "reference_mismatch":
        for reference in references:
            told = finding.evidence.get("reference")
            if isinstance(told, dict) and told.get("key") == reference.key:
                unit = f" {reference.unit}" if reference.unit else ""
                return f"{in_words(interval(reference))}{unit}"
        return ""
    if claim.claim.kind is Kind.QUOTATION and finding.check != "quote_drift":
        return ""
    others: dict[str, list[PlacedClaim]] = {}
    for member in seen:
        if member.key not in finding.claims or member.claim.quote == claim.claim.quote:
            continue
        if finding.check in _ABOUT_THE_FIRST or disjoint(claim.claim, member.claim) is not False:
            others.setdefault(member.claim.quote, []).append(member)
    if not others or finding.check in ("hedge_dropped", "part_dropped", "attribution_conflict"):
        return ""
    return max(others, key=lambda q: (independent(m.article for m in others[q]), q))
