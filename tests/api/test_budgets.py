"""A list costs the same few queries, however many rows there are."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from claims.api.filters import ArticleFilter, FindingFilter, GroupFilter

from . import factories

pytestmark = pytest.mark.django_db
MOST = 15
LISTS = [
    "articles",
    "claims",
    "groups",
    "findings",
    "documents",
    "reviews",
    "references",
    "reports",
    "outlets",
    "checks",
    "tokens",
]


def queries(api, address):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        said = api.get(f"/api/v1/{address}")
    assert said.status_code == 200, said.content
    return len(seen)


def rows(user, many):
    for n in range(many):
        finding = factories.story()
        factories.review(finding, user)
        finding.articles.add(finding.shown_claims[0].revision.article)
        factories.document(revision=finding.shown_claims[0].revision, submitted_by=user)
        factories.reference(created_by=user)
        factories.outlet(f"Outlet {many} {n}")
    return finding


@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_the_same_for_many_rows_as_for_few(api, user, address):
    rows(user, 2)
    few = queries(api, address)
    rows(user, 9)
    assert queries(api, address) == few <= MOST


@pytest.mark.parametrize("noun", ["articles", "claims", "groups", "findings", "documents"])
def test_an_item_costs_few_queries(api, user, noun):
    finding = rows(user, 3)
    claim = finding.shown_claims[0]
    item = {
        "articles": claim.revision.article_id,
        "claims": claim.pk,
        "groups": finding.group_id,
        "findings": finding.pk,
        "documents": factories.document().pk,
    }[noun]
    assert queries(api, f"{noun}/{item}") <= MOST


@pytest.mark.parametrize(
    ("noun", "filters"), [("articles", ArticleFilter), ("groups", GroupFilter), ("findings", FindingFilter)]
)
def test_every_ordering_is_total_and_costs_the_same(api, user, noun, filters):
    rows(user, 4)
    plain = queries(api, noun)
    for ordering, _ in filters.base_filters["ordering"].extra["choices"]:
        assert queries(api, f"{noun}?ordering={ordering}") == plain
        pages = [
            api.get(f"/api/v1/{noun}?ordering={ordering}&page_size=1&page={n}").json() for n in (1, 2, 3, 4)
        ]
        assert len({page["results"][0]["id"] for page in pages}) == 4
