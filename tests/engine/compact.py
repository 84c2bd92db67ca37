"""A claim as the golden files write it: only what is not at its default."""

from __future__ import annotations

from typing import Any

from claims.engine.as_json import claim_as_json
from claims.engine.records import Claim

_EMPTY = (None, "", [], False, ())


def compact(claim: Claim) -> dict[str, Any]:
    """What a claim says, without offsets and empty fields; offsets are tested by quote and text."""
    full = claim_as_json(claim)
    for field in ("start", "end", "sentence", "rule", "grain", "part_of"):
        full.pop(field)
    if claim.part_of is not None:
        full["part_of"] = True
    if full["status"] == "done":
        full.pop("status")
    attribution = full.pop("attribution")
    attribution.pop("span")
    if attribution["mode"] != "none":
        full["attribution"] = {k: v for k, v in attribution.items() if v not in _EMPTY}
    return {k: v for k, v in full.items() if v not in _EMPTY}
