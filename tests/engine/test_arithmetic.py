"""Sums within one article: what does not add up, and the many that do."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity

from .histories import found


@pytest.mark.parametrize(
    ("body", "comes_to"),
    [
        ("The attack on the depot killed 12 people: 5 soldiers and 8 civilians.", "5 and 8 come to 13"),
        ("A shell killed 12 people at a mill in Velmora, Norland: 5 soldiers and 8 civilians.", "come to 13"),
        ("Norland will buy 31 launchers, including 10 for testing and 25 for the coast.", "come to 35"),
        ("Norland sent home 12 envoys, including 15 attaches.", "the part is 15"),
        ("The fleet has 20 ships — 12 frigates and 5 submarines.", "come to 17"),
        ("In the vote 40 of the 100 members, or 30 percent, were against the treaty.", "it is 40 percent"),
        ("About the treaty, 30 percent (40 of 100 members) said no.", "it is 40 percent"),
        ("Defence spending rose 20 percent to $120 million from $90 million.", "rise of 33.3 percent"),
        ("The number of launchers fell by 20, from 100 to 85.", "fall of 15"),
        ("Output grew by 40 percent, from 90 missiles to 80 missiles.", "fall of 11.1 percent"),
    ],
)
def test_a_sum_that_does_not_work_out_is_found(body: str, comes_to: str) -> None:
    (finding,) = found("arithmetic", body)
    assert finding.severity is Severity.MEDIUM
    assert comes_to in finding.summary
    assert finding.claims
    assert finding.clears


@pytest.mark.parametrize(
    "body",
    [
        "The attack on the depot killed 13 people: 5 soldiers and 8 civilians.",
        "Norland will buy 31 launchers, including 10 for testing and 15 for the coast.",
        "A shell killed 12 people in Velmora, which the army denied: 5 soldiers and 8 civilians were freed.",
        "Norland will buy about 31 launchers: 10 for testing and 22 for the coast.",
        "The programme costs $17.7 billion: $10 billion for missiles and $8 billion for silos.",
        "Norland sent home 12 envoys, including 5 attaches, and 20 were warned.",
        "In the vote 33 of the 100 members, or a third, were against the treaty.",
        "In the vote 40 of the 121 members, or 33 percent, were against the treaty.",
        "Some 40 of 100 members, or 30 percent of the northern ones, were against the treaty.",
        "Defence spending rose 33 percent to $120 million from $90 million.",
        "Defence spending rose from 2 percent to 3 percent of output, up 1 percentage point.",
        "Defence spending rose from 2 percent to 3 percent of output, up 50 percent.",
        "The budget rose from 2010 to 2020 by 20 percent.",
        "There were 56 passengers and 10 crew members aboard, among them 30 Norlanders and 15 Sudmarkers.",
        "A third said so, 33 percent, including 60 percent of Greens and 8 percent of Blues.",
        "The side won 62-46 after 2 free throws and 1 goal.",
        "Norland has 40 missiles; it lost 12 ships and 30 planes.",
        "The talks began at 12: 5 ministers and 8 envoys came.",
    ],
)
def test_a_sum_that_works_out_or_is_none_is_passed_over(body: str) -> None:
    assert found("arithmetic", body) == []


def test_parts_that_may_overlap_weigh_less() -> None:
    (finding,) = found("arithmetic", "The raid killed 12 people, including 8 civilians and 6 children.")
    assert finding.severity is Severity.LOW


def test_a_total_that_may_be_rounded_weighs_less() -> None:
    (finding,) = found("arithmetic", "The raid killed 500 people: 250 soldiers and 230 civilians.")
    assert finding.severity is Severity.LOW


def test_the_same_sum_is_reported_once() -> None:
    body = "The attack killed 12 people: 5 soldiers and 8 civilians."
    assert len(found("arithmetic", f"{body}\n\nIt is known that\n\n{body}")) == 1
