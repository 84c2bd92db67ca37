"""The same words credited to somebody else."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity

from .histories import between, told

SAID = "“We will answer every launch over the strait with one of our own”"


def quoted(first: str, second: str, later: str = "2024-03-08") -> list[str]:
    articles = told("The Courier", "2024-03-07", first), told("The Post", later, second)
    return [f"{f.severity}: {f.summary}" for f in between("attribution_conflict", *articles)]


def test_the_same_words_of_another_speaker_are_found() -> None:
    (finding,) = quoted(f"{SAID}, Ada Brandt told reporters.", f"{SAID}, said Otto Lindqvist.")
    assert finding.startswith("medium: ")
    assert "to Ada Brandt, The Post to Otto Lindqvist" in finding


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{SAID}, Ada Brandt told reporters.", f"{SAID}, said Brandt."),
        (f"{SAID}, Ada Brandt told reporters.", f"{SAID}, the minister said."),
        (f"{SAID}, Ada Brandt told reporters.", f"Otto Lindqvist came too. {SAID}, he said."),
        (f"{SAID}, said Felipe Calderon.", f"{SAID}, said Felipe Calderón."),
        (
            f"{SAID}, said Otto Lindqvist, who spoke for Ada Brandt.",
            f"{SAID}, said Ada Brandt.",
        ),
        (f"{SAID}, the Pentagon said.", f"{SAID}, said the US Central Command."),
        (f"{SAID}, the Pentagon said.", f"{SAID}, said Otto Lindqvist."),
        ("“We are ready to talk”, said Ada Brandt.", "“We are ready to talk”, said Otto Lindqvist."),
        (
            f"{SAID}, said Ada Brandt.",
            "“We shall never talk to those who fire at us at night”, said Otto Lindqvist.",
        ),
    ],
)
def test_one_speaker_in_other_words_is_no_conflict(first: str, second: str) -> None:
    assert quoted(first, second) == []


FIGURE = "Norland has moved 40 launchers to the border of Eastmark since the spring, according to the"


def test_the_same_sentence_of_another_states_authority_is_slight() -> None:
    (finding,) = quoted(f"{FIGURE} Pentagon.", f"{FIGURE} Kremlin.")
    assert finding.startswith(f"{Severity.LOW}: ")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{FIGURE} Pentagon.", f"{FIGURE} US Central Command."),
        (f"{FIGURE} Pentagon.", "The Kremlin says that 40 launchers of Norland stand in Eastmark."),
        (f"{FIGURE} Pentagon.", f"{FIGURE} Pentagon and the Kremlin."),
        (f"{FIGURE} Pentagon.", f"{FIGURE} Kremlin.".replace("40", "45")),
    ],
)
def test_two_authorities_that_agree_are_no_conflict(first: str, second: str) -> None:
    assert quoted(first, second) == []
