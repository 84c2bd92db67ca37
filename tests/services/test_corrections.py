from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import Error, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from claims.engine import extract as engine
from claims.engine.records import Claim as Record
from claims.engine.records import Span
from claims.models import Claim, Correction, Document, Finding, Revision
from claims.services import corrections, extraction, ingestion, laying, pipeline, saying
from claims.services.isolation import in_process
from claims.services.refusal import Refused
from claims.services.saying import Misread

from .conftest import TakeIn, story

QUALIFIED = "Norway will deploy as many as 40 tanks in the north."
FLAT = "Norway will deploy 40 tanks in the north."
PRICE = "The tanks will cost almost $18 billion, the ministry said."
SCORE = "😀 The crew of the Heron 300 won the cup."


def work() -> None:
    for pk in Document.objects.under_way().values_list("pk", flat=True):
        assert pipeline.run(pk) == "checked"


def standing(revision: Revision) -> list[dict[str, Any]]:
    """What is read in a revision, without ids and times."""
    rows = Claim.objects.filter(revision=revision, retired_at__isnull=True).order_by(
        "headline", "start", "end", "kind"
    )
    fields = ("headline", "kind", "start", "end", "quote", "value", "bounds", "unit", "modifier", "measured",
              "noun", "status", "mode", "source", "when_start", "record", "part_of__start")  # fmt: skip
    return list(rows.values(*fields))


def count(revision: Revision) -> Claim:
    return Claim.objects.get(revision=revision, kind="count", retired_at__isnull=True, headline=False)


def again(document: Document) -> None:
    extraction.store(document, extraction.prepare(document, in_process), in_process)


def test_an_amended_value_stands_at_once_and_is_linked_and_checked_again(take_in: TakeIn, user: User) -> None:
    first = take_in(FLAT, outlet="A")
    take_in(FLAT, outlet="B")
    assert not Finding.objects.exists()
    claim = count(first.revision)

    correction = corrections.amend(claim, {"value": "as many as 31"}, person=user)

    claim.refresh_from_db()
    assert (claim.value, claim.bounds.upper, claim.modifier, claim.unit) == (31, 31, "as many as", "tank")
    assert claim.correction == correction
    first.refresh_from_db()
    assert (first.state, first.journey[-1]["by"]) == ("extracted", user.username)
    work()
    assert Finding.objects.open().filter(findingclaim__claim=claim).exists()

    corrections.undo(correction, person=user)
    work()
    claim.refresh_from_db()
    assert (claim.value, claim.modifier, claim.correction) == (40, "", None)
    assert not Finding.objects.open().exists()


def test_what_is_no_claim_is_retired_and_its_findings_resolve_until_it_is_undone(
    take_in: TakeIn, user: User
) -> None:
    take_in(QUALIFIED, outlet="A")
    document = take_in(FLAT, outlet="B")
    finding = Finding.objects.get(check_id="qualifier_dropped")
    claim = count(document.revision)
    correction = corrections.reject(claim, person=user, reason="A headline of another story.")
    claim.refresh_from_db()
    assert claim.retired_at is not None
    work()
    again(document)
    finding.refresh_from_db()
    assert finding.resolved_at is not None
    assert not Claim.objects.filter(pk=claim.pk, retired_at__isnull=True).exists()
    undoing = corrections.undo(correction, person=user)
    work()
    finding.refresh_from_db()
    claim.refresh_from_db()
    assert (finding.resolved_at, claim.retired_at) == (None, None)
    corrections.undo(undoing, person=user)
    claim.refresh_from_db()
    assert claim.retired_at is not None


def test_a_missed_claim_is_added_with_the_programs_reading_as_its_start(take_in: TakeIn, user: User) -> None:
    document = take_in(SCORE, FLAT)
    revision = document.revision
    before = standing(revision)
    span = saying.locate(revision.body, "300")
    assert saying.point_at(revision, span).claim.quantity is not None
    correction = corrections.add(
        revision,
        {
            "quote": "300",
            "kind": "count",
            "value": "about 300",
            "unit": "boats",
            "measured": "boats in the cup",
        },
        person=user,
    )
    added = Claim.objects.get(correction=correction)
    assert revision.body[added.start : added.end] == added.quote == "300"
    assert (added.kind, added.value, added.modifier) == ("count", 300, "about")
    assert (added.unit, added.noun) == ("boat", "boat")
    assert added.sentence_start <= added.start < added.sentence_end
    amended = corrections.amend(added, {"status": "planned"}, person=user, seen=correction.pk)
    added.refresh_from_db()
    assert (added.status, added.correction) == ("planned", amended)
    work()
    corrections.undo(correction, person=user, seen=amended.pk)
    corrections.undo(amended, person=user, seen=corrections.last_seen(revision.article_id))
    assert standing(revision) == before


