from __future__ import annotations

from claims.engine.checks import all_checks


def test_every_check_is_listed_as_it_describes_itself(api):
    rows = api.get("/api/v1/checks").json()["results"]
    assert rows == [
        {"id": c.id, "name": c.name, "over": c.over, "description": c.description} for c in all_checks()
    ]
    assert rows
