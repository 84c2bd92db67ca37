"""A person corrects what was read: through the pages without a script, and in a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.engine import records
from claims.models import Claim, Correction, Document, Revision
from claims.services import hints, ingestion, pipeline

from .desk import Desk

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer
    from selenium.webdriver import Chrome

TEXT = (
    "🛰️ 𝔄 note 🧨 from the coast: Norway will deploy as many as 40 tanks in the north.\n\n"
    "The tanks will cost almost $18 billion, the ministry said. The Heron 300 is not 🧭 among the 7.\n\n"
    "In the end the crew of the Heron 300 went home and the council of the harbour met again in the morning."
)


def take_in(text: str = TEXT, url: str = "https://fjord.example/1") -> Revision:
    document = records.Document(
        raw=text.encode(),
        content_type="text/plain",
        outlet="The Fjord",
        title="Plan for the north is published",
        published=date(2021, 5, 3),
        url=url,
    )
    row = ingestion.accept(document, source="file").document
    pipeline.run(row.pk)
    row.refresh_from_db()
    assert row.revision is not None, row.error_detail
    return row.revision


def work() -> None:
    for pk in Document.objects.under_way().values_list("pk", flat=True):
        assert pipeline.run(pk) == "checked"


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the form that is filled in there."""
    form = page[page.index('<form class="form"') :]
    form = form[: form.index("</form>")]
    found = dict.fromkeys(re.findall(r'<(?:input|textarea)[^>]* name="(\w+)"', form), "")
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r' name="(\w+)"', tag), re.search(r' value="([^"]*)"', tag)
        if name:
            found[name[1]] = value[1] if value else ""
    for name, inner in re.findall(r'<textarea[^>]* name="(\w+)"[^>]*>\s?(.*?)</textarea>', form, re.S):
        found[name] = inner.strip()
    for name, inner in re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', inner)
        found[name] = chosen[1] if chosen else ""
    return found


def count() -> Claim:
    return Claim.objects.get(kind="count", unit="tank", retired_at__isnull=True, headline=False)


@pytest.mark.django_db
def test_a_value_is_corrected_by_a_plain_form_and_undone(client_in: Client) -> None:
    revision = take_in()
    claim = count()
    address = f"/claims/{claim.id}/correct/"
    page = client_in.get(address).content.decode()
    sent = fields_of(page)
    assert (sent["value"], sent["modifier"], sent["unit"], sent["kind"]) == (
        "40",
        "as many as",
        "tank",
        "count",
    )
    answer = client_in.post(address, {**sent, "value": "31"}, follow=True)
    claim.refresh_from_db()
    assert (claim.value, claim.modifier, claim.bounds.upper) == (31, "as many as", 31)
    shown = answer.content.decode()
    assert "The article is linked and checked again now." in shown
    assert "Claims found, linking them" in shown
    assert "corrected by Rosa" in shown
    work()
    assert "linking them" not in client_in.get(f"/articles/{revision.article_id}/").content.decode()
    made = Correction.objects.get()
    client_in.post(f"/corrections/{made.id}/undo/", {"seen": made.id})
    claim.refresh_from_db()
    assert (claim.value, claim.correction) == (40, None)


@pytest.mark.django_db
def test_nothing_changed_is_said_and_what_cannot_be_read_is_said_at_its_field(client_in: Client) -> None:
    take_in()
    address = f"/claims/{count().id}/correct/"
    sent = fields_of(client_in.get(address).content.decode())
    answer = client_in.post(address, sent)
    assert answer.status_code == 422
    assert "Nothing is different" in answer.content.decode()
    answer = client_in.post(address, {**sent, "value": "a great many", "reason": "As I said <b>."})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_value_error"' in page
    assert "a great many" in page
    assert "As I said &lt;b&gt;." in page  # kept as typed
    assert not Correction.objects.exists()


