"""The queue by plain HTTP: what it shows, how it is narrowed, and what its buttons do."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from claims.models import Assignment, Finding, Hold, Review, SavedView
from claims.services import queueing, reviewing
from tests.web import factories

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/queue/"}


@pytest.fixture
def finding(db: None) -> Finding:
    return factories.radar_story()["finding"]


@pytest.fixture
def other(other_client: Client) -> User:
    return User.objects.get(username="ivo")


def page(client: Client, query: str = "") -> str:
    response = client.get(f"/queue/{query}")
    assert response.status_code == 200
    return response.content.decode()


def shown(client: Client, query: str = "") -> list[int]:
    return [int(pk) for pk in re.findall(r'id="line-(\d+)"', page(client, query))]


def send(client: Client, path: str, htmx: bool = True, url: str = "", **fields: Any) -> Any:
    headers = {**HTMX, "HX-Current-URL": f"http://testserver/queue/{url}"} if htmx else {}
    return client.post(f"/queue/{path}", fields, headers=headers)


# --- what it shows ---


def test_a_stranger_is_sent_to_log_in(client: Client, finding: Finding) -> None:
    assert client.get("/queue/").status_code == 302


def test_the_most_urgent_comes_first_with_its_reasons(client_in: Client) -> None:
    low = factories.finding(rank=12, rank_reasons=["low severity", "in one outlet"])
    high = factories.finding(rank=81, rank_reasons=["high severity", "in 4 outlets", "in a headline"])
    assert shown(client_in) == [high.id, low.id]
    assert "High severity · in 4 outlets · in a headline" in page(client_in)


def test_the_first_stands_beside_the_list_with_its_passages(client_in: Client, finding: Finding) -> None:
    html = page(client_in)
    assert f'id="pane" data-finding="{finding.id}"' in html
    assert "as many as" in html
    assert "What would clear it" in html


def test_the_address_may_name_which_stands_beside(client_in: Client, finding: Finding) -> None:
    factories.finding(rank=99)
    assert f'id="pane" data-finding="{finding.id}"' in page(client_in, f"?at={finding.id}")
    for nonsense in ("x", "0", "-1", "9" * 40, "99999", "%00"):
        assert client_in.get(f"/queue/?at={nonsense}").status_code == 200


def test_decided_and_resolved_findings_are_not_in_it(client_in: Client) -> None:
    factories.finding(decision="dismissed")
    factories.finding(resolved_at="2024-04-01T00:00Z")
    left = factories.finding()
    assert shown(client_in) == [left.id]


def test_a_list_that_is_long_comes_in_pieces_without_gap_or_repeat(client_in: Client) -> None:
    made = {factories.finding(rank=n % 7).id for n in range(95)}
    seen: list[int] = []
    query = ""
    while True:
        html = client_in.get(f"/queue/{query}", headers={**HTMX, "HX-Target": "q-more"}).content.decode()
        seen += [int(pk) for pk in re.findall(r'id="line-(\d+)"', html)]
        found = re.search(r"after=(\d+)", html)
        if not found:
            break
        query = f"?after={found[1]}"
    assert len(seen) == len(set(seen)) == 95
    assert set(seen) == made


def test_words_from_articles_are_shown_as_words(client_in: Client) -> None:
    factories.finding(summary="<script>alert(1)</script> in a headline", rank=99)
    html = page(client_in)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)" in html


@pytest.mark.parametrize(
    ("prepare", "words"),
    [
        ("nothing", "Nothing has been found yet"),
        ("decided", "Nothing awaits a decision"),
        ("skipped", "The rest you have skipped"),
        ("narrowed", "No finding fits these filters"),
    ],
)
def test_an_empty_queue_says_why_and_what_to_do(
    client_in: Client, user: User, prepare: str, words: str
) -> None:
    if prepare != "nothing":
        row = factories.finding(decision="confirmed" if prepare == "decided" else "none")
        if prepare == "skipped":
            queueing.skip(row, user)
    html = page(client_in, "?severity=high" if prepare == "narrowed" else "")
    assert words in html
    assert 'class="button' in html[html.index(words) :]


# --- narrowing ---


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("severity=high", {"severity": "high"}),
        ("check=stale_date", {"check_id": "stale_date"}),
        ("topic=missile-defence", {"topics": ["arms-trade", "missile-defence"]}),
        ("since=2026-03-01&until=2026-03-02", {"first_seen_at": "2026-03-02T23:00Z"}),
        ("q=harbour+RADAR", {"summary": "The Harbour Post and its radars"}),
        ("state=confirmed", {"decision": "confirmed"}),
        ("state=dismissed", {"decision": "dismissed"}),
        ("state=resolved", {"resolved_at": "2026-03-01T00:00Z"}),
    ],
)
def test_each_filter_leaves_what_fits(client_in: Client, query: str, fits: dict[str, Any]) -> None:
    factories.finding()
    fitting = factories.finding(**fits)
    assert shown(client_in, f"?{query}") == [fitting.id]


def test_outlet_and_unit_are_those_of_the_claims_shown(client_in: Client, finding: Finding) -> None:
    factories.finding()
    for query in ("outlet=harbour-post", "outlet=northern-courier", "unit=radar"):
        assert shown(client_in, f"?{query}") == [finding.id]
    assert shown(client_in, "?outlet=elsewhere") == []
    assert shown(client_in, "?unit=tank") == []


def test_what_is_mine_nobodys_and_somebodys(client_in: Client, user: User, other: User) -> None:
    mine, theirs, free = factories.finding(), factories.finding(), factories.finding()
    queueing.assign(mine, user, user)
    queueing.assign(theirs, user, other)
    assert shown(client_in, "?assignee=me") == [mine.id]
    assert shown(client_in, "?assignee=nobody") == [free.id]
    assert shown(client_in, "?assignee=ivo") == [theirs.id]


def test_nonsense_in_the_address_is_left_out(client_in: Client, finding: Finding) -> None:
    query = "?state=zebra&severity=zebra&since=soon&until=2026-99-99&q=%00&outlet=" + "x" * 5000
    assert client_in.get(f"/queue/{query}").status_code == 200
    assert shown(client_in, "?state=zebra&severity=zebra&since=soon") == [finding.id]


def test_filters_that_are_on_can_be_taken_away_one_by_one(client_in: Client, finding: Finding) -> None:
    html = page(client_in, "?severity=high&unit=radar")
    assert 'href="/queue/?unit=radar"' in html
    assert 'href="/queue/?severity=high"' in html


def test_a_change_of_filters_swaps_the_list_and_says_the_short_address(
    client_in: Client, finding: Finding
) -> None:
    asked = "?state=open&severity=medium&check=&outlet=&q="
    response = client_in.get(
        f"/queue/{asked}", headers={**HTMX, "HX-Target": "q-body", "HX-Trigger": "q-form"}
    )
    assert response.headers["HX-Push-Url"] == "/queue/?severity=medium"
    html = response.content.decode()
    assert "<html" not in html
    assert 'id="q-count"' in html
    assert 'id="q-filter"' not in html  # the panel stays open while one chooses


def test_the_panel_of_filters_lists_what_there_is(client_in: Client, finding: Finding) -> None:
    html = client_in.get("/queue/filters/", headers=HTMX).content.decode()
    for words in ("Harbour Post", "Missile defence", "radar", "nobody", "Found since"):
        assert words in html
    whole = page(client_in, "?filters=1")  # without a script
    assert "Harbour Post" in whole


def test_going_back_in_the_browser_gets_the_whole_page(client_in: Client, finding: Finding) -> None:
    headers = {**HTMX, "HX-Target": "q-body", "HX-History-Restore-Request": "true"}
    assert "<html" in client_in.get("/queue/", headers=headers).content.decode()


# --- deciding ---


@pytest.mark.parametrize("htmx", [True, False])
def test_confirming_takes_it_out_and_brings_the_next(client_in: Client, finding: Finding, htmx: bool) -> None:
    following = factories.finding()
    response = send(client_in, f"{finding.id}/decide/", htmx, decision="confirm", seen=0, next=following.id)
    finding.refresh_from_db()
    assert finding.decision == "confirmed"
    if htmx:
        html = response.content.decode()
        assert f'id="line-{finding.id}" hx-swap-oob="delete"' in html
        assert f'id="pane" data-finding="{following.id}"' in html
        assert "/queue/undo/" in html
    else:
        assert response.status_code == 302
        assert shown(client_in) == [following.id]


def test_the_last_one_leaves_an_empty_queue_that_says_so(client_in: Client, finding: Finding) -> None:
    html = send(client_in, f"{finding.id}/decide/", decision="confirm", seen=0).content.decode()
    assert "Nothing awaits a decision" in html
    assert "Confirmed" in html


def test_a_common_reason_is_recorded_in_words(client_in: Client, finding: Finding) -> None:
    send(client_in, f"{finding.id}/decide/", decision="dismiss", seen=0, common="trifle")
    assert Review.objects.get().reason == "True, but too small to matter to a reader."


def test_ones_own_reason_is_recorded_as_typed(client_in: Client, finding: Finding) -> None:
    send(client_in, f"{finding.id}/decide/", decision="dismiss", seen=0, reason="Asked; they meant 31.")
    assert Review.objects.get().reason == "Asked; they meant 31."


@pytest.mark.parametrize(
    "fields",
    [
        {"decision": "dismiss"},
        {"decision": "dismiss", "common": "zebra"},
        {"decision": "applaud"},
        {"decision": "confirm", "seen": "x"},
        {"decision": "dismiss", "reason": "x" * 10_001},
        {"decision": "dismiss", "reason": "a\x00b"},
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_what_cannot_be_taken_is_refused_in_words(
    client_in: Client, finding: Finding, fields: dict[str, str], htmx: bool
) -> None:
    response = send(client_in, f"{finding.id}/decide/", htmx, **{"seen": "0", **fields})
    assert response.status_code == 422
    assert 'id="refusal"' in response.content.decode()
    finding.refresh_from_db()
    assert finding.decision == "none"


@pytest.mark.parametrize("htmx", [True, False])
def test_who_comes_second_sees_the_others_decision_and_keeps_what_was_typed(
    client_in: Client, other: User, finding: Finding, htmx: bool
) -> None:
    reviewing.decide(finding, reviewer=other, decision="confirm", reason="The ministry says so.")
    late = send(
        client_in, f"{finding.id}/decide/", htmx, decision="dismiss", seen=0, reason="An hour <of> work."
    )
    html = late.content.decode()
    assert late.status_code == 409
    assert "ivo has decided since you looked" in html
    assert "The ministry says so." in html
    assert 'value="An hour &lt;of&gt; work."' in html
    finding.refresh_from_db()
    assert finding.decision == "confirmed"


def test_a_decision_on_what_is_not_there_is_not_found(client_in: Client, db: None) -> None:
    for action in ("decide", "skip", "assign", "hold"):
        assert send(client_in, f"4711/{action}/", decision="confirm").status_code == 404


def test_nothing_changes_by_looking(client_in: Client, finding: Finding) -> None:
    for action in ("decide", "skip", "assign", "hold"):
        assert client_in.get(f"/queue/{finding.id}/{action}/").status_code == 405


# --- skipping, assigning, several at once, undoing ---


@pytest.mark.parametrize("htmx", [True, False])
def test_skipped_is_gone_for_me_and_undo_brings_it_back(
    client_in: Client, other_client: Client, finding: Finding, htmx: bool
) -> None:
    send(client_in, f"{finding.id}/skip/", htmx)
    assert shown(client_in) == []
    assert shown(client_in, "?state=skipped") == [finding.id]
    assert shown(other_client) == [finding.id]
    send(client_in, "undo/", htmx)
    assert shown(client_in) == [finding.id]


@pytest.mark.parametrize("htmx", [True, False])
def test_assigning_shows_who_has_it_and_keeps_the_history(
    client_in: Client, user: User, other: User, finding: Finding, htmx: bool
) -> None:
    send(client_in, f"{finding.id}/assign/", htmx, assignee="rosa", seen=0)
    assert "assigned to you" in page(client_in)
    send(client_in, f"{finding.id}/assign/", htmx, assignee="ivo", seen=user.pk)
    html = page(client_in)
    assert re.search(r"<strong>Rosa</strong> assigned it to Ivo", html)
    send(client_in, f"{finding.id}/assign/", htmx, assignee="", seen=other.pk)
    assert Assignment.objects.count() == 3
    finding.refresh_from_db()
    assert finding.assignee is None


def test_an_assignment_nobody_can_have_is_refused(client_in: Client, user: User, other: User) -> None:
    row = factories.finding()
    User.objects.filter(pk=other.pk).update(is_active=False)
    for name in ("ivo", "zebra"):
        assert send(client_in, f"{row.id}/assign/", assignee=name, seen=0).status_code == 422
    queueing.assign(row, user, user)
    assert send(client_in, f"{row.id}/assign/", assignee="", seen=0).status_code == 409


def test_what_no_longer_fits_the_filters_leaves_the_list(client_in: Client, finding: Finding) -> None:
    html = send(
        client_in, f"{finding.id}/assign/", url="?assignee=nobody", assignee="rosa", seen=0
    ).content.decode()
    assert "No finding fits these filters" in html


def test_several_picked_are_dismissed_for_one_reason(client_in: Client) -> None:
    rows = [factories.finding() for _ in range(3)]
    picks = [f"{row.id}:0" for row in rows[:2]]
    html = send(client_in, "dismiss/", pick=picks, common="other-thing").content.decode()
    assert "2 dismissed." in html
    assert shown(client_in) == [rows[2].id]
    send(client_in, "undo/")
    assert len(shown(client_in)) == 3


def test_several_without_a_reason_are_refused_and_stay(client_in: Client) -> None:
    row = factories.finding()
    for fields in (
        {"pick": [f"{row.id}:0"]},
        {"common": "trifle"},
        {"pick": ["x", "1:y", ":"], "common": "trifle"},
    ):
        assert send(client_in, "dismiss/", **fields).status_code == 422
    assert shown(client_in) == [row.id]


def test_of_several_what_somebody_decided_meanwhile_is_named(client_in: Client, other: User) -> None:
    one, two = factories.finding(), factories.finding()
    reviewing.decide(two, reviewer=other, decision="confirm")
    picks = [f"{one.id}:0", f"{two.id}:0"]
    html = send(client_in, "dismiss/", pick=picks, reason="The same story.").content.decode()
    assert "1 dismissed. 1 left as they are: ivo has decided since you looked" in html


def test_undo_with_nothing_to_undo_says_so(client_in: Client, finding: Finding) -> None:
    response = send(client_in, "undo/")
    assert response.status_code == 409
    assert "There is nothing to undo" in response.content.decode()


def test_undo_shows_what_it_brought_back(client_in: Client, finding: Finding) -> None:
    factories.finding(rank=99)
    send(client_in, f"{finding.id}/decide/", decision="confirm", seen=0)
    html = send(client_in, "undo/").content.decode()
    assert f'id="pane" data-finding="{finding.id}"' in html
    assert "Taken back: you had confirmed it." in html


# --- who has it open ---


def test_others_see_who_has_it_open_until_it_is_left(
    client_in: Client, other_client: Client, finding: Finding
) -> None:
    following = factories.finding()
    send(other_client, f"{finding.id}/hold/")
    assert "Ivo has this open" in page(client_in)
    assert "has this open" not in page(other_client)
    html = send(client_in, f"{following.id}/hold/", line=[finding.id]).content.decode()
    assert "Ivo has this open" in html
    send(other_client, f"{following.id}/hold/", left=finding.id)
    assert list(Hold.objects.filter(person__username="ivo").values_list("finding", flat=True)) == [
        following.id
    ]
    html = send(client_in, f"{following.id}/hold/", line=[finding.id]).content.decode()
    assert f'id="held-{finding.id}"' in html
    assert "has this open" not in html.split('id="pane-held"')[0]


def test_deciding_lets_go_of_it(client_in: Client, finding: Finding) -> None:
    send(client_in, f"{finding.id}/hold/")
    send(client_in, f"{finding.id}/decide/", decision="confirm", seen=0)
    assert not Hold.objects.exists()


# --- saved views ---


def test_filters_are_saved_under_a_name_and_stand_as_a_tab(client_in: Client, other_client: Client) -> None:
    client_in.post("/queue/views/", {"name": "Urgent <now>", "query": "severity=high&zebra=1"})
    assert SavedView.objects.get().query == "severity=high"
    html = page(client_in, "?severity=high")
    assert "Urgent &lt;now&gt;" in html
    assert "Urgent" not in page(other_client)


def test_a_shared_view_is_seen_by_the_desk_and_changed_by_its_owner(
    client_in: Client, other_client: Client
) -> None:
    client_in.post("/queue/views/", {"name": "Urgent", "query": "severity=high", "shared": "on"})
    view = SavedView.objects.get()
    assert "Urgent" in page(other_client)
    other_client.post(f"/queue/views/{view.id}/", {"name": "Mine now"})
    other_client.post(f"/queue/views/{view.id}/delete/")
    client_in.post(f"/queue/views/{view.id}/", {"name": "Very urgent"})
    view.refresh_from_db()
    assert (view.name, view.shared) == ("Very urgent", False)


def test_a_deleted_view_can_be_brought_back(client_in: Client) -> None:
    client_in.post("/queue/views/", {"name": "Urgent", "query": "severity=high"})
    client_in.post(f"/queue/views/{SavedView.objects.get().id}/delete/")
    html = page(client_in, "?severity=high")
    assert "is deleted" in html
    assert not SavedView.objects.exists()
    client_in.post("/queue/views/", {"name": "Urgent", "query": "severity=high"})
    assert SavedView.objects.get().name == "Urgent"
    assert "is deleted" not in page(client_in)


@pytest.mark.parametrize("name", ["", "  ", "\x00", "Taken"])
def test_a_view_needs_a_name_of_its_own(client_in: Client, name: str) -> None:
    client_in.post("/queue/views/", {"name": "Taken", "query": "severity=high"})
    response = client_in.post("/queue/views/", {"name": name, "query": "severity=low"}, follow=True)
    assert "note error" in response.content.decode()
    assert SavedView.objects.count() == 1


# --- the archive ---


def test_the_archive_has_everything_and_the_same_filters(client_in: Client, user: User) -> None:
    rows = [
        factories.finding(decision="dismissed", topics=["missile-defence"]),
        factories.finding(resolved_at="2024-04-01T00:00Z"),
        factories.finding(rank=50),
    ]
    queueing.skip(rows[2], user)

    def archived(query: str = "") -> set[int]:
        html = client_in.get(f"/findings/{query}").content.decode()
        return {int(pk) for pk in re.findall(r'href="/findings/(\d+)/"', html)}

    assert archived() == {row.id for row in rows}
    assert archived("?state=open") == {rows[2].id}
    assert archived("?topic=missile-defence") == {rows[0].id}
    assert archived("?state=resolved") == {rows[1].id}


# --- cost ---


@pytest.mark.parametrize("rows", [2, 60])
def test_the_queue_asks_as_much_for_many_as_for_few(
    client_in: Client, user: User, django_assert_max_num_queries: Any, rows: int
) -> None:
    factories.radar_story()
    for n in range(rows):
        factories.finding(rank=n)
    with django_assert_max_num_queries(15):
        page(client_in)
    with django_assert_max_num_queries(20):  # with savepoints, which no transaction of its own has
        send(client_in, f"{Finding.objects.first().id}/skip/")
