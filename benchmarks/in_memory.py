"""The engine's whole way from articles to findings, without a database: for benchmarks over files.

The same functions as in the program do the work (reading, extraction, keys, comparison, grouping, origins,
checks); only what the database does there (candidates from an index) is done here with dictionaries.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from claims.engine import checks, origins
from claims.engine.extract import extract
from claims.engine.grouping import partition
from claims.engine.headlines import extract_headline
from claims.engine.keys import same_slot, story_keys, wide_keys
from claims.engine.linking import answers, compare, contradict, label
from claims.engine.records import (
    ArticleHistory,
    ArticleRef,
    Claim,
    Document,
    Finding,
    Group,
    Kind,
    Link,
    OriginGroup,
    OriginLink,
    PlacedClaim,
    ReferenceValue,
)
from claims.engine.stories import profile, profile_of
from claims.ingest.reading import read

#: Claims compared with each claim at most, and articles with each article: as in the services.
CANDIDATES, STORIES, STORY_DAYS, ORIGIN_CANDIDATES = 100, 40, 60, 50
#: The address of its page, which some collections print above a text, in one piece or in tokens.
_SITE = re.compile(r"\s*https?\s*:\s*/\s*/\s*(?:www\s*\.\s*)?([\w.\s-]+?)\s*/")


@dataclass(frozen=True)
class Raised:
    """A finding with what it is about ("group", "origin" or "article") and the claims behind it."""

    finding: Finding
    about: str
    claims: tuple[PlacedClaim, ...]


@dataclass
class Store:
    """Articles and all that follows from them. ``seconds`` says where the time went."""

    articles: dict[str, ArticleRef] = field(default_factory=dict)
    claims: dict[str, list[PlacedClaim]] = field(default_factory=dict)
    offsets: dict[str, int] = field(default_factory=dict)
    links: list[tuple[str, str, Link]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    origins: list[OriginGroup] = field(default_factory=list)
    raised: list[Raised] = field(default_factory=list)
    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    compared: int = 0
    #: What an article was before it was changed, with its claims.
    before: dict[str, tuple[ArticleRef, list[PlacedClaim]]] = field(default_factory=dict)
    references: list[ReferenceValue] = field(default_factory=list)

    def add(self, row: dict[str, Any], text: str) -> None:
        """Reads one article: {"doc", "text", "date"?, "outlet"?, "title"?}; ``text`` is what is read of it.

        The same text under the same outlet, title and date is one article, as it is one document in the
        program; another text under them is a later state of the article, which takes the place of the other.
        """
        started = time.perf_counter()
        site = _SITE.match(text)
        outlet = row.get("outlet") or (re.sub(r"\s", "", site[1]) if site else str(row["doc"]))
        published = date.fromisoformat(row["date"][:10]) if row.get("date") else None
        story = read(Document(text.encode(), outlet=outlet, title=row.get("title"), published=published))
        key = str(row["doc"])
        article = ArticleRef(
            key,
            outlet,
            story.title,
            story.published,
            body=story.body,
            credit=story.credit,
            wires=tuple(story.wires),
            host=story.host,
            profile=profile(story.title, story.body),
        )
        claims = (
            *extract_headline(story.title, story.body, published=story.published),
            *extract(story.body, published=story.published, title=story.title, outlet=outlet),
        )
        if key in self.articles:
            stood = [replace(c, key=f"before {c.key}") for c in self.claims[key]]
            self.before[key] = (self.articles[key], stood)
        self.articles[key] = article
        self.offsets[key] = max(text.find(story.body), 0)
        places: dict[str, Claim] = {}
        for claim in claims:
            place = f"{key}:{'h' * claim.headline}{claim.kind}:{claim.span.start}-{claim.span.end}"
            places.setdefault(place, claim)
        self.claims[key] = [PlacedClaim(place, claim, article) for place, claim in places.items()]
        self.seconds["read"] += time.perf_counter() - started

    def settle(self) -> None:
        """Links, groups, origins and checks over all articles added."""
        for name, step in (
            ("origins", self._share_origins),
            ("link", self._link),
            ("group", self._group),
            ("check", self._check),
        ):
            started = time.perf_counter()
            step()
            self.seconds[name] += time.perf_counter() - started

    def all_claims(self) -> dict[str, PlacedClaim]:
        return {claim.key: claim for key in sorted(self.claims) for claim in self.claims[key]}

    # ---------------------------------------------------------------- origins

    def _share_origins(self) -> None:
        prints = {key: origins.fingerprints(article.body) for key, article in self.articles.items()}
        boilerplate = self._boilerplate(prints)
        own = {
            key: [x for x in prints[key] if x not in boilerplate[self.articles[key].outlet]] for key in prints
        }
        pairs = {
            (a, b)
            for a, b in _sharing(own, ORIGIN_CANDIDATES, lambda a, b, n: n > 1)
            if origins.may_share(prints[a], prints[b], boilerplate[self.articles[a].outlet])
        }
        quoted = {
            key: [k for c in claims if c.claim.kind is Kind.QUOTATION for k in wide_keys(c.claim)]
            for key, claims in self.claims.items()
        }
        pairs |= set(_sharing(quoted, ORIGIN_CANDIDATES, lambda a, b, n: n >= 2))
        found: dict[tuple[str, str], OriginLink] = {}
        for a, b in sorted(pairs):
            link = origins.compare_origins(
                self.articles[a],
                self.articles[b],
                [c.claim for c in self.claims[a]],
                [c.claim for c in self.claims[b]],
                common=boilerplate[self.articles[a].outlet] | boilerplate[self.articles[b].outlet],
            )
            if link:
                found[a, b] = link
        for members in components(self.articles, found):
            if len(members) < 2:
                continue
            name = f"origin {min(members)}"
            for key in members:
                self.articles[key] = replace(self.articles[key], origin=name)
                self.claims[key] = [replace(c, article=self.articles[key]) for c in self.claims[key]]
            inside = [(a, b, link) for (a, b), link in sorted(found.items()) if a in set(members)]
            self.origins.append(
                OriginGroup(name, tuple(self.articles[k] for k in sorted(members)), tuple(inside))
            )

    def _boilerplate(self, prints: dict[str, tuple[int, ...]]) -> dict[str, frozenset[int]]:
        """Passages that stand in articles of many days, by outlet: what it prints under every story."""
        days: dict[str, dict[int, set[date | str]]] = defaultdict(lambda: defaultdict(set))
        for key, article in self.articles.items():
            for value in prints[key]:
                days[article.outlet][value].add(article.published or key)
        return {
            outlet: frozenset(x for x, on in values.items() if len(on) >= origins.BOILERPLATE_DAYS)
            for outlet, values in days.items()
        }

    # ---------------------------------------------------------------- linking

    def _link(self) -> None:
        by_key = self.all_claims()
        for a, b in self._candidates(by_key):
            self.compared += 1
            link = compare(by_key[a], by_key[b])
            if link:
                self.links.append((a, b, link))

    def _candidates(self, by_key: dict[str, PlacedClaim]) -> list[tuple[str, str]]:
        """Pairs of one story and slot, or that share a key of their own: as the index of the services has it.

        For each claim those that share most and were published nearest.
        """
        filed: dict[str, list[str]] = defaultdict(list)
        for key, article in self.articles.items():
            for term in story_keys(profile_of(article)):
                filed[term].append(key)
        holders: dict[str, list[str]] = defaultdict(list)
        for key, placed in by_key.items():
            for wide in wide_keys(placed.claim):
                holders[wide].append(key)
        pairs: set[tuple[str, str]] = set()
        for name, claims in self.claims.items():
            near = self._alike(self.articles[name], filed)
            for placed in claims:
                shared: Counter[str] = Counter()
                for wide in wide_keys(placed.claim):
                    shared.update(holders[wide])
                likely: dict[str, float] = dict(shared)
                for other, alike in near.items():
                    for one in self.claims[other]:
                        if same_slot(placed.claim, one.claim):
                            likely[one.key] = likely.get(one.key, 0) + alike
                likely.pop(placed.key, None)
                likeliest = sorted(likely, key=lambda k: (-likely[k], _apart(placed, by_key[k]), k))
                pairs |= {(min(placed.key, k), max(placed.key, k)) for k in likeliest[:CANDIDATES]}
        return sorted(pairs)

    def _alike(self, article: ArticleRef, filed: dict[str, list[str]]) -> dict[str, float]:
        """The articles most alike to one and published within weeks of it, itself among them."""
        terms = dict(profile_of(article).terms)
        shared: dict[str, float] = defaultdict(float)
        for term in story_keys(profile_of(article)):
            for other in filed[term]:
                there = self.articles[other].published
                if not (article.published and there) or abs((there - article.published).days) <= STORY_DAYS:
                    shared[other] += terms[term]
        best = sorted(shared, key=lambda key: (-shared[key], key))[:STORIES]
        return {key: shared[key] for key in best} | {article.key: 1.0}

    def _group(self) -> None:
        by_key = self.all_claims()
        wholes = {(c.article.key, c.claim.headline, c.claim.span): c.key for c in by_key.values()}
        parts: dict[str, list[PlacedClaim]] = defaultdict(list)
        for placed in by_key.values():
            span = placed.claim.part_of
            whole = wholes.get((placed.article.key, placed.claim.headline, span)) if span else None
            if whole and whole != placed.key:
                parts[whole].append(placed)
        links = {(a, b): link.score for a, b, link in self.links}
        for members in partition(by_key, links, lambda a, b: contradict(by_key[a], by_key[b])):
            if len(members) < 2:
                continue  # nothing to compare
            ordered = in_order(by_key[key] for key in members)
            stated = in_order(part for key in members for part in parts[key])
            known = tuple(r for r in self.references if any(answers(m.claim, r) for m in ordered))
            self.groups.append(Group(f"group {min(members)}", label(ordered), ordered, known, stated))

    # ---------------------------------------------------------------- checks

    def _check(self) -> None:
        by_key = self.all_claims() | {c.key: c for _, stood in self.before.values() for c in stood}
        for group in self.groups:
            self._raise("group", checks.check_group(group), by_key)
        for origin in self.origins:
            self._raise("origin", checks.check_origin(origin), by_key)
        for key, article in sorted(self.articles.items()):
            earlier, stood = self.before.get(key, (None, []))
            history = ArticleHistory(key, article, in_order(self.claims[key]), earlier, in_order(stood))
            self._raise("article", checks.check_article(history), by_key)

    def _raise(self, about: str, found: Iterable[Finding], by_key: dict[str, PlacedClaim]) -> None:
        for finding in found:
            self.raised.append(Raised(finding, about, tuple(by_key[k] for k in finding.claims)))


def components(things: Iterable[str], pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """What is joined, directly or over others; each component and the list of them in order."""
    parent = {thing: thing for thing in things}

    def root(thing: str) -> str:
        while parent[thing] != thing:
            parent[thing] = parent[parent[thing]]
            thing = parent[thing]
        return thing

    for a, b in pairs:
        x, y = sorted((root(a), root(b)))
        parent[y] = x
    found: dict[str, list[str]] = defaultdict(list)
    for thing in sorted(parent):
        found[root(thing)].append(thing)
    return [found[key] for key in sorted(found)]


def in_order(members: Iterable[PlacedClaim]) -> tuple[PlacedClaim, ...]:
    """By (published, outlet, span), articles without a date last, as checks are told."""
    return tuple(
        sorted(
            members,
            key=lambda m: (
                m.article.published is None,
                m.article.published or date.min,
                m.article.outlet,
                m.claim.span,
                m.key,
            ),
        )
    )


def _sharing(
    marks: Mapping[str, Sequence[Any]], limit: int, enough: Callable[[int, int, int], bool]
) -> Iterator[tuple[str, str]]:
    """Pairs of things with marks in common, where ``enough(marks, other's marks, shared)`` says so."""
    holders: dict[Any, list[str]] = defaultdict(list)
    for key in sorted(marks):
        for mark in set(marks[key]):
            holders[mark].append(key)
    for key in sorted(marks):
        shared: Counter[str] = Counter()
        for mark in set(marks[key]):
            shared.update(holders[mark])
        del shared[key]
        likely = [k for k in shared if enough(len(marks[key]), len(marks[k]), shared[k])]
        for other in sorted(likely, key=lambda k: (-shared[k], k))[:limit]:
            yield min(key, other), max(key, other)


def _apart(a: PlacedClaim, b: PlacedClaim) -> int:
    x, y = a.article.published, b.article.published
    return abs((x - y).days) if x and y else sys.maxsize


def lines(path: str) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]
