"""The front door: what comes in is stored whole before anybody is told "accepted"."""

from __future__ import annotations

import hashlib
import json
import logging
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from claims.engine import records
from claims.ingest import fetching, reading
from claims.ingest.errors import Unreadable
from claims.models import Document

from . import hints, pipeline
from .rows import text

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Accepted:
    """A document that is stored. ``created`` is False if the same one was there before; ``retried`` says that
    it had been refused then, and is read again now.
    """

    document: Document
    created: bool
    retried: bool = False


def accept(
    document: records.Document, *, source: str, user: User | None = None, size: int | None = None
) -> Accepted:
    """Stores the bytes and the row in one transaction; on commit the workers get a hint.

    ``source`` is one of ``models.Document.Source``. The same bytes with the same declared outlet, address,
    title and date are one document, however often and from however many sides at once they come. Bad
    content is no error here: the row is then "rejected" and says why (bytes above the limit are not kept,
    their number is). One that was rejected before is tried again, for the program may have learned to read it
    since. Raises django.db.OperationalError if the database is away: then nothing was accepted.

    Of what is too large, the beginning is enough: one byte more than the limit, and in ``size`` the number of
    bytes of the whole. Without ``size`` the document is whole.
    """
    size = len(document.raw) if size is None else size
    row = Document(
        content_hash=identity(document, size),
        raw=document.raw,
        size=size,
        source=Document.Source(source),
        declared_published=document.published,
        submitted_by=user,
        **_declared(document),
    )
    try:
        reading.screen(document, settings.MAX_DOCUMENT_BYTES, size)
    except Unreadable as refusal:
        row.state = Document.State.REJECTED
        row.error_code, row.error_detail = refusal.code, f"{refusal.title}: {refusal.detail}"
        if row.size > settings.MAX_DOCUMENT_BYTES:
            row.raw = b""
    with transaction.atomic():
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            known = Document.objects.filter(content_hash=row.content_hash).first()
            if known is None:
                raise
            return _known(known, row)
        if not row.is_finished:
            hints.send_on_commit(row.pk)
    row.refresh_from_db(fields=["received_at", "state_since", "due_at"])
    log.info("accepted", extra={"document": str(row.pk), "state": row.state, "size": row.size})
    return Accepted(row, created=True)


def _known(known: Document, row: Document) -> Accepted:
    """The document that is there already; one refused earlier goes on if nothing refuses it at the door."""
    if known.state != Document.State.REJECTED or row.is_finished:
        return Accepted(known, created=False)
    try:
        pipeline.retry(known.pk, user=row.submitted_by, raw=bytes(row.raw))
    except pipeline.NotRetryable:  # somebody else handed it in at the same moment
        return Accepted(known, created=False)
    known.refresh_from_db()
    return Accepted(known, created=False, retried=True)


def accept_url(
    url: str,
    *,
    user: User | None = None,
    outlet: str | None = None,
    title: str | None = None,
    published: date | None = None,
    source: str = Document.Source.URL,
) -> Accepted:
    """Fetches the page, then :func:`accept`. Raises Unreadable (code "fetch_...") if it cannot be had."""
    page = fetching.fetch(url, settings.MAX_DOCUMENT_BYTES)
    page = replace(
        page,
        outlet=outlet or page.outlet,
        title=title or page.title,
        published=published or page.published,
        url=page.url or url,
    )
    return accept(page, source=source, user=user)


def identity(document: records.Document, size: int | None = None) -> str:
    """The sha256 (hex) of the bytes and of the outlet, address, title and date the sender declared.

    Where only the beginning is there, its ``size`` tells it from others that begin alike.
    """
    declared = _declared(document)
    told = [declared[name] for name in ("declared_outlet", "url", "declared_title")]
    day = document.published.isoformat() if document.published else ""
    whole = size is None or size == len(document.raw)
    parts = [hashlib.sha256(document.raw).hexdigest(), *told, day, *([] if whole else [size])]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _declared(document: records.Document) -> dict[str, Any]:
    told = {
        "content_type": document.content_type,
        "name": document.name,
        "url": document.url,
        "declared_outlet": document.outlet,
        "declared_title": document.title,
    }
    return {name: text(value, Document._meta.get_field(name)).strip() for name, value in told.items()}
