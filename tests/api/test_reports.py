from __future__ import annotations

from datetime import date

import pytest

from . import factories
from .conftest import problem

pytestmark = pytest.mark.django_db
LIST = "/api/v1/reports"


def test_reports_are_listed_newest_first_and_filtered(api):
    factories.report(date(2024, 3, 6))
    factories.report(date(2024, 3, 7))
    assert [row["day"] for row in api.get(LIST).json()["results"]] == ["2024-03-07", "2024-03-06"]
    said = api.get(LIST, {"day_before": "2024-03-06", "kind": "nightly"}).json()["results"]
    assert [row["day"] for row in said] == ["2024-03-06"]


def test_a_report_comes_byte_for_byte_with_its_hash(api):
    made = factories.report(payload='{"b":1,  "a":"\u00e9"}')
    said = api.get(f"{LIST}/{made.pk}")
    assert said.status_code == 200
    assert said.content == made.payload.encode()
    assert said.headers["Content-Type"] == "application/json"
    assert said.headers["ETag"] == f'"{made.payload_hash}"'


def test_a_report_is_not_sent_again_to_who_has_it(api):
    made = factories.report()
    said = api.get(f"{LIST}/{made.pk}", headers={"If-None-Match": f'"{made.payload_hash}"'})
    assert said.status_code == 304
    assert said.content == b""


def test_an_unknown_report_is_a_404_problem(api):
    problem(api.get(f"{LIST}/404"), 404, "not_found")
