from __future__ import annotations

import json
from datetime import date
from itertools import combinations

import pytest

from claims.engine.extract import extract
from claims.engine.records import ArticleRef, PlacedClaim, Profile
from claims.engine.stories import (
    KEPT,
    UNKNOWN,
    alike,
    idf,
    passage,
    profile,
    profile_of,
    same_story,
    shared_names,
)

# Two blasts of one week in two towns, each told by two outlets.
OLDPORT = (
    "Blast at Oldport munitions depot kills nine",
    "Nine soldiers were killed on Monday when a store of artillery shells blew up in Oldport, the Norland "
    "army said. Colonel Hedda Marling said the fire began in a shed near the Quern Bridge and that 14 people "
    "were hurt.",
)
OLDPORT_LATER = (
    "Army: eleven dead after depot fire",
    "The number of soldiers who died in the explosion of the depot in Oldport rose to eleven on Tuesday. "
    "Colonel Marling told reporters that shells had been stored too close to the Quern Bridge. Dozens of "
    "people were hurt.",
)
TARNHOLM = (
    "Blast at Tarnholm munitions plant kills four",
    "Four workers were killed on Wednesday when a store of artillery shells blew up in Tarnholm, the Norland "
    "army said. Major Ivo Castellan said the fire began in a shed near the Grey Ferry and that 20 people "
    "were hurt.",
)
TALKS = (
    "Norland and Sudmark resume talks",
    "Diplomats of Norland and Sudmark met in Greyhaven to discuss limits on launchers and inspections.",
)


def test_two_reports_of_one_blast_are_more_alike_than_those_of_two_blasts():
    here, later, there = profile(*OLDPORT), profile(*OLDPORT_LATER), profile(*TARNHOLM)
    assert alike(here, later) > alike(here, there)
    assert alike(here, later) > alike(later, there)


def test_other_subjects_are_hardly_alike():
    assert alike(profile(*OLDPORT), profile(*TALKS)) < 0.2


def test_likeness_is_symmetric_and_lies_between_0_and_1():
    for a, b in combinations([profile(*x) for x in (OLDPORT, OLDPORT_LATER, TARNHOLM, TALKS)], 2):
        assert alike(a, b) == alike(b, a)
        assert 0 <= alike(a, b) <= 1


def test_an_article_is_just_like_itself_and_nothing_is_like_an_empty_one():
    assert alike(profile(*OLDPORT), profile(*OLDPORT)) == 1
    assert alike(profile("", ""), profile(*OLDPORT)) == 0
    assert alike(profile("", ""), profile("", "")) == 0


def test_names_are_told_from_words_and_weigh_more():
    told = profile(*OLDPORT)
    assert {"oldport", "quern bridge", "hedda marling"} <= set(told.names)
    assert not {"shell", "artillery", "nine"} & set(told.names)
    weights = dict(told.terms)
    assert weights["marling"] > weights["shed"]


def test_the_names_of_both_are_listed():
    assert "quern bridge" in shared_names(profile(*OLDPORT), profile(*OLDPORT_LATER))
    assert "quern bridge" not in shared_names(profile(*OLDPORT), profile(*TARNHOLM))


def test_a_long_article_keeps_a_bounded_number_of_terms():
    invented = " ".join(f"{a}{b}{c}o" for a in "bdfgklmnp" for b in "aeiou" for c in "rstvz")
    told = profile("", invented)
    assert len(told.terms) == KEPT


def test_a_word_many_articles_use_weighs_less_than_a_rare_one():
    assert idf("people") < idf("explosion") < idf("obelisk")
    assert idf("Explosions") == idf("explosion")
    assert idf("quernholm") == UNKNOWN


def test_a_text_cut_into_tokens_gives_the_same_terms():
    cut = "The six - year plan of Norland ' s navy , Admiral Reyk said , costs $ 4 . 5 million ."
    printed = "The six-year plan of Norland's navy, Admiral Reyk said, costs $4.5 million."
    assert alike(profile("", cut), profile("", printed)) > 0.8


def test_the_address_an_article_begins_with_says_nothing():
    story = "Norland moved nine launchers to Oldport."
    cut = "http : / / www . fjord - example . com / 2031 / launchers - oldport . html\n" + story
    assert profile("", cut) == profile("", story)


def test_a_profile_survives_json():
    told = profile(*OLDPORT)
    assert Profile.from_json(json.loads(json.dumps(told.as_json()))) == told


def test_an_articles_own_profile_is_used_before_its_text():
    article = ArticleRef("a", "Fjord", OLDPORT[0], date(2031, 5, 5), body=OLDPORT[1])
    assert profile_of(article) == profile(*OLDPORT)
    stored = ArticleRef("b", "Herald", profile=profile(*OLDPORT))
    assert profile_of(stored) is stored.profile
    assert same_story(article, stored) == 1


@pytest.mark.parametrize("text", ["", " ", "...", "12 34", "the of and", "\n\n", "http://example.org/a"])
def test_a_text_without_telling_words_has_an_empty_profile(text):
    assert profile("", text) == Profile()


def test_the_passage_tells_which_of_two_events_a_figure_is_of():
    text = OLDPORT[1] + " " + "The ministry would not comment on that. " * 8 + TARNHOLM[1]
    article = ArticleRef("a", "Fjord", body=text)
    claims = [c for c in extract(text) if c.quantity and c.quantity.value in (9, 4)]
    here, there = (passage(PlacedClaim(str(c.span.start), c, article)) for c in claims)
    assert "oldport" in here.names
    assert "tarnholm" in there.names
    assert alike(here, profile(*OLDPORT)) > alike(there, profile(*OLDPORT))
