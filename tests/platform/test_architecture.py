"""Which way imports point: engine <- ingest, models <- services <- tasks <- api, web, commands."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

#: What each room of the house may import of the others, besides itself.
MAY_IMPORT = {
    "engine": set(),
    "ingest": {"engine"},
    "models": {"engine"},
    "services": {"engine", "ingest", "models"},
    "tasks": {"engine", "ingest", "models", "services"},
    "api": {"engine", "ingest", "models", "services", "tasks"},
    "web": {"engine", "ingest", "models", "services", "tasks"},
    "management": {"engine", "ingest", "models", "services", "tasks"},
}


def files_of(repository: Path, room: str) -> list[Path]:
    folder = repository / "claims" / room
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [folder.with_suffix(".py")]


def imported(path: Path, repository: Path) -> Iterator[str]:
    """Every module a file imports, anywhere in it, by its full name."""
    package = list(path.relative_to(repository).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_imports_point_one_way(room: str, repository: Path) -> None:
    allowed = MAY_IMPORT[room] | {room}
    wrong = [
        f"{path.relative_to(repository)} imports {module}"
        for path in files_of(repository, room)
        for module in imported(path, repository)
        if module.startswith("claims.") and module.split(".")[1] in MAY_IMPORT.keys() - allowed
    ]
    assert wrong == []


def test_the_engine_imports_no_django_and_no_network(repository: Path) -> None:
    forbidden = {"django", "celery", "rest_framework", "psycopg", "requests", "urllib", "socket", "redis"}
    wrong = [
        f"{path.relative_to(repository)} imports {module}"
        for path in files_of(repository, "engine")
        for module in imported(path, repository)
        if module.split(".")[0] in forbidden
    ]
    assert wrong == []


def test_the_engine_runs_without_django(repository: Path) -> None:
    """Import every module of the engine in a fresh process: Django must not come along."""
    code = """
import importlib
import pkgutil
import sys

import claims.engine

for found in pkgutil.walk_packages(claims.engine.__path__, "claims.engine."):
    importlib.import_module(found.name)
loaded = {name.split(".")[0] for name in sys.modules}
assert not loaded & {"django", "celery", "psycopg", "rest_framework"}, loaded
assert "claims.engine.records" in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
