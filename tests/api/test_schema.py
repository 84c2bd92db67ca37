"""The OpenAPI description, and the page that shows it."""

from __future__ import annotations

import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from claims.api.urls import router

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema() -> dict:
    return SchemaGenerator().get_schema(request=None, public=True)


def test_the_description_is_openapi_3_1_and_made_without_a_warning(schema, recwarn, capsys):
    assert schema["openapi"] == "3.1.0"
    validate_schema(schema)
    said = capsys.readouterr()
    assert "Warning" not in said.err
    assert "Error" not in said.err


def test_every_endpoint_is_described(schema):
    described = {path.split("/")[3] for path in schema["paths"]}
    assert described == {prefix for prefix, _, _ in router.registry}


def test_every_operation_says_what_it_does_and_how_it_fails(schema):
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            assert operation["description"], (method, path)
            assert "application/problem+json" in str(operation["responses"]), (method, path)


def test_bounds_and_exact_numbers_are_described(schema):
    parts = schema["components"]["schemas"]
    assert set(parts["Bounds"]["properties"]) == {"low", "high", "low_open", "high_open"}
    assert "string" in parts["Claim"]["properties"]["value"]["type"]


def test_anybody_may_read_the_description(anonymous):
    said = anonymous.get("/api/v1/schema")
    assert said.status_code == 200
    assert b"openapi: 3.1.0" in said.content


def test_every_way_to_log_in_that_is_named_is_described(schema):
    described = set(schema["components"]["securitySchemes"])
    named = {
        way
        for operations in schema["paths"].values()
        for operation in operations.values()
        for ways in operation.get("security", [])
        for way in ways
    }
    assert named == described == {"token", "cookieAuth", "basicAuth"}


def test_the_bare_address_leads_to_the_page(anonymous):
    assert anonymous.get("/api/v1/").headers["Location"] == "/api/v1/docs"


def test_the_page_holds_no_inline_script_or_style(anonymous):
    said = anonymous.get("/api/v1/docs")
    assert said.status_code == 200
    page = said.content.decode()
    assert "<style" not in page
    assert "style=" not in page
    assert page.count("<script") == page.count("<script src=")
    assert anonymous.get("/api/v1/docs?script=").headers["Content-Type"].startswith("application/javascript")
    assert "unsafe-inline" not in said.headers["Content-Security-Policy"]


def test_a_field_may_not_be_called_what_the_glossary_avoids(schema):
    avoided = {"mention", "mentions", "fact", "facts", "issue", "issues", "truth", "fake"}
    for name, part in schema["components"]["schemas"].items():
        assert not avoided & set(part.get("properties", {})), name
