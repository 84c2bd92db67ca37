"""Corrections by people of what the program read in a text: amend, "not a claim", a missed claim, undo.

Corrections are added, never changed. What holds is laid over what the engine finds (laying.py) at every
re-run, in the transaction that adds the correction first: the claims are right when it returns. The article
then goes through linking and checking again by the outbox, as every other change does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max, Q

from claims.engine import records
from claims.models import Article, Claim, Correction, Document, Revision

from . import extraction, hints, laying, pipeline, saying
from .isolation import in_process
from .locks import LINKING, hold
from .refusal import Refused
from .rows import claim_record, with_article

Kind = Correction.Kind
State = Document.State


def last_seen(article_id: int) -> int:
    """The id of the last correction of an article, 0 for none: what a page gives back as ``seen``."""
    corrections = Correction.objects.filter(revision__article=article_id)
    return corrections.aggregate(last=Max("pk"))["last"] or 0


def amend(
    claim: Claim, said: Mapping[str, str], *, person: User, reason: str = "", seen: int = 0
) -> Correction:
    """Has a claim read as a person says.

    ``said`` holds the fields that are otherwise (of saying.FIELDS), as typed; ``seen`` is the last
    correction the person saw. Raises Misread, or Refused: "stale", "retired", "nothing_said", "there"
    (another claim stands at that place already).
    """
    with transaction.atomic():
        revision = _held(claim.revision_id)
        row = _row(claim)
        place = _root(row, revision)
        _check_seen(revision, place, seen)
        before = claim_record(row)
        after = saying.read_said(before, said, revision, row)
        if (after.span, after.kind) != (before.span, before.kind):
            _refuse_taken(revision, after, but=row.pk)
        fields = laying.fields_of(after, before)
        if not fields:
            raise Refused("nothing_said", "Nothing is different from what was read.")
        return _written(revision, Kind.AMEND, place, fields, person, reason)


def reject(claim: Claim, *, person: User, reason: str = "", seen: int = 0) -> Correction:
    """Says that something is no claim: it is retired, and the findings it caused resolve.

    Raises Refused: "stale", "retired".
    """
    with transaction.atomic():
        revision = _held(claim.revision_id)
        row = _row(claim)
        place = _root(row, revision)
        _check_seen(revision, place, seen)
        return _written(revision, Kind.REJECT, place, {}, person, reason)


def add(
    revision: Revision,
    said: Mapping[str, str],
    *,
    person: User,
    headline: bool = False,
    reason: str = "",
    seen: int = 0,
) -> Correction:
    """Adds a claim the program missed. ``said`` must hold "quote", and "start" where the words stand twice.

    The program's reading of these words is the start, the other fields what is otherwise. Raises Misread, or
    Refused: "stale", "there".
    """
    with transaction.atomic():
        held = _held(revision.pk)
        span = saying.locate(
            saying.text_of(held, headline), said.get("quote", ""), saying.number(said.get("start", ""))
        )
        read = saying.point_at(held, span, headline=headline)
        # What the person saw of the number is what stands, whatever a newer engine makes of it.
        after = saying.read_said(
            read.claim, {k: v for k, v in said.items() if k not in ("quote", "start")}, held, None
        )
        _refuse_taken(held, after)
        place = (headline, after.kind.value, after.span.start, after.span.end, after.quote)
        _check_seen(held, place, seen)
        fields = laying.fields_of(after, replace(read.claim, quantity=None))
        return _written(held, Kind.ADD, place, fields, person, reason)


def undo(correction: Correction, *, person: User, reason: str = "", seen: int = 0) -> Correction:
    """Takes a correction back, one's own or another's; what it undid, if it was an undoing, holds again.

    One that was undone and brought back is taken back by undoing what brought it back. Raises Refused:
    "undone", "stale".
    """
    with transaction.atomic():
        revision = _held(correction.revision_id)
        last = _last_of_its_undoings(correction)
        if last is None:
            raise Refused("undone", "This was undone already.")
        c = correction
        place = (c.headline, c.claim_kind, c.start, c.end, c.quote)
        _check_seen(revision, place, max(seen, c.pk))
        return _written(revision, Kind.UNDO, place, {}, person, reason, undoes=last)


def _last_of_its_undoings(correction: Correction) -> Correction | None:
    """The row to undo so that a correction no longer holds: itself, or the last that brought it back.

    None where it does not hold: each undoing turns over what the one before it left.
    """
    last, holds = correction, True
    while (later := Correction.objects.filter(undoes=last).first()) is not None:
        last, holds = later, not holds
    return last if holds else None


# -- writing ---------------------------------------------------------------------------------------------

#: Headline or not, kind, start, end and the words there.
_Place = tuple[bool, str, int, int, str]


def _held(revision_id: int) -> Revision:
    """The revision, its article locked: one correction of an article at a time."""
    hold(LINKING)  # a linker that has seen the claims as they were is done before
    revision = with_article(Revision.objects).get(pk=revision_id)
    Article.objects.select_for_update(no_key=True).get(pk=revision.article_id)
    return revision  # type: ignore[no-any-return]


def _row(claim: Claim) -> Claim:
    row = Claim.objects.get(pk=claim.pk)
    if row.retired_at is not None:
        raise Refused("retired", "This claim stands no more: somebody took it out, or the text is read anew.")
    return row


def _root(row: Claim, revision: Revision) -> _Place:
    """Where the program read a claim, or a person added it, before anybody amended its place."""
    if row.correction_id:
        words, _ = laying.said_of(revision)
        word = next((word for word in words if word.at == row.correction_id), None)
        if word is not None:
            return word.headline, word.kind, word.span.start, word.span.end, word.quote
    return row.headline, row.kind, row.start, row.end, row.quote


def _check_seen(revision: Revision, place: _Place, seen: int) -> None:
    headline, kind, start, end, _ = place
    since = (
        Correction.objects.filter(revision=revision, headline=headline, pk__gt=seen)
        .filter(Q(start=start, end=end) | Q(claim_kind=kind, start__lt=end, end__gt=start))
        .select_related("person")
        .last()
    )
    if since is not None:
        raise Refused("stale", f"{since.person.get_username()} corrected this since you looked. Look again.")


def _refuse_taken(revision: Revision, claim: records.Claim, but: int = 0) -> None:
    """Refuses a claim where another of its kind stands, or one of its value that overlaps."""
    there = Claim.objects.filter(
        revision=revision,
        retired_at__isnull=True,
        headline=claim.headline,
        kind=claim.kind.value,
        start__lt=claim.span.end,
        end__gt=claim.span.start,
    ).exclude(pk=but)
    value = claim.quantity.value if claim.quantity else None
    for row in there:
        if (row.start, row.end) == (claim.span.start, claim.span.end) or row.value == value:
            raise Refused("there", f"“{row.quote}” is read as a claim already. Amend that one instead.")


def _written(
    revision: Revision,
    kind: str,
    place: _Place,
    fields: dict[str, Any],
    person: User,
    reason: str,
    undoes: Correction | None = None,
) -> Correction:
    headline, claim_kind, start, end, quote = place
    correction = Correction.objects.create(
        revision=revision,
        kind=kind,
        claim_kind=claim_kind,
        headline=headline,
        start=start,
        end=end,
        quote=quote,
        fields=fields,
        reason=reason.replace("\x00", "").strip(),
        person=person,
        undoes=undoes,
    )
    _lay(revision, person)
    return correction


def _lay(revision: Revision, person: User) -> None:
    """Reads the revision again with what people say of it, and sends the article on to be linked and checked.

    Its other revisions, whose claims it is held against, are read again by the workers. A worker that is at
    one of the documents loses it: what it was about to write no longer holds.
    """
    document = Document(revision=revision)
    extraction.store(document, extraction.prepare(document, in_process), in_process)
    read = [State.PARSED, State.EXTRACTED, State.LINKED, State.CHECKED, State.QUARANTINED]
    rows = Document.objects.filter(revision__article=revision.article_id, state__in=read)
    sent: set[int] = set()
    for row in rows.select_for_update(of=("self",)).defer("raw").order_by("pk"):
        if row.revision_id in sent and row.is_finished:
            continue  # one document is enough to take the text along
        sent.add(row.revision_id)
        Document.objects.filter(pk=row.pk).update(lease=None, lease_expires_at=None)
        state = State.EXTRACTED if row.revision_id == revision.pk else State.PARSED
        pipeline.send_back(row, state, person.get_username())
        hints.send_on_commit(row.pk)


def wholes(claims: Sequence[Claim], claim: Claim | None) -> list[Claim]:
    """Of an article's claims those that another could be a part of: numbers of the same text."""
    headline = claim.headline if claim else False
    return [
        each
        for each in claims
        if each.headline == headline and each.value is not None and (claim is None or each.pk != claim.pk)
    ]
