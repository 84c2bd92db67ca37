"""How likely it is that two numbers of one story are one, by learnt weights, and why, in words.

The weights are those of a logistic regression over :mod:`claims.engine.evidence`, made by
``training/train_linking.py`` (weights/LICENCE.md says from what): one set with the
values in evidence, one without.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from claims.engine.evidence import Features, View
from claims.engine.records import PlacedClaim
from claims.engine.sorts import sort_of_claim

Weights = dict[str, float]


@cache
def _weights() -> tuple[Weights, Weights]:
    data = json.loads(files("claims.engine.weights").joinpath("linking.json").read_text("utf-8"))
    return data["all"], data["besides_values"]


def weigh(weights: Weights, found: Features) -> float:
    """The probability that evidence speaks of one fact, under given weights."""
    total = math.fsum(weights.get(name, 0.0) * value for name, value in found.items())
    return 1 / (1 + math.exp(-max(total, -500.0)))


def probability(found: Features) -> float:
    """How likely two numbers of one story are the same, in (0, 1)."""
    return weigh(_weights()[0], found)


def besides_values(found: Features) -> float:
    """The same as if nobody had told the values."""
    return weigh(_weights()[1], found)


#: Reasons given with a link at most, the values apart.
MOST = 6


def told(found: Features, x: View, y: View, a: PlacedClaim, b: PlacedClaim) -> tuple[str, ...]:
    """What spoke most for a link, in words, the strongest first; symmetric."""
    weights = _weights()[0]
    reasons = []
    for words, names in _reasons(found, x, y, a, b):
        strength = math.fsum(weights.get(name, 0.0) * found.get(name, 0.0) for name in names)
        reasons.append((-max(strength, 0.0), words))
    return tuple(words for _, words in sorted(reasons)[:MOST])


def _reasons(
    found: Features, x: View, y: View, a: PlacedClaim, b: PlacedClaim
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each reason in words, and the names of the evidence it rests on."""
    p, q = x.question, y.question
    likeness = [name for name in found if name.startswith("story over")]
    if likeness:
        yield "articles on one story", (*likeness, "slot same in a story")
    if "noun same" in found:
        yield f"same noun: {p.noun}", ("noun same", "noun rare", "noun common")
    elif "noun kin" in found:
        yield f"both count people: {min(p.noun, q.noun)} and {max(p.noun, q.noun)}", ("noun kin",)
    roles: tuple[tuple[str, str | None, str | None], ...] = (
        ("action", p.action, q.action),
        ("actor", p.actor, q.actor),
        ("object", p.party, q.party),
        ("place", p.place, q.place),
    )
    for role, one, other in roles:
        if one and other and (f"{role} same" in found or f"{role} of amounts same" in found):
            name = min(one, other, key=lambda n: (len(n), n))
            yield f"same {role}: {name}", (f"{role} same", f"{role} of amounts same")
    if "unit same" in found and x.unit == y.unit and "noun same" not in found:
        yield f"same unit: {x.unit}", ("unit same", "slot same")
    if "sort same" in found:
        yield f"both tell the same: {sort_of_claim(a).sort}", ("sort same", "sort same in a story")
    near = sorted(x.beside.keys() & y.beside.keys(), key=lambda w: (-x.beside[w], w))
    if near:
        yield (
            "same words beside the number: " + ", ".join(near[:4]),
            ("beside alike", "left same", "right same"),
        )
    names = sorted(x.names & y.names)
    if names:
        yield "same names: " + ", ".join(names[:4]), ("names same", "sentences alike")
    if "numbers same" in found:
        yield "the sentences share other numbers", ("numbers same",)
    if "numbers of articles same" in found:
        yield "the articles share other numbers", ("numbers of articles same",)
    if "days same" in found:
        yield "said to be of the same day", ("days same",)
    elif "weekday same" in found:
        yield "the articles tell of the same day of the week", ("weekday same", "weekdays same")
    first, second = a.article.published, b.article.published
    if first and second:
        days = abs((first - second).days)
        apart = f"published {days} day{'s' * (days > 1)} apart" if days else "published the same day"
        yield apart, ("within 1 days", "within 4 days", "within 14 days")
