"""Counts as subqueries: several joins in one query would multiply each other's rows."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def count_of(rows: QuerySet[Any], what: Any = "pk") -> Coalesce:
    """How many distinct ``what`` there are in ``rows``, which refer to the outer row by OuterRef."""
    one_line = rows.order_by().annotate(_all=Count(what, distinct=True))
    one_line.query.group_by = ()  # one group over everything, not one for each row
    return Coalesce(Subquery(one_line.values("_all"), output_field=IntegerField()), 0)
