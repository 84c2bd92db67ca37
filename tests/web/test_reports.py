"""The nightly report as an editor reads it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db.models.functions import Now
from django.test import Client
from django.utils import timezone

from claims.models import Document, Finding, Report
from claims.services import publishing, reporting, reviewing
from claims.web import reported
from tests.web import factories


def today() -> Any:
    return timezone.localdate()


def yesterdays() -> Report:
    """The report of the day before, as if its rows had been written then."""
    made = reporting.make(today() - timedelta(days=1))
    Report.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=1))
    return made


def page(client: Client, report: Report) -> str:
    answer = client.get(f"/reports/{report.pk}/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_first_sentence_says_what_is_new_and_what_waits(client_in: Client, story: dict[str, Any]) -> None:
    html = page(client_in, reporting.make(today()))
    assert "1 new finding" in html
    assert "1 finding waits for a decision." in html


def test_the_two_wordings_stand_under_a_new_finding_with_their_outlets(
    client_in: Client, story: dict[str, Any]
) -> None:
    html = page(client_in, reporting.make(today()))
    worded = html[html.index('class="worded"') : html.index("</ul>", html.index('class="worded"'))]
    assert worded.index("“<bdi>12 radars</bdi>”") < worded.index("“<bdi>as many as 12 radars</bdi>”")
    assert worded.index("Northern Courier") < worded.index("Harbour Post")


def test_outlets_that_say_the_same_are_one_wording() -> None:
    said = [
        {"article_id": 1, "outlet": "Odd", "quote": "31", "published": None},
        {"article_id": 2, "outlet": "First", "quote": "up to 31", "published": None},
        {"article_id": 2, "outlet": "First", "quote": "10 for testing", "published": None},
        {"article_id": 3, "outlet": "Second", "quote": "up to 31", "published": None},
        {"article_id": 3, "outlet": "Second", "quote": "10 for testing", "published": None},
    ]
    told = [(each.quotes, [claim["outlet"] for claim in each.told]) for each in reported.wordings(said)]
    assert told == [(("31",), ["Odd"]), (("up to 31", "10 for testing"), ["First", "Second"])]


def test_what_people_decided_since_is_told_with_their_reason(
    client_in: Client, story: dict[str, Any]
) -> None:
    yesterdays()
    mara = factories.person("mara", "Mara Lind")
    reviewing.decide(story["finding"], reviewer=mara, decision="dismiss", reason="Two orders.")
    html = page(client_in, reporting.make(today()))
    assert "Nothing new since" in html
    assert "<strong>Dismissed</strong> by <bdi>Mara Lind</bdi>: <bdi>Two orders.</bdi>" in html
    assert "1 was decided by people" in html


def test_a_decision_is_told_by_one_report_only(story: dict[str, Any], user: User) -> None:
    reviewing.decide(story["finding"], reviewer=user, decision="dismiss", reason="Two orders.")
    before = reporting.content(yesterdays())
    assert [each["state"] for each in before["new_findings"]] == ["dismissed"]
    assert reporting.content(reporting.make(today()))["decided"] == []


def test_what_is_resolved_is_told_apart_from_what_was_decided(
    client_in: Client, story: dict[str, Any]
) -> None:
    yesterdays()
    Finding.objects.update(resolved_at=Now())
    report = reporting.make(today())
    assert 'id="resolved"' in page(client_in, report)
    assert reporting.content(report)["decided"] == []


def test_published_and_withdrawn_fact_checks_are_told_once_with_what_came_last(
    client_in: Client, story: dict[str, Any], user: User
) -> None:
    yesterdays()
    publication = publishing.publish(factories.signed_off(story), user)
    publishing.withdraw(publication, "Misread.", user)
    report = reporting.make(today())
    assert [each["happened"] for each in reporting.content(report)["fact_checks"]] == ["withdrawn"]
    html = page(client_in, report)
    assert "Will the ministry buy twelve radars?" in html
    assert "<strong>Withdrawn</strong>: <bdi>Misread.</bdi>" in html


def test_what_an_earlier_report_told_of_fact_checks_is_not_told_again(
    story: dict[str, Any], user: User
) -> None:
    publishing.publish(factories.signed_off(story), user)
    before = reporting.make(today() - timedelta(days=1))
    assert len(reporting.content(before)["fact_checks"]) == 1
    assert reporting.content(reporting.make(today()))["fact_checks"] == []


def test_documents_that_failed_are_named(client_in: Client) -> None:
    factories.document(state=Document.State.QUARANTINED, name="scan.pdf", error_code="unreadable")
    html = page(client_in, reporting.make(today()))
    assert "1 document could not be read" in html
    assert "scan.pdf" in html


def test_one_goes_to_the_report_before_and_after(client_in: Client, db: None) -> None:
    before, last = yesterdays(), reporting.make(today())
    assert f'rel="prev" href="/reports/{before.pk}/"' in page(client_in, last)
    assert f'rel="next" href="/reports/{last.pk}/"' in page(client_in, before)


def test_a_report_frozen_before_there_were_decisions_in_it_is_still_read(client_in: Client) -> None:
    old = Report.objects.create(
        day="2024-03-08",
        payload='{"new_findings":[],"open_findings":[],"resolved":[],"failed_documents":[],"since":null,'
        '"generated_from":{"open_findings":0},"articles":0,"outlets":0,"claims":0,"groups":0,"origins":0}',
        payload_hash="0",
    )
    assert "No finding yet. Nothing waits for a decision." in page(client_in, old)


def test_the_list_says_how_much_each_report_holds(client_in: Client, story: dict[str, Any]) -> None:
    yesterdays()
    reporting.make(today())
    html = " ".join(client_in.get("/reports/").content.decode().split())
    assert "<strong>1</strong> new" in html
    assert "nothing new" in html
    assert html.count("1 waiting") == 2


@pytest.mark.django_db
def test_without_a_report_the_list_says_when_the_first_comes(client_in: Client) -> None:
    assert "The first is made tonight" in client_in.get("/reports/").content.decode()
