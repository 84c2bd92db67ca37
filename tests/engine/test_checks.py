from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.engine.checks import all_checks, check_group, check_origin, documentation
from claims.engine.checks.registry import check
from claims.engine.records import Kind, OriginGroup, OriginLink, Severity, Span, Status
from tests.engine.by_hand import (
    DAY,
    article,
    claim,
    event,
    group,
    launchers,
    placed,
    quantity,
    quotation,
    when,
)

POST, HERALD, STAR = "Evening Post", "Morning Herald", "Northern Star"


def found(checked, id):
    return [f for f in check_group(checked) if f.check == id]


# ------------------------------------------------------------------ the registry


def test_every_check_is_documented_and_the_document_is_current(repository: Path):
    assert (repository / "docs/checks.md").read_text("utf-8") == documentation()


def test_the_first_checks_are_there():
    assert {c.id for c in all_checks()} >= {
        "value_conflict",
        "qualifier_dropped",
        "hedge_dropped",
        "part_dropped",
        "single_origin",
        "stale_date",
        "quote_drift",
        "updated_figure",
    }
    assert all(c.description and c.name for c in all_checks())


def test_two_checks_cannot_share_an_id():
    with pytest.raises(ValueError, match="two checks"):
        check(id="value_conflict", name="Again", over="group")(lambda _: iter(()))


# ------------------------------------------------------------------ value conflict


def test_disjoint_values_conflict():
    (finding,) = found(group(launchers(24), launchers(30, outlet=POST)), "value_conflict")
    assert finding.severity is Severity.MEDIUM
    assert "Evening Post gives “30 launchers”" in finding.summary or "The Courier gives" in finding.summary
    assert finding.subject == "24|30"
    assert {r["outlet"] for r in finding.evidence["readings"]} == {"The Courier", POST}


def test_overlapping_values_agree():
    assert not check_group(group(launchers(24), launchers(24, outlet=POST)))
    assert not found(group(launchers(20, "more than"), launchers(24, outlet=POST)), "value_conflict")
    assert not found(group(launchers(24, "about"), launchers(25, outlet=POST)), "value_conflict")


def test_one_finding_for_two_readings_however_many_outlets_carry_them():
    members = [
        launchers(24),
        launchers(24, outlet=POST),
        launchers(30, outlet=HERALD),
        launchers(30, outlet=STAR),
    ]
    (finding,) = found(group(*members), "value_conflict")
    assert len(finding.claims) == 4


def test_the_figure_fewer_outlets_carry_stands_first():
    (finding,) = found(
        group(launchers(24), launchers(24, outlet=POST), launchers(30, outlet=HERALD)), "value_conflict"
    )
    assert finding.evidence["readings"][0]["outlet"] == HERALD
    assert finding.summary.startswith("Morning Herald gives “30 launchers”")


def test_an_article_that_gives_both_figures_counts_two_things():
    members = [launchers(24), launchers(30, outlet=POST), launchers(24, outlet=POST, at=200)]
    assert not found(group(*members), "value_conflict")


def test_an_article_that_gives_the_others_figure_too_counts_two_things_by_them():
    twice = [launchers(24), launchers(60, "up to", at=500)]
    assert not found(group(*twice, launchers(60, outlet=POST)), "value_conflict")
    later = launchers(60, outlet=POST, published=DAY + timedelta(90))
    assert not found(group(*twice, later), "updated_figure")


def test_a_figure_and_its_rounding_are_slight():
    flat = {"kind": Kind.SHARE, "noun": "growth", "measured": "growth of the launcher force"}
    fine = quantity(Decimal("3.9"), "percent")
    fine = replace(fine, low=Decimal("3.85"), high=Decimal("3.95"), grain=Decimal("0.1"), rule="grain")
    (finding,) = found(
        group(
            launchers(4, quantity=quantity(4, "percent"), **flat),
            launchers(4, quantity=fine, outlet=POST, **flat),
        ),
        "value_conflict",
    )
    assert finding.severity is Severity.LOW


