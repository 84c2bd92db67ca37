"""A person's decisions. Reviews are added, never changed; ``Finding.decision`` mirrors the outcome."""

from __future__ import annotations

from collections.abc import Iterable

from django.contrib.auth.models import User
from django.db import transaction

from claims.models import Finding, Review

from . import ratings
from .refusal import Refused

Decision = Review.Decision

_AMOUNTS_TO = {
    Decision.CONFIRM: Finding.Decision.CONFIRMED,
    Decision.DISMISS: Finding.Decision.DISMISSED,
    Decision.REOPEN: Finding.Decision.NONE,
}


def decide(
    finding: Finding,
    *,
    reviewer: User,
    decision: str,
    reason: str = "",
    verdict: str = "",
    seen: int | None = None,
    link: str = "",
    link_title: str = "",
) -> Review:
    """Adds a review to a finding and brings ``finding.decision`` up to date, in one transaction.

    ``decision`` is confirm, dismiss, reopen or comment; ``verdict`` the slug of a rating (ratings.scale) or
    "". ``seen`` is the id of the last review the person saw (None or 0: none). ``link`` is the web address
    of a source that speaks to the finding, ``link_title`` what to call it. Raises Refused: "decision",
    "verdict", "link" (no http or https address), "no_reason" (dismissing without words, commenting without
    words or a source), "stale" (somebody decided since), "nothing_to_reopen".
    """
    reason = reason.replace("\x00", "").strip()
    link, link_title = link.strip(), link_title.replace("\x00", "").strip()
    if decision not in Decision.values:
        raise Refused("decision", f"Not a decision: {decision!r}. Use one of {', '.join(Decision.values)}.")
    if verdict:
        try:
            ratings.named(verdict)
        except Refused as refusal:
            raise Refused("verdict", refusal.detail) from refusal
    if not reason and decision == Decision.DISMISS:
        raise Refused("no_reason", "Say why it is dismissed: the next person who meets it will ask.")
    if not reason and not link and decision == Decision.COMMENT:
        raise Refused("no_reason", "A comment needs words or a source.")
    if link and (not link.lower().startswith(("http://", "https://")) or "\x00" in link):
        raise Refused("link", "Only http and https addresses can be linked.")
    if link_title and not link:
        raise Refused("link", "Give the address of the source that you named.")
    with transaction.atomic():
        held = Finding.objects.select_for_update().get(pk=finding.pk)
        if decision != Decision.COMMENT:
            since = held.reviews.decisions().filter(pk__gt=seen or 0).order_by("pk").last()
            if since:
                raise Refused("stale", f"{since.reviewer} has decided since you looked ({since.decision}).")
            if decision == Decision.REOPEN and held.decision == Finding.Decision.NONE:
                raise Refused("nothing_to_reopen", "This finding is open already.")
        review = Review.objects.create(
            finding=held,
            reviewer=reviewer,
            decision=decision,
            reason=reason,
            verdict=verdict,
            link=link,
            link_title=link_title,
        )
        _mirror(held)
    finding.decision = held.decision
    return review


def undo(review: Review, *, reviewer: User) -> Review:
    """Takes back a decision by adding a review that undoes it; the finding is again what it was before.

    Raises Refused: "not_yours", "undone" (already), "stale" (somebody decided after it), "not_a_finding".
    """
    if review.finding_id is None:
        raise Refused("not_a_finding", "Only a review of a finding can be undone here.")
    with transaction.atomic():
        held = Finding.objects.select_for_update().get(pk=review.finding_id)
        if review.reviewer_id != reviewer.pk:
            raise Refused("not_yours", "Only the person who decided can undo it; reopen the finding instead.")
        if Review.objects.filter(undoes=review).exists():
            raise Refused("undone", "This decision was undone already.")
        if held.reviews.decisions().filter(pk__gt=review.pk).exists():
            raise Refused("stale", "Somebody decided after this; only the last decision can be undone.")
        reverting = Review.objects.create(
            finding=held, reviewer=reviewer, decision=Decision.REOPEN, undoes=review
        )
        _mirror(held)
    return reverting


def standing_decision(reviews: Iterable[Review]) -> str:
    """What a finding's reviews amount to (a Finding.Decision): the last decision that was not undone.

    An undoing can be undone, and then what it undid stands again.
    """
    ordered = sorted(reviews, key=lambda review: review.pk)
    void: set[int] = set()
    for review in reversed(ordered):
        if review.undoes_id and review.pk not in void:
            void.add(review.undoes_id)
    for review in reversed(ordered):
        if review.pk not in void and not review.undoes_id and review.decision in _AMOUNTS_TO:
            return _AMOUNTS_TO[Decision(review.decision)]
    return Finding.Decision.NONE


def _mirror(finding: Finding) -> None:
    finding.decision = standing_decision(finding.reviews.all())
    finding.save(update_fields=["decision"])
