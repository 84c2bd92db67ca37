"""`make run`, as a real process with all its parts: one long story, because each start takes its seconds."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from factcheck.embedded import places
from factcheck.embedded.postgres import Postgres
from factcheck.embedded.processes import end, left_over, wait_until

pytestmark = pytest.mark.live

PATIENCE = 180  # seconds; these machines are busy


class Workbench:
    """A supervisor on a data folder of its own."""

    def __init__(self, repository: Path, data: Path) -> None:
        self.repository = repository
        self.data = data
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.log = data.parent / "run.log"
        hidden = ("DATABASE_URL", "BROKER_URL", "SECRET_KEY", "DEBUG", "HTTPS")
        self.env = {name: value for name, value in os.environ.items() if name not in hidden}
        self.env |= {"DATA": str(data), "PORT": str(self.port), "WEB_WORKERS": "1", "WORKERS": "1"}
        self.env["SAMPLES"] = "0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "factcheck.run"],
                cwd=self.repository,
                env=self.env,
                stdout=log,
                stderr=log,
            )
        assert wait_until(lambda: "the workbench is at" in self.said() or self.ended(), PATIENCE), self.said()
        assert not self.ended(), self.said()

    def ended(self) -> bool:
        return self.process.poll() is not None

    def said(self) -> str:
        return self.log.read_text(errors="replace")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *command],
            cwd=self.repository,
            env=self.env,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
        )

    def ready(self) -> bool:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
            connection.request("GET", "/health/ready")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def parts(self) -> dict[str, psutil.Process]:
        """The children of the supervisor, by a word of their command lines."""
        words = {
            "postgres": "PostgreSQL",
            "valkey": "broker",
            "gunicorn": "web",
            "worker": "worker",
            "beat": "scheduler",
        }
        found = {}
        for child in psutil.Process(self.process.pid).children():
            try:
                line = " ".join(child.cmdline())
            except psutil.Error:
                continue  # just ended
            for word, name in words.items():
                if word in line.replace(str(self.data), "") and name not in found.values():
                    found.setdefault(name, child)
                    break
        return found

    def pid_of(self, name: str) -> int | None:
        part = self.parts().get(name)
        return part.pid if part else None

    def database_url(self) -> str:
        return json.loads((self.data / "run.json").read_text())["database_url"]


@pytest.fixture(scope="module")
def workbench(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    data = tmp_path_factory.mktemp("run") / "data"
    made = Workbench(repository, data)
    yield made
    if made.process and not made.ended():
        made.process.send_signal(signal.SIGTERM)
        made.process.wait(PATIENCE)
    end(left_over(data), patience=2)
    if data.exists():
        place = places.choose(data, lambda line: None)
        Postgres(place).clear()
        places.remove(data)
        shutil.rmtree(place.run, ignore_errors=True)


def test_run_from_an_empty_folder_to_the_end(workbench: Workbench) -> None:
    workbench.start()
    said = workbench.said()
    assert f"the workbench is at http://127.0.0.1:{workbench.port}/" in said
    assert said.count("password: ") == 2  # when it is made, and once more at the end of the start
    assert workbench.ready()
    assert sorted(workbench.parts()) == ["PostgreSQL", "broker", "scheduler", "web", "worker"]
    assert (workbench.data / "secret-key").stat().st_mode & 0o777 == 0o600

    # Another terminal finds it without being told anything.
    assert workbench.run("manage.py", "showmigrations", "claims").returncode == 0
    doctor = json.loads(workbench.run("manage.py", "doctor", "--json").stdout)
    states = {check["component"]: check["state"] for check in doctor["checks"]}
    assert states["database"] == states["broker"] == states["worker"] == "ok", doctor

    # A second one on the same folder is refused in one line that says where the first is.
    second = workbench.run("-m", "factcheck.run")
    assert second.returncode == 1
    assert second.stderr.count("\n") == 1
    assert f"process {workbench.process.pid}" in second.stderr
    assert f":{workbench.port}/" in second.stderr

    # Whatever part is killed is started again, and said so.
    for name in ("PostgreSQL", "broker", "web", "worker", "scheduler"):
        before = workbench.parts()[name].pid
        os.kill(before, signal.SIGKILL)
        back = wait_until(
            lambda name=name, before=before: (
                workbench.pid_of(name) not in (None, before) and workbench.ready()
            ),
            PATIENCE,
            step=0.3,
        )
        assert back, f"{name} did not come back: {workbench.said()}"
    assert workbench.said().count("was killed by SIGKILL: starting it again") == 5

    # Its supervisor killed, the next start ends what was left, and continues with the same data.
    with psycopg.connect(workbench.database_url()) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    old = workbench.parts()
    workbench.process.kill()
    workbench.process.wait()
    workbench.start()
    assert "left behind" in workbench.said()
    assert "password" not in workbench.said()
    assert not any(process.is_running() for process in old.values())
    with psycopg.connect(workbench.database_url()) as connection:
        connection.execute("SELECT word FROM kept")

    # SIGTERM stops all that it started.
    started = workbench.parts()
    workbench.process.send_signal(signal.SIGTERM)
    assert workbench.process.wait(PATIENCE) == 0
    assert not any(process.is_running() for process in started.values())
    assert left_over(workbench.data) == []
    assert not (workbench.data / "run.json").exists()


def refusal(repository: Path, **variables: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "factcheck.run"],
        cwd=repository,
        env={**os.environ, **variables},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1, done.stderr
    return done.stderr


def test_a_port_in_use_is_one_line(repository: Path, tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refusal(repository, PORT=str(port), DATA=str(tmp_path / "data"))
    assert f"port {port} of 127.0.0.1 cannot be used (Address already in use)" in said
    assert "make run PORT=" in said


def test_a_bad_port_is_one_line(repository: Path, tmp_path: Path) -> None:
    assert "PORT is 'http'" in refusal(repository, PORT="http", DATA=str(tmp_path / "data"))


def test_a_database_that_does_not_answer_is_one_line(repository: Path, tmp_path: Path) -> None:
    said = refusal(
        repository,
        PORT="8199",
        DATA=str(tmp_path / "data"),
        DATABASE_URL="postgres://nobody@127.0.0.1:1/nothing",
        BROKER_URL="redis://127.0.0.1:1/0",
    )
    assert said.startswith("error: DATABASE_URL: cannot connect")
