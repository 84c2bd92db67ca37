"""What a screen reader and a keyboard need, on every page."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser
from itertools import pairwise

from django.test import Client

from tests.web import world


class Outline(HTMLParser):
    """Collects what can be judged from the markup alone."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.levels: list[int] = []
        self.labels: set[str] = set()
        self.in_label = False
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
        self.in_label |= tag == "label"
        if tag == "label" and given.get("for"):
            self.labels.add(given["for"] or "")
        if (
            not self.in_label
            and tag in ("input", "select", "textarea")
            and given.get("type") not in ("hidden", "submit", "radio")
        ):
            self.controls.append(given)
        if tag == "img" and "alt" not in given:
            self.wordless_images += 1
        for name in ("aria-labelledby", "aria-describedby"):
            self.references += (given.get(name) or "").split()

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self.in_label = False


def test_every_page_has_landmarks_one_headline_labels_and_no_doubled_id(db: None) -> None:
    built = world.build()
    client = Client()
    client.force_login(built.people["mara"])
    screens = world.screens(built, client)
    screens["/login/"] = Client().get("/login/").content.decode()
    screens["/nowhere/"] = client.get("/nowhere/").content.decode()
    assert len(screens) > 25
    wrong = {address: faults for address, html in screens.items() if (faults := faults_of(html))}
    assert wrong == {}


def faults_of(html: str) -> list[str]:
    """What keeps a screen reader or a keyboard from a page, as far as its markup shows."""
    page = Outline()
    page.feed(html)
    unnamed = [
        control
        for control in page.controls
        if control.get("id") not in page.labels and not control.get("aria-label")
    ]
    return [
        words
        for words, wrong in (
            ("not one main and one h1", (page.tags["main"], page.tags["h1"]) != (1, 1)),
            (
                f"headings {page.levels}",
                page.levels[:1] != [1] or any(b - a > 1 for a, b in pairwise(page.levels)),
            ),
            (
                f"ids twice: {[i for i, n in page.ids.items() if n > 1]}",
                max(page.ids.values(), default=0) > 1,
            ),
            ("an image without words", page.wordless_images > 0),
            (f"no label: {unnamed}", bool(unnamed)),
            (
                f"names nothing: {[r for r in page.references if r not in page.ids]}",
                not set(page.references) <= set(page.ids),
            ),
        )
        if wrong
    ]


def test_the_skip_link_comes_first_and_leads_to_the_content(client_in: Client) -> None:
    html = client_in.get("/").content.decode()
    assert html.index('<a class="skip" href="#main">') < html.index("<header")
    assert '<main id="main" tabindex="-1">' in html
