"""Rows and browsers for the tests of the pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.web import factories

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

CHROMIUM, CHROMEDRIVER = shutil.which("chromium"), shutil.which("chromedriver")
# As root and in a container: no sandbox, no calls home, a fresh profile.
CHROMIUM_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1200,1000",
    # Pages do not glide, so that what is clicked stands still; reduced motion is a way people use them.
    "--force-prefers-reduced-motion",
)


@pytest.fixture
def story(db: None) -> dict[str, Any]:
    """Two outlets on one purchase, with groups and a finding; see factories.radar_story."""
    return factories.radar_story()


@pytest.fixture
def other_client(db: None) -> Client:
    """A second person, logged in."""
    client = Client()
    client.force_login(User.objects.create_user("ivo", "ivo@example.org", "another pass phrase"))
    return client


@contextmanager
def chromium(profile: Path) -> Iterator[Chrome]:
    """A headless Chromium with a fresh profile; skips without one, except on CI, where it must be there."""
    if not (CHROMIUM and CHROMEDRIVER):
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium and chromedriver must be installed on CI")
        pytest.skip("Chromium or chromedriver is absent")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in (*CHROMIUM_FLAGS, f"--user-data-dir={profile}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=Service(CHROMEDRIVER))
    browser.implicitly_wait(0)
    try:
        yield browser
    finally:
        browser.quit()


@pytest.fixture
def driver(tmp_path: Path) -> Iterator[Chrome]:
    """A person's browser."""
    with chromium(tmp_path / "profile") as browser:
        yield browser
