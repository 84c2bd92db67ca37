from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from rest_framework.test import APIClient

from claims.models import ApiToken


@pytest.fixture(autouse=True)
def _fresh_throttles() -> Iterator[None]:
    """Throttles count in the cache, which outlives a test."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def api(user: User) -> APIClient:
    """A client that holds a token of ``user``."""
    _, token = ApiToken.objects.create(user=user)
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


@pytest.fixture
def anonymous() -> APIClient:
    return APIClient()


def problem(response: Any, status: int, code: str) -> dict[str, Any]:
    """Checks that ``response`` is that problem, whole and of the right type, and gives its JSON."""
    assert response.status_code == status, response.content
    assert response.headers["Content-Type"] == "application/problem+json"
    said = response.json()
    assert said["code"] == code
    assert said["status"] == status
    assert said["type"] == f"urn:problem-type:factcheck:{code}"
    assert said["title"]
    assert said["detail"]
    assert "Traceback" not in response.content.decode()
    return said


def fields_at_fault(response: Any) -> set[str]:
    return {error["field"] for error in problem(response, 400, "invalid")["errors"]}
