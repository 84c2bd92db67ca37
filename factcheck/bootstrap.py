"""Make .venv and install what a lock file names. Run by ``make`` with nothing but Python itself.

``python3 factcheck/bootstrap.py runtime|dev`` does nothing where the lock is installed already. The
packages come from the index that pip and uv are set up to use, and every file is held against the hashes in
the lock. uv installs them, itself installed by pip under a hash; where it has no build for the machine, or
fails, pip does it more slowly.

Old Pythons read this file too, to say that they are too old: nothing newer than 3.6 in it.
"""

import fcntl
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time

OLDEST = (3, 11)
HERE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(HERE, ".venv")
# There while something is made or installed: what was interrupted is made anew.
UNFINISHED = os.path.join(VENV, ".unfinished")
PYTHON = os.path.join(VENV, "bin", "python")


class CannotSetUp(Exception):
    """One sentence: what is in the way, and what to do about it."""


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def use_new_enough_python() -> None:
    """Become a newer Python if this one is too old and another is on the PATH."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(20, OLDEST[1] - 1, -1):
        found = shutil.which(f"python3.{minor}")
        if found and subprocess.call([found, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(found, [found, *sys.argv])
    raise CannotSetUp(
        f"Python 3.{OLDEST[1]} or newer is needed and {sys.executable} is {platform.python_version()}: "
        "install one, or name it with make PYTHON=/path/to/python3"
    )


def lock_path(name: str) -> str:
    return os.path.join(HERE, "requirements", name + ".lock")


def environment_version() -> str:
    """The version of .venv's Python, or "" where .venv is absent, half made, broken, moved or too old."""
    if os.path.exists(UNFINISHED):
        return ""
    code = f"import sys; print(sys.prefix); print(sys.version_info >= {OLDEST}); print(sys.version)"
    try:
        out = subprocess.check_output([PYTHON, "-c", code], stderr=subprocess.DEVNULL)
    except (OSError, subprocess.CalledProcessError):
        return ""
    prefix, new_enough, version = out.decode().split("\n", 2)
    at_home = os.path.realpath(prefix) == os.path.realpath(VENV)
    return version if at_home and new_enough == "True" else ""


def stamp_path(name: str) -> str:
    return os.path.join(VENV, ".installed-" + name)


def digest(name: str) -> str:
    """What an installation is stamped with: the lock's content, and the Python it was installed for."""
    with open(lock_path(name), "rb") as file:
        return hashlib.sha256(file.read() + environment_version().encode()).hexdigest()


def installed(name: str) -> bool:
    # The development lock holds the runtime one.
    for lock in (name, "dev"):
        try:
            with open(stamp_path(lock)) as file:
                if file.read() == digest(lock):
                    return True
        except OSError:
            pass
    return False


def make_venv() -> None:
    say(f"making the Python environment in .venv (Python {platform.python_version()})")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        raise CannotSetUp(
            f"{sys.executable} has no ensurepip, which makes environments: install it "
            "(Debian and Ubuntu: apt install python3-venv) and try again"
        ) from None
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        os.mkdir(VENV)
    except OSError as error:
        raise CannotSetUp(f"cannot write to {HERE} ({error.strerror})") from None
    mark()
    run([sys.executable, "-m", "venv", VENV], "the environment cannot be made")


def run(command: list, trouble: str) -> None:
    """Run a command quietly; on failure raise with the last line it wrote."""
    environment = dict(os.environ, UV_PYTHON_DOWNLOADS="never", PIP_DISABLE_PIP_VERSION_CHECK="1")
    # Settings of an environment that happens to be active must not lead us there.
    for name in (
        "VIRTUAL_ENV",
        "PYTHONHOME",
        "PYTHONPATH",
        "PIP_REQUIRE_VIRTUALENV",
        "PIP_TARGET",
        "PIP_USER",
    ):
        environment.pop(name, None)
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment
    )
    out = process.communicate()[0].decode(errors="replace").strip()
    if process.returncode:
        with open(os.path.join(VENV, "setup.log"), "a") as log:
            log.write("$ {}\n{}\n".format(" ".join(command), out))
        errors = [line for line in out.splitlines() if "error" in line.lower()] or out.splitlines() or [""]
        raise CannotSetUp(f"{trouble}: {errors[-1].strip()} (all of it is in .venv/setup.log)")


def mark() -> None:
    with open(UNFINISHED, "w"):
        pass


def install(name: str) -> None:
    mark()
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--require-hashes", "--no-deps", "-r"]
    try:
        run([*pip, lock_path("bootstrap")], "uv cannot be installed")
        uv = [PYTHON, "-m", "uv", "pip", "install", "--quiet", "--python", PYTHON]
        # Compiled now, once, instead of by each process that starts.
        uv += ["--compile-bytecode", "--require-hashes", "-r"]
        run([*uv, lock_path(name)], "uv cannot install the packages")
    except CannotSetUp as error:
        say(f"{error}; trying pip, which is slower")
        try:
            run([*pip, lock_path(name)], "the packages cannot be installed, is the package index reachable?")
        except CannotSetUp:
            os.remove(UNFINISHED)  # refused, not interrupted: what was there before is still good
            raise
    os.remove(UNFINISHED)
    stamp(name)


def stamp(name: str) -> None:
    with open(stamp_path(name), "w") as file:
        file.write(digest(name))


def set_up(name: str) -> None:
    began = time.time()
    # Two makes at once: the second waits, then finds the work done.
    with open(lock_path(name)) as guard:
        fcntl.flock(guard, fcntl.LOCK_EX)
        works = environment_version() != ""
        if works and installed(name):
            return
        if not os.access(HERE, os.W_OK):
            raise CannotSetUp(f"cannot write to {HERE}: copy the program to a folder of yours")
        if not works:
            make_venv()
        with open(lock_path(name)) as lock:
            count = sum("==" in line for line in lock)
        say(f"installing {count} packages (requirements/{name}.lock)")
        install(name)
    say(f"the Python environment is ready after {time.time() - began:.1f} s")


def main(arguments: list) -> int:
    if arguments not in (["runtime"], ["dev"]):
        say(__doc__)
        return 2
    try:
        use_new_enough_python()
        set_up(arguments[0])
    except CannotSetUp as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    except OSError as error:
        sys.stderr.write(f"error: cannot set up .venv ({error.strerror}: {error.filename})\n")
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
