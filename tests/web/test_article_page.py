from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.engine.topics import TOPICS
from claims.models import Claim, Finding
from tests.web import factories

pytestmark = pytest.mark.django_db
TOPIC = next(iter(TOPICS))


@pytest.fixture
def story() -> dict[str, Any]:
    return factories.radar_story()


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_each_claim_says_what_was_read_why_and_how_far_it_reaches(
    client_in: Client, story: dict[str, Any]
) -> None:
    Claim.objects.filter(pk=story["careful"].pk).update(bounds_rule="up_to", measured="radars for the coast")
    factories.finding(story["careful"], check_id="value_conflict", group=story["group"])
    page = page_of(client_in, f"/articles/{story['one'].article_id}/")
    line = page[page.index(f'id="read-{story["careful"].id}"') :]
    line = line[: line.index("</li>")]
    for words in (
        "as many as 12 radars",
        "read as up to 12 radars, loosely",
        "a ceiling readers do not take strictly",
        "radars for the coast",
        "the outlet itself",
        "planned",
        "2 outlets, 2 origins",
        "outlets disagree",
        "is missing in Northern Courier",
        f"/claims/{story['careful'].id}/correct/",
    ):
        assert words in line


def test_overlapping_and_nested_claims_are_marked_without_losing_a_letter(client_in: Client) -> None:
    body = "“We need 12 radars, including 4 for training,” 🛰️ said <b>Brandt</b>.\n\nThe end."
    revision = factories.revision(body)
    factories.claim(revision, "“We need 12 radars, including 4 for training,”", kind="quotation")
    factories.claim(revision, "12 radars, including 4", value=12)
    factories.claim(revision, "4 for training", value=4)
    page = page_of(client_in, f"/articles/{revision.article_id}/")
    prose = page[page.index('<div class="prose"') :]
    assert 'data-start="0"' in prose
    assert f'data-start="{body.index("The end")}"' in prose
    assert "&lt;b&gt;Brandt&lt;/b&gt;" in prose
    assert prose.count("<mark") == prose.count("</mark>") >= 4


def test_each_kind_can_be_left_out_without_a_script(client_in: Client, story: dict[str, Any]) -> None:
    page = page_of(client_in, f"/articles/{story['one'].article_id}/")
    assert 'type="checkbox" id="show-count" checked' in page
    assert 'class="kind-money"' in page


def test_numbers_that_are_no_claim_are_told_on_demand(client_in: Client) -> None:
    revision = factories.revision("Colonel Ada Brandt, 52, bought 12 radars in 2021.")
    factories.claim(revision, "12 radars", value=12)
    page = page_of(client_in, f"/articles/{revision.article_id}/numbers/")
    assert "an age tells who somebody is" in page
    assert "12 radars" not in page
    assert "/claims/add/?revision=1&amp;start=" in page
    assert client_in.get("/articles/999999/numbers/").status_code == 404


def test_what_changed_between_revisions_is_marked_word_by_word(client_in: Client) -> None:
    same = "\n\n".join(f"Paragraph {n} stays as it is." for n in "abcd")
    one = factories.revision(f"{same}\n\nThe ministry will buy as many as 12 radars, it said.\n\nOld end.")
    two = factories.revision(
        f"{same}\n\nThe ministry will buy 14 radars, it said.\n\nSomething else entirely: 𝔄 🧨.",
        article=one.article,
    )
    factories.claim(one, "as many as 12 radars", value=12, unit="radar", modifier="as many as")
    factories.claim(two, "14 radars", value=14, unit="radar")
    page = page_of(client_in, f"/articles/{one.article_id}/revisions/")
    assert "<del>as many as 12</del><ins>14</ins> radars, it said." in page
    assert "4 paragraphs are the same" in page
    assert "Paragraph removed" in page
    assert "Value changed" in page
    assert "1 value changed" in page
    assert "Value changed" in page_of(client_in, f"/articles/{one.article_id}/revisions/?from=2&to=1")
    assert "are the same" in page_of(client_in, f"/articles/{one.article_id}/revisions/?from=1&to=1")
    assert client_in.get(f"/articles/{one.article_id}/revisions/?from=7").status_code == 404
    assert client_in.get(f"/articles/{one.article_id}/revisions/?from=x").status_code == 404
    assert client_in.get("/articles/999999/revisions/").status_code == 404


def test_one_revision_says_that_there_is_nothing_to_compare_yet(client_in: Client) -> None:
    revision = factories.revision("The ministry will buy 12 radars.")
    assert "There is one revision" in page_of(client_in, f"/articles/{revision.article_id}/revisions/")


def test_an_article_with_three_hundred_claims_stays_light(client_in: Client) -> None:
    origin = factories.origin()
    body = "\n\n".join(f"Unit {n} has {n} radars and needs as many as {n + 1} more." for n in range(150))
    revision = factories.revision(body, origin=origin)
    factories.revision(body, at="Northern Courier", origin=origin)
    made = []
    for n in range(150):
        made.append(factories.claim(revision, f"{n} radars", value=n, group=factories.group(f"radars {n}")))
        made.append(factories.claim(revision, f"as many as {n + 1}", value=n + 1))
    for claim in made[:40]:
        factories.finding(claim)
    address = f"/articles/{revision.article_id}/"
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = client_in.get(address, headers={"accept-encoding": "gzip"})
    assert len(asked) <= 15
    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < 150_000
    assert Finding.objects.count() == 40


def test_the_list_is_narrowed_by_date_topic_and_open_findings(client_in: Client) -> None:
    one = factories.revision("One.", title="First story", published="2024-03-01", topics=[TOPIC])
    factories.revision("Two.", title="Second story", published="2024-04-01")
    claim = factories.claim(one, "One")
    factories.finding(claim, articles=[one.article])

    def titles(**asked: str) -> list[str]:
        return [row.title for row in client_in.get("/articles/", asked).context["page"]]

    assert titles() == ["Second story", "First story"]
    assert titles(since="2024-03-15") == ["Second story"]
    assert titles(until="2024-03-15") == ["First story"]
    assert titles(topic=TOPIC) == ["First story"]
    assert titles(state="open") == ["First story"]
    assert titles(since="rubbish", until="2024-99-99") == ["Second story", "First story"]
    Finding.objects.update(decision="dismissed")
    assert titles(state="open") == []


def test_the_list_asks_as_little_of_many_articles_as_of_few(client_in: Client) -> None:
    for n in range(40):
        revision = factories.revision(f"The ministry will buy {n} radars.", title=f"Story {n}")
        factories.finding(factories.claim(revision, f"{n} radars"), articles=[revision.article])
    with CaptureQueriesContext(connection) as asked:
        page = page_of(client_in, "/articles/")
    assert len(asked) <= 10
    assert "1 to 25 of 40 articles" in page
    assert page.count("1 open finding") == 25
