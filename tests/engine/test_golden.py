"""Golden sentences by phenomenon: each with every claim it must yield, or none.

Add a case with ``{"text", "published", "claims": []}`` to a file in golden/, run the test, and copy in
what the failure shows once it is right.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from claims.engine.extract import extract
from tests.engine.compact import compact

GOLDEN = Path(__file__).parent / "golden"
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['text'][:60]}")
    for file in sorted(GOLDEN.glob("*.json"))
    for case in json.loads(file.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("case", CASES)
def test_a_golden_sentence_yields_exactly_its_claims(case: dict[str, Any]) -> None:
    body = case["text"]
    claims = extract(body, published=date.fromisoformat(case["published"]))
    for claim in claims:
        assert body[claim.span.start : claim.span.end] == claim.quote
        if claim.part_of is not None:
            assert any(other.span == claim.part_of for other in claims)
    assert [compact(claim) for claim in claims] == case["claims"]


def test_the_golden_files_hold_sentences_that_must_yield_nothing() -> None:
    cases = [case.values[0] for case in CASES]
    assert len(cases) >= 505
    assert sum(not case["claims"] for case in cases) >= 205
