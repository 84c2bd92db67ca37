"""How urgent a finding is: 0 to 100, with the reasons in words, for the queue's order.

Fact-checkers choose by harm and by reach before anything else (the selection criteria of the signatories of
the International Fact-Checking Network's code). So five things count, each with a share of the hundred:
severity as the check sees it 40, reach 28 (outlets 20, a headline 8), harm 15, an authority that differs 10,
how often the check proved right 7. The same rows give the same rank, on any day and in any order.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from claims import models
from claims.engine import lexicons

_SEVERITY = {"high": 40, "medium": 25, "low": 10, "info": 0}
#: Points for the outlets that carry what is at odds: five for each doubling, so that the second outlet
#: matters more than the twentieth.
_PER_DOUBLING, _MOST_FOR_OUTLETS = 5, 20
_HEADLINE = 8
_AUTHORITY = 10
_CASUALTIES, _TREATY, _DEADLINE = 15, 12, 8
#: What is at stake in money, in currencies of the order of a dollar; the largest that fits counts.
_MONEY = (
    (Decimal(10) ** 9, 12, "billions at stake"),
    (Decimal(10) ** 6, 6, "millions at stake"),
)
_OF_A_DOLLARS_ORDER = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD"})
#: Right and judged, of findings read one by one beside their passages (docs/benchmarks.md, "Findings").
_PROVED: Mapping[str, tuple[int, int]] = {
    "value_conflict": (6, 8),
    "headline_body": (2, 2),
    "stale_date": (2, 2),
    "quote_drift": (1, 1),
    "single_origin": (1, 1),
}
_MOST_FOR_PROOF = 7
#: Reasons are stored; so many outlets are counted one by one, more than that are as many as matter.
_CARRIERS = 500


@dataclass(frozen=True, slots=True)
class Carried:
    """What ranking looks at in one claim of a finding."""

    outlet: int
    origin: str
    headline: bool = False
    kind: str = ""
    value: Decimal | None = None
    unit: str = ""
    action: str = ""
    measured: str = ""
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rank:
    """A finding's place in the queue, and why it is there."""

    points: int
    reasons: tuple[str, ...]


def rank_of(
    severity: str,
    check: str,
    evidence: Mapping[str, Any],
    carriers: Sequence[Carried],
    shown: Sequence[Carried],
) -> Rank:
    """The rank of a finding. ``carriers`` tell what is at odds, ``shown`` are all that it shows. Pure."""
    parts = [
        (_SEVERITY.get(severity, 0), f"{severity} severity"),
        _by_outlets(carriers),
        (_HEADLINE, "in a headline") if any(each.headline for each in carriers) else (0, ""),
        max((_harm(each) for each in shown), default=(0, "")),
        (_AUTHORITY, "an authority disagrees") if isinstance(evidence.get("reference"), dict) else (0, ""),
        _by_proof(check),
    ]
    points = sum(points for points, _ in parts)
    return Rank(max(0, min(100, points)), tuple(words for _, words in parts if words))


def _by_outlets(carriers: Sequence[Carried]) -> tuple[int, str]:
    outlets = len({each.outlet for each in carriers})
    if outlets < 2:
        return 0, "in one outlet" if outlets else ""
    origins = min(outlets, len({each.origin for each in carriers}))
    points = min(_MOST_FOR_OUTLETS, int(_PER_DOUBLING * math.log2(outlets)))
    behind = "" if origins == outlets else f" from {origins} origin{'s' if origins > 1 else ''}"
    return points, f"in {outlets} outlets{behind}"


def _harm(claim: Carried) -> tuple[int, str]:
    """The worst that hangs on a claim, as far as its record says."""
    words = {claim.action, *claim.measured.lower().split()}
    if words & _words_of_casualties():
        return _CASUALTIES, "people killed or hurt"
    if claim.kind == "date":
        return _DEADLINE, "a date or deadline"
    if claim.action in ("restrict", "permit") or not _treaties().isdisjoint(claim.entities):
        return _TREATY, "a treaty or its limits"
    if claim.kind == "money" and claim.unit in _OF_A_DOLLARS_ORDER and claim.value is not None:
        return next(((p, words) for least, p, words in _MONEY if abs(claim.value) >= least), (0, ""))
    return 0, ""


def _by_proof(check: str) -> tuple[int, str]:
    """Laplace's rule of succession: one judged case proves little, none at all counts as a coin's toss."""
    right, judged = _PROVED.get(check, (0, 0))
    points = round(_MOST_FOR_PROOF * (right + 1) / (judged + 2))
    # One or two cases are too few to tell people about.
    return points, f"{right} of {judged} such findings proved right" if judged >= 5 else ""


