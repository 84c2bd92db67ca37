"""The screens of a hostile world, open in Chromium under our policy: nothing runs, and the log stays empty.

``boom`` writes to the browser's log, and so do dialogs; the browser itself writes what the policy refused, an
inline script or style of ours among it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait

from tests.web import hostile, world

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer
    from selenium.webdriver import Chrome

PATIENCE = 20  # seconds until a page that does not come is a failure; no test measures time

#: Before anything of the page runs, in each frame.
TRAPS = """
for (const name of ["boom", "alert", "confirm", "prompt"])
  window[name] = () => { console.error(`RAN: ${name}()`); return true; };
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`REFUSED: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
"""

#: Opens and touches whatever the page has without leaving it; calls back when its own requests are through.
TOUCH = """
const done = arguments[arguments.length - 1];
const main = document.body;
for (const each of main.querySelectorAll("details")) each.open = true;
for (const each of main.querySelectorAll("dialog")) if (!each.open) { each.showModal(); each.close(); }
for (const each of main.querySelectorAll("*")) {
  for (const kind of ["pointerenter", "pointerover", "mouseenter", "mouseover", "focusin"])
    each.dispatchEvent(new MouseEvent(kind, { bubbles: true }));
  if (each.matches("a, button, input, select, textarea, summary, [tabindex]")) each.focus();
}
for (const each of main.querySelectorAll('main button[type="button"], main mark, main a[href^="#"]'))
  each.click();
const parts = [...document.querySelectorAll("[hx-get]")].slice(0, 8);
Promise.all(parts.map((each) => window.htmx
  ? htmx.ajax("GET", each.getAttribute("hx-get"), { source: each, target: document.querySelector("main") })
      .catch(() => 0) : 0))
  .then(() => new Promise((next) => setTimeout(next, 0))).then(() => done(parts.length));
"""


@pytest.fixture
def trapped(driver: Chrome, live_server: LiveServer) -> Chrome:
    driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": TRAPS})
    driver.set_script_timeout(PATIENCE)
    return driver


def logged(driver: Chrome) -> list[str]:
    """What went wrong by the browser's log since it was last read, but for requests that htmx gave up."""
    entries = [entry["message"][:400] for entry in driver.get_log("browser") if entry["level"] == "SEVERE"]
    # Touched all at once, parts replace each other: htmx says which of its requests came to nothing.
    return [each for each in entries if "htmx-2.min.js" not in each or "Content Security Policy" in each]


def enter(driver: Chrome, address: str, person: Any) -> None:
    client = Client()
    client.force_login(person)
    driver.get(f"{address}/static/workbench/workbench.css")
    driver.add_cookie({"name": "sessionid", "value": client.cookies["sessionid"].value, "path": "/"})


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_runs_on_any_screen_and_the_policy_refuses_nothing_of_ours(
    trapped: Chrome, live_server: LiveServer
) -> None:
    built = hostile.build(hostile.saying(250))
    client = Client()
    client.force_login(built.people["mara"])
    addresses = list(world.pages(built, client))
    enter(trapped, live_server.url, built.people["mara"])
    logged(trapped)
    found: dict[str, list[str]] = {}
    asked = 0
    for address in addresses:
        trapped.get(live_server.url + address)
        asked += trapped.execute_async_script(TOUCH)
        if wrong := logged(trapped):
            found[address] = wrong
    assert found == {}
    assert len(addresses) > 25
    assert asked > 20


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_draft_runs_as_it_is_checked_and_changed(
    trapped: Chrome, live_server: LiveServer
) -> None:
    built = hostile.build(hostile.saying(250))
    enter(trapped, live_server.url, built.people["ada"])
    trapped.get(f"{live_server.url}/draft/")
    logged(trapped)
    say = hostile.saying()
    text = "\n\n".join(
        f"The ministry will buy {n} {say(90)} radars, it said. {say(900)}" for n in (12, 13, 40)
    )
    put = (
        "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}));"
    )
    trapped.execute_script(put, trapped.find_element(By.CSS_SELECTOR, "textarea[name=text]"), text)
    trapped.execute_script("document.querySelector('textarea[name=text]').form.requestSubmit()")
    there = WebDriverWait(trapped, PATIENCE).until(
        lambda d: d.find_elements(By.CSS_SELECTOR, ".figures details")
    )
    assert there
    trapped.execute_async_script(TOUCH)
    assert logged(trapped) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "address", ["/admin/", "/admin/auth/user/add/", "/admin/claims/outlet/add/", "/api/v1/docs"]
)
def test_what_others_wrote_lives_under_the_policy(
    trapped: Chrome, live_server: LiveServer, address: str
) -> None:
    """Django's administration and Swagger UI come as packages; no exception is made for them."""
    built = world.build()
    enter(trapped, live_server.url, built.people["mara"])
    logged(trapped)
    trapped.get(live_server.url + address)
    shown = ".opblock" if "docs" in address else "#content"
    WebDriverWait(trapped, PATIENCE).until(lambda d: d.find_elements(By.CSS_SELECTOR, shown))
    assert logged(trapped) == []


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_traps_catch_what_runs(trapped: Chrome, live_server: LiveServer) -> None:
    trapped.get(f"{live_server.url}/login/")
    logged(trapped)
    trapped.execute_script("window.boom()")
    trapped.execute_script("document.body.insertAdjacentHTML('beforeend', '<img src=x:x onerror=boom()>')")
    seen: list[str] = []

    def refused(driver: Any) -> bool:
        seen.extend(logged(driver))
        return any("REFUSED" in each for each in seen)

    WebDriverWait(trapped, PATIENCE).until(refused)
    assert any("RAN: boom()" in each for each in seen)
