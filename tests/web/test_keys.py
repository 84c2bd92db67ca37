"""Every key, really typed in a real Chromium: the queue from the first look to two people on one finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from django.contrib.auth.models import User
from django.test import Client
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from claims.models import Assignment, Finding, Hold, Review
from claims.services import queueing, reviewing
from tests.web import factories

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer
    from selenium.webdriver import Chrome

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATIENCE = 20  # seconds until what does not come is a failure; no test measures time


class Typist:
    """A person at the queue who has no mouse."""

    def __init__(self, driver: Chrome, address: str, user: User) -> None:
        self.driver, self.address = driver, address
        client = Client()
        client.force_login(user)
        driver.set_window_size(1400, 1000)
        driver.get(f"{address}/health/live")
        driver.add_cookie({"name": "sessionid", "value": client.cookies["sessionid"].value, "path": "/"})

    def open(self, path: str = "/queue/") -> None:
        self.driver.get(self.address + path)
        self.wait(lambda: self.driver.execute_script("return !!window.workbenchKeys"))

    def wait(self, condition: Callable[[], Any]) -> Any:
        return WebDriverWait(self.driver, PATIENCE).until(lambda _: condition())

    def type(self, *keys: str) -> None:
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)

    def find(self, css: str) -> Any:
        return self.driver.find_element(By.CSS_SELECTOR, css)

    def says(self, css: str, words: str) -> None:
        self.wait(lambda: words in " ".join(e.text for e in self.driver.find_elements(By.CSS_SELECTOR, css)))

    def beside(self) -> int:
        return int(self.driver.execute_script("return document.getElementById('pane')?.dataset.finding || 0"))

    def current(self) -> int:
        return int(
            self.driver.execute_script(
                "return document.querySelector('.q-line[aria-current]')?.dataset.finding || 0"
            )
        )

    def is_at(self, finding: Finding) -> None:
        """The finding is the present line, has the focus, and stands beside the list."""
        self.wait(lambda: (self.beside(), self.current()) == (finding.id, finding.id))
        self.wait(lambda: self.focused_line() == finding.id)

    def focused_line(self) -> int:
        return int(
            self.driver.execute_script(
                "return document.activeElement.closest('.q-line')?.dataset.finding || 0"
            )
        )

    def lines(self) -> list[int]:
        found = self.driver.execute_script(
            "return [...document.querySelectorAll('.q-line')].map(l => l.dataset.finding)"
        )
        return [int(pk) for pk in found]


@pytest.fixture
def findings(db: None) -> list[Finding]:
    """Four, the most urgent first."""
    first = factories.radar_story()["finding"]
    Finding.objects.filter(pk=first.pk).update(rank=90, rank_reasons=["high severity"])
    return [first, *(factories.finding(rank=rank) for rank in (60, 40, 20))]


@pytest.fixture
def typist(driver: Chrome, live_server: LiveServer, user: User) -> Iterator[Typist]:
    yield Typist(driver, live_server.url, user)
    logged = [line for line in driver.get_log("browser") if line["level"] == "SEVERE"]
    # An answer that came too late, because one had walked on, is dropped, as is who holds a line
    # that has gone meanwhile: htmx logs both.
    expected = (
        " 409 ",
        " 422 ",
        "favicon.ico",
        "htmx:afterRequest",
        "htmx:sendAbort",
        "oobErrorNoTarget, #held-",
    )
    assert [line for line in logged if not any(code in line["message"] for code in expected)] == []


def decided(finding: Finding) -> str:
    finding.refresh_from_db()
    return finding.decision


def test_c_on_the_first_one_is_one_key_from_opening_to_a_decision(
    typist: Typist, findings: list[Finding]
) -> None:
    typist.open()
    typist.type("c")
    typist.wait(lambda: decided(findings[0]) == "confirmed")
    typist.is_at(findings[1])
    assert typist.lines() == [row.id for row in findings[1:]]
    typist.says("#q-count", "3")
    typist.says("#toasts", "Confirmed")


def test_d_and_a_number_is_two(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("d")
    typist.wait(lambda: typist.find("#dismiss .q-panel").is_displayed())
    typist.type("2")
    typist.wait(lambda: decided(findings[0]) == "dismissed")
    assert Review.objects.get().reason
    typist.is_at(findings[1])


def test_j_and_k_walk_and_the_finding_follows(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("j")
    typist.is_at(findings[1])
    typist.type("j", "j", "j", "j")
    typist.is_at(findings[3])
    typist.type("k")
    typist.is_at(findings[2])
    assert f"at={findings[2].id}" in typist.driver.current_url


@pytest.mark.parametrize("key", ["o", Keys.ENTER])
def test_o_and_enter_open_the_findings_own_page(typist: Typist, findings: list[Finding], key: str) -> None:
    typist.open()
    typist.type("j")
    typist.is_at(findings[1])
    typist.type(key)
    typist.wait(lambda: urlsplit(typist.driver.current_url).path == f"/findings/{findings[1].id}/")
    typist.driver.back()
    typist.wait(lambda: typist.beside() == findings[1].id)


def test_a_reason_of_ones_own_is_typed(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("d")
    typist.wait(lambda: typist.find("#dismiss .q-panel").is_displayed())
    typist.type("0")
    typist.wait(lambda: typist.driver.switch_to.active_element.get_attribute("id") == "reason")
    typist.type("c and j are letters here", Keys.ENTER)
    typist.wait(lambda: decided(findings[0]) == "dismissed")
    assert Review.objects.get().reason == "c and j are letters here"


def test_a_number_does_nothing_while_no_panel_is_open(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("1", "2", "0", "j")
    typist.is_at(findings[1])
    assert not Review.objects.exists()
    assert not Assignment.objects.exists()


def test_escape_closes_the_panel_and_keeps_the_words(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("d")
    typist.wait(lambda: typist.find("#dismiss .q-panel").is_displayed())
    typist.type("0")
    typist.wait(lambda: typist.driver.switch_to.active_element.get_attribute("id") == "reason")
    typist.type("half a thought", Keys.ESCAPE)
    typist.wait(lambda: not typist.find("#dismiss .q-panel").is_displayed())
    typist.type("d")
    typist.wait(lambda: typist.find("#reason").get_attribute("value") == "half a thought")
    assert decided(findings[0]) == "none"


def test_a_assigns_to_me_or_to_another(
    typist: Typist, findings: list[Finding], user: User, other_client: Client
) -> None:
    typist.open()
    typist.type("a")
    typist.wait(lambda: typist.find("#assign .q-panel").is_displayed())
    typist.type(Keys.ENTER)  # me, who have the focus
    typist.wait(lambda: Assignment.objects.filter(finding=findings[0], assignee=user).exists())
    typist.is_at(findings[0])
    typist.says(f"#line-{findings[0].id}", "assigned to you")
    typist.type("a")
    typist.wait(lambda: typist.find("#assign .q-panel").is_displayed())
    typist.type("2")
    typist.wait(lambda: Assignment.objects.filter(assignee__username="ivo").exists())
    typist.says(f"#line-{findings[0].id}", "Ivo")


def test_s_skips_until_tomorrow(typist: Typist, findings: list[Finding], user: User) -> None:
    typist.open()
    typist.type("s")
    typist.is_at(findings[1])
    assert list(Finding.objects.skipped_by(user)) == [findings[0]]
    assert findings[0].id not in typist.lines()


def test_z_takes_back_one_after_the_other_whatever_it_was(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("s")
    typist.is_at(findings[1])
    typist.type("c")
    typist.is_at(findings[2])
    typist.type("z")
    typist.is_at(findings[1])
    assert decided(findings[1]) == "none"
    typist.type("z")
    typist.is_at(findings[0])
    assert typist.lines() == [row.id for row in findings]
    typist.type("z")
    typist.says("#toasts", "There is nothing to undo")


def test_x_picks_several_for_one_reason(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("x", "j")
    typist.is_at(findings[1])
    typist.type("x")
    typist.says("#bulk", "2 picked")
    typist.type("d")
    typist.wait(lambda: typist.find("#bulk .q-panel").is_displayed())
    typist.type("1")
    typist.wait(lambda: (decided(findings[0]), decided(findings[1])) == ("dismissed", "dismissed"))
    typist.is_at(findings[2])
    typist.type("z")
    typist.wait(lambda: len(typist.lines()) == 4)


def test_several_are_dismissed_for_a_reason_of_ones_own(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("x", "d")
    typist.wait(lambda: typist.find("#bulk .q-panel").is_displayed())
    typist.type("0")
    typist.wait(lambda: typist.driver.switch_to.active_element.get_attribute("id") == "bulk-reason")
    typist.type("All of one story.", Keys.ENTER)
    typist.wait(lambda: decided(findings[0]) == "dismissed")
    assert Review.objects.get().reason == "All of one story."


def test_escape_picks_none(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("x")
    typist.says("#bulk", "1 picked")
    typist.type(Keys.ESCAPE)
    typist.wait(lambda: not typist.find("#bulk").is_displayed())


def test_f_opens_the_filters_and_a_choice_narrows_at_once(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("f")
    typist.wait(lambda: typist.driver.find_elements(By.ID, "f-unit"))
    typist.find("#f-unit").send_keys("radar")
    typist.find("#f-unit").send_keys(Keys.TAB)
    typist.wait(lambda: typist.lines() == [findings[0].id])
    assert typist.driver.current_url.split("?")[1].startswith("unit=radar")
    typist.driver.refresh()
    typist.wait(lambda: typist.lines() == [findings[0].id])


def test_the_question_mark_lists_the_keys_of_the_page(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("?")
    typist.wait(lambda: typist.find("dialog.cheat").is_displayed())
    words = typist.find("dialog.cheat").text
    for said in ("Confirm", "Skip until tomorrow morning", "Undo what I did last", "Go to Queue", "Next"):
        assert said in words
    typist.type("c")  # nothing behind the dialog answers
    typist.type(Keys.ESCAPE)
    typist.wait(lambda: not typist.find("dialog.cheat").is_displayed())
    assert decided(findings[0]) == "none"


def test_single_keys_can_be_switched_off(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("?")
    typist.wait(lambda: typist.find("dialog.cheat").is_displayed())
    typist.find("dialog.cheat input").click()
    typist.type(Keys.ESCAPE)
    typist.driver.refresh()
    typist.wait(lambda: typist.beside() == findings[0].id)
    typist.type("c", "j", "s", "?")
    assert not typist.find(".q-actions kbd").is_displayed()
    assert not typist.driver.find_elements(By.CSS_SELECTOR, "dialog.cheat[open]")
    assert (typist.beside(), decided(findings[0])) == (findings[0].id, "none")
    typist.find(".keys-help").click()  # the way back on
    typist.wait(lambda: typist.find("dialog.cheat").is_displayed())


def test_g_and_a_letter_go_to_a_screen(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.type("g", "r")
    typist.wait(lambda: "/references/" in typist.driver.current_url)
    typist.wait(lambda: typist.driver.execute_script("return !!window.workbenchKeys"))
    typist.type("g", "q")
    typist.wait(lambda: "/queue/" in typist.driver.current_url)


def test_keys_with_modifiers_are_the_browsers(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    for modifier in (Keys.CONTROL, Keys.ALT):
        typist.driver.switch_to.active_element.send_keys(modifier + "s" + Keys.NULL)
    typist.type("j")
    typist.is_at(findings[1])
    assert len(typist.lines()) == 4


def test_who_has_it_open_is_told_and_who_comes_second_keeps_the_words(
    typist: Typist, findings: list[Finding], user: User, other_client: Client
) -> None:
    ivo = User.objects.get(username="ivo")
    queueing.hold(findings[1], ivo)
    typist.open()
    typist.says(f"#line-{findings[1].id}", "Ivo has this open")
    typist.wait(lambda: Hold.objects.filter(person=user, finding=findings[0]).exists())
    typist.type("d")
    typist.wait(lambda: typist.find("#dismiss .q-panel").is_displayed())
    typist.type("0")
    typist.wait(lambda: typist.driver.switch_to.active_element.get_attribute("id") == "reason")
    reviewing.decide(findings[0], reviewer=ivo, decision="confirm", reason="The ministry says so.")
    typist.type("An hour of my work.", Keys.ENTER)
    typist.says("#refusal", "ivo has decided since you looked")
    typist.says(".history li.new", "The ministry says so.")
    typist.wait(
        lambda: (
            "An hour of my work."
            in [e.get_attribute("value") for e in typist.driver.find_elements(By.NAME, "reason")]
        )
    )
    assert decided(findings[0]) == "confirmed"


def test_leaving_a_finding_lets_go_of_it(typist: Typist, findings: list[Finding], user: User) -> None:
    typist.open()
    typist.wait(lambda: Hold.objects.filter(finding=findings[0], person=user).exists())
    typist.type("j")
    typist.wait(lambda: Hold.objects.filter(finding=findings[1], person=user).exists())
    assert not Hold.objects.filter(finding=findings[0]).exists()


def test_nothing_moves_when_a_finding_is_shown_or_decided(typist: Typist, findings: list[Finding]) -> None:
    typist.open()
    typist.driver.execute_script(
        "window.shifts = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "e => { window.shifts += e.value; })).observe({type: 'layout-shift', buffered: false})"
    )
    typist.type("j")
    typist.is_at(findings[1])
    typist.type("k")
    typist.is_at(findings[0])
    assert typist.driver.execute_script("return window.shifts") == 0


def test_on_a_narrow_screen_the_finding_takes_the_page_and_the_list_comes_back(
    typist: Typist, findings: list[Finding], tmp_path: Path
) -> None:
    typist.driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": True},
    )
    typist.open()
    typist.find(f"#line-{findings[1].id} a").click()
    typist.wait(lambda: typist.beside() == findings[1].id and typist.find("#pane").is_displayed())
    assert not typist.find("#q-lines").is_displayed()
    typist.find(".q-back").click()
    typist.wait(lambda: typist.find("#q-lines").is_displayed())
    assert typist.driver.execute_script("return document.documentElement.scrollWidth <= innerWidth")
