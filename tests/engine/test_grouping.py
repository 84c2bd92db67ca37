from __future__ import annotations

import itertools
import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from claims.engine.extract import extract
from claims.engine.grouping import Pair, partition, spread
from claims.engine.linking import compare, contradict
from claims.engine.records import ArticleRef, PlacedClaim
from claims.engine.stories import profile_of


def every(*names: str) -> dict[Pair, float]:
    """Links between all of some claims."""
    return dict.fromkeys(itertools.combinations(names, 2), 0.8)


def groups(nodes: str, links: dict[Pair, float], **more: object) -> set[str]:
    return {"".join(group) for group in partition(nodes, links, **more)}  # type: ignore[arg-type]


# -- what is one question ----------------------------------------------------------------------------------


def test_claims_that_are_linked_are_one_group_and_the_others_are_their_own() -> None:
    assert groups("abcd", every("a", "b", "c")) == {"abc", "d"}


def test_no_claims_make_no_groups() -> None:
    assert partition([], {}) == ()


def test_one_sentence_on_both_questions_does_not_chain_them() -> None:
    links = every(*"abcx") | every(*"defx")
    found = groups("abcdefx", links)
    assert len(found) == 2
    assert {"abc", "def"} <= {name.replace("x", "") for name in found}


def test_three_questions_are_not_chained_over_bridges() -> None:
    links = every(*"abcd") | every(*"efgh") | every(*"ijkl") | {("d", "e"): 0.6, ("h", "i"): 0.6}
    assert groups("abcdefghijkl", links) == {"abcd", "efgh", "ijkl"}


def test_a_terse_claim_that_links_with_some_joins_the_rest() -> None:
    assert groups("abx", every(*"ab") | {("a", "x"): 0.6}) == {"abx"}
    assert groups("abcdex", every(*"abcde") | {("a", "x"): 0.6, ("b", "x"): 0.6}) == {"abcdex"}
    assert groups("abcx", every(*"abc") | {("a", "x"): 0.6}) == {"abc", "x"}


def test_two_that_contradict_do_not_meet_over_a_third() -> None:
    links = {("a", "x"): 0.9, ("x", "b"): 0.6}
    assert groups("abx", links) == {"abx"}
    assert groups("abx", links, apart=lambda a, b: {a, b} == {"a", "b"}) == {"ax", "b"}


def test_one_contradiction_among_many_links_does_not_tear_a_group() -> None:
    links = {pair: 0.8 for pair in itertools.combinations("abcdef", 2) if pair != ("a", "f")}
    assert groups("abcdef", links, apart=lambda a, b: {a, b} == {"a", "f"}) == {"abcdef"}


def test_the_stronger_link_decides_where_a_claim_belongs() -> None:
    links = every(*"ab") | every(*"cd") | {("a", "x"): 0.9, ("b", "x"): 0.9, ("c", "x"): 0.6, ("d", "x"): 0.6}
    assert groups("abcdx", links) == {"abx", "cd"}


def test_pairs_whose_links_were_not_kept_do_not_count_against_a_join() -> None:
    """Sixteen claims of one question, of whose links each kept few: no pair of theirs is known not to be."""
    names = [f"{i:02}" for i in range(16)]
    kept = {
        (a, b): 0.8 for a, b in itertools.combinations(names, 2) if (int(b) - int(a)) % 16 in (1, 2, 14, 15)
    }
    assert len(partition(names, kept)) > 1
    assert partition(names, kept, full=names) == (tuple(names),)


# -- pins --------------------------------------------------------------------------------------------------


def test_claims_pinned_to_one_group_are_together_whatever_the_links_say() -> None:
    assert groups("abc", {}, pins={"a": "1", "c": "1"}) == {"ac", "b"}


def test_claims_pinned_to_two_groups_never_meet() -> None:
    found = groups("abcd", every(*"abcd"), pins={"a": "1", "d": "2"})
    assert len(found) == 2
    assert not any({"a", "d"} <= set(group) for group in found)


