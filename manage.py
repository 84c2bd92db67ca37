#!/usr/bin/env python3
"""The workbench's command line: ``manage.py help``.

Commands that need the database use DATABASE_URL, else the workbench that runs on the data folder (DATA, or
``data``). Exit code 2: the database cannot be reached, or a setting is wrong.
"""

import os
import sys
from importlib.util import find_spec
from pathlib import Path


def use_the_environment() -> None:
    """Become .venv's Python where this one has no Django."""
    if find_spec("django"):
        return
    python = Path(__file__).resolve().parent / ".venv" / "bin" / "python"
    if not python.exists() or Path(sys.prefix).resolve() == python.parent.parent:
        sys.exit("error: Django is not installed: run `make run` first, it sets everything up")
    os.execv(python, [str(python), *sys.argv])


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "factcheck.settings")
    # A command speaks for itself; its log lines are for LOG_LEVEL=INFO.
    os.environ.setdefault("LOG_LEVEL", "WARNING")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import InterfaceError, OperationalError

    try:
        execute_from_command_line(sys.argv)
    except (OperationalError, InterfaceError) as error:
        if "--traceback" in sys.argv:
            raise
        from factcheck import environment

        line = (str(error).strip().splitlines() or ["the database is away"])[0]
        # An error without an SQLSTATE came from no server: the workbench whose address we found is gone.
        if not environment.text("DATABASE_URL") and not getattr(error.__cause__, "sqlstate", None):
            line = environment.NOT_RUNNING
        print(f"error: {line}", file=sys.stderr)
        sys.exit(2)
    except ImproperlyConfigured as error:
        if "--traceback" in sys.argv:
            raise
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
    except BrokenPipeError:
        # Whoever reads us has read enough (`| head`): end quietly, and flush nothing into the pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)


if __name__ == "__main__":
    use_the_environment()
    main()