def test_words_without_a_number_can_be_a_claim(take_in: TakeIn, user: User) -> None:
    revision = take_in(SCORE).revision
    corrections.add(revision, {"quote": "won the cup", "kind": "event"}, person=user)
    added = Claim.objects.get(quote="won the cup")
    assert (added.value, added.kind, added.rule) == (None, "event", "person")


def test_a_moved_span_keeps_the_claim_its_parts_and_its_group(take_in: TakeIn, user: User) -> None:
    document = take_in(QUALIFIED, outlet="A")
    take_in(QUALIFIED, outlet="B")
    claim = count(document.revision)
    correction = corrections.amend(claim, {"quote": "40 tanks in the north"}, person=user)
    work()
    claim.refresh_from_db()
    assert claim.quote == "40 tanks in the north" == document.revision.body[claim.start : claim.end]
    assert claim.group is not None
    corrections.undo(correction, person=user)
    work()
    claim.refresh_from_db()
    assert (claim.quote, claim.retired_at) == ("as many as 40 tanks", None)


def test_corrections_survive_a_newer_engine(
    take_in: TakeIn, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = take_in(QUALIFIED, PRICE)
    claim, price = count(document.revision), Claim.objects.get(kind="money")
    corrections.amend(claim, {"value": "31"}, person=user)
    corrections.reject(price, person=user)
    real = engine.extract

    def longer(text: str, **about: Any) -> tuple[Record, ...]:
        claims = [c for c in real(text, **about) if "40" in c.quote or "18" in c.quote]
        wider = [replace(c, span=Span(c.span.start - 4, c.span.end)) for c in claims]
        return tuple(replace(c, quote=c.span.of(text)) for c in wider)

    monkeypatch.setattr(engine, "extract", longer)
    again(document)
    assert count(document.revision).value == 31
    assert not Claim.objects.filter(kind="money", retired_at__isnull=True).exists()
    monkeypatch.setattr(engine, "extract", lambda text, **_: ())
    again(document)
    kept = count(document.revision)  # a person vouches for it
    assert (kept.value, kept.quote) == (31, "as many as 40 tanks")


def test_corrections_are_handed_to_the_same_words_of_a_later_revision_or_wait(
    take_in: TakeIn, user: User
) -> None:
    page = "https://strait.example/1"
    take_in(QUALIFIED, PRICE, url=page)
    one = Revision.objects.get()
    claim = count(one)
    corrections.amend(claim, {"value": "as many as 31"}, person=user)
    corrections.reject(Claim.objects.get(revision=one, kind="money"), person=user)
    work()
    two = take_in("A new first paragraph.", QUALIFIED, url=page).revision
    assert two != one
    handed = count(two)
    assert (handed.value, handed.correction) == (31, Correction.objects.get(kind="amend"))
    _, waiting = laying.said_of(two)
    assert [each.kind for each in waiting] == ["reject"]
    corrections.amend(handed, {"unit": "ships"}, person=user, seen=corrections.last_seen(one.article_id))
    work()
    three = take_in(PRICE, QUALIFIED, "The end is new.", url=page).revision
    assert (count(three).value, count(three).unit) == (31, "ship")
    assert not Claim.objects.filter(revision=three, kind="money", retired_at__isnull=True).exists()
    assert laying.said_of(three)[1] == []


def test_words_that_stand_twice_are_known_by_what_is_around_them(take_in: TakeIn, user: User) -> None:
    page = "https://strait.example/2"
    one = take_in("Norway has 40 tanks.", "Sweden said it had 40 tanks in May.", url=page).revision
    second = Claim.objects.filter(revision=one, quote="40 tanks").order_by("start").last()
    assert second is not None
    corrections.amend(second, {"value": "41"}, person=user)
    two = take_in("x " * 60, "Norway has 40 tanks.", "Sweden said it had 40 tanks in May.", url=page).revision
    rows = Claim.objects.filter(revision=two, quote="40 tanks", retired_at__isnull=True).order_by("start")
    assert [row.value for row in rows] == [40, 41]


def test_two_people_never_overwrite_each_other(take_in: TakeIn, user: User) -> None:
    other = User.objects.create_user("ivo", "ivo@example.org", "another pass phrase")
    revision = take_in(QUALIFIED, PRICE).revision
    claim = count(revision)
    first = corrections.amend(claim, {"value": "31"}, person=other)
    with pytest.raises(Refused, match="ivo corrected this since") as refused:
        corrections.amend(claim, {"value": "32"}, person=user, seen=0)
    assert refused.value.code == "stale"
    corrections.reject(Claim.objects.get(kind="money"), person=user, seen=0)  # of another claim
    corrections.amend(claim, {"value": "32"}, person=user, seen=first.pk)
    claim.refresh_from_db()
    assert claim.value == 32
    corrections.undo(first, person=user, seen=corrections.last_seen(revision.article_id))
    with pytest.raises(Refused, match="undone already"):
        corrections.undo(first, person=user, seen=corrections.last_seen(revision.article_id))
    claim.refresh_from_db()
    assert claim.value == 32


@pytest.mark.parametrize(
    ("field", "words", "says"),
    [
        ("value", "a great many", "no number"),
        ("value", "3-1 win", "could be read"),
        ("value", "9" * 400, "no number"),
        ("unit", "12 km", "without a number"),
        ("modifier", "purportedly", "no qualifier"),
        ("low", "50", "above the upper one"),
        ("high", "30", "outside these bounds"),
        ("high", "many", "no number"),
        ("kind", "rumour", "Choose one of"),
        ("status", "cancelled", "Choose one of"),
        ("when", "some day", "no time"),
        ("quote", "words that do not stand there", "do not stand in the text"),
        ("part_of", "999999", "Choose a claim"),
        ("measured", " ", "Say what"),
        ("source", "x" * 201, "at most 200"),
    ],
)
def test_what_cannot_be_read_is_refused_by_the_name_of_its_field(
    take_in: TakeIn, user: User, field: str, words: str, says: str
) -> None:
    claim = count(take_in(QUALIFIED).revision)
    with pytest.raises(Misread, match=says) as refused:
        corrections.amend(claim, {field: words}, person=user)
    assert refused.value.field == field
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"value": "$17.7bn"}, {"value": Decimal("17700000000"), "unit": "USD", "modifier": "almost"}),
        ({"modifier": ""}, {"value": Decimal("18000000000"), "modifier": "", "bounds_rule": "point"}),
        ({"modifier": "at least"}, {"bounds_rule": "at_least", "modifier": "at least"}),
        ({"low": "17 billion", "high": ""}, {"bounds_rule": "person", "soft": False}),
        ({"unit": "euros"}, {"unit": "EUR", "value": Decimal("18000000000")}),
        ({"measured": "new radars in Alaska"}, {"measured": "new radars in Alaska", "noun": "radar"}),
        ({"source": "Ada Brandt", "mode": "direct"}, {"source": "Ada Brandt", "mode": "direct"}),
        ({"mode": "none"}, {"source": "", "mode": "none"}),
        ({"when": "May 2022"}, {"when_text": "May 2022"}),
        ({"kind": "measure", "status": "denied"}, {"kind": "measure", "status": "denied"}),
    ],
)
def test_each_field_is_read_by_the_engines_own_readers(
    take_in: TakeIn, user: User, said: dict[str, str], expected: dict[str, Any]
) -> None:
    revision = take_in(PRICE).revision
    claim = Claim.objects.get(kind="money")
    correction = corrections.amend(claim, said, person=user)
    claim.refresh_from_db()
    assert {name: getattr(claim, name) for name in expected} == expected
    assert standing(revision) != []
    corrections.undo(correction, person=user)
    claim.refresh_from_db()
    assert (claim.kind, claim.modifier, claim.unit, claim.correction) == ("money", "almost", "USD", None)


