"""What surrounds every page: the way around, light and dark, the reader's zone; and the start page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.template import Context, Template
from django.test import Client
from django.utils import timezone

from claims.models import (
    Correspondence,
    FactCheck,
    Finding,
    Rating,
    Report,
    Review,
    Revision,
    Verdict,
    Visit,
)
from claims.services import reviewing, visits
from claims.web.templatetags.shell import RAIL
from tests.web import factories


def page(client: Client, address: str = "/", **asked: str) -> str:
    return client.get(address, asked).content.decode()


def rendered(template: str, **context: Any) -> str:
    return Template(template).render(Context(context))


# --- the way around -------------------------------------------------------------------------------------


def test_the_rail_leads_to_every_screen_that_exists_and_to_no_other(client_in: Client) -> None:
    shown = re.findall(r'<a href="([^"]+)"[^>]*data-key="g \w"', page(client_in))
    assert "/articles/" in shown
    assert len(shown) == len(set(shown))
    for address in shown:
        assert client_in.get(address).status_code == 200


def test_no_two_screens_share_a_key_or_a_page() -> None:
    entries = [entry for group in RAIL for entry in group]
    keys = [entry.key for entry in entries]
    pages = [stem for entry in entries for stem in entry.pages]
    assert len(keys) == len(set(keys))
    assert len(pages) == len(set(pages))


def test_a_page_under_a_screen_marks_that_screen(client_in: Client, story: dict[str, Any]) -> None:
    article = page(client_in, f"/articles/{story['one'].article_id}/")
    assert set(re.findall(r'<a href="([^"]+)" aria-current="page"', article)) == {"/articles/"}


def test_the_menu_of_a_narrow_screen_needs_no_script(client_in: Client) -> None:
    menu = re.search(r'<details class="menu">.*?</details>', page(client_in), re.DOTALL)
    assert menu
    assert "<summary" in menu.group()
    assert 'href="/articles/"' in menu.group()
    assert 'action="/logout/"' in menu.group()


def test_who_is_not_logged_in_sees_no_rail(client: Client, db: None) -> None:
    assert 'class="rail"' not in page(client, "/login/")


def test_the_first_thing_the_keyboard_meets_leads_past_the_rail(client_in: Client) -> None:
    body = page(client_in).partition("<body")[2]
    assert re.search(r"<a [^>]*>", body).group() == '<a class="skip" href="#main">'  # type: ignore[union-attr]
    assert 'id="main"' in body


def test_an_icon_is_drawn_in_the_page_and_says_nothing_to_a_screen_reader() -> None:
    drawn = rendered('{% icon "inbox" 20 %}')
    assert 'aria-hidden="true"' in drawn
    assert 'width="20"' in drawn
    assert "style=" not in drawn


def test_every_icon_of_the_rail_exists() -> None:
    for group in RAIL:
        for entry in group:
            assert rendered("{% icon name %}", name=entry.icon).startswith("<svg")


def test_browsers_that_ask_for_an_icon_on_their_own_are_sent_to_ours(client: Client) -> None:
    assert client.get("/favicon.ico")["Location"].endswith("icon.svg")


# --- light, dark, and the reader's zone -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cookie", "root"),
    [
        ("dark", '<html lang="en" data-theme="dark">'),
        ("light", '<html lang="en" data-theme="light">'),
        ("", '<html lang="en">'),
        ('"><script>', '<html lang="en">'),
    ],
)
def test_the_theme_is_written_by_the_server(client: Client, db: None, cookie: str, root: str) -> None:
    client.cookies["theme"] = cookie
    assert root in page(client, "/login/")


def test_a_choice_of_theme_and_zone_is_kept_and_taken_back(client_in: Client) -> None:
    answer = client_in.post("/account/", {"theme": "dark", "zone": "Asia/Tokyo"}, follow=True)
    assert 'data-theme="dark"' in answer.content.decode()
    assert "Now in force: Asia/Tokyo" in answer.content.decode()
    answer = client_in.post("/account/", {"theme": "", "zone": ""}, follow=True)
    assert "data-theme" not in answer.content.decode()
    assert "Now in force: UTC" in answer.content.decode()


def test_a_zone_that_does_not_exist_is_refused_and_named(client_in: Client) -> None:
    answer = client_in.post("/account/", {"theme": "dark", "zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert "Not a zone that this program knows" in answer.content.decode()


SEEN = datetime(2024, 3, 7, 23, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("cookies", "told"),
    [
        ({}, "7 Mar 2024, 23:30"),
        ({"zone": "Europe/Vienna"}, "8 Mar 2024, 00:30"),
        ({"zone": "Europe%2FVienna"}, "8 Mar 2024, 00:30"),
        ({"zone": "Europe/Vienna", "zone_chosen": "Asia/Tokyo"}, "8 Mar 2024, 08:30"),
        ({"zone": "../../etc/passwd"}, "7 Mar 2024, 23:30"),
        ({"zone": "Nowhere/At/All"}, "7 Mar 2024, 23:30"),
    ],
)
def test_times_are_told_in_the_readers_zone(client_in: Client, cookies: dict[str, str], told: str) -> None:
    document = factories.document()
    type(document).objects.filter(pk=document.pk).update(received_at=SEEN)
    for name, value in cookies.items():
        client_in.cookies[name] = value
    shown = page(client_in, f"/documents/{document.pk}/")
    assert f">{told}</time>" in shown
    assert 'title="Thursday 7 March 2024, 23:30:00 UTC"' in shown


def test_the_api_tells_times_in_one_zone_whoever_asks(client_in: Client) -> None:
    factories.document()
    client_in.cookies["zone"] = "Asia/Tokyo"
    assert "+09:00" not in page(client_in, "/api/v1/documents/")


def test_one_readers_zone_is_not_the_next_ones(client_in: Client, other_client: Client) -> None:
    client_in.cookies["zone"] = "Asia/Tokyo"
    page(client_in)
    assert "Now in force: UTC" in page(other_client, "/account/")


def test_a_time_keeps_the_zone_it_was_written_with_in_its_hint() -> None:
    shown = rendered("{% when at %}", at="2024-03-07T09:05:00+05:30")
    assert 'datetime="2024-03-07T09:05:00+05:30"' in shown
    assert "09:05:00 UTC+05:30" in shown
    assert ">7 Mar 2024, 03:35<" in shown


def test_a_time_of_today_is_told_short_and_one_of_this_year_without_it() -> None:
    now = timezone.now()
    assert re.search(r">\d\d:\d\d</time>", rendered("{% when at %}", at=now))
    day = now.replace(month=6 if now.month < 3 else 1, day=9)
    assert re.search(r">9 \w{3}, \d\d:\d\d</time>", rendered("{% when at %}", at=day))


def test_a_day_has_no_zone_and_text_without_a_time_stays_text() -> None:
    assert rendered("{% when at %}", at=date(2024, 3, 7)) == '<time datetime="2024-03-07">7 Mar 2024</time>'
    assert rendered("{% when at %}", at="<b>soon</b>") == "&lt;b&gt;soon&lt;/b&gt;"
    assert rendered("{% when at %}", at=None) == ""
    assert "Thursday 7 March 2024, 23:30 UTC" in rendered('{% when at "long" %}', at=SEEN)


# --- when one was last here -------------------------------------------------------------------------------


def test_a_visit_begins_after_a_pause_and_remembers_the_end_of_the_one_before(user: User) -> None:
    assert visits.arrive(user) is None
    assert visits.arrive(user) is None  # still the first
    yesterday = timezone.now() - timedelta(days=1)
    Visit.objects.filter(person=user).update(latest=yesterday)
    assert visits.arrive(user) == yesterday
    assert visits.arrive(user) == yesterday  # the same visit, seen again
    assert Visit.objects.get(person=user).latest > yesterday


def test_each_person_has_visits_of_their_own(user: User) -> None:
    ivo = User.objects.create_user("ivo")
    visits.arrive(user)
    Visit.objects.update(latest=timezone.now() - timedelta(days=1))
    assert visits.arrive(ivo) is None
    assert visits.arrive(user) is not None


# --- the start page -----------------------------------------------------------------------------------------


def was_here(person: User, ago: timedelta) -> None:
    Visit.objects.update_or_create(person=person, defaults={"latest": timezone.now() - ago})


def backdated(row: Any, field: str, ago: timedelta) -> None:
    type(row).objects.filter(pk=row.pk).update(**{field: timezone.now() - ago})


def test_findings_first_seen_since_the_last_visit_are_new_and_older_ones_are_not(
    client_in: Client, user: User, story: dict[str, Any]
) -> None:
    old = factories.finding(summary="An old difference")
    backdated(old, "first_seen_at", timedelta(days=3))
    was_here(user, timedelta(days=2))
    shown = page(client_in)
    assert story["finding"].summary in shown
    assert "An old difference" not in shown
    assert "An old difference" in page(client_in, since="week")


def test_new_findings_come_worst_first(client_in: Client, user: User, story: dict[str, Any]) -> None:
    for rank in (10, 90, 50):
        Finding.objects.filter(pk=factories.finding(summary=f"rank {rank}").pk).update(rank=rank)
    assert [f.summary for f in client_in.get("/").context["new"].rows][:3] == [
        "rank 90",
        "rank 50",
        "rank 10",
    ]


def test_decided_findings_are_news_no_more(client_in: Client, story: dict[str, Any]) -> None:
    Finding.objects.update(decision="confirmed")
    assert client_in.get("/").context["new"].rows == []


def test_it_says_what_others_decided_and_not_what_one_decided_oneself(
    client_in: Client, user: User, story: dict[str, Any]
) -> None:
    ivo = User.objects.create_user("ivo")
    mine, theirs = factories.finding(summary="mine"), factories.finding(summary="theirs")
    reviewing.decide(mine, reviewer=user, decision="confirm")
    reviewing.decide(theirs, reviewer=ivo, decision="dismiss", reason="The same figure, rounded.")
    shown = page(client_in)
    assert [r.finding.summary for r in client_in.get("/").context["decided"].rows] == ["theirs"]
    assert "The same figure, rounded." in shown


def test_it_lists_articles_revised_since_and_documents_that_failed_since(
    client_in: Client, user: User
) -> None:
    first = factories.revision("They buy 12 radars.", title="Radars")
    factories.revision("They buy 14 radars.", title="Radars, again", article=first.article)
    failed = factories.document(state="quarantined", error_code="odd", error_detail="It cannot be read.")
    shown = page(client_in)
    assert "Radars, again" in shown
    assert "It cannot be read." in shown
    was_here(user, timedelta(hours=1))
    Revision.objects.update(created_at=timezone.now() - timedelta(days=2))
    backdated(failed, "state_since", timedelta(days=2))
    shown = page(client_in)
    assert "Radars, again" not in shown
    assert "It cannot be read." not in shown


def factcheck(claim: Any, by: User, **fields: Any) -> FactCheck:
    return FactCheck.objects.create(claim=claim, created_by=by, **{"question": "How many radars?", **fields})


def test_what_waits_for_me_stands_first(client_in: Client, user: User, story: dict[str, Any]) -> None:
    ivo = User.objects.create_user("ivo")
    text = factories.revision("They buy 3 ships, 4 boats, 5 tugs and 6 ferries.")
    claims = [factories.claim(text, quote) for quote in ("3 ships", "4 boats", "5 tugs", "6 ferries")]
    mine = factcheck(claims[0], ivo, question="How many ships?", assignee=user, state="in_check")
    factcheck(claims[1], ivo, question="How many boats?", assignee=ivo, state="second_review")
    seen = factcheck(claims[2], ivo, question="How many tugs?", assignee=ivo, state="second_review")
    factcheck(claims[3], ivo, question="How many ferries?", assignee=ivo, state="in_check")
    rating, _ = Rating.objects.get_or_create(slug="so", defaults={"label": "So", "meaning": "It is so."})
    Verdict.objects.create(factcheck=seen, role="second", rating=rating, reasoning="Read.", person=user)
    Correspondence.objects.create(
        factcheck=mine,
        whom="The press office",
        channel="e-mail",
        asked="How many?",
        deadline=timezone.now() - timedelta(days=1),
        entered_by=user,
    )
    Finding.objects.update(assignee=user)
    context = client_in.get("/").context
    assert [c.question for c in context["checks"].rows] == ["How many ships?"]
    assert [c.question for c in context["second"].rows] == ["How many boats?"]
    assert [c.whom for c in context["overdue"].rows] == ["The press office"]
    assert [f.pk for f in context["assigned"].rows] == [story["finding"].pk]
    assert "The press office</bdi> has not replied" in page(client_in)


def test_a_reply_that_came_or_was_declined_is_not_overdue(client_in: Client, user: User) -> None:
    made = factories.claim(factories.revision("They buy 3 ships."), "3 ships")
    check = factcheck(made, user, assignee=user, state="awaiting_reply")
    late = {"factcheck": check, "channel": "e-mail", "asked": "?", "entered_by": user}
    past = timezone.now() - timedelta(days=1)
    Correspondence.objects.create(whom="A", deadline=past, replied_at=past, reply="Three.", **late)
    Correspondence.objects.create(whom="B", deadline=past, declined=True, **late)
    Correspondence.objects.create(whom="C", deadline=timezone.now() + timedelta(days=1), **late)
    assert client_in.get("/").context["overdue"].rows == []


def test_the_last_report_is_linked(client_in: Client, story: dict[str, Any]) -> None:
    for day in ("2024-03-08", "2024-03-09"):
        last = Report.objects.create(day=day, payload="{}", payload_hash="0")
    assert f'href="/reports/{last.pk}/"' in page(client_in)


@pytest.mark.parametrize("rows", [0, 1, 40])
def test_the_start_page_asks_no_more_often_when_there_is_more(
    client_in: Client, user: User, rows: int, django_assert_max_num_queries: Any
) -> None:
    ivo = User.objects.create_user("ivo")
    for number in range(rows):
        text = factories.revision(f"They buy 3 ships and {number} boats.", at=f"Outlet {number}")
        factories.revision(f"They buy 4 ships and {number} boats.", article=text.article)
        row = factories.finding(factories.claim(text, "3 ships"), assignee=user if number % 2 else None)
        check = factcheck(factories.claim(text, "They buy"), ivo, assignee=user)
        Correspondence.objects.create(
            factcheck=check, whom="A", channel="e-mail", asked="?", deadline=SEEN, entered_by=user
        )
        done = factories.finding()
        reviewing.decide(done, reviewer=ivo, decision="confirm")
        assert row.state == "open"
        factories.document()
        factories.document(state="rejected", error_code="empty", error_detail="Nothing in it.")
    for _ in range(2):  # the first visit writes, the second updates
        with django_assert_max_num_queries(15):
            assert client_in.get("/").status_code == 200
    assert Review.objects.count() == rows
    assert page(client_in).count("<li data-keys-item") <= 8


# --- one's own password ---------------------------------------------------------------------------------


def change(client: Client, old: str, new: str) -> Any:
    return client.post(
        "/account/password/", {"old_password": old, "new_password1": new, "new_password2": new}, follow=True
    )


def test_a_password_is_changed_by_whoever_knows_the_present_one(client_in: Client, user: User) -> None:
    shown = change(client_in, "a long pass phrase", "another of my pass phrases").content.decode()
    assert "Your password is changed" in shown
    user.refresh_from_db()
    assert user.check_password("another of my pass phrases")


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", "another of my pass phrases"), ("a long pass phrase", "short")]
)
def test_a_wrong_or_weak_password_changes_nothing_and_says_why(
    client_in: Client, user: User, old: str, new: str
) -> None:
    shown = change(client_in, old, new).content.decode()
    assert 'class="error"' in shown
    user.refresh_from_db()
    assert user.check_password("a long pass phrase")
