"""A fact-checker's day in a real Chromium: from logging in to a page for readers, and what happens to it when
the article changes. Every step is clicked and typed; the test itself is only the worker that reads articles.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.models import User

from claims.models import Document, FactCheck, Finding
from claims.services import hints, pipeline
from tests.web import conftest
from tests.web.desk import PASS_PHRASE, Desk

if TYPE_CHECKING:
    from pytest_django.live_server_helper import LiveServer

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

The interceptors will cost $18 billion.

The plan had been expected since the winter.
"""
AMENDED = BARE.replace("install 31 interceptors", "install up to 31 interceptors")
# Refusals are answers; and htmx logs what came after one had walked on, or for a line that has gone.
EXPECTED = (" 409 ", " 422 ", "htmx:sendAbort", "htmx:afterRequest", "oobErrorNoTarget, #held-")
QUESTION = "Will Northland install 31 interceptors on its coast?"
FIRST_REASONS = "Okapi: the order names a ceiling, and the Courier dropped it."
SECOND_REASONS = "The figure is in the order; only a word is missing."
THIRD_REASONS = "A ceiling told as a count misleads; I follow rosa."
CONCLUSION = "Quagga: the order allows as many as 31 interceptors. It does not say that 31 will come."


@pytest.fixture
def people(user: User) -> dict[str, User]:
    """Rosa, who does the work, and two more."""
    others = {
        name: User.objects.create_user(name, f"{name}@example.org", PASS_PHRASE) for name in ("ivo", "mara")
    }
    return {"rosa": user, **others}


@pytest.fixture
def seat(
    tmp_path: Path, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[User | None], Desk]]:
    """A desk of one's own for each person, logged in; for nobody: a reader who has no account."""
    monkeypatch.setattr(hints, "send_on_commit", lambda document: None)
    desks: list[Desk] = []

    def sit(person: User | None) -> Desk:
        place = tmp_path / f"seat {len(desks)}"
        desk = Desk(opened.enter_context(conftest.chromium(place)), live_server.url)
        desk.driver.set_window_size(1400, 1000)
        if person is not None:
            desk.log_in(person, "/")
        desks.append(desk)
        return desk

    with ExitStack() as opened:
        yield sit
        for desk in desks:
            assert desk.errors(*EXPECTED) == []


def bring(desk: Desk, text: str, outlet: str, published: str) -> Document:
    """An article comes in by the ingest page and is read."""
    made = desk.paste(text, outlet=outlet, published=published)
    desk.says(f"#doc-{made}", "Waiting to be read")
    assert pipeline.run(made) == "checked"
    desk.says(f"#doc-{made}", "Finished")
    return Document.objects.select_related("revision").get(id=made)


def state(row: FactCheck) -> str:
    row.refresh_from_db()
    return row.state


# -- the morning -------------------------------------------------------------------------------------------


def test_the_morning_from_the_start_page_through_the_queue_by_keyboard(
    seat: Callable[[User | None], Desk], people: dict[str, User]
) -> None:
    desk = seat(people["rosa"])
    desk.says("h1", "An empty desk")
    desk.follow("Add the first articles")
    bring(desk, CAREFUL, "Harbour Post", "2024-03-07")
    bring(desk, BARE, "Northern Courier", "2024-03-08")
    assert Finding.objects.count() >= 2
    first, second = Finding.objects.order_by("-rank", "-pk")[:2]

    desk.open("/")
    desk.says("h2", "New findings")
    desk.type("g", "q")
    desk.says("h1", "Queue")
    desk.says("#pane", first.summary)
    desk.type("c")
    desk.says("#toasts", "Confirmed")
    desk.says("#pane", second.summary)
    desk.type("d")
    desk.find("#dismiss .q-panel")
    desk.type("1")
    desk.says("#toasts", "Dismissed")
    assert Finding.objects.get(pk=second.pk).reviews.get().reason
    desk.type("z")
    desk.says("#pane", second.summary)
    desk.wait(lambda _: Finding.objects.get(pk=second.pk).decision == "none", "the undone decision")
    assert Finding.objects.get(pk=first.pk).decision == "confirmed"


# -- the fact-check ----------------------------------------------------------------------------------------


