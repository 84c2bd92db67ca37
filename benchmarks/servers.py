"""A PostgreSQL and a broker for one benchmark, durable as `make run` has them, gone afterwards."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from pathlib import Path
from types import TracebackType

from factcheck.embedded import places
from factcheck.embedded.broker import Broker
from factcheck.embedded.postgres import Postgres


def say(words: str) -> None:
    """A line of the benchmark's own words, at once."""
    print(words, flush=True)


class Servers:
    """Starts both on entering, sets the variables Django reads, and ends both on leaving."""

    def __init__(self, **variables: str) -> None:
        self.data = Path(tempfile.mkdtemp(prefix="benchmark-"))
        places.make_data_folder(self.data)
        self.place = places.choose(self.data, say, throwaway=True)
        self.postgres, self.broker = Postgres(self.place), Broker(self.place)
        self.variables = {
            "DATABASE_URL": self.postgres.url,
            "BROKER_URL": self.broker.url,
            "SECRET_KEY": secrets.token_urlsafe(40),
            "LOG_LEVEL": "ERROR",
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            **variables,
        }

    def __enter__(self) -> Servers:
        self.postgres.make()
        self.postgres.clear()
        self.postgres.start()
        self.broker.start(say)
        os.environ.update(self.variables)

        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for part in (self.broker.part, self.postgres.part):
            part.ask_to_stop()
        for part in (self.broker.part, self.postgres.part):
            part.wait_or_kill()
        places.remove(self.data)
        shutil.rmtree(self.place.run, ignore_errors=True)
