"""Keys find what is worth comparing, hold no value, and are few."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from claims.engine import keys
from claims.engine.extract import extract
from claims.engine.records import ArticleRef, Claim, Kind, PlacedClaim, Profile, Span
from claims.engine.stories import profile

DAY = date(2021, 5, 3)


def the_claim(sentence: str, kind: Kind = Kind.COUNT) -> Claim:
    (found,) = (claim for claim in extract(sentence, published=DAY) if claim.kind is kind)
    return found


def placed(body: str, kind: Kind = Kind.COUNT, key: str = "a", title: str = "") -> PlacedClaim:
    return PlacedClaim(key, the_claim(body, kind), ArticleRef(key, key, title, DAY, body=body))


def quoted(text: str) -> Claim:
    return Claim(Span(0, len(text)), text, Span(0, len(text)), Kind.QUOTATION)


def test_another_value_has_the_same_keys():
    few = the_claim("Norway will deploy 40 coastal tanks in Oldport.")
    assert few.quantity
    many = replace(few, quantity=replace(few.quantity, value=Decimal(9000), low=Decimal(9000), high=None))
    assert keys.wide_keys(few) == keys.wide_keys(many)


def test_a_claim_is_filed_under_a_few_keys_each_of_two_things():
    own = keys.wide_keys(
        the_claim("Norway will deploy 40 new coastal tanks in the harbour of Oldport on Friday.")
    )
    assert 0 < len(own) <= keys.WIDE_KEYS
    assert all(key.count("|") >= 2 for key in own)


def test_a_standing_figure_is_found_in_another_story_years_later():
    a = the_claim("Norway has 40 nuclear submarines.")
    b = the_claim("In a speech about harbours the minister said that Norway has 44 nuclear submarines.")
    assert keys.wide_keys(a) & keys.wide_keys(b)


def test_figures_of_one_story_are_in_reach_though_no_word_of_their_sentences_is_shared():
    title = "Blast at the Kittering depot"
    a = placed("At least 12 people died.", key="a", title=title)
    b = placed("The Kittering morgue counted 14 bodies.", key="b", title=title)
    assert keys.in_reach(a, b)
    assert keys.in_reach(b, a)


def test_figures_of_other_stories_are_out_of_reach_though_they_count_the_same():
    a = placed("A blast killed 12 people in Kittering.", key="a", title="Blast in Kittering")
    b = placed("A flood killed 14 people in Oldport.", key="b", title="Flood in Oldport")
    assert not keys.in_reach(a, b)


def test_a_weight_and_a_distance_of_one_story_are_out_of_reach():
    title = "Test at the Kittering range"
    a = placed("The missile flew 300 kilometres over Kittering.", Kind.MEASURE, "a", title)
    b = placed("The Kittering missile weighs 300 kilograms.", Kind.MEASURE, "b", title)
    assert not keys.in_reach(a, b)


def test_one_currency_is_in_the_slot_of_another():
    assert keys.slot(Kind.MONEY, "USD") == keys.slot(Kind.MONEY, "EUR")
    assert keys.slot(Kind.MEASURE, "kilometre") == keys.slot(Kind.MEASURE, "mile")
    assert keys.slot(Kind.EVENT, "") == keys.slot(Kind.COUNT, "tank")


def test_a_quotation_is_found_by_a_piece_of_it_however_long_it_is():
    words = [f"word{chr(97 + i // 26)}{chr(97 + i % 26)}" for i in range(60)]
    whole = keys.wide_keys(quoted(" ".join(words)))
    assert len(whole) < len(words)
    for start in range(0, 48, 4):
        assert whole & keys.wide_keys(quoted(" ".join(words[start : start + 12])))


def test_an_article_is_filed_under_its_most_telling_terms():
    story = profile("Blast in Kittering", "A blast in Kittering killed people. Police in Kittering said so.")
    filed = keys.story_keys(story)
    assert filed[0] == "kittering"
    assert len(keys.story_keys(Profile(tuple((f"term{i}", 0.1) for i in range(60))))) == keys.STORY_KEYS


def test_a_key_is_a_number_that_fits_the_column():
    assert -(2**63) <= keys.number("kittering") < 2**63
    assert keys.number("kittering") == keys.number("kittering") != keys.number("oldport")