# -- order -------------------------------------------------------------------------------------------------

scores = st.integers(1, 100).map(lambda n: n / 100)
webs = st.integers(2, 12).flatmap(
    lambda n: st.tuples(
        st.just([chr(97 + i) for i in range(n)]),
        st.dictionaries(
            st.sampled_from(list(itertools.combinations([chr(97 + i) for i in range(n)], 2))), scores
        ),
        st.dictionaries(st.sampled_from([chr(97 + i) for i in range(n)]), st.sampled_from("12")),
        st.sets(st.sampled_from(list(itertools.combinations([chr(97 + i) for i in range(n)], 2)))),
    )
)


@given(webs, st.randoms(use_true_random=False))
def test_the_order_of_claims_and_links_does_not_matter(web: tuple, chance: random.Random) -> None:
    names, links, pins, apart = web

    def contradicts(a: str, b: str) -> bool:
        return (a, b) in apart or (b, a) in apart

    wanted = partition(names, links, contradicts, pins)
    shuffled = [(pair if chance.random() < 0.5 else pair[::-1], score) for pair, score in links.items()]
    chance.shuffle(shuffled)
    mixed, pinned = names[:], list(pins.items())
    chance.shuffle(mixed)
    chance.shuffle(pinned)
    assert partition(mixed, dict(shuffled), contradicts, dict(pinned)) == wanted
    assert sorted(name for group in wanted for name in group) == names


@given(webs)
def test_pins_hold_in_every_web(web: tuple) -> None:
    names, links, pins, _ = web
    home = {name: group for group in partition(names, links, pins=pins) for name in group}
    for a, b in itertools.combinations(pins, 2):
        assert (home[a] == home[b]) == (pins[a] == pins[b])


@given(webs, webs)
def test_what_is_not_connected_can_be_grouped_by_itself(one: tuple, other: tuple) -> None:
    names, links, _, _ = one
    more = {(a.upper(), b.upper()): score for (a, b), score in other[1].items()}
    upper = [name.upper() for name in other[0]]
    together = partition([*names, *upper], links | more)
    assert set(together) == {*partition(names, links), *partition(upper, more)}


def test_an_order_among_equals_does_not_mind_who_is_named_first() -> None:
    assert spread("a", "b") == spread("b", "a") != spread("ab", "")
    assert -(2**63) <= spread("a") < 2**63


# -- what linking says cannot be one question --------------------------------------------------------------


def placed(sentence: str, article: str = "1") -> list[PlacedClaim]:
    published = date(2021, 5, 3)
    about = ArticleRef(article, f"Outlet {article}", "", published, body=sentence)
    return [
        PlacedClaim(f"{article}:{claim.span.start}", claim, about)
        for claim in extract(sentence, published=published)
        if claim.quantity
    ]


def test_claims_of_other_parties_contradict_and_those_that_say_less_do_not() -> None:
    (norway,) = placed("Norway will deploy 40 tanks in the north.", "1")
    (sweden,) = placed("Sweden will deploy 40 tanks in the north.", "2")
    (terse,) = placed("Some 40 tanks will be deployed.", "3")
    assert contradict(norway, sweden)
    assert contradict(sweden, norway)
    assert not contradict(norway, terse)
    assert not contradict(norway, norway.__class__("4", norway.claim, sweden.article))


def test_two_figures_of_one_sentence_are_two_answers() -> None:
    before, after = placed("Norway had 40 tanks in the north last year and 60 tanks this year.")
    assert contradict(before, after)


def test_a_sentence_at_hand_is_as_good_as_the_body() -> None:
    (a,) = placed("Norway will deploy 40 tanks in the north.", "1")
    (b,) = placed("Norway will deploy as many as 40 tanks in the north, the ministry said.", "2")
    bodiless = ArticleRef("2", "Outlet 2", "", date(2021, 5, 3), profile=profile_of(b.article))
    assert compare(a, b) == compare(a, PlacedClaim(b.key, b.claim, bodiless, sentence_text=b.sentence))
    assert compare(a, b) is not None