def test_a_small_count_is_not_a_rounding_of_another():
    ten = launchers(10, quantity=quantity(10, "launcher", grain=10))
    (finding,) = found(group(ten, launchers(12, outlet=POST)), "value_conflict")
    assert finding.severity is Severity.MEDIUM


def test_a_ceiling_and_a_later_figure_above_it_are_no_timeline():
    ceiling = launchers(24, "at most")
    later = launchers(60, outlet=POST, published=DAY + timedelta(90))
    assert not found(group(ceiling, later), "updated_figure")


def test_a_limit_is_one_reading_with_or_without_at_most():
    limits = [
        launchers(30, "at most", action="restrict"),
        launchers(30, outlet=POST, action="restrict"),
        launchers(24, "at most", outlet=HERALD, action="restrict"),
    ]
    (finding,) = found(group(*limits), "value_conflict")
    assert finding.summary.startswith(HERALD)


def test_a_far_gap_is_high_and_a_gap_within_the_grain_low():
    (far,) = found(group(launchers(24), launchers(250, outlet=POST)), "value_conflict")
    assert far.severity is Severity.HIGH
    rounded = launchers(500, quantity=quantity(500, "launcher", grain=100))
    (near,) = found(group(rounded, launchers(540, outlet=POST)), "value_conflict")
    assert near.severity is Severity.LOW


@pytest.mark.parametrize(
    "fields",
    [
        {"noun_modifiers": ("empty",)},
        {"quote": "30 other launchers"},
        {"place": "Westmark"},
        {"action": "destroy"},
        {"status": Status.PLANNED},
        {"negated": True},
        {"part_of": Span(0, 5)},
    ],
)
def test_another_scope_is_not_compared(fields):
    assert not found(group(launchers(24), launchers(30, outlet=POST, **fields)), "value_conflict")


def test_others_counted_after_the_first_are_a_remainder():
    others = launchers(30, outlet=POST, body="30 launchers others have counted")
    assert not found(group(launchers(24), others), "value_conflict")


def test_figures_of_different_days_are_an_update():
    old = launchers(24, when=when("in March", date(2024, 3, 1), date(2024, 3, 31)))
    new = launchers(30, outlet=POST, when=when("in May", date(2024, 5, 1), date(2024, 5, 31)))
    checked = group(old, new)
    assert not found(checked, "value_conflict")
    (finding,) = found(checked, "updated_figure")
    assert finding.severity is Severity.INFO
    assert "from “24 launchers” (The Courier, 31 March 2024) to “30 launchers”" in finding.summary


def test_a_clearly_later_figure_is_an_update():
    checked = group(launchers(24), launchers(30, outlet=POST, published=DAY + timedelta(days=40)))
    assert [f.check for f in check_group(checked)] == ["updated_figure"]


def test_the_same_day_stated_makes_a_conflict_of_late_publications():
    stated = when("on 1 June", date(2024, 6, 1))
    checked = group(
        launchers(24, when=stated),
        launchers(30, outlet=POST, published=DAY + timedelta(days=40), when=stated),
    )
    assert [f.check for f in check_group(checked)] == ["value_conflict"]


def test_without_a_date_nothing_is_told_about_time():
    assert not check_group(group(launchers(24), launchers(30, outlet=POST, published=None)))


def distance(value, unit, outlet="The Courier"):
    fields = {"measured": "range of the Heron missile", "actor": "Norland"}
    return placed(
        claim(f"{value} {unit}s", Kind.MEASURE, quantity=quantity(value, unit, grain=10), **fields), outlet
    )


def test_units_of_one_dimension_are_compared_converted():
    assert not check_group(group(distance("804.672", "kilometre"), distance(500, "mile", POST)))
    (finding,) = found(group(distance(2000, "kilometre"), distance(500, "mile", POST)), "value_conflict")
    shown = [r["converted"]["unit"] for r in finding.evidence["readings"] if "converted" in r]
    assert len(shown) == 1


