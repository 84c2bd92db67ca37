from __future__ import annotations

from dataclasses import replace

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction

from claims.engine import checks as engine
from claims.engine import records
from claims.engine.records import Severity
from claims.models import Article, Claim, ClaimGroup, Finding
from claims.services import checking, reviewing
from claims.services.isolation import in_process

from .conftest import TakeIn

PAGE = "https://strait.example/1"
QUALIFIED = "Norway will deploy as many as 40 tanks in the north."
FLAT = "Norway will deploy 40 tanks in the north."


@pytest.fixture
def finding(take_in: TakeIn) -> Finding:
    """The finding of two outlets, one of which dropped "as many as"."""
    take_in(QUALIFIED)
    take_in(FLAT, outlet="The Strait", url=PAGE)
    return Finding.objects.get(check_id="qualifier_dropped")


def versions() -> list[tuple[str, int, str]]:
    rows: list[tuple[str, int, str]] = []
    with connection.cursor() as cursor:
        for table in ("claims_finding", "claims_findingclaim", "claims_finding_articles"):
            cursor.execute(f"SELECT '{table}', id, xmin::text FROM {table} ORDER BY id")
            rows += cursor.fetchall()
    return rows


def check_all() -> None:
    with transaction.atomic():
        groups = list(ClaimGroup.objects.values_list("pk", flat=True))
        origins = list(Finding.objects.filter(origin__isnull=False).values_list("origin", flat=True))
        checking.check(groups, origins, in_process)


def test_a_finding_carries_its_evidence(finding: Finding) -> None:
    shown = Finding.objects.for_list().get(pk=finding.pk)
    assert [claim.quote for claim in shown.shown_claims] == ["40 tanks", "as many as 40 tanks"]
    assert {article.outlet.name for article in shown.shown_articles} == {"The Fjord", "The Strait"}
    assert (shown.state, shown.engine_version != "") == ("open", True)
    assert shown.summary
    assert shown.clears


def test_checking_again_changes_no_row(finding: Finding) -> None:
    before = versions()
    check_all()
    assert versions() == before


def test_a_finding_whose_cause_is_gone_is_resolved_and_returns_as_itself(
    finding: Finding, take_in: TakeIn, user: User
) -> None:
    reviewing.decide(finding, reviewer=user, decision="confirm")
    take_in(QUALIFIED, outlet="The Strait", url=PAGE)  # the page was corrected
    finding.refresh_from_db()
    assert finding.resolved_at is not None
    assert finding.decision == "confirmed"
    changed = finding.last_changed_at
    take_in(FLAT, outlet="The Strait", url=PAGE, title="Plan, once more")  # and corrected back
    finding.refresh_from_db()
    assert finding.resolved_at is None
    assert finding.decision == "confirmed"
    assert finding.last_changed_at == changed


def test_a_decision_outlives_new_evidence(finding: Finding, take_in: TakeIn, user: User) -> None:
    reviewing.decide(finding, reviewer=user, decision="dismiss", reason="The ministry says 40 flat.")
    take_in(QUALIFIED, outlet="The Sound", title="Another voice")
    finding.refresh_from_db()
    assert finding.decision == "dismissed"


def test_a_changed_finding_says_when(finding: Finding, monkeypatch: pytest.MonkeyPatch) -> None:
    real = engine.check_group

    def louder(group: records.Group) -> tuple[records.Finding, ...]:
        return tuple(replace(each, severity=Severity.HIGH) for each in real(group))

    before = finding.last_changed_at
    monkeypatch.setattr(engine, "check_group", louder)
    check_all()
    finding.refresh_from_db()
    assert finding.severity == "high"
    assert finding.last_changed_at > before


def test_the_claims_of_an_older_revision_raise_nothing(finding: Finding, take_in: TakeIn) -> None:
    take_in("Nothing is known about the plan.", outlet="The Strait", url=PAGE)
    finding.refresh_from_db()
    assert finding.resolved_at is not None
    assert Claim.objects.standing().filter(kind="count").count() == 1


