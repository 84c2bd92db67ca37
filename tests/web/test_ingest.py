"""Bringing articles in: files, pasted text, addresses; what is refused, what is here already."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from claims.engine import records
from claims.ingest.errors import Unreadable
from claims.models import Document
from claims.services import hints, ingestion
from tests.web import factories

STORY = (
    b"Ministry to buy radars\n\nThe ministry will buy 12 radars for the northern coast, it said on Monday.\n"
)


@pytest.fixture(autouse=True)
def hinted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No broker here: the ids that would have been sent."""
    sent: list[str] = []
    monkeypatch.setattr(hints, "send_on_commit", lambda document: sent.append(str(document)))
    return sent


def upload(client: Client, *files: tuple[str, bytes], **fields: str) -> Any:
    made = [SimpleUploadedFile(name, raw, content_type="text/plain") for name, raw in files]
    return client.post("/ingest/?way=files", {"files": made, **fields}, follow=True)


def paste(client: Client, text: str, **fields: str) -> Any:
    return client.post("/ingest/?way=paste", {"text": text, **fields}, follow=True)


def page(response: Any) -> str:
    return response.content.decode()


def test_a_file_is_stored_and_the_page_says_so(client_in: Client, user: Any, hinted: list[str]) -> None:
    response = upload(client_in, ("radars.txt", STORY))
    row = Document.objects.get()
    assert (bytes(row.raw), row.source, row.name, row.submitted_by) == (STORY, "upload", "radars.txt", user)
    assert hinted == [str(row.id)]
    assert "1 document accepted and stored" in page(response)
    assert f'id="doc-{row.id}"' in page(response)


def test_several_files_go_at_once(client_in: Client) -> None:
    response = upload(client_in, ("one.txt", STORY), ("two.txt", STORY + b"More."), ("empty.txt", b""))
    assert "2 documents accepted and stored" in page(response)
    assert "empty.txt</bdi></a> was refused" in page(response)
    assert Document.objects.count() == 3


def test_pasted_text_keeps_its_lines(client_in: Client) -> None:
    paste(
        client_in,
        "Ministry to buy radars\r\n\r\nIt will buy 12 radars.",
        outlet="Harbour Post",
        published="2024-03-07",
    )
    row = Document.objects.get()
    assert bytes(row.raw) == b"Ministry to buy radars\n\nIt will buy 12 radars."
    assert (row.declared_outlet, row.declared_published, row.source) == (
        "Harbour Post",
        date(2024, 3, 7),
        "paste",
    )


def test_the_same_article_twice_is_stored_once_and_said_so(client_in: Client) -> None:
    upload(client_in, ("radars.txt", STORY))
    response = upload(client_in, ("radars.txt", STORY))
    assert "is here already; it was not stored twice" in page(response)
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("raw", "code"),
    [(b"", "empty"), (b"  \n\t ", "empty"), (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, "binary")],
)
def test_what_is_no_article_is_refused_in_words_and_the_row_remembers(
    client_in: Client, raw: bytes, code: str
) -> None:
    response = upload(client_in, ("thing.bin", raw))
    row = Document.objects.get()
    assert (row.state, row.error_code) == ("rejected", code)
    assert "thing.bin</bdi></a> was refused" in page(response)
    assert row.error_detail.split(":")[0] in page(response)


def test_a_file_above_the_limit_is_refused_and_its_bytes_are_not_kept(
    client_in: Client, settings: Settings
) -> None:
    settings.MAX_DOCUMENT_BYTES = 1000
    response = upload(client_in, ("long.txt", b"word " * 2000))
    row = Document.objects.get()
    assert (row.state, row.error_code, row.size, bytes(row.raw)) == ("rejected", "too_large", 10_000, b"")
    assert "long.txt</bdi></a> was refused" in page(response)


def test_a_file_far_above_the_limit_is_refused_with_its_whole_size(
    client_in: Client, settings: Settings
) -> None:
    settings.MAX_DOCUMENT_BYTES = 1000
    response = upload(client_in, ("huge.txt", b"word " * 20_000))
    row = Document.objects.get()
    assert (row.state, row.size, bytes(row.raw)) == ("rejected", 100_000, b"")
    assert "The document is 100 kB" in page(response)


