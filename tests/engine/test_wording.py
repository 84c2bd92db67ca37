from __future__ import annotations

import pytest

from claims.engine.wording import align, content, listed, normal, stem, words


@pytest.mark.parametrize(
    ("british", "american"),
    [
        ("defence", "defense"),
        ("programme", "program"),
        ("neighbours", "neighbors"),
        ("organisation", "organization"),
        ("Centre", "center"),
        ("labelled", "labeled"),
        ("dialogue", "dialog"),
        ("ten", "10"),
        ("Russia’s", "Russia's"),
    ],
)
def test_spelling_variants_are_one_word(british, american):
    assert normal(british) == normal(american)


@pytest.mark.parametrize(("a", "b"), [("four", "for"), ("our", "or"), ("filled", "filed"), ("hour", "hor")])
def test_different_words_stay_different(a, b):
    assert normal(a) != normal(b)


def test_words_know_where_they_stand():
    text = "As many as 1,200 “neighbours”."
    assert [text[w.start : w.end] for w in words(text)] == ["As", "many", "as", "1,200", "neighbours"]


def test_bracketed_insertions_can_be_left_out():
    text = "what [US President] Hale said [in May"
    assert [w.form for w in words(text, insertions=False)] == ["what", "hale", "said", "in", "may"]


def test_content_leaves_out_numbers_and_small_words():
    assert content("as many as 31 new interceptors for the ten bases", None) == {"interceptor", "base"}


def test_plurals_and_possessives_agree():
    assert stem("bodies") == stem("body's") == "body"
    assert stem("sanctions") == "sanction"


def test_wordings_are_laid_side_by_side():
    found = align("We will answer every launch, he said", "We can answer every launch")
    assert found.share == 0.8
    assert [(d.a, d.b) for d in found.differences] == [(("will",), ("can",))]


def test_laying_side_by_side_is_symmetric():
    a, b = "one two two three two four", "two four two three one two"
    one, other = align(a, b), align(b, a)
    assert (one.matched, one.share) == (other.matched, other.share)
    assert [(d.a, d.b) for d in one.differences] == [(d.b, d.a) for d in other.differences]


def test_lists_read_as_sentences_do():
    assert listed([]) == ""
    assert listed(["A"]) == "A"
    assert listed(["A", "B", "A", "C"]) == "A, B and C"


def test_words_cut_off_at_an_end_are_no_difference_but_changed_ones_are():
    assert align("we will answer every launch", "we will answer").differences == ()
    changed = align("we will answer every launch", "we will answer every salvo").differences
    assert [(d.a, d.b) for d in changed] == [(("launch",), ("salvo",))]
