from __future__ import annotations

import pytest

from factcheck import health

pytestmark = pytest.mark.django_db
WELL = {"ready": True, "database": "up", "migrations": "up", "broker": "up"}


def test_all_is_well_and_anybody_may_ask(anonymous):
    said = anonymous.get("/api/v1/health")
    assert (said.status_code, said.json()) == (200, WELL)


@pytest.mark.parametrize("component", ["migrations", "broker"])
def test_what_is_down_is_named_but_not_why(anonymous, monkeypatch, component):
    monkeypatch.setattr(health, f"{component}_trouble", lambda: "db.internal:5432 refused")
    said = anonymous.get("/api/v1/health")
    assert said.status_code == 503
    assert said.json() == {**WELL, "ready": False, component: "down"}
