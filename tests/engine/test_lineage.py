"""A number's family tree: what each telling goes back to, and what it makes of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.engine.changes import Change
from claims.engine.lineage import Step, Way, lineage, tellings
from claims.engine.records import Attribution, Kind, PlacedClaim, Taken, Taking
from tests.engine.by_hand import claim, launchers, placed, quantity, quotation, when

MONDAY, TUESDAY, FRIDAY, AUTUMN = date(2024, 6, 10), date(2024, 6, 11), date(2024, 6, 14), date(2024, 9, 20)


def steps(*members: PlacedClaim, taken: tuple[Taken, ...] = ()) -> list[Step]:
    return list(lineage(members, {each.article: each for each in taken}))


def copied(taker: PlacedClaim, source: PlacedClaim, confidence: float = 0.9) -> Taken:
    return Taken(taker.article.key, Taking.COPY, source.article.key, None, confidence, 0.6, "credits it")


def wired(taker: PlacedClaim, agency: str) -> Taken:
    return Taken(taker.article.key, Taking.WIRE, None, agency, 0.9, 0.6, f"credits {agency}")


def measured(value: float, unit: str, outlet: str, day: date, **more: Any) -> PlacedClaim:
    return placed(
        claim(f"{value} {unit}", Kind.MEASURE, quantity=quantity(value, unit, **more), noun="range"),
        outlet,
        day,
    )


def money(value: int, unit: str, outlet: str, day: date, **more: Any) -> PlacedClaim:
    return placed(claim(f"{value} {unit}", Kind.MONEY, quantity=quantity(value, unit, **more)), outlet, day)


def test_a_text_taken_from_another_with_its_figure_is_a_copy() -> None:
    one, other = (
        launchers(24, outlet="Courier", published=MONDAY),
        launchers(24, outlet="Herald", published=TUESDAY),
    )
    first, second = steps(other, one, taken=(copied(other, one),))
    assert (first.change, first.before) == (Change.FIRST, None)
    assert (second.change, second.way, second.before) == (Change.COPIED, Way.CREDITED, one.key)
    assert second.tied == "credits it"


def test_a_source_worked_out_from_days_and_passages_is_inferred() -> None:
    one, other = (
        launchers(24, outlet="Courier", published=MONDAY),
        launchers(24, outlet="Herald", published=TUESDAY),
    )
    assert steps(one, other, taken=(copied(other, one, 0.7),))[1].way is Way.INFERRED


def test_the_same_figure_in_a_text_of_its_own_is_independent() -> None:
    one, other = (
        launchers(24, outlet="Courier", published=MONDAY),
        launchers(24, outlet="Herald", published=TUESDAY),
    )
    step = steps(one, other)[1]
    assert (step.change, step.way) == (Change.INDEPENDENT, Way.NONE)
    assert not step.way.is_arrow
    assert step.reason == "as in Courier, in a text of its own"


@pytest.mark.parametrize("modifier", ["as many as", "up to", "at least", "about", "almost", "more than"])
def test_a_dropped_qualifier_hardens_the_figure(modifier: str) -> None:
    one = launchers(24, modifier, outlet="Courier", published=MONDAY)
    other = launchers(24, outlet="Herald", published=TUESDAY)
    step = steps(one, other, taken=(copied(other, one),))[1]
    assert step.change is Change.HARDENED
    assert step.reason == f"drops “{modifier}”, which Courier has"


def test_a_qualifier_that_comes_in_is_told_as_such() -> None:
    one = launchers(24, outlet="Courier", published=MONDAY)
    other = launchers(24, "up to", outlet="Herald", published=TUESDAY)
    step = steps(one, other)[1]
    assert (step.change, step.reason) == (Change.QUALIFIED, "adds “up to”; Courier gives the number flat")


def test_two_words_for_one_ceiling_are_no_change() -> None:
    one = launchers(24, "as many as", outlet="Courier", published=MONDAY)
    other = launchers(24, "up to", outlet="Herald", published=TUESDAY)
    assert steps(one, other)[1].change is Change.INDEPENDENT


def test_a_coarser_number_that_still_holds_is_rounded_and_the_finer_one_closer() -> None:
    low, high = Decimal(17_650_000_000), Decimal(17_750_000_000)
    fine = money(
        17_700_000_000, "USD", "Courier", MONDAY, grain=Decimal(10**8), low=low, high=high, rule="grain"
    )
    low = Decimal(17_460_000_000)
    coarse = money(18_000_000_000, "USD", "Herald", TUESDAY, modifier="almost", grain=Decimal(10**9), low=low)
    assert steps(fine, coarse)[1].change is Change.ROUNDED
    later = placed(fine.claim, "Post", FRIDAY)
    assert steps(coarse, later)[1].change is Change.REFINED


def test_ten_is_no_rounding_of_twelve() -> None:
    one = launchers(10, outlet="Courier", published=MONDAY)
    other = launchers(12, outlet="Herald", published=TUESDAY)
    assert steps(one, other, taken=(copied(other, one),))[1].change is Change.AT_ODDS


def test_a_later_as_of_day_makes_an_update_and_no_such_day_leaves_them_at_odds() -> None:
    one = launchers(
        24, outlet="Courier", published=MONDAY, when=when("in May", date(2024, 5, 1), date(2024, 5, 31))
    )
    same = launchers(
        30, outlet="Herald", published=TUESDAY, when=when("in May", date(2024, 5, 1), date(2024, 5, 31))
    )
    newer = launchers(30, outlet="Herald", published=TUESDAY, when=when("on 8 June", date(2024, 6, 8)))
    assert steps(one, same)[1].change is Change.AT_ODDS
    step = steps(one, newer)[1]
    assert step.change is Change.UPDATED
    assert step.reason == "as of 8 June 2024, not 31 May 2024; Courier: “24 launchers”"


def test_a_figure_of_a_season_later_is_an_update() -> None:
    one = launchers(24, outlet="Courier", published=MONDAY)
    other = launchers(30, outlet="Herald", published=AUTUMN)
    assert steps(one, other)[1].change is Change.UPDATED


def test_a_factor_of_a_thousand_is_at_odds_and_says_so() -> None:
    one = money(18_000_000_000, "USD", "Courier", MONDAY)
    other = money(18_000_000, "USD", "Herald", TUESDAY)
    step = steps(one, other)[1]
    assert step.change is Change.AT_ODDS
    assert step.reason.startswith("a factor of 1,000")


def test_one_amount_in_two_units_is_converted_and_a_wrong_one_is_at_odds() -> None:
    one = measured(5500, "km", "Courier", MONDAY, grain=Decimal(100))
    right = measured(3400, "mile", "Herald", TUESDAY, grain=Decimal(100))
    wrong = measured(5500, "mile", "Herald", TUESDAY, grain=Decimal(100))
    assert steps(one, right)[1].change is Change.CONVERTED
    assert steps(one, wrong)[1].change is Change.AT_ODDS


def test_another_currency_is_converted_at_a_rate_nobody_checked() -> None:
    step = steps(money(18, "USD", "Courier", MONDAY), money(15, "EUR", "Herald", TUESDAY))[1]
    assert step.change is Change.CONVERTED
    assert "the rate is not checked" in step.reason


def test_headline_and_body_with_one_reading_are_one_telling() -> None:
    body = launchers(24, outlet="Courier", published=MONDAY)
    title = launchers(24, outlet="Courier", published=MONDAY, at=90, headline=True)
    (telling,) = tellings([title, body])
    assert [each.key for each in telling.claims] == [body.key, title.key]


def test_a_headline_that_drops_what_the_body_says_goes_back_to_the_body() -> None:
    body = launchers(24, "up to", outlet="Courier", published=MONDAY)
    title = launchers(24, outlet="Courier", published=MONDAY, at=90, headline=True)
    first, second = steps(title, body)
    assert first.key == body.key
    assert (second.change, second.way, second.before) == (Change.HARDENED, Way.OWN, body.key)
    assert second.reason == "drops “up to”, which the same article has"


def test_those_that_have_it_from_one_agency_go_back_to_the_first_of_them() -> None:
    one = launchers(24, "up to", outlet="Courier", published=MONDAY)
    other = launchers(24, outlet="Herald", published=TUESDAY)
    first, second = steps(one, other, taken=(wired(one, "Tass"), wired(other, "Tass")))
    assert (first.change, first.agency, first.way) == (Change.FIRST, "Tass", Way.CREDITED)
    assert (second.change, second.way, second.before) == (Change.HARDENED, Way.SHARED, one.key)
    assert second.tied == "both have it from Tass"


def test_an_agency_that_published_it_too_is_the_source() -> None:
    one = launchers(24, outlet="Tass", published=MONDAY)
    other = launchers(24, outlet="Herald", published=TUESDAY)
    step = steps(one, other, taken=(wired(other, "Tass"),))[1]
    assert (step.change, step.way, step.before) == (Change.COPIED, Way.CREDITED, one.key)


def test_an_outlet_named_in_the_text_is_the_source() -> None:
    one = launchers(24, outlet="Courier", published=MONDAY)
    other = launchers(24, outlet="Herald", published=TUESDAY, body="24 launchers, as the Courier reported.")
    step = steps(one, other)[1]
    assert (step.way, step.before) == (Way.CREDITED, one.key)
    assert step.tied.startswith("credits Courier")


def test_an_outlet_spoken_to_is_the_source() -> None:
    one = launchers(24, outlet="Courier", published=MONDAY)
    other = launchers(24, outlet="Herald", published=TUESDAY, attribution=Attribution(told="the Courier"))
    assert steps(one, other)[1].tied == "credits the Courier"


def test_a_denial_is_at_odds() -> None:
    one = launchers(24, outlet="Courier", published=MONDAY)
    other = launchers(24, outlet="Herald", published=TUESDAY, negated=True)
    assert steps(one, other)[1].change is Change.AT_ODDS


def test_quotations_are_told_apart_by_their_words_and_events_by_their_days() -> None:
    said = "“We need the launchers now.”"
    one = placed(quotation(said), "Courier", MONDAY)
    assert (
        steps(one, placed(quotation("“We need the launchers now”"), "Herald", TUESDAY))[1].change
        is Change.INDEPENDENT
    )
    assert (
        steps(one, placed(quotation("“We want launchers now.”"), "Herald", TUESDAY))[1].change
        is Change.REWORDED
    )
    here = placed(claim("expelled on Friday", Kind.EVENT, when=when("on Friday", MONDAY)), "Courier", MONDAY)
    there = placed(claim("expelled on Monday", Kind.EVENT, when=when("on Monday", FRIDAY)), "Herald", FRIDAY)
    assert steps(here, there)[1].change is Change.AT_ODDS


def test_two_ceilings_can_both_be_true() -> None:
    one = launchers(20, "at most", outlet="Courier", published=MONDAY)
    other = launchers(60, "at most", outlet="Herald", published=TUESDAY)
    assert steps(one, other)[1].change is Change.APART


def test_a_claim_alone_is_the_first() -> None:
    assert [step.change for step in steps(launchers())] == [Change.FIRST]
    assert steps() == []


def test_the_order_of_the_members_makes_no_difference() -> None:
    one = launchers(24, "up to", outlet="Courier", published=MONDAY)
    two = launchers(24, outlet="Herald", published=TUESDAY)
    three = launchers(30, outlet="Post", published=None)
    taken = {two.article.key: copied(two, one)}
    expected = lineage([one, two, three], taken)
    assert all(lineage(order, taken) == expected for order in permutations([one, two, three]))


DAYS = st.one_of(st.none(), st.sampled_from([MONDAY, TUESDAY, FRIDAY, AUTUMN]))
FIGURES = st.tuples(st.integers(1, 60), st.sampled_from([None, "up to", "about", "at least"]), DAYS)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(FIGURES, min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=8),
)
def test_every_telling_has_one_step_and_none_goes_back_to_itself(
    figures: list[tuple[int, str | None, date | None]], arrows: list[tuple[int, int]]
) -> None:
    members = [
        launchers(value, modifier, outlet=f"Outlet {i}", published=day)
        for i, (value, modifier, day) in enumerate(figures)
    ]
    known = [(a, b) for a, b in arrows if a != b and max(a, b) < len(members)]
    found = steps(*members, taken=tuple(copied(members[a], members[b]) for a, b in known))
    assert sorted(step.key for step in found) == sorted(member.key for member in members)
    before = {step.key: step.before for step in found}
    for key in before:
        seen = set()
        at: str | None = key
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = before[at]
    assert all(step.reason for step in found)
