from __future__ import annotations

import pytest

from claims.services import ratings

pytestmark = pytest.mark.django_db


def test_the_scale_is_listed_in_its_order(api):
    rows = api.get("/api/v1/ratings").json()["results"]
    assert [row["slug"] for row in rows] == [rating.slug for rating in ratings.scale()]
    assert rows[0] == {
        "slug": "accurate",
        "label": "Accurate",
        "meaning": rows[0]["meaning"],
        "value": 5,
        "position": 0,
        "retired_at": None,
    }
