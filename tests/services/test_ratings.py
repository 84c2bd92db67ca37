"""The published scale: made once, edited by administrators, kept by what was published."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims.models import Rating
from claims.services import ratings
from claims.services.refusal import Refused

MEANING = "It was right once; things have changed since."


@pytest.fixture
def admin(db: None) -> User:
    return User.objects.create_user("ada", password="a long pass phrase", is_staff=True)


def slugs() -> list[str]:
    return [rating.slug for rating in ratings.scale()]


def refused(call: object, *args: object, **kwargs: object) -> str:
    with pytest.raises(Refused) as caught:
        call(*args, **kwargs)
    assert caught.value.detail
    return caught.value.code


@pytest.mark.django_db
def test_a_new_desk_begins_with_the_default_scale_once() -> None:
    assert slugs() == slugs() == [slug for slug, *_ in ratings.DEFAULT]
    assert Rating.objects.count() == len(ratings.DEFAULT)


@pytest.mark.django_db(transaction=True)
def test_two_first_readers_make_one_scale() -> None:
    def read(_: int) -> list[str]:
        try:
            return slugs()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        seen = list(pool.map(read, range(8)))
    assert seen == [[slug for slug, *_ in ratings.DEFAULT]] * 8
    assert Rating.objects.count() == len(ratings.DEFAULT)


def test_a_scale_that_was_retired_whole_is_not_made_again(admin: User) -> None:
    ratings.scale()
    Rating.objects.update(retired_at="2026-01-01T00:00Z")
    assert slugs() == []


def test_a_new_rating_stands_at_the_end_and_gets_a_slug_of_its_own(admin: User) -> None:
    made = ratings.add(label="Out of date", meaning=MEANING, value=3, by=admin)
    assert (slugs()[-1], made.value) == ("out-of-date", 3)
    other = ratings.add(label="Out-of-date!", meaning=MEANING, value=None, by=admin)
    assert other.slug == "out-of-date-2"


def test_a_label_in_another_script_gets_a_slug_too(admin: User) -> None:
    assert ratings.add(label="Неточно", meaning=MEANING, value=None, by=admin).slug == "rating"


def test_two_ratings_do_not_share_a_label(admin: User) -> None:
    assert refused(ratings.add, label="Accurate", meaning=MEANING, value=5, by=admin) == "label"
    first, second = ratings.scale()[:2]
    assert refused(ratings.edit, second, label=first.label, meaning="x", value=None, by=admin) == "label"


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"label": " "}, "label"),
        ({"label": "x" * 61}, "label"),
        ({"meaning": "\x00 "}, "meaning"),
        ({"meaning": "x" * 301}, "meaning"),
        ({"value": 0}, "value"),
        ({"value": 6}, "value"),
    ],
)
def test_a_rating_needs_words_and_a_number_of_the_scale(admin: User, fields: dict, code: str) -> None:
    given = {"label": "Out of date", "meaning": MEANING, "value": 3, **fields}
    assert refused(ratings.add, **given, by=admin) == code


def test_a_rating_keeps_its_slug_whatever_it_is_called(admin: User) -> None:
    rating = ratings.named("misleading")
    ratings.edit(rating, label="Gives a wrong impression", meaning=MEANING, value=2, by=admin)
    assert ratings.named("misleading").label == "Gives a wrong impression"


def test_a_retired_rating_is_given_no_more_and_can_come_back(admin: User) -> None:
    rating = ratings.retire(ratings.named("imprecise"), by=admin)
    assert "imprecise" not in slugs()
    assert refused(ratings.named, "imprecise") == "rating"
    assert ratings.labels()["imprecise"] == "Imprecise"
    ratings.restore(rating, by=admin)
    assert slugs()[1] == "imprecise"


def test_two_ratings_stay_on_the_scale(admin: User) -> None:
    for rating in ratings.scale()[2:]:
        ratings.retire(rating, by=admin)
    assert refused(ratings.retire, ratings.scale()[0], by=admin) == "last"


def test_the_scale_is_put_in_another_order(admin: User) -> None:
    wanted = list(reversed(slugs()))
    assert [rating.slug for rating in ratings.reorder(wanted, by=admin)] == wanted


def test_an_order_of_a_scale_that_has_changed_since_is_refused(admin: User) -> None:
    before = slugs()
    ratings.retire(ratings.named("imprecise"), by=admin)
    assert refused(ratings.reorder, before, by=admin) == "order"


def test_only_administrators_change_the_scale(user: User) -> None:
    first = ratings.scale()[0]
    words = {"label": "Out of date", "meaning": MEANING, "value": 3}
    assert refused(ratings.add, **words, by=user) == "not_allowed"
    assert refused(ratings.edit, first, **words, by=user) == "not_allowed"
    assert refused(ratings.retire, first, by=user) == "not_allowed"
    assert refused(ratings.restore, first, by=user) == "not_allowed"
    assert refused(ratings.reorder, slugs(), by=user) == "not_allowed"
