from __future__ import annotations

from typing import Any, NoReturn

from django.db import OperationalError
from django.db.backends.postgresql import base

from factcheck.environment import NOT_RUNNING


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL in every respect, but for the connection."""

    def connect(self) -> NoReturn:
        raise OperationalError(NOT_RUNNING)

    def _nodb_cursor(self) -> Any:
        raise OperationalError(NOT_RUNNING)
