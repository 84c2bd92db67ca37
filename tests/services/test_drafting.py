"""A draft held against what is stored; our own sentences."""

from __future__ import annotations

import logging
from datetime import date
from itertools import pairwise

import pytest
from django.apps import apps
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.engine.drafts import Mark
from claims.models import Document, Reference
from claims.services import drafting

from .conftest import TakeIn

BOUGHT = "The Norwegian army bought 40 tanks for $310 million, a minister said."
PLAN = "The Norwegian army will deploy as many as 31 launchers in Narvik."


def of(text: str, quote: str, day: date | None = date(2021, 5, 4)) -> drafting.Figure:
    """What is said of the figure whose quote begins so."""
    return next(f for f in drafting.check(text, day).figures if f.quote.startswith(quote))


@pytest.fixture
def two_outlets(take_in: TakeIn) -> None:
    take_in(BOUGHT, outlet="The Fjord")
    take_in("Norway's army bought 40 tanks, it was announced.", outlet="Harbour Post")


def test_a_figure_that_others_have_says_from_how_many_origins(two_outlets: None) -> None:
    found = of("The army of Norway bought 40 tanks.", "40 tanks")
    assert found.mark is Mark.AGREES
    assert found.words == "2 independent origins say the same"
    assert {w.outlet for w in found.witnesses} == {"The Fjord", "Harbour Post"}
    assert all(w.quote == "40 tanks" for w in found.witnesses)
    assert found.group_id is not None


def test_copies_of_one_text_are_one_origin(take_in: TakeIn) -> None:
    told = [
        BOUGHT,
        "Nobody in Narvik expected so many of them in the first week of a wet and windy spring.",
    ] * 3
    for outlet in ("The Fjord", "Harbour Post", "City Echo"):
        take_in(*told, outlet=outlet, url=f"https://{outlet[0]}.example/1")
    assert of("The army of Norway bought 40 tanks.", "40 tanks").origins == 1


def test_a_figure_that_differs_says_from_whom_and_what_they_write(two_outlets: None) -> None:
    found = of("The Norwegian army bought 46 tanks, a minister said.", "46 tanks")
    assert found.mark is Mark.DIFFERS
    assert "The Fjord" in found.words
    assert found.instead == "40 tanks"
    assert "both cannot be true" in found.notes[0].words
    assert found.is_problem


def test_somebody_with_the_same_slip_does_not_hide_it(take_in: TakeIn) -> None:
    take_in("The Norwegian army bought 40 tanks for almost $310 million.", outlet="The Fjord")
    take_in("The Norwegian army bought 40 tanks for almost $310 billion.", outlet="Harbour Post")
    for day in (date(2021, 5, 4), None):
        found = of("The Norwegian army bought 40 tanks for almost $310 billion.", "almost $310", day)
        assert found.mark is Mark.DIFFERS
        assert found.instead == "almost $310 million"
        assert found.origins == 1
        assert "a factor of 1,000" in found.notes[0].words


def test_a_figure_nobody_has_was_never_seen(two_outlets: None) -> None:
    found = of("Sweden sold 12 gliders to Peru.", "12 gliders")
    assert (found.mark, found.words, found.group_id) == (Mark.NEW, "never seen", None)
    assert not found.is_problem


def test_a_dropped_qualifier_is_named_with_the_words_others_use(take_in: TakeIn) -> None:
    take_in(PLAN)
    found = of("The Norwegian army will deploy 31 launchers in Narvik.", "31 launchers")
    assert found.mark is Mark.QUALIFIER
    assert found.instead == "as many as 31 launchers"
    assert found.witnesses[0].says == "qualified"


def test_the_qualifier_of_the_draft_is_not_held_against_it(take_in: TakeIn) -> None:
    take_in("The Norwegian army will deploy 31 launchers in Narvik.", published=date(2021, 5, 9))
    assert of(PLAN, "as many as").mark is not Mark.DIFFERS


def test_a_figure_is_stale_when_a_newer_one_was_given_since(take_in: TakeIn) -> None:
    take_in("Norway's stockpile holds 2,100 kilograms of uranium.", published=date(2021, 2, 1))
    take_in(
        "Norway's stockpile holds 2,400 kilograms of uranium.",
        published=date(2021, 5, 1),
        outlet="Harbour Post",
    )
    found = of("Norway's stockpile holds 2,100 kilograms of uranium.", "2,100", None)
    assert found.mark is Mark.STALE
    assert "2,400 kilograms" in found.notes[0].words
    assert found.instead == "2,400 kilograms"
    newest = of("Norway's stockpile holds 2,400 kilograms of uranium.", "2,400", None)
    assert newest.mark is Mark.AGREES


