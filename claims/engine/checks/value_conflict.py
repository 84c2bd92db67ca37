"""Two outlets give figures for the same question that cannot both be true.

Each figure is read as the interval its words allow (docs/numbers.md): "more than 40" and "43" agree, "about
100" and "104" agree, "31" and "35" do not. Scope comes first: a part against a total, "2 others" against a
full count, killed against wounded, a plan against a thing done, or figures of different days are not
compared here. When one article itself gives both figures, they count two things and nothing is reported.

Example: one outlet writes that four inspectors were turned away, another, on the same day, that six were.

What would clear it: a difference in what the two count, in the day or in the place; or a correction.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from claims.engine.checks.comparing import (
    Relation,
    disputed,
    in_one_unit,
    is_limit,
    relation,
    rounds,
    stated,
    told_apart,
)
from claims.engine.checks.evidence import (
    article_keys,
    in_words,
    keys,
    outlets,
    quantity_of,
    quoted,
    reading,
    several,
    subject,
    weight,
)
from claims.engine.checks.extent import same_authority
from claims.engine.checks.pairing import few
from claims.engine.checks.registry import check
from claims.engine.checks.slips import slip
from claims.engine.questions import question
from claims.engine.records import Claim, Finding, Group, Kind, PlacedClaim, Quantity, Severity

#: A gap of this share of the larger bound or more is high: it is not a matter of rounding or of a late count.
_FAR = Decimal("0.5")
#: Counts of one occurrence this near each other are counts of other hours.
_NEAR = Decimal("0.1")
#: Claims of each reading held against each other until two are found to conflict: a group may be large.
_TRIED = 8


@check(id="value_conflict", name="Value conflict", over="group")
def value_conflict(group: Group) -> Iterator[Finding]:
    by_reading: dict[str, list[PlacedClaim]] = {}
    by_article: dict[str, list[PlacedClaim]] = {}
    for member in group.members:
        by_article.setdefault(member.article.key, []).append(member)
    for member in few(group.members, by_article=True):
        by_reading.setdefault(_reading(member), []).append(member)

    def conflict(a: PlacedClaim, b: PlacedClaim) -> bool:
        return (
            a.article.outlet != b.article.outlet
            and slip(quantity_of(a), quantity_of(b)) is None  # magnitude_slip and unit_slip tell of these
            and relation(a, b) is Relation.CONFLICT
            and not told_apart(a, b, [*by_article[a.article.key], *by_article[b.article.key]])
        )

    for one, other in combinations(sorted(by_reading), 2):
        pairs = [
            (a, b) for a in by_reading[one][:_TRIED] for b in by_reading[other][:_TRIED] if conflict(a, b)
        ]
        if pairs:
            x, y = pairs[0]
            yield _finding(
                (one, _each(a for a in by_reading[one] if conflict(a, y))),
                (other, _each(b for b in by_reading[other] if conflict(x, b))),
                alike=all(same_authority(a, b) for a, b in pairs),
            )


def _each(members: Iterator[PlacedClaim]) -> list[PlacedClaim]:
    """Each claim once, in the order of the group; one claim per article is evidence enough."""
    first: dict[str, PlacedClaim] = {}
    for member in members:
        first.setdefault(member.article.key, member)
    return list(first.values())


def _reading(member: PlacedClaim) -> str:
    quantity = stated(member.claim, quantity_of(member))  # "a maximum of 1,550" is the limit 1,550
    # What a count counts is the group's business: "people" and "persons" are one reading.
    unit = "" if member.claim.kind is Kind.COUNT else f" {quantity.unit}"
    return in_words(quantity) + unit


def _finding(
    one: tuple[str, list[PlacedClaim]], other: tuple[str, list[PlacedClaim]], alike: bool
) -> Finding:
    # The figure fewer outlets carry stands first: it is the one to look at.
    first, second = sorted((one, other), key=lambda x: (weight(x[1]), x[0]))
    at_odds, rest = first[1], second[1]
    x, y = at_odds[0], rest[0]
    quantities = in_one_unit(quantity_of(y), quantity_of(x)) or (quantity_of(y), quantity_of(x))
    slight = _is_slight(x.claim, *quantities) or (alike and question(x.claim).is_sudden)
    severity = Severity.LOW if slight else _severity(*quantities, exact_below=_exact_below(x.claim))
    give = ("give" if several(at_odds) else "gives", "have" if several(rest) else "has")
    unit = quantity_of(y).unit
    converted = ""
    if quantity_of(x).unit != unit and x.claim.kind is not Kind.COUNT:
        converted = f" ({in_words(quantities[1])} {unit})"
    by = [f" ({m.claim.attribution.source})" if disputed(x, y) else "" for m in (x, y)]
    return Finding(
        check="value_conflict",
        severity=severity,
        subject=subject(*sorted((one[0], other[0]))),
        summary=(
            f"{outlets(at_odds)} {give[0]} {quoted(x.claim.quote)}{converted}{by[0]} where {outlets(rest)} "
            f"{give[1]} {quoted(y.claim.quote)}{by[1]}: both cannot be true of the same thing."
        ),
        claims=keys([*at_odds, *rest]),
        articles=article_keys([*at_odds, *rest]),
        evidence={
            "readings": [reading(m, unit) for m in [*at_odds, *rest]],
            "intervals": [
                {"reads_as": first[0], "outlets": sorted({m.article.outlet for m in at_odds})},
                {"reads_as": second[0], "outlets": sorted({m.article.outlet for m in rest})},
            ],
            "gap": f"{_gap(*quantities):f}",
        },
        clears=(
            "It clears if the two count different things (another place or day, a part of the total, with or "
            "without some group), or if one outlet corrects its figure."
        ),
        basis=(
            f"disjoint intervals: {first[0]} ({quantity_of(x).rule}) and {second[0]} "
            f"({quantity_of(y).rule}); docs/numbers.md"
        ),
    )


def _is_slight(claim: Claim, a: Quantity, b: Quantity) -> bool:
    """Whether a difference says little: a rounding, a vague figure, one or two of many dead on the day."""
    if "vague" in (a.rule, b.rule):
        return True
    if claim.kind is not Kind.COUNT:
        return rounds(a, b)  # "ten diplomats" are not 12 rounded
    return question(claim).is_sudden and _gap(a, b) < _NEAR * max(a.value, b.value)


def _gap(a: Quantity, b: Quantity) -> Decimal:
    low, high = (a, b) if a.value < b.value else (b, a)
    if low.high is None or high.low is None:
        return Decimal(0)
    return max(high.low - low.high, Decimal(0))


def _exact_below(claim: Claim) -> int | None:
    """The grain below which a figure is exact: a count below hundreds, a limit always (None)."""
    if is_limit(claim):
        return None
    return 100 if claim.kind is Kind.COUNT else 2


def _severity(a: Quantity, b: Quantity, exact_below: int | None) -> Severity:
    gap, grain = _gap(a, b), max(a.grain, b.grain)
    if exact_below is not None and gap <= grain and grain >= exact_below:
        return Severity.LOW  # a mismatch within the grain of a round figure: readers differ
    larger = max(abs(x) for x in (a.low, a.high, b.low, b.high) if x is not None)
    return Severity.HIGH if larger and gap / larger >= _FAR else Severity.MEDIUM