def test_pasted_text_above_the_limit_is_answered_on_the_page(client_in: Client, settings: Settings) -> None:
    settings.MAX_DOCUMENT_BYTES = 1000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    response = paste(client_in, "word " * 2000)
    assert response.status_code == 413
    assert "larger than 1 kB, the most that is read" in page(response)
    assert not Document.objects.exists()


def test_a_form_that_is_too_large_shows_a_stranger_nothing(
    client: Client, db: None, settings: Settings
) -> None:
    factories.document(name="secret.txt")
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 2000
    response = client.post("/ingest/?way=paste", {"text": "word " * 2000})
    assert response.status_code == 302
    assert response["Location"].startswith("/login/")


def test_too_many_files_are_answered_on_the_page(client_in: Client, settings: Settings) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 2
    response = upload(client_in, *[(f"{n}.txt", STORY) for n in range(3)])
    assert response.status_code == 413
    assert "At most 2 files go at once" in page(response)


@pytest.mark.parametrize(
    ("way", "fields", "words"),
    [
        ("files", {}, "Choose at least one file first."),
        ("paste", {"text": ""}, "Paste the text of an article first."),
        ("paste", {"text": " \r\n "}, "There is nothing but white space in it."),
        ("paste", {"text": "nul \x00 nul"}, "Null characters are not allowed."),
        ("paste", {"text": "Twelve radars.", "published": "the day before"}, "Not a date."),
        ("address", {"url": ""}, "Give the address of a page first."),
        ("address", {"url": "not an address"}, "That is not a web address."),
        ("address", {"url": "ftp://example.org/story"}, "Only http and https addresses can be fetched."),
        ("address", {"url": "file:///etc/passwd"}, "That is not a web address."),
    ],
)
def test_a_form_with_something_missing_is_shown_again_with_what_was_typed(
    client_in: Client, way: str, fields: dict[str, str], words: str
) -> None:
    response = client_in.post(f"/ingest/?way={way}", {"title": "My own title", **fields})
    assert response.status_code == 422
    assert words in page(response)
    assert 'value="My own title"' in page(response)
    assert not Document.objects.exists()


def test_one_title_for_several_files_is_refused(client_in: Client) -> None:
    response = upload(client_in, ("one.txt", STORY), ("two.txt", STORY), title="Both")
    assert "One title cannot stand for several articles" in page(response)


