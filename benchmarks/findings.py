"""Findings of the whole engine over a file of articles, and their precision where they have been judged.

    python benchmarks/findings.py ARTICLES.jsonl [--check value_conflict] [--min-severity medium] [--show 20]
        [--out FINDINGS.jsonl] [--verdicts VERDICTS.jsonl] [--unjudged] [--table]

ARTICLES  one article a line: {"doc", "text", "date"?, "outlet"?, "title"?}
VERDICTS  one judged finding a line: {"check", "claims": [[doc, "body" or "title", start, end], ...],
          "verdict": "right" or "wrong", "reason", "raised"?: true if it was raised when last read}; the
          spans are into the article's text as the file has it.
          A finding is held to be the judged one if the check is the same and most claims stand where the
          judged ones stood, so that a verdict survives small changes of spans and of who else is listed.

Everything runs in memory (in_memory.py) with the engine's own functions. ``--out`` writes the findings in
the form VERDICTS has, each with its severity, summary and an empty verdict: copy what was judged.
"""

from __future__ import annotations

import argparse
import json
import sys
import textwrap
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from in_memory import Raised, Store, lines
from linking import plain

from claims.engine.records import PlacedClaim, Severity

_RANK = {severity: i for i, severity in enumerate(Severity)}
#: Share of the claims of either side that must stand in the same places for a verdict to hold.
SAME_FINDING = 0.5

Place = tuple[str, str, int, int]


def gathered(rows: Sequence[dict[str, Any]]) -> Store:
    """A store with all articles read, linked and checked; a text under the outlet, title and date of an
    earlier one takes its place."""
    store, latest = Store(), {}
    for row in rows:
        address = (row.get("outlet"), row.get("title"), row.get("date"))
        latest[address if all(address) else (row["doc"],)] = row
    seen: Counter[str] = Counter()
    for row in latest.values():
        seen[str(row["doc"])] += 1
        again = seen[str(row["doc"])]
        row = row | {"doc": f"{row['doc']}-{again}" if again > 1 else str(row["doc"])}
        # Tokenised text has blanks before its commas; it is put back as printed.
        store.add(row, plain(row["text"]) if " , " in row["text"] else row["text"])
    store.settle()
    return store


def place(placed: PlacedClaim, store: Store) -> Place:
    """Where a claim stands: article, "body" or "title", and the span in the article's text (or title)."""
    key, span = placed.article.key, placed.claim.span
    if placed.claim.headline:
        return key, "title", span.start, span.end
    offset = store.offsets[key]
    return key, "body", span.start + offset, span.end + offset


def row_of(raised: Raised, store: Store) -> dict[str, Any]:
    """A finding as a row: no text of any article but what the summary quotes."""
    finding = raised.finding
    return {
        "check": finding.check,
        "severity": finding.severity.value,
        "about": raised.about,
        "articles": sorted(finding.articles),
        "claims": [list(place(c, store)) for c in raised.claims],
        "summary": finding.summary,
        "verdict": "",
        "reason": "",
    }


# ---------------------------------------------------------------- verdicts


