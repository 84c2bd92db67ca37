"""How long a newcomer waits, and how much room it takes: from an empty folder to the first page.

``python benchmarks/startup.py [--times 3] [--port 8190]`` clones this repository into a temporary folder,
runs ``make run`` there and measures, as Markdown for docs/benchmarks.md:

- seconds from the start of ``make run`` to the environment being ready, to the first page, and to the
  finished start with the sample stories;
- seconds of a second start on the same data;
- megabytes of the environment and of the data folder.

The package cache is as warm as it is; say with the figures whether it was. Needs no more than ``make run``
does.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
HIDDEN = ("DATABASE_URL", "BROKER_URL", "SECRET_KEY", "DEBUG", "HTTPS", "DATA", "PORT", "MAKEFLAGS")

MARKS = {
    "environment ready": "the Python environment is ready",
    "first page": "the first page answers",
    "samples sent, address printed": "the workbench is at",
}


def start(folder: Path, port: int) -> tuple[dict[str, float], float]:
    """Run ``make run`` until it says its address, stop it; seconds to each mark, and seconds to stop."""
    environment = {name: value for name, value in os.environ.items() if name not in HIDDEN}
    began = time.monotonic()
    process = subprocess.Popen(
        ["make", "run", f"PORT={port}"],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    reached: dict[str, float] = {}
    lines = []
    try:
        for line in process.stdout or []:
            lines.append(line)
            for name, words in MARKS.items():
                if words in line and name not in reached:
                    reached[name] = time.monotonic() - began
            if "logs are in" in line:
                break
        else:
            raise SystemExit("make run ended too early:\n" + "".join(lines[-20:]))
    finally:
        asked = time.monotonic()
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            process.communicate()
    return reached, time.monotonic() - asked


def megabytes(folder: Path) -> float:
    """What a folder takes, its links followed to the outside where PostgreSQL lives when we are root."""
    total = 0
    for found, folders, files in os.walk(folder):
        for name in files:
            path = Path(found) / name
            if not path.is_symlink():
                total += path.stat().st_blocks * 512
        for name in folders:
            if name == "outside":
                total += int(megabytes((Path(found) / name).resolve()) * 1e6)
    return total / 1e6


def measure(port: int) -> dict[str, float]:
    # Where an ordinary user would clone: a folder others can pass through.
    folder = Path(tempfile.mkdtemp(prefix="factcheck-startup-"))
    folder.chmod(0o755)
    clone = folder / "workbench"
    try:
        subprocess.run(["git", "clone", "--quiet", str(REPOSITORY), str(clone)], check=True)
        reached, stopping = start(clone, port)
        found = dict(reached)
        again, _ = start(clone, port)
        found["second start, first page"] = again["first page"]
        found["stopping"] = stopping
        found["MB of .venv"] = megabytes(clone / ".venv")
        found["MB of data"] = megabytes(clone / "data")
        return found
    finally:
        outside = clone / "data" / "outside"
        if outside.is_symlink():
            shutil.rmtree(outside.resolve(), ignore_errors=True)
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, default=3, help="how often to measure (default 3)")
    parser.add_argument("--port", type=int, default=8190, help="port for the web server (default 8190)")
    arguments = parser.parse_args()
    runs = []
    for number in range(arguments.times):
        runs.append(measure(arguments.port))
        print(f"run {number + 1} of {arguments.times}: {runs[-1]}", file=sys.stderr, flush=True)
    print(f"Python {platform.python_version()}, {os.cpu_count()} CPUs; seconds, where nothing else is said")
    print()
    print("| what | median | from | to |")
    print("|---|---|---|---|")
    for name in runs[0]:
        values = [run[name] for run in runs]
        print(f"| {name} | {statistics.median(values):.1f} | {min(values):.1f} | {max(values):.1f} |")


if __name__ == "__main__":
    main()
