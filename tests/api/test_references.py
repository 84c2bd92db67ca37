from __future__ import annotations

import pytest

from claims.models import Reference

from . import factories
from .conftest import fields_at_fault

pytestmark = pytest.mark.django_db
LIST = "/api/v1/references"
EVENT = {
    "kind": "event",
    "authority": "Gazette of the Realm",
    "title": "Order expelling envoys",
    "actor": "Ruritania",
    "action": "expel",
    "object": "Zendan envoys",
    "starts_on": "2024-03-01",
    "url": "https://gazette.example/order/1",
}


def test_references_are_listed_and_filtered(api):
    factories.reference(title="Launchers", unit="launcher")
    factories.reference(title="Warheads", unit="warhead")
    said = api.get(LIST, {"unit": "launcher"}).json()["results"]
    assert [row["title"] for row in said] == ["Launchers"]
    assert said[0]["value"] == "38.5"
    assert api.get(f"{LIST}/{said[0]['id']}").json()["title"] == "Launchers"


def test_a_reference_is_stored_with_who_added_it(api, user):
    said = api.post(LIST, EVENT, format="json")
    assert said.status_code == 201, said.content
    assert said.json()["created_by"] == user.username
    assert api.get(said.headers["Location"]).json() == said.json()


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"kind": "rumour"}, "kind"),
        ({"title": ""}, "title"),
        ({"starts_on": "2024-02-31"}, "starts_on"),
        ({"starts_on": "0000-01-01"}, "starts_on"),
        ({"value": "many"}, "value"),
        ({"value": "1e500"}, "value"),
        ({"value": "NaN"}, "value"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"actor": "x" * 201}, "actor"),
        ({"actor": "nul\x00byte"}, "actor"),
        ({"actor": {"a": "b"}}, "actor"),
        ({"actr": "mistyped"}, "actr"),
    ],
)
def test_a_wrong_field_is_named(api, change, wrong):
    assert fields_at_fault(api.post(LIST, {**EVENT, **change}, format="json")) == {wrong}
    assert not Reference.objects.exists()


def test_every_wrong_field_is_named_at_once(api):
    sent = {**EVENT, "authority": "", "url": "nowhere"}
    assert fields_at_fault(api.post(LIST, sent, format="json")) == {"authority", "url"}


def test_an_event_needs_its_day(api):
    assert api.post(LIST, {**EVENT, "starts_on": None}, format="json").status_code == 400


def test_the_same_reference_twice_is_refused(api):
    assert api.post(LIST, EVENT, format="json").status_code == 201
    assert api.post(LIST, EVENT, format="json").status_code == 400
    assert Reference.objects.count() == 1
