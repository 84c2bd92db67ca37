from __future__ import annotations

import pytest

from claims.engine.extract import extract
from claims.engine.records import ArticleRef, PlacedClaim
from claims.engine.sorts import Sort, agreement, sort_of, sort_of_claim


def sort(sentence: str, which: int = 0) -> Sort:
    """The sort of the number in the ``which``-th pair of square brackets."""
    parts = sentence.replace("]", "[").split("[")
    at = 2 * which + 1
    start = sum(map(len, parts[:at]))
    return sort_of("".join(parts), start, start + len(parts[at]))


@pytest.mark.parametrize(
    ("sentence", "sorts"),
    [
        ("[Nine] sailors were killed and [14] others hurt when the depot blew up.", ["killed", "hurt"]),
        ("The blast killed at least [nine] people and wounded [fourteen].", ["killed", "hurt"]),
        ("A drone hit the pier, killing [3] and injuring as many as [20] dockers.", ["killed", "hurt"]),
        ("Raid kills [five], injures [seven] in Oldport", ["killed", "hurt"]),
        ("[Two] killed [six] injured in shelling of Oldport", ["killed", "hurt"]),
        ("The shelling claimed the lives of [12] soldiers and [9] rebels.", ["killed", "killed"]),
        ("The strike killed [15] villagers including [four] children.", ["killed", "killed"]),
        ("[30] soldiers and [39] rebel fighters had been killed in the valley.", ["killed", "killed"]),
        ("The death toll from the blast rose to [43] on Tuesday.", ["killed"]),
        ("The number of injured was [61], the hospital said.", ["hurt"]),
        ("[Eleven] people were shot, [two] of them fatally.", ["shot", "killed"]),
        ("A recruit shot and wounded [three] guards at the gate.", ["hurt"]),
        ("[Four] men were arrested and [two] are still being sought.", ["held", "sought"]),
        ("Engineers counted [nine] shell casings after [two] hours.", ["shots", "time"]),
        ("He fired [17] times and faces [five] counts.", ["shots", "counts"]),
        ("They fled [18] miles in a stolen car worth $[9,000].", ["way", "money"]),
        ("It was the city's [14]th killing of the year, on Route [9].", ["rank", "address"]),
        ("Norland bought [31] interceptors.", [None]),
    ],
)
def test_each_number_of_a_sentence_is_of_its_own_sort(sentence, sorts):
    assert [sort(sentence, k).sort for k in range(len(sorts))] == sorts


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Hedda Marling, [41], commanded the depot.", "marling"),
        ("The colonel, Hedda Marling, was [41].", "marling"),
        ("A [24]-year-old engineer saw it.", None),
        ("The guards were aged [19].", None),
        ("A [6] - year - old ran away.", None),
    ],
)
def test_an_age_is_an_age_however_it_is_written(sentence, name):
    assert sort(sentence) == Sort("age", None, name)


def test_who_is_counted_is_told_beside_the_sort():
    assert sort("Shells killed [three] children in Oldport.").who == "child"
    assert sort("The suspect, [17], was held.") == Sort("age", "attacker")
    assert sort("[Two] officers were wounded.").who == "officer"


def test_two_numbers_agree_or_differ_in_sort_and_in_whom_they_count():
    dead, hurt = sort("[Nine] people were killed."), sort("[Nine] children were hurt.")
    assert agreement(dead, hurt) == agreement(hurt, dead) == {"sort differs": 1.0, "who kin": 1.0}
    assert agreement(dead, sort("A blast killed [12].")) == {"sort same": 1.0, "who unsaid": 1.0}
    assert "sort open" in agreement(dead, sort("[Nine] people were shot."))
    assert agreement(Sort(), Sort()) == {}


def test_the_ages_of_two_people_are_told_apart_by_name():
    marling, reyk = sort("Hedda Marling, [41], saw it."), sort("Admiral Jon Reyk, [42], saw it.")
    assert "aged name differs" in agreement(marling, reyk)
    assert "aged name same" in agreement(marling, sort("Marling, [40], was there."))


def test_a_claims_number_is_found_in_its_words():
    text = "Officials said at least nine sailors died in Oldport. Norland denied it."
    (found,) = [c for c in extract(text) if c.quantity]
    placed = PlacedClaim("k", found, ArticleRef("a", "Fjord", body=text))
    assert sort_of_claim(placed).sort == "killed"


def test_a_year_and_a_bare_figure_are_of_no_sort():
    assert sort("In [2031] the treaty ends.") == Sort()
    assert sort("[31]") == Sort()


def test_a_range_and_a_lone_dash_are_read_without_stumbling():
    text = "The depot holds 31 - 40 missiles - all old - and 9 guns."
    for found in extract(text):
        sort_of_claim(PlacedClaim("k", found, ArticleRef("a", "Fjord", body=text)))
    assert sort("The guns - [9] of them - were sold.").sort is None
