"""Taking an article out of the count, and back in. Nothing is deleted.

While an article is withdrawn none of its revisions is current, and what follows from that follows as it does
for a page that changed: its claims leave their groups, groups that they held together fall apart, findings
whose cause they were are resolved. The article's document goes through linking and checking once more for
that, by the same outbox as every other.
"""

from __future__ import annotations

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from claims.models import Article, Claim, Document, Withdrawal

from . import counting, hints, pipeline, reopening
from .locks import LINKING, hold
from .reviewing import Refused

Kind = Withdrawal.Kind
State = Document.State


def withdraw(article: Article, *, reviewer: User, reason: str) -> Withdrawal:
    """Takes an article out of the count until it is restored.

    Raises Refused: "no_reason", "withdrawn" (it is already).
    """
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise Refused("no_reason", "Say why it is withdrawn: the next person who looks for it will ask.")
    with transaction.atomic():
        hold(LINKING)  # a linker that has seen the article stand is done before
        held = Article.objects.select_for_update().get(pk=article.pk)
        if held.withdrawn_at is not None:
            raise Refused("withdrawn", "This article is withdrawn already.")
        held.revisions.filter(is_current=True).update(is_current=False)
        Article.objects.filter(pk=held.pk).update(withdrawn_at=Now())
        reopening.after_withdrawal(held, reason, reviewer.get_username())
        return _written(held, Kind.WITHDRAW, reviewer, reason)


def restore(article: Article, *, reviewer: User, reason: str = "") -> Withdrawal:
    """Lets a withdrawn article count again, as the document received last says it.

    Raises Refused: "not_withdrawn".
    """
    with transaction.atomic():
        hold(LINKING)  # a linker that has seen the article stand is done before
        held = Article.objects.select_for_update().get(pk=article.pk)
        if held.withdrawn_at is None:
            raise Refused("not_withdrawn", "This article is not withdrawn.")
        Article.objects.filter(pk=held.pk).update(withdrawn_at=None)
        newest = held.revisions.order_by(F("documents__received_at").desc(nulls_last=True), "-number").first()
        if newest is not None:
            held.revisions.filter(pk=newest.pk).update(is_current=True)
        return _written(held, Kind.RESTORE, reviewer, reason.replace("\x00", "").strip())


def _written(article: Article, kind: str, reviewer: User, reason: str) -> Withdrawal:
    """Writes the decision down, and sends every document that has been linked back to be linked again.

    One that a worker holds is taken from it: what it was about to write no longer holds.
    """
    told = Claim.objects.filter(revision__article=article, group__isnull=False).order_by()
    counting.refresh(told.values_list("group", flat=True).distinct())
    word = Withdrawal.objects.create(article=article, kind=kind, reviewer=reviewer, reason=reason)
    linked = Document.objects.filter(revision__article=article, state__in=[State.LINKED, State.CHECKED])
    for row in linked.select_for_update(of=("self",)).defer("raw").order_by("pk"):
        Document.objects.filter(pk=row.pk).update(lease=None, lease_expires_at=None)
        pipeline.send_back(row, State.EXTRACTED, reviewer.get_username())
        hints.send_on_commit(row.pk)
    return word
