"""The rules of a fact-check, by its services' doors. Sentences are our own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import Error, transaction
from django.utils import timezone

from claims.models import Article, Claim, FactCheck, FactCheckEvent, Origin, Rating, Source, Verdict
from claims.services import blinding, casework, ratings, references, sources, withdrawing
from claims.services.refusal import Refused
from claims.services.steps import TRANSITIONS

from .conftest import TakeIn

PAGE = "https://harbour.example/radars"
FLAT = "The ministry will buy 12 radars for the coast."
CHANGED = "The ministry will buy 15 radars for the coast."


@pytest.fixture
def people(db: None) -> dict[str, User]:
    return {
        name: User.objects.create_user(name, password="a long pass phrase") for name in ("ada", "ivo", "mara")
    }


@pytest.fixture
def ada(people: dict[str, User]) -> User:
    return people["ada"]


@pytest.fixture
def ivo(people: dict[str, User]) -> User:
    return people["ivo"]


@pytest.fixture
def mara(people: dict[str, User]) -> User:
    return people["mara"]


@pytest.fixture
def claim(take_in: TakeIn) -> Claim:
    take_in(FLAT, outlet="Harbour Post", url=PAGE)
    return Claim.objects.standing().get(quote="12 radars")


def accurate() -> Rating:
    return ratings.named("accurate")


def misleading() -> Rating:
    return ratings.named("misleading")


def begun(claim: Claim, person: User, **fields: Any) -> FactCheck:
    """A fact-check in ``person``'s hands, in check."""
    row = casework.take_up(claim, person=person, question="How many radars will it buy?", **fields)
    casework.triage(row, person=person)
    casework.assign(row, person, person=person)
    return casework.begin(row, person=person)


def documented(claim: Claim, person: User, **fields: Any) -> FactCheck:
    """As begun, with two sources and a conclusion."""
    row = begun(claim, person, **fields)
    for origin in ("Ministry of Defence", "Court of Auditors"):
        casework.add_source(row, person=person, use="primary", title=f"Paper of the {origin}", origin=origin)
    return casework.edit(row, person=person, changes={"conclusion": "The order says twelve."})


def reviewed(claim: Claim, first: User, second: User, **fields: Any) -> FactCheck:
    """As documented, with a first verdict, in second review by ``second``."""
    row = documented(claim, first, **fields)
    casework.give_verdict(row, person=first, rating=accurate(), reasoning="The order says so.")
    return casework.request_second_review(row, person=first, reviewer=second)


def signed(claim: Claim, first: User, second: User) -> FactCheck:
    return casework.sign_off(reviewed(claim, first, second), person=second)


def refused(call: Callable[..., Any], *args: Any, **named: Any) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **named)
    assert caught.value.detail
    return caught.value.code


def state(row: FactCheck) -> str:
    return FactCheck.objects.values_list("state", flat=True).get(pk=row.pk)


def reasons(row: FactCheck, kind: str = "state") -> list[str]:
    return list(row.events.filter(kind=kind).values_list("reason", flat=True))


# -- the day -----------------------------------------------------------------------------------------------


def test_a_whole_day_leaves_a_history_that_tells_it(claim: Claim, ada: User, ivo: User) -> None:
    row = begun(claim, ada, meaning="Radars on order, not delivered ones.")
    letter = casework.ask(row, person=ada, whom="Press office", asked="How many?", channel="telephone")
    assert state(row) == "awaiting_reply"
    casework.record_reply(letter, person=ada, reply="Twelve.")
    assert state(row) == "in_check"
    casework.add_source(row, person=ada, use="primary", title="The order", origin="Ministry")
    casework.add_source(row, person=ada, use="secondary", url="https://audit.example/radars")
    casework.edit(row, person=ada, changes={"conclusion": "It is twelve."})
    casework.give_verdict(row, person=ada, rating=accurate(), reasoning="The order says twelve.")
    row = casework.request_second_review(row, person=ada, reviewer=ivo)
    assert casework.ready(row) == []
    row = casework.sign_off(row, person=ivo)
    row = casework.mark_published(row, person=ivo)
    assert (row.state, row.rating) == ("published", accurate())
    states = row.events.filter(kind="state").values_list("after", flat=True)
    assert list(states) == [
        "new",
        "triaged",
        "in_check",
        "awaiting_reply",
        "in_check",
        "second_review",
        "signed_off",
        "published",
    ]
    assert row.version == row.events.count()
    assert set(row.events.values_list("person__username", flat=True)) == {"ada", "ivo"}


