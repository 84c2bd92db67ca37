"""Handing in articles: as JSON, as files, as the body itself; good ones, bad ones, the same one twice."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from claims.api.viewsets import articles
from claims.ingest.errors import Unreadable
from claims.models import Document
from claims.services import hints, ingestion, pipeline

from .conftest import fields_at_fault, problem

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/articles"
TITLE = "Ruritania expels seven Zendan envoys"
TEXT = f"""{TITLE}

March 5, 2024

Ruritania has expelled seven Zendan diplomats over what it calls spying, the foreign ministry said on Tuesday.
Zenda denied the accusation and said it would answer in kind within days.

The ministry also said that the army plans to buy as many as 40 launchers for $2.5 billion. Parliament still
has to agree to the purchase, which would be the largest in the history of the small country.
"""


@pytest.fixture(autouse=True)
def _no_messages(monkeypatch) -> None:
    """The hint to the workers is the pipeline's business and has its own tests."""
    monkeypatch.setattr(hints, "send", lambda documents: None)


@pytest.fixture
def worker(monkeypatch) -> Iterator[list[float]]:
    """Whoever sleeps wakes up to find that a worker has done everything there was to do."""
    slept = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        for row in Document.objects.under_way():
            pipeline.run(row.pk)

    monkeypatch.setattr(articles, "sleep", sleep)
    return slept


def put(api, content, kind="text/plain", **query):
    return api.generic("POST", f"{ADDRESS}?{'&'.join(f'{k}={v}' for k, v in query.items())}", content, kind)


def test_text_as_json_is_stored_and_under_way(api, user):
    said = api.post(ADDRESS, {"text": TEXT, "outlet": "Zenda Post", "name": "envoys"}, format="json")
    assert said.status_code == 202, said.content
    row = Document.objects.get()
    assert bytes(row.raw) == TEXT.encode()
    assert (row.declared_outlet, row.name, row.source) == ("Zenda Post", "envoys", "api")
    assert row.submitted_by == user
    assert said.json()["id"] == str(row.pk)
    assert (said.json()["state"], said.json()["finished"]) == ("received", False)
    assert said.headers["Location"] == f"http://testserver/api/v1/documents/{row.pk}"
    assert api.get(said.headers["Location"]).json()["id"] == str(row.pk)


def test_who_waits_gets_the_article(api, worker):
    sent = {"text": TEXT, "outlet": "Zenda Post", "published": "2024-03-05"}
    said = api.post(f"{ADDRESS}?wait=5", sent, format="json")
    assert said.status_code == 201, said.content
    assert said.json()["state"] == "checked"
    article = api.get(said.json()["links"]["article"]).json()
    assert (article["outlet"], article["title"], article["published"]) == ("Zenda Post", TITLE, "2024-03-05")
    quotes = {claim["quote"] for claim in article["claims"]}
    assert {"seven Zendan diplomats", "as many as 40 launchers", "$2.5 billion"} <= quotes
    for claim in article["claims"]:
        assert article["body"][claim["span"]["start"] : claim["span"]["end"]] == claim["quote"]


def test_who_waits_in_vain_is_told_how_far_it_is(api, monkeypatch):
    monkeypatch.setattr(articles, "LONGEST_WAIT", 1)
    said = api.post(f"{ADDRESS}?wait=1", {"text": TEXT}, format="json")
    assert (said.status_code, said.json()["state"]) == (202, "received")


@pytest.mark.parametrize("wait", ["31", "-1", "soon", "1.5", "9" * 50])
def test_nobody_waits_for_ever(api, wait):
    said = api.post(f"{ADDRESS}?wait={wait}", {"text": TEXT}, format="json")
    assert fields_at_fault(said) == {"wait"}
    assert not Document.objects.exists()


def test_the_same_article_twice_is_one(api):
    first = api.post(ADDRESS, {"text": TEXT}, format="json")
    again = api.post(ADDRESS, {"text": TEXT}, format="json")
    assert (first.status_code, again.status_code) == (202, 200)
    assert again.json()["id"] == first.json()["id"]
    assert again.headers["Location"] == first.headers["Location"]
    assert Document.objects.count() == 1


