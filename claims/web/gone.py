"""What became of the texts a finding rests on, and so why it went away: rows in, sentences out."""

from __future__ import annotations

from collections.abc import Sequence

from claims.models import Article, Claim, Correction, Finding, Withdrawal

from .templatetags.desk import person_name

_SHORT = 80  # characters of a claim inside a sentence of ours


def notes(finding: Finding, claims: Sequence[Claim], articles: Sequence[Article]) -> list[str]:
    """What happened since to the articles and claims of a finding, in sentences; up to two queries."""
    out = _withdrawn(articles)
    out += _corrected(claims)
    for claim in claims:
        revision = claim.revision
        outlet, said = revision.article.outlet.name, f"“{claim.quote[:_SHORT]}”"
        if revision.article.withdrawn_at is not None:
            continue
        if claim.retired_at is not None:
            out.append(f"{said} is no longer read as a claim in {outlet}.")
        elif finding.group_id and claim.group_id and not _of_its_question(finding, claim):
            out.append(f"{said} ({outlet}) belongs to another question now.")
        elif not revision.is_current and finding.article_id is None:
            out.append(f"{outlet} has changed its text since.")
    return list(dict.fromkeys(out))


def why_resolved(finding: Finding, found: Sequence[str]) -> str:
    """Why a finding whose cause is gone went away, as far as can be told; "" where it stands."""
    if finding.resolved_at is None:
        return ""
    if finding.group is not None and finding.group.merged_into_id:
        return "Its question was merged with another, which has its findings."
    if found:
        return "What it rested on has changed:"
    return (
        "Its texts stand as they did, but the checks no longer report it: an article that came later bears "
        "the figure out or explains it, or the reading has become better."
    )


def _of_its_question(finding: Finding, claim: Claim) -> bool:
    """Whether the claim is a member of the finding's group, or a part of what a member counts."""
    return claim.group_id == finding.group_id or claim.part_of_id is not None


def _withdrawn(articles: Sequence[Article]) -> list[str]:
    gone = {article.pk: article for article in articles if article.withdrawn_at is not None}
    if not gone:
        return []
    rows = Withdrawal.objects.filter(article__in=gone, kind=Withdrawal.Kind.WITHDRAW)
    last = {row.article_id: row for row in rows.select_related("reviewer").order_by("id")}
    out = []
    for pk, article in gone.items():
        row = last.get(pk)
        by = f" by {person_name(row.reviewer)}: “{row.reason}”" if row else "."
        out.append(f"The article in {article.outlet.name} was withdrawn{by}")
    return out


def _corrected(claims: Sequence[Claim]) -> list[str]:
    """Corrections by people that touch the claims' words."""
    by_revision = {claim.revision_id: claim.revision for claim in claims}
    if not by_revision:
        return []
    rows = Correction.objects.filter(revision__in=by_revision, undone_by__isnull=True)
    out = []
    for row in rows.exclude(kind=Correction.Kind.UNDO).select_related("person").order_by("id")[:20]:
        touched = any(
            claim.revision_id == row.revision_id
            and claim.headline == row.headline
            and claim.start < row.end
            and row.start < claim.end
            for claim in claims
        )
        if touched:
            outlet = by_revision[row.revision_id].article.outlet.name
            how = "is no claim" if row.kind == Correction.Kind.REJECT else "was read wrongly and is corrected"
            because = f": “{row.reason}”" if row.reason else ""
            out.append(
                f"{person_name(row.person)} says that “{row.quote[:_SHORT]}” in {outlet} {how}{because}"
            )
    return out
