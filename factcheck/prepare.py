"""Bring the database and the static files to where this version needs them, in one process to start quickly.

``python -m factcheck.prepare [administrator]`` prints what it did, a line each. With ``administrator``, and
where no superuser exists, it makes one with a generated password, and prints that once. Exit code 3: the
database holds no document yet.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from pathlib import Path

import django
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

EMPTY = 3


def migrate() -> None:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        call_command("migrate", interactive=False, verbosity=0)
        print(f"database: {len(plan)} migrations applied", flush=True)
    missing = missing_columns()
    if missing:
        first = ", ".join(missing[:3]) + (" ..." if len(missing) > 3 else "")
        sys.exit(
            f"the database was made by an earlier version, whose tables differ (no {first}). Before 1.0 "
            "tables are made anew: move the data folder away, or name an empty database, and hand the "
            "articles in again"
        )


def missing_columns() -> list[str]:
    """Columns of our models that the database has not, as "table.column", sorted.

    Migrations are squashed before 1.0, so that a database may say it is migrated and yet hold older tables.
    """
    missing = []
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        for model in apps.get_models():
            table = model._meta.db_table
            there = (
                {column.name for column in connection.introspection.get_table_description(cursor, table)}
                if table in tables
                else set()
            )
            wanted = {field.column for field in model._meta.local_concrete_fields}
            missing += [f"{table}.{column}" for column in wanted - there]
    return sorted(missing)


def collect_static() -> None:
    """Collect the static files, unless those collected are of the same sources."""
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for path, storage in finder.list([]):
            status = Path(storage.path(path)).stat()
            digest.update(f"{path}:{status.st_size}:{status.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(digest.hexdigest())
    print("static files collected", flush=True)


def make_administrator() -> None:
    from django.contrib.auth.models import User

    if User.objects.filter(is_superuser=True).exists():
        return
    password = secrets.token_urlsafe(12)
    name = "admin" if not User.objects.filter(username="admin").exists() else f"admin-{secrets.token_hex(2)}"
    User.objects.create_superuser(name, password=password)
    print(f"administrator: {name}   password: {password}   (shown this once)", flush=True)


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    django.setup()
    from claims.models import Document

    migrate()
    collect_static()
    if "administrator" in arguments:
        make_administrator()
    return 0 if Document.objects.exists() else EMPTY


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
