"""PostgreSQL and a Redis-protocol broker, run from wheels for those who have no servers of their own.

They are the real servers. Only starting them is ours, and written so that whatever was killed, the next start
recovers: see :mod:`~factcheck.embedded.postgres` and :mod:`~factcheck.embedded.broker`. Nothing here imports
Django, because these run before the settings can be read.
"""

from __future__ import annotations


class CannotStart(Exception):
    """One sentence: what is in the way, and what to do about it."""
