"""What every test may ask for. Run ``make test``, or ``pytest`` with DATABASE_URL and BROKER_URL set."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from hypothesis import settings as hypothesis_settings

REPOSITORY = Path(__file__).resolve().parent.parent

# No deadlines: tests say what comes out, never how fast. On CI the examples are the same every time.
hypothesis_settings.register_profile("local", deadline=None)
hypothesis_settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis_settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


@pytest.fixture(scope="session", autouse=True)
def _settings_for_tests() -> Iterator[None]:
    """Static files from where they lie, plain HTTP, and a password hash that costs little."""
    with override_settings(
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
        },
        WHITENOISE_AUTOREFRESH=True,
        WHITENOISE_USE_FINDERS=True,
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    ):
        yield


@pytest.fixture(scope="session")
def repository() -> Path:
    """The folder that holds manage.py."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of seed articles and gold answers beside the repository; skips where it is absent."""
    shared = REPOSITORY.parent / "shared"
    if not shared.is_dir():
        pytest.skip(f"{shared} is absent")
    return shared


@pytest.fixture
def user(db: None) -> User:
    """A normal user: may log in, is neither staff nor superuser."""
    return User.objects.create_user("rosa", "rosa@example.org", "a long pass phrase")


@pytest.fixture
def client_in(user: User) -> Client:
    """A client logged in as ``user``."""
    client = Client()
    client.force_login(user)
    return client
