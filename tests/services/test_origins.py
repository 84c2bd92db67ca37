"""Origins in the store: what an outlet prints under every story is no copy, whenever that was learned."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims.engine.origins import fingerprints
from claims.models import Article, Document, Finding, Origin, OriginLink, Outlet, Passage, Revision
from claims.services import checking, origins, pipeline, withdrawing
from claims.services.isolation import in_process

from .conftest import TakeIn

_BOX = (
    "Readers who wish to hear more of the harbour, its painters and its sailors are welcome in our reading "
    "room by the old bridge, where tea is served each winter morning and old letters may be looked through "
    "by anybody who asks the keeper of the lantern, a patient man who never hurries. "
)
DAY = date(2021, 5, 3)


def _tale(seed: int) -> str:
    chance = random.Random(seed)
    letters = "bdfgklmnprst"
    words = ("".join(chance.choices(letters, k=2)) + chance.choice("aeiou") + "n" for _ in range(60))
    return " ".join(words).capitalize() + "."


def _with_box(take_in: TakeIn, number: int, outlet: str = "The Fjord") -> Document:
    """A story of its own over the outlet's box; one a day."""
    return take_in(
        _tale(number), _BOX, outlet=outlet, title=f"Tale {number}", published=DAY + timedelta(days=number)
    )


def _origins() -> set[UUID | None]:
    return set(Article.objects.values_list("origin", flat=True))


def test_what_an_outlet_prints_on_many_days_is_no_copy_once_it_is_known(take_in: TakeIn) -> None:
    """Until the fourth day the box is a shared passage; then the links made before are gone."""
    other = take_in(_tale(50), _BOX, outlet="The Strait", title="Told elsewhere", published=DAY)
    _with_box(take_in, 1)
    assert OriginLink.objects.exists()
    for number in (2, 3, 4):
        _with_box(take_in, number)
    assert not OriginLink.objects.exists()
    assert _origins() == {None}
    assert other.revision.article.origin is None


def test_links_do_not_depend_on_when_boilerplate_was_learned(take_in: TakeIn) -> None:
    """The copy comes after the outlet's fourth story: nothing is linked either."""
    for number in (1, 2, 3, 4):
        _with_box(take_in, number)
    take_in(_tale(50), _BOX, outlet="The Strait", title="Told elsewhere", published=DAY)
    assert not OriginLink.objects.exists()


def test_a_story_retold_on_one_day_is_no_boilerplate(take_in: TakeIn) -> None:
    story = _tale(7)
    for number in range(5):
        take_in(story, _tale(60 + number), title=f"Update {number}", published=DAY)
    take_in(story, outlet="The Strait", title="Copied", published=DAY + timedelta(days=1))
    assert len(_origins()) == 1
    assert None not in _origins()


def test_when_a_page_drops_the_box_it_may_be_no_boilerplate_any_more(take_in: TakeIn) -> None:
    address = "https://fjord.example/4"
    for number in (1, 2, 3):
        _with_box(take_in, number)
    take_in(_tale(4), _BOX, title="Tale 4", published=DAY + timedelta(days=4), url=address)
    assert not OriginLink.objects.exists()
    take_in(_tale(4), _tale(44), title="Tale 4", published=DAY + timedelta(days=4), url=address)
    assert OriginLink.objects.count() == 3


def test_only_the_text_that_stands_is_in_the_index(take_in: TakeIn) -> None:
    address = "https://strait.example/1"
    for text in (_tale(1), _tale(2)):
        row = take_in(text, outlet="The Strait", title="The tale", url=address)
    stored = Passage.objects.filter(article=row.revision.article_id).values_list("value", flat=True)
    assert sorted(stored) == row.revision.fingerprints
    assert Passage.objects.count() == len(row.revision.fingerprints)


def test_outlets_that_credit_one_wire_for_one_passage_share_an_origin(take_in: TakeIn) -> None:
    """The agency's own text is not stored; a third of what a copy needs would not be enough by itself."""
    passage = " ".join(_tale(9).split()[:45]) + "."
    opening = "OSLO (Reuters) - Two ships left the harbour on Monday, the port said."
    for outlet, seed in (("The Fjord", 1), ("The Strait", 2)):
        take_in(opening, passage, _tale(seed), _tale(seed + 70), outlet=outlet, title=f"Told {seed}")
    link = OriginLink.objects.get()
    assert link.wire == "Reuters"
    assert link.containment < 0.4


def test_a_story_that_shares_with_two_origins_makes_them_one(take_in: TakeIn) -> None:
    one, two = _tale(1), _tale(2)
    for text, outlet in ((one, "A"), (one, "B"), (two, "C"), (two, "D")):
        take_in(text, outlet=outlet, title=f"Told by {outlet}")
    older, newer = Origin.objects.order_by("created_at", "pk")
    take_in(one, two, outlet="E", title="Both tales")
    assert _origins() == {older.pk}
    newer.refresh_from_db()
    assert newer.merged_into == older
    assert Finding.objects.standing().get(check_id="single_origin").origin == older


