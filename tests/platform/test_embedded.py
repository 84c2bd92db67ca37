"""The embedded servers, as real processes: start, stop, and recover from whatever was killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from factcheck.embedded import CannotStart, places
from factcheck.embedded.broker import Broker
from factcheck.embedded.places import Place
from factcheck.embedded.postgres import Postgres
from factcheck.embedded.processes import MARK, end, left_over


def silent(line: str) -> None:
    pass


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    data = tmp_path_factory.mktemp("data")
    places.make_data_folder(data)
    chosen = places.choose(data, silent, throwaway=True)
    yield chosen
    for process in Postgres(chosen).processes():
        process.kill()
    end(left_over(data), patience=1)
    places.remove(chosen.data)
    shutil.rmtree(chosen.run, ignore_errors=True)


@pytest.fixture(scope="module")
def cluster(place: Place) -> Postgres:
    """A cluster with one row in it, not running."""
    server = Postgres(place, throwaway=True)
    assert server.make()
    server.start()
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('kept')")
    stop(server)
    return server


@pytest.fixture
def server(cluster: Postgres) -> Iterator[Postgres]:
    """The cluster, running."""
    cluster.clear()
    cluster.start()
    yield cluster
    stop(cluster)


def stop(server: Postgres) -> None:
    server.part.ask_to_stop()
    server.part.wait_or_kill()


def kept(server: Postgres) -> str:
    with psycopg.connect(server.url) as connection:
        return connection.execute("SELECT word FROM kept").fetchone()[0]


def postmaster(server: Postgres) -> int:
    return server.part.process.pid


def test_a_cluster_is_made_once_with_its_own_collation(server: Postgres) -> None:
    assert server.make() is False
    with psycopg.connect(server.url) as connection:
        found = connection.execute(
            "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding) FROM pg_database "
            "WHERE datname = current_database()"
        ).fetchone()
    assert found == ("b", "C.UTF-8", "UTF8")


def test_a_stopped_server_leaves_no_process(cluster: Postgres) -> None:
    cluster.start()
    assert cluster.processes()
    stop(cluster)
    assert cluster.processes() == []


def test_it_recovers_when_the_postmaster_was_killed(server: Postgres) -> None:
    """Its children linger for a moment and hold the lock file: that must stop nobody."""
    clients = [psycopg.connect(server.url) for _ in range(3)]
    os.kill(postmaster(server), signal.SIGKILL)
    server.part.process.wait()
    server.clear()
    server.start()
    assert kept(server) == "kept"
    for client in clients:
        client.close()


def test_a_server_whose_supervisor_died_is_found_and_stopped(server: Postgres, place: Place) -> None:
    orphan = postmaster(server)
    another = Postgres(place, throwaway=True)
    assert another.clear() is True
    assert not psutil.pid_exists(orphan) or psutil.Process(orphan).status() == psutil.STATUS_ZOMBIE
    another.start()
    assert kept(another) == "kept"
    stop(another)


def test_a_pid_file_that_names_a_stranger_is_not_believed(cluster: Postgres) -> None:
    """After a restart of the machine the number in postmaster.pid may be anybody's: here, a sleeper's."""
    owner = cluster.place.owner
    sleeper = subprocess.Popen(
        ["sleep", "600"], user=owner[0] if owner else None, group=owner[1] if owner else None
    )
    try:
        pid_file = cluster.cluster / "postmaster.pid"
        pid_file.write_text(f"{sleeper.pid}\n{cluster.cluster}\n1600000000\n5432\n{cluster.sockets}\n\n")
        assert cluster.clear() is False
        cluster.start()
        assert kept(cluster) == "kept"
        stop(cluster)
        assert sleeper.poll() is None
    finally:
        sleeper.kill()
        sleeper.wait()


def test_a_half_made_cluster_is_thrown_away(cluster: Postgres) -> None:
    half = cluster.place.home / "postgres.new-1"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    cluster.make()
    assert not half.exists()


def test_a_cluster_of_another_version_is_refused_in_one_line(cluster: Postgres) -> None:
    version = cluster.cluster / "PG_VERSION"
    ours = version.read_text()
    version.write_text("19\n")
    try:
        with pytest.raises(CannotStart, match="made by PostgreSQL 19 and this is 1"):
            cluster.make()
    finally:
        version.write_text(ours)


def test_the_broker_keeps_its_messages_over_a_kill(place: Place) -> None:
    broker = Broker(place)
    broker.start(silent)
    client = redis.Redis(unix_socket_path=str(broker.socket))
    client.rpush("hints", "one")
    client.wait(0, 0)
    client.execute_command("BGREWRITEAOF")
    broker.part.kill()
    broker.start(silent)
    assert client.lrange("hints", 0, -1) == [b"one"]
    broker.part.ask_to_stop()
    broker.part.wait_or_kill()


def test_a_broker_that_cannot_read_its_files_starts_empty_and_says_so(place: Place) -> None:
    broker = Broker(place)
    folder = broker.folder / "appendonlydir"
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    (folder / "appendonly.aof.manifest").write_text("no manifest at all\n")
    said: list[str] = []
    broker.start(said.append)
    assert "could not read its files" in said[0]
    assert redis.Redis(unix_socket_path=str(broker.socket)).keys() == []
    broker.part.ask_to_stop()
    broker.part.wait_or_kill()
    shutil.rmtree(next(place.data.glob("broker-unreadable-*")))


def test_sockets_are_private(server: Postgres) -> None:
    assert server.sockets.stat().st_mode & 0o777 == 0o700


def test_a_deep_folder_gets_a_short_place_for_its_sockets(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 20) / ("deeper" * 10)
    deep.mkdir(parents=True)
    run = places.socket_folder(deep, None)
    try:
        assert len(str(run / "postgres" / ".s.PGSQL.5432")) <= places.LONGEST_SOCKET_ADDRESS
    finally:
        shutil.rmtree(run)


def test_only_one_holds_a_data_folder(tmp_path: Path) -> None:
    first, second = places.Lock(tmp_path), places.Lock(tmp_path)
    assert first.take()
    assert not second.take()
    first.release()
    assert second.take()


def test_only_marked_processes_are_ours_to_end(tmp_path: Path) -> None:
    sleep = [sys.executable, "-c", "import time; time.sleep(600)"]
    ours = subprocess.Popen(sleep, env={**os.environ, MARK: str(tmp_path)})
    stranger = subprocess.Popen(sleep, env={**os.environ, MARK: str(tmp_path / "other")})
    try:
        end(left_over(tmp_path))
        assert not psutil.pid_exists(ours.pid)
        assert stranger.poll() is None
    finally:
        for process in (ours, stranger):
            process.kill()
            process.wait()


def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(CannotStart, match="DATA=some/folder"):
        places.make_data_folder(tmp_path / "file" / "data")
