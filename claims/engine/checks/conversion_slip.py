"""A figure and its conversion, side by side in one article, do not come to the same.

"5,500 kilometres (4,300 miles)": the two are meant to be one amount, and one of them is not. What the first
comes to in the second's unit is shown. News rounds conversions, so a difference within half the grain of
either number or a tenth of it is left alone. Money is not converted. The first 300 measures of an article are
looked at.

Example: an outlet gives a missile's range as 5,500 kilometres (4,300 miles), which are 3,418 miles.

What would clear it: nothing but a correction, unless the two are not one amount.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from claims.engine.checks.comparing import in_one_unit
from claims.engine.checks.evidence import article_keys, keys, plain, quantity_of, quoted, reading, subject
from claims.engine.checks.registry import check
from claims.engine.checks.slips import plural
from claims.engine.records import ArticleHistory, Finding, Kind, PlacedClaim, Severity

_MOST = 300
#: What stands between a figure and its conversion.
_BESIDE = re.compile(r"\s*(?:\(\s*(?:or\s+|about\s+|i\.e\.,?\s+)?|/\s*|,\s+or\s+)", re.IGNORECASE)
#: How far a rounded conversion may be off, as a share ("about 60 miles (100 kilometers)").
_ROUNDED = Decimal("0.10")


@check(id="conversion_slip", name="Wrong conversion", over="article")
def conversion_slip(history: ArticleHistory) -> Iterator[Finding]:
    measures = [c for c in history.claims if c.claim.kind is Kind.MEASURE and c.claim.quantity]
    measures.sort(key=lambda c: (c.claim.headline, c.claim.span))
    reported = set()
    for first, second in pairwise(measures[:_MOST]):
        if first.claim.headline != second.claim.headline or not _beside(first, second):
            continue
        converted = _wrong(first, second)
        name = subject(*(f"{plain(quantity_of(c).value)} {quantity_of(c).unit}" for c in (first, second)))
        if converted is not None and name not in reported:
            reported.add(name)
            yield _finding(name, first, second, converted)


def _beside(first: PlacedClaim, second: PlacedClaim) -> bool:
    between = first.text[first.claim.span.end : second.claim.span.start]
    return bool(_BESIDE.fullmatch(between))


def _wrong(first: PlacedClaim, second: PlacedClaim) -> Decimal | None:
    """What the first comes to in the second's unit, if that is not the second; None if it is, or nobody can
    tell."""
    x, y = quantity_of(first), quantity_of(second)
    both = in_one_unit(y, x)
    if x.unit == y.unit or both is None or "range" in (x.rule, y.rule):
        return None
    there = both[1]
    room = max(y.grain / 2, there.grain / 2, abs(y.value) * _ROUNDED)
    return there.value if abs(there.value - y.value) > room else None


def _finding(name: str, first: PlacedClaim, second: PlacedClaim, converted: Decimal) -> Finding:
    unit = plural(quantity_of(second).unit)
    digits = Decimal(1) if abs(converted) >= 100 else Decimal("0.1")
    comes_to = f"{Decimal(plain(converted.quantize(digits)) or 0):,f} {unit}"
    return Finding(
        check="conversion_slip",
        severity=Severity.MEDIUM,
        subject=name,
        summary=(
            f"{first.article.outlet} gives {quoted(first.claim.quote)} and beside it "
            f"{quoted(second.claim.quote)}; the first comes to {comes_to}."
        ),
        claims=keys([second, first]),
        articles=article_keys([first]),
        evidence={
            "readings": [reading(second), reading(first, quantity_of(second).unit)],
            "converted": plain(converted),
            "unit": quantity_of(second).unit,
        },
        clears=f"It would agree if {quoted(second.claim.quote)} were {comes_to}.",
        basis="two units of one dimension side by side are one amount; converted by pint, 10 percent of room",
    )
