"""Checks: what to report about claims that answer one question, articles that share an origin, one article.

One file each; every module of this package is imported, and the functions under ``@check`` are the checks.
The result does not depend on the order of members.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules

from claims.engine.checks.registry import CheckInfo, Over, registered
from claims.engine.records import ArticleHistory, Finding, Group, OriginGroup, PlacedClaim, Span

__all__ = ["CheckInfo", "all_checks", "check_article", "check_group", "check_origin", "documentation"]

for _module in sorted(x.name for x in iter_modules(__path__) if not x.name.startswith("_")):
    import_module(f"{__name__}.{_module}")


def all_checks() -> tuple[CheckInfo, ...]:
    """Every check, by id."""
    return tuple(registered[id][0] for id in sorted(registered))


def check_group(group: Group) -> tuple[Finding, ...]:
    """What every check over groups reports about this one, in a fixed order."""
    members = tuple(
        sorted(group.members, key=lambda m: (m.article.outlet, m.article.key, m.claim.span, m.key))
    )
    parts = tuple(sorted(group.parts, key=lambda m: (m.article.outlet, m.article.key, m.claim.span, m.key)))
    references = tuple(sorted(group.references, key=lambda r: r.key))
    return _run("group", replace(group, members=members, parts=parts, references=references))


def check_origin(origin: OriginGroup) -> tuple[Finding, ...]:
    """What every check over origins reports about this one, in a fixed order."""
    articles = tuple(sorted(origin.articles, key=lambda a: (a.outlet, a.key)))
    links = tuple(sorted(origin.links, key=lambda link: (link[0], link[1], link[2].kind)))
    return _run("origin", replace(origin, articles=articles, links=links))


def check_article(history: ArticleHistory) -> tuple[Finding, ...]:
    """What every check over one article reports about this one, in a fixed order."""
    return _run(
        "article",
        replace(
            history,
            claims=tuple(sorted(history.claims, key=_in_reading_order)),
            claims_before=tuple(sorted(history.claims_before, key=_in_reading_order)),
        ),
    )


def _in_reading_order(placed: PlacedClaim) -> tuple[bool, Span, str, str]:
    return not placed.claim.headline, placed.claim.span, placed.claim.kind, placed.key


def _run(over: Over, what: Group | OriginGroup | ArticleHistory) -> tuple[Finding, ...]:
    found = [
        finding
        for id in sorted(registered)
        if registered[id][0].over == over
        for finding in registered[id][1](what)
    ]
    return tuple(sorted(found, key=lambda f: (f.check, f.subject)))


def documentation() -> str:
    """docs/checks.md: every check with its docstring. ``python -m claims.engine.checks > docs/checks.md``."""
    head = (
        "# Checks\n\nGenerated from the docstrings by `python -m claims.engine.checks > docs/checks.md`;\n"
        "a test holds the two together.\n\nA finding is an inconsistency with its evidence, never a verdict: "
        "only people give those. To add a check, see CONTRIBUTING.md.\n"
    )
    kinds: dict[Over, str] = {
        "group": "claims that answer one question",
        "origin": "articles that share an origin",
        "article": "one article, and what it said before it was changed",
    }
    parts = [
        f"\n## {info.name} (`{info.id}`)\n\nLooks at {kinds[info.over]}.\n\n{info.description}\n"
        for info in all_checks()
    ]
    return head + "".join(parts)
