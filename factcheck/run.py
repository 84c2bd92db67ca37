"""``make run``: start everything, watch over it, stop everything.

::

    python -m factcheck.run         # run until Ctrl-C or SIGTERM
    python -m factcheck.run stop    # stop the one that runs on the data folder

PORT, HOST and DATA say where; SAMPLES=0 leaves an empty database empty. The embedded PostgreSQL and broker
are started unless DATABASE_URL and BROKER_URL name others. One supervisor holds the lock of a data folder;
its processes carry the folder in their environment, so that the next supervisor finds what a killed one
left behind. A part that ends is started again, later and later while it keeps ending.
"""

from __future__ import annotations

import contextlib
import errno
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import psycopg
import redis
from django.core.exceptions import ImproperlyConfigured

from factcheck import environment as env
from factcheck.embedded import CannotStart, places
from factcheck.embedded.broker import Broker
from factcheck.embedded.postgres import Postgres
from factcheck.embedded.processes import MARK, Part, end, left_over, wait_until
from factcheck.prepare import EMPTY

LONGEST_LOG = 20_000_000  # bytes; then it is kept once as .1 and begun anew
LONGEST_PAUSE = 30.0  # seconds between two starts of a part that keeps ending
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104
STEADY = 60.0  # seconds after which a part counts as well again


class Stopped(Exception):
    """Somebody asked us to stop."""


class Watched:
    """A part, how to start it, and when it may be started again."""

    def __init__(self, part: Part, start: Callable[[], None]) -> None:
        self.part = part
        self.start = start
        self.started = 0.0
        self.failures = 0
        self.due: float | None = None


