from __future__ import annotations

from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import NumericRange
from django.utils import timezone

from claims.models import Claim

from . import factories
from .conftest import fields_at_fault, problem

pytestmark = pytest.mark.django_db
LIST = "/api/v1/claims"
TEXT = "They bought 40 launchers for $17.65 billion. About half stay at home."


def quotes(response):
    assert response.status_code == 200, response.content
    return [row["quote"] for row in response.json()["results"]]


@pytest.fixture
def two(db):
    """40 launchers (point) and $17.65 billion (17.6 to 17.7, half open), by two actors."""
    of = factories.revision(body=TEXT)
    factories.claim(of, "40 launchers", bounds=NumericRange(Decimal(40), Decimal(40), "[]"))
    money = {"kind": "money", "unit": "USD", "actor": "Treasury", "action": "spend", "status": "planned"}
    bounds = NumericRange(Decimal("17645000000"), Decimal("17655000000"), "[)")
    value = Decimal("17650000000")
    factories.claim(of, "$17.65 billion", value=value, bounds=bounds, measured="cost", **money)
    return of


def test_a_claim_says_all_it_holds(api):
    made = factories.claim(noun_modifiers=["new"], when_text="in May", entities=["Army"])
    said = api.get(f"{LIST}/{made.pk}").json()
    assert said["quote"] == factories.QUOTE
    assert said["context"] == "The army ordered as many as 40 launchers, sources say."
    assert said["article"]["outlet"] == "The Fjord Courier"
    assert said["attribution"] == {
        "mode": "unnamed",
        "source": "",
        "source_text": "sources",
        "cue": "say",
        "told": "",
        "document": "",
    }
    assert said["when"] == {"text": "in May", "start": None, "end": None}
    assert said["bounds"] == {"low": None, "high": "40", "low_open": False, "high_open": False}
    assert said["soft"] is True


def test_numbers_are_exact_strings(api, two):
    said = api.get(LIST, {"kind": "money"}).json()["results"][0]
    assert said["value"] == "17650000000"
    bounds = {"low": "17645000000", "high": "17655000000", "low_open": False, "high_open": True}
    assert said["bounds"] == bounds
    Claim.objects.update(value=Decimal("1234567890123456789012345678.123456789012"))
    said = api.get(LIST, {"kind": "money"}).json()["results"][0]
    assert said["value"] == "1234567890123456789012345678.123456789012"


def test_a_claim_without_number_has_null_for_it(api):
    made = factories.claim(kind="event", value=None, bounds=None, grain=None)
    said = api.get(f"{LIST}/{made.pk}").json()
    assert said["value"] is None
    assert said["bounds"] is None


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"kind": "count"}, ["40 launchers"]),
        ({"unit": "usd"}, ["$17.65 billion"]),
        ({"actor": "treasury"}, ["$17.65 billion"]),
        ({"action": "order"}, ["40 launchers"]),
        ({"status": "planned"}, ["$17.65 billion"]),
        ({"value_min": "40", "value_max": "4e1"}, ["40 launchers"]),
        ({"value_min": "40.0001"}, ["$17.65 billion"]),
        ({"value": "17654999999.999"}, ["$17.65 billion"]),
        ({"value": "17655000000"}, []),
        ({"value": "40"}, ["40 launchers"]),
        ({"q": "LAUNCHERS"}, ["40 launchers"]),
        ({"q": "cost"}, ["$17.65 billion"]),
        ({"outlet": "the-fjord-courier", "kind": "count"}, ["40 launchers"]),
        ({"outlet": "Nobody's News"}, []),
    ],
)
def test_claims_are_filtered(api, two, asked, found):
    assert quotes(api.get(LIST, asked)) == found


def test_claims_are_filtered_by_article_and_group(api, two):
    other = factories.claim()
    group = factories.group(other)
    assert quotes(api.get(LIST, {"article": other.revision.article_id})) == [factories.QUOTE]
    assert quotes(api.get(LIST, {"group": str(group.pk)})) == [factories.QUOTE]


def test_retired_claims_are_not_listed_but_keep_their_address(api):
    made = factories.claim(retired_at=timezone.now())
    assert quotes(api.get(LIST)) == []
    assert api.get(f"{LIST}/{made.pk}").json()["retired_at"]


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "rumour"},
        {"status": "maybe"},
        {"value": "many"},
        {"value": "NaN"},
        {"value": "Infinity"},
        {"value": "1e999999"},
        {"value": "9" * 500},
        {"value_min": "0.0000000000001"},
        {"article": "0"},
        {"article": "9" * 30},
        {"article": "1.5"},
        {"group": "not-a-uuid"},
        {"q": "nul\x00byte"},
        {"actor": "nul\x00byte"},
        {"page_size": "0"},
        {"page_size": "201"},
        {"page_size": "many"},
        {"page": "0"},
        {"page": "-1"},
        {"page": "last"},
        {"page": "١"},
        {"knid": "count"},
        {"kind": ""},
        {"group": ""},
        {"page": ""},
    ],
)
def test_a_wrong_parameter_is_a_400_that_names_it(api, two, asked):
    assert fields_at_fault(api.get(LIST, asked)) == set(asked)


def test_a_parameter_given_twice_is_refused(api, two):
    assert fields_at_fault(api.get(f"{LIST}?kind=count&kind=money")) == {"kind"}


def test_zero_with_an_absurd_exponent_is_zero(api, two):
    assert quotes(api.get(LIST, {"value": "0e99999"})) == []


def test_a_page_past_the_last_is_a_404(api, two):
    problem(api.get(LIST, {"page": "2"}), 404, "not_found")
    problem(api.get(LIST, {"page": "9" * 60}), 404, "not_found")


def test_pages_fit_together(api, two):
    first = api.get(LIST, {"page_size": 1}).json()
    assert (first["count"], first["previous"]) == (2, None)
    second = api.get(first["next"]).json()
    assert {first["results"][0]["quote"], second["results"][0]["quote"]} == {"40 launchers", "$17.65 billion"}
