"""Both seed articles, from text to findings: what a careful fact-checker expects, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from claims.engine.checks import check_group, check_origin
from claims.engine.extract import extract
from claims.engine.linking import answers, compare, label
from claims.engine.origins import compare_origins
from claims.engine.records import (
    ArticleRef,
    Finding,
    Group,
    Kind,
    OriginGroup,
    PlacedClaim,
    ReferenceValue,
    Severity,
)

pytestmark = pytest.mark.seeds


@dataclass(frozen=True)
class Seeds:
    articles: tuple[ArticleRef, ...]
    claims: tuple[PlacedClaim, ...]
    groups: tuple[tuple[PlacedClaim, ...], ...]

    def group_of(self, quote: str, outlet: str = "") -> tuple[PlacedClaim, ...]:
        """The group of the claim with this quote."""
        (found,) = [
            group
            for group in self.groups
            if any(m.claim.quote == quote and outlet in m.article.outlet for m in group)
        ]
        return found


def components(claims: Sequence[PlacedClaim]) -> tuple[tuple[PlacedClaim, ...], ...]:
    groups = {c.key: {c.key} for c in claims}
    for a, b in combinations(claims, 2):
        if compare(a, b) and groups[a.key] is not groups[b.key]:
            joined = groups[a.key] | groups[b.key]
            for key in joined:
                groups[key] = joined
    by_key = {c.key: c for c in claims}
    unique = {min(g): tuple(by_key[k] for k in sorted(g)) for g in groups.values()}
    return tuple(unique[k] for k in sorted(unique))


@pytest.fixture(scope="module")
def gold(shared_dir: Path) -> dict:
    return json.loads((shared_dir / "gold/seeds.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def seeds(shared_dir: Path, gold: dict) -> Seeds:
    articles, claims = [], []
    for row in gold["articles"]:
        text = (shared_dir / "seeds" / row["file"]).read_text("utf-8")
        start = text.index(row["body_starts"])
        body = text[start : text.index(row["body_ends"], start) + len(row["body_ends"])]
        published = date.fromisoformat(row["published"])
        article = ArticleRef(row["file"], row["outlet"], row["title"], published, body=body)
        articles.append(article)
        claims += [
            PlacedClaim(f"{article.key}:{c.kind}:{c.span.start}:{c.span.end}", c, article)
            for c in extract(body, published=published, title=row["title"], outlet=row["outlet"])
        ]
    return Seeds(tuple(articles), tuple(claims), components(claims))


def quotes(gold: dict, topic: str) -> list[str]:
    (across,) = [x for x in gold["across"] if x["topic"] == topic]
    return [x for x in across["values"] if x]


def in_group(gold: dict, seeds: Seeds, topic: str) -> bool:
    """Whether the topic's claims, one of each outlet, stand in one group."""
    first, second = quotes(gold, topic)
    ours, theirs = gold["articles"][0]["outlet"], gold["articles"][1]["outlet"]
    return seeds.group_of(first, ours) is seeds.group_of(second, theirs)


@pytest.mark.parametrize(
    "topic",
    [
        "cost of the interceptors",
        "number of interceptors",
        "Russian diplomats expelled by the US",
        "US response in kind by Russia",
    ],
)
def test_what_answers_the_same_question_is_one_group(gold, seeds, topic):
    assert in_group(gold, seeds, topic)


def test_the_questions_stay_apart(gold, seeds):
    topics = (
        "cost of the interceptors",
        "number of interceptors",
        "interceptors for testing",
        "Russian diplomats expelled by the US",
        "US response in kind by Russia",
    )
    firsts = [seeds.group_of(quotes(gold, topic)[-1], "Press TV") for topic in topics]
    assert len({id(g) for g in firsts}) == len(topics)


def test_officials_blacklisted_are_a_question_of_their_own(gold, seeds):
    (quote,) = [c["quote"] for c in gold["articles"][1]["claims"] if c["unit"] == "official"]
    assert len(seeds.group_of(quote)) == 1


def test_a_part_is_a_question_of_its_own(gold, seeds):
    assert len(seeds.group_of(quotes(gold, "interceptors for testing")[0])) == 1


def test_the_same_quotations_are_grouped(gold, seeds):
    shared = {q["starts"] for q in gold["articles"][0]["quotations"]}
    grouped = [g for g in seeds.groups if len(g) == 2 and g[0].claim.kind is Kind.QUOTATION]
    assert len(grouped) >= len(shared)


ORDER = ReferenceValue(
    key="order",
    authority="The White House",
    title="Expulsion of Russian diplomats",
    kind="event",
    actor="United States",
    action="expel",
    object="Russian diplomats",
    start=date(2021, 4, 15),
)


def findings(seeds: Seeds, *references: ReferenceValue) -> list[Finding]:
    found: list[Finding] = []
    for group in seeds.groups:
        spans = {(m.article.key, m.claim.span) for m in group}
        parts = tuple(c for c in seeds.claims if (c.article.key, c.claim.part_of) in spans)
        speaking = tuple(r for r in references if any(answers(m.claim, r) for m in group))
        found += check_group(Group(group[0].key, label(group), group, speaking, parts))
    return found


def test_the_expected_findings_come_and_no_other(seeds):
    found = findings(seeds, ORDER)
    assert sorted(f.check for f in found if f.severity is not Severity.INFO) == [
        "part_dropped",
        "qualifier_dropped",
        "stale_date",
    ]
    by_check = {f.check: f for f in found}
    assert by_check["qualifier_dropped"].summary.startswith("Voice Of Vienna gives")
    assert by_check["part_dropped"].summary.startswith("Voice Of Vienna gives")
    assert by_check["stale_date"].summary.startswith("Press TV, published 3 May 2021, dates")
    assert "15 April 2021" in by_check["stale_date"].summary


def test_without_the_reference_no_date_is_stale(seeds):
    assert not [f for f in findings(seeds) if f.check == "stale_date"]


def test_the_two_are_one_origin(seeds):
    a, b = seeds.articles
    by_article = [[c.claim for c in seeds.claims if c.article == x] for x in (a, b)]
    link = compare_origins(a, b, *by_article)
    assert link
    assert link.wire == "Sputnik"
    assert any("interview" in reason for reason in link.reasons)
    assert any("shared passages" in reason for reason in link.reasons)
    (finding,) = check_origin(OriginGroup("o", (a, b), ((a.key, b.key, link),)))
    assert finding.check == "single_origin"
    assert "2 outlets, 1 independent origin" in finding.summary
    assert "Sputnik interview" in finding.summary
