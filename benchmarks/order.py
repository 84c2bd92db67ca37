"""Does the order in which articles arrive matter? The same articles in several orders, and what differs.

    python benchmarks/order.py [ARTICLES.jsonl] [--limit 300] [--made-up 300] [--shuffles 3] [--seed 1]
        [--show 5]

ARTICLES  one article a line: {"doc", "text", "date"?, "outlet"?, "title"?}; beside it, as a run of their own,
          the made-up stories of stories.py (``--made-up 0`` for none)

Starts a PostgreSQL of its own. Every order begins with an empty store and goes through the services as in the
program: parsed, extracted, linked, checked. What is left in the end is compared with what the first order
left, by outlet, address and place in the text, never by ids: links between claims with their scores, pairs of
claims in one group, groups, origins and the copies behind them, and findings (check, severity, sentence, the
claims and articles shown). Zero is the aim; of what is not zero the first few are shown.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.growth import quiet
from benchmarks.servers import Servers, say


@dataclass(frozen=True)
class Left:
    """What a store holds in the end, by names that do not depend on the order of arrival."""

    links: set[Any]
    pairs: set[Any]
    groups: set[Any]
    origin_links: set[Any]
    origins: set[Any]
    findings: set[Any]


def given(path: str, limit: int) -> list[Any]:
    """The articles of a file, each at an address of its own; a text that stands twice is taken once."""
    from benchmarks.in_memory import lines
    from benchmarks.linking import plain
    from claims.engine.records import Document

    found: dict[tuple[Any, ...], Document] = {}
    for row in lines(path):
        text = plain(row["text"]) if " , " in row["text"] else row["text"]
        outlet = row.get("outlet") or str(row["doc"])
        day = date.fromisoformat(row["date"][:10]) if row.get("date") else None
        found.setdefault(
            (outlet, text),
            Document(
                text.encode(),
                url=f"https://articles.example/{len(found)}",
                outlet=outlet,
                title=row.get("title") or None,
                published=day,
            ),
        )
    return list(found.values())[:limit]


def left_by(documents: Iterable[Any]) -> tuple[Left, Counter[str]]:
    """Empties the store, takes the documents in one by one, and says what is left; and their states."""
    from claims.models import Document
    from claims.services import ingestion, pipeline

    _empty()
    with quiet():
        for document in documents:
            pipeline.run(ingestion.accept(document, source="file").document.pk)
    return _left(), Counter(Document.objects.values_list("state", flat=True))


def _empty() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        tables = ", ".join(
            f"claims_{name}" for name in ("document", "article", "outlet", "claimgroup", "origin")
        )
        cursor.execute("SET synchronous_commit TO off")  # nothing here has to survive
        cursor.execute(f"TRUNCATE {tables} RESTART IDENTITY CASCADE")


def _left() -> Left:
    from claims.models import Article, Claim, ClaimLink, Finding, OriginLink
    from claims.services.links import names

    told = names(Claim.objects.values_list("pk", flat=True))
    links = ClaimLink.objects.values_list("first", "second", "score")
    members: dict[Any, list[str]] = defaultdict(list)
    for pk, group in Claim.objects.standing().values_list("pk", "group"):
        members[group].append(told[pk])
    groups = {frozenset(each) for each in members.values() if len(each) > 1}
    sharing: dict[Any, set[str]] = defaultdict(set)
    for address, origin in Article.objects.filter(origin__isnull=False).values_list("address", "origin"):
        sharing[origin].add(address)
    copied = OriginLink.objects.values_list(
        "first__article__address", "second__article__address", "kind", "containment", "wire"
    )
    return Left(
        links={(frozenset((told[a], told[b])), score) for a, b, score in links},
        pairs={(a, b) for group in groups for a in group for b in group if a < b},
        groups=groups,
        origin_links={(frozenset((a, b)), *rest) for a, b, *rest in copied},
        origins=set(map(frozenset, sharing.values())),
        findings={
            (
                row.check_id,
                row.severity,
                row.summary,
                tuple(told[claim.pk] for claim in row.shown_claims),
                frozenset(article.address for article in row.shown_articles),
            )
            for row in Finding.objects.standing().for_list()
        },
    )


def compare(name: str, documents: Sequence[Any], shuffles: int, seed: int, show: int) -> int:
    """Prints what differs between orders; returns how many things do."""
    say(f"\n{name}: {len(documents)} articles")
    started = time.monotonic()
    first, states = left_by(documents)
    say(f"  {dict(states)}, {time.monotonic() - started:.0f} s an order")
    differing = 0
    for number in range(shuffles):
        order = list(documents)
        random.Random(seed + number).shuffle(order)
        other, _ = left_by(order)
        words = []
        for part in Left.__dataclass_fields__:
            one, two = getattr(first, part), getattr(other, part)
            differing += len(one ^ two)
            words.append(f"{part.replace('_', ' ')} {len(one - two)}+{len(two - one)} of {len(one)}")
        say(f"  order {number + 1}: gone+new: " + ", ".join(words))
        for part in Left.__dataclass_fields__:
            one, two = getattr(first, part), getattr(other, part)
            for sign, things in (("-", one - two), ("+", two - one)):
                for thing in sorted(map(str, things))[:show]:
                    say(f"    {part} {sign} {thing}")
    return differing


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("articles", nargs="?")
    parser.add_argument("--limit", type=int, default=300)
    parser.add_argument("--made-up", type=int, default=300)
    parser.add_argument("--shuffles", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=5, help="differences of each sort that are printed")
    options = parser.parse_args()
    with Servers():
        from benchmarks.stories import stories

        differing = 0
        how = (options.shuffles, options.seed, options.show)
        if options.articles:
            real = given(options.articles, options.limit)
            differing += compare(Path(options.articles).name, real, *how)
        if options.made_up:
            differing += compare("made-up stories", stories(options.made_up, options.seed), *how)
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main())