def test_currencies_are_not_compared():
    def money(unit, outlet):
        return placed(claim(f"5 {unit}", Kind.MONEY, quantity=quantity(5, unit)), outlet)

    assert not check_group(group(money("USD", "The Courier"), money("EUR", POST)))


# ------------------------------------------------------------------ qualifiers, hedges, parts


def test_a_dropped_ceiling_is_found_and_is_no_conflict():
    checked = group(launchers(24, "as many as"), launchers(24, outlet=POST))
    (finding,) = check_group(checked)
    assert finding.check == "qualifier_dropped"
    assert finding.severity is Severity.MEDIUM
    assert finding.summary == (
        "Evening Post gives “24 launchers” flat where The Courier writes “as many as 24 launchers”: "
        "“as many as” is gone, and a ceiling reads as a count."
    )
    assert finding.claims[0].startswith("a-Evening Post")
    assert finding.subject == "a-Evening Post|24 launcher|up_to"


def test_each_dropping_article_is_named_once():
    checked = group(
        launchers(24, "as many as"),
        launchers(24, outlet=POST),
        launchers(24, outlet=POST, at=90),
        launchers(24, outlet=HERALD),
    )
    assert [f.claims[0] for f in found(checked, "qualifier_dropped")] == [
        "a-Evening Post:0",
        "a-Morning Herald:0",
    ]


def test_a_qualifier_is_not_dropped_where_the_article_has_it_elsewhere():
    assert not check_group(group(launchers(24, "as many as"), launchers(24, at=100)))
    checked = group(
        launchers(24, "as many as"), launchers(24, outlet=POST), launchers(24, "up to", outlet=POST, at=90)
    )
    assert not check_group(checked)


def test_a_lone_about_is_its_writers_addition():
    flat = [launchers(24, outlet=x) for x in (POST, HERALD, STAR)]
    assert not check_group(group(launchers(24, "about"), *flat))


def test_limits_are_compared_by_the_limit():
    high, low = (
        launchers(800, "at most", action="limit"),
        launchers(700, "at most", outlet=POST, action="limit"),
    )
    assert [f.check for f in check_group(group(high, low))] == ["value_conflict"]
    said_by_the_verb = launchers(800, outlet=POST, action="limit")
    assert not check_group(group(high, said_by_the_verb))


def test_new_ones_are_none_of_those_there_are():
    new = launchers(24, quote="24 new launchers")
    there = launchers(30, outlet=POST, noun_modifiers=("tracked",), quote="30 tracked launchers")
    assert not check_group(group(new, there))


def test_who_acts_must_be_known_to_contradict():
    assert not check_group(group(launchers(24), launchers(30, outlet=POST, actor=None)))


def test_a_vague_figure_is_not_flat():
    hundreds = launchers(200, outlet=POST, quantity=quantity(200, "launcher", rule="vague", high=999))
    assert not check_group(group(launchers(200, "up to"), hundreds))


def test_a_floor_that_became_exact_two_days_later_is_news():
    later = launchers(24, outlet=POST, published=DAY + timedelta(days=2))
    assert not check_group(group(launchers(24, "at least"), later))
    assert check_group(group(launchers(24, "at least"), launchers(24, outlet=POST)))


def test_a_plan_told_as_done_is_found():
    checked = group(launchers(status=Status.PLANNED, hedge="plans to"), launchers(outlet=POST))
    (finding,) = check_group(checked)
    assert finding.check == "hedge_dropped"
    assert finding.severity is Severity.MEDIUM
    assert (
        finding.summary
        == "Evening Post tells “24 launchers” as done; in The Courier it is planned (“plans to”)."
    )


def test_an_allegation_needs_its_words_to_be_missed():
    said = launchers(status=Status.ALLEGED, hedge="allegedly")
    assert [f.severity for f in check_group(group(said, launchers(outlet=POST)))] == [Severity.LOW]
    assert not check_group(group(launchers(status=Status.ALLEGED), launchers(outlet=POST)))


def test_a_plan_may_be_done_by_next_week():
    checked = group(
        launchers(status=Status.PLANNED), launchers(outlet=POST, published=DAY + timedelta(days=7))
    )
    assert not check_group(checked)


