"""The made-up stories say of themselves what is true."""

from __future__ import annotations

from benchmarks.stories import PLANTS, stories, told


def test_every_passage_stands_where_its_story_says():
    for story in told(60):
        texts = {a.url: (a.raw.decode(), a.title or "") for a in story.articles}
        assert story.passages
        for passage in story.passages:
            text = texts[passage.url][passage.headline]
            assert text[passage.start : passage.end] == passage.text


def test_the_same_seed_tells_the_same_stories_one_by_one_or_at_once():
    assert list(told(8, 3))[5:] == list(told(3, 3, first=5))
    assert list(told(3, 3)) != list(told(3, 4))
    assert stories(10) == stories(20)[:10]


def test_everything_is_planted_now_and_then_and_most_stories_hold_nothing():
    many = list(told(600))
    assert {planted.check for story in many for planted in story.planted} == set(PLANTS)
    assert sum(not story.planted for story in many) > len(many) / 2


def test_what_is_planted_stands_in_an_article_of_its_story():
    for story in told(200):
        for planted in story.planted:
            article = next(a for a in story.articles if a.url == planted.url)
            told_of = {p.question for p in story.passages if p.url == article.url}
            assert planted.question in told_of
