"""Findings are upserted by fingerprint, so that a person's decision outlives every re-run."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Now

from claims import models
from claims.engine import records
from claims.engine.version import ENGINE_VERSION

from . import ranking
from .codec import to_json
from .rows import text

log = logging.getLogger(__name__)
About = models.ClaimGroup | models.Origin | models.Article
#: Which column of a finding says what it is about.
_ANCHORS: dict[type[About], str] = {
    models.ClaimGroup: "group",
    models.Origin: "origin",
    models.Article: "article",
}


@dataclass(frozen=True, slots=True)
class _Shown:
    """The ids of the claims a finding shows, in the order of the evidence, and of its articles."""

    claims: list[int]
    articles: list[int]


def fingerprint(check: str, about: About, subject: str) -> str:
    """What makes a finding this one: the check, what it is about, and the subject."""
    return hashlib.sha256(json.dumps([check, str(about.pk), subject]).encode()).hexdigest()


def upsert(found: Iterable[tuple[str, tuple[records.Finding, ...]]], checked: Mapping[str, About]) -> None:
    """Makes the stored findings of some groups, origins and articles agree with what their checks found now.

    ``checked`` are all that were checked, by key, also those without a finding; ``found`` is by the same
    keys. New findings are added, changed ones updated, those whose cause is gone resolved, those whose
    cause is back unresolved. What did not change is not written. Decisions are never touched. The caller
    holds the locks.
    """
    stored = {row.fingerprint: row for row in _stored(checked.values())}
    seen: set[str] = set()
    new: list[tuple[models.Finding, _Shown]] = []
    changed: list[tuple[models.Finding, _Shown]] = []
    told = [(checked[key], finding) for key, several in found for finding in several]
    ranks = ranking.rank_all([_told(each, about) for about, each in told])
    for (about, each), ranked in zip(told, ranks, strict=True):
        key = fingerprint(each.check, about, _subject(each))
        if key in seen:
            log.warning("check %s found %r twice in %s", each.check, each.subject, about.pk)
            continue
        seen.add(key)
        shows = _shows(each, about)
        if row := stored.get(key):
            if _update(row, _columns(each), shows, ranked):
                changed.append((row, shows))
        else:
            row = models.Finding(
                fingerprint=key,
                check_id=each.check,
                subject=_subject(each),
                engine_version=ENGINE_VERSION,
                **_place(about),
                **_columns(each),
                **ranked.columns(),
            )
            new.append((row, shows))
    models.Finding.objects.bulk_create(row for row, _ in new)
    _unshow([row.pk for row, _ in changed])
    _show(new + changed)
    gone = [row.pk for key, row in stored.items() if key not in seen and row.resolved_at is None]
    if gone:
        models.Finding.objects.filter(pk__in=gone).update(resolved_at=Now())


def _stored(checked: Iterable[About]) -> QuerySet[models.Finding]:
    keys: dict[str, list[Any]] = {anchor: [] for anchor in _ANCHORS.values()}
    for about in checked:
        keys[_ANCHORS[type(about)]].append(about.pk)
    anchored = Q(group__in=keys["group"]) | Q(origin__in=keys["origin"]) | Q(article__in=keys["article"])
    rows = models.Finding.objects.filter(anchored).order_by("pk")
    return rows.prefetch_related("findingclaim_set", "articles").select_for_update(no_key=True)


def _place(about: About) -> dict[str, Any]:
    return {anchor: about if isinstance(about, kind) else None for kind, anchor in _ANCHORS.items()}


def _subject(finding: records.Finding) -> str:
    """The subject as the row keeps it; what is too long ends in its hash, so that it stays distinct."""
    subject, longest = text(finding.subject), models.Finding._meta.get_field("subject").max_length
    if len(subject) <= longest:
        return subject
    return subject[: longest - 65] + "-" + hashlib.sha256(subject.encode()).hexdigest()


def _columns(finding: records.Finding) -> dict[str, Any]:
    return {
        "severity": finding.severity.value,
        "summary": finding.summary,
        "evidence": to_json(finding.evidence),
        "clears": finding.clears,
        "basis": finding.basis,
    }


def _shows(finding: records.Finding, about: About) -> _Shown:
    own = {about.pk} if isinstance(about, models.Article) else set()
    articles = sorted({int(key) for key in finding.articles} | own)
    return _Shown(list(dict.fromkeys(int(key) for key in finding.claims)), articles)


def _told(finding: records.Finding, about: About) -> ranking.Told:
    shows = _shows(finding, about)
    return ranking.Told(
        finding.severity.value, finding.check, to_json(finding.evidence), shows.claims, shows.articles
    )


def _update(row: models.Finding, columns: Mapping[str, Any], shows: _Shown, ranked: ranking.Ranked) -> bool:
    """Updates what changed of a stored finding; returns whether it shows other claims or articles now.

    Another rank is no change of the finding: its date stays.
    """
    before = _Shown(
        [each.claim_id for each in row.findingclaim_set.all()],
        sorted(article.pk for article in row.articles.all()),
    )
    changed = {name: value for name, value in columns.items() if getattr(row, name) != value}
    if changed or before != shows:
        changed["last_changed_at"] = Now()
    changed |= {name: value for name, value in ranked.columns().items() if getattr(row, name) != value}
    if row.resolved_at is not None:
        changed["resolved_at"] = None
    if row.engine_version != ENGINE_VERSION:
        changed["engine_version"] = ENGINE_VERSION
    if changed:
        models.Finding.objects.filter(pk=row.pk).update(**changed)
    return before != shows


def _unshow(findings: list[int]) -> None:
    if findings:
        models.FindingClaim.objects.filter(finding__in=findings).delete()
        models.Finding.articles.through.objects.filter(finding__in=findings).delete()


def _show(shown: list[tuple[models.Finding, _Shown]]) -> None:
    """Stores what some findings show that show nothing yet."""
    models.FindingClaim.objects.bulk_create(
        models.FindingClaim(finding=row, claim_id=claim, position=i)
        for row, shows in shown
        for i, claim in enumerate(shows.claims)
    )
    named = models.Finding.articles.through
    named.objects.bulk_create(
        named(finding=row, article_id=article) for row, shows in shown for article in shows.articles
    )


def move_findings(rows: QuerySet[models.Finding], about: About) -> None:
    """Hands the findings of a merged group or origin to the survivor, under their new fingerprints.

    Where the survivor has the same finding, one of the two must stand: the one a person decided, else the
    survivor's. The other stays with the merged one, resolved, with its reviews (which are never altered).
    """
    for row in rows.select_for_update():
        key = fingerprint(row.check_id, about, row.subject)
        twin = models.Finding.objects.filter(fingerprint=key).first()
        if twin and (twin.decision != models.Finding.Decision.NONE or row.decision == twin.decision):
            models.Finding.objects.filter(pk=row.pk, resolved_at__isnull=True).update(resolved_at=Now())
            continue
        if twin:
            # They change places: the undecided one takes the merged one's fingerprint, by way of a third.
            old = row.fingerprint
            place = {anchor: getattr(row, anchor) for anchor in _ANCHORS.values()}
            models.Finding.objects.filter(pk=row.pk).update(fingerprint=f"moving {row.pk}")
            models.Finding.objects.filter(pk=twin.pk).update(fingerprint=old, resolved_at=Now(), **place)
        models.Finding.objects.filter(pk=row.pk).update(fingerprint=key, **_place(about))