def test_one_claim_has_one_fact_check_under_way(claim: Claim, ada: User, ivo: User) -> None:
    row = begun(claim, ada)
    take = casework.take_up
    assert refused(take, claim, person=ivo, question="Again?") == "open_already"
    casework.drop(row, person=ada, reason="Too small.")
    other = casework.take_up(claim, person=ivo, question="Once more?")
    assert refused(casework.reopen, row, person=ada, reason="Yes.") == "open_already"
    assert refused(casework.undo, row, person=ada) == "open_already"
    casework.drop(other, person=ivo, reason="No.")
    assert casework.reopen(row, person=ada, reason="It spread.").state == "reopened"


def test_what_is_published_is_reopened_and_not_begun_twice(claim: Claim, ada: User, ivo: User) -> None:
    row = casework.mark_published(signed(claim, ada, ivo), person=ivo)
    assert refused(casework.take_up, claim, person=ada, question="Again?") == "published"
    row = casework.reopen(row, person=ada, reason="A reader wrote.")
    assert (row.state, row.rating, row.round) == ("reopened", None, 2)


def test_words_are_asked_for_where_they_are_needed(claim: Claim, ada: User) -> None:
    assert refused(casework.take_up, claim, person=ada, question=" \x00") == "no_question"
    assert refused(casework.take_up, claim, person=ada, question="x" * 501) == "too_long"
    assert refused(casework.take_up, claim, person=ada, question="Is it?", harm=9) == "harm"
    row = begun(claim, ada)
    verdict = casework.give_verdict
    assert refused(casework.drop, row, person=ada, reason=" ") == "no_reason"
    assert refused(casework.comment, row, person=ada, reason="") == "no_reason"
    assert refused(verdict, row, person=ada, rating=accurate(), reasoning="") == "no_reason"
    assert refused(casework.ask, row, person=ada, whom="", asked="How many?") == "no_whom"
    assert refused(casework.ask, row, person=ada, whom="Ministry", asked="") == "no_question"
    assert refused(casework.edit, row, person=ada, changes={"question": ""}) == "no_question"


def test_steps_out_of_turn_are_refused(claim: Claim, ada: User, ivo: User) -> None:
    row = casework.take_up(claim, person=ada, question="How many?")
    for call in (
        lambda: casework.begin(row, person=ada),
        lambda: casework.sign_off(row, person=ivo),
        lambda: casework.mark_published(row, person=ivo),
        lambda: casework.ask(row, person=ada, whom="Ministry", asked="How many?"),
        lambda: casework.give_verdict(row, person=ada, rating=accurate(), reasoning="So."),
        lambda: casework.reopen(row, person=ada, reason="So."),
        lambda: casework.go_on(row, person=ada, reason="So."),
    ):
        assert refused(call) == "not_now"
    assert row.events.count() == 1


def test_every_state_can_be_left_and_reached() -> None:
    assert set(TRANSITIONS) == set(FactCheck.State.values)
    reached = {state for nexts in TRANSITIONS.values() for state in nexts}
    assert reached == set(FactCheck.State.values) - {"new"}


def test_a_fact_check_in_somebodys_hands_is_taken_over_not_begun(claim: Claim, ada: User, ivo: User) -> None:
    row = casework.take_up(claim, person=ada, question="How many?")
    casework.assign(row, ada, person=ivo)
    assert refused(casework.begin, row, person=ivo) == "not_yours"
    casework.assign(row, ivo, person=ivo)
    assert casework.begin(row, person=ivo).state == "in_check"


# -- two people at once ------------------------------------------------------------------------------------


