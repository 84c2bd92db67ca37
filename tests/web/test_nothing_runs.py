"""Whatever people and articles bring in is shown as text: nothing of it runs, on any screen."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlsplit
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from claims.models import Document, Finding, Publication, Report
from tests.web import hostile, world
from tests.web.every_check import one_of_each
from tests.web.judging import what_could_run
from tests.web.payloads import PAYLOADS

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

#: Each world takes the payloads from another place on, so that many meet each short field; long ones hold
#: dozens at once. benchmarks/payloads.py takes every payload through every field.
WORLDS = 2


class Fields(HTMLParser):
    """The names that a page's forms and links send."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("input", "select", "textarea", "button") and given.get("name"):
            self.names.add(given["name"])
        for address in (given.get("href", ""), given.get("hx-get", "")):
            if address.startswith(("/", "?")):
                self.names.update(name for name, _ in parse_qsl(urlsplit(address).query))


def judged(driver: Chrome, pages: dict[str, str]) -> dict[str, list[str]]:
    found = dict(zip(pages, what_could_run(driver, list(pages.values())), strict=True))
    return {address: each for address, each in found.items() if each}


@pytest.mark.browser
@pytest.mark.django_db
@pytest.mark.parametrize("start", range(0, len(PAYLOADS), len(PAYLOADS) // WORLDS))
def test_no_payload_becomes_an_element_or_an_attribute(start: int, driver: Chrome) -> None:
    built = hostile.build(hostile.saying(start))
    client = Client()
    client.force_login(built.people["mara"])
    pages = world.pages(built, client)
    assert len(pages) > 25
    assert any("boom" in page for page in pages.values())
    assert judged(driver, pages) == {}


@pytest.mark.browser
@pytest.mark.django_db
def test_the_administrators_tables_show_it_as_text(driver: Chrome) -> None:
    built = hostile.build(hostile.saying())
    client = Client()
    client.force_login(built.people["mara"])
    pages = dict(hostile.administration(client))
    assert len(pages) > 20
    assert sum("boom" in page for page in pages.values()) > 15
    assert judged(driver, pages) == {}


@pytest.mark.browser
@pytest.mark.django_db
def test_what_an_address_asks_for_is_shown_as_text(driver: Chrome) -> None:
    """Each page again, each name that its forms and links send given a payload: alone, and all at once."""
    built = world.build()
    client = Client()
    client.force_login(built.people["mara"])
    say = hostile.saying()
    pages: dict[str, str] = {}
    for address, page in world.pages(built, client).items():
        names = sorted(Fields(page).names - {"csrfmiddlewaretoken"})
        path = urlsplit(address).path
        for asked in [{name: say(190)} for name in names] + [{name: say(190) for name in names}]:
            answer = client.get(path, asked)
            assert answer.status_code < 500, (path, asked)
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                pages[f"{path} {asked}"] = answer.content.decode()
    assert len(pages) > 200
    assert sum("boom" in page for page in pages.values()) > 25
    assert judged(driver, pages) == {}


@pytest.mark.browser
@pytest.mark.django_db
def test_evidence_of_every_check_is_shown_as_text(driver: Chrome) -> None:
    """Evidence is what the checks recorded out of articles: each text in it, whatever its key, is hostile."""
    say = hostile.saying()
    found = one_of_each()
    assert len(found) > 10
    client = Client()
    client.force_login(hostile.build(say).people["mara"])
    pages = {}
    for check, row in found.items():
        Finding.objects.filter(pk=row.pk).update(evidence=_hostile(row.evidence, say))
        for address in (f"/findings/{row.pk}/", f"/findings/{row.pk}/essentials/", f"/queue/{row.pk}/"):
            answer = client.get(address, headers={"HX-Request": "true"})
            assert answer.status_code == 200, (check, address)
            pages[f"{check} {address}"] = answer.content.decode()
    assert all("boom" in page for name, page in pages.items() if " /findings/" in name and "ess" not in name)
    assert judged(driver, pages) == {}


def _hostile(value: Any, say: world.Say) -> Any:
    if isinstance(value, str):
        return say(300)
    if isinstance(value, dict):
        return {key: _hostile(each, say) for key, each in value.items()}
    return [_hostile(each, say) for each in value] if isinstance(value, list) else value


@pytest.mark.browser
@pytest.mark.django_db
def test_what_comes_back_from_forms_is_shown_as_text(driver: Chrome, client_in: Client) -> None:
    """Refused or taken: drafts, files and their names, declared words, and the messages on them."""
    pages: dict[str, str] = {}
    say = hostile.saying()

    def send(address: str, **fields: Any) -> None:
        answer = client_in.post(address, fields, follow=True)
        assert answer.status_code < 500, (address, fields)
        pages[f"{address} {len(pages)}"] = answer.content.decode()

    for payload in PAYLOADS[::20]:
        send(
            "/draft/", text=f"The ministry will buy 12 {payload} radars for 18 million.\n\n{payload}", day=""
        )
        send("/draft/", text="12 radars", day=payload)
        name = payload.replace("/", ":")[:90]
        send("/ingest/?way=files", files=SimpleUploadedFile(name, payload.encode(), "text/html"))
        send("/ingest/?way=paste", text=payload, title=payload, outlet=payload, published=payload)
        send("/ingest/?way=paste", text=f"{say(900)} {payload}", title=payload, outlet=payload[:200])
        send("/ingest/?way=address", url=payload)
        send("/login/", username=payload, password=payload, next=payload)
        send("/references/add/", kind=payload, title=payload, authority=payload, url=payload, value=payload)
        send("/queue/views/", name=payload[:80], query=payload)
        send("/account/tokens/", name=payload, days=payload)
    assert sum("boom" in page for page in pages.values()) > len(pages) // 3
    assert judged(driver, pages) == {}


@pytest.mark.django_db
def test_what_is_no_page_is_nothing_that_a_browser_runs() -> None:
    """Feeds, reports, the API's answers and stored originals: their types, and the words as words."""
    built = hostile.build(hostile.saying())
    client = Client()
    client.force_login(built.people["mara"])
    raw = b"<!doctype html><script>boom()</script>"
    document = Document.objects.create(
        raw=raw,
        size=len(raw),
        content_hash="f" * 64,
        source="file",
        name='../"><script>boom()</script>\r\nX-Boom: 1.html',
        content_type="text/html",
    )
    original = client.get(f"/documents/{document.pk}/original/")
    assert original.content == raw
    assert original["Content-Type"].startswith("text/plain")
    assert original["Content-Disposition"].startswith("attachment;")
    assert original["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in original["Content-Security-Policy"]
    assert "X-Boom" not in original.headers
    feed = client.get("/published/feed/")
    assert feed["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(feed.content)
    assert {re.sub(r"\{.*\}", "", each.tag) for each in root.iter()} <= {
        *("feed", "title", "link", "id", "updated", "entry", "published", "summary", "subtitle", "author"),
        *("name", "rights"),
    }
    assert "boom" in "".join(root.itertext())
    report = Report.objects.latest("id")
    assert client.get(f"/reports/{report.pk}.json")["Content-Type"] == "application/json"
    for name in ("articles", "documents", "claims", "groups", "findings", "references", "outlets", "reviews"):
        answer = client.get(f"/api/v1/{name}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/json"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "boom" in json.dumps(answer.json()), name


@pytest.mark.django_db
def test_the_block_for_search_engines_cannot_be_ended_from_within() -> None:
    built = hostile.build(hostile.saying())
    publication = Publication.objects.filter(is_current=True, withdrawn_at=None).first()
    assert publication is not None
    assert built
    page = Client().get(f"/published/{publication.slug}/").content.decode()
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(blocks) == 1
    assert not set(blocks[0]) & {"<", ">", "&", "\u2028", "\u2029"}
    assert "boom" in json.dumps(json.loads(blocks[0]))


@pytest.mark.browser
def test_the_judge_sees_what_would_run(driver: Chrome) -> None:
    """The same payloads unescaped, wherever text comes out: a judgement that cannot fail is none."""
    frames = ("<p>{}</p>", '<input value="{}">', "<p title='{}'>x</p>", "<title>{}</title>")
    opened = [[frame.replace("{}", payload) for frame in frames] for payload in PAYLOADS]
    found = what_could_run(driver, [page for pages in opened for page in pages])
    batched = [found[first : first + len(frames)] for first in range(0, len(found), len(frames))]
    seen = [any(each) for each in batched]
    # The rest only ever ran in browsers of the past, or only where a template would be rendered twice.
    assert sum(seen) > 0.8 * len(PAYLOADS)
