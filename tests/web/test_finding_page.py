"""The page of a finding: every check's, what became of its texts, who may do what, how much it costs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from claims.engine.checks import all_checks
from claims.models import Assignment, Claim, Correction, Finding, Review
from claims.services import withdrawing
from claims.web import reasons
from tests.web import factories
from tests.web.every_check import one_of_each

#: What one screen may ask the database, session and person included.
QUERIES = 15
KILOBYTES = 150


def page_of(client: Client, finding: Finding, query: str = "") -> str:
    response = client.get(f"/findings/{finding.id}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def send(client: Client, finding: Finding, **fields: Any) -> Any:
    seen = Review.objects.filter(finding=finding).order_by("-id").values_list("id", flat=True).first()
    return client.post(f"/findings/{finding.id}/decide/", {"reason": "", "seen": seen or 0, **fields})


@pytest.fixture
def finding(story: dict[str, Any]) -> Finding:
    row: Finding = story["finding"]
    return row


# --- every check


def test_every_check_has_a_page_that_shows_its_texts_and_explains_itself(client_in: Client) -> None:
    found = one_of_each()
    assert set(found) == {info.id for info in all_checks()}
    names = {info.id: info.name for info in all_checks()}
    for check, row in found.items():
        page = page_of(client_in, row)
        assert names[check] in page, check
        assert "What would clear it" in page, check
        assert "What the check" in page, check
        assert 'class="passage' in page or "Passages they share" in page, check
        several = row.findingclaim_set.count() > 1
        marked = re.search(r'<mark class="(differs|gap)', page) is not None
        assert marked or not several, f"{check}: nothing is marked as other"
        assert "None" not in re.sub(r"<pre>.*?</pre>", "", page, flags=re.S), check
        part = client_in.get(f"/findings/{row.id}/essentials/").content.decode()
        assert "<html" not in part
        assert part.count("<h2") == 1


def test_every_check_offers_reasons_that_are_recorded_as_words() -> None:
    for info in all_checks():
        offered = reasons.dismissals(info.id)
        assert len({reason.code for reason in offered}) == len(offered) == reasons.MOST
        assert all(reasons.words(reason.code) == reason.words for reason in offered)
    assert reasons.words("nonsense") == ""


# --- cost


@pytest.mark.parametrize("claims", [2, 80])
def test_a_page_costs_the_same_however_many_claims_it_shows(client_in: Client, claims: int) -> None:
    question = factories.group()
    members = []
    for n in range(claims):
        text = factories.revision(f"Outlet {n} says the ministry will buy {n + 2} radars.", at=f"Outlet {n}")
        members.append(factories.claim(text, f"{n + 2} radars", value=n + 2, unit="radar", group=question))
    row = factories.finding(*members)
    page_of(client_in, row)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = page_of(client_in, row)
    assert len(asked) <= QUERIES
    assert len(page.encode()) < KILOBYTES * 1000 * 3  # sent compressed, see below
    packed = client_in.get(f"/findings/{row.id}/", headers={"Accept-Encoding": "gzip"})
    assert len(packed.content) < KILOBYTES * 1000
    if claims > 60:
        assert "20 more claims not shown here" in page


# --- deciding


def test_a_common_reason_dismisses_at_one_click(client_in: Client, finding: Finding) -> None:
    offered = reasons.dismissals(finding.check_id)[0]
    send(client_in, finding, because=offered.code, reason="Asked them.")
    review = Review.objects.get()
    assert (review.decision, review.reason) == ("dismiss", f"{offered.words} Asked them.")


def test_a_reason_that_is_none_is_refused(client_in: Client, finding: Finding) -> None:
    assert send(client_in, finding, because="x").status_code == 422
    assert not Review.objects.exists()


def test_a_source_is_linked_and_shown_in_the_history(client_in: Client, finding: Finding) -> None:
    send(
        client_in,
        finding,
        decision="comment",
        link="https://example.org/paper?a=1&b=2",
        link_title="The <plan>",
    )
    page = page_of(client_in, finding)
    assert 'href="https://example.org/paper?a=1&amp;b=2"' in page
    assert "The &lt;plan&gt;" in page
    assert "linked a source" in page


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "ftp://example.org/x", "not an address", "https://", "//x y"],
)
def test_what_is_no_web_address_is_not_linked_and_what_was_typed_is_kept(
    client_in: Client, finding: Finding, link: str
) -> None:
    response = send(client_in, finding, decision="comment", reason="Look at this.", link=link)
    assert response.status_code == 422
    assert "Look at this.</textarea>" in response.content.decode()
    assert not Review.objects.exists()


def test_a_name_without_an_address_is_refused(client_in: Client, finding: Finding) -> None:
    response = send(client_in, finding, decision="comment", reason="x", link_title="The plan")
    assert "Give the address of the source" in response.content.decode()


def test_two_who_decide_at_once_see_both_versions(
    client_in: Client, other_client: Client, finding: Finding
) -> None:
    send(other_client, finding, decision="dismiss", reason="The source gives no limit.")
    late = send(client_in, finding, decision="confirm", reason="It is plain.", seen=0)
    page = late.content.decode()
    assert late.status_code == 409
    assert "Since you looked" in page
    assert "The source gives no limit." in page
    assert "You were about to" in page
    assert "It is plain.</textarea>" in page


def test_a_finding_is_given_to_somebody_and_the_history_says_so(client_in: Client, finding: Finding) -> None:
    mara = User.objects.create_user("mara", first_name="Mara", last_name="Quist")
    client_in.post(f"/findings/{finding.id}/assign/", {"assignee": mara.pk, "seen": 0})
    assert Assignment.objects.get().assignee == mara
    assert "gave it to Mara" in page_of(client_in, finding)


def test_giving_away_what_somebody_else_gave_away_meanwhile_is_refused(
    client_in: Client, finding: Finding
) -> None:
    mara, ivo = User.objects.create_user("mara"), User.objects.create_user("ivo")
    client_in.post(f"/findings/{finding.id}/assign/", {"assignee": mara.pk, "seen": 0})
    late = client_in.post(f"/findings/{finding.id}/assign/", {"assignee": ivo.pk, "seen": 0})
    assert late.status_code == 409
    assert "It was assigned to mara since you looked" in late.content.decode()


@pytest.mark.parametrize("assignee", ["x", "999999", "-1"])
def test_nobody_is_given_a_finding_who_is_not_there(
    client_in: Client, finding: Finding, assignee: str
) -> None:
    response = client_in.post(f"/findings/{finding.id}/assign/", {"assignee": assignee, "seen": 0})
    assert response.status_code == 422
    assert not Assignment.objects.exists()


# --- in the queue


def test_opened_from_the_queue_it_leads_to_the_next_and_back(
    client_in: Client, story: dict[str, Any]
) -> None:
    rows = [story["finding"], *(factories.finding(story["bare"], severity="medium") for _ in range(2))]
    for rank, row in zip((90, 50, 10), rows, strict=True):
        Finding.objects.filter(pk=row.pk).update(rank=rank)
    page = page_of(client_in, rows[1], "?queue=1&severity=medium")
    assert f'rel="prev" href="/findings/{rows[0].id}/?queue=1&amp;severity=medium"' in page
    assert f'rel="next" href="/findings/{rows[2].id}/?queue=1&amp;severity=medium"' in page
    assert f'href="/queue/?severity=medium&amp;at={rows[1].id}"' in page
    assert "The last of this queue" in page_of(client_in, rows[2], "?queue=1")
    assert 'rel="next"' not in page_of(client_in, rows[1])


def test_after_a_decision_without_scripts_the_way_through_the_queue_is_kept(
    client_in: Client, finding: Finding
) -> None:
    response = client_in.post(
        f"/findings/{finding.id}/decide/?queue=1&severity=medium", {"decision": "confirm", "seen": 0}
    )
    assert response["Location"] == f"/findings/{finding.id}/?queue=1&severity=medium"


# --- what became of its texts


def resolve(finding: Finding) -> None:
    Finding.objects.filter(pk=finding.pk).update(resolved_at="2024-04-01T00:00Z")


def test_a_withdrawn_article_is_named_with_the_reason(
    client_in: Client, user: User, story: dict[str, Any]
) -> None:
    withdrawing.withdraw(story["two"].article, reviewer=user, reason="It was a test page.")
    resolve(story["finding"])
    page = page_of(client_in, story["finding"])
    assert "The cause is gone since" in page
    assert "The article in Northern Courier was withdrawn by" in page
    assert "It was a test page." in page


def test_a_claim_that_somebody_corrected_is_named(
    client_in: Client, user: User, story: dict[str, Any]
) -> None:
    bare: Claim = story["bare"]
    Correction.objects.create(
        revision=bare.revision, kind="reject", claim_kind="count", start=bare.start, end=bare.end,
        quote=bare.quote, person=user, reason="It is a name.",
    )  # fmt: skip
    page = page_of(client_in, story["finding"])
    assert f"{user.username.capitalize()} says that “12 radars” in Northern Courier is no claim" in page
    assert "It is a name." in page


def test_a_changed_page_and_a_moved_claim_are_named(client_in: Client, story: dict[str, Any]) -> None:
    factories.revision("The ministry buys no radars.", title="No radars", article=story["two"].article)
    Claim.objects.filter(pk=story["careful"].pk).update(group=factories.group("another question"))
    page = page_of(client_in, story["finding"])
    assert "Northern Courier has changed its text since." in page
    assert "“as many as 12 radars” (Harbour Post) belongs to another question now." in page


def test_a_finding_that_went_away_by_itself_says_what_that_can_mean(
    client_in: Client, finding: Finding
) -> None:
    resolve(finding)
    assert "the checks no longer report it" in page_of(client_in, finding)


def test_the_part_alone_asks_who_is_there(client: Client, finding: Finding) -> None:
    assert client.get(f"/findings/{finding.id}/essentials/").status_code == 302


def test_a_finding_that_is_not_there_is_not_found(client_in: Client) -> None:
    for address in ("/findings/987654/", "/findings/987654/essentials/"):
        assert client_in.get(address).status_code == 404
