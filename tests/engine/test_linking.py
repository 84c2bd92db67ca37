from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.engine.linking import answers, compare, label
from claims.engine.records import Kind, Span, Status
from tests.engine.by_hand import DAY, claim, event, launchers, placed, quantity, quotation, when


def expelled(outlet="The Courier", actor="Norland", party="Sudmark", **fields):
    base = {
        "quantity": quantity(7, "diplomat"),
        "noun": "diplomat",
        "actor": actor,
        "action": "expel",
        "object_party": party,
    }
    published = fields.pop("published", DAY)
    return placed(claim(fields.pop("quote", "seven diplomats"), **(base | fields)), outlet, published)


def killed(value=12, outlet="The Courier", place="Oldport", **fields):
    base = {
        "quantity": quantity(value, "person"),
        "noun": "person",
        "action": "kill",
        "place": place,
        "measured": "people killed in a market blast",
    }
    published = fields.pop("published", DAY)
    return placed(claim(f"{value} people", **(base | fields)), outlet, published)


def test_the_same_figure_in_two_outlets_is_one_question():
    link = compare(launchers(), launchers(outlet="Evening Post"))
    assert link
    assert "same noun: launcher" in link.reasons
    assert "same actor: Norland" in link.reasons
    assert "values agree" in link.reasons


def test_different_values_answer_the_same_question():
    link = compare(launchers(24), launchers(30, outlet="Evening Post"))
    assert link
    assert "values differ: 24 and 30" in link.reasons
    assert link.score == compare(launchers(24), launchers(24, outlet="Evening Post")).score


def test_who_expelled_whom_decides_and_not_the_number():
    ours = expelled(actor="Norland", party="Sudmark")
    theirs = expelled("Evening Post", actor="Sudmark", party="Norland")
    assert compare(ours, theirs) is None


def test_an_actor_missing_on_one_side_is_no_contradiction():
    assert compare(launchers(), launchers(outlet="Evening Post", actor=None))


def test_another_actor_is_a_contradiction():
    assert compare(launchers(), launchers(outlet="Evening Post", actor="Sudmark")) is None


def test_another_place_is_another_question():
    assert compare(launchers(), launchers(outlet="Evening Post", place="Westmark")) is None


def test_an_act_without_a_number_joins_the_figure_of_the_same_act():
    act = placed(
        claim(
            "expulsion of Norland embassy staff",
            Kind.EVENT,
            actor="Sudmark",
            action="expel",
            object="Norland embassy staff",
            object_party="Norland",
        ),
        "Evening Post",
    )
    assert compare(expelled(actor="Sudmark", party="Norland"), act)
    assert compare(expelled(actor="Norland", party="Sudmark"), act) is None


def test_officials_blacklisted_are_not_diplomats_expelled():
    listed = placed(
        claim(
            "eight officials",
            quantity=quantity(8, "official"),
            noun="official",
            action="blacklist",
            actor="Norland",
            object_party="Sudmark",
        ),
        "Evening Post",
    )
    assert compare(expelled(), listed) is None


def test_a_part_is_not_linked_with_a_total():
    total = launchers()
    part = launchers(6, "including", outlet="Evening Post", part_of=Span(0, 12), at=20)
    assert compare(total, part) is None


def test_nobody_answers_one_question_twice_in_one_sentence():
    one = launchers(24, sentence=Span(0, 60))
    other = launchers(30, at=30, sentence=Span(0, 60))
    assert compare(one, other) is None


def test_a_headline_joins_its_body():
    assert compare(launchers(24), launchers(24, at=100))


def test_money_is_linked_by_what_it_is_for():
    def cost(outlet, **fields):
        base = {
            "quantity": quantity(3_000_000_000, "USD", "almost"),
            "actor": "Norland",
            "action": "spend",
            "measured": "new radars against missiles from Sudmark",
        }
        return placed(claim("almost $3 billion", Kind.MONEY, **(base | fields)), outlet)

    assert compare(cost("The Courier"), cost("Evening Post", action="allocate"))
    assert compare(cost("The Courier"), cost("Evening Post", measured="school meals")) is None
    assert compare(cost("The Courier"), cost("Evening Post", measured="")) is None


def test_kilometres_and_miles_may_answer_one_question():
    def reach(value, unit, outlet):
        fields = {"quantity": quantity(value, unit), "actor": "Norland", "noun": "missile"}
        return placed(
            claim(f"{value} {unit}", Kind.MEASURE, measured="range of the Heron missile", **fields), outlet
        )

    assert compare(reach(800, "kilometre", "The Courier"), reach(500, "mile", "Evening Post"))
    assert compare(reach(800, "kilometre", "The Courier"), reach(500, "kilogram", "Evening Post")) is None


