from __future__ import annotations

import pytest

from . import factories

pytestmark = pytest.mark.django_db
LIST = "/api/v1/outlets"


def test_outlets_are_listed_by_name_with_their_counts(api):
    factories.story()
    factories.outlet("Another One")
    rows = api.get(LIST).json()["results"]
    assert [(row["name"], row["article_count"], row["claim_count"]) for row in rows] == [
        ("Another One", 0, 0),
        ("Meadow Times", 1, 1),
        ("The Fjord Courier", 1, 1),
    ]
    assert api.get(f"{LIST}/{rows[0]['id']}").json()["slug"] == "another-one"
    assert [row["name"] for row in api.get(LIST, {"q": "fjord"}).json()["results"]] == ["The Fjord Courier"]
