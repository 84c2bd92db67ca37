"""``make test``: linters, then the whole test suite, on a throw-away PostgreSQL and broker.

::

    python -m factcheck.testing                 # everything
    python -m factcheck.testing -k quarantine   # pytest alone, with these arguments
    python -m factcheck.testing --lint          # linters alone

The servers keep their files in .test-data and are stopped whatever happens. With DATABASE_URL or BROKER_URL
set, those servers are used. The exit code is pytest's, or 1 if a linter complained. pytest speaks last.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from factcheck import environment as env
from factcheck.embedded import CannotStart, places
from factcheck.embedded.broker import Broker
from factcheck.embedded.postgres import Postgres
from factcheck.embedded.processes import MARK, end, left_over

TEST_DATA = env.BASE_DIR / ".test-data"
LINTERS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy"],
    "bandit": ["bandit", "--quiet", "--recursive", "--configfile", "pyproject.toml", "claims", "factcheck"],
}


class Interrupted(BaseException):
    pass


@contextlib.contextmanager
def servers(say: places.Say) -> Iterator[dict[str, str]]:
    """The variables that name a database and a broker; throw-away ones run while the block does."""
    variables = {name: os.environ[name] for name in ("DATABASE_URL", "BROKER_URL") if env.text(name)}
    if len(variables) == 2:
        yield variables
        return
    places.make_data_folder(TEST_DATA)
    lock = places.Lock(TEST_DATA)
    if not lock.take():
        raise CannotStart(
            f"tests already run in {env.BASE_DIR} (process {lock.read()}): wait for them to end"
        )
    lock.write(str(os.getpid()))
    end(left_over(TEST_DATA))
    place = places.choose(TEST_DATA, say, throwaway=True)
    parts = []
    try:
        if "DATABASE_URL" not in variables:
            postgres = Postgres(place, throwaway=True)
            postgres.make()
            postgres.clear()
            parts.append(postgres.part)
            postgres.start()
            variables["DATABASE_URL"] = postgres.url
        if "BROKER_URL" not in variables:
            broker = Broker(place, throwaway=True)
            parts.append(broker.part)
            broker.start(say)
            variables["BROKER_URL"] = broker.url
        yield variables
    finally:
        for part in parts:
            part.ask_to_stop()
        for part in parts:
            part.wait_or_kill()
        places.remove(TEST_DATA)
        if place.run.parent != TEST_DATA:
            shutil.rmtree(place.run, ignore_errors=True)
        lock.release()


def run(command: list[str], variables: dict[str, str]) -> int:
    """Run a Python module in a group of its own, so that nothing of it outlives us."""
    process = subprocess.Popen(
        [sys.executable, "-m", *command],
        cwd=env.BASE_DIR,
        env={**os.environ, **variables},
        start_new_session=True,
    )
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            # pytest prints what it has on SIGINT.
            process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)


def say(line: str) -> None:
    print(line, flush=True)


def lint(variables: dict[str, str]) -> list[str]:
    """Run every linter; the names of those that complained."""
    complained = []
    for name, command in LINTERS.items():
        say(f"- {name}")
        if run(command, variables):
            complained.append(name)
    return complained


def main(arguments: list[str]) -> int:
    def interrupt(number: int, frame: Any) -> None:
        raise Interrupted

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupt)
    variables = {
        "DJANGO_SETTINGS_MODULE": "factcheck.settings",
        "SECRET_KEY": env.text("SECRET_KEY") or secrets.token_urlsafe(48),
        "DEBUG": "0",
        "HTTPS": "0",
        "DATA": str(Path(tempfile.gettempdir()) / "factcheck-tests-have-no-data-folder"),
        MARK: str(TEST_DATA),
    }
    try:
        if arguments == ["--lint"]:
            complained = lint(variables)
            say(f"these complained: {', '.join(complained)}" if complained else "nothing to complain about")
            return 1 if complained else 0
        with servers(say) as urls:
            variables |= urls
            complained = []
            if not arguments:
                complained = lint(variables)
                say("- makemigrations --check")
                if run(["django", "makemigrations", "--check", "--dry-run", "-v", "1"], variables):
                    complained.append("makemigrations --check")
                if complained:
                    say(f"these complained, see above: {', '.join(complained)}")
                say("- pytest")
            code = run(["pytest", "-n", "2", *arguments], variables)
            return code or (1 if complained else 0)
    except CannotStart as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except Interrupted:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