class Supervisor:
    def __init__(self) -> None:
        self.began = time.monotonic()
        self.data = env.data_folder()
        self.host = env.text("HOST", "127.0.0.1")
        self.port = env.whole("PORT", 8000, 1, 65535)
        self.watched: list[Watched] = []
        self.asked = 0.0  # when somebody asked us to stop
        self.lock: places.Lock | None = None

    # What people see

    @property
    def host_to_ask(self) -> str:
        return "localhost" if self.host in EVERYWHERE else self.host

    @property
    def address(self) -> str:
        return f"http://{bracketed(self.host_to_ask)}:{self.port}/"

    def say(self, line: str) -> None:
        # A terminal that has gone must not take the workbench with it: SIGHUP says so in time.
        with contextlib.suppress(OSError):
            print(f"[{time.monotonic() - self.began:5.1f} s] {line}", flush=True)

    # From start to end

    def run(self) -> int:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        try:
            self.lock = self.take_lock()
            self.start()
            self.watch()
        except Stopped:
            return 0
        finally:
            self.stop()
        return 0

    def _on_signal(self, number: int, frame: Any) -> None:
        # A signal to the whole group arrives twice, once by way of make: that is no second wish.
        if self.asked and time.monotonic() - self.asked > 1:
            for watched in self.watched:
                if watched.part.alive():
                    watched.part.kill()
        self.asked = self.asked or time.monotonic()

    def go_on(self) -> None:
        """Raise :class:`Stopped` if somebody asked for it: called wherever stopping is safe."""
        if self.asked:
            raise Stopped

    def take_lock(self) -> places.Lock:
        places.make_data_folder(self.data)
        lock = places.Lock(self.data)
        if not lock.take():
            holder = _json(lock.read())
            raise CannotStart(
                f"the workbench already runs on {self.data} (process {holder.get('pid', 'unknown')}, "
                f"{holder.get('address', 'still starting')}): stop it with `make stop`, "
                "or choose another folder and port with DATA=some/folder PORT=8001"
            )
        lock.write(json.dumps({"pid": os.getpid(), "address": self.address}))
        return lock

    def start(self) -> None:
        self.say(f"data folder {self.data}")
        orphans = left_over(self.data)
        if orphans:
            self.say(f"ending {len(orphans)} processes that a killed workbench left behind")
            end(orphans)
        self.check_port()
        database_url, broker_url = env.text("DATABASE_URL"), env.text("BROKER_URL")
        if database_url:
            self.check_database(database_url)
        if broker_url:
            self.check_broker(broker_url)
        if not (database_url and broker_url):
            with self.setting_up():
                place = places.choose(self.data, self.say)
                database_url = database_url or self.start_postgres(place)
                self.go_on()
                broker_url = broker_url or self.start_broker(place)
        self.go_on()
        self.keep_secret_key()
        write_private(
            self.data / "run.json",
            json.dumps(
                {
                    "pid": os.getpid(),
                    "address": self.address,
                    "database_url": database_url,
                    "broker_url": broker_url,
                }
            ),
        )
        environment = self.environment(database_url, broker_url)
        lines, empty = self.prepare(environment)
        self.start_parts(environment)
        self.wait_for_first_page(environment["ALLOWED_HOSTS"])
        if empty and env.flag("SAMPLES", True):
            self.load_samples(environment)
        self.go_on()
        self.say(f"the workbench is at {self.address}")
        for line in lines:
            self.say(line)
        self.say(f"logs are in {self.data / 'logs'}; Ctrl-C stops everything")

    @contextlib.contextmanager
    def setting_up(self) -> Iterator[None]:
        """Errors of the file system while setting up, in one line."""
        try:
            yield
        except OSError as error:
            what = f"{error.strerror}: {error.filename}" if error.filename else str(error)
            raise CannotStart(f"cannot set up the servers ({what})") from error

    def check_port(self) -> None:
        try:
            family, kind, _, _, where = socket.getaddrinfo(self.host, self.port, type=socket.SOCK_STREAM)[0]
        except OSError as error:
            raise CannotStart(f"HOST is {self.host!r}: no such address on this machine") from error
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(where)
            except PermissionError as error:
                raise CannotStart(
                    f"port {self.port} is kept for the system: choose one from 1024 up, make run PORT=8000"
                ) from error
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    raise CannotStart(f"HOST is {self.host!r}: no such address on this machine") from error
                raise CannotStart(
                    f"port {self.port} of {self.host} cannot be used ({os.strerror(error.errno or 0)}): "
                    f"choose another, such as make run PORT={self.port % 65535 + 1}"
                ) from error

    # The servers

    def start_postgres(self, place: places.Place) -> str:
        server = Postgres(place)
        if not server.cluster.exists():
            self.say("PostgreSQL: making the database cluster")
        server.make()
        if server.clear():
            self.say("PostgreSQL was still running: stopped it, to start it under watch")

        def start() -> None:
            server.clear()
            server.start()

        self.add(server.part, start)
        self.say(f"PostgreSQL {server.version()} takes connections")
        return server.url

    def start_broker(self, place: places.Place) -> str:
        broker = Broker(place)
        self.add(broker.part, lambda: broker.start(self.say))
        self.say("the broker takes connections")
        return broker.url

    def check_database(self, url: str) -> None:
        env.database_at(url)
        try:
            with psycopg.connect(url, connect_timeout=5) as connection:
                version = connection.info.server_version
        except psycopg.Error as error:
            raise CannotStart(f"DATABASE_URL: cannot connect: {_first_line(error)}") from error
        if version < 140_000:
            raise CannotStart(f"DATABASE_URL: the server is PostgreSQL {version // 10_000}: 14 is the oldest")
        self.say(f"PostgreSQL {version // 10_000} of DATABASE_URL takes connections")

    def check_broker(self, url: str) -> None:
        env.broker_at(url)
        try:
            client = redis.Redis.from_url(
                url.replace("redis+socket://", "unix://").replace("?virtual_host=", "?db="),
                socket_connect_timeout=5,
                socket_timeout=5,
            )
            client.ping()
        except (redis.RedisError, OSError, ValueError) as error:
            raise CannotStart(f"BROKER_URL: cannot connect: {_first_line(error)}") from error
        self.say("the broker of BROKER_URL takes connections")

    # The workbench itself

    def keep_secret_key(self) -> None:
        if not env.text("SECRET_KEY") and not (self.data / "secret-key").exists():
            write_private(self.data / "secret-key", secrets.token_urlsafe(48))

    def environment(self, database_url: str, broker_url: str) -> dict[str, str]:
        """For every process of ours; what the user has set stands."""
        hosts = ["localhost", "127.0.0.1", "[::1]"]
        if self.host in EVERYWHERE:
            hosts += [socket.gethostname(), socket.getfqdn()]
            if not env.text("ALLOWED_HOSTS"):
                self.say("listening to every address: set ALLOWED_HOSTS to the names people use for it")
        else:
            hosts.append(bracketed(self.host))
        ours = {
            "HTTPS": "0",
            "ALLOWED_HOSTS": ",".join(dict.fromkeys(hosts)),
            "STATIC_ROOT": str(self.data / "static"),
            "LOG_FORMAT": "json",
        }
        given = {name: value for name, value in os.environ.items() if value.strip()}
        return {
            **ours,
            **given,
            "DJANGO_SETTINGS_MODULE": "factcheck.settings",
            "DATA": str(self.data),
            "HOST": bracketed(self.host),
            "PORT": str(self.port),
            "DATABASE_URL": database_url,
            "BROKER_URL": broker_url,
            "PYTHONUNBUFFERED": "1",
            MARK: str(self.data),
        }

    def prepare(self, environment: Mapping[str, str]) -> tuple[list[str], bool]:
        """Migrations, static files, administrator: lines to repeat at the end; whether there is no data."""
        repeat: list[str] = []

        def hear(line: str) -> None:
            self.say(line)
            if line.startswith("administrator:"):
                repeat.append(line)

        code = self.command(["-m", "factcheck.prepare", "administrator"], environment, hear)
        if code not in (0, EMPTY):
            raise CannotStart(f"the database cannot be prepared: {self.last_complaint()}")
        return repeat, code == EMPTY

    @property
    def setup_log(self) -> Path:
        return self.data / "logs" / "setup.log"

    def last_complaint(self) -> str:
        lines = self.setup_log.read_text(errors="replace").strip().splitlines()
        return f"{lines[-1][:300] if lines else 'no reason given'} (all of it is in {self.setup_log})"

    def command(
        self, arguments: list[str], environment: Mapping[str, str], hear: Callable[[str], None]
    ) -> int:
        """Run Python in a group of its own, hearing its lines as they come; ends it if we must stop.

        What it complains of goes to setup.log.
        """
        with self.setup_log.open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                env=dict(environment),
                cwd=env.BASE_DIR,
                start_new_session=True,
            )
        assert process.stdout  # noqa: S101 - for mypy
        os.set_blocking(process.stdout.fileno(), False)
        rest = b""
        try:
            while True:
                ended = process.poll() is not None
                rest += process.stdout.read() or b""
                *lines, rest = rest.split(b"\n")
                for line in lines:
                    hear(line.decode(errors="replace"))
                if ended:
                    if rest:
                        hear(rest.decode(errors="replace"))
                    return process.returncode
                self.go_on()
                time.sleep(0.05)
        finally:
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
                process.wait()

    def start_parts(self, environment: Mapping[str, str]) -> None:
        logs = self.data / "logs"
        python = sys.executable
        workers = env.whole("WORKERS", max(1, min(4, os.cpu_count() or 1)), 1, 64)

        def part(name: str, log: str, *command: str) -> None:
            made = Part(
                name,
                [python, "-m", *command],
                log=logs / log,
                data=self.data,
                env=environment,
                cwd=env.BASE_DIR,
            )
            self.add(made, made.start)

        celery = ("celery", "--app", "factcheck", "--quiet")
        part(
            "the web server",
            "web.log",
            "gunicorn",
            "--config",
            "factcheck/gunicorn_conf.py",
            "factcheck.wsgi",
        )
        part(
            "the worker",
            "worker.log",
            *celery,
            "worker",
            f"--concurrency={workers}",
            "--without-gossip",
            "--without-mingle",
        )
        schedule = str(self.data / "beat-schedule")
        part("the scheduler", "beat.log", *celery, "beat", "--schedule", schedule, "--pidfile=")
        self.say(f"started web server, worker with {workers} processes, scheduler")

    def add(self, part: Part, start: Callable[[], None]) -> None:
        watched = Watched(part, start)
        self.watched.append(watched)
        trim(part.log)
        start()
        watched.started = time.monotonic()

    def wait_for_first_page(self, hosts: str) -> None:
        """``hosts`` is ALLOWED_HOSTS: the page is asked for by the first name that is one."""
        name = next((host for host in hosts.split(",") if host[:1] not in (".", "*", "")), "localhost")
        deadline = time.monotonic() + 180
        web = next(watched.part for watched in self.watched if watched.part.name == "the web server")
        while True:
            self.go_on()
            try:
                status = self.first_page(name)
                break
            except (OSError, http.client.HTTPException) as error:
                if not web.alive() or time.monotonic() > deadline:
                    raise CannotStart(
                        f"the web server does not start; the end of {web.log}:\n{web.last_lines(12)}"
                    ) from error
            time.sleep(0.1)
        if status >= 400:
            raise CannotStart(f"the first page answers {status}; the end of {web.log}:\n{web.last_lines()}")
        self.say("the first page answers")

    def first_page(self, name: str) -> int:
        """The status of the page a newcomer sees: the first one, or the login it leads to."""
        path, status = "/", 0
        for _ in range(3):
            connection = http.client.HTTPConnection(self.host_to_ask, self.port, timeout=30)
            try:
                connection.request("GET", path, headers={"Host": f"{name}:{self.port}"})
                answer = connection.getresponse()
                status, path = answer.status, answer.headers.get("Location", "")
            finally:
                connection.close()
            if not path.startswith("/"):
                break
        return status

    def load_samples(self, environment: Mapping[str, str]) -> None:
        self.say("the database is empty: loading the sample stories")
        code = self.command(["manage.py", "loadsamples"], environment, lambda line: self.say(f"  {line}"))
        if code:
            self.say(f"the sample stories cannot be loaded: {self.last_complaint()}")

    # Watching

    def watch(self) -> None:
        trimmed = time.monotonic()
        while True:
            self.go_on()
            for watched in self.watched:
                self.look_at(watched)
            if time.monotonic() - trimmed > 60:
                trimmed = time.monotonic()
                for watched in self.watched:
                    trim(watched.part.log)
            time.sleep(0.25)

    def look_at(self, watched: Watched) -> None:
        part, now = watched.part, time.monotonic()
        if part.alive():
            if watched.failures and now - watched.started > STEADY:
                watched.failures = 0
            return
        if watched.due is None:
            pause = 0.0 if not watched.failures else min(LONGEST_PAUSE, 2.0 ** (watched.failures - 1))
            watched.failures += 1
            watched.due = now + pause
            later = f"in {pause:.0f} s" if pause else "now"
            self.say(f"{part.name} {part.how_it_ended()}: starting it again {later} (see {part.log})")
        if now < watched.due:
            return
        watched.due = None
        part.kill()  # what is left of its group
        watched.started = now
        try:
            watched.start()
        except (CannotStart, OSError, psycopg.Error) as error:
            self.say(str(error))
        else:
            self.say(f"{part.name} was started again")

    # Stopping

    def stop(self) -> None:
        if self.lock is None:
            return
        running = [watched.part for watched in self.watched if watched.part.process is not None]
        if running:
            self.say("stopping (once more to kill)")
        ours = [part for part in running if part.name not in ("PostgreSQL", "the broker")]
        for part in ours:
            part.ask_to_stop()
        for part in ours:
            part.wait_or_kill()
        for part in reversed([part for part in running if part not in ours]):
            part.ask_to_stop()
            part.wait_or_kill()
        with contextlib.suppress(OSError):
            (self.data / "run.json").unlink(missing_ok=True)
        if running:
            self.say("stopped")
        self.lock.release()