def _words_of_casualties() -> frozenset[str]:
    happened = lexicons.load("sorts")["happened"]
    return frozenset({*happened["killed"], *happened["hurt"], "wound", "kill"})


def _treaties() -> frozenset[str]:
    return frozenset(lexicons.load("treaties"))


# --- with the database ---


@dataclass(frozen=True, slots=True)
class Ranked:
    """What ranking writes into a finding's row."""

    rank: int
    rank_reasons: list[str]
    topics: list[str]

    def columns(self) -> dict[str, Any]:
        """As columns of the row."""
        return {"rank": self.rank, "rank_reasons": self.rank_reasons, "topics": self.topics}


@dataclass(frozen=True, slots=True)
class Told:
    """A finding to be ranked: its columns, and the ids of claims (that at odds first) and articles shown."""

    severity: str
    check: str
    evidence: Mapping[str, Any]
    claims: Sequence[int]
    articles: Sequence[int]


def rank_all(found: Sequence[Told]) -> list[Ranked]:
    """Ranks findings, in their order; three queries for all of them, none for none."""
    if not found:
        return []
    claims = _claims({pk for each in found for pk in each.claims})
    odd = [claims[each.claims[0]] for each in found if each.claims and each.claims[0] in claims]
    carriers = _carriers(odd)
    articles = {pk for each in found for pk in each.articles}
    articles |= {row["revision__article"] for row in claims.values()}
    stories = _stories(articles)
    out = []
    for each in found:
        rows = [claims[pk] for pk in each.claims if pk in claims]
        shown = [_carried(row) for row in rows]
        telling = [stories[pk] for pk in each.articles if pk in stories]
        if rows:
            same = [_carried(row) for row in carriers.get(_reading(rows[0]), ())]
            carrying = [shown[0], *same]
        else:
            carrying = [Carried(story.outlet, story.origin) for story in telling]
        rank = rank_of(each.severity, each.check, each.evidence, carrying, shown)
        about = {row["revision__article"] for row in rows} | set(each.articles)
        topics = {topic for pk in about if pk in stories for topic in stories[pk].topics}
        out.append(Ranked(rank.points, list(rank.reasons), sorted(topics)))
    return out


_COLUMNS = (
    "id",
    "group",
    "headline",
    "kind",
    "value",
    "modifier",
    "unit",
    "action",
    "measured",
    "entities",
    "revision__article",
    "revision__article__outlet",
    "revision__article__origin",
)
_Row = Mapping[str, Any]


def _claims(ids: Iterable[int]) -> dict[int, _Row]:
    rows = models.Claim.objects.filter(pk__in=ids).order_by().values(*_COLUMNS)
    return {row["id"]: row for row in rows}


def _reading(row: _Row) -> tuple[Any, ...]:
    """Claims that say the same of the same question."""
    return row["group"], row["kind"], row["value"], row["modifier"].lower()


def _carriers(odd: Sequence[_Row]) -> dict[tuple[Any, ...], list[_Row]]:
    """The standing claims that say the same as those at odds, by what they say."""
    numeric = [row for row in odd if row["value"] is not None and row["group"]]
    if not numeric:
        return {}
    same = (
        models.Claim.objects.standing()
        .filter(group__in={row["group"] for row in numeric}, value__in={row["value"] for row in numeric})
        .order_by("pk")
        .values(*_COLUMNS)[: _CARRIERS * len(numeric)]
    )
    wanted = {_reading(row) for row in numeric}
    found: dict[tuple[Any, ...], list[_Row]] = {}
    for row in same:
        if (reading := _reading(row)) in wanted:
            found.setdefault(reading, []).append(row)
    return found


def _carried(row: _Row) -> Carried:
    return Carried(
        outlet=row["revision__article__outlet"],
        origin=_origin(row["revision__article__origin"], row["revision__article__outlet"]),
        headline=row["headline"],
        kind=row["kind"],
        value=row["value"],
        unit=row["unit"],
        action=row["action"],
        measured=row["measured"],
        entities=tuple(row["entities"]),
    )


def _origin(origin: Any, outlet: int) -> str:
    """As claims.models.origin counts: articles that share an origin count once, others by outlet."""
    return str(origin) if origin else f"outlet {outlet}"


@dataclass(frozen=True, slots=True)
class _Story:
    outlet: int
    origin: str
    topics: tuple[str, ...]


def _stories(articles: Iterable[int]) -> dict[int, _Story]:
    rows = models.Revision.objects.current().filter(article__in=articles).order_by()
    columns = rows.values_list("article", "article__outlet", "article__origin", "topics")
    return {
        article: _Story(outlet, _origin(origin, outlet), tuple(topics))
        for article, outlet, origin, topics in columns
    }
