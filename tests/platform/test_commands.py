"""manage.py with nothing running: what needs no database works, and what does says how to start one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HIDDEN = ("DATABASE_URL", "BROKER_URL", "SECRET_KEY", "DEBUG", "HTTPS", "DJANGO_SETTINGS_MODULE")


@pytest.fixture
def manage(repository: Path, tmp_path: Path):
    """Runs manage.py with no variable set and an empty data folder."""
    bare = {name: value for name, value in os.environ.items() if name not in HIDDEN}

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=repository,
            env={**bare, "DATA": str(tmp_path / "data"), **variables},
            capture_output=True,
            text=True,
        )

    return run


@pytest.mark.parametrize(
    "arguments", [["help"], ["doctor", "--help"], ["makemigrations", "--check", "--dry-run"]]
)
def test_a_command_that_needs_no_database_needs_no_variable(manage, arguments: list[str]) -> None:
    done = manage(*arguments)
    assert done.returncode == 0, done.stderr


def test_a_command_that_needs_the_database_says_how_to_start_it(manage) -> None:
    done = manage("showmigrations")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "make run" in done.stderr


def test_a_database_out_of_reach_is_one_line(manage) -> None:
    done = manage("showmigrations", DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "127.0.0.1" in done.stderr


def test_a_bad_variable_is_one_line(manage) -> None:
    done = manage("showmigrations", TIME_ZONE="Mars/Utopia")
    assert done.returncode == 2
    assert done.stderr.startswith("error: TIME_ZONE is 'Mars/Utopia'")
    assert done.stderr.count("\n") == 1


def test_doctor_works_with_everything_down(manage) -> None:
    done = manage("doctor", "--json")
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert found["well"] is False
    states = {check["component"]: check for check in found["checks"]}
    assert states["python"]["state"] == "ok"
    assert states["database"]["state"] == "problem"
    assert states["broker"]["state"] == "problem"
    assert "make run" in states["database"]["todo"]
