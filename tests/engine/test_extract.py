"""What holds for every text: exact spans, the same claims every time, a paragraph read for itself."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.engine.extract import extract
from claims.engine.records import Kind, Mode, Status

DAY = date(2021, 5, 4)
FRAGMENTS = [
    "killed 12 people", "almost $18 billion", "as many as 31 new interceptors",
    ", including 10 for testing", "Russia",
    "expelled ten diplomats", "said", "\"We are not ready for that\"", "“", "”", "hundred thousand",
    "3 million", "1,5",
    "the US",
    "the river filled", "leaving", "were filled by rebels", "it", "threw out",
    "was reported to have plans to", "on Monday", "last week", "half of", "one in five", "%",
    "24.2 to 33-35 billion",
    ".", ", ", "\n\n", "S-400", "in Aleppo", "of which two", "according to a report", "-", "'s", "Mr.",
    "between 5 and 7", "km",
    "\u202e", "½", "١٢", "9/11", "more than doubled", "first major", "’", "\u00a0", "$", "€5-7m", "no",
    "one of the", "declared",
    "persona non grata", "İ", "ﬁ", "𝟙𝟚", "e\u0301",
]  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=25).map(" ".join)


@settings(max_examples=200)
@given(texts)
def test_every_quote_stands_at_its_span(text: str) -> None:
    for claim in extract(text, published=DAY):
        assert text[claim.span.start : claim.span.end] == claim.quote
        for when in (claim.when, claim.reported_when):
            assert when is None or when.span.of(text) == when.text


@settings(max_examples=100)
@given(texts)
def test_the_same_text_gives_the_same_claims_in_reading_order(text: str) -> None:
    claims = extract(text, published=DAY)
    assert claims == extract(text, published=DAY)
    assert list(claims) == sorted(claims, key=lambda c: c.span)


@settings(max_examples=100)
@given(texts)
def test_bounds_hold_the_value_and_are_not_crossed(text: str) -> None:
    for claim in extract(text, published=DAY):
        q = claim.quantity
        if q is None:
            assert claim.kind in (Kind.QUOTATION, Kind.EVENT)
            continue
        assert q.low is None or q.high is None or q.low <= q.high
        assert q.low is None or q.low <= abs(q.value) or q.value < 0
        assert q.unit


@settings(max_examples=60)
@given(
    st.sampled_from(["There was rain in the hills.", "Trade grew.", "A dog barked at noon.", "Nobody came"]),
    st.sampled_from(["The weather stayed fine.", "Prices were stable.", "The end of the road"]),
)
def test_paragraphs_around_a_claim_do_not_change_it(before: str, after: str) -> None:
    body = "Russia expelled at least ten Czech diplomats last week, the ministry said."
    alone = extract(body, published=DAY)
    amid = extract(f"{before}\n\n{body}\n\n{after}", published=DAY)
    shift = len(before) + 2
    assert [(c.quote, c.kind, c.quantity, c.actor, c.action, c.object, c.measured) for c in alone] == [
        (c.quote, c.kind, c.quantity, c.actor, c.action, c.object, c.measured) for c in amid
    ]
    assert [c.span.start + shift for c in alone] == [c.span.start for c in amid]


@pytest.mark.parametrize("text", ["", " ", "\n\n\n", "...", "\u200b", "“”", '"'])
def test_text_without_words_has_no_claims(text: str) -> None:
    assert extract(text) == ()


def test_words_and_figures_of_one_number_agree() -> None:
    (ten,) = extract("Spain expelled ten diplomats.")
    (figure,) = extract("Spain expelled 10 diplomats.")
    assert ten.quantity is not None
    assert ten.quantity == figure.quantity
    assert ten.quantity.value == Decimal(10)


def test_without_a_publication_date_relative_times_stay_open() -> None:
    (claim,) = extract("Spain expelled ten diplomats last week.")
    assert claim.when is not None
    assert (claim.when.text, claim.when.start, claim.when.end) == ("last week", None, None)


def test_a_table_without_words_yields_nothing() -> None:
    assert extract("12, 13, 14, " * 400) == ()


def test_a_part_points_to_its_whole() -> None:
    whole, part = extract("Norway ordered 40 radars, including 6 for training.")
    assert part.part_of == whole.span
    assert (part.quote, part.quantity.unit, part.quantity.modifier) == (
        "6 for training",
        "radar",
        "including",
    )  # type: ignore[union-attr]


def test_a_known_office_acts_for_its_state_and_a_ministry_for_itself() -> None:
    (government,) = extract("The Kremlin expelled ten diplomats.")
    (ministry,) = extract("The Pentagon bought ten radars.")
    assert government.actor == "Russia"
    assert ministry.actor == "US Department of Defense"
    assert "United States" in ministry.entities


def test_his_administration_is_the_party_of_the_person_before() -> None:
    body = "Biden met reporters on Friday.\n\nHis administration expelled ten diplomats."
    assert [c.actor for c in extract(body, published=DAY)] == ["United States"]


def test_the_department_is_the_one_named_before() -> None:
    body = "The State Department sent a note. The department expelled ten diplomats."
    assert [c.actor for c in extract(body, published=DAY)] == ["US Department of State"]


def test_such_things_are_those_named_before() -> None:
    body = "Spain wants new coastal radars. It plans to buy 12 such radars."
    (claim,) = extract(body, published=DAY)
    assert claim.object == "new coastal radars"


def test_a_speaker_is_named_in_full() -> None:
    body = (
        "Foreign Ministry spokeswoman Olga Petrova told Interfax on Sunday that talks go on.\n\n"
        '"We have sent our answer in writing," Petrova said.\n\n'
        '"There was no reply to our letter yet," the spokeswoman added.\n\n'
        '"We can wait a little longer," she said.'
    )
    quotations = [c for c in extract(body, published=DAY) if c.kind is Kind.QUOTATION]
    assert [c.attribution.source for c in quotations] == ["Olga Petrova"] * 3
    assert [c.attribution.source_text for c in quotations] == ["Petrova", "the spokeswoman", "she"]
    assert {c.attribution.told for c in quotations} == {"Interfax"}
    assert {c.when.text for c in quotations if c.when} == {"on Sunday"}
    assert all(c.attribution.mode is Mode.DIRECT for c in quotations)


def test_a_pronoun_after_somebody_without_a_name_names_nobody() -> None:
    body = (
        "Defence Minister Jan Kowalski said on Sunday that ten tanks were lost.\n\n"
        'A nurse said the ward was full.\n\n"There was nothing left to do for us," she said.'
    )
    (quotation,) = [c for c in extract(body, published=DAY) if c.kind is Kind.QUOTATION]
    assert quotation.attribution.source is None


def test_a_quotation_runs_over_paragraphs() -> None:
    body = "“We have sent our answer.\n\n“They have not replied to it,” Minister Jan Kowalski said."
    (claim,) = extract(body)
    assert claim.quote == "We have sent our answer.\n\n“They have not replied to it"
    assert claim.attribution.source == "Jan Kowalski"


def test_a_phrase_in_quotation_marks_is_no_quotation() -> None:
    assert extract('Biden called him a "killer" who would "pay a price".') == ()


def test_a_denied_act_is_denied_and_a_claimed_one_alleged() -> None:
    (denied,) = extract("Iran denied testing missiles.")
    (alleged,) = extract("Ukraine claimed that Russia had deployed 40 missiles.")
    assert denied.status is Status.DENIED
    assert alleged.status is Status.ALLEGED


def test_what_a_clause_with_that_tells_of_is_the_subject_of_the_verb_behind_it():
    (claim,) = extract(
        "The tactical missile that Norland launched from Velmora flew 176 miles.", published=DAY
    )
    assert claim.noun == "missile"


def test_what_a_clause_with_that_tells_of_is_the_object_of_its_verb():
    text = "The 40 missiles that Norland deployed last year were destroyed in July."
    (claim,) = extract(text, published=DAY)
    assert (claim.actor, claim.action) == ("Norland", "deploy")


def test_a_name_and_a_verb_behind_a_statement_are_its_credit():
    (claim,) = extract("The contract with Velmora Yards is worth $6.2 billion, the Courier reported.")
    assert claim.attribution.source_text == "the Courier"


def test_a_date_set_as_a_deadline_is_that_of_the_act():
    (claim,) = extract("Norland set 5 July 2021 as the deadline for Sudmark to withdraw from Velmora.")
    assert claim.kind is Kind.DATE
    assert (claim.action, claim.quote) == ("withdraw", "5 July 2021")


def test_a_preposition_before_the_number_does_not_hide_the_clause_behind_it():
    (claim,) = extract("They stand beside the 40 launchers that Norland already deployed at Velmora.")
    assert (claim.actor, claim.action) == ("Norland", "deploy")


def test_a_mark_that_closes_what_was_never_opened_does_not_quote_the_next_sentence() -> None:
    body = (
        'Petrova called the delay an "outrage" for every border town." The depot at Vesna has held '
        'twelve guns since the spring. Nobody has counted them. "We will count them again in May," she said.'
    )
    quoted = [c for c in extract(body, published=DAY) if c.kind is Kind.QUOTATION]
    assert [c.quote for c in quoted] == ["We will count them again in May"]


def test_every_claim_begins_in_its_sentence() -> None:
    for gap in ("", " ", "\n", "  "):
        body = f'Petrova spoke of "peace. "{gap}The 12 guns of the depot went to Vesna. Nobody knew why."'
        for claim in extract(body, published=DAY):
            assert claim.sentence.start <= claim.span.start < claim.sentence.end
