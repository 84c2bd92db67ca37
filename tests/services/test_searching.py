"""What a query finds; our own sentences."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from claims.models import Claim, Revision
from claims.services import searching
from claims.services.asking import chosen, understand
from tests.web import factories

from .conftest import TakeIn


@pytest.fixture
def news(take_in: TakeIn) -> None:
    take_in(
        "The Norwegian army bought 40 tanks for $310 million.", title="Tanks for Norway", outlet="The Fjord"
    )
    take_in("Norway's army bought 40 tanks, it was announced.", outlet="Harbour Post", title="A purchase")
    take_in(
        "A missile of Peru flew 500 miles, a minister said.",
        outlet="City Echo",
        title="Peru tests",
        published=date(2019, 2, 1),
    )


def quotes(typed: str) -> set[str]:
    return {hit.claim.quote for hit in searching.claim_hits(searching.find(understand(typed)).claims)}


def titles(typed: str) -> set[str]:
    return {hit.revision.title for hit in hits(typed)}


def hits(typed: str) -> list[searching.ArticleHit]:
    query = understand(typed)
    return searching.article_hits(query, searching.find(query).articles)


def test_articles_are_found_by_words_in_any_form(news: None) -> None:
    assert titles("tank purchases") == {"A purchase"}
    assert titles('"bought 40 tanks"') == {"Tanks for Norway", "A purchase"}
    assert titles("missile -peru") == set()


def test_articles_with_a_value_are_those_with_such_a_claim(news: None) -> None:
    assert titles("norway > $100 million") == {"Tanks for Norway"}


def test_what_was_found_is_marked_in_pieces(news: None) -> None:
    [hit] = hits("missile")
    assert ("missile", True) in hit.excerpt
    assert "".join(part for part, _ in hit.title) == "Peru tests"


def test_marks_an_article_brings_along_never_reach_the_page(take_in: TakeIn) -> None:
    take_in("The \ue000secret\ue001 army bought 40 tanks.", title="Of \ue000marks\ue001")
    [hit] = hits("tanks")
    shown = "".join(part for part, _ in (*hit.title, *hit.excerpt))
    assert "\ue000" not in shown
    assert "\ue001" not in shown


def test_claims_are_found_by_value_range_and_words(news: None) -> None:
    assert quotes("tanks 30-45") == {"40 tanks"}
    assert quotes("tanks 41-45") == set()
    assert quotes("300 to 320 million dollars") == {"$310 million"}


def test_units_are_converted(news: None) -> None:
    assert quotes("between 800 and 810 km") == {"500 miles"}
    assert quotes("unit:kilometre") == {"500 miles"}


def test_claims_are_found_by_name_outlet_kind_topic_and_time(news: None) -> None:
    assert quotes("entity:Peruvian") == {"500 miles"}
    assert quotes("outlet:city-echo") == {"500 miles"}
    assert quotes('outlet:"City"') == {"500 miles"}
    assert quotes("kind:money") == {"$310 million"}
    assert quotes("before 2020 missile") == {"500 miles"}
    beside = chosen("since", "2021-01-01")
    assert beside is not None
    query = understand("kind:measure", more=(beside,))
    assert searching.find(query).claims == ()


def test_a_claims_sentence_comes_in_pieces_around_its_quote(news: None) -> None:
    [hit] = searching.claim_hits(searching.find(understand("500 miles")).claims)
    assert hit.sentence == (
        ("A missile of Peru flew ", False),
        ("500 miles", True),
        (", a minister said.", False),
    )


def test_groups_are_those_of_the_claims_found(news: None) -> None:
    found = searching.group_hits(searching.find(understand("tanks 40")).groups)
    assert [(hit.matching, hit.group.outlet_count) for hit in found] == [(2, 2)]


def test_topics_narrow_articles(news: None) -> None:
    Revision.objects.filter(title="Peru tests").update(topics=["missiles-delivery"])
    assert titles("topic:missiles") == {"Peru tests"}
    assert titles("topic:missiles-delivery minister") == {"Peru tests"}


def test_claims_that_stand_no_more_are_not_found(news: None) -> None:
    Claim.objects.filter(quote="500 miles").update(retired_at=now())
    assert quotes("500 miles") == set()


def test_what_is_found_stops_at_the_most_that_is_told(news: None, monkeypatch: pytest.MonkeyPatch) -> None:
    found = searching.find(understand("tanks"))
    assert [len(each) for each in (found.articles, found.claims, found.groups)] == [2, 3, 2]
    monkeypatch.setattr(searching, "MOST_COUNTED", 1)
    assert len(searching.find(understand("tanks")).claims) == 2  # stands for "more than one"


def test_the_best_of_the_newest_come_by_their_words(take_in: TakeIn) -> None:
    take_in("Tanks, tanks and more tanks for the army.", title="All about tanks", published=date(2020, 1, 1))
    take_in("Nobody spoke of tanks but once.", title="Other things", published=date(2021, 1, 1))
    query = understand("tanks")
    for best, first in ((False, "Other things"), (True, "All about tanks")):
        shown = searching.article_hits(query, searching.find(query, best).articles)
        assert shown[0].revision.title == first


@pytest.mark.parametrize("typed", ['"', "-", "& | !", "((", "a:b:c", "\x00tanks", "' OR 1=1 --", "🚀 > 10^9"])
def test_no_query_is_an_error(news: None, typed: str) -> None:
    query = understand(typed)
    found = searching.find(query, best=True)
    searching.article_hits(query, found.articles)


def test_finding_takes_two_queries_and_showing_one(news: None) -> None:
    query = understand("tanks 30-45 source:minister")
    with CaptureQueriesContext(connection) as asked:
        found = searching.find(query)
        searching.article_hits(query, found.articles)
        searching.claim_hits(found.claims)
        searching.group_hits(found.groups)
    assert len(asked) <= 5


def test_an_article_with_more_words_than_a_vector_holds_is_stored_and_found(db: None) -> None:
    words = " ".join(f"word{i:x}q{i * 7919:x}" for i in range(90_000))
    factories.revision(f"Tanks. {words}", title="A long one")
    assert titles("tanks") == {"A long one"}