def test_a_standing_figure_keeps_its_question_for_months():
    later = launchers(30, outlet="Evening Post", published=DAY + timedelta(days=200))
    assert compare(launchers(24), later)


def test_the_toll_of_one_year_is_not_the_toll_of_another():
    assert compare(killed(), killed(outlet="Evening Post", published=DAY + timedelta(days=1)))
    assert compare(killed(), killed(outlet="Evening Post", published=DAY + timedelta(days=900))) is None


def test_a_toll_without_an_act_in_common_is_not_linked():
    assert compare(killed(), killed(outlet="Evening Post", action=None)) is None
    assert compare(killed(), killed(outlet="Evening Post", action="wound")) is None


def test_the_wounded_are_not_the_dead():
    # An extractor may let the verb reach too far ("killed 12 people and 30 wounded").
    wounded = placed(
        claim("30 wounded", quantity=quantity(30, "person"), noun="person", action="kill", place="Oldport"),
        "Evening Post",
    )
    assert compare(killed(), wounded) is None


def test_a_toll_needs_more_in_common_than_the_act():
    # Two outlets, two towns not named, the same day: nothing says that it is the same blast.
    bare = {"place": None, "measured": "people killed"}
    assert compare(killed(**bare), killed(outlet="Evening Post", **bare)) is None


def test_a_war_is_not_one_attack():
    body = "The conflict has killed 12 people in Oldport since it began in 2019"
    of_the_war = killed(outlet="Evening Post")
    of_the_war = replace(
        of_the_war,
        article=replace(of_the_war.article, body=body),
        claim=replace(of_the_war.claim, sentence=Span(0, len(body))),
    )
    assert compare(killed(), of_the_war) is None


def test_ranks_of_the_same_thing_are_linked_whatever_the_spelling():
    def first(words, modifiers, outlet, actor="Norland"):
        fields = {
            "quantity": quantity(1, "rank"),
            "noun": "initiative",
            "noun_modifiers": modifiers,
            "actor": actor,
        }
        return placed(claim(words, Kind.ORDINAL, measured=words, **fields), outlet)

    one = first("first major defence initiative", ("major", "defence"), "The Courier")
    other = first("first major defense initiative", ("major", "defense"), "Evening Post")
    assert compare(one, other)
    assert compare(one, first("first peace initiative", ("peace",), "Evening Post", None)) is None


SAID = "We will keep to the treaty for as long as our neighbours in the defence programme keep to it"


def test_quotations_are_linked_by_their_words():
    other = SAID.replace("defence programme", "defense program").replace("neighbours", "neighbors")
    link = compare(placed(quotation(SAID)), placed(quotation(other), "Evening Post"))
    assert link
    assert "same speaker: Ada Brandt" in link.reasons


def test_the_same_long_words_of_two_speakers_were_said_once_and_short_ones_were_not():
    link = compare(placed(quotation(SAID)), placed(quotation(SAID, "Otto Falk"), "Evening Post"))
    assert link
    assert not any("speaker" in reason for reason in link.reasons)
    short = "We will keep to the treaty"
    assert compare(placed(quotation(short)), placed(quotation(short, "Otto Falk"), "Evening Post")) is None
    other = SAID.replace("for as long as our neighbours", "until the last of those in the south")
    assert compare(placed(quotation(SAID)), placed(quotation(other, "Otto Falk"), "Evening Post")) is None


def test_short_words_of_one_speaker_are_linked_only_soon_after():
    said = quotation("It is over")
    assert compare(placed(said), placed(said, "Evening Post"))
    assert compare(placed(said), placed(said, "Evening Post", DAY + timedelta(days=30))) is None
    assert compare(placed(said), placed(quotation("It is over", None), "Evening Post")) is None


def test_different_words_are_not_linked():
    other = "The budget for the coming year has not been settled by the committee at this point"
    assert compare(placed(quotation(SAID)), placed(quotation(other), "Evening Post")) is None


def test_what_is_planned_is_none_of_what_there_is():
    plan = launchers(31, status=Status.PLANNED)
    there = launchers(44, outlet="Evening Post", noun_modifiers=("road-mobile",))
    assert compare(plan, there) is None
    assert compare(plan, launchers(31, outlet="Evening Post")), "a plan told as done is still that plan"


def test_an_addition_of_years_ago_is_none_of_todays():
    added = launchers(14, quote="14 additional launchers", published=DAY - timedelta(days=2900))
    assert compare(added, launchers(31, outlet="Evening Post")) is None
    assert compare(added, launchers(14, outlet="Evening Post", published=DAY - timedelta(days=2899)))


