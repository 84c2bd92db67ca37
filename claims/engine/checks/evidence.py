"""What a finding shows: readings as JSON, dates and values in words, stable subjects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from hashlib import blake2b

from claims.engine.checks.comparing import in_one_unit
from claims.engine.independence import counted_origins, independent
from claims.engine.records import PlacedClaim, Quantity, When
from claims.engine.wording import listed

# Our own, so that no machine's locale changes a stored sentence.
_MONTHS = "January February March April May June July August September October November December"


def quantity_of(placed: PlacedClaim) -> Quantity:
    """The quantity of a claim a check has chosen for having one; ValueError otherwise."""
    if placed.claim.quantity is None:
        raise ValueError(f"no quantity in {placed.key}")
    return placed.claim.quantity


def plain(value: Decimal | None) -> str | None:
    """A number without exponent or trailing zeros; None stays None (unbounded)."""
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def in_words(quantity: Quantity) -> str:
    """The interval as a reader sees it: "31", "17.5 to 18", "at least 40", "up to 31 (soft)"."""
    low, high = (
        f"{Decimal(x):,}" if x is not None else None for x in (plain(quantity.low), plain(quantity.high))
    )
    soft = " (soft)" if quantity.soft else ""
    if low is None:
        return f"up to {high}{soft}" if high is not None else "any value"
    if high is None:
        return f"{'more than' if quantity.low_open else 'at least'} {low}"
    if low == high:
        return low
    return f"up to {high}{soft}" if quantity.low == 0 else f"{low} to {high}{soft}"


def reading(placed: PlacedClaim, unit: str | None = None) -> dict[str, object]:
    """One claim as evidence; with ``unit``, its bounds in that unit too where they were written in
    another."""
    claim, article = placed.claim, placed.article
    found: dict[str, object] = {
        "claim": placed.key,
        "outlet": article.outlet,
        "article": article.key,
        "title": article.title,
        "published": article.published.isoformat() if article.published else None,
        "quote": claim.quote,
        "status": claim.status.value,
        "source": claim.attribution.source,
    }
    if claim.when:
        found["when"] = {
            "text": claim.when.text,
            "start": claim.when.start.isoformat() if claim.when.start else None,
            "end": claim.when.end.isoformat() if claim.when.end else None,
        }
    if claim.quantity:
        found |= _bounds(claim.quantity)
        if unit and unit != claim.quantity.unit:
            other = in_one_unit(Quantity(Decimal(0), None, None, unit), claim.quantity)
            if other:
                found["converted"] = _bounds(other[1])
    return found


def _bounds(quantity: Quantity) -> dict[str, object]:
    return {
        "value": plain(quantity.value),
        "low": plain(quantity.low),
        "high": plain(quantity.high),
        "low_open": quantity.low_open,
        "high_open": quantity.high_open,
        "unit": quantity.unit,
        "modifier": quantity.modifier,
        "soft": quantity.soft,
        "rule": quantity.rule,
        "reads_as": in_words(quantity),
    }


def day(value: date) -> str:
    """A date in words: "3 May 2021"."""
    return f"{value.day} {_MONTHS.split()[value.month - 1]} {value.year}"


def days(start: date, end: date) -> str:
    """A span of days in words: "1 to 3 May 2021"."""
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day} to {day(end)}"
    return f"{day(start)} to {day(end)}"


def when_in_words(when: When) -> str:
    return days(when.start, when.end) if when.start and when.end else when.text


def quoted(text: str, longest: int = 90) -> str:
    """Words of an article inside a sentence of ours: on one line, not too long, in quotation marks."""
    line = " ".join(text.split()).strip(" “”\"'")
    if len(line) > longest:
        line = line[:longest].rsplit(" ", 1)[0] + " …"
    return f"“{line}”"


def outlets(members: Iterable[PlacedClaim], most: int = 4) -> str:
    """The outlets of some claims as a sentence lists them; beyond ``most`` only how many more.

    Where some share an origin, the list says how many origins they are: "A, B and C (2 independent origins)".
    """
    told = [m.article for m in members]
    names = list(dict.fromkeys(article.outlet for article in told))
    origins = independent(told)
    some = f" ({counted_origins(origins)})" if origins < len(names) else ""
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} more outlets"]
    return listed(names) + some


def weight(members: Iterable[PlacedClaim]) -> int:
    """How many independent origins stand behind some claims: outlets that share one count once."""
    return independent(m.article for m in members)


def several(members: Iterable[PlacedClaim]) -> bool:
    return len({m.article.outlet for m in members}) > 1


def subject(*parts: str) -> str:
    """A finding's subject from stable parts; a long part is shortened to a digest of its content."""
    return "|".join(
        x if len(x) <= 120 else x[:80] + blake2b(x.encode(), digest_size=12).hexdigest() for x in parts
    )


def keys(members: Sequence[PlacedClaim]) -> tuple[str, ...]:
    """Claim keys, each once, in the order of the evidence."""
    return tuple(dict.fromkeys(m.key for m in members))


def article_keys(members: Sequence[PlacedClaim]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.article.key for m in members))
