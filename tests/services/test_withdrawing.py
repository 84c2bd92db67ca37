from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.db import Error, transaction

from claims.models import Article, Claim, ClaimLink, Document, Finding, Withdrawal
from claims.services import pipeline, regrouping, reviewing, withdrawing
from claims.services.reviewing import Refused

from .conftest import TakeIn

QUALIFIED = "Norway will deploy as many as 40 tanks in the north."
FLAT = "Norway will deploy 40 tanks in the north."


def article_of(document: Document) -> Article:
    assert document.revision is not None
    return document.revision.article


def work() -> None:
    for pk in Document.objects.under_way().values_list("pk", flat=True):
        assert pipeline.run(pk) == "checked"


def test_a_withdrawn_article_takes_what_it_caused_along_and_brings_it_back(
    take_in: TakeIn, user: User
) -> None:
    take_in(QUALIFIED, outlet="A")
    document = take_in(FLAT, outlet="B")
    finding = Finding.objects.get(check_id="qualifier_dropped")
    reviewing.decide(finding, reviewer=user, decision="confirm")
    group, claims = finding.group, set(Claim.objects.standing().values_list("pk", "group"))
    links = set(ClaimLink.objects.values_list("first", "second", "score"))

    word = withdrawing.withdraw(article_of(document), reviewer=user, reason="It is satire.")
    work()
    finding.refresh_from_db()
    assert finding.resolved_at is not None
    assert not Claim.objects.standing().filter(revision__article=word.article).exists()
    assert not ClaimLink.objects.exists()
    assert Claim.objects.filter(revision__article=word.article).exists()

    withdrawing.restore(article_of(document), reviewer=user)
    work()
    finding.refresh_from_db()
    assert (finding.resolved_at, finding.decision, finding.group) == (None, "confirmed", group)
    assert set(Claim.objects.standing().values_list("pk", "group")) == claims
    assert set(ClaimLink.objects.values_list("first", "second", "score")) == links
    assert [each.kind for each in Withdrawal.objects.order_by("pk")] == ["withdraw", "restore"]


def test_pins_wait_for_a_withdrawn_article(take_in: TakeIn, user: User) -> None:
    take_in(QUALIFIED, outlet="A")
    document = take_in(FLAT, outlet="B")
    claim = Claim.objects.get(revision=document.revision, kind="count")
    decision = regrouping.split(claim.group, [claim.pk], reviewer=user)
    withdrawing.withdraw(article_of(document), reviewer=user, reason="It is satire.")
    work()
    withdrawing.restore(article_of(document), reviewer=user)
    work()
    claim.refresh_from_db()
    assert claim.group == claim.pinned_group == decision.target


def test_a_new_revision_of_a_withdrawn_article_does_not_bring_it_back(take_in: TakeIn, user: User) -> None:
    page = "https://strait.example/1"
    document = take_in(FLAT, url=page)
    article = article_of(document)
    withdrawing.withdraw(article, reviewer=user, reason="It is satire.")
    work()
    newer = take_in(QUALIFIED, url=page)
    assert article.latest is None
    assert any("withdrawn" in notice for notice in newer.notices)
    withdrawing.restore(article, reviewer=user)
    work()
    assert article.latest == newer.revision
    assert Claim.objects.standing().get(kind="count").quote == "as many as 40 tanks"


def test_a_worker_that_is_at_it_does_not_undo_a_withdrawal(take_in: TakeIn, user: User) -> None:
    document = take_in(FLAT)
    Document.objects.filter(pk=document.pk).update(state="linked")
    lease = pipeline._take(document.pk)
    assert lease is not None
    withdrawing.withdraw(article_of(document), reviewer=user, reason="It is satire.")
    pipeline._attempt(lease)
    document.refresh_from_db()
    assert document.state == "extracted"


def test_impossible_withdrawals_are_refused_and_words_are_kept(take_in: TakeIn, user: User) -> None:
    article = article_of(take_in(FLAT))
    with pytest.raises(Refused) as refused:
        withdrawing.restore(article, reviewer=user)
    assert refused.value.code == "not_withdrawn"
    with pytest.raises(Refused) as refused:
        withdrawing.withdraw(article, reviewer=user, reason=" ")
    assert refused.value.code == "no_reason"
    word = withdrawing.withdraw(article, reviewer=user, reason="It is satire.")
    with pytest.raises(Refused) as refused:
        withdrawing.withdraw(article, reviewer=user, reason="Again.")
    assert refused.value.code == "withdrawn"
    with pytest.raises(Error, match="append-only"), transaction.atomic():
        word.delete()
