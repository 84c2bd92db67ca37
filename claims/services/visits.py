"""When a person was last here, so that the start page can say what has changed since."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import connection

from claims.models import Visit

#: Whoever comes back to the start page after so long begins another visit; the pause after which analytics
#: of web sites commonly end a session, too.
PAUSE = timedelta(minutes=30)


def arrive(person: User) -> datetime | None:
    """Notes that ``person`` looks at the start page now; gives the end of the visit before this one.

    None on the first visit. One statement with the database's clock, so that two tabs opened at once
    begin one visit, not two.
    """
    with connection.cursor() as cursor:
        cursor.execute(_ARRIVE, {"person": person.pk, "pause": PAUSE})
        (since,) = cursor.fetchone()
    return since  # type: ignore[no-any-return]


_ARRIVE = f"""
INSERT INTO {Visit._meta.db_table} AS visit (person_id, latest) VALUES (%(person)s, now())
ON CONFLICT (person_id) DO UPDATE SET
    since = CASE WHEN visit.latest < now() - %(pause)s THEN visit.latest ELSE visit.since END,
    latest = now()
RETURNING since
"""  # noqa: S608  # nosec B608 -- our own table's name
