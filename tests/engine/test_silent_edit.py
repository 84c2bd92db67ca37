"""What changed between two revisions of one article, with and without a note."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity

from .histories import found

REST = "The treaty was signed in the spring. Nobody in the capital would say more about the plan."


def edits(before: str, now: str) -> list[tuple[str, Severity]]:
    findings = found("silent_edit", f"{now} {REST}", before=f"{before} {REST}")
    return [(f.evidence["changed"], f.severity) for f in findings]  # type: ignore[misc]


@pytest.mark.parametrize(
    ("before", "now", "changed", "severity"),
    [
        (
            "Norland will deploy 40 launchers in Eastmark.",
            "Norland will deploy 30 launchers in Eastmark.",
            "a figure",
            Severity.MEDIUM,
        ),
        (
            "Norland will deploy 40 launchers in Eastmark.",
            "Norland will deploy as many as 40 launchers in Eastmark.",
            "a qualifier",
            Severity.LOW,
        ),
        (
            "Norland deployed 40 launchers on 3 March 2024.",
            "Norland deployed 40 launchers on 5 March 2024.",
            "a date",
            Severity.LOW,
        ),
        (
            "Norland deployed 40 launchers, the Pentagon said.",
            "Norland deployed 40 launchers, the Kremlin said.",
            "who is credited",
            Severity.LOW,
        ),
        (
            "“We will answer every launch with one of our own,” said Ada Brandt.",
            "“We can answer every launch with one of our own,” said Ada Brandt.",
            "the words of a quotation",
            Severity.LOW,
        ),
    ],
)
def test_a_claim_changed_without_a_note_is_found(
    before: str, now: str, changed: str, severity: Severity
) -> None:
    assert edits(before, now) == [(changed, severity)]


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("Norland will deploy 40 launchers.", "Norland will deploy 40 launchers."),
        ("Norland will deploy 40 launchers in Eastmark.", "Norland will deploy forty launchers in Eastmark."),
        ("Norland will deploy 40 launchers.", "Norland, in the north, will deploy 40 launchers soon."),
        ("Norland will deploy 40 launchers.", "Norland will deploy 40 launchers. Sudmark has 12 ships."),
        ("Norland will deploy 40 launchers. Sudmark has 12 ships.", "Norland will deploy 40 launchers."),
        (
            "Norland will deploy 40 launchers.",
            "Norland will deploy 30 launchers. Correction: The number of launchers was wrong.",
        ),
        (
            "Norland will deploy 40 launchers.",
            "Norland will deploy 30 launchers. An earlier version of this article gave another number.",
        ),
        (
            "Norland will deploy 40 launchers in Eastmark.",
            "At night the harbour of Sudmark was closed after 12 ships had left it.",
        ),
        ("Norland had 40 launchers and 12 ships.", "Norland had 40 launchers, 12 ships and 30 planes."),
    ],
)
def test_what_was_not_changed_or_was_said_to_be_is_passed_over(before: str, now: str) -> None:
    assert edits(before, now) == []


def test_a_note_of_an_earlier_correction_does_not_cover_the_next_change() -> None:
    note = "Correction: The name of the ship was wrong."
    assert edits(f"Norland has 40 launchers. {note}", f"Norland has 30 launchers. {note}")


def test_an_article_that_never_changed_has_no_silent_edit() -> None:
    assert found("silent_edit", f"Norland will deploy 40 launchers. {REST}") == []
