"""Recall of planted inconsistencies and precision on stories without any, for the whole engine.

    python benchmarks/planted.py [--stories 480] [--seed 7] [--only CHECK] [--show 5]

Made-up stories with known truth (stories.py) are read, linked, grouped and checked in memory (in_memory.py),
all in one store. Printed: linking by pairs of passages whose question is known; for each sort of planted
thing how often the check named after it points at the article it was planted in; and what is found, at
medium severity or above, in stories in which nothing was planted. The prose is our own and simpler than
news: the figures say what the parts do together, not how they do on real articles.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import combinations
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from in_memory import Raised, Store

from benchmarks.stories import PLANTS, Passage, Story, told
from claims.engine.records import Kind, Severity

#: What a reader is told, rather than accused of: never counted as a false alarm.
_TOLD = frozenset({"single_origin", "circular_citation", "updated_figure"})
#: More than in the stories of the other benchmarks, for more of each sort.
PLANTED_IN = 0.55
_GRAVE = (Severity.MEDIUM, Severity.HIGH)


def run(stories: Iterable[Story]) -> Store:
    """All articles of the stories in one store, checked; an article's key is its URL."""
    store = Store()
    for each in stories:
        store.references += each.references
        stood = [each.before[a.url] for a in each.articles if a.url in each.before]
        for document in (*stood, *each.articles):
            day = document.published.isoformat() if document.published else None
            row = {"doc": document.url, "outlet": document.outlet, "title": document.title, "date": day}
            store.add(row, document.raw.decode())
    store.settle()
    return store


def claim_of(store: Store, passage: Passage) -> str | None:
    """The key of the claim that stands where the passage stands, if one was read there."""
    for placed in store.claims[passage.url]:
        claim = placed.claim
        if claim.headline != passage.headline or (claim.kind is Kind.QUOTATION) != (
            passage.question == "quotation"
        ):
            continue
        if (claim.kind is Kind.DATE) != passage.question.startswith("day_"):
            continue
        if not claim.quantity and claim.kind not in (Kind.QUOTATION, Kind.DATE):
            continue
        if claim.span.start < passage.end and passage.start < claim.span.end:
            return placed.key
    return None


def linking(store: Store, stories: list[Story]) -> str:
    """Precision and recall over pairs of passages: of one question, and in one group."""
    question: dict[str, str] = {}
    passages = read = 0
    for each in stories:
        for passage in each.passages:
            passages += 1
            if key := claim_of(store, passage):
                read += 1
                own = "" if passage.is_background else f"{each.serial} "
                question[key] = own + passage.question
    group = {member.key: each.key for each in store.groups for member in each.members}
    by_question, by_group = defaultdict(set), defaultdict(set)
    for key, asked in question.items():
        by_question[asked].add(key)
        by_group[group.get(key, key)].add(key)
    same = {pair for keys in by_question.values() for pair in combinations(sorted(keys), 2)}
    linked = {pair for keys in by_group.values() for pair in combinations(sorted(keys), 2)}
    both = len(same & linked)
    precision, recall = both / (len(linked) or 1), both / (len(same) or 1)
    f1 = 2 * precision * recall / ((precision + recall) or 1)
    return (
        f"passages read {read} of {passages}; pairs of one question {len(same)}: "
        f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}"
    )


def points_at(raised: Raised, url: str) -> bool:
    return any(claim.article.key == url for claim in raised.claims) or url in raised.finding.articles


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stories", type=int, default=480)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--only", choices=PLANTS, help="plant nothing else, in all stories")
    parser.add_argument("--show", type=int, default=5, help="so many of each sort of miss and false alarm")
    options = parser.parse_args()
    plants, share = ((options.only,), 1.0) if options.only else (PLANTS, PLANTED_IN)
    stories = list(told(options.stories, options.seed, planted_in=share, plants=plants))
    store = run(stories)
    number = sum(len(each.articles) for each in stories)
    seconds = "  ".join(f"{name} {took:.0f} s" for name, took in store.seconds.items())
    print(f"{len(stories)} stories, {number} articles; {seconds}; {store.compared} pairs compared")
    print("linking: " + linking(store, stories))
    found, asked, otherwise = Counter[str](), Counter[str](), Counter[str]()
    missed: dict[str, list[str]] = defaultdict(list)
    for each in stories:
        for planted in each.planted:
            asked[planted.check] += 1
            pointing = {r.finding.check for r in store.raised if points_at(r, planted.url)}
            if planted.check in pointing:
                found[planted.check] += 1
            else:
                otherwise[planted.check] += bool(pointing - _TOLD)
                missed[planted.check].append(f"{planted.url} ({planted.question}): {sorted(pointing)}")
    for check, of in sorted(asked.items()):
        also = f", {otherwise[check]} more under another name" if otherwise[check] else ""
        print(f"  {check:24} {found[check]:4} of {of:4}  {found[check] / of:6.1%}{also}")
        for line in missed[check][: options.show]:
            print("      missed: " + line)
    hit, all_of = found.total(), asked.total()
    print(f"  {'in all':24} {hit:4} of {all_of:4}  {hit / (all_of or 1):6.1%}")
    report_false_alarms(store, stories, options.show)
    copies = {frozenset(pair) for each in stories for pair in each.copies}
    shared = sum(
        store.articles[a].origin is not None and store.articles[a].origin == store.articles[b].origin
        for a, b in (sorted(pair) for pair in copies)
    )
    print(f"copies under one origin: {shared} of {len(copies)}")


def report_false_alarms(store: Store, stories: list[Story], show: int) -> None:
    clean = {a.url for each in stories if not each.planted for a in each.articles}
    false: dict[str, list[Raised]] = defaultdict(list)
    for raised in store.raised:
        about = {claim.article.key for claim in raised.claims} | set(raised.finding.articles)
        grave = raised.finding.severity in _GRAVE and raised.finding.check not in _TOLD
        if grave and about and about <= clean:
            false[raised.finding.check].append(raised)
    total = sum(map(len, false.values()))
    print(f"false alarms in {len(clean)} articles without a plant: {total}")
    for check, several in sorted(false.items()):
        print(f"  {check:24} {len(several):4}")
        for raised in several[:show]:
            print(f"      {raised.finding.summary}  [{', '.join(c.key for c in raised.claims[:2])}]")


if __name__ == "__main__":
    main()
