"""Child processes: started in groups of their own, found again after a crash, stopped for certain."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import psutil

#: Every process of a workbench carries its data folder in this variable: so it can be told apart from any
#: other process that got the same number later.
MARK = "FACTCHECK_PART_OF"


class Part:
    """One process (with its children) of the workbench.

    ``stop_signal`` asks it to finish; ``patience`` is how many seconds it gets before it is killed. ``uid``
    and ``gid`` are whom it runs as, if not as us.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        data: Path,
        env: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        patience: float = 6.0,
        owner: tuple[int, int] | None = None,
    ) -> None:
        self.name = name
        self.command = list(command)
        self.log = log
        self.env = {**(os.environ if env is None else env), MARK: str(data)}
        self.cwd = cwd
        self.stop_signal = stop_signal
        self.patience = patience
        self.owner = owner
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl-C in the terminal reaches only the supervisor."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env=self.env,
                cwd=self.cwd,
                start_new_session=True,
                user=self.owner[0] if self.owner else None,
                group=self.owner[1] if self.owner else None,
                extra_groups=[] if self.owner else None,
                umask=0o077,
            )

    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def how_it_ended(self) -> str:
        code = self.process.returncode if self.process else None
        if code is not None and code < 0:
            return f"was killed by {signal.Signals(-code).name}"
        return f"ended with exit code {code}"

    def ask_to_stop(self) -> None:
        if self.alive() and self.process:
            self.process.send_signal(self.stop_signal)

    def wait_or_kill(self) -> None:
        """Wait as long as its patience allows, then kill it; in any case end what is left of its group."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(self.patience)
        self.kill()

    def kill(self) -> None:
        if self.process is None:
            return
        # The group's number stays taken while a member lives, and members were all started by us.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def last_lines(self, count: int = 5) -> str:
        """The end of its log, for an error message."""
        try:
            lines = self.log.read_text(errors="replace").strip().splitlines()
        except OSError:
            return ""
        return "\n".join(f"    {line[:300]}" for line in lines[-count:])


def left_over(data: Path) -> list[psutil.Process]:
    """Processes of a workbench on ``data`` that outlived their supervisor; PostgreSQL hides from this."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and process.environ().get(MARK) == str(data):
                found.append(process)
        except (psutil.Error, OSError):
            continue  # ended meanwhile, or somebody else's
    return found


def end(processes: Iterable[psutil.Process], patience: float = 5.0) -> None:
    """Ask the processes to finish; kill those that have not after ``patience`` seconds."""
    processes = list(processes)
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.terminate()
    _, stubborn = psutil.wait_procs(processes, timeout=patience)
    for process in stubborn:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(stubborn, timeout=5)


def wait_until(true: Callable[[], bool], seconds: float, step: float = 0.05) -> bool:
    """Whether ``true()`` came true within the time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(step)
    return True
