"""Where pure work runs: in the worker itself, or in a child process whose death the worker survives.

The first attempt of a step runs in the worker: no cost. Every later attempt is suspect and runs in a child
with a limit on time, processor and memory. If the document is what kills, the child dies and the worker is
there to say so; if the worker dies too, it was not the document (see pipeline.py, "Attempts").
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import resource
import select
import signal
import sys
import time
import traceback
from collections.abc import Callable
from typing import Any, NoReturn, Protocol, TypeVar

from claims.ingest.errors import Unreadable

from .codec import from_json, to_json

log = logging.getLogger(__name__)
T = TypeVar("T")

#: Address space of a child. A 5 MB page with its tree takes under 500 MB; a runaway takes all there is.
MEMORY_BYTES = 4 << 30


class Run(Protocol):
    """Runs ``work(*args)``, a pure function, and gives back what it returned, of the type ``returns``."""

    def __call__(self, returns: type[T], work: Callable[..., T], *args: Any) -> T: ...


class ChildDied(Exception):
    """The process that did the work ended without an answer, or did not end in time."""


class ChildFailed(Exception):
    """The work raised an exception in the child; the text is the exception's."""


def in_process(returns: type[T], work: Callable[..., T], *args: Any) -> T:
    """In this process, without protection."""
    return work(*args)


def isolated(seconds: float) -> Run:
    """A runner that gives each piece of work a process of its own and at most ``seconds``.

    It raises what the work raised (Unreadable as itself, all else as ChildFailed), or ChildDied.
    """

    def run(returns: type[T], work: Callable[..., T], *args: Any) -> T:
        reader, writer = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid == 0:
            os.close(reader)
            _child(writer, seconds, work, args)
        os.close(writer)
        try:
            said = _hear(reader, time.monotonic() + seconds)
        finally:
            os.close(reader)
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)  # a child that is done has nothing left to lose
            _, status = os.waitpid(pid, 0)
        if said is None:
            raise ChildDied(f"it did not finish within {seconds:.0f} seconds")
        if not said:
            raise ChildDied(f"the process doing it was ended by {_ending(status)}")
        answer = json.loads(said)
        if "unreadable" in answer:
            raise Unreadable(*answer["unreadable"])
        if "error" in answer:
            log.error("a step failed in its own process\n%s", answer["traceback"])
            raise ChildFailed(answer["error"])
        return from_json(returns, answer["value"])

    return run


def _child(writer: int, seconds: float, work: Callable[..., Any], args: tuple[Any, ...]) -> NoReturn:
    """Does the work and writes the answer; leaves without cleaning up, for all open things are the
    parent's.
    """
    try:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM, signal.SIGUSR1):
            signal.signal(number, signal.SIG_DFL)
        limit = int(seconds) + 1  # also ends a child whose parent was killed
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        if sys.platform == "linux":  # elsewhere the limit is refused or ignored
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
        try:
            answer = {"value": to_json(work(*args))}
        except Unreadable as refusal:
            answer = {"unreadable": [refusal.code, refusal.title, refusal.detail]}
        except Exception as error:
            words = f"{type(error).__name__}: {error}"
            answer = {"error": words, "traceback": traceback.format_exc()}
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(json.dumps(answer).encode())
    finally:
        os._exit(0)


def _hear(reader: int, deadline: float) -> bytes | None:
    """All that the child says until it closes its end; None if it does not by the deadline."""
    parts: list[bytes] = []
    while (left := deadline - time.monotonic()) > 0:
        if select.select([reader], [], [], left)[0]:
            part = os.read(reader, 1 << 16)
            if not part:
                return b"".join(parts)
            parts.append(part)
    return None


def _ending(status: int) -> str:
    if os.WIFSIGNALED(status):
        return f"signal {os.WTERMSIG(status)} ({signal.strsignal(os.WTERMSIG(status))})"
    return f"exit status {os.waitstatus_to_exitcode(status)}"