def test_the_day_from_a_finding_to_a_page_for_readers_and_back(
    seat: Callable[[User | None], Desk], people: dict[str, User]
) -> None:
    rosa = seat(people["rosa"])
    bring(rosa, CAREFUL, "Harbour Post", "2024-03-07")
    bare = bring(rosa, BARE, "Northern Courier", "2024-03-08")
    row = taken_up(rosa)
    investigated(rosa, row)
    judged_first(rosa, row)
    ivo = seat(people["ivo"])
    judged_blind(ivo, row)
    mara = seat(people["mara"])
    adjudicated(mara, row)
    signed_off(rosa, mara, row)
    address = published(rosa, row)
    reader = seat(None)
    read_by_anybody(reader, address)

    bring(rosa, AMENDED, "Northern Courier", "2024-03-08")
    assert bare.revision is not None
    assert bare.revision.article.revisions.count() == 2
    rosa.open("/fact-checks/")
    rosa.says(".rows", QUESTION)
    rosa.follow(QUESTION)
    rosa.says("#next", "It was reopened")
    rosa.says("#history", "changed the sentence this rests on")
    rosa.says("#history", "install up to 31 interceptors")
    rosa.says("#next", "it stays up meanwhile")
    rosa.press("Begin again", "#next")
    rosa.says("#next", "Begun.")
    assert state(row) == "in_check"
    reader.open(address)
    reader.says("h1", QUESTION)
    reader.says(".claimed", "plans to install 31 interceptors")


def taken_up(desk: Desk) -> FactCheck:
    """From the list of findings to a fact-check that is hers and begun."""
    finding = Finding.objects.get(
        check_id="qualifier_dropped",
        claims__quote__contains="31",
        claims__revision__article__outlet__name="Northern Courier",
    )
    desk.open("/queue/")
    desk.follow(finding.summary, "#q-lines")
    desk.says("#pane", finding.summary)
    desk.type("o")
    desk.says("h1", finding.summary)
    desk.find(".passage .differs")
    desk.type("t")
    desk.says("h1", "Take up a claim")
    desk.fill("What is to be established?", "")
    desk.press("Take it up")
    desk.says("#id_question_error", "Say in one sentence")
    desk.fill("What is to be established?", QUESTION)
    desk.choose("Harm if it is wrong", "high")
    desk.tick("The second verdict is to be blind")
    desk.press("Take it up")
    desk.says(".notes", "Taken up.")
    row = FactCheck.objects.get()
    assert (row.finding, row.claim.quote, row.harm, row.blind) == (finding, "31 interceptors", 3, True)

    desk.says("#next", "Is it worth checking?")
    desk.type("c")
    desk.says("#next", "Who checks it?")
    desk.choose("Who does it", "Rosa", "#next")
    desk.press("Assign", "#next")
    desk.says("#next", "It is yours")
    desk.press("Begin", "#next")
    desk.says("#next", "Find the evidence")
    assert state(row) == "in_check"
    return row


def investigated(desk: Desk, row: FactCheck) -> None:
    """What was meant, the claimant's answer, and sources of two origins."""
    desk.unfold("Say what was meant")
    desk.fill(
        "What was meant", "Interceptors in place on the northern coast by the end of the programme.", "#about"
    )
    desk.press("Store", "#about")
    desk.says("#about", "Stored.")

    desk.type("q")
    desk.fill("Who was asked", "Northern Courier, news desk", "#letters")
    desk.fill("What was asked", "Where does the figure of 31 come from?", "#letters")
    desk.press("Write it down")
    desk.says("#letters", "Written down.")
    desk.says("#next", "Waiting for Northern Courier, news desk")
    assert state(row) == "awaiting_reply"
    desk.fill("The reply", "From the ministry's order.", "#letters")
    desk.press("Store the reply")
    desk.says("#letters", "From the ministry's order.")
    desk.says("#next", "Find the evidence")

    desk.follow("Add a source", "#next")
    desk.fill("Web address", "https://ministry.example/orders/7", "#add-source")
    desk.fill("Title", "Order no. 7", "#add-source")
    desk.fill("Origin", "Ministry of Defence", "#add-source")
    desk.fill("What it says", "As many as 31 interceptors may be placed.", "#add-source")
    desk.press("Add the source")
    desk.says("#sources", "Order no. 7")
    desk.says("#sources", "1 independent origin on the record")
    desk.unfold("Add a source")
    desk.fill("An article of ours", "interceptors Thursday", "#add-source")
    desk.says("#found", "Northland to place interceptors on the coast")
    desk.press("Add as secondary", "#found .fc-hit")
    desk.says("#sources", "2 independent origins on the record")
    assert {source.use for source in row.sources.in_use()} == {"primary", "secondary"}


