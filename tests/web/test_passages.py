"""Passages side by side: what is folded into one reading, and which words are marked as other."""

from __future__ import annotations

from typing import Any

import pytest

from claims.models import Claim, Finding
from claims.web import differing
from claims.web.essentials import essentials
from claims.web.sides import Side
from tests.web import factories
from tests.web.factories import between


def sides_of(finding: Finding) -> list[Side]:
    e = essentials(finding)["e"]
    return [*e["sides"], *e["further"]]


def radars(said: str, *, at: str, quote: str = "", **fields: Any) -> Claim:
    """A claim of 12 radars in an article of its own."""
    body = f"{at} opens the page. The ministry {said} for the coast. More is to come."
    origin = fields.pop("origin", None)
    text = factories.revision(body, title=f"Radars, says {at}", at=at, origin=origin)
    fields = {"value": 12, "unit": "radar", "status": "planned", **fields}
    return factories.claim(text, quote or "12 radars", **fields)


# --- words


@pytest.mark.parametrize(
    ("here", "there", "sort", "own", "other"),
    [
        ("as many as 31 interceptors", "31 interceptors", "qualifier", "as many as", ""),
        ("31 interceptors", "as many as 31 interceptors", "qualifier", "", "as many as"),
        ("almost $18 million", "almost $18 billion", "number", "million", "billion"),
        ("almost $18 billion", "$17 billion", "number", "18", "17"),
        ("40 launchers", "44 launchers", "number", "40", "44"),
        ("1,244 pounds", "1,244 kilograms", "unit", "pounds", "kilograms"),
        ("the plan", "a ceiling", "words", "plan", "ceiling"),
    ],
)
def test_what_one_text_has_and_the_other_has_not(
    here: str, there: str, sort: str, own: str, other: str
) -> None:
    found = differing.differences(here, there, ("as many as", "almost"), ("pound", "kilogram"))
    assert any((d.sort, d.here, d.there) == (sort, own, other) for d in found) or any(
        d.sort == sort and own in d.here and other in d.there for d in found
    )
    for d in found:
        assert here[d.start : d.end] == d.here


@pytest.mark.parametrize(
    ("here", "there"),
    [
        ("$18bn", "$18 billion"),
        ("ten warheads", "10 warheads"),
        ("20%", "20 per cent"),
        ("1,500 warheads", "1500 warheads"),
        ("the radars of the north", "radars in the north"),
        ("24kg", "24 kilograms"),
    ],
)
def test_the_same_in_another_dress_is_no_difference(here: str, there: str) -> None:
    assert differing.differences(here, there) == []


def test_a_text_of_a_book_is_not_aligned() -> None:
    assert differing.differences("word " * 5000, "other " * 5000) == []
    assert not differing.alike("word " * 5000, "word " * 5000)


@pytest.mark.parametrize("text", ["", "…", "12", "\u202e", "a" * 5000])
def test_texts_without_words_can_be_compared(text: str) -> None:
    assert isinstance(differing.differences(text, "12 radars"), list)


# --- sides


@pytest.mark.django_db
def test_claims_that_say_the_same_are_one_reading_with_the_others_counted() -> None:
    odd = radars("will buy 12 radars", at="Courier")
    agreeing = [
        radars(
            "will buy as many as 12 radars",
            at=f"Outlet {n}",
            quote="as many as 12 radars",
            bounds=between(None, 12),
            soft=True,
            modifier="as many as",
            bounds_rule="up_to",
        )
        for n in range(10)
    ]
    first, second = sides_of(factories.finding(odd, *agreeing))
    assert (first.key, second.key) == ("A", "B")
    assert len(second.others) == 9


@pytest.mark.django_db
def test_copies_of_one_origin_are_one_line() -> None:
    shared = factories.origin()
    odd = radars("will buy 14 radars", at="Courier", quote="14 radars", value=14)
    copies = [radars("will buy 12 radars", at=name, origin=shared) for name in ("Herald", "Star", "Post")]
    other = radars("has said it will buy 12 radars in all", at="Ledger")
    _, second = sides_of(factories.finding(odd, *copies, other))
    assert second.folds[0].outlets == ["Star", "Post"]
    assert [fold.claim.revision.article.outlet.name for fold in second.others] == ["Ledger"]


@pytest.mark.django_db
def test_words_that_are_missing_leave_a_mark_where_they_would_stand(story: dict[str, Any]) -> None:
    bare, careful = sides_of(story["finding"])
    assert '<mark class="gap">1</mark>' in bare.passage.sentence
    assert '<mark class="differs">as many as</mark>' in careful.passage.sentence
    assert ("qualifier", "nothing of “as many as”, which B has") in bare.told
    assert ("qualifier", "“as many as”, which A does not have") in careful.told


@pytest.mark.django_db
def test_a_plan_told_as_done_is_said_and_its_words_marked() -> None:
    done = radars("has bought 12 radars", at="Courier", status="done")
    planned = radars("plans to buy 12 radars", at="Herald", hedge="plans to buy")
    first, second = sides_of(factories.finding(done, planned))
    assert ("status", "told as done; in B planned") in first.told
    assert ("status", "told as planned (“plans to buy”); in A done") in second.told
    assert "plans to buy</mark>" in second.passage.sentence


@pytest.mark.django_db
def test_a_part_is_marked_in_its_whole_and_is_no_reading_of_its_own() -> None:
    flat = radars("will buy 12 radars", at="Courier")
    whole = radars("will buy 12 radars, including 4 for training,", at="Herald")
    part = factories.claim(whole.revision, "4 for training", value=4, unit="radar", part_of=whole)
    finding = factories.finding(flat, whole, part, evidence={"missing": "4 for training"})
    found = sides_of(finding)
    assert len(found) == 2
    assert ("number", "nothing of “including 4 for training”, which B has") in found[0].told
    assert ("part", "with “4 for training”") in found[1].told


@pytest.mark.django_db
def test_two_revisions_of_a_page_are_two_sides_with_the_changed_words_marked() -> None:
    first = factories.revision("The ministry will buy 12 radars for the coast.", title="Radars")
    before = factories.claim(first, "12 radars", value=12)
    second = factories.revision(
        "The ministry will buy 14 radars for the coast.", title="Radars", article=first.article
    )
    after = factories.claim(second, "14 radars", value=14)
    row = factories.finding(after, before, article=first.article)
    now, then = sides_of(row)
    assert '<mark class="differs">14</mark>' in now.passage.sentence
    assert '<mark class="differs">12</mark>' in then.passage.sentence


@pytest.mark.django_db
def test_where_only_the_credits_differ_each_outlet_is_a_side() -> None:
    one = radars("will buy 12 radars", at="Courier", source="Herald", mode="paraphrase")
    two = radars("is to buy 12 radars", at="Herald", source="Courier", mode="paraphrase")
    first, second = sides_of(factories.finding(one, two))
    assert ("credit", "credited to Herald; in B to Courier") in first.told
    assert second.key == "B"


@pytest.mark.django_db
def test_a_sides_text_speaks_before_its_headline() -> None:
    odd = radars("will buy 14 radars", at="Courier", quote="14 radars", value=14)
    body = radars("will buy 12 radars", at="Herald")
    Claim.objects.filter(pk=body.pk).update(headline=False)
    title = Claim.objects.create(
        revision=body.revision, kind="count", headline=True, start=0, end=6, quote="Radars",
        sentence_start=0, sentence_end=6, value=12, bounds=between(12, 12), unit="radar", status="planned",
        engine_version="test",
    )  # fmt: skip
    _, second = sides_of(factories.finding(odd, title, body))
    assert second.lead.pk == body.pk