def test_who_saw_an_older_version_is_told_and_changes_nothing(claim: Claim, ada: User, ivo: User) -> None:
    row = begun(claim, ada)
    seen = row.version
    casework.comment(row, person=ivo, reason="I know somebody there.")
    assert refused(casework.drop, row, person=ada, reason="Too small.", seen=seen) == "stale"
    assert state(row) == "in_check"
    assert casework.drop(row, person=ada, reason="Too small.", seen=seen + 1).state == "dropped"


def test_two_edits_of_one_text_do_not_overwrite_each_other(claim: Claim, ada: User, ivo: User) -> None:
    row = begun(claim, ada)
    casework.edit(row, person=ivo, changes={"meaning": "On order."}, was={"meaning": ""})
    late = {"changes": {"meaning": "Delivered."}, "was": {"meaning": ""}}
    assert refused(casework.edit, row, person=ada, **late) == "stale"
    row = casework.edit(row, person=ada, changes={"question": "Twelve?"}, was={"question": row.question})
    assert (row.meaning, row.question) == ("On order.", "Twelve?")
    assert "On order." in reasons(row, "edit")


def test_events_and_verdicts_cannot_be_altered(claim: Claim, ada: User, ivo: User) -> None:
    row = reviewed(claim, ada, ivo)
    for each in (row.events.first(), row.verdicts.get()):
        with pytest.raises(Error, match="append-only"), transaction.atomic():
            each.save()
        with pytest.raises(Error, match="append-only"), transaction.atomic():
            each.delete()


# -- sources and origins -----------------------------------------------------------------------------------


def test_sources_of_one_origin_count_once_and_off_the_record_never(claim: Claim, ada: User) -> None:
    row = begun(claim, ada)

    def add(**fields: Any) -> Source:
        return casework.add_source(row, person=ada, use="primary", **{"title": "Paper", **fields})

    add(origin="Ministry of Defence")
    add(origin="ministry of defence ")
    assert sources.independent_origins(row) == 1
    add(origin="An official", on_record=False)
    assert sources.independent_origins(row) == 1
    assert [each.origin for each in row.sources.on_page()] == ["Ministry of Defence", "ministry of defence"]
    auditors = add(origin="Court of Auditors")
    assert sources.independent_origins(row) == 2
    casework.remove_source(auditors, person=ada)
    assert sources.independent_origins(row) == 1
    casework.restore_source(auditors, person=ada)
    assert sources.independent_origins(row) == 2
    casework.change_source(auditors, person=ada, on_record=False)
    assert sources.independent_origins(row) == 1


def test_articles_that_are_copies_share_one_origin(claim: Claim, ada: User, take_in: TakeIn) -> None:
    articles = []
    for outlet in ("Northern Courier", "Evening Mail", "The Strait"):
        document = take_in(f"{outlet} counts 12 radars in the budget.", outlet=outlet)
        assert document.revision is not None
        articles.append(document.revision.article)
    Article.objects.filter(pk__in=[each.pk for each in articles[:2]]).update(origin=Origin.objects.create())
    row = begun(claim, ada)
    for article in articles:
        article.refresh_from_db()
        casework.add_source(row, person=ada, use="secondary", article=article)
    assert sources.independent_origins(row) == 2
    casework.change_source(row.sources.last(), person=ada, origin="Evening Mail")
    assert sources.independent_origins(row) == 2
    casework.change_source(row.sources.first(), person=ada, origin="The minister")
    casework.change_source(row.sources.last(), person=ada, origin="the minister")
    assert sources.independent_origins(row) == 1


def test_the_article_under_check_is_no_evidence_for_itself(claim: Claim, ada: User) -> None:
    row = begun(claim, ada)
    itself = casework.add_source(row, person=ada, use="primary", article=claim.revision.article)
    assert sources.independent_origins(row) == 0
    casework.remove_source(itself, person=ada)
    casework.add_source(row, person=ada, use="primary", url=PAGE)
    assert sources.independent_origins(row) == 0


