"""Whatever people and articles bring in is shown as text: nothing of it runs, on any screen."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.web import world
from tests.web.judging import what_could_run
from tests.web.payloads import PAYLOADS

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

#: Each world takes the payloads from another place on, so that many meet each short field; long ones hold
#: dozens at once. benchmarks/payloads.py takes every payload through every field.
WORLDS = 4


def hostile(start: int) -> world.Say:
    """Texts full of payloads, from number ``start`` on and round again; as many as fit, none cut off."""
    numbers = itertools.count(start)

    def say(limit: int) -> str:
        text = ""
        while len(text + (more := PAYLOADS[next(numbers) % len(PAYLOADS)])) < limit - 1:
            text += more + " "
        return text or more[:limit]

    return say


@pytest.mark.browser
@pytest.mark.django_db
@pytest.mark.parametrize("start", range(0, len(PAYLOADS), len(PAYLOADS) // WORLDS))
def test_no_payload_becomes_an_element_or_an_attribute(start: int, driver: Chrome) -> None:
    built = world.build(hostile(start))
    client = Client()
    client.force_login(built.people["mara"])
    pages = world.pages(built, client)
    assert len(pages) > 25
    assert any("boom" in page for page in pages.values())
    wrong = dict(zip(pages, what_could_run(driver, list(pages.values())), strict=True))
    assert {address: found for address, found in wrong.items() if found} == {}


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
