"""What a finding's evidence shows to people. A key not known here is left to the evidence as recorded."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from claims.models import Finding

_NAMED = {"missing": "Words left out", "wire": "Same agency", "gap": "Gap between the readings"}


def words(finding: Finding) -> list[str]:
    """Phrases that make the difference between the passages, to be marked in them."""
    found = [finding.evidence.get("missing")]
    for difference in _listed(finding, "differences"):
        if isinstance(difference, dict):
            found += [difference.get("here"), difference.get("there")]
    return list(dict.fromkeys(_texts(found)))


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
    if (days := evidence.get("days_off")) is not None:
        out.append(("Days apart", str(days)))
    reference = evidence.get("reference")
    if isinstance(reference, dict):
        held = " to ".join(dict.fromkeys(_texts([reference.get("start"), reference.get("end")])))
        parts = _texts([reference.get("title"), reference.get("edition"), reference.get("authority"), held])
        out.append(("Held against", ", ".join(parts)))
    reasons = [
        reason
        for link in _listed(finding, "links")
        if isinstance(link, dict)
        for reason in _texts(link.get("reasons") or ())
    ]
    out += [("Linked because", reason) for reason in dict.fromkeys(reasons)]
    return out


def as_json(finding: Finding) -> str:
    """The whole evidence, for those who want to see it all; "" where there is none."""
    if not finding.evidence:
        return ""
    return json.dumps(finding.evidence, indent=2, ensure_ascii=False, sort_keys=True)


def _listed(finding: Finding, key: str) -> list[Any]:
    value = finding.evidence.get(key)
    return value if isinstance(value, list) else []


def _texts(values: Iterable[object]) -> Iterable[str]:
    return (v for v in values if isinstance(v, str) and v)
