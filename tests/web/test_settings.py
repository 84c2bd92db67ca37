"""Settings are for administrators, who cannot lock themselves out."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from claims.models import Outlet, Rating
from claims.services import outlets, people, ratings
from claims.services.refusal import Refused
from factcheck import health
from tests.web import factories

PAGES = ("/settings/", "/settings/scale/", "/settings/people/", "/settings/outlets/")


@pytest.fixture(autouse=True)
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "broker_trouble", lambda: "")
    monkeypatch.setattr(health, "last_sweep", lambda: 7)


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_user("ada", password="a long pass phrase", is_staff=True)


@pytest.fixture
def client_admin(admin: User) -> Client:
    client = Client()
    client.force_login(admin)
    return client


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def refused(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert caught.value.detail
    return caught.value.code


@pytest.mark.parametrize("address", PAGES)
def test_settings_are_for_administrators(client: Client, client_in: Client, address: str) -> None:
    response = client_in.get(address)
    assert response.status_code == 403
    assert "Settings are for administrators." in response.content.decode()
    assert client.get(address)["Location"].startswith("/login/")


def test_the_system_says_how_it_is(client_admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    factories.document(state="quarantined", error_code="boom")
    html = page(client_admin, "/settings/")
    assert "The last sweep was 7 s ago." in html
    assert "/ingest/?state=failed" in html
    monkeypatch.setattr(health, "last_sweep", lambda: 700)
    assert ">late<" in page(client_admin, "/settings/")
    monkeypatch.setattr(health, "broker_trouble", lambda: "Connection refused.")
    html = page(client_admin, "/settings/")
    assert "Connection refused." in html
    assert ">not known<" in html


def test_a_step_is_added_changed_moved_retired_and_put_back(client_admin: Client) -> None:
    step = {"label": "Out of date", "meaning": "Right once, not now.", "value": "3"}
    client_admin.post("/settings/scale/", step)
    assert ratings.scale()[-1].slug == "out-of-date"
    client_admin.post("/settings/scale/out-of-date/", {**step, "label": "Outdated", "value": ""})
    assert (ratings.named("out-of-date").label, ratings.named("out-of-date").value) == ("Outdated", None)
    order = [rating.slug for rating in ratings.scale()]
    client_admin.post("/settings/scale/out-of-date/order/", {"do": "up", "order": order})
    assert [rating.slug for rating in ratings.scale()][-2:] == ["out-of-date", "unverifiable"]
    client_admin.post("/settings/scale/out-of-date/order/", {"do": "retire"})
    assert "out-of-date" not in [rating.slug for rating in ratings.scale()]
    client_admin.post("/settings/scale/out-of-date/order/", {"do": "restore"})
    assert "out-of-date" in [rating.slug for rating in ratings.scale()]
    assert "Put back on the scale" in page(client_admin, "/settings/")


def test_a_wrong_step_is_refused_in_words(client_admin: Client) -> None:
    ratings.scale()
    again = {"label": "Accurate", "meaning": "Again.", "value": "5"}
    response = client_admin.post("/settings/scale/", again)
    assert response.status_code == 422
    assert "There is a rating called “Accurate” already." in response.content.decode()
    assert client_admin.post("/settings/scale/", {**again, "value": "9"}).status_code == 422
    late = client_admin.post(
        "/settings/scale/accurate/order/", {"do": "up", "order": ["accurate"]}, follow=True
    )
    assert "has changed since you looked" in late.content.decode()


def test_a_new_person_gets_a_link_once_and_sets_a_password(client_admin: Client, client: Client) -> None:
    new = {"username": "mara", "name": "Mara de Quill", "email": "mara@example.org"}
    html = client_admin.post("/settings/people/", new).content.decode()
    link = re.search(r"http://testserver(/password/[^<]+)<", html)[1]
    made = User.objects.get(username="mara")
    assert (made.get_full_name(), made.is_staff, made.has_usable_password()) == (
        "Mara de Quill",
        False,
        False,
    )
    assert link not in page(client_admin, "/settings/people/")
    form = client.get(link, follow=True)
    where = form.redirect_chain[-1][0]
    phrase = {"new_password1": "seven slow herons", "new_password2": "seven slow herons"}
    done = client.post(where, phrase, follow=True)
    assert done.wsgi_request.user == made
    assert Client().login(username="mara", password="seven slow herons")
    assert "does not work any more" in Client().get(link, follow=True).content.decode()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"username": ""}, "A person needs a log-in name."),
        ({"username": "ada"}, "already exists"),
        ({"username": "two words"}, "valid username"),
        ({"email": "nobody"}, "valid email"),
        ({"name": "x" * 200}, "too long"),
    ],
)
def test_a_wrong_person_is_refused_in_words(client_admin: Client, fields: dict[str, str], words: str) -> None:
    response = client_admin.post("/settings/people/", {"username": "mara", **fields})
    assert response.status_code == 422
    assert words in response.content.decode()


def act(client: Client, person: User, do: str, **fields: str) -> str:
    return client.post(f"/settings/people/{person.pk}/", {"do": do, **fields}, follow=True).content.decode()


def test_people_are_switched_off_and_on_and_made_administrators(client_admin: Client, user: User) -> None:
    them = Client()
    them.force_login(user)
    act(client_admin, user, "off")
    user.refresh_from_db()
    assert not user.is_active
    assert them.get("/")["Location"].startswith("/login/")
    act(client_admin, user, "on")
    act(client_admin, user, "administrator")
    act(client_admin, user, "name", name="Rosa Lind")
    user.refresh_from_db()
    assert (user.is_active, user.is_staff, user.get_full_name()) == (True, True, "Rosa Lind")
    assert "Made an administrator" in page(client_admin, "/settings/")


def test_nobody_locks_themselves_out(client_admin: Client, admin: User) -> None:
    assert "cannot change your own account" in act(client_admin, admin, "off")
    assert "cannot change your own account" in act(client_admin, admin, "no-administrator")
    admin.refresh_from_db()
    assert (admin.is_active, admin.is_staff) == (True, True)


def test_only_a_superuser_changes_a_superuser(client_admin: Client) -> None:
    root = User.objects.create_superuser("root", password="a long pass phrase")
    assert "Only a superuser" in act(client_admin, root, "off")
    root.refresh_from_db()
    assert root.is_active


def test_who_is_no_administrator_any_more_changes_nothing(admin: User, user: User) -> None:
    stale = User.objects.get(pk=admin.pk)
    User.objects.filter(pk=admin.pk).update(is_staff=False)
    assert refused(people.change, user, active=False, by=stale) == "not_allowed"


@pytest.mark.django_db(transaction=True)
def test_two_administrators_who_switch_each_other_off_leave_one() -> None:
    one, two = (User.objects.create_user(name, is_staff=True) for name in ("one", "two"))

    def switch_off(pair: tuple[User, User]) -> str:
        try:
            people.change(pair[1], active=False, by=pair[0])
        except Refused as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = sorted(pool.map(switch_off, [(one, two), (two, one)]))
    assert said == ["", "not_allowed"]
    assert User.objects.filter(is_active=True, is_staff=True).count() == 1


def test_an_outlet_is_renamed_and_found_by_both_names(client_admin: Client, story: dict[str, Any]) -> None:
    from claims.services.parsing import _outlet

    row = Outlet.objects.get(name="Northern Courier")
    sent = {"outlet": row.slug, "seen": "Northern Courier", "name": "The Northern Courier of Arl"}
    client_admin.post("/settings/outlets/", sent)
    row.refresh_from_db()
    assert (row.name, row.slug) == ("The Northern Courier of Arl", "northern-courier")
    assert _outlet("Northern Courier") == _outlet("The Northern Courier of Arl") == row
    late = client_admin.post("/settings/outlets/", sent)
    assert late.status_code == 422
    assert "since you looked" in late.content.decode()


@pytest.mark.parametrize("name", ["", "x" * 201, "harbour post", "Harbour-Post", "nul\x00 "])
def test_an_outlet_does_not_take_anothers_name(
    client_admin: Client, story: dict[str, Any], name: str
) -> None:
    sent = {"outlet": "northern-courier", "seen": "Northern Courier", "name": name}
    assert client_admin.post("/settings/outlets/", sent).status_code == 422
    assert Outlet.objects.filter(name="Northern Courier").exists()


def test_services_ask_for_an_administrator_too(user: User, story: dict[str, Any]) -> None:
    row = Outlet.objects.get(name="Northern Courier")
    assert refused(outlets.rename, row, "X", by=user) == "not_allowed"
    assert refused(people.add, username="x", by=user) == "not_allowed"
    assert refused(people.invitation, user, by=user) == "not_allowed"
    assert refused(people.rename, user, "X Y", by=user) == "not_allowed"
    assert refused(people.change, user, staff=True, by=user) == "not_allowed"
    assert Rating.objects.count() == 0