@pytest.mark.django_db
def test_who_comes_second_is_told_and_keeps_what_was_typed(client_in: Client, user: User) -> None:
    take_in()
    claim = count()
    address = f"/claims/{claim.id}/correct/"
    sent = fields_of(client_in.get(address).content.decode())
    client_in.post(address, {**sent, "value": "31"})
    answer = client_in.post(address, {**sent, "value": "32"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "rosa corrected this since you looked" in page
    again = fields_of(page)
    assert (again["value"], again["seen"]) == ("32", str(Correction.objects.get().id))
    client_in.post(address, again)
    claim.refresh_from_db()
    assert claim.value == 32


@pytest.mark.django_db
def test_a_missed_claim_is_added_by_typing_its_words(client_in: Client) -> None:
    revision = take_in()
    address = f"/articles/{revision.article_id}/claims/add/"
    assert "Words in the text" in client_in.get(address).content.decode()
    answer = client_in.get(address, {"quote": "Heron 300"})
    assert answer.status_code == 422
    assert "stand in the text 2 times" in answer.content.decode()
    [_, second] = re.findall(r'name="start" value="(\d+)"', answer.content.decode())
    page = client_in.get(address, {"quote": "Heron 300", "start": second}).content.decode()
    sent = fields_of(page)
    client_in.post(
        address,
        {
            **sent,
            "kind": "count",
            "value": "300",
            "unit": "crew members",
            "measured": "crew members who went home",
        },
    )
    added = Claim.objects.get(quote="Heron 300")
    assert (str(added.start), added.value, added.unit) == (second, 300, "crew member")
    assert revision.body[added.start : added.end] == "Heron 300"
    assert client_in.get(address, {"quote": "no such words"}).status_code == 422
    assert client_in.get(address, {"quote": "x\x00", "start": "9" * 30}).status_code < 500
    assert client_in.get("/articles/999999/claims/add/").status_code == 404


@pytest.mark.django_db
def test_what_is_no_claim_leaves_the_list_and_says_who_took_it_out(client_in: Client) -> None:
    revision = take_in()
    claim = count()
    client_in.post(f"/claims/{claim.id}/reject/", {"seen": "0"})
    page = client_in.get(f"/articles/{revision.article_id}/").content.decode()
    assert f'id="read-{claim.id}"' not in page
    assert "said it is no claim:" in page
    assert client_in.get(f"/claims/{claim.id}/correct/").status_code == 302
    again = client_in.post(f"/claims/{claim.id}/reject/", {"seen": "0"}, follow=True).content.decode()
    assert "stands no more" in again


@pytest.mark.django_db
def test_a_correction_whose_words_are_gone_is_shown_as_waiting(client_in: Client) -> None:
    revision = take_in()
    client_in.post(f"/claims/{count().id}/reject/", {"seen": "0"})
    take_in("The ministry said nothing.\n\n" + TEXT.split("\n\n")[2])
    page = client_in.get(f"/articles/{revision.article_id}/").content.decode()
    assert "1 correction waits" in page


# -- in a browser ------------------------------------------------------------------------------------------


@pytest.fixture
def desk(driver: Chrome, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr(hints, "send_on_commit", lambda document: None)
    yield Desk(driver, live_server.url)
    logged = [line for line in driver.get_log("browser") if line["level"] == "SEVERE"]
    assert [line for line in logged if not any(code in line["message"] for code in (" 409 ", " 422 "))] == []


def select(desk: Desk, words: str, paragraph: int) -> None:
    """Selects words as a mouse does, by the browser's own count of characters."""
    desk.driver.execute_script(
        """
        const around = document.querySelectorAll(".prose p")[arguments[1]];
        const at = around.textContent.indexOf(arguments[0]);
        const walk = document.createTreeWalker(around, NodeFilter.SHOW_TEXT);
        const place = (n) => { let k = n, node; while ((node = walk.nextNode())) {
            if (k <= node.length) { walk.currentNode = around; return [node, k]; } k -= node.length; } };
        const range = document.createRange();
        range.setStart(...place(at)); range.setEnd(...place(at + arguments[0].length));
        getSelection().removeAllRanges(); getSelection().addRange(range);
        """,
        words,
        paragraph,
    )


def press(desk: Desk, keys: str) -> None:
    from selenium.webdriver.common.by import By

    desk.driver.find_element(By.TAG_NAME, "body").send_keys(keys)


def until(desk: Desk, script: str, *arguments: Any) -> Any:
    return desk.wait(lambda driver: driver.execute_script(script, *arguments))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_words_behind_emoji_are_selected_added_amended_rejected_and_undone(desk: Desk, user: User) -> None:
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    revision = take_in()
    desk.log_in(user)
    desk.open(f"/articles/{revision.article_id}/")

    # A missed claim: the second of two places, behind characters that are two units in the browser.
    select(desk, "7", 1)
    press(desk, "m")
    value = desk.find("#correcting input[name=value]")
    assert value.get_attribute("value") == "7"
    unit = desk.find("#correcting input[name=unit]")
    unit.clear()
    unit.send_keys("boats")
    desk.driver.execute_script("document.querySelector('#correcting select[name=kind]').value = 'count'")
    desk.find("#correcting button.main").click()
    desk.says("#toasts", "Added.")
    added = Claim.objects.get(quote="7")
    assert revision.body[added.start - 10 : added.end + 1] == "among the 7."
    assert (added.unit, added.value) == ("boat", 7)
    assert until(desk, "return !document.getElementById('correcting').open")
    desk.says("#progress", "linking")
    work()
    desk.says("#progress", "Linked and checked.")

    # From claim to claim, and the card says what was read; Escape takes it away.
    desk.open(f"/articles/{revision.article_id}/")
    press(desk, "n")
    desk.says("#card", "as many as 40 tanks")
    desk.says("#card", "up to 40 tanks, loosely")
    press(desk, Keys.ESCAPE)
    assert until(desk, "return !document.getElementById('card').matches(':popover-open')")

    # e corrects the claim one is at.
    press(desk, "e")
    value = desk.find("#correcting input[name=value]")
    value.clear()
    value.send_keys("about thirty-one")
    desk.find("#correcting button.main").click()
    desk.says("#toasts", "Corrected.")
    claim = count()
    assert (claim.value, claim.modifier) == (31, "about")
    assert "here" in desk.driver.find_element(By.ID, f"claim-{claim.id}").get_attribute("class") or until(
        desk, "return document.activeElement.hash === arguments[0]", f"#read-{claim.id}"
    )

    # x: not a claim; the toast undoes it.
    press(desk, "x")
    desk.says("#toasts", "Not a claim.")
    assert not Claim.objects.filter(pk=claim.pk, retired_at__isnull=True).exists()
    assert until(desk, "return !document.getElementById(arguments[0])", f"claim-{claim.id}")
    desk.find("#toasts form button").click()
    desk.says("#toasts", "Undone.")
    claim.refresh_from_db()
    assert (claim.retired_at, claim.value) == (None, 31)
    assert until(desk, "return !!document.getElementById(arguments[0])", f"claim-{claim.id}")


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_read_stays_in_the_dialog(desk: Desk, user: User) -> None:
    revision = take_in()
    desk.log_in(user)
    desk.open(f"/articles/{revision.article_id}/")
    press(desk, "n")
    press(desk, "e")
    value = desk.find("#correcting input[name=value]")
    value.clear()
    value.send_keys("heaps")
    desk.find("#correcting button.main").click()
    desk.says("#id_value_error", "no number")
    assert desk.find("#correcting input[name=value]").get_attribute("value") == "heaps"
    assert not Correction.objects.exists()
