"""Articles and labelled pairs from the made-up reports, for ``benchmarks/linking.py``.

    python benchmarks/reports.py [REPORTS.txt] --pairs PAIRS.jsonl --articles ARTICLES.jsonl

REPORTS (``data/reports.txt``) holds reports of invented incidents, all our own: a line "# incident |
outlet | date | title", then the text in one line, in which every number that matters is marked
"{question=value|as written}". A question is told within its incident ("w", "age.pohl"; "bank.k" is
another incident's); a value is a number, with "+" behind it for a lower bound, "<" for an upper one, "~"
for about and "-" for almost.

Numbers of two reports with one question are the same fact, consistent where some value satisfies both.
All such pairs are written, and half as many again of different facts: of one incident, or of one sort
(killed, wounded, ages, shots), chosen by a hash, so that each run gives the same.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

MADE_UP = Path(__file__).parent / "data" / "reports.txt"

_MARK = re.compile(r"\{([\w.]+)=([\d.]+)([-+<~]?)\|([^}]+)\}")
#: How many pairs of different facts are written for each pair of the same.
DIFFERENT = 1.5
_FAR = float("inf")


@dataclass(frozen=True, slots=True)
class Number:
    """A marked number of a report: the question it answers, its bounds, where it stands."""

    report: str
    outlet: str
    date: str
    incident: str
    question: str
    text: str
    value: float
    low: float
    high: float
    start: int
    end: int

    @property
    def sort(self) -> str:
        """Killed, wounded, ages, shots ...: the question without its person."""
        return self.question.split(".")[0].rstrip("0123456789")

    def as_mention(self) -> dict[str, Any]:
        """One side of a pair, as ``benchmarks/linking.py`` reads it."""
        names = ("outlet", "date", "text", "value", "start", "end")
        return {"doc": self.report, "question": f"{self.incident}.{self.question}"} | {
            name: getattr(self, name) for name in names
        }


def _bounds(value: float, sign: str) -> tuple[float, float]:
    about = value / 10
    return {
        "": (value, value),
        "+": (value, _FAR),
        "<": (0.0, value),
        "~": (value - about, value + about),
        "-": (value - about, value),
    }[sign]


def read(path: Path) -> tuple[list[dict[str, Any]], list[Number]]:
    """The articles and their numbers. ValueError for a report without a heading."""
    articles: list[dict[str, Any]] = []
    numbers: list[Number] = []
    heading: list[str] = []
    incidents = set(re.findall(r"^# (\w+) \|", path.read_text("utf-8"), re.MULTILINE))
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("# "):
            heading = [x.strip() for x in line.removeprefix("# ").split("|")]
        elif line.strip():
            if len(heading) != 4:
                raise ValueError(f"no heading before: {line[:60]}")
            incident, outlet, day, title = heading
            name = f"report-{len(articles):02}"
            text = ""
            last = 0
            for match in _MARK.finditer(line):
                text += line[last : match.start()]
                question, value, sign, written = match.groups()
                about, _, rest = question.partition(".")
                place = (about, rest) if about in incidents and rest else (incident, question)
                bounds = _bounds(float(value), sign)
                end = len(text) + len(written)
                numbers.append(
                    Number(name, outlet, day, *place, written, float(value), *bounds, len(text), end)
                )
                text += written
                last = match.end()
            text += line[last:]
            articles.append({"doc": name, "outlet": outlet, "date": day, "title": title, "text": text})
            heading = []
    return articles, numbers


def pairs(numbers: list[Number]) -> list[dict[str, Any]]:
    """Labelled pairs of numbers from two reports each."""
    same: list[tuple[str, Number, Number]] = []
    different: list[tuple[str, Number, Number]] = []
    for a, b in combinations(numbers, 2):
        if a.report == b.report:
            continue
        if (a.incident, a.question) == (b.incident, b.question):
            meets = max(a.low, b.low) <= min(a.high, b.high)
            same.append(("same-fact-consistent" if meets else "same-fact-conflicting", a, b))
        elif a.incident == b.incident or a.sort == b.sort:
            different.append(("different-fact", a, b))
    different.sort(key=lambda pair: hashlib.sha256(repr(pair).encode()).digest())
    chosen = same + different[: round(DIFFERENT * len(same))]
    return [
        {"pair": k, "topic": a.incident, "label": label, "A": a.as_mention(), "B": b.as_mention()}
        for k, (label, a, b) in enumerate(chosen)
    ]


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("reports", nargs="?", type=Path, default=MADE_UP)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--articles", type=Path, required=True)
    options = parser.parse_args()
    articles, numbers = read(options.reports)
    made = pairs(numbers)
    write(options.articles, articles)
    write(options.pairs, made)
    print(f"{len(articles)} reports, {len(numbers)} numbers, {len(made)} pairs")


if __name__ == "__main__":
    main()
