"""Sample stories: our own articles by invented outlets, so that every screen has something to show.

``manifest.toml`` says what stands in which file and which of its fields are declared on loading. Beside
each story lies ``expected.json``: what a careful fact-checker finds in it (read by the tests alone).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from claims.engine.records import Document

HERE = Path(__file__).parent
CONTENT_TYPES = {".txt": "text/plain", ".html": "text/html"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One article file. ``outlet``, ``title`` and ``published`` are right, declared or not."""

    file: str
    outlet: str
    title: str
    published: date
    url: str | None
    declared: frozenset[str]

    @property
    def story(self) -> str:
        """The slug of the story, which is also its folder."""
        return self.file.partition("/")[0]

    def document(self) -> Document:
        """The file's bytes with what is declared about them, as a sender would hand them in."""
        path = HERE / self.file
        return Document(
            raw=path.read_bytes(),
            content_type=CONTENT_TYPES[path.suffix],
            name=self.file,
            **{field: getattr(self, field) for field in self.declared},
        )


@cache
def _manifest() -> Mapping[str, Any]:
    return tomllib.loads((HERE / "manifest.toml").read_text(encoding="utf-8"))


def stories() -> tuple[Mapping[str, Any], ...]:
    """The stories in order: ``slug``, ``title`` and the public ``sources`` of the figures."""
    return tuple(_manifest()["story"])


def samples() -> tuple[Sample, ...]:
    """Every article, in the manifest's order."""
    return tuple(
        Sample(
            file=entry["file"],
            outlet=entry["outlet"],
            title=entry["title"],
            published=entry["published"],
            url=entry.get("url"),
            declared=frozenset(entry["declared"]),
        )
        for entry in _manifest()["article"]
    )


def references() -> tuple[dict[str, Any], ...]:
    """The fields of each reference, as ``claims.services.references.add`` takes them."""
    return tuple(dict(entry) for entry in _manifest()["reference"])