def part(total, value=6, at=20, **fields):
    quote = f"{value} for training"
    return placed(
        claim(
            quote,
            at=at,
            quantity=quantity(value, "launcher", "including"),
            noun="launcher",
            part_of=total.claim.span,
            **fields,
        ),
        total.article.outlet,
    )


def test_a_dropped_part_is_found():
    total = launchers(24)
    checked = group(total, launchers(24, outlet=POST), parts=(part(total),))
    (finding,) = check_group(checked)
    assert finding.check == "part_dropped"
    assert finding.summary == (
        "Evening Post gives “24 launchers” without the part that The Courier states with it "
        "(“including 6 for training”): all of it reads as one kind."
    )
    assert finding.subject == "a-Evening Post|24 launcher|6 launcher"


def test_all_who_state_a_dropped_part_are_named():
    totals = (launchers(24), launchers(24, outlet=HERALD))
    checked = group(*totals, launchers(24, outlet=POST), parts=tuple(part(total) for total in totals))
    (finding,) = check_group(checked)
    assert "without the part that Morning Herald and The Courier state with it" in finding.summary


def test_a_part_stated_in_other_words_is_not_dropped():
    total, other = launchers(24), launchers(24, outlet=POST)
    assert not check_group(group(total, other, parts=(part(total), part(other))))
    told = launchers(24, outlet=POST, body="There are 24 launchers. 6 for training stand in the east.")
    assert not check_group(group(total, told, parts=(part(total),)))


def test_a_part_of_another_total_is_not_asked_for():
    total = launchers(24)
    assert not found(group(total, launchers(30, outlet=POST), parts=(part(total),)), "part_dropped")


# ------------------------------------------------------------------ dates


def expelled(outlet="The Courier", published=DAY, **fields):
    base = {
        "quantity": quantity(5, "envoy"),
        "noun": "envoy",
        "noun_modifiers": ("Sudmark",),
        "actor": "Norland",
        "action": "expel",
        "object_party": "Sudmark",
    }
    return placed(claim("five Sudmark envoys", **(base | fields)), outlet, published)


EARLIER_THIS_MONTH = when("earlier this month", date(2024, 6, 1), date(2024, 6, 12))


def test_a_relative_date_that_does_not_hold_the_references_day_is_stale():
    checked = group(expelled(when=EARLIER_THIS_MONTH), references=(event(date(2024, 5, 20)),))
    (finding,) = check_group(checked)
    assert finding.check == "stale_date"
    assert finding.summary == (
        "The Courier, published 12 June 2024, dates “five Sudmark envoys” to “earlier this month” "
        "(1 to 12 June 2024); "
        "The Registry dates it to 20 May 2024."
    )
    assert finding.evidence["days_off"] == 12
    assert finding.subject == "a-The Courier|reference|r1"


def test_a_date_that_holds_the_references_day_or_the_next_is_right():
    for day in (date(2024, 6, 5), date(2024, 5, 31)):
        assert not check_group(group(expelled(when=EARLIER_THIS_MONTH), references=(event(day),)))


def test_a_reference_about_something_else_says_nothing():
    other = event(date(2024, 5, 20), actor="Sudmark")
    assert not check_group(group(expelled(when=EARLIER_THIS_MONTH), references=(other,)))


def test_an_event_of_another_year_is_another_event():
    assert not check_group(group(expelled(when=EARLIER_THIS_MONTH), references=(event(date(2021, 5, 20)),)))


def test_a_plan_has_no_date_to_be_held_against():
    planned = expelled(when=EARLIER_THIS_MONTH, status=Status.PLANNED)
    assert not check_group(group(planned, references=(event(date(2024, 5, 20)),)))


def test_two_outlets_dates_for_one_event_are_compared():
    checked = group(
        expelled(when=when("on 2 June", date(2024, 6, 2))),
        expelled(POST, when=when("on 9 June", date(2024, 6, 9))),
    )
    (finding,) = found(checked, "date_conflict")
    assert finding.severity is Severity.LOW
    assert "The Courier dates “five Sudmark envoys” 2 June 2024, Evening Post 9 June 2024" in finding.summary