def test_the_body_itself_may_be_the_article(api):
    said = put(api, TEXT.encode(), "text/plain; charset=utf-8", outlet="Zenda+Post", published="2024-03-05")
    assert said.status_code == 202, said.content
    row = Document.objects.get()
    assert bytes(row.raw) == TEXT.encode()
    assert row.content_type == "text/plain; charset=utf-8"
    assert (row.declared_outlet, str(row.declared_published)) == ("Zenda Post", "2024-03-05")


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream"])
def test_a_page_or_plain_bytes_are_taken_too(api, kind):
    page = f"<html><body><h1>{TITLE}</h1><p>{TEXT}</p></body></html>".encode()
    assert put(api, page, kind).status_code == 202
    assert bytes(Document.objects.get().raw) == page


def test_a_file_may_be_the_article(api):
    file = SimpleUploadedFile("envoys.txt", TEXT.encode(), "text/plain; charset=utf-8")
    said = api.post(ADDRESS, {"file": file, "outlet": "Zenda Post"}, format="multipart")
    assert said.status_code == 202, said.content
    row = Document.objects.get()
    assert (row.name, row.declared_outlet) == ("envoys.txt", "Zenda Post")
    assert bytes(row.raw) == TEXT.encode()


def test_several_files_are_answered_one_by_one(api):
    files = [
        SimpleUploadedFile("one.txt", TEXT.encode()),
        SimpleUploadedFile("two.txt", b""),
        SimpleUploadedFile("three.txt", TEXT.encode()),
    ]
    said = api.post(ADDRESS, {"file": files}, format="multipart")
    assert said.status_code == 207, said.content
    assert [one["status"] for one in said.json()] == [202, 422, 200]
    first, second, third = said.json()
    assert first["document"]["id"] == third["document"]["id"]
    assert second["problem"]["code"] == "empty"
    assert Document.objects.filter(pk=second["problem"]["document"], state="rejected").exists()


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, {"file"}),
        ({"text": TEXT}, {"text"}),
        ({"file": "not a file"}, {"file"}),
        ({"upload": SimpleUploadedFile("a.txt", b"x")}, {"upload"}),
        ({"file": [SimpleUploadedFile(n, b"x") for n in ("a", "b")], "title": "T"}, {"title"}),
        ({"file": SimpleUploadedFile("a.txt", b"x"), "title": ["T", "U"]}, {"title"}),
        ({"file": SimpleUploadedFile("a.txt", b"x"), "published": "yesterday"}, {"published"}),
    ],
)
def test_a_wrong_form_is_a_400_that_names_the_field(api, sent, wrong):
    assert fields_at_fault(api.post(ADDRESS, sent, format="multipart")) == wrong
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({}, ""),
        ({"text": None}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": "nul\x00byte"}, "text"),
        ({"text": "x", "outlet": "x" * 201}, "outlet"),
        ({"text": "x", "published": "2024-02-30"}, "published"),
        ({"text": "x", "published": "5 March"}, "published"),
        ({"text": "x", "url": "javascript:alert(1)"}, "url"),
        ({"url": "file:///etc/passwd"}, "url"),
        ({"text": "x", "body": "x"}, "body"),
        ({"url": "https://news.example/1", "name": "x"}, "name"),
    ],
)
def test_wrong_json_is_a_400_that_names_the_field(api, sent, wrong):
    assert fields_at_fault(api.post(ADDRESS, sent, format="json")) == {wrong}
    assert not Document.objects.exists()


def test_half_a_character_is_a_400(api):
    said = api.generic("POST", ADDRESS, rb'{"text": "\ud83d"}', "application/json")
    assert fields_at_fault(said) == {"text"}


def test_what_belongs_into_the_body_is_refused_in_the_address(api):
    said = api.post(f"{ADDRESS}?outlet=Zenda", {"text": TEXT}, format="json")
    assert fields_at_fault(said) == {"outlet"}
    assert fields_at_fault(put(api, TEXT.encode(), outlte="Zenda")) == {"outlte"}
    assert fields_at_fault(put(api, TEXT.encode(), published="soon")) == {"published"}


