"""What numbers count, in hard sentences of the field; training that can be repeated."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest

from claims.engine.article import read_article
from claims.engine.counted import NONE, rank, read_weights
from claims.engine.nouns import phrase_by_rule, read_noun_phrase
from claims.engine.quantities import Reading
from claims.engine.tagging import tag
from claims.engine.tokens import tokenize

ROOT = Path(__file__).resolve().parents[2]
TREES = Path(__file__).parent / "trees.conllu"


def counted(text: str) -> list[tuple[str, str]]:
    """(the number, the word it counts) of a sentence's numbers; "" for none."""
    (sentence,) = read_article(text, None).sentences

    def pair(r: Reading) -> tuple[str, str]:
        number = " ".join(t.key for t in sentence.tokens[r.number[0] : r.number[1]])
        return number, sentence.tokens[r.noun.head].key if r.noun else ""

    return [pair(r) for r in sentence.readings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army ordered 31 such new interceptors.", [("31", "interceptors")]),
        ("Moscow expelled 10 US diplomats and closed a consulate.", [("10", "diplomats")]),
        ("The raid left three dead.", [("three", "dead")]),
        ("Hundreds of demilitarised launchers were cut up.", [("Hundreds", "launchers")]),
        ("It is one of the world's biggest ever stockpiles.", [("one", "stockpiles")]),
        ("Investigators looked at three earlier purported chemical attacks.", [("three", "attacks")]),
        ("Some 40,000 United Nations peacekeepers protect civilians there.", [("40,000", "peacekeepers")]),
        ("Dozens of burned out vehicles stood along the road.", [("Dozens", "vehicles")]),
        ("The site held two known storage halls.", [("two", "halls")]),
        ("The minister is one of only four negotiators.", [("one", "negotiators"), ("four", "negotiators")]),
        ("It was one of the 12 largest depots.", [("12", "depots")]),
        ("They are two very capable radars.", [("two", "radars")]),
        ("The company makes four jet-powered drones a week.", [("four", "drones")]),
        ("Two nations' fleets met in the strait.", [("Two", "nations")]),
        ("The plan names 15 well-documented and disputed bunkers.", [("15", "bunkers")]),
        ("About 60 American, British and French officers watched.", [("60", "officers")]),
        ("Thousands of seasoned militiamen were called up.", [("Thousands", "militiamen")]),
        ("Six launches failed last year.", [("Six", "launches")]),
        ("The pact lets either side make 18 short-notice inspections a year.", [("18", "inspections")]),
        ("They keep at least 1 submarine big enough for the missile.", [("1", "submarine")]),
        ("It would take one last round of talks.", [("one", "round")]),
        ("The treaty covers 700 deployed missiles and bombers.", [("700", "missiles")]),
        ("Kyiv bought six drones two months ago.", [("six", "drones"), ("two", "")]),
    ],
)
def test_the_counted_noun(text: str, expected: list[tuple[str, str]]) -> None:
    assert counted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "If one doubts the figure, nothing is lost.",
        "The other one remains open.",
        "A quake of magnitude 4.4 struck at noon.",
    ],
)
def test_nothing_is_counted(text: str) -> None:
    assert [noun for _, noun in counted(text) if noun] == []


def test_the_ranker_says_how_sure_it_is_and_the_rule_needs_no_score() -> None:
    tokens = tokenize("They saw 200 missiles. One officer resigned.")
    plain = read_noun_phrase(tokens, 3)
    asked = read_noun_phrase(tokens, 6, singular_head=True)
    assert plain is not None
    assert plain.score is None
    assert asked is not None
    assert asked.score


def test_tags_are_asked_for_only_in_doubt() -> None:
    def never() -> list[str]:
        raise AssertionError

    tokens = tokenize("They saw 200 missiles.")
    assert read_noun_phrase(tokens, 3, tags=never) == phrase_by_rule(tokens, 3)


def test_training_is_repeatable(tmp_path: Path) -> None:
    outs = [tmp_path / "a.gz", tmp_path / "b.gz"]
    for seed, out in enumerate(outs):
        subprocess.run(
            [sys.executable, "training/train_counted.py", TREES, TREES, "--rounds", "3", "--out", out],
            check=True, cwd=ROOT, env={"PYTHONHASHSEED": str(seed)}, capture_output=True,
        )  # fmt: skip
    assert outs[0].read_bytes() == outs[1].read_bytes()
    weights = read_weights(gzip.decompress(outs[0].read_bytes()).decode())
    tokens = tokenize("Nine new ships left.")
    assert rank(tokens, tag(tokens), 1, NONE, by=weights).head == 2