def test_a_day_of_difference_between_outlets_is_no_finding():
    checked = group(
        expelled(when=when("on Sunday", date(2024, 6, 2))),
        expelled(POST, when=when("on Monday", date(2024, 6, 3))),
    )
    assert not check_group(checked)


# ------------------------------------------------------------------ quotations

SAID = "We will answer every launch over the defence line in our neighbours' waters with a protest"


def quoted(text, outlet, **fields):
    return placed(quotation(text, **fields), outlet)


def test_spelling_marks_and_insertions_are_no_drift():
    other = (
        SAID.replace("defence", "defense")
        .replace("neighbours'", "neighbors’")
        .replace("launch", "launch [of rockets] (or drones)")
    )
    assert not check_group(group(quoted(f"“{SAID}”", "The Courier"), quoted(other, POST)))


def test_a_quotation_cut_short_is_no_drift():
    assert not check_group(group(quoted(SAID, "The Courier"), quoted(" ".join(SAID.split()[:10]), POST)))
    assert not check_group(
        group(
            quoted(SAID, "The Courier"), quoted(SAID.replace("every launch over", "every launch ..."), POST)
        )
    )


def test_changed_words_are_drift():
    (finding,) = check_group(
        group(quoted(SAID, "The Courier"), quoted(SAID.replace("protest", "salvo"), POST))
    )
    assert finding.check == "quote_drift"
    assert finding.severity is Severity.MEDIUM
    assert "quotes Ada Brandt with" in finding.summary


def test_a_lost_not_is_high_and_a_changed_article_low():
    lost = group(quoted(SAID.replace("will answer", "will not answer"), "The Courier"), quoted(SAID, POST))
    assert [f.severity for f in check_group(lost)] == [Severity.HIGH]
    small = group(quoted(SAID.replace("a protest", "the protest"), "The Courier"), quoted(SAID, POST))
    assert [f.severity for f in check_group(small)] == [Severity.LOW]


@pytest.mark.parametrize(
    ("before", "after", "severity"),
    [
        ("will answer", "can answer", Severity.MEDIUM),
        ("a protest", "a salute", Severity.MEDIUM),
        ("a protest", "an unlikely protest", Severity.LOW),
        (
            "We will answer every launch",
            "We, and I mean it, will answer every launch",
            Severity.LOW,
        ),
        ("every launch over", "every launch, every launch over", Severity.LOW),
        (
            "in our neighbours' waters with a protest",
            "with a protest in our neighbours' waters",
            Severity.LOW,
        ),
        ("every launch", "every single launch, not one left out, of theirs", Severity.LOW),
    ],
)
def test_drift_weighs_by_what_becomes_of_the_meaning(before, after, severity):
    drifted = group(quoted(SAID.replace(before, after), "The Courier"), quoted(SAID, POST))
    assert {f.severity for f in check_group(drifted) if f.check == "quote_drift"} == {severity}


def test_a_prefix_that_reverses_a_word_is_high():
    drifted = group(
        quoted(SAID.replace("We", "Unlike them we"), "The Courier"),
        quoted(SAID.replace("We", "Like them we"), POST),
    )
    (finding,) = check_group(drifted)
    assert finding.severity is Severity.HIGH


def test_names_spelt_otherwise_are_no_drift():
    a, b = SAID.replace("protest", "call to Zakharova"), SAID.replace("protest", "call to Zaharova")
    assert not check_group(group(quoted(a, "The Courier"), quoted(b, POST)))


def test_two_names_of_one_party_are_no_drift():
    a, b = SAID.replace("protest", "strike on Daesh"), SAID.replace("protest", "strike on IS")
    assert not check_group(group(quoted(a, "The Courier"), quoted(b, POST)))


