from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from claims.engine import records
from claims.models import Claim, ClaimGroup, Document, Finding, Outlet, Revision
from claims.services import counting, ingestion, pipeline

PAGES = {
    "The Fjord": "Norway will deploy as many as 40 tanks in the north.",
    "The Strait": "Norway will deploy 40 tanks in the north.",
    "The Sound": "Norway will deploy 40 tanks in the north, it was said on Monday.",
}


@pytest.fixture
def told(db: None) -> None:
    for outlet, words in PAGES.items():
        text = f"{words}\n\nThe {outlet} asked the ministry, and {outlet} was told by its spokesman to wait."
        given = records.Document(
            raw=text.encode(), outlet=outlet, title=f"{outlet} on tanks", published=date(2021, 5, 3)
        )
        pipeline.run(ingestion.accept(given, source="file").document.pk)


def test_a_group_counts_claims_articles_outlets_and_open_findings(told: None) -> None:
    group = ClaimGroup.objects.for_list().filter(kind="count").get()
    assert (group.claim_count, group.article_count, group.outlet_count) == (3, 3, 3)
    assert group.finding_count == Finding.objects.open().filter(group=group).count() > 0


def test_retired_claims_and_old_revisions_do_not_count(told: None) -> None:
    one, two, _ = Claim.objects.filter(kind="count").order_by("pk")
    Claim.objects.filter(pk=one.pk).update(retired_at="2021-05-04T00:00Z")
    Revision.objects.filter(pk=two.revision_id).update(is_current=False)
    counting.refresh([row.pk for row in ClaimGroup.objects.all()])
    group = ClaimGroup.objects.with_counts().get(kind="count")
    assert (group.claim_count, group.outlet_count) == (1, 1)


def test_empty_and_merged_groups_are_not_listed(told: None) -> None:
    kept = ClaimGroup.objects.get(kind="count")
    ClaimGroup.objects.create(label="empty", kind="count")
    ClaimGroup.objects.create(label="merged", kind="count", merged_into=kept)
    assert list(ClaimGroup.objects.for_list().filter(kind="count")) == [kept]


def test_revisions_count_their_claims_and_open_findings(told: None) -> None:
    rows = {row.outlet: row for row in Revision.objects.for_list()}
    assert set(rows) == set(PAGES)
    assert all(row.claim_count >= 1 for row in rows.values())
    assert rows["The Strait"].finding_count >= 1


def test_outlets_count_articles_and_claims(told: None) -> None:
    row = Outlet.objects.with_counts().get(name="The Fjord")
    assert (row.article_count, row.claim_count >= 1) == (1, True)


def test_the_worst_findings_come_first(told: None) -> None:
    finding = Finding.objects.first()
    assert finding is not None
    for number, severity in enumerate(["info", "high", "low", "medium"]):
        Finding.objects.create(
            fingerprint=str(number), check_id="c", severity=severity, summary="s", group=finding.group,
            engine_version="1",
        )  # fmt: skip
    found = [row.severity for row in Finding.objects.filter(check_id="c").worst_first()]
    assert found == ["high", "medium", "low", "info"]


@pytest.mark.parametrize(
    ("queries", "read"),
    [
        (1, lambda: [(r.outlet, r.article.origin, r.claim_count) for r in Revision.objects.for_list()]),
        (1, lambda: [(c.revision.outlet, c.group, c.part_of) for c in Claim.objects.for_list()]),
        (1, lambda: [(g.label, g.origin_count) for g in ClaimGroup.objects.for_list()]),
        (4, lambda: [
            (f.group, f.state, [c.revision.outlet for c in f.shown_claims],
             [a.outlet.name for a in f.shown_articles])
            for f in Finding.objects.for_list()
        ]),
        (5, lambda: [
            (f.last_review_id, [r.reviewer for r in f.reviews.all()]) for f in Finding.objects.for_page()
        ]),
        (1, lambda: [(d.state, d.revision and d.revision.outlet) for d in Document.objects.recent()]),
        (2, lambda: [(r.body, [c.group for c in r.claims.all()]) for r in Revision.objects.for_page()]),
    ],
)  # fmt: skip
def test_a_list_costs_the_same_few_queries_however_long(
    told: None, django_assert_max_num_queries: Any, queries: int, read: Callable[[], list[object]]
) -> None:
    with django_assert_max_num_queries(queries):
        assert read()
