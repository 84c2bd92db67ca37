"""The description is kept: whatever is sent, answers are described ones and never a 5xx."""

from __future__ import annotations

from collections.abc import Iterator
from unittest.mock import create_autospec

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)

from claims.api.viewsets import articles
from claims.ingest.errors import Unreadable
from claims.models import ApiToken
from claims.services import hints, ingestion

from . import factories

schema = schemathesis.openapi.from_wsgi("/api/v1/schema", WSGIHandler())
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    negative_data_rejection,
]


@pytest.fixture
def connection_kept(db) -> Iterator[None]:
    """Requests leave the test's connection open, with its transaction, as they do for Django's own client."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def headers(connection_kept, user, monkeypatch) -> dict[str, str]:
    """A key, and a few rows to ask about; nothing is fetched, sent or waited for. Gives the headers."""

    away = Unreadable("fetch_failed", "Not fetched", "There is no network in this test.")
    fetch = create_autospec(ingestion.accept_url, side_effect=away)
    monkeypatch.setattr(ingestion, "accept_url", fetch)
    monkeypatch.setattr(hints, "send", lambda documents: None)
    monkeypatch.setattr(articles, "finished_by", lambda deadline, document: document)
    finding = factories.story()
    factories.review(finding, user)
    factories.reference()
    factories.report()
    factories.document(revision=finding.shown_claims[0].revision)
    key = ApiToken.objects.create(user=user)[1]
    return {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}  # WSGI has nobody to unpack it


@schema.parametrize()
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)
def test_answers_are_as_described(case, headers):
    case.call_and_validate(headers=headers, checks=CHECKS)