def test_one_wording_is_reported_once_however_many_carry_it():
    changed = SAID.replace("protest", "salvo")
    checked = group(
        *(quoted(SAID, x) for x in ("The Courier", POST, HERALD)),
        quoted(changed, STAR),
        quoted(changed, "Sun"),
    )
    (finding,) = check_group(checked)
    assert finding.summary.startswith("Northern Star and Sun quote")


# ------------------------------------------------------------------ origins


def origin(*outlets, kind="copy", wire=None, passages=("nine words in a row that both of them print",)):
    articles = tuple(article(x, key=f"a{i}") for i, x in enumerate(outlets))
    links = tuple(
        (articles[0].key, other.key, OriginLink(kind, 0.6, ("shared passages",), passages, wire))
        for other in articles[1:]
    )
    return OriginGroup("o", articles, links)


def test_outlets_with_one_origin_count_once():
    (finding,) = check_origin(origin("The Courier", POST, wire="Agence Nord"))
    assert finding.check == "single_origin"
    assert finding.severity is Severity.LOW
    assert finding.summary == (
        "2 outlets, 1 independent origin: Evening Post and The Courier count once; both carry the same "
        "Agence Nord story and share passages word for word, such as “nine words in a row that both of "
        "them print”."
    )


def test_a_text_shared_by_two_is_no_fault_and_weighs_little():
    (finding,) = check_origin(origin("The Courier", POST))
    assert finding.severity is Severity.LOW
    assert "share passages" in finding.summary


def test_three_outlets_with_one_text_that_credit_no_agency_look_like_three_sources():
    (finding,) = check_origin(origin("The Courier", POST, HERALD))
    assert finding.severity is Severity.MEDIUM
    assert "they share passages" in finding.summary


def test_three_outlets_that_credit_an_agency_weigh_little():
    (finding,) = check_origin(origin("The Courier", POST, HERALD, wire="Agence Nord"))
    assert finding.severity is Severity.LOW


def test_one_outlet_alone_is_no_finding():
    assert check_origin(origin("The Courier", "The Courier")) == ()


# ------------------------------------------------------------------ what holds for all

values = st.integers(20, 34)
members = st.lists(
    st.builds(
        lambda value, modifier, outlet, at, status, shift: launchers(
            value, modifier, outlet=outlet, at=at * 50, status=status, published=DAY + timedelta(days=shift)
        ),
        values,
        st.sampled_from([None, None, "up to", "at least", "about"]),
        st.sampled_from(["The Courier", POST, HERALD, STAR]),
        st.integers(0, 3),
        st.sampled_from([Status.DONE, Status.DONE, Status.PLANNED]),
        st.sampled_from([0, 0, 1, 5]),
    ),
    max_size=7,
    unique_by=lambda m: m.key,
)


@given(members, st.randoms(use_true_random=False))
def test_findings_do_not_depend_on_the_order_of_members(chosen, random):
    shuffled = chosen[:]
    random.shuffle(shuffled)
    one, other = check_group(group(*chosen)), check_group(group(*shuffled))
    assert one == other
    assert len({(f.check, f.subject) for f in one}) == len(one)
    for finding in one:
        json.dumps(dict(finding.evidence))
        assert finding.summary.endswith(".")
        assert finding.clears
        assert finding.basis
        assert len(finding.subject) <= 500
        assert set(finding.claims) <= {m.key for m in chosen}


@given(members)
def test_one_outlet_never_conflicts_with_itself(chosen):
    alone = [replace(m, article=replace(m.article, outlet="The Courier")) for m in chosen]
    assert not [f for f in check_group(group(*alone)) if f.check in ("value_conflict", "qualifier_dropped")]


@given(members)
def test_a_conflict_is_never_also_an_update(chosen):
    checked = check_group(group(*chosen))
    conflicts = {
        frozenset((a, b)) for f in checked if f.check == "value_conflict" for a in f.claims for b in f.claims
    }
    timeline = {key for f in checked if f.check == "updated_figure" for key in f.claims}
    assert not any(len(pair) == 2 and pair <= timeline for pair in conflicts)