def test_impossible_corrections_are_refused_and_words_are_kept(take_in: TakeIn, user: User) -> None:
    revision = take_in(QUALIFIED, PRICE).revision
    claim = count(revision)
    with pytest.raises(Refused, match="Nothing is different"):
        corrections.amend(claim, {"value": "as many as 40"}, person=user)
    with pytest.raises(Refused, match="read as a claim already"):
        corrections.add(revision, {"quote": "as many as 40 tanks"}, person=user)
    correction = corrections.reject(claim, person=user)
    with pytest.raises(Refused, match="stands no more"):
        corrections.amend(claim, {"value": "31"}, person=user, seen=correction.pk)
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        correction.delete()


def test_a_worker_that_is_at_it_does_not_undo_a_correction(take_in: TakeIn, user: User) -> None:
    document = take_in(QUALIFIED)
    Document.objects.filter(pk=document.pk).update(state="parsed")
    lease = pipeline._take(document.pk)
    assert lease is not None
    prepared = extraction.prepare(Document.objects.get(pk=document.pk), in_process)
    corrections.reject(count(document.revision), person=user)

    def finish() -> None:
        with transaction.atomic():
            extraction.store(document, prepared, in_process)
            pipeline._write(lease, state="extracted")

    with pytest.raises(pipeline.LeaseLost):
        finish()
    assert not Claim.objects.filter(kind="count", retired_at__isnull=True).exists()


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["value", "unit", "quote", "kind", "reject", "add", "undo", "again", "work"]),
        st.integers(0, 7),
    ),
    max_size=7,
)


