"""Every error is a problem (RFC 9457), whoever raised it."""

from __future__ import annotations

import psycopg
import pytest
from django.contrib.auth.models import User
from django.contrib.sessions.middleware import SessionMiddleware
from django.db import OperationalError
from rest_framework.test import APIClient

from claims.api.viewsets.outlets import OutletViewSet

from .conftest import fields_at_fault, problem

pytestmark = pytest.mark.django_db


def test_nobody_gets_in_without_a_key(anonymous):
    said = anonymous.get("/api/v1/articles")
    assert "Authorization: Bearer" in problem(said, 401, "not_authenticated")["detail"]
    assert said.headers["WWW-Authenticate"] == "Bearer"


def test_a_session_may_read(user, client_in):
    assert client_in.get("/api/v1/articles").status_code == 200


def test_a_session_needs_its_csrf_token_to_write(user):
    browser = APIClient(enforce_csrf_checks=True)
    browser.force_login(user)
    problem(browser.post("/api/v1/references", {}, format="json"), 403, "permission_denied")


def test_an_unknown_address_is_a_problem_too(anonymous, api):
    problem(anonymous.get("/api/v1/elephants"), 404, "not_found")
    problem(api.post("/api/v1/articles/1/elephants/2/"), 404, "not_found")
    problem(anonymous.get("/api/"), 404, "not_found")
    problem(anonymous.get("/api/v2/articles"), 404, "not_found")
    assert anonymous.get("/elephants/").headers["Content-Type"].startswith("text/html")


def test_a_host_name_we_do_not_serve_is_a_problem_too(api, settings):
    settings.ALLOWED_HOSTS = ["desk.example"]
    problem(api.get("/api/v1/articles", headers={"Host": "evil.example"}), 400, "malformed")


def test_an_error_outside_the_views_is_a_problem_too(user, monkeypatch):
    def fail(self, request):
        raise ZeroDivisionError("inside")

    monkeypatch.setattr(SessionMiddleware, "process_request", fail)
    browser = APIClient(raise_request_exception=False)
    assert "inside" not in problem(browser.get("/api/v1/articles"), 500, "error")["detail"]
    assert browser.get("/articles/").headers["Content-Type"].startswith("text/html")


def test_a_slash_at_the_end_may_be_there(api):
    assert api.get("/api/v1/articles/").json() == {**api.get("/api/v1/articles").json()}


def test_a_method_that_is_not_there_names_those_that_are(api):
    said = api.delete("/api/v1/articles")
    problem(said, 405, "method_not_allowed")
    assert "GET" in said.headers["Allow"]


def test_a_type_we_do_not_speak_is_a_406(api):
    problem(api.get("/api/v1/articles", headers={"Accept": "text/csv"}), 406, "not_acceptable")


def test_a_body_of_another_type_is_a_415(api):
    said = api.post("/api/v1/references", "a=b", content_type="application/x-www-form-urlencoded")
    assert "application/json" in problem(said, 415, "unsupported_media_type")["detail"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b'{"kind": NaN}',
        b'{"kind": "\xff"}',
        b"[" * 100_000,
        b'{"value": ' + b"9" * 5000 + b"}",
    ],
)
def test_json_that_cannot_be_read_is_a_400(api, body):
    said = api.post("/api/v1/references", body, content_type="application/json")
    assert said.status_code == 400, said.content
    assert said.headers["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("body", [b"[]", b"null", b'"words"', b"7"])
def test_json_that_is_no_object_is_a_400(api, body):
    assert fields_at_fault(api.post("/api/v1/references", body, content_type="application/json")) <= {""}


def test_too_large_a_body_is_a_413_anywhere(api, settings):
    body = b'{"title": "' + b"x" * (settings.MAX_DOCUMENT_BYTES + 100_000) + b'"}'
    problem(api.post("/api/v1/references", body, content_type="application/json"), 413, "too_large")


def test_too_many_requests_are_a_429(api, monkeypatch):
    from rest_framework.throttling import UserRateThrottle

    monkeypatch.setattr(UserRateThrottle, "THROTTLE_RATES", {"user": "2/min"})
    assert [api.get("/api/v1/outlets").status_code for _ in range(2)] == [200, 200]
    said = api.get("/api/v1/outlets")
    problem(said, 429, "throttled")
    assert int(said.headers["Retry-After"]) >= 1


@pytest.mark.parametrize("error", [OperationalError("gone"), psycopg.OperationalError("pool timeout")])
def test_a_database_that_is_away_is_a_503(api, monkeypatch, error):
    def fail(self):
        raise error

    monkeypatch.setattr(OutletViewSet, "get_queryset", fail)
    said = api.get("/api/v1/outlets")
    assert "gone" not in problem(said, 503, "database_down")["detail"]
    assert said.headers["Retry-After"]


def test_a_mistake_of_ours_is_logged_and_says_nothing_of_the_inside(api, monkeypatch, caplog):
    def fail(self):
        raise RuntimeError("secret sauce")

    monkeypatch.setattr(OutletViewSet, "get_queryset", fail)
    said = problem(api.get("/api/v1/outlets"), 500, "error")
    assert "secret" not in str(said)
    assert "secret sauce" in caplog.text


def test_an_unknown_parameter_is_refused_everywhere(api, user):
    for address in (
        "articles",
        "claims",
        "groups",
        "findings",
        "documents",
        "reviews",
        "references",
        "reports",
    ):
        said = api.get(f"/api/v1/{address}", {"outlte": "x"})
        assert fields_at_fault(said) == {"outlte"}
    for address in ("outlets", "checks", "tokens", "health"):
        assert fields_at_fault(api.get(f"/api/v1/{address}", {"outlte": "x"})) == {"outlte"}


def test_the_error_names_the_parameters_there_are(api):
    error = problem(api.get("/api/v1/reports", {"dya": "x"}), 400, "invalid")["errors"][0]
    assert "day_after, day_before, kind, page, page_size" in error["detail"]


def test_a_user_without_rights_is_still_a_user(api):
    assert User.objects.get().is_staff is False
    assert api.get("/api/v1/findings").status_code == 200