def test_sources_name_themselves_as_far_as_they_can(claim: Claim, ada: User) -> None:
    row = begun(claim, ada)
    paper = references.add(
        kind="event", authority="Ministry", title="Order", starts_on="2021-03-01", edition="2"
    )
    by_reference = casework.add_source(row, person=ada, use="primary", reference=paper)
    assert (by_reference.title, by_reference.origin) == ("Order, 2", "Ministry")
    by_address = casework.add_source(row, person=ada, use="primary", url="https://audit.example/a")
    assert (by_address.title, by_address.origin) == ("https://audit.example/a", "audit.example")
    add = casework.add_source
    assert refused(add, row, person=ada, use="primary", reference=paper) == "there_already"
    assert refused(add, row, person=ada, use="primary", url="https://audit.example/a") == "there_already"
    assert refused(add, row, person=ada, use="primary", url="javascript:alert(1)") == "url"
    assert refused(add, row, person=ada, use="primary", title="A talk") == "no_origin"
    assert refused(add, row, person=ada, use="tertiary", title="A talk", origin="A") == "use"


# -- correspondence ----------------------------------------------------------------------------------------


def test_the_work_waits_until_nobody_is_awaited(claim: Claim, ada: User) -> None:
    row = begun(claim, ada)
    first = casework.ask(row, person=ada, whom="Ministry", asked="How many?")
    second = casework.ask(row, person=ada, whom="Harbour Post", asked="From whom is it?")
    casework.record_reply(first, person=ada, reply="Twelve.")
    assert state(row) == "awaiting_reply"
    casework.record_reply(second, person=ada, declined=True)
    assert state(row) == "in_check"
    assert refused(casework.record_reply, second, person=ada) == "no_reply"
    stale = {"reply": "Thirteen.", "was": ""}
    assert refused(casework.record_reply, first, person=ada, **stale) == "stale"
    casework.record_reply(first, person=ada, reply="Twelve, by May.", was="Twelve.")
    assert reasons(row, "reply") == ["Twelve.", "", "Twelve, by May."]


def test_a_late_reply_is_overdue_and_the_work_can_go_on_without(claim: Claim, ada: User) -> None:
    row = begun(claim, ada)
    yesterday = timezone.now() - timedelta(days=1)
    casework.ask(
        row,
        person=ada,
        whom="Ministry",
        asked="How many?",
        asked_at=yesterday - timedelta(days=1),
        deadline=yesterday,
    )
    assert list(FactCheck.objects.overdue()) == [row]
    ask = {"whom": "B", "asked": "C", "deadline": yesterday}
    assert refused(casework.ask, row, person=ada, **ask) == "deadline"
    assert refused(casework.go_on, row, person=ada, reason="") == "no_reason"
    assert casework.go_on(row, person=ada, reason="No answer in two days.").state == "in_check"


# -- verdicts and sign-off ---------------------------------------------------------------------------------


def test_what_is_missing_is_said_in_words(claim: Claim, ada: User, ivo: User) -> None:
    row = begun(claim, ada)
    missing = casework.ready(row)
    assert len(missing) == 4
    assert any("two independent origins" in each for each in missing)
    casework.edit(row, person=ada, changes={"few_origins_reason": "Only the ministry can know."})
    casework.edit(row, person=ada, changes={"conclusion": "It is twelve."})
    casework.give_verdict(row, person=ada, rating=accurate(), reasoning="So.")
    row = casework.request_second_review(row, person=ada)
    assert casework.ready(row) == []
    row = casework.edit(row, person=ada, changes={"few_origins_reason": "", "conclusion": ""})
    assert refused(casework.sign_off, row, person=ivo) == "not_ready"


def test_nobody_signs_off_their_own(claim: Claim, ada: User, ivo: User, mara: User) -> None:
    row = reviewed(claim, ada, ivo)
    User.objects.filter(pk=ada.pk).update(is_staff=True, is_superuser=True)
    ada.refresh_from_db()
    assert refused(casework.sign_off, row, person=ada) == "own"
    row = casework.edit(row, person=ivo, changes={"conclusion": "The order says 12."})
    assert refused(casework.sign_off, row, person=ivo) == "own"
    assert casework.sign_off(row, person=mara).state == "signed_off"


