"""Reading environment variables: each value is checked, and a bad one is refused by name.

Every function takes the variable's name and a default, and raises
:class:`~django.core.exceptions.ImproperlyConfigured` with one sentence that names the variable, shows the
value (never a secret one) and says what is wanted. An empty variable counts as unset, as in compose files.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from datetime import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
NOT_RUNNING = "the workbench is not running: start it with `make run`, or set DATABASE_URL and BROKER_URL"

_YES = {"1", "true", "yes", "on"}
_NO = {"0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool) -> bool:
    value = text(name)
    if not value:
        return default
    if value.lower() in _YES | _NO:
        return value.lower() in _YES
    raise ImproperlyConfigured(f"{name} is {value!r}: it must be 1 or 0.")


def whole(name: str, default: int, low: int, high: int) -> int:
    """A whole number from ``low`` to ``high``, both included."""
    value = text(name)
    if not value:
        return default
    if re.fullmatch(r"\d{1,15}", value) and low <= int(value) <= high:
        return int(value)
    raise ImproperlyConfigured(f"{name} is {value!r}: it must be a whole number from {low} to {high}.")


def choice(name: str, default: str, allowed: Sequence[str]) -> str:
    value = text(name, default)
    for option in allowed:
        if value.lower() == option.lower():
            return option
    raise ImproperlyConfigured(f"{name} is {value!r}: it must be one of {', '.join(allowed)}.")


def names(name: str, default: Sequence[str]) -> list[str]:
    """A list separated by commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()] or list(default)


def origins(name: str) -> list[str]:
    """A list of origins such as https://desk.example.org, separated by commas."""
    found = names(name, [])
    for origin in found:
        parts = urlsplit(origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
            raise ImproperlyConfigured(
                f"{name} holds {origin!r}: write origins with their scheme, such as https://desk.example.org."
            )
    return found


def web_address(name: str) -> str:
    """A page's address such as https://example.org/about, or ""."""
    value = text(name)
    parts = urlsplit(value)
    if value and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise ImproperlyConfigured(
            f"{name} is {value!r}: write an address with its scheme, such as https://example.org."
        )
    return value


def time_zone(name: str, default: str) -> str:
    value = text(name, default)
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError) as error:
        raise ImproperlyConfigured(
            f"{name} is {value!r}: no time zone has that name; Europe/Berlin and UTC are such names."
        ) from error
    return value


def clock(name: str, default: str) -> time:
    """A time of day as hours and minutes, ``05:00``."""
    value = text(name, default)
    found = re.fullmatch(r"(\d{1,2}):(\d{2})", value)
    if found and int(found[1]) < 24 and int(found[2]) < 60:
        return time(int(found[1]), int(found[2]))
    raise ImproperlyConfigured(f"{name} is {value!r}: it must be a time of day such as 05:00.")


def data_folder() -> Path:
    """The folder that ``make run`` keeps everything in: DATA, or ``data`` beside manage.py."""
    return Path(text("DATA")).expanduser().resolve() if text("DATA") else BASE_DIR / "data"


def running(key: str) -> str:
    """What the running workbench of the data folder wrote about itself: ``database_url`` and so on, or ''."""
    try:
        written = json.loads((data_folder() / "run.json").read_text())
    except (OSError, ValueError):
        return ""
    return str(written.get(key, "")) if isinstance(written, dict) else ""


def database(name: str) -> dict[str, Any]:
    """Django's description of the database in a ``postgres://`` URL, as libpq reads it.

    Unset: the running workbench's database; when nothing runs, a database that says so when it is used, so
    that commands which need none still work.
    """
    url = text(name) or running("database_url")
    if not url:
        return {"ENGINE": "factcheck.not_running"}
    return database_at(url, name)


def database_at(url: str, name: str = "DATABASE_URL") -> dict[str, Any]:
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict

    # The value may hold a password, so no message repeats it.
    if urlsplit(url).scheme not in ("postgres", "postgresql"):
        raise ImproperlyConfigured(
            f"{name} must begin with postgres:// and name a PostgreSQL database: "
            "postgres://user:password@host:5432/name."
        )
    try:
        parts = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise ImproperlyConfigured(f"{name} cannot be read: {str(error).strip()}.") from error
    if not re.fullmatch(r"[\d,]*", str(parts.get("port") or "")):
        raise ImproperlyConfigured(f"{name} has a port that is no number.")
    if not parts.get("dbname"):
        raise ImproperlyConfigured(f"{name} names no database: end it with /name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname"),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "")),
        "OPTIONS": {"connect_timeout": 3, **parts},
    }


def broker(name: str) -> str:
    """The URL of the broker, a server that speaks the Redis protocol; when none runs, one that refuses."""
    url = text(name) or running("broker_url") or "redis+socket:///nowhere/the-broker-is-not-running"
    return broker_at(url, name)


def broker_at(url: str, name: str = "BROKER_URL") -> str:
    parts = urlsplit(url)
    wanted = "redis://:password@host:6379/0, or redis+socket:///path/to/socket"
    if parts.scheme not in ("redis", "rediss", "redis+socket"):
        raise ImproperlyConfigured(f"{name} must name a server that speaks the Redis protocol: {wanted}.")
    try:
        _ = parts.port
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} has a port that is no number: write {wanted}.") from error
    if parts.scheme == "redis+socket" and not parts.path.strip("/"):
        raise ImproperlyConfigured(f"{name} names no socket: write {wanted}.")
    if parts.scheme != "redis+socket" and not parts.hostname:
        raise ImproperlyConfigured(f"{name} names no host: write {wanted}.")
    if parts.scheme != "redis+socket" and not re.fullmatch(r"/?\d*", parts.path):
        raise ImproperlyConfigured(
            f"{name} must end with the number of a database, such as /0: write {wanted}."
        )
    return url


def secret_key(name: str, *, debug: bool, serving: bool) -> str:
    """The key that signs sessions: given, or the one ``make run`` keeps in the data folder.

    A command that serves nobody may do without: it gets a key of its own that dies with it.
    """
    from django.core.management.utils import get_random_secret_key

    key = text(name)
    if not key:
        try:
            key = (data_folder() / "secret-key").read_text().strip()
        except OSError:
            key = ""
    if not key and serving:
        raise ImproperlyConfigured(
            f"{name} is not set: `make run` makes one; in production pass your own, for example the output "
            "of `openssl rand -base64 48`."
        )
    if key and len(key) < 50 and not debug:
        raise ImproperlyConfigured(f"{name} has {len(key)} characters: it needs at least 50.")
    return key or get_random_secret_key()
