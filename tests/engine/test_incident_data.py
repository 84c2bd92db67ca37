"""The labelled data kept with the benchmarks holds together."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from benchmarks.reports import MADE_UP, pairs, read

DATA = MADE_UP.parent
LABELS = {"same-fact-consistent", "same-fact-conflicting", "different-fact"}


def test_every_number_of_a_made_up_report_stands_where_it_says():
    articles, numbers = read(MADE_UP)
    texts = {article["doc"]: article["text"] for article in articles}
    assert all(texts[n.report][n.start : n.end] == n.text for n in numbers)
    assert not any("{" in text or "|" in text for text in texts.values())


def test_pairs_of_made_up_reports_are_the_same_each_time_and_of_all_sorts():
    _, numbers = read(MADE_UP)
    made = pairs(numbers)
    assert made == pairs(list(numbers))
    assert set(Counter(pair["label"] for pair in made)) == LABELS
    assert all(pair["A"]["doc"] != pair["B"]["doc"] for pair in made)


def test_pairs_of_incidents_hold_labels_and_spans_and_no_sentence():
    with (Path(DATA) / "incident_pairs.jsonl").open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    assert {row["label"] for row in rows} == LABELS
    for row in rows:
        for side in (row["A"], row["B"]):
            assert len(side["text"]) == side["end"] - side["start"] <= 20
            assert "sentence" not in side
        same = row["A"]["question"] == row["B"]["question"]
        assert same == (row["label"] != "different-fact")
