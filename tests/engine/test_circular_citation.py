from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from claims.engine.checks import check_group
from claims.engine.checks.evidence import outlets
from claims.engine.records import Attribution, Mode, Severity
from tests.engine.by_hand import DAY, group, launchers


def told(outlet, source=None, days=0, origin=None, key=None, value=24, **credit):
    """The outlet's claim of 24 launchers, on somebody's word, some days on."""
    named = Attribution(Mode.PARAPHRASE if source else Mode.NONE, source=source, **credit)
    member = launchers(value, outlet=outlet, published=DAY + timedelta(days=days), attribution=named)
    where = replace(member.article, origin=origin, key=key or member.article.key)
    return replace(member, article=where, key=f"{where.key}:0")


def circular(*members):
    return [f for f in check_group(group(*members)) if f.check == "circular_citation"]


def test_two_outlets_that_credit_each_other_are_a_ring():
    (finding,) = circular(told("The Courier", "Herald"), told("Herald", "the Courier", days=1))
    assert finding.severity is Severity.MEDIUM
    assert finding.summary == (
        "For “24 launchers” The Courier credits Herald and Herald credits The Courier: they confirm each "
        "other, and no source outside stands behind it."
    )


def test_an_outlet_nobody_knows_is_credited_by_the_words_of_the_credit():
    unknown = [
        replace(
            member,
            claim=replace(member.claim, attribution=Attribution(Mode.UNNAMED, source_text=words)),
        )
        for member, words in ((told("The Courier"), "the Herald"), (told("Herald", days=1), "The Courier"))
    ]
    (finding,) = circular(*unknown)
    assert "The Courier credits Herald" in finding.summary


def test_a_longer_ring_is_found_once():
    ring = [told("A", "B"), told("B", "C"), told("C", "A")]
    (finding,) = circular(*ring)
    assert len(finding.claims) == 3
    assert circular(*ring[::-1]) == [finding]


@pytest.mark.parametrize(
    "members",
    [
        [told("A", "B"), told("B")],
        [told("A", "B"), told("B", "C"), told("C", "the ministry")],
        [told("A", "B"), told("B", "A", days=40)],
        [told("A", "B"), told("B", "A", value=31)],
        [told("A", "Ada Brandt", told="B"), told("B", "Ada Brandt", told="A")],
        [told("A", "A"), told("B", "B")],
    ],
    ids=["one way", "a chain to a source", "weeks apart", "other figures", "two interviews", "oneself"],
)
def test_other_credits_are_no_ring(members):
    assert circular(*members) == []


def test_an_outlet_that_credits_a_copy_of_its_own_text_confirms_itself():
    first = told("Courier", days=0, origin="o1", key="first")
    copy = told("Herald", days=1, origin="o1")
    citing = told("Courier", "Herald", days=3, key="later")
    (finding,) = circular(first, copy, citing)
    assert "Courier credits Herald for “24 launchers”" in finding.summary
    assert finding.articles == ("later", "a-Herald", "first")


def test_what_was_copied_before_is_no_confirmation_of_oneself():
    copy = told("Courier", days=1, origin="o1", key="first")
    original = told("Herald", days=0, origin="o1")
    assert circular(copy, original, told("Courier", "Herald", days=3, key="later")) == []


def test_outlets_that_share_an_origin_are_named_with_their_number():
    copies = [told(x, origin="o1") for x in ("Courier", "Herald")]
    assert outlets([*copies, told("Post")]) == "Courier, Herald and Post (2 independent origins)"
    assert outlets([told("Courier"), told("Herald")]) == "Courier and Herald"
