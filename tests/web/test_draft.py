"""Check a draft, as a client and in a real browser; our own sentences."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from claims.models import Article, Document
from claims.services import drafting, hints, ingestion, pipeline
from tests.services.conftest import story

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer
    from selenium.webdriver import Chrome

PLAN = "The Norwegian army will deploy as many as 31 launchers in Narvik."
FLAT = "The Norwegian army will deploy 31 launchers in Narvik. Peru sold 12 gliders."
PATIENCE = 20


def stored(*sentences: str, **declared: Any) -> Document:
    row = ingestion.accept(story(*sentences, **declared), source="file").document
    pipeline.run(row.pk)
    return row


def check(client: Client, text: str, **more: Any) -> Any:
    return client.post(reverse("draft"), {"text": text, **more})


def page(answer: Any) -> str:
    return str(answer.content.decode())


def test_without_a_text_the_page_says_what_the_marks_mean(client_in: Client) -> None:
    answer = client_in.get(reverse("draft"))
    assert answer.status_code == 200
    for words in ("never seen", "Independent origins have the same figure", "is not stored"):
        assert words in page(answer)


def test_strangers_log_in_first(client: Client) -> None:
    assert client.get(reverse("draft")).status_code == 302
    assert check(client, PLAN).status_code == 302


def test_a_plain_post_marks_each_figure_and_shows_the_evidence(client_in: Client) -> None:
    stored(PLAN, outlet="The Fjord")
    answer = page(check(client_in, FLAT))
    assert "<strong>2 figures</strong>" in answer
    assert re.search(r"1 changes a qualifier.*1 never seen", answer, re.DOTALL)
    assert '<mark class="f f-qualifier"><a href="#figure-1"' in answer
    assert "as many as 31 launchers" in answer
    assert f"/articles/{Article.objects.get().pk}/#claim-" in answer
    assert FLAT in answer  # the text is still there to be edited


def test_htmx_gets_the_answer_alone(client_in: Client) -> None:
    answer = client_in.post(reverse("draft"), {"text": FLAT}, headers={"HX-Request": "true"})
    assert "<textarea" not in page(answer)
    assert 'data-start="31"' in page(answer)


def test_places_count_as_browsers_count(client_in: Client) -> None:
    assert 'data-start="18"' in page(check(client_in, "\U0001f680\U0001f680 The army has 12 gliders."))


def test_line_ends_of_browsers_move_no_mark(client_in: Client) -> None:
    assert 'data-start="16"' in page(check(client_in, "One.\r\n\r\nPeru sold 12 gliders."))


def test_texts_of_strangers_are_escaped(client_in: Client) -> None:
    stored("The Norwegian army bought 40 <script>alert(1)</script> tanks.", outlet="<b>The Fjord</b>")
    answer = page(check(client_in, "The Norwegian army bought 40 tanks.</textarea><script>alert(2)</script>"))
    assert "<script>alert" not in answer
    assert "<b>The Fjord" not in answer


@pytest.mark.parametrize(
    ("text", "words"), [("a\x00b 12 tanks", "Null characters"), ("12 tanks. " * 9000, "60,000 are checked")]
)
def test_what_cannot_be_checked_is_said(client_in: Client, text: str, words: str) -> None:
    answer = check(client_in, text)
    assert answer.status_code == 422
    assert words in page(answer)


def test_what_memory_should_not_hold_is_refused_unread(client_in: Client) -> None:
    answer = check(client_in, "12 tanks. " * 300_000)
    assert answer.status_code == 413
    assert "Nothing was stored" in page(answer)


def test_a_day_that_is_none_is_said(client_in: Client) -> None:
    answer = check(client_in, FLAT, day="soon")
    assert answer.status_code == 422
    assert "not a date" in page(answer)


def test_a_file_takes_the_place_of_the_text(client_in: Client) -> None:
    body = (
        f"Gliders for Peru\n\nBy Ada Brandt, 7 March 2024\n\n{FLAT} Nobody was asked, and nobody complained."
    )
    answer = page(check(client_in, "", file=SimpleUploadedFile("story.txt", body.encode(), "text/plain")))
    assert "Gliders for Peru" in answer
    assert "<strong>2 figures</strong>" in answer
    assert 'value="2024-03-07"' in answer
    refused = check(client_in, "", file=SimpleUploadedFile("x.txt", b"\x89PNG\x0d\x0a\x1a\x0a\x00\x01" * 99))
    assert refused.status_code == 422


def test_nothing_is_stored_neither_rows_nor_session_nor_log(
    client_in: Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    sessions = set(Session.objects.values_list("pk", "session_data"))
    with caplog.at_level(logging.DEBUG):
        check(client_in, "Quibblethorpe sold 12 gliders.")
    assert set(Session.objects.values_list("pk", "session_data")) == sessions
    assert not Document.objects.exists()
    assert "Quibblethorpe" not in caplog.text
    assert "Quibblethorpe" not in "".join(capfd.readouterr())


def test_keeping_it_makes_a_document(client_in: Client) -> None:
    answer = client_in.post(reverse("draft-keep"), {"text": FLAT, "outlet": "Harbour Post"})
    row = Document.objects.get()
    assert answer.headers["Location"] == reverse("document", args=[row.pk])
    assert row.declared_outlet == "Harbour Post"
    assert client_in.post(reverse("draft-keep"), {"text": "  "}).status_code == 422


def test_a_post_from_elsewhere_is_refused(user: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    assert check(strict, FLAT).status_code == 403


@pytest.fixture
def wait(driver: Chrome) -> Any:
    from selenium.webdriver.support.ui import WebDriverWait

    return WebDriverWait(driver, PATIENCE).until


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_it_feels_like_a_spell_checker(
    live_server: LiveServer, driver: Chrome, wait: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Typing marks figures under the text; the caret stays; F8 walks; a correction is put in and undone."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    monkeypatch.setattr(hints, "send", lambda keys: None)
    stored(PLAN, outlet="The Fjord")
    drafting.warm()
    User.objects.create_user("ada", password="desk pass phrase 1")
    driver.get(live_server.url + reverse("login") + "?next=" + reverse("draft"))
    driver.find_element(By.NAME, "username").send_keys("ada")
    driver.find_element(By.NAME, "password").send_keys("desk pass phrase 1" + Keys.ENTER)
    text = wait(lambda d: d.find_element(By.ID, "text"))

    def marks() -> list[tuple[str, str]]:
        # In one go: the marks are drawn anew while one looks.
        told: Any = driver.execute_script(
            "return [...document.querySelectorAll('#under mark')].map((m) => [m.classList[1], m.textContent])"
        )
        return [(each[0], each[1]) for each in told]

    qualifier, new = ("f-qualifier", "31 launchers"), ("f-new", "12 gliders")
    text.send_keys(FLAT)
    wait(lambda d: marks() == [qualifier, new])
    assert driver.switch_to.active_element == text

    # Words typed in front carry the marks along at once, and the caret is where it was after the answer.
    text.send_keys(Keys.CONTROL + Keys.HOME)
    text.send_keys("So. ")
    assert marks() == [qualifier, new]
    wait(lambda d: not d.find_elements(By.CSS_SELECTOR, ".answer.old"))
    assert text.get_property("selectionStart") == 4
    assert driver.switch_to.active_element == text

    text.send_keys(Keys.F8)
    card = driver.find_element(By.ID, "figure-1")
    assert card.find_element(By.TAG_NAME, "details").get_attribute("open")
    wait(lambda d: card.find_element(By.CSS_SELECTOR, "[data-put]").is_displayed())
    card.find_element(By.CSS_SELECTOR, "[data-put]").click()
    wait(lambda d: ("f-agrees", "as many as 31 launchers") in marks())
    assert "deploy as many as 31 launchers in" in text.get_property("value")
    assert driver.switch_to.active_element == text
    text.send_keys(Keys.CONTROL + "z")
    wait(lambda d: marks() == [qualifier, new])
    assert Document.objects.count() == 1
    assert not [
        e for e in driver.get_log("browser") if e["level"] == "SEVERE" and "favicon" not in e["message"]
    ]
