"""What the database itself refuses, whoever asks."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import Error, IntegrityError, transaction

from claims.models import (
    Article,
    Claim,
    ClaimGroup,
    Document,
    Finding,
    Job,
    Origin,
    OriginLink,
    Outlet,
    Reference,
    Report,
    Review,
    Revision,
)


@pytest.fixture
def revision(db: None) -> Revision:
    outlet = Outlet.objects.create(name="The Fjord", slug="the-fjord")
    article = Article.objects.create(outlet=outlet, address="plan")
    return Revision.objects.create(article=article, number=1, title="Plan", body="40 tanks", body_hash="h")


def claim(revision: Revision, **other: object) -> Claim:
    given = {
        "kind": "count",
        "start": 0,
        "end": 8,
        "quote": "40 tanks",
        "sentence_start": 0,
        "sentence_end": 8,
    }
    return Claim.objects.create(revision=revision, engine_version="1", **given | other)


@pytest.fixture
def finding(revision: Revision) -> Finding:
    group = ClaimGroup.objects.create(label="How many tanks?", kind="count")
    return Finding.objects.create(
        fingerprint="f", check_id="c", severity="low", summary="s", group=group, engine_version="1"
    )


def test_a_review_cannot_be_altered_or_deleted(finding: Finding, user: User) -> None:
    review = Review.objects.create(finding=finding, reviewer=user, decision="confirm")
    review.reason = "something else"
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        review.save()
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Review.objects.all().delete()
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        Review.objects.update(decision="dismiss", reason="x")


@pytest.mark.parametrize("change", [{"body": "41 tanks"}, {"title": "Another"}])
def test_stored_text_cannot_be_altered(revision: Revision, change: dict[str, str]) -> None:
    with pytest.raises(Error, match="never altered"), transaction.atomic():
        Revision.objects.filter(pk=revision.pk).update(**change)


def test_what_is_not_text_may_change(revision: Revision) -> None:
    revision.is_current = False
    revision.save()
    assert not Revision.objects.get().is_current


@pytest.mark.parametrize(
    "wrong",
    [
        {"end": 0, "quote": ""},
        {"end": 9},
        {"sentence_start": 3},
        {"sentence_end": 0},
    ],
)
def test_a_claim_must_fit_its_span_and_sentence(revision: Revision, wrong: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        claim(revision, **wrong)


def test_a_claims_place_is_its_own(revision: Revision) -> None:
    claim(revision)
    claim(revision, kind="event")
    with pytest.raises(IntegrityError), transaction.atomic():
        claim(revision)


def test_one_revision_of_an_article_stands(revision: Revision) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(article=revision.article, number=2, title="t", body="b", body_hash="i")


def test_a_revision_has_a_body(revision: Revision) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(
            article=revision.article, number=2, title="t", body="", body_hash="i", is_current=False
        )


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "rejected"},
        {"state": "quarantined"},
        {"state": "parsed"},
        {"lease": "11111111-1111-1111-1111-111111111111"},
    ],
)
def test_a_document_row_makes_sense(db: None, wrong: dict[str, str]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(content_hash="h", raw=b"x", size=1, source="file", **wrong)


def test_a_finding_is_about_one_thing(finding: Finding, revision: Revision) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(article=revision.article)
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(origin=Origin.objects.create())
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=finding.pk).update(group=None)


def test_a_dismissal_has_a_reason(finding: Finding, user: User) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.create(finding=finding, reviewer=user, decision="dismiss")


def test_an_origin_link_is_stored_one_way(revision: Revision) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        OriginLink.objects.create(first=revision, second=revision, kind="copy", containment=1)


def test_reports_and_jobs_are_unique(db: None) -> None:
    Report.objects.create(day=date(2021, 5, 3), payload="{}", payload_hash="h")
    with pytest.raises(IntegrityError), transaction.atomic():
        Report.objects.create(day=date(2021, 5, 3), payload="{}", payload_hash="h")
    Job.objects.create(kind="nightly", due="2021-05-03T00:00Z")
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="nightly", due="2021-05-03T00:00Z")


def test_a_reference_holds_what_its_kind_says(db: None) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Reference.objects.create(kind="value", authority="a", title="t")


def test_the_migration_is_complete(db: None) -> None:
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
