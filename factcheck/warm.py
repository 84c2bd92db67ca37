"""What a process that answers people loads before the first of them asks."""

from __future__ import annotations

import gc
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import get_template


@cache
def up() -> None:
    """Loads lexicons and weights, compiles the templates, and takes all that out of the garbage collector.

    Without it the first reader of each page waits for them, up to two seconds. The collector otherwise walks
    everything that was ever loaded (some 200,000 objects, 150 ms) whenever enough requests have left
    something behind, in the middle of one of them: what is loaded by now stays for the life of the process,
    so there is nothing to find (https://docs.python.org/3/library/gc.html#gc.freeze).

    Needs ``django.setup()``. A template that does not compile raises here, at the start. Does nothing when
    called again.
    """
    from claims.services import drafting

    drafting.warm()
    for folder in map(Path, settings.TEMPLATES[0]["DIRS"]):
        for path in sorted(folder.rglob("*.html")):
            get_template(path.relative_to(folder).as_posix())
    gc.collect()
    gc.freeze()