names = st.sampled_from([None, "Norland", "Sudmark", "United States"])
claims = st.builds(
    lambda kind, noun, action, actor, party, place, measured, value, day, at, outlet, part: placed(
        claim(
            f"{value} {noun or 'things'}",
            kind,
            at,
            quantity=None if kind in (Kind.EVENT, Kind.QUOTATION) else quantity(value, "kilometre"),
            noun=noun,
            action=action,
            actor=actor,
            object_party=party,
            place=place,
            measured=measured,
            object=measured,
            part_of=Span(0, 3) if part else None,
            entities=tuple(x for x in (actor, place) if x),
        ),
        outlet,
        DAY + timedelta(days=day),
    ),
    st.sampled_from([Kind.COUNT, Kind.MONEY, Kind.MEASURE, Kind.SHARE, Kind.EVENT, Kind.ORDINAL]),
    st.sampled_from(["launcher", "diplomat", "person", "staff", ""]),
    st.sampled_from([None, "deploy", "install", "expel", "kill", "spend"]),
    names,
    names,
    st.sampled_from([None, "Oldport", "Norland", "Eastmark"]),
    st.sampled_from(
        ["", "new launchers", "diplomatic mission staff", "radars against missiles", "market blast dead"]
    ),
    st.integers(1, 40),
    st.integers(0, 100),
    st.sampled_from([0, 500]),
    st.sampled_from(["The Courier", "Evening Post"]),
    st.booleans(),
)


@given(claims, claims)
def test_linking_is_symmetric(a, b):
    link = compare(a, b)
    assert link == compare(b, a)
    if link:
        assert 0 < link.score <= 1


quoted = st.lists(st.sampled_from(SAID.split()), min_size=1, max_size=40).map(" ".join)


@given(quoted, quoted)
def test_linking_of_quotations_is_symmetric(a, b):
    one, other = placed(quotation(a)), placed(quotation(b), "Evening Post")
    link = compare(one, other)
    assert link == compare(other, one)


@pytest.mark.parametrize("cut", [slice(0, 12), slice(5, None), slice(3, 15)])
def test_a_quotation_cut_short_still_links(cut):
    short = " ".join(SAID.split()[cut])
    assert compare(placed(quotation(SAID)), placed(quotation(short), "Evening Post"))


def test_a_question_reads_well():
    planned = launchers(status=Status.PLANNED)
    assert label([planned]) == "How many launchers does Norland plan to deploy in Eastmark?"
    assert label([launchers()]) == "How many launchers did Norland deploy in Eastmark?"
    assert label([killed()]) == "How many people were killed in Oldport?"
    assert (
        label([expelled(noun_modifiers=("Sudmarkian",))])
        == "How many Sudmarkian diplomats did Norland expel?"
    )
    act = claim("recalled its envoy", Kind.EVENT, actor="Norland", action="recall", object="its envoy")
    assert label([placed(act)]) == "Did Norland recall its envoy?"
    cost = claim(
        "$3 million",
        Kind.MONEY,
        quantity=quantity(3, "USD"),
        actor="Norland",
        action="spend",
        object="radars",
    )
    assert label([placed(cost)]) == "How much did Norland spend on radars?"
    held = claim("3 kg", Kind.MEASURE, quantity=quantity(3, "kilogram"), actor="Norland", object="uranium")
    assert label([placed(held)]) == "How many kilograms: uranium, Norland?"
    assert label([placed(quotation("It is over."))]) == "What did Ada Brandt say: “It is over.”?"


def test_a_question_without_members_is_an_error():
    with pytest.raises(ValueError, match="without members"):
        label([])


@given(st.lists(claims, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_a_question_does_not_depend_on_order(members, random):
    shuffled = members[:]
    random.shuffle(shuffled)
    assert label(members) == label(shuffled)


def envoys(**fields):
    base = {
        "quantity": quantity(5, "envoy"),
        "noun": "envoy",
        "noun_modifiers": ("Sudmark",),
        "actor": "Norland",
        "action": "expel",
        "object_party": "Sudmark",
    }
    return claim(fields.pop("quote", "five Sudmark envoys"), **(base | fields))


def test_a_reference_answers_what_it_names():
    assert answers(envoys(), event(date(2024, 5, 20)))


@pytest.mark.parametrize(
    "fields",
    [
        {"actor": "Sudmark", "object_party": "Norland"},
        {"actor": None},
        {"action": "recall"},
        {"noun": "launcher", "noun_modifiers": (), "object_party": "Sudmark", "quote": "five launchers"},
        {"when": when("in 2019", date(2019, 1, 1), date(2019, 12, 31))},
    ],
)
def test_a_reference_says_nothing_about_another_actor_act_thing_or_year(fields):
    assert not answers(envoys(**fields), event(date(2024, 5, 20)))


def test_a_reference_value_answers_the_same_unit_and_actor():
    value = event(date(2024, 5, 20), kind="value", action=None, object="launchers", unit="launcher")
    assert answers(launchers().claim, value)
    assert not answers(replace(launchers().claim, actor="Sudmark"), value)
    assert not answers(envoys(), value)