def test_who_handed_the_work_over_still_does_not_sign_their_first_verdict(
    claim: Claim, ada: User, ivo: User, mara: User
) -> None:
    row = documented(claim, ada)
    casework.give_verdict(row, person=ada, rating=accurate(), reasoning="So.")
    casework.assign(row, ivo, person=ada)
    row = casework.request_second_review(row, person=ivo, reviewer=mara)
    assert refused(casework.sign_off, row, person=ada) == "own"
    assert refused(casework.sign_off, row, person=ivo) == "own"
    assert casework.sign_off(row, person=mara).state == "signed_off"


def test_a_second_verdict_is_another_persons(claim: Claim, ada: User, ivo: User, mara: User) -> None:
    row = documented(claim, ada)
    ask = casework.request_second_review
    assert refused(ask, row, person=ada, reviewer=ivo) == "no_verdict"
    casework.give_verdict(row, person=ada, rating=accurate(), reasoning="So.")
    assert refused(ask, row, person=ada, reviewer=ada) == "own"
    row = ask(row, person=ada, reviewer=ivo)
    verdict = {"rating": misleading(), "reasoning": "No."}
    assert refused(casework.give_verdict, row, person=ada, **verdict) == "given"
    assert refused(casework.give_verdict, row, person=mara, **verdict) == "not_asked"
    assert list(FactCheck.objects.awaiting_review_by(ivo)) == [row]
    assert not FactCheck.objects.awaiting_review_by(mara)
    assert not FactCheck.objects.awaiting_review_by(ada)


def test_two_that_differ_are_adjudicated_by_a_third_and_all_stay(
    claim: Claim, ada: User, ivo: User, mara: User
) -> None:
    row = reviewed(claim, ada, ivo, blind=True)
    row = casework.give_verdict(row, person=ivo, rating=misleading(), reasoning="Two are for training.")
    assert row.rating is None
    assert any("adjudication" in each for each in casework.ready(row))
    assert refused(casework.sign_off, row, person=ivo) == "not_ready"
    row = casework.request_second_review(row, person=ivo, reviewer=mara)
    row = casework.give_verdict(row, person=mara, rating=misleading(), reasoning="Ivo is right.")
    assert row.rating == misleading()
    roles = list(row.verdicts.values_list("role", "blind"))
    assert roles == [("first", False), ("second", True), ("adjudication", False)]
    again = {"rating": accurate(), "reasoning": "No."}
    lena = User.objects.create_user("lena")
    FactCheck.objects.filter(pk=row.pk).update(reviewer=None)
    assert refused(casework.give_verdict, row, person=lena, **again) == "enough"
    assert casework.sign_off(row, person=mara).state == "signed_off"


def test_an_adjudicator_alone_in_a_rating_does_not_sign_it(
    claim: Claim, ada: User, ivo: User, mara: User
) -> None:
    row = reviewed(claim, ada, ivo, blind=True)
    casework.give_verdict(row, person=ivo, rating=misleading(), reasoning="No.")
    casework.request_second_review(row, person=ivo, reviewer=mara)
    row = casework.give_verdict(row, person=mara, rating=ratings.named("imprecise"), reasoning="Neither.")
    assert refused(casework.sign_off, row, person=mara) == "own"
    assert casework.sign_off(row, person=ivo).rating.slug == "imprecise"


def test_a_fact_check_that_is_sent_back_gets_another_round(claim: Claim, ada: User, ivo: User) -> None:
    row = reviewed(claim, ada, ivo)
    assert refused(casework.another_round, row, person=ivo, reason=" ") == "no_reason"
    row = casework.another_round(row, person=ivo, reason="The budget is missing.")
    assert (row.state, row.round, row.rating, row.reviewer) == ("in_check", 2, None, None)
    assert refused(casework.another_round, row, person=ada, reason="Mine.") == "not_yours"
    casework.give_verdict(row, person=ada, rating=misleading(), reasoning="Four are for training.")
    row = casework.another_round(row, person=ada, reason="I looked again.")
    casework.give_verdict(row, person=ada, rating=accurate(), reasoning="It is twelve.")
    row = casework.request_second_review(row, person=ada, reviewer=ivo)
    assert (row.round, row.rating, row.verdicts.count()) == (3, accurate(), 3)


