from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.models import Revision
from claims.services import ranking
from claims.services.ranking import Carried, rank_of
from tests.web import factories

pytestmark = pytest.mark.django_db


def carried(outlet: int = 1, **fields: Any) -> Carried:
    return Carried(**{"outlet": outlet, "origin": f"outlet {outlet}", **fields})


def points(severity: str = "low", check: str = "x", evidence: Any = None, *claims: Carried) -> int:
    return rank_of(severity, check, evidence or {}, claims, claims).points


def test_a_higher_severity_ranks_higher() -> None:
    by_severity = [points(severity) for severity in ("info", "low", "medium", "high")]
    assert by_severity == sorted(set(by_severity))


def test_each_doubling_of_the_outlets_counts_and_the_hundredth_no_more() -> None:
    told = [points("low", "x", {}, *(carried(n) for n in range(many))) for many in (1, 2, 4, 16, 100)]
    assert told[0] < told[1] < told[2] < told[3] == told[4]


def test_a_rank_says_its_reasons_in_words() -> None:
    claims = [carried(1, headline=True), carried(2), carried(3), carried(4)]
    rank = rank_of("high", "value_conflict", {"reference": {"title": "A treaty"}}, claims, claims)
    assert rank.reasons == (
        "high severity",
        "in 4 outlets",
        "in a headline",
        "an authority disagrees",
        "6 of 8 such findings proved right",
    )


def test_outlets_that_share_an_origin_are_told_apart_from_independent_ones() -> None:
    claims = [carried(1, origin="a"), carried(2, origin="a"), carried(3, origin="a")]
    assert "in 3 outlets from 1 origin" in rank_of("low", "x", {}, claims, claims).reasons


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "money", "value": Decimal(18 * 10**9), "unit": "USD"}, "billions at stake"),
        ({"kind": "money", "value": Decimal(5 * 10**6), "unit": "EUR"}, "millions at stake"),
        ({"kind": "count", "measured": "people killed at a border post"}, "people killed or hurt"),
        ({"kind": "count", "action": "wound"}, "people killed or hurt"),
        ({"kind": "count", "entities": ("New START",)}, "a treaty or its limits"),
        ({"kind": "count", "action": "restrict"}, "a treaty or its limits"),
        ({"kind": "date"}, "a date or deadline"),
    ],
)
def test_what_is_at_stake_is_named(fields: dict[str, Any], words: str) -> None:
    assert words in rank_of("low", "x", {}, [carried(**fields)], [carried(**fields)]).reasons


def test_yen_are_no_dollars() -> None:
    yen = carried(kind="money", value=Decimal(18 * 10**9), unit="JPY")
    assert rank_of("low", "x", {}, [yen], [yen]).reasons == ("low severity", "in one outlet")


def test_of_several_harms_the_worst_counts_once() -> None:
    dead = carried(kind="count", action="kill")
    assert points("low", "x", {}, dead, carried(kind="date")) == points("low", "x", {}, dead)


def test_no_rank_is_beyond_a_hundred() -> None:
    everything = [carried(n, headline=True, action="kill") for n in range(99)]
    assert points("high", "headline_body", {"reference": {}}, *everything) <= 100


def test_who_else_in_the_group_says_the_same_is_counted_from_the_rows() -> None:
    group = factories.group()
    odd, *others = (
        factories.claim(
            factories.revision("They buy 12 radars.", at=f"Outlet {n}"), "12 radars", value=12, group=group
        )
        for n in range(3)
    )
    other = factories.claim(
        factories.revision("They buy 13 radars.", at="Outlet 9"), "13 radars", value=13, group=group
    )
    [ranked] = ranking.rank_all([ranking.Told("low", "x", {}, [odd.id, other.id], [])])
    assert "in 3 outlets" in ranked.rank_reasons
    assert len(others) == 2


def test_topics_are_those_of_all_articles_shown_and_none_is_fine() -> None:
    story = factories.radar_story()
    told = ranking.Told("low", "x", {}, [story["bare"].id, story["careful"].id], [])
    assert ranking.rank_all([told])[0].topics == []
    Revision.objects.filter(pk=story["one"].pk).update(topics=["missile-defence"])
    Revision.objects.filter(pk=story["two"].pk).update(topics=["budgets", "missile-defence"])
    assert ranking.rank_all([told])[0].topics == ["budgets", "missile-defence"]


def test_an_article_alone_and_a_claim_that_is_gone_are_ranked_as_well() -> None:
    revision = factories.revision("Nothing here.")
    [ranked] = ranking.rank_all([ranking.Told("medium", "x", {}, [987654], [revision.article_id])])
    assert ranked.rank_reasons == ["medium severity", "in one outlet"]


def test_many_are_ranked_in_as_many_queries_as_one() -> None:
    story = factories.radar_story()
    told = ranking.Told("low", "x", {}, [story["bare"].id], [story["one"].article_id])
    counts = []
    for many in (1, 20):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            ranking.rank_all([told] * many)
        counts.append(len(captured))
    assert counts == [3, 3]


def test_nothing_to_rank_asks_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert ranking.rank_all([]) == []
