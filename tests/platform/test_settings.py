"""Settings fail loudly: one sentence that names the variable."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from factcheck import environment as env

GOOD = {
    "SECRET_KEY": "k" * 50,
    "DATABASE_URL": "postgres://a:b@localhost/c",
    "BROKER_URL": "redis://localhost/0",
}


def load_settings(repository: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    cleared = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "HTTPS", "DATA")}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup()"],
        cwd=repository,
        env={**cleared, "DJANGO_SETTINGS_MODULE": "factcheck.settings", **GOOD, **variables},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("variable", "value"),
    [("DATABASE_URL", "mysql://localhost/c"), ("SECRET_KEY", "short"), ("TIME_ZONE", "Mars/Utopia")],
)
def test_a_bad_variable_stops_the_start_and_is_named(variable: str, value: str, repository: Path) -> None:
    done = load_settings(repository, **{variable: value})
    assert done.returncode != 0
    assert (
        done.stderr.strip()
        .splitlines()[-1]
        .startswith(f"django.core.exceptions.ImproperlyConfigured: {variable} ")
    )


def test_good_variables_load(repository: Path) -> None:
    assert load_settings(repository).returncode == 0


def test_a_process_that_serves_needs_a_key_of_its_own(repository: Path, tmp_path: Path) -> None:
    done = load_settings(repository, SECRET_KEY="", FACTCHECK_SERVING="1", DATA=str(tmp_path))
    assert "ImproperlyConfigured: SECRET_KEY is not set" in done.stderr


def refused(name: str, value: str, read, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv(name, value)
    with pytest.raises(ImproperlyConfigured) as caught:
        read()
    assert name in str(caught.value)
    return str(caught.value)


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("DEBUG", "maybe", lambda: env.flag("DEBUG", False)),
        ("MAX_DOCUMENT_BYTES", "5MB", lambda: env.whole("MAX_DOCUMENT_BYTES", 1, 1, 10)),
        ("PORT", "0", lambda: env.whole("PORT", 8000, 1, 65535)),
        ("PORT", "65536", lambda: env.whole("PORT", 8000, 1, 65535)),
        ("PORT", "-1", lambda: env.whole("PORT", 8000, 1, 65535)),
        ("LOG_LEVEL", "loud", lambda: env.choice("LOG_LEVEL", "INFO", ["INFO"])),
        ("REPORT_TIME", "25:00", lambda: env.clock("REPORT_TIME", "05:00")),
        ("REPORT_TIME", "5 am", lambda: env.clock("REPORT_TIME", "05:00")),
        ("CSRF_TRUSTED_ORIGINS", "desk.example.org", lambda: env.origins("CSRF_TRUSTED_ORIGINS")),
        ("TIME_ZONE", "../etc/passwd", lambda: env.time_zone("TIME_ZONE", "UTC")),
        ("BROKER_URL", "amqp://localhost", lambda: env.broker("BROKER_URL")),
        ("BROKER_URL", "redis://localhost:port/0", lambda: env.broker("BROKER_URL")),
        ("BROKER_URL", "redis:///0", lambda: env.broker("BROKER_URL")),
        ("BROKER_URL", "redis+socket://", lambda: env.broker("BROKER_URL")),
        ("DATABASE_URL", "postgres://localhost/", lambda: env.database("DATABASE_URL")),
        ("DATABASE_URL", "postgres://localhost:port/x", lambda: env.database("DATABASE_URL")),
        ("DATABASE_URL", "postgres://localhost/x?colour=blue", lambda: env.database("DATABASE_URL")),
    ],
)
def test_what_cannot_be_meant_is_refused(name, value, read, monkeypatch) -> None:
    refused(name, value, read, monkeypatch)


@pytest.mark.parametrize(
    "url", ["mysql://u:hunter2@h/x", "postgres://u:hunter2@h:port/x", "postgres://u:hunter2@h/"]
)
def test_no_message_repeats_a_password(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "hunter2" not in refused("DATABASE_URL", url, lambda: env.database("DATABASE_URL"), monkeypatch)


def test_a_database_url_is_read_as_libpq_reads_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://desk:p%40ss@/claims?host=%2Frun%2Fpg&sslmode=disable")
    found = env.database("DATABASE_URL")
    assert found["NAME"] == "claims"
    assert found["USER"] == "desk"
    assert found["PASSWORD"] == "p@ss"
    assert found["HOST"] == "/run/pg"
    assert found["OPTIONS"]["sslmode"] == "disable"


def test_an_empty_variable_counts_as_unset(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", " ")
    assert env.whole("PORT", 8000, 1, 65535) == 8000


def test_the_running_workbench_is_found_by_its_data_folder(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA", str(tmp_path))
    assert env.database("DATABASE_URL") == {"ENGINE": "factcheck.not_running"}
    (tmp_path / "run.json").write_text('{"database_url": "postgresql://u@/found?host=/x"}')
    assert env.database("DATABASE_URL")["NAME"] == "found"