def test_a_retired_rating_is_not_given(claim: Claim, ada: User) -> None:
    row = begun(claim, ada)
    boss = User.objects.create_user("boss", is_staff=True)
    gone = ratings.retire(misleading(), by=boss)
    verdict = {"rating": gone, "reasoning": "So."}
    assert refused(casework.give_verdict, row, person=ada, **verdict) == "rating"


def test_nothing_is_changed_after_sign_off_but_by_reopening(claim: Claim, ada: User, ivo: User) -> None:
    row = signed(claim, ada, ivo)
    source = row.sources.first()
    for call in (
        lambda: casework.edit(row, person=ada, changes={"conclusion": "Thirteen."}),
        lambda: casework.add_source(row, person=ada, use="primary", title="B", origin="C"),
        lambda: casework.remove_source(source, person=ada),
        lambda: casework.change_source(source, person=ada, on_record=False),
    ):
        assert refused(call) == "closed"
    casework.comment(row, person=ada, reason="Thank you.")
    assert casework.reopen(row, person=ada, reason="A new paper.").state == "reopened"


# -- blind -------------------------------------------------------------------------------------------------


def test_until_the_second_verdict_is_in_the_first_is_its_givers_alone(
    claim: Claim, ada: User, ivo: User, mara: User
) -> None:
    row = documented(claim, ada)
    casework.give_verdict(row, person=ada, rating=misleading(), reasoning="Zanzibar is not the coast.")
    casework.edit(row, person=ada, changes={"conclusion": "Misleading, for Zanzibar."})
    casework.comment(row, person=ada, reason="Zanzibar settles it.")
    row = casework.request_second_review(row, person=ada, reviewer=ivo, blind=True, reason="Please look.")
    boss = User.objects.create_user("boss", is_staff=True, is_superuser=True)
    for person in (ivo, mara, boss):
        seen = blinding.sight(row, person)
        assert (seen.verdicts, seen.conclusion, seen.hidden) == ((), False, 1)
        told = " ".join(f"{event.before} {event.after} {event.reason}" for event in seen.events)
        assert "Zanzibar" not in told
        assert "isleading" not in told
        assert "Please look." in told
    assert row.rating is None
    assert "isleading" not in " ".join(casework.ready(row))
    assert len(blinding.sight(row, ada).verdicts) == 1
    assert refused(casework.edit, row, person=ivo, changes={"conclusion": "Accurate."}) == "blind"
    row = casework.give_verdict(row, person=ivo, rating=misleading(), reasoning="No coast there.")
    assert row.rating == misleading()
    for person in (ada, ivo, mara, boss):
        seen = blinding.sight(row, person)
        assert (len(seen.verdicts), seen.conclusion, seen.hidden) == (2, True, 0)
        assert "Zanzibar settles it." in [event.reason for event in seen.events]
    assert row.verdicts.get(person=ivo).blind


def test_blind_is_not_lifted_and_not_claimed_too_late(claim: Claim, ada: User, ivo: User, mara: User) -> None:
    row = documented(claim, ada, blind=True)
    casework.give_verdict(row, person=ada, rating=accurate(), reasoning="So.")
    row = casework.request_second_review(row, person=ada, reviewer=ivo, blind=False)
    assert blinding.sight(row, ivo).hidden == 1
    assert any("second verdict" in each for each in casework.ready(row))
    assert refused(casework.sign_off, row, person=ivo) == "not_ready"
    casework.drop(row, person=ada, reason="Done elsewhere.")
    other = documented(claim, ada)
    casework.give_verdict(other, person=ada, rating=accurate(), reasoning="So.")
    casework.request_second_review(other, person=ada, reviewer=ivo)
    casework.undo(other, person=ada)
    late = {"reviewer": mara, "blind": True}
    assert refused(casework.request_second_review, other, person=ada, **late) == "seen"


def test_a_round_that_was_broken_off_stays_hidden_until_the_next_is_settled(
    claim: Claim, ada: User, ivo: User
) -> None:
    row = reviewed(claim, ada, ivo, blind=True)
    row = casework.another_round(row, person=ivo, reason="A source is missing.")
    assert blinding.sight(row, ivo).verdicts == ()
    casework.give_verdict(row, person=ada, rating=misleading(), reasoning="Other.")
    row = casework.request_second_review(row, person=ada, reviewer=ivo)
    assert blinding.sight(row, ivo).verdicts == ()
    row = casework.give_verdict(row, person=ivo, rating=misleading(), reasoning="Yes.")
    assert len(blinding.sight(row, ivo).verdicts) == 3


