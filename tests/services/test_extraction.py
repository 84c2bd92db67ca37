from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from claims.engine import extract as engine
from claims.engine import records
from claims.engine.records import Attribution, Claim, Kind, Mode, Quantity, Span, When
from claims.models import Claim as Row
from claims.models import Document
from claims.services import extraction, linking
from claims.services.codec import from_json, to_json
from claims.services.isolation import in_process
from claims.services.rows import claim_record

from .conftest import TakeIn

HELLO = "Norway will deploy as many as 40 tanks in the north."


def xmins(table: str) -> list[tuple[int, str]]:
    """The id and the version of every row."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id, xmin::text FROM {table} ORDER BY id")
        return cursor.fetchall()


def again(document: Document) -> None:
    """Runs the step once more over the same revision."""
    extraction.store(document, extraction.prepare(document, in_process), in_process)


def test_stored_claims_are_the_engines_claims(take_in: TakeIn) -> None:
    revision = take_in(HELLO, "Sweden said it had sold 12 boats for $3.5 million.").revision
    found = engine.extract(
        revision.body, published=revision.published, title=revision.title, outlet=revision.outlet
    )
    rows = Row.objects.filter(revision=revision).order_by("start", "end", "kind")
    assert [claim_record(row) for row in rows] == sorted(found, key=lambda c: (c.span, c.kind))
    assert all(revision.body[row.start : row.end] == row.quote for row in rows)


def test_a_revision_says_what_its_article_is_about(take_in: TakeIn) -> None:
    row = take_in("Ten diplomats were expelled from the embassy.", title="Norway expels spies")
    assert row.revision is not None
    assert row.revision.topics == ["espionage-expulsions"]


def test_running_again_changes_no_row(take_in: TakeIn) -> None:
    document = take_in(HELLO)
    before = xmins("claims_claim")
    assert before
    again(document)
    assert xmins("claims_claim") == before


def test_a_claim_no_longer_found_is_retired_and_comes_back_as_itself(
    take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = take_in(HELLO)
    row = Row.objects.standing().get(kind="count")
    with monkeypatch.context() as patch:
        patch.setattr(engine, "extract", lambda text, **_: ())
        again(document)
    assert not Row.objects.standing().exists()
    again(document)
    assert Row.objects.standing().get(kind="count") == row


def test_a_claim_whose_question_changed_leaves_its_group(
    take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = take_in(HELLO)
    take_in(HELLO, outlet="The Strait")
    row, other = Row.objects.standing().filter(kind="count").order_by("pk")
    assert row.group == other.group
    real = engine.extract
    monkeypatch.setattr(
        engine,
        "extract",
        lambda text, **about: tuple(replace(c, noun="boat", actor="Sweden") for c in real(text, **about)),
    )
    again(document)
    assert str(row.group_id) in linking.store(document, None, in_process)["touched"]["groups"]
    row.refresh_from_db()
    other.refresh_from_db()
    assert row.noun == "boat"
    assert row.group != other.group


def test_a_part_points_at_its_whole(take_in: TakeIn, monkeypatch: pytest.MonkeyPatch) -> None:
    def two(text: str, **_: object) -> tuple[Claim, ...]:
        start = text.index("40 tanks")
        whole, sentence = Span(start, start + 8), Span(0, len(HELLO))
        inner = Span(start, start + 2)
        return (
            Claim(whole, whole.of(text), sentence, Kind.COUNT, noun="tank"),
            Claim(whole, whole.of(text), sentence, Kind.EVENT),
            Claim(inner, inner.of(text), sentence, Kind.COUNT, noun="tank", part_of=whole),
        )

    monkeypatch.setattr(engine, "extract", two)
    take_in(HELLO)
    part = Row.objects.get(end__lt=Row.objects.get(kind="event").end)
    assert part.part_of == Row.objects.get(kind="count", quote="40 tanks")


def test_numbers_too_large_for_a_column_stay_in_the_record(
    take_in: TakeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    huge = Decimal(10) ** 30

    def one(text: str, **_: object) -> tuple[Claim, ...]:
        return (
            Claim(
                Span(0, 6),
                text[:6],
                Span(0, 20),
                Kind.COUNT,
                Quantity(huge, huge, None, "atom", low_open=True),
            ),
        )

    monkeypatch.setattr(engine, "extract", one)
    take_in(HELLO)
    row = Row.objects.get()
    assert row.value is None
    assert claim_record(row).quantity.value == huge


# -- records to JSON and back ------------------------------------------------------------------------------

words = st.text(max_size=12)
maybe = st.none() | words
days = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
numbers = st.decimals(allow_nan=False, allow_infinity=False)
spans = st.builds(lambda start, length: Span(start, start + length), st.integers(0, 999), st.integers(1, 99))
whens = st.builds(When, words, spans, days, days)
quantities = st.builds(
    Quantity,
    value=numbers,
    low=st.none() | numbers,
    high=st.none() | numbers,
    unit=words,
    low_open=st.booleans(),
    modifier=maybe,
    soft=st.booleans(),
    grain=numbers,
)
attributions = st.builds(Attribution, mode=st.sampled_from(Mode), source=maybe, span=st.none() | spans)
claims = st.builds(
    Claim,
    span=spans,
    quote=words,
    sentence=spans,
    kind=st.sampled_from(Kind),
    quantity=st.none() | quantities,
    noun_modifiers=st.lists(words, max_size=3).map(tuple),
    actor=maybe,
    part_of=st.none() | spans,
    status=st.sampled_from(records.Status),
    attribution=attributions,
    when=st.none() | whens,
    entities=st.lists(words, max_size=3).map(tuple),
)


@given(claims)
def test_a_claim_comes_back_from_json_as_it_went_in(claim: Claim) -> None:
    assert from_json(Claim, to_json(claim)) == claim


@given(st.tuples(words, st.builds(records.OriginLink, words, st.floats(0, 1), st.lists(words).map(tuple))))
def test_an_origin_link_comes_back_from_json_as_it_went_in(pair: tuple[str, records.OriginLink]) -> None:
    assert from_json(tuple[str, records.OriginLink], to_json(pair)) == pair


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError, match="bytes"):
        to_json({"raw": b""})


def test_a_field_that_is_new_since_takes_its_default() -> None:
    stored = to_json(Claim(Span(0, 2), "40", Span(0, 9), Kind.COUNT))
    del stored["hedge"], stored["context"]
    stored["gone_since"] = 1
    assert from_json(Claim, stored).context == ""
