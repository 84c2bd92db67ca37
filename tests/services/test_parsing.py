from __future__ import annotations

import threading
from datetime import date

import pytest
from django.db import connection

from claims.engine import records
from claims.models import Article, Document, Outlet, Revision
from claims.services import ingestion, pipeline
from claims.services.parsing import address_of

from .conftest import TakeIn, story

HELLO = "Norway will deploy 40 tanks in the north."
LATER = "Norway will deploy 44 tanks in the north, the ministry now says."
PAGE = "https://fjord.example/plan"


def test_a_changed_page_is_a_new_revision_and_the_old_one_stops_standing(take_in: TakeIn) -> None:
    first, second = take_in(HELLO, url=PAGE), take_in(LATER, url=PAGE)
    assert Article.objects.count() == 1
    first.revision.refresh_from_db()
    assert (first.revision.number, first.revision.is_current) == (1, False)
    assert (second.revision.number, second.revision.is_current) == (2, True)


def test_the_same_body_again_is_the_same_revision(take_in: TakeIn) -> None:
    first, second = take_in(HELLO, url=PAGE), take_in(HELLO, url=PAGE, title="Plan, updated")
    assert first.pk != second.pk
    assert first.revision == second.revision
    assert second.state == "checked"


def test_a_page_that_goes_back_to_its_old_words_makes_them_stand_again(take_in: TakeIn) -> None:
    first = take_in(HELLO, url=PAGE)
    take_in(LATER, url=PAGE)
    third = take_in(HELLO, url=PAGE, title="Plan, as before")
    assert third.revision == first.revision
    assert list(Revision.objects.current()) == [first.revision]


def test_what_was_received_last_stands_whoever_is_read_first(db: None) -> None:
    old = ingestion.accept(story(HELLO, url=PAGE), source="file").document
    new = ingestion.accept(story(LATER, url=PAGE), source="file").document
    pipeline.run(new.pk)
    pipeline.run(old.pk)
    new.refresh_from_db()
    assert list(Revision.objects.current()) == [new.revision]


def test_an_unknown_outlet_is_said_so(take_in: TakeIn) -> None:
    row = take_in(HELLO, outlet=None)
    assert row.revision.outlet == Outlet.UNKNOWN
    assert any("outlet" in notice for notice in row.notices)


def test_one_outlet_in_two_spellings_is_one(take_in: TakeIn) -> None:
    take_in(HELLO, outlet="Voice of the Fjord")
    take_in(LATER, outlet="Voice Of The  Fjord")
    assert Outlet.objects.count() == 1


def test_an_outlet_in_another_script_keeps_its_name(take_in: TakeIn) -> None:
    assert take_in(HELLO, outlet="Голос фьорда").revision.outlet == "Голос фьорда"


def test_without_an_address_the_title_and_day_are_it(take_in: TakeIn) -> None:
    take_in(HELLO, title="Plan for the north", published=date(2021, 5, 3))
    assert Article.objects.get().address == "plan-for-the-north-2021-05-03"


@pytest.mark.parametrize("unknown", ["outlet", "published"])
def test_a_title_alone_does_not_make_two_texts_one_article(take_in: TakeIn, unknown: str) -> None:
    take_in(HELLO, title="Statement", **{unknown: None})
    take_in(LATER, title="Statement", **{unknown: None})
    assert Article.objects.count() == 2
    assert Revision.objects.current().count() == 2


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://Fjord.example/plan?utm_source=mail&id=7#top", "https://fjord.example/plan?id=7"),
        ("https://fjord.example", "https://fjord.example/"),
    ],
)
def test_an_address_is_the_page_not_the_click(url: str, address: str) -> None:
    assert address_of(records.ArticleText(title="t", body="b", url=url)) == address


def test_a_very_long_address_fits_the_index_and_stays_distinct(take_in: TakeIn) -> None:
    long = "https://fjord.example/" + "д" * 1800
    take_in(HELLO, url=long + "1")
    take_in(LATER, url=long + "2")
    assert Article.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_revisions_read_at_once_are_numbered_and_one_stands() -> None:
    pages = [story(f"Norway will deploy {40 + i} tanks in the north.", url=PAGE) for i in range(5)]
    rows = [ingestion.accept(page, source="file").document for page in pages]
    gate = threading.Barrier(len(rows))

    def read(row: Document) -> None:
        gate.wait()
        pipeline.advance(row.pk)
        connection.close()

    threads = [threading.Thread(target=read, args=[row]) for row in rows]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(Revision.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    rows[-1].refresh_from_db()
    assert list(Revision.objects.current()) == [rows[-1].revision]
