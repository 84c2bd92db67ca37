"""What a screen reader and a keyboard need, on every page."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client

from claims.models import Report
from tests.web import factories


class Outline(HTMLParser):
    """Collects what can be judged from the markup alone."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.levels: list[int] = []
        self.labels: set[str] = set()
        self.controls: list[dict[str, str | None]] = []
        self.wordless_images: int = 0
        self.references: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.tags[tag] += 1
        if name := given.get("id"):
            self.ids[name] += 1
        if tag in ("h1", "h2", "h3"):
            self.levels.append(int(tag[1]))
        if tag == "label" and given.get("for"):
            self.labels.add(given["for"] or "")
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit", "radio"):
            self.controls.append(given)
        if tag == "img" and "alt" not in given:
            self.wordless_images += 1
        for name in ("aria-labelledby", "aria-describedby"):
            self.references += (given.get(name) or "").split()


@pytest.fixture
def addresses(story: dict[str, Any]) -> list[str]:
    document = factories.document(revision=story["one"], state="checked", notices=["No date was found."])
    factories.document()
    factories.reference()
    report = Report.objects.create(
        day="2024-03-08",
        payload='{"new_findings":[],"open_findings":[],"resolved":[],"failed_documents":[],"generated_from":'
        '{"open_findings":0},"articles":0,"outlets":0,"claims":0,"groups":0,"origins":0}',
        payload_hash="0",
    )
    return [
        "/",
        "/articles/",
        f"/articles/{story['one'].article_id}/",
        "/groups/",
        f"/groups/{story['group'].id}/",
        "/findings/",
        f"/findings/{story['finding'].id}/",
        f"/origins/{factories.origin().id}/",
        "/ingest/",
        "/ingest/?way=paste",
        "/ingest/?way=address",
        f"/documents/{document.id}/",
        "/references/",
        "/references/add/",
        "/reports/",
        f"/reports/{report.id}/",
        "/account/tokens/",
        "/nowhere/",
    ]


def test_every_page_has_landmarks_one_headline_labels_and_no_doubled_id(
    client_in: Client, addresses: list[str]
) -> None:
    for address in [*addresses, "/login/"]:
        client = Client() if address == "/login/" else client_in
        page = Outline()
        page.feed(client.get(address).content.decode())
        assert (page.tags["main"], page.tags["h1"]) == (1, 1), address
        assert page.levels[0] == 1, address
        assert all(b - a <= 1 for a, b in pairwise(page.levels)), address
        assert [i for i, n in page.ids.items() if n > 1] == [], address
        assert page.wordless_images == 0, address
        for control in page.controls:
            assert control.get("id") in page.labels or control.get("aria-label"), (address, control)
        assert [r for r in page.references if r not in page.ids] == [], address


def test_the_skip_link_comes_first_and_leads_to_the_content(client_in: Client) -> None:
    html = client_in.get("/").content.decode()
    assert html.index('<a class="skip" href="#main">') < html.index("<header")
    assert '<main id="main" tabindex="-1">' in html