# -- undo --------------------------------------------------------------------------------------------------


def test_ones_own_last_step_can_be_taken_back(claim: Claim, ada: User, ivo: User) -> None:
    row = casework.take_up(claim, person=ada, question="How many?")
    casework.triage(row, person=ada)
    assert refused(casework.undo, row, person=ivo) == "not_undoable"
    assert casework.undo(row, person=ada).state == "new"
    casework.triage(row, person=ada)
    casework.assign(row, ivo, person=ada)
    row = casework.undo(row, person=ada)
    assert (row.state, row.assignee) == ("triaged", None)
    casework.assign(row, ada, person=ada)
    casework.begin(row, person=ada)
    casework.drop(row, person=ada, reason="A slip.")
    assert casework.undo(row, person=ada).state == "in_check"
    assert refused(casework.undo, row, person=ada) == "not_undoable"


def test_a_sign_off_can_be_taken_back_before_it_is_published_and_a_verdict_never(
    claim: Claim, ada: User, ivo: User
) -> None:
    row = signed(claim, ada, ivo)
    row = casework.undo(row, person=ivo)
    assert (row.state, row.rating) == ("second_review", accurate())
    casework.give_verdict(row, person=ivo, rating=accurate(), reasoning="So.")
    assert refused(casework.undo, row, person=ivo) == "not_undoable"
    row = casework.mark_published(casework.sign_off(row, person=ivo), person=ivo)
    assert refused(casework.undo, row, person=ivo) == "not_undoable"


# -- reopened by what it rests on --------------------------------------------------------------------------


def test_a_changed_sentence_reopens_and_says_what_changed(
    claim: Claim, ada: User, ivo: User, take_in: TakeIn
) -> None:
    row = casework.mark_published(signed(claim, ada, ivo), person=ivo)
    take_in(CHANGED, outlet="Harbour Post", url=PAGE)
    row.refresh_from_db()
    assert (row.state, row.rating, row.round, row.claim) == ("reopened", None, 2, claim)
    last = row.events.last()
    assert last.person is None
    assert last.reason == (
        f"Harbour Post changed the sentence this rests on: “{FLAT}” → “{CHANGED}”. "
        "The public page stays up with its edition until the next one."
    )


def test_an_unchanged_sentence_takes_the_fact_check_along(
    claim: Claim, ada: User, ivo: User, take_in: TakeIn
) -> None:
    row = signed(claim, ada, ivo)
    take_in("The weather was fine.", FLAT, outlet="Harbour Post", url=PAGE)
    row.refresh_from_db()
    assert row.state == "signed_off"
    assert row.claim != claim
    assert row.claim.revision.is_current
    assert row.claim.quote == "12 radars"
    assert "unchanged" in row.events.last().reason


def test_work_that_nobody_has_judged_by_is_told_and_goes_on(claim: Claim, ada: User, take_in: TakeIn) -> None:
    row = begun(claim, ada)
    take_in(CHANGED, outlet="Harbour Post", url=PAGE)
    assert state(row) == "in_check"
    assert reasons(row, "changed") == [
        f"Harbour Post changed the sentence this rests on: “{FLAT}” → “{CHANGED}”."
    ]


def test_the_same_change_reopens_once_and_another_time_when_it_comes_again(
    claim: Claim, ada: User, ivo: User, take_in: TakeIn
) -> None:
    from claims.services import reopening

    row = signed(claim, ada, ivo)
    changed = take_in(CHANGED, outlet="Harbour Post", url=PAGE).revision
    assert changed is not None
    with transaction.atomic():
        assert reopening.after_revision(changed) == []
    assert reasons(row, "changed") != []
    FactCheck.objects.filter(pk=row.pk).update(state="signed_off", rating=accurate())
    take_in(FLAT + " ", outlet="Harbour Post", url=PAGE)
    with transaction.atomic():
        first = claim.revision
        first.refresh_from_db()
        reopening.after_revision(first)
    assert state(row) == "signed_off"
    with transaction.atomic():
        assert reopening.after_revision(changed) == [row]