def test_a_page_that_cannot_be_fetched_is_explained_beside_its_address(
    client_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(url: str, max_bytes: int) -> records.Document:
        raise Unreadable("fetch_timeout", "No answer", "The server did not answer in ten seconds.")

    monkeypatch.setattr(ingestion.fetching, "fetch", fail)
    response = client_in.post("/ingest/?way=address", {"url": "https://example.org/story"})
    assert response.status_code == 422
    assert "The server did not answer in ten seconds." in page(response)
    assert 'value="https://example.org/story"' in page(response)


def test_a_page_that_is_fetched_becomes_a_document(
    client_in: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        ingestion.fetching,
        "fetch",
        lambda url, max_bytes: records.Document(raw=STORY, url=url, content_type="text/plain"),
    )
    client_in.post("/ingest/?way=address", {"url": "https://example.org/story", "outlet": "Harbour Post"})
    row = Document.objects.get()
    assert (row.url, row.source, row.declared_outlet) == ("https://example.org/story", "url", "Harbour Post")


def test_only_what_is_not_finished_is_asked_for_again(client_in: Client) -> None:
    waiting = factories.document()
    factories.document(state="rejected", error_code="empty", error_detail="Empty.")
    html = page(client_in.get("/ingest/"))
    watch = html[html.index('id="watch"') :].split(">")[0]
    assert watch.count("id=") == 2  # its own and the one that is waiting
    assert str(waiting.id) in watch
    assert 'hx-trigger="every 2s"' in watch


def test_the_watcher_brings_rows_and_stops_when_all_is_done(client_in: Client) -> None:
    row, text = factories.document(), factories.revision("Twelve radars.")
    ask = f"/ingest/progress/?wait=2&id={row.id}"
    html = page(client_in.get(ask))
    assert 'hx-trigger="every 3s"' in html
    assert f'<li id="doc-{row.id}" hx-swap-oob="true">' in html
    Document.objects.filter(id=row.id).update(state="checked", revision=text)
    html = page(client_in.get(ask))
    assert "hx-get" not in html
    assert "All finished." in html
    assert "Read the article" in html


def test_the_watcher_never_waits_longer_than_half_a_minute(client_in: Client) -> None:
    row = factories.document()
    assert "every 30s" in page(client_in.get(f"/ingest/progress/?wait=999&id={row.id}"))


@pytest.mark.parametrize("asked", ["", "?id=x", "?id=&wait=x", f"?id={'0' * 32}", "?" + "id=x&" * 500])
def test_the_watcher_takes_nonsense_calmly(client_in: Client, asked: str) -> None:
    assert client_in.get(f"/ingest/progress/{asked}").status_code == 200


def test_a_document_that_waits_long_says_that_the_workers_may_be_down(client_in: Client) -> None:
    row = factories.document()
    assert "Nothing is lost" not in page(client_in.get("/ingest/"))
    Document.objects.filter(id=row.id).update(state_since="2024-01-01T00:00Z")
    html = page(client_in.get("/ingest/"))
    assert "Nothing is lost" in html


def test_what_failed_is_explained_and_can_be_tried_again(client_in: Client, hinted: list[str]) -> None:
    row = factories.document(
        state="quarantined",
        error_code="step_failed",
        error_detail="Reading failed five times.",
        attempts=5,
        journey=[
            {"from": "received", "state": "quarantined", "at": "2024-03-07T10:00:00+00:00", "seconds": 0.2}
        ],
    )
    html = page(client_in.get("/ingest/?state=failed"))
    assert "Reading failed five times." in html
    assert "<code>step_failed</code>" in html
    response = client_in.post(f"/documents/{row.id}/retry/", {"next": "/ingest/"}, follow=True)
    assert "is tried again" in page(response)
    assert Document.objects.get().state == "received"
    assert hinted == [str(row.id)]


def test_an_error_of_the_program_is_told_in_a_sentence_and_its_own_words_kept_apart(
    client_in: Client,
) -> None:
    row = factories.document(
        state="quarantined",
        error_code="step_failed",
        error_detail="An error of the program stopped it.\nIntegrityError: duplicate <key>",
    )
    for address in (f"/documents/{row.id}/", "/ingest/"):
        html = page(client_in.get(address))
        plain, _, folded = html.partition('<details class="small"')
        assert "An error of the program stopped it." in plain
        assert "duplicate &lt;key&gt;" in folded.partition("</details>")[0]
        assert "IntegrityError" not in plain


def test_what_was_rejected_when_it_was_read_can_be_tried_again_or_handed_in_again(client_in: Client) -> None:
    paste(client_in, STORY)
    refused = {"state": "rejected", "error_code": "no_text", "error_detail": "No story in it."}
    journey = [{"from": "received", "state": "rejected", "at": "2024-03-07T10:00:00+00:00", "seconds": 0}]
    for _ in range(2):
        Document.objects.update(**refused, journey=journey)
        row = Document.objects.get()
        assert "Try again" in page(client_in.get(f"/documents/{row.id}/"))
        client_in.post(f"/documents/{row.id}/retry/")
        assert Document.objects.get().state == "received"
        Document.objects.update(**refused, journey=journey)
        assert "was refused before; it is read again" in page(paste(client_in, STORY))
        assert Document.objects.get().state == "received"


def test_a_document_without_a_name_is_called_pasted_only_where_it_was(client_in: Client) -> None:
    row = factories.document(
        state="rejected", error_code="empty", error_detail="Empty.", name="", source="api"
    )
    html = page(client_in.get(f"/documents/{row.id}/"))
    assert "Text without a name" in html
    assert "outlet not known<" in html
    Document.objects.update(source="paste")
    assert "Pasted text" in page(client_in.get(f"/documents/{row.id}/"))


def test_what_was_refused_for_good_cannot_be_tried_again(client_in: Client) -> None:
    row = factories.document(state="rejected", error_code="empty", error_detail="Empty.")
    html = page(client_in.get(f"/documents/{row.id}/"))
    assert "Try again" not in html
    response = client_in.post(
        f"/documents/{row.id}/retry/", {"next": "https://elsewhere.example/"}, follow=True
    )
    assert response.redirect_chain == [(f"/documents/{row.id}/", 302)]
    assert "can be tried again" in page(response)


def test_a_document_shows_its_journey_notices_and_what_came_in(client_in: Client) -> None:
    row = factories.document(
        journey=[
            {
                "from": "received",
                "state": "parsed",
                "at": "2024-03-07T10:00:00+00:00",
                "seconds": 0.256,
                "attempt": 2,
            },
            {"from": "parsed", "state": "extracted", "at": "not a time", "seconds": None},
        ],
        notices=["No publication date was found."],
        url="https://example.org/story",
        declared_published=date(2024, 3, 7),
    )
    html = page(client_in.get(f"/documents/{row.id}/"))
    for words in (
        "Text read",
        "attempt 2",
        "0.26 s",
        "not a time",
        "No publication date was found.",
        "7 March 2024",
    ):
        assert words in html


def test_a_reference_is_added_with_its_value_and_listed(client_in: Client) -> None:
    response = client_in.post(
        "/references/add/",
        {"kind": "value", "authority": "Ministry", "title": "Plan", "value": "12", "unit": "radar"},
        follow=True,
    )
    assert "is stored" in page(response)
    assert "12 radars" in page(response)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "event"}, "An event needs its day."),
        ({"kind": "value"}, "A value needs its number."),
        ({"kind": "value", "value": "18 billion"}, "Enter a number."),
        (
            {"kind": "event", "starts_on": "2024-03-07", "ends_on": "2024-03-01"},
            "The last day is before the first.",
        ),
        ({"kind": "event", "starts_on": "soon"}, "Enter a valid date."),
        ({"kind": "event", "starts_on": "2024-03-07", "url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"kind": "event", "starts_on": "2024-03-07", "title": ""}, "This field is required."),
        ({"kind": "rumour"}, "Select a valid choice"),
    ],
)
def test_a_reference_that_does_not_hold_together_is_refused_beside_its_field(
    client_in: Client, fields: dict[str, str], words: str
) -> None:
    response = client_in.post("/references/add/", {"authority": "Ministry", "title": "Plan", **fields})
    assert response.status_code == 422
    assert words in page(response)
    assert 'value="Ministry"' in page(response)


