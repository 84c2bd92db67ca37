"""The content security policy and its companions, on every sort of answer there is."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.web import hostile, world

#: A directive that is not named falls back to default-src; these do not (CSP level 3, section 6.1 and on).
WITHOUT_FALLBACK = ("base-uri", "form-action", "frame-ancestors")


def policy(answer: Any) -> dict[str, set[str]]:
    """The directives and their sources."""
    parts = [part.split() for part in answer.headers["Content-Security-Policy"].split(";")]
    return {name: set(sources) for name, *sources in filter(None, parts)}


def assert_strict(answer: Any, where: str) -> None:
    said = policy(answer)
    assert said["default-src"] == {"'none'"}, where
    assert said.get("object-src", {"'none'"}) == {"'none'"}, where
    for name in ("script-src", "style-src"):
        assert said.get(name, {"'none'"}) <= {"'self'", "'none'"}, (where, name)
    assert said.get("img-src", set()) <= {"'self'", "data:"}, where
    assert said["frame-ancestors"] == {"'none'"}, where
    if "sandbox" not in said:  # where nothing is a form, and nothing has a base
        assert said["base-uri"] == {"'none'"}, where
        assert said["form-action"] == {"'self'"}, where
    assert answer.headers["X-Content-Type-Options"] == "nosniff", where
    assert answer.headers["Referrer-Policy"] == "same-origin", where
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin", where


@pytest.fixture
def built(db: None) -> world.World:
    return world.build()


def test_every_address_answers_under_the_policy_whoever_asks_and_however(built: world.World) -> None:
    """Pages, parts, files, feeds, redirects and refusals: to a member, a guest, and posted."""
    member, guest = Client(), Client()
    member.force_login(built.people["mara"])
    seen = set()
    for _, address in built.addresses:
        if address == "/logout/":
            continue
        for client, method in ((member, "get"), (guest, "get"), (guest, "post")):
            answer = getattr(client, method)(address)
            seen.add(answer.status_code)
            assert_strict(answer, f"{method} {address} {answer.status_code}")
    assert seen >= {200, 302, 405}


def test_so_do_the_interface_its_documentation_the_administration_and_errors(
    built: world.World, monkeypatch: pytest.MonkeyPatch
) -> None:
    member = Client(raise_request_exception=False)
    member.force_login(built.people["mara"])
    for address in (
        "/api/v1/articles",
        "/api/v1/nowhere",
        "/api/v1/docs",
        "/api/v1/schema",
        "/api/v1/tokens",
    ):
        assert_strict(member.get(address), address)
        assert_strict(Client().get(address), address)
    for address, _ in hostile.administration(member):
        assert_strict(member.get(address), address)
    strict = Client(enforce_csrf_checks=True)
    answers = {
        400: member.get("/", headers={"host": "no such host"}),
        403: strict.post("/login/", {"username": "ada"}),
        404: member.get("/nowhere/"),
    }
    from claims.web.views import home

    def broken(*args: Any, **kwargs: Any) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(home, "render", broken)
    answers[500] = member.get("/")
    for status, answer in answers.items():
        assert answer.status_code == status
        assert_strict(answer, str(status))


def test_public_pages_set_no_cookie_and_are_the_same_for_all(built: world.World) -> None:
    member = Client()
    member.force_login(User.objects.get(username="mara"))
    public = [address for _, address in built.addresses if address.startswith("/published/")]
    assert len(public) >= 4
    for address in public:
        answer = Client().get(address)
        assert answer.status_code == 200, address
        assert not answer.cookies, address
        assert "Cookie" not in answer.headers.get("Vary", ""), address
        assert answer.content == member.get(address).content, address
        assert b"csrfmiddlewaretoken" not in answer.content, address
