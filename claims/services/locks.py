"""Advisory locks of the database, by name: held to the end of the transaction, gone when the session dies."""

from __future__ import annotations

from django.db import connection

#: Any numbers will do, as long as no two are the same.
LINKING = 7_150_001
SWEEPING = 7_150_002


def hold(lock: int) -> None:
    """Waits for the lock and holds it until this transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])


def try_hold(lock: int) -> bool:
    """Holds the lock until this transaction ends, or says False at once if somebody else does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [lock])
        return bool(cursor.fetchone()[0])
