"""A headline's figure beside those of its article."""

from __future__ import annotations

import pytest

from claims.engine.records import Severity

from .histories import found


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Norland air strike kills 40 people in Eastmark",
            "As many as 14 people were killed in Eastmark by an air strike of Norland, officials said.",
        ),
        ("Russia expels 12 Latvian diplomats", "Russia expelled 10 Latvian diplomats on Monday."),
        (
            "Russia to deploy 60 launchers in Belarus",
            "Russia will deploy 40 launchers in Belarus, the ministry said.",
        ),
    ],
)
def test_a_figure_its_article_does_not_have_is_found(title: str, body: str) -> None:
    (finding,) = found("headline_body", body, title)
    assert finding.severity is Severity.MEDIUM
    assert "does not say" in finding.summary
    assert finding.claims[0].startswith("True:")


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("Russia expels 12 Latvian diplomats", "Russia expelled twelve Latvian diplomats."),
        (
            "Nearly 50 people killed in Eastmark air strike",
            "An air strike in Eastmark killed 48 people, officials said.",
        ),
        (
            "Air strikes kill ten people in Eastmark",
            "An air strike killed six people in Eastmark. A second one killed four people in the harbour.",
        ),
        (
            "Air strikes kill 13 people in Eastmark",
            "Air strikes killed 6 people in Eastmark, 4 people in Northport and 3 people in Southport.",
        ),
        (
            "Russia expels 12 Latvian diplomats",
            "Russia expelled 10 Latvian diplomats on Monday. All 12 have left.",
        ),
        ("Norland to buy 30 radars", "Norland has 50 radars and will buy some more, the ministry said."),
        ("More than 40 launchers deployed", "Norland deployed 43 launchers in Eastmark."),
        ("Norland expels 12 diplomats", "Norland expelled diplomats of Sudmark on Monday."),
    ],
)
def test_a_figure_the_article_allows_is_passed_over(title: str, body: str) -> None:
    assert found("headline_body", body, title) == []


def test_one_more_than_the_body_counts_weighs_less() -> None:
    title = "Air strike kills 5 people in Eastmark"
    body = "An air strike killed 4 people in Eastmark. A child died later of its wounds."
    assert [f.severity for f in found("headline_body", body, title)] in ([Severity.LOW], [])


def test_a_cap_the_headline_drops_is_slight() -> None:
    title, flat = (
        "Norland to deploy 31 launchers in Eastmark",
        "Norland will deploy 31 launchers in Eastmark.",
    )
    (finding,) = found("headline_body", "Norland will deploy as many as 31 launchers in Eastmark.", title)
    assert (finding.severity, finding.evidence["missing"]) == (Severity.LOW, "as many as")
    assert not found("headline_body", f"Norland will deploy up to 31 launchers in Eastmark. {flat}", title)
    capped = "Norland to deploy up to 31 launchers in Eastmark"
    assert not found("headline_body", "Norland will deploy as many as 31 launchers in Eastmark.", capped)


def test_a_hedge_the_headline_drops_is_slight() -> None:
    body = "An air strike reportedly killed 12 people in Eastmark on Monday."
    (finding,) = found("headline_body", body, "Air strike kills 12 people in Eastmark")
    assert (finding.severity, finding.evidence["missing"]) == (Severity.LOW, "reportedly killed")
    assert not found("headline_body", body, "Air strike kills 12 people in Eastmark: reports")
    assert not found(
        "headline_body", "An air strike killed at least 12 people.", "Air strike kills 12 people"
    )
