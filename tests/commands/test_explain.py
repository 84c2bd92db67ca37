"""manage.py extract --explain: why each claim says what it says, and which numbers were let go."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

STORY = """Norway orders radars

4 May 2021

OSLO: Norway plans to buy as many as 12 coastal radars, including 2 for training, the Ministry of Defence \
said on Monday. The S-400 was not on offer, and the two sides will meet on 8 June.
"""


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def story(tmp_path: Path) -> str:
    path = tmp_path / "radars.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def shown(out: StringIO, *arguments: str) -> str:
    call_command("extract", *arguments, "--explain", stdout=out)
    return out.getvalue()


def test_each_claim_is_shown_in_its_sentence_with_the_rules_behind_it(story: str) -> None:
    text = shown(StringIO(), story)
    assert "buy [as many as 12 coastal radars], including 2" in text
    assert "bounds     no lower bound to 12 “as many as”  [row “up to” of the table of bounds]" in text
    assert "status     planned “plans to buy”" in text
    assert "part of    as many as 12 coastal radars  [after “including”]" in text


def test_the_headline_is_explained_apart_from_the_story(tmp_path: Path) -> None:
    path = tmp_path / "radars.txt"
    path.write_text(
        STORY.replace("Norway orders radars", "Norway orders 12 coastal radars"), encoding="utf-8"
    )
    headline, _, story = shown(StringIO(), str(path)).partition("In the story:")
    assert "In the headline:\n1. count  extractor count, characters of the title 14-31" in headline
    assert "buy [as many as 12 coastal radars]" in story


def test_lines_are_no_longer_than_a_terminal_is_wide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    path = tmp_path / "radars.txt"
    path.write_text(STORY.replace("coastal", "coastal " + "and inland " * 12), encoding="utf-8")
    assert max(map(len, shown(StringIO(), str(path)).splitlines())) <= 70


def test_numbers_let_go_are_listed_with_the_reason(story: str) -> None:
    text = shown(StringIO(), story)
    assert "name       “S-400”" in text
    assert "definite   “two sides”" in text
    assert "date       “8 June”" in text


def test_only_a_terminal_is_coloured(story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert "\x1b[" not in shown(StringIO(), story)
    assert "\x1b[1;33m[as many as 12 coastal radars]\x1b[0m" in shown(Terminal(), story)
    assert "\x1b[" not in shown(Terminal(), story, "--no-color")


def test_no_color_in_the_environment_is_obeyed(story: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in shown(Terminal(), story)


def test_escape_sequences_in_an_article_do_not_reach_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "nasty.txt"
    path.write_text(STORY.replace("coastal", "coast\x1b[31mal"), encoding="utf-8")
    assert "\x1b" not in shown(StringIO(), str(path))