def test_a_reference_is_held_against_a_figure_nobody_else_has(db: None) -> None:
    Reference.objects.create(
        kind="value", authority="The Register", title="Tanks of Norway", actor="Norway", object="tanks",
        value=36, unit="tank", starts_on=date(2021, 5, 1),
    )  # fmt: skip
    found = of("The Norwegian army has 52 tanks.", "52 tanks")
    assert found.mark is Mark.REFERENCE
    assert "The Register" in found.notes[0].words
    assert "36" in found.instead


def test_two_figures_for_one_thing_contradict_the_draft(db: None) -> None:
    text = "The Norwegian army bought 77 gliders. Later the Norwegian army bought 79 gliders."
    assert [f.mark for f in drafting.check(text, None).figures] == [Mark.ITSELF, Mark.ITSELF]


def test_the_headline_is_read_as_one_and_places_are_in_the_whole_text(two_outlets: None) -> None:
    text = "\n  Norway buys 40 tanks\n\nThe army of Norway bought 40 tanks.\n"
    found = drafting.check(text, None).figures
    assert [text[f.start : f.end] for f in found] == ["40 tanks", "40 tanks"]
    assert [f.number for f in found] == [1, 2]


def test_places_do_not_overlap_and_come_in_reading_order(two_outlets: None) -> None:
    text = "Norway bought 40 tanks, including 10 for training, for $310 million, or 12 percent of its budget."
    found = drafting.check(text, None).figures
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize("text", ["", "   \n", "No figure stands here.", "\U0001f680" * 50, "7" * 5000])
def test_any_text_is_answered(db: None, text: str) -> None:
    assert drafting.check(text, None).text == text


def test_a_text_beyond_the_limit_is_refused_in_words(db: None) -> None:
    with pytest.raises(drafting.TooMuch, match="60,000 are checked at once"):
        drafting.check("a " * 40_000, None)
    with pytest.raises(drafting.TooMuch, match="plain text"):
        drafting.check("a\x00b", None)


def test_a_text_that_takes_too_long_is_given_up(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafting, "MOST_SECONDS", -1.0)
    with pytest.raises(drafting.TooMuch, match="too long"):
        drafting.check(BOUGHT, None)


def test_nothing_of_a_draft_is_stored_or_logged(two_outlets: None, caplog: pytest.LogCaptureFixture) -> None:
    before = {model: model._default_manager.count() for model in apps.get_models()}
    with caplog.at_level(logging.DEBUG), CaptureQueriesContext(connection) as queries:
        drafting.check("Quibblethorpe says Norway bought 40 tanks for Quibblethorpe.", None)
    assert {model: model._default_manager.count() for model in apps.get_models()} == before
    assert all(q["sql"].lstrip().startswith("SELECT") for q in queries.captured_queries)
    assert not any("Quibblethorpe" in q["sql"] for q in queries.captured_queries)
    own = [r for r in caplog.records if r.name != "django.db.backends"]  # debug lines of SQL, seen above
    assert not any("Quibblethorpe" in r.getMessage() for r in own)


def test_the_number_of_queries_does_not_grow_with_the_figures(two_outlets: None) -> None:
    def asked(text: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            drafting.check(text, None)
        return len(queries)

    many = " ".join(f"The army of Norway bought 4{i} tanks for $31{i} million." for i in range(9))
    assert asked(many) <= asked("The army of Norway bought 40 tanks.") <= 13


def test_what_is_kept_becomes_a_document(db: None) -> None:
    user = User.objects.create_user("ada")
    kept = drafting.keep(
        f"Tanks for Norway\n\n{BOUGHT}", user, outlet="Harbour Post", published=date(2021, 5, 4)
    )
    row = Document.objects.get()
    assert kept.document == row
    assert (row.declared_title, row.declared_outlet) == ("Tanks for Norway", "Harbour Post")


def test_a_file_is_read_as_ingestion_reads_it() -> None:
    page = (
        "<html><head><title>Tanks for Norway</title></head><body><nav>Home Sport</nav><article><h1>Tanks "
        f"for Norway</h1><p>{BOUGHT}</p><p>{PLAN} Nobody was asked, and nobody complained.</p></article>"
        "</body></html>"
    )
    text, _ = drafting.read_file(page.encode(), "text/html", "story.html")
    assert text.startswith("Tanks for Norway")
    assert BOUGHT in text
    assert "Sport" not in text
