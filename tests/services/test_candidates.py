"""Candidates come from the index: the likeliest, within bounds, whatever came first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from claims.models import Claim, ClaimKey, Document, Revision, StoryKey
from claims.services import candidates, ingestion, linking, pipeline
from claims.services.isolation import in_process
from claims.services.rows import with_article

from .conftest import TakeIn, story

TANKS = "Norway will deploy 40 coastal tanks in Oldport."
LATER = "Norway has deployed 44 coastal tanks in Oldport."


def counted(outlet: str) -> Claim:
    return Claim.objects.get(revision__article__outlet__name=outlet, kind="count", retired_at=None)


def pairs_of(outlet: str) -> list[tuple[int, int]]:
    revision = with_article(Revision.objects).get(article__outlet__name=outlet, is_current=True)
    ids = list(revision.claims.filter(retired_at=None).order_by("pk").values_list("pk", flat=True))
    return candidates.candidate_pairs(revision, ids)


def pair(a: Claim, b: Claim) -> tuple[int, int]:
    return min(a.pk, b.pk), max(a.pk, b.pk)


def test_two_tellings_of_a_story_are_candidates_from_either_side(take_in: TakeIn) -> None:
    take_in(TANKS, outlet="A")
    take_in(LATER, outlet="B")
    found = pair(counted("A"), counted("B"))
    assert found in pairs_of("A")
    assert found in pairs_of("B")


@pytest.mark.parametrize("published", [None, date(2021, 5, 3), date(2027, 5, 3)])
def test_a_claim_is_found_without_a_date_and_years_later(take_in: TakeIn, published: date | None) -> None:
    take_in(TANKS, outlet="A", published=published)
    take_in(LATER, outlet="B")
    found = pair(counted("A"), counted("B"))
    assert found in pairs_of("A")
    assert found in pairs_of("B")


def test_the_same_story_is_not_looked_for_years_later(
    take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(candidates, "_keyed", lambda revision, ids: {})
    day = date(2021, 5, 3)
    take_in(TANKS, outlet="A", published=day)
    take_in(LATER, outlet="B", published=day + timedelta(days=candidates.STORY_DAYS))
    take_in(LATER, outlet="C", published=day + timedelta(days=candidates.STORY_DAYS + 1))
    assert pair(counted("A"), counted("B")) in pairs_of("A")
    assert pair(counted("A"), counted("C")) not in pairs_of("A")


def test_candidates_have_a_bound(take_in: TakeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidates, "CANDIDATES", 2)
    for nth, outlet in enumerate("DCBA"):
        take_in(TANKS, outlet=outlet, published=date(2021, 5, 3) + timedelta(days=2 * nth))
    mine = counted("A")
    others = {pk for found in pairs_of("A") if mine.pk in found for pk in found} - {mine.pk}
    assert len(others) == 2


def test_what_stands_no_more_is_not_filed(take_in: TakeIn) -> None:
    take_in(TANKS, outlet="A", url="https://a.example/1")
    before = StoryKey.objects.count(), ClaimKey.objects.count()
    assert all(before)
    take_in("Norway has shut the harbour of Oldport.", outlet="A", url="https://a.example/1")
    current = Revision.objects.get(is_current=True)
    assert set(StoryKey.objects.values_list("revision", flat=True)) == {current.pk}
    assert not ClaimKey.objects.exclude(claim__revision=current).exists()


def test_filing_again_changes_nothing(take_in: TakeIn) -> None:
    take_in(TANKS, outlet="A")
    before = set(ClaimKey.objects.values_list("pk", flat=True)), set(StoryKey.objects.values_list("pk"))
    candidates.file(with_article(Revision.objects).get(), in_process)
    assert before == (
        set(ClaimKey.objects.values_list("pk", flat=True)),
        set(StoryKey.objects.values_list("pk")),
    )


def test_the_queries_of_linking_do_not_grow_with_the_articles_beside_it(take_in: TakeIn) -> None:
    def queries_of(outlet: str) -> int:
        row = ingestion.accept(story(TANKS, outlet=outlet), source="file").document
        pipeline.advance(row.pk)
        pipeline.advance(row.pk)
        document = Document.objects.get(pk=row.pk)
        with CaptureQueriesContext(connection) as captured, transaction.atomic():
            linking.store(document, None, in_process)
        return len(captured)

    take_in(TANKS, outlet="First")
    few = queries_of("A")
    for outlet in ("B", "C", "D", "E", "F"):
        take_in(TANKS, outlet=outlet)
    assert queries_of("Last") <= few + 5
