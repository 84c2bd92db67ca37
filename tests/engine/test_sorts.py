from __future__ import annotations

import pytest

from claims.engine.sorts import Sort, sort_of


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


def test_a_year_and_a_bare_figure_are_of_no_sort():
    assert sort("In [2031] the treaty ends.") == Sort()
    assert sort("[31]") == Sort()
