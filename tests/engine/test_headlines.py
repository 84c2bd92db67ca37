"""Claims in headlines: pinned to the headline's own characters, capitals put back, "to" read as a plan."""

from __future__ import annotations

from datetime import date

import pytest

from claims.engine.headlines import as_in_a_sentence, extract_headline
from claims.engine.linking import compare
from claims.engine.records import ArticleRef, Claim, Kind, PlacedClaim, Status
from tests.engine.by_hand import DAY

BODY = (
    "Norway will deploy 40 tanks in Finnmark next year, the defence ministry said on Tuesday. The tanks come "
    "from a depot near Oslo. The NATO command was told."
)


def only(title: str, body: str = BODY) -> Claim:
    (claim,) = extract_headline(title, body, published=date(2024, 6, 12))
    assert claim.span.of(title) == claim.quote
    assert claim.headline
    return claim


def test_a_figure_in_a_headline_is_a_claim_of_the_headline() -> None:
    claim = only("Norway sends 40 tanks to Finnmark")
    assert (claim.kind, claim.quote, claim.noun) == (Kind.COUNT, "40 tanks", "tank")


@pytest.mark.parametrize(
    "title", ["Norway to deploy 40 tanks", "Norway To Deploy 40 Tanks", "NORWAY TO DEPLOY 40 TANKS"]
)
def test_a_bare_to_is_a_plan_however_the_headline_is_capitalised(title: str) -> None:
    claim = only(title)
    assert (claim.status, claim.hedge) == (Status.PLANNED, "to")
    assert (claim.actor, claim.action, claim.noun) == ("Norway", "deploy", "tank")
    assert claim.quote.lower() == "40 tanks"


def test_a_to_behind_a_finite_verb_is_no_plan_of_its_own() -> None:
    assert only("Norway sent 40 tanks to guard its border").status is Status.DONE


def test_capitals_are_put_back_as_the_body_writes_the_words() -> None:
    assert as_in_a_sentence("NATO Told Of 40 Tanks In Finnmark", BODY) == "NATO told of 40 tanks in Finnmark"


def test_a_headline_with_a_sentences_capitals_is_left_alone() -> None:
    assert as_in_a_sentence("Norway sends Tanks north", BODY) == "Norway sends Tanks north"


@pytest.mark.parametrize("title", ["", "  ", "Tanks", "What the North fears"])
def test_a_headline_without_a_figure_or_act_yields_nothing(title: str) -> None:
    assert extract_headline(title, BODY) == ()


def test_quotations_in_headlines_are_left_to_the_body() -> None:
    assert all(
        c.kind is not Kind.QUOTATION for c in extract_headline('Norway: "We sent 40 tanks north"', BODY)
    )


def test_the_figure_of_a_headline_joins_that_of_its_article() -> None:
    from claims.engine.extract import extract

    title = "Norway to deploy 40 tanks"
    article = ArticleRef("a", "The Fjord", title, DAY, body=BODY)
    (head,) = extract_headline(title, BODY, published=DAY)
    (body,) = (c for c in extract(BODY, published=DAY) if c.kind is Kind.COUNT)
    link = compare(PlacedClaim("h", head, article), PlacedClaim("b", body, article))
    assert link is not None
    assert "a headline and its article" in link.reasons
