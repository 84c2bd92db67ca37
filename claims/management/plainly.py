"""Errors of the command line, as sentences that say what to do."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django.core.management.base import CommandError
from django.db import InterfaceError, OperationalError, ProgrammingError, connection

#: Exit code: something is not running, or the command was called wrongly.
NOT_RUNNING = 2


@contextmanager
def plainly() -> Iterator[None]:
    """Turns a database that is away or empty into a CommandError with exit code 2."""
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        settings = connection.settings_dict
        where = f"{settings.get('HOST') or 'the local socket'}, database {settings.get('NAME')}"
        raise CommandError(
            f"The database does not answer ({where}): {str(error).strip().splitlines()[0]}\n"
            "Start it (`make run` starts everything), or set DATABASE_URL.",
            returncode=NOT_RUNNING,
        ) from error
    except ProgrammingError as error:
        if "does not exist" not in str(error):
            raise
        raise CommandError(
            f"The database is not set up: {str(error).strip().splitlines()[0]}\nRun `manage.py migrate`.",
            returncode=NOT_RUNNING,
        ) from error


@contextmanager
def quietly(verbosity: int) -> Iterator[None]:
    """Keeps the log, with its tracebacks, off the terminal unless -v 2: what went wrong is in the answer."""
    logs = [logging.getLogger(name) for name in ("claims", "requests_hardened")]
    before = [log.level for log in logs]
    if verbosity < 2:
        for log in logs:
            log.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for log, level in zip(logs, before, strict=True):
            log.setLevel(level)


def day(words: str) -> date:
    """A date given on the command line; raises ValueError (argparse then says so)."""
    return date.fromisoformat(words)


def plain_number(value: Decimal | None) -> str | None:
    """A number without exponent and without zeros at its end: "18000000000", "17.7"."""
    if value is None:
        return None
    words = format(value, "f")
    return words.rstrip("0").rstrip(".") if "." in words else words
