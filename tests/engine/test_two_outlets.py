"""From text to groups: which figures of two outlets meet, and which must not be held against each other."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from claims.engine.checks import check_group
from claims.engine.extract import extract
from claims.engine.linking import compare, label
from claims.engine.records import ArticleRef, Group, PlacedClaim


def claims_of(outlet: str, published: str, body: str) -> list[PlacedClaim]:
    day = date.fromisoformat(published)
    article = ArticleRef(f"a-{outlet}", outlet, "", day, body=body)
    found = extract(body, published=day, outlet=outlet)
    return [PlacedClaim(f"{outlet}:{c.kind}:{c.span.start}", c, article) for c in found]


def linked(*articles: list[PlacedClaim]) -> set[frozenset[str]]:
    """The quotes of every two claims that link."""
    together = [c for article in articles for c in article]
    return {frozenset((a.claim.quote, b.claim.quote)) for a, b in combinations(together, 2) if compare(a, b)}


def conflicts(*members: PlacedClaim) -> list[str]:
    ordered = tuple(sorted(members, key=lambda m: (m.article.published or date.min, m.article.outlet, m.key)))
    group = Group("g", label(ordered), ordered)
    return [f"{f.severity}: {f.summary}" for f in check_group(group) if f.check == "value_conflict"]


def only(claims: list[PlacedClaim], quote: str) -> PlacedClaim:
    (found,) = [c for c in claims if c.claim.quote == quote]
    return found


def test_uranium_of_two_grades_is_weighed_apart() -> None:
    first = claims_of(
        "Courier", "2022-03-03", "Iran has 33.2 kg of uranium enriched to up to 60%, a report said."
    )
    second = claims_of(
        "Post",
        "2022-03-04",
        "Iran holds 182.1 kg of uranium enriched to 20 percent. "
        "Iran holds 33.2 kg of uranium enriched to 60 percent.",
    )
    pairs = linked(first, second)
    assert frozenset(("33.2 kg",)) in pairs
    assert not any("182.1 kg" in pair and "33.2 kg" in pair for pair in pairs)


def test_what_was_added_years_ago_is_no_plan_of_today() -> None:
    told = claims_of(
        "Courier",
        "2021-04-28",
        "The Pentagon plans to install 25 new interceptors in Alaska. "
        "In 2013 the administration announced it would deploy 12 additional interceptors in Alaska.",
    )
    again = claims_of("Post", "2021-04-28", "The Pentagon plans to install 25 new interceptors in Alaska.")
    pairs = linked(told, again)
    assert frozenset(("25 new interceptors",)) in pairs
    assert not any("12 additional interceptors" in pair for pair in pairs)


def test_a_sum_over_the_year_is_not_held_against_one_day() -> None:
    year = claims_of("Courier", "2022-10-14", "North Korea has fired more than 40 missiles this year.")
    june = claims_of("Post", "2022-10-14", "North Korea fired eight missiles in June.")
    assert conflicts(*year, *june) == []


def test_a_rounded_percentage_beside_the_one_it_rounds_is_slight() -> None:
    fine = claims_of("Courier", "2024-03-14", "Poland spent 3.9% of its GDP on defence.")
    coarse = claims_of("Post", "2024-03-15", "Poland spent 4% of its GDP on defence.")
    other = claims_of("Star", "2024-03-15", "Poland spent 3% of its GDP on defence.")
    (slight,) = conflicts(*fine, *coarse)
    (grave,) = conflicts(*fine, *other)
    assert slight.startswith("low:")
    assert grave.startswith("medium:")


def test_who_acts_in_a_clause_without_its_verb_is_named_there() -> None:
    (first, second) = claims_of(
        "Courier", "2021-04-17", "Russia expelled five Latvian diplomats, and Latvia three Russian diplomats."
    )
    assert (first.claim.actor, second.claim.actor) == ("Russia", "Latvia")


def test_a_change_and_where_it_led_are_two_figures() -> None:
    found = claims_of("Courier", "2021-06-01", "The stockpile had risen by 273 kg to 3,241 kg.")
    assert [c.claim.quote for c in found] == ["273 kg", "3,241 kg"]
