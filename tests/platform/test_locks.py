"""The lock files, and the program that installs them."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest


def pins(lock: Path) -> dict[str, str]:
    return dict(re.findall(r"^([\w.-]+)==([^\s;\\]+)", lock.read_text(), re.MULTILINE))


@pytest.mark.parametrize("name", ["bootstrap", "runtime", "dev"])
def test_a_lock_pins_hashes_and_names_no_place(name: str, repository: Path) -> None:
    text = (repository / "requirements" / f"{name}.lock").read_text()
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", text)) >= len(
        pins_of := re.findall(r"^\S+==", text, re.M)
    )
    assert pins_of
    assert not re.search(r"https?://|file:|--index-url|--find-links|^\s*#.*\s/\w", text, re.MULTILINE)


def test_the_development_lock_holds_the_runtime_one(repository: Path) -> None:
    runtime = pins(repository / "requirements" / "runtime.lock")
    dev = pins(repository / "requirements" / "dev.lock")
    assert runtime.items() <= dev.items()


def test_an_old_python_is_told_so_in_one_line(repository: Path) -> None:
    code = (
        "import runpy, shutil, sys\n"
        "shutil.which = lambda name: None\n"
        "sys.version_info = (3, 8, 0)\n"
        "sys.argv = ['bootstrap.py', 'runtime']\n"
        "runpy.run_path('factcheck/bootstrap.py', run_name='__main__')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=repository, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stderr.startswith("error: Python 3.11 or newer is needed")
    assert done.stderr.count("\n") == 1
