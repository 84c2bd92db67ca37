"""The shell in a real Chromium: the menu of a narrow screen, the zone the browser tells, no page too wide."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from claims.models import Document
from tests.web import factories

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer
    from selenium.webdriver import Chrome

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATIENCE = 20  # seconds until what does not come is a failure; no test measures time


@pytest.fixture
def opened(driver: Chrome, live_server: LiveServer, user: User) -> Callable[..., Chrome]:
    """Opens a page at a width, logged in."""
    client = Client()
    client.force_login(user)
    driver.get(f"{live_server.url}/health/live")
    driver.add_cookie({"name": "sessionid", "value": client.cookies["sessionid"].value, "path": "/"})

    def opening(path: str, width: int = 1280) -> Chrome:
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False},
        )
        driver.get(live_server.url + path)
        return driver

    return opening


def shown(driver: Chrome, css: str) -> bool:
    return any(element.is_displayed() for element in driver.find_elements(By.CSS_SELECTOR, css))


def test_a_narrow_screen_has_a_menu_and_a_wide_one_the_rail(opened: Callable[..., Chrome]) -> None:
    driver = opened("/", 360)
    assert shown(driver, "details.menu")
    assert not shown(driver, ".rail")
    driver = opened("/", 1280)
    assert shown(driver, ".rail nav a[href='/articles/']")
    assert not shown(driver, "details.menu")


def test_escape_closes_the_menu_and_gives_the_focus_back(opened: Callable[..., Chrome]) -> None:
    driver = opened("/", 360)
    driver.find_element(By.CSS_SELECTOR, ".menu summary").send_keys(Keys.ENTER)
    WebDriverWait(driver, PATIENCE).until(lambda d: shown(d, ".menu a[href='/articles/']"))
    driver.switch_to.active_element.send_keys(Keys.TAB)
    driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    WebDriverWait(driver, PATIENCE).until(lambda d: not shown(d, ".menu a[href='/articles/']"))
    assert driver.switch_to.active_element.tag_name == "summary"


def test_the_zone_of_the_browser_is_the_zone_of_the_times(opened: Callable[..., Chrome]) -> None:
    document = factories.document()
    Document.objects.filter(pk=document.pk).update(received_at=datetime(2024, 3, 7, 23, 30, tzinfo=UTC))
    opened("/").execute_cdp_cmd("Emulation.setTimezoneOverride", {"timezoneId": "Asia/Tokyo"})
    opened("/")
    driver = opened(f"/documents/{document.pk}/")
    assert "8 Mar 2024, 08:30" in driver.find_element(By.TAG_NAME, "main").text


@pytest.mark.parametrize("width", [640, 1280])  # 640: a page of 1280 at 200 %, where the rail is not shown
def test_two_keys_lead_to_a_screen(opened: Callable[..., Chrome], width: int) -> None:
    driver = opened("/", width)
    driver.find_element(By.TAG_NAME, "body").send_keys("ga")
    WebDriverWait(driver, PATIENCE).until(lambda d: d.current_url.endswith("/articles/"))


def background(driver: Any) -> str:
    return str(driver.execute_script("return getComputedStyle(document.documentElement).backgroundColor"))


def test_a_chosen_theme_wins_over_the_systems(opened: Callable[..., Chrome]) -> None:
    driver = opened("/account/")
    system = {"features": [{"name": "prefers-color-scheme", "value": "light"}]}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", system)
    light = background(driver)
    driver.find_element(By.CSS_SELECTOR, "input[name=theme][value=dark]").click()
    driver.find_element(By.CSS_SELECTOR, "main button.main").click()
    WebDriverWait(driver, PATIENCE).until(lambda d: d.find_elements(By.CSS_SELECTOR, "[data-theme=dark]"))
    assert background(driver) != light


@pytest.mark.parametrize("width", [320, 360, 640, 1280, 3840])
def test_no_page_of_the_shell_is_wider_than_its_screen(
    opened: Callable[..., Chrome], story: dict[str, Any], width: int
) -> None:
    factories.document(name="a-name-without-a-single-space-in-it-" * 8)
    for path in ("/", "/account/", "/account/tokens/", "/account/password/", "/nowhere/"):
        driver = opened(path, width)
        wide = driver.execute_script("return document.documentElement.scrollWidth")
        assert wide <= width, path
