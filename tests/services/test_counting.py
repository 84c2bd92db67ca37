"""What is kept with a group is, after all that changes its claims, what counting anew gives."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection

from claims.models import Claim, ClaimGroup, Document
from claims.services import corrections, pipeline, regrouping, withdrawing

from .conftest import TakeIn

QUALIFIED = "Norway will deploy as many as 40 tanks in the north."
FLAT = "Norway will deploy 40 tanks in the north."
OTHER = "Norway will deploy 45 tanks in the north."
PAGE = "https://strait.example/1"
WIRE = (
    "The old keeper of the lantern told the council about every winter that the painters had spent by the "
    "river, and how the bakers of the valley carried their candles over the bridge whenever the market was "
    "held in the orchard, which nobody in the meadow ever believed until the morning of the great thunder "
    "when ribbons were found in the saddle of the quiet sailor and the fiddle lay under the willow again."
)

#: Written down apart from the services' own statement: a plain count of each thing by itself.
_ANEW = """
WITH said AS (
    SELECT c.group_id AS g, c.id, c.value, c.bounds, c.unit, r.published, r.topics, a.id AS article,
           a.outlet_id AS outlet, a.origin_id AS origin
    FROM claims_claim c
    JOIN claims_revision r ON r.id = c.revision_id
    JOIN claims_article a ON a.id = r.article_id
    WHERE c.retired_at IS NULL AND r.is_current AND a.withdrawn_at IS NULL
), valued AS (
    SELECT s.* FROM said s JOIN claims_claimgroup g ON g.id = s.g
    WHERE s.value IS NOT NULL AND (g.kind = 'count' OR g.unit = s.unit)
)
SELECT g.id,
    (SELECT count(*) FROM said WHERE g = g.id),
    (SELECT count(DISTINCT article) FROM said WHERE said.g = g.id),
    (SELECT count(DISTINCT outlet) FROM said WHERE said.g = g.id),
    (SELECT least(
        count(DISTINCT origin) + count(DISTINCT outlet) FILTER (WHERE origin IS NULL),
        count(DISTINCT outlet)) FROM said WHERE said.g = g.id),
    (SELECT min(value) FROM valued WHERE valued.g = g.id),
    (SELECT max(value) FROM valued WHERE valued.g = g.id),
    (SELECT max(published) FROM said WHERE said.g = g.id),
    ARRAY(SELECT DISTINCT outlet FROM said WHERE said.g = g.id ORDER BY 1),
    ARRAY(SELECT DISTINCT t FROM said, unnest(said.topics) AS t WHERE said.g = g.id ORDER BY 1)
FROM claims_claimgroup g
""".replace("WHERE g = g.id", "WHERE said.g = g.id")

_KEPT = (
    "claim_count", "article_count", "outlet_count", "origin_count", "low", "high",
    "told_on", "told_by", "topics",
)  # fmt: skip


def work() -> None:
    for pk in Document.objects.under_way().values_list("pk", flat=True):
        assert pipeline.run(pk) == "checked"


def assert_counted() -> None:
    """Every group of the store, merged and empty ones too, keeps what counting anew gives."""
    with connection.cursor() as cursor:
        cursor.execute(_ANEW)
        anew = {row[0]: list(row[1:]) for row in cursor.fetchall()}
    kept = {group.pk: [getattr(group, name) for name in _KEPT] for group in ClaimGroup.objects.all()}
    assert kept == anew


def counts() -> list[Claim]:
    return list(Claim.objects.standing().filter(kind="count").order_by("pk").select_related("group"))


def the_group() -> ClaimGroup:
    return ClaimGroup.objects.living().get(kind="count", claim_count__gt=0)


@pytest.fixture
def three(take_in: TakeIn) -> list[Document]:
    told = [
        take_in(QUALIFIED, outlet="A"),
        take_in(FLAT, outlet="The Strait", url=PAGE),
        take_in(OTHER, outlet="C"),
    ]
    assert len({claim.group_id for claim in counts()}) == 1
    return told


def test_a_story_taken_in_is_counted(three: list[Document]) -> None:
    assert_counted()
    group = the_group()
    assert (group.claim_count, group.outlet_count, group.origin_count) == (3, 3, 3)
    assert (group.low, group.high, group.dissent_count) == (40, 45, 1)


def test_a_new_revision_counts_instead_of_the_old_one(three: list[Document], take_in: TakeIn) -> None:
    take_in("Norway will deploy 50 tanks in the north.", outlet="The Strait", url=PAGE)
    assert_counted()
    assert the_group().high == 50
    take_in("Nothing is said of any number.", outlet="The Strait", url=PAGE)
    assert_counted()
    assert the_group().claim_count == 2


def test_a_withdrawn_article_is_not_counted_until_it_is_restored(three: list[Document], user: User) -> None:
    article = three[2].revision.article  # type: ignore[union-attr]
    withdrawing.withdraw(article, reviewer=user, reason="It is satire.")
    assert_counted()  # at once
    work()
    assert_counted()
    assert (the_group().claim_count, the_group().high) == (2, 40)
    article.refresh_from_db()
    withdrawing.restore(article, reviewer=user)
    work()
    assert_counted()
    assert (the_group().claim_count, the_group().high) == (3, 45)


def test_a_corrected_claim_counts_as_corrected_until_that_is_undone(
    three: list[Document], user: User
) -> None:
    for act in (
        lambda: corrections.reject(counts()[2], person=user, reason="Another plan."),
        lambda: corrections.amend(counts()[0], {"value": "as many as 31"}, person=user),
    ):
        word = act()
        work()
        assert_counted()
        corrections.undo(word, person=user)
        work()
        assert_counted()
        assert the_group().claim_count == 3


def test_what_people_decide_about_groups_is_counted_and_so_is_its_undoing(
    three: list[Document], take_in: TakeIn, user: User
) -> None:
    take_in("Sweden sold 12 boats to Finland.", outlet="D")
    whole, boats = counts()[0].group, counts()[3].group
    assert whole is not None
    assert boats is not None

    def fresh(group: ClaimGroup) -> ClaimGroup:
        return ClaimGroup.objects.get(pk=group.pk)

    acts: list[Any] = [
        lambda: regrouping.split(fresh(whole), [counts()[2].pk], reviewer=user),
        lambda: regrouping.move([counts()[1].pk], fresh(boats), reviewer=user),
        lambda: regrouping.merge(fresh(whole), [fresh(boats)], reviewer=user),
    ]
    for act in acts:
        decision = act()
        assert_counted()
        regrouping.undo(decision, reviewer=user)
        assert_counted()
        assert (fresh(whole).claim_count, fresh(boats).claim_count) == (3, 1)


def test_an_origin_that_is_found_later_is_counted_in_groups_told_before(take_in: TakeIn) -> None:
    take_in(FLAT, WIRE, outlet="A", title="Told first")
    take_in(OTHER, outlet="C")
    assert the_group().origin_count == 2
    take_in(QUALIFIED, WIRE, outlet="B", title="Told again")
    assert_counted()
    group = the_group()
    assert (group.outlet_count, group.origin_count) == (3, 2)
