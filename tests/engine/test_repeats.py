"""Loops of text are not read to their end, real text is; work grows no faster than the text."""

from __future__ import annotations

import random
import sys
from datetime import date

import pytest

from claims.engine.extract import extract
from claims.engine.repeats import unrepeated

DAY = date(2021, 5, 3)
STORY = "On Monday Norway expelled 14 Belarusian diplomats. Its navy has 31 frigates."


def quotes(text: str) -> list[str]:
    return [claim.quote for claim in extract(text, published=DAY)]


def test_prose_lists_and_tables_are_read_whole() -> None:
    rows = "\n".join(f"- Country {i}: {i * 37} launchers and {i % 7} radars" for i in range(400))
    assert [(p.start, p.end) for p in unrepeated(rows)] == [(0, len(rows))]
    assert [(p.start, p.end) for p in unrepeated(STORY * 5)] == [(0, len(STORY) * 5)]
    assert len(quotes("\n".join(f"{i} warheads" for i in range(2, 1002)))) == 1000


def test_nothing_in_gives_no_part() -> None:
    assert unrepeated("") == []


@pytest.mark.parametrize("noise", ["-", "hundred thousand ", "and ", "1,", "\n", "“(", "x" * 90 + " "])
def test_a_loop_hides_no_claim_before_or_after_it(noise: str) -> None:
    loop = noise * (40_000 // len(noise))
    read = quotes(f"{STORY}\n\n{loop}\n\n{STORY}")
    clean = quotes(STORY)
    assert read[: len(clean)] == clean
    assert read[-len(clean) :] == clean


def test_text_glued_to_a_loop_is_read() -> None:
    assert quotes("-" * 9000 + STORY) == quotes(STORY)


def test_a_loop_is_read_at_its_start_and_where_it_ends() -> None:
    found = extract("Norway expelled 14 diplomats. " * 5000, published=DAY)
    assert found
    assert len(found) < 60


def _calls(text: str) -> int:
    """How many functions are called while ``text`` is read: work, without a clock."""
    count = 0

    def note(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    before = sys.getprofile()
    sys.setprofile(note)
    try:
        extract(text, published=DAY)
    finally:
        sys.setprofile(before)
    return count


_MIXES = [
    ("10 missiles ", "and "),
    ("“a ", "b” ", "said "),
    ("US ", "Russia ", "expelled "),
    ("10\n", "a\n"),
    ("1", ","),
    ("Maria Zakharova ", "told ", "Reuters. "),
    ("It said. ", "He said 5. ", "The department has 3 bases. "),
    ("the Pentagon ", "which ", "(", "), "),
    ("last week ", "May 3, ", "10 of the "),
    ("Russia expelled 10 diplomats. ", "\n\n", "“We are ready,” he said. "),
]


@pytest.mark.parametrize("pieces", _MIXES, ids=lambda pieces: "|".join(pieces).replace("\n", "/"))
def test_four_times_the_text_is_four_times_the_work(pieces: tuple[str, ...]) -> None:
    chance = random.Random(1)
    text = "".join(chance.choice(pieces) for _ in range(12_000))
    assert _calls(text[:12_000]) < 5 * _calls(text[:3_000]) + 2000


@pytest.mark.parametrize("pieces", _MIXES, ids=lambda pieces: "|".join(pieces).replace("\n", "/"))
def test_a_loop_of_any_length_is_the_same_work(pieces: tuple[str, ...]) -> None:
    loop = "".join(pieces)
    assert _calls(loop * (60_000 // len(loop))) < 1.5 * _calls(loop * (20_000 // len(loop))) + 2000
