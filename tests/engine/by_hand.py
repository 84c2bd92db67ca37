"""Claims made by hand: a short article, the quote in it, and what an extractor would say about it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from claims.engine.records import (
    ArticleRef,
    Attribution,
    Claim,
    Group,
    Kind,
    Mode,
    PlacedClaim,
    Quantity,
    ReferenceValue,
    Span,
    When,
)

DAY = date(2024, 6, 12)


def quantity(value: float | str, unit: str, modifier: str | None = None, **more: Any) -> Quantity:
    """A quantity with the bounds its modifier gives in the simplest reading; ``more`` overrides."""
    number = Decimal(str(value))
    low, high, rule = {
        None: (number, number, "point"),
        "up to": (Decimal(0), number, "up_to"),
        "as many as": (Decimal(0), number, "up_to"),
        "at most": (None, number, "at_most"),
        "at least": (number, None, "at_least"),
        "more than": (number, None, "more_than"),
        "about": (number * Decimal("0.9"), number * Decimal("1.1"), "about"),
        "almost": (number * Decimal("0.95"), number, "almost"),
        "including": (number, number, "point"),
    }[modifier]
    fields: dict[str, Any] = {
        "value": number,
        "low": low,
        "high": high,
        "unit": unit,
        "modifier": modifier,
        "rule": rule,
        "soft": rule == "up_to",
    }
    return Quantity(**(fields | more))


def article(outlet: str = "The Courier", published: date | None = DAY, **more: Any) -> ArticleRef:
    return ArticleRef(**({"key": f"a-{outlet}", "outlet": outlet, "published": published} | more))


def claim(quote: str, kind: Kind = Kind.COUNT, at: int = 0, **fields: Any) -> Claim:
    """A claim whose sentence is the quote itself, standing at ``at``."""
    span = Span(at, at + len(quote))
    return Claim(span=span, quote=quote, sentence=fields.pop("sentence", span), kind=kind, **fields)


def placed(
    claimed: Claim, outlet: str = "The Courier", published: date | None = DAY, **more: Any
) -> PlacedClaim:
    where = article(outlet, published, **more)
    return PlacedClaim(f"{where.key}:{claimed.span.start}", claimed, where)


def launchers(
    value: int = 24, modifier: str | None = None, outlet: str = "The Courier", **fields: Any
) -> PlacedClaim:
    """The "24 launchers" that Norland deploys in Eastmark: a standing figure."""
    published, at, key = fields.pop("published", DAY), fields.pop("at", 0), fields.pop("article", None)
    body = fields.pop("body", "")
    words = f"{modifier} {value} launchers" if modifier and modifier != "including" else f"{value} launchers"
    base: dict[str, Any] = {
        "quantity": quantity(value, "launcher", modifier),
        "noun": "launcher",
        "actor": "Norland",
        "action": "deploy",
        "place": "Eastmark",
        "measured": "launchers",
    }
    more = {"key": key} if key else {}
    return placed(
        claim(fields.pop("quote", words), at=at, **(base | fields)), outlet, published, body=body, **more
    )


def quotation(text: str, speaker: str | None = "Ada Brandt", told: str | None = None, **fields: Any) -> Claim:
    return claim(
        text,
        Kind.QUOTATION,
        attribution=Attribution(mode=Mode.DIRECT, source=speaker, told=told),
        **fields,
    )


def when(text: str, start: date | None, end: date | None = None) -> When:
    return When(text, Span(0, len(text)), start, end or start)


def group(*members: PlacedClaim, **more: Any) -> Group:
    return Group("g", "a question", tuple(members), **more)


def event(start: date, **fields: Any) -> ReferenceValue:
    base: dict[str, Any] = {
        "key": "r1",
        "authority": "The Registry",
        "title": "Expulsions",
        "kind": "event",
        "actor": "Norland",
        "action": "expel",
        "object": "Sudmark envoys",
        "start": start,
    }
    return ReferenceValue(**(base | fields))