def test_an_article_used_as_source_reopens_when_its_words_change(
    claim: Claim, ada: User, ivo: User, take_in: TakeIn
) -> None:
    page = "https://courier.example/1"
    said = "The budget names 12 radars."
    article = take_in(said, outlet="Northern Courier", url=page).revision.article  # type: ignore[union-attr]
    row = documented(claim, ada)
    casework.add_source(row, person=ada, use="secondary", article=article, says=said)
    casework.give_verdict(row, person=ada, rating=accurate(), reasoning="So.")
    casework.sign_off(casework.request_second_review(row, person=ada, reviewer=ivo), person=ivo)
    take_in("It rained.", said, outlet="Northern Courier", url=page)
    assert state(row) == "signed_off"
    take_in("It rained.", "The budget names 9 radars.", outlet="Northern Courier", url=page)
    assert state(row) == "reopened"
    assert "Northern Courier changed the sentence this rests on" in row.events.last().reason
    assert "9 radars" in row.events.last().reason


def test_an_article_used_as_a_whole_reopens_when_anything_changes(
    claim: Claim, ada: User, ivo: User, take_in: TakeIn
) -> None:
    page = "https://courier.example/1"
    article = take_in("The budget names 12 radars.", outlet="Northern Courier", url=page).revision.article  # type: ignore[union-attr]
    row = documented(claim, ada)
    source = casework.add_source(row, person=ada, use="secondary", article=article)
    casework.give_verdict(row, person=ada, rating=accurate(), reasoning="So.")
    row = casework.sign_off(casework.request_second_review(row, person=ada, reviewer=ivo), person=ivo)
    casework.reopen(row, person=ada, reason="To take it out.")
    casework.remove_source(source, person=ada)
    take_in("The budget names 9 radars.", outlet="Northern Courier", url=page)
    assert reasons(row, "changed") == []


def test_another_edition_of_a_reference_reopens(claim: Claim, ada: User, ivo: User) -> None:
    fields = {"kind": "event", "authority": "Ministry", "title": "Order", "starts_on": "2021-03-01"}
    paper = references.add(**fields, edition="2021")
    row = documented(claim, ada)
    casework.add_source(row, person=ada, use="primary", reference=paper)
    casework.give_verdict(row, person=ada, rating=accurate(), reasoning="So.")
    casework.sign_off(casework.request_second_review(row, person=ada, reviewer=ivo), person=ivo)
    references.add(**{**fields, "title": "Another order"})
    assert state(row) == "signed_off"
    references.add(**fields, edition="2022")
    assert state(row) == "reopened"
    assert "edition 2022" in row.events.last().reason


def test_a_withdrawn_article_reopens_what_rests_on_it(claim: Claim, ada: User, ivo: User) -> None:
    row = signed(claim, ada, ivo)
    withdrawing.withdraw(claim.revision.article, reviewer=ada, reason="It is satire.")
    assert state(row) == "reopened"
    assert "It is satire." in row.events.last().reason


def test_a_newer_engine_takes_the_fact_check_along(claim: Claim, ada: User, ivo: User) -> None:
    from claims.services import reopening

    row = signed(claim, ada, ivo)
    fields = {f.attname: getattr(claim, f.attname) for f in Claim._meta.fields if f.attname != "id"}
    Claim.objects.filter(pk=claim.pk).update(retired_at=timezone.now())
    wider = {"end": claim.end + 4, "quote": claim.quote + " for"}
    new = Claim.objects.create(**{**fields, **wider})
    with transaction.atomic():
        reopening.after_revision(claim.revision)
    row.refresh_from_db()
    assert (row.state, row.claim) == ("signed_off", new)


def test_no_event_of_the_program_names_a_person(claim: Claim, ada: User, ivo: User, take_in: TakeIn) -> None:
    signed(claim, ada, ivo)
    take_in(CHANGED, outlet="Harbour Post", url=PAGE)
    assert not FactCheckEvent.objects.filter(kind="changed").exclude(person=None).exists()
    assert Verdict.objects.count() == 1
