"""A claim as plain data, for the command line and other programs."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from claims.engine.records import Claim, When


def number(value: Decimal | None) -> int | float | None:
    """A number for JSON: an integer where it is whole, else the nearest float; None stays None."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def when(value: When | None) -> dict[str, Any] | None:
    """A time as {"text", "start", "end"}: the words, and ISO dates or None."""
    if value is None:
        return None
    return {
        "text": value.text,
        "start": value.start.isoformat() if value.start else None,
        "end": value.end.isoformat() if value.end else None,
    }


def claim_as_json(claim: Claim) -> dict[str, Any]:
    """A claim as a flat object: start, end, quote, kind, value, low, high, modifier, unit and the rest.

    Offsets count Unicode code points. Times are {"text", "start", "end"} with ISO dates; ``part_of`` is
    [start, end].
    """
    q = claim.quantity
    attribution = asdict(claim.attribution)
    span = claim.attribution.span
    attribution["span"] = [span.start, span.end] if span else None
    return {
        "start": claim.span.start,
        "end": claim.span.end,
        "quote": claim.quote,
        "kind": claim.kind.value,
        "value": number(q.value) if q else None,
        "low": number(q.low) if q else None,
        "high": number(q.high) if q else None,
        "low_open": q.low_open if q else False,
        "high_open": q.high_open if q else False,
        "modifier": q.modifier if q else None,
        "unit": q.unit if q else None,
        "soft": q.soft if q else False,
        "grain": number(q.grain) if q else None,
        "bounds_rule": q.rule if q else None,
        "measured": claim.measured,
        "noun": claim.noun,
        "noun_modifiers": list(claim.noun_modifiers),
        "actor": claim.actor,
        "action": claim.action,
        "object": claim.object,
        "object_party": claim.object_party,
        "place": claim.place,
        "part_of": [claim.part_of.start, claim.part_of.end] if claim.part_of else None,
        "negated": claim.negated,
        "status": claim.status.value,
        "hedge": claim.hedge,
        "attribution": attribution,
        "when": when(claim.when),
        "reported_when": when(claim.reported_when),
        "entities": list(claim.entities),
        "sentence": [claim.sentence.start, claim.sentence.end],
        "rule": claim.rule,
    }
