"""Which members of a group a check holds against each other, and which of two has it from the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from claims.engine.checks.comparing import across_articles
from claims.engine.records import PlacedClaim, Quantity
from claims.engine.wording import words

__all__ = ["across", "credits", "few", "source_first"]

#: Readings of one group that are held against each other at most, and outlets of each: pairs grow with the
#: square, and a group of more readings is about no single figure. What most outlets carry is kept.
MOST, OUTLETS = 60, 8
#: Letters an outlet's name must have before finding it in a sentence means a credit ("AP" stands in "APC").
_NAME = 3


def few(members: Sequence[PlacedClaim], by_article: bool = False) -> list[PlacedClaim]:
    """One member for each outlet and reading, of the :data:`MOST` readings that most outlets carry and the
    first :data:`OUTLETS` outlets of each.

    With ``by_article`` claims count singly, not by outlet: two articles of one outlet may be of two days, and
    which of them is at odds with another outlet's matters. The order of the members is kept, so what
    check_group sorted stays sorted.
    """
    readings: dict[Quantity, dict[str, PlacedClaim]] = {}
    for member in members:
        if member.claim.quantity:
            readings.setdefault(member.claim.quantity, {}).setdefault(
                member.key if by_article else member.article.outlet, member
            )

    def rank(quantity: Quantity) -> tuple[int, Decimal, str]:
        return -len(readings[quantity]), quantity.value, repr(quantity)

    kept = sorted(readings, key=rank)[:MOST]
    chosen = {m.key for r in kept for m in list(readings[r].values())[:OUTLETS]}
    return [m for m in members if m.key in chosen]


def across(members: Sequence[PlacedClaim]) -> Iterator[tuple[PlacedClaim, PlacedClaim]]:
    """Pairs of different outlets among :func:`few` members."""
    yield from across_articles(few(members))


def source_first(a: PlacedClaim, b: PlacedClaim) -> tuple[PlacedClaim, PlacedClaim] | None:
    """The two in the order (source, taker), or None where nothing tells.

    The one that credits the other's outlet took it from there; otherwise the one published later had the
    chance to. Symmetric.
    """
    one, other = credits(a, b), credits(b, a)
    if one != other:
        return (b, a) if one else (a, b)
    first, second = a.article.published, b.article.published
    if not first or not second or first == second:
        return None
    return (a, b) if first < second else (b, a)


def credits(taker: PlacedClaim, source: PlacedClaim) -> bool:
    """Whether a claim's sentence or credit names the other's outlet."""
    name = [w.form for w in words(source.article.outlet)]
    if sum(map(len, name)) < _NAME:
        return False
    said = " | ".join((*taker.claim.attribution.chain(), taker.claim.sentence.of(taker.text)))
    forms = [w.form for w in words(said)]
    return any(forms[i : i + len(name)] == name for i in range(len(forms) - len(name) + 1))