def judged_first(desk: Desk, row: FactCheck) -> None:
    desk.says("#next", "Weigh it")
    desk.fill("What a reader is told", CONCLUSION)
    desk.press("Store the conclusion")
    desk.says("#conclusion", "Stored.")
    desk.type("c")
    desk.tick("Misleading", "#verdict-form")
    desk.fill("Your reasons", FIRST_REASONS)
    desk.press("Give this verdict")
    desk.says("#verdicts", FIRST_REASONS)
    desk.says("#next", "A second pair of eyes")
    desk.choose("Who is asked to review it", "Ivo", "#next")
    desk.press("Ask for a second review", "#next")
    desk.says("#next", "Waiting for Ivo")
    assert state(row) == "second_review"


def judged_blind(desk: Desk, row: FactCheck) -> None:
    """The second person finds it on the start page, sees nothing of the first verdict, and differs."""
    desk.open("/")
    desk.says("#main", "blind: you will not see the first verdict")
    desk.follow(QUESTION)
    desk.says("#next", "Your verdict is awaited")
    desk.says("#verdicts", "A verdict is given and hidden")
    desk.says("#conclusion", "hidden from you until your own verdict is in")
    html = desk.driver.page_source
    assert "Okapi" not in html
    assert "Quagga" not in html
    desk.type("c")
    desk.tick("Imprecise", "#verdict-form")
    desk.fill("Your reasons", SECOND_REASONS)
    desk.press("Give this verdict")
    desk.says("#verdicts", SECOND_REASONS)
    desk.says("#verdicts", FIRST_REASONS)
    desk.says("#conclusion", "Quagga")
    assert state(row) == "second_review"


def adjudicated(desk: Desk, row: FactCheck) -> None:
    desk.open("/fact-checks/?for=me")
    desk.follow(QUESTION)
    desk.says("#next", "The two verdicts differ")
    desk.tick("Misleading", "#verdict-form")
    desk.fill("Your reasons", THIRD_REASONS)
    desk.press("Give this verdict")
    desk.says("#next", "Ready to be signed off")
    for words in (FIRST_REASONS, SECOND_REASONS, THIRD_REASONS):
        desk.says("#verdicts", words)


def signed_off(worker: Desk, other: Desk, row: FactCheck) -> None:
    """Whoever did the work is refused, with the reason; whoever adjudicated signs."""
    worker.open(f"/fact-checks/{row.pk}/")
    worker.says("#next", "You did the work on it; another person signs it off.")
    assert "Sign off" not in worker.all("#next button")
    other.press("Sign off", "#next")
    other.says("#next", "It is signed off")
    assert state(row) == "signed_off"


def published(desk: Desk, row: FactCheck) -> str:
    desk.open(f"/fact-checks/{row.pk}/")
    desk.follow("Publish", "#next")
    desk.says(".preview-head", "")
    desk.says(".leaf", CONCLUSION)
    desk.says(".leaf", "not published yet")
    desk.press("Publish")
    desk.says(".notes", "It is published.")
    assert state(row) == "published"
    desk.follow("Read it as readers do", ".notes")
    desk.says("h1", QUESTION)
    return str(desk.driver.current_url).removeprefix(desk.address)


def read_by_anybody(desk: Desk, address: str) -> None:
    """Without an account: the claim, the rating, the evidence, and what search engines read."""
    desk.open(address)
    desk.says("h1", QUESTION)
    desk.says(".stamp", "Misleading")
    desk.says(".told", CONCLUSION)
    desk.says(".claimed", "plans to install 31 interceptors")
    desk.says(".by", "Checked by rosa")
    for words in ("Order no. 7", "Where does the figure of 31 come from?", "From the ministry's order."):
        desk.says("main", words)
    for private in (FIRST_REASONS, SECOND_REASONS, "example.org"):
        assert private not in desk.driver.page_source
    script = desk.driver.find_element("css selector", "script[type='application/ld+json']")
    review = json.loads(script.get_attribute("textContent") or "")
    assert review["@type"] == "ClaimReview"
    assert review["reviewRating"]["alternateName"] == "Misleading"
    assert review["url"].endswith(address)
    desk.open("/fact-checks/")
    desk.says("h1", "Log in")
