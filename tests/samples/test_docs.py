"""The documentation names only what is there: files, commands of manage.py, targets of make, variables."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from django.core.management import get_commands

from claims.engine.checks import registry as checks
from claims.engine.extractors import registry as extractors

REPOSITORY = Path(__file__).resolve().parent.parent.parent
PAGES = sorted([*REPOSITORY.glob("*.md"), *REPOSITORY.glob("docs/**/*.md")])

LINK = re.compile(r"\]\(([^)\s]+)\)")
MANAGE = re.compile(r"manage\.py ([a-z_]+)")
MAKE = re.compile(r"\bmake ((?:[a-z][a-z_-]*)(?: [A-Z]+=\S+)*)")
CODE = re.compile(r"```.*?```|`[^`\n]+`", re.DOTALL)
TARGET = re.compile(r"^([a-z][a-z_-]*(?: [a-z][a-z_-]*)*)\s*:(?!=)", re.MULTILINE)
PATH = re.compile(r"`((?:claims|factcheck|tests|docs|templates|benchmarks)/[\w./-]+)`")


def _name(page: Path) -> str:
    return page.relative_to(REPOSITORY).as_posix()


def _code(page: Path) -> Iterator[str]:
    yield from CODE.findall(page.read_text(encoding="utf-8"))


@pytest.fixture(params=PAGES, ids=_name)
def page(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in headings}


def test_every_relative_link_leads_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", link):
            continue
        target, _, anchor = link.partition("#")
        there = (page.parent / target).resolve() if target else page
        if not there.exists() or (anchor and there.suffix == ".md" and anchor not in _anchors(there)):
            broken.append(link)
    assert broken == []


def test_every_command_of_manage_py_exists(page: Path) -> None:
    named = {command for code in _code(page) for command in MANAGE.findall(code)}
    assert named - set(get_commands()) == set()


def test_every_make_target_exists(page: Path) -> None:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    targets = {name for line in TARGET.findall(makefile) for name in line.split()}
    named = {call.split()[0] for code in _code(page) for call in MAKE.findall(code)}
    assert named - targets == set()


def test_every_file_named_in_the_docs_exists(page: Path) -> None:
    named = {path for path in PATH.findall(page.read_text(encoding="utf-8")) if "<" not in path}
    assert {path for path in named if not (REPOSITORY / path).exists()} == set()


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/index.md"])
def test_the_pages_a_newcomer_looks_for_are_there(name: str) -> None:
    assert (REPOSITORY / name).stat().st_size > 200


def test_the_map_of_the_docs_names_every_page() -> None:
    index = (REPOSITORY / "docs/index.md").read_text(encoding="utf-8")
    pages = {p.relative_to(REPOSITORY / "docs").as_posix() for p in REPOSITORY.glob("docs/**/*.md")} - {
        "index.md"
    }
    assert {page for page in pages if f"({page})" not in index} == set()


def test_the_licence_is_the_unaltered_apache_text() -> None:
    text = (REPOSITORY / "LICENSE").read_text(encoding="utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


# ------------------------------------------------------- the walk-throughs of CONTRIBUTING.md really work

EXAMPLE = re.compile(r"```python\n# (\S+)\n(.*?)```", re.DOTALL)


def _examples() -> list[tuple[str, str]]:
    return EXAMPLE.findall((REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8"))


def _run(path: str, source: str) -> ModuleType:
    module = ModuleType(path.removesuffix(".py").replace("/", "."))
    sys.modules[module.__name__] = module
    exec(compile(source, path, "exec"), module.__dict__)
    return module


@pytest.fixture
def registries() -> Iterator[None]:
    """Takes out again what an example registers."""
    before = [(registry, dict(registry)) for registry in (checks.registered, extractors.registered)]
    modules = set(sys.modules)
    yield
    for registry, was in before:
        registry.clear()
        registry.update(was)
    for name in set(sys.modules) - modules:
        if name.startswith(("claims.", "tests.")):
            del sys.modules[name]


@pytest.mark.parametrize("number", [0, 2], ids=["check", "extractor"])
def test_an_example_and_its_test_work_together(number: int, registries: None) -> None:
    example, its_test = _examples()[number : number + 2]
    assert not (REPOSITORY / example[0]).exists()
    _run(*example)
    module = _run(*its_test)
    tests = [value for name, value in vars(module).items() if name.startswith("test_")]
    assert tests
    for each in tests:
        each()
