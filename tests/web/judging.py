"""Whether a page holds anything that could run, as a real browser parses it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

_JUDGE = Path(__file__).with_name("judge.js").read_text(encoding="utf-8")


def what_could_run(driver: Chrome, pages: Sequence[str]) -> list[list[str]]:
    """For each page (its HTML), the beginnings of up to five elements that could run something."""
    driver.get("about:blank")  # a page without rules of its own on what may be parsed
    return driver.execute_script(_JUDGE, list(pages))