def stop_running(data: Path) -> int:
    """Stop the workbench of a data folder, or what a killed one left behind."""
    if not data.is_dir():
        print(f"nothing runs on {data}")
        return 0
    lock = places.Lock(data)
    if not lock.take():
        pid = _json(lock.read()).get("pid")
        if not isinstance(pid, int):
            raise CannotStart("a workbench is just starting or stopping: try again")
        os.kill(pid, signal.SIGTERM)
        if not wait_until(lock.take, 60, step=0.2):
            raise CannotStart(f"process {pid} does not stop: `kill -9 {pid}`, then `make stop` again")
        print(f"stopped the workbench of {data}")
        return 0
    orphans = left_over(data)
    end(orphans)
    left = bool(orphans)
    if (data / "postgres").exists() or (data / places.OUTSIDE).is_symlink():
        left = Postgres(places.choose(data, print)).clear() or left
    with contextlib.suppress(OSError):
        (data / "run.json").unlink(missing_ok=True)
    print(f"ended what a killed workbench left behind on {data}" if left else f"nothing runs on {data}")
    return 0


def bracketed(host: str) -> str:
    """An IPv6 address as it stands in a URL."""
    return f"[{host}]" if ":" in host else host


def write_private(path: Path, text: str) -> None:
    """Write a file that only we can read, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    new.unlink(missing_ok=True)
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    new.rename(path)


def trim(log: Path) -> None:
    """Keep a log from filling the disk. Its writers append, so it can be emptied under them."""
    with contextlib.suppress(OSError):
        if log.stat().st_size > LONGEST_LOG:
            log.with_name(log.name + ".1").write_bytes(log.read_bytes())
            os.truncate(log, 0)


def _json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0] if lines else type(error).__name__


def main(arguments: list[str]) -> int:
    try:
        if arguments == ["stop"]:
            return stop_running(env.data_folder())
        if arguments:
            print(__doc__)
            return 2
        return Supervisor().run()
    except (CannotStart, ImproperlyConfigured) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