def rejected(said, status, code):
    """Checks the problem and that its document shows the same; gives the row."""
    told = problem(said, status, code)
    row = Document.objects.get(pk=told["document"])
    assert (row.state, row.error_code) == ("rejected", code)
    return row


@pytest.mark.parametrize("text", ["", " \n\t "])
def test_nothing_is_a_422(api, text):
    rejected(api.post(ADDRESS, {"text": text}, format="json"), 422, "empty")


def test_an_empty_body_is_a_422_and_so_it_is_again(api):
    first = rejected(put(api, b""), 422, "empty")
    assert rejected(put(api, b""), 422, "empty") == first


def test_a_picture_is_a_415(api):
    rejected(put(api, b"\x89PNG\r\n\x1a\n" + bytes(2000), "application/octet-stream"), 415, "binary")
    file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 \x00\x01\x02", "application/pdf")
    rejected(api.post(ADDRESS, {"file": file}, format="multipart"), 415, "binary")


def test_text_that_cannot_be_decoded_is_a_422_for_who_waits(api, worker):
    garbled = bytes(range(0x80, 0x100)) * 20
    said = put(api, garbled, "text/plain;charset=utf-8", wait="5")
    told = problem(said, 422, said.json()["code"])
    row = Document.objects.get(pk=told["document"])
    assert row.state == "rejected"
    again = put(api, garbled, "text/plain;charset=utf-8")
    assert (again.status_code, again.json()["id"]) == (202, str(row.pk))  # it is tried again
    problem(put(api, garbled, "text/plain;charset=utf-8", wait="5"), 422, row.error_code)


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x"])
def test_50_megabytes_are_a_413_and_are_not_kept(api, kind):
    said = put(api, b"a" * 50_000_000, kind)
    row = rejected(said, 413, "too_large")
    assert "50,000,000" in said.json()["detail"]
    assert row.size == 50_000_000
    assert "50.0 MB" in row.error_detail
    assert bytes(row.raw) == b""


def test_a_byte_too_many_is_a_413(api, settings):
    rejected(put(api, b"a" * (settings.MAX_DOCUMENT_BYTES + 1)), 413, "too_large")


def test_as_much_as_is_allowed_is_taken(api, settings):
    settings.MAX_DOCUMENT_BYTES = 10_000
    assert put(api, b"word " * 2000).status_code == 202


def test_a_body_of_unknown_length_is_a_411(api):
    said = api.post(ADDRESS, headers={"Transfer-Encoding": "chunked"})
    problem(said, 411, "no_length")


def test_nobody_hands_in_anything_without_a_key(anonymous):
    problem(anonymous.post(ADDRESS, {"text": TEXT}, format="json"), 401, "not_authenticated")
    problem(put(anonymous, b"a" * 6_000_000), 401, "not_authenticated")
    assert not Document.objects.exists()


def test_an_address_is_fetched(api, monkeypatch):
    def accept_url(url, *, user, **declared):
        made = Document.objects.create(
            content_hash=uuid.uuid4().hex, raw=b"x", size=1, source="url", url=url, submitted_by=user
        )
        assert declared == {"outlet": "Zenda Post"}
        return ingestion.Accepted(made, created=True)

    monkeypatch.setattr(ingestion, "accept_url", accept_url)
    said = api.post(ADDRESS, {"url": "https://news.example/1", "outlet": "Zenda Post"}, format="json")
    assert said.status_code == 202, said.content
    assert said.json()["url"] == "https://news.example/1"


def test_an_address_that_cannot_be_fetched_is_a_422(api, monkeypatch):
    def accept_url(url, **_):
        raise Unreadable("fetch_refused", "Not fetched", "The address leads into a private network.")

    monkeypatch.setattr(ingestion, "accept_url", accept_url)
    said = api.post(ADDRESS, {"url": "http://10.0.0.1/"}, format="json")
    assert problem(said, 422, "fetch_refused")["title"] == "Not fetched"


def test_an_address_inside_is_not_fetched(api):
    said = api.post(ADDRESS, {"url": "http://127.0.0.1:1/"}, format="json")
    assert said.status_code == 422
    assert json.loads(said.content)["code"].startswith("fetch_")
    assert not Document.objects.exists()
