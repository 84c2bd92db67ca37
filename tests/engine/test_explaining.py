"""Every claim is explained part by part, every number let go has a reason, and nothing else is claimed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings

from claims.engine.explaining import ExplainedClaim, explain, explain_headline
from claims.engine.extract import extract
from claims.engine.headlines import extract_headline
from tests.engine.test_properties import NEWS

DAY = date(2021, 5, 3)


def the_claim(text: str) -> ExplainedClaim:
    (explained,) = explain(text, published=DAY).claims
    return explained


def part(explained: ExplainedClaim, name: str) -> tuple[str, str]:
    (found,) = [p for p in explained.parts if p.name == name]
    return found.said, found.rule


def reasons(text: str) -> list[tuple[str, str]]:
    return [(r.quote, r.reason) for r in explain(text, published=DAY).unclaimed]


@settings(max_examples=40, deadline=None)
@given(NEWS)
def test_what_is_explained_is_what_is_extracted(text: str) -> None:
    explanation = explain(text, published=DAY)
    assert tuple(e.claim for e in explanation.claims) == extract(text, published=DAY)
    for left in explanation.unclaimed:
        assert left.span.of(text) == left.quote
        assert left.reason
        assert left.detail


def test_a_count_is_explained_by_number_bounds_noun_act_and_actor() -> None:
    explained = the_claim("Norway has expelled more than 20 Belarusian diplomats.")
    assert explained.extractor == "count"
    assert part(explained, "number") == ("20", "written in digits, last digit counts 10")
    assert part(explained, "bounds")[1] == "row “more than” of the table of bounds"
    assert part(explained, "noun") == ("diplomat", "noun behind the number, by rule: no doubt")
    assert part(explained, "action") == ("expel", "active verb “expel”, list of actions")
    assert part(explained, "actor") == ("Norway", "subject of “expelled”, known as state")
    assert part(explained, "object") == ("Belarusian diplomats", "object of the verb, belongs to Belarus")


def test_the_hedge_and_the_credit_of_a_claim_are_explained() -> None:
    explained = the_claim("Norway plans to buy 12 radars, the Ministry of Defence told Reuters on Monday.")
    assert part(explained, "status") == ("planned", "words before the verb, list of hedges")
    assert part(explained, "source")[0].endswith("(paraphrase)")
    assert part(explained, "said when")[0] == "2021-05-03"


def test_a_credit_is_explained_by_its_cue_with_its_weight_and_by_how_the_speaker_was_found() -> None:
    explained = the_claim("Norway will buy 12 radars, said Jens Dahl, the defence minister.")
    _, rule = part(explained, "cue")
    assert rule.startswith("class say, a credit 9 times of ten; weighed ")
    assert part(explained, "speaker") == ("Jens Dahl", "behind the cue, known as person")


def test_a_noun_in_doubt_is_explained_by_the_ranker_and_its_score() -> None:
    _, rule = part(the_claim("Norway bought 12 newly built coastal radars."), "noun")
    assert rule.startswith("noun behind the number, by the ranker: ahead of the next by ")


def test_a_verb_that_only_its_tag_tells_is_explained_by_the_tagger() -> None:
    explained = the_claim("Norway forsook 12 radars.")
    assert "by the tagger" in part(explained, "no action")[1]


def test_an_act_without_a_number_is_explained_by_its_noun() -> None:
    (explained,) = explain("Norway criticised the expulsion of Belarusian diplomats by Latvia.").claims
    assert part(explained, "action") == ("expel", "noun of an act, list of actions")


def test_a_time_is_explained_by_its_pattern_its_value_and_what_it_is_reckoned_from() -> None:
    explained = the_claim("Norway bought 12 radars last week.")
    assert part(explained, "when") == (
        "2021-04-26 to 2021-05-02",
        "pattern relative, DATE 2021-W17, reckoned from 2021-05-03, past by its clause",
    )
    explained = the_claim("Norway bought 12 radars on 4 June 2019.")
    assert part(explained, "when")[1] == "pattern calendar_day, DATE 2019-06-04, written in full"


def test_a_rank_is_written_in_an_ordinal_word() -> None:
    (explained,) = explain("It was Norway's third purchase of radars.", published=DAY).claims
    assert part(explained, "number") == ("3", "an ordinal word")


@settings(max_examples=20, deadline=None)
@given(NEWS)
def test_what_is_explained_of_a_headline_is_what_is_extracted_from_it(title: str) -> None:
    explanation = explain_headline(title, "", published=DAY)
    assert tuple(e.claim for e in explanation.claims) == extract_headline(title, "", published=DAY)


def test_a_headline_speaks_of_what_is_to_come_with_a_bare_to() -> None:
    body = "Norway has said that it will buy radars for the coast."
    (explained,) = explain_headline("Norway to buy 12 coastal radars", body, published=DAY).claims
    assert explained.claim.headline
    assert part(explained, "status")[0] == "planned"


def test_a_part_names_the_word_that_makes_it_one() -> None:
    explained = explain("Norway bought 12 radars, including 2 for training.", published=DAY).claims[1]
    assert part(explained, "part of") == ("12 radars", "after “including”")


@pytest.mark.parametrize(
    ("text", "quote", "reason"),
    [
        ("It was signed on 8 April 2010.", "8 April 2010", "date"),
        ("The S-400 was shown.", "S-400", "name"),
        ("The soldier is 34 years old.", "34 years old", "age"),
        ("The two sides met.", "two sides", "definite"),
        ("Call 555-0100 now.", "555", "label"),
    ],
)
def test_a_number_let_go_has_a_reason(text: str, quote: str, reason: str) -> None:
    assert (quote, reason) in reasons(text)


def test_a_loop_that_is_not_read_is_told() -> None:
    (span,) = explain("10 missiles and " * 1000).unread
    assert span.end - span.start > 14_000
