"""What must not matter: the order articles come in, a run more, two workers at once.

Everything is compared by what it is (outlet, address, place in the text), never by ids.
"""

from __future__ import annotations

import random
import threading
from collections import defaultdict
from collections.abc import Iterable

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from benchmarks.stories import stories
from claims.engine import records
from claims.models import Article, Claim, ClaimGroup, ClaimLink, Document, Finding
from claims.services import (
    checking,
    extraction,
    grouping,
    ingestion,
    linking,
    pipeline,
    regrouping,
    withdrawing,
)
from claims.services import links as links_service
from claims.services.isolation import in_process
from claims.services.links import names

from .conftest import story

ARTICLES = 14
TABLES = ("claim", "claimgroup", "claimlink", "finding", "findingclaim", "article", "origin", "originlink")

Groups = set[frozenset[str]]
Findings = set[tuple[str, str, str, frozenset[str], tuple[str, ...]]]


def take_in(told: Iterable[records.Document]) -> list[Document]:
    rows = [ingestion.accept(each, source="file").document for each in told]
    for row in rows:
        assert pipeline.run(row.pk) == "checked"
    return rows


def groups() -> Groups:
    told = names(Claim.objects.standing().values_list("pk", flat=True))
    found: dict[object, set[str]] = defaultdict(set)
    for pk, group in Claim.objects.standing().values_list("pk", "group"):
        found[group].add(told[pk])
    return {frozenset(each) for each in found.values()}


def findings() -> Findings:
    """The standing findings, each with the claims of its group and those it shows."""
    told = names(Claim.objects.values_list("pk", flat=True))
    members: dict[object, set[str]] = defaultdict(set)
    for pk, group in Claim.objects.standing().values_list("pk", "group"):
        members[group].add(told[pk])
    return {
        (
            row.check_id,
            row.severity,
            row.summary,
            frozenset(members[row.group_id] if row.group_id else ()),
            tuple(told[claim.pk] for claim in row.shown_claims),
        )
        for row in Finding.objects.standing().for_list()
    }


def links() -> set[tuple[frozenset[str], float]]:
    told = names(Claim.objects.values_list("pk", flat=True))
    rows = ClaimLink.objects.values_list("first", "second", "score")
    return {(frozenset((told[a], told[b])), score) for a, b, score in rows}


def versions() -> dict[str, list[tuple[object, str]]]:
    """Id and version of every row that linking and checking write."""
    found = {}
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT id, xmin::text FROM claims_{table} ORDER BY id")
            found[table] = cursor.fetchall()
    return found


def once_more(document: Document) -> None:
    """The steps after reading, as a re-run does them."""
    document.refresh_from_db()
    extraction.store(document, extraction.prepare(document, in_process), in_process)
    document.touched = linking.store(document, None, in_process)["touched"]
    checking.store(document, None, in_process)


@pytest.mark.parametrize("seed", [1, 2])
def test_shuffled_articles_give_the_same_links_groups_and_findings(db: None, seed: int) -> None:
    told = stories(ARTICLES, seed=seed)
    nothing = transaction.savepoint()
    take_in(told)
    wanted = links(), groups(), findings()
    assert any(len(each) > 1 for each in wanted[1])
    assert wanted[2]
    chance = random.Random(seed)
    for _ in range(2):
        transaction.savepoint_rollback(nothing)
        nothing = transaction.savepoint()
        chance.shuffle(told)
        take_in(told)
        assert (links(), groups(), findings()) == wanted


def test_running_again_changes_no_row(db: None) -> None:
    rows = take_in(stories(ARTICLES, seed=3))
    before = versions()
    assert all(before[table] for table in ("claim", "claimgroup", "claimlink", "finding"))
    random.Random(3).shuffle(rows)
    for row in rows:
        once_more(row)
    assert versions() == before


def test_a_withdrawn_article_leaves_what_would_be_without_it(db: None, user: User) -> None:
    told = stories(ARTICLES, seed=4)
    nothing = transaction.savepoint()
    take_in(told[:5] + told[6:])
    wanted = links(), groups(), findings()
    transaction.savepoint_rollback(nothing)
    rows = take_in(told)
    rows[5].refresh_from_db()
    article = Article.objects.get(revisions=rows[5].revision)
    everything = links(), groups(), findings()
    assert everything != wanted
    withdrawing.withdraw(article, reviewer=user, reason="A test.")
    pipeline.run(rows[5].pk)
    assert (links(), groups(), findings()) == wanted
    withdrawing.restore(article, reviewer=user)
    pipeline.run(rows[5].pk)
    assert (links(), groups(), findings()) == everything


def same_question(number: int) -> list[records.Document]:
    """Articles of as many outlets on one question, in three answers."""
    return [
        story(f"Norway will deploy {40 + i % 3} tanks in the north, officials said.", outlet=f"Outlet {i}")
        for i in range(number)
    ]


