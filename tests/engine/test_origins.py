from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.engine.origins import compare_origins, fingerprints
from tests.engine.by_hand import article, quotation

# Words without meaning, so that no passage is shared by accident.
_VOCABULARY = [a + b + c for a in "bdfgklmn" for b in "aeiou" for c in ("rt", "sk", "nd", "lm", "st")]


def prose(seed: int, length: int = 200) -> str:
    dice = random.Random(seed)
    return " ".join(dice.choice(_VOCABULARY) for _ in range(length))


def compared(a: str, b: str, claims_a=(), claims_b=(), **more):
    return compare_origins(
        article("The Courier", body=a), article("Evening Post", body=b), claims_a, claims_b, **more
    )


def test_texts_that_share_nothing_have_no_origin_in_common():
    assert compared(prose(1), prose(2)) is None


def test_a_brief_lifted_out_of_a_long_story_is_a_copy():
    link = compared(prose(1, 900), " ".join(prose(1, 900).split()[300:380]))
    assert link
    assert link.kind == "copy"
    assert link.containment == 1.0
    assert "100% of the shorter text" in link.reasons[0]


def test_passages_are_shown_as_they_stand_in_the_first_text():
    shared = (
        "The Defence Ministry’s programme, it said on its own pages, will neither grow nor shrink "
        "before the next review of forces"
    )
    a = f"{prose(1, 12)}. “{shared}” {prose(2, 12)}"
    american = shared.replace("Defence", "Defense").replace("programme", "program")
    b = f'{prose(3, 12)}. "{american}" {prose(4, 12)}'
    link = compared(a, b, common=())
    assert link
    assert link.passages == (shared,)
    assert all(passage in a for passage in link.passages)


def test_a_shared_stock_phrase_is_no_copy():
    phrase = "officials did not immediately respond to a request for comment"
    assert compared(f"{prose(1, 12)} {phrase}", f"{prose(2, 12)} {phrase}") is None


def test_an_outlets_boilerplate_is_no_copy_once_it_is_known():
    box = prose(9, 80)
    a, b = f"{prose(1, 60)} {box}", f"{prose(2, 60)} {box}"
    assert compared(a, b)
    assert compared(a, b, common=frozenset(fingerprints(box))) is None


def test_the_direction_does_not_matter_but_for_whose_words_are_shown():
    a, b = prose(1, 300), prose(5, 30) + " " + " ".join(prose(1, 300).split()[:100])
    one, other = compared(a, b), compared(b, a)
    assert one
    assert other
    assert (one.kind, one.containment) == (other.kind, other.containment)


WORDS = [
    "We have read the proposal with great care and find much in it that we could sign this very week",
    "What we cannot accept is a date for the inspections that nobody has discussed with our own people",
]


def spoken(told="Agence Nord", speaker="Ada Brandt", texts=WORDS):
    return [quotation(text, speaker, told if i == 0 else None, at=1000 * i) for i, text in enumerate(texts)]


def test_the_same_words_told_to_the_same_agency_are_one_interview():
    link = compared(prose(1), prose(2), spoken(), spoken())
    assert link
    assert link.kind == "interview"
    assert link.wire == "Agence Nord"
    assert "Ada Brandt told Agence Nord" in link.reasons[0]


def test_the_agency_itself_need_not_say_whom_was_spoken_to():
    link = compare_origins(
        article("The Courier", body=prose(1)),
        article("Agence Nord", body=prose(2)),
        spoken(),
        spoken(told=None),
    )
    assert link
    assert link.wire == "Agence Nord"


def test_a_wire_credit_alone_is_no_shared_origin():
    other = [
        "Nothing of what has been written about our meeting in the papers this week is anywhere near true"
    ]
    assert compared(prose(1), prose(2), spoken(), spoken(texts=other)) is None


def test_words_said_to_two_agencies_are_two_interviews():
    assert compared(prose(1), prose(2), spoken(), spoken(told="Southern Wire")) is None


@pytest.mark.parametrize("audience", ["reporters", "Parliament", "the Security Council"])
def test_words_said_in_public_are_no_interview(audience):
    assert compared(prose(1), prose(2), spoken(told=audience), spoken(told=audience)) is None


def test_one_short_quotation_is_no_interview():
    short = ["We will see what they bring to the table"]
    assert compared(prose(1), prose(2), spoken(texts=short), spoken(texts=short)) is None


def test_fingerprints_are_sorted_distinct_and_fit_a_signed_64_bit_column():
    found = fingerprints(prose(1, 2000))
    assert list(found) == sorted(set(found))
    assert all(-(2**63) <= x < 2**63 for x in found)
    assert 300 < len(found) < 700


def test_a_short_text_still_has_fingerprints():
    assert len(fingerprints(prose(1, 20))) == 16
    assert fingerprints("three words only") == ()


def test_copies_share_fingerprints_whatever_stands_around_them():
    passage = prose(7, 80)
    a, b = f"{prose(1, 300)} {passage}", f"{passage} {prose(2, 50)}"
    assert len(set(fingerprints(a)) & set(fingerprints(b))) >= 8


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_is_compared_without_complaint(a, b):
    assert fingerprints(a) == fingerprints(a)
    link = compared(a, b)
    if link:
        assert all(passage in a for passage in link.passages)
