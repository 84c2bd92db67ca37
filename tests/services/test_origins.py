"""Origins in the store: what an outlet prints under every story is no copy, whenever that was learned."""

from __future__ import annotations

import random
from datetime import date, timedelta
from uuid import UUID

from claims.models import Article, Document, OriginLink, Passage

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
