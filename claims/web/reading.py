"""An article's page: the text with claims marked, and beside it what was read and by whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q
from django.urls import reverse

from claims.models import Claim, Correction, Document, Finding, FindingClaim, OriginLink, Revision
from claims.models.origin import origin_or_outlet
from claims.services import laying

from . import highlight, passages, wording

SHOWN_SIBLINGS = 8
#: Findings beside a text, the worst first; and those told of one claim.
SHOWN_FINDINGS, OF_ONE_CLAIM = 30, 3
#: Checks that say two texts cannot both be right.
DISAGREEING = (
    "value_conflict", "date_conflict", "attribution_conflict", "magnitude_slip", "unit_slip",
    "conversion_slip", "scope_mismatch",
)  # fmt: skip


@dataclass(slots=True)
class ReadClaim:
    """A claim with what else is said about it: its group's reach, its findings, who corrected it."""

    claim: Claim
    outlets: int = 0
    origins: int = 0
    disagree: bool = False
    findings: list[Finding] = field(default_factory=list)
    more: int = 0
    # Where it leads, made here: resolving names for each of hundreds of claims is what takes long.
    correct: str = ""
    reject: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A correction as the page tells it: whether it holds, or waits for its words to come back."""

    correction: Correction
    holds: bool
    waits: bool
    claim: Claim | None

    @property
    def changes(self) -> list[str]:
        return wording.corrected(self.correction.fields) if self.correction.kind != "undo" else []


def article(revision: Revision) -> dict[str, Any]:
    """What the part of the page needs that changes with a correction."""
    claims = list(
        revision.claims.filter(retired_at__isnull=True)
        .select_related("group", "part_of", "correction__person")
        .defer("record", "part_of__record", "link_reasons")
        .order_by("-headline", "start", "end")
    )
    documents = list(Document.objects.for_list().filter(revision=revision).order_by("received_at"))
    said = _said(revision, claims)
    return {
        "revision": revision,
        "claims": _read(claims),
        "kinds": [kind for kind in wording.KINDS if any(c.kind == kind for c in claims)],
        "by_person": any(c.correction_id for c in claims),
        "title": highlight.passage(revision.title, passages.marks_for(c for c in claims if c.headline)),
        "paragraphs": list(
            zip(
                highlight.starts(revision.body),
                highlight.paragraphs(revision.body, passages.marks_for(c for c in claims if not c.headline)),
                strict=True,
            )
        ),
        "findings": _findings(revision),
        "document": documents[0] if documents else None,
        "under_way": next((d for d in documents if not d.is_finished), None),
        "corrections": said,
        "waiting": [each for each in said if each.waits],
        "seen": max((each.correction.pk for each in said), default=0),
    }


def siblings(revision: Revision) -> dict[str, Any]:
    """The earliest other articles of the same origin, as they stand now, how many more, and why."""
    if revision.article.origin_id is None:
        return {"siblings": [], "more_siblings": 0, "origin_reasons": []}
    same = Revision.objects.current().filter(article__origin=revision.article.origin_id)
    others = same.exclude(article=revision.article_id)
    told = others.without_text().select_related("article__outlet")
    shown = list(told.order_by(F("published").asc(nulls_last=True), "article")[:SHOWN_SIBLINGS])
    more = others.count() - len(shown) if len(shown) == SHOWN_SIBLINGS else 0
    links = OriginLink.objects.filter(Q(first=revision) | Q(second=revision)).order_by("-containment", "id")
    reasons = (reason for link in links[:SHOWN_SIBLINGS] for reason in link.reasons)
    return {"siblings": shown, "more_siblings": more, "origin_reasons": list(dict.fromkeys(reasons))}


def _read(claims: Sequence[Claim]) -> list[ReadClaim]:
    groups = {c.group_id for c in claims if c.group_id}
    reach = _reach(groups)
    disagree = set(
        Finding.objects.standing()
        .filter(group__in=groups, check_id__in=DISAGREEING)
        .values_list("group", flat=True)
        if groups
        else ()
    )
    findings = _findings_of(claims)
    correct, reject = (reverse(name, args=[0]).split("0") for name in ("claim-correct", "claim-reject"))
    return [
        ReadClaim(
            claim,
            *reach.get(claim.group_id, (0, 0)),
            claim.group_id in disagree,
            findings[claim.pk][:OF_ONE_CLAIM],
            max(0, len(findings[claim.pk]) - OF_ONE_CLAIM),
            str(claim.pk).join(correct),
            str(claim.pk).join(reject),
        )
        for claim in claims
    ]


def _reach(groups: Iterable[UUID | None]) -> dict[UUID | None, tuple[int, int]]:
    """How many outlets, and independent origins, stand behind each group."""
    rows = (
        Claim.objects.standing()
        .filter(group__in=groups)
        .order_by()
        .values("group")
        .annotate(
            outlets=Count("revision__article__outlet", distinct=True),
            origins=Count(origin_or_outlet("revision__article"), distinct=True),
        )
    )
    return {r["group"]: (r["outlets"], min(r["outlets"], r["origins"])) for r in rows}


def _findings_of(claims: Iterable[Claim]) -> dict[int, list[Finding]]:
    found: dict[int, list[Finding]] = defaultdict(list)
    shown = (
        FindingClaim.objects.filter(claim__in=[c.pk for c in claims], finding__resolved_at__isnull=True)
        .select_related("finding")
        .only("claim_id", "finding__id", "finding__summary", "finding__severity", "finding__decision")
        .order_by("finding__id")
    )
    for row in shown[:2000]:
        found[row.claim_id].append(row.finding)
    return found


def _findings(revision: Revision) -> list[Finding]:
    # Two lists put together: of a condition with "or" over both tables the database reads all of each.
    shown = FindingClaim.objects.filter(claim__revision=revision).order_by().values("finding")
    told = Finding.articles.through.objects.filter(article=revision.article_id).values("finding")
    rows = Finding.objects.standing().filter(id__in=shown.union(told)).worst_first().select_related("group")
    return list(rows.defer("evidence", "clears", "basis")[: SHOWN_FINDINGS + 1])


def _said(revision: Revision, claims: Sequence[Claim]) -> list[Said]:
    """What people said of the article's text, the latest first."""
    rows = list(
        Correction.objects.filter(revision__article=revision.article_id).select_related("person", "undoes")
    )
    if not rows:
        return []
    holding = {each.pk for each in laying.standing(rows)}
    undone = {each.undoes_id for each in rows if each.undoes_id}
    words, waiting = laying.said_of(revision, rows)
    waits = {each.pk for each in waiting}
    places = {word.at: word for word in words}
    by_place = {(c.headline, c.start, c.end): c for c in claims}
    out = []
    for each in reversed(rows):
        word = places.get(each.pk)
        claim = by_place.get((each.headline, word.span.start, word.span.end)) if word else None
        claim = claim or next((c for c in claims if c.correction_id == each.pk), None)
        holds = each.pk in holding or (each.kind == "undo" and each.pk not in undone)
        out.append(Said(each, holds, each.pk in waits, claim))
    return out
