"""No barrier that axe-core knows stands on any screen, in either theme (WCAG 2.2, levels A and AA)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from selenium_axe_python import Axe

from tests.web import world

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer
    from selenium.webdriver import Chrome

#: axe-core's tags: https://github.com/dequelabs/axe-core/blob/develop/doc/API.md#axe-core-tags
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 360)])
def test_axe_finds_no_barrier_on_any_screen(
    driver: Chrome, live_server: LiveServer, theme: str, width: int
) -> None:
    built = world.build()
    driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    )
    metrics = {"width": width, "height": 1000, "deviceScaleFactor": 1, "mobile": width < 500}
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    client = Client()
    client.force_login(built.people["mara"])
    screens = world.screens(built, client)
    driver.get(f"{live_server.url}/login/")
    found = {"/login/": barriers(driver)}
    driver.add_cookie({"name": "sessionid", "value": client.cookies["sessionid"].value, "path": "/"})
    for address in screens:
        driver.get(f"{live_server.url}{address}")
        found[address] = barriers(driver)
    told = [
        f"{address} {each['rule']}: {each['help']}\n    " + "\n    ".join(each["at"])
        for address, all_there in found.items()
        for each in all_there
    ]
    assert not told, "\n".join(told)
    assert len(found) > 25


def barriers(driver: Chrome) -> list[dict[str, Any]]:
    """What axe-core objects to on the page that is open: rule, why, and where."""
    axe = Axe(driver)
    axe.inject()
    result: Any = axe.run(options={"runOnly": RULES, "resultTypes": ["violations"]})
    return [
        {"rule": each["id"], "help": each["help"], "at": [node["html"][:200] for node in each["nodes"][:3]]}
        for each in result["violations"]
    ]
