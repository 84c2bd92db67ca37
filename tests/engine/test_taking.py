from __future__ import annotations

from datetime import date
from itertools import permutations

import pytest

from claims.engine.citing import cites, name_key, shared_wire
from claims.engine.independence import in_words, independent
from claims.engine.origins import compare_origins
from claims.engine.records import OriginLink, Taking
from claims.engine.taking import who_took
from tests.engine.by_hand import article
from tests.engine.test_origins import prose

MONDAY, TUESDAY, FRIDAY = date(2024, 6, 10), date(2024, 6, 11), date(2024, 6, 14)


def told(outlet, published=MONDAY, words=200, **more):
    return article(outlet, published, body=more.pop("body", prose(1, words)), **more)


def link(a, b, containment=0.6, wire=None, kind="copy"):
    return a.key, b.key, OriginLink(kind, containment, ("shared passages",), (), wire)


def sources(articles, links):
    """Outlet -> outlet or agency its text was taken from, with how."""
    names = {a.key: a.outlet for a in articles}
    return {
        names[t.article]: (t.kind.value, names[t.source] if t.source else t.agency)
        for t in who_took(articles, links)
    }


def test_what_was_published_later_was_taken_from_the_earlier():
    first, second = told("Courier"), told("Herald", TUESDAY)
    assert sources([second, first], [link(first, second)]) == {
        "Courier": ("first", None),
        "Herald": ("copy", "Courier"),
    }
    reason = who_took([first, second], [link(first, second)])[1].reason
    assert reason == "published a day after Courier; shares 60% of the shorter text with Courier"


def test_of_one_day_either_could_be_first():
    a, b = told("Courier"), told("Herald")
    (one, other) = who_took([a, b], [link(a, b)])
    assert one.kind is other.kind is Taking.UNDECIDED
    assert one.reason == "either could be first: this or Herald"


def test_on_one_day_a_brief_was_cut_out_of_the_long_story():
    long, brief = told("Courier", words=400), told("Herald", words=80)
    assert sources([long, brief], [link(long, brief, 0.95)])["Herald"] == ("copy", "Courier")


def test_a_credit_tells_more_than_the_day():
    late = told("Courier", TUESDAY)
    early = told("Herald", MONDAY, body=prose(1) + " as the Courier reported")
    found = sources([late, early], [link(late, early)])
    assert found["Herald"] == ("copy", "Courier")
    assert found["Courier"] == ("first", None)


def test_outlets_that_credit_one_agency_have_it_from_the_agency():
    a, b = told("Courier", wires=("Nordwire",)), told("Herald", TUESDAY, wires=("Nordwire",))
    assert sources([a, b], [link(a, b, wire="Nordwire")]) == {
        "Courier": ("wire", "Nordwire"),
        "Herald": ("wire", "Nordwire"),
    }


def test_where_the_agency_s_own_article_is_there_it_is_the_source():
    agency, paper = told("Nordwire", TUESDAY), told("Courier", MONDAY, wires=("Nordwire",))
    found = sources([agency, paper], [link(agency, paper, wire="Nordwire")])
    assert found == {"Courier": ("copy", "Nordwire"), "Nordwire": ("first", None)}


def test_a_text_without_a_credit_is_the_agency_s_that_its_copy_credits():
    a, b = told("Courier", wires=("Nordwire",)), told("Herald")
    (_, herald) = who_took([a, b], [link(a, b)])
    assert (herald.kind, herald.agency) == (Taking.WIRE, "Nordwire")
    assert herald.confidence < 0.6
    assert "Courier, which credits Nordwire" in herald.reason


def test_an_interview_comes_from_whom_it_was_given_to():
    a, b = told("Courier"), told("Herald", TUESDAY)
    found = sources([a, b], [link(a, b, 0.1, "Nordwire", "interview")])
    assert found == {"Courier": ("interview", "Nordwire"), "Herald": ("interview", "Nordwire")}


def test_no_article_is_over_others_its_own_source():
    names = ["Courier", "Herald", "Post"]
    following = dict(zip(names, [*names[1:], names[0]], strict=True))
    ring = [told(x, body=f"{prose(1)} according to the {following[x]}") for x in names]
    links = [link(ring[0], ring[1]), link(ring[1], ring[2]), link(ring[0], ring[2])]
    found = sources(ring, links)
    assert sum(kind == "copy" for kind, _ in found.values()) == 2


def test_the_order_of_articles_and_links_makes_no_difference():
    rows = [told("Courier"), told("Herald", TUESDAY), told("Post", TUESDAY), told("Times", FRIDAY)]
    links = [link(a, b, 0.5) for i, a in enumerate(rows) for b in rows[i + 1 :]]
    expected = who_took(rows, links)
    for articles in permutations(rows):
        assert who_took(articles, links[::-1]) == expected


def test_names_of_one_outlet_are_one():
    assert name_key("The Courier") == name_key("courier news")
    assert name_key("Courier") != name_key("Evening Courier")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Two ships left, according to the Courier.", "according to the Courier"),
        ("The daily Courier reported two ships.", "Courier reported"),
        ("She told Courier that two ships left.", "told Courier"),
    ],
)
def test_a_sentence_credits_an_outlet(text, said):
    assert cites(told("Herald", body=text), "The Courier") == said


@pytest.mark.parametrize("text", ["The courier said two ships left.", "A van hit the Courier building."])
def test_a_name_alone_is_no_credit(text):
    assert cites(told("Herald", body=text), "Courier") is None


def test_the_agency_two_share_is_the_one_both_name_first():
    a, b = told("A", wires=("Nordwire", "Southwire")), told("B", credit="Nordwire and Eastwire")
    assert shared_wire(a, b) == shared_wire(b, a) == "Nordwire"
    assert shared_wire(a, told("Southwire")) == "Southwire"
    assert shared_wire(a, told("C", wires=("Eastwire",))) is None


def test_with_one_wire_fewer_shared_passages_make_a_copy():
    shared = " ".join(prose(1, 1000).split()[:62])
    bodies = [f"{shared} {prose(seed, 190)}" for seed in (2, 3)]
    alone = [told(x, body=b) for x, b in zip("AB", bodies, strict=True)]
    credited = [told(x, body=b, wires=("Nordwire",)) for x, b in zip("AB", bodies, strict=True)]
    assert compare_origins(*alone, (), ()) is None
    found = compare_origins(*credited, (), ())
    assert found
    assert found.wire == "Nordwire"
    assert "Nordwire is credited by A and B" in found.reasons


def test_outlets_that_share_an_origin_count_once():
    rows = [told("A", origin="1"), told("B", origin="1"), told("C")]
    assert independent(rows) == 2
    assert in_words(rows) == "3 outlets, 2 independent origins"
    assert in_words(rows[1:]) == "2 outlets"
    assert in_words(rows[:2]) == "2 outlets, 1 independent origin"


def test_an_outlet_is_one_origin_for_all_it_copies():
    assert independent([told("A", origin="1"), told("A", origin="2")]) == 1