def test_the_same_edition_of_a_reference_is_refused(client_in: Client) -> None:
    fields = {"kind": "event", "authority": "Ministry", "title": "Plan", "starts_on": "2024-03-07"}
    client_in.post("/references/add/", fields)
    response = client_in.post("/references/add/", fields)
    assert response.status_code == 422
    assert "already exists" in page(response)


def test_a_row_tells_each_station_of_its_journey_with_its_time(client_in: Client) -> None:
    factories.document(
        state="extracted",
        revision=factories.revision("Twelve radars."),
        journey=[
            {"from": "received", "state": "parsed", "at": "2024-03-07T10:00:00+00:00", "seconds": 0.21},
            {"from": "parsed", "state": "extracted", "at": "2024-03-07T10:00:14+00:00", "seconds": 14.2},
        ],
    )
    html = page(client_in.get("/ingest/"))
    stations = html[html.index('class="stations"') :].partition("</ol>")[0]
    assert stations.count('class="done"') == 3
    assert stations.count('aria-current="step"') == 1
    assert "210 ms" in stations
    assert "14 s" in stations


def test_all_that_gave_up_is_tried_again_at_once(client_in: Client, hinted: list[str]) -> None:
    journey = [{"from": "received", "state": "quarantined", "at": "2024-03-07T10:00:00+00:00", "seconds": 0}]
    gone = {"state": "quarantined", "error_code": "step_failed", "error_detail": "It failed."}
    rows = [factories.document(**gone, journey=journey) for _ in range(3)]
    assert "Try all 3 that gave up again" in page(client_in.get("/ingest/?state=failed"))
    response = client_in.post("/ingest/retry/", follow=True)
    assert "3 documents tried again." in page(response)
    assert sorted(hinted) == sorted(str(row.id) for row in rows)
    assert "Nothing waits to be tried again." in page(client_in.post("/ingest/retry/", follow=True))


def test_references_are_found_by_their_words_and_have_a_page(client_in: Client) -> None:
    row = factories.reference(title="Order on officials", edition="first", definition="Officials expelled.")
    later = factories.reference(title="Order on officials", edition="second")
    factories.reference(title="Budget")
    html = page(client_in.get("/references/?q=officials+order"))
    assert "Order on officials" in html
    assert "Budget" not in html
    assert "No reference says that." in page(client_in.get("/references/?q=zebra"))
    html = page(client_in.get(f"/references/{row.pk}/"))
    assert "Officials expelled." in html
    assert f"/references/{later.pk}/" in html
    assert client_in.get("/references/999999/").status_code == 404
