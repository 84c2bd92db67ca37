"""Probes, and what readers get when the database is away."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from kombu import Connection

from factcheck.celery import app
from factcheck.embedded.processes import wait_until


def test_live_asks_nobody(client: Client) -> None:
    assert client.get("/health/live").json() == {"live": True}


@pytest.mark.django_db
def test_ready_when_database_and_broker_answer(client: Client) -> None:
    response = client.get("/health/ready", headers={"host": "a-probe-knows-no-host-name"})
    assert response.status_code == 200
    assert response.json() == {"ready": True, "down": []}


@pytest.mark.django_db
def test_a_broker_that_is_away_is_named(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "connection_for_write", lambda: Connection("redis://127.0.0.1:1/0"))
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response.json() == {"ready": False, "down": ["broker"]}


@pytest.mark.django_db
def test_every_answer_carries_the_id_of_its_request(client: Client) -> None:
    assert client.get("/health/live", headers={"x-request-id": "desk-0001"})["X-Request-ID"] == "desk-0001"
    assert "\n" not in client.get("/health/live", headers={"x-request-id": "a b"})["X-Request-ID"]


@pytest.fixture(scope="module")
def without_database(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port of a real web server whose database does not answer."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path_factory.mktemp("web") / "web.log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "factcheck/gunicorn_conf.py", "factcheck.wsgi"],
            cwd=repository,
            env={
                **os.environ,
                "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
                "SECRET_KEY": "k" * 50,
                "DEBUG": "0",
                "HTTPS": "0",
                "PORT": str(port),
                "WEB_WORKERS": "1",
            },
            stdout=out,
            stderr=out,
        )
    try:
        assert wait_until(lambda: answers(port), 60), log.read_text()
        yield port
    finally:
        process.terminate()
        process.wait(20)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def get(port: int, path: str) -> tuple[http.client.HTTPResponse, str]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    # A session, because a stranger is sent to the login page without asking the database.
    connection.request("GET", path, headers={"Cookie": "sessionid=0123456789abcdef0123456789abcdef"})
    response = connection.getresponse()
    return response, response.read().decode()


def test_a_page_without_its_database_is_a_clear_503(without_database: int) -> None:
    response, body = get(without_database, "/articles/")
    assert response.status == 503
    assert response.headers["Retry-After"] == "10"
    assert "cannot reach its database" in body


def test_the_api_without_its_database_is_a_problem_document(without_database: int) -> None:
    response, body = get(without_database, "/api/v1/articles")
    assert response.status == 503
    assert response.headers["Content-Type"] == "application/problem+json"
    assert json.loads(body)["status"] == 503
    assert int(response.headers["Retry-After"]) > 0


def test_a_server_without_its_database_lives_and_is_not_ready(without_database: int) -> None:
    assert get(without_database, "/health/live")[0].status == 200
    response, body = get(without_database, "/health/ready")
    assert response.status == 503
    assert "database" in json.loads(body)["down"]
