"""One number with two units or currencies, or the number of one unit printed with the other.

"5,500 km" becomes "5,500 miles", "€18 billion" becomes "$18 billion", or the number that an amount has in
miles is printed with kilometres. What one unit comes to in the other is shown. A figure rightly converted
("3,400 miles" for 5,500 km) agrees and is not reported, nor an article that gives the figure in both, nor
"ton" for any of the three tons, nor a bare "$" beside the dollar of another country. Money is not converted:
exchange rates are no units. Of a large group the 60 readings that most outlets carry are compared.

Example: one outlet gives a missile's range as 5,500 kilometres, another as 5,500 miles, which is 8,851
kilometres.

What would clear it: the source having given the figure in the unit at odds.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from claims.engine.checks.comparing import in_one_unit, same_thing, told_apart
from claims.engine.checks.evidence import article_keys, keys, plain, quantity_of, quoted, reading, subject
from claims.engine.checks.pairing import across, source_first
from claims.engine.checks.registry import check
from claims.engine.checks.slips import Slip, currency, plural, unit
from claims.engine.linking import days_between
from claims.engine.records import Finding, Group, PlacedClaim, Quantity, Severity

_SAME_STORY = 31  # days: a figure in another unit months later may be another figure


@check(id="unit_slip", name="Slip of unit or currency", over="group")
def unit_slip(group: Group) -> Iterator[Finding]:
    found: dict[str, tuple[Slip, PlacedClaim, PlacedClaim]] = {}
    for a, b in across(group.members):
        x, y = quantity_of(a), quantity_of(b)
        slip = unit(x, y) or currency(x, y)
        if (
            slip is None
            or (days_between(a.article.published, b.article.published) or 0) > _SAME_STORY
            or not same_thing(a, b)
            or _gives_both(a, b, group)
            or told_apart(a, b, group.members)
        ):
            continue
        source, taker = source_first(a, b) or (a, b)
        found.setdefault(subject(slip.sort, *sorted((_figure(x), _figure(y)))), (slip, taker, source))
    for name in sorted(found):
        yield _finding(name, *found[name])


def _figure(quantity: Quantity) -> str:
    return f"{plain(quantity.value)} {quantity.unit}"


def _gives_both(a: PlacedClaim, b: PlacedClaim, group: Group) -> bool:
    """Whether one of the two articles has figures in both units: then it knows which is which."""
    units = {quantity_of(a).unit, quantity_of(b).unit}
    return len(units) == 2 and any(
        {m.claim.quantity.unit for m in group.members if m.article.key == key and m.claim.quantity} >= units
        for key in (a.article.key, b.article.key)
    )


def _finding(name: str, slip: Slip, odd: PlacedClaim, other: PlacedClaim) -> Finding:
    x, y = quantity_of(odd), quantity_of(other)
    both = in_one_unit(y, x)
    shown = ""
    if both and x.unit != y.unit:
        shown = f" ({quoted(odd.claim.quote)} is {_rounded(both[1].value)} {plural(y.unit)})"
    elif slip.sort == "unit":
        shown = f" ({slip.words})"
    return Finding(
        check="unit_slip",
        severity=Severity.HIGH if x.unit != y.unit else Severity.MEDIUM,
        subject=name,
        summary=(
            f"{odd.article.outlet} gives {quoted(odd.claim.quote)} where {other.article.outlet} has "
            f"{quoted(other.claim.quote)}: {_what(slip, x, y)}{shown}."
        ),
        claims=keys([odd, other]),
        articles=article_keys([odd, other]),
        evidence={
            "readings": [reading(odd, y.unit), reading(other, x.unit)],
            "slip": slip.sort,
            "words": slip.words,
        },
        clears=f"It would agree if {odd.article.outlet}'s figure were in {_meant(slip, x, y)}.",
        basis=f"{slip.words}; units are converted by pint, money is not converted",
    )


def _what(slip: Slip, x: Quantity, y: Quantity) -> str:
    if slip.sort == "currency":
        return "the same amount in another currency"
    return "the same number in another unit" if x.unit != y.unit else "the number of one unit with the other"


def _meant(slip: Slip, x: Quantity, y: Quantity) -> str:
    if x.unit == y.unit:
        return "the other unit"
    return y.unit if slip.sort == "currency" else plural(y.unit)


def _rounded(value: Decimal) -> str:
    return f"{value.quantize(Decimal(1)) if abs(value) >= 100 else round(value, 1).normalize():,f}"