def test_a_correction_that_was_undone_and_brought_back_can_be_undone_again(
    take_in: TakeIn, user: User
) -> None:
    revision = take_in(QUALIFIED, PRICE).revision
    own = standing(revision)
    correction = corrections.reject(count(revision), person=user)
    undoing = corrections.undo(correction, person=user)
    corrections.undo(undoing, person=user, seen=corrections.last_seen(revision.article_id))
    assert standing(revision) != own
    corrections.undo(correction, person=user, seen=corrections.last_seen(revision.article_id))
    assert standing(revision) == own
    with pytest.raises(Refused, match="undone already"):
        corrections.undo(correction, person=user, seen=corrections.last_seen(revision.article_id))


class AnySequence(TestCase):
    """Corrections and re-runs in any order; one database for each example."""

    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(OPERATIONS)
    def test_re_runs_change_nothing_and_undoing_all_gives_the_engines_own_reading(
        self, operations: list[tuple[str, int]]
    ) -> None:
        person = User.objects.create_user("rosa", "rosa@example.org", "a long pass phrase")
        document = ingestion.accept(story(QUALIFIED, PRICE, SCORE, FLAT), source="file").document
        pipeline.run(document.pk)
        document.refresh_from_db()
        revision = document.revision
        assert revision is not None
        own = standing(revision)

        for name, which in operations:
            self.one(name, which, revision, document, person)
            now = standing(revision)
            again(document)
            assert standing(revision) == now

        while held := laying.standing(Correction.objects.filter(revision=revision)):
            corrections.undo(held[-1], person=person, seen=corrections.last_seen(revision.article_id))
        assert standing(revision) == own
        work()
        assert standing(revision) == own

    def one(self, name: str, which: int, revision: Revision, document: Document, person: User) -> None:
        claims = list(
            Claim.objects.filter(revision=revision, retired_at__isnull=True).order_by("start", "pk")
        )
        seen = corrections.last_seen(revision.article_id)
        said = {
            "value": {"value": f"about {which + 20}"},
            "unit": {"unit": ["ships", "km", "USD"][which % 3]},
            "quote": {"quote": ["in the north", "40", "cost almost $18 billion", "the"][which % 4]},
            "kind": {"kind": ["count", "money", "measure"][which % 3]},
        }
        try:
            if name in said and claims:
                corrections.amend(claims[which % len(claims)], said[name], person=person, seen=seen)
            elif name == "reject" and claims:
                corrections.reject(claims[which % len(claims)], person=person, seen=seen)
            elif name == "add":
                words = ["300", "the cup", "40", "$18 billion"][which % 4]
                start = str(revision.body.index(words))
                corrections.add(
                    revision, {"quote": words, "start": start, "kind": "count"}, person=person, seen=seen
                )
            elif name == "undo" and (every := list(Correction.objects.filter(revision=revision))):
                corrections.undo(every[which % len(every)], person=person, seen=seen)
        except Refused as refused:
            assert refused.code in ("there", "undone", "unread", "nothing_said")  # noqa: PT017
        if name == "work":
            work()