def told(history: records.ArticleHistory) -> str:
    before = history.before.body if history.before else "nothing"
    return f"{before.partition('.')[0]} -> {history.article.body.partition('.')[0]}"


@pytest.fixture
def by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """One check over articles, which reports every article that states a figure of 40."""

    def report(history: records.ArticleHistory) -> tuple[records.Finding, ...]:
        forty = [c.key for c in history.claims if "40" in c.claim.quote]
        words = {"before": [c.claim.quote for c in history.claims_before]}
        finding = records.Finding("forty", Severity.LOW, "40", told(history), tuple(forty), evidence=words)
        return (finding,) if forty else ()

    monkeypatch.setattr(engine, "check_article", report)


def test_an_article_is_checked_by_itself_beside_what_it_said_before(by_itself: None, take_in: TakeIn) -> None:
    take_in("Norway will deploy 40 tanks.", url=PAGE)
    row = Finding.objects.over("article").get()
    assert (row.summary, row.over, row.evidence["before"]) == (
        "nothing -> Norway will deploy 40 tanks",
        "article",
        [],
    )
    assert [article.pk for article in row.shown_articles] == [row.article_id]
    take_in("Norway will deploy 40 guns.", url=PAGE)
    row.refresh_from_db()
    assert row.summary == "Norway will deploy 40 tanks -> Norway will deploy 40 guns"
    assert row.evidence["before"] == ["40 tanks"]


def test_a_finding_about_an_article_is_resolved_with_its_cause_and_returns(
    by_itself: None, take_in: TakeIn, user: User
) -> None:
    take_in("Norway will deploy 40 tanks.", url=PAGE)
    row = Finding.objects.over("article").get()
    reviewing.decide(row, reviewer=user, decision="confirm")
    take_in("Norway will deploy no tanks.", url=PAGE)
    row.refresh_from_db()
    assert (row.resolved_at is not None, row.decision) == (True, "confirmed")
    # A page changed back stood as its second revision until now.
    take_in("Norway will deploy 40 tanks.", url=PAGE, title="Plan, once more")
    row.refresh_from_db()
    assert row.resolved_at is None
    assert row.summary == "Norway will deploy no tanks -> Norway will deploy 40 tanks"


def test_a_figure_changed_on_the_page_without_a_note_is_found_until_a_note_says_so(take_in: TakeIn) -> None:
    take_in("Norway will deploy 40 tanks in the north.", url=PAGE)
    take_in("Norway will deploy 30 tanks in the north.", url=PAGE)
    row = Finding.objects.get(check_id="silent_edit")
    assert [claim.quote for claim in Finding.objects.for_list().get(pk=row.pk).shown_claims] == [
        "30 tanks",
        "40 tanks",
    ]
    note = "An earlier version of this article gave another number of tanks."
    take_in("Norway will deploy 30 tanks in the north.", note, url=PAGE)
    row.refresh_from_db()
    assert row.resolved_at is not None


def test_an_article_checked_again_changes_no_row(by_itself: None, take_in: TakeIn) -> None:
    take_in("Norway will deploy 40 tanks.", url=PAGE)
    before = versions()
    with transaction.atomic():
        checking.check([], [], in_process, Article.objects.values_list("pk", flat=True))
    assert versions() == before


def test_a_very_long_subject_is_stored_and_found_again(
    take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wordy(group: records.Group) -> tuple[records.Finding, ...]:
        key = group.members[0].key
        return tuple(
            records.Finding("wordy", Severity.LOW, "s" * 900 + str(i), "A sentence.", claims=(key,))
            for i in range(2)
        )

    monkeypatch.setattr(engine, "check_group", wordy)
    take_in(FLAT)
    number = Finding.objects.count()
    check_all()
    assert Finding.objects.count() == number
    assert number % 2 == 0