def verdict_on(row: dict[str, Any], verdicts: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """The judged finding that ``row`` is, or None; the most alike where several are."""
    alike = [(likeness(row, judged), -i) for i, judged in enumerate(verdicts)]
    best = max(alike, default=(0.0, 0))
    return verdicts[-best[1]] if best[0] >= SAME_FINDING else None


def likeness(a: dict[str, Any], b: dict[str, Any]) -> float:
    """How far two findings are one: 0 for other checks, else the smaller share of claims in one place.

    The first claim is the one at odds: it must be among those of the other. A finding about an origin has no
    claims and is told by its articles.
    """
    if a["check"] != b["check"]:
        return 0.0
    if not a["claims"] or not b["claims"]:
        x, y = set(a.get("articles", ())), set(b.get("articles", ()))
        return len(x & y) / (len(x | y) or 1) if not a["claims"] and not b["claims"] else 0.0
    if not (_among(a["claims"][0], b["claims"]) and _among(b["claims"][0], a["claims"])):
        return 0.0
    return min(_share(a["claims"], b["claims"]), _share(b["claims"], a["claims"]))


def _share(some: Sequence[Sequence[Any]], others: Sequence[Sequence[Any]]) -> float:
    return sum(_among(x, others) for x in some) / len(some)


def _among(x: Sequence[Any], others: Sequence[Sequence[Any]]) -> bool:
    """Whether a claim stands where one of the others does: same text, overlapping spans."""
    return any(x[:2] == y[:2] and x[2] < y[3] and y[2] < x[3] for y in others)


# ---------------------------------------------------------------- printing


def figures(store: Store) -> str:
    articles = len(store.articles)
    claims = sum(map(len, store.claims.values()))
    sizes = sorted((len(g.members) for g in store.groups), reverse=True)
    seconds = ", ".join(f"{name} {1000 * s / articles:.1f}" for name, s in store.seconds.items())
    out = [
        f"{articles} articles, {claims} claims, {store.compared} pairs compared, {len(store.links)} links",
        f"{len(sizes)} groups of two or more claims; the largest: {sizes[:10]}",
        f"{len(store.origins)} origins of two or more articles",
        f"milliseconds an article: {seconds}",
    ]
    by_check: dict[str, Counter[Severity]] = defaultdict(Counter)
    for raised in store.raised:
        by_check[raised.finding.check][raised.finding.severity] += 1
    out.append(f"{'findings':24}" + "".join(f"{s.value:>8}" for s in Severity) + f"{'/article':>10}")
    for check in sorted(by_check):
        counts = by_check[check]
        out.append(
            f"{check:24}" + "".join(f"{counts[s]:8}" for s in Severity) + f"{counts.total() / articles:10.3f}"
        )
    total = sum(by_check.values(), Counter())
    out.append(
        f"{'together':24}" + "".join(f"{total[s]:8}" for s in Severity) + f"{total.total() / articles:10.3f}"
    )
    return "\n".join(out)


def precision(rows: Sequence[dict[str, Any]], verdicts: Sequence[dict[str, Any]]) -> str:
    """Precision per check of the rows that were judged, and which were not."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    unjudged = []
    for number, row in enumerate(rows):
        judged = verdict_on(row, verdicts)
        verdict = judged["verdict"] if judged else "unjudged"
        for name in (row["check"], "together"):
            counts[name][verdict] += 1
        if not judged:
            unjudged.append(f"  {number}: {row['check']} {' '.join(row['articles'][:4])}")
    out = [f"{'judged':24}   right   wrong  unjudged  precision"]
    for name in sorted(counts, key=lambda n: (n == "together", n)):
        c = counts[name]
        share = f"{c['right'] / n:.2f}" if (n := c["right"] + c["wrong"]) else "-"
        out.append(f"{name:24}{c['right']:8}{c['wrong']:8}{c['unjudged']:10}{share:>11}")
    return "\n".join([*out, still_raised(rows, verdicts), *(["not judged:"] if unjudged else []), *unjudged])


def still_raised(rows: Sequence[dict[str, Any]], verdicts: Sequence[dict[str, Any]]) -> str:
    """How many of the findings judged right that were raised when last read (``raised``) still are."""
    known = [v for v in verdicts if v["verdict"] == "right" and v.get("raised")]
    found = [v for v in known if any(likeness(row, v) >= SAME_FINDING for row in rows)]
    return f"{len(found)} of {len(known)} judged right and raised when last read are still raised"


def table(rows: Sequence[dict[str, Any]], verdicts: Sequence[dict[str, Any]]) -> str:
    """The judged among the rows as a table for docs/benchmarks.md: ids, spans and verdicts, no text."""
    out = ["| check | severity | claims | verdict | why |", "|---|---|---|---|---|"]
    for row in rows:
        judged = verdict_on(row, verdicts)
        if judged:
            where = "; ".join(f"{doc} {part} {a}-{b}" for doc, part, a, b in row["claims"][:4])
            reason = judged["reason"]
            out.append(f"| {row['check']} | {row['severity']} | {where} | {judged['verdict']} | {reason} |")
    return "\n".join(out)


def show(number: int, raised: Raised, store: Store, width: int = 118) -> str:
    """A finding for reading: the summary, then every claim in its surroundings."""
    finding = raised.finding
    out = [f"--- {number} {finding.check} {finding.severity.value}: {finding.summary}"]
    for placed in raised.claims[:8]:
        article, claim = placed.article, placed.claim
        text = placed.text
        start, end = max(claim.sentence.start - 160, 0), min(claim.sentence.end + 120, len(text))
        marked = f"{text[start : claim.span.start]}[[{claim.quote}]]{text[claim.span.end : end]}"
        where = " ".join(map(str, place(placed, store)))
        when = f" when {claim.when.text}={claim.when.start}..{claim.when.end}" if claim.when else ""
        out.append(
            f"  {article.outlet} {article.published} {where} | {article.title} "
            f"| {claim.action} by {claim.actor} of {claim.object_party} at {claim.place}{when} "
            f"{claim.status} {article.origin or ''}"
        )
        out.append(
            textwrap.fill(" ".join(marked.split()), width, initial_indent="    ", subsequent_indent="    ")
        )
    if not raised.claims:
        out += [
            f"  {store.articles[k].outlet} {store.articles[k].published} {k} {store.articles[k].title}"
            for k in finding.articles[:8]
            if k in store.articles
        ]
    return "\n".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles")
    parser.add_argument("--check", action="append", help="only findings of this check; may be repeated")
    parser.add_argument("--min-severity", default="medium", choices=[s.value for s in Severity])
    parser.add_argument("--show", type=int, default=0, help="print so many findings with their passages")
    parser.add_argument("--skip", type=int, default=0, help="begin with this number")
    parser.add_argument("--unjudged", action="store_true", help="show only what has no verdict")
    parser.add_argument("--out", help="where to write the findings")
    parser.add_argument("--verdicts", help="judged findings, for the precision")
    parser.add_argument("--table", action="store_true", help="print the judged findings as a table")
    options = parser.parse_args()
    store = gathered(lines(options.articles))
    print(figures(store))
    least = _RANK[Severity(options.min_severity)]
    chosen = [
        raised
        for raised in store.raised
        if _RANK[raised.finding.severity] >= least
        and (not options.check or raised.finding.check in options.check)
    ]
    chosen.sort(key=lambda r: (r.finding.check, [place(c, store) for c in r.claims], r.finding.subject))
    rows = [row_of(raised, store) for raised in chosen]
    verdicts = lines(options.verdicts) if options.verdicts else []
    if verdicts:
        print(precision(rows, verdicts))
    if options.table:
        print(table(rows, verdicts))
    shown = [
        (i, raised)
        for i, raised in enumerate(chosen)
        if i >= options.skip and not (options.unjudged and verdict_on(rows[i], verdicts))
    ]
    for number, raised in shown[: options.show]:
        print(show(number, raised, store))
    if options.out:
        with open(options.out, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


if __name__ == "__main__":
    main()
