"""Waiting on the command line until documents are finished, with or without a worker."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import UUID

from claims.models import Document
from claims.services import pipeline

#: If no worker has taken the document after so many seconds, the command does the work itself.
PATIENCE = 2.0
_PAUSE = 0.1


class Watch:
    """Sees documents to their end, one after the other, for at most ``seconds`` in all.

    The first document waits PATIENCE seconds for a worker. If none came, the command takes this and the next
    ones itself, under the same lease as any worker, until it sees that somebody else works too.
    """

    def __init__(self, seconds: float) -> None:
        self._deadline = time.monotonic() + seconds
        self._nobody_works = False

    def finish(self, document: UUID, changed: Callable[[Document], None] | None = None) -> Document:
        """Returns the document as it was last seen: finished, or under way when the time was up.

        ``changed`` is called with the document as first seen and whenever it has moved. Raises
        Document.DoesNotExist, or a database error if the database is away.
        """
        seen, since = "", time.monotonic()
        while True:
            row = Document.objects.for_list().get(pk=document)
            signs = f"{row.state} {row.lease} {row.attempts}"
            if signs != seen:
                if changed:
                    changed(row)
                if seen:
                    self._nobody_works = False
                seen, since = signs, time.monotonic()
            if row.is_finished or time.monotonic() >= self._deadline:
                return row
            patient = not self._nobody_works and time.monotonic() - since <= PATIENCE
            if not patient and Document.objects.due().filter(pk=document).exists():
                pipeline.run(document)
                self._nobody_works = True
                seen = ""
                continue
            time.sleep(_PAUSE)
