"""docs/numbers.md and the code name the same rows."""

from __future__ import annotations

import re
from pathlib import Path

from claims.engine.bounds import ROWS

#: Rows used where no modifier stands.
BARE = {"point", "grain", "vague", "range", "fraction", "part", "rank"}


def test_every_row_of_bounds_is_explained(repository: Path) -> None:
    text = (repository / "docs" / "numbers.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))
    assert explained == set(ROWS) | BARE
