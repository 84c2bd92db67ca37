"""A frozen report as an editor reads it: the payload in, sentences and wordings out. Nothing is looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from claims.models import Finding

from . import wording

WAITING_SHOWN = 8  # of what waits; the rest is folded away, and left out on paper
WORDINGS_SHOWN = 2  # side by side: what is at odds, and with what


@dataclass(frozen=True, slots=True)
class Wording:
    """What some articles say in the same words: their outlets, each once, and the quotes in order."""

    quotes: tuple[str, ...]
    told: tuple[Mapping[str, Any], ...]  # one claim for each outlet: outlet, published, article_id


def page(content: dict[str, Any]) -> dict[str, Any]:
    """What the template of a report needs; of reports older than a part, that part is empty."""
    fresh = {finding["id"] for finding in content["new_findings"]}
    waiting = worst_first(finding for finding in content["open_findings"] if finding["id"] not in fresh)
    open_now = content["generated_from"]["open_findings"]
    beyond = max(0, open_now - len(content["open_findings"]))
    return {
        "headline": headline(content),
        "fresh": [_with_wordings(each) for each in worst_first(content["new_findings"])],
        "waiting": waiting[:WAITING_SHOWN],
        "more_waiting": waiting[WAITING_SHOWN:],
        "beyond": beyond,
        "n_waiting": len(waiting) + beyond,
        "n_unshown": max(0, len(waiting) - WAITING_SHOWN) + beyond,
        "resolved": worst_first(content["resolved"]),
        "decided": worst_first(content.get("decided", ())),
        "fact_checks": content.get("fact_checks", ()),
        "failed": content["failed_documents"],
    }


def headline(content: Mapping[str, Any]) -> str:
    """The night in two sentences: what is new and how bad, what waits, and what was closed."""
    fresh = content["new_findings"]
    since = content.get("since")
    after = f" since {date.fromisoformat(since):%A %-d %B}" if since else ""
    high = sum(1 for finding in fresh if finding["severity"] == Finding.Severity.HIGH)
    if fresh:
        grave = f", {high:,} of {'them' if len(fresh) > 1 else 'it'} high" if high else ""
        if high and len(fresh) == high:
            grave = ", high" if high == 1 else ", all of them high"
        first = f"{wording.counted(len(fresh), 'new finding')}{after}{grave}."
    else:
        first = f"Nothing new{after}." if since else "No finding yet."
    waits = content["generated_from"]["open_findings"]
    second = [f"{wording.counted(waits, 'finding')} {'waits' if waits == 1 else 'wait'} for a decision"]
    if not waits:
        second = ["Nothing waits for a decision"]
    for rows, words in (
        (content.get("decided", ()), "decided by people"),
        (content["resolved"], "resolved"),
    ):
        if rows:
            second.append(f"{len(rows):,} {'was' if len(rows) == 1 else 'were'} {words}")
    failed = len(content["failed_documents"])
    if failed:
        second.append(f"{wording.counted(failed, 'document')} could not be read")
    listed = second[0] if len(second) == 1 else f"{', '.join(second[:-1])} and {second[-1]}"
    return f"{first} {listed}."


def worst_first(findings: Any) -> list[dict[str, Any]]:
    """As in the archive; the report itself keeps its frozen order."""
    ranks = {severity: i for i, severity in enumerate(reversed(Finding.Severity.values))}
    return sorted(findings, key=lambda finding: (ranks[finding["severity"]], finding["id"]))


def wordings(claims: Sequence[Mapping[str, Any]]) -> list[Wording]:
    """The claims of a finding by what they say, the one at odds first.

    An article's claims stand together ("up to 31 interceptors", "10 for testing"); articles that say the same
    are one wording.
    """
    by_article: dict[int, list[Mapping[str, Any]]] = {}
    for claim in claims:
        by_article.setdefault(claim["article_id"], []).append(claim)
    by_quotes: dict[tuple[str, ...], dict[str, Mapping[str, Any]]] = {}
    for said in by_article.values():
        quotes = tuple(dict.fromkeys(claim["quote"] for claim in said))
        by_quotes.setdefault(quotes, {}).setdefault(said[0]["outlet"], said[0])
    return [Wording(quotes, tuple(told.values())) for quotes, told in by_quotes.items()]


def _with_wordings(finding: dict[str, Any]) -> dict[str, Any]:
    said = wordings(finding["claims"])
    return {**finding, "wordings": said[:WORDINGS_SHOWN], "others": said[WORDINGS_SHOWN:]}
