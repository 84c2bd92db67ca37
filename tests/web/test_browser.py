"""A fact-checker's first hour, in a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User
from selenium.webdriver.common.by import By

from claims.models import Document, Finding
from claims.services import hints, pipeline
from tests.web import factories
from tests.web.desk import Desk

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer
    from selenium.webdriver import Chrome

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CAREFUL = """Northland to place interceptors on the coast

By Ada Brandt, Harbour Post, 7 March 2024

The defence ministry of Northland plans to install as many as 31 interceptors on the northern coast, it
said on Thursday.

The interceptors will cost almost $18 billion, the ministry said.
"""
BARE = """Interceptors for the coast of Northland

By Ivo Stahl, Northern Courier, 8 March 2024

The defence ministry of Northland plans to install 31 interceptors on the northern coast.

The plan had been expected since the winter.
"""


@pytest.fixture
def desk(driver: Chrome, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    # The test itself is the worker; nothing is to be left in anybody's queue.
    monkeypatch.setattr(hints, "send_on_commit", lambda document: None)
    here = Desk(driver, live_server.url)
    yield here
    assert here.errors(" 409 ", " 422 ") == []


def test_from_a_pasted_article_to_a_decision(desk: Desk, user: User) -> None:
    desk.log_in(user)

    first = desk.paste(CAREFUL, outlet="Harbour Post", published="2024-03-07")
    row = f"#doc-{first}"
    desk.says(row, "Waiting to be read")
    assert pipeline.run(first) == "checked"
    desk.says(row, "Finished")  # by itself: the list follows
    desk.says("#watch", "All finished.")
    second = desk.paste(BARE, outlet="Northern Courier", published="2024-03-08")
    assert pipeline.run(second) == "checked"
    desk.says(f"#doc-{second}", "Finished")

    desk.open(f"/articles/{Document.objects.get(id=first).revision.article_id}/")
    marked = [m.text for m in desk.driver.find_elements(By.CSS_SELECTOR, ".prose mark.c-count")]
    assert "as many as 31 interceptors" in marked

    finding = Finding.objects.get(check_id="qualifier_dropped")
    desk.open("/findings/?check=qualifier_dropped")
    desk.follow("as many as 31 interceptors")
    assert desk.find(".passage .differs").text

    desk.press("Dismiss")
    desk.says("#refusal", "Say why it is dismissed")
    desk.find("#reason").send_keys("The ministry's own page says 31.")
    desk.press("Dismiss")
    desk.says("#finding-state", "dismissed")
    desk.says(".history", "The ministry's own page says 31.")

    desk.press("Undo")
    desk.says("#finding-state", "open")
    desk.press("Confirm")
    desk.says("#finding-state", "confirmed")
    finding.refresh_from_db()
    assert finding.state == "confirmed"
    assert [r.decision for r in finding.reviews.order_by("id")] == ["dismiss", "reopen", "confirm"]


def test_somebody_elses_decision_is_shown_and_ones_own_words_stay(desk: Desk, user: User) -> None:
    from claims.services import reviewing

    finding = factories.radar_story()["finding"]
    desk.log_in(user)
    desk.open(f"/findings/{finding.id}/")
    desk.find("#reason").send_keys("An hour of my work.")
    other = User.objects.create_user("ivo")
    reviewing.decide(finding, reviewer=other, decision="dismiss", reason="Known since March.")
    desk.press("Confirm")
    desk.says("#refusal", "ivo has decided since you looked")
    desk.says(".history li.new", "Known since March.")
    assert desk.find("#reason").get_attribute("value") == "An hour of my work."


def test_a_server_that_is_gone_is_told_and_loses_no_words(
    desk: Desk, user: User, live_server: LiveServer
) -> None:
    finding = factories.radar_story()["finding"]
    desk.log_in(user)
    desk.open(f"/findings/{finding.id}/")
    desk.find("#reason").send_keys("Typed before the cable broke.")
    desk.driver.execute_cdp_cmd("Network.enable", {})
    offline = {"offline": True, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}
    desk.driver.execute_cdp_cmd("Network.emulateNetworkConditions", offline)
    desk.press("Confirm")
    desk.says("#trouble", "The server cannot be reached")
    assert desk.find("#reason").get_attribute("value") == "Typed before the cable broke."
    desk.driver.get_log("browser")  # the failed request is what this test wants


def test_a_claims_link_jumps_to_it_in_the_text_and_its_mark_tells(desk: Desk, user: User) -> None:
    story = factories.radar_story()
    desk.log_in(user)
    desk.open(f"/articles/{story['one'].article_id}/")
    desk.find(f"#read-{story['almost'].id} .said a").click()
    desk.says(".prose mark:target", "almost $18 million")
    desk.find(".prose mark:target a").click()
    desk.says("#card", "$17 million to just under $18 million")


def test_no_page_is_wider_than_the_screen(desk: Desk, user: User) -> None:
    story = factories.radar_story()
    long_word = factories.revision("x" * 900 + "\n\n12 radars", title="y" * 300, at="z" * 120)
    factories.claim(
        long_word, "x" * 900, kind="quotation", group=story["group"], modifier="m" * 90, source="s" * 190
    )
    factories.document(name="n" * 400, state="rejected", error_code="empty", error_detail="e" * 400)
    factories.reference(title="t" * 300, authority="a" * 200)
    desk.log_in(user)
    metrics = {"height": 900, "deviceScaleFactor": 1, "mobile": False}
    for path in (
        "/",
        "/articles/",
        f"/articles/{long_word.article_id}/",
        "/groups/?outlets=all",
        f"/groups/{story['group'].id}/",
        "/findings/",
        f"/findings/{story['finding'].id}/",
        "/ingest/",
        "/references/",
        "/references/add/",
        "/account/tokens/",
    ):
        for width in (360, 1024, 2560):
            desk.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {**metrics, "width": width})
            desk.open(path)
            wide = desk.driver.execute_script("return document.documentElement.scrollWidth")
            assert wide <= width, (path, width)
