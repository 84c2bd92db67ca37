"""Commands run as a person runs them: arguments in, text and exit code out."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from claims.services import hints

ARTICLE = (
    "Norway will deploy as many as 40 tanks in the north.\n\n"
    "The ministry of the harbour published the plan on its own pages and took no questions from the press."
)


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command; ``stdin`` are the bytes on its standard input. No worker is listening."""
    monkeypatch.setattr(hints, "send", lambda documents: None)

    def run(*words: str, stdin: bytes = b"") -> Ran:
        out, err = io.StringIO(), io.StringIO()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        try:
            call_command(*words, stdout=out, stderr=err, no_color=True)
            code = 0
        except CommandError as error:
            code = error.returncode
            err.write(str(error))
        except SystemExit as end:
            code = int(end.code or 0)
        return Ran(code, out.getvalue(), err.getvalue())

    return run


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(ARTICLE)
    return path