def test_links_that_are_not_kept_are_the_same_in_every_order(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(links_service, "KEPT", 2)
    monkeypatch.setattr(grouping, "KEPT", 2)
    told = same_question(12)
    nothing = transaction.savepoint()
    take_in(told)
    wanted = links(), groups(), findings()
    assert len(wanted[0]) < 12 * 11 / 2
    assert len(max(wanted[1], key=len)) == 12
    before = versions()["claimlink"]
    for row in Document.objects.all():
        once_more(row)
    assert versions()["claimlink"] == before
    transaction.savepoint_rollback(nothing)
    random.Random(5).shuffle(told)
    take_in(told)
    assert (links(), groups(), findings()) == wanted


def test_a_crowded_neighbourhood_keeps_its_groups_and_takes_new_claims_in(
    db: None, user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(grouping, "NEIGHBOURHOOD", 3)
    monkeypatch.setattr(grouping, "_SAMPLE", 4)
    rows = take_in(same_question(12))
    count = [group for group in groups() if len(group) > 1]
    assert [len(group) for group in count] == [12]
    before = versions()
    for row in rows:
        once_more(row)
    assert versions() == before
    claim = Claim.objects.standing().filter(kind="count").order_by("pk").first()
    decision = regrouping.split(claim.group, [claim.pk], reviewer=user)
    assert sorted(len(group) for group in groups())[-2:] == [1, 11]
    once_more(rows[3])
    assert sorted(len(group) for group in groups())[-2:] == [1, 11]
    regrouping.undo(decision, reviewer=user)
    assert max(len(group) for group in groups()) == 12


def test_a_crowded_group_whose_halves_no_link_joins_is_grouped_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(same_question(12))
    monkeypatch.setattr(grouping, "NEIGHBOURHOOD", 3)
    claims = list(Claim.objects.standing().filter(kind="count").order_by("pk").values_list("pk", flat=True))
    one, other = claims[: len(claims) // 2], claims[len(claims) // 2 :]
    ClaimLink.objects.filter(first__in=one, second__in=other).delete()
    before = groups()
    grouping.settle({one[0]}, in_process)
    assert groups() == before


def test_workers_at_once_make_what_one_makes(transactional_db: None) -> None:
    told = stories(ARTICLES, seed=5)
    take_in(told)
    wanted = links(), groups(), findings()
    _empty()
    rows = [ingestion.accept(each, source="file").document.pk for each in told]
    failed = _at_once([lambda mine=rows[i::4]: [pipeline.run(pk) for pk in mine] for i in range(4)])
    assert failed == []
    assert set(Document.objects.values_list("state", flat=True)) == {"checked"}
    assert (links(), groups(), findings()) == wanted


def test_people_and_workers_at_once_lose_nothing(transactional_db: None, user: User) -> None:
    """Claims are split off and the decisions undone while articles on the same questions come in."""
    told = stories(ARTICLES, seed=6)
    take_in(told)
    wanted = groups()
    _empty()
    take_in(told[:8])
    rows = [ingestion.accept(each, source="file").document.pk for each in told[8:]]

    def decide() -> None:
        for _ in range(6):
            group = ClaimGroup.objects.for_list().filter(claim_count__gt=1).first()
            assert group is not None
            claim = Claim.objects.standing().filter(group=group).order_by("pk").first()
            assert claim is not None
            try:
                decision = regrouping.split(group, [claim.pk], reviewer=user)
            except regrouping.Refused:  # it was regrouped in between
                continue
            regrouping.undo(decision, reviewer=user)

    assert _at_once([lambda: [pipeline.run(pk) for pk in rows], decide]) == []
    for pk in rows:
        assert pipeline.run(pk) == "checked"
    assert not Claim.objects.filter(pinned_group__isnull=False).exists()
    assert groups() == wanted


def _at_once(jobs: list) -> list[BaseException]:
    gate, failed = threading.Barrier(len(jobs)), []

    def work(job) -> None:
        gate.wait()
        try:
            job()
        except BaseException as error:
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failed


def _empty() -> None:
    with connection.cursor() as cursor:
        tables = ", ".join(f"claims_{table}" for table in ("document", "article", "claimgroup", "origin"))
        cursor.execute(f"TRUNCATE {tables} CASCADE")


def test_linking_an_article_costs_the_same_few_queries_in_a_larger_store(db: None) -> None:
    def queries(told: list[records.Document]) -> int:
        *before, last = told
        take_in(before)
        row = ingestion.accept(last, source="file").document
        for _ in range(2):
            pipeline.advance(row.pk)
        row.refresh_from_db()
        with CaptureQueriesContext(connection) as seen:
            linking.link_article(row.revision, in_process)
        return len(seen)

    few = queries(same_question(4))
    assert queries(same_question(12)[4:]) <= few <= 34
