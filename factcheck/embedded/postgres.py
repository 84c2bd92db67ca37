"""PostgreSQL from the wheel: made once, started as our own child, recovered after anything.

What was learnt the hard way:

- The cluster is made in a temporary folder and renamed, so a half-made one is never taken for a whole one.
- After ``kill -9`` of the postmaster its children linger for a moment and hold shared memory: the first try
  to start says "postmaster.pid already exists". They are ours to end, after looking twice.
- ``postmaster.pid`` names a process by number. If that number now belongs to somebody else, PostgreSQL
  refuses to start and ``pg_ctl stop`` would kill a stranger. So the file is believed only if the process
  runs ``postgres`` in this very folder.
- The collation is PostgreSQL's own (``builtin``), the same everywhere, so that indexes never depend on the
  machine's C library.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg

from factcheck.embedded import CannotStart
from factcheck.embedded.places import Place
from factcheck.embedded.processes import Part, end, wait_until

#: The same in docker-compose.yml, POSTGRES_INITDB_ARGS.
INITDB = ["--locale-provider=builtin", "--locale=C.UTF-8", "--encoding=UTF8"]
USER = DATABASE = "factcheck"


class Postgres:
    def __init__(self, place: Place, *, throwaway: bool = False) -> None:
        """``throwaway``: data that may be lost with the machine's power, as tests have it."""
        self.place = place
        self.cluster = place.home / "postgres"
        self.sockets = place.run / "postgres"
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            "port": "5432",
            "max_connections": "200" if throwaway else "100",
            "shared_buffers": "128MB",
            # No seeking arm: else five hundred rows by key seem dearer than the whole table.
            "random_page_cost": "1.1",
            "log_timezone": "UTC",
            "timezone": "UTC",
        }
        if throwaway:
            settings |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
        command = [str(place.programs / "postgres"), "-D", str(self.cluster)]
        for name, value in settings.items():
            command += ["-c", f"{name}={value}"]
        self.part = Part(
            "PostgreSQL",
            command,
            log=place.logs / "postgres.log",
            data=place.data,
            env=_environment(),
            cwd=Path("/"),
            stop_signal=signal.SIGINT,  # "fast": does not wait for clients, needs no recovery
            patience=10,
            owner=place.owner,
        )

    @property
    def url(self) -> str:
        return f"postgresql://{USER}@/{DATABASE}?host={quote(str(self.sockets), safe='')}"

    def make(self) -> bool:
        """Make the cluster if there is none; says whether it did. Raises :class:`CannotStart`."""
        for half_made in self.place.home.glob("postgres.new-*"):
            shutil.rmtree(half_made)
        if self.cluster.exists():
            self._refuse_another_version()
            return False
        new = self.place.home / f"postgres.new-{os.getpid()}"
        new.mkdir(mode=0o700)
        if self.place.owner:
            os.chown(new, *self.place.owner)
        made = self._run(
            "initdb", "-D", str(new), *INITDB, f"--username={USER}", "--auth=trust", "--no-instructions"
        )
        if made.returncode:
            shutil.rmtree(new, ignore_errors=True)
            raise CannotStart(f"PostgreSQL cannot make its database: {_last_line(made)}")
        new.rename(self.cluster)
        return True

    def _refuse_another_version(self) -> None:
        try:
            made_by = (self.cluster / "PG_VERSION").read_text().strip()
        except OSError as error:
            raise CannotStart(
                f"{self.cluster} is no PostgreSQL folder ({error.strerror}): move it away and try again"
            ) from error
        ours = self.version().split(".")[0]
        if made_by != ours:
            raise CannotStart(
                f"the data folder {self.place.data} was made by PostgreSQL {made_by} and this is {ours}: use "
                f"PostgreSQL {made_by} to dump it, or choose another with DATA=some/folder"
            )

    def version(self) -> str:
        """Such as 18.1."""
        return self._run("postgres", "--version").stdout.split()[-1]

    def _run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        owner = self.place.owner
        return subprocess.run(
            [str(self.place.programs / program), *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            env=_environment(),
            cwd="/",
            user=owner[0] if owner else None,
            group=owner[1] if owner else None,
            extra_groups=[] if owner else None,
            umask=0o077,
        )

    def processes(self) -> list[psutil.Process]:
        """Every ``postgres`` process that works in our cluster, whoever started it."""
        cluster = os.path.realpath(self.cluster)
        found = []
        for process in psutil.process_iter():
            try:
                if process.name() == "postgres" and os.path.realpath(process.cwd()) == cluster:
                    found.append(process)
            except (psutil.Error, OSError):
                continue
        return found

    def clear(self) -> bool:
        """End what a killed supervisor left running and remove the files that say it runs.

        Says whether anything was still running. Call only with the data folder's lock held.
        """
        running = self.processes()
        members = {process.pid for process in running}
        heads = [process for process in running if process.ppid() not in members]
        for head in heads:
            head.send_signal(signal.SIGINT)
        # Children of a dead postmaster notice its death by themselves.
        psutil.wait_procs(running, timeout=8)
        end(self.processes(), patience=1)
        (self.cluster / "postmaster.pid").unlink(missing_ok=True)
        for stale in self.sockets.iterdir():
            stale.unlink()
        return bool(running)

    def start(self) -> None:
        """Start the server and wait until it takes connections; raises :class:`CannotStart`.

        Retried for some seconds: see "learnt the hard way".
        """
        deadline = time.monotonic() + 20
        while True:
            self.part.start()
            wait_until(lambda: self.answers() or not self.part.alive(), 60)
            if self.part.alive() and self.answers():
                break
            self.part.kill()
            if time.monotonic() > deadline:
                raise CannotStart(
                    f"PostgreSQL does not start; the end of {self.part.log}:\n{self.part.last_lines()}"
                )
            self.clear()
            time.sleep(0.3)
        with psycopg.connect(self._admin_url(), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                connection.execute(f"CREATE DATABASE {DATABASE}")

    def _admin_url(self) -> str:
        return self.url.replace(f"/{DATABASE}?", "/postgres?")

    def answers(self) -> bool:
        try:
            psycopg.connect(self._admin_url(), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True


def _environment() -> dict[str, str]:
    """PostgreSQL's programs obey many PG* variables; ours must not depend on what the user has set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def _last_line(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1] if lines else f"exit code {done.returncode}"
