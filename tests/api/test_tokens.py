from __future__ import annotations

import base64
from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from claims.models import ApiToken

from .conftest import fields_at_fault, problem

pytestmark = pytest.mark.django_db
LIST = "/api/v1/tokens"


def basic(name: str, password: str) -> dict[str, str]:
    return {"Authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def test_a_password_gives_a_token_and_the_token_works(anonymous, user):
    said = anonymous.post(
        LIST, {"name": "cms", "days": 7}, format="json", headers=basic("rosa", "a long pass phrase")
    )
    assert said.status_code == 201, said.content
    token = said.json()["token"]
    rows = anonymous.get(LIST, headers={"Authorization": f"Bearer {token}"}).json()["results"]
    assert [row["name"] for row in rows] == ["cms"]
    assert "token" not in rows[0]
    left = ApiToken.objects.get().expiry - timezone.now()
    assert timedelta(days=6) < left <= timedelta(days=7)


def test_a_wrong_password_gives_none(anonymous, user):
    said = anonymous.post(LIST, {}, format="json", headers=basic("rosa", "a guess"))
    problem(said, 401, "authentication_failed")
    assert said.headers["WWW-Authenticate"].startswith("Basic")


def test_guesses_are_slowed_down(anonymous, user):
    answers = [
        anonymous.post(LIST, {}, format="json", headers=basic("rosa", f"guess {n}")) for n in range(11)
    ]
    problem(answers[9], 401, "authentication_failed")
    problem(answers[10], 429, "throttled")
    assert int(answers[10].headers["Retry-After"]) >= 1


def test_a_token_does_not_beget_tokens(api):
    problem(api.post(LIST, {"name": "more"}, format="json"), 401, "not_authenticated")


def test_a_browser_session_may_make_one_with_its_csrf_token_only(user):
    from rest_framework.test import APIClient

    browser = APIClient(enforce_csrf_checks=True)
    browser.login(username="rosa", password="a long pass phrase")
    problem(browser.post(LIST, {}, format="json"), 403, "permission_denied")
    assert not ApiToken.objects.exists()


def test_a_deleted_token_is_dead(api):
    row = api.get(LIST).json()["results"][0]
    assert api.delete(f"{LIST}/{row['id']}").status_code == 204
    problem(api.get(LIST), 401, "authentication_failed")


def test_nobody_sees_or_deletes_another_users_tokens(api):
    theirs, _ = ApiToken.objects.create(user=User.objects.create_user("max"), name="theirs")
    assert "theirs" not in [row["name"] for row in api.get(LIST).json()["results"]]
    problem(api.delete(f"{LIST}/{theirs.token_key}"), 404, "not_found")
    assert ApiToken.objects.filter(pk=theirs.pk).exists()


def test_an_expired_token_is_dead(anonymous, user):
    _, token = ApiToken.objects.create(user=user, expiry=timedelta(seconds=-1))
    said = anonymous.get(LIST, headers={"Authorization": f"Bearer {token}"})
    problem(said, 401, "authentication_failed")


def test_a_retired_users_token_is_dead(api, user):
    User.objects.filter(pk=user.pk).update(is_active=False)
    problem(api.get(LIST), 401, "authentication_failed")


def test_only_the_hash_is_kept(anonymous, user):
    row, token = ApiToken.objects.create(user=user)
    assert token not in (row.digest, row.token_key)
    assert token not in str(list(ApiToken.objects.values_list()))


@pytest.mark.parametrize("header", ["Bearer", "Bearer a b", "Bearer nonsense", "Bearer \xff", "Bearer \x00"])
def test_a_broken_token_is_a_401(anonymous, header):
    said = problem(anonymous.get(LIST, headers={"Authorization": header}), 401, "authentication_failed")
    assert said["detail"]


@pytest.mark.parametrize("days", [0, -1, 10**9, "soon"])
def test_a_wrong_number_of_days_is_named(anonymous, user, days):
    said = anonymous.post(LIST, {"days": days}, format="json", headers=basic("rosa", "a long pass phrase"))
    assert fields_at_fault(said) == {"days"}


def test_the_command_prints_a_token_that_works(anonymous, user):
    out = StringIO()
    call_command("token", "rosa", "--expires", "3", "--name", "night job", stdout=out)
    token = out.getvalue().strip()
    rows = anonymous.get(LIST, headers={"Authorization": f"Bearer {token}"}).json()["results"]
    assert [row["name"] for row in rows] == ["night job"]
    assert ApiToken.objects.get().expiry < timezone.now() + timedelta(days=3, seconds=1)


def test_the_command_names_an_unknown_user(db):
    with pytest.raises(CommandError, match="no user named nobody"):
        call_command("token", "nobody")


def test_the_command_refuses_a_retired_user(user):
    User.objects.filter(pk=user.pk).update(is_active=False)
    with pytest.raises(CommandError, match="not active"):
        call_command("token", "rosa")


@pytest.mark.parametrize("days", ["0", "-3", "99999999999"])
def test_the_command_refuses_absurd_lifetimes(user, days):
    with pytest.raises(CommandError, match="days"):
        call_command("token", "rosa", f"--expires={days}")
