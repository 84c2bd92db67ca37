"""A signed-off fact-check becomes a frozen edition; corrections follow it; nothing private goes along."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import DatabaseError, transaction

from claims.models import Claim, FactCheck, FactCheckEvent, Publication
from claims.services import publishing, ratings, snapshots
from claims.services.refusal import Refused
from tests.web import factories


@pytest.fixture
def story(db: None) -> dict[str, Any]:
    return factories.radar_story()


@pytest.fixture
def factcheck(story: dict[str, Any]) -> FactCheck:
    return factories.signed_off(story)


@pytest.fixture
def mara(db: None) -> User:
    return factories.person("mara", "Mara Quill")


def refused(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert caught.value.detail
    return caught.value.code


def signed_off_again(factcheck: FactCheck, **fields: Any) -> FactCheck:
    FactCheck.objects.filter(pk=factcheck.pk).update(state="signed_off", **fields)
    factcheck.refresh_from_db()
    return factcheck


def test_what_is_signed_off_is_published_and_says_so(factcheck: FactCheck, mara: User) -> None:
    made = publishing.publish(factcheck, mara, seen=factcheck.version)
    factcheck.refresh_from_db()
    assert (made.edition, made.is_current, made.published_by) == (1, True, mara)
    assert made.slug == f"will-the-ministry-buy-twelve-radars-{factcheck.pk}"
    assert (factcheck.state, factcheck.version) == ("published", 2)
    step = factcheck.events.last()
    assert (step.kind, step.before, step.after, step.person) == ("state", "signed_off", "published", mara)


@pytest.mark.parametrize("state", ["new", "in_check", "second_review", "reopened", "dropped"])
def test_what_nobody_signed_off_is_not_published(factcheck: FactCheck, mara: User, state: str) -> None:
    FactCheck.objects.filter(pk=factcheck.pk).update(state=state)
    assert refused(publishing.publish, factcheck, mara) == "state"
    assert not Publication.objects.exists()


def test_what_changed_since_the_preview_is_not_published(factcheck: FactCheck, mara: User) -> None:
    assert refused(publishing.publish, factcheck, mara, seen=factcheck.version + 1) == "stale"


def test_readers_are_told_something(factcheck: FactCheck, mara: User) -> None:
    FactCheck.objects.filter(pk=factcheck.pk).update(conclusion="  ")
    assert refused(publishing.publish, factcheck, mara) == "conclusion"


def test_nothing_is_published_twice_without_a_note(factcheck: FactCheck, mara: User) -> None:
    publishing.publish(factcheck, mara)
    assert refused(publishing.publish, factcheck, mara) == "state"
    assert refused(publishing.publish, signed_off_again(factcheck), mara) == "published"


def test_a_snapshot_holds_what_the_reader_needs(factcheck: FactCheck, story: dict[str, Any]) -> None:
    factories.source(factcheck)
    factories.letter(factcheck, reply="A ceiling.", replied_at="2024-03-09T10:00Z")
    shown = snapshots.of(factcheck)
    assert shown["claim"]["quote"] == "12 radars"
    assert shown["claim"]["before"] + "12 radars" + shown["claim"]["after"] == (
        "The ministry will buy 12 radars, officials say."
    )
    assert (shown["claim"]["outlet"], shown["claim"]["published"]) == ("Northern Courier", "2024-03-08")
    assert [each["outlet"] for each in shown["passages"]] == ["Harbour Post"]
    assert [each["value"] for each in shown["values"]] == ["12", "12"]
    assert shown["values"][1]["bounds"] == {"low": None, "high": "12", "low_open": False, "high_open": False}
    assert shown["method"] == {"outlets": 2, "origins": 2, "passages": 1, "few_origins_reason": ""}
    assert shown["people"] == {
        "checked": ["Ada Brook"],
        "second": ["Ivo Marsh"],
        "signed_off": ["Ivo Marsh"],
    }
    assert [each["use"] for each in shown["sources"]] == ["primary"]
    assert (shown["correspondence"][0]["reply"], shown["correspondence"][0]["replied_on"]) == (
        "A ceiling.",
        "2024-03-09",
    )


def test_the_same_rows_give_the_same_snapshot(factcheck: FactCheck) -> None:
    factories.source(factcheck)
    once, again = (json.dumps(snapshots.of(factcheck)) for _ in range(2))
    assert once == again


def test_what_is_off_the_record_or_internal_never_goes_along(factcheck: FactCheck) -> None:
    factories.source(factcheck, title="SECRET aide", on_record=False)
    factories.source(factcheck, title="SECRET removed", removed_at="2024-03-09T10:00Z")
    factories.letter(factcheck, whom="SECRET friend", on_record=False)
    factories.letter(
        factcheck,
        whom="Kim Vale <kim.vale@ministry.example>",
        asked="We wrote to SECRET+desk@example.org.",
        reply="Call me or write to kim@home.example.",
    )
    FactCheckEvent.objects.create(factcheck=factcheck, kind="comment", reason="SECRET doubt")
    kept = json.dumps(snapshots.of(factcheck))
    assert "SECRET" not in kept
    assert "@" not in kept
    assert "Kim Vale" in kept
    assert "A ceiling is no order." not in kept  # a verdict's reasoning is for the desk


def test_nobody_is_called_by_an_address(story: dict[str, Any]) -> None:
    mailed = factories.person("rosa@home.example")
    row = factories.signed_off(story)
    row.verdicts.all()  # kept
    FactCheckEvent.objects.create(factcheck=row, kind="state", after="signed_off", person=mailed)
    assert snapshots.of(row)["people"]["signed_off"] == ["a member of the desk"]


def test_links_that_are_no_web_address_are_left_out(factcheck: FactCheck) -> None:
    factories.source(factcheck, url="javascript:alert(1)")
    assert snapshots.of(factcheck)["sources"][0]["url"] == ""


def test_a_long_sentence_is_quoted_in_short(story: dict[str, Any]) -> None:
    text = "word " * 200 + "and 31 silos stand there " + "word " * 200
    long = factories.claim(factories.revision(text), "31 silos", value=31, unit="silo")
    row = factories.signed_off({**story, "bare": long})
    claim = snapshots.of(row)["claim"]
    assert len(claim["before"]) + len(claim["after"]) <= snapshots.LONGEST_QUOTATION + 2
    assert claim["before"].startswith("…")
    assert claim["after"].endswith("…")


def test_a_large_group_is_shown_in_part_and_said_so(
    story: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(snapshots, "MOST_PASSAGES", 2)
    for n in range(4):
        revision = factories.revision(f"The ministry wants 12 radars, part {n}.", at=f"Outlet {n}")
        factories.claim(revision, "12 radars", value=12, unit="radar", group=story["group"])
    shown = snapshots.of(factories.signed_off(story))
    assert (len(shown["passages"]), shown["passages_left_out"]) == (2, 3)
    assert (shown["method"]["passages"], shown["method"]["outlets"]) == (5, 6)


def test_what_is_published_keeps_the_words_it_was_published_with(factcheck: FactCheck, mara: User) -> None:
    made = publishing.publish(factcheck, mara)
    admin = factories.person("root", is_staff=True)
    ratings.edit(ratings.named("imprecise"), label="Loose", meaning="New words.", value=3, by=admin)
    Claim.objects.filter(pk=factcheck.claim_id).update(modifier="about")
    made.refresh_from_db()
    assert made.snapshot["rating"]["label"] == "Imprecise"
    assert "Imprecise" in [step["label"] for step in made.snapshot["scale"]]


def test_the_database_refuses_to_alter_or_delete_an_edition(factcheck: FactCheck, mara: User) -> None:
    made = publishing.publish(factcheck, mara)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=made.pk).update(snapshot={})
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=made.pk).delete()


def test_a_correction_is_the_next_edition_and_says_what(factcheck: FactCheck, mara: User) -> None:
    first = publishing.publish(factcheck, mara)
    signed_off_again(factcheck, conclusion="Thirteen is the most it may buy.")
    second = publishing.correct(first, "We had written twelve.", mara)
    first.refresh_from_db()
    assert (second.edition, second.slug, second.note) == (2, first.slug, "We had written twelve.")
    assert (first.is_current, second.is_current) == (False, True)
    assert first.snapshot["conclusion"].startswith("Twelve")
    assert [each["edition"] for each in second.snapshot["editions"]] == [1]


def test_a_correction_needs_a_note_and_a_new_signature(factcheck: FactCheck, mara: User) -> None:
    first = publishing.publish(factcheck, mara)
    assert refused(publishing.correct, first, "We had written twelve.", mara) == "state"
    signed_off_again(factcheck)
    assert refused(publishing.correct, first, " \x00", mara) == "note"
    assert refused(publishing.correct, first, "x" * 2001, mara) == "note"


def test_withdrawing_keeps_the_page_with_the_reason(factcheck: FactCheck, mara: User) -> None:
    made = publishing.publish(factcheck, mara)
    assert refused(publishing.withdraw, made, " ", mara) == "reason"
    gone = publishing.withdraw(made, "The source was misread.", mara)
    assert gone.withdrawn_at is not None
    assert gone.withdrawal_reason == "The source was misread."
    assert refused(publishing.withdraw, made, "Again.", mara) == "withdrawn"
    assert factcheck.events.last().kind == "withdraw"


def test_a_withdrawal_can_be_undone(factcheck: FactCheck, mara: User) -> None:
    made = publishing.publish(factcheck, mara)
    assert refused(publishing.reinstate, made, "A mistake.", mara) == "not_withdrawn"
    publishing.withdraw(made, "The source was misread.", mara)
    assert publishing.reinstate(made, "It was read rightly.", mara).withdrawn_at is None
    assert [event.kind for event in factcheck.events.order_by("id")][-2:] == ["withdraw", "reinstate"]


def test_only_the_edition_that_stands_is_withdrawn(factcheck: FactCheck, mara: User) -> None:
    first = publishing.publish(factcheck, mara)
    publishing.correct(first, "A word.", mara, seen=signed_off_again(factcheck).version)
    assert refused(publishing.withdraw, first, "Late.", mara) == "not_current"
