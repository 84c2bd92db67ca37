"""A finding's claims held against each other, one row each: what is the same in all is said once, what
differs stands in the table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claims.models import Claim

from . import evidence as recorded
from . import wording
from .sides import Side

#: What one claim says under one heading, in words; "" for nothing.
Teller = Callable[[Claim], str]
#: Headings under which claims of one question always differ a little: shown, but not marked.
_QUIET = frozenset({"Published", "Measured", "Credited to", "Who", "Whom"})
#: Headings not worth a word where all say the same: the value has its unit, and most texts stand as they are.
_IMPLIED = frozenset({"Stood", "Unit"})
# What follows in brackets or quotation marks is how it was said, not what.
_HOW = re.compile(r"\s*[(“].*")


@dataclass(frozen=True, slots=True)
class Cell:
    heading: str
    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Row:
    key: str  # of its side
    claim: Claim
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``same`` are headings with what all claims say; ``headings`` those under which they differ."""

    headings: list[str]
    rows: list[Row]
    same: list[tuple[str, str]]


def comparison(sides: Sequence[Side], evidence: Mapping[str, Any]) -> Comparison:
    """The claims of all sides, held against each other under every heading that says anything."""
    claims = [(side.key, claim) for side in sides for claim in side.claims]
    tellers = (*_TELLERS, ("In the other’s unit", _converted(evidence)))
    said = {heading: [tell(claim) for _, claim in claims] for heading, tell in tellers}
    said = {heading: texts for heading, texts in said.items() if any(texts)}
    differing = [heading for heading, texts in said.items() if len(set(map(_gist, texts))) > 1]
    quiet = _QUIET - ({"Credited to"} if "sources" in evidence else set())
    usual = {heading: _usual(said[heading]) for heading in differing if heading not in quiet}
    rows = [
        Row(key, claim, [_cell(heading, said[heading][at], usual.get(heading)) for heading in differing])
        for at, (key, claim) in enumerate(claims)
    ]
    alike = [(heading, texts[0]) for heading, texts in said.items() if heading not in differing]
    same = [(heading, text) for heading, text in alike if heading not in _IMPLIED]
    return Comparison(differing, rows, same)


def _cell(heading: str, text: str, usual: str | None) -> Cell:
    return Cell(heading, text, usual is not None and _gist(text) != usual)


def _gist(text: str) -> str:
    return _HOW.sub("", text.casefold()) or text.casefold()


def _usual(texts: Sequence[str]) -> str:
    """What most say; where two are said equally often, what the first at odds does not say."""
    counts = Counter(map(_gist, texts))
    first = _gist(texts[0])
    return max(counts, key=lambda text: (counts[text], text != first))


def _as_of(claim: Claim) -> str:
    if not claim.when_text:
        return ""
    days = wording.days(claim.when_start, claim.when_end)
    return f"{claim.when_text} ({days})" if days and days != claim.when_text else claim.when_text


def _published(claim: Claim) -> str:
    return f"{claim.revision.published:%-d %b %Y}" if claim.revision.published else "no date"


def _status(claim: Claim) -> str:
    if claim.kind == "quotation":
        return ""
    said = wording.STATUSES.get(claim.status, claim.status)
    said = f"not {said}" if claim.negated else said
    return f"{said} (“{claim.hedge}”)" if claim.hedge else said


def _credit(claim: Claim) -> str:
    said = wording.attribution(claim.mode, claim.source, claim.attribution)
    how = wording.how_credited(claim.mode)
    return f"{said} ({how})" if how else said


def _written(claim: Claim) -> str:
    return wording.amount(claim.value, claim.unit) if claim.value is not None else ""


def _qualifier(claim: Claim) -> str:
    return (claim.modifier or "none") if claim.value is not None else ""


def _part_of(claim: Claim) -> str:
    if claim.part_of:
        return f"part of {claim.part_of.quote}"
    if parts := getattr(claim, "stated_parts", None):
        return f"with its part {'; '.join(part.quote for part in parts)}"
    return ""


def _revision(claim: Claim) -> str:
    return "now" if claim.revision.is_current else f"before, as revision {claim.revision.number}"


def _converted(evidence: Mapping[str, Any]) -> Teller:
    """What the check worked out a claim to be in the other's unit."""
    found = {}
    for one in recorded.readings(evidence):
        if said := recorded.converted(one):
            found[str(one.get("claim"))] = said
    return lambda claim: found.get(str(claim.pk), "")


_TELLERS: tuple[tuple[str, Teller], ...] = (
    ("Stood", _revision),
    ("As written", _written),
    ("Qualifier", _qualifier),
    ("Status", _status),
    ("As of, or when", _as_of),
    ("Published", _published),
    ("Credited to", _credit),
    ("Measured", lambda claim: claim.measured if claim.kind != "quotation" else ""),
    ("Part or whole", _part_of),
    ("Place", lambda claim: claim.place),
    ("Who", lambda claim: claim.actor),
    ("Whom", lambda claim: claim.object_party),
    ("Unit", lambda claim: claim.unit),
)
