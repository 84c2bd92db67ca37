"""Messages to the workers. A hint is an id and may be lost: the row is the truth, the sweeper reminds."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from functools import partial
from uuid import UUID

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

log = logging.getLogger(__name__)

ADVANCE = "claims.tasks.advance_document"

#: A broker that is away or frozen may hold up whoever hands in an article for so long; seconds.
_PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 1, "interval_start": 0}
#: After a failure nobody tries again for so long, so that a thousand articles do not each wait; seconds.
_REST = 5.0
_resting_until = 0.0

FAILURES = (OperationalError, OSError)


def send(documents: Iterable[UUID]) -> None:
    """One message for each document, now. Raises one of :data:`FAILURES` if the broker does not take them."""
    with current_app.connection_for_write(transport_options=_PATIENCE) as connection:
        for document in documents:
            current_app.send_task(ADVANCE, args=[str(document)], connection=connection, retry=False)


def send_on_commit(document: UUID) -> None:
    """One message once the present transaction commits. A failure is logged: the sweeper will remind."""
    transaction.on_commit(partial(_try, document))


def broker_is_away() -> bool:
    """Whether a hint of this process failed a moment ago: what is accepted now waits for the sweeper."""
    return time.monotonic() < _resting_until


def _try(document: UUID) -> None:
    global _resting_until
    if broker_is_away():
        return
    try:
        send([document])
    except FAILURES as error:
        _resting_until = time.monotonic() + _REST
        log.warning("no hint sent for %s, the sweeper will: %s", document, error)