def test_a_page_that_held_an_origin_together_lets_it_fall_apart(take_in: TakeIn) -> None:
    one, two, page = _tale(1), _tale(2), "https://e.example/1"
    for text, outlet in ((one, "A"), (one, "B"), (two, "C"), (two, "D")):
        take_in(text, outlet=outlet, title=f"Told by {outlet}")
    take_in(one, two, outlet="E", title="Both tales", url=page)
    take_in(_tale(3), outlet="E", title="Both tales", url=page)
    assert sorted(row.articles.count() for row in Origin.objects.living()) == [2, 2]
    assert None in _origins()


def test_a_withdrawn_copy_leaves_the_index_and_its_origin_and_comes_back(take_in: TakeIn, user: User) -> None:
    def work() -> None:
        for pk in Document.objects.under_way().values_list("pk", flat=True):
            assert pipeline.run(pk) == "checked"

    take_in(_tale(1), outlet="A", title="The tale")
    copy = take_in(_tale(1), outlet="B", title="The tale")
    article = copy.revision.article
    before = set(Passage.objects.values_list("article", "value", "outlet", "day"))
    shared = _origins()
    withdrawing.withdraw(article, reviewer=user, reason="It is satire.")
    work()
    assert set(Passage.objects.values_list("article", flat=True)) == {row[0] for row in before} - {article.pk}
    assert _origins() == {None}
    assert not Finding.objects.standing().exists()
    withdrawing.restore(article, reviewer=user)
    work()
    assert set(Passage.objects.values_list("article", "value", "outlet", "day")) == before
    assert len(_origins()) == len(shared) == 1
    assert Finding.objects.standing().filter(check_id="single_origin").count() == 1


def test_what_an_outlet_prints_often_is_learned_without_its_withdrawn_articles(
    take_in: TakeIn, user: User
) -> None:
    take_in(_tale(50), _BOX, outlet="The Strait", title="Told elsewhere", published=DAY)
    *_, last = (_with_box(take_in, number) for number in (1, 2, 3, 4))
    assert not OriginLink.objects.exists()
    withdrawing.withdraw(last.revision.article, reviewer=user, reason="It is satire.")
    assert pipeline.run(last.pk) == "checked"
    assert OriginLink.objects.count() == 6  # of four articles, each with each


def _printed_by(copies: int) -> Origin:
    """A story that so many outlets print, each linked with the five before, as origins stand in the store."""
    origin, body, known = Origin.objects.create(), _tale(1), Outlet.objects.count()
    prints = list(fingerprints(body))
    outlets = Outlet.objects.bulk_create(
        Outlet(name=f"Paper {known + n}", slug=f"paper-{known + n}") for n in range(copies)
    )
    articles = Article.objects.bulk_create(
        Article(outlet=outlet, address="tale", origin=origin) for outlet in outlets
    )
    revisions = Revision.objects.bulk_create(
        Revision(article=each, number=1, title="The tale", body=body, body_hash=str(n), fingerprints=prints,
                 published=DAY + timedelta(days=n % 7))
        for n, each in enumerate(articles)
    )  # fmt: skip
    Passage.objects.bulk_create(
        Passage(article=row.article, value=value, outlet=row.article.outlet, day=row.published)
        for row in revisions
        for value in prints
    )
    OriginLink.objects.bulk_create(
        OriginLink(first=before, second=row, kind="copy", containment=1.0, passages=[body])
        for n, row in enumerate(revisions)
        for before in revisions[max(0, n - 5) : n]
    )
    return origin


@contextmanager
def _counted() -> Iterator[dict[str, int]]:
    """Counts the queries, and the rows that they give or change."""
    seen = {"queries": 0, "rows": 0}

    def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        result = execute(sql, params, many, context)
        seen["queries"] += 1
        seen["rows"] += max(0, context["cursor"].rowcount)
        return result

    with connection.execute_wrapper(count):
        yield seen


@pytest.mark.django_db
def test_one_more_copy_costs_the_same_whether_300_or_600_are_there() -> None:
    def cost(copies: int) -> dict[str, int]:
        origin = _printed_by(copies)
        checking.check([], [origin.pk], in_process)  # the finding is there already
        outlet = Outlet.objects.create(name=f"After {copies}", slug=f"after-{copies}")
        late = Revision.objects.create(
            article=Article.objects.create(outlet=outlet, address="tale"), number=1, title="The tale",
            body=_tale(1), body_hash="late", fingerprints=list(fingerprints(_tale(1))), published=DAY,
        )  # fmt: skip
        with _counted() as seen:
            touched, moved = origins.link(late, in_process)
            checking.check([], touched, in_process)
        assert (touched, moved) == ({origin.pk}, {late.article_id})
        finding = Finding.objects.get(origin=origin)
        assert finding.summary.startswith(f"{copies + 1} outlets, 1 independent origin")
        assert finding.articles.count() == 200
        Passage.objects.all().delete()
        return {**seen, "rows": seen["rows"] - copies}  # the names of all outlets are read

    few, many = cost(300), cost(600)
    assert many["queries"] <= few["queries"]
    assert many["rows"] <= few["rows"] + 10
