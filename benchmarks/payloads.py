"""Every stored-XSS payload through every field: could anything of it run on any screen?

For each payload a world (tests/web/hostile.py) in which each column for words holds that payload, in short
columns as much of it as fits; every screen, and the administrator's tables, are rendered and then judged by
a browser's own parser (tests/web/judging.py). Ends with 1 if any element could run.

    python -m benchmarks.payloads [--payloads 25]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.servers import Servers, say

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

#: Pages handed to the browser at once: a message to it holds some megabytes.
BATCH = 25


@contextmanager
def browser() -> Iterator[Chrome]:
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    from tests.web.conftest import CHROMEDRIVER, CHROMIUM, CHROMIUM_FLAGS

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM or ""
    with tempfile.TemporaryDirectory() as profile:
        for flag in (*CHROMIUM_FLAGS, f"--user-data-dir={Path(profile) / 'profile'}"):
            options.add_argument(flag)
        driver = webdriver.Chrome(options=options, service=Service(CHROMEDRIVER))
        try:
            yield driver
        finally:
            driver.quit()


def pages_of(payload: str) -> tuple[dict[str, str], int]:
    """Every page of a world full of the payload, and how many hold it. The world is gone afterwards."""
    from django.db import transaction
    from django.test import Client

    from tests.web import hostile, world

    numbered = 0

    def told(limit: int) -> str:
        nonlocal numbered
        numbered += 1  # names are unique: a number stands behind, where it fits
        return f"{payload[: max(limit - 6, 1)]} {numbered}"[:limit]

    with transaction.atomic():
        built = hostile.build(told)
        client = Client()
        client.force_login(built.people["mara"])
        pages = world.pages(built, client) | dict(hostile.administration(client))
        transaction.set_rollback(True)
    return pages, sum("boom" in page for page in pages.values())


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--payloads", type=int, default=500, help="how many, evenly out of all")
    wanted = parser.parse_args().payloads
    with Servers(DEBUG="1", HTTPS="0", ALLOWED_HOSTS="testserver"), browser() as driver:
        from tests.web import hostile
        from tests.web.judging import what_could_run
        from tests.web.payloads import PAYLOADS

        chosen = PAYLOADS[:: max(len(PAYLOADS) // max(wanted, 1), 1)][:wanted]
        fields = len(list(hostile.columns()))
        screens: set[str] = set()
        judged = holding = could_run = 0
        began = time.monotonic()
        for number, payload in enumerate(chosen, 1):
            pages, full = pages_of(payload)
            addresses = list(pages)
            for first in range(0, len(addresses), BATCH):
                batch = addresses[first : first + BATCH]
                for address, found in zip(
                    batch, what_could_run(driver, [pages[a] for a in batch]), strict=True
                ):
                    could_run += len(found)
                    for element in found:
                        say(f"COULD RUN at {address}: {payload!r}: {element}")
            screens.update(
                "/".join("#" if any(map(str.isdigit, p)) else p for p in a.split("/")) for a in addresses
            )
            judged, holding = judged + len(pages), holding + full
            if number % 25 == 0 or number == len(chosen):
                say(f"{number} of {len(chosen)} payloads, {time.monotonic() - began:.0f} s")
    say(
        f"payloads {len(chosen)}, fields {fields}, screens {len(screens)}, pages judged {judged}, of them "
        f"with the payload {holding}, elements that could run {could_run}"
    )
    return 1 if could_run else 0


if __name__ == "__main__":
    sys.exit(main())
