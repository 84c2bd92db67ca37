"""What a finding's evidence shows to people. A key not known here is left to the evidence as recorded."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from claims.models import Finding

from .wording import amount, number

_OF_A_REFERENCE = {"reads_as": "Value there", "definition": "Defined there as", "licence": "Licence"}
_NAMED = {"missing": "Words left out", "wire": "Same agency"}


def readings(evidence: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The claims as the check recorded them; none where the evidence has another shape."""
    value = evidence.get("readings")
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def converted(reading: Mapping[str, Any]) -> str:
    """A recorded reading in the other's unit, as a person would write it: "708 pounds"; "" without one."""
    other = reading.get("converted")
    if not isinstance(other, dict):
        return ""
    unit = str(other.get("unit") or "")
    try:
        low, high = (None if other.get(end) is None else Decimal(str(other[end])) for end in ("low", "high"))
    except InvalidOperation:
        low = high = None
    if low is not None and low == high:
        return amount(figures(low), unit)
    if low is not None and high is not None:
        return f"{number(figures(low))} to {amount(figures(high), unit)}"
    return f"{other.get('reads_as')} {unit}".strip()


def figures(value: Decimal, so_many: int = 4) -> Decimal:
    """A converted value without digits that nobody measured: 707.6839 -> 707.7, 5500 -> 5500."""
    if not value.is_finite() or value == 0:
        return value
    digits = so_many - 1 - value.adjusted()
    return round(value, digits) if digits > 0 else round(value, 0)


def shared_passages(finding: Finding) -> list[str]:
    """Stretches that stand word for word in more than one article."""
    return list(_texts(_listed(finding, "passages")))


def lines(finding: Finding) -> list[tuple[str, str]]:
    """Name and value of what has a plain form of words."""
    evidence = finding.evidence
    out: list[tuple[str, str]] = []
    for key, name in _NAMED.items():
        if value := evidence.get(key):
            out.append((name, str(value)))
    for difference in _dicts(finding, "differences"):
        here, there = (
            f"“{x}”" if x else "nothing" for x in (difference.get("here"), difference.get("there"))
        )
        out.append(("Words that differ", f"{here} against {there}"))
    for reading in _dicts(finding, "intervals"):
        out.append(
            ("Read as", f"{reading.get('reads_as')}: {', '.join(_texts(reading.get('outlets') or ()))}")
        )
    if isinstance(sum_ := evidence.get("comes_to"), str) and sum_:
        out.append(("Done again", sum_))
    if gap := _gap(finding):
        out.append(("Gap between the readings", gap))
    for reading in _dicts(finding, "readings"):
        if said := converted(reading):
            out.append(("In the other's unit", f"{said}: {reading.get('quote')} ({reading.get('outlet')})"))
        if day := _day(reading.get("as_of")):
            out.append(("As of", f"{day}: {reading.get('quote')} ({reading.get('outlet')})"))
    if (days := evidence.get("days_off")) is not None:
        out.append(("Days apart", str(days)))
    reference = evidence.get("reference")
    if isinstance(reference, dict):
        held = " to ".join(dict.fromkeys(_texts(map(_day, (reference.get("start"), reference.get("end"))))))
        parts = _texts([reference.get("title"), reference.get("edition"), reference.get("authority"), held])
        out.append(("Held against", ", ".join(parts)))
        for key, name in _OF_A_REFERENCE.items():
            out += [(name, said) for said in _texts([reference.get(key)])]
    reasons = [reason for link in _dicts(finding, "links") for reason in _texts(link.get("reasons") or ())]
    out += [("Linked because", reason) for reason in dict.fromkeys(reasons)]
    return out


def days_of(reference: dict[str, Any]) -> tuple[date, date] | None:
    """The first and last day of a recorded reference; None where it has no date."""
    try:
        start = date.fromisoformat(str(reference.get("start")))
        end = reference.get("end")
        return start, date.fromisoformat(str(end)) if end else start
    except ValueError:
        return None


def as_json(finding: Finding) -> str:
    """The whole evidence, for those who want to see it all; "" where there is none."""
    if not finding.evidence:
        return ""
    return json.dumps(finding.evidence, indent=2, ensure_ascii=False, sort_keys=True)


def _listed(finding: Finding, key: str) -> list[Any]:
    value = finding.evidence.get(key)
    return value if isinstance(value, list) else []


def _dicts(finding: Finding, key: str) -> list[dict[str, Any]]:
    return [item for item in _listed(finding, key) if isinstance(item, dict)]


def _gap(finding: Finding) -> str:
    """The distance between two readings with its unit, which is that of the reading named last."""
    readings = _dicts(finding, "readings")
    try:
        return amount(Decimal(str(finding.evidence["gap"])), str(readings[-1].get("unit") or ""))
    except (KeyError, IndexError, InvalidOperation):
        return ""


def _day(text: object) -> str:
    """ "2021-04-15" -> "15 April 2021"; "" for what is no date."""
    try:
        return f"{date.fromisoformat(str(text)):%-d %B %Y}"
    except ValueError:
        return ""


def _texts(values: Iterable[object]) -> Iterable[str]:
    return (v for v in values if isinstance(v, str) and v)
